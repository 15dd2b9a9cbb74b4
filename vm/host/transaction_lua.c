/* All or nothing: what the scripts of a session can reach is copied when an entry begins, and put
 * back where it fails. Quantities are values but for series that are filled in and distributions
 * that nobody has drawn from yet; tables, the state of objects, and the variables that functions
 * share are what else can change. */
#include <string.h>

#include "bind.h"
#include "state.h"

enum { MOST_ENTRIES = 1 << 18 };

/* The stack while copying: the map object -> copy, the list of those that are still to be copied.
 * In the map, `true` stands for what has no content of its own. */
enum { SAVED = 2, QUEUE = 3 };

typedef struct copier {
    lua_Integer first, last; /* of the list */
    size_t room;             /* for so many more entries */
} copier;

static const char *const roots[] = {MOATI_ENVIRONMENT, MOATI_OUT, MOATI_LITERALS,
                                    MOATI_DECLARATIONS, MOATI_LOADED};

static bool can_change(const moatl_quantity *quantity) {
    return quantity->assignable ||
           (quantity->axis == MOAT_NO_AXIS && quantity->nodes[0] == MOAT_NO_NODE);
}

/* Notes a copy of the bytes of the quantity on top of the stack. */
static void copy_quantity(lua_State *L, const moatl_quantity *quantity) {
    const size_t size = lua_rawlen(L, -1);
    lua_pushvalue(L, -1);
    memcpy(lua_newuserdatauv(L, size, 0), quantity, size);
    lua_rawset(L, SAVED);
}

/* Takes the value on top of the stack off, and has it copied where it can change. */
static void visit(lua_State *L, copier *c) {
    const int type = lua_type(L, -1);
    const moatl_quantity *quantity = luaL_testudata(L, -1, MOATL_QUANTITY);
    const bool is_open = type == LUA_TTABLE || (type == LUA_TUSERDATA && quantity == NULL) ||
                         (type == LUA_TFUNCTION && !lua_iscfunction(L, -1));
    if (is_open || (quantity != NULL && can_change(quantity))) {
        lua_pushvalue(L, -1);
        const bool is_new = lua_rawget(L, SAVED) == LUA_TNIL;
        lua_pop(L, 1);
        if (is_new && quantity != NULL)
            copy_quantity(L, quantity);
        else if (is_new) {
            lua_pushvalue(L, -1);
            lua_pushboolean(L, true);
            lua_rawset(L, SAVED);
            lua_pushvalue(L, -1);
            lua_rawseti(L, QUEUE, ++c->last);
        }
    }
    lua_pop(L, 1);
}

static void copy_table(lua_State *L, copier *c) {
    const int table = lua_gettop(L);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (c->room == 0) {
            lua_settop(L, table - 1);
            return;
        }
        c->room--;
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, table + 1);
        lua_pushvalue(L, -2);
        visit(L, c);
        lua_pushvalue(L, -1);
        visit(L, c);
    }
    lua_rawset(L, SAVED);
}

/* What functions of the library share stays as it is. */
static bool is_built_in(lua_State *L) {
    lua_Debug ar;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &ar);
    return strncmp(ar.source, MOATI_BUILT_IN, strlen(MOATI_BUILT_IN)) == 0;
}

static void copy_function(lua_State *L, copier *c) {
    const int function = lua_gettop(L);
    if (is_built_in(L)) {
        lua_pop(L, 1);
        return;
    }
    lua_newtable(L);
    for (int i = 1; lua_getupvalue(L, function, i) != NULL; i++) {
        lua_pushvalue(L, -1);
        lua_rawseti(L, function + 1, i);
        visit(L, c);
    }
    lua_rawset(L, SAVED);
}

/* An object is what its user value says. */
static void copy_object(lua_State *L, copier *c) {
    lua_getiuservalue(L, -1, 1);
    visit(L, c);
    lua_pop(L, 1);
}

