/* Whatever floating-point environment the calling program has set, results have the same bits
 * and the settings are left as they were. */
#define _GNU_SOURCE /* feenableexcept */
#include <criterion/criterion.h>
#include <fenv.h>
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "moat/sample.h"
#include "moat/summary.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
enum { FLUSH_SUBNORMALS = 0x8040 }; /* FTZ and DAZ */
static void flush_subnormals(void) {
    _mm_setcsr(_mm_getcsr() | FLUSH_SUBNORMALS);
}
static unsigned controls(void) {
    return _mm_getcsr() & ~(unsigned)_MM_EXCEPT_MASK;
}
#else
static void flush_subnormals(void) {}
static unsigned controls(void) {
    return 0;
}
#endif

enum { TRAPPED = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW };

static const struct setting {
    const char *name;
    int rounding, trapped;
    bool flush;
} settings[] = {
    {"the default", FE_TONEAREST, 0, false},
    {"subnormals flushed", FE_TONEAREST, 0, true},
    {"rounding up", FE_UPWARD, 0, false},
    {"rounding down", FE_DOWNWARD, 0, false},
    {"rounding towards zero", FE_TOWARDZERO, 0, false},
    {"exceptions trapped", FE_TONEAREST, TRAPPED, false},
    {"all at once", FE_UPWARD, TRAPPED, true},
};

static void set(const struct setting *setting) {
    fesetenv(FE_DFL_ENV);
    fesetround(setting->rounding);
    if (setting->flush)
        flush_subnormals();
    if (setting->trapped)
        feenableexcept(setting->trapped);
}

/* What a call must leave as it was. */
typedef struct seen {
    int rounding, trapped;
    unsigned controls;
} seen;

static seen look(void) {
    return (seen){fegetround(), fegetexcept(), controls()};
}

/* --- Work that depends on the environment, each piece through the public API. */

static moat_node must(moat_node node) {
    cr_assert(node, "%s", error.message);
    return node;
}

static moat_node unary(moat_op op, moat_node a) {
    return must(moat_graph_unary(graph, op, a, &error));
}

static moat_node binary(moat_op op, moat_node a, moat_node b) {
    return must(moat_graph_binary(graph, op, a, b, &error));
}

static moat_node drawn(const char *literal) {
    moat_literal parsed;
    cr_assert_eq(moat_literal_parse(graph, literal, strlen(literal), &parsed, &error), MOAT_OK,
                 "%s: %s", literal, error.message);
    return must(moat_dist_draw(graph, parsed.dist, source(literal, 0), &error));
}

static moat_node literal_value(const char *literal) {
    moat_literal parsed;
    cr_assert_eq(moat_literal_parse(graph, literal, strlen(literal), &parsed, &error), MOAT_OK,
                 "%s: %s", literal, error.message);
    return number(parsed.value);
}

enum { ROOTS = 13, SAMPLES = 3000, PROBABILITIES = 3 };

/* Inexact, subnormal and exceptional values, folded and evaluated. */
static void make_roots(moat_node roots[ROOTS]) {
    const moat_node u = source("u", 0).uniform, z = source("u", 0).normal, x = input("1");
    const moat_node tiny = number(1e-300), third = binary(MOAT_DIV, number(1), number(3));
    const moat_node small = binary(MOAT_MUL, tiny, number(3e-10));
    const moat_node made[] = {
        third,
        small,
        binary(MOAT_MUL, binary(MOAT_MUL, u, tiny), number(1e-10)),
        binary(MOAT_DIV, u, number(3)),
        binary(MOAT_ADD, unary(MOAT_EXP, z), third),
        binary(MOAT_DIV, u, binary(MOAT_SUB, u, u)),
        unary(MOAT_LOG, binary(MOAT_SUB, u, number(0.5))),
        binary(MOAT_MUL, unary(MOAT_EXP, x), u), /* the preamble computes exp(x) */
        drawn("0.1 to 0.7"),
        drawn("pert(1, 3, 10)"),
        drawn("gamma(2.5, 0.3)"),
        literal_value("0.1 %"),
        binary(MOAT_POW, u, binary(MOAT_DIV, number(1), number(7))),
    };
    memcpy(roots, made, sizeof made);
}

