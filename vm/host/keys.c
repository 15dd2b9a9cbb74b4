/* The keys of tables in an order that is the same in every process: Lua's own depends on
 * addresses. */
#include <string.h>

#include "bind.h"
#include "state.h"

/* --- The order. */

enum { NUMBER, TEXT, BOOLEAN, OTHER };

static int key_rank(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNUMBER: return NUMBER;
    case LUA_TSTRING: return TEXT;
    case LUA_TBOOLEAN: return BOOLEAN;
    default: return OTHER;
    }
}

_Noreturn static void fail_without_order(lua_State *L) {
    moatl_fail(L, "keys that are tables, functions or quantities have no order that "
                  "is the same in every run: use texts or numbers as keys");
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
    case NUMBER: return lua_compare(L, a, b, LUA_OPLT);
    case TEXT: return text_before(L, a, b);
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
        if (key_rank(L, -1) == OTHER && ++others > 1)
            fail_without_order(L);
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
    int top = lua_gettop(L) + 1;
    index = lua_absindex(L, index);
    bool behind = moatl_push_behind(L, index);
    lua_Integer count = collect_keys(L, behind ? top : index, &sorted);
    if (behind)
        lua_remove(L, top);
    if (!sorted)
        heap_sort(L, lua_gettop(L), count);
    return count;
}

/* --- next */

/* Pushes the table of traversals under way: table -> its keys in order, and under 0 the place
 * of the last one that was given. It keeps no table alive. */
static void push_traversals(lua_State *L) {
    if (luaL_getsubtable(L, LUA_REGISTRYINDEX, MOATI_TRAVERSALS))
        return;
    lua_newtable(L);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
}

/* Sets the traversal of the table at index 1 to the value on top of the stack, which it pops. */
static void set_traversal(lua_State *L) {
    push_traversals(L);
    lua_pushvalue(L, 1);
    lua_rotate(L, -3, -1);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* Pushes the first key of the table at index 1, nil where it is empty: without sorting, as many
 * scripts only ask whether it is. */
static void push_first_key(lua_State *L) {
    int others = 0;
    lua_pushnil(L);
    const int first = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        others += key_rank(L, -1) == OTHER;
        if (lua_isnil(L, first) || key_before(L, first + 1, first))
            lua_copy(L, first + 1, first);
    }
    if (others > 1 && key_rank(L, first) == OTHER)
        fail_without_order(L);
}

/* Where in the array of keys on top of the stack the first one after the key at index 2 is. */
static lua_Integer find_after(lua_State *L, lua_Integer count) {
    const int keys = lua_gettop(L);
    lua_Integer low = 1, high = count + 1;
    while (low < high) {
        const lua_Integer middle = low + (high - low) / 2;
        lua_rawgeti(L, keys, middle);
        const bool is_after = key_before(L, 2, keys + 1);
        lua_pop(L, 1);
        if (is_after)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Pushes the keys of the table at index 1; returns the place after the key at index 2. A
 * traversal that goes on where it was has its keys already. */
static lua_Integer resume_traversal(lua_State *L) {
    push_traversals(L);
    lua_pushvalue(L, 1);
    const bool known = lua_rawget(L, -2) == LUA_TTABLE;
    lua_remove(L, -2);
    if (known) {
        const int keys = lua_gettop(L);
        lua_rawgeti(L, keys, 0);
        const lua_Integer place = lua_tointeger(L, -1);
        lua_rawgeti(L, keys, place);
        const bool goes_on = lua_rawequal(L, -1, 2);
        lua_settop(L, keys);
        if (goes_on)
            return place + 1;
    }
    lua_pop(L, 1);
    const lua_Integer place = find_after(L, moatl_push_keys(L, 1));
    lua_pushvalue(L, -1);
    set_traversal(L);
    return place;
}

/* Pushes the pair after the key at index 2; what was removed on the way is passed over. */
static int push_pair_after(lua_State *L) {
    lua_Integer place = resume_traversal(L);
    const int keys = lua_gettop(L);
    for (;; place++) {
        if (lua_rawgeti(L, keys, place) == LUA_TNIL) {
            lua_pushnil(L);
            set_traversal(L);
            return 1;
        }
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL)
            break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, place);
    lua_rawseti(L, keys, 0);
    return 2;
}

int moatl_next(lua_State *L) {
    moatl_check_table(L, 1, "the first argument");
    lua_settop(L, 2);
    if (moatl_push_behind(L, 1))
        lua_replace(L, 1);
    if (!lua_isnil(L, 2))
        return push_pair_after(L);
    lua_pushnil(L);
    set_traversal(L);
    push_first_key(L);
    if (lua_isnil(L, -1))
        return 1;
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}
