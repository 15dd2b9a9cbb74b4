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

/* --- Coroutines: Lua's own functions, which return false and the error. */

/* Calls one that runs the coroutine at an index and raises nothing after it has run. */
static int run_coroutine(lua_State *L, lua_State *coroutine, lua_CFunction function) {
    moat_lua *lua = moatl_state(L);
    lua_State *before = lua->running;
    if (coroutine != NULL)
        lua->running = coroutine;
    const int results = function(L);
    lua->running = before;
    moatl_check_aborted(L);
    return results;
}

static int resume(lua_State *L) {
    return run_coroutine(L, lua_tothread(L, 1), lua_tocfunction(L, lua_upvalueindex(1)));
}

/* Lua does not count how deep it is in closing coroutines whose variables close others. */
static int close_coroutine(lua_State *L) {
    enum { DEEPEST_CLOSE = 100 };
    lua_Debug ar;
    moat_lua *lua = moatl_state(L);
    lua_State *coroutine = lua_tothread(L, 1);
    lua_CFunction function = lua_tocfunction(L, lua_upvalueindex(1));
    const bool is_active = coroutine == NULL || coroutine == L ||
                           (lua_status(coroutine) == LUA_OK && lua_getstack(coroutine, 0, &ar));
    if (is_active) /* and cannot be closed, as Lua says */
        return function(L);
    if (lua->closing >= DEEPEST_CLOSE)
        moatl_fail(L, "coroutine.close: more than %d coroutines close one another", DEEPEST_CLOSE);
    lua->closing++;
    const int results = run_coroutine(L, coroutine, function);
    lua->closing--;
    return results;
}

/* Upvalues: the function that coroutine.wrap gave, the coroutine. */
static int call_wrapped(lua_State *L) {
    moat_lua *lua = moatl_state(L);
    lua_State *before = lua->running;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua->running = lua_tothread(L, lua_upvalueindex(2));
    const int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    lua->running = before;
    moatl_check_aborted(L);
    return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

static int wrap(lua_State *L) {
    lua_settop(L, 1);
    lua_tocfunction(L, lua_upvalueindex(1))(L);
    lua_getupvalue(L, 2, 1);
    lua_pushcclosure(L, call_wrapped, 2);
    return 1;
}

/* Replaces a field by a function that has it as its upvalue. */
static void replace_field(lua_State *L, const char *name, lua_CFunction function) {
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void moatl_open_protect(lua_State *L) {
    lua_pushcfunction(L, protected_call);
    lua_setfield(L, -2, "pcall");
    lua_pushcfunction(L, protected_call_handled);
    lua_setfield(L, -2, "xpcall");
    luaL_requiref(L, LUA_COLIBNAME, luaopen_coroutine, 0);
    replace_field(L, "resume", resume);
    replace_field(L, "close", close_coroutine);
    replace_field(L, "wrap", wrap);
    moatl_protect_table(L);
    lua_setfield(L, -2, LUA_COLIBNAME);
}
