/* A priced round by hand. The round price for a known set of caps that bind is a formula (with E
 * shares before of which U in the pool, M the post-money valuation, f the part that is sold, p the
 * pool's target, s the shares of the whole that post-money caps entitle to, n the shares that other
 * caps do, W the money that converts at the round's price, over 1 - discount):
 *
 *     pool raised    P = (M (1 - f - p) - W / (1 - s)) / ((E + n) / (1 - s) - U)
 *     pool enough    P = (V (1 - s) - W) / (E + n)
 *
 * so the set is tried and corrected until it agrees with its price. */
#include "rounds.h"

#include <math.h>

#include "modules.h"

enum { MOST = 8, COLUMNS = 3 /* of an instrument: amount, cap, discount */ };

typedef struct instrument {
    bool post, binds;
    double amount, cap, kept;
} instrument;

typedef struct deal {
    unsigned count;
    double shares, pool, valuation, raise, target;
    instrument instrument[MOST];
} deal;

typedef struct price {
    double each, whole; /* per share; shares before the pool increase */
} price;

static price solve(const deal *d) {
    const double post = d->valuation + d->raise, sold = d->raise / post;
    double left = 1, fixed = d->shares, money = 0;
    for (unsigned i = 0; i < d->count; i++) {
        const instrument *of = &d->instrument[i];
        if (!of->binds)
            money += of->amount / of->kept;
        else if (of->post)
            left -= of->amount / of->cap;
        else
            fixed += of->amount / of->cap * d->shares;
    }
    double each = (post * (1 - sold - d->target) - money / left) / (fixed / left - d->pool);
    if (!(each > 0) || d->target * post / each <= d->pool)
        each = (d->valuation * left - money) / fixed;
    return (price){each, (fixed + money / each) / left};
}

/* What a cap's price is, were it to bind. */
static double cap_price(const deal *d, const instrument *of, price p) {
    return of->cap / (of->post ? p.whole : d->shares);
}

static price settle(deal *d) {
    price p = solve(d);
    for (unsigned pass = 0; pass < 4 * MOST; pass++) {
        bool same = true;
        for (unsigned i = 0; i < d->count; i++) {
            instrument *of = &d->instrument[i];
            const bool binds = cap_price(d, of, p) < of->kept * p.each;
            same = same && binds == of->binds;
            of->binds = binds;
        }
        if (same)
            break;
        p = solve(d);
    }
    return p;
}

static void read_deal(const moati_round *round, const columns *c, size_t i, deal *d) {
    d->count = round->instruments;
    d->shares = c->in[MOATI_ROUND_SHARES][i];
    d->pool = c->in[MOATI_ROUND_POOL][i];
    d->valuation = c->in[MOATI_ROUND_VALUATION][i];
    d->raise = c->in[MOATI_ROUND_RAISE][i];
    d->target = c->in[MOATI_ROUND_TARGET][i];
    for (unsigned k = 0; k < d->count; k++) {
        const unsigned first = MOATI_ROUND_INPUTS + COLUMNS * k;
        d->instrument[k] =
            (instrument){round->instrument[k].base == MOATI_CAP_POST, true, c->in[first][i],
                         c->in[first + 1][i], 1 - c->in[first + 2][i]};
    }
}

static void by_hand(const comparison *of, columns *c) {
    for (size_t i = 0; i < BENCH_LANES; i++) {
        deal d;
        read_deal(of->context, c, i, &d);
        const price p = settle(&d);
        const double bought = d.raise / p.each, increase = d.valuation / p.each - p.whole;
        c->by_hand[MOATI_ROUND_PRICE][i] = p.each;
        c->by_hand[MOATI_ROUND_NEW][i] = bought;
        c->by_hand[MOATI_ROUND_INCREASE][i] = increase;
        c->by_hand[MOATI_ROUND_TOTAL][i] = p.whole + increase + bought;
        c->by_hand[MOATI_ROUND_PRE][i] = d.valuation;
        c->by_hand[MOATI_ROUND_RAISED][i] = d.raise;
        c->by_hand[MOATI_ROUND_CLOSED][i] = 1;
        for (unsigned k = 0; k < d.count; k++) {
            const instrument *in = &d.instrument[k];
            const double each = in->binds ? cap_price(&d, in, p) : in->kept * p.each;
            c->by_hand[MOATI_ROUND_OUTPUTS + k][i] = in->amount / each;
        }
    }
}

static void fill(const comparison *of, columns *c) {
    const moati_round *round = of->context;
    bench_fill(c, MOATI_ROUND_HAPPENS, 1, 1);
    bench_fill(c, MOATI_ROUND_SHARES, 8, 12);
    bench_fill(c, MOATI_ROUND_POOL, 0, 2);
    bench_fill(c, MOATI_ROUND_VALUATION, 15, 60);
    bench_fill(c, MOATI_ROUND_RAISE, 4, 12);
    bench_fill(c, MOATI_ROUND_TARGET, 0.05, 0.15);
    for (unsigned k = 0; k < round->instruments; k++) {
        const unsigned first = MOATI_ROUND_INPUTS + COLUMNS * k;
        bench_fill(c, first, 0.5, 1.5);
        bench_fill(c, first + 1, 10, 30);
        bench_fill(c, first + 2, 0, 0.2);
    }
}

static const moati_round plain = {0};
static const moati_round three = {.instruments = 3,
                                  .instrument = {{MOATI_CAP_POST, MOATI_CONVERTS_WITHIN},
                                                 {MOATI_CAP_POST, MOATI_CONVERTS_WITHIN},
                                                 {MOATI_CAP_DILUTED, MOATI_CONVERTS_WITHIN}}};

const comparison bench_rounds[] = {
    {"round, pool", &moati_round_kernel, &plain, MOATI_ROUND_OUTPUTS, fill, by_hand},
    {"round, pool, two SAFEs, a note", &moati_round_kernel, &three, MOATI_ROUND_OUTPUTS + 3, fill,
     by_hand},
    {NULL}};
