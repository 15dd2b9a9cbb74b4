/* Checking the arguments of scripts: what is wrong is said with the function, the argument, and
 * what was found. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* The common beginning of a complaint: "npv: rate must be". */
_Noreturn static void wrong_type(lua_State *L, int index, const char *what, const char *wanted) {
    index = lua_absindex(L, index);
    const char *found = moatl_push_description(L, index);
    const char *hint = lua_isnoneornil(L, index) ? " (is a name misspelt?)" : "";
    moatl_fail(L, "%s: %s must be %s, not %s%s", moatl_name(L), what, wanted, found, hint);
}

/* The same where a number of Lua's is wanted, and a quantity is none. */
_Noreturn static void not_a_number(lua_State *L, int index, const char *what, const char *wanted) {
    if (moatl_is_quantity(L, index))
        moatl_fail(L, "%s: %s must be %s, not %s", moatl_name(L), what, wanted,
                   moatl_push_misfit(L, index));
    wrong_type(L, index, what, wanted);
}

bool moatl_is_quantity(lua_State *L, int index) {
    return luaL_testudata(L, index, MOATL_QUANTITY) != NULL;
}

bool moatl_is_constant(lua_State *L, const moatl_quantity *quantity, double *value) {
    return quantity->axis == MOAT_NO_AXIS && quantity->nodes[0] != MOAT_NO_NODE &&
           moat_node_is_constant(moatl_graph(L), quantity->nodes[0], value);
}

bool moatl_fits_all(lua_State *L, const moatl_quantity *quantity) {
    double value;
    return quantity->dim == MOAT_DIMENSIONLESS && quantity->shown == MOAT_NO_UNIT &&
           moatl_is_constant(L, quantity, &value) && (value == 0 || isinf(value));
}

/* The distribution at an index is used for the first time: it draws from now on under its text
 * and its place among equal ones. */
static void draw(lua_State *L, int index, moatl_quantity *quantity) {
    luaL_checkstack(L, 8, "too many values");
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_LITERALS);
    moatl_push_text(L, index);
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);
    lua_Integer place = lua_tointeger(L, -1) + 1;
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushinteger(L, place);
    lua_rawset(L, -4);
    const char *name = lua_pushfstring(L, "literal:%s#%I", lua_tostring(L, -1), place);
    moat_error error;
    moat_source source;
    moat_graph *graph = moatl_graph(L);
    moatl_check_status(L, moat_graph_source(graph, name, 0, &source, &error), &error);
    moat_node node = moat_dist_draw(graph, quantity->dist, source, &error);
    if (node == MOAT_NO_NODE)
        moatl_fail_with(L, &error);
    quantity->nodes[0] = node;
    moatl_note(L, MOATI_NOTE_LITERAL, lua_tostring(L, -2), NULL);
    lua_pop(L, 3);
}

/* Texts and numbers become quantities in place; NULL where a value can be none. */
static moatl_quantity *convert(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        moatl_push_constant(L, lua_tonumber(L, index), MOAT_DIMENSIONLESS, MOAT_NO_UNIT);
        break;
    case LUA_TSTRING: {
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        moatl_push_literal(L, text, length);
        break;
    }
    case LUA_TUSERDATA: lua_pushvalue(L, index); break;
    default: return NULL;
    }
    lua_replace(L, index);
    moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    if (quantity != NULL && quantity->dist != MOAT_NO_DIST && quantity->nodes[0] == MOAT_NO_NODE)
        draw(L, index, quantity);
    return quantity;
}

/* Where true and false come from when a quantity or a condition was meant. */
_Noreturn static void plain_truth(lua_State *L, int index, const char *what) {
    moatl_fail(L, "%s: %s must be a quantity, not a plain %s: == compares identity, so write %s",
               moatl_name(L), what, lua_toboolean(L, index) ? "true" : "false",
               lua_toboolean(L, index) ? "a:equals(b)"
                                       : "a:equals(b), and ~c for the opposite of a condition");
}

moatl_quantity *moatl_check(lua_State *L, int index, const char *what) {
    index = lua_absindex(L, index);
    moatl_quantity *quantity = lua_isnone(L, index) ? NULL : convert(L, index);
    if (lua_isboolean(L, index))
        plain_truth(L, index, what);
    if (quantity == NULL)
        wrong_type(L, index, what, "a quantity, a number or a text such as \"12 $bn\"");
    return quantity;
}

moatl_quantity *moatl_check_scalar(lua_State *L, int index, const char *what) {
    moatl_quantity *quantity = moatl_check(L, index, what);
    if (quantity->axis != MOAT_NO_AXIS) {
        moatl_fail(L, "%s: %s must be one value, not %s: take a period, as in x[t], or x:last()",
                   moatl_name(L), what, moatl_push_description(L, index));
    }
    return quantity;
}

