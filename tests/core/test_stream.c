/* Streaming: the bits of summaries and quantiles are those of columns that are kept, whatever
 * the sampling, threads, blocks and chunks, and whatever order the values come in. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "moat/summary.h"
#include "pool.h"

enum { SAMPLES = 70001, WANTED = 4, MOST_ROOTS = 16 };

static const double wanted[WANTED] = {0.005, 0.995, 0, 0.123};

typedef struct figures {
    moat_summary summaries[MOST_ROOTS];
    double quantiles[MOST_ROOTS][WANTED];
} figures;

static void keep(const moat_program *program, size_t roots, moat_run run, figures *kept) {
    moat_columns *columns = evaluate(program, run);
    memset(kept, 0, sizeof *kept);
    cr_assert_eq(moat_summarise_all(columns, run.threads, NULL, kept->summaries, &error), MOAT_OK);
    for (size_t r = 0; r < roots; r++)
        cr_assert_eq(moat_quantiles(run.samples, moat_columns_get(columns, r), WANTED, wanted,
                                    kept->quantiles[r], &error),
                     MOAT_OK);
    moat_columns_free(columns);
}

/* Returns how many roots were evaluated again. */
static size_t stream(const moat_program *program, moat_run run, size_t chunk, figures *streamed) {
    const moat_streaming how = {.chunk = chunk, .wanted = WANTED, .probabilities = wanted};
    moat_streamed to = {.summaries = streamed->summaries, .quantiles = streamed->quantiles[0]};
    memset(streamed, 0, sizeof *streamed);
    cr_assert_eq(moat_summarise_program(program, &run, &how, &to, &error), MOAT_OK, "%s",
                 error.message);
    return to.again;
}

/* The quantiles alone. */
static void expect_quantiles(const moat_program *program, moat_run run, size_t roots,
                             const figures *kept) {
    const moat_streaming how = {.wanted = WANTED, .probabilities = wanted};
    static double quantiles[MOST_ROOTS][WANTED];
    moat_streamed to = {.quantiles = quantiles[0]};
    cr_assert_eq(moat_summarise_program(program, &run, &how, &to, &error), MOAT_OK, "%s",
                 error.message);
    cr_assert_arr_eq(kept->quantiles, quantiles, roots * sizeof *quantiles, "without summaries");
}

static void expect_same(const figures *kept, const figures *streamed, size_t roots,
                        const char *what) {
    for (size_t r = 0; r < roots; r++) {
        const moat_summary *a = &kept->summaries[r], *b = &streamed->summaries[r];
        cr_assert_arr_eq(a, b, sizeof *a, "%s, root %zu: mean %a %a, sd %a %a, median %a %a", what,
                         r, a->mean, b->mean, a->sd, b->sd, a->p50, b->p50);
        cr_assert_arr_eq(kept->quantiles[r], streamed->quantiles[r], sizeof kept->quantiles[r],
                         "%s, root %zu: quantiles", what, r);
    }
}

/* --- Values of every kind. */

static moat_node two(moat_op op, moat_node x, moat_node y) {
    moat_node node = moat_graph_binary(graph, op, x, y, &error);
    cr_assert(node, "%s", error.message);
    return node;
}

static moat_node one(moat_op op, moat_node x) {
    moat_node node = moat_graph_unary(graph, op, x, &error);
    cr_assert(node, "%s", error.message);
    return node;
}

/* Returns how many there are; the last two have squares that overflow and vanish. */
static size_t various(moat_node *roots) {
    const moat_source a = source("a", 1), b = source("b", 2);
    const moat_node heavy = one(MOAT_EXP, two(MOAT_MUL, number(10), b.normal));
    const moat_node all[] = {
        a.normal,
        heavy,
        two(MOAT_LESS, a.uniform, number(0.3)),
        two(MOAT_LESS, b.uniform, number(1e-4)),
        one(MOAT_FLOOR, two(MOAT_MUL, number(7), a.uniform)),
        number(42),
        two(MOAT_ADD, number(1e9), b.uniform),
        /* The logarithm of a negative number, in some samples. */
        one(MOAT_LOG, two(MOAT_ADD, a.normal, number(3.5))),
        /* Infinite where the floor is 0. */
        two(MOAT_DIV, number(1), one(MOAT_FLOOR, two(MOAT_MUL, number(3), b.uniform))),
        two(MOAT_DIV, a.normal, two(MOAT_LESS, b.uniform, number(0.5))),
        two(MOAT_MUL, number(1e300), a.uniform),
        two(MOAT_MUL, number(1e-300), heavy),
    };
    memcpy(roots, all, sizeof all);
    return COUNT(all);
}

