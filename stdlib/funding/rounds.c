/* Priced rounds: the kernel. */
#include "rounds.h"

#include <math.h>

/* A worth at a price, and how much it grows with the price. */
typedef struct line {
    double value, slope;
} line;

static line larger(line a, line b) {
    return b.value > a.value ? b : a;
}

static line add(line a, line b) {
    return (line){a.value + b.value, a.slope + b.slope};
}

static line scale(double factor, line a) {
    return (line){factor * a.value, factor * a.slope};
}

/* One sample: what does not depend on the price. */
typedef struct deal {
    const moat_round *round;
    double shares, pool, raise, target;
    double valuation; /* that the price must meet, with the money that is added to it */
    double free;      /* shares that no adjustment changes */
    struct {
        double money; /* worth at the round's price */
        double share; /* that the cap entitles to, of the base's worth; 0: no cap */
    } instrument[MOAT_ROUND_LIMIT];
    struct {
        double shares;
        line adjusted; /* a worth of value + slope P */
    } protected_class[MOAT_ROUND_LIMIT];
} deal;

/* What is worth what at one price. */
typedef struct worth {
    line stock;     /* shares before the round, after adjustments */
    line outside;   /* conversions that the valuation does not count */
    line increase;  /* of the pool */
    line converted; /* stock and all conversions: the base of post-money caps */
    bool capped[MOAT_ROUND_LIMIT];
} worth;

/* --- Reading a sample. */

/* A cap over the shares that the valuation counts is a discount: a price of P cap / valuation. */
static void read_instruments(deal *d, const double *const *in, size_t lane, double valuation) {
    const moat_round *round = d->round;
    for (unsigned i = 0; i < round->instruments; i++, in += 3) {
        const double amount = in[0][lane], cap = in[1][lane], kept = 1 - in[2][lane];
        const bool of_round = round->instrument[i].base == MOAT_CAP_ROUND;
        const double part = of_round ? fmin(kept, cap / valuation) : kept;
        d->instrument[i].money = amount == 0 ? 0 : part > 0 ? amount / part : INFINITY;
        d->instrument[i].share = of_round ? 0 : amount / cap;
        if (round->instrument[i].conversion == MOAT_CONVERTS_ADDED)
            d->valuation += amount;
    }
}

/* With CP = invested / n, n CP / CP2 shares at P are worth n (A P + raise) / (A + B). */
static void read_protected(deal *d, const double *const *in, size_t lane) {
    d->free = d->shares;
    for (unsigned j = 0; j < d->round->protected_classes; j++, in += 3) {
        const double n = in[0][lane], invested = in[1][lane], base = in[2][lane];
        const double whole = base + d->raise * n / invested;
        d->free -= n;
        d->protected_class[j].shares = n;
        d->protected_class[j].adjusted = whole > 0 && invested > 0
                                             ? (line){n * d->raise / whole, n * base / whole}
                                             : (line){0, n};
    }
}

/* --- At a price. */

static line protected_worth(const deal *d, unsigned j, double price) {
    const line adjusted = d->protected_class[j].adjusted;
    const double n = d->protected_class[j].shares;
    return larger((line){n * price, n},
                  (line){adjusted.value + adjusted.slope * price, adjusted.slope});
}

static line stock_worth(const deal *d, double price) {
    line stock = {d->free * price, d->free};
    for (unsigned j = 0; j < d->round->protected_classes; j++)
        stock = add(stock, protected_worth(d, j, price));
    return stock;
}

/* The larger of fixed money and of a share of a worth; notes which it was. */
static line choose(const deal *d, worth *w, unsigned i, line base) {
    const line entitled = scale(d->instrument[i].share, base);
    w->capped[i] = entitled.value > d->instrument[i].money;
    return w->capped[i] ? entitled : (line){d->instrument[i].money, 0};
}

/* Adds the conversions on one base that is known at this price. */
static line add_conversions(const deal *d, worth *w, moat_cap_base base, line of, line sum) {
    for (unsigned i = 0; i < d->round->instruments; i++) {
        if (d->round->instrument[i].base != base)
            continue;
        const line part = choose(d, w, i, of);
        sum = add(sum, part);
        if (d->round->instrument[i].conversion == MOAT_CONVERTS_OUTSIDE)
            w->outside = add(w->outside, part);
    }
    return sum;
}

