/* What the end of a line could become, found without running anything. */
#include <string.h>

#include "bind.h"
#include "state.h"

typedef struct completion {
    const char *text;
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

/* Adds the methods of quantities. */
static void add_methods(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_METHODS);
    add_keys(L);
}

/* Adds the methods and fields of the value on top of the stack. */
static void add_members(lua_State *L) {
    if (moatl_is_quantity(L, -1)) {
        add_methods(L);
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

/* Where the bracket that a text ends with was opened; the text's length where it was not. */
static size_t find_opening(const char *text, size_t length) {
    size_t depth = 0;
    for (size_t i = length; i-- > 0;) {
        depth += text[i] == ')' || text[i] == ']';
        if ((text[i] == '(' || text[i] == '[') && --depth == 0)
            return i;
    }
    return length;
}

/* True of "x:last():" and "cash[3]:", which are not looked up, as that would run something: what a
 * call or an index gives has the methods of quantities, as nearly always. */
static bool follows_call(const completion *c) {
    const size_t before = (size_t)(c->path - c->text);
    if (c->path_length != 1 || c->path[0] != ':' || before == 0)
        return false;
    if (c->text[before - 1] != ')' && c->text[before - 1] != ']')
        return false;
    const size_t opening = find_opening(c->text, before);
    return opening > 0 && opening < before && in_word(c->text[opening - 1]);
}

static int complete(lua_State *L) {
    const completion *c = lua_touserdata(L, 1);
    lua_newtable(L);
    if (c->path_length == 0)
        add_globals(L);
    else if (follows_call(c))
        add_methods(L);
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
    completion c = {.text = text, .found = found, .context = context};
    split(text, length, &c);
    moati_protect(lua, complete, &c, NULL);
    return c.word_length;
}
