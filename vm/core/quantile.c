/* Selection by buckets. The values are counted into buckets by a monotone function; only the
 * buckets that hold wanted order statistics are gathered, and treated the same way until
 * few values are left, or all are equal.
 *
 * The function is linear in the value at first, between the ends of a sample of the values,
 * then between the ends of the bucket: that spreads ordinary distributions well. What is
 * still crowded after that (heavy tails, infinities) is divided by the bits of the values,
 * which narrows the range by a fixed factor each time; so the time is linear in the number
 * of values whatever they are. */
#include "quantile.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "environment.h"
#include "kernels.h"
#include "mix.h"
#include "moat/summary.h"

enum {
    BUCKETS = 2048,
    BUCKETS_OF_FEW = 256, /* for segments of less than MANY values */
    MANY = 4096,
    SORTED = 24,      /* segments of up to this many values are sorted */
    SAMPLED = 64,     /* values looked at to find where most of them lie */
    LINEAR_DEPTHS = 2 /* then by bits */
};

#define NOT_WANTED SIZE_MAX

/* Neighbouring order statistics, some of them wanted. */
typedef struct segment {
    const double *values;
    size_t count;
    size_t place;              /* where in the working memory it may be divided */
    size_t below;              /* how many values of the column come before */
    size_t rank_from, rank_to; /* the wanted ranks in it, as indexes into ranks */
    unsigned depth;
} segment;

struct moati_selector {
    const moati_passes *passes;
    double *space[2]; /* what is gathered from one goes to the other, at the same place */
    uint16_t *bucket; /* of each value of the segment at hand */
    size_t *ranks;    /* wanted, in ascending order */
    double *found;    /* the value of each */
    segment *pending; /* disjoint, so there are no more than ranks */
    size_t pending_count;
    size_t tally[2][BUCKETS];
    size_t target[BUCKETS]; /* where the next value of a bucket goes, or NOT_WANTED */
};

moati_selector *moati_selector_new(const moati_passes *passes, size_t count, size_t wanted) {
    moati_selector *s = calloc(1, sizeof *s);
    if (!s || count > SIZE_MAX / sizeof(double) || wanted > SIZE_MAX / 2 / sizeof(segment)) {
        free(s);
        return NULL;
    }
    size_t ranks = 2 * wanted + 1;
    s->passes = passes;
    s->space[0] = malloc(count * sizeof(double));
    s->space[1] = malloc(count * sizeof(double));
    s->bucket = malloc(count * sizeof *s->bucket);
    s->ranks = malloc(ranks * sizeof *s->ranks);
    s->found = malloc(ranks * sizeof *s->found);
    s->pending = malloc(ranks * sizeof *s->pending);
    if (!s->space[0] || !s->space[1] || !s->bucket || !s->ranks || !s->found || !s->pending) {
        moati_selector_free(s);
        return NULL;
    }
    return s;
}

const moati_passes *moati_selector_passes(const moati_selector *selector) {
    return selector->passes;
}

void moati_selector_free(moati_selector *selector) {
    if (!selector)
        return;
    free(selector->space[0]);
    free(selector->space[1]);
    free(selector->bucket);
    free(selector->ranks);
    free(selector->found);
    free(selector->pending);
    free(selector);
}

moati_selector **moati_selectors_new(const moati_passes *passes, unsigned workers, size_t count,
                                     size_t wanted) {
    moati_selector **selectors = calloc(workers, sizeof *selectors);
    for (unsigned w = 0; selectors && w < workers; w++) {
        selectors[w] = moati_selector_new(passes, count, wanted);
        if (!selectors[w]) {
            moati_selectors_free(selectors, workers);
            return NULL;
        }
    }
    return selectors;
}

void moati_selectors_free(moati_selector **selectors, unsigned workers) {
    for (unsigned w = 0; selectors && w < workers; w++)
        moati_selector_free(selectors[w]);
    free(selectors);
}

/* --- The monotone functions. */

typedef struct range {
    double low, high;
} range;

