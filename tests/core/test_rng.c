/* Draws: the generator against its authors', the addresses, the distribution of each
 * sampling scheme. */
#include <Random123/philox.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mix.h"
#include "rng.h"

typedef void scheme(double *out, const moati_stream *stream, uint64_t first, size_t lanes);

static const struct {
    const char *name;
    scheme *draw;
} schemes[] = {
    {"random", moati_uniform_random}, {"lhs", moati_uniform_lhs}, {"sobol", moati_uniform_sobol}};

enum { SCHEMES = 3, RANDOM = 0, LHS = 1, SOBOL = 2, MANY = 1 << 16 };

static double values[MANY], others[MANY];

static moati_stream stream(uint64_t seed, const char *name, uint32_t period, uint64_t samples) {
    return (moati_stream){moati_stream_key(seed, moati_name_hash(name)), period, samples};
}

/* A normal deviate, were the two columns independent and uniform. */
static double correlation_z(const double *x, const double *y, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (x[i] - 0.5) * (y[i] - 0.5);
    return sum * 12 / sqrt((double)count);
}

/* A normal deviate, were the counts those of equally likely events. */
static double chi_square_z(const unsigned *counts, size_t bins) {
    double total = 0, square = 0, freedom = (double)(bins - 1);
    for (size_t b = 0; b < bins; b++)
        total += counts[b];
    double expected = total / (double)bins;
    for (size_t b = 0; b < bins; b++)
        square += (counts[b] - expected) * (counts[b] - expected) / expected;
    return (square - freedom) / sqrt(2 * freedom);
}

/* --- The generator. */

Test(rng, philox_gives_the_published_vectors) {
    static const struct {
        uint32_t counter[4], key[2], output[4];
    } rows[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t output[4];
        moati_philox(rows[i].counter, rows[i].key, output);
        cr_expect_arr_eq(output, rows[i].output, sizeof output, "row %zu", i);
    }
}

static philox4x32_ctr_t reference(const uint32_t counter[4], const uint32_t key[2]) {
    philox4x32_ctr_t c = {{counter[0], counter[1], counter[2], counter[3]}};
    philox4x32_key_t k = {{key[0], key[1]}};
    return philox4x32(c, k);
}

Test(rng, philox_agrees_with_its_authors) {
    for (uint64_t i = 0; i < 200000; i++) {
        uint64_t a = moati_mix64(3 * i), b = moati_mix64(3 * i + 1), c = moati_mix64(3 * i + 2);
        uint32_t counter[4] = {(uint32_t)a, (uint32_t)(a >> 32), (uint32_t)b, (uint32_t)(b >> 32)};
        uint32_t key[2] = {(uint32_t)c, (uint32_t)(c >> 32)}, output[4];
        moati_philox(counter, key, output);
        philox4x32_ctr_t expected = reference(counter, key);
        cr_assert_arr_eq(output, expected.v, sizeof output, "counter %lu", (unsigned long)i);
    }
}

/* --- Addresses. */

Test(rng, a_draw_is_where_its_address_says) {
    static const uint64_t firsts[] = {0, 16, 1008, UINT64_C(1) << 33, UINT64_C(1) << 36};
    moati_stream s = {UINT64_C(0x0123456789abcdef), 77, 1};
    for (size_t f = 0; f < sizeof firsts / sizeof *firsts; f++) {
        moati_uniform_random(values, &s, firsts[f], 64);
        for (uint64_t i = 0; i < 64; i++) {
            uint64_t sample = firsts[f] + i;
            uint64_t pair = sample / 16 * 8 + sample % 8;
            unsigned half = (unsigned)(sample % 16 / 8);
            uint32_t counter[4] = {(uint32_t)pair, (uint32_t)(pair >> 32), 77, 0};
            uint32_t key[2] = {0x89abcdef, 0x01234567};
            philox4x32_ctr_t bits = reference(counter, key);
            uint64_t word = (uint64_t)bits.v[2 * half + 1] << 32 | bits.v[2 * half];
            double expected = ((double)(word >> 12) + 0.5) / 0x1p52;
            cr_assert_eq(values[i], expected, "sample %lu: %a, not %a", (unsigned long)sample,
                         values[i], expected);
        }
    }
    cr_expect_eq(moati_unit_interval(0), 0x1p-53);
    cr_expect_eq(moati_unit_interval(UINT64_MAX), 1 - 0x1p-53);
}