static uint64_t mix(uint64_t digest, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return moat_digest_mix(digest, isnan(value) ? 0 : bits);
}

static uint64_t mix_summary(uint64_t digest, const moat_summary *s) {
    const double figures[] = {s->mean, s->sd,  s->mcse, s->p5,  s->p25,
                              s->p50,  s->p75, s->p95,  s->min, s->max};
    for (size_t i = 0; i < COUNT(figures); i++)
        digest = mix(digest, figures[i]);
    return moat_digest_mix(digest, s->digest);
}

/* --- Distributions, units and the rest that computes values. */

static moat_dist made(moat_dist dist) {
    cr_assert(dist, "%s", error.message);
    return dist;
}

/* Constants: what the test itself computes would depend on the environment. */
static uint64_t mix_dist(uint64_t digest, moat_dist dist) {
    static const double p[] = {0.07, 0.18, 0.29, 0.41, 0.63, 0.85, 0.96};
    static const double x[] = {0.21, 0.4, 0.77, 1.3, 1.9, 2.6, 3.3};
    for (size_t i = 0; i < COUNT(p); i++) {
        digest = mix(digest, moat_dist_quantile(graph, dist, p[i]));
        digest = mix(digest, moat_dist_probability(graph, dist, x[i]));
    }
    return digest;
}

static uint64_t mix_dists(uint64_t digest) {
    static const double p[] = {0.1, 0.35, 0.6, 0.9}, x[] = {1, 1.7, 2.2, 4.1}, w[] = {0.1, 0.7};
    const moat_node shape_scale[] = {number(2.3), number(0.7)};
    const moat_dist parts[] = {
        made(moat_dist_interval(graph, 0.3, 1.7, 0.9, MOAT_DIMENSIONLESS, &error)),
        made(moat_dist_new(graph, MOAT_GAMMA, shape_scale, 1, MOAT_DIMENSIONLESS, &error))};
    const moat_dist mixed = made(moat_dist_mixture(graph, 2, parts, w, &error));
    const moat_dist others[] = {
        parts[0],
        parts[1],
        mixed,
        made(moat_dist_truncate(graph, mixed, 0.2, 2, &error)),
        made(moat_dist_points(graph, MOAT_METALOG, 4, x, p, MOAT_DIMENSIONLESS, &error)),
        made(moat_dist_points(graph, MOAT_DISCRETE, 4, x, p, MOAT_DIMENSIONLESS, &error))};
    for (size_t i = 0; i < COUNT(others); i++)
        digest = mix_dist(digest, others[i]);
    return digest;
}

static uint64_t mix_correlated(uint64_t digest) {
    static const char *const names[] = {"a", "b", "c"};
    static const moat_correlation pairs[] = {{0, 1, 0.7}, {1, 2, 0.3}, {0, 2, 0.1}};
    moat_source sources[3];
    cr_assert_eq(moat_graph_correlate(graph, 3, names, 3, pairs, sources, &error), MOAT_OK);
    for (moat_node node = 1; node <= moat_graph_size(graph); node++) {
        double value;
        if (moat_node_is_constant(graph, node, &value))
            digest = mix(digest, value);
    }
    return digest;
}

static uint64_t mix_units(uint64_t digest) {
    static const char *const texts[] = {"$/kWh/mo", "crumb/s", "1/quarter^0.5"};
    const moat_status defined = moat_unit_define(units, "crumb", 0x1.2345678p-3, dim("$"), &error);
    cr_assert_eq(defined, MOAT_OK);
    for (size_t i = 0; i < COUNT(texts); i++) {
        moat_unit unit;
        cr_assert_eq(moat_unit_parse(units, texts[i], strlen(texts[i]), &unit, &error), MOAT_OK);
        digest = mix(digest, moat_unit_factor(units, unit));
    }
    return digest;
}

static uint64_t mix_histogram(uint64_t digest) {
    enum { BINS = 7, VALUES = 700 };
    double values[VALUES];
    size_t counts[BINS];
    for (int i = 0; i < VALUES; i++)
        values[i] = (double)i / 1024; /* exact, and some are edges */
    moat_histogram(VALUES, values, 0, 700.0 / 1024, BINS, counts);
    for (size_t i = 0; i < BINS; i++)
        digest = moat_digest_mix(digest, counts[i]);
    return digest;
}