moatl_quantity *moatl_check_series(lua_State *L, int index, const char *what, bool annual) {
    moatl_quantity *quantity = moatl_check(L, index, what);
    if (quantity->axis == MOAT_NO_AXIS) {
        moatl_fail(L, "%s: %s must be a series, not %s, which has no periods", moatl_name(L), what,
                   moatl_push_description(L, index));
    }
    if (quantity->axis == MOAT_YEAR_AXIS && !annual) {
        moatl_fail(L,
                   "%s: %s must be a series of periods, not one of calendar years: call it "
                   "before :annual()",
                   moatl_name(L), what);
    }
    return quantity;
}

/* A constant that is neither 0 nor 1 was not meant as a condition. */
static void check_truth(lua_State *L, const moatl_quantity *quantity, const char *what) {
    double value;
    for (unsigned t = 0; t <= quantity->count; t++) {
        const moat_node node = quantity->nodes[t];
        if (node == MOAT_NO_NODE || !moat_node_is_constant(moatl_graph(L), node, &value) ||
            value == 0 || value == 1)
            continue;
        moatl_push(L, node, quantity->shown);
        moatl_fail(L, "%s: %s is %s: a condition is 0 or 1; write x:above(0)", moatl_name(L), what,
                   moatl_push_description(L, -1));
    }
}

moatl_quantity *moatl_check_condition(lua_State *L, int index, const char *what) {
    if (lua_isboolean(L, index)) {
        lua_pushinteger(L, lua_toboolean(L, index));
        lua_replace(L, index);
        moatl_check(L, index, what)->show = MOAT_SHOW_CONDITION;
    }
    moatl_quantity *quantity = moatl_check(L, index, what);
    if (quantity->dim != MOAT_DIMENSIONLESS) {
        moatl_fail(L, "%s: %s must be a condition such as x:above(y), not %s", moatl_name(L), what,
                   moatl_push_description(L, index));
    }
    check_truth(L, quantity, what);
    return quantity;
}

double moatl_check_constant(lua_State *L, int index, const char *what, moat_dim *dim) {
    double value = 0;
    moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    bool undrawn = quantity != NULL && quantity->dist != MOAT_NO_DIST;
    if (!undrawn)
        quantity = moatl_check(L, index, what);
    if (undrawn || !moatl_is_constant(L, quantity, &value)) {
        moatl_fail(L, "%s: %s must be a plain constant, not %s", moatl_name(L), what,
                   moatl_push_description(L, index));
    }
    *dim = quantity->dim;
    return value;
}

double moatl_check_number(lua_State *L, int index, const char *what) {
    if (lua_type(L, index) != LUA_TNUMBER)
        not_a_number(L, index, what, "a plain number");
    double value = lua_tonumber(L, index);
    if (isnan(value))
        wrong_type(L, index, what, "a number");
    return value;
}

lua_Integer moatl_check_integer(lua_State *L, int index, const char *what, lua_Integer low,
                                lua_Integer high) {
    int is_integer = 0;
    lua_Integer value = 0;
    if (lua_type(L, index) == LUA_TNUMBER)
        value = lua_tointegerx(L, index, &is_integer);
    if (!is_integer)
        not_a_number(L, index, what, "a whole number");
    if (value < low || value > high) {
        moatl_fail(L, "%s: %s must be from %lld to %lld, not %lld", moatl_name(L), what,
                   (long long)low, (long long)high, (long long)value);
    }
    return value;
}

const char *moatl_check_text(lua_State *L, int index, const char *what) {
    size_t length;
    if (lua_type(L, index) != LUA_TSTRING)
        wrong_type(L, index, what, "a text");
    const char *text = lua_tolstring(L, index, &length);
    if (strlen(text) != length)
        moatl_fail(L, "%s: %s contains a byte of value 0", moatl_name(L), what);
    return text;
}

