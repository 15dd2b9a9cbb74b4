/* Summaries: sums that plain addition gets wrong, reference data for the standard deviation,
 * digests, all columns at once. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "kinds.h"
#include "moat/summary.h"

enum { MOST = 1000000 };

static double values[MOST];

static moat_summary summarise(size_t count, const double *x) {
    moat_summary summary;
    cr_assert_eq(moat_summarise(count, x, &summary, &error), MOAT_OK, "%s", error.message);
    return summary;
}

static void expect_same(double got, double wanted, const char *what, const char *name, size_t n) {
    cr_expect(same(got, wanted), "%s of %s, n = %zu: %.17g (%a), not %.17g (%a)", what, name, n,
              got, got, wanted, wanted);
}

/* --- Moments. */

static void repeat(size_t count, const double *pattern, size_t length) {
    for (size_t i = 0; i < count; i++)
        values[i] = pattern[i % length];
}

Test(summary, sums_are_compensated) {
    static const struct {
        const char *name;
        double pattern[8];
        size_t length, count;
        double mean;
    } rows[] = {
        {"one that 1e16 hides", {1e16, 1, -1e16}, 3, 3, 1 / 3.0},
        {"ones that 1e100 hides", {1, 1e100, 1, -1e100}, 4, 40000, 0.5},
        {"a million tenths", {0.1}, 1, 1000000, 0.1},
        {"tenths and their negatives", {0.1, -0.1}, 2, 99999, 0.1 / 99999},
        {"half a unit in the last place", {1, 0x1p-53, 0x1p-53}, 3, 3, (1 + 0x1p-52) / 3},
        {"a sum too large for a double", {1e308, 1.5e308}, 2, 1000, 1.25e308},
        {"the largest values",
         {0x1.fffffffffffffp1023, 0x1.ffffffffffffep1023},
         2,
         4,
         0x1.ffffffffffffep1023},
        {"the smallest values", {5e-324, 15e-324}, 2, 1000, 10e-324},
        {"one value", {-3.25}, 1, 1, -3.25},
        {"negative zeros", {-0.0}, 1, 10, 0.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        repeat(rows[i].count, rows[i].pattern, rows[i].length);
        moat_summary s = summarise(rows[i].count, values);
        double tolerance = 0x1p-53 * fabs(rows[i].mean);
        cr_expect(fabs(s.mean - rows[i].mean) <= tolerance, "%s: %a, not %a", rows[i].name, s.mean,
                  rows[i].mean);
    }
}

/* The deviations of NIST's sets are exact for the doubles nearest to their values. */
Test(summary, standard_deviations_agree_with_reference_data) {
    static const struct {
        const char *name;
        double first, pattern[8];
        size_t length, count; /* of the pattern; of all */
        double mean, sd;
    } rows[] = {
        {"NIST NumAcc1", 10000001, {10000003, 10000002}, 2, 3, 10000002, 1},
        {"NIST NumAcc2", 1.2, {1.1, 1.3}, 2, 1001, 1.2, 0.1},
        {"NIST NumAcc3", 1000000.2, {1000000.1, 1000000.3}, 2, 1001, 1000000.2, 0.1000000000349246},
        {"NIST NumAcc4",
         10000000.2,
         {10000000.1, 10000000.3},
         2,
         1001,
         10000000.2,
         0.10000000055879354},
        {"values of both signs",
         -213,
         {-564, -35, -15, 141, 115, -420, -360},
         7,
         8,
         -168.875,
         260.7327243968976},
        {"two values", 1, {2}, 1, 2, 1.5, 0x1.6a09e667f3bcdp-1},
        {"a mean between doubles",
         0x1p53,
         {0x1.0000000000001p53},
         1,
         2,
         0x1p53,
         0x1.6a09e667f3bcdp0},
        {"one value", 7, {0}, 1, 1, 7, 0},
        {"equal values", 0.1, {0.1}, 1, 1001, 0.1, 0},
        {"huge values", 1e300, {-1e300}, 1, 2, 0, 0x1.6a09e667f3bcdp0 * 1e300},
        {"tiny values", 1e-300, {-1e-300}, 1, 2, 0, 0x1.6a09e667f3bcdp0 * 1e-300},
        {"tiny beside huge", 1e300, {1e-300, 0}, 2, 3, 1e300 / 3, 1e300 / 1.7320508075688772},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        repeat(rows[i].count - 1, rows[i].pattern, rows[i].length);
        memmove(values + 1, values, (rows[i].count - 1) * sizeof *values);
        values[0] = rows[i].first;
        moat_summary s = summarise(rows[i].count, values);
        cr_expect_leq(fabs(s.mean - rows[i].mean), 0x1p-53 * fabs(rows[i].mean),
                      "%s: mean %.17g, not %.17g", rows[i].name, s.mean, rows[i].mean);
        cr_expect_leq(fabs(s.sd - rows[i].sd), 1e-14 * rows[i].sd, "%s: sd %.17g, not %.17g",
                      rows[i].name, s.sd, rows[i].sd);
        cr_expect_leq(fabs(s.mcse - s.sd / sqrt((double)rows[i].count)), 1e-15 * s.sd, "%s: mcse",
                      rows[i].name);
    }
}

/* The centre of the squares is the mean of the first piece, here far from that of all. */
Test(summary, standard_deviations_do_not_depend_on_the_order) {
    enum { N = 200000 };
    for (enum kind kind = NORMAL; kind <= DESCENDING; kind++) {
        if (kind == ANY_BITS || kind == DATES)
            continue;
        fill_with(kind, N, values);
        for (size_t turn = 0; turn < 2; turn++) {
            long double sum = 0, squares = 0;
            for (size_t i = 0; i < N; i++)
                sum += values[i];
            for (size_t i = 0; i < N; i++)
                squares += (values[i] - sum / N) * (values[i] - sum / N);
            const double sd = (double)sqrtl(squares / (N - 1));
            const moat_summary s = summarise(N, values);
            cr_expect_leq(fabs(s.sd - sd), 1e-13 * sd, "%s%s: sd %.17g, not %.17g",
                          kind_names[kind], turn == 0 ? "" : ", sorted", s.sd, sd);
            sort_values(N, values);
        }
    }
}

/* Beyond what one pass can square. */
Test(summary, standard_deviations_of_extreme_values) {
    static const double scales[] = {0x1p-1000, 0x1p-450, 0x1p-350, 0x1p350, 0x1p450, 0x1p1000};
    enum { N = 5000 };
    fill_with(NORMAL, N, values);
    const moat_summary plain = summarise(N, values);
    for (size_t i = 0; i < COUNT(scales); i++) {
        fill_with(NORMAL, N, values);
        for (size_t j = 0; j < N; j++)
            values[j] *= scales[i];
        const moat_summary s = summarise(N, values);
        cr_expect(same(s.sd, plain.sd * scales[i]), "scale %g: sd %a, not %a", scales[i], s.sd,
                  plain.sd * scales[i]);
        cr_expect(same(s.mean, plain.mean * scales[i]), "scale %g: mean", scales[i]);
    }
}

Test(summary, what_is_not_a_number_or_not_finite) {
    for (size_t count = 1; count < 40; count += 3) {
        for (size_t at = 0; at < count; at++) {
            repeat(count, (double[]){1, 2, INFINITY}, 3);
            values[at] = at % 2 == 0 ? NAN : -NAN;
            moat_summary s = summarise(count, values);
            double figures[] = {s.mean, s.sd,  s.mcse, s.p5,  s.p25,
                                s.p50,  s.p75, s.p95,  s.min, s.max};
            for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
                cr_assert(isnan(figures[f]), "figure %zu of %zu values, NaN at %zu", f, count, at);
            cr_assert_eq(s.nan_count, 1);
            cr_assert_eq(s.inf_count, count / 3 - (at % 3 == 2), "%zu infinite, NaN at %zu of %zu",
                         s.inf_count, at, count);
            double p = 0.5, quantile;
            cr_assert_eq(moat_quantiles(count, values, 1, &p, &quantile, NULL), MOAT_OK);
            cr_assert(isnan(quantile));
        }
    }
    static const struct {
        double pattern[3], mean, sd, p5, p50, p95;
    } rows[] = {
        {{1, 2, INFINITY}, INFINITY, NAN, 1, 2, INFINITY},
        {{-INFINITY, 2, 3}, -INFINITY, NAN, -INFINITY, 2, 3},
        {{-INFINITY, 0, INFINITY}, NAN, NAN, -INFINITY, 0, INFINITY},
        {{INFINITY, INFINITY, INFINITY}, INFINITY, NAN, INFINITY, INFINITY, INFINITY},
        {{-0.0, 0.0, -0.0}, 0.0, 0, 0.0, 0.0, 0.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        repeat(3000, rows[i].pattern, 3);
        moat_summary s = summarise(3000, values);
        expect_same(s.mean, rows[i].mean, "mean", "row", i);
        expect_same(s.sd, rows[i].sd, "sd", "row", i);
        expect_same(s.p5, rows[i].p5, "p5", "row", i);
        expect_same(s.p50, rows[i].p50, "p50", "row", i);
        expect_same(s.p95, rows[i].p95, "p95", "row", i);
    }
}

Test(summary, what_has_no_meaning_is_refused) {
    double x = 1, quantile;
    moat_summary s;
    cr_expect_eq(moat_summarise(0, &x, &s, &error), MOAT_INVALID);
    cr_expect_str_not_empty(error.message);
    static const double bad[] = {-0.01, 1.01, NAN, INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_eq(moat_quantiles(1, &x, 1, &bad[i], &quantile, &error), MOAT_INVALID);
        cr_expect(strstr(error.message, "probability"), "%s", error.message);
    }
    double half = 0.5;
    cr_expect_eq(moat_quantiles(0, &x, 1, &half, &quantile, NULL), MOAT_INVALID);
    cr_expect_eq(moat_quantiles(1, &x, 0, NULL, NULL, NULL), MOAT_OK);
}

/* --- Histogram and digests. */

Test(summary, histograms_count_finite_values_between_the_ends) {
    static const double x[] = {0,    0.5, 1,   1.999,    2,         3.999, 4,
                               -0.1, 4.1, NAN, INFINITY, -INFINITY, 2.5};
    size_t counts[4] = {9, 9, 9, 9};
    static const size_t expected[4] = {2, 2, 2, 2};
    moat_histogram(sizeof x / sizeof *x, x, 0, 4, 4, counts);
    cr_expect_arr_eq(counts, expected, sizeof expected, "%zu %zu %zu %zu", counts[0], counts[1],
                     counts[2], counts[3]);
    static const double wide[] = {-1.7e308, -1e307, 1e307, 1.7e308};
    static const size_t halves[2] = {2, 2};
    moat_histogram(4, wide, -1.7e308, 1.7e308, 2, counts);
    cr_expect_arr_eq(counts, halves, sizeof halves, "the full range");
    static const double equal[] = {3, 3, 4};
    static const size_t last[3] = {0, 0, 2};
    moat_histogram(3, equal, 3, 3, 3, counts);
    cr_expect_arr_eq(counts, last, sizeof last, "an interval without width");
}

Test(summary, digests_see_every_bit_and_place) {
    for (size_t i = 0; i < 1000; i++)
        values[i] = (double)(i % 10);
    uint64_t digest = summarise(1000, values).digest;
    cr_expect_eq(summarise(1000, values).digest, digest);
    cr_expect_neq(summarise(999, values).digest, digest, "one value less");
    cr_expect_neq(summarise(999, values + 1).digest, digest, "one place further");
    for (size_t i = 0; i + 1 < 1000; i++) {
        double a = values[i], b = values[i + 1];
        values[i] = b;
        values[i + 1] = a;
        cr_assert_neq(summarise(1000, values).digest, digest, "values %zu and %zu swapped", i,
                      i + 1);
        values[i] = a == 0 ? -0.0 : nextafter(a, INFINITY);
        values[i + 1] = b;
        cr_assert_neq(summarise(1000, values).digest, digest, "one bit of value %zu", i);
        values[i] = a;
    }
    values[7] = NAN;
    digest = summarise(1000, values).digest;
    static const uint64_t other_nans[] = {
        UINT64_C(0xfff8000000000000), UINT64_C(0x7ff8000000001234), UINT64_C(0x7ff0000000000001)};
    for (size_t i = 0; i < 3; i++) {
        memcpy(&values[7], &other_nans[i], sizeof values[7]);
        cr_expect_eq(summarise(1000, values).digest, digest, "every NaN counts alike");
    }
}

Test(summary, digests_combine_in_order) {
    uint64_t one = moat_digest_mix(0, 1), two = moat_digest_mix(0, 2);
    cr_expect_neq(moat_digest_mix(one, 2), moat_digest_mix(two, 1));
    cr_expect_neq(moat_digest_mix(one, 0), one);
    cr_expect_neq(moat_digest_mix(0, 0), 0);
    static const char *const pairs[][2] = {{"ab", "c"}, {"a", "bc"}, {"", "abc"}, {"abc", ""},
                                           {"c", "ab"}, {"", ""},    {"a", ""},   {"", "a"}};
    uint64_t digests[8];
    for (size_t i = 0; i < 8; i++) {
        digests[i] = moat_digest_text(moat_digest_text(0, pairs[i][0]), pairs[i][1]);
        for (size_t j = 0; j < i; j++) {
            cr_expect_neq(digests[i], digests[j], "(%s, %s) and (%s, %s)", pairs[i][0], pairs[i][1],
                          pairs[j][0], pairs[j][1]);
        }
    }
}

/* --- All columns. */

Test(summary, all_columns_are_summarised_on_any_number_of_threads, .init = start, .fini = stop) {
    enum { COLUMNS = 9, SAMPLES = 3000 };
    moat_node roots[COLUMNS];
    for (uint32_t i = 0; i < COLUMNS; i++)
        roots[i] = source("x", i).normal;
    roots[3] = number(42);
    moat_columns *columns =
        compute(NULL, COLUMNS, roots, (moat_run){.seed = 1, .samples = SAMPLES, .threads = 1});
    for (unsigned threads = 0; threads < 12; threads++) {
        moat_summary summaries[COLUMNS];
        cr_assert_eq(moat_summarise_all(columns, threads, NULL, summaries, &error), MOAT_OK);
        for (size_t i = 0; i < COLUMNS; i++) {
            moat_summary alone = summarise(SAMPLES, moat_columns_get(columns, i));
            cr_expect_arr_eq(&summaries[i], &alone, sizeof alone, "column %zu on %u threads", i,
                             threads);
        }
        cr_expect_eq(summaries[3].p95, 42);
        cr_expect_eq(summaries[3].sd, 0);
        cr_expect(summaries[4].sd > 0.9 && summaries[4].sd < 1.1, "sd %g", summaries[4].sd);
    }
    atomic_int cancel = 1;
    moat_summary summaries[COLUMNS];
    cr_expect_eq(moat_summarise_all(columns, 2, &cancel, summaries, &error), MOAT_INTERRUPTED);
    moat_columns_free(columns);
}
