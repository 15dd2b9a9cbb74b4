/* What generic for loops go through: tables in the fixed order of keys.c, and not quantities. */
#include <lauxlib.h>

#include "bind.h"
#include "state.h"

/* Upvalues: the table, its keys, the last index. */
static int next_pair(lua_State *L) {
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        i++;
        if (lua_rawgeti(L, lua_upvalueindex(2), i) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            break; /* else it was removed on the way */
        lua_pop(L, 2);
    }
    lua_pushinteger(L, i);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int pairs_of(lua_State *L, int table) {
    lua_pushvalue(L, table);
    moatl_push_keys(L, table);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_pair, 3);
    return 1;
}

int moatl_pairs_behind(lua_State *L) {
    return pairs_of(L, lua_upvalueindex(1));
}

static void refuse_quantity(lua_State *L) {
    if (moatl_is_quantity(L, 1))
        moatl_fail(L, "%s: a quantity is no table: write for t in periods() do ... x[t] ... end",
                   moatl_name(L));
}

int moatl_pairs(lua_State *L) {
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    refuse_quantity(L);
    moatl_check_table(L, 1, "the argument");
    return pairs_of(L, 1);
}

static int next_index(lua_State *L) {
    const lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1); /* wraps */
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

/* As Lua's own, but for quantities: theirs has no end. */
int moatl_ipairs(lua_State *L) {
    luaL_checkany(L, 1);
    refuse_quantity(L);
    lua_pushcfunction(L, next_index);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}
