/* Priced rounds: the kernel. A chunk of samples is solved together, in columns, by loops over lanes
 * that do not branch; a sample that has its price stays where it is while others look for theirs,
 * so that what it is given does not depend on its neighbours. */
#include "rounds.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { CHUNK = 24 }; /* lanes: all instruments and classes that may be take 64 KiB of stack */

/* Worths that grow with the price: fixed + rising P. */
typedef struct lines {
    double fixed[CHUNK], rising[CHUNK];
} lines;

typedef struct chunk {
    const moati_round *round;
    size_t lanes;
    /* What does not depend on the price. */
    double shares[CHUNK], pool[CHUNK], raise[CHUNK], target[CHUNK];
    double agreed[CHUNK];  /* the valuation; where it is the price that is given, at that price */
    double counted[CHUNK]; /* what the price must meet: the valuation, with money added to it */
    double free[CHUNK];    /* shares that no adjustment changes */
    double nothing[CHUNK]; /* what is written where no round closes: 0, or NaN for the unknown */
    struct {
        double money[CHUNK]; /* worth at the round's price */
        double share[CHUNK]; /* that the cap entitles to, of the base's worth; 0: no cap */
    } instrument[MOATI_ROUND_LIMIT];
    struct {
        double shares[CHUNK];
        lines adjusted;
    } protected_class[MOATI_ROUND_LIMIT];
    /* The estimates: the price, 0 where there is none, and what all shares and conversions are
     * worth, which is the base of post-money caps. */
    double price[CHUNK], whole[CHUNK];
    double next_price[CHUNK], next_whole[CHUNK];
    /* What is worth what, of those pieces that hold at the estimates. */
    double entitled[CHUNK]; /* the share of the whole that goes by post-money caps */
    lines known;            /* the rest of the whole */
    lines outside;          /* conversions that the valuation does not count */
    lines increase;         /* of the pool */
    lines base[MOATI_CAP_BASES];
    /* The results. */
    double closed[CHUNK], total[CHUNK];
} chunk;

static bool pool_is_within(const chunk *c) {
    return !c->round->priced && !c->round->pool_after;
}

/* --- Reading samples. */

/* 0, or NaN where one of the three is. */
static inline double unknown(double a, double b, double c) {
    const bool is_known = (a == a) & (b == b) & (c == c);
    return is_known ? 0 : (double)NAN;
}

static void read_round(chunk *c, const double *const *in, size_t first) {
    const double *restrict happens = in[MOATI_ROUND_HAPPENS] + first;
    const double *restrict shares = in[MOATI_ROUND_SHARES] + first;
    const double *restrict pool = in[MOATI_ROUND_POOL] + first;
    const double *restrict raise = in[MOATI_ROUND_RAISE] + first;
    const double *restrict target = in[MOATI_ROUND_TARGET] + first;
    const double *restrict at = in[MOATI_ROUND_VALUATION] + first;
    const bool priced = c->round->priced;
    for (size_t i = 0; i < c->lanes; i++) {
        c->shares[i] = c->free[i] = c->base[MOATI_CAP_DILUTED].rising[i] = shares[i];
        c->base[MOATI_CAP_ISSUED].rising[i] = shares[i] - pool[i];
        c->base[MOATI_CAP_DILUTED].fixed[i] = c->base[MOATI_CAP_ISSUED].fixed[i] = 0;
        c->nothing[i] =
            unknown(shares[i], pool[i], raise[i]) + unknown(target[i], at[i], happens[i]);
        c->pool[i] = pool[i];
        c->raise[i] = raise[i];
        c->target[i] = target[i];
        c->price[i] = happens[i] == 0 ? 0 : at[i];
        c->agreed[i] = c->counted[i] = priced ? at[i] * shares[i] : at[i];
    }
}

