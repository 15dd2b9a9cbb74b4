/* Arguments as their descriptions want them. */
#include <string.h>

#include "bind.h"
#include "nearest.h"
#include "state.h"

static moat_dim dim_of(lua_State *L, const char *unit) {
    return moat_unit_dim(moatl_units(L), moatl_parse_unit(L, unit));
}

static void check_quantity(lua_State *L, int index, const char *what,
                           const moat_lua_argument *argument) {
    moatl_check_literal(L, index, what);
    if (argument->kind == MOAT_LUA_SCALAR) {
        moatl_check_scalar(L, index, what);
    } else if (argument->kind == MOAT_LUA_RATE) {
        moatl_warn_of_rate(L, moatl_check(L, index, what));
        moatl_check_rate(L, index, what);
    } else if (moatl_check(L, index, what)->axis == MOAT_YEAR_AXIS)
        moatl_check_series(L, index, what, false);
    if (argument->kind != MOAT_LUA_RATE && argument->unit[0] != '\0')
        moatl_require_dim(L, index, what, dim_of(L, argument->unit), argument->unit);
}

static void check_above(lua_State *L, int index, const char *what, double most) {
    const moatl_quantity *quantity = lua_touserdata(L, index);
    double value;
    for (unsigned t = 0; t <= quantity->count; t++) {
        const moat_node node = quantity->nodes[t];
        if (node == MOAT_NO_NODE || !moat_node_is_constant(moatl_graph(L), node, &value) ||
            value <= most)
            continue;
        moatl_push(L, node, quantity->shown);
        moatl_fail(L, "%s: %s must be a share between 0 and 100 %%, not %s", moatl_name(L), what,
                   moatl_push_description(L, -1));
    }
}

static void check_range(lua_State *L, int index, const char *what, moat_lua_range range) {
    switch (range) {
    case MOAT_LUA_ANYWHERE: return;
    case MOAT_LUA_NOT_NEGATIVE: moatl_check_range(L, index, what, 0, false, "0 or more"); return;
    case MOAT_LUA_POSITIVE: moatl_check_range(L, index, what, 0, true, "above 0"); return;
    case MOAT_LUA_SHARE:
        moatl_check_range(L, index, what, 0, false, "a share between 0 and 100 %");
        check_above(L, index, what, 1);
        return;
    }
}

/* A distribution is left as it is, so that it can be looked at instead of drawn from. */
static void check_distribution(lua_State *L, int index, const char *what,
                               const moat_lua_argument *argument) {
    size_t length;
    if (lua_type(L, index) == LUA_TSTRING) {
        const char *text = lua_tolstring(L, index, &length);
        moatl_push_literal(L, text, length);
        lua_replace(L, index);
    } else if (!moatl_is_quantity(L, index)) {
        moatl_check_scalar(L, index, what);
    }
    const moatl_quantity *quantity = lua_touserdata(L, index);
    if (argument->unit[0] != '\0' && quantity->dim != dim_of(L, argument->unit))
        moatl_fail(L, "%s: %s must be %s, as in %s, not %s", moatl_name(L), what,
                   moatl_push_dim_words(L, dim_of(L, argument->unit)), argument->unit,
                   moatl_push_description(L, index));
}

static void check_period(lua_State *L, int index, const char *what) {
    const unsigned last = moatl_horizon(L)->periods;
    moatl_check_integer(L, index, what, 0, last);
}

static void check_truth(lua_State *L, int index, const char *what) {
    if (!lua_isboolean(L, index))
        moatl_fail(L, "%s: %s must be true or false, not %s", moatl_name(L), what,
                   moatl_push_description(L, index));
}

static void check_given(lua_State *L, int index, const char *what,
                        const moat_lua_argument *argument) {
    switch (argument->kind) {
    case MOAT_LUA_QUANTITY:
    case MOAT_LUA_SCALAR:
    case MOAT_LUA_RATE: check_quantity(L, index, what, argument); break;
    case MOAT_LUA_CONDITION: moatl_check_condition(L, index, what); break;
    case MOAT_LUA_DISTRIBUTION: check_distribution(L, index, what, argument); return;
    case MOAT_LUA_PERIOD: check_period(L, index, what); return;
    case MOAT_LUA_COUNT: moatl_check_integer(L, index, what, 0, MOAT_PERIODS_LIMIT); return;
    case MOAT_LUA_WORD: moatl_check_word(L, index, what, argument->words); return;
    case MOAT_LUA_TEXT: moatl_check_name(L, index, what); return;
    case MOAT_LUA_TRUTH: check_truth(L, index, what); return;
    default: return;
    }
    check_range(L, index, what, argument->range);
}

