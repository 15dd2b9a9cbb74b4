/* Simplification while the graph is recorded. Only what gives the value that evaluation would
 * give is done: constants are folded by the kernels themselves, and identities are those of
 * IEEE arithmetic (up to the sign of a zero). */
#include <math.h>
#include <string.h>

#include "environment.h"
#include "node.h"

static bool constant(const moat_graph *graph, moat_node node, double *value) {
    const moati_node *n = moati_at(graph, node);
    *value = n->as.value;
    return n->op == MOAT_CONSTANT;
}

static bool is(const moat_graph *graph, moat_node node, double value) {
    double found;
    return constant(graph, node, &found) && found == value;
}

static moat_node folded(moat_graph *graph, moat_op op, unsigned arity, const moat_node *operands,
                        moat_dim dim, moat_error *error) {
    _Alignas(MOATI_ALIGN) double in[3][MOATI_LANE_STEP], out[MOATI_LANE_STEP];
    for (unsigned i = 0; i < arity; i++)
        for (unsigned lane = 0; lane < MOATI_LANE_STEP; lane++)
            in[i][lane] = moati_at(graph, operands[i])->as.value;
    graph->kernels->op[op][0](out, in[0], in[1], in[2], MOATI_LANE_STEP);
    return moat_graph_constant(graph, out[0], dim, error);
}

/* A number without a unit that stands for nothing must not lose the unit it was fitted to:
 * identities return an operand only where its dimension is the result's. */
static moat_node keep(const moat_graph *graph, moat_node node, moat_dim dim) {
    return moati_at(graph, node)->dim == dim ? node : MOAT_NO_NODE;
}

/* The exponents that moati_pow computes by other operations: with those operations. */
static moat_node power(moat_graph *graph, moat_node base, double exponent, moat_dim dim,
                       moat_error *error) {
    if (exponent == 1)
        return base;
    if (exponent == 0)
        return moat_graph_constant(graph, 1, dim, error);
    if (exponent == 2)
        return moat_graph_binary(graph, MOAT_MUL, base, base, error);
    if (exponent == 3) {
        moat_node square = moat_graph_binary(graph, MOAT_MUL, base, base, error);
        return square ? moat_graph_binary(graph, MOAT_MUL, square, base, error) : MOAT_NO_NODE;
    }
    if (exponent == 0.5)
        return moat_graph_unary(graph, MOAT_SQRT, base, error);
    if (exponent == -1) {
        moat_node one = moat_graph_constant(graph, 1, MOAT_DIMENSIONLESS, error);
        return one ? moat_graph_binary(graph, MOAT_DIV, one, base, error) : MOAT_NO_NODE;
    }
    return MOAT_NO_NODE;
}

static moat_node identity(moat_graph *graph, moat_op op, const moat_node *at, moat_dim dim,
                          moat_error *error) {
    double value;
    switch (op) {
    case MOAT_ADD:
        if (is(graph, at[0], 0))
            return keep(graph, at[1], dim);
        return is(graph, at[1], 0) ? keep(graph, at[0], dim) : MOAT_NO_NODE;
    case MOAT_SUB: return is(graph, at[1], 0) ? keep(graph, at[0], dim) : MOAT_NO_NODE;
    case MOAT_MUL:
        if (is(graph, at[0], 1))
            return keep(graph, at[1], dim);
        return is(graph, at[1], 1) ? keep(graph, at[0], dim) : MOAT_NO_NODE;
    case MOAT_DIV: return is(graph, at[1], 1) ? keep(graph, at[0], dim) : MOAT_NO_NODE;
    case MOAT_POW:
        return constant(graph, at[1], &value) ? power(graph, at[0], value, dim, error)
                                              : MOAT_NO_NODE;
    case MOAT_MIN:
    case MOAT_MAX: return at[0] == at[1] ? at[0] : MOAT_NO_NODE;
    case MOAT_SELECT:
        if (constant(graph, at[0], &value))
            return keep(graph, value != 0 ? at[1] : at[2], dim);
        return at[1] == at[2] ? at[1] : MOAT_NO_NODE;
    default: return MOAT_NO_NODE;
    }
}

moat_node moati_fold(moat_graph *graph, moat_op op, const moat_node *operands, moat_dim dim,
                     bool *failed, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    const unsigned arity = moat_op_describe(op)->arity;
    moat_error why = {.status = MOAT_OK};
    unsigned constants = 0;
    double value;
    for (unsigned i = 0; i < arity; i++)
        constants += constant(graph, operands[i], &value);
    moat_node node = identity(graph, op, operands, dim, &why);
    if (!node && why.status == MOAT_OK && constants == arity)
        node = folded(graph, op, arity, operands, dim, &why);
    *failed = why.status != MOAT_OK;
    if (*failed && error)
        *error = why;
    return node;
}
