/* Recording calls of block kernels: the same call is one call, and a context is released once. */
#include <string.h>

#include "mix.h"
#include "node.h"

typedef struct call_key {
    const moat_kernel *kernel;
    const void *context;
    const moat_node *operands;
    size_t inputs, outputs;
} call_key;

static uint64_t hash_call(const call_key *key) {
    uint64_t hash = moati_mix64((uintptr_t)key->kernel) + moati_mix64((uintptr_t)key->context + 1);
    hash = moati_mix64(hash + key->outputs);
    for (size_t i = 0; i < key->inputs; i++)
        hash = moati_mix64(hash + key->operands[i]);
    return hash;
}

static uint64_t call_hash(const void *owner, uint32_t entry) {
    const moat_graph *graph = owner;
    const moati_call *call = &graph->calls[entry - 1];
    return hash_call(&(call_key){call->kernel, call->context,
                                 graph->call_operands + call->first_operand, call->inputs,
                                 call->outputs});
}

static bool call_same(const void *owner, uint32_t entry, const void *key) {
    const moat_graph *graph = owner;
    const moati_call *call = &graph->calls[entry - 1];
    const call_key *k = key;
    return call->kernel == k->kernel && call->context == k->context && call->inputs == k->inputs &&
           call->outputs == k->outputs &&
           memcmp(graph->call_operands + call->first_operand, k->operands,
                  k->inputs * sizeof *k->operands) == 0;
}

static uint32_t add_call(moat_graph *graph, const call_key *key, size_t place) {
    moati_account *account = &graph->account;
    if (!moati_account_grow(account, &graph->calls, &graph->call_capacity, graph->call_count + 1,
                            sizeof *graph->calls) ||
        !moati_account_grow(account, &graph->call_operands, &graph->call_operand_capacity,
                            graph->call_operand_count + key->inputs, sizeof *graph->call_operands))
        return 0;
    if (key->inputs)
        memcpy(graph->call_operands + graph->call_operand_count, key->operands,
               key->inputs * sizeof *key->operands);
    graph->calls[graph->call_count++] = (moati_call){.kernel = key->kernel,
                                                     .context = key->context,
                                                     .first_operand = graph->call_operand_count,
                                                     .inputs = (uint32_t)key->inputs,
                                                     .outputs = (uint32_t)key->outputs};
    graph->call_operand_count += key->inputs;
    moati_table_put(&graph->call_index, place, (uint32_t)graph->call_count);
    return (uint32_t)graph->call_count;
}

static uint64_t owned_hash(const void *owner, uint32_t entry) {
    return moati_mix64((uintptr_t)((const moat_graph *)owner)->owned[entry - 1].context);
}

static bool owned_same(const void *owner, uint32_t entry, const void *key) {
    return ((const moat_graph *)owner)->owned[entry - 1].context == key;
}

/* From here on the graph will release the context. Where that fails it is released now. */
static bool own(moat_graph *graph, void *context, void (*release)(void *)) {
    size_t place = 0;
    if (!release)
        return true;
    const bool room = moati_table_reserve(&graph->owned_index, owned_hash, graph);
    if (room && moati_table_find(&graph->owned_index, moati_mix64((uintptr_t)context), owned_same,
                                 graph, context, &place))
        return true;
    if (!room || !moati_account_grow(&graph->account, &graph->owned, &graph->owned_capacity,
                                     graph->owned_count + 1, sizeof *graph->owned)) {
        release(context);
        return false;
    }
    graph->owned[graph->owned_count++] = (moati_owned){context, release};
    moati_table_put(&graph->owned_index, place, (uint32_t)graph->owned_count);
    return true;
}

/* The call's number, or 0. */
static uint32_t intern_call(moat_graph *graph, const call_key *key) {
    size_t place;
    if (!moati_table_reserve(&graph->call_index, call_hash, graph))
        return 0;
    const uint32_t found =
        moati_table_find(&graph->call_index, hash_call(key), call_same, graph, key, &place);
    return found ? found : add_call(graph, key, place);
}

moat_status moat_graph_call(moat_graph *graph, const moat_kernel *kernel, void *context,
                            void (*release)(void *), size_t input_count, const moat_node *inputs,
                            size_t output_count, const moat_dim *dims, moat_node *outputs,
                            moat_error *error) {
    const call_key key = {kernel, context, inputs, input_count, output_count};
    moat_error why = {.status = MOAT_OK};
    const bool owned = own(graph, context, release);
    if (!moati_are_nodes(graph, input_count, inputs, error))
        return MOAT_INVALID;
    moat_status folded;
    if (owned && moati_fold_call(graph, kernel, context, input_count, inputs, output_count, dims,
                                 outputs, &folded, error))
        return folded;
    const uint32_t number = owned ? intern_call(graph, &key) : 0;
    if (!number)
        return moati_account_fail(&graph->account, error, "the model's graph");
    for (size_t i = 0; i < output_count && why.status == MOAT_OK; i++) {
        moati_node result = moati_blank(MOAT_RESULT, dims[i]);
        result.as.leaf[0] = number;
        result.as.leaf[1] = (uint32_t)i;
        outputs[i] = moati_intern(graph, &result, &why);
    }
    if (why.status != MOAT_OK && error)
        *error = why;
    return why.status;
}
