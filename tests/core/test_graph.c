/* Recording: interning, dimensions, folding, block kernels, limits. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "naive.h"

TestSuite(graph, .init = start, .fini = stop);

Test(graph, same_expression_is_one_node) {
    moat_node a = input("$"), b = input("$");
    moat_node sum = moat_graph_binary(graph, MOAT_ADD, a, b, &error);
    cr_assert_neq(a, b);
    cr_assert_eq(moat_graph_binary(graph, MOAT_ADD, a, b, &error), sum);
    cr_assert_neq(moat_graph_binary(graph, MOAT_SUB, a, b, &error), sum);
    cr_assert_eq(quantity(1, "$"), quantity(1, "$"));
    cr_assert_neq(quantity(1, "$"), quantity(1, "yr"));
    cr_assert_eq(source("x", 0).uniform, source("x", 0).uniform);
    cr_assert_neq(source("x", 0).uniform, source("x", 1).uniform);
    cr_assert_neq(source("x", 0).uniform, source("y", 0).uniform);
    cr_assert_neq(source("x", 0).uniform, source("x", 0).normal);
}

typedef struct rule_row {
    moat_op op;
    const char *a, *b, *expected; /* NULL: refused */
    const char *message;
} rule_row;

Test(graph, dimensions_follow_the_rules) {
    const rule_row rows[] = {
        {MOAT_ADD, "$", "$", "$", NULL},
        {MOAT_ADD, "W", "$", NULL, "add: the units differ: W and $"},
        {MOAT_SUB, "$", "1", NULL, "the units differ"},
        {MOAT_MUL, "$/W/yr", "W", "$/yr", NULL},
        {MOAT_DIV, "$/yr", "$/W/yr", "W", NULL},
        {MOAT_MOD, "$", "$", "$", NULL},
        {MOAT_MIN, "$", "W", NULL, "min: the units differ"},
        {MOAT_MAX, "W", "W", "W", NULL},
        {MOAT_LESS, "$", "$", "1", NULL},
        {MOAT_LESS, "$", "yr", NULL, "less: the units differ"},
        {MOAT_EQUAL, "W", "W", "1", NULL},
        {MOAT_AND, "1", "$", NULL, "and takes numbers without a unit, not $"},
        {MOAT_SQRT, "$^2", NULL, "$", NULL},
        {MOAT_SQRT, "yr", NULL, "yr^0.5", NULL},
        {MOAT_NEG, "W", NULL, "W", NULL},
        {MOAT_EXP, "yr", NULL, NULL, "exp takes numbers without a unit, not yr"},
        {MOAT_LOG, "1", NULL, "1", NULL},
        {MOAT_POW, "1", "1", "1", NULL},
        {MOAT_POW, "$", "1", NULL, "needs a plain number as its exponent"},
        {MOAT_POW, "1", "$", NULL, "pow takes numbers without a unit, not $"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const rule_row *r = &rows[i];
        moat_node operands[2] = {input(r->a), r->b ? input(r->b) : MOAT_NO_NODE};
        moat_node node = moat_graph_add(graph, r->op, operands, &error);
        const char *name = moat_op_describe(r->op)->name;
        if (r->expected) {
            cr_assert(node, "%s %s %s: %s", name, r->a, r->b, error.message);
            cr_assert_eq(moat_node_dim(graph, node), dim(r->expected), "%s %s %s gives %s", name,
                         r->a, r->b, moat_dim_text(units, moat_node_dim(graph, node)));
        } else {
            cr_assert_not(node, "%s %s %s is accepted", name, r->a, r->b);
            cr_assert_eq(error.status, MOAT_UNIT);
            cr_assert(strstr(error.message, r->message), "%s", error.message);
        }
    }
}

Test(graph, powers_of_units_are_rational) {
    moat_node base = input("yr"), half = number(0.5), odd = number(0.3333);
    moat_node root = moat_graph_binary(graph, MOAT_POW, base, half, &error);
    cr_assert_eq(moat_node_dim(graph, root), dim("yr^0.5"));
    cr_assert_not(moat_graph_binary(graph, MOAT_POW, base, odd, &error));
    cr_assert(strstr(error.message, "simple fractions"), "%s", error.message);
}

Test(graph, bare_zero_and_infinity_fit_any_unit) {
    const double bare[] = {0, INFINITY, -INFINITY};
    moat_node money = input("$"), condition = input("1");
    for (size_t i = 0; i < 3; i++) {
        moat_node zero = number(bare[i]);
        moat_node operands[] = {moat_graph_binary(graph, MOAT_MAX, money, zero, &error),
                                moat_graph_binary(graph, MOAT_ADD, zero, money, &error),
                                moat_graph_select(graph, condition, zero, money, &error)};
        for (size_t j = 0; j < 3; j++) {
            cr_assert(operands[j], "%g %zu: %s", bare[i], j, error.message);
            cr_assert_eq(moat_node_dim(graph, operands[j]), dim("$"));
        }
    }
    cr_assert_not(moat_graph_binary(graph, MOAT_ADD, money, number(5), &error));
    cr_assert_not(moat_graph_binary(graph, MOAT_ADD, money, quantity(0, "W"), &error));
}

Test(graph, constants_are_folded_with_their_bits) {
    const double values[] = {0.0, -0.0, 1, -1, 0.1, 2.5, -3.75, 1e-300, 1e300, 700, INFINITY, NAN};
    const size_t n = COUNT(values);
    for (moat_op op = MOAT_NEG; op < MOAT_OP_COUNT; op++) {
        for (size_t i = 0; i < n * n; i++) {
            const double x = values[i / n], y = values[i % n];
            moat_node at[3] = {number(x), number(y), number(0.25)};
            moat_node node = moat_graph_add(graph, op, at, &error);
            double got = 0;
            cr_assert(moat_node_is_constant(graph, node, &got), "%s", moat_op_describe(op)->name);
            const double expected = naive_operation(op, x, y, 0.25);
            /* Identities may keep a zero's sign: equal, not the same. */
            cr_assert(same_bits(got, expected) || got == expected, "%s(%g, %g) = %.17g, not %.17g",
                      moat_op_describe(op)->name, x, y, got, expected);
        }
    }
}

/* The same operation on the same numbers, some of them known while the graph is made and some
 * only when it is compiled. */
static double value_of(moat_op op, const double *x, unsigned arity, unsigned known) {
    moat_node operands[3], definitions[64];
    moat_graph *own = moat_graph_new(units, &error);
    for (unsigned i = 0; i < arity; i++) {
        size_t which;
        operands[i] = moat_graph_constant(own, x[i], 0, &error);
        if (!(known >> i & 1)) {
            const moat_node value = operands[i];
            operands[i] = moat_graph_input(own, 0, &which, &error);
            definitions[which] = value;
        }
    }
    moat_node root = moat_graph_add(own, op, operands, &error);
    moat_program *program = NULL;
    moat_columns *columns = NULL;
    cr_assert_eq(moat_compile(own, definitions, 1, &root, &program, &error), MOAT_OK, "%s",
                 error.message);
    cr_assert_eq(moat_evaluate(program, &(moat_run){.samples = 1}, &columns, &error), MOAT_OK);
    const double value = moat_columns_get(columns, 0)[0];
    moat_columns_free(columns);
    moat_program_free(program);
    moat_graph_free(own);
    return value;
}

Test(graph, folding_equals_evaluating) {
    const double values[] = {0,  -0.0, 1,   -1,  2,     3,        0.5,       1.0 / 3,
                             10, -2.5, 0.1, 1e9, 1e300, INFINITY, -INFINITY, NAN};
    const unsigned n = COUNT(values);
    for (moat_op op = MOAT_NEG; op < MOAT_OP_COUNT; op++) {
        const unsigned arity = moat_op_describe(op)->arity;
        for (unsigned i = 0; i < n * (arity > 1 ? n : 1); i++) {
            const double x[3] = {values[i % n], values[i / n], 7};
            const double expected = value_of(op, x, arity, 0);
            for (unsigned known = 1; known < 1u << arity; known++) {
                const double got = value_of(op, x, arity, known);
                cr_assert(same_bits(got, expected) || got == expected,
                          "%s(%g, %g) is %.17g with %u known, else %.17g",
                          moat_op_describe(op)->name, x[0], x[1], got, known, expected);
            }
        }
    }
}

Test(graph, identities) {
    moat_node x = input("$"), y = input("1"), one = number(1), zero = quantity(0, "$");
    cr_assert_eq(moat_graph_binary(graph, MOAT_ADD, x, zero, &error), x);
    cr_assert_eq(moat_graph_binary(graph, MOAT_ADD, zero, x, &error), x);
    cr_assert_eq(moat_graph_binary(graph, MOAT_SUB, x, zero, &error), x);
    cr_assert_eq(moat_graph_binary(graph, MOAT_MUL, x, one, &error), x);
    cr_assert_eq(moat_graph_binary(graph, MOAT_DIV, x, one, &error), x);
    cr_assert_eq(moat_graph_binary(graph, MOAT_MAX, x, x, &error), x);
    cr_assert_eq(moat_graph_select(graph, y, x, x, &error), x);
    cr_assert_eq(moat_graph_select(graph, one, x, zero, &error), x);
    cr_assert_eq(moat_graph_binary(graph, MOAT_POW, y, number(2), &error),
                 moat_graph_binary(graph, MOAT_MUL, y, y, &error));
    cr_assert_eq(moat_graph_binary(graph, MOAT_POW, y, number(0.5), &error),
                 moat_graph_unary(graph, MOAT_SQRT, y, &error));
    /* 1 in a unit is a factor with a unit, not nothing. */
    cr_assert_neq(moat_graph_binary(graph, MOAT_MUL, y, quantity(1, "$"), &error), y);
    /* 0 x is not 0 where x may be infinite. */
    cr_assert_neq(moat_graph_binary(graph, MOAT_MUL, y, number(0), &error), number(0));
}

Test(graph, limit_is_an_error_and_leaves_the_graph_whole) {
    moat_node a = input("1"), b = input("1");
    moat_graph_set_limit(graph, moat_graph_size(graph));
    cr_assert_not(moat_graph_binary(graph, MOAT_ADD, a, b, &error));
    cr_assert_eq(error.status, MOAT_LIMIT);
    moat_graph_set_limit(graph, moat_graph_size(graph) + 1);
    cr_assert(moat_graph_binary(graph, MOAT_ADD, a, b, &error));
}

static int released;

static void count_release(void *context) {
    (void)context;
    released++;
}

static void no_run(const void *context, const double *const *in, double *const *out, size_t lanes) {
    (void)context, (void)in, (void)out, (void)lanes;
}

Test(graph, block_kernels_are_interned_and_their_contexts_released) {
    static const moat_kernel kernel = {"test", no_run};
    moat_graph *own = moat_graph_new(units, &error);
    moat_dim dims[2] = {dim("$"), dim("W")};
    size_t number;
    moat_node in = moat_graph_input(own, 0, &number, &error), first[2], again[2], other[2];
    moat_node two = moat_graph_input(own, 0, &number, &error), single[1];
    int context[2];
    moat_graph_call(own, &kernel, &context[0], count_release, 1, &in, 2, dims, first, &error);
    moat_graph_call(own, &kernel, &context[0], count_release, 1, &in, 2, dims, again, &error);
    moat_graph_call(own, &kernel, &context[1], count_release, 1, &in, 2, dims, other, &error);
    /* The same context elsewhere, or for fewer outputs, is another call and one release. */
    moat_graph_call(own, &kernel, &context[1], count_release, 1, &two, 2, dims, again, &error);
    moat_graph_call(own, &kernel, &context[1], count_release, 1, &two, 1, dims, single, &error);
    cr_assert_neq(again[0], other[0]);
    cr_assert_neq(again[0], single[0]);
    moat_graph_call(own, &kernel, &context[0], count_release, 1, &in, 2, dims, again, &error);
    cr_assert_eq(first[0], again[0]);
    cr_assert_eq(first[1], again[1]);
    cr_assert_neq(first[0], other[0]);
    cr_assert_eq(moat_node_dim(own, first[1]), dims[1]);
    moat_graph_free(own);
    cr_assert_eq(released, 2, "%d contexts released", released);
}

static void halve(const void *context, const double *const *in, double *const *out, size_t lanes) {
    (void)context;
    for (size_t i = 0; i < lanes; i++)
        out[0][i] = in[0][i] / 2;
}

Test(graph, a_block_kernel_of_constants_is_a_constant) {
    static const moat_kernel kernel = {"halve", halve};
    moat_node in = moat_graph_constant(graph, 5, dim("$"), &error), out;
    double value = 0;
    moat_dim money = dim("$");
    cr_assert_eq(moat_graph_call(graph, &kernel, NULL, NULL, 1, &in, 1, &money, &out, &error),
                 MOAT_OK);
    cr_assert(moat_node_is_constant(graph, out, &value));
    cr_assert_eq(value, 2.5);
    cr_assert_eq(moat_node_dim(graph, out), money);
}

Test(graph, what_is_no_node_is_refused) {
    const moat_node a = input("1"), strange[] = {MOAT_NO_NODE, a + 1, UINT32_MAX};
    static const moat_kernel kernel = {"test", no_run};
    moat_program *program = NULL;
    moat_dim plain = 0;
    moat_node out;
    for (size_t i = 0; i < 3; i++) {
        cr_assert_not(moat_graph_binary(graph, MOAT_ADD, a, strange[i], &error));
        cr_assert_eq(error.status, MOAT_INVALID);
        cr_assert_eq(
            moat_graph_call(graph, &kernel, NULL, NULL, 1, &strange[i], 1, &plain, &out, &error),
            MOAT_INVALID);
        cr_assert_eq(moat_compile(graph, &a, 1, &strange[i], &program, &error), MOAT_INVALID);
        cr_assert_eq(moat_compile(graph, &strange[i], 1, &a, &program, &error), MOAT_INVALID);
    }
    cr_assert_not(moat_graph_add(graph, MOAT_DRAW_U, NULL, &error));
    cr_assert_not(moat_graph_add(graph, MOAT_OP_COUNT, &a, &error));
    cr_assert_eq(error.status, MOAT_INVALID);
}

Test(graph, nodes_can_be_looked_at) {
    moat_node a = input("$"), b = input("$"), operands[3] = {0, 0, 0};
    moat_node sum = moat_graph_binary(graph, MOAT_ADD, a, b, &error);
    cr_assert_eq(moat_node_op(graph, a), MOAT_INPUT);
    cr_assert_eq(moat_node_op(graph, sum), MOAT_ADD);
    cr_assert_eq(moat_node_operands(graph, sum, operands), 2);
    cr_assert(operands[0] == a && operands[1] == b && operands[2] == 0);
    cr_assert_eq(moat_node_operands(graph, a, operands), 0);
}

Test(graph, nodes_print) {
    char text[96];
    moat_node x = input("$"), y = quantity(2.5, "$");
    moat_node sum = moat_graph_binary(graph, MOAT_ADD, x, y, &error);
    moat_node_print(graph, sum, text, sizeof text);
    cr_assert_str_eq(text, "%3 = add %1 %2");
    moat_node_print(graph, y, text, sizeof text);
    cr_assert_str_eq(text, "%2 = constant 2.5");
    moat_node_print(graph, source("price", 7).normal, text, sizeof text);
    cr_assert_str_eq(text, "%5 = normal \"price\" 7");
    cr_assert_eq(moat_node_print(graph, sum, text, 4), 14);
    cr_assert_str_eq(text, "%3 ");
}
