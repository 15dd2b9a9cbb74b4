/* Pairs of columns: their differences are made in a column of each worker's own. */
#include <stdlib.h>

#include "environment.h"
#include "kernels.h"
#include "paired.h"
#include "pool.h"
#include "summary.h"

typedef struct pairing {
    const moat_paired_columns *pairs;
    size_t samples;
    moat_paired *paired;
    moati_selector **selectors; /* one per worker */
    double *differences;        /* samples of them per worker */
} pairing;

static void subtract(const moat_paired_columns *pair, size_t samples, double *differences,
                     moat_paired *paired) {
    const double rounding =
        fmax(moati_rounding_of(samples, pair->first), moati_rounding_of(samples, pair->second));
    paired->larger = paired->smaller = paired->equal = 0;
    for (size_t i = 0; i < samples; i++) {
        const double difference = moati_difference(pair->first[i], pair->second[i], rounding);
        paired->larger += difference > 0;
        paired->smaller += difference < 0;
        paired->equal += difference == 0;
        differences[i] = difference;
    }
}

static void compare_pair(void *context, unsigned worker, size_t index) {
    const pairing *all = context;
    double *differences = all->differences + worker * all->samples;
    moat_paired *paired = &all->paired[index];
    subtract(&all->pairs[index], all->samples, differences, paired);
    moati_summarise_column(all->selectors[worker], all->samples, differences, &paired->difference);
}

moat_status moat_summarise_paired(size_t count, const moat_paired_columns *pairs, size_t samples,
                                  unsigned threads, const atomic_int *cancel, moat_paired *paired,
                                  moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    unsigned workers = threads != 0 ? threads : moati_processors();
    workers = workers < count ? workers : (unsigned)count;
    if (workers == 0)
        return MOAT_OK;
    if (samples == 0)
        return moat_fail(error, MOAT_INVALID, "no values have no difference; give at least one");
    const moati_kernels *kernels;
    moat_status status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    pairing all = {.pairs = pairs, .samples = samples, .paired = paired};
    all.selectors = moati_selectors_new(kernels->passes, workers, samples, MOATI_SUMMARY_QUANTILES);
    all.differences = calloc(workers, samples * sizeof *all.differences);
    moati_work work = {.task = compare_pair,
                       .context = &all,
                       .count = count,
                       .threads = workers,
                       .cancel = cancel};
    if (all.selectors == NULL || all.differences == NULL)
        status = moat_fail(error, MOAT_NO_MEMORY,
                           "no memory to compare columns of %zu values; use fewer samples or "
                           "threads",
                           samples);
    else
        status = moati_parallel(&work, error);
    moati_selectors_free(all.selectors, workers);
    free(all.differences);
    return status;
}