/* In several lanes: one alone would wait for each comparison. */
static range range_of(size_t count, const double *values) {
    enum { LANES = 8 };
    double low[LANES], high[LANES];
    for (size_t l = 0; l < LANES; l++)
        low[l] = high[l] = values[0];
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
#pragma GCC unroll 1
        for (size_t l = 0; l < LANES; l++) {
            double x = values[i + l];
            low[l] = x < low[l] ? x : low[l];
            high[l] = x > high[l] ? x : high[l];
        }
    }
    range all = {low[0], high[0]};
    for (size_t l = 0; l < LANES; l++) {
        double x = whole + l < count ? values[whole + l] : values[0];
        all.low = fmin(all.low, fmin(low[l], x));
        all.high = fmax(all.high, fmax(high[l], x));
    }
    return all;
}

/* The range of a few finite values scattered over the column. What lies outside falls in
 * the first and last bucket. */
static range sampled_range(size_t count, const double *values) {
    range r = {INFINITY, -INFINITY};
    for (uint64_t j = 0; j < SAMPLED; j++) {
        uint64_t fraction = j * MOATI_GOLDEN >> 32;
        double x = values[(size_t)(fraction * count >> 32)];
        if (isfinite(x)) {
            r.low = x < r.low ? x : r.low;
            r.high = x > r.high ? x : r.high;
        }
    }
    return r;
}

/* False where the range does not allow it: empty, infinite, or too narrow or wide to divide. */
static bool make_linear(moati_ruler *ruler, range r) {
    double scale = (double)ruler->buckets / (r.high - r.low);
    ruler->linear = r.low < r.high && scale > 0 && isfinite(scale);
    ruler->low = r.low;
    ruler->scale = scale;
    return ruler->linear;
}

static void make_by_bits(moati_ruler *ruler, range r) {
    ruler->linear = false;
    ruler->origin = moati_order_of(r.low);
    ruler->shift = 0;
    while ((moati_order_of(r.high) - ruler->origin) >> ruler->shift >= ruler->buckets)
        ruler->shift++;
}

/* Chooses how to divide a segment; false where all its values are equal. */
static bool choose_ruler(moati_ruler *ruler, const segment *part) {
    ruler->buckets = part->count < MANY ? BUCKETS_OF_FEW : BUCKETS;
    if (part->depth == 0 && make_linear(ruler, sampled_range(part->count, part->values)))
        return true;
    range all = range_of(part->count, part->values);
    if (part->depth >= LINEAR_DEPTHS || !make_linear(ruler, all))
        make_by_bits(ruler, all);
    return all.low < all.high;
}

/* --- Segments. */

static void answer_equal(moati_selector *s, const segment *part) {
    for (size_t r = part->rank_from; r < part->rank_to; r++)
        s->found[r] = part->values[0];
}

static void answer_sorted(moati_selector *s, const segment *part) {
    double sorted[SORTED];
    for (size_t i = 0; i < part->count; i++) {
        double x = part->values[i];
        size_t j = i;
        for (; j > 0 && sorted[j - 1] > x; j--)
            sorted[j] = sorted[j - 1];
        sorted[j] = x;
    }
    for (size_t r = part->rank_from; r < part->rank_to; r++)
        s->found[r] = sorted[s->ranks[r] - part->below];
}

/* Makes a segment of each bucket that holds a wanted rank, and sets where its values go. */
static void split(moati_selector *s, const segment *whole, size_t buckets) {
    for (size_t b = 0; b < buckets; b++)
        s->target[b] = NOT_WANTED;
    segment part = {.place = whole->place,
                    .below = whole->below,
                    .rank_to = whole->rank_from,
                    .depth = whole->depth + 1};
    size_t b = 0;
    while (part.rank_to < whole->rank_to) {
        part.rank_from = part.rank_to;
        while (part.below + s->tally[0][b] <= s->ranks[part.rank_from])
            part.below += s->tally[0][b++];
        part.count = s->tally[0][b];
        while (part.rank_to < whole->rank_to && s->ranks[part.rank_to] < part.below + part.count)
            part.rank_to++;
        part.values = s->space[part.depth % 2] + part.place;
        s->pending[s->pending_count++] = part;
        s->target[b++] = part.place;
        part.place += part.count;
        part.below += part.count;
    }
}

/* Into two tables by turns: with one, a run of values in the same bucket would wait for
 * each increment. */
static void count_buckets(moati_selector *s, size_t count, size_t buckets) {
    memset(s->tally[0], 0, buckets * sizeof s->tally[0][0]);
    memset(s->tally[1], 0, buckets * sizeof s->tally[1][0]);
    for (size_t i = 0; i + 1 < count; i += 2) {
        s->tally[0][s->bucket[i]]++;
        s->tally[1][s->bucket[i + 1]]++;
    }
    if (count % 2 != 0)
        s->tally[0][s->bucket[count - 1]]++;
    for (size_t b = 0; b < buckets; b++)
        s->tally[0][b] += s->tally[1][b];
}

