/* table.sort: Lua's own picks its pivots by the clock, so that equals come out in any order. */
#include "bind.h"
#include "state.h"

/* --- A merge sort from the bottom up. At index 2 is the comparison, or nil. */

static bool is_before(lua_State *L, int a, int b) {
    if (lua_isnil(L, 2))
        return lua_compare(L, a, b, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    if (moatl_is_quantity(L, -1))
        moatl_fail(L,
                   "sort: the comparison gives true or false, not %s: compare numbers such as "
                   "summary(x).mean",
                   moatl_push_description(L, -1));
    const bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

/* Copies the elements [first, end) of one array to another, from a place on. */
static void copy(lua_State *L, int from, lua_Integer first, lua_Integer end, int to,
                 lua_Integer place) {
    while (first < end) {
        lua_rawgeti(L, from, first++);
        lua_rawseti(L, to, place++);
    }
}

/* Merges two runs that lie side by side, [left, middle) and [middle, end). Of equals the left
 * one comes first. */
static void merge(lua_State *L, int from, int to, lua_Integer left, lua_Integer middle,
                  lua_Integer end) {
    const int top = lua_gettop(L);
    lua_Integer right = middle, place = left;
    while (left < middle && right < end) {
        lua_rawgeti(L, from, left);
        lua_rawgeti(L, from, right);
        const bool is_right = is_before(L, top + 2, top + 1);
        lua_settop(L, is_right ? top + 2 : top + 1);
        lua_rawseti(L, to, place++);
        lua_settop(L, top);
        if (is_right)
            right++;
        else
            left++;
    }
    copy(L, from, left, middle, to, place);
    copy(L, from, right, end, to, place + (middle - left));
}

static lua_Integer smaller(lua_Integer a, lua_Integer b) {
    return a < b ? a : b;
}

/* Returns the index of the array that holds the sorted elements: one of the two. */
static int sort_runs(lua_State *L, int from, int to, lua_Integer count) {
    for (lua_Integer run = 1; run < count; run *= 2) {
        for (lua_Integer first = 1; first <= count; first += 2 * run)
            merge(L, from, to, first, smaller(first + run, count + 1),
                  smaller(first + 2 * run, count + 1));
        const int other = from;
        from = to;
        to = other;
    }
    return from;
}

int moatl_sort(lua_State *L, lua_Integer count) {
    enum { LIST = 1, COMPARISON, ELEMENTS, ROOM };
    if (count < 2)
        return 0;
    if (!lua_isnoneornil(L, COMPARISON))
        luaL_checktype(L, COMPARISON, LUA_TFUNCTION);
    lua_settop(L, COMPARISON);
    lua_newtable(L);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, LIST, i);
        lua_rawseti(L, ELEMENTS, i);
    }
    const int sorted = sort_runs(L, ELEMENTS, ROOM, count);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, sorted, i);
        lua_seti(L, LIST, i);
    }
    return 0;
}
