/* The exit waterfall. The sum of the claims at a breakpoint says on which side of it the value of a
 * common share lies; between the two nearest it is one division. No breakpoint waits for another's
 * answer, so that nothing is sorted and the loops go over lanes without branching. */
#include "waterfall.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { CHUNK = 256 }; /* lanes solved together: what they need stays in the first cache */

/* A class, its columns from the first lane of a chunk on. */
typedef struct holding {
    moat_waterfall_kind kind;
    const double *shares, *preference, *terms;
} holding;

/* Columns of the lanes that are solved together. Around v, the value of a common share that makes
 * the claims equal to the exit, the claims are fixed + rising v. */
typedef struct chunk {
    size_t lanes;
    double exit[CHUNK];                               /* at least 0 */
    double preferences[CHUNK];                        /* of all classes */
    double problems[CHUNK];                           /* how many arguments have no meaning */
    double linear_fixed[CHUNK], linear_rising[CHUNK]; /* of the classes without breakpoints */
    double fixed[CHUNK], rising[CHUNK];
    double low[CHUNK], high[CHUNK];     /* the breakpoints next to v */
    double point[CHUNK], claims[CHUNK]; /* a breakpoint, and the claims there */
} chunk;

static inline double larger(double a, double b) {
    return a > b ? a : b;
}

static inline double smaller(double a, double b) {
    return a < b ? a : b;
}

