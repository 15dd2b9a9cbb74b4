/* Hands the exit waterfall to waterfall.lua, which has checked what the classes are. */
#include "bind.h"
#include "waterfall.h"

enum { CLASSES = MOATI_WATERFALL_CLASSES, COLUMNS = MOATI_WATERFALL_COLUMNS };

/* Pushes the columns of the class at an index and notes what it is. */
static void push_class(lua_State *L, int index, moati_waterfall *w, uint32_t number) {
    static const char *const kinds[] = {"participating", "converting", "capped", NULL};
    static const char *const columns[COLUMNS] = {"shares", "preference", "terms"};
    lua_getfield(L, index, "kind");
    lua_getfield(L, index, "rank");
    const uint8_t kind = (uint8_t)moatl_check_word(L, -2, "kind", kinds);
    const uint8_t rank = (uint8_t)moatl_check_integer(L, -1, "rank", 0, CLASSES - 1);
    lua_pop(L, 2);
    w->of[number].kind = kind;
    w->of[number].rank = rank;
    for (int i = 0; i < COLUMNS; i++) {
        lua_getfield(L, index, columns[i]);
        moatl_check(L, -1, columns[i]);
    }
}

/* Packs the values on top of the stack into a list. */
static void pack(lua_State *L, int count) {
    lua_createtable(L, count, 0);
    lua_insert(L, -count - 1);
    for (int i = count; i >= 1; i--)
        lua_rawseti(L, -i - 1, i);
}

/* share_out(exit, classes): the list of payouts. Each class has a kind, a rank from 0 on and the
 * columns of waterfall.h, in the order of the ranks; money has the dimension of the exit. */
static int share_out(lua_State *L) {
    moati_waterfall w = {0};
    moat_dim dims[CLASSES];
    moat_unit shown[CLASSES];
    const moatl_quantity *exit = moatl_check(L, 1, "exit");
    w.classes = (uint32_t)luaL_len(L, 2);
    luaL_argcheck(L, w.classes >= 1 && w.classes <= CLASSES, 2, "too many classes, or none");
    luaL_checkstack(L, CLASSES * (COLUMNS + 1) + 20, "too many classes");
    for (uint32_t k = 0; k < w.classes; k++) {
        lua_geti(L, 2, (lua_Integer)k + 1);
        dims[k] = exit->dim;
        shown[k] = exit->shown;
    }
    lua_pushvalue(L, 1);
    const int first = lua_gettop(L);
    for (uint32_t k = 0; k < w.classes; k++)
        push_class(L, 3 + (int)k, &w, k);
    moatl_apply_kernel(L, &moati_waterfall_kernel, &w, sizeof w, first,
                       1 + (size_t)w.classes * COLUMNS, w.classes, dims, shown);
    pack(L, (int)w.classes);
    return 1;
}

static const moat_lua_function functions[] = {
    {"share_out", share_out, NULL, "share_out(exit, classes)"}, {NULL}};

int moatl_open_waterfall(lua_State *L);

int moatl_open_waterfall(lua_State *L) {
    lua_newtable(L);
    moatl_register(L, functions);
    lua_pushinteger(L, CLASSES);
    lua_setfield(L, -2, "most_classes");
    return 1;
}
