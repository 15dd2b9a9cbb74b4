/* What is known of each operation besides its kernel. */
#include "moat/graph.h"

static const moat_op_info infos[MOAT_OP_COUNT] = {
#define MOAT_OP(id, name, arity, rule, form, kernel, doc) {name, arity, MOAT_RULE_##rule, doc},
#include "moat/ops.def"
#undef MOAT_OP
};

const moat_op_info *moat_op_describe(moat_op op) {
    return &infos[op];
}
