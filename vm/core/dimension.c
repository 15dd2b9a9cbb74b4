/* The unit rules of the operations. */
#include <math.h>

#include "node.h"

/* A bare 0 or infinity has no dimension of its own: it fits any. */
static bool fits_any(const moati_node *node) {
    return node->op == MOAT_CONSTANT && node->dim == MOAT_DIMENSIONLESS &&
           (node->as.value == 0 || isinf(node->as.value));
}

static moat_status differ(const moat_graph *graph, moat_op op, moat_dim a, moat_dim b,
                          moat_error *error) {
    return moat_fail(error, MOAT_UNIT, "%s: the units differ: %s and %s",
                     moat_op_describe(op)->name, moat_dim_text(graph->units, a),
                     moat_dim_text(graph->units, b));
}

static moat_status agree(const moat_graph *graph, moat_op op, moat_node first, moat_node second,
                         moat_dim *dim, moat_error *error) {
    const moati_node *a = moati_at(graph, first), *b = moati_at(graph, second);
    *dim = fits_any(a) ? b->dim : a->dim;
    if (a->dim == b->dim || fits_any(a) || fits_any(b))
        return MOAT_OK;
    return differ(graph, op, a->dim, b->dim, error);
}

static moat_status plain(const moat_graph *graph, moat_op op, const moat_node *operands,
                         unsigned count, moat_error *error) {
    for (unsigned i = 0; i < count; i++) {
        moat_dim dim = moati_at(graph, operands[i])->dim;
        if (dim != MOAT_DIMENSIONLESS)
            return moat_fail(error, MOAT_UNIT, "%s takes numbers without a unit, not %s",
                             moat_op_describe(op)->name, moat_dim_text(graph->units, dim));
    }
    return MOAT_OK;
}

static moat_status power(const moat_graph *graph, const moat_node *operands, moat_dim *dim,
                         moat_error *error) {
    const moati_node *base = moati_at(graph, operands[0]), *exponent = moati_at(graph, operands[1]);
    if (exponent->dim != MOAT_DIMENSIONLESS)
        return plain(graph, MOAT_POW, operands + 1, 1, error);
    *dim = MOAT_DIMENSIONLESS;
    if (base->dim == MOAT_DIMENSIONLESS)
        return MOAT_OK;
    if (exponent->op != MOAT_CONSTANT)
        return moat_fail(error, MOAT_UNIT, "a quantity in %s needs a plain number as its exponent",
                         moat_dim_text(graph->units, base->dim));
    return moat_dim_power(graph->units, base->dim, exponent->as.value, dim, error);
}

moat_status moati_result_dim(const moat_graph *graph, moat_op op, const moat_node *operands,
                             moat_dim *dim, moat_error *error) {
    const moat_op_info *info = moat_op_describe(op);
    const moat_dim a = moati_at(graph, operands[0])->dim;
    *dim = MOAT_DIMENSIONLESS;
    switch (info->rule) {
    case MOAT_RULE_LEAF: return moat_fail(error, MOAT_INVALID, "%s is no operation", info->name);
    case MOAT_RULE_KEEP: *dim = a; return MOAT_OK;
    case MOAT_RULE_SAME: return agree(graph, op, operands[0], operands[1], dim, error);
    case MOAT_RULE_COMPARE: {
        moat_dim ignored;
        return agree(graph, op, operands[0], operands[1], &ignored, error);
    }
    case MOAT_RULE_PLAIN: return plain(graph, op, operands, info->arity, error);
    case MOAT_RULE_MULTIPLY:
        return moat_dim_multiply(graph->units, a, moati_at(graph, operands[1])->dim, dim, error);
    case MOAT_RULE_DIVIDE:
        return moat_dim_divide(graph->units, a, moati_at(graph, operands[1])->dim, dim, error);
    case MOAT_RULE_POWER: return power(graph, operands, dim, error);
    case MOAT_RULE_ROOT: return moat_dim_power(graph->units, a, 0.5, dim, error);
    case MOAT_RULE_SELECT:
        if (plain(graph, op, operands, 1, error) != MOAT_OK)
            return MOAT_UNIT;
        return agree(graph, op, operands[1], operands[2], dim, error);
    }
    return moat_fail(error, MOAT_INVALID, "unknown operation %d", (int)op);
}
