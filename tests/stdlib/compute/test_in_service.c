/* Arrivals and retirements of orders, against each order followed by itself. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "in_service.h"

enum { LANES = 64, PERIODS = 40 };

/* Orders of consecutive periods, and a lead and a life per lane. */
typedef struct orders {
    double lead[LANES], life[LANES];
    double totals[PERIODS][LANES];
    double amounts[PERIODS][LANES];
} orders;

typedef struct results {
    double arrived[LANES], retired[LANES];
} results;

static double draw(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

static void fill(orders *o, size_t count, uint64_t seed) {
    uint64_t state = seed;
    for (size_t i = 0; i < LANES; i++) {
        double sum = 0;
        o->lead[i] = i % 8 == 0 ? floor(draw(&state) * 12) : draw(&state) * 12;
        o->life[i] = i % 8 == 1 ? 0 : draw(&state) * 24;
        for (size_t k = 0; k < count; k++) {
            o->amounts[k][i] = draw(&state) < 0.2 ? 0 : draw(&state);
            o->totals[k][i] = sum += o->amounts[k][i];
        }
    }
}

static results run(const orders *o, size_t count, double age) {
    results r;
    const double *inputs[PERIODS + 2] = {o->lead, o->life};
    double *outputs[] = {r.arrived, r.retired};
    for (size_t k = 0; k < count; k++)
        inputs[k + 2] = o->totals[k];
    const moati_window window = {age, count};
    moati_in_service.run(&window, inputs, outputs, LANES);
    return r;
}

/* The part of a period, whose end is `age` after the start of the first order's, that is left of
 * it after a moment. */
static double part_after(double age, double moment) {
    return fmax(0, fmin(1, age - moment));
}

Test(in_service, is_the_sum_over_the_orders) {
    static orders o;
    for (size_t count = 1; count <= PERIODS; count += 13) {
        for (size_t later = 0; later < 60; later += 7) {
            const double age = (double)(count + later);
            fill(&o, count, count * 1000 + later);
            const results r = run(&o, count, age);
            for (size_t i = 0; i < LANES; i++) {
                double arrived = 0, retired = 0;
                for (size_t k = 0; k < count; k++) {
                    const double arrival = (double)k + o.lead[i];
                    arrived += o.amounts[k][i] * part_after(age, arrival);
                    retired += o.amounts[k][i] * part_after(age, arrival + o.life[i]);
                }
                cr_expect(fabs(r.arrived[i] - arrived) <= 1e-12 * (1 + arrived),
                          "%zu orders, age %g, lead %g: %.17g arrived, not %.17g", count, age,
                          o.lead[i], r.arrived[i], arrived);
                cr_expect(fabs(r.retired[i] - retired) <= 1e-12 * (1 + retired),
                          "%zu orders, age %g, life %g: %.17g retired, not %.17g", count, age,
                          o.life[i], r.retired[i], retired);
            }
        }
    }
}

/* One order of 1, at age 5. */
typedef struct extreme {
    double lead, life, arrived, retired;
} extreme;

static const extreme extremes[] = {
    {0, 0, 1, 1},
    {-3, 2, 1, 1},
    {2, -7, 1, 1},
    {4.25, 2, 0.75, 0},
    {INFINITY, 1, 0, 0},
    {1, INFINITY, 1, 0},
    {INFINITY, INFINITY, 0, 0},
    {-INFINITY, -INFINITY, 1, 1},
    {1e300, 1e300, 0, 0},
    {1e-300, 1e-300, 1, 1},
    {NAN, 1, NAN, NAN},
    {1, NAN, 1, NAN},
};

static bool same(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

Test(in_service, hostile_leads_and_lives) {
    static orders o;
    for (size_t i = 0; i < LANES; i++)
        o.totals[0][i] = 1;
    for (size_t row = 0; row < sizeof extremes / sizeof *extremes; row++) {
        const extreme *e = &extremes[row];
        o.lead[3] = e->lead;
        o.life[3] = e->life;
        const results r = run(&o, 1, 5);
        cr_expect(same(r.arrived[3], e->arrived) && same(r.retired[3], e->retired),
                  "lead %g, life %g: %g arrived, %g retired, not %g and %g", e->lead, e->life,
                  r.arrived[3], r.retired[3], e->arrived, e->retired);
    }
}

Test(in_service, what_is_not_reached_is_not_looked_at) {
    static orders o;
    o.lead[0] = 2;
    o.life[0] = 9;
    o.totals[0][0] = 3;
    o.totals[1][0] = o.totals[2][0] = NAN;
    cr_expect_eq(run(&o, 3, 3).arrived[0], 3, "the order of the first period alone has arrived");
    cr_expect(isnan(run(&o, 3, 4).arrived[0]), "what is no number stays none");
    cr_expect_eq(run(&o, 3, 4).retired[0], 0);
}

Test(in_service, columns_are_copies) {
    static orders o;
    double copy[LANES];
    fill(&o, 1, 7);
    o.totals[0][1] = NAN;
    o.totals[0][2] = -INFINITY;
    const double *inputs[] = {o.lead, o.totals[0]};
    moati_column.run(NULL, inputs, (double *[]){copy}, LANES);
    for (size_t i = 0; i < LANES; i++)
        cr_expect(same(copy[i], o.totals[0][i]), "lane %zu is %g, not %g", i, copy[i],
                  o.totals[0][i]);
}
