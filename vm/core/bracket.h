/* Exact quantiles of a column whose values come in pieces and are not kept.
 *
 * Around each wanted order statistic a bracket is drawn that narrows as more of the column has
 * been seen. Samples come in an order that has nothing to do with their values, so that the
 * quantile of those seen is near that of all: the bracket is wide enough to lose the wanted
 * value about never. Where it does, that is known at the end: the result is exact or there is
 * none. */
#ifndef MOATI_BRACKET_H
#define MOATI_BRACKET_H

#include <stdbool.h>
#include <stddef.h>

#include "passes.h"
#include "quantile.h"

/* What is wanted of columns of one length; the same for all of them. */
typedef struct moati_target {
    double probability;
    size_t rank; /* of the order statistic at or below the quantile, from 0 */
    size_t room; /* values that its bracket may hold inside */
} moati_target;

/* For a column of `samples` values. */
moati_target moati_target_of(double probability, size_t samples);

/* Values of memory that a bracket of this target needs. */
size_t moati_target_memory(const moati_target *target);

void moati_bracket_begin(moati_bracket *bracket, double *memory);

/* Adds the next piece of a column of which `seen` values have come before. The selector is for
 * target->room values and one quantile. */
void moati_bracket_add(moati_bracket *bracket, const moati_target *target, moati_selector *selector,
                       size_t samples, size_t seen, size_t count, const double *values);

/* After all of the column, which has no NaN. False where the bracket has lost the quantile. */
bool moati_bracket_finish(const moati_bracket *bracket, const moati_target *target,
                          moati_selector *selector, size_t samples, double *quantile);

#endif
