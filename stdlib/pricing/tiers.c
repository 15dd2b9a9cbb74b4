/* The kernels of schedules in tiers: a pass over the lanes for each tier, in chunks that stay in
 * the first level of the cache. Where all of a schedule is numbers, so are the operands of the
 * passes; else what is a number is first spread over a column. */
#include "tiers.h"

#include <math.h>
#include <stdbool.h>

enum { CHUNK = 128 };

/* --- One tier of one lane: from `start` to `upto`, entered by a usage above start, the first by
 * any. Comparisons are such that NaN comes out as NaN. */

static inline double first_charge(bool is_volume, double usage, double upto, double price,
                                  double flat) {
    return price * (usage > upto && !is_volume ? upto : usage) + flat;
}

static inline double graduated(double charge, double usage, double start, double upto, double price,
                               double flat) {
    const double part = (usage > upto ? upto : usage) - start;
    const bool enters = (usage > start) & (upto > start); /* an empty tier is never entered */
    const double fee = enters ? flat : 0;
    return charge + (price * (part < 0 ? 0 : part) + fee);
}

static inline double volume(double charge, double usage, double start, double price, double flat) {
    return usage > start ? usage * price + flat : charge;
}

static inline double next_price(double before, double usage, double start, double price) {
    return usage >= start ? price : before;
}

static inline double higher(double start, double upto) {
    return start >= upto ? start : upto;
}

/* The result where the start of a tier is a number, NaN where it is none. */
static inline double if_known(double start, double result) {
    return start == start ? result : start;
}

static void count_usage(const double *restrict usage, double *restrict counted, size_t lanes) {
    for (size_t i = 0; i < lanes; i++)
        counted[i] = usage[i] < 0 ? 0 : usage[i];
}

/* --- Schedules of numbers. */

/* Tier k of numbers; `start` may be NaN: then nobody knows who is in the tier. */
typedef struct numbers {
    double start, upto, price, flat;
} numbers;

static numbers numbers_of(const moati_tiers *tiers, uint32_t k, double start) {
    const moati_tier *tier = &tiers->tier[k];
    const double upto = k + 1 < tiers->count ? tier->upto.number : (double)INFINITY;
    if (isnan(start))
        return (numbers){-(double)INFINITY, upto, (double)NAN, (double)NAN};
    return (numbers){start, upto, tier->price.number, tier->flat.number};
}

static void charge_numbers(const moati_tiers *tiers, const double *restrict usage,
                           double *restrict charge, size_t lanes) {
    const bool is_volume = tiers->is_volume;
    numbers n = numbers_of(tiers, 0, 0);
    double start = higher(0, n.upto);
    for (size_t i = 0; i < lanes; i++)
        charge[i] = first_charge(is_volume, usage[i], start, n.price, n.flat);
    for (uint32_t k = 1; k < tiers->count; k++) {
        n = numbers_of(tiers, k, start);
        if (is_volume)
            for (size_t i = 0; i < lanes; i++)
                charge[i] = volume(charge[i], usage[i], n.start, n.price, n.flat);
        else
            for (size_t i = 0; i < lanes; i++)
                charge[i] = graduated(charge[i], usage[i], n.start, n.upto, n.price, n.flat);
        start = higher(start, n.upto);
    }
}

static void marginal_numbers(const moati_tiers *tiers, const double *restrict usage,
                             double *restrict marginal, size_t lanes) {
    numbers n = numbers_of(tiers, 0, 0);
    double start = higher(0, n.upto);
    for (size_t i = 0; i < lanes; i++)
        marginal[i] = if_known(usage[i], n.price);
    for (uint32_t k = 1; k < tiers->count; k++) {
        n = numbers_of(tiers, k, start);
        for (size_t i = 0; i < lanes; i++)
            marginal[i] = next_price(marginal[i], usage[i], n.start, n.price);
        start = higher(start, n.upto);
    }
}

/* --- Schedules with columns. */

typedef struct room {
    double start[CHUNK], upto[CHUNK], price[CHUNK], flat[CHUNK];
} room;

typedef struct columns {
    const double *upto, *price, *flat;
} columns;

static const double zeros[CHUNK];

static const double *column_of(const moati_term *term, const double *const *inputs, size_t first,
                               size_t lanes, double *restrict spread) {
    if (term->input != 0)
        return inputs[term->input] + first;
    if (term->number == 0)
        return zeros;
    for (size_t i = 0; i < lanes; i++)
        spread[i] = term->number;
    return spread;
}

/* The lanes first .. first + lanes - 1 of tier k. The last one ends where the usage does. */
static columns columns_of(const moati_tiers *tiers, uint32_t k, const double *usage,
                          const double *const *inputs, size_t first, size_t lanes, room *r) {
    const moati_tier *tier = &tiers->tier[k];
    const bool is_last = k + 1 == tiers->count;
    return (columns){is_last ? usage : column_of(&tier->upto, inputs, first, lanes, r->upto),
                     column_of(&tier->price, inputs, first, lanes, r->price),
                     column_of(&tier->flat, inputs, first, lanes, r->flat)};
}

