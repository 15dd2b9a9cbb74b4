/* The exit waterfall. The sum of the claims at a breakpoint says on which side of it the value of a
 * common share lies; between the two nearest it is one division. No breakpoint waits for another's
 * answer, so that nothing is sorted and the loops go over lanes without branching. */
#include "waterfall.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { CHUNK = 256 }; /* lanes solved together: what they need stays in the first cache */

/* A class, its columns from the first lane of a chunk on. */
typedef struct holding {
    moati_waterfall_kind kind;
    const double *shares, *preference, *terms;
} holding;

/* Columns of the lanes that are solved together. Around v, the value of a common share that makes
 * the claims equal to the exit, the claims are fixed + rising v. */
typedef struct chunk {
    size_t lanes;
    const double *exit;                               /* from the first lane of the chunk on */
    double linear_fixed[CHUNK], linear_rising[CHUNK]; /* of the classes without breakpoints */
    double fixed[CHUNK], rising[CHUNK];
    double low[CHUNK], high[CHUNK];     /* the breakpoints next to v */
    double point[CHUNK], claims[CHUNK]; /* a breakpoint, and the claims there */
    double value[CHUNK];                /* v; 0 where the exit does not cover the preferences */
    double left[CHUNK];                 /* to be paid: infinite where it does */
} chunk;

static inline double larger(double a, double b) {
    return a > b ? a : b;
}

static inline double smaller(double a, double b) {
    return a < b ? a : b;
}

/* --- What a class is worth where a common share is worth `value`. */

static inline double worth(moati_waterfall_kind kind, double n, double p, double terms,
                           double value) {
    const double converted = n * value, cap = larger(terms, p);
    switch (kind) {
    case MOATI_PARTICIPATING: return p + converted;
    case MOATI_CONVERTING: return larger(p, converted - terms);
    case MOATI_CAPPED: break;
    }
    return larger(smaller(p + converted, cap), converted);
}

static inline void add_worth(moati_waterfall_kind kind, const holding *h, size_t lanes,
                             const double *restrict value, double *restrict sum) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    for (size_t i = 0; i < lanes; i++)
        sum[i] += worth(kind, n[i], p[i], terms[i], value[i]);
}

static void add_claims(const holding *h, size_t lanes, const double *value, double *sum) {
    switch (h->kind) {
    case MOATI_PARTICIPATING: add_worth(MOATI_PARTICIPATING, h, lanes, value, sum); break;
    case MOATI_CONVERTING: add_worth(MOATI_CONVERTING, h, lanes, value, sum); break;
    case MOATI_CAPPED: add_worth(MOATI_CAPPED, h, lanes, value, sum); break;
    }
}

/* --- Breakpoints. */

typedef enum step {
    EXERCISE, /* a converting class converts */
    REACH,    /* a capped class reaches its cap */
    ABANDON   /* a capped class converts */
} step;

/* A breakpoint, with the claims there of its own class and of those that have none. */
static inline void place_lane(chunk *c, size_t i, double point, double claim) {
    c->point[i] = point;
    c->claims[i] = claim + (c->linear_fixed[i] + c->linear_rising[i] * point);
}

/* Looks at where a common share is worth what makes the class take a step: no number, or infinite,
 * where it never does. No shares may be -0 of them, which + 0 makes 0. */
static void place(const holding *h, step what, chunk *c) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    switch (what) {
    case EXERCISE:
        for (size_t i = 0; i < c->lanes; i++)
            place_lane(c, i, (p[i] + terms[i]) / (n[i] + 0), p[i]);
        break;
    case REACH:
        for (size_t i = 0; i < c->lanes; i++)
            place_lane(c, i, larger(terms[i] - p[i], 0) / (n[i] + 0), larger(terms[i], p[i]));
        break;
    case ABANDON:
        for (size_t i = 0; i < c->lanes; i++) {
            const double cap = larger(terms[i], p[i]);
            place_lane(c, i, cap / (n[i] + 0), cap);
        }
        break;
    }
}

static inline bool is_taken(const chunk *c, size_t i) {
    return c->claims[i] <= c->exit[i];
}

/* A class converts. Above a breakpoint that is not taken the claims rise faster, so rounding must
 * not carry v past it. */
