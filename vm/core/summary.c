/* Moments, quantiles and digest of a column, from the passes over it (passes.h). */
#include "moat/summary.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "mix.h"
#include "passes.h"
#include "pool.h"
#include "quantile.h"

/* --- Compensated sums. */

/* A number as an unevaluated sum: high is it rounded. */
typedef struct pair {
    double high, low;
} pair;

/* The sum of all lanes, without error but for the last rounding: each number is carried
 * through the list of parts, which thereby stays exact (Shewchuk's expansions). */
static pair sum_of_lanes(const moati_sums *lanes) {
    double parts[2 * MOATI_SUM_LANES] = {0};
    for (size_t i = 0; i < 2 * MOATI_SUM_LANES; i++) {
        double carried = i < MOATI_SUM_LANES ? lanes->sum[i] : lanes->lost[i - MOATI_SUM_LANES];
        for (size_t j = 0; j < i; j++) {
            double lost = moati_add_losing(&carried, parts[j]);
            parts[j] = lost;
        }
        parts[i] = carried;
    }
    pair total = {parts[2 * MOATI_SUM_LANES - 1], 0};
    for (size_t i = 2 * MOATI_SUM_LANES - 1; i-- > 0;)
        total.low += moati_add_losing(&total.high, parts[i]);
    total.low = moati_add_losing(&total.high, total.low);
    return total;
}

static double divide_pair(pair number, double by) {
    double quotient = number.high / by;
    double rest = fma(-quotient, by, number.high) + number.low;
    return quotient + rest / by;
}

