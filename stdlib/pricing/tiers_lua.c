/* Schedules of prices for Lua: what is constant of a schedule goes into the kernel's context, the
 * rest are its inputs. */
#include <string.h>

#include "bind.h"
#include "tiers.h"

enum { MODE = 1, USAGE = 2, FIRST_TERM = 3, TERMS = 3 /* of a tier: upto, price, flat */ };

/* The quantity at an index as a term; one that is no number is pushed as the next input. */
static moati_term read_term(lua_State *L, int index, uint32_t *inputs) {
    moati_term term = {0};
    const moatl_quantity *quantity = moatl_check(L, index, "a tier");
    if (!moatl_is_constant(L, quantity, &term.number)) {
        lua_pushvalue(L, index);
        term.input = (*inputs)++;
    }
    return term;
}

/* (mode, usage, upto, price, flat, upto, price, flat, ...): usage and bounds are plain, the result
 * has the dimension of the first price. */
static int apply(lua_State *L) {
    const moat_kernel *kernel = moatl_entry(L)->context;
    const int top = lua_gettop(L);
    const uint32_t count = (uint32_t)(top - USAGE) / TERMS;
    const size_t size = sizeof(moati_tiers) + count * sizeof(moati_tier);
    luaL_checkstack(L, top + 8, "too many tiers");
    moati_tiers *tiers = moatl_buffer(L, 1, size);
    memset(tiers, 0, size); /* equal schedules have equal bytes */
    tiers->count = count;
    tiers->is_volume = strcmp(luaL_checkstring(L, MODE), "volume") == 0;
    moatl_check(L, USAGE, "usage");
    lua_pushvalue(L, USAGE);
    uint32_t inputs = 1;
    for (uint32_t k = 0; k < count; k++) {
        const int at = FIRST_TERM + (int)k * TERMS;
        tiers->tier[k].upto = read_term(L, at, &inputs);
        tiers->tier[k].price = read_term(L, at + 1, &inputs);
        tiers->tier[k].flat = read_term(L, at + 2, &inputs);
    }
    const moat_dim dim = moatl_check(L, FIRST_TERM + 1, "a price")->dim;
    const moat_unit shown = MOAT_NO_UNIT;
    moatl_apply_kernel(L, kernel, tiers, size, top + 2, inputs, 1, &dim, &shown);
    return 1;
}

static const moat_lua_function functions[] = {
    {"charge", apply, &moati_tiers_charge, "charge(mode, usage, upto, price, flat, ...)"},
    {"marginal", apply, &moati_tiers_marginal, "marginal(mode, usage, upto, price, flat, ...)"},
    {NULL}};

int moatl_open_tiers(lua_State *L);

int moatl_open_tiers(lua_State *L) {
    lua_newtable(L);
    moatl_register_unchecked(L, functions);
    return 1;
}
