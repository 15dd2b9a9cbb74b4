/* Distributions: quantiles, directly and as programs compute them, against R's library and GSL;
 * what is refused; what is drawn. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dist_table.h"
#include "fixture.h"
#include "moat/sample.h"

TestSuite(dist, .init = start, .fini = stop);

static moat_dist make(moat_family family, double a, double b, double c) {
    moat_node parameters[3] = {number(a), number(b), number(c)};
    moat_dist dist = moat_dist_new(graph, family, parameters, 1, MOAT_DIMENSIONLESS, &error);
    cr_assert(dist, "%s(%g, %g, %g): %s", moat_family_describe(family)->name, a, b, c,
              error.message);
    return dist;
}

/* What a program draws from a distribution where the uniform draw is p[i]. */
static void draw_at(moat_dist dist, size_t count, const double *p, double *x) {
    moat_node *roots = calloc(count, sizeof *roots);
    cr_assert(roots);
    for (size_t i = 0; i < count; i++) {
        moat_source at = {number(p[i]), number(moati_normal_quantile(p[i]))};
        roots[i] = moat_dist_draw(graph, dist, at, &error);
        cr_assert(roots[i], "%s", error.message);
    }
    moat_columns *columns =
        compute(NULL, count, roots, (moat_run){.seed = 1, .samples = 1, .threads = 1});
    for (size_t i = 0; i < count; i++)
        x[i] = moat_columns_get(columns, i)[0];
    moat_columns_free(columns);
    free(roots);
}

static const double probabilities[] = {1e-15,    1e-12,    1e-9,     1e-6,      1e-4,     1e-3,
                                       0.01,     0.05,     0.1,      0.25,      0.4,      0.5,
                                       0.6,      0.75,     0.9,      0.95,      0.99,     1 - 1e-3,
                                       1 - 1e-4, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12, 1 - 1e-15};

/* --- Continuous families: x is right where the reference's tails at x are those asked for;
 * the density turns the difference into one of x. */

typedef struct reference {
    const char *name;
    moat_family family;
    double (*tail)(double x, double a, double b, double c, int lower);
    double (*density)(double x, double a, double b, double c);
} reference;

static double normal_tail(double x, double a, double b, double c, int lower) {
    (void)c;
    return pnorm(x, a, b, lower, 0);
}
static double normal_density(double x, double a, double b, double c) {
    (void)c;
    return dnorm(x, a, b, 0);
}
static double lognormal_tail(double x, double a, double b, double c, int lower) {
    (void)c;
    return plnorm(x, a, b, lower, 0);
}
static double lognormal_density(double x, double a, double b, double c) {
    (void)c;
    return dlnorm(x, a, b, 0);
}
static double uniform_tail(double x, double a, double b, double c, int lower) {
    (void)c;
    return lower ? gsl_cdf_flat_P(x, a, b) : gsl_cdf_flat_Q(x, a, b);
}
static double uniform_density(double x, double a, double b, double c) {
    (void)c;
    return gsl_ran_flat_pdf(x, a, b);
}
static double triangular_tail(double x, double low, double mode, double high, int lower) {
    double below = (x - low) * (x - low) / ((high - low) * (mode - low));
    double above = (high - x) * (high - x) / ((high - low) * (high - mode));
    return x < mode ? (lower ? below : 1 - below) : (lower ? 1 - above : above);
}
static double triangular_density(double x, double low, double mode, double high) {
    return 2 / (high - low) * (x < mode ? (x - low) / (mode - low) : (high - x) / (high - mode));
}
static double pert_tail(double x, double low, double mode, double high, int lower) {
    double width = high - low;
    return pbeta((x - low) / width, 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width,
                 lower, 0);
}
static double pert_density(double x, double low, double mode, double high) {
    double width = high - low;
    return dbeta((x - low) / width, 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width,
                 0) /
           width;
}
static double beta_tail(double x, double a, double b, double c, int lower) {
    (void)c;
    return pbeta(x, a, b, lower, 0);
}
static double beta_density(double x, double a, double b, double c) {
    (void)c;
    return dbeta(x, a, b, 0);
}
static double gamma_tail(double x, double a, double b, double c, int lower) {
    (void)c;
    return pgamma(x, a, b, lower, 0);
}
static double gamma_density(double x, double a, double b, double c) {
    (void)c;
    return dgamma(x, a, b, 0);
}
static double exponential_tail(double x, double a, double b, double c, int lower) {
    (void)b, (void)c;
    return lower ? gsl_cdf_exponential_P(x, a) : gsl_cdf_exponential_Q(x, a);
}
static double exponential_density(double x, double a, double b, double c) {
    (void)b, (void)c;
    return gsl_ran_exponential_pdf(x, a);
}
static double weibull_tail(double x, double a, double b, double c, int lower) {
    (void)c;
    return lower ? gsl_cdf_weibull_P(x, b, a) : gsl_cdf_weibull_Q(x, b, a);
}
static double weibull_density(double x, double a, double b, double c) {
    (void)c;
    return gsl_ran_weibull_pdf(x, b, a);
}
static double student_tail(double x, double a, double b, double c, int lower) {
    (void)b, (void)c;
    return pt(x, a, lower, 0);
}
static double student_density(double x, double a, double b, double c) {
    (void)b, (void)c;
    return dt(x, a, 0);
}

static const reference normal_like = {"normal", MOAT_NORMAL, normal_tail, normal_density};
static const reference lognormal_like = {"lognormal", MOAT_LOGNORMAL, lognormal_tail,
                                         lognormal_density};
static const reference uniform_like = {"uniform", MOAT_UNIFORM, uniform_tail, uniform_density};
static const reference triangular_like = {"triangular", MOAT_TRIANGULAR, triangular_tail,
                                          triangular_density};
static const reference pert_like = {"pert", MOAT_PERT, pert_tail, pert_density};
static const reference beta_like = {"beta", MOAT_BETA, beta_tail, beta_density};
static const reference gamma_like = {"gamma", MOAT_GAMMA, gamma_tail, gamma_density};
static const reference exponential_like = {"exponential", MOAT_EXPONENTIAL, exponential_tail,
                                           exponential_density};