/* A cap over the shares that the valuation counts is a discount: a price of P cap / valuation. */
static void read_instrument(chunk *c, unsigned k, const double *const *in, size_t first) {
    const double *restrict amount = in[0] + first, *restrict cap = in[1] + first;
    const double *restrict discount = in[2] + first;
    const bool of_round = c->round->instrument[k].base == MOATI_CAP_ROUND;
    const bool is_added = c->round->instrument[k].conversion == MOATI_CONVERTS_ADDED;
    for (size_t i = 0; i < c->lanes; i++) {
        const double kept = 1 - discount[i], capped = cap[i] / c->agreed[i];
        const double part = of_round && capped < kept ? capped : kept;
        const double money = part > 0 ? amount[i] / part : (double)INFINITY;
        c->instrument[k].money[i] = amount[i] == 0 ? 0 : money;
        c->instrument[k].share[i] = of_round ? 0 : amount[i] / cap[i];
        c->nothing[i] += unknown(amount[i], cap[i], discount[i]);
        c->counted[i] += is_added ? amount[i] : 0;
    }
}

/* With CP = invested / n, n CP / CP2 shares at P are worth n (A P + raise) / (A + B). */
static void read_protected(chunk *c, unsigned k, const double *const *in, size_t first) {
    const double *restrict shares = in[0] + first, *restrict invested = in[1] + first;
    const double *restrict base = in[2] + first;
    lines *adjusted = &c->protected_class[k].adjusted;
    for (size_t i = 0; i < c->lanes; i++) {
        const double n = shares[i], whole = base[i] + c->raise[i] * n / invested[i];
        const bool has_price = (whole > 0) & (invested[i] > 0);
        c->protected_class[k].shares[i] = n;
        adjusted->fixed[i] = has_price ? n * c->raise[i] / whole : 0;
        adjusted->rising[i] = has_price ? n * base[i] / whole : n;
        c->nothing[i] += unknown(n, invested[i], base[i]);
        c->free[i] -= n;
    }
}

/* The first estimates, from above: no conversions, no pool. */
static void start(chunk *c, const double *restrict happens) {
    const bool priced = c->round->priced;
    for (size_t i = 0; i < c->lanes; i++) {
        const double nothing = c->nothing[i];
        const bool raises = priced ? c->raise[i] >= 0 : c->raise[i] > 0;
        const bool is_possible = raises & (c->raise[i] <= DBL_MAX) & (c->price[i] > 0) &
                                 (c->shares[i] > 0) & (c->target[i] < 1) & (nothing == 0);
        const double price = priced ? c->price[i] : c->counted[i] / c->shares[i];
        c->price[i] = is_possible ? price : 0;
        c->whole[i] = c->counted[i];
        c->nothing[i] = happens[i] == 0 ? 0 : nothing;
    }
}

static void read_samples(chunk *c, const double *const *in, size_t first) {
    const double *happens = in[MOATI_ROUND_HAPPENS] + first;
    read_round(c, in, first);
    in += MOATI_ROUND_INPUTS;
    for (unsigned k = 0; k < c->round->instruments; k++, in += 3)
        read_instrument(c, k, in, first);
    for (unsigned k = 0; k < c->round->protected_classes; k++, in += 3)
        read_protected(c, k, in, first);
    start(c, happens);
}

/* --- At the estimates. */

static void add_protected(chunk *c, unsigned k) {
    const lines *adjusted = &c->protected_class[k].adjusted;
    const double *n = c->protected_class[k].shares;
    for (size_t i = 0; i < c->lanes; i++) {
        const bool is_adjusted =
            adjusted->fixed[i] + adjusted->rising[i] * c->price[i] > n[i] * c->price[i];
        c->known.fixed[i] += is_adjusted ? adjusted->fixed[i] : 0;
        c->known.rising[i] += is_adjusted ? adjusted->rising[i] : n[i];
    }
}

