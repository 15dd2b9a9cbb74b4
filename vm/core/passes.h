/* Passes over a whole column: the loops of summaries, compiled once for each instruction set
 * like the block kernels. All tables give the same bits: sums run in MOATI_SUM_LANES
 * interleaved accumulators, so that they vectorise and yet round in the same order on every
 * processor. */
#ifndef MOATI_PASSES_H
#define MOATI_PASSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MOATI_SUM_LANES = 8 };

/* Columns are gone through in pieces of this many values, the last one shorter, which stay in the
 * first cache from one pass to the next. */
enum { MOATI_PIECE = 1024 };

/* Sums as if computed with twice the digits and then rounded (Ogita, Rump and Oishi,
 * "Accurate sum and dot product", 2005): what each addition loses is exact, and is added up
 * beside it. */
typedef struct moati_sums {
    double sum[MOATI_SUM_LANES], lost[MOATI_SUM_LANES];
} moati_sums;

/* sum += x; returns what the addition lost (Knuth). */
static inline double moati_add_losing(double *sum, double x) {
    double before = *sum;
    double after = before + x;
    double part = after - before;
    *sum = after;
    return (before - (after - part)) + (x - part);
}

/* What is summed over a column of values x as they come; the value at place i belongs to lane
 * i mod MOATI_SUM_LANES. scale and centre are set before the first value, the sums begin at
 * 0, min at infinity and max at -infinity. */
typedef struct moati_totals {
    double scale, centre;
    moati_sums sum;                                    /* of x scale */
    moati_sums squares;                                /* of (x scale - centre)^2 */
    double min[MOATI_SUM_LANES], max[MOATI_SUM_LANES]; /* of x */
} moati_totals;

/* An interval around wanted order statistics. Values strictly inside are kept, those on either
 * end and below are counted, NaN and what is above is passed over. */
typedef struct moati_bracket {
    double low, high;
    size_t below, at_low, at_high; /* all are at_low where the ends are one */
    size_t inside;
    double *values; /* with room for MOATI_SUM_LANES more than will be inside */
} moati_bracket;

/* A monotone function from values to buckets. */
typedef struct moati_ruler {
    size_t buckets;
    bool linear;
    double low, scale; /* linear: (x - low) scale, cut at both ends */
    uint64_t origin;   /* else: (order of x - origin) >> shift */
    unsigned shift;
} moati_ruler;

/* Integers in the order of the values; both zeros are one. */
static inline uint64_t moati_order_of(double x) {
    double positive_zero = x + 0.0;
    uint64_t bits;
    memcpy(&bits, &positive_zero, sizeof bits);
    return bits ^ ((0 - (bits >> 63)) | UINT64_C(1) << 63);
}

typedef struct moati_passes {
    /* Adds values to totals; the first one belongs to lane 0. */
    void (*total)(moati_totals *totals, size_t count, const double *values);
    /* A sum over places, `first` being that of values[0], so that it can be computed in any
     * order; every NaN counts as one. */
    uint64_t (*digest)(size_t first, size_t count, const double *values);
    void (*measure)(const moati_ruler *ruler, size_t count, const double *values,
                    uint16_t *buckets);
    /* Adds values to a bracket; they may be those that it holds, if inside has been reset. */
    void (*sift)(moati_bracket *bracket, size_t count, const double *values);
} moati_passes;

#endif
