/* Assumptions: the named inputs of a scenario, and the correlations among them. */
#include <math.h>
#include <string.h>

#include "language.h"
#include "state.h"

static const char *const details[] = {"source", "note", "date", "label", NULL};

/* What is pushed stays until the assumption has been declared. */
static const char *detail(lua_State *L, int index, const char *name) {
    return lua_getfield(L, index, name) == LUA_TNIL ? NULL : moatl_check_text(L, -1, name);
}

static void read_details(lua_State *L, int index, moat_assumption *assumption) {
    luaL_checkstack(L, 8, "too many values");
    assumption->source = detail(L, index, "source");
    assumption->note = detail(L, index, "note");
    assumption->date = detail(L, index, "date");
    assumption->label = detail(L, index, "label");
}

/* --- The value. A distribution is drawn from under the assumption's name, so it is not drawn
 * from here. */

static void read_text(lua_State *L, int index, moat_assumption *assumption) {
    size_t length;
    moat_literal literal;
    const char *text = lua_tolstring(L, index, &length);
    moatl_parse_literal(L, text, length, &literal);
    assumption->text = text;
    assumption->unit = literal.unit;
    assumption->dist = literal.dist;
    if (literal.dist == MOAT_NO_DIST) {
        moat_dim dim = moat_unit_dim(moatl_units(L), literal.unit);
        assumption->definition = moatl_number(L, literal.value, dim);
    }
}

static moat_unit unit_for(lua_State *L, const moatl_quantity *quantity, double magnitude) {
    if (quantity->shown != MOAT_NO_UNIT)
        return quantity->shown;
    double size = isfinite(magnitude) && magnitude != 0 ? fabs(magnitude) : 1;
    return moat_unit_readable(moatl_units(L), quantity->dim, size);
}

static void read_dist(lua_State *L, int index, moat_assumption *assumption) {
    const moatl_quantity *quantity = lua_touserdata(L, index);
    moatl_push_text(L, index);
    assumption->text = lua_tostring(L, -1);
    assumption->dist = quantity->dist;
    double median = moat_dist_quantile(moatl_graph(L), quantity->dist, 0.5);
    assumption->unit = unit_for(L, quantity, median);
}

static void read_definition(lua_State *L, int index, moat_assumption *assumption) {
    const moatl_quantity *quantity = moatl_check_scalar(L, index, assumption->name);
    double value = 1;
    bool is_constant = moatl_is_constant(L, quantity, &value);
    assumption->definition = quantity->nodes[0];
    assumption->unit = unit_for(L, quantity, value);
    moatl_push_text(L, index);
    if (lua_isnil(L, -1)) {
        if (is_constant)
            moatl_push_shown(L, index);
        else
            lua_pushliteral(L, "computed");
    }
    assumption->text = lua_tostring(L, -1);
}

static void read_value(lua_State *L, int index, moat_assumption *assumption) {
    const moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    if (lua_type(L, index) == LUA_TSTRING)
        read_text(L, index, assumption);
    else if (quantity != NULL && quantity->dist != MOAT_NO_DIST)
        read_dist(L, index, assumption);
    else
        read_definition(L, index, assumption);
}

/* --- Declaring. */

/* Declares one assumption from the value and the table of details (0: none) at two indexes;
 * pushes its quantity. */
static void declare(lua_State *L, const char *name, int value, int options, unsigned block) {
    moat_assumption assumption = {.name = name, .block = block};
    moat_error error;
    int top = lua_gettop(L);
    luaL_checkstack(L, LUA_MINSTACK, "too many values");
    if (options != 0)
        read_details(L, options, &assumption);
    read_value(L, value, &assumption);
    moatl_declare(L, "an assumption", name);
    moat_node node = moat_model_assume(moatl_model(L), &assumption, &error);
    if (node == MOAT_NO_NODE)
        moatl_fail_with(L, &error);
    lua_pushstring(L, name);
    moatl_push_named(L, node, moatl_shown_unit(L, assumption.unit));
    lua_insert(L, top + 1);
    lua_settop(L, top + 1);
}

void moatl_push_entry(lua_State *L, const char *name, int index) {
    moatl_check_entry(L, index, details);
    for (size_t i = 0; details[i] != NULL; i++) {
        detail(L, index, details[i]);
        lua_pop(L, 1);
    }
    if (lua_rawgeti(L, index, 1) == LUA_TNIL)
        moatl_fail(L, "%s: %s has no value: write { \"12 $bn\", source = \"...\" }", moatl_name(L),
                   name);
}

/* The same where a table { value, source = "..." } may stand for the value. */
static void declare_entry(lua_State *L, const char *name, int entry, unsigned block) {
    if (!lua_istable(L, entry)) {
        declare(L, name, entry, 0, block);
        return;
    }
    moatl_push_entry(L, name, entry);
    declare(L, name, lua_gettop(L), entry, block);
}

/* A misspelt name is an error, not nil. */
static int unknown_assumption(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING) {
        lua_pushnil(L);
        return 1;
    }
    const char *name = lua_tostring(L, 2);
    moatl_fail_unknown(L, "this table has no assumption", name, moatl_nearest_key(L, 1, name));
}

static int refuse_assignment(lua_State *L) {
    const char *name = moatl_push_string(L, 2);
    moatl_fail(L,
               "a.%s = value: an assumption is not assigned to: write local %s = ... for another "
               "quantity, and variant or --set for another value of the assumption",
               name, name);
}