static void add_stock(chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        c->known.fixed[i] = c->outside.fixed[i] = c->outside.rising[i] = 0;
        c->known.rising[i] = c->free[i];
        c->entitled[i] = 0;
    }
    for (unsigned k = 0; k < c->round->protected_classes; k++)
        add_protected(c, k);
}

static void add(lines *sum, const lines *part, size_t lanes) {
    for (size_t i = 0; i < lanes; i++) {
        sum->fixed[i] += part->fixed[i];
        sum->rising[i] += part->rising[i];
    }
}

/* The larger of fixed money and of a share of the base's worth. */
static void add_conversion(chunk *c, unsigned k, moati_cap_base of) {
    const double *money = c->instrument[k].money, *share = c->instrument[k].share;
    const lines *base = &c->base[of];
    lines part;
    for (size_t i = 0; i < c->lanes; i++) {
        const double fixed = base->fixed[i], rising = base->rising[i], least = money[i];
        const bool is_capped = share[i] * (fixed + rising * c->price[i]) > least;
        const double capped_fixed = share[i] * fixed, capped_rising = share[i] * rising;
        part.fixed[i] = is_capped ? capped_fixed : least;
        part.rising[i] = is_capped ? capped_rising : 0;
    }
    add(&c->known, &part, c->lanes);
    if (c->round->instrument[k].conversion == MOATI_CONVERTS_OUTSIDE)
        add(&c->outside, &part, c->lanes);
}

/* A cap on a whole that what it caps is a part of. */
static void add_post_money(chunk *c, unsigned k) {
    const double *money = c->instrument[k].money, *share = c->instrument[k].share;
    for (size_t i = 0; i < c->lanes; i++) {
        const double part = share[i], least = money[i];
        const bool is_capped = part * c->whole[i] > least;
        c->entitled[i] += is_capped ? part : 0;
        c->known.fixed[i] += is_capped ? 0 : least;
    }
}

static void add_conversions(chunk *c, moati_cap_base base) {
    for (unsigned k = 0; k < c->round->instruments; k++) {
        if (c->round->instrument[k].base != base)
            continue;
        if (base == MOATI_CAP_POST)
            add_post_money(c, k);
        else
            add_conversion(c, k, base == MOATI_CAP_ROUND ? MOATI_CAP_DILUTED : base);
    }
}

/* The increase that is in the pre-money: the target share of all, less what there is. */
static void find_increase(chunk *c) {
    const double kept = pool_is_within(c) ? 0 : INFINITY;
    for (size_t i = 0; i < c->lanes; i++) {
        const double money = c->counted[i] + c->raise[i] + c->outside.fixed[i];
        const double fixed = c->target[i] * money;
        const double rising = c->target[i] * c->outside.rising[i] - c->pool[i];
        const bool is_raised = fixed + rising * c->price[i] > kept;
        c->increase.fixed[i] = is_raised ? fixed : 0;
        c->increase.rising[i] = is_raised ? rising : 0;
        c->base[MOATI_CAP_INCREASED].fixed[i] = c->increase.fixed[i];
        c->base[MOATI_CAP_INCREASED].rising[i] = c->shares[i] + c->increase.rising[i];
    }
}

static void choose_pieces(chunk *c) {
    add_stock(c);
    add_conversions(c, MOATI_CAP_ROUND);
    add_conversions(c, MOATI_CAP_DILUTED);
    add_conversions(c, MOATI_CAP_ISSUED);
    find_increase(c);
    add_conversions(c, MOATI_CAP_INCREASED);
    add_conversions(c, MOATI_CAP_POST);
}

/* --- The price. */

/* The price at which the pieces are what the valuation counts: whole - outside + increase. */
static void find_roots(chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        const double left = 1 - c->entitled[i];
        const double money = c->counted[i] + c->outside.fixed[i] - c->increase.fixed[i];
        const double fixed = money * left - c->known.fixed[i];
        const double rising =
            c->known.rising[i] + (c->increase.rising[i] - c->outside.rising[i]) * left;
        const double root = fixed / rising;
        const bool is_price = (fixed > 0) & (rising > 0) & (root <= DBL_MAX);
        c->next_price[i] = is_price ? root : 0;
    }
}

