/* What summaries cost a value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { VALUES = 100000, BINS = 40 };

/* A column, which the cases of one distribution share: the first owns it. */
static void summarise(void *context) {
    moat_error error;
    moat_summary summary;
    bench_check(moat_summarise(VALUES, moat_columns_get(context, 0), &summary, &error), &error);
}

static void find_median(void *context) {
    static const double half = 0.5;
    moat_error error;
    double median;
    bench_check(moat_quantiles(VALUES, moat_columns_get(context, 0), 1, &half, &median, &error),
                &error);
}

static void count_bins(void *context) {
    size_t counts[BINS];
    moat_histogram(VALUES, moat_columns_get(context, 0), 0, 5, BINS, counts);
}

static void release(void *context) {
    moat_columns_free(context);
}

static moat_columns *column_of(bench *suite, const char *text) {
    moat_error error;
    moat_literal literal;
    moat_program *program;
    moat_columns *columns;
    moat_graph *graph = bench_graph(suite);
    bench_check(moat_literal_parse(graph, text, strlen(text), &literal, &error), &error);
    const moat_node drawn =
        bench_node(moat_dist_draw(graph, literal.dist, bench_source(suite, 0), &error), &error);
    bench_check(moat_compile(graph, NULL, 1, &drawn, &program, &error), &error);
    const moat_run run = {.seed = 1, .samples = VALUES, .threads = 1};
    bench_check(moat_evaluate(program, &run, &columns, &error), &error);
    moat_program_free(program);
    return columns;
}

static void add(bench *suite, const char *what, const char *of, void (*run)(void *),
                moat_columns *columns, bool owner) {
    bench_case added = {.group = "summary of 100,000 values",
                        .per = "value",
                        .count = VALUES,
                        .base = BENCH_NO_BASE,
                        .run = run,
                        .context = columns,
                        .release = owner ? release : NULL};
    snprintf(added.name, sizeof added.name, "%s, %s", what, of);
    bench_add(suite, &added);
}

void bench_add_summaries(bench *suite) {
    static const char *const texts[] = {"normal(3, 1)", "lognormal(0, 3)", "poisson(4)"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        moat_columns *columns = column_of(suite, texts[i]);
        add(suite, "summary", texts[i], summarise, columns, true);
        add(suite, "median", texts[i], find_median, columns, false);
        add(suite, "histogram", texts[i], count_bins, columns, false);
    }
}
