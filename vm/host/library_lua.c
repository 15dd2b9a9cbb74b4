/* What modules of the library find beside the language: things that scripts have no need of. */
#include <string.h>

#include "bind.h"
#include "describe.h"
#include "state.h"

/* state_of(x, "fleet"): the state of an object of that type; nil for anything else. */
static int state_of(lua_State *L) {
    const char *type = lua_pushfstring(L, "moat.%s", luaL_checkstring(L, 2));
    if (luaL_testudata(L, 1, type) == NULL)
        return 0;
    lua_getiuservalue(L, 1, 1);
    return 1;
}

/* fail(format, ...): an error at the script's line, after the name of the running function. */
static int fail(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_getfield(L, -1, "string");
    lua_getfield(L, -1, "format");
    lua_insert(L, 1);
    lua_pop(L, 2);
    lua_call(L, lua_gettop(L) - 1, 1);
    if (moatl_running(L) == NULL)
        moatl_fail(L, "%s", lua_tostring(L, -1));
    moatl_fail(L, "%s: %s", moatl_name(L), lua_tostring(L, -1));
}

/* advise(code, format, ...): what `moat check` tells of the script's line, and a run does not. */
static int advise(lua_State *L) {
    const char *code = luaL_checkstring(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_getfield(L, -1, "string");
    lua_getfield(L, -1, "format");
    lua_insert(L, 2);
    lua_pop(L, 2);
    lua_call(L, lua_gettop(L) - 2, 1);
    moatl_note(L, MOATI_NOTE_ADVICE, code,
               lua_pushfstring(L, "%s: %s", moatl_name(L), lua_tostring(L, -1)));
    return 0;
}

/* at(x, t): the value of a period, or of all where x has none. */
static int value_at(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "x");
    if (quantity->axis == MOAT_NO_AXIS) {
        lua_pushvalue(L, 1);
        return 1;
    }
    const lua_Integer t = moatl_check_integer(L, 2, "the period", 0, quantity->count);
    const moat_node node = quantity->nodes[t];
    if (node == MOAT_NO_NODE)
        moatl_fail_unset(L, moatl_name(L), quantity, (unsigned)t);
    moatl_push(L, node, quantity->shown)->show = quantity->show;
    return 1;
}

/* has_value(x, t): whether that period is set; true of what has none. */
static int has_value(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "x");
    const bool is_one = quantity->axis == MOAT_NO_AXIS;
    const lua_Integer t = is_one ? 0 : moatl_check_integer(L, 2, "the period", 0, quantity->count);
    lua_pushboolean(L, is_one || quantity->nodes[t] != MOAT_NO_NODE);
    return 1;
}

/* over_periods(f): the series of f(t), shown as its first period is. */
static int over_periods(lua_State *L) {
    const unsigned count = moatl_horizon(L)->periods;
    moatl_quantity *series = NULL;
    for (unsigned t = 1; t <= count; t++) {
        lua_settop(L, series != NULL ? 2 : 1);
        lua_pushvalue(L, 1);
        lua_pushinteger(L, t);
        lua_call(L, 1, 1);
        const moatl_quantity *value = moatl_check_scalar(L, -1, "a period");
        if (series == NULL) {
            series = moatl_push_series(L, value->dim, value->shown);
            series->show = value->show;
            lua_insert(L, 2);
        } else if (value->dim != series->dim) {
            value = moatl_require_dim(L, -1, "a period", series->dim, moatl_push_unit(L, series));
        }
        series->nodes[t] = value->nodes[0];
    }
    lua_settop(L, 2);
    return 1;
}

/* count_periods(): 0 without a horizon. */
static int count_periods(lua_State *L) {
    lua_pushinteger(L, moat_model_horizon(moatl_model(L))->periods);
    return 1;
}

static int is_series(lua_State *L) {
    const moatl_quantity *quantity = luaL_testudata(L, 1, MOATL_QUANTITY);
    lua_pushboolean(L, quantity != NULL && quantity->axis != MOAT_NO_AXIS);
    return 1;
}

static int is_quantity(lua_State *L) {
    lua_pushboolean(L, moatl_is_quantity(L, 1));
    return 1;
}