Test(stream, bits_are_those_of_kept_columns, .init = start, .fini = stop) {
    static const size_t chunks[] = {0, 1024, 3072, 65536, 131072};
    static const unsigned threads[] = {1, 2, 5}, blocks[] = {0, 16, 1008};
    moat_node roots[MOST_ROOTS];
    const size_t count = various(roots);
    moat_program *program = compile(NULL, count, roots);
    figures kept, streamed;
    for (moat_sampling sampling = MOAT_RANDOM; sampling <= MOAT_SOBOL; sampling++) {
        moat_run run = {.seed = 11, .samples = SAMPLES, .sampling = sampling, .threads = 2};
        keep(program, count, run, &kept);
        cr_assert(kept.summaries[7].nan_count > 0 && kept.summaries[7].nan_count < 100);
        cr_assert(kept.summaries[8].inf_count > SAMPLES / 4);
        for (size_t i = 0; i < COUNT(chunks) + COUNT(threads); i++) {
            run.threads = threads[i % COUNT(threads)];
            run.block = blocks[i / 2 % COUNT(blocks)];
            const size_t again = stream(program, run, chunks[i % COUNT(chunks)], &streamed);
            expect_same(&kept, &streamed, count, moat_sampling_name(sampling));
            cr_expect_eq(again, 2, "%s: %zu roots evaluated again", moat_sampling_name(sampling),
                         again);
        }
        expect_quantiles(program, run, count, &kept);
    }
    moat_program_free(program);
}

Test(stream, any_number_of_samples, .init = start, .fini = stop) {
    static const size_t counts[] = {1, 2, 15, 1023, 1024, 1025, 2049, 9999, 20481};
    moat_node roots[MOST_ROOTS];
    const size_t count = various(roots);
    moat_program *program = compile(NULL, count, roots);
    figures kept, streamed;
    for (size_t i = 0; i < COUNT(counts); i++) {
        const moat_run run = {.seed = i, .samples = counts[i], .threads = 2};
        keep(program, count, run, &kept);
        stream(program, run, 1024, &streamed);
        expect_same(&kept, &streamed, count, "few samples");
    }
    moat_program_free(program);
}

Test(stream, bits_do_not_depend_on_the_processor, .init = start, .fini = stop) {
    static const char *const sets[] = {"baseline", "avx2", "avx512"};
    moat_node roots[MOST_ROOTS];
    const size_t count = various(roots);
    moat_program *program = compile(NULL, count, roots);
    const moat_run run = {.seed = 3, .samples = SAMPLES};
    figures kept, streamed;
    keep(program, count, run, &kept);
    for (size_t i = 0; i < COUNT(sets); i++) {
        setenv("MOAT_ISA", sets[i], 1);
        if (moat_isa_check(NULL) == MOAT_OK) {
            stream(program, run, 0, &streamed);
            expect_same(&kept, &streamed, count, sets[i]);
        }
        unsetenv("MOAT_ISA");
    }
    moat_program_free(program);
}

/* --- Values in an order: a kernel that finds the sample's number from its draw. */

typedef struct place {
    double draw;
    size_t sample;
} place;

static int by_draw(const void *a, const void *b) {
    const double x = ((const place *)a)->draw, y = ((const place *)b)->draw;
    return (x > y) - (x < y);
}

static void ascending(const void *context, const double *const *in, double *const *out,
                      size_t lanes) {
    const place *places = context;
    for (size_t i = 0; i < lanes; i++) {
        const place wanted_place = {.draw = in[0][i]};
        const place *at = bsearch(&wanted_place, places, SAMPLES, sizeof *places, by_draw);
        const double number = at ? (double)at->sample : -1;
        out[0][i] = number;
        out[1][i] = -number;
        out[2][i] = number < SAMPLES / 2 ? in[0][i] : 5 + in[0][i];
        out[3][i] = number < SAMPLES - 1000 ? 0 : number;
        out[4][i] = number == SAMPLES - 1 ? NAN : number;
        out[5][i] = number == SAMPLES - 1 ? INFINITY : in[0][i];
    }
}

