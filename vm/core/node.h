/* The graph's inside: what graph.c, fold.c and compile.c share. */
#ifndef MOATI_NODE_H
#define MOATI_NODE_H

#include <math.h>

#include "dist.h"
#include "kernels.h"
#include "moat/graph.h"
#include "table.h"

/* 24 bytes: scripts make millions. */
typedef struct moati_node {
    uint8_t op; /* moat_op */
    moat_dim dim;
    union {
        double value;         /* MOAT_CONSTANT */
        moat_node operand[3]; /* operations; unused ones are 0 */
        uint32_t leaf[3];     /* MOAT_INPUT: number; MOAT_DRAW_*: stream, period;
                                 MOAT_RESULT: call, output */
    } as;
} moati_node;

typedef struct moati_stream_name {
    char *text;
    uint64_t hash;
} moati_stream_name;

typedef struct moati_call {
    const moat_kernel *kernel;
    const void *context;
    size_t first_operand; /* in moat_graph.call_operands */
    uint32_t inputs, outputs;
} moati_call;

/* A context that the graph releases, once, whatever number of calls use it. */
typedef struct moati_owned {
    void *context;
    void (*release)(void *);
} moati_owned;

struct moat_graph {
    moat_units *units;
    moati_account account;
    const moati_kernels *kernels;
    moati_node *nodes; /* nodes[0] is not used */
    size_t node_capacity, count, limit;
    moati_table node_index;
    size_t inputs;
    moati_stream_name *streams; /* streams[0] is stream 1 */
    size_t stream_capacity, stream_count;
    moati_table stream_index;
    moati_call *calls; /* calls[0] is call 1 */
    size_t call_capacity, call_count;
    moati_table call_index;
    moat_node *call_operands;
    size_t call_operand_capacity, call_operand_count;
    moati_owned *owned; /* owned[0] is context 1 */
    size_t owned_capacity, owned_count;
    moati_table owned_index;
    moati_dist_table *dists;
};

/* True for a node that the graph has made. */
static inline bool moati_is_node(const moat_graph *graph, moat_node node) {
    return node != MOAT_NO_NODE && node <= graph->count;
}

static inline const moati_node *moati_at(const moat_graph *graph, moat_node node) {
    return &graph->nodes[node];
}

static inline const moati_call *moati_call_of(const moat_graph *graph, const moati_node *result) {
    return &graph->calls[result->as.leaf[0] - 1];
}

/* A node with nothing in it: unused bytes are compared and hashed too. */
moati_node moati_blank(moat_op op, moat_dim dim);
/* MOAT_INVALID where one is no node of the graph. */
bool moati_are_nodes(const moat_graph *graph, size_t count, const moat_node *nodes,
                     moat_error *error);
/* Interns a node whose dimension is known and which needs no folding. */
moat_node moati_intern(moat_graph *graph, const moati_node *node, moat_error *error);

/* The node that an operation on these operands simplifies to, or MOAT_NO_NODE with *failed
 * unset where there is none. The result has dimension `dim`. */
moat_node moati_fold(moat_graph *graph, moat_op op, const moat_node *operands, moat_dim dim,
                     bool *failed, moat_error *error);
/* Runs a kernel on inputs that are all constants: true with what moat_graph_call is to return in
 * *result, the nodes or the error set; false where an input is not constant. */
bool moati_fold_call(moat_graph *graph, const moat_kernel *kernel, const void *context,
                     size_t input_count, const moat_node *inputs, size_t output_count,
                     const moat_dim *dims, moat_node *outputs, moat_status *result,
                     moat_error *error);

/* The dimension of an operation's result. */
moat_status moati_result_dim(const moat_graph *graph, moat_op op, const moat_node *operands,
                             moat_dim *dim, moat_error *error);

/* NaN has many patterns and processors differ in which they make; Moat has one. */
static inline double moati_canonical(double x) {
    return x == x ? x : (double)NAN;
}

#endif