/* Adds what a class is worth where a common share is worth `value`. */
static void add_claims(const holding *h, size_t lanes, const double *restrict value,
                       double *restrict sum) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    switch (h->kind) {
    case MOAT_PARTICIPATING:
        for (size_t i = 0; i < lanes; i++)
            sum[i] += p[i] + n[i] * value[i];
        break;
    case MOAT_CONVERTING:
        for (size_t i = 0; i < lanes; i++)
            sum[i] += larger(p[i], n[i] * value[i] - terms[i]);
        break;
    case MOAT_CAPPED:
        for (size_t i = 0; i < lanes; i++) {
            const double converted = n[i] * value[i], cap = larger(terms[i], p[i]);
            sum[i] += larger(smaller(p[i] + converted, cap), converted);
        }
        break;
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
 * where it never does. */
static void place(const holding *h, step what, chunk *c) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    switch (what) {
    case EXERCISE:
        for (size_t i = 0; i < c->lanes; i++)
            place_lane(c, i, (p[i] + terms[i]) / n[i], p[i]);
        break;
    case REACH:
        for (size_t i = 0; i < c->lanes; i++)
            place_lane(c, i, larger(terms[i] - p[i], 0) / n[i], larger(terms[i], p[i]));
        break;
    case ABANDON:
        for (size_t i = 0; i < c->lanes; i++) {
            const double cap = larger(terms[i], p[i]);
            place_lane(c, i, cap / n[i], cap);
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
        if (k != own && holdings[k].kind != MOAT_PARTICIPATING)
            add_claims(&holdings[k], c->lanes, c->point, c->claims);
    settle(&holdings[own], what, c);
}

/* --- The solution. */

static void start(const double *restrict exit, chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        c->exit[i] = larger(exit[i], 0);
        c->problems[i] = fabs(exit[i]) <= DBL_MAX ? 0 : 1;
        c->preferences[i] = c->linear_fixed[i] = c->linear_rising[i] = 0;
        c->low[i] = 0;
        c->high[i] = INFINITY;
    }
}

static void look_at_arguments(const holding *h, chunk *c) {
    const double *restrict n = h->shares, *restrict p = h->preference, *restrict terms = h->terms;
    for (size_t i = 0; i < c->lanes; i++) {
        const bool is_right =
            (n[i] >= 0) & (p[i] >= 0) & (terms[i] >= 0) & (n[i] + p[i] <= DBL_MAX);
        c->problems[i] += is_right ? 0 : 1;
        c->preferences[i] += p[i];
    }
}

static void add_linear(const holding *h, chunk *c) {
    for (size_t i = 0; i < c->lanes; i++) {
        c->linear_fixed[i] += h->preference[i];
        c->linear_rising[i] += h->shares[i];
    }
}

/* Leaves in c->point what a common share is worth, where the exit covers the preferences. */
static void solve(const holding *holdings, size_t count, chunk *c) {
    for (size_t k = 0; k < count; k++) {
        look_at_arguments(&holdings[k], c);
        if (holdings[k].kind == MOAT_PARTICIPATING)
            add_linear(&holdings[k], c);
    }
    for (size_t i = 0; i < c->lanes; i++) {
        c->fixed[i] = c->linear_fixed[i];
        c->rising[i] = c->linear_rising[i];
    }
    for (size_t k = 0; k < count; k++) {
        if (holdings[k].kind == MOAT_CONVERTING)
            look_at(holdings, count, k, EXERCISE, c);
        if (holdings[k].kind == MOAT_CAPPED) {
            look_at(holdings, count, k, REACH, c);
            look_at(holdings, count, k, ABANDON, c);
        }
    }
    for (size_t i = 0; i < c->lanes; i++) {
        const double slope = c->rising[i] > 0 ? c->rising[i] : INFINITY;
        const double value = (c->exit[i] - c->fixed[i]) / slope;
        c->point[i] = larger(smaller(value, c->high[i]), c->low[i]);
    }
}

/* --- Lanes that are paid otherwise. */

/* The end of the classes that have the rank of class k. */
static uint32_t end_of_rank(const moat_waterfall *w, uint32_t k) {
    const uint8_t rank = w->of[k].rank;
    while (k < w->classes && w->of[k].rank == rank)
        k++;
    return k;
}

/* An exit that does not cover the preferences. */
static void pay_by_rank(const moat_waterfall *w, const holding *holdings, const chunk *c, size_t i,
                        double *const *payouts, size_t first) {
    double exit = c->exit[i];
    for (uint32_t k = 0, end; k < w->classes; k = end) {
        double due = 0;
        end = end_of_rank(w, k);
        for (uint32_t j = k; j < end; j++)
            due += holdings[j].preference[i];
        const double paid = smaller(due, exit);
        for (uint32_t j = k; j < end; j++)
            payouts[j][first + i] = due > 0 ? paid * (holdings[j].preference[i] / due) : 0;
        exit -= paid;
    }
}

static void pay(const moat_waterfall *w, const holding *holdings, const chunk *c,
                double *const *payouts, size_t first) {
    for (uint32_t k = 0; k < w->classes; k++) {
        double *payout = payouts[k] + first;
        memset(payout, 0, c->lanes * sizeof *payout);
        add_claims(&holdings[k], c->lanes, c->point, payout);
    }
    for (size_t i = 0; i < c->lanes; i++) {
        if (c->problems[i] > 0)
            for (uint32_t k = 0; k < w->classes; k++)
                payouts[k][first + i] = NAN;
        else if (c->exit[i] < c->preferences[i])
            pay_by_rank(w, holdings, c, i, payouts, first);
    }
}

static void run(const void *context, const double *const *inputs, double *const *outputs,
                size_t lanes) {
    const moat_waterfall *w = context;
    holding holdings[MOAT_WATERFALL_CLASSES];
    chunk c;
    for (size_t first = 0; first < lanes; first += CHUNK) {
        c.lanes = lanes - first < CHUNK ? lanes - first : CHUNK;
        for (uint32_t k = 0; k < w->classes; k++) {
            const double *const *columns = inputs + 1 + (size_t)k * MOAT_WATERFALL_COLUMNS;
            holdings[k] = (holding){
                (moat_waterfall_kind)w->of[k].kind, columns[MOAT_WATERFALL_SHARES] + first,
                columns[MOAT_WATERFALL_PREFERENCE] + first, columns[MOAT_WATERFALL_TERMS] + first};
        }
        start(inputs[0] + first, &c);
        solve(holdings, w->classes, &c);
        pay(w, holdings, &c, outputs, first);
    }
}

const moat_kernel moat_waterfall_kernel = {"waterfall", run};
