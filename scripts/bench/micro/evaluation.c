/* Cases that evaluate a program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

typedef struct evaluation {
    moat_program *program;
    moat_columns *columns;
    moat_run run;
} evaluation;

static void run(void *context) {
    moat_error error;
    evaluation *e = context;
    bench_check(moat_evaluate_into(e->program, &e->run, e->columns, &error), &error);
}

static void release(void *context) {
    evaluation *e = context;
    moat_program_free(e->program);
    moat_columns_free(e->columns);
    free(e);
}

size_t bench_add_evaluation(bench *suite, const bench_case *described, moat_node root,
                            moat_sampling sampling) {
    moat_error error;
    evaluation *e = bench_allocate(sizeof *e);
    bench_case added = *described;
    e->run = (moat_run){.seed = 1, .samples = BENCH_SAMPLES, .sampling = sampling, .threads = 1};
    bench_check(moat_compile(bench_graph(suite), NULL, 1, &root, &e->program, &error), &error);
    bench_check(moat_columns_new(1, BENCH_SAMPLES, 1, &e->columns, &error), &error);
    added.count *= BENCH_SAMPLES;
    added.run = run;
    added.context = e;
    added.release = release;
    return bench_add(suite, &added);
}

static void write_zero(const void *context, const double *const *inputs, double *const *outputs,
                       size_t lanes) {
    (void)context, (void)inputs;
    memset(outputs[0], 0, lanes * sizeof *outputs[0]);
}

static const moat_kernel sink = {"consume", write_zero};

moat_node bench_consume(bench *suite, size_t count, const moat_node *nodes, moat_node after) {
    enum { MOST = 16 };
    const moat_dim plain = MOAT_DIMENSIONLESS;
    moat_error error;
    moat_node inputs[MOST + 1], output;
    if (count > MOST)
        bench_fail("too many nodes to consume at once");
    memcpy(inputs, nodes, count * sizeof *nodes);
    if (after != MOAT_NO_NODE)
        inputs[count++] = after;
    bench_check(moat_graph_call(bench_graph(suite), &sink, NULL, NULL, count, inputs, 1, &plain,
                                &output, &error),
                &error);
    return output;
}

moat_source bench_source(bench *suite, size_t index) {
    moat_error error;
    moat_source source;
    bench_check(moat_graph_source(bench_graph(suite), "bench", (uint32_t)index, &source, &error),
                &error);
    return source;
}