static const reference weibull_like = {"weibull", MOAT_WEIBULL, weibull_tail, weibull_density};
static const reference student_like = {"student_t", MOAT_STUDENT_T, student_tail, student_density};

static const struct {
    const reference *like;
    double a, b, c;
} continuous[] = {
    {&normal_like, 0, 1, 0},      {&normal_like, -3, 0.01, 0}, {&lognormal_like, 0, 1, 0},
    {&lognormal_like, 2, 0.5, 0}, {&lognormal_like, -1, 3, 0}, {&uniform_like, 0, 1, 0},
    {&uniform_like, -5, 20, 0},   {&triangular_like, 0, 1, 4}, {&triangular_like, 10, 10, 18},
    {&triangular_like, -2, 5, 5}, {&pert_like, 10, 13, 18},    {&pert_like, 0, 0, 1},
    {&pert_like, -1, 1, 1},       {&beta_like, 2, 5, 0},       {&beta_like, 0.1, 0.1, 0},
    {&beta_like, 0.1, 5, 0},      {&beta_like, 1, 1, 0},       {&beta_like, 0.5, 30, 0},
    {&beta_like, 30, 0.5, 0},     {&beta_like, 400, 3, 0},     {&beta_like, 1e4, 1e4, 0},
    {&beta_like, 1e4, 0.3, 0},    {&gamma_like, 0.05, 1, 0},   {&gamma_like, 0.5, 3, 0},
    {&gamma_like, 1, 1, 0},       {&gamma_like, 2.5, 1, 0},    {&gamma_like, 40, 0.1, 0},
    {&gamma_like, 900, 1, 0},     {&gamma_like, 1100, 1, 0},   {&gamma_like, 1e6, 2, 0},
    {&exponential_like, 4, 0, 0}, {&weibull_like, 1.5, 1, 0},  {&weibull_like, 0.4, 10, 0},
    {&weibull_like, 12, 3, 0},    {&student_like, 0.5, 0, 0},  {&student_like, 1, 0, 0},
    {&student_like, 2, 0, 0},     {&student_like, 3.7, 0, 0},  {&student_like, 30, 0, 0},
    {&student_like, 1e4, 0, 0},   {&student_like, 1e6, 0, 0},
};

/* The error of x relative to its size; an end of the support counts as `scale` away from 0. */
static double error_of(const reference *like, double a, double b, double c, double p, double x) {
    double upper = 1 - p, density = like->density(x, a, b, c);
    double off = p < 0.5 ? like->tail(x, a, b, c, 1) - p : upper - like->tail(x, a, b, c, 0);
    /* p itself is known to half a unit in its last place. */
    off = fabs(off) - 1e-15 * fmin(p, upper);
    return off <= 0 ? 0 : off / density / fabs(x);
}

Test(dist, continuous_quantiles) {
    for (size_t i = 0; i < COUNT(continuous); i++) {
        const reference *like = continuous[i].like;
        double a = continuous[i].a, b = continuous[i].b, c = continuous[i].c,
               drawn[COUNT(probabilities)];
        moat_dist dist = make(like->family, a, b, c);
        draw_at(dist, COUNT(probabilities), probabilities, drawn);
        for (size_t j = 0; j < COUNT(probabilities); j++) {
            double p = probabilities[j], x = moat_dist_quantile(graph, dist, p);
            /* Near an end or a middle that is not 0, x has the precision of that. */
            double coarse = fmax(fabs(a), fmax(fabs(b), fabs(c))) * 4e-16;
            double slack = like->family == MOAT_UNIFORM || like->family == MOAT_TRIANGULAR ||
                                   like->family == MOAT_PERT || like->family == MOAT_NORMAL
                               ? coarse / fabs(x)
                               : 0;
            slack = like->family == MOAT_STUDENT_T && p == 0.5 ? (double)INFINITY : slack;
            cr_expect(x == 0 || error_of(like, a, b, c, p, x) <= 3e-13 + slack,
                      "%s(%g, %g, %g) at %g: %.17g is off by %.2g", like->name, a, b, c, p, x,
                      error_of(like, a, b, c, p, x));
            cr_expect(fabs(drawn[j] - x) <= 1e-12 * fabs(x) + coarse + 2e-15,
                      "%s(%g, %g, %g) at %g: drawn %.17g, quantile %.17g", like->name, a, b, c, p,
                      drawn[j], x);
            double off = 3e-13 * fabs(x) + coarse + 1e-15;
            cr_expect(moat_dist_probability(graph, dist, x - off) <= p &&
                          moat_dist_probability(graph, dist, x + off) >= p,
                      "%s(%g, %g, %g): %.17g is not where %.17g is reached", like->name, a, b, c, x,
                      p);
        }
    }
}

