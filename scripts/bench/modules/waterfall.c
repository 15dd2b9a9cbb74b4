/* The exit waterfall by hand: with one preferred class a formula, with several the breakpoints in
 * ascending order, walked until the claims are more than the exit. */
#include "waterfall.h"

#include <math.h>

#include "modules.h"

enum { MOST = 16 };

typedef struct holder {
    moati_waterfall_kind kind;
    double shares, preference, terms;
} holder;

/* The column of a class that has its shares, preference or terms. */
static unsigned column(unsigned k, unsigned what) {
    return 1 + k * MOATI_WATERFALL_COLUMNS + what;
}

static holder read_class(const moati_waterfall *w, unsigned k, const columns *c, size_t i) {
    return (holder){(moati_waterfall_kind)w->of[k].kind,
                    c->in[column(k, MOATI_WATERFALL_SHARES)][i],
                    c->in[column(k, MOATI_WATERFALL_PREFERENCE)][i],
                    c->in[column(k, MOATI_WATERFALL_TERMS)][i]};
}

/* --- One preferred class: max(preference, share of the exit). */

static void fill_class(columns *c, unsigned k, double shares, double preference) {
    bench_fill(c, column(k, MOATI_WATERFALL_SHARES), 0.8 * shares, 1.2 * shares);
    bench_fill(c, column(k, MOATI_WATERFALL_PREFERENCE), 0.9 * preference, 1.1 * preference);
    bench_fill(c, column(k, MOATI_WATERFALL_TERMS), 0, 0);
}

static void fill_one(const comparison *of, columns *c) {
    (void)of;
    bench_fill(c, 0, 0, 60);
    fill_class(c, 0, 20, 5);
    fill_class(c, 1, 80, 0);
}

static void one_by_hand(const comparison *of, columns *c) {
    for (size_t i = 0; i < BENCH_LANES; i++) {
        const holder preferred = read_class(of->context, 0, c, i);
        const double common = read_class(of->context, 1, c, i).shares, exit = c->in[0][i];
        const double converted = preferred.shares / (preferred.shares + common) * exit;
        const double paid = fmin(fmax(preferred.preference, converted), exit);
        c->by_hand[0][i] = paid;
        c->by_hand[1][i] = exit - paid;
    }
}

/* --- Several. */

typedef struct breakpoint {
    double value;         /* of a common share */
    double rising, fixed; /* what the claims change by there */
} breakpoint;

static double worth(const holder *h, double value) {
    const double converted = h->shares * value;
    switch (h->kind) {
    case MOATI_PARTICIPATING: return h->preference + converted;
    case MOATI_CONVERTING: return fmax(h->preference, converted - h->terms);
    case MOATI_CAPPED: break;
    }
    return fmax(fmin(h->preference + converted, h->terms), converted);
}

static unsigned insert(breakpoint *list, unsigned count, breakpoint added) {
    unsigned at = count;
    for (; at > 0 && list[at - 1].value > added.value; at--)
        list[at] = list[at - 1];
    list[at] = added;
    return count + 1;
}

static double common_share(const holder *h, unsigned count, double exit) {
    breakpoint list[2 * MOST];
    unsigned points = 0;
    double fixed = 0, rising = 0;
    for (unsigned k = 0; k < count; k++) {
        const double n = h[k].shares, p = h[k].preference, terms = h[k].terms;
        fixed += p;
        rising += h[k].kind != MOATI_CONVERTING ? n : 0;
        if (h[k].kind == MOATI_CAPPED) {
            points = insert(list, points, (breakpoint){(terms - p) / n, -n, terms - p});
            points = insert(list, points, (breakpoint){terms / n, n, -terms});
        } else if (h[k].kind == MOATI_CONVERTING) {
            points = insert(list, points, (breakpoint){(p + terms) / n, n, -p - terms});
        }
    }
    for (unsigned j = 0; j < points && fixed + rising * list[j].value <= exit; j++) {
        fixed += list[j].fixed;
        rising += list[j].rising;
    }
    return (exit - fixed) / rising;
}

