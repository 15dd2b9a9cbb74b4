/* Mean, standard deviation, ends, counts and digest of a column whose values come in pieces. */
#ifndef MOATI_MOMENTS_H
#define MOATI_MOMENTS_H

#include "moat/summary.h"
#include "passes.h"

typedef struct moati_moments {
    moati_totals totals;
    size_t count, nan_count, inf_count;
    uint64_t digest;
} moati_moments;

/* Values are multiplied by scale, a power of two, before they are squared: 1 at first. */
void moati_moments_begin(moati_moments *moments, double scale);
/* The next piece: MOATI_PIECE values but for the last. */
void moati_moments_add(moati_moments *moments, const moati_passes *passes, size_t count,
                       const double *values);

/* Fills everything but the quantiles, and those with NaN where a value is NaN. Returns 0, or,
 * where squares of the values overflowed or vanished, the scale to begin again with. */
double moati_moments_finish(const moati_moments *moments, moat_summary *summary);

#endif
