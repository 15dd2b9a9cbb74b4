/* The exit waterfall against the definition of an equilibrium: every set of conversions is paid
 * out, and those are kept from which no class gains by choosing otherwise. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "waterfall.h"

enum { MOST = 6, LANES = 300, COLUMNS = MOATI_WATERFALL_COLUMNS };

/* --- A class as the definition sees it: options are exercised, the others may convert. */

typedef struct holder {
    moati_waterfall_kind kind;
    unsigned rank;
    double shares, preference, terms;
} holder;

static bool is_option(const holder *h) {
    return h->kind == MOATI_CONVERTING && h->preference == 0;
}

static double strike(const holder *h) {
    return h->kind == MOATI_CONVERTING ? h->terms : 0;
}

/* The most that it gets of the rest unless it converts. */
static double room(const holder *h) {
    if (h->kind == MOATI_CONVERTING)
        return 0;
    return h->kind == MOATI_CAPPED ? fmax(h->terms - h->preference, 0) : INFINITY;
}

static double part_of_rest(const holder *h, bool converts, double value) {
    const double converted = fmax(h->shares * value - strike(h), 0);
    return converts || is_option(h) ? converted : fmin(h->shares * value, room(h));
}

static double all_parts(const holder *h, unsigned count, unsigned set, double value) {
    double sum = 0;
    for (unsigned k = 0; k < count; k++)
        sum += part_of_rest(&h[k], set >> k & 1, value);
    return sum;
}

/* What a common share is worth when those of the set have converted and `left` is left. */
static double level(const holder *h, unsigned count, unsigned set, double left) {
    double low = 0, high = 1e9;
    for (int i = 0; i < 200; i++) {
        const double middle = (low + high) / 2;
        if (all_parts(h, count, set, middle) > left)
            high = middle;
        else
            low = middle;
    }
    return low;
}

static void pay_out(const holder *h, unsigned count, unsigned set, double exit, double *payouts) {
    double left = exit;
    for (unsigned rank = 0; rank < MOST; rank++) {
        double due = 0;
        for (unsigned k = 0; k < count; k++)
            due += h[k].rank == rank && !(set >> k & 1) ? h[k].preference : 0;
        for (unsigned k = 0; k < count; k++)
            if (h[k].rank == rank)
                payouts[k] = set >> k & 1 ? 0 : h[k].preference * (due > left ? left / due : 1);
        left -= fmin(due, left);
    }
    const double value = level(h, count, set, left);
    for (unsigned k = 0; k < count; k++)
        payouts[k] += part_of_rest(&h[k], set >> k & 1, value);
}

static bool is_equilibrium(const holder *h, unsigned count, unsigned set, double exit,
                           const double *payouts) {
    for (unsigned k = 0; k < count; k++) {
        double otherwise[MOST];
        pay_out(h, count, set ^ 1U << k, exit, otherwise);
        if (otherwise[k] > payouts[k] + 1e-9 * (1 + exit))
            return false;
    }
    return true;
}

/* --- Cap tables that look random. */

static uint64_t draws = 20260501;

static double uniform(void) {
    draws = draws * 6364136223846793005U + 1442695040888963407U;
    return (double)(draws >> 11) * 0x1p-53;
}

static unsigned below(unsigned limit) {
    return (unsigned)(uniform() * limit);
}

static holder random_holder(void) {
    holder h = {.kind = (moati_waterfall_kind)below(3)};
    h.shares = 1 + below(40);
    h.preference = below(5) == 0 ? 0 : 0.5 * below(60);
    h.terms = h.kind == MOATI_CAPPED ? h.preference * (1 + 0.25 * below(9))
              : is_option(&h)        ? 0.1 * below(30) * h.shares
                                     : 0;
    return h;
}

static void random_holders(holder *h, unsigned count) {
    h[0] = (holder){.kind = MOATI_PARTICIPATING, .shares = 1 + below(60)};
    for (unsigned k = 1; k < count; k++) {
        h[k] = random_holder();
        h[k].rank = h[k - 1].rank + below(2);
    }
}

/* --- Running the kernel. */

/* Columns of one number each for the classes, and the exits. */
typedef struct table {
    double values[1 + MOST * COLUMNS][LANES], payouts[MOST][LANES];
    const double *inputs[1 + MOST * COLUMNS];
    double *outputs[MOST];
    moati_waterfall context;
} table;