Test(dist, known_values) {
    static const struct {
        moat_family family;
        double a, b, c, p, x;
    } rows[] = {
        {MOAT_GAMMA, 2.5, 1, 0, .001, .1051063013146096},
        {MOAT_GAMMA, 2.5, 1, 0, .5, 2.175730095547763},
        {MOAT_GAMMA, 2.5, 1, 0, .975, 6.4162509970150134},
        {MOAT_BETA, 2, 5, 0, .001, .008255492787746678},
        {MOAT_BETA, 2, 5, 0, .5, .26444998329566},
        {MOAT_BETA, 2, 5, 0, .975, .6412345789976748},
        {MOAT_WEIBULL, 1.5, 1, 0, .001, .010003335279136842},
        {MOAT_WEIBULL, 1.5, 1, 0, .5, .7832197687746513},
        {MOAT_WEIBULL, 1.5, 1, 0, .975, 2.3874244780502036},
        {MOAT_NORMAL, 0, 1, 0, 1e-300, -37.047096299361199},
        {MOAT_NORMAL, 0, 1, 0, .975, 1.9599639845400542},
        {MOAT_STUDENT_T, 1, 0, 0, .75, 1},
        {MOAT_STUDENT_T, 2, 0, 0, .95, 2.9199855803537251},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double p = rows[i].p, drawn;
        moat_dist dist = make(rows[i].family, rows[i].a, rows[i].b, rows[i].c);
        double x = moat_dist_quantile(graph, dist, p);
        cr_expect(fabs(x - rows[i].x) <= 1e-13 * fabs(rows[i].x), "row %zu: %.17g", i, x);
        if (p < 1e-16)
            continue;
        draw_at(dist, 1, &p, &drawn);
        cr_expect(fabs(drawn - rows[i].x) <= 1e-13 * fabs(rows[i].x), "row %zu: %.17g", i, drawn);
    }
    moat_dist range = moat_dist_interval(graph, 5, 10, 0.9, MOAT_DIMENSIONLESS, &error);
    const moati_distribution *d = moati_distribution_at(graph, range);
    double sigma;
    cr_assert(moat_node_is_constant(graph, d->parameter[1], &sigma));
    cr_expect(fabs(sigma - .2107017819709) < 1e-12 && d->family == MOAT_LOGNORMAL);
    cr_expect(fabs(log(moat_dist_quantile(graph, range, 0.5)) - 1.956011502714073) < 1e-14);
    double mean = moat_dist_quantile(graph, range, 0.5) * exp(sigma * sigma / 2);
    cr_expect(fabs(mean - 7.2297837322898541) < 1e-13, "%.17g", mean);
    cr_expect(fabs(moat_dist_quantile(graph, range, 0.05) - 5) < 1e-14);
    cr_expect(fabs(moat_dist_quantile(graph, range, 0.95) - 10) < 1e-14);
    range = moat_dist_interval(graph, -4, 10, 0.5, MOAT_DIMENSIONLESS, &error);
    cr_expect(fabs(moat_dist_quantile(graph, range, 0.25) + 4) < 1e-14);
    cr_expect(fabs(moat_dist_quantile(graph, range, 0.5) - 3) < 1e-14);
    cr_expect(fabs(moat_dist_quantile(graph, range, 0.75) - 10) < 1e-14);
}

/* --- Separate values. */

Test(dist, counts) {
    static const struct {
        moat_family family;
        double a, b;
    } rows[] = {{MOAT_POISSON, 0, 0},      {MOAT_POISSON, 0.01, 0},   {MOAT_POISSON, 3.5, 0},
                {MOAT_POISSON, 1000, 0},   {MOAT_POISSON, 1e6, 0},    {MOAT_BINOMIAL, 0, 0.5},
                {MOAT_BINOMIAL, 10, 0},    {MOAT_BINOMIAL, 10, 1},    {MOAT_BINOMIAL, 10, 0.3},
                {MOAT_BINOMIAL, 1, 0.999}, {MOAT_BINOMIAL, 1e6, 0.2}, {MOAT_BERNOULLI, 0.3, 0},
                {MOAT_BERNOULLI, 0, 0},    {MOAT_BERNOULLI, 1, 0}};
    enum { STEPS = 400 };
    double p[STEPS], drawn[STEPS];
    for (size_t i = 0; i < STEPS; i++)
        p[i] = ((double)i + 0.5137) / STEPS;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double a = rows[i].a, b = rows[i].b;
        moat_dist dist = make(rows[i].family, a, b, 0);
        draw_at(dist, STEPS, p, drawn);
        for (size_t j = 0; j < STEPS; j++) {
            double wanted = rows[i].family == MOAT_POISSON    ? qpois(p[j], a, 1, 0)
                            : rows[i].family == MOAT_BINOMIAL ? qbinom(p[j], a, b, 1, 0)
                                                              : qbinom(p[j], 1, a, 1, 0);
            cr_expect(drawn[j] == wanted && moat_dist_quantile(graph, dist, p[j]) == wanted,
                      "row %zu at %g: %g, %g, not %g", i, p[j], drawn[j],
                      moat_dist_quantile(graph, dist, p[j]), wanted);
            double below = rows[i].family == MOAT_POISSON    ? ppois(wanted, a, 1, 0)
                           : rows[i].family == MOAT_BINOMIAL ? pbinom(wanted, a, b, 1, 0)
                                                             : pbinom(wanted, 1, a, 1, 0);
            double found = moat_dist_probability(graph, dist, wanted + 0.25);
            cr_expect(fabs(found - below) < 1e-12, "row %zu up to %g: %.17g, not %.17g", i, wanted,
                      found, below);
        }
    }
    moat_dist dist = make(MOAT_POISSON, 3.5, 0, 0);
    cr_expect_eq(moat_dist_quantile(graph, dist, 1e-20), 0);
    double top = moat_dist_quantile(graph, dist, 1 - 0x1p-50);
    cr_expect(ppois(top, 3.5, 0, 0) <= 0x1p-50 && ppois(top - 1, 3.5, 0, 0) > 0x1p-50);
    cr_expect(fabs(moat_dist_probability(graph, dist, 0) / exp(-3.5) - 1) < 1e-14);
}

Test(dist, discrete_and_empirical) {
    static const double x[] = {7, -2, 7, 3, 100}, w[] = {1, 2, 3, 4, 0};
    static const double p[] = {1e-9, 0.1999, 0.2, 0.2001, 0.6, 0.6001, 0.9999};
    static const double wanted[] = {-2, -2, -2, 3, 3, 7, 7};
    static const double resampled[] = {-2, -2, -2, 3, 7, 7, 100};
    double drawn[7];
    moat_dist dist = moat_dist_points(graph, MOAT_DISCRETE, 5, x, w, MOAT_DIMENSIONLESS, &error);
    draw_at(dist, 7, p, drawn);
    for (size_t i = 0; i < 7; i++)
        cr_expect(drawn[i] == wanted[i] && moat_dist_quantile(graph, dist, p[i]) == wanted[i],
                  "at %g: %g", p[i], drawn[i]);
    cr_expect(fabs(moat_dist_probability(graph, dist, 3) - 0.6) < 1e-16);
    cr_expect_eq(moat_dist_probability(graph, dist, -2.1), 0);
    cr_expect_eq(moat_dist_probability(graph, dist, 7), 1);
    dist = moat_dist_points(graph, MOAT_EMPIRICAL, 5, x, NULL, MOAT_DIMENSIONLESS, &error);
    draw_at(dist, 7, p, drawn);
    for (size_t i = 0; i < 7; i++)
        cr_expect(drawn[i] == resampled[i], "at %g: %g", p[i], drawn[i]);
    double many[5000];
    for (size_t i = 0; i < 5000; i++)
        many[i] = (double)(i * 7919 % 5000);
    dist = moat_dist_points(graph, MOAT_EMPIRICAL, 5000, many, NULL, MOAT_DIMENSIONLESS, &error);
    for (size_t i = 0; i < 5000; i += 13)
        cr_expect_eq(moat_dist_quantile(graph, dist, ((double)i + 0.5) / 5000), (double)i);
}

