/* Menus for Lua: the kernels, and distributions that are asked for probabilities instead of being
 * drawn from. */
#include "bind.h"
#include "menu.h"

/* A text as what it says, undrawn; then whether the value is a distribution. */
static int spread(lua_State *L) {
    size_t length;
    if (lua_type(L, 1) == LUA_TSTRING) {
        const char *text = lua_tolstring(L, 1, &length);
        moatl_push_literal(L, text, length);
        lua_replace(L, 1);
    } else if (!moatl_is_quantity(L, 1)) {
        moatl_check(L, 1, "value");
    }
    const moatl_quantity *value = lua_touserdata(L, 1);
    lua_settop(L, 1);
    lua_pushboolean(L, value->dist != MOAT_NO_DIST);
    return 2;
}

/* One unit of what a distribution is in, which is not drawn from. */
static int one(lua_State *L) {
    const moatl_quantity *value = lua_touserdata(L, 1);
    const double factor =
        value->shown != MOAT_NO_UNIT ? moat_unit_factor(moatl_units(L), value->shown) : 1;
    moatl_push_constant(L, factor, value->dim, value->shown);
    return 1;
}

/* (distribution, cut-off): the part of it below. */
static int below(lua_State *L) {
    const moatl_quantity *value = lua_touserdata(L, 1);
    const moatl_quantity *cutoff = moatl_check(L, 2, "a cut-off");
    moatl_quantity *result =
        moatl_push_shape(L, cutoff->axis, cutoff->count, MOAT_DIMENSIONLESS, MOAT_NO_UNIT);
    moat_error error;
    for (unsigned t = 0; t <= cutoff->count; t++) {
        if (cutoff->nodes[t] == MOAT_NO_NODE)
            continue;
        result->nodes[t] = moat_dist_below(moatl_graph(L), value->dist, cutoff->nodes[t], &error);
        if (result->nodes[t] == MOAT_NO_NODE)
            moatl_fail_with(L, &error);
    }
    return 1;
}

/* Applies a kernel to the quantities on the stack, half of them of one kind and half of the other;
 * each result has this dimension. */
static int apply(lua_State *L, const moat_kernel *kernel, moat_dim dim, size_t extra) {
    const size_t inputs = (size_t)lua_gettop(L), outputs = inputs / 2 + extra;
    const moati_menu menu = {inputs / 2};
    luaL_checkstack(L, (int)(inputs + outputs) + 16, "too many plans");
    for (int i = 1; i <= (int)inputs; i++)
        moatl_check(L, i, "a plan");
    moat_dim *dims = moatl_buffer(L, outputs, sizeof *dims);
    moat_unit *shown = moatl_buffer(L, outputs, sizeof *shown);
    for (size_t i = 0; i < outputs; i++) {
        dims[i] = dim;
        shown[i] = MOAT_NO_UNIT;
    }
    moatl_apply_kernel(L, kernel, &menu, sizeof menu, 1, inputs, outputs, dims, shown);
    return (int)outputs;
}

/* (price, price, ..., quality, quality, ...) */
static int cutoffs(lua_State *L) {
    const moatl_quantity *price = moatl_check(L, 1, "a price");
    const moatl_quantity *quality = moatl_check(L, lua_gettop(L), "a quality");
    return apply(L, &moati_menu_cutoffs, moatl_divide_dim(L, price->dim, quality->dim), 0);
}

/* (quality, quality, ..., below, below, ...): the shares, and that of none. */
static int shares(lua_State *L) {
    return apply(L, &moati_menu_shares, MOAT_DIMENSIONLESS, 1);
}

static const moat_lua_function functions[] = {
    {"spread", spread, NULL, "spread(value)"},
    {"one", one, NULL, "one(value)"},
    {"below", below, NULL, "below(value, cutoff)"},
    {"cutoffs", cutoffs, NULL, "cutoffs(price, ..., quality, ...)"},
    {"shares", shares, NULL, "shares(quality, ..., below, ...)"},
    {NULL}};

int moatl_open_menu(lua_State *L);

int moatl_open_menu(lua_State *L) {
    lua_newtable(L);
    moatl_register_unchecked(L, functions);
    return 1;
}