static void fill(table *t, const holder *h, unsigned count, const double *exits, size_t lanes) {
    memset(t, 0, sizeof *t);
    t->context.classes = count;
    for (size_t i = 0; i < lanes; i++) {
        t->values[0][i] = exits[i];
        for (unsigned k = 0; k < count; k++) {
            const double columns[COLUMNS] = {h[k].shares, h[k].preference, h[k].terms};
            for (unsigned c = 0; c < COLUMNS; c++)
                t->values[1 + k * COLUMNS + c][i] = columns[c];
        }
    }
    for (unsigned k = 0; k < count; k++) {
        t->context.of[k].kind = (uint8_t)h[k].kind;
        t->context.of[k].rank = (uint8_t)h[k].rank;
    }
    for (unsigned i = 0; i < 1 + MOST * COLUMNS; i++)
        t->inputs[i] = t->values[i];
    for (unsigned k = 0; k < MOST; k++)
        t->outputs[k] = t->payouts[k];
}

static void run(table *t, size_t lanes) {
    moati_waterfall_kernel.run(&t->context, t->inputs, t->outputs, lanes);
}

static double sum_of(const table *t, size_t lane) {
    double sum = 0;
    for (unsigned k = 0; k < t->context.classes; k++)
        sum += t->payouts[k][lane];
    return sum;
}

/* --- Tests. */

/* How many equilibria an exit has; each must pay what the kernel pays. */
static unsigned check_equilibria(const table *t, size_t lane, const holder *h, unsigned count) {
    const double exit = t->values[0][lane];
    unsigned found = 0;
    for (unsigned set = 0; set < 1U << count; set++) {
        double payouts[MOST];
        pay_out(h, count, set, exit, payouts);
        if (!is_equilibrium(h, count, set, exit, payouts))
            continue;
        found++;
        for (unsigned k = 0; k < count; k++)
            cr_expect_float_eq(t->payouts[k][lane], payouts[k], 1e-7 * (1 + exit),
                               "exit %g, those of %x convert: class %u gets %.12g, not %.12g", exit,
                               set, k, t->payouts[k][lane], payouts[k]);
    }
    return found;
}

Test(waterfall, pays_what_every_equilibrium_pays) {
    enum { TABLES = 250, EXITS = 12 };
    static table t;
    unsigned uncovered = 0, several = 0;
    for (unsigned round = 0; round < TABLES; round++) {
        holder h[MOST];
        double exits[EXITS], preferences = 0;
        const unsigned count = 2 + below(MOST - 1);
        random_holders(h, count);
        for (unsigned k = 0; k < count; k++)
            preferences += h[k].preference;
        for (unsigned i = 0; i < EXITS; i++)
            exits[i] = uniform() * 50 * (1 << below(4));
        fill(&t, h, count, exits, EXITS);
        run(&t, EXITS);
        for (unsigned i = 0; i < EXITS; i++) {
            const unsigned found = check_equilibria(&t, i, h, count);
            cr_expect_gt(found, 0, "cap table %u, exit %g: no equilibrium", round, exits[i]);
            several += found > 1;
            uncovered += exits[i] < preferences;
        }
    }
    cr_expect_gt(uncovered, TABLES, "too few exits below the preferences");
    cr_expect_gt(several, TABLES, "too few ties");
}

/* Numbers of shares from a thousand-millionth to thousand millions, and money that is not round. */
static void scatter(holder *h, unsigned count) {
    for (unsigned k = 0; k < count; k++) {
        const double size = 1 + uniform();
        h[k].shares *= pow(10, (double)below(19) - 9) * (1 + uniform());
        h[k].preference *= size;
        h[k].terms *= size;
    }
}

/* So little common that the last bits of an exit decide who converts. */
static void make_common_rare(holder *h, unsigned count) {
    double preferences = 0;
    for (unsigned k = 1; k < count; k++) {
        h[k].kind = MOATI_CONVERTING;
        h[k].preference = 1 + uniform();
        h[k].terms = 0;
        preferences += h[k].preference;
    }
    const holder *last = &h[count - 1];
    h[0].shares = 0x1p-53 * (1 + below(16)) * preferences * (last->shares / last->preference);
}

