/* What is drawn follows its law: every family under every sampling, by the largest distance of the
 * empirical distribution function (Kolmogorov-Smirnov), and by mean and variance. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "kinds.h"
#include "moat/sample.h"

TestSuite(samplers, .init = start, .fini = stop);

enum { SAMPLES = 1 << 14, MOST = 40 };

static const double pi = 3.14159265358979323846;

typedef struct row {
    char name[40];
    moat_dist dist;
    double mean, variance; /* NaN where they have no closed form or do not exist */
} row;

static row rows[MOST];
static size_t count;

static moat_dist add(moat_dist dist, const char *name, double mean, double variance) {
    cr_assert(dist != MOAT_NO_DIST && count < MOST, "%s: %s", name, error.message);
    rows[count] = (row){.dist = dist, .mean = mean, .variance = variance};
    strcpy(rows[count++].name, name);
    return dist;
}

static moat_dist family(moat_family which, double a, double b, double c, double mean,
                        double variance) {
    const moat_node parameters[3] = {number(a), number(b), number(c)};
    const moat_dist dist = moat_dist_new(graph, which, parameters, 1, MOAT_DIMENSIONLESS, &error);
    return add(dist, moat_family_describe(which)->name, mean, variance);
}

static void add_composites(void) {
    static const double x[] = {3, -1, 8, 0.5}, w[] = {1, 2, 3, 4}, p[] = {0.1, 0.4, 0.7, 0.9};
    static const double up[] = {1, 2, 4, 9};
    moat_dist parts[2] = {family(MOAT_NORMAL, 0, 1, 0, 0, 1), family(MOAT_NORMAL, 6, 2, 0, 6, 4)};
    add(moat_dist_mixture(graph, 2, parts, (double[]){1, 3}, &error), "mixture", 4.5,
        0.25 * 1 + 0.75 * (4 + 36) - 4.5 * 4.5);
    add(moat_dist_truncate(graph, parts[0], 0, (double)INFINITY, &error), "truncated", sqrt(2 / pi),
        1 - 2 / pi);
    add(moat_dist_points(graph, MOAT_DISCRETE, 4, x, w, 0, &error), "discrete", 2.7,
        0.1 * 9 + 0.2 * 1 + 0.3 * 64 + 0.4 * 0.25 - 2.7 * 2.7);
    add(moat_dist_points(graph, MOAT_EMPIRICAL, 4, x, NULL, 0, &error), "empirical", 2.625,
        (9 + 1 + 64 + 0.25) / 4 - 2.625 * 2.625);
    add(moat_dist_points(graph, MOAT_METALOG, 4, up, p, 0, &error), "metalog", (double)NAN,
        (double)NAN);
}

static void add_all(void) {
    const double nan = (double)NAN, e = exp(0.25);
    count = 0;
    family(MOAT_LOGNORMAL, 0, 0.5, 0, sqrt(e), (e - 1) * e);
    family(MOAT_UNIFORM, -1, 5, 0, 2, 3);
    family(MOAT_TRIANGULAR, 0, 1, 5, 2, 21 / 18.0);
    family(MOAT_PERT, 0, 1, 7, 11 / 6.0, 11 / 6.0 * (7 - 11 / 6.0) / 7);
    family(MOAT_BETA, 0.5, 0.7, 0, 0.5 / 1.2, 0.35 / (1.44 * 2.2));
    family(MOAT_GAMMA, 0.3, 2, 0, 0.6, 1.2);
    family(MOAT_GAMMA, 1200, 1, 0, 1200, 1200);
    family(MOAT_EXPONENTIAL, 2, 0, 0, 2, 4);
    family(MOAT_WEIBULL, 2, 1, 0, sqrt(pi) / 2, 1 - pi / 4);
    family(MOAT_STUDENT_T, 1, 0, 0, nan, nan);
    family(MOAT_STUDENT_T, 12, 0, 0, 0, 1.2);
    family(MOAT_BERNOULLI, 0.3, 0, 0, 0.3, 0.21);
    family(MOAT_POISSON, 0.2, 0, 0, 0.2, 0.2);
    family(MOAT_POISSON, 300, 0, 0, 300, 300);
    family(MOAT_BINOMIAL, 40, 0.9, 0, 36, 3.6);
    add_composites();
}

/* The largest distance between the distribution function of the sorted values and that of the law,
 * looked at where the first jumps; the second may jump too. */
