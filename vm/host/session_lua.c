/* Interactive sessions: their values are shown, their variables stay and are completed. */
#include <string.h>

#include "bind.h"
#include "state.h"

/* --- Showing values. */

enum { DEEPEST_FIELDS = 3, MOST_FIELDS = 200, MOST_SHOWN = 500 };

typedef struct shower {
    moat_lua_show *show;
    void *context;
    size_t room;                           /* for so many more fields */
    const void *above[DEEPEST_FIELDS + 1]; /* the tables that the value is in */
} shower;

static void show_quantity(lua_State *L, int index, const shower *to, moat_lua_value *value) {
    const moatl_quantity *quantity = moatl_check(L, index, "the value");
    const bool is_series = quantity->axis != MOAT_NO_AXIS;
    const moat_output output = {.name = value->name != NULL ? value->name : "",
                                .unit = quantity->shown,
                                .dim = quantity->dim,
                                .show = quantity->show,
                                .axis = quantity->axis,
                                .count = is_series ? quantity->count : 1,
                                .nodes = quantity->nodes + is_series};
    value->quantity = &output;
    to->show(to->context, value);
}

static void show_value(lua_State *L, int index, shower *to, const char *name, unsigned depth);

/* Pushes a text as a terminal may be given it. */
static const char *push_escaped(lua_State *L, const char *text, size_t length, bool lines) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    moatl_add_escaped(&buffer, text, length, lines);
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

static const char *push_name(lua_State *L, int index) {
    size_t length;
    moatl_push_string(L, index);
    const char *text = lua_tolstring(L, -1, &length);
    return push_escaped(L, text, length, false);
}

static void show_omission(lua_State *L, const shower *to, lua_Integer count, unsigned depth) {
    const moat_lua_value value = {.depth = depth,
                                  .text = lua_pushfstring(L, "and %I more", (LUAI_UACINT)count)};
    to->show(to->context, &value);
}

/* The fields of the table at an index. */
static void show_fields(lua_State *L, int index, shower *to, unsigned depth) {
    const int top = lua_gettop(L);
    luaL_checkstack(L, LUA_MINSTACK, "the table is too deep");
    if (!moatl_push_behind(L, index))
        lua_pushvalue(L, index);
    const lua_Integer count = moatl_push_keys(L, top + 1);
    lua_Integer shown = 0;
    while (shown < count && shown < MOST_FIELDS && to->room > 0) {
        to->room--;
        lua_settop(L, top + 2);
        lua_rawgeti(L, top + 2, ++shown);
        const char *name = push_name(L, top + 3);
        lua_pushvalue(L, top + 3);
        lua_rawget(L, top + 1);
        show_value(L, lua_gettop(L), to, name, depth);
    }
    if (shown < count)
        show_omission(L, to, count - shown, depth);
    lua_settop(L, top);
}

/* Tables that say themselves how they print are taken at their word. */
static bool has_fields(lua_State *L, int index) {
    return lua_istable(L, index) && luaL_getmetafield(L, index, "__tostring") == LUA_TNIL;
}

/* Whether the table at an index is one of those that it is in. */
static bool is_above(lua_State *L, int index, const shower *to, unsigned depth) {
    for (unsigned i = 0; i < depth; i++)
        if (to->above[i] == lua_topointer(L, index))
            return true;
    return false;
}

static void show_value(lua_State *L, int index, shower *to, const char *name, unsigned depth) {
    const int top = lua_gettop(L);
    moat_lua_value value = {.name = name, .depth = depth};
    if (moatl_is_quantity(L, index)) {
        show_quantity(L, index, to, &value);
        lua_settop(L, top);
        return;
    }
    const bool again = is_above(L, index, to, depth);
    const double number = lua_tonumber(L, index);
    value.number = lua_type(L, index) == LUA_TNUMBER ? &number : NULL;
    value.is_table = !again && has_fields(L, index);
    lua_settop(L, top);
    size_t length;
    moatl_push_string(L, index);
    const char *text = lua_tolstring(L, -1, &length);
    value.text = again ? "a table that this is in" : push_escaped(L, text, length, true);
    to->show(to->context, &value);
    lua_settop(L, top);
    if (!value.is_table || depth >= DEEPEST_FIELDS)
        return;
    to->above[depth] = lua_topointer(L, index);
    show_fields(L, index, to, depth + 1);
}