/* known(x): the number in base units of what is constant; nil else. */
static int known(lua_State *L) {
    double value;
    if (lua_isnil(L, 1) || !moatl_is_constant(L, moatl_check(L, 1, "x"), &value))
        return 0;
    lua_pushnumber(L, value);
    return 1;
}

/* has_unit(x, "GW"): whether the dimensions are the same. */
static int has_unit(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "x");
    moat_dim dim = moat_unit_dim(moatl_units(L), moatl_parse_unit(L, luaL_checkstring(L, 2)));
    lua_pushboolean(L, quantity->dim == dim);
    return 1;
}

/* unit_of(x): the text of the unit that x is shown in; base units where none was chosen. */
static int unit_of(lua_State *L) {
    moatl_push_unit(L, moatl_check(L, 1, "x"));
    return 1;
}

/* quantity(x, what): x as a quantity; what can be none is named in the error. */
static int quantity_of(lua_State *L) {
    const char *what = luaL_checkstring(L, 2);
    moatl_check_literal(L, 1, what);
    moatl_check(L, 1, what);
    lua_pushvalue(L, 1);
    return 1;
}

/* in_unit(x, y, what): x, which must have the dimension of y; 0 and infinity are made fit. */
static int in_unit(lua_State *L) {
    const moatl_quantity *like = moatl_check(L, 2, "y");
    moatl_check_literal(L, 1, luaL_checkstring(L, 3));
    const moatl_quantity *x = moatl_check(L, 1, lua_tostring(L, 3));
    if (x->dim != like->dim && !moatl_fits_all(L, x)) {
        const bool has_dim = like->dim != MOAT_DIMENSIONLESS;
        moatl_fail(L, "%s: %s must be %s%s%s, not %s", moatl_name(L), lua_tostring(L, 3),
                   moatl_push_dim_words(L, like->dim), has_dim ? ", as in " : "",
                   has_dim ? moatl_push_unit(L, like) : "", moatl_push_description(L, 1));
    }
    moatl_require_dim(L, 1, lua_tostring(L, 3), like->dim, "");
    lua_pushvalue(L, 1);
    return 1;
}

/* constant(number, y): a number of base units of the dimension of y. */
static int constant_like(lua_State *L) {
    const moatl_quantity *like = moatl_check(L, 2, "y");
    moatl_push_constant(L, luaL_checknumber(L, 1), like->dim, like->shown);
    return 1;
}

static const moat_lua_function library_functions[] = {
    {"module", moatl_make_module, NULL, "module(name, doc, functions)"},
    {"class", moatl_make_class, NULL, "class(name, doc, methods)"},
    {"state_of", state_of, moatl_speaks_for_caller, "state_of(x, type)"},
    {"fail", fail, moatl_speaks_for_caller, "fail(format, ...)"},
    {"advise", advise, moatl_speaks_for_caller, "advise(code, format, ...)"},
    {"at", value_at, moatl_speaks_for_caller, "at(x, t)"},
    {"has_value", has_value, moatl_speaks_for_caller, "has_value(x, t)"},
    {"over_periods", over_periods, moatl_speaks_for_caller, "over_periods(f)"},
    {"count_periods", count_periods, moatl_speaks_for_caller, "count_periods()"},
    {"is_series", is_series, moatl_speaks_for_caller, "is_series(x)"},
    {"is_quantity", is_quantity, moatl_speaks_for_caller, "is_quantity(x)"},
    {"quantity", quantity_of, moatl_speaks_for_caller, "quantity(x, what)"},
    {"known", known, moatl_speaks_for_caller, "known(x)"},
    {"has_unit", has_unit, moatl_speaks_for_caller, "has_unit(x, unit)"},
    {"unit_of", unit_of, moatl_speaks_for_caller, "unit_of(x)"},
    {"in_unit", in_unit, moatl_speaks_for_caller, "in_unit(x, y, what)"},
    {"constant_like", constant_like, moatl_speaks_for_caller, "constant_like(number, y)"},
    {"irr_of", moatl_list_irr, NULL, "irr_of(amounts, years)"},
    {NULL}};

/* The library's globals: the language's, and these functions. */
void moatl_open_library(lua_State *L) {
    lua_newtable(L);
    moatl_register_unchecked(L, library_functions);
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_LIBRARY);
}
