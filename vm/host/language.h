/* The tables of functions that make up the language, each beside its functions. */
#ifndef MOATL_LANGUAGE_H
#define MOATL_LANGUAGE_H

#include "bind.h"

/* Pushes the value of a table { value, source = "..." } at an index, whose details are checked;
 * `name` is that of the assumption. */
void moatl_push_entry(lua_State *L, const char *name, int index);

/* Pushes the series of periods at an index by calendar year, as x:annual() does. */
moatl_quantity *moatl_push_annual(lua_State *L, int index);

/* Globals. */
extern const moat_lua_function moatl_quantity_functions[];
extern const moat_lua_function moatl_math_functions[];
extern const moat_lua_function moatl_assumption_functions[];
extern const moat_lua_function moatl_scenario_functions[];
extern const moat_lua_function moatl_time_functions[];
extern const moat_lua_function moatl_process_functions[];
extern const moat_lua_function moatl_result_functions[];

/* Of the table `data`, of what its functions give, and of the columns of that. */
extern const moat_lua_function moatl_data_functions[];
extern const moat_lua_function moatl_data_methods[];
extern const moat_lua_function moatl_column_methods[];
void moatl_open_data(lua_State *L);

/* Globals that Lua has too. */
extern const moat_lua_function moatl_base_functions[];
extern const moat_lua_function moatl_require_functions[];

/* Of the tables `math`, `dist` and `report`; `math` has the global functions as well. */
extern const moat_lua_function moatl_math_table_functions[];
extern const moat_lua_function moatl_dist_functions[];
extern const moat_lua_function moatl_report_functions[];

/* Methods of quantities. */
extern const moat_lua_function moatl_quantity_methods[];
extern const moat_lua_function moatl_series_methods[];
extern const moat_lua_function moatl_value_methods[];
extern const moat_lua_function moatl_result_methods[];

/* Metamethods. */
extern const moat_lua_function moatl_operators[];

#endif
