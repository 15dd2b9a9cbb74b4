/* Exact quantiles of a column without sorting it. */
#ifndef MOATI_QUANTILE_H
#define MOATI_QUANTILE_H

#include <stddef.h>

#include "moat/status.h"
#include "passes.h"

/* Working memory, so that threads need not allocate any: about 18 bytes a value. Used by one
 * thread at a time. */
typedef struct moati_selector moati_selector;

/* For up to `wanted` quantiles of columns of up to `count` values. NULL: no memory. */
moati_selector *moati_selector_new(const moati_passes *passes, size_t count, size_t wanted);
void moati_selector_free(moati_selector *selector);

/* Quantiles of values without NaN at probabilities in [0, 1], in any order; count >= 1. */
void moati_selector_run(moati_selector *selector, size_t count, const double *values, size_t wanted,
                        const double *probabilities, double *quantiles);

#endif
