/* The graph that a script records.
 *
 * Nodes are immutable, numbered from 1 in the order of their making, and hash-consed: the
 * same expression is one node. Each has a dimension, checked when the node is made.
 * Operations on constants are folded with the kernels that evaluate programs, so that a
 * folded value has the bits that evaluation would give.
 *
 * A graph borrows its registry of units, which must outlive it. It is not thread-safe.
 * Nothing is ever removed; a graph is freed as a whole. */
#ifndef MOAT_GRAPH_H
#define MOAT_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "moat/budget.h"
#include "moat/status.h"
#include "moat/unit.h"

typedef struct moat_graph moat_graph;
typedef uint32_t moat_node;

enum { MOAT_NO_NODE = 0 };

/* The operations, from ops.def: MOAT_ADD, MOAT_EXP, ... */
typedef enum moat_op {
#define MOAT_OP(id, name, arity, rule, form, kernel, doc) MOAT_##id,
#include "moat/ops.def"
#undef MOAT_OP
    MOAT_OP_COUNT
} moat_op;

/* What an operation does with the dimensions of its operands. */
typedef enum moat_unit_rule {
    MOAT_RULE_LEAF,    /* given when the node is made */
    MOAT_RULE_KEEP,    /* that of the first operand */
    MOAT_RULE_SAME,    /* operands agree; the result has their dimension */
    MOAT_RULE_COMPARE, /* operands agree; the result is dimensionless */
    MOAT_RULE_PLAIN,   /* operands and result are dimensionless */
    MOAT_RULE_MULTIPLY,
    MOAT_RULE_DIVIDE,
    MOAT_RULE_POWER, /* base^exponent; a base with a dimension needs a constant exponent */
    MOAT_RULE_ROOT,  /* half the exponents */
    MOAT_RULE_SELECT /* a condition, then two that agree */
} moat_unit_rule;

typedef struct moat_op_info {
    const char *name;
    unsigned arity;
    moat_unit_rule rule;
    const char *doc;
} moat_op_info;

const moat_op_info *moat_op_describe(moat_op op);

moat_graph *moat_graph_new(moat_units *units, moat_error *error);
void moat_graph_free(moat_graph *graph);
moat_units *moat_graph_units(const moat_graph *graph);

/* At most this many nodes, two thousand million being the most; the next one fails with
 * MOAT_LIMIT. Default: 64 million. */
void moat_graph_set_limit(moat_graph *graph, size_t nodes);
size_t moat_graph_size(const moat_graph *graph);

/* What the graph, its distributions and the programs compiled from it count their memory in; the
 * graph borrows it. For a graph that is still empty; the default is no limit. */
void moat_graph_set_budget(moat_graph *graph, moat_budget *budget);

/* All makers return MOAT_NO_NODE on failure, with the reason in *error. */

/* A constant in base units. A dimensionless 0 or infinity fits any dimension. NaN is made
 * canonical. */
moat_node moat_graph_constant(moat_graph *graph, double value, moat_dim dim, moat_error *error);

/* operands[0..arity). Errors: MOAT_UNIT, MOAT_INVALID (no operation, no node of this graph),
 * MOAT_NO_MEMORY, MOAT_LIMIT. */
moat_node moat_graph_add(moat_graph *graph, moat_op op, const moat_node *operands,
                         moat_error *error);
moat_node moat_graph_unary(moat_graph *graph, moat_op op, moat_node a, moat_error *error);
moat_node moat_graph_binary(moat_graph *graph, moat_op op, moat_node a, moat_node b,
                            moat_error *error);
moat_node moat_graph_select(moat_graph *graph, moat_node condition, moat_node yes, moat_node no,
                            moat_error *error);

/* A symbolic input: what it stands for is given when the graph is compiled. Inputs are
 * numbered from 0; each call makes a new one. */
moat_node moat_graph_input(moat_graph *graph, moat_dim dim, size_t *number, moat_error *error);
size_t moat_graph_inputs(const moat_graph *graph);

/* Draws. A draw is addressed by (seed, name, sample, period). `uniform` is in (0, 1), never
 * at its ends; `normal` is the standard normal quantile of the same `uniform`. */
typedef struct moat_source {
    moat_node uniform;
    moat_node normal;
} moat_source;

moat_status moat_graph_source(moat_graph *graph, const char *name, uint32_t period,
                              moat_source *source, moat_error *error);

/* Sources for count names whose normals have the rank correlations of `pairs` (a Gaussian
 * copula: Spearman's rho is converted to Pearson's by 2 sin(pi rho / 6)); what is not listed
 * is 0. Depends on the names and pairs as sets, not on their order. Errors: MOAT_INVALID
 * where no joint distribution has these correlations, naming the pair and the range that
 * would do; a coefficient outside [-1, 1]; a pair given twice or of a name with itself. */
typedef struct moat_correlation {
    size_t first, second; /* indexes into names */
    double rank;
} moat_correlation;

moat_status moat_graph_correlate(moat_graph *graph, size_t count, const char *const *names,
                                 size_t pair_count, const moat_correlation *pairs,
                                 moat_source *sources, moat_error *error);

/* Block kernels: how native code that branches per sample joins a graph. `run` is called
 * on any thread with inputs[i] and outputs[j] pointing to `lanes` doubles each (base units,
 * one per sample); it must be a pure function of the inputs and the context, lane by
 * lane. */
typedef struct moat_kernel {
    const char *name;
    void (*run)(const void *context, const double *const *inputs, double *const *outputs,
                size_t lanes);
    /* Whether a context of so many bytes, wherever it comes from, and so many inputs and outputs
     * are something that `run` can be given. NULL: that cannot be told, so that no call of the
     * kernel can come out of a process that is not trusted. */
    bool (*fits)(const void *context, size_t size, size_t inputs, size_t outputs);
} moat_kernel;

/* Applies a kernel. The caller has checked units and states the dimension of each output.
 * With a release, which may be NULL, the graph takes the context over, also where this call
 * fails, and calls release(context) once: when it is freed, or at once where there is no
 * memory to remember it. Calls with the same kernel, context pointer, inputs and number of
 * outputs are one; where every input is a constant, the kernel is run at once, on one lane, and the
 * outputs are constants. Errors: MOAT_INVALID (an input is no node), MOAT_NO_MEMORY, MOAT_LIMIT. */
moat_status moat_graph_call(moat_graph *graph, const moat_kernel *kernel, void *context,
                            void (*release)(void *), size_t input_count, const moat_node *inputs,
                            size_t output_count, const moat_dim *dims, moat_node *outputs,
                            moat_error *error);

/* Looking at nodes. */
moat_op moat_node_op(const moat_graph *graph, moat_node node);
moat_dim moat_node_dim(const moat_graph *graph, moat_node node);
bool moat_node_is_constant(const moat_graph *graph, moat_node node, double *value);
/* The operands of an operation: writes at most three, returns how many. */
unsigned moat_node_operands(const moat_graph *graph, moat_node node, moat_node operands[3]);

/* One line of text for a node, as in "%12 = add %10 %11". Returns the length that it would
 * have needed, like snprintf. */
int moat_node_print(const moat_graph *graph, moat_node node, char *buffer, size_t size);

#endif
