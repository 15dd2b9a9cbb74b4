/* Columns of every kind that a summary may meet: ordinary, crowded, infinite, discrete. */
#ifndef MOAT_TEST_KINDS_H
#define MOAT_TEST_KINDS_H

#include <stdbool.h>
#include <stddef.h>

enum kind {
    NORMAL,
    LOGNORMAL,
    VERY_HEAVY,
    CAUCHY,
    CONDITION,
    RARE,
    CONSTANT,
    ZEROS,
    DATES,
    ANY_BITS,
    DENORMAL,
    ASCENDING,
    DESCENDING,
    POWERS,
    FAR_FROM_ZERO,
    INFINITIES,
    CROWDED,
    NESTED,
    FULL_RANGE,
    ZEROS_OR_NEVER,
    KINDS
};

extern const char *const kind_names[KINDS];

/* The same values for the same kind and count. */
void fill_with(enum kind kind, size_t count, double *values);

/* Quantile p, by type 7, of sorted values. */
double sorted_quantile(size_t count, const double *sorted, double p);
void sort_values(size_t count, double *values);

/* Every NaN is like any other; zeros must have the same sign. */
bool same(double a, double b);

#endif
