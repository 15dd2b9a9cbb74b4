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

void moatl_show_values(lua_State *L, int first, moat_lua_show *show, void *context) {
    shower to = {.show = show, .context = context, .room = MOST_SHOWN};
    for (int i = first, last = lua_gettop(L); i <= last; i++)
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

/* --- Texts: what they could be, and what they could become. */

bool moat_lua_is_statement(moat_lua *lua, const char *text, size_t length) {
    const int top = lua_gettop(lua->L);
    const int result = luaL_loadbufferx(lua->L, text, length, "=text", "t");
    lua_settop(lua->L, top);
    return result == LUA_OK;
}

typedef struct completion {
    const char *path, *word; /* "a.b:" and "np" of "x = a.b:np" */
    size_t path_length, word_length;
    void (*found)(void *context, const char *word);
    void *context;
} completion;

static bool in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void split(const char *text, size_t length, completion *c) {
    size_t start = length;
    while (start > 0 && in_word(text[start - 1]))
        start--;
    c->word = text + start;
    c->word_length = length - start;
    size_t first = start;
    while (first > 0 &&
           (in_word(text[first - 1]) || text[first - 1] == '.' || text[first - 1] == ':'))
        first--;
    c->path = text + first;
    c->path_length = start - first;
}

static bool is_identifier(const char *text) {
    if (text[0] >= '0' && text[0] <= '9')
        return false;
    while (in_word(*text))
        text++;
    return *text == '\0';
}

/* Adds the identifiers among the keys of the table on top of the stack to the set at index 2; pops
 * it. */
static void add_keys(lua_State *L) {
    const int top = lua_gettop(L);
    if (!moatl_push_behind(L, top))
        lua_pushvalue(L, top);
    for (lua_pushnil(L); lua_next(L, top + 1); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || !is_identifier(lua_tostring(L, -2)))
            continue;
        lua_pushvalue(L, -2);
        lua_pushboolean(L, true);
        lua_rawset(L, 2);
    }
    lua_settop(L, top - 1);
}

static void add_globals(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_ENVIRONMENT);
    add_keys(L);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    add_keys(L);
    const moat_lua_module *module = moatl_state(L)->options.modules;
    for (; module != NULL && module->name != NULL; module++) {
        lua_pushboolean(L, strchr(module->name, '/') == NULL);
        lua_setfield(L, 2, module->name);
    }
}

/* Replaces the value on top of the stack by its field, without asking metatables; false where it
 * has none. */
static bool enter_field(lua_State *L, const char *name, size_t length) {
    if (!lua_istable(L, -1))
        return false;
    if (moatl_push_behind(L, -1))
        lua_replace(L, -2);
    lua_pushlstring(L, name, length);
    lua_rawget(L, -2);
    lua_replace(L, -2);
    return !lua_isnil(L, -1);
}

static bool push_global(lua_State *L, const char *name, size_t length) {
    static const char *const tables[] = {MOATI_ENVIRONMENT, MOATI_GLOBALS};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        lua_getfield(L, LUA_REGISTRYINDEX, tables[i]);
        if (enter_field(L, name, length))
            return true;
        lua_pop(L, 1);
    }
    return moatl_push_library(L, lua_pushlstring(L, name, length));
}

/* Pushes what the path leads to; false where that is nothing. */
static bool push_path(lua_State *L, const completion *c) {
    const char *name = c->path, *end = c->path + c->path_length;
    for (bool first = true; name < end; first = false) {
        size_t length = strcspn(name, ".:");
        if (length == 0 || !(first ? push_global(L, name, length) : enter_field(L, name, length)))
            return false;
        name += length + 1;
    }
    return true;
}

/* Adds the methods and fields of the value on top of the stack. */
static void add_members(lua_State *L) {
    if (moatl_is_quantity(L, -1)) {
        lua_getfield(L, LUA_REGISTRYINDEX, MOATI_METHODS);
        add_keys(L);
    } else if (lua_istable(L, -1)) {
        add_keys(L);
    } else if (luaL_getmetafield(L, -1, "__index") != LUA_TNIL) {
        /* A type of objects keeps its methods behind a function (moatl_new_type). */
        if (lua_isfunction(L, -1) && lua_getupvalue(L, -1, 1) == NULL)
            return;
        if (lua_istable(L, -1))
            add_keys(L);
    }
}

static int complete(lua_State *L) {
    const completion *c = lua_touserdata(L, 1);
    lua_newtable(L);
    if (c->path_length == 0)
        add_globals(L);
    else if (push_path(L, c))
        add_members(L);
    lua_settop(L, 2);
    const lua_Integer count = moatl_push_keys(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 3, i);
        const char *word = lua_tostring(L, -1);
        lua_pushvalue(L, -1);
        lua_rawget(L, 2);
        if (lua_toboolean(L, -1) && strncmp(word, c->word, c->word_length) == 0 && word[0] != '_')
            c->found(c->context, word);
        lua_settop(L, 3);
    }
    return 0;
}

size_t moat_lua_complete(moat_lua *lua, const char *text, size_t length,
                         void (*found)(void *context, const char *word), void *context) {
    completion c = {.found = found, .context = context};
    split(text, length, &c);
    moati_protect(lua, complete, &c, NULL);
    return c.word_length;
}
