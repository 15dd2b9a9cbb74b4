/* The kernels of schedules against the definition, lane by lane, over random schedules; hostile
 * arguments. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "tiers.h"

enum { LANES = 300, MOST_TIERS = 6, MOST_INPUTS = 1 + 3 * MOST_TIERS };

static double columns[MOST_INPUTS][LANES];

typedef struct schedule {
    moati_tiers *tiers;
    const double *inputs[MOST_INPUTS];
    size_t count; /* of inputs */
} schedule;

/* Numbers in [0, 1) that look random, by a linear congruence. */
static double next_random(uint64_t *state) {
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (double)(*state >> 11) * 0x1p-53;
}

static double value_of(const schedule *s, const moati_term *term, size_t lane) {
    return term->input != 0 ? s->inputs[term->input][lane] : term->number;
}

/* The definition: tiers one after the other, with the arguments of one lane. */
static double expected_charge(const schedule *s, size_t lane) {
    const double usage = fmax(s->inputs[0][lane], 0);
    double charge = 0, start = 0;
    for (uint32_t k = 0; k < s->tiers->count; k++) {
        const moati_tier *tier = &s->tiers->tier[k];
        const double price = value_of(s, &tier->price, lane), flat = value_of(s, &tier->flat, lane);
        const bool is_last = k + 1 == s->tiers->count;
        const double end = is_last ? (double)INFINITY : fmax(start, value_of(s, &tier->upto, lane));
        const bool entered = k == 0 || (usage > start && end > start);
        if (entered && s->tiers->is_volume)
            charge = price * usage + flat;
        else if (entered)
            charge += price * fmax(fmin(usage, end) - start, 0) + flat;
        start = end;
    }
    return charge;
}

static double expected_marginal(const schedule *s, size_t lane) {
    const double usage = fmax(s->inputs[0][lane], 0);
    double price = 0, start = 0;
    for (uint32_t k = 0; k < s->tiers->count; k++) {
        const moati_tier *tier = &s->tiers->tier[k];
        if (k == 0 || usage >= start)
            price = value_of(s, &tier->price, lane);
        start = fmax(start, value_of(s, &tier->upto, lane));
    }
    return price;
}

static void set_term(schedule *s, moati_term *term, bool varies, double low, double high,
                     uint64_t *state) {
    term->number = low + (high - low) * next_random(state);
    if (!varies)
        return;
    term->input = (uint32_t)s->count;
    for (size_t i = 0; i < LANES; i++)
        columns[s->count][i] = low + (high - low) * next_random(state);
    s->inputs[s->count] = columns[s->count];
    s->count++;
}

/* `varying` of ten terms are columns. Bounds of neighbouring tiers may cross in some lanes. */
static schedule make(uint32_t count, bool is_volume, int varying, uint64_t *state) {
    schedule s = {.tiers = calloc(1, sizeof *s.tiers + count * sizeof(moati_tier)), .count = 1};
    cr_assert_not_null(s.tiers);
    s.tiers->count = count;
    s.tiers->is_volume = is_volume;
    s.inputs[0] = columns[0];
    for (size_t i = 0; i < LANES; i++)
        columns[0][i] = 10 * count * next_random(state) - 2;
    for (uint32_t k = 0; k < count; k++) {
        moati_tier *tier = &s.tiers->tier[k];
        set_term(&s, &tier->upto, 10 * next_random(state) < varying, 10 * k + 2, 10 * k + 14,
                 state);
        set_term(&s, &tier->price, 10 * next_random(state) < varying, 0, 5, state);
        set_term(&s, &tier->flat, 10 * next_random(state) < varying, 0, 5, state);
        if (next_random(state) < 0.3 && tier->flat.input == 0)
            tier->flat.number = 0;
    }
    return s;
}

static void expect_as_defined(const schedule *s, size_t lanes) {
    double charge[LANES], marginal[LANES];
    moati_tiers_charge.run(s->tiers, s->inputs, (double *[]){charge}, lanes);
    moati_tiers_marginal.run(s->tiers, s->inputs, (double *[]){marginal}, lanes);
    for (size_t i = 0; i < lanes; i++) {
        const double wanted = expected_charge(s, i);
        cr_assert(fabs(charge[i] - wanted) <= 1e-14 * fmax(1, fabs(wanted)),
                  "%u tiers, %zu columns, lane %zu of %zu: usage %g costs %.17g, not %.17g",
                  s->tiers->count, s->count, i, lanes, s->inputs[0][i], charge[i], wanted);
        cr_assert_eq(marginal[i], expected_marginal(s, i), "%u tiers, lane %zu: usage %g",
                     s->tiers->count, i, s->inputs[0][i]);
    }
}

Test(tiers, charge_as_defined) {
    static const size_t lanes[] = {1, 16, 127, 128, 129, LANES};
    uint64_t state = 1;
    for (int round = 0; round < 600; round++) {
        const uint32_t count = 1 + (uint32_t)(next_random(&state) * MOST_TIERS);
        schedule s = make(count, round % 2 == 0, round % 12, &state);
        expect_as_defined(&s, lanes[(size_t)round % 6]);
        free(s.tiers);
    }
}