/* Infinite where the caps entitle to everything. */
static void find_wholes(chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        const double left = 1 - c->entitled[i];
        const double whole = (c->known.fixed[i] + c->known.rising[i] * c->next_price[i]) / left;
        c->next_whole[i] = left > 0 ? whole : (double)INFINITY;
    }
}

/* Estimates move while the price falls or the whole rises; the first price may rise too. */
static bool move_estimates(chunk *c, bool is_first) {
    const double may_rise = is_first ? INFINITY : 0;
    double moving[CHUNK];
    for (size_t i = 0; i < c->lanes; i++) {
        const double price = c->next_price[i], before = c->price[i];
        const double whole = c->next_whole[i], whole_before = c->whole[i];
        const bool moves = (before > 0) & ((price < before + may_rise) | (whole > whole_before));
        c->price[i] = moves ? price : before;
        c->whole[i] = moves ? whole : whole_before;
        moving[i] = moves ? 1 : 0;
    }
    for (size_t i = 0; i < c->lanes; i++)
        if (moving[i] > 0)
            return true;
    return false;
}

/* As many steps as rounding needs, which may have two prices take turns where pieces meet. */
static void find_prices(chunk *c) {
    const unsigned kinks = c->round->instruments + c->round->protected_classes + 1;
    bool moving = true;
    for (unsigned step = 0; moving && step < 2 * kinks + 4; step++) {
        choose_pieces(c);
        if (c->round->priced)
            memcpy(c->next_price, c->price, c->lanes * sizeof *c->price);
        else
            find_roots(c);
        find_wholes(c);
        moving = move_estimates(c, step == 0);
    }
}

/* --- Writing results. */

static void look_what_closed(chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        const bool is_closed =
            (c->price[i] > 0) & (c->price[i] <= DBL_MAX) & (fabs(c->whole[i]) <= DBL_MAX);
        c->closed[i] = is_closed ? 1 : 0;
        c->base[MOATI_CAP_POST].fixed[i] = c->whole[i];
        c->base[MOATI_CAP_POST].rising[i] = 0;
        c->total[i] = c->shares[i];
    }
}

static void write_conversion(chunk *c, unsigned k, double *restrict out) {
    const moati_cap_base of = c->round->instrument[k].base;
    const lines *base = &c->base[of == MOATI_CAP_ROUND ? MOATI_CAP_DILUTED : of];
    const double *money = c->instrument[k].money, *share = c->instrument[k].share;
    for (size_t i = 0; i < c->lanes; i++) {
        const double entitled = share[i] * (base->fixed[i] / c->price[i] + base->rising[i]);
        const double bought = money[i] / c->price[i], nothing = c->nothing[i];
        const double converted = entitled > bought ? entitled : bought;
        c->total[i] += converted;
        out[i] = c->closed[i] > 0 ? converted : nothing;
    }
}

static void write_factor(chunk *c, unsigned k, double *restrict out) {
    const lines *adjusted = &c->protected_class[k].adjusted;
    const double *n = c->protected_class[k].shares;
    for (size_t i = 0; i < c->lanes; i++) {
        const double shares = adjusted->fixed[i] / c->price[i] + adjusted->rising[i];
        const double before = n[i], after = shares > before ? shares : before;
        const double factor = before > 0 ? after / before : 1, nothing = c->nothing[i];
        c->total[i] += after - before;
        out[i] = c->closed[i] > 0 ? factor : 1 + nothing;
    }
}

/* The pool increase where the price does not depend on it: T (target) = pool + increase. */
static void find_late_increase(chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        const double target = c->target[i], total = c->total[i] + c->raise[i] / c->price[i];
        const double increase = (target * total - c->pool[i]) / (1 - target);
        c->increase.fixed[i] = 0;
        c->increase.rising[i] = increase > 0 ? increase : 0;
    }
}

