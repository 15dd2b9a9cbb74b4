/* What compute/running.lua is given: in_service(lead, life, age, totals). */
#include "bind.h"
#include "in_service.h"

/* lead and life in periods, the age of the first order, the list of running totals: what has
 * arrived and what has been retired. */
static int in_service(lua_State *L) {
    moatl_check(L, 1, "lead");
    moatl_check(L, 2, "life");
    const lua_Integer age = luaL_checkinteger(L, 3), count = luaL_len(L, 4);
    luaL_argcheck(L, count > 0, 4, "there are no totals");
    luaL_checkstack(L, (int)count, "too many periods");
    for (lua_Integer i = 1; i <= count; i++)
        lua_rawgeti(L, 4, i);
    lua_remove(L, 4);
    lua_remove(L, 3);
    const moatl_quantity *first = moatl_check(L, 3, "a total");
    const moat_dim dims[] = {first->dim, first->dim};
    const moat_unit shown[] = {first->shown, first->shown};
    const compute_window window = {(double)age, (size_t)count};
    moatl_apply_kernel(L, &compute_in_service, &window, sizeof window, 1, (size_t)count + 2, 2,
                       dims, shown);
    return 2;
}

int moatl_open_running(lua_State *L);

int moatl_open_running(lua_State *L) {
    lua_newtable(L);
    lua_pushcfunction(L, in_service);
    lua_setfield(L, -2, "in_service");
    return 1;
}