static const moat_lua_function block_metamethods[] = {
    {"__index", unknown_assumption, NULL, "a.name", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

static const moat_lua_function block_protection[] = {
    {"__newindex", refuse_assignment, NULL, "a.name = value", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

static void push_block_table(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    moatl_register(L, block_metamethods);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* Makes the table of assumptions on top of the stack one that cannot be written. */
static void protect_block_table(lua_State *L) {
    moatl_protect_table(L);
    lua_getmetatable(L, -1);
    moatl_register(L, block_protection);
    lua_pop(L, 1);
}

/* Declares the entries of the table at an index, named "prefix.key" where there is a prefix;
 * pushes the table of their quantities by key. */
static int declare_block(lua_State *L, const char *prefix, int table) {
    unsigned block = moatl_state(L)->blocks++;
    push_block_table(L);
    int result = lua_gettop(L);
    lua_Integer count = moatl_push_keys(L, table);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, result + 1);
        lua_rawgeti(L, result + 1, i);
        const char *key = moatl_check_name(L, -1, "the name of an assumption");
        const char *name = prefix != NULL ? lua_pushfstring(L, "%s.%s", prefix, key) : key;
        lua_getfield(L, table, key);
        declare_entry(L, name, lua_gettop(L), block);
        lua_setfield(L, result, key);
    }
    lua_settop(L, result);
    protect_block_table(L);
    return 1;
}

static bool is_block(lua_State *L, int index) {
    if (!lua_istable(L, index))
        return false;
    bool has_value = lua_rawgeti(L, index, 1) != LUA_TNIL;
    lua_pop(L, 1);
    return !has_value;
}

static int assume(lua_State *L) {
    lua_settop(L, 3);
    if (lua_istable(L, 1))
        return declare_block(L, NULL, 1);
    const char *name = moatl_check_name(L, 1, "the name");
    if (is_block(L, 2))
        return declare_block(L, name, 2);
    unsigned block = moatl_state(L)->blocks++;
    if (lua_isnil(L, 3)) {
        declare_entry(L, name, 2, block);
    } else {
        moatl_check_options(L, 3, details);
        declare(L, name, 2, 3, block);
    }
    return 1;
}

/* --- correlate { { a.x, a.y, 0.6 }, ... } */

const char *moatl_assumption_of(lua_State *L, const moatl_quantity *quantity) {
    const moat_model *model = moatl_model(L);
    for (size_t i = 0; i < moat_model_assumptions(model); i++) {
        const moat_assumption *assumption = moat_model_assumption(model, i);
        if (quantity->axis == MOAT_NO_AXIS && quantity->nodes[0] == assumption->node)
            return assumption->name;
    }
    return NULL;
}

/* The name of the assumption that the value at an index is or names. */
static const char *assumption_name(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TSTRING)
        return lua_tostring(L, index);
    const moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    const char *name = quantity != NULL ? moatl_assumption_of(L, quantity) : NULL;
    if (name != NULL)
        return name;
    moatl_fail(L,
               "correlate: only assumptions can be correlated, not %s: give it a name with assume",
               moatl_push_description(L, index));
}

static int correlate(lua_State *L) {
    lua_settop(L, 1);
    moatl_check_table(L, 1, "the argument");
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    lua_rawgeti(L, 1, 1);
    if (count == 3 && (moatl_is_quantity(L, 2) || lua_type(L, 2) == LUA_TSTRING))
        moatl_fail(L, "correlate: a list of pairs has double braces: write correlate { { a.x, "
                      "a.y, 0.6 } }");
    lua_settop(L, 1);
    moat_pair *pairs = moatl_buffer(L, (size_t)count, sizeof *pairs);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, 2);
        lua_rawgeti(L, 1, i);
        moatl_check_table(L, 3, "each entry");
        for (lua_Integer k = 1; k <= 3; k++)
            lua_rawgeti(L, 3, k);
        /* The names belong to the assumptions, or to texts that the argument keeps. */
        pairs[i - 1] = (moat_pair){assumption_name(L, 4), assumption_name(L, 5),
                                   moatl_check_number(L, 6, "the correlation")};
    }
    moat_error error;
    moatl_check_status(L, moat_model_correlate(moatl_model(L), (size_t)count, pairs, &error),
                       &error);
    for (lua_Integer i = 0; i < count; i++)
        moatl_note(L, MOATI_NOTE_CORRELATION, pairs[i].first, pairs[i].second);
    return 0;
}

const moat_lua_function moatl_assumption_functions[] = {
    {"assume", assume, NULL,
     "assume { name = \"12 to 15 $bn\" }, assume(prefix, { ... }), "
     "assume(name, value, { source = })",
     "declares inputs, each with a unit, and gives a table of them by name, or one; a value may be "
     "a "
     "table { value, source =, note =, date =, label = }",
     "local a = assume { price = { \"12 $bn/GW/yr\", source = \"a survey\" } }; print(a.price)",
     "12 $bn/GW/yr\n"},
    {"correlate", correlate, NULL, "correlate { { a.x, a.y, 0.6 }, ... }",
     "sets rank correlations between assumptions; a set that no distribution can have is refused",
     "local a = assume { x = \"1 to 2 $\", y = \"3 to 4 $\" }; correlate { { a.x, a.y, 0.6 } }; "
     "print(summary(a.x).unit)",
     "$\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
