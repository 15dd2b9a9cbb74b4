/* The kernel of priced rounds against a reference that knows nothing of regimes: bisection on the
 * price, with the capitalisation of post-money caps by iteration. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "rounds.h"

enum { DEALS = 4000, MOST = 6 };

typedef struct safe {
    double amount, cap, discount;
} safe;

typedef struct holding {
    double shares, invested, base;
} holding;

typedef struct deal {
    moati_round round;
    double happens, shares, pool, valuation, raise, target;
    safe safes[MOST];
    holding holdings[MOST];
} deal;

typedef struct closing {
    double price, bought, increase, total, pre, raised, closed;
    double converted[MOST], factor[MOST];
} closing;

static closing close_deal(const deal *d) {
    double columns[MOATI_ROUND_INPUTS + 6 * MOST] = {d->happens,   d->shares, d->pool,
                                                     d->valuation, d->raise,  d->target};
    double results[MOATI_ROUND_OUTPUTS + 2 * MOST];
    const double *in[MOATI_ROUND_INPUTS + 6 * MOST];
    double *out[MOATI_ROUND_OUTPUTS + 2 * MOST];
    double *next = columns + MOATI_ROUND_INPUTS;
    for (unsigned i = 0; i < d->round.instruments; i++, next += 3)
        memcpy(next, &d->safes[i], sizeof(safe));
    for (unsigned j = 0; j < d->round.protected_classes; j++, next += 3)
        memcpy(next, &d->holdings[j], sizeof(holding));
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        in[i] = &columns[i];
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        out[i] = &results[i];
    moati_round_kernel.run(&d->round, in, out, 1);
    closing c;
    memcpy(&c, results, MOATI_ROUND_OUTPUTS * sizeof(double));
    memcpy(c.converted, results + MOATI_ROUND_OUTPUTS, d->round.instruments * sizeof(double));
    memcpy(c.factor, results + MOATI_ROUND_OUTPUTS + d->round.instruments,
           d->round.protected_classes * sizeof(double));
    return c;
}

/* --- The reference. */

/* The weighted average of the charter, class by class. */
static double factor_at(const deal *d, const holding *h, double price) {
    const double before = h->invested / h->shares, issued = d->raise / price;
    if (h->shares == 0 || price >= before)
        return 1;
    return before / (before * (h->base + d->raise / before) / (h->base + issued));
}

static double cap_base(const deal *d, moati_cap_base base, double increase) {
    switch (base) {
    case MOATI_CAP_DILUTED: return d->shares;
    case MOATI_CAP_ISSUED: return d->shares - d->pool;
    default: return d->shares + increase;
    }
}

/* Everything at a price: what each becomes, the pool increase, all shares; false where post-money
 * SAFEs take everything. */
static bool issue_at(const deal *d, double price, closing *c) {
    double held = d->shares, capitalisation;
    for (unsigned j = 0; j < d->round.protected_classes; j++) {
        c->factor[j] = factor_at(d, &d->holdings[j], price);
        held += d->holdings[j].shares * (c->factor[j] - 1);
    }
    c->price = price;
    c->increase = 0;
    for (int round = 0; round < 100000; round++) {
        const double increase_before = c->increase;
        double all = held, outside = 0, before = -1;
        for (unsigned i = 0; i < d->round.instruments; i++)
            c->converted[i] = 0;
        for (capitalisation = held; fabs(capitalisation - before) > 1e-15 * before;) {
            before = capitalisation;
            all = held;
            outside = 0;
            for (unsigned i = 0; i < d->round.instruments; i++) {
                const safe *s = &d->safes[i];
                const moati_instrument kind = d->round.instrument[i];
                double at = price * (1 - s->discount);
                if (kind.base == MOATI_CAP_POST)
                    at = fmin(at, s->cap / capitalisation);
                else if (kind.base == MOATI_CAP_ROUND)
                    at = fmin(at, price * s->cap / d->valuation);
                else
                    at = fmin(at, s->cap / cap_base(d, kind.base, c->increase));
                c->converted[i] = s->amount / at;
                all += c->converted[i];
                outside += kind.conversion == MOATI_CONVERTS_OUTSIDE ? c->converted[i] : 0;
            }
            capitalisation = all;
            if (capitalisation > 1e6 * held)
                return false;
        }
        const double others = all - d->pool + d->raise / price;
        c->increase = fmax((d->target * others) / (1 - d->target) - d->pool, 0);
        c->total = all + c->increase + d->raise / price;
        c->pre = price * (all - outside + c->increase);
        if (d->round.pool_after) {
            c->pre -= price * c->increase;
            break;
        }
        if (fabs(c->increase - increase_before) <= 1e-15 * c->total)
            break;
    }
    return true;
}

