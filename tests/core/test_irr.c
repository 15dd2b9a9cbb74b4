/* The internal rate of return. */
#include <criterion/criterion.h>
#include <math.h>

#include "fixture.h"
#include "irr.h"

static double rate_of(size_t count, const double *payments, double years) {
    const double *columns[64];
    for (size_t t = 0; t < count; t++)
        columns[t] = &payments[t];
    return moati_irr(columns, 0, count, years);
}

#define RATE(years, ...)                                                                           \
    rate_of(sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__}, years)

static void expect_rate(double found, double expected) {
    cr_expect(fabs(found - expected) <= 1e-12 * (1 + fabs(expected)), "%.17g, not %.17g", found,
              expected);
}

Test(irr, known_rates) {
    expect_rate(RATE(1, -100, 110), 0.1);
    expect_rate(RATE(1, 100, -110), 0.1);
    expect_rate(RATE(0.25, -100, 110), pow(1.1, 4) - 1);
    expect_rate(RATE(1, -100, 0, 121), 0.1);
    expect_rate(RATE(1, -100, 50, 50), 0);
    expect_rate(RATE(1, -100, 60, 60), 0.13066238629180747);
    expect_rate(RATE(1, -70000, 12000, 15000, 18000, 21000, 26000), 0.0866309480365316);
    expect_rate(RATE(1, -100, 1), -0.99);
    expect_rate(RATE(1, -1, 1000), 999);
    expect_rate(RATE(1. / 12, -1e-12, 1.01e-12), pow(1.01, 12) - 1);
}

Test(irr, of_several_roots_the_nearest_to_zero) {
    /* (x - 1.1)(x - 1.5) and (x - 0.8)(x - 1.3), x = 1 + r */
    expect_rate(RATE(1, 1, -2.6, 1.65), 0.1);
    expect_rate(RATE(1, 1, -2.1, 1.04), -0.2);
}

Test(irr, nothing_where_there_is_none) {
    cr_expect(isnan(RATE(1, 100, 110)), "all positive");
    cr_expect(isnan(RATE(1, -100, -110)), "all negative");
    cr_expect(isnan(RATE(1, 0, 0)), "all zero");
    cr_expect(isnan(RATE(1, -100, NAN)), "no number");
    cr_expect(isnan(RATE(1, -100, INFINITY)), "infinite");
    cr_expect(isnan(RATE(1, 1, -2, 1.5)), "no real root");
    cr_expect(isnan(RATE(1, -1, 1e9)), "past a millionfold");
}

Test(irr, as_a_node, .init = start, .fini = stop) {
    const moat_node paid = number(-100), got = input("1"), sixty = number(60);
    moat_node rate;
    cr_assert_eq(moati_graph_irr(graph, 3, (moat_node[]){paid, got, got}, 1, MOAT_DIMENSIONLESS,
                                 &rate, &error),
                 MOAT_OK, "%s", error.message);
    moat_columns *columns =
        compute(&sixty, 1, &rate, (moat_run){.seed = 1, .samples = 5, .threads = 1});
    expect_rate(moat_columns_get(columns, 0)[4], 0.13066238629180747);
    moat_columns_free(columns);
}