/* Where classes convert or reach their caps one after the other, but for a few last bits: the
 * preferences, or the caps, of all. Elsewhere anything. */
static double awkward_exit(const holder *h, unsigned count, unsigned place) {
    double preferences = 0, caps = 0;
    for (unsigned k = 0; k < count; k++) {
        preferences += h[k].preference;
        caps += h[k].kind == MOATI_CAPPED ? h[k].terms : h[k].preference;
    }
    switch (place % 3) {
    case 0: return preferences * (1 + 0x1p-52 * below(8));
    case 1: return caps * (1 + 0x1p-52 * below(8));
    default: return uniform() * pow(10, below(6));
    }
}

Test(waterfall, adds_up_to_the_exit) {
    static table t;
    for (unsigned round = 0; round < 200; round++) {
        holder h[MOST];
        double exits[LANES], strikes = 0;
        const unsigned count = 1 + below(MOST);
        random_holders(h, count);
        scatter(h, count);
        if (count > 1 && below(2) == 0)
            make_common_rare(h, count);
        for (unsigned k = 0; k < count; k++)
            strikes += strike(&h[k]);
        for (unsigned i = 0; i < LANES; i++)
            exits[i] = awkward_exit(h, count, i);
        fill(&t, h, count, exits, LANES);
        run(&t, LANES);
        for (unsigned i = 0; i < LANES; i++) {
            const double allowed = 2e-15 * (exits[i] + strikes);
            cr_expect_float_eq(sum_of(&t, i), exits[i], allowed, "table %u: %.17g paid of %.17g",
                               round, sum_of(&t, i), exits[i]);
            for (unsigned k = 0; k < count; k++)
                cr_expect_geq(t.payouts[k][i], 0, "table %u: class %u is paid %g", round, k,
                              t.payouts[k][i]);
        }
    }
}

/* One class beside 80 common shares. */
static const struct {
    holder h;
    double exit, payout;
} edges[] = {
    {{MOATI_CONVERTING, 0, 20, 5, 0}, 0, 0},    {{MOATI_CONVERTING, 0, 20, 5, 0}, -3, 0},
    {{MOATI_CONVERTING, 0, 20, 5, 0}, 4, 4},    {{MOATI_CONVERTING, 0, 20, 5, 0}, 5, 5},
    {{MOATI_CONVERTING, 0, 20, 5, 0}, 25, 5},   {{MOATI_CONVERTING, 0, 20, 5, 0}, 40, 8},
    {{MOATI_CONVERTING, 0, 20, 0, 0}, 40, 8},   {{MOATI_CONVERTING, 0, 0, 5, 0}, 40, 5},
    {{MOATI_CONVERTING, 0, 0, 0, 0}, 40, 0},    {{MOATI_CONVERTING, 0, 20, 0, 10}, 40, 0},
    {{MOATI_CONVERTING, 0, 20, 0, 10}, 50, 2},  {{MOATI_PARTICIPATING, 0, 20, 5, 0}, 40, 12},
    {{MOATI_CAPPED, 0, 20, 5, 10}, 40, 10},     {{MOATI_CAPPED, 0, 20, 5, 10}, 30, 10},
    {{MOATI_CAPPED, 0, 20, 5, 10}, 50, 10},     {{MOATI_CAPPED, 0, 20, 5, 10}, 60, 12},
    {{MOATI_CAPPED, 0, 20, 5, 5}, 40, 8},       {{MOATI_CAPPED, 0, 20, 5, 2}, 40, 8},
    {{MOATI_CAPPED, 0, 20, 5, 2}, 10, 5},       {{MOATI_CAPPED, 0, 20, 5, INFINITY}, 40, 12},
    {{MOATI_CAPPED, 0, 0, 5, 10}, 40, 5},       {{MOATI_CAPPED, 0, 20, 0, 0}, 40, 8},
    {{MOATI_CONVERTING, 0, -0.0, 5, 0}, 40, 5}, {{MOATI_CAPPED, 0, -0.0, 5, 10}, 40, 5},
    {{MOATI_CONVERTING, 0, -0.0, 5, 0}, 4, 4},
};

