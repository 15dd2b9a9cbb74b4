/* Quantiles of whole columns: against sorting, and as other programs interpolate. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "kinds.h"
#include "moat/summary.h"

enum { MOST = 300000 };

static double values[MOST], sorted[MOST];

static moat_summary summarise(size_t count, const double *x) {
    moat_summary summary;
    cr_assert_eq(moat_summarise(count, x, &summary, &error), MOAT_OK, "%s", error.message);
    return summary;
}

static void expect_same(double got, double wanted, const char *what, const char *name, size_t n) {
    cr_expect(same(got, wanted), "%s of %s, n = %zu: %.17g (%a), not %.17g (%a)", what, name, n,
              got, got, wanted, wanted);
}

static void check_quantiles(enum kind kind, size_t count) {
    enum { WANTED = 60 };
    const char *name = kind_names[kind];
    fill_with(kind, count, values);
    memcpy(sorted, values, count * sizeof *values);
    sort_values(count, sorted);
    moat_summary s = summarise(count, values);
    expect_same(s.min, sorted[0] + 0.0, "min", name, count);
    expect_same(s.p5, sorted_quantile(count, sorted, 0.05), "p5", name, count);
    expect_same(s.p25, sorted_quantile(count, sorted, 0.25), "p25", name, count);
    expect_same(s.p50, sorted_quantile(count, sorted, 0.5), "p50", name, count);
    expect_same(s.p75, sorted_quantile(count, sorted, 0.75), "p75", name, count);
    expect_same(s.p95, sorted_quantile(count, sorted, 0.95), "p95", name, count);
    expect_same(s.max, sorted[count - 1] + 0.0, "max", name, count);
    uint64_t state = count;
    double p[WANTED] = {1, 0}, found[WANTED];
    for (size_t i = 2; i < WANTED; i++)
        p[i] = (double)(lcg_next(&state) % 1000001) / 1e6;
    cr_assert_eq(moat_quantiles(count, values, WANTED, p, found, NULL), MOAT_OK);
    for (size_t i = 0; i < WANTED; i++)
        expect_same(found[i], sorted_quantile(count, sorted, p[i]), "a quantile", name, count);
}

Test(quantile, quantiles_agree_with_sorting) {
    static const size_t counts[] = {1,  2,  3,   4,   7,    23,   24,   25,    26,
                                    63, 64, 100, 999, 1000, 4095, 4096, 10001, 50000};
    for (enum kind kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
            check_quantiles(kind, counts[i]);
    check_quantiles(NORMAL, 300000);
    check_quantiles(VERY_HEAVY, 300000);
}

Test(quantile, quantiles_interpolate_as_numpy_does) {
    static const struct {
        double x[4];
        size_t count;
        double p, quantile;
    } rows[] = {
        {{3, 1, 2}, 3, 0.5, 2},
        {{1, 2, 3, 4}, 4, 0.5, 2.5},
        {{1, 2, 3, 4}, 4, 0.05, 1.15},
        {{4, 3, 2, 1}, 4, 0.95, 3.8499999999999996},
        {{10, 20}, 2, 0.25, 12.5},
        {{10, 20}, 2, 1, 20},
        {{1, INFINITY}, 2, 0.25, INFINITY},
        {{1, INFINITY}, 2, 0, 1},
        {{-INFINITY, 1}, 2, 0.75, -INFINITY},
        {{-1.7e308, 1.7e308}, 2, 0.5, 0},
        {{-0.0, -0.0}, 2, 0.3, 0.0},
        {{0.1, 0.1, 0.1}, 3, 0.37, 0.1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double quantile;
        cr_assert_eq(moat_quantiles(rows[i].count, rows[i].x, 1, &rows[i].p, &quantile, NULL),
                     MOAT_OK);
        expect_same(quantile, rows[i].quantile, "the quantile", "row", i);
    }
}