void moatl_show_values(lua_State *L, int first, int last, moat_lua_show *show, void *context) {
    shower to = {.show = show, .context = context, .room = MOST_SHOWN};
    for (int i = first; i <= last; i++)
        show_value(L, i, &to, NULL, 0);
}

/* --- What stays from one entry to the next. */

void moatl_open_session(lua_State *L) {
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_OUT);
    lua_setfield(L, -2, "out");
}

/* Both stand behind the globals of scripts, which may use these names. */
void moatl_keep_value(lua_State *L, int index) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_OUT);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_pushvalue(L, index);
    lua_setfield(L, -2, "_");
    lua_pop(L, 2);
}

/* True for the chunk that the state was asked to run. */
static bool is_main(lua_State *L, lua_Debug *ar) {
    const char *main = moatl_state(L)->main;
    return main != NULL && lua_getinfo(L, "S", ar) && strcmp(ar->what, "main") == 0 &&
           strcmp(ar->source + 1, main) == 0;
}

void moatl_keep_locals(lua_State *L, lua_Debug *ar) {
    if (!is_main(L, ar))
        return;
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_ENVIRONMENT);
    const int environment = lua_gettop(L);
    const char *name;
    for (int i = 1; (name = lua_getlocal(L, ar, i)) != NULL; i++) {
        if (name[0] == '(' || strcmp(name, "_") == 0) { /* what the loop or nobody wants */
            lua_pop(L, 1);
            continue;
        }
        lua_pushstring(L, name);
        lua_insert(L, -2);
        lua_rawset(L, environment);
    }
    lua_pop(L, 1);
}

/* --- The quantities among the globals. */

static void show_named(lua_State *L, int index, const shower *to, const char *name) {
    const moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    const bool is_drawn =
        quantity != NULL && (quantity->axis != MOAT_NO_AXIS || quantity->nodes[0] != MOAT_NO_NODE);
    moat_lua_value value = {.name = name};
    if (is_drawn)
        show_quantity(L, index, to, &value);
}

/* Replaces the table on top of the stack by one that has its keys that are texts, as keys. */
static void keep_texts(lua_State *L) {
    const int from = lua_gettop(L);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            continue;
        lua_pushvalue(L, -2);
        lua_pushboolean(L, true);
        lua_rawset(L, from + 1);
    }
    lua_replace(L, from);
}

/* The quantities among the fields of the table on top of the stack, which it pops. */
static void show_table(lua_State *L, const shower *to, const char *name) {
    const int table = lua_gettop(L);
    luaL_checkstack(L, LUA_MINSTACK, "the table is too deep");
    if (moatl_push_behind(L, table))
        lua_replace(L, table);
    lua_pushvalue(L, table);
    keep_texts(L);
    const lua_Integer count = moatl_push_keys(L, table + 1);
    const int keys = lua_gettop(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        const char *full = lua_pushfstring(L, "%s.%s", name, push_name(L, keys + 1));
        lua_pushvalue(L, keys + 1);
        lua_rawget(L, table);
        show_named(L, lua_gettop(L), to, full);
        lua_settop(L, keys);
    }
    lua_settop(L, table - 1);
}

static int show_globals(lua_State *L) {
    const shower *to = lua_touserdata(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_ENVIRONMENT);
    lua_pushvalue(L, 2);
    keep_texts(L);
    const lua_Integer count = moatl_push_keys(L, 3);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, 4);
        lua_rawgeti(L, 4, i);
        const char *name = push_name(L, 5);
        lua_pushvalue(L, 5);
        lua_rawget(L, 2);
        if (lua_istable(L, -1))
            show_table(L, to, name);
        else
            show_named(L, lua_gettop(L), to, name);
    }
    return 0;
}

moat_status moat_lua_quantities(moat_lua *lua, moat_lua_show *show, void *context,
                                moat_error *error) {
    shower to = {.show = show, .context = context};
    return moati_protect(lua, show_globals, &to, error);
}