/* What a schedule of two tiers gives for a usage, the second of price 2 and flat fee 3; its terms
 * are numbers or columns. */
typedef struct first_tier {
    double usage, upto, price, flat;
} first_tier;

static double of_one(const moat_kernel *kernel, const first_tier *first, bool is_volume,
                     bool columns_too) {
    moati_tiers *tiers = calloc(1, sizeof *tiers + 2 * sizeof(moati_tier));
    cr_assert_not_null(tiers);
    tiers->count = 2;
    tiers->is_volume = is_volume;
    tiers->tier[0].upto.number = first->upto;
    tiers->tier[0].price.number = first->price;
    tiers->tier[0].flat.number = first->flat;
    tiers->tier[1].price.number = 2;
    tiers->tier[1].flat.number = 3;
    if (columns_too) {
        tiers->tier[0].upto.input = 1;
        tiers->tier[0].price.input = 2;
        tiers->tier[0].flat.input = 3;
    }
    const double *inputs[] = {&first->usage, &first->upto, &first->price, &first->flat};
    double result;
    kernel->run(tiers, inputs, (double *[]){&result}, 1);
    free(tiers);
    return result;
}

static void expect(double found, double wanted, size_t row, const char *what, bool columns_too) {
    cr_expect(found == wanted || (isnan(found) && isnan(wanted)), "row %zu, %s of %s: %g, not %g",
              row, what, columns_too ? "columns" : "numbers", found, wanted);
}

/* Three tiers at a price of 1: to 10 for 2, to `upto`, which is a number or a column, for 100, and
 * beyond for 4. */
static double of_three(double usage, double upto, bool is_volume, bool is_column) {
    moati_tiers *tiers = calloc(1, sizeof *tiers + 3 * sizeof(moati_tier));
    cr_assert_not_null(tiers);
    tiers->count = 3;
    tiers->is_volume = is_volume;
    const double bounds[] = {10, upto, 0}, flats[] = {2, 100, 4};
    for (size_t k = 0; k < 3; k++) {
        tiers->tier[k].upto.number = bounds[k];
        tiers->tier[k].price.number = 1;
        tiers->tier[k].flat.number = flats[k];
    }
    tiers->tier[1].upto.input = is_column;
    const double *inputs[] = {&usage, &upto};
    double result;
    moati_tiers_charge.run(tiers, inputs, (double *[]){&result}, 1);
    free(tiers);
    return result;
}

/* A tier whose bound is not above the one before has no part in a charge, nor has its fee. */
Test(tiers, empty_tiers) {
    const double inf = (double)INFINITY, nan = (double)NAN;
    const struct {
        double usage, upto, graduated, volume;
    } rows[] = {
        {12, 5, 18, 16},     {12, 10, 18, 16},   {10, 5, 12, 12},
        {12, 11, 118, 16},   {12, 12, 114, 112}, {12, inf, 114, 112},
        {12, nan, nan, nan}, {nan, 5, nan, nan}, {inf, 5, inf, inf},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int c = 0; c < 2; c++) {
            expect(of_three(rows[i].usage, rows[i].upto, false, c), rows[i].graduated, i,
                   "graduated", c);
            expect(of_three(rows[i].usage, rows[i].upto, true, c), rows[i].volume, i, "volume", c);
        }
}

/* Usage that is NaN, infinite, negative, at a bound; bounds and prices that are no numbers. */
Test(tiers, hostile_arguments) {
    const double inf = (double)INFINITY, nan = (double)NAN;
    const struct {
        first_tier first;
        double graduated, volume, marginal;
    } rows[] = {
        {{nan, 10, 1, 1}, nan, nan, nan}, {{-inf, 10, 1, 1}, 1, 1, 1},
        {{-5, 10, 1, 1}, 1, 1, 1},        {{inf, 10, 1, 1}, inf, inf, 2},
        {{10, 10, 1, 1}, 11, 11, 2},      {{5, nan, 1, 1}, nan, nan, nan},
        {{5, 10, nan, 1}, nan, nan, nan}, {{5, 10, 1, nan}, nan, nan, 1},
        {{5, inf, 1, 1}, 6, 6, 1},        {{5, -7, 1, 1}, 14, 13, 2},
        {{0, 10, 1, 1}, 1, 1, 1},         {{5, 0, 1, 1}, 14, 13, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int c = 0; c < 2; c++) {
            const first_tier *first = &rows[i].first;
            expect(of_one(&moati_tiers_charge, first, false, c), rows[i].graduated, i, "graduated",
                   c);
            expect(of_one(&moati_tiers_charge, first, true, c), rows[i].volume, i, "volume", c);
            expect(of_one(&moati_tiers_marginal, first, false, c), rows[i].marginal, i, "marginal",
                   c);
        }
}
