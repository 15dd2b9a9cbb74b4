/* Pairs of columns: who is larger, how often, and by how much. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "moat/summary.h"

enum { FEW = 4, MANY = 40000, PAIRS = 7 };

Test(paired, samples_are_compared_one_by_one) {
    static const double inf = INFINITY, nan_ = NAN;
    const struct {
        const char *name;
        double first[FEW], second[FEW];
        size_t larger, smaller, equal;
        double mean, p50, mcse;
    } rows[] = {
        {"a constant more", {1, 2, 3, 4}, {3, 4, 5, 6}, 4, 0, 0, 2, 2, 0},
        {"equal columns", {1, 2, 3, 4}, {1, 2, 3, 4}, 0, 0, 4, 0, 0, 0},
        {"in other orders", {1, 2, 3, 4}, {4, 3, 2, 1}, 2, 2, 0, 0, 0, sqrt(20.0 / 3 / 4)},
        {"ties", {1, 1, 1, 1}, {1, 1, 3, 0}, 1, 1, 2, 0.25, 0, sqrt((5 - 0.25) / 3 / 4)},
        {"rounding", {0.3, 1e9, 1e-9, 1}, {0.1 + 0.2, 1e9, 2e-9, 1}, 0, 0, 4, 0, 0, 0},
        {"never in both", {inf, 1, 1, 1}, {inf, 1, 1, 1}, 0, 0, 4, 0, 0, 0},
        {"never in one", {1, 1, 1, inf}, {inf, 1, 1, 1}, 1, 1, 2, NAN, 0, NAN},
        {"no number in one", {1, 1, nan_, 1}, {2, 1, 1, 0}, 1, 1, 1, NAN, NAN, NAN},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const moat_paired_columns pair = {rows[i].first, rows[i].second};
        moat_paired got;
        cr_assert_eq(moat_summarise_paired(1, &pair, FEW, 1, NULL, &got, &error), MOAT_OK, "%s: %s",
                     rows[i].name, error.message);
        const double figures[][2] = {{(double)got.larger, (double)rows[i].larger},
                                     {(double)got.smaller, (double)rows[i].smaller},
                                     {(double)got.equal, (double)rows[i].equal},
                                     {got.difference.mean, rows[i].mean},
                                     {got.difference.p50, rows[i].p50},
                                     {got.difference.mcse, rows[i].mcse}};
        for (size_t k = 0; k < COUNT(figures); k++)
            cr_expect(fabs(figures[k][0] - figures[k][1]) < 1e-15 ||
                          (isnan(figures[k][0]) && isnan(figures[k][1])),
                      "%s: figure %zu is %g, not %g", rows[i].name, k, figures[k][0],
                      figures[k][1]);
    }
}

static double *draw(uint64_t seed) {
    double *values = malloc(MANY * sizeof *values);
    cr_assert_not_null(values);
    for (size_t i = 0; i < MANY; i++)
        values[i] = (double)lcg_next(&seed) / 0x1p31;
    return values;
}

Test(paired, the_bits_do_not_depend_on_threads) {
    double *columns[PAIRS + 1];
    moat_paired_columns pairs[PAIRS];
    moat_paired alone[PAIRS], together[PAIRS];
    for (size_t i = 0; i <= PAIRS; i++)
        columns[i] = draw(i + 1);
    for (size_t i = 0; i < PAIRS; i++)
        pairs[i] = (moat_paired_columns){columns[i], columns[i + 1]};
    memset(alone, 0, sizeof alone);
    memset(together, 0, sizeof together);
    cr_assert_eq(moat_summarise_paired(PAIRS, pairs, MANY, 1, NULL, alone, &error), MOAT_OK);
    for (unsigned threads = 2; threads <= 9; threads++) {
        cr_assert_eq(moat_summarise_paired(PAIRS, pairs, MANY, threads, NULL, together, &error),
                     MOAT_OK);
        cr_expect(memcmp(alone, together, sizeof alone) == 0, "%u threads", threads);
    }
    for (size_t i = 0; i < PAIRS; i++) {
        cr_expect_eq(alone[i].larger + alone[i].smaller + alone[i].equal, MANY);
        cr_expect(fabs(alone[i].difference.sd - sqrt(1.0 / 6)) < 0.01, "pair %zu: sd %g", i,
                  alone[i].difference.sd);
    }
    for (size_t i = 0; i <= PAIRS; i++)
        free(columns[i]);
}

Test(paired, what_has_no_meaning_is_refused) {
    const double value = 1;
    const moat_paired_columns pair = {&value, &value};
    const atomic_int cancel = 1;
    moat_paired got;
    cr_expect_eq(moat_summarise_paired(1, &pair, 0, 1, NULL, &got, &error), MOAT_INVALID);
    cr_expect_eq(moat_summarise_paired(1, &pair, 1, 1, &cancel, &got, &error), MOAT_INTERRUPTED);
    cr_expect_eq(moat_summarise_paired(0, NULL, 1, 1, NULL, NULL, &error), MOAT_OK);
}
