/* Names: registration, what a misspelt one was meant to be, and the order of a table's keys. */
#include <string.h>

#include "bind.h"
#include "nearest.h"
#include "state.h"

void moatl_register(lua_State *L, const moat_lua_function *functions) {
    for (const moat_lua_function *f = functions; f->name != NULL; f++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)f);
        lua_pushcclosure(L, f->call, 1);
        const char *dot = strchr(f->name, '.'); /* "dist.normal" is a field of `dist` */
        lua_setfield(L, -2, dot != NULL ? dot + 1 : f->name);
    }
}

const moat_lua_function *moatl_entry(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

const char *moatl_name(lua_State *L) {
    if (!lua_islightuserdata(L, lua_upvalueindex(1)))
        return NULL;
    const moat_lua_function *entry = moatl_entry(L);
    bool is_operator = entry->name[0] == '_';
    return is_operator ? entry->usage : entry->name;
}

static const char *word_at(const void *context, size_t index) {
    return ((const char *const *)context)[index];
}

const char *moatl_nearest_word(const char *name, const char *const *words) {
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    return moati_nearest_of(name, count, word_at, words);
}

const char *moatl_nearest_key(lua_State *L, int table, const char *name) {
    lua_Integer count = moatl_push_keys(L, table);
    const char **words = moatl_buffer(L, (size_t)count + 1, sizeof *words);
    size_t texts = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, -2, i) == LUA_TSTRING)
            words[texts++] = lua_tostring(L, -1); /* the table keeps it alive */
        lua_pop(L, 1);
    }
    return moati_nearest_of(name, texts, word_at, words);
}

void moatl_declare(lua_State *L, const char *kind, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_DECLARATIONS);
    if (lua_getfield(L, -1, name) == LUA_TSTRING) {
        moatl_fail(L, "%s: the name \"%s\" is taken: %s; choose another name", moatl_name(L), name,
                   lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    const char *place = moatl_push_place(L);
    lua_pushfstring(L, "%s of this name was declared%s%s", kind, place[0] != '\0' ? " at " : "",
                    place);
    lua_setfield(L, -3, name);
    lua_pop(L, 2);
}

void *moatl_buffer(lua_State *L, size_t count, size_t size) {
    if (count > SIZE_MAX / 2 / size)
        moatl_fail(L, "%s: too much memory is needed", moatl_name(L));
    return lua_newuserdatauv(L, count * size, 0);
}

/* --- Keys in order. */

static int key_rank(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNUMBER: return 0;
    case LUA_TSTRING: return 1;
    case LUA_TBOOLEAN: return 2;
    default: return 3;
    }
}

static bool text_before(lua_State *L, int a, int b) {
    size_t a_length, b_length;
    const char *a_text = lua_tolstring(L, a, &a_length);
    const char *b_text = lua_tolstring(L, b, &b_length);
    int order = memcmp(a_text, b_text, a_length < b_length ? a_length : b_length);
    return order != 0 ? order < 0 : a_length < b_length;
}

static bool key_before(lua_State *L, int a, int b) {
    int a_rank = key_rank(L, a), b_rank = key_rank(L, b);
    if (a_rank != b_rank)
        return a_rank < b_rank;
    switch (a_rank) {
    case 0: return lua_compare(L, a, b, LUA_OPLT);
    case 1: return text_before(L, a, b);
    default: return !lua_toboolean(L, a) && lua_toboolean(L, b);
    }
}

static bool element_before(lua_State *L, int array, lua_Integer a, lua_Integer b) {
    lua_rawgeti(L, array, a);
    lua_rawgeti(L, array, b);
    bool before = key_before(L, lua_gettop(L) - 1, lua_gettop(L));
    lua_pop(L, 2);
    return before;
}

static void swap(lua_State *L, int array, lua_Integer a, lua_Integer b) {
    lua_rawgeti(L, array, a);
    lua_rawgeti(L, array, b);
    lua_rawseti(L, array, a);
    lua_rawseti(L, array, b);
}

static void sift_down(lua_State *L, int array, lua_Integer root, lua_Integer end) {
    for (lua_Integer child = 2 * root; child <= end; root = child, child = 2 * root) {
        if (child < end && element_before(L, array, child, child + 1))
            child++;
        if (!element_before(L, array, root, child))
            return;
        swap(L, array, root, child);
    }
}

static void heap_sort(lua_State *L, int array, lua_Integer count) {
    for (lua_Integer root = count / 2; root >= 1; root--)
        sift_down(L, array, root, count);
    for (lua_Integer end = count; end > 1; end--) {
        swap(L, array, 1, end);
        sift_down(L, array, 1, end - 1);
    }
}

/* Pushes an array of the keys as they come. */
static lua_Integer collect_keys(lua_State *L, int table, bool *sorted) {
    lua_Integer count = 0, others = 0;
    lua_newtable(L);
    int array = lua_gettop(L);
    *sorted = true;
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        if (key_rank(L, -1) == 3 && ++others > 1) {
            moatl_fail(L, "keys that are tables, functions or quantities have no order that "
                          "is the same in every run: use texts or numbers as keys");
        }
        count++;
        *sorted = *sorted && lua_isinteger(L, -1) && lua_tointeger(L, -1) == count;
        lua_pushvalue(L, -1);
        lua_rawseti(L, array, count);
    }
    return count;
}

lua_Integer moatl_push_keys(lua_State *L, int index) {
    bool sorted;
    luaL_checkstack(L, 8, "too many values");
    lua_Integer count = collect_keys(L, lua_absindex(L, index), &sorted);
    if (!sorted)
        heap_sort(L, lua_gettop(L), count);
    return count;
}