static void pay_by_seniority(const holder *h, unsigned count, double exit, columns *c, size_t i) {
    for (unsigned k = 0; k < count; k++) {
        c->by_hand[k][i] = fmin(h[k].preference, exit);
        exit -= c->by_hand[k][i];
    }
}

static void several_by_hand(const comparison *of, columns *c) {
    const moati_waterfall *w = of->context;
    for (size_t i = 0; i < BENCH_LANES; i++) {
        holder h[MOST];
        const double exit = c->in[0][i];
        double preferences = 0;
        for (unsigned k = 0; k < w->classes; k++) {
            h[k] = read_class(w, k, c, i);
            preferences += h[k].preference;
        }
        if (exit < preferences) {
            pay_by_seniority(h, w->classes, exit, c, i);
            continue;
        }
        const double value = common_share(h, w->classes, exit);
        for (unsigned k = 0; k < w->classes; k++)
            c->by_hand[k][i] = worth(&h[k], value);
    }
}

/* Classes that invested more and more, in the order of their seniority; common is the last. */
static void fill_several(const comparison *of, columns *c) {
    const moati_waterfall *w = of->context;
    double invested = 0;
    for (unsigned k = 0; k < w->classes; k++) {
        const bool is_common = k + 1 == w->classes;
        const double preference = is_common ? 0 : 5 * (w->classes - k);
        double *terms = c->in[column(k, MOATI_WATERFALL_TERMS)];
        invested += preference;
        fill_class(c, k, is_common ? 40 : 10, preference);
        for (size_t i = 0; i < BENCH_LANES && w->of[k].kind == MOATI_CAPPED; i++)
            terms[i] = 2.5 * c->in[column(k, MOATI_WATERFALL_PREFERENCE)][i];
    }
    for (size_t i = 0; i < BENCH_LANES; i++)
        c->in[0][i] = 10 * invested * bench_uniform(c) * bench_uniform(c);
}

/* --- The list. */

#define CLASS(is, at)                                                                              \
    { .kind = MOAT_##is, .rank = (at) }

static const moati_waterfall one = {2, {CLASS(CONVERTING, 0), CLASS(PARTICIPATING, 1)}};
static const moati_waterfall four = {5,
                                     {CLASS(CONVERTING, 0), CLASS(CONVERTING, 1),
                                      CLASS(CONVERTING, 2), CLASS(CONVERTING, 3),
                                      CLASS(PARTICIPATING, 4)}};
static const moati_waterfall mixed = {5,
                                      {CLASS(CAPPED, 0), CLASS(CONVERTING, 1), CLASS(CAPPED, 2),
                                       CLASS(PARTICIPATING, 3), CLASS(PARTICIPATING, 4)}};
static const moati_waterfall eleven = {
    12,
    {CLASS(CONVERTING, 0), CLASS(CAPPED, 1), CLASS(CONVERTING, 2), CLASS(CONVERTING, 3),
     CLASS(CONVERTING, 4), CLASS(CAPPED, 5), CLASS(CONVERTING, 6), CLASS(CONVERTING, 7),
     CLASS(CONVERTING, 8), CLASS(CAPPED, 9), CLASS(CONVERTING, 10), CLASS(PARTICIPATING, 11)}};

const comparison bench_waterfalls[] = {
    {"waterfall, one preferred class", &moati_waterfall_kernel, &one, 2, fill_one, one_by_hand},
    {"waterfall, four preferred classes", &moati_waterfall_kernel, &four, 5, fill_several,
     several_by_hand},
    {"waterfall, capped and participating", &moati_waterfall_kernel, &mixed, 5, fill_several,
     several_by_hand},
    {"waterfall, eleven preferred classes", &moati_waterfall_kernel, &eleven, 12, fill_several,
     several_by_hand},
    {NULL}};