static double plain_sum(const double *lane) {
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
           ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

/* --- Summaries. */

static bool any_nan(size_t count, const double *values) {
    for (size_t i = 0; i < count; i++)
        if (isnan(values[i]))
            return true;
    return false;
}

/* The power of two that brings the largest magnitude near 1, so that squares neither overflow
 * nor vanish. Multiplying by it is exact. */
static double scale_of(double magnitude) {
    int exponent;
    frexp(magnitude, &exponent);
    return ldexp(1, exponent < -1022 ? 1022 : -exponent);
}

static double sd_of(const moati_deviations *d, size_t count, double scale) {
    if (count < 2)
        return 0;
    double n = (double)count;
    pair squares = sum_of_lanes(&d->squares);
    /* What the rounding of the centre adds to the squares (Chan, Golub and LeVeque). */
    double offset = plain_sum(d->plain);
    double variance = (squares.high + (squares.low - offset * offset / n)) / (n - 1);
    return sqrt(variance > 0 ? variance : 0) / scale;
}

/* Mean and sd of values without NaN; min and max are known. */
static void moments(const moati_passes *passes, size_t count, const double *values,
                    const moati_sums *sums, moat_summary *summary) {
    if (summary->min == summary->max) {
        summary->mean = summary->min;
        summary->sd = isfinite(summary->min) ? 0 : NAN;
        return;
    }
    if (isinf(summary->min) || isinf(summary->max)) {
        summary->mean = isfinite(summary->min)   ? summary->max
                        : isfinite(summary->max) ? summary->min
                                                 : NAN;
        summary->sd = NAN;
        return;
    }
    double scale = scale_of(fmax(fabs(summary->min), fabs(summary->max)));
    pair sum = sum_of_lanes(sums);
    if (isfinite(sum.high + sum.low)) {
        summary->mean = divide_pair(sum, (double)count);
    } else { /* too large for a double */
        moati_scan scaled;
        passes->scan(&scaled, count, values, scale);
        summary->mean = divide_pair(sum_of_lanes(&scaled.sum), (double)count) / scale;
    }
    moati_deviations d;
    passes->deviate(&d, count, values, scale, summary->mean * scale);
    summary->sd = sd_of(&d, count, scale);
}

static void all_nan(moat_summary *summary) {
    uint64_t digest = summary->digest;
    *summary = (moat_summary){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, digest};
}

static void summarise_with(const moati_passes *passes, moati_selector *selector, size_t count,
                           const double *values, moat_summary *summary) {
    static const double probabilities[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    moati_scan s;
    summary->digest = passes->digest(count, values);
    passes->scan(&s, count, values, 1);
    /* NaN or an infinity leaves its trace in the sum, so that most columns need no search. */
    if (!isfinite(plain_sum(s.sum.sum)) && any_nan(count, values)) {
        all_nan(summary);
        return;
    }
    summary->min = s.min[0];
    summary->max = s.max[0];
    for (size_t l = 1; l < MOATI_SUM_LANES; l++) {
        summary->min = fmin(summary->min, s.min[l]);
        summary->max = fmax(summary->max, s.max[l]);
    }
    summary->min += 0.0; /* a negative zero becomes positive */
    summary->max += 0.0;
    moments(passes, count, values, &s.sum, summary);
    summary->mcse = summary->sd / sqrt((double)count);
    double quantiles[5];
    moati_selector_run(selector, count, values, 5, probabilities, quantiles);
    summary->p5 = quantiles[0];
    summary->p25 = quantiles[1];
    summary->p50 = quantiles[2];
    summary->p75 = quantiles[3];
    summary->p95 = quantiles[4];
}

static moat_status no_memory(moat_error *error, size_t count) {
    return moat_fail(error, MOAT_NO_MEMORY,
                     "no memory to summarise columns of %zu values; use fewer samples or threads",
                     count);
}

moat_status moat_summarise(size_t count, const double *values, moat_summary *summary,
                           moat_error *error) {
    if (count == 0)
        return moat_fail(error, MOAT_INVALID, "no values have no summary; give at least one");
    const moati_kernels *kernels;
    moat_status status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    moati_selector *selector = moati_selector_new(kernels->passes, count, 5);
    if (!selector)
        return no_memory(error, count);
    summarise_with(kernels->passes, selector, count, values, summary);
    moati_selector_free(selector);
    return MOAT_OK;
}

/* --- All columns. */

typedef struct summarising {
    const moat_columns *columns;
    moat_summary *summaries;
    const moati_passes *passes;
    moati_selector **selectors; /* one per worker */
} summarising;

static void summarise_column(void *context, unsigned worker, size_t index) {
    const summarising *all = context;
    summarise_with(all->passes, all->selectors[worker], moat_columns_samples(all->columns),
                   moat_columns_get(all->columns, index), &all->summaries[index]);
}

moat_status moat_summarise_all(const moat_columns *columns, unsigned threads,
                               const atomic_int *cancel, moat_summary *summaries,
                               moat_error *error) {
    size_t count = moat_columns_count(columns), samples = moat_columns_samples(columns);
    unsigned workers = threads != 0 ? threads : moati_processors();
    workers = workers < count ? workers : (unsigned)count;
    if (workers == 0)
        return MOAT_OK;
    const moati_kernels *kernels;
    moat_status status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    moati_selector **selectors = calloc(workers, sizeof(moati_selector *));
    for (unsigned w = 0; selectors && w < workers && status == MOAT_OK; w++) {
        selectors[w] = moati_selector_new(kernels->passes, samples, 5);
        status = selectors[w] ? MOAT_OK : MOAT_NO_MEMORY;
    }
    if (!selectors || status != MOAT_OK) {
        status = no_memory(error, samples);
        goto done;
    }
    summarising all = {columns, summaries, kernels->passes, selectors};
    moati_work work = {.task = summarise_column,
                       .context = &all,
                       .count = count,
                       .threads = workers,
                       .cancel = cancel};
    status = moati_parallel(&work, error);
done:
    for (unsigned w = 0; selectors && w < workers; w++)
        moati_selector_free(selectors[w]);
    free(selectors);
    return status;
}

/* --- Histogram and digests. */

void moat_histogram(size_t count, const double *values, double low, double high, size_t bins,
                    size_t *counts) {
    for (size_t b = 0; b < bins; b++)
        counts[b] = 0;
    double half_width = high / 2 - low / 2; /* the whole might overflow */
    for (size_t i = 0; i < count; i++) {
        if (bins > 0 && isfinite(values[i]) && values[i] >= low && values[i] <= high) {
            double part = (values[i] / 2 - low / 2) / half_width * (double)bins;
            counts[part < (double)bins ? (size_t)part : bins - 1]++;
        }
    }
}

uint64_t moat_digest_mix(uint64_t digest, uint64_t word) {
    return moati_mix64(moati_mix64(digest + MOATI_GOLDEN) ^ word);
}

/* The final zero counts, so that where one text ends and the next begins matters. */
uint64_t moat_digest_text(uint64_t digest, const char *text) {
    for (;; text++) {
        digest = moat_digest_mix(digest, (unsigned char)*text);
        if (*text == '\0')
            return digest;
    }
}
