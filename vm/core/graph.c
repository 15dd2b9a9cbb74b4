/* Recording: nodes are interned, so that the same expression is one node. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "mix.h"
#include "node.h"

/* Programs use the upper bit of a node's number for something else. */
enum { DEFAULT_LIMIT = 64000000, MOST_NODES = 2000000000 };

moat_graph *moat_graph_new(moat_units *units, moat_error *error) {
    const moati_kernels *kernels;
    if (moati_kernels_choose(&kernels, error) != MOAT_OK)
        return NULL;
    moat_graph *graph = calloc(1, sizeof *graph);
    if (!graph) {
        moat_fail(error, MOAT_NO_MEMORY, "not enough memory for a graph");
        return NULL;
    }
    graph->units = units;
    graph->kernels = kernels;
    graph->limit = DEFAULT_LIMIT;
    graph->node_index.account = graph->stream_index.account = &graph->account;
    graph->call_index.account = graph->owned_index.account = &graph->account;
    return graph;
}

void moat_graph_set_budget(moat_graph *graph, moat_budget *budget) {
    graph->account.budget = budget;
}

void moat_graph_free(moat_graph *graph) {
    if (!graph)
        return;
    for (size_t i = 0; i < graph->owned_count; i++)
        graph->owned[i].release(graph->owned[i].context);
    for (size_t i = 0; i < graph->stream_count; i++)
        free(graph->streams[i].text);
    moati_dist_table_free(graph->dists);
    moati_table_free(&graph->node_index);
    moati_table_free(&graph->stream_index);
    moati_table_free(&graph->call_index);
    moati_table_free(&graph->owned_index);
    free(graph->nodes);
    free(graph->streams);
    free(graph->calls);
    free(graph->call_operands);
    free(graph->owned);
    moati_account_close(&graph->account);
    free(graph);
}

moat_units *moat_graph_units(const moat_graph *graph) {
    return graph->units;
}

void moat_graph_set_limit(moat_graph *graph, size_t nodes) {
    graph->limit = nodes < MOST_NODES ? nodes : MOST_NODES;
}

size_t moat_graph_size(const moat_graph *graph) {
    return graph->count;
}

moati_dist_table **moati_graph_dists(moat_graph *graph) {
    return &graph->dists;
}

const moati_dist_table *moati_graph_dists_const(const moat_graph *graph) {
    return graph->dists;
}

moati_account *moati_graph_account(moat_graph *graph) {
    return &graph->account;
}

/* --- Nodes. */

static uint64_t hash_of(const moati_node *node) {
    uint64_t head = (uint64_t)node->op << 32 | node->dim, words[2] = {0, 0};
    memcpy(words, &node->as, sizeof node->as < sizeof words ? sizeof node->as : sizeof words);
    return moati_mix64(moati_mix64(moati_mix64(head) + words[0]) + words[1]);
}

static uint64_t node_hash(const void *owner, uint32_t entry) {
    return hash_of(moati_at(owner, entry));
}

static bool node_same(const void *owner, uint32_t entry, const void *key) {
    const moati_node *a = moati_at(owner, entry), *b = key;
    return a->op == b->op && a->dim == b->dim && memcmp(&a->as, &b->as, sizeof a->as) == 0;
}

static moat_node no_memory(const moat_graph *graph, moat_error *error) {
    moati_account_fail(&graph->account, error, "the model's graph");
    return MOAT_NO_NODE;
}

moat_node moati_intern(moat_graph *graph, const moati_node *node, moat_error *error) {
    size_t place;
    if (!moati_table_reserve(&graph->node_index, node_hash, graph))
        return no_memory(graph, error);
    moat_node found =
        moati_table_find(&graph->node_index, hash_of(node), node_same, graph, node, &place);
    if (found)
        return found;
    if (graph->count >= graph->limit) {
        moat_fail(error, MOAT_LIMIT, "the model's graph has reached its limit of %zu nodes",
                  graph->limit);
        return MOAT_NO_NODE;
    }
    if (!moati_account_grow(&graph->account, &graph->nodes, &graph->node_capacity, graph->count + 2,
                            sizeof *graph->nodes))
        return no_memory(graph, error);
    graph->nodes[++graph->count] = *node;
    moati_table_put(&graph->node_index, place, (uint32_t)graph->count);
    return (moat_node)graph->count;
}

