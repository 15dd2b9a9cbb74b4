/* What compute/running.lua is given: in_service(lead, life, age, totals, first, last) and
 * column(varying, x). */
#include "bind.h"
#include "in_service.h"

enum { LEAD = 1, LIFE, AGE, TOTALS, FIRST, LAST };

/* lead and life in periods, the age of the first order, running totals by period and the periods
 * of the first and the last: what has arrived and what has been retired. */
static int in_service(lua_State *L) {
    moatl_check(L, LEAD, "lead");
    moatl_check(L, LIFE, "life");
    const lua_Integer age = luaL_checkinteger(L, AGE);
    const lua_Integer first = luaL_checkinteger(L, FIRST), last = luaL_checkinteger(L, LAST);
    luaL_argcheck(L, first <= last && last - first < age, LAST, "there are no totals");
    const size_t count = (size_t)(last - first) + 1;
    luaL_checkstack(L, (int)count + 2, "too many periods");
    lua_pushvalue(L, LEAD);
    const int inputs = lua_gettop(L);
    lua_pushvalue(L, LIFE);
    for (lua_Integer i = first; i <= last; i++)
        lua_rawgeti(L, TOTALS, i);
    const moatl_quantity *total = moatl_check(L, inputs + 2, "a total");
    const moat_dim dims[] = {total->dim, total->dim};
    const moat_unit shown[] = {total->shown, total->shown};
    const moati_window window = {(double)age, count};
    moatl_apply_kernel(L, &moati_in_service, &window, sizeof window, inputs, count + 2, 2, dims,
                       shown);
    return 2;
}

/* varying, x: x, as a column. */
static int column(lua_State *L) {
    moatl_check(L, 1, "what varies");
    const moatl_quantity *x = moatl_check(L, 2, "x");
    const moat_dim dim = x->dim;
    const moat_unit shown = x->shown;
    moatl_apply_kernel(L, &moati_column, "", 0, 1, 2, 1, &dim, &shown);
    return 1;
}

int moatl_open_running(lua_State *L);

int moatl_open_running(lua_State *L) {
    lua_newtable(L);
    lua_pushcfunction(L, in_service);
    lua_setfield(L, -2, "in_service");
    lua_pushcfunction(L, column);
    lua_setfield(L, -2, "column");
    return 1;
}