Test(stream, values_in_an_order_are_evaluated_again, .init = start, .fini = stop) {
    enum { ORDERS = 6 };
    static const moat_kernel kernel = {"ascending", ascending};
    static place places[SAMPLES];
    const moat_run run = {.seed = 5, .samples = SAMPLES, .threads = 2};
    const moat_node draw = source("draw", 0).uniform;
    moat_columns *draws = compute(NULL, 1, &draw, run);
    for (size_t i = 0; i < SAMPLES; i++)
        places[i] = (place){moat_columns_get(draws, 0)[i], i};
    moat_columns_free(draws);
    qsort(places, SAMPLES, sizeof *places, by_draw);

    moat_dim plain[ORDERS] = {MOAT_DIMENSIONLESS};
    moat_node roots[ORDERS + 1] = {draw};
    for (size_t i = 0; i < ORDERS; i++)
        plain[i] = MOAT_DIMENSIONLESS;
    cr_assert_eq(
        moat_graph_call(graph, &kernel, places, NULL, 1, &draw, ORDERS, plain, roots + 1, &error),
        MOAT_OK, "%s", error.message);
    moat_program *program = compile(NULL, ORDERS + 1, roots);
    figures kept, streamed;
    keep(program, ORDERS + 1, run, &kept);
    cr_assert_eq(kept.summaries[1].max, SAMPLES - 1);
    const size_t again = stream(program, run, 4096, &streamed);
    expect_same(&kept, &streamed, ORDERS + 1, "in an order");
    cr_expect(again >= 3 && again <= 4, "%zu roots evaluated again", again);
    moat_program_free(program);
}

/* --- What is called, refused, stopped. */

typedef struct visits {
    const moat_columns *kept;
    size_t next, stop_at;
    double part; /* of the run, last reported */
} visits;

static moat_status visit(void *context, size_t first, size_t count, const moat_columns *columns,
                         moat_error *why) {
    visits *v = context;
    cr_assert_eq(first, v->next, "chunks come in order");
    for (size_t r = 0; r < moat_columns_count(columns); r++)
        cr_assert_arr_eq(moat_columns_get(columns, r), moat_columns_get(v->kept, r) + first,
                         count * sizeof(double), "samples %zu ..", first);
    v->next += count;
    return v->next > v->stop_at ? moat_fail(why, MOAT_SYSTEM, "enough") : MOAT_OK;
}

static void report(void *context, double part) {
    visits *v = context;
    cr_assert(part >= v->part && part <= 1, "%g after %g", part, v->part);
    v->part = part;
}

Test(stream, chunks_are_visited_once_in_order, .init = start, .fini = stop) {
    const moat_node roots[] = {source("a", 0).normal, number(3)};
    moat_summary summaries[2];
    moat_program *program = compile(NULL, 2, roots);
    moat_run run = {.samples = 10000};
    visits v = {.kept = evaluate(program, run), .stop_at = SIZE_MAX};
    moat_streaming how = {.chunk = 2048, .visit = visit, .visit_context = &v};
    moat_streamed to = {.summaries = summaries};
    run.progress = report;
    run.progress_context = &v;
    cr_assert_eq(moat_summarise_program(program, &run, &how, &to, &error), MOAT_OK);
    cr_expect_eq(v.next, 10000);
    cr_expect_eq(v.part, 1);
    cr_expect(to.evaluate_ms > 0 && to.summarise_ms > 0 && to.allocate_ms > 0);
    v.next = 0;
    v.part = 0;
    v.stop_at = 4000;
    cr_expect_eq(moat_summarise_program(program, &run, &how, &to, &error), MOAT_SYSTEM);
    cr_expect_str_eq(error.message, "enough");
    cr_expect_eq(v.next, 4096, "not visited after it failed");
    moat_columns_free((moat_columns *)v.kept);
    moat_program_free(program);
}

Test(stream, what_has_no_meaning_is_refused, .init = start, .fini = stop) {
    const moat_node root = source("a", 0).normal;
    moat_program *program = compile(NULL, 1, &root), *empty = compile(NULL, 0, &root);
    const double bad = 1.5;
    double quantile;
    moat_summary summary;
    moat_streamed to = {.summaries = &summary, .quantiles = &quantile};
    const moat_run run = {.samples = 10}, none = {.samples = 0}, odd = {.samples = 9, .block = 9};
    const moat_streaming chunk = {.chunk = 1000},
                         probability = {.wanted = 1, .probabilities = &bad};
    cr_expect_eq(moat_summarise_program(program, &none, NULL, &to, &error), MOAT_INVALID);
    cr_expect_eq(moat_summarise_program(program, &odd, NULL, &to, &error), MOAT_INVALID);
    cr_expect_eq(moat_summarise_program(program, &run, &chunk, &to, &error), MOAT_INVALID);
    cr_expect(strstr(error.message, "1000"), "%s", error.message);
    cr_expect_eq(moat_summarise_program(program, &run, &probability, &to, &error), MOAT_INVALID);
    cr_expect(strstr(error.message, "probability"), "%s", error.message);
    cr_expect_eq(moat_summarise_program(empty, &run, NULL, &to, &error), MOAT_OK);
    atomic_int cancel;
    atomic_init(&cancel, 1);
    moat_run stopped = run;
    stopped.cancel = &cancel;
    cr_expect_eq(moat_summarise_program(program, &stopped, NULL, &to, &error), MOAT_INTERRUPTED);
    moat_program_free(program);
    moat_program_free(empty);
}