/* --- Composite laws. */

/* What is drawn is the direct quantile, and its probability is what was asked for. */
static void expect_coherent(const char *name, moat_dist dist, double scale, double tolerance) {
    enum { STEPS = 300 };
    double p[STEPS], drawn[STEPS];
    for (size_t i = 0; i < STEPS; i++)
        p[i] = moati_normal_probability(-8 + 16 * ((double)i + 0.43) / STEPS);
    draw_at(dist, STEPS, p, drawn);
    for (size_t i = 0; i < STEPS; i++) {
        double x = moat_dist_quantile(graph, dist, p[i]);
        cr_expect(fabs(drawn[i] - x) <= tolerance * fmax(fabs(x), scale),
                  "%s at %.17g: drawn %.17g, quantile %.17g", name, p[i], drawn[i], x);
        cr_expect(i == 0 || drawn[i] >= drawn[i - 1] - 4e-15 * fmax(fabs(x), scale),
                  "%s falls at %.17g", name, p[i]);
        double off = 1e-13 * fmax(fabs(x), scale) + 1e-300;
        double slack = 1e-15 * fmin(1, 1e4 * p[i]);
        cr_expect(moat_dist_probability(graph, dist, x - off) <= p[i] + slack &&
                      moat_dist_probability(graph, dist, x + off) >= p[i] - slack,
                  "%s: %.17g is not where %.17g is reached", name, x, p[i]);
    }
}

static moat_dist mix(size_t count, const moat_dist *parts, const double *weights) {
    moat_dist dist = moat_dist_mixture(graph, count, parts, weights, &error);
    cr_assert(dist, "%s", error.message);
    return dist;
}

static moat_dist cut(moat_dist dist, double low, double high) {
    moat_dist result = moat_dist_truncate(graph, dist, low, high, &error);
    cr_assert(result, "%s", error.message);
    return result;
}

Test(dist, mixtures) {
    const double even[] = {1, 1}, odd[] = {3, 0, 1};
    moat_dist near = make(MOAT_NORMAL, 0, 1, 0), far = make(MOAT_NORMAL, 100, 1, 0);
    moat_dist shifted = make(MOAT_NORMAL, 2, 3, 0), flat = make(MOAT_UNIFORM, 0, 1, 0);
    moat_dist flat_above = make(MOAT_UNIFORM, 10, 11, 0);
    moat_dist small = make(MOAT_LOGNORMAL, 0, 1, 0), large = make(MOAT_LOGNORMAL, 5, 0.2, 0);
    moat_dist point = make(MOAT_NORMAL, 5, 0, 0), zero = make(MOAT_EXPONENTIAL, 0, 0, 0);
    moat_dist wedge = make(MOAT_TRIANGULAR, 0, 2, 3), count = make(MOAT_POISSON, 2, 0, 0);
    moat_dist heavy = make(MOAT_STUDENT_T, 1.5, 0, 0), skew = make(MOAT_GAMMA, 0.5, 4, 0);
    expect_coherent("two normals", mix(2, (moat_dist[]){near, shifted}, even), 1, 1e-12);
    expect_coherent("one part", mix(3, (moat_dist[]){skew, near, skew}, odd), 1, 1e-12);
    expect_coherent("lognormals", mix(2, (moat_dist[]){small, large}, even), 0, 1e-12);
    expect_coherent("heavy and skew", mix(2, (moat_dist[]){heavy, skew}, even), 1, 1e-11);
    expect_coherent("a kink", mix(2, (moat_dist[]){wedge, shifted}, even), 1, 1e-10);
    expect_coherent("a gap", mix(2, (moat_dist[]){flat, flat_above}, even), 1, 1e-11);
    expect_coherent("modes apart", mix(2, (moat_dist[]){near, far}, even), 1, 1e-6);
    expect_coherent("normal and counts", mix(2, (moat_dist[]){shifted, count}, even), 1, 1e-10);
    expect_coherent("a point", mix(2, (moat_dist[]){point, shifted}, even), 1, 1e-11);
    moat_dist nothing_or = mix(2, (moat_dist[]){zero, large}, even);
    expect_coherent("nothing or something", nothing_or, 0, 1e-12);
    double p = 0.3, drawn;
    draw_at(nothing_or, 1, &p, &drawn);
    cr_expect_eq(drawn, 0);
    draw_at(mix(2, (moat_dist[]){point, shifted}, even), 1, (double[]){0.7}, &drawn);
    cr_expect_eq(drawn, 5, "%.17g", drawn);
    /* Separate values only: a step function, exactly. */
    moat_dist steps = mix(2, (moat_dist[]){point, make(MOAT_BERNOULLI, 0.5, 0, 0)}, even);
    const double at[] = {0.2499, 0.25, 0.2501, 0.5001}, wanted[] = {0, 0, 1, 5};
    double found[4];
    draw_at(steps, 4, at, found);
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(found[i], wanted[i], "at %g: %g", at[i], found[i]);
    /* A mixture of mixtures is the mixture of all. */
    const double twice[] = {1, 1};
    moat_dist nested =
        mix(2, (moat_dist[]){mix(2, (moat_dist[]){near, shifted}, even), flat}, twice);
    moat_dist whole = mix(3, (moat_dist[]){near, shifted, flat}, (double[]){1, 1, 2});
    for (size_t i = 0; i < COUNT(probabilities); i++) {
        double a = moat_dist_quantile(graph, nested, probabilities[i]);
        double b = moat_dist_quantile(graph, whole, probabilities[i]);
        cr_expect(fabs(a - b) <= 1e-12 * fmax(1, fabs(a)), "at %g: %.17g, %.17g", probabilities[i],
                  a, b);
    }
}