/* A column of results where a round closes, else what there is without. */
static void write_column(const chunk *c, const double *restrict result,
                         const double *restrict otherwise, double *restrict out) {
    for (size_t i = 0; i < c->lanes; i++) {
        const double here = result[i], without = otherwise[i];
        out[i] = c->closed[i] > 0 ? here : without;
    }
}

static void write_round(const chunk *c, double *const *out, size_t first) {
    double bought[CHUNK], increase[CHUNK], total[CHUNK], counted[CHUNK], unchanged[CHUNK];
    const double counts = c->round->pool_after ? 0 : 1;
    for (size_t i = 0; i < c->lanes; i++) {
        const double price = c->price[i];
        const double outside = c->outside.fixed[i] + c->outside.rising[i] * price;
        bought[i] = c->raise[i] / price;
        increase[i] = c->increase.fixed[i] / price + c->increase.rising[i];
        total[i] = c->total[i] + bought[i] + increase[i];
        counted[i] = c->whole[i] - outside + counts * (increase[i] * price);
        unchanged[i] = c->shares[i] + c->nothing[i];
    }
    write_column(c, c->price, c->nothing, out[MOATI_ROUND_PRICE] + first);
    write_column(c, bought, c->nothing, out[MOATI_ROUND_NEW] + first);
    write_column(c, increase, c->nothing, out[MOATI_ROUND_INCREASE] + first);
    write_column(c, total, unchanged, out[MOATI_ROUND_TOTAL] + first);
    write_column(c, counted, c->nothing, out[MOATI_ROUND_PRE] + first);
    write_column(c, c->raise, c->nothing, out[MOATI_ROUND_RAISED] + first);
    write_column(c, c->closed, c->nothing, out[MOATI_ROUND_CLOSED] + first);
}

static void write_results(chunk *c, double *const *out, size_t first) {
    double *const *next = out + MOATI_ROUND_OUTPUTS;
    look_what_closed(c);
    for (unsigned k = 0; k < c->round->instruments; k++)
        write_conversion(c, k, *next++ + first);
    for (unsigned k = 0; k < c->round->protected_classes; k++)
        write_factor(c, k, *next++ + first);
    if (!pool_is_within(c))
        find_late_increase(c);
    write_round(c, out, first);
}

static void close_rounds(const void *context, const double *const *in, double *const *out,
                         size_t lanes) {
    chunk c;
    c.round = context;
    for (size_t first = 0; first < lanes; first += CHUNK) {
        c.lanes = lanes - first < CHUNK ? lanes - first : CHUNK;
        read_samples(&c, in, first);
        find_prices(&c);
        write_results(&c, out, first);
    }
}

/* Truths are looked at as bytes: any other value of one has no meaning. */
static bool fits(const void *context, size_t size, size_t inputs, size_t outputs) {
    const moati_round *round = context;
    if (size != sizeof *round)
        return false;
    unsigned char priced, pool_after;
    memcpy(&priced, &round->priced, 1);
    memcpy(&pool_after, &round->pool_after, 1);
    if (priced > 1 || pool_after > 1 || round->instruments > MOATI_ROUND_LIMIT ||
        round->protected_classes > MOATI_ROUND_LIMIT)
        return false;
    for (unsigned k = 0; k < round->instruments; k++)
        if ((unsigned)round->instrument[k].base >= MOATI_CAP_BASES ||
            (unsigned)round->instrument[k].conversion >= MOATI_CONVERSIONS)
            return false;
    const size_t rows = (size_t)round->instruments + round->protected_classes;
    return inputs == MOATI_ROUND_INPUTS + 3 * rows && outputs == MOATI_ROUND_OUTPUTS + rows;
}

const moat_kernel moati_round_kernel = {"funding.round", close_rounds, fits};