static bool is_numeric(moat_lua_kind kind) {
    return kind == MOAT_LUA_COUNT || kind == MOAT_LUA_PERIOD;
}

/* Puts the fallback of an argument that is left out at an index. */
static void fall_back(lua_State *L, int index, const moat_lua_argument *argument) {
    if (argument->kind == MOAT_LUA_TRUTH)
        lua_pushboolean(L, strcmp(argument->fallback, "true") == 0);
    else if (is_numeric(argument->kind))
        lua_stringtonumber(L, argument->fallback);
    else
        lua_pushstring(L, argument->fallback);
    lua_replace(L, index);
}

/* The value at an index as its description wants it, converted in place; a literal takes the place
 * of one that is left out. `what` names it in messages. */
static void check_argument(lua_State *L, int index, const char *what,
                           const moat_lua_argument *argument) {
    index = lua_absindex(L, index);
    if (lua_isnil(L, index)) {
        if (argument->required)
            moatl_fail(L, "%s: %s is missing: %s", moatl_name(L), what, argument->doc);
        if (argument->fallback == NULL)
            return;
        fall_back(L, index, argument);
    }
    check_given(L, index, what, argument);
}

/* --- Tables of options. */

static const char *name_at(const void *context, size_t index) {
    return ((const moat_lua_argument *)context)[index].name;
}

static size_t count_arguments(const moat_lua_argument *arguments) {
    size_t count = 0;
    while (arguments != NULL && arguments[count].name != NULL)
        count++;
    return count;
}

/* "mode, per or size" */
static const char *push_names(lua_State *L, const moat_lua_argument *arguments) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (const moat_lua_argument *a = arguments; a->name != NULL; a++) {
        luaL_addstring(&buffer, a == arguments ? "" : a[1].name != NULL ? ", " : " and ");
        luaL_addstring(&buffer, a->name);
    }
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

static bool is_name_of(const char *key, const moat_lua_argument *arguments) {
    for (; arguments != NULL && arguments->name != NULL; arguments++)
        if (strcmp(key, arguments->name) == 0)
            return true;
    return false;
}

_Noreturn static void unknown_option(lua_State *L, const char *where,
                                     const moat_lua_argument *options) {
    const char *key = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    const size_t count = count_arguments(options);
    const char *near =
        key != NULL && count > 0 ? moati_nearest_of(key, count, name_at, options) : NULL;
    const char *shown = moatl_push_string(L, -1);
    const char *names = count > 0 ? push_names(L, options) : "none";
    moatl_fail(L, "%s: there is no option \"%s\"%s%s%s%s: it takes %s", moatl_name(L), shown, where,
               near != NULL ? " (did you mean \"" : "", near != NULL ? near : "",
               near != NULL ? "\"?)" : "", names);
}

/* "price of row 2", "price of cloud", "price" */
static const char *push_what(lua_State *L, const char *option, const char *where) {
    return where[0] != '\0' ? lua_pushfstring(L, "%s%s", option, where) : option;
}

/* Checks the options of the table at `given` and sets them in the table at `checked`. */
static void check_options(lua_State *L, int given, int checked, const char *where,
                          const moat_lua_argument *options) {
    for (const moat_lua_argument *option = options; option != NULL && option->name != NULL;
         option++) {
        const char *what = push_what(L, option->name, where);
        lua_getfield(L, given, option->name);
        check_argument(L, -1, what, option);
        lua_setfield(L, checked, option->name);
        lua_settop(L, checked);
    }
}

/* Pushes the checked form of the row or entry on top of the stack, which stays. */
static void check_part(lua_State *L, const char *where, const moat_lua_argument *options) {
    const int given = lua_gettop(L);
    if (!lua_istable(L, given))
        moatl_fail(L, "%s: %s must be a table such as { %s = ... }, not %s", moatl_name(L),
                   where + strlen(" of "), options->name, moatl_push_description(L, given));
    const lua_Integer count = moatl_push_keys(L, given);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, given + 1, i);
        if (lua_type(L, -1) != LUA_TSTRING || !is_name_of(lua_tostring(L, -1), options))
            unknown_option(L, where, options);
        lua_pop(L, 1);
    }
    lua_settop(L, given);
    lua_newtable(L);
    check_options(L, given, given + 1, where, options);
}

