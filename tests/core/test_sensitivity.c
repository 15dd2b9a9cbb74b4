/* Ranks, rank correlations and shares of variance, against what is known of them. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "fixture.h"
#include "moat/sensitivity.h"
#include "scalar.h"

enum { SAMPLES = 1 << 14, INPUTS = 4 };

#define PI 3.14159265358979323846

static double x[INPUTS][SAMPLES], ranks[INPUTS][SAMPLES], y[SAMPLES], y_ranks[SAMPLES];

static void rank(const double *values, double *to) {
    cr_assert_eq(moat_ranks(SAMPLES, values, to, &error), MOAT_OK, "%s", error.message);
}

/* Inputs that are independent, each the quantile of a uniform number. */
static void draw(double (*quantile)(double)) {
    uint64_t state = 12345;
    for (size_t k = 0; k < INPUTS; k++) {
        for (size_t i = 0; i < SAMPLES; i++) {
            const double high = lcg_next(&state), low = lcg_next(&state);
            x[k][i] = quantile((high + (low + 0.5) / 0x1p31) / 0x1p31);
        }
        rank(x[k], ranks[k]);
    }
}

static void expect_near(double found, double wanted, double tolerance, const char *what, size_t k) {
    cr_expect(fabs(found - wanted) <= tolerance, "%s of input %zu: %.5f, not %.5f", what, k, found,
              wanted);
}