/* The pool increase that is in the pre-money: the target share of all, less what there is. */
static line pool_increase(const deal *d, const worth *w, double price) {
    if (d->round->priced || d->round->pool_after)
        return (line){0, 0};
    const line all = add((line){d->valuation + d->raise, 0}, w->outside);
    return larger((line){0, 0}, add(scale(d->target, all), (line){-price * d->pool, -d->pool}));
}

/* Post-money caps are shares of a whole that they are part of, X = known + sum max(money, share X).
 * From the left, each pass finds those that the whole so far puts over their cap. */
static line add_post_money(const deal *d, worth *w, line known) {
    const moat_round *round = d->round;
    for (unsigned i = 0; i < round->instruments; i++)
        if (round->instrument[i].base == MOAT_CAP_POST) {
            known.value += d->instrument[i].money;
            w->capped[i] = false;
        }
    double left = 1, fixed = known.value;
    for (unsigned pass = 0; pass <= round->instruments; pass++) {
        const double whole = fixed / left;
        bool same = true;
        for (unsigned i = 0; i < round->instruments; i++) {
            if (round->instrument[i].base != MOAT_CAP_POST || w->capped[i] ||
                !(d->instrument[i].share * whole > d->instrument[i].money))
                continue;
            w->capped[i] = true;
            same = false;
            left -= d->instrument[i].share;
            fixed -= d->instrument[i].money;
        }
        if (same)
            break;
        if (left <= 0)
            return (line){INFINITY, INFINITY};
    }
    return (line){fixed / left, known.slope / left};
}

static void value_at(const deal *d, double price, worth *w) {
    w->outside = (line){0, 0};
    w->stock = stock_worth(d, price);
    const line diluted = {price * d->shares, d->shares};
    const double issued = d->shares - d->pool;
    line sum = add_conversions(d, w, MOAT_CAP_ROUND, diluted, w->stock);
    sum = add_conversions(d, w, MOAT_CAP_DILUTED, diluted, sum);
    sum = add_conversions(d, w, MOAT_CAP_ISSUED, (line){price * issued, issued}, sum);
    w->increase = pool_increase(d, w, price);
    sum = add_conversions(d, w, MOAT_CAP_INCREASED, add(diluted, w->increase), sum);
    w->converted = add_post_money(d, w, sum);
}

/* What is counted in the pre-money valuation. */
static line pre_money(const worth *w) {
    return add(add(w->converted, scale(-1, w->outside)), w->increase);
}

/* --- The price. */

/* Newton's method from the right of the root of a convex function of straight pieces. Each step
 * but the last leaves a piece for good, of which there are at most one more than kinks; 0 where
 * there is no positive root. */
static double find_price(const deal *d, worth *w) {
    const unsigned pieces = d->round->instruments + d->round->protected_classes + 2;
    double price = d->valuation / d->shares;
    value_at(d, price, w);
    for (unsigned step = 0; step < 2 * pieces + 2; step++) {
        const line counted = pre_money(w);
        if (!(counted.slope > 0) || !isfinite(counted.value))
            return 0;
        const double next = price - (counted.value - d->valuation) / counted.slope;
        if (!(next > 0))
            return 0;
        const bool settled = fabs(next - price) <= 1e-13 * price;
        price = next;
        value_at(d, price, w);
        if (settled)
            break;
    }
    return price;
}

/* The pool increase where the price does not depend on it: T (target) = pool + increase. */
static double late_increase(const deal *d, double total) {
    return fmax((d->target * total - d->pool) / (1 - d->target), 0);
}

/* Writes what instruments become and how protected classes are multiplied; returns all shares that
 * there are then, but for the pool increase and the new money's. */
