/* Puts the language together: the type of quantities, its methods, the global functions. */
#include "language.h"

#include "state.h"

static const moat_lua_group groups[] = {
    {"Quantities", "values with units, constant or uncertain", moatl_quantity_functions},
    {"Methods of quantities", "written x:name(...)", moatl_quantity_methods},
    {"Mathematics", "on numbers and on quantities; also in the table `math`", moatl_math_functions},
    {"Assumptions", "named inputs that can be overridden", moatl_assumption_functions},
    {"Distributions", "written dist.name(...)", moatl_dist_functions},
    {"Time", "the horizon and series over its periods", moatl_time_functions},
    {"Processes", "series that are random from period to period", moatl_process_functions},
    {"Methods of series", "written x:name(...)", moatl_series_methods},
    {"The value of a series", "written x:name(...)", moatl_value_methods},
    {"The scenario", "units, variants, settings", moatl_scenario_functions},
    {"Results", "what is reported, and what is looked at at once", moatl_result_functions},
    {"Methods for results", "written x:name(...)", moatl_result_methods},
    {"Data", "what files say", moatl_data_functions},
    {"Methods of data", "written t:name(...)", moatl_data_methods},
    {"Methods of columns", "written t.column:name(...)", moatl_column_methods},
    {"The report", "what a report says beside the outputs; written report.name(...)",
     moatl_report_functions},
    {"Operators", "on quantities", moatl_operators},
    {"The table math", "besides what Lua has in it", moatl_math_table_functions},
    {"Lua, as scripts have it", "what differs from Lua 5.4", moatl_base_functions},
    {"Modules", "more than one file", moatl_require_functions},
    {NULL, NULL, NULL}};

const moat_lua_group *moat_lua_groups(void) {
    return groups;
}

static void set_metatable(lua_State *L) {
    luaL_newmetatable(L, MOATL_QUANTITY);
    moatl_register(L, moatl_operators);
    lua_pushliteral(L, "quantity");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_newtable(L);
    moatl_register(L, moatl_quantity_methods);
    moatl_register(L, moatl_series_methods);
    moatl_register(L, moatl_value_methods);
    moatl_register(L, moatl_result_methods);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_METHODS);
    lua_pop(L, 1);
}

/* A misspelt field of `dist` or `report` is an error, not nil. */
static int unknown_dist(lua_State *L) {
    const char *name = moatl_check_text(L, 2, "the name");
    moatl_fail_unknown(L, "there is no distribution", name, moatl_nearest_key(L, 1, name));
}

static int unknown_report(lua_State *L) {
    const char *name = moatl_check_text(L, 2, "the name");
    moatl_fail_unknown(L, "report has no function", name, moatl_nearest_key(L, 1, name));
}

static const moat_lua_function dist_metamethods[] = {
    {"__index", unknown_dist, NULL, "dist.name", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

static const moat_lua_function report_metamethods[] = {
    {"__index", unknown_report, NULL, "report.name", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* Makes the table of functions on top of the stack one that cannot be written. */
static void close_table(lua_State *L, const moat_lua_function *metamethods) {
    lua_newtable(L);
    moatl_register(L, metamethods);
    lua_setmetatable(L, -2);
    moatl_protect_table(L);
}

static void push_dist_table(lua_State *L) {
    lua_newtable(L);
    moatl_register_unchecked(L, moatl_dist_functions);
    close_table(L, dist_metamethods);
}

static void push_report_table(lua_State *L) {
    lua_newtable(L);
    moatl_register(L, moatl_report_functions);
    close_table(L, report_metamethods);
}

void moatl_open_quantity(lua_State *L) {
    set_metatable(L);
    moatl_register(L, moatl_quantity_functions);
    moatl_register(L, moatl_assumption_functions);
    moatl_register(L, moatl_scenario_functions);
    moatl_register(L, moatl_time_functions);
    moatl_register(L, moatl_process_functions);
    moatl_register(L, moatl_result_functions);
    push_dist_table(L);
    lua_setfield(L, -2, "dist");
    moatl_open_data(L);
    push_report_table(L);
    lua_setfield(L, -2, "report");
}