/* Unused bytes are compared and hashed too, so a node starts from all zeros. */
moati_node moati_blank(moat_op op, moat_dim dim) {
    moati_node node;
    memset(&node, 0, sizeof node);
    node.op = (uint8_t)op;
    node.dim = dim;
    return node;
}

moat_node moat_graph_constant(moat_graph *graph, double value, moat_dim dim, moat_error *error) {
    moati_node constant = moati_blank(MOAT_CONSTANT, dim);
    constant.as.value = moati_canonical(value);
    return moati_record_constant(graph, moati_intern(graph, &constant, error));
}

bool moati_are_nodes(const moat_graph *graph, size_t count, const moat_node *nodes,
                     moat_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (!moati_is_node(graph, nodes[i])) {
            moat_fail(error, MOAT_INVALID, "operand %zu, %u, is no node of this graph", i + 1,
                      nodes[i]);
            return false;
        }
    }
    return true;
}

static moat_node add(moat_graph *graph, moat_op op, const moat_node *operands, moat_error *error) {
    moat_dim dim;
    bool failed;
    if ((unsigned)op >= MOAT_OP_COUNT || moat_op_describe(op)->arity == 0) {
        moat_fail(error, MOAT_INVALID, "%d is no operation on nodes", (int)op);
        return MOAT_NO_NODE;
    }
    if (!moati_are_nodes(graph, moat_op_describe(op)->arity, operands, error))
        return MOAT_NO_NODE;
    if (moati_result_dim(graph, op, operands, &dim, error) != MOAT_OK)
        return MOAT_NO_NODE;
    moat_node simple = moati_fold(graph, op, operands, dim, &failed, error);
    if (simple || failed)
        return simple;
    moati_node node = moati_blank(op, dim);
    memcpy(node.as.operand, operands, moat_op_describe(op)->arity * sizeof *operands);
    return moati_intern(graph, &node, error);
}

moat_node moat_graph_add(moat_graph *graph, moat_op op, const moat_node *operands,
                         moat_error *error) {
    return moati_record_operation(graph, op, operands, add(graph, op, operands, error));
}

moat_node moat_graph_unary(moat_graph *graph, moat_op op, moat_node a, moat_error *error) {
    return moat_graph_add(graph, op, &a, error);
}

moat_node moat_graph_binary(moat_graph *graph, moat_op op, moat_node a, moat_node b,
                            moat_error *error) {
    return moat_graph_add(graph, op, (moat_node[]){a, b}, error);
}

moat_node moat_graph_select(moat_graph *graph, moat_node condition, moat_node yes, moat_node no,
                            moat_error *error) {
    return moat_graph_add(graph, MOAT_SELECT, (moat_node[]){condition, yes, no}, error);
}

moat_node moat_graph_input(moat_graph *graph, moat_dim dim, size_t *number, moat_error *error) {
    moati_node input = moati_blank(MOAT_INPUT, dim);
    input.as.leaf[0] = (uint32_t)graph->inputs;
    moat_node node = moati_intern(graph, &input, error);
    if (node)
        *number = graph->inputs++;
    return node;
}

size_t moat_graph_inputs(const moat_graph *graph) {
    return graph->inputs;
}

/* --- Draws. */

static uint64_t stream_hash(const void *owner, uint32_t entry) {
    return ((const moat_graph *)owner)->streams[entry - 1].hash;
}

static bool stream_same(const void *owner, uint32_t entry, const void *key) {
    return strcmp(((const moat_graph *)owner)->streams[entry - 1].text, key) == 0;
}

