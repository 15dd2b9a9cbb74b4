/* Block kernels applied to quantities. */
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "journal.h"

#define CONTEXTS "moat.contexts" /* in the registry: bytes -> the context that holds them */

/* Pushes the table of contexts and the key of one. */
static void push_key(lua_State *L, const void *bytes, size_t size) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, CONTEXTS);
    lua_pushlstring(L, bytes, size);
}

/* Replaces what the table and the key on top of the stack lead to, without asking for memory, and
 * pops both. */
static void set_context(lua_State *L, void *context) {
    if (context != NULL)
        lua_pushlightuserdata(L, context);
    else
        lua_pushboolean(L, false);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* One context for the same bytes, so that the same call is the same nodes. The graph owns it from
 * its first call on, which must follow. */
static void *intern_context(lua_State *L, const void *bytes, size_t size) {
    push_key(L, bytes, size);
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);
    void *context = lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (context != NULL) {
        lua_pop(L, 2);
        return context;
    }
    lua_pushvalue(L, -1);
    lua_pushboolean(L, false);
    lua_rawset(L, -4); /* makes the room before there is something to lose */
    if (!moat_budget_take(moat_model_budget(moatl_model(L)), size))
        moatl_abort(L, MOAT_LIMIT, "the model's graph needs more than the memory limit allows");
    context = malloc(size > 0 ? size : 1);
    if (context == NULL)
        moatl_abort(L, MOAT_NO_MEMORY, "no memory for a block kernel");
    memcpy(context, bytes, size);
    set_context(L, context);
    return context;
}

/* A call that fails may have released its context. */
static void forget_context(lua_State *L, const void *bytes, size_t size) {
    push_key(L, bytes, size);
    set_context(L, NULL);
}

/* The shape of the results: that of the inputs which have one. */
static const moatl_quantity *widest(lua_State *L, int first, size_t inputs) {
    const moatl_quantity *wide = NULL;
    for (size_t i = 0; i < inputs; i++) {
        const moatl_quantity *q = lua_touserdata(L, first + (int)i);
        if (q->axis == MOAT_YEAR_AXIS)
            moatl_check_series(L, first + (int)i, "an argument", false);
        if (wide == NULL || wide->axis == MOAT_NO_AXIS)
            wide = q;
    }
    return wide;
}

/* The nodes of one period; false where one is not set, and so neither are the results'. */
static bool collect(lua_State *L, int first, size_t inputs, unsigned period, moat_node *nodes) {
    for (size_t i = 0; i < inputs; i++) {
        const moatl_quantity *q = lua_touserdata(L, first + (int)i);
        nodes[i] = q->nodes[q->axis == MOAT_NO_AXIS ? 0 : period];
        if (nodes[i] == MOAT_NO_NODE)
            return false;
    }
    return true;
}

void moatl_apply_kernel(lua_State *L, const moat_kernel *kernel, const void *context,
                        size_t context_size, int first, size_t inputs, size_t outputs,
                        const moat_dim *dims, const moat_unit *shown) {
    luaL_checkstack(L, (int)outputs + 8, "too many results");
    const moatl_quantity *wide = widest(L, first, inputs);
    moat_node *nodes = moatl_buffer(L, inputs + outputs, sizeof *nodes);
    const int results = lua_gettop(L) + 1;
    for (size_t j = 0; j < outputs; j++)
        moatl_push_shape(L, wide->axis, wide->count, dims[j], shown[j]);
    for (unsigned t = 0; t <= wide->count; t++) {
        if (!collect(L, first, inputs, t, nodes))
            continue;
        moat_error error;
        void *held = intern_context(L, context, context_size);
        if (moat_graph_call(moatl_graph(L), kernel, held, free, inputs, nodes, outputs, dims,
                            nodes + inputs, &error) != MOAT_OK) {
            forget_context(L, context, context_size);
            moatl_fail_with(L, &error);
        }
        moati_record_call(moatl_graph(L), kernel, context, context_size, inputs, nodes, outputs,
                          dims, nodes + inputs);
        for (size_t j = 0; j < outputs; j++)
            ((moatl_quantity *)lua_touserdata(L, results + (int)j))->nodes[t] = nodes[inputs + j];
    }
    lua_remove(L, results - 1);
}