static inline void convert_lane(chunk *c, size_t i, double shares, double paid, double kept) {
    const bool taken = is_taken(c, i);
    const double nearer = smaller(c->point[i], c->high[i]); /* high where there is no number */
    const double fixed = taken ? paid : kept, rising = taken ? shares : 0;
    c->high[i] = taken ? c->high[i] : nearer;
    c->fixed[i] += fixed;
    c->rising[i] += rising;
}

/* A class reaches its cap. Below a breakpoint that is taken the claims rise faster. */
static inline void cap_lane(chunk *c, size_t i, double shares, double cap, double preference) {
    const bool taken = is_taken(c, i);
    const double nearer = larger(c->point[i], c->low[i]);
    const double fixed = taken ? cap : preference, rising = taken ? 0 : shares;
    c->low[i] = taken ? nearer : c->low[i];
    c->fixed[i] += fixed;
    c->rising[i] += rising;
}

static void settle(const holding *h, step what, chunk *c) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    switch (what) {
    case EXERCISE:
        for (size_t i = 0; i < c->lanes; i++)
            convert_lane(c, i, n[i], -terms[i], p[i]);
        break;
    case REACH:
        for (size_t i = 0; i < c->lanes; i++)
            cap_lane(c, i, n[i], larger(terms[i], p[i]), p[i]);
        break;
    case ABANDON:
        for (size_t i = 0; i < c->lanes; i++)
            convert_lane(c, i, n[i], -larger(terms[i], p[i]), 0);
        break;
    }
}

static void look_at(const holding *holdings, size_t count, size_t own, step what, chunk *c) {
    place(&holdings[own], what, c);
    for (size_t k = 0; k < count; k++)
        if (k != own && holdings[k].kind != MOATI_PARTICIPATING)
            add_claims(&holdings[k], c->lanes, c->point, c->claims);
    settle(&holdings[own], what, c);
}

/* --- The solution. */

static void start(chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        c->linear_fixed[i] = c->linear_rising[i] = c->low[i] = 0;
        c->high[i] = INFINITY;
    }
}

/* 0, or NaN where an argument has no meaning. The least is not NaN where n or p alone is; their sum
 * is. */
static inline double unknown(double n, double p, double terms) {
    const double least = smaller(smaller(n, p), terms);
    const bool is_known = (least >= 0) & (n + p <= DBL_MAX);
    return is_known ? 0 : (double)NAN;
}

static void read_class(const holding *h, chunk *c) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    if (h->kind == MOATI_PARTICIPATING)
        for (size_t i = 0; i < c->lanes; i++) {
            c->linear_fixed[i] += p[i] + unknown(n[i], p[i], terms[i]);
            c->linear_rising[i] += n[i];
        }
    else
        for (size_t i = 0; i < c->lanes; i++)
            c->linear_fixed[i] += unknown(n[i], p[i], terms[i]);
}

/* An exit below the preferences reaches no breakpoint, so that `fixed` is the preferences. What is
 * unknown makes `fixed` NaN, and that the value. */
static void find_value(chunk *c) {
    const double *restrict exit = c->exit;
    for (size_t i = 0; i < c->lanes; i++) {
        const double unknown_exit = exit[i] - exit[i]; /* NaN where it is infinite, else 0 */
        const double fixed = c->fixed[i] + unknown_exit;
        const double slope = c->rising[i] > 0 ? c->rising[i] : INFINITY;
        const double value = (exit[i] - fixed) / slope;
        const double within = larger(c->low[i], smaller(c->high[i], value)); /* NaN if value is */
        const double money = larger(exit[i], 0);
        const bool is_short = exit[i] < fixed;
        c->value[i] = is_short ? 0 : within;
        c->left[i] = is_short ? money : (double)INFINITY;
    }
}

static void solve(const holding *holdings, size_t count, chunk *c) {
    for (size_t k = 0; k < count; k++)
        read_class(&holdings[k], c);
    memcpy(c->fixed, c->linear_fixed, c->lanes * sizeof *c->fixed);
    memcpy(c->rising, c->linear_rising, c->lanes * sizeof *c->rising);
    for (size_t k = 0; k < count; k++) {
        if (holdings[k].kind == MOATI_CONVERTING)
            look_at(holdings, count, k, EXERCISE, c);
        if (holdings[k].kind == MOATI_CAPPED) {
            look_at(holdings, count, k, REACH, c);
            look_at(holdings, count, k, ABANDON, c);
        }
    }
    find_value(c);
}

