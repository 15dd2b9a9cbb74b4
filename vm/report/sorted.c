/* Samples in order. */
#include "sorted.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

moat_status moati_sorted_make(moati_sorted *sorted, size_t count, const double *samples,
                              moat_error *error) {
    *sorted = (moati_sorted){0};
    sorted->values = malloc((count + 1) * sizeof *sorted->values);
    if (sorted->values == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to sort %zu samples of a chart", count);
    for (size_t i = 0; i < count; i++) {
        if (isnan(samples[i])) {
            sorted->missing++;
            continue;
        }
        sorted->values[sorted->count++] = samples[i];
        sorted->below += isinf(samples[i]) && samples[i] < 0;
        sorted->above += isinf(samples[i]) && samples[i] > 0;
    }
    qsort(sorted->values, sorted->count, sizeof *sorted->values, compare);
    return MOAT_OK;
}

void moati_sorted_free(moati_sorted *sorted) {
    free(sorted->values);
    *sorted = (moati_sorted){0};
}

double moati_sorted_quantile(const moati_sorted *sorted, double probability) {
    if (sorted->count == 0)
        return NAN;
    const double position = probability * (double)(sorted->count - 1);
    const size_t rank = (size_t)position;
    const double a = sorted->values[rank], part = position - (double)rank;
    if (part == 0 || isinf(a) || a == sorted->values[rank + 1])
        return a;
    return a + (sorted->values[rank + 1] - a) * part;
}

size_t moati_sorted_below(const moati_sorted *sorted, double value) {
    size_t from = 0, to = sorted->count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (sorted->values[middle] < value)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* How far out a tail is shown: 0.5 % of samples at most lie beyond, unless it is so long that it
 * would press the rest into a corner. A tail that is little longer is shown whole. */
static double end_of_tail(double last, double far, double near, double middle) {
    const double reach = near + (near - middle);
    const bool is_long = near != middle && fabs(far - middle) > 1.5 * fabs(reach - middle);
    const double end = is_long ? reach : far;
    return fabs(last - end) <= fabs(end - middle) / 10 ? last : end;
}

void moati_sorted_bounds(const moati_sorted *sorted, double *low, double *high) {
    *low = *high = NAN;
    const size_t finite = sorted->count - sorted->below - sorted->above;
    if (finite == 0)
        return;
    const double *v = sorted->values + sorted->below;
    const size_t last = finite - 1, far = last / 200, near = last / 20;
    const double middle = v[last / 2];
    *low = end_of_tail(v[0], v[far], v[near], middle);
    *high = end_of_tail(v[last], v[last - far], v[last - near], middle);
}