static int compare_words(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

Test(rng, names_and_seeds_have_keys_of_their_own) {
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789._ABC";
    static uint64_t keys[60000];
    size_t count = 0;
    char name[] = "compute.lead_time";
    for (size_t at = 0; at + 1 < sizeof name; at++) {
        char kept = name[at];
        for (const char *c = alphabet; *c != '\0'; c++) {
            name[at] = *c;
            if (*c != kept)
                keys[count++] = moati_stream_key(1, moati_name_hash(name));
        }
        name[at] = kept;
    }
    for (uint64_t seed = 0; seed < 50000; seed++)
        keys[count++] = moati_stream_key(seed, moati_name_hash(name));
    keys[count++] = moati_stream_key(1, moati_name_hash(""));
    keys[count++] = moati_stream_key(1, moati_name_hash("compute.lead_tim"));
    qsort(keys, count, sizeof *keys, compare_words);
    unsigned bits[64] = {0};
    for (size_t i = 0; i < count; i++) {
        cr_assert(i == 0 || keys[i] != keys[i - 1], "two of %zu keys are equal", count);
        for (size_t b = 0; b < 64; b++)
            bits[b] += (unsigned)(keys[i] >> b & 1);
    }
    for (size_t b = 0; b < 64; b++) {
        double z = (2.0 * bits[b] - (double)count) / sqrt((double)count);
        cr_expect_lt(fabs(z), 5, "bit %zu of the keys is set in %u of %zu", b, bits[b], count);
    }
}

Test(rng, blocks_do_not_matter) {
    for (size_t k = 0; k < SCHEMES; k++) {
        moati_stream s = stream(3, "blocks", 4, 5000);
        schemes[k].draw(values, &s, 0, 8192);
        for (uint64_t first = 0, lanes = 16; first < 8192; first += lanes) {
            lanes = 16 * (1 + first / 16 % 5);
            lanes = first + lanes > 8192 ? 8192 - first : lanes;
            schemes[k].draw(others + first, &s, first, lanes);
        }
        cr_expect_arr_eq(values, others, 8192 * sizeof *values, "%s", schemes[k].name);
        s.samples = 5001;
        schemes[k].draw(others, &s, 0, 8192);
        cr_expect_eq(memcmp(values, others, 4096 * sizeof *values) != 0, k == LHS,
                     "%s: only with lhs does the number of samples matter", schemes[k].name);
    }
}

/* --- Distribution. */

static void expect_uniform(const char *name, const double *u, size_t count) {
    unsigned bins[256] = {0};
    double n = (double)count, mean = 0, square = 0;
    for (size_t i = 0; i < count; i++) {
        cr_assert(u[i] > 0 && u[i] < 1, "%s: draw %zu is %g", name, i, u[i]);
        mean += (u[i] - 0.5) / n;
        square += (u[i] - 0.5) * (u[i] - 0.5) / n;
        bins[(size_t)(u[i] * 256)]++;
    }
    cr_expect_lt(fabs(mean) * sqrt(12 * n), 5, "%s: mean off by %g", name, mean);
    cr_expect_lt(fabs(square - 1 / 12.0) * sqrt(180 * n), 5, "%s: variance %g", name, square);
    cr_expect_lt(chi_square_z(bins, 256), 5, "%s: chi-square %g", name, chi_square_z(bins, 256));
}

Test(rng, draws_are_uniform_and_streams_independent) {
    for (size_t k = 0; k < SCHEMES; k++) {
        const char *name = schemes[k].name;
        moati_stream s = stream(1, "price", 3, MANY);
        schemes[k].draw(values, &s, 0, MANY);
        expect_uniform(name, values, MANY);
        const moati_stream near[] = {stream(1, "pricf", 3, MANY), stream(1, "price", 4, MANY),
                                     stream(2, "price", 3, MANY), stream(1, "Price", 3, MANY),
                                     stream(1, "price", 0x80000003, MANY)};
        for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
            schemes[k].draw(others, &near[i], 0, MANY);
            double z = correlation_z(values, others, MANY);
            cr_expect_lt(fabs(z), 5, "%s: stream %zu correlates, z = %g", name, i, z);
        }
    }
}