/* --- Payouts. With common worth nothing, what a class is worth is its preference. */

/* The end of the classes that have the rank of class k. */
static uint32_t end_of_rank(const moati_waterfall *w, uint32_t k) {
    const uint8_t rank = w->of[k].rank;
    while (k < w->classes && w->of[k].rank == rank)
        k++;
    return k;
}

/* Pays a class that shares its rank with none. */
static inline void pay_worth(moati_waterfall_kind kind, const holding *h, chunk *c,
                             double *restrict payout) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    for (size_t i = 0; i < c->lanes; i++) {
        const double paid = smaller(c->left[i], worth(kind, n[i], p[i], terms[i], c->value[i]));
        c->left[i] -= paid;
        payout[i] = paid;
    }
}

static void pay_class(const holding *h, chunk *c, double *payout) {
    switch (h->kind) {
    case MOATI_PARTICIPATING: pay_worth(MOATI_PARTICIPATING, h, c, payout); break;
    case MOATI_CONVERTING: pay_worth(MOATI_CONVERTING, h, c, payout); break;
    case MOATI_CAPPED: pay_worth(MOATI_CAPPED, h, c, payout); break;
    }
}

/* Where not all that is due is left, each gets the same part of it. */
static void limit(const double *restrict due, double *restrict payout, const chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        const double whole = payout[i], part = c->left[i] * (whole / due[i]);
        payout[i] = due[i] <= c->left[i] ? whole : part;
    }
}

static void pay_rank(const holding *holdings, uint32_t count, double *const *payouts, size_t first,
                     chunk *c) {
    double due[CHUNK] = {0};
    for (uint32_t k = 0; k < count; k++) {
        double *restrict payout = payouts[k] + first;
        memset(payout, 0, c->lanes * sizeof *payout);
        add_claims(&holdings[k], c->lanes, c->value, payout);
        for (size_t i = 0; i < c->lanes; i++)
            due[i] += payout[i];
    }
    for (uint32_t k = 0; k < count; k++)
        limit(due, payouts[k] + first, c);
    for (size_t i = 0; i < c->lanes; i++)
        c->left[i] -= smaller(due[i], c->left[i]);
}

static void pay(const moati_waterfall *w, const holding *holdings, double *const *payouts,
                size_t first, chunk *c) {
    for (uint32_t k = 0, end; k < w->classes; k = end) {
        end = end_of_rank(w, k);
        if (end == k + 1)
            pay_class(&holdings[k], c, payouts[k] + first);
        else
            pay_rank(holdings + k, end - k, payouts + k, first, c);
    }
}

static void run(const void *context, const double *const *inputs, double *const *outputs,
                size_t lanes) {
    const moati_waterfall *w = context;
    holding holdings[MOATI_WATERFALL_CLASSES];
    chunk c;
    for (size_t first = 0; first < lanes; first += CHUNK) {
        c.lanes = lanes - first < CHUNK ? lanes - first : CHUNK;
        for (uint32_t k = 0; k < w->classes; k++) {
            const double *const *columns = inputs + 1 + (size_t)k * MOATI_WATERFALL_COLUMNS;
            holdings[k] = (holding){(moati_waterfall_kind)w->of[k].kind,
                                    columns[MOATI_WATERFALL_SHARES] + first,
                                    columns[MOATI_WATERFALL_PREFERENCE] + first,
                                    columns[MOATI_WATERFALL_TERMS] + first};
        }
        c.exit = inputs[0] + first;
        start(&c);
        solve(holdings, w->classes, &c);
        pay(w, holdings, outputs, first, &c);
    }
}

static bool fits(const void *context, size_t size, size_t inputs, size_t outputs) {
    const moati_waterfall *w = context;
    if (size != sizeof *w || w->classes < 1 || w->classes > MOATI_WATERFALL_CLASSES ||
        inputs != 1 + (size_t)w->classes * MOATI_WATERFALL_COLUMNS || outputs != w->classes)
        return false;
    for (uint32_t k = 0; k < w->classes; k++)
        if (w->of[k].kind > MOATI_CAPPED)
            return false;
    return true;
}

const moat_kernel moati_waterfall_kernel = {"funding.waterfall", run, fits};
