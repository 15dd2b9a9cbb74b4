/* Summaries of columns that are there as a whole; histogram and digests. */
#include "summary.h"

#include <math.h>

#include "columns.h"
#include "environment.h"
#include "kernels.h"
#include "mix.h"
#include "moments.h"
#include "pool.h"

const double moati_summary_probabilities[MOATI_SUMMARY_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};

/* --- One column. */

static void add_all(moati_moments *moments, const moati_passes *passes, size_t count,
                    const double *values) {
    for (size_t at = 0; at < count; at += MOATI_PIECE) {
        const size_t left = count - at;
        moati_moments_add(moments, passes, left < MOATI_PIECE ? left : MOATI_PIECE, values + at);
    }
}

void moati_summary_set_quantiles(moat_summary *summary, const double *quantiles) {
    summary->p5 = quantiles[0];
    summary->p25 = quantiles[1];
    summary->p50 = quantiles[2];
    summary->p75 = quantiles[3];
    summary->p95 = quantiles[4];
}

void moati_summarise_column(moati_selector *selector, size_t count, const double *values,
                            moat_summary *summary) {
    const moati_passes *passes = moati_selector_passes(selector);
    moati_moments moments;
    double quantiles[MOATI_SUMMARY_QUANTILES], scale = 1;
    while (scale != 0) {
        moati_moments_begin(&moments, scale);
        add_all(&moments, passes, count, values);
        scale = moati_moments_finish(&moments, summary);
    }
    if (summary->nan_count > 0)
        return;
    moati_selector_run(selector, count, values, MOATI_SUMMARY_QUANTILES,
                       moati_summary_probabilities, quantiles);
    moati_summary_set_quantiles(summary, quantiles);
}

static moat_status no_memory(moat_error *error, size_t count) {
    return moat_fail(error, MOAT_NO_MEMORY,
                     "no memory to summarise columns of %zu values; use fewer samples or threads",
                     count);
}

moat_status moat_summarise(size_t count, const double *values, moat_summary *summary,
                           moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    if (count == 0)
        return moat_fail(error, MOAT_INVALID, "no values have no summary; give at least one");
    const moati_kernels *kernels;
    moat_status status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    moati_selector *selector = moati_selector_new(kernels->passes, count, MOATI_SUMMARY_QUANTILES);
    if (!selector)
        return no_memory(error, count);
    moati_summarise_column(selector, count, values, summary);
    moati_selector_free(selector);
    return MOAT_OK;
}

/* --- All columns. */

typedef struct summarising {
    const moat_columns *columns;
    moat_summary *summaries;
    moati_selector **selectors; /* one per worker */
} summarising;

static void summarise_column(void *context, unsigned worker, size_t index) {
    const summarising *all = context;
    moati_summarise_column(all->selectors[worker], moat_columns_samples(all->columns),
                           moat_columns_get(all->columns, index), &all->summaries[index]);
}

moat_status moat_summarise_all(const moat_columns *columns, unsigned threads,
                               const atomic_int *cancel, moat_summary *summaries,
                               moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    size_t count = moat_columns_count(columns), samples = moat_columns_samples(columns);
    unsigned workers = threads != 0 ? threads : moati_processors();
    workers = workers < count ? workers : (unsigned)count;
    if (workers == 0)
        return MOAT_OK;
    const moati_kernels *kernels;
    moat_status status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    moati_account account = {.budget = columns->account.budget};
    moati_selector **selectors = NULL;
    if (moati_account_take(&account, (uint64_t)workers * samples * MOATI_SELECTOR_BYTES))
        selectors = moati_selectors_new(kernels->passes, workers, samples, MOATI_SUMMARY_QUANTILES);
    if (!selectors) {
        status = moati_account_fail(&account, error, "summarising the results");
        moati_account_close(&account);
        return status;
    }
    summarising all = {columns, summaries, selectors};
    moati_work work = {.task = summarise_column,
                       .context = &all,
                       .count = count,
                       .threads = workers,
                       .cancel = cancel};
    status = moati_parallel(&work, error);
    moati_selectors_free(selectors, workers);
    moati_account_close(&account);
    return status;
}

/* --- Histogram and digests. */

void moat_histogram(size_t count, const double *values, double low, double high, size_t bins,
                    size_t *counts) {
    MOATI_OWN_ENVIRONMENT;
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