/* The tables of the list, in their order. */
static void check_rows(lua_State *L, int given, int checked, const moat_lua_argument *options) {
    lua_newtable(L);
    const int rows = lua_gettop(L);
    const lua_Integer count = luaL_len(L, given);
    for (lua_Integer i = 1; i <= count; i++) {
        const char *where = lua_pushfstring(L, " of row %I", i);
        lua_geti(L, given, i);
        check_part(L, where, options);
        lua_rawseti(L, rows, i);
        lua_settop(L, rows);
    }
    lua_setfield(L, checked, "rows");
}

/* Keys that are none of the options': rows by number, entries by name. */
static void check_keys(lua_State *L, int given, int checked, const moat_lua_signature *signature) {
    lua_newtable(L);
    const int named = lua_gettop(L);
    const lua_Integer count = moatl_push_keys(L, given);
    const lua_Integer rows = signature->rows != NULL ? luaL_len(L, given) : 0;
    lua_Integer entries = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        const bool is_text = lua_rawgeti(L, named + 1, i) == LUA_TSTRING;
        const bool is_row =
            lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 1 && lua_tointeger(L, -1) <= rows;
        if (!is_row && !(is_text && is_name_of(lua_tostring(L, -1), signature->options))) {
            if (!is_text || signature->named == NULL)
                unknown_option(L, "", signature->options);
            const char *name = lua_tostring(L, -1);
            const char *where = lua_pushfstring(L, " of %s", name);
            lua_getfield(L, given, name);
            check_part(L, where, signature->named);
            lua_pushstring(L, name);
            lua_setfield(L, -2, "name");
            lua_rawseti(L, named, ++entries);
        }
        lua_settop(L, named + 1);
    }
    lua_settop(L, named);
    if (signature->named != NULL)
        lua_setfield(L, checked, "named");
    lua_settop(L, checked);
}

static bool any_required(const moat_lua_argument *options) {
    for (; options != NULL && options->name != NULL; options++)
        if (options->required)
            return true;
    return false;
}

/* Replaces the table of options at an index by a checked one. */
static void check_table(lua_State *L, int index, const moat_lua_signature *signature) {
    if (lua_isnil(L, index) && !any_required(signature->options)) {
        lua_newtable(L);
        lua_replace(L, index);
    }
    if (!lua_istable(L, index))
        moatl_fail(L, "%s: it takes a table such as { %s = ... }, not %s", moatl_name(L),
                   signature->options != NULL && signature->options->name != NULL
                       ? signature->options->name
                   : signature->rows != NULL ? signature->rows->name
                                             : "name",
                   moatl_push_description(L, index));
    lua_newtable(L);
    const int checked = lua_gettop(L);
    check_keys(L, index, checked, signature);
    check_options(L, index, checked, "", signature->options);
    if (signature->rows != NULL)
        check_rows(L, index, checked, signature->rows);
    lua_settop(L, checked);
    lua_replace(L, index);
}

/* f("name", { ... }) is f { name = "name", ... }, as it is for event and assume. */
static bool names_table(lua_State *L, int first, const moat_lua_signature *signature) {
    return signature->takes == NULL && lua_gettop(L) == first + 1 &&
           lua_type(L, first) == LUA_TSTRING && lua_istable(L, first + 1) &&
           signature->options != NULL && is_name_of("name", signature->options);
}

/* Puts the table, with its name, in the place of both. */
static void name_table(lua_State *L, int first) {
    if (lua_getfield(L, first + 1, "name") != LUA_TNIL)
        moatl_fail(L, "%s: there are two names: \"%s\" and one in the table", moatl_name(L),
                   lua_tostring(L, first));
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, first + 1)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, first + 2);
    }
    lua_pushvalue(L, first);
    lua_setfield(L, first + 2, "name");
    lua_replace(L, first);
    lua_settop(L, first);
}

void moatl_check_signature(lua_State *L, int first, const moat_lua_signature *signature) {
    const bool has_table =
        signature->options != NULL || signature->rows != NULL || signature->named != NULL;
    const int count = (int)count_arguments(signature->takes), last = first + count + has_table - 1;
    luaL_checkstack(L, 20, "too many values");
    if (names_table(L, first, signature))
        name_table(L, first);
    if (lua_gettop(L) > last)
        moatl_fail(L, "%s: there are too many arguments: write %s", moatl_name(L),
                   moatl_entry(L)->usage);
    lua_settop(L, last);
    for (int i = 0; i < count; i++)
        check_argument(L, first + i, signature->takes[i].name, &signature->takes[i]);
    if (has_table)
        check_table(L, last, signature);
}
