/* Ranks, rank correlations and first-order indices. */
#include "moat/sensitivity.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --- Ranks. */

typedef struct entry {
    uint64_t key; /* in the order of the values */
    size_t place;
} entry;

/* Bits whose order as a number is that of the values; -0 is 0. */
static uint64_t key_of(double value) {
    uint64_t bits;
    const double normal = value + 0.0;
    memcpy(&bits, &normal, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

enum { DIGIT = 8, BUCKETS = 1 << DIGIT };

static size_t bucket_of(const entry *e, unsigned shift) {
    return (size_t)(e->key >> shift) & (BUCKETS - 1);
}

/* One pass of a radix sort; false where all keys have the same digit, and nothing has moved. */
static bool sort_digit(size_t count, const entry *from, entry *to, unsigned shift) {
    size_t first[BUCKETS] = {0}, next = 0;
    for (size_t i = 0; i < count; i++)
        first[bucket_of(&from[i], shift)]++;
    if (first[bucket_of(&from[0], shift)] == count)
        return false;
    for (size_t b = 0; b < BUCKETS; b++) {
        const size_t here = first[b];
        first[b] = next;
        next += here;
    }
    for (size_t i = 0; i < count; i++)
        to[first[bucket_of(&from[i], shift)]++] = from[i];
    return true;
}

/* Sorts entries, with as many beside them as scratch; returns where the sorted ones are. */
static const entry *sort_entries(size_t count, entry *entries, entry *scratch) {
    for (unsigned shift = 0; shift < 64; shift += DIGIT) {
        if (!sort_digit(count, entries, scratch, shift))
            continue;
        entry *sorted = scratch;
        scratch = entries;
        entries = sorted;
    }
    return entries;
}

static void share_places(size_t count, const entry *sorted, double *ranks) {
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && sorted[end].key == sorted[first].key;)
            end++;
        for (size_t i = first; i < end; i++)
            ranks[sorted[i].place] = 0.5 * (double)(first + 1 + end);
    }
}

static bool any_nan(size_t count, const double *values) {
    for (size_t i = 0; i < count; i++)
        if (isnan(values[i]))
            return true;
    return false;
}

moat_status moat_ranks(size_t count, const double *values, double *ranks, moat_error *error) {
    if (count == 0)
        return MOAT_OK;
    if (any_nan(count, values)) {
        for (size_t i = 0; i < count; i++)
            ranks[i] = NAN;
        return MOAT_OK;
    }
    entry *entries = malloc(2 * count * sizeof *entries);
    if (entries == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++)
        entries[i] = (entry){key_of(values[i]), i};
    share_places(count, sort_entries(count, entries, entries + count), ranks);
    free(entries);
    return MOAT_OK;
}

/* --- Indices. */

/* The mean of ranks, whatever ties there are. */
static double middle_of(size_t count) {
    return 0.5 * (double)(count + 1);
}

double moat_rank_correlation(size_t count, const double *x_ranks, const double *y_ranks) {
    const double middle = middle_of(count);
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        const double x = x_ranks[i] - middle, y = y_ranks[i] - middle;
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    return xx == 0 || yy == 0 ? 0 : xy / sqrt(xx * yy);
}

/* Half the square root of the samples: at ten thousand 50 bins of 200, which see two waves of a
 * dependence to some percent and are blurred by noise to a tenth of one. */
enum { MOST_BINS = 256 };

static size_t bins_for(size_t count) {
    const size_t bins = (size_t)(0.5 * sqrt((double)count));
    return bins < 2 ? 2 : bins > MOST_BINS ? MOST_BINS : bins;
}

static double mean_of(size_t count, const double *values) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum / (double)count;
}

double moat_variance_share(size_t count, const double *x_ranks, const double *y) {
    double sum[MOST_BINS] = {0}, total = 0, between = 0;
    size_t size[MOST_BINS] = {0}, used = 0;
    if (count == 0 || isnan(x_ranks[0]))
        return NAN;
    const size_t bins = bins_for(count);
    const double middle = mean_of(count, y), scale = (double)bins / (double)count;
    for (size_t i = 0; i < count; i++) {
        const size_t bin = (size_t)((x_ranks[i] - 0.5) * scale); /* ranks are 1 .. count */
        const double off = y[i] - middle;
        sum[bin] += off;
        size[bin]++;
        total += off * off;
    }
    for (size_t b = 0; b < bins; b++) {
        if (size[b] == 0)
            continue;
        used++;
        between += sum[b] * sum[b] / (double)size[b];
    }
    if (total == 0 || used < 2 || used >= count)
        return 0;
    const double noise = (total - between) / (double)(count - used);
    const double share = (between - (double)(used - 1) * noise) / total;
    return isnan(share) ? NAN : fmax(0, share);
}

/* The F statistic of a one-way analysis of variance has about the variance 2 / (bins - 1). */
double moat_variance_share_noise(size_t count) {
    return sqrt(2 * (double)(bins_for(count) - 1)) / (double)count;
}

/* The mean of y over the samples in which `sign` times the rank of x is at most a limit. */
static double mean_within(size_t count, const double *x_ranks, const double *y, double sign) {
    double lowest = INFINITY, sum = 0;
    size_t within = 0;
    for (size_t i = 0; i < count; i++)
        lowest = fmin(lowest, sign * x_ranks[i]);
    const double tenth = (sign > 0 ? 0.5 : -(double)count - 0.5) + 0.1 * (double)count;
    const double limit = fmax(lowest, tenth);
    for (size_t i = 0; i < count; i++) {
        if (sign * x_ranks[i] > limit)
            continue;
        sum += y[i];
        within++;
    }
    return within == 0 ? NAN : sum / (double)within;
}

double moat_mean_where_low(size_t count, const double *x_ranks, const double *y) {
    return mean_within(count, x_ranks, y, 1);
}

double moat_mean_where_high(size_t count, const double *x_ranks, const double *y) {
    return mean_within(count, x_ranks, y, -1);
}