Test(rng, random_samples_are_independent_of_their_neighbours) {
    for (uint32_t period = 0; period < 8; period++) {
        moati_stream s = stream(5, "lags", period, MANY);
        moati_uniform_random(values, &s, 0, MANY);
        static const size_t lags[] = {1, 2, 7, 8, 9, 15, 16, 17, 256};
        for (size_t l = 0; l < sizeof lags / sizeof *lags; l++) {
            double z = correlation_z(values, values + lags[l], MANY - lags[l]);
            cr_expect_lt(fabs(z), 5, "period %u lag %zu: z = %g", period, lags[l], z);
        }
    }
    for (uint32_t period = 0; period < MANY; period++) {
        double lanes[16];
        moati_stream s = stream(5, "periods", period, 1);
        moati_uniform_random(lanes, &s, 0, 16);
        values[period] = lanes[3];
    }
    expect_uniform("along periods", values, MANY);
    double z = correlation_z(values, values + 1, MANY - 1);
    cr_expect_lt(fabs(z), 5, "adjacent periods: z = %g", z);
}

/* --- Latin hypercube. */

Test(rng, lhs_has_one_sample_in_each_stratum) {
    static const size_t sizes[] = {1,  2,   3,    5,    7,    10,   16,    17,
                                   97, 128, 1000, 1009, 4096, 4099, 10000, 65536};
    static unsigned char taken[MANY];
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t n = sizes[k], lanes = (n + 15) / 16 * 16;
        for (uint32_t period = 0; period < 20; period++) {
            moati_stream s = stream(1, "lhs", period, n);
            moati_uniform_lhs(values, &s, 0, lanes);
            moati_uniform_random(others, &s, 0, lanes);
            memset(taken, 0, n);
            for (size_t i = 0; i < n; i++) {
                double place = values[i] * (double)n;
                size_t stratum = (size_t)place;
                cr_assert(values[i] > 0 && values[i] < 1 && !taken[stratum],
                          "n = %zu, period %u: sample %zu at %g", n, period, i, values[i]);
                taken[stratum] = 1;
                double within = place - (double)stratum;
                cr_assert_float_eq(within, others[i], 1e-9, "the random draw places it");
            }
            cr_assert_arr_eq(values + n, others + n, (lanes - n) * sizeof *values,
                             "samples past the last are drawn at random");
        }
    }
}

Test(rng, lhs_permutes_evenly) {
    unsigned orders[120] = {0};
    for (uint32_t period = 0; period < 120 * 200; period++) {
        moati_stream s = stream(1, "orders", period, 5);
        moati_uniform_lhs(values, &s, 0, 16);
        unsigned order = 0;
        for (unsigned i = 0; i < 5; i++) {
            unsigned smaller = 0;
            for (unsigned j = i + 1; j < 5; j++)
                smaller += values[j] < values[i];
            order = order * (5 - i) + smaller;
        }
        orders[order]++;
    }
    double z = chi_square_z(orders, 120);
    cr_expect_lt(fabs(z), 5, "the orders of five strata are not equally likely: z = %g", z);
    double sum = 0;
    for (uint32_t period = 0; period < 500; period++) {
        moati_stream s = stream(1, "neighbours", period, 1000);
        moati_uniform_lhs(values, &s, 0, 1008);
        z = correlation_z(values, values + 1, 999);
        sum += z * z;
    }
    cr_expect_float_eq(sum / 500, 1, 0.3, "neighbours correlate: mean square z = %g", sum / 500);
}

/* --- Sobol. */

Test(rng, sobol_fills_dyadic_strata_evenly) {
    static unsigned char taken[1 << 12];
    for (uint32_t period = 0; period < 30; period++) {
        moati_stream s = stream(1, "sobol", period, 1);
        uint64_t first = period < 20 ? 0 : (uint64_t)period << 27;
        moati_uniform_sobol(values, &s, first, 1 << 12);
        for (unsigned digits = 0; digits <= 12; digits++) {
            size_t run = (size_t)1 << digits;
            for (size_t i = 0; i < 1 << 12; i++) {
                if (i % run == 0)
                    memset(taken, 0, run);
                size_t stratum = (size_t)(values[i] * (double)run);
                cr_assert(!taken[stratum], "period %u: two of %zu samples up to %zu in stratum %zu",
                          period, run, i, stratum);
                taken[stratum] = 1;
            }
        }
    }
}

