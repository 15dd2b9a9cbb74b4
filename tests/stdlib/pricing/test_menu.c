/* The kernels of menus against customers who compare all plans one by one, over random menus with
 * dominated plans, twins and plans for nothing; hostile arguments. */
#include <criterion/criterion.h>
#include <math.h>

#include "menu.h"

enum { LANES = 200, MOST_PLANS = 7, CUSTOMERS = 40 };

static double columns[2 * MOST_PLANS][LANES], results[MOST_PLANS + 1][LANES];

static double next_random(uint64_t *state) {
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (double)(*state >> 11) * 0x1p-53;
}

static void run(const moat_kernel *kernel, size_t plans, size_t lanes) {
    const double *inputs[2 * MOST_PLANS];
    double *outputs[MOST_PLANS + 1];
    const moati_menu menu = {plans};
    for (size_t i = 0; i < 2 * plans; i++)
        inputs[i] = columns[i];
    for (size_t i = 0; i <= plans; i++)
        outputs[i] = results[i];
    kernel->run(&menu, inputs, outputs, lanes);
}

/* Coarse values make ties, and equal qualities, likely. */
static void make_menu(size_t plans, bool coarse, uint64_t *state) {
    for (size_t k = 0; k < plans; k++)
        for (size_t i = 0; i < LANES; i++) {
            const double price = 50 * next_random(state), quality = 4 * next_random(state);
            columns[k][i] = coarse ? floor(price / 10) * 10 : price;
            columns[plans + k][i] = coarse ? floor(quality) : quality;
        }
}

/* The best plan, or `plans` for none, and by how much it is better than any other. */
static size_t choose(size_t plans, size_t lane, double value, double *lead) {
    size_t best = plans;
    double most = 0, second = -(double)INFINITY;
    for (size_t k = 0; k < plans; k++) {
        const double gain = value * columns[plans + k][lane] - columns[k][lane];
        if (gain > most) {
            second = most;
            most = gain;
            best = k;
        } else if (gain > second) {
            second = gain;
        }
    }
    *lead = most - second;
    return best;
}

/* By cut-offs: of the plans whose cut-off is at most the value, the one with the highest. */
static size_t choose_by_cutoff(size_t plans, size_t lane, double value) {
    size_t best = plans;
    double highest = -(double)INFINITY;
    for (size_t k = 0; k < plans; k++)
        if (results[k][lane] <= value && results[k][lane] >= highest) {
            highest = results[k][lane];
            best = k;
        }
    return best;
}

static void expect_choices(size_t plans, size_t lanes, uint64_t *state) {
    run(&moati_menu_cutoffs, plans, lanes);
    for (size_t i = 0; i < lanes; i++)
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            const double value = 60 * next_random(state);
            double lead;
            const size_t wanted = choose(plans, i, value, &lead);
            if (lead > 1e-9)
                cr_assert_eq(choose_by_cutoff(plans, i, value), wanted,
                             "%zu plans, lane %zu: at %.17g plan %zu is the best by %g", plans, i,
                             value, wanted, lead);
        }
}

Test(menu, customers_choose_by_cutoffs) {
    static const size_t lanes[] = {1, 127, 128, 129, LANES};
    uint64_t state = 7;
    for (size_t round = 0; round < 60; round++) {
        const size_t plans = 1 + round % MOST_PLANS;
        make_menu(plans, round % 3 == 0, &state);
        expect_choices(plans, lanes[round % 5], &state);
    }
}

/* Shares of customers who are spread evenly from 0 to 60, against as many who choose. */
Test(menu, shares_are_what_lies_between_cutoffs) {
    enum { PLANS = 5, MANY = 6000 };
    static size_t taken[PLANS + 1];
    uint64_t state = 11;
    make_menu(PLANS, false, &state);
    double price[PLANS][LANES];
    for (size_t k = 0; k < PLANS; k++)
        for (size_t i = 0; i < LANES; i++)
            price[k][i] = columns[k][i];
    run(&moati_menu_cutoffs, PLANS, LANES);
    for (size_t k = 0; k < PLANS; k++) /* qualities first, then what is below the cut-offs */
        for (size_t i = 0; i < LANES; i++) {
            columns[k][i] = columns[PLANS + k][i];
            columns[PLANS + k][i] = fmin(fmax(results[k][i] / 60, 0), 1);
        }
    run(&moati_menu_shares, PLANS, LANES);
    for (size_t k = 0; k < PLANS; k++)
        for (size_t i = 0; i < LANES; i++) {
            columns[PLANS + k][i] = columns[k][i];
            columns[k][i] = price[k][i];
        }
    for (size_t i = 0; i < LANES; i++) {
        double lead, sum = 0;
        for (size_t k = 0; k <= PLANS; k++)
            taken[k] = 0;
        for (size_t c = 0; c < MANY; c++)
            taken[choose(PLANS, i, 60 * ((double)c + 0.5) / MANY, &lead)]++;
        for (size_t k = 0; k <= PLANS; k++) {
            sum += results[k][i];
            cr_assert(fabs(results[k][i] - (double)taken[k] / MANY) <= 1.01 / MANY,
                      "lane %zu, plan %zu: %g, not %g", i, k, results[k][i],
                      (double)taken[k] / MANY);
        }
        cr_assert(fabs(sum - 1) < 1e-12, "lane %zu: the shares add up to %.17g", i, sum);
    }
}

Test(menu, hostile_arguments) {
    const double inf = (double)INFINITY, nan = (double)NAN;
    const struct {
        double price[2], quality[2], cutoff[2];
    } rows[] = {
        {{10, 30}, {1, 2}, {10, 20}},     /* as it should be */
        {{10, 20}, {1, 2}, {inf, 10}},    /* who does not mind takes the better plan */
        {{10, 10}, {1, 1}, {10, inf}},    /* twins: the first */
        {{12, 10}, {1, 1}, {inf, 10}},    /* the cheaper twin */
        {{0, 20}, {1, 3}, {0, 10}},       /* free */
        {{0, 20}, {0, 2}, {-inf, 10}},    /* nothing for nothing is taken by all others */
        {{5, 20}, {0, 2}, {inf, 10}},     /* nothing at a price is taken by nobody */
        {{-5, 20}, {0, 2}, {-inf, 12.5}}, /* nothing, with money added */
        {{inf, 20}, {1, 2}, {inf, 10}},   /* not offered */
        {{inf, inf}, {1, 2}, {inf, inf}}, {{nan, 20}, {1, 2}, {nan, nan}},
        {{10, 20}, {1, nan}, {nan, nan}}, {{10, 20}, {1, inf}, {nan, nan}},
        {{10, 20}, {-1, 2}, {nan, nan}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t k = 0; k < 2; k++) {
            columns[k][0] = rows[i].price[k];
            columns[2 + k][0] = rows[i].quality[k];
        }
        run(&moati_menu_cutoffs, 2, 1);
        for (size_t k = 0; k < 2; k++) {
            const double found = results[k][0], wanted = rows[i].cutoff[k];
            cr_expect((isnan(found) && isnan(wanted)) || found == wanted ||
                          (fabs(found - wanted) <= 1e-13 * fabs(wanted) && found <= wanted),
                      "row %zu, plan %zu: %.17g, not %g", i, k, found, wanted);
        }
    }
}
