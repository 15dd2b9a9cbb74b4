/* Differences of values that were computed in two ways: what is no more than rounding is none. */
#ifndef MOATI_PAIRED_H
#define MOATI_PAIRED_H

#include <math.h>
#include <stddef.h>

/* What sums of values of a column may be off by: the last bits of its largest. */
static inline double moati_rounding_of(size_t count, const double *values) {
    double largest = 0;
    for (size_t i = 0; i < count; i++) {
        const double size = fabs(values[i]);
        largest = size > largest && isfinite(size) ? size : largest;
    }
    return largest * 0x1p-50;
}

/* second - first: 0 where they are equal, infinities included, or differ by less than a part in
 * 2^43 of themselves, or than `rounding`. */
static inline double moati_difference(double first, double second, double rounding) {
    if (first == second)
        return 0;
    const double difference = second - first, size = fabs(difference);
    const double relative = 0x1p-43 * (fabs(first) + fabs(second));
    return isfinite(relative) && size <= fmax(relative, rounding) ? 0 : difference;
}

#endif
