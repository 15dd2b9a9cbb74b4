/* The probability below a value as a node: of laws against moat_dist_probability, of uncertain
 * parameters against the law with the same numbers. */
#include <criterion/criterion.h>
#include <math.h>

#include "dist_table.h"
#include "fixture.h"

TestSuite(dist_below, .init = start, .fini = stop);

/* The parameters as inputs where the family allows it, defined by these numbers. */
static moat_dist uncertain(moat_family family, const double value[3], moat_node *definitions) {
    moat_node parameters[3];
    for (unsigned j = 0; j < moat_family_describe(family)->parameters; j++) {
        size_t which;
        parameters[j] = number(value[j]);
        if (moati_parameter_is_fixed(family, j))
            continue;
        parameters[j] = moat_graph_input(graph, MOAT_DIMENSIONLESS, &which, &error);
        definitions[which] = number(value[j]);
    }
    moat_dist dist = moat_dist_new(graph, family, parameters, 1, MOAT_DIMENSIONLESS, &error);
    cr_assert(dist, "%s", error.message);
    return dist;
}

static moat_dist known(moat_family family, const double value[3]) {
    moat_node parameters[3] = {number(value[0]), number(value[1]), number(value[2])};
    moat_dist dist = moat_dist_new(graph, family, parameters, 1, MOAT_DIMENSIONLESS, &error);
    cr_assert(dist, "%s", error.message);
    return dist;
}

static double below(moat_dist dist, double x, const moat_node *definitions) {
    moat_node root = moat_dist_below(graph, dist, number(x), &error);
    cr_assert(root, "%s", error.message);
    moat_columns *columns =
        compute(definitions, 1, &root, (moat_run){.seed = 1, .samples = 1, .threads = 1});
    double value = moat_columns_get(columns, 0)[0];
    moat_columns_free(columns);
    return value;
}

static const double places[] = {-1e300, -7,  -1e-9, 0, 1e-300, 1e-9, 0.2,  0.7,
                                1,      1.5, 2,     3, 4.9,    60,   1e300};

Test(dist_below, laws_answer_and_uncertain_parameters_agree) {
    static const struct {
        moat_family family;
        double p[3];
    } rows[] = {
        {MOAT_NORMAL, {1, 2}},        {MOAT_LOGNORMAL, {1, 0.5}},   {MOAT_UNIFORM, {0.5, 5}},
        {MOAT_TRIANGULAR, {1, 2, 5}}, {MOAT_EXPONENTIAL, {3}},      {MOAT_WEIBULL, {2, 3}},
        {MOAT_GAMMA, {2.5, 3}},       {MOAT_TRIANGULAR, {1, 1, 5}}, {MOAT_TRIANGULAR, {-1, 5, 5}}};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t j = 0; j < COUNT(places); j++) {
            const char *name = moat_family_describe(rows[i].family)->name;
            moat_node definitions[1000] = {0};
            const moat_dist law = known(rows[i].family, rows[i].p);
            const moat_dist open = uncertain(rows[i].family, rows[i].p, definitions);
            const double wanted = moat_dist_probability(graph, law, places[j]);
            const double a = below(law, places[j], NULL), b = below(open, places[j], definitions);
            cr_expect(fabs(a - wanted) <= 1e-14, "%s at %g: %.17g, not %.17g", name, places[j], a,
                      wanted);
            cr_expect(fabs(b - wanted) <= 1e-14, "%s at %g, uncertain: %.17g, not %.17g", name,
                      places[j], b, wanted);
        }
}

Test(dist_below, separate_values_do_not_count_themselves) {
    static const double x[] = {10, 20, 40}, w[] = {1, 2, 1};
    moat_dist points = moat_dist_points(graph, MOAT_DISCRETE, 3, x, w, MOAT_DIMENSIONLESS, &error);
    static const struct {
        double at, wanted;
    } rows[] = {{9, 0}, {10, 0}, {10.5, 0.25}, {20, 0.25}, {21, 0.75}, {40, 0.75}, {41, 1}};
    for (size_t i = 0; i < COUNT(rows); i++)
        cr_expect_eq(below(points, rows[i].at, NULL), rows[i].wanted, "below %g", rows[i].at);
    moat_node definitions[8] = {0};
    moat_dist coin = uncertain(MOAT_BERNOULLI, (double[3]){0.3}, definitions);
    cr_expect_eq(below(coin, 0, definitions), 0);
    cr_expect_eq(below(coin, 1, definitions), 0.7);
    cr_expect_eq(below(coin, 1.5, definitions), 1);
}

/* Values that no distribution was made for, and parameters that make none in a sample. */
Test(dist_below, hostile_values) {
    const double inf = (double)INFINITY, nan = (double)NAN;
    static const struct {
        moat_family family;
        double p[3];
        double at, wanted;
    } rows[] = {
        {MOAT_NORMAL, {3, 0}, 3, 0},
        {MOAT_NORMAL, {3, 0}, 3.5, 1},
        {MOAT_NORMAL, {3, -2}, 3, 0.5},
        {MOAT_LOGNORMAL, {0, 0}, 1.5, 1},
        {MOAT_UNIFORM, {2, 2}, 2, 0},
        {MOAT_UNIFORM, {4, 2}, 3, 0.5},
        {MOAT_TRIANGULAR, {2, 2, 2}, 2, 0},
        {MOAT_TRIANGULAR, {2, 2, 2}, 3, 1},
        {MOAT_TRIANGULAR, {2, 9, 3}, 2.5, (double)NAN},
        {MOAT_EXPONENTIAL, {0}, 1, 1},
        {MOAT_EXPONENTIAL, {-1}, 1, (double)NAN},
        {MOAT_WEIBULL, {0, 1}, 1, (double)NAN},
        {MOAT_NORMAL, {0, (double)INFINITY}, 1, (double)NAN},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        moat_node definitions[64] = {0};
        /* What constants may not be, inputs turn out to be. */
        moat_dist dist = uncertain(rows[i].family, rows[i].p, definitions);
        const double found = below(dist, rows[i].at, definitions);
        cr_expect(found == rows[i].wanted || (isnan(found) && isnan(rows[i].wanted)),
                  "row %zu: %.17g, not %.17g", i, found, rows[i].wanted);
    }
    static const moat_family families[] = {MOAT_PERT, MOAT_BETA, MOAT_GAMMA, MOAT_STUDENT_T,
                                           MOAT_POISSON};
    for (size_t i = 0; i < COUNT(families); i++) {
        moat_dist law = known(families[i], (double[3]){1, 2, 3});
        const char *name = moat_family_describe(families[i])->name;
        cr_expect_eq(below(law, inf, NULL), 1, "%s", name);
        cr_expect_eq(below(law, -inf, NULL), 0, "%s", name);
        cr_expect(isnan(below(law, nan, NULL)), "%s", name);
    }
}

Test(dist_below, what_is_refused) {
    moat_dist dist = known(MOAT_NORMAL, (double[3]){0, 1});
    cr_expect_eq(moat_dist_below(graph, dist + 1, number(1), &error), MOAT_NO_NODE);
    cr_expect_eq(error.status, MOAT_INVALID);
    cr_expect_eq(moat_dist_below(graph, dist, quantity(1, "$"), &error), MOAT_NO_NODE);
    cr_expect_eq(error.status, MOAT_UNIT);
}
