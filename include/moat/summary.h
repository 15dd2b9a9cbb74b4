/* Summaries of a column: moments, exact quantiles, digest.
 *
 * Everything is a function of the values and their order in the column alone, whether the
 * column is there or is evaluated piece by piece. */
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
    uint64_t digest;  /* of the bits of every value with its place */
    size_t nan_count; /* values that are NaN */
    size_t inf_count; /* values that are +infinity */
} moat_summary;

/* count >= 1 values. NaN anywhere makes every figure but digest and counts NaN. Infinities are
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

/* --- Summaries of results that are not kept.
 *
 * Columns of a million samples each would fill the memory. Instead a chunk of samples is
 * evaluated and added to what is known of each root, then the next one takes its place. The
 * figures have the same bits as those of whole columns: sums go on where they stopped, and of
 * the values only those that may yet turn out to be a quantile are held, for each quantile of
 * each root at most 64 sqrt(samples) bytes and a few thousand. Should one that was let go be
 * needed after all, which takes an order of samples that no way of sampling gives, or should
 * values be so far from 1 that their squares overflow, the roots concerned are evaluated again,
 * and kept. */

enum { MOAT_CHUNK_STEP = 1024 };

typedef struct moat_streaming {
    size_t chunk;  /* samples, a multiple of MOAT_CHUNK_STEP; 0: chosen. Changes no bit */
    size_t wanted; /* quantiles of each root, beyond those of its summary */
    const double *probabilities; /* of these, in [0, 1], any order */
    /* Called from the calling thread with each chunk, once and in order: samples first ..
     * first + count - 1 of each root are at places 0 .. count - 1 of its column. Any status but
     * MOAT_OK ends the run with it. May be NULL. */
    moat_status (*visit)(void *context, size_t first, size_t count, const moat_columns *columns,
                         moat_error *error);
    void *visit_context;
} moat_streaming;

typedef struct moat_streamed {
    moat_summary *summaries; /* the caller's, one per root; NULL where quantiles are all */
    double *quantiles;       /* the caller's, `wanted` per root; NULL where none are */
    size_t again;            /* how many roots were evaluated again */
    double allocate_ms, evaluate_ms, summarise_ms;
} moat_streamed;

/* Evaluates a program and summarises its roots. how may be NULL. Errors: those of moat_evaluate;
 * MOAT_INVALID (the chunk or a probability). */
moat_status moat_summarise_program(const moat_program *program, const moat_run *run,
                                   const moat_streaming *how, moat_streamed *streamed,
                                   moat_error *error);

/* --- Pairs: two columns whose values belong together sample by sample, as those of two versions
 * of a model that share their draws. */

typedef struct moat_paired_columns {
    const double *first, *second;
} moat_paired_columns;

typedef struct moat_paired {
    /* second - first; 0 of equal infinities, and where it is no more than rounding: a part in 2^43
     * of the values, or in 2^50 of the largest of all */
    moat_summary difference;
    size_t larger, smaller; /* samples in which second is larger, or smaller, than first */
    size_t equal;
} moat_paired;

/* Compares count pairs of columns of `samples` >= 1 values on `threads` threads (0: all
 * processors). The error of a mean difference is that of the differences, which shared draws make
 * small. Samples with NaN on either side are neither larger, smaller nor equal. cancel may be NULL.
 * Errors: MOAT_INVALID (no samples), MOAT_NO_MEMORY, MOAT_INTERRUPTED. */
moat_status moat_summarise_paired(size_t count, const moat_paired_columns *pairs, size_t samples,
                                  unsigned threads, const atomic_int *cancel, moat_paired *paired,
                                  moat_error *error);

/* --- Histogram and digests. */

/* Counts of finite values in `bins` equal intervals of [low, high]; a value at high falls in the
 * last. */
void moat_histogram(size_t count, const double *values, double low, double high, size_t bins,
                    size_t *counts);

/* Mixes one more 64-bit word into a digest; order matters. */
uint64_t moat_digest_mix(uint64_t digest, uint64_t word);
uint64_t moat_digest_text(uint64_t digest, const char *text);

#endif
