/* What catches errors in scripts: none of it may catch the end of a run. */
#include <lualib.h>

#include "bind.h"
#include "state.h"

static int finish_protected(lua_State *L, int status, lua_KContext extra) {
    moatl_check_aborted(L);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_pushboolean(L, false);
        lua_pushvalue(L, -2);
        return 2;
    }
    return lua_gettop(L) - (int)extra;
}

static int protected_call(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_protected);
    return finish_protected(L, status, 0);
}

/* A script's message handler, which an aborted run does not ask. */
static int handle(lua_State *L) {
    if (moatl_state(L)->aborted != MOAT_OK)
        return 1;
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int protected_call_handled(lua_State *L) {
    int count = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, handle, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2); /* function, handler, true, function, arguments */
    int status = lua_pcallk(L, count - 2, LUA_MULTRET, 2, 2, finish_protected);
    return finish_protected(L, status, 2);
}

/* One of Lua's own functions that returns false and the error. */
static int call_then_check(lua_State *L) {
    int results = lua_tocfunction(L, lua_upvalueindex(1))(L);
    moatl_check_aborted(L);
    return results;
}

static void wrap_field(lua_State *L, const char *name) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, call_then_check, 1);
    lua_setfield(L, -2, name);
}

void moatl_open_protect(lua_State *L) {
    lua_pushcfunction(L, protected_call);
    lua_setfield(L, -2, "pcall");
    lua_pushcfunction(L, protected_call_handled);
    lua_setfield(L, -2, "xpcall");
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 0);
    wrap_field(L, "resume");
    wrap_field(L, "close");
    moatl_protect_table(L);
    lua_setfield(L, -2, LUA_COLIBNAME);
}