static void divide(moati_selector *s, const segment *part, const moati_ruler *ruler) {
    s->passes->measure(ruler, part->count, part->values, s->bucket);
    count_buckets(s, part->count, ruler->buckets);
    split(s, part, ruler->buckets);
    double *space = s->space[(part->depth + 1) % 2];
    for (size_t i = 0; i < part->count; i++) {
        size_t *target = &s->target[s->bucket[i]];
        if (*target != NOT_WANTED)
            space[(*target)++] = part->values[i];
    }
}

/* Fills found from ranks. */
static void select_ranks(moati_selector *s, size_t count, const double *values, size_t ranks) {
    s->pending[0] = (segment){.values = values, .count = count, .rank_to = ranks};
    s->pending_count = 1;
    while (s->pending_count > 0) {
        segment part = s->pending[--s->pending_count];
        moati_ruler ruler;
        if (part.count <= SORTED)
            answer_sorted(s, &part);
        else if (choose_ruler(&ruler, &part))
            divide(s, &part, &ruler);
        else
            answer_equal(s, &part);
    }
}

void moati_selector_find(moati_selector *s, size_t count, const double *values, size_t wanted,
                         const size_t *ranks, double *found) {
    memcpy(s->ranks, ranks, wanted * sizeof *ranks);
    select_ranks(s, count, values, wanted);
    memcpy(found, s->found, wanted * sizeof *found);
}

/* --- Quantiles. */

static int compare_ranks(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static double value_at(const moati_selector *s, size_t ranks, size_t rank) {
    const size_t *at = bsearch(&rank, s->ranks, ranks, sizeof rank, compare_ranks);
    return s->found[at - s->ranks];
}

/* As NumPy has it. Adding zero makes a negative zero positive. */
double moati_interpolate(double a, double b, double part) {
    if (a == b || part == 0)
        return a + 0.0;
    double step = b - a;
    if (isinf(step))
        return a * (1 - part) + b * part;
    return (part < 0.5 ? a + step * part : b - step * (1 - part)) + 0.0;
}

void moati_selector_run(moati_selector *s, size_t count, const double *values, size_t wanted,
                        const double *probabilities, double *quantiles) {
    double last = (double)(count - 1);
    size_t ranks = 0;
    for (size_t i = 0; i < wanted; i++) {
        size_t rank = (size_t)(last * probabilities[i]);
        s->ranks[ranks++] = rank;
        s->ranks[ranks++] = rank + 1 < count ? rank + 1 : rank;
    }
    qsort(s->ranks, ranks, sizeof *s->ranks, compare_ranks);
    select_ranks(s, count, values, ranks);
    for (size_t i = 0; i < wanted; i++) {
        double position = last * probabilities[i];
        size_t rank = (size_t)position;
        double a = value_at(s, ranks, rank);
        double b = rank + 1 < count ? value_at(s, ranks, rank + 1) : a;
        quantiles[i] = moati_interpolate(a, b, position - (double)rank);
    }
}

moat_status moati_check_probabilities(size_t wanted, const double *probabilities,
                                      moat_error *error) {
    for (size_t i = 0; i < wanted; i++) {
        if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
            return moat_fail(error, MOAT_INVALID,
                             "a quantile at probability %g does not exist; give one from 0 to 1",
                             probabilities[i]);
        }
    }
    return MOAT_OK;
}

moat_status moat_quantiles(size_t count, const double *values, size_t wanted,
                           const double *probabilities, double *quantiles, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    if (count == 0)
        return moat_fail(error, MOAT_INVALID, "no values have no quantiles; give at least one");
    moat_status status = moati_check_probabilities(wanted, probabilities, error);
    if (status != MOAT_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            for (size_t j = 0; j < wanted; j++)
                quantiles[j] = NAN;
            return MOAT_OK;
        }
    }
    const moati_kernels *kernels;
    status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    moati_selector *selector = moati_selector_new(kernels->passes, count, wanted);
    if (!selector)
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to find quantiles of %zu values", count);
    moati_selector_run(selector, count, values, wanted, probabilities, quantiles);
    moati_selector_free(selector);
    return MOAT_OK;
}
