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

/* The sum of x scale, and the ends of x. */
typedef struct moati_scan {
    moati_sums sum;
    double min[MOATI_SUM_LANES], max[MOATI_SUM_LANES];
} moati_scan;

/* Sums of d and d^2 with d = x scale - centre. */
typedef struct moati_deviations {
    double plain[MOATI_SUM_LANES];
    moati_sums squares;
} moati_deviations;

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
    void (*scan)(moati_scan *scan, size_t count, const double *values, double scale);
    void (*deviate)(moati_deviations *deviations, size_t count, const double *values, double scale,
                    double centre);
    /* A sum over places, so that it can be computed in any order; every NaN counts as one. */
    uint64_t (*digest)(size_t count, const double *values);
    void (*measure)(const moati_ruler *ruler, size_t count, const double *values,
                    uint16_t *buckets);
} moati_passes;

#endif