static double wanted_value(const deal *d) {
    double value = d->valuation;
    for (unsigned i = 0; i < d->round.instruments; i++)
        value += d->round.instrument[i].conversion == MOATI_CONVERTS_ADDED ? d->safes[i].amount : 0;
    return value;
}

static bool reference(const deal *d, closing *c) {
    const double value = wanted_value(d);
    double high = value / d->shares, low = high * 1e-7;
    if (issue_at(d, low, c) && c->pre > value)
        return false;
    for (int i = 0; i < 100; i++) {
        const double middle = (low + high) / 2;
        if (issue_at(d, middle, c) && c->pre < value)
            low = middle;
        else
            high = middle;
    }
    return issue_at(d, low, c);
}

/* --- Random deals. */

static double uniform(unsigned long long *state, double low, double high) {
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * (double)(*state >> 11) * 0x1p-53;
}

static unsigned choose(unsigned long long *state, unsigned count) {
    return (unsigned)uniform(state, 0, count);
}

static void random_safes(unsigned long long *state, deal *d) {
    d->round.instruments = choose(state, MOST + 1);
    for (unsigned i = 0; i < d->round.instruments; i++) {
        static const double discounts[] = {0, 0, 0.1, 0.2};
        moati_instrument *kind = &d->round.instrument[i];
        kind->base = (moati_cap_base)choose(state, MOATI_CAP_BASES);
        if (kind->base != MOATI_CAP_POST && kind->base != MOATI_CAP_INCREASED)
            kind->conversion = (moati_conversion)choose(state, MOATI_CONVERSIONS);
        d->safes[i] = (safe){uniform(state, 5e4, 1.2e6),
                             choose(state, 5) == 0 ? INFINITY : uniform(state, 5e6, 5e7),
                             discounts[choose(state, 4)]};
    }
}

static void random_deal(unsigned long long *state, deal *d) {
    static const double pools[] = {0, 0.05, 0.1}, targets[] = {0, 0.05, 0.1, 0.15};
    memset(d, 0, sizeof *d);
    d->happens = 1;
    d->shares = uniform(state, 5e6, 2e7);
    d->pool = d->shares * pools[choose(state, 3)];
    d->valuation = uniform(state, 5e6, 6e7);
    d->raise = d->valuation * uniform(state, 0.1, 0.5);
    d->target = targets[choose(state, 4)];
    d->round.pool_after = choose(state, 4) == 0;
    random_safes(state, d);
    if (d->round.pool_after)
        for (unsigned i = 0; i < d->round.instruments; i++)
            if (d->round.instrument[i].base == MOATI_CAP_INCREASED)
                d->round.instrument[i].base = MOATI_CAP_DILUTED;
    d->round.protected_classes = choose(state, 4);
    for (unsigned j = 0; j < d->round.protected_classes; j++) {
        const double n = d->shares * uniform(state, 0, 0.2);
        const double bases[] = {d->shares, n, 0};
        d->holdings[j] = (holding){n, n * uniform(state, 0.2, 8), bases[choose(state, 3)]};
    }
}

static void expect_close(int deal_number, const char *what, double found, double expected) {
    cr_expect(fabs(found - expected) <= 1e-8 * fmax(fabs(expected), 1e-6),
              "deal %d: %s is %.17g, by bisection %.17g", deal_number, what, found, expected);
}

/* Where the price that was found is given instead of the valuation, everything is the same. */
static void compare_priced(int number, const deal *d, const closing *found) {
    deal priced = *d;
    priced.round.priced = true;
    priced.valuation = found->price;
    for (unsigned i = 0; i < d->round.instruments; i++)
        if (d->round.instrument[i].base == MOATI_CAP_ROUND ||
            d->round.instrument[i].base == MOATI_CAP_INCREASED)
            return; /* those are of the valuation, and of the increase that it counts */
    expect_close(number, "the total at the given price", close_deal(&priced).total, found->total);
}

