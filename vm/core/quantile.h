/* Exact quantiles of a column without sorting it. */
#ifndef MOATI_QUANTILE_H
#define MOATI_QUANTILE_H

#include <stddef.h>

#include "moat/status.h"
#include "passes.h"

/* Working memory, so that threads need not allocate any: this many bytes a value. Used by one
 * thread at a time. */
enum { MOATI_SELECTOR_BYTES = 18 };
typedef struct moati_selector moati_selector;

/* For up to `wanted` quantiles of columns of up to `count` values. NULL: no memory. */
moati_selector *moati_selector_new(const moati_passes *passes, size_t count, size_t wanted);
void moati_selector_free(moati_selector *selector);
const moati_passes *moati_selector_passes(const moati_selector *selector);

/* One for each of several workers. */
moati_selector **moati_selectors_new(const moati_passes *passes, unsigned workers, size_t count,
                                     size_t wanted);
void moati_selectors_free(moati_selector **selectors, unsigned workers);

/* Quantiles of values without NaN at probabilities in [0, 1], in any order; count >= 1. */
void moati_selector_run(moati_selector *selector, size_t count, const double *values, size_t wanted,
                        const double *probabilities, double *quantiles);

/* The values at ascending ranks from 0, no more than twice the quantiles that the selector is
 * for. */
void moati_selector_find(moati_selector *selector, size_t count, const double *values,
                         size_t wanted, const size_t *ranks, double *found);

/* MOAT_INVALID where one is not in [0, 1]. */
moat_status moati_check_probabilities(size_t wanted, const double *probabilities,
                                      moat_error *error);

/* The quantile `part` of the way from one order statistic to the next: exact at both ends, and
 * where they are equal, infinities included. */
double moati_interpolate(double a, double b, double part);

#endif