static void graduated_pass(const double *restrict usage, const columns *c, double *restrict start,
                           double *restrict charge, size_t lanes) {
    const double *restrict upto = c->upto, *restrict price = c->price, *restrict flat = c->flat;
    for (size_t i = 0; i < lanes; i++) {
        charge[i] = graduated(charge[i], usage[i], start[i], upto[i], price[i], flat[i]);
        start[i] = higher(start[i], upto[i]);
    }
}

static void volume_pass(const double *restrict usage, const columns *c, double *restrict start,
                        double *restrict charge, size_t lanes) {
    const double *restrict upto = c->upto, *restrict price = c->price, *restrict flat = c->flat;
    for (size_t i = 0; i < lanes; i++) {
        const double here = volume(charge[i], usage[i], start[i], price[i], flat[i]);
        charge[i] = if_known(start[i], here);
        start[i] = higher(start[i], upto[i]);
    }
}

static void marginal_pass(const double *restrict usage, const columns *c, double *restrict start,
                          double *restrict marginal, size_t lanes) {
    const double *restrict upto = c->upto, *restrict price = c->price;
    for (size_t i = 0; i < lanes; i++) {
        const double here = next_price(marginal[i], usage[i], start[i], price[i]);
        marginal[i] = if_known(start[i], here);
        start[i] = higher(start[i], upto[i]);
    }
}

static void charge_columns(const moati_tiers *tiers, const double *usage,
                           const double *const *inputs, size_t first, size_t lanes,
                           double *restrict charge) {
    room r;
    columns c = columns_of(tiers, 0, usage, inputs, first, lanes, &r);
    for (size_t i = 0; i < lanes; i++) {
        r.start[i] = higher(0, c.upto[i]);
        charge[i] = first_charge(tiers->is_volume, usage[i], r.start[i], c.price[i], c.flat[i]);
    }
    for (uint32_t k = 1; k < tiers->count; k++) {
        c = columns_of(tiers, k, usage, inputs, first, lanes, &r);
        if (tiers->is_volume)
            volume_pass(usage, &c, r.start, charge, lanes);
        else
            graduated_pass(usage, &c, r.start, charge, lanes);
    }
}

static void marginal_columns(const moati_tiers *tiers, const double *usage,
                             const double *const *inputs, size_t first, size_t lanes,
                             double *restrict marginal) {
    room r;
    columns c = columns_of(tiers, 0, usage, inputs, first, lanes, &r);
    for (size_t i = 0; i < lanes; i++) {
        marginal[i] = if_known(usage[i], c.price[i]);
        r.start[i] = higher(0, c.upto[i]);
    }
    for (uint32_t k = 1; k < tiers->count; k++) {
        c = columns_of(tiers, k, usage, inputs, first, lanes, &r);
        marginal_pass(usage, &c, r.start, marginal, lanes);
    }
}

/* --- The kernels. */

static bool is_all_numbers(const moati_tiers *tiers) {
    for (uint32_t k = 0; k < tiers->count; k++) {
        const moati_tier *tier = &tiers->tier[k];
        if (tier->upto.input != 0 || tier->price.input != 0 || tier->flat.input != 0)
            return false;
    }
    return true;
}

typedef void of_numbers(const moati_tiers *tiers, const double *usage, double *result,
                        size_t lanes);
typedef void of_columns(const moati_tiers *tiers, const double *usage, const double *const *inputs,
                        size_t first, size_t lanes, double *result);

static void run_chunks(const moati_tiers *tiers, const double *const *inputs, double *result,
                       size_t lanes, of_numbers *by_numbers, of_columns *by_columns) {
    const bool all_numbers = is_all_numbers(tiers);
    double usage[CHUNK];
    for (size_t first = 0; first < lanes; first += CHUNK) {
        const size_t count = lanes - first < CHUNK ? lanes - first : CHUNK;
        count_usage(inputs[0] + first, usage, count);
        if (all_numbers)
            by_numbers(tiers, usage, result + first, count);
        else
            by_columns(tiers, usage, inputs, first, count, result + first);
    }
}

static void run_charge(const void *context, const double *const *inputs, double *const *outputs,
                       size_t lanes) {
    run_chunks(context, inputs, outputs[0], lanes, charge_numbers, charge_columns);
}

static void run_marginal(const void *context, const double *const *inputs, double *const *outputs,
                         size_t lanes) {
    run_chunks(context, inputs, outputs[0], lanes, marginal_numbers, marginal_columns);
}

static bool fits(const void *context, size_t size, size_t inputs, size_t outputs) {
    const moati_tiers *tiers = context;
    if (size < sizeof *tiers || tiers->count < 1 || outputs != 1 || inputs < 1 ||
        (size - sizeof *tiers) / sizeof *tiers->tier != tiers->count ||
        (size - sizeof *tiers) % sizeof *tiers->tier != 0)
        return false;
    for (uint32_t k = 0; k < tiers->count; k++) {
        const moati_tier *tier = &tiers->tier[k];
        if (tier->upto.input >= inputs || tier->price.input >= inputs || tier->flat.input >= inputs)
            return false;
    }
    return true;
}

const moat_kernel moati_tiers_charge = {"pricing.tiers", run_charge, fits};
const moat_kernel moati_tiers_marginal = {"pricing.marginal", run_marginal, fits};