Test(waterfall, has_an_answer_at_every_edge) {
    static table t;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        const holder h[] = {{.kind = MOATI_PARTICIPATING, .shares = 80}, edges[i].h};
        fill(&t, h, 2, &edges[i].exit, 1);
        run(&t, 1);
        cr_expect_float_eq(t.payouts[1][0], edges[i].payout, 1e-14, "row %zu: %.17g, not %g", i,
                           t.payouts[1][0], edges[i].payout);
        cr_expect_float_eq(sum_of(&t, 0), fmax(edges[i].exit, 0), 1e-13, "row %zu", i);
    }
    /* Without common shares, and without any. */
    const holder alone[] = {{MOATI_CAPPED, 0, 10, 20, 40}, {MOATI_CONVERTING, 1, 10, 5, 0}};
    fill(&t, alone, 2, (const double[]){24, 25, 26, 50, 90, 100}, 6);
    run(&t, 6);
    const double seniors[] = {20, 20, 21, 35, 45, 50};
    for (unsigned i = 0; i < 6; i++)
        cr_expect_float_eq(t.payouts[0][i], seniors[i], 1e-13, "exit %g: %.17g", t.values[0][i],
                           t.payouts[0][i]);
    const holder nobody[] = {{MOATI_CONVERTING, 0, 0, 5, 0}, {MOATI_PARTICIPATING, 0, 0, 0, 0}};
    fill(&t, nobody, 2, &(double){9}, 1);
    run(&t, 1);
    cr_expect_eq(t.payouts[0][0], 5);
    cr_expect_eq(t.payouts[1][0], 0);
}

Test(waterfall, what_has_no_meaning_is_not_a_number) {
    static table t;
    static const double wrong[] = {NAN, -INFINITY, INFINITY, -1};
    const holder h[] = {{MOATI_PARTICIPATING, 0, 80, 1, 0},
                        {MOATI_CONVERTING, 1, 20, 5, 1},
                        {MOATI_CAPPED, 1, 30, 5, 10}};
    double exits[LANES];
    for (unsigned i = 0; i < LANES; i++)
        exits[i] = 40;
    for (unsigned column = 0; column < 1 + 3 * COLUMNS; column++) {
        for (unsigned value = 0; value < 4; value++) {
            const bool may_be_infinite = column > 0 && column % COLUMNS == 0;
            const bool is_fine = (column == 0 && value == 3) || (may_be_infinite && value == 2);
            fill(&t, h, 3, exits, LANES);
            t.values[column][131] = wrong[value];
            run(&t, LANES);
            for (unsigned k = 0; k < 3; k++) {
                cr_expect_eq(isnan(t.payouts[k][131]) != 0, !is_fine, "column %u is %g: %g", column,
                             wrong[value], t.payouts[k][131]);
                cr_expect_eq(t.payouts[k][130], t.payouts[k][0], "column %u spoils a neighbour",
                             column);
            }
        }
    }
}

/* A cap table of the same structure in each lane. */
static void fill_varying(table *t) {
    holder h[MOST];
    double exits[LANES];
    random_holders(h, MOST);
    for (unsigned i = 0; i < LANES; i++)
        exits[i] = 300 * uniform();
    fill(t, h, MOST, exits, LANES);
    for (unsigned column = 1; column < 1 + MOST * COLUMNS; column++)
        for (unsigned i = 0; i < LANES; i++)
            t->values[column][i] *= 0.5 + uniform();
}

Test(waterfall, a_sample_does_not_depend_on_its_block) {
    static const unsigned sizes[] = {1, 2, 7, 127, 128, 129, 256, 257, 299};
    static table whole, part;
    fill_varying(&whole);
    run(&whole, LANES);
    for (unsigned s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        const unsigned first = LANES - sizes[s];
        part.context = whole.context;
        for (unsigned i = 0; i < 1 + MOST * COLUMNS; i++)
            part.inputs[i] = whole.values[i] + first;
        for (unsigned k = 0; k < MOST; k++)
            part.outputs[k] = part.payouts[k];
        run(&part, sizes[s]);
        for (unsigned k = 0; k < MOST; k++)
            cr_expect_arr_eq(part.payouts[k], whole.payouts[k] + first, sizes[s] * sizeof(double),
                             "class %u in a block of %u", k, sizes[s]);
    }
}