const char *moatl_check_name(lua_State *L, int index, const char *what) {
    const char *name = moatl_check_text(L, index, what);
    if (name[0] == '\0')
        moatl_fail(L, "%s: %s is empty", moatl_name(L), what);
    if (strlen(name) > 200)
        moatl_fail(L, "%s: %s is longer than 200 bytes", moatl_name(L), what);
    for (const char *c = name; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            moatl_fail(L, "%s: %s contains a control character", moatl_name(L), what);
    return name;
}

static const char *push_word_list(lua_State *L, const char *const *words) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (size_t i = 0; words[i] != NULL; i++) {
        luaL_addstring(&buffer, i == 0 ? "" : words[i + 1] != NULL ? ", " : " or ");
        luaL_addstring(&buffer, words[i]);
    }
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

unsigned moatl_check_word(lua_State *L, int index, const char *what, const char *const *words) {
    index = lua_absindex(L, index);
    const char *word = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : NULL;
    for (unsigned i = 0; word != NULL && words[i] != NULL; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    wrong_type(L, index, what, push_word_list(L, words));
}

void moatl_check_table(lua_State *L, int index, const char *what) {
    if (lua_type(L, index) != LUA_TTABLE)
        wrong_type(L, index, what, "a table");
}

static bool is_allowed(const char *key, const char *const *allowed) {
    for (size_t i = 0; allowed[i] != NULL; i++)
        if (strcmp(key, allowed[i]) == 0)
            return true;
    return false;
}

/* Raises for the key on top of the stack unless it is allowed. */
static void check_key(lua_State *L, const char *const *allowed, bool is_entry) {
    const char *key = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    bool is_value = is_entry && lua_isinteger(L, -1) && lua_tointeger(L, -1) == 1;
    if (is_value || (key != NULL && is_allowed(key, allowed)))
        return;
    const char *near = key != NULL ? moatl_nearest_word(key, allowed) : NULL;
    const char *shown = moatl_push_string(L, -1);
    moatl_fail(L, "%s: there is no option \"%s\"%s%s%s: it takes %s", moatl_name(L), shown,
               near != NULL ? " (did you mean \"" : "", near != NULL ? near : "",
               near != NULL ? "\"?)" : "", push_word_list(L, allowed));
}

static void check_keys(lua_State *L, int index, const char *const *allowed, bool is_entry) {
    lua_Integer count = moatl_push_keys(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        check_key(L, allowed, is_entry);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

void moatl_check_options(lua_State *L, int index, const char *const *allowed) {
    index = lua_absindex(L, index);
    if (lua_isnoneornil(L, index)) {
        if (index > lua_gettop(L))
            lua_settop(L, index);
        lua_newtable(L);
        lua_replace(L, index);
        return;
    }
    moatl_check_table(L, index, "the table of options");
    check_keys(L, index, allowed, false);
}

void moatl_check_entry(lua_State *L, int index, const char *const *allowed) {
    check_keys(L, lua_absindex(L, index), allowed, true);
}

/* Replaces the constant at an index, which fits every unit, by one of a dimension. */
static moatl_quantity *refit(lua_State *L, int index, moat_dim dim) {
    double value = 0;
    moatl_is_constant(L, lua_touserdata(L, index), &value);
    moatl_quantity *fitted = moatl_push_constant(L, value, dim, MOAT_NO_UNIT);
    lua_replace(L, index);
    return fitted;
}

moatl_quantity *moatl_require_dim(lua_State *L, int index, const char *what, moat_dim dim,
                                  const char *example) {
    index = lua_absindex(L, index);
    moatl_quantity *quantity = moatl_check(L, index, what);
    if (quantity->dim == dim)
        return quantity;
    if (moatl_fits_all(L, quantity))
        return refit(L, index, dim);
    const char *found = moatl_push_description(L, index);
    const char *words = moatl_push_dim_words(L, dim);
    double number;
    if (quantity->dim == MOAT_DIMENSIONLESS && moatl_is_constant(L, quantity, &number) &&
        quantity->shown == MOAT_NO_UNIT)
        moatl_fail(L, "%s: %s must be %s, not %s: write \"%.15g %s\"", moatl_name(L), what, words,
                   found, number, example);
    moatl_fail(L, "%s: %s must be %s, as in %s, not %s", moatl_name(L), what, words, example,
               found);
}

/* The quantity at an index counted in another dimension; base units are kept. */
static void recast_all(lua_State *L, int index, moat_dim dim) {
    moatl_quantity *copy = moatl_push_copy(L, index);
    for (unsigned t = 0; t <= copy->count; t++)
        if (copy->nodes[t] != MOAT_NO_NODE)
            copy->nodes[t] = moatl_recast(L, copy->nodes[t], dim);
    copy->dim = dim;
    copy->shown = MOAT_NO_UNIT;
    lua_replace(L, index);
}

enum { LARGEST_RATE = 2 };

void moatl_warn_of_rate(lua_State *L, const moatl_quantity *rate) {
    moat_lua *lua = moatl_state(L);
    double value;
    if (lua->rate_warned || rate->dim != MOAT_DIMENSIONLESS || rate->shown != MOAT_NO_UNIT ||
        !moatl_is_constant(L, rate, &value) || !(value > LARGEST_RATE) || isinf(value))
        return;
    lua->rate_warned = true;
    const char *place = moatl_push_place(L);
    char line[1024];
    int length =
        snprintf(line, sizeof line,
                 "%s%s%s: the rate %.6g without a unit is %.6g %% a year; write \"%.6g %%/yr\"\n",
                 place, place[0] != '\0' ? ": " : "", moatl_name(L), value, value * 100, value);
    moatl_write_warning(L, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    lua_pop(L, 1);
}

moatl_quantity *moatl_check_rate(lua_State *L, int index, const char *what) {
    index = lua_absindex(L, index);
    moatl_quantity *quantity = moatl_check(L, index, what);
    moat_dim per_year = moatl_power_dim(L, moatl_time_dim(L), -1);
    if (quantity->dim == per_year)
        recast_all(L, index, MOAT_DIMENSIONLESS);
    else if (quantity->dim != MOAT_DIMENSIONLESS) {
        moatl_fail(L, "%s: %s must be a rate per year, as in \"5 %%/yr\", not %s", moatl_name(L),
                   what, moatl_push_description(L, index));
    }
    return lua_touserdata(L, index);
}
