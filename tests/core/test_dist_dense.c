/* Between the points of their tables: what families draw that have no closed form, against their
 * laws, from 1e-12 to 1 - 1e-12. test_dist.c compares the laws with those of R's library and GSL.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "dist_table.h"
#include "fixture.h"
#include "moat/sample.h"

TestSuite(dist_dense, .init = start, .fini = stop);

enum { POINTS = 4000 };

/* Evenly spaced on the scale of the normal score, which the tables are made on. */
static double score(size_t i) {
    const double widest = 7.034483825301132; /* of 1e-12 */
    return widest * (2 * ((double)i + 0.5) / POINTS - 1);
}

static moat_dist make(moat_family family, double a, double b, double c) {
    moat_node parameters[3] = {number(a), number(b), number(c)};
    moat_dist dist = moat_dist_new(graph, family, parameters, 1, MOAT_DIMENSIONLESS, &error);
    cr_assert(dist, "%s(%g, %g, %g): %s", moat_family_describe(family)->name, a, b, c,
              error.message);
    return dist;
}

/* Expects what is drawn at `from` to be the law's quantile of `target`, point by point. A value
 * exp(h) is known no better than h is. */
static void expect_law(const char *name, moat_dist dist, const moat_source *from,
                       const moati_tails *target) {
    double worst = 0, at = 0;
    static moat_node roots[POINTS];
    const moati_law *law = moati_distribution_at(graph, dist)->law;
    for (size_t j = 0; j < POINTS; j++) {
        roots[j] = moat_dist_draw(graph, dist, from[j], &error);
        cr_assert(roots[j], "%s", error.message);
    }
    moat_columns *columns =
        compute(NULL, POINTS, roots, (moat_run){.seed = 1, .samples = 1, .threads = 1});
    for (size_t j = 0; j < POINTS; j++) {
        const double wanted = moati_law_quantile(law, target[j]);
        const double size = fmax(fabs(wanted), 1e-290);
        const double allowed = fmax(1e-12, 2e-15 * fabs(log(size)));
        const double off = fabs(moat_columns_get(columns, j)[0] - wanted) / size / allowed;
        at = off > worst ? score(j) : at;
        worst = fmax(worst, off);
    }
    cr_expect_leq(worst, 1, "%s: off by %.2g of what is allowed, at the score %g", name, worst, at);
    moat_columns_free(columns);
}

Test(dist_dense, tables_are_the_laws) {
    static const struct {
        moat_family family;
        double a, b, c;
    } rows[] = {
        {MOAT_BETA, 2, 5},      {MOAT_BETA, 0.5, 0.5},   {MOAT_BETA, 0.1, 0.1},
        {MOAT_BETA, 0.02, 3},   {MOAT_BETA, 0.5, 30},    {MOAT_BETA, 1, 1},
        {MOAT_BETA, 1, 20},     {MOAT_BETA, 400, 3},     {MOAT_BETA, 1e4, 1e4},
        {MOAT_BETA, 1e6, 0.7},  {MOAT_PERT, 10, 13, 18}, {MOAT_PERT, 1, 1, 2},
        {MOAT_PERT, -3, 0, 40}, {MOAT_GAMMA, 0.01, 1},   {MOAT_GAMMA, 0.05, 1},
        {MOAT_GAMMA, 0.5, 3},   {MOAT_GAMMA, 1, 1},      {MOAT_GAMMA, 2.5, 1},
        {MOAT_GAMMA, 40, 1},    {MOAT_GAMMA, 999, 1},    {MOAT_GAMMA, 1001, 1},
        {MOAT_GAMMA, 1e6, 1},   {MOAT_GAMMA, 1e9, 1},    {MOAT_STUDENT_T, 0.5},
        {MOAT_STUDENT_T, 1},    {MOAT_STUDENT_T, 2},     {MOAT_STUDENT_T, 3.7},
        {MOAT_STUDENT_T, 30},   {MOAT_STUDENT_T, 1e4},   {MOAT_STUDENT_T, 1e8},
    };
    static moat_source from[POINTS];
    static moati_tails target[POINTS];
    for (size_t j = 0; j < POINTS; j++) {
        from[j] = (moat_source){number(moati_normal_probability(score(j))), number(score(j))};
        target[j] = moati_normal_tails(score(j));
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[80];
        snprintf(name, sizeof name, "%s(%g, %g, %g)", moat_family_describe(rows[i].family)->name,
                 rows[i].a, rows[i].b, rows[i].c);
        expect_law(name, make(rows[i].family, rows[i].a, rows[i].b, rows[i].c), from, target);
    }
}

/* Families that draw from the uniform: its tail at the upper end is what its rounding left. */
Test(dist_dense, closed_forms_are_the_laws) {
    static const double p[] = {0.05, 0.3, 0.6, 0.95}, x[] = {2, 4, 5, 11};
    static moat_source from[POINTS];
    static moati_tails target[POINTS];
    for (size_t j = 0; j < POINTS; j++) {
        const double u = moati_normal_probability(score(j));
        from[j] = (moat_source){number(u), number(moati_normal_quantile(u))};
        target[j] = (moati_tails){u, 1 - u};
    }
    expect_law("uniform", make(MOAT_UNIFORM, 0, 7, 0), from, target);
    expect_law("triangular", make(MOAT_TRIANGULAR, 0, 1, 4), from, target);
    expect_law("exponential", make(MOAT_EXPONENTIAL, 4, 0, 0), from, target);
    expect_law("weibull, steep", make(MOAT_WEIBULL, 12, 3, 0), from, target);
    expect_law("weibull, heavy", make(MOAT_WEIBULL, 0.4, 10, 0), from, target);
    expect_law("lognormal", make(MOAT_LOGNORMAL, 2, 0.5, 0), from, target);
    expect_law("lognormal, heavy", make(MOAT_LOGNORMAL, -1, 3, 0), from, target);
    expect_law("metalog",
               moat_dist_points(graph, MOAT_METALOG, 4, x, p, MOAT_DIMENSIONLESS, &error), from,
               target);
}