Test(rng, sobol_is_scrambled) {
    enum { KEYS = 20000, DIGITS = 8 };
    double same[16][DIGITS] = {{0}};
    unsigned bins[64] = {0};
    for (uint32_t period = 0; period < KEYS; period++) {
        double u[16], random[16];
        moati_stream s = stream(1, "scrambled", period, 1);
        moati_uniform_sobol(u, &s, 48, 16);
        moati_uniform_random(random, &s, 48, 16);
        bins[(size_t)(u[5] * 64)]++;
        double within = u[5] * 0x1p32 - floor(u[5] * 0x1p32);
        cr_assert_lt(fabs(within - random[5]), 0x1p-20, "random digits follow the 32 of Sobol");
        for (size_t j = 1; j < 16; j++) {
            for (unsigned d = 0; d < DIGITS; d++) {
                unsigned scale = 2u << d;
                bool equal = (unsigned)(u[0] * scale) % 2 == (unsigned)(u[j] * scale) % 2;
                same[j][d] += equal ? 1 : -1;
            }
        }
    }
    double z = chi_square_z(bins, 64);
    cr_expect_lt(fabs(z), 5, "one sample over many keys is not uniform: z = %g", z);
    /* The first four digits of 16 aligned samples are constrained, later ones free. */
    for (size_t j = 1; j < 16; j++) {
        for (unsigned d = 4; d < DIGITS; d++) {
            z = same[j][d] / sqrt(KEYS);
            cr_expect_lt(fabs(z), 5, "digit %u of samples 0 and %zu: z = %g", d, j, z);
        }
    }
}

/* --- What the structured schemes are for. */

enum { SEEDS = 64, DIMENSIONS = 5, POINTS = 4096 };

/* How far the means of the sum and the product of five draws are off. */
static void integrate(scheme *draw, uint64_t seed, double *sum_error, double *product_error) {
    static double sum[POINTS], product[POINTS];
    for (size_t d = 0; d < DIMENSIONS; d++) {
        char name[] = {'x', (char)('0' + d), '\0'};
        moati_stream s = stream(seed, name, 0, POINTS);
        draw(values, &s, 0, POINTS);
        for (size_t i = 0; i < POINTS; i++) {
            sum[i] = (d == 0 ? 0 : sum[i]) + values[i];
            product[i] = (d == 0 ? 1 : product[i]) * values[i];
        }
    }
    *sum_error = -DIMENSIONS / 2.0;
    *product_error = -1 / 32.0;
    for (size_t i = 0; i < POINTS; i++) {
        *sum_error += sum[i] / POINTS;
        *product_error += product[i] / POINTS;
    }
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

Test(rng, structured_sampling_integrates_better) {
    double sum[SCHEMES] = {0}, product[SCHEMES] = {0}, typical[SCHEMES];
    for (size_t k = 0; k < SCHEMES; k++) {
        double errors[SEEDS];
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            double sum_error, product_error;
            integrate(schemes[k].draw, seed, &sum_error, &product_error);
            sum[k] += sum_error * sum_error / SEEDS;
            product[k] += product_error * product_error / SEEDS;
            errors[seed] = fabs(product_error);
        }
        qsort(errors, SEEDS, sizeof *errors, compare_doubles);
        typical[k] = errors[SEEDS / 2];
    }
    /* The variances of the sum and the product are 5/12 and 3^-5 - 4^-5. */
    double expected = sqrt(5 / 12.0 / POINTS);
    cr_expect_float_eq(sqrt(sum[RANDOM]) / expected, 1, 0.3, "random, sum: %g", sqrt(sum[RANDOM]));
    cr_expect_lt(sqrt(sum[LHS]), expected / 1000, "lhs, sum: %g", sqrt(sum[LHS]));
    cr_expect_lt(sqrt(sum[SOBOL]), expected / 1000, "sobol, sum: %g", sqrt(sum[SOBOL]));
    expected = sqrt((1 / 243.0 - 1 / 1024.0) / POINTS);
    cr_expect_float_eq(sqrt(product[RANDOM]) / expected, 1, 0.3, "random, product: %g",
                       sqrt(product[RANDOM]));
    cr_expect_lt(sqrt(product[LHS]), 0.85 * expected, "lhs, product: %g", sqrt(product[LHS]));
    /* Sobol's error is small for most seeds and large for a few: see sampling.c. */
    cr_expect_lt(typical[SOBOL], typical[RANDOM] / 4, "sobol, product: %g typical, random %g",
                 typical[SOBOL], typical[RANDOM]);
}
