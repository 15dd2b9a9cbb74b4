/* Schedules in tiers by hand: a loop over the tiers that a usage enters. */
#include "tiers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "modules.h"

enum { TIERS = 4 };

static const double bounds[TIERS] = {10, 25, 60, INFINITY}, prices[TIERS] = {10, 7, 5, 4},
                    fees[TIERS] = {2, 0, 3, 0};

static moati_tiers *new_schedule(void) {
    moati_tiers *tiers = calloc(1, sizeof *tiers + TIERS * sizeof *tiers->tier);
    if (tiers == NULL) {
        fprintf(stderr, "moat_bench_modules: out of memory\n");
        exit(EXIT_FAILURE);
    }
    tiers->count = TIERS;
    for (unsigned k = 0; k < TIERS; k++) {
        tiers->tier[k].upto.number = bounds[k];
        tiers->tier[k].price.number = prices[k];
        tiers->tier[k].flat.number = fees[k];
    }
    return tiers;
}

static void fill_graduated(const comparison *of, columns *c) {
    (void)of;
    c->context = new_schedule();
    bench_fill(c, 0, 0, 100);
}

static void fill_volume(const comparison *of, columns *c) {
    fill_graduated(of, c);
    ((moati_tiers *)c->context)->is_volume = 1;
}

/* Column 1 + k has the prices of tier k. */
static void fill_uncertain(const comparison *of, columns *c) {
    fill_graduated(of, c);
    moati_tiers *tiers = c->context;
    for (unsigned k = 0; k < TIERS; k++) {
        tiers->tier[k].price.input = 1 + k;
        bench_fill(c, 1 + k, 0.8 * prices[k], 1.2 * prices[k]);
    }
}

static void graduated_by_hand(const comparison *of, columns *c) {
    (void)of;
    for (size_t i = 0; i < BENCH_LANES; i++) {
        const double usage = c->in[0][i];
        double charge = 0, start = 0;
        for (unsigned k = 0; k < TIERS && (k == 0 || usage > start); k++) {
            charge += prices[k] * (fmin(usage, bounds[k]) - start) + fees[k];
            start = bounds[k];
        }
        c->by_hand[0][i] = charge;
    }
}

static void uncertain_by_hand(const comparison *of, columns *c) {
    (void)of;
    for (size_t i = 0; i < BENCH_LANES; i++) {
        const double usage = c->in[0][i];
        double charge = 0, start = 0;
        for (unsigned k = 0; k < TIERS && (k == 0 || usage > start); k++) {
            charge += c->in[1 + k][i] * (fmin(usage, bounds[k]) - start) + fees[k];
            start = bounds[k];
        }
        c->by_hand[0][i] = charge;
    }
}

static void volume_by_hand(const comparison *of, columns *c) {
    (void)of;
    for (size_t i = 0; i < BENCH_LANES; i++) {
        const double usage = c->in[0][i];
        unsigned k = 0;
        while (usage > bounds[k])
            k++;
        c->by_hand[0][i] = usage * prices[k] + fees[k];
    }
}

const comparison bench_tiers[] = {
    {"tiers, graduated", &moati_tiers_charge, NULL, 1, fill_graduated, graduated_by_hand},
    {"tiers, volume", &moati_tiers_charge, NULL, 1, fill_volume, volume_by_hand},
    {"tiers, graduated, uncertain prices", &moati_tiers_charge, NULL, 1, fill_uncertain,
     uncertain_by_hand},
    {NULL}};