static double largest_distance(moat_dist dist, const double *sorted) {
    double largest = 0;
    for (size_t first = 0; first < SAMPLES;) {
        size_t past = first + 1;
        while (past < SAMPLES && sorted[past] == sorted[first])
            past++;
        const double x = sorted[first], before = nextafter(x, -(double)INFINITY);
        const double below = moat_dist_probability(graph, dist, before);
        const double up_to = moat_dist_probability(graph, dist, x);
        largest = fmax(largest, fabs((double)past / SAMPLES - up_to));
        largest = fmax(largest, fabs((double)first / SAMPLES - below));
        first = past;
    }
    return largest;
}

static void moments(const double *values, double *mean, double *variance) {
    *mean = *variance = 0;
    for (size_t i = 0; i < SAMPLES; i++)
        *mean += values[i] / SAMPLES;
    for (size_t i = 0; i < SAMPLES; i++)
        *variance += (values[i] - *mean) * (values[i] - *mean) / SAMPLES;
}

/* Random samples are as far off as chance has it; one sample in each of n equal slices of
 * probability is a slice off, whatever the law. */
static void expect_law(const row *r, moat_sampling sampling, double *values) {
    double mean, variance;
    const char *how = moat_sampling_name(sampling);
    const double root = sqrt(SAMPLES), sd = sqrt(r->variance);
    moments(values, &mean, &variance);
    sort_values(SAMPLES, values);
    const double distance = largest_distance(r->dist, values);
    const double most = sampling == MOAT_RANDOM ? 1.95 / root : 1.001 / SAMPLES;
    cr_expect_leq(distance, most, "%s, %s: distance %g, at most %g", r->name, how, distance, most);
    if (isnan(r->mean))
        return;
    const double off = sampling == MOAT_RANDOM ? 4 / root : 0.02 / root;
    cr_expect_leq(fabs(mean - r->mean), off * sd * 4, "%s, %s: mean %g, not %g", r->name, how, mean,
                  r->mean);
    const double spread = sampling == MOAT_RANDOM ? 0.1 : 0.02;
    cr_expect_leq(fabs(variance / r->variance - 1), spread, "%s, %s: variance %g, not %g", r->name,
                  how, variance, r->variance);
}

Test(samplers, follow_their_laws) {
    double *values = malloc(SAMPLES * sizeof *values);
    cr_assert(values);
    add_all();
    for (moat_sampling sampling = MOAT_RANDOM; sampling <= MOAT_SOBOL; sampling++) {
        moat_node roots[MOST];
        for (size_t i = 0; i < count; i++) {
            const char name[] = {'x', (char)('a' + i), '\0'};
            roots[i] = moat_dist_draw(graph, rows[i].dist, source(name, 0), &error);
            cr_assert(roots[i], "%s: %s", rows[i].name, error.message);
        }
        moat_columns *columns = compute(
            NULL, count, roots, (moat_run){.seed = 3, .samples = SAMPLES, .sampling = sampling});
        for (size_t i = 0; i < count; i++) {
            memcpy(values, moat_columns_get(columns, i), SAMPLES * sizeof *values);
            expect_law(&rows[i], sampling, values);
        }
        moat_columns_free(columns);
    }
    free(values);
}

/* The standard normal and the uniform draws themselves, over more seeds. */
Test(samplers, draws_of_many_seeds) {
    enum { SEEDS = 60 };
    double *values = malloc(SAMPLES * sizeof *values), statistic[SEEDS];
    cr_assert(values);
    count = 0;
    const moat_dist normal = family(MOAT_NORMAL, 0, 1, 0, 0, 1);
    const moat_node root = source("x", 5).normal;
    moat_program *program = compile(NULL, 1, &root);
    for (size_t i = 0; i < SEEDS; i++) {
        moat_columns *columns =
            evaluate(program, (moat_run){.seed = i, .samples = SAMPLES, .threads = 1});
        memcpy(values, moat_columns_get(columns, 0), SAMPLES * sizeof *values);
        sort_values(SAMPLES, values);
        statistic[i] = sqrt(SAMPLES) * largest_distance(normal, values);
        moat_columns_free(columns);
    }
    /* Kolmogorov's distribution has the quantiles 0.571 (10 %), 0.828 (50 %) and 1.224 (90 %). */
    static const double quantile[] = {0.571, 0.828, 1.224}, part[] = {0.1, 0.5, 0.9};
    for (size_t q = 0; q < 3; q++) {
        size_t below = 0;
        for (size_t i = 0; i < SEEDS; i++)
            below += statistic[i] < quantile[q];
        const double sd = sqrt(SEEDS * part[q] * (1 - part[q]));
        cr_expect_leq(fabs((double)below - SEEDS * part[q]), 3.5 * sd, "%zu of %d below %g", below,
                      SEEDS, quantile[q]);
    }
    moat_program_free(program);
    free(values);
}