static double write_conversions(const deal *d, const worth *w, double price, double *const *out,
                                size_t lane) {
    const double bases[MOAT_CAP_BASES] = {
        [MOAT_CAP_POST] = w->converted.value / price,
        [MOAT_CAP_DILUTED] = d->shares,
        [MOAT_CAP_ISSUED] = d->shares - d->pool,
        [MOAT_CAP_INCREASED] = d->shares + w->increase.value / price,
    };
    double total = d->shares;
    for (unsigned i = 0; i < d->round->instruments; i++, out++) {
        out[0][lane] = w->capped[i] ? d->instrument[i].share * bases[d->round->instrument[i].base]
                                    : d->instrument[i].money / price;
        total += out[0][lane];
    }
    for (unsigned j = 0; j < d->round->protected_classes; j++, out++) {
        const double before = d->protected_class[j].shares;
        const double after = protected_worth(d, j, price).value / price;
        out[0][lane] = before > 0 ? after / before : 1;
        total += before > 0 ? after - before : 0;
    }
    return total;
}

static void write_closing(const deal *d, const worth *w, double price, double *const *out,
                          size_t lane) {
    const double bought = d->raise / price;
    double increase = w->increase.value / price;
    double total = write_conversions(d, w, price, out + MOAT_ROUND_OUTPUTS, lane) + bought;
    if (d->round->priced || d->round->pool_after)
        increase = late_increase(d, total);
    const double counted = pre_money(w).value + (d->round->priced ? price * increase : 0);
    out[MOAT_ROUND_PRICE][lane] = price;
    out[MOAT_ROUND_NEW][lane] = bought;
    out[MOAT_ROUND_INCREASE][lane] = increase;
    out[MOAT_ROUND_TOTAL][lane] = total + increase;
    out[MOAT_ROUND_PRE][lane] = counted;
    out[MOAT_ROUND_RAISED][lane] = d->raise;
    out[MOAT_ROUND_CLOSED][lane] = 1;
}

/* Everything as it was; `price` is 0, or NaN for what is not known. */
static void write_nothing(const deal *d, double price, double *const *out, size_t lane) {
    for (unsigned i = 0; i < MOAT_ROUND_OUTPUTS; i++)
        out[i][lane] = price;
    out[MOAT_ROUND_TOTAL][lane] = d->shares + price;
    out += MOAT_ROUND_OUTPUTS;
    for (unsigned i = 0; i < d->round->instruments; i++)
        out[i][lane] = price;
    out += d->round->instruments;
    for (unsigned j = 0; j < d->round->protected_classes; j++)
        out[j][lane] = 1 + price;
}

static bool any_unknown(const moat_round *round, const double *const *in, size_t lane) {
    const unsigned count = MOAT_ROUND_INPUTS + 3 * (round->instruments + round->protected_classes);
    for (unsigned i = 0; i < count; i++)
        if (isnan(in[i][lane]))
            return true;
    return false;
}

static bool is_possible(const deal *d, double at) {
    const bool raises = d->round->priced ? d->raise >= 0 : d->raise > 0;
    return raises && isfinite(d->raise) && at > 0 && d->shares > 0 && d->target < 1;
}

static void close_lane(deal *d, const double *const *in, double *const *out, size_t lane) {
    const moat_round *round = d->round;
    const double happens = in[MOAT_ROUND_HAPPENS][lane], at = in[MOAT_ROUND_VALUATION][lane];
    d->shares = in[MOAT_ROUND_SHARES][lane];
    d->pool = in[MOAT_ROUND_POOL][lane];
    d->raise = in[MOAT_ROUND_RAISE][lane];
    d->target = in[MOAT_ROUND_TARGET][lane];
    d->valuation = round->priced ? at * d->shares : at;
    read_protected(d, in + MOAT_ROUND_INPUTS + 3 * round->instruments, lane);
    if (happens == 0 || any_unknown(round, in, lane)) {
        write_nothing(d, happens == 0 ? 0 : NAN, out, lane);
        return;
    }
    read_instruments(d, in + MOAT_ROUND_INPUTS, lane, d->valuation);
    worth w;
    double price = 0;
    if (is_possible(d, at) && round->priced)
        value_at(d, price = at, &w);
    else if (is_possible(d, at))
        price = find_price(d, &w);
    if (price > 0 && isfinite(w.converted.value))
        write_closing(d, &w, price, out, lane);
    else
        write_nothing(d, 0, out, lane);
}

static void close_round(const void *context, const double *const *in, double *const *out,
                        size_t lanes) {
    deal d;
    d.round = context;
    for (size_t lane = 0; lane < lanes; lane++)
        close_lane(&d, in, out, lane);
}

const moat_kernel moat_round_kernel = {"priced round", close_round};