/* Draws of a mixture must not fall between its modes. */
Test(dist, mixture_without_smear) {
    enum { STEPS = 20000 };
    static double p[STEPS], drawn[STEPS];
    moat_dist parts[] = {make(MOAT_NORMAL, 0, 1, 0), make(MOAT_NORMAL, 100, 1, 0)};
    moat_dist dist = mix(2, parts, (double[]){0.3, 0.7});
    for (size_t i = 0; i < STEPS; i++)
        p[i] = 0.3 + ((double)i - STEPS / 2 + 0.37) * 1e-8;
    draw_at(dist, STEPS, p, drawn);
    size_t between = 0;
    for (size_t i = 0; i < STEPS; i++)
        between += drawn[i] > 10 && drawn[i] < 90;
    cr_expect(between <= 6, "%zu of %d within 1e-4 of the jump lie between", between, STEPS);
}

Test(dist, truncated) {
    const double inf = (double)INFINITY;
    moat_dist normal = make(MOAT_NORMAL, 0, 1, 0), skew = make(MOAT_GAMMA, 0.5, 4, 0);
    moat_dist far = cut(normal, 6, inf), below = cut(normal, -inf, -6);
    expect_coherent("both sides", cut(normal, -1, 2.5), 1, 1e-12);
    expect_coherent("positive", cut(normal, 0, inf), 1, 1e-12);
    expect_coherent("far", far, 1, 1e-12);
    expect_coherent("gamma", cut(skew, 0, 3), 0, 1e-12);
    expect_coherent("gamma, off 0", cut(skew, 1, 3), 0, 1e-12);
    expect_coherent("twice", cut(cut(skew, 0.5, inf), 0, 3), 0, 1e-12);
    expect_coherent("nothing cut", cut(make(MOAT_STUDENT_T, 3, 0, 0), -inf, inf), 1, 1e-12);
    expect_coherent("triangular", cut(make(MOAT_TRIANGULAR, 0, 1, 4), 0.5, 3), 1, 1e-11);
    expect_coherent("beta", cut(make(MOAT_BETA, 2, 5, 0), 0.1, 0.9), 0, 1e-12);
    moat_dist parts[] = {normal, skew};
    expect_coherent("mixture", cut(mix(2, parts, (double[]){1, 2}), -1, 3), 1, 1e-11);
    double drawn[COUNT(probabilities)];
    draw_at(far, COUNT(probabilities), probabilities, drawn);
    for (size_t i = 0; i < COUNT(probabilities); i++) {
        double upper = (1 - probabilities[i]) * pnorm(6, 0, 1, 0, 0);
        double wanted = qnorm(upper, 0, 1, 0, 0);
        cr_expect(drawn[i] >= 6 && fabs(drawn[i] - wanted) <= 2e-15 * wanted,
                  "at %g: %.17g, not %.17g", probabilities[i], drawn[i], wanted);
        cr_expect(fabs(moat_dist_quantile(graph, below, 1 - probabilities[i]) + wanted) <=
                  1e-14 * wanted);
    }
    moat_dist dice = cut(make(MOAT_POISSON, 3, 0, 0), 2, 4);
    double weight[3] = {dpois(2, 3, 0), dpois(3, 3, 0), dpois(4, 3, 0)};
    double total = weight[0] + weight[1] + weight[2];
    cr_expect(fabs(moat_dist_probability(graph, dice, 2) - weight[0] / total) < 1e-14);
    cr_expect(fabs(moat_dist_probability(graph, dice, 3) - 1 + weight[2] / total) < 1e-14);
    cr_expect_eq(moat_dist_quantile(graph, dice, 1e-9), 2);
    cr_expect_eq(moat_dist_quantile(graph, dice, 1 - 1e-9), 4);
    cr_expect_eq(moat_dist_quantile(graph, dice, 1), 4);
}