static int take(lua_State *L) {
    copier c = {.first = 1, .room = MOST_ENTRIES};
    luaL_checkstack(L, LUA_MINSTACK, "no memory to copy what there is");
    lua_newtable(L);
    lua_newtable(L);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        lua_getfield(L, LUA_REGISTRYINDEX, roots[i]);
        visit(L, &c);
    }
    for (; c.first <= c.last; c.first++) {
        lua_rawgeti(L, QUEUE, c.first);
        switch (lua_type(L, -1)) {
        case LUA_TTABLE: copy_table(L, &c); break;
        case LUA_TFUNCTION: copy_function(L, &c); break;
        default: copy_object(L, &c);
        }
    }
    /* The last value stands behind the globals. */
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_getfield(L, -1, "_");
    lua_setfield(L, SAVED, "_");
    lua_settop(L, SAVED);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_SNAPSHOT);
    return 0;
}

/* --- Putting back. The object and its copy are on top of the stack, and stay there. */

static void restore_table(lua_State *L) {
    const int copy = lua_gettop(L), table = copy - 1;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        if (lua_rawget(L, copy) == LUA_TNIL) {
            lua_pushvalue(L, -3);
            lua_pushnil(L);
            lua_rawset(L, table);
        }
        lua_pop(L, 1);
    }
    for (lua_pushnil(L); lua_next(L, copy);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, table);
    }
}

static void restore_function(lua_State *L) {
    const int copy = lua_gettop(L), function = copy - 1;
    for (int i = 1; lua_getupvalue(L, function, i) != NULL; i++) {
        lua_pop(L, 1);
        lua_rawgeti(L, copy, i);
        lua_setupvalue(L, function, i);
    }
}

static void restore(lua_State *L) {
    const int copy = lua_gettop(L), object = copy - 1;
    if (lua_isuserdata(L, copy))
        memcpy(lua_touserdata(L, object), lua_touserdata(L, copy), lua_rawlen(L, copy));
    else if (lua_istable(L, copy) && lua_istable(L, object))
        restore_table(L);
    else if (lua_istable(L, copy))
        restore_function(L);
}

/* A module of the library is loaded once, whatever becomes of the entry that named it. */
static void keep_library(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_LOADED);
    const int loaded = lua_gettop(L);
    lua_pushvalue(L, loaded);
    if (lua_rawget(L, SAVED) == LUA_TTABLE)
        for (lua_pushnil(L); lua_next(L, loaded); lua_pop(L, 1))
            if (strncmp(lua_tostring(L, -2), MOATI_BUILT_IN, strlen(MOATI_BUILT_IN)) == 0) {
                lua_pushvalue(L, -2);
                lua_pushvalue(L, -2);
                lua_rawset(L, loaded + 1);
            }
    lua_settop(L, SAVED);
}

static int forget(lua_State *L) {
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_SNAPSHOT);
    return 0;
}

static int put_back(lua_State *L) {
    lua_settop(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, MOATI_SNAPSHOT) != LUA_TTABLE)
        return 0;
    keep_library(L);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_getfield(L, SAVED, "_");
    lua_setfield(L, -2, "_");
    for (lua_pushnil(L); lua_next(L, SAVED); lua_pop(L, 1))
        if (lua_type(L, -2) != LUA_TSTRING)
            restore(L);
    return forget(L);
}

/* --- Transactions. */

moat_status moat_lua_begin(moat_lua *lua, moat_error *error) {
    lua->beginning = (moati_beginning){
        .blocks = lua->blocks, .random_draws = lua->random_draws, .rate_warned = lua->rate_warned};
    moat_model_mark(lua->model, &lua->beginning.mark);
    return moati_protect(lua, take, NULL, error);
}

void moat_lua_commit(moat_lua *lua) {
    moati_protect(lua, forget, NULL, NULL);
}

moat_status moat_lua_rollback(moat_lua *lua, moat_error *error) {
    const moat_script_error last = lua->last; /* of the run that failed */
    const moat_status status = moati_protect(lua, put_back, NULL, error);
    moat_model_rewind(lua->model, &lua->beginning.mark);
    lua->blocks = lua->beginning.blocks;
    lua->random_draws = lua->beginning.random_draws;
    lua->rate_warned = lua->beginning.rate_warned;
    lua->last = last;
    return status;
}
