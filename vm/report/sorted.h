/* The samples of a chart in order, and what lies outside of all bounds. */
#ifndef MOATI_SORTED_H
#define MOATI_SORTED_H

#include <stddef.h>

#include "moat/status.h"

typedef struct moati_sorted {
    size_t count;        /* of samples that are a number, infinite ones included */
    double *values;      /* ascending */
    size_t below, above; /* those of them that are infinite: from the beginning, from the end */
    size_t missing;      /* NaN */
} moati_sorted;

/* Errors: MOAT_NO_MEMORY. */
moat_status moati_sorted_make(moati_sorted *sorted, size_t count, const double *samples,
                              moat_error *error);
void moati_sorted_free(moati_sorted *sorted);

/* The quantile at a probability, interpolated as results are; NaN where there are no samples. */
double moati_sorted_quantile(const moati_sorted *sorted, double probability);

/* How many lie below a value. */
size_t moati_sorted_below(const moati_sorted *sorted, double value);

/* Between which values finite samples are shown: a long tail is cut off. NaN: there are none. */
void moati_sorted_bounds(const moati_sorted *sorted, double *low, double *high);

#endif