Test(dist, metalog) {
    static const struct {
        size_t count;
        double p[10], x[10];
    } rows[] = {
        {2, {0.1, 0.9}, {5, 10}},
        {3, {0.1, 0.5, 0.9}, {10, 13, 18}},
        {3, {0.9, 0.1, 0.5}, {18, 10, 13}},
        {4, {0.05, 0.3, 0.6, 0.95}, {-4, 0, 1, 5}},
        {5, {0.01, 0.1, 0.5, 0.9, 0.99}, {-2.326, -1.282, 0, 1.282, 2.326}},
        {7, {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99}, {2e9, 4e9, 8e9, 11e9, 15e9, 24e9, 35e9}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = rows[i].count;
        double drawn[10];
        moat_dist dist = moat_dist_points(graph, MOAT_METALOG, count, rows[i].x, rows[i].p,
                                          MOAT_DIMENSIONLESS, &error);
        cr_assert(dist, "row %zu: %s", i, error.message);
        draw_at(dist, count, rows[i].p, drawn);
        double span = fabs(rows[i].x[0] - rows[i].x[count - 1]);
        for (size_t j = 0; j < count; j++) {
            double x = rows[i].x[j];
            cr_expect(fabs(drawn[j] - x) <= 1e-13 * span, "row %zu: %.17g, not %g", i, drawn[j], x);
            cr_expect(fabs(moat_dist_quantile(graph, dist, rows[i].p[j]) - x) <= 1e-13 * span);
            cr_expect(fabs(moat_dist_probability(graph, dist, x) - rows[i].p[j]) <= 1e-13);
        }
        expect_coherent("metalog", dist, span, 1e-12);
        expect_coherent("truncated metalog", cut(dist, rows[i].x[0] - span, (double)INFINITY), span,
                        1e-12);
    }
}

/* --- Parameters that are not numbers, units, degenerate cases. */

Test(dist, uncertain_parameters) {
    static const struct {
        moat_family family;
        double a, b, c;
    } rows[] = {{MOAT_NORMAL, 1, 2, 0},     {MOAT_LOGNORMAL, 1, 0.5, 0}, {MOAT_UNIFORM, 2, 5, 0},
                {MOAT_TRIANGULAR, 1, 2, 5}, {MOAT_EXPONENTIAL, 3, 0, 0}, {MOAT_WEIBULL, 2, 3, 0},
                {MOAT_GAMMA, 2.5, 3, 0},    {MOAT_BERNOULLI, 0.3, 0, 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        const double value[3] = {rows[i].a, rows[i].b, rows[i].c};
        moat_node definitions[64] = {0}, parameters[3];
        unsigned count = moat_family_describe(rows[i].family)->parameters;
        for (unsigned j = 0; j < count; j++) {
            size_t which;
            parameters[j] = number(value[j]);
            if (moati_parameter_is_fixed(rows[i].family, j))
                continue;
            parameters[j] = moat_graph_input(graph, MOAT_DIMENSIONLESS, &which, &error);
            definitions[which] = number(value[j]);
        }
        moat_dist dist =
            moat_dist_new(graph, rows[i].family, parameters, 1, MOAT_DIMENSIONLESS, &error);
        cr_assert(dist, "%s", error.message);
        cr_expect(isnan(moat_dist_quantile(graph, dist, 0.5)));
        cr_expect(isnan(moat_dist_probability(graph, dist, 1)));
        moat_dist same = make(rows[i].family, value[0], value[1], value[2]);
        moat_source at = {number(0.777), number(moati_normal_quantile(0.777))};
        moat_node roots[2] = {moat_dist_draw(graph, dist, at, &error),
                              moat_dist_draw(graph, same, at, &error)};
        cr_assert(roots[0], "%s", error.message);
        moat_columns *columns =
            compute(definitions, 2, roots, (moat_run){.seed = 1, .samples = 1, .threads = 1});
        double a = moat_columns_get(columns, 0)[0], b = moat_columns_get(columns, 1)[0];
        cr_expect(fabs(a - b) <= 4e-16 * fabs(b), "row %zu: %.17g, %.17g", i, a, b);
        moat_columns_free(columns);
    }
}

Test(dist, units) {
    moat_dim money = dim("$"), time = dim("yr");
    moat_node zero = number(0), sum = quantity(2e9, "$");
    moat_source x = source("x", 0);
    moat_dist dist = moat_dist_new(graph, MOAT_NORMAL, (moat_node[]){zero, sum}, 1, money, &error);
    cr_assert(dist, "%s", error.message);
    cr_expect_eq(moat_node_dim(graph, moat_dist_draw(graph, dist, x, &error)), money);
    const struct {
        moat_family family;
        moat_node parameters[3];
    } rows[] = {{MOAT_UNIFORM, {zero, sum}},
                {MOAT_TRIANGULAR, {zero, sum, sum}},
                {MOAT_PERT, {zero, sum, sum}},
                {MOAT_GAMMA, {number(2), sum}},
                {MOAT_EXPONENTIAL, {sum}},
                {MOAT_WEIBULL, {number(2), sum}},
                {MOAT_BETA, {number(2), number(3)}},
                {MOAT_STUDENT_T, {number(4)}},
                {MOAT_BERNOULLI, {number(0.5)}},
                {MOAT_BERNOULLI, {input("1")}},
                {MOAT_POISSON, {number(3)}},
                {MOAT_BINOMIAL, {number(9), number(0.5)}},
                {MOAT_LOGNORMAL, {number(2), number(0.5)}}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        dist = moat_dist_new(graph, rows[i].family, rows[i].parameters, 1e9, money, &error);
        cr_assert(dist, "row %zu: %s", i, error.message);
        cr_expect_eq(moat_dist_dim(graph, dist), money);
        moat_node node = moat_dist_draw(graph, dist, x, &error);
        cr_assert(node, "row %zu: %s", i, error.message);
        cr_expect_eq(moat_node_dim(graph, node), money, "row %zu", i);
    }
    cr_expect(fabs(moat_dist_quantile(graph, dist, 0.5) / (1e9 * exp(2)) - 1) < 1e-15);
    cr_expect_eq(moat_dist_new(graph, MOAT_NORMAL, (moat_node[]){sum, number(1)}, 1, money, &error),
                 0);
    cr_expect(error.status == MOAT_UNIT && strstr(error.message, "normal: sd"), "%s",
              error.message);
    cr_expect_eq(moat_dist_new(graph, MOAT_NORMAL, (moat_node[]){sum, sum}, 1, time, &error), 0);
    cr_expect(error.status == MOAT_UNIT && strstr(error.message, "yr"), "%s", error.message);
    cr_expect_eq(moat_dist_new(graph, MOAT_LOGNORMAL, (moat_node[]){sum, zero}, 1, money, &error),
                 0);
    cr_expect(error.status == MOAT_UNIT && strstr(error.message, "mu"), "%s", error.message);
    cr_expect_eq(moat_dist_new(graph, MOAT_POISSON, (moat_node[]){sum}, 1, money, &error), 0);
    cr_expect(error.status == MOAT_UNIT && strstr(error.message, "poisson: mean"), "%s",
              error.message);
    dist = moat_dist_new(graph, MOAT_POISSON, (moat_node[]){number(400)}, 1e3, money, &error);
    cr_expect_eq(moat_dist_quantile(graph, dist, 0.5), 400e3);
    cr_expect_eq(moat_dist_probability(graph, dist, 400e3 - 1),
                 moat_dist_probability(graph, dist, 399e3));
    moat_dist parts[] = {dist, make(MOAT_NORMAL, 0, 1, 0)};
    cr_expect_eq(moat_dist_mixture(graph, 2, parts, (double[]){1, 1}, &error), 0);
    cr_expect(error.status == MOAT_UNIT && strstr(error.message, "entry 2"), "%s", error.message);
}

Test(dist, no_spread) {
    static const struct {
        moat_family family;
        double a, b, c, value;
    } rows[] = {
        {MOAT_NORMAL, 3, 0, 0, 3},      {MOAT_LOGNORMAL, 0, 0, 0, 1}, {MOAT_UNIFORM, 2, 2, 0, 2},
        {MOAT_TRIANGULAR, 4, 4, 4, 4},  {MOAT_PERT, -1, -1, -1, -1},  {MOAT_GAMMA, 2, 0, 0, 0},
        {MOAT_EXPONENTIAL, 0, 0, 0, 0}, {MOAT_WEIBULL, 2, 0, 0, 0},   {MOAT_BERNOULLI, 1, 0, 0, 1},
        {MOAT_POISSON, 0, 0, 0, 0},     {MOAT_BINOMIAL, 7, 1, 0, 7}};
    moat_source x = source("x", 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        double value = -99;
        moat_dist dist = make(rows[i].family, rows[i].a, rows[i].b, rows[i].c);
        moat_node node = moat_dist_draw(graph, dist, x, &error);
        cr_expect(moat_node_is_constant(graph, node, &value) && value == rows[i].value,
                  "row %zu: %g", i, value);
        cr_expect_eq(moat_dist_quantile(graph, dist, 0.3), rows[i].value, "row %zu", i);
        cr_expect_eq(moat_dist_probability(graph, dist, rows[i].value), 1, "row %zu", i);
        cr_expect_eq(moat_dist_probability(graph, dist, rows[i].value - 1), 0, "row %zu", i);
    }
}

/* --- What is refused. */

Test(dist, refused_parameters) {
    const double inf = (double)INFINITY;
    const struct {
        moat_family family;
        double a, b, c;
        const char *says;
    } rows[] = {
        {MOAT_NORMAL, 0, -2, 0, "normal: sd -2 is below 0"},
        {MOAT_NORMAL, inf, 1, 0, "normal: mean inf is not a finite number"},
        {MOAT_LOGNORMAL, 0, -1, 0, "lognormal: sigma -1 is below 0"},
        {MOAT_UNIFORM, 5, 2, 0, "uniform: low 5 is above high 2"},
        {MOAT_TRIANGULAR, 10, 20, 18, "triangular: mode 20 is above high 18"},
        {MOAT_TRIANGULAR, 10, 9, 18, "triangular: low 10 is above mode 9"},
        {MOAT_PERT, 10, 9, 18, "pert: low 10 is above mode 9"},
        {MOAT_BETA, 0, 1, 0, "beta: alpha 0 is not above 0"},
        {MOAT_BETA, 1, -1, 0, "beta: beta -1 is not above 0"},
        {MOAT_GAMMA, 0, 1, 0, "gamma: shape 0 is not above 0"},
        {MOAT_GAMMA, 1, -1, 0, "gamma: scale -1 is below 0"},
        {MOAT_EXPONENTIAL, -1, 0, 0, "exponential: mean -1 is below 0"},
        {MOAT_WEIBULL, 0, 1, 0, "weibull: shape 0 is not above 0"},
        {MOAT_STUDENT_T, 0, 0, 0, "student_t: df 0 is not above 0"},
        {MOAT_STUDENT_T, 0.01, 0, 0, "student_t: df 0.01 is not between 0.1 and 1e9"},
        {MOAT_GAMMA, 1e12, 1, 0, "gamma: shape 1e+12 is not between 0.001 and 1e9"},
        {MOAT_BERNOULLI, 1.5, 0, 0, "bernoulli: p 1.5 is not a probability, which is from 0 to 1"},
        {MOAT_POISSON, -1, 0, 0, "poisson: mean -1 is below 0"},
        {MOAT_BINOMIAL, 2.5, 0.5, 0, "binomial: n 2.5 is not a whole number, 0 or more"},
        {MOAT_BINOMIAL, 2, -0.5, 0, "binomial: p -0.5 is not a probability, which is from 0 to 1"},
        {MOAT_DISCRETE, 0, 0, 0, "discrete is not made from scalar parameters"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        moat_node parameters[3] = {number(rows[i].a), number(rows[i].b), number(rows[i].c)};
        moat_dist dist =
            moat_dist_new(graph, rows[i].family, parameters, 1, MOAT_DIMENSIONLESS, &error);
        cr_expect(dist == MOAT_NO_DIST && error.status == MOAT_INVALID &&
                      strcmp(error.message, rows[i].says) == 0,
                  "\"%s\" and not \"%s\"", error.message, rows[i].says);
    }
    moat_node huge = number(1e15);
    cr_expect_eq(moat_dist_new(graph, MOAT_POISSON, &huge, 1, 0, &error), MOAT_NO_DIST);
    cr_expect(error.status == MOAT_INVALID && strstr(error.message, "poisson"), "%s",
              error.message);
    /* What is known is checked though the rest is not. */
    moat_node low = input("1");
    moat_node ends[3] = {low, number(9), number(7)};
    cr_expect_eq(moat_dist_new(graph, MOAT_TRIANGULAR, ends, 1, 0, &error), MOAT_NO_DIST);
    cr_expect(strstr(error.message, "mode 9 is above high 7"), "%s", error.message);
    ends[2] = number(10);
    cr_expect_neq(moat_dist_new(graph, MOAT_TRIANGULAR, ends, 1, 0, &error), MOAT_NO_DIST);
    cr_expect_eq(moat_dist_new(graph, MOAT_PERT, ends, 1, 0, &error), MOAT_NO_DIST);
    cr_expect(strstr(error.message, "pert: low must be a plain number"), "%s", error.message);
    cr_expect_eq(moat_dist_new(graph, MOAT_GAMMA, ends, 1, 0, &error), MOAT_NO_DIST);
    cr_expect(strstr(error.message, "gamma: shape must be a plain number"), "%s", error.message);
    moat_dist uncertain = moat_dist_new(graph, MOAT_NORMAL, ends, 1, 0, &error);
    cr_expect_eq(moat_dist_truncate(graph, uncertain, 0, 1, &error), MOAT_NO_DIST);
    cr_expect(strstr(error.message, "normal"), "%s", error.message);
    cr_expect_eq(moat_dist_mixture(graph, 1, &uncertain, (double[]){1}, &error), MOAT_NO_DIST);
}

static void expect_refused(moat_dist dist, const char *says) {
    cr_expect(dist == MOAT_NO_DIST && error.status == MOAT_INVALID && strstr(error.message, says),
              "\"%s\" and not \"%s\"", error.message, says);
}

Test(dist, refused_points) {
    const double x[] = {1, 2, 3}, nan[] = {1, (double)NAN, 3}, w[] = {1, -1, 1}, none[] = {0, 0, 0};
    const double p[] = {0.1, 0.5, 0.9}, out[] = {0.1, 0.5, 1}, same[] = {0.1, 0.5, 0.5};
    const double down[] = {1, 3, 2}, steep[] = {0, 0.001, 100};
    const moat_dim plain = MOAT_DIMENSIONLESS;
    expect_refused(moat_dist_points(graph, MOAT_DISCRETE, 0, x, w, plain, &error), "at least one");
    expect_refused(moat_dist_points(graph, MOAT_DISCRETE, 3, nan, p, plain, &error), "entry 2");
    expect_refused(moat_dist_points(graph, MOAT_DISCRETE, 3, x, w, plain, &error), "weight -1");
    expect_refused(moat_dist_points(graph, MOAT_DISCRETE, 3, x, none, plain, &error), "sum");
    expect_refused(moat_dist_points(graph, MOAT_NORMAL, 3, x, p, plain, &error), "normal");
    expect_refused(moat_dist_points(graph, MOAT_METALOG, 1, x, p, plain, &error), "from 2 to 16");
    expect_refused(moat_dist_points(graph, MOAT_METALOG, 3, x, out, plain, &error),
                   "probability 1");
    expect_refused(moat_dist_points(graph, MOAT_METALOG, 3, x, same, plain, &error), "two values");
    expect_refused(moat_dist_points(graph, MOAT_METALOG, 3, down, p, plain, &error), "not above 3");
    expect_refused(moat_dist_points(graph, MOAT_METALOG, 3, steep, p, plain, &error),
                   "is not increasing near probability");
    moat_dist flat = make(MOAT_UNIFORM, 0, 1, 0);
    expect_refused(moat_dist_truncate(graph, flat, 2, 3, &error), "between 2 and 3");
    expect_refused(moat_dist_truncate(graph, flat, 3, 2, &error), "above high 2");
    expect_refused(moat_dist_truncate(graph, 999, 0, 1, &error), "no distribution 999");
    expect_refused(moat_dist_truncate(graph, make(MOAT_POISSON, 3, 0, 0), 2.1, 2.9, &error),
                   "nothing of the poisson");
    expect_refused(moat_dist_mixture(graph, 0, NULL, NULL, &error), "at least one");
    expect_refused(moat_dist_mixture(graph, 1, &flat, none, &error), "sum");
    expect_refused(moat_dist_interval(graph, 5, 5, 0.9, plain, &error), "5 to 5");
    expect_refused(moat_dist_interval(graph, 1, 5, 1, plain, &error), "100 %");
    cr_expect(isnan(moat_dist_quantile(graph, flat, 1.1)) &&
              isnan(moat_dist_quantile(graph, 999, 0.5)) &&
              isnan(moat_dist_probability(graph, flat, (double)NAN)));
    moat_dim money = dim("$");
    expect_refused(moat_dist_interval(graph, 7e9, 5e9, 0.9, money, &error), "7 $bn to 5 $bn");
}

Test(dist, families) {
    for (int i = 0; i < MOAT_FAMILY_COUNT; i++) {
        const moat_family_info *info = moat_family_describe((moat_family)i);
        cr_assert(info->name && info->doc);
        cr_expect_eq(moat_family_find(info->name, strlen(info->name)), (moat_family)i);
        for (unsigned j = 0; j < 3; j++)
            cr_expect((info->parameter[j] != NULL) == (j < info->parameters), "%s", info->name);
    }
    cr_expect_eq(moat_family_find("normality", 9), MOAT_FAMILY_COUNT);
    cr_expect_eq(moat_family_find("normality", 6), MOAT_NORMAL);
    cr_expect_eq(moat_family_find("norm", 4), MOAT_FAMILY_COUNT);
}

/* --- Moments of stratified draws. */

Test(dist, moments) {
    const double euler = exp(1);
    const struct {
        moat_dist dist;
        double mean, variance;
    } rows[] = {
        {make(MOAT_NORMAL, 3, 2, 0), 3, 4},
        {make(MOAT_LOGNORMAL, 0, 1, 0), sqrt(euler), (euler - 1) * euler},
        {make(MOAT_UNIFORM, 2, 8, 0), 5, 3},
        {make(MOAT_TRIANGULAR, 1, 2, 6), 3, 7.0 / 6},
        {make(MOAT_PERT, 10, 13, 18), 80.0 / 6, (80.0 / 6 - 10) * (18 - 80.0 / 6) / 7},
        {make(MOAT_BETA, 2, 5, 0), 2.0 / 7, 10.0 / 392},
        {make(MOAT_GAMMA, 2.5, 3, 0), 7.5, 22.5},
        {make(MOAT_EXPONENTIAL, 4, 0, 0), 4, 16},
        {make(MOAT_WEIBULL, 2, 1, 0), sqrt(M_PI) / 2, 1 - M_PI / 4},
        {make(MOAT_STUDENT_T, 10, 0, 0), 0, 1.25},
        {make(MOAT_BERNOULLI, 0.3, 0, 0), 0.3, 0.21},
        {make(MOAT_POISSON, 12, 0, 0), 12, 12},
        {make(MOAT_BINOMIAL, 50, 0.3, 0), 15, 10.5},
    };
    enum { ROWS = COUNT(rows), SAMPLES = 100000 };
    moat_node roots[ROWS];
    moat_source x = source("x", 0);
    moat_run run = {.seed = 7, .samples = SAMPLES, .sampling = MOAT_LHS, .threads = 2};
    for (size_t i = 0; i < ROWS; i++)
        cr_assert(roots[i] = moat_dist_draw(graph, rows[i].dist, x, &error));
    moat_columns *columns = compute(NULL, ROWS, roots, run);
    for (size_t i = 0; i < ROWS; i++) {
        const double *values = moat_columns_get(columns, i);
        double sum = 0, squares = 0, sd = sqrt(rows[i].variance);
        for (size_t j = 0; j < SAMPLES; j++)
            sum += values[j];
        for (size_t j = 0; j < SAMPLES; j++)
            squares += (values[j] - rows[i].mean) * (values[j] - rows[i].mean);
        cr_expect(fabs(sum / SAMPLES - rows[i].mean) < 1e-4 * sd, "row %zu: mean %g", i,
                  sum / SAMPLES);
        cr_expect(fabs(squares / SAMPLES / rows[i].variance - 1) < 1e-2, "row %zu: variance %g", i,
                  squares / SAMPLES);
    }
    moat_columns_free(columns);
}
