/* What each operation costs a lane, and what a call of a block kernel costs.
 *
 * The columns that are worked on come in groups of a few, so that all of a group's stay in
 * the first cache. The base of a case has the groups and not the operation. */
#include <stdio.h>

#include "bench.h"

enum { GROUPS = 128, COLUMNS = 4 };

/* Columns of different numbers in (0, 1), where every operation has a value. */
static void make_columns(const void *context, const double *const *inputs, double *const *outputs,
                         size_t lanes) {
    (void)context;
    for (size_t column = 0; column < COLUMNS; column++)
        for (size_t i = 0; i < lanes; i++)
            outputs[column][i] = inputs[0][i] * (1 - 0.125 * (double)column);
}

static const moat_kernel columns_kernel = {"columns", make_columns};

/* Calls with another context are other calls. */
static void group_columns(bench *suite, size_t group, moat_node columns[COLUMNS]) {
    static const char contexts[GROUPS];
    static const moat_dim plain[COLUMNS];
    moat_error error;
    const moat_node from = bench_source(suite, 0).uniform;
    bench_check(moat_graph_call(bench_graph(suite), &columns_kernel, (void *)&contexts[group], NULL,
                                1, &from, COLUMNS, plain, columns, &error),
                &error);
}

/* One operation: `scalars` has a bit for each operand that is a number. */
typedef struct form {
    moat_op op;
    unsigned arity, scalars;
} form;

static moat_node operate(bench *suite, const form *f, const moat_node *columns, size_t column) {
    moat_error error;
    moat_graph *graph = bench_graph(suite);
    moat_node operands[3];
    for (unsigned i = 0; i < f->arity; i++) {
        const bool is_number = f->scalars >> i & 1;
        operands[i] = is_number
                          ? moat_graph_constant(graph, 0.71 - 0.1 * i, MOAT_DIMENSIONLESS, &error)
                          : columns[(column + i) % COLUMNS];
    }
    return bench_node(moat_graph_add(graph, f->op, operands, &error), &error);
}

/* All groups, with the operation on each of their columns or, where f is NULL, without. */
static moat_node all_groups(bench *suite, const form *f) {
    moat_node last = MOAT_NO_NODE;
    for (size_t group = 0; group < GROUPS; group++) {
        moat_node columns[COLUMNS], results[COLUMNS];
        group_columns(suite, group, columns);
        for (size_t i = 0; i < COLUMNS; i++)
            results[i] = f != NULL ? operate(suite, f, columns, i) : columns[i];
        last = bench_consume(suite, COLUMNS, results, last);
    }
    return last;
}

static void add_operation(bench *suite, const form *f, size_t base) {
    static const char *const operands[4] = {"", " of a number and a column",
                                            " of a column and a number", " of numbers"};
    const moat_op_info *info = moat_op_describe(f->op);
    bench_case added = {
        .group = "operation", .per = "lane", .count = GROUPS * COLUMNS, .base = base};
    const char *what =
        f->arity == 3 ? (f->scalars ? " between numbers" : "") : operands[f->scalars];
    snprintf(added.name, sizeof added.name, "%s%s", info->name, what);
    bench_add_evaluation(suite, &added, all_groups(suite, f), MOAT_RANDOM);
}

static void add_forms(bench *suite, moat_op op, size_t base) {
    const unsigned arity = moat_op_describe(op)->arity;
    add_operation(suite, &(form){op, arity, 0}, base);
    if (arity == 2)
        add_operation(suite, &(form){op, arity, 2}, base);
    if (arity == 2 && (op == MOAT_SUB || op == MOAT_DIV || op == MOAT_POW))
        add_operation(suite, &(form){op, arity, 1}, base);
    if (arity == 3)
        add_operation(suite, &(form){op, arity, 6}, base);
}

/* --- Block kernels: one that does nothing shows what a call takes. */

static void do_nothing(const void *context, const double *const *inputs, double *const *outputs,
                       size_t lanes) {
    (void)context, (void)inputs, (void)outputs, (void)lanes;
}

static const moat_kernel empty_kernel = {"nothing", do_nothing};

enum { CALLS = 256, INPUTS = 4 };

static void add_calls(bench *suite, const char *name, size_t uniform_inputs) {
    static const char contexts[2][CALLS];
    const moat_dim plain = MOAT_DIMENSIONLESS;
    moat_error error;
    moat_graph *graph = bench_graph(suite);
    moat_node inputs[INPUTS], last = bench_source(suite, 0).uniform;
    for (size_t call = 0; call < CALLS; call++) {
        for (size_t i = 0; i < INPUTS; i++)
            inputs[i] = i < uniform_inputs
                            ? moat_graph_constant(graph, 0.5 + (double)i, plain, &error)
                            : bench_source(suite, i).uniform;
        inputs[INPUTS - 1] = last;
        const void *context = &contexts[uniform_inputs > 0][call];
        bench_check(moat_graph_call(graph, &empty_kernel, (void *)context, NULL, INPUTS, inputs, 1,
                                    &plain, &last, &error),
                    &error);
    }
    bench_case added = {.group = "block kernel", .per = "call of 256 lanes", .base = BENCH_NO_BASE};
    snprintf(added.name, sizeof added.name, "%s", name);
    added.count = CALLS / 256.0; /* a block has 256 lanes */
    bench_add_evaluation(suite, &added, last, MOAT_RANDOM);
}

void bench_add_operations(bench *suite) {
    const bench_case without = {.per = "lane", .count = 1, .base = BENCH_NO_BASE};
    const size_t base = bench_add_evaluation(suite, &without, all_groups(suite, NULL), MOAT_RANDOM);
    for (moat_op op = MOAT_NEG; op < MOAT_OP_COUNT; op++)
        add_forms(suite, op, base);
    add_calls(suite, "of four columns", 0);
    add_calls(suite, "of three numbers and a column", INPUTS - 1);
}
