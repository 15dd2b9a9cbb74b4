/* The naive evaluation: operations by their expressions in ops.def, draws one group at a time. */
#include "naive.h"

#include <math.h>
#include <string.h>

#include "node.h"
#include "rng.h"
#include "scalar.h"

#define NAIVE_LEAF(arity, kernel)   NAN
#define NAIVE_LOOP(arity, kernel)   (kernel)
#define NAIVE_SCALAR(arity, kernel) (kernel)
#define NAIVE_MATH(arity, kernel)   NAIVE_MATH_##arity(kernel)
#define NAIVE_MATH_1(kernel)        moati_##kernel(x)
#define NAIVE_MATH_2(kernel)        moati_##kernel(x, y)

double naive_operation(moat_op op, double x, double y, double z) {
    switch (op) {
#define MOAT_OP(id, name, arity, rule, form, kernel, doc)                                          \
    case MOAT_##id:                                                                                \
        return NAIVE_##form(arity, kernel);
#include "moat/ops.def"
#undef MOAT_OP
    default: return NAN;
    }
}

/* The draws of a whole group of 16, of which one is wanted. */
static double draw(const naive *n, const moati_node *node) {
    const moati_stream stream = {
        .key = moati_stream_key(n->seed, n->graph->streams[node->as.leaf[0] - 1].hash),
        .period = node->as.leaf[1]};
    double group[16];
    moati_uniform_random(group, &stream, n->sample / 16 * 16, 16);
    const double u = group[n->sample % 16];
    return node->op == MOAT_DRAW_U ? u : moati_normal_quantile(u);
}

static double call(naive *n, const moati_node *node) {
    const moati_call *c = moati_call_of(n->graph, node);
    double in[8], out[8];
    const double *inputs[8];
    double *outputs[8];
    for (uint32_t i = 0; i < c->inputs; i++) {
        in[i] = naive_value(n, n->graph->call_operands[c->first_operand + i]);
        inputs[i] = &in[i];
    }
    for (uint32_t i = 0; i < c->outputs; i++)
        outputs[i] = &out[i];
    c->kernel->run(c->context, inputs, outputs, 1);
    return out[node->as.leaf[1]];
}

double naive_value(naive *n, moat_node node) {
    if (n->known[node])
        return n->value[node];
    const moati_node *at = moati_at(n->graph, node);
    double x[3] = {0, 0, 0}, value;
    for (unsigned i = 0; i < moat_op_describe((moat_op)at->op)->arity; i++)
        x[i] = naive_value(n, at->as.operand[i]);
    switch (at->op) {
    case MOAT_CONSTANT: value = at->as.value; break;
    case MOAT_INPUT: value = naive_value(n, n->definitions[at->as.leaf[0]]); break;
    case MOAT_DRAW_U:
    case MOAT_DRAW_Z: value = draw(n, at); break;
    case MOAT_RESULT: value = call(n, at); break;
    default: value = naive_operation((moat_op)at->op, x[0], x[1], x[2]); break;
    }
    n->known[node] = true;
    return n->value[node] = value;
}

bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}
