/* Summaries of a column: moments, exact quantiles, digest.
 *
 * Everything is a function of the values and their order in the column alone. */
#ifndef MOAT_SUMMARY_H
#define MOAT_SUMMARY_H

#include <stdint.h>

#include "moat/program.h"

typedef struct moat_summary {
    double mean; /* exact to the last bits: the sum is compensated */
    double sd;   /* of the sample: divided by n - 1; 0 for one value */
    double mcse; /* Monte Carlo standard error of the mean, sd / sqrt(n); an upper bound
                    where samples are stratified */
    double p5, p25, p50, p75, p95; /* by linear interpolation of order statistics (type 7) */
    double min, max;
    uint64_t digest; /* of the bits of every value with its place */
} moat_summary;

/* count >= 1 values. NaN anywhere makes every figure but the digest NaN. Infinities are
 * ordinary in quantiles; they make mean infinite (or NaN) and sd NaN. */
moat_status moat_summarise(size_t count, const double *values, moat_summary *summary,
                           moat_error *error);

/* The quantiles at probabilities[0..wanted) in [0, 1], any order. */
moat_status moat_quantiles(size_t count, const double *values, size_t wanted,
                           const double *probabilities, double *quantiles, moat_error *error);

/* Summaries of all columns on `threads` threads (0: all processors). summaries has
 * moat_columns_count entries. cancel may be NULL. */
moat_status moat_summarise_all(const moat_columns *columns, unsigned threads,
                               const atomic_int *cancel, moat_summary *summaries,
                               moat_error *error);

/* Counts of finite values in `bins` equal intervals of [low, high]; a value at high falls in the
 * last. */
void moat_histogram(size_t count, const double *values, double low, double high, size_t bins,
                    size_t *counts);

/* Mixes one more 64-bit word into a digest; order matters. */
uint64_t moat_digest_mix(uint64_t digest, uint64_t word);
uint64_t moat_digest_text(uint64_t digest, const char *text);

#endif