Test(sensitivity, ranks_share_places) {
    static const struct {
        size_t count;
        double values[6], ranks[6];
    } rows[] = {
        {1, {7}, {1}},
        {3, {3, 1, 2}, {3, 1, 2}},
        {4, {5, 5, 1, 5}, {3, 3, 1, 3}},
        {5, {-0.0, 0.0, -1, 1, -1}, {3.5, 3.5, 1.5, 5, 1.5}},
        {6, {INFINITY, 1e308, -INFINITY, INFINITY, -1e-320, 1e-320}, {5.5, 4, 1, 5.5, 2, 3}},
        {3, {1, NAN, 2}, {NAN, NAN, NAN}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double found[6];
        cr_assert_eq(moat_ranks(rows[i].count, rows[i].values, found, &error), MOAT_OK);
        for (size_t k = 0; k < rows[i].count; k++)
            cr_expect(found[k] == rows[i].ranks[k] || (isnan(found[k]) && isnan(rows[i].ranks[k])),
                      "row %zu: the rank of %g is %g, not %g", i, rows[i].values[k], found[k],
                      rows[i].ranks[k]);
    }
    cr_expect_eq(moat_ranks(0, NULL, NULL, &error), MOAT_OK);
}

/* By hand: 1 - 6 sum(d^2) / (n^3 - n); and with ties 3 / sqrt(4.5 * 4). */
Test(sensitivity, rank_correlations_of_small_columns) {
    static const struct {
        size_t count;
        double x[10], y[10], wanted;
    } rows[] = {
        {10, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {2, 1, 4, 3, 6, 5, 8, 7, 10, 9}, 1 - 60.0 / 990},
        {4, {1, 2, 3, 4}, {10, 100, 1000, INFINITY}, 1},
        {4, {1, 2, 3, 4}, {4, 3, 2, 1}, -1},
        {4, {1, 2, 2, 4}, {1, 1, 3, 3}, 0.70710678118654752},
        {3, {1, 2, 3}, {5, 5, 5}, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double a[10], b[10];
        moat_ranks(rows[i].count, rows[i].x, a, &error);
        moat_ranks(rows[i].count, rows[i].y, b, &error);
        const double found = moat_rank_correlation(rows[i].count, a, b);
        cr_expect(fabs(found - rows[i].wanted) < 1e-15, "row %zu: %.17g, not %.17g", i, found,
                  rows[i].wanted);
    }
}

/* y = sum of a x with normal x: the correlation with y is r = a / |a|. Spearman's is 6/pi asin(r/2)
 * (Pearson, 1907); the index of values is r^2; that of ranks follows from E(F(y) | x) = F(r x /
 * sqrt(2 - r^2)) and the orthant probability: 6/pi asin(r^2/2). */
Test(sensitivity, of_a_linear_model) {
    static const double a[INPUTS] = {3, -2, 0.5, 0};
    const double length = sqrt(9 + 4 + 0.25);
    draw(moati_normal_quantile);
    for (size_t i = 0; i < SAMPLES; i++)
        y[i] = a[0] * x[0][i] + a[1] * x[1][i] + a[2] * x[2][i];
    rank(y, y_ranks);
    const double noise = moat_variance_share_noise(SAMPLES);
    for (size_t k = 0; k < INPUTS; k++) {
        const double r = a[k] / length;
        expect_near(moat_rank_correlation(SAMPLES, ranks[k], y_ranks), 6 / PI * asin(r / 2), 0.02,
                    "the correlation", k);
        expect_near(moat_variance_share(SAMPLES, ranks[k], y), r * r, 0.015, "the share", k);
        expect_near(moat_variance_share(SAMPLES, ranks[k], y_ranks), 6 / PI * asin(r * r / 2),
                    0.015, "the share of ranks", k);
    }
    cr_expect(moat_variance_share(SAMPLES, ranks[3], y_ranks) < 3 * noise, "noise is %g", noise);
    const double low = moat_mean_where_low(SAMPLES, ranks[0], y);
    const double high = moat_mean_where_high(SAMPLES, ranks[0], y);
    /* The mean of a standard normal in its upper tenth is its density at 1.2816, times ten. */
    expect_near(low, -3 * 1.754983, 0.15, "the mean where it is low", 0);
    expect_near(high, 3 * 1.754983, 0.15, "the mean where it is high", 0);
}

static double ishigami_quantile(double p) {
    return PI * (2 * p - 1);
}

/* sin x1 + a sin^2 x2 + b x3^4 sin x1 (Ishigami and Homma, 1990): the second matters most with no
 * correlation at all, and the third only together with the first. */
Test(sensitivity, of_ishigami) {
    const double a = 7, b = 0.1;
    draw(ishigami_quantile);
    for (size_t i = 0; i < SAMPLES; i++)
        y[i] = sin(x[0][i]) * (1 + b * pow(x[2][i], 4)) + a * pow(sin(x[1][i]), 2);
    rank(y, y_ranks);
    const double first = 0.5 * pow(1 + b * pow(PI, 4) / 5, 2), second = a * a / 8;
    const double total = second + b * pow(PI, 4) / 5 + b * b * pow(PI, 8) / 18 + 0.5;
    const double wanted[INPUTS] = {first / total, second / total, 0, 0};
    for (size_t k = 0; k < INPUTS; k++)
        expect_near(moat_variance_share(SAMPLES, ranks[k], y), wanted[k], 0.02, "the share", k);
    expect_near(moat_rank_correlation(SAMPLES, ranks[1], y_ranks), 0, 0.03, "the correlation", 1);
    double sum = 0;
    for (size_t k = 0; k < INPUTS; k++)
        sum += moat_variance_share(SAMPLES, ranks[k], y_ranks);
    cr_expect(sum > 0.6 && sum < 0.9, "the rest is left to the first and third together: %g", sum);
}

/* What has few values, or none that can be looked at. */
Test(sensitivity, of_what_is_discrete_infinite_or_constant) {
    draw(ishigami_quantile);
    for (size_t i = 0; i < SAMPLES; i++) {
        x[0][i] = x[0][i] > 0; /* a coin */
        x[1][i] = 5;
        y[i] = x[0][i] > 0 || x[2][i] > 0 ? INFINITY : x[2][i];
    }
    rank(x[0], ranks[0]);
    rank(x[1], ranks[1]);
    rank(y, y_ranks);
    /* Three quarters are never, all at 5/8 of the ranks: their variance is (1 - (3/4)^3) / 12.
     * Where the coin is 1 the mean is 5/8, else 3/8: a variance of 1/64. */
    expect_near(moat_variance_share(SAMPLES, ranks[0], y_ranks), 12.0 / 37, 0.02,
                "the share of a coin", 0);
    cr_expect_eq(moat_variance_share(SAMPLES, ranks[1], y_ranks), 0);
    cr_expect_eq(moat_rank_correlation(SAMPLES, ranks[1], y_ranks), 0);
    cr_expect(isnan(moat_variance_share(SAMPLES, ranks[0], y)), "values are infinite");
    cr_expect_eq(moat_mean_where_low(SAMPLES, ranks[0], x[0]), 0, "half of the samples");
    cr_expect_eq(moat_mean_where_high(SAMPLES, ranks[0], x[0]), 1);
    cr_expect_eq(moat_mean_where_low(SAMPLES, ranks[1], x[1]), 5, "all of them");
}
