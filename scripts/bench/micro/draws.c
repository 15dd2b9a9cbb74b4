/* What a draw costs: uniform and normal by each way of sampling, and every family of
 * distributions, its uniform or normal draw included. */
#include <stdio.h>
#include <string.h>

#include "bench.h"

enum { DRAWS = 64, AT_ONCE = 8 };

/* Consumes DRAWS nodes, each made by `make` from a source of its own. */
static moat_node all_draws(bench *suite, moat_node (*make)(bench *, moat_source, const void *),
                           const void *context) {
    moat_node last = MOAT_NO_NODE, made[AT_ONCE];
    for (size_t i = 0; i < DRAWS; i++) {
        made[i % AT_ONCE] = make(suite, bench_source(suite, i), context);
        if (i % AT_ONCE == AT_ONCE - 1)
            last = bench_consume(suite, AT_ONCE, made, last);
    }
    return last;
}

static moat_node uniform(bench *suite, moat_source source, const void *context) {
    (void)suite, (void)context;
    return source.uniform;
}

static moat_node normal(bench *suite, moat_source source, const void *context) {
    (void)suite, (void)context;
    return source.normal;
}

static moat_node from_dist(bench *suite, moat_source source, const void *context) {
    moat_error error;
    const moat_dist *dist = context;
    return bench_node(moat_dist_draw(bench_graph(suite), *dist, source, &error), &error);
}

static void add(bench *suite, const char *group, const char *name, moat_node root,
                moat_sampling sampling) {
    bench_case added = {.group = group, .per = "draw", .count = DRAWS, .base = BENCH_NO_BASE};
    snprintf(added.name, sizeof added.name, "%s", name);
    bench_add_evaluation(suite, &added, root, sampling);
}

/* --- Distributions. */

static moat_dist checked(moat_dist dist, const moat_error *error) {
    if (dist == MOAT_NO_DIST)
        bench_fail(error->message);
    return dist;
}

static moat_dist from_literal(bench *suite, const char *text) {
    moat_error error;
    moat_literal literal;
    bench_check(moat_literal_parse(bench_graph(suite), text, strlen(text), &literal, &error),
                &error);
    return literal.dist;
}

static moat_dist mixture(bench *suite) {
    moat_error error;
    const moat_dist parts[] = {from_literal(suite, "normal(0, 1)"),
                               from_literal(suite, "gamma(2, 3)")};
    return checked(
        moat_dist_mixture(bench_graph(suite), 2, parts, (const double[]){0.7, 0.3}, &error),
        &error);
}

static moat_dist truncated(bench *suite) {
    moat_error error;
    const moat_dist whole = from_literal(suite, "normal(0, 1)");
    return checked(moat_dist_truncate(bench_graph(suite), whole, -1, 2, &error), &error);
}

static moat_dist from_points(bench *suite, moat_family family) {
    static const double x[] = {1, 2.3, 7}, w[] = {0.1, 0.5, 0.9};
    moat_error error;
    return checked(
        moat_dist_points(bench_graph(suite), family, 3, x, w, MOAT_DIMENSIONLESS, &error), &error);
}

static moat_dist typical(bench *suite, moat_family family) {
    static const char *const literals[MOAT_FAMILY_COUNT] = {
        [MOAT_NORMAL] = "normal(3, 0.5)",       [MOAT_LOGNORMAL] = "lognormal(0.1, 0.3)",
        [MOAT_UNIFORM] = "uniform(2, 5)",       [MOAT_TRIANGULAR] = "triangular(1, 3, 7)",
        [MOAT_PERT] = "pert(10, 13, 18)",       [MOAT_BETA] = "beta(2, 5)",
        [MOAT_GAMMA] = "gamma(2.5, 0.3)",       [MOAT_EXPONENTIAL] = "exponential(0.7)",
        [MOAT_WEIBULL] = "weibull(1.5, 3)",     [MOAT_STUDENT_T] = "student_t(4)",
        [MOAT_BERNOULLI] = "bernoulli(0.3)",    [MOAT_POISSON] = "poisson(40)",
        [MOAT_BINOMIAL] = "binomial(100, 0.3)",
    };
    switch (family) {
    case MOAT_MIXTURE: return mixture(suite);
    case MOAT_TRUNCATED: return truncated(suite);
    case MOAT_DISCRETE:
    case MOAT_METALOG:
    case MOAT_EMPIRICAL: return from_points(suite, family);
    default: return from_literal(suite, literals[family]);
    }
}

void bench_add_draws(bench *suite) {
    static const char *const groups[] = {
        [MOAT_RANDOM] = "random draw", [MOAT_LHS] = "lhs draw", [MOAT_SOBOL] = "sobol draw"};
    for (moat_sampling how = MOAT_RANDOM; how <= MOAT_SOBOL; how++) {
        add(suite, groups[how], "uniform", all_draws(suite, uniform, NULL), how);
        add(suite, groups[how], "standard normal", all_draws(suite, normal, NULL), how);
    }
    for (moat_family family = MOAT_NORMAL; family < MOAT_FAMILY_COUNT; family++) {
        const moat_dist dist = typical(suite, family);
        add(suite, "distribution, random draw included", moat_family_describe(family)->name,
            all_draws(suite, from_dist, &dist), MOAT_RANDOM);
    }
}