static uint64_t mix_others(uint64_t digest) {
    return mix_histogram(mix_units(mix_correlated(mix_dists(digest))));
}

/* Of every value and summary, under the environment in force. */
static uint64_t results_digest(unsigned threads) {
    static const double probabilities[PROBABILITIES] = {0.1, 0.333, 0.9};
    double quantiles[PROBABILITIES];
    moat_summary all[ROOTS], one;
    moat_node roots[ROOTS], definition;
    uint64_t digest = 0;
    stop();
    start();
    make_roots(roots);
    definition = number(0.7);
    moat_columns *columns =
        compute(&definition, ROOTS, roots,
                (moat_run){.seed = 3, .samples = SAMPLES, .threads = threads, .block = 64});
    cr_assert_eq(moat_summarise_all(columns, threads, NULL, all, &error), MOAT_OK);
    for (size_t i = 0; i < ROOTS; i++) {
        const double *values = moat_columns_get(columns, i);
        cr_assert_eq(moat_summarise(SAMPLES, values, &one, &error), MOAT_OK);
        cr_assert_eq(
            moat_quantiles(SAMPLES, values, PROBABILITIES, probabilities, quantiles, &error),
            MOAT_OK);
        digest = mix_summary(mix_summary(digest, &all[i]), &one);
        for (size_t q = 0; q < PROBABILITIES; q++)
            digest = mix(digest, quantiles[q]);
    }
    moat_columns_free(columns);
    return mix_others(digest);
}

TestSuite(environment, .init = start, .fini = stop);

Test(environment, bits_do_not_depend_on_the_callers) {
    static const unsigned threads[] = {1, 3};
    const uint64_t expected = results_digest(1);
    for (size_t i = 0; i < COUNT(settings); i++) {
        for (size_t t = 0; t < COUNT(threads); t++) {
            set(&settings[i]);
            const uint64_t digest = results_digest(threads[t]);
            fesetenv(FE_DFL_ENV);
            cr_expect_eq(digest, expected, "%s, %u threads: another digest", settings[i].name,
                         threads[t]);
        }
    }
}

static moat_status fail_to_evaluate(void) {
    moat_node root = source("u", 0).uniform;
    moat_program *program = compile(NULL, 1, &root);
    moat_columns *columns = NULL;
    const moat_run run = {.samples = 9, .block = 100};
    const moat_status status = moat_evaluate(program, &run, &columns, &error);
    moat_program_free(program);
    return status;
}

Test(environment, the_callers_is_left_as_it_was) {
    for (size_t i = 0; i < COUNT(settings); i++) {
        set(&settings[i]);
        const seen before = look();
        results_digest(2);
        const moat_status failed = fail_to_evaluate();
        const seen after = look();
        fesetenv(FE_DFL_ENV);
        cr_expect_eq(failed, MOAT_INVALID);
        cr_expect(before.rounding == after.rounding && before.trapped == after.trapped &&
                      before.controls == after.controls,
                  "%s: rounding %d became %d, traps %x %x, controls %x %x", settings[i].name,
                  before.rounding, after.rounding, (unsigned)before.trapped,
                  (unsigned)after.trapped, before.controls, after.controls);
    }
}

/* The settings of this test do change what plain arithmetic gives; else it would show
 * nothing. */
Test(environment, the_settings_matter) {
    volatile double one = 1, three = 3, tiny = 1e-300, small = 1e-10;
    const double third = one / three;
    double differs[COUNT(settings)];
    for (size_t i = 0; i < COUNT(settings); i++) {
        set(&settings[i]);
        const volatile double quotient = one / three, subnormal = tiny * small;
        fesetenv(FE_DFL_ENV);
        differs[i] = quotient != third || subnormal == 0;
    }
    cr_expect_eq(differs[0], 0);
    cr_expect_eq(differs[2], 1, "rounding up");
#if defined(__x86_64__)
    cr_expect_eq(differs[1], 1, "subnormals flushed");
#endif
}