/* True where there is a price. */
static bool compare(int number, const deal *d) {
    closing expected;
    const closing found = close_deal(d);
    const bool has_price = reference(d, &expected);
    cr_expect_eq(found.closed, has_price, "deal %d: closed is %g", number, found.closed);
    if (!has_price || found.closed == 0)
        return false;
    expect_close(number, "the price", found.price, expected.price);
    expect_close(number, "the total", found.total, expected.total);
    expect_close(number, "the pre-money", found.pre, wanted_value(d));
    double sum = d->shares + found.increase + found.bought;
    for (unsigned i = 0; i < d->round.instruments; i++) {
        expect_close(number, "a conversion", found.converted[i], expected.converted[i]);
        sum += found.converted[i];
    }
    for (unsigned j = 0; j < d->round.protected_classes; j++) {
        expect_close(number, "an adjustment", found.factor[j], expected.factor[j]);
        sum += d->holdings[j].shares * (found.factor[j] - 1);
    }
    expect_close(number, "the sum of all shares", sum, found.total);
    compare_priced(number, d, &found);
    return true;
}

Test(rounds, the_price_is_that_of_a_bisection) {
    unsigned long long state = 7;
    int priced = 0;
    for (int i = 0; i < DEALS; i++) {
        deal d;
        random_deal(&state, &d);
        priced += compare(i, &d);
    }
    cr_expect_gt(priced, DEALS * 4 / 5, "%d of %d deals have a price", priced, DEALS);
}

/* --- What is no deal. */

typedef struct edge {
    const char *what;
    double happens, shares, pool, valuation, raise, target, amount, cap, discount;
    double price; /* 0: it does not close; NaN: nothing is known */
} edge;

static const edge edges[] = {
    {"a plain round", 1, 8e6, 0, 8e6, 2e6, 0, 0, INFINITY, 0, 1},
    {"it does not happen", 0, 8e6, 0, NAN, 2e6, 0, 0, INFINITY, 0, 0},
    {"nothing raised", 1, 8e6, 0, 8e6, 0, 0, 0, INFINITY, 0, 0},
    {"a negative raise", 1, 8e6, 0, 8e6, -2e6, 0, 0, INFINITY, 0, 0},
    {"an infinite raise", 1, 8e6, 0, 8e6, INFINITY, 0, 0, INFINITY, 0, 0},
    {"no valuation", 1, 8e6, 0, 0, 2e6, 0, 0, INFINITY, 0, 0},
    {"a negative valuation", 1, 8e6, 0, -8e6, 2e6, 0, 0, INFINITY, 0, 0},
    {"an infinite valuation", 1, 8e6, 0, INFINITY, 2e6, 0, 0, INFINITY, 0, 0},
    {"no shares", 1, 0, 0, 8e6, 2e6, 0, 0, INFINITY, 0, 0},
    {"nothing but a pool", 1, 1e6, 1e6, 8e6, 2e6, 0.5, 0, INFINITY, 0, 8},
    {"pool and new money are everything", 1, 8e6, 0, 8e6, 2e6, 0.8, 0, INFINITY, 0, 0},
    {"a pool of everything", 1, 8e6, 0, 8e6, 2e6, 1, 0, INFINITY, 0, 0},
    {"a SAFE of everything", 1, 8e6, 0, 8e6, 2e6, 0, 5e6, 5e6, 0, 0},
    {"a SAFE of more than everything", 1, 8e6, 0, 8e6, 2e6, 0, 9e6, 5e6, 0, 0},
    {"a SAFE of more than the valuation", 1, 8e6, 0, 8e6, 2e6, 0, 9e6, INFINITY, 0, 0},
    {"a cap of nothing", 1, 8e6, 0, 8e6, 2e6, 0, 1e6, 0, 0, 0},
    {"a discount of everything", 1, 8e6, 0, 8e6, 2e6, 0, 1e6, INFINITY, 1, 0},
    {"an unknown valuation", 1, 8e6, 0, NAN, 2e6, 0, 0, INFINITY, 0, NAN},
    {"an unknown cap", 1, 8e6, 0, 8e6, 2e6, 0, 1e6, NAN, 0, NAN},
    {"an unknown condition", NAN, 8e6, 0, 8e6, 2e6, 0, 0, INFINITY, 0, NAN},
};