/* The stream's number, or 0. */
static uint32_t stream_number(moat_graph *graph, const char *name, moat_error *error) {
    const uint64_t hash = moati_name_hash(name);
    size_t place;
    if (!moati_table_reserve(&graph->stream_index, stream_hash, graph))
        return no_memory(graph, error);
    uint32_t found = moati_table_find(&graph->stream_index, hash, stream_same, graph, name, &place);
    if (found)
        return found;
    char *text = moati_account_new(&graph->account, strlen(name) + 1, 1);
    if (!text || !moati_account_grow(&graph->account, &graph->streams, &graph->stream_capacity,
                                     graph->stream_count + 1, sizeof *graph->streams)) {
        free(text);
        return no_memory(graph, error);
    }
    strcpy(text, name);
    graph->streams[graph->stream_count++] = (moati_stream_name){text, hash};
    moati_table_put(&graph->stream_index, place, (uint32_t)graph->stream_count);
    return (uint32_t)graph->stream_count;
}

moat_status moat_graph_source(moat_graph *graph, const char *name, uint32_t period,
                              moat_source *source, moat_error *error) {
    moat_error why = {.status = MOAT_OK};
    const uint32_t stream = stream_number(graph, name, &why);
    moati_node uniform = moati_blank(MOAT_DRAW_U, MOAT_DIMENSIONLESS),
               normal = moati_blank(MOAT_DRAW_Z, MOAT_DIMENSIONLESS);
    uniform.as.leaf[0] = normal.as.leaf[0] = stream;
    uniform.as.leaf[1] = normal.as.leaf[1] = period;
    if (stream)
        source->uniform = moati_intern(graph, &uniform, &why);
    if (stream && source->uniform)
        source->normal = moati_intern(graph, &normal, &why);
    if (why.status != MOAT_OK && error)
        *error = why;
    if (why.status == MOAT_OK)
        moati_record_source(graph, name, period, source);
    return why.status;
}

/* --- Looking at nodes. */

moat_op moat_node_op(const moat_graph *graph, moat_node node) {
    return (moat_op)moati_at(graph, node)->op;
}

moat_dim moat_node_dim(const moat_graph *graph, moat_node node) {
    return moati_at(graph, node)->dim;
}

bool moat_node_is_constant(const moat_graph *graph, moat_node node, double *value) {
    const moati_node *n = moati_at(graph, node);
    if (n->op != MOAT_CONSTANT)
        return false;
    if (value)
        *value = n->as.value;
    return true;
}

unsigned moat_node_operands(const moat_graph *graph, moat_node node, moat_node operands[3]) {
    const moati_node *n = moati_at(graph, node);
    const unsigned arity = moat_op_describe((moat_op)n->op)->arity;
    memcpy(operands, n->as.operand, arity * sizeof *operands);
    return arity;
}

static int print_leaf(const moat_graph *graph, const moati_node *n, char *buffer, size_t size) {
    switch (n->op) {
    case MOAT_CONSTANT: return snprintf(buffer, size, " %.17g", n->as.value);
    case MOAT_INPUT: return snprintf(buffer, size, " #%u", n->as.leaf[0]);
    case MOAT_RESULT:
        return snprintf(buffer, size, " %s.%u", moati_call_of(graph, n)->kernel->name,
                        n->as.leaf[1]);
    default:
        return snprintf(buffer, size, " \"%s\" %u", graph->streams[n->as.leaf[0] - 1].text,
                        n->as.leaf[1]);
    }
}

int moat_node_print(const moat_graph *graph, moat_node node, char *buffer, size_t size) {
    const moati_node *n = moati_at(graph, node);
    const moat_op_info *info = moat_op_describe((moat_op)n->op);
    int used = snprintf(buffer, size, "%%%u = %s", node, info->name);
    for (unsigned i = 0; i <= info->arity; i++) {
        const size_t at = used < 0 || (size_t)used >= size ? size : (size_t)used;
        char *rest = size ? buffer + at : NULL;
        if (info->arity == 0)
            used += print_leaf(graph, n, rest, size - at);
        else if (i < info->arity)
            used += snprintf(rest, size - at, " %%%u", n->as.operand[i]);
    }
    return used;
}
