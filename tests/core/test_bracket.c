/* Brackets: the quantiles of columns that come in pieces, in orders that suit them and in orders
 * that do not. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bracket.h"
#include "fixture.h"
#include "kernels.h"
#include "kinds.h"

enum { MOST = 200000 };

static double values[MOST], sorted[MOST];

static const double probabilities[] = {0, 1e-6, 0.001, 0.05, 0.3, 0.5, 0.75, 0.95, 0.9999, 1};

/* The quantile of the values; false where the bracket has lost it. */
static bool find(size_t count, double probability, double *quantile) {
    const moati_kernels *kernels;
    cr_assert_eq(moati_kernels_choose(&kernels, &error), MOAT_OK, "%s", error.message);
    const moati_target target = moati_target_of(probability, count);
    moati_selector *selector = moati_selector_new(kernels->passes, target.room, 1);
    double *memory = malloc(moati_target_memory(&target) * sizeof *memory);
    moati_bracket bracket;
    moati_bracket_begin(&bracket, memory);
    for (size_t at = 0; at < count; at += MOATI_PIECE) {
        const size_t left = count - at, piece = left < MOATI_PIECE ? left : MOATI_PIECE;
        moati_bracket_add(&bracket, &target, selector, count, at, piece, values + at);
        cr_assert_leq(bracket.inside, target.room, "%zu values in room for %zu", bracket.inside,
                      target.room);
    }
    const bool found = moati_bracket_finish(&bracket, &target, selector, count, quantile);
    free(memory);
    moati_selector_free(selector);
    return found;
}

/* How many of the probabilities are lost; those that are not must be exact. */
static size_t count_lost(size_t count, const char *name) {
    size_t lost = 0;
    memcpy(sorted, values, count * sizeof *values);
    sort_values(count, sorted);
    for (size_t i = 0; i < COUNT(probabilities); i++) {
        const double p = probabilities[i], wanted = sorted_quantile(count, sorted, p);
        double got;
        if (!find(count, p, &got))
            lost++;
        else
            cr_expect(same(got, wanted), "%s, %zu values: quantile %g is %a, not %a", name, count,
                      p, got, wanted);
    }
    return lost;
}

Test(bracket, values_in_random_order) {
    static const size_t counts[] = {1, 2, 1023, 1024, 1025, 5000, 60000, MOST};
    for (enum kind kind = 0; kind < KINDS; kind++) {
        if (kind == ASCENDING || kind == DESCENDING)
            continue;
        for (size_t i = 0; i < COUNT(counts); i++) {
            fill_with(kind, counts[i], values);
            const size_t lost = count_lost(counts[i], kind_names[kind]);
            cr_expect_eq(lost, 0, "%s, %zu values: %zu quantiles are lost", kind_names[kind],
                         counts[i], lost);
        }
    }
}

static void order_ascending(size_t count) {
    sort_values(count, values);
}

static void order_descending(size_t count) {
    sort_values(count, values);
    for (size_t i = 0; i < count / 2; i++) {
        const double swapped = values[i];
        values[i] = values[count - 1 - i];
        values[count - 1 - i] = swapped;
    }
}

/* Largest and smallest by turns, towards the middle. */
static void order_from_outside(size_t count) {
    memcpy(sorted, values, count * sizeof *values);
    sort_values(count, sorted);
    for (size_t i = 0; i < count; i++)
        values[i] = i % 2 == 0 ? sorted[i / 2] : sorted[count - 1 - i / 2];
}

/* The first half tells nothing of the second. */
static void order_with_a_jump(size_t count) {
    for (size_t i = count / 2; i < count; i++)
        values[i] += 100;
}

static void order_constant_first(size_t count) {
    for (size_t i = 0; i < count * 9 / 10; i++)
        values[i] = 0.5;
}

/* What is lost is known to be, and what is found is exact. */
Test(bracket, values_in_an_order) {
    static const struct {
        const char *name;
        void (*order)(size_t count);
    } rows[] = {{"ascending", order_ascending},
                {"descending", order_descending},
                {"from outside", order_from_outside},
                {"with a jump", order_with_a_jump},
                {"constant at first", order_constant_first}};
    static const enum kind kinds[] = {NORMAL, VERY_HEAVY, CONDITION, DATES, INFINITIES, ANY_BITS};
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t lost = 0;
        for (size_t k = 0; k < COUNT(kinds); k++) {
            fill_with(kinds[k], MOST, values);
            rows[i].order(MOST);
            lost += count_lost(MOST, rows[i].name);
        }
        cr_expect_gt(lost, 0, "%s: such an order should lose a quantile", rows[i].name);
    }
}

/* Two values, of which one is as likely as the quantile's probability: any moment may call for
 * either, and neither fits into a bracket. */
Test(bracket, quantiles_between_two_crowds) {
    static const double shares[] = {0.05, 0.25, 0.5, 0.95};
    uint64_t state = 1;
    for (size_t s = 0; s < COUNT(shares); s++) {
        for (size_t more = 0; more < 2; more++) {
            size_t ones = (size_t)((1 - shares[s]) * MOST) + more;
            for (size_t i = 0; i < MOST; i++) {
                const bool one = lcg_next(&state) % (MOST - i) < ones;
                values[i] = one ? 2 : 1;
                ones -= one;
            }
            memcpy(sorted, values, sizeof sorted);
            sort_values(MOST, sorted);
            double got, wanted = sorted_quantile(MOST, sorted, shares[s]);
            cr_assert(find(MOST, shares[s], &got), "share %g: lost", shares[s]);
            cr_expect(same(got, wanted), "share %g: %a, not %a", shares[s], got, wanted);
        }
    }
}

/* A crowd at an end of the bracket that the end is then drawn in from, before values come that
 * make the quantile leave it. */
Test(bracket, crowds_that_are_left_behind) {
    enum { N = 20000 };
    size_t lost = 0;
    for (size_t share = 30; share <= 60; share += 3) {
        for (size_t jump = N / 10; jump < N; jump += N / 20) {
            uint64_t state = share;
            fill_with(NORMAL, N, values);
            for (size_t i = 0; i < N; i++) {
                const bool crowd = lcg_next(&state) % 100 < share;
                values[i] = i >= jump ? 50 : crowd ? INFINITY : values[i];
            }
            lost += count_lost(N, "a crowd above");
            for (size_t i = 0; i < N; i++)
                values[i] = -values[i];
            lost += count_lost(N, "a crowd below");
        }
    }
    cr_expect_gt(lost, 0);
}