Test(rounds, what_is_no_deal_changes_nothing) {
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        const edge *e = &edges[i];
        deal d = {.round = {.instruments = 1},
                  .happens = e->happens,
                  .shares = e->shares,
                  .pool = e->pool,
                  .valuation = e->valuation,
                  .raise = e->raise,
                  .target = e->target,
                  .safes = {{e->amount, e->cap, e->discount}}};
        const closing c = close_deal(&d);
        cr_expect((isnan(c.price) && isnan(e->price)) || c.price == e->price, "%s: the price is %g",
                  e->what, c.price);
        if (e->price == 0)
            cr_expect(c.closed == 0 && c.total == e->shares && c.bought == 0 && c.increase == 0 &&
                          c.raised == 0 && c.converted[0] == 0,
                      "%s: closed %g, total %g", e->what, c.closed, c.total);
        if (isnan(e->price))
            cr_expect(isnan(c.total) && isnan(c.closed) && isnan(c.converted[0]), "%s: total %g",
                      e->what, c.total);
    }
}

/* --- Blocks. */

enum { LANES = 75, COLUMNS_IN = MOATI_ROUND_INPUTS + 6 * MOATI_ROUND_LIMIT };
enum { COLUMNS_OUT = MOATI_ROUND_OUTPUTS + 2 * MOATI_ROUND_LIMIT };

typedef struct block {
    moati_round round;
    double in[COLUMNS_IN][LANES], out[COLUMNS_OUT][LANES];
} block;

/* As much as a round can have, or some; samples differ in what holds, and some close no round. */
static void fill(unsigned long long *state, block *b, unsigned instruments, unsigned classes) {
    memset(b, 0, sizeof *b);
    b->round.instruments = instruments;
    b->round.protected_classes = classes;
    b->round.pool_after = choose(state, 2) == 0;
    for (unsigned k = 0; k < instruments; k++)
        b->round.instrument[k].base = (moati_cap_base)choose(state, MOATI_CAP_BASES);
    for (unsigned i = 0; i < LANES; i++) {
        const double round[] = {1,
                                uniform(state, 8, 12),
                                uniform(state, 0, 1),
                                uniform(state, 0, 60),
                                uniform(state, 4, 12),
                                0.1};
        unsigned column = 0;
        for (; column < MOATI_ROUND_INPUTS; column++)
            b->in[column][i] = round[column];
        for (unsigned k = 0; k < instruments; k++) {
            b->in[column++][i] = uniform(state, 0, 6) / instruments;
            b->in[column++][i] = uniform(state, 5, 50);
            b->in[column++][i] = 0.1;
        }
        for (unsigned k = 0; k < classes; k++) {
            b->in[column++][i] = 4.0 / classes;
            b->in[column++][i] = uniform(state, 0, 30) / classes;
            b->in[column++][i] = 10;
        }
    }
}

static void close_lanes(const block *b, size_t first, size_t count, block *result) {
    const double *in[COLUMNS_IN];
    double *out[COLUMNS_OUT];
    for (unsigned k = 0; k < COLUMNS_IN; k++)
        in[k] = b->in[k] + first;
    for (unsigned k = 0; k < COLUMNS_OUT; k++)
        out[k] = result->out[k] + first;
    moati_round_kernel.run(&b->round, in, out, count);
}

Test(rounds, a_sample_does_not_depend_on_its_block) {
    static const unsigned sizes[] = {1, 2, 7, 23, 24, 25, 48, LANES};
    static const struct {
        unsigned instruments, classes;
    } rows[] = {{0, 0}, {1, 0}, {0, 1}, {5, 2}, {MOATI_ROUND_LIMIT, MOATI_ROUND_LIMIT}};
    static block whole, parts;
    unsigned long long state = 11;
    for (unsigned row = 0; row < sizeof rows / sizeof *rows; row++) {
        double closed = 0;
        fill(&state, &whole, rows[row].instruments, rows[row].classes);
        close_lanes(&whole, 0, LANES, &whole);
        for (unsigned i = 0; i < LANES; i++)
            closed += whole.out[MOATI_ROUND_CLOSED][i];
        cr_expect_gt(closed, LANES / 2, "row %u: %g of %d rounds close", row, closed, LANES);
        for (unsigned s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            memset(parts.out, 0, sizeof parts.out);
            for (size_t first = 0; first < LANES; first += sizes[s])
                close_lanes(&whole, first, first + sizes[s] < LANES ? sizes[s] : LANES - first,
                            &parts);
            cr_expect_arr_eq(parts.out, whole.out, sizeof whole.out, "row %u, in blocks of %u", row,
                             sizes[s]);
        }
    }
}
