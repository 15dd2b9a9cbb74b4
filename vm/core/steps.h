/* Distributions on separate values: finite lists of points in ascending order, with the
 * probabilities of reaching and of exceeding each. */
#ifndef MOATI_STEPS_H
#define MOATI_STEPS_H

#include "guide.h"
#include "moat/graph.h"
#include "special.h"

typedef struct moati_steps {
    size_t count;
    double *value; /* strictly ascending */
    double *lower; /* P(X <= value[i]); the last is 1 */
    double *upper; /* P(X > value[i]); the last is 0 */
    moati_guide guide;
} moati_steps;

typedef struct moati_point {
    double value, weight;
} moati_point;

/* Sorts the points, merges equal values, drops weights of 0 and scales the rest to a sum of 1.
 * The caller has checked that values and weights are finite, weights >= 0 and not all 0.
 * NULL: no memory. */
moati_steps *moati_steps_new(size_t count, moati_point *points);

/* How many events there are, times `scale`. NULL where memory is short (*too_many unset) or the
 * values that matter are more than MOATI_STEPS_LIMIT. */
enum { MOATI_STEPS_LIMIT = 1 << 20 };
moati_steps *moati_steps_poisson(double mean, double scale, bool *too_many);
moati_steps *moati_steps_binomial(double trials, double probability, double scale, bool *too_many);

void moati_steps_free(moati_steps *steps);

moati_tails moati_steps_tails(const moati_steps *steps, double x);
double moati_steps_quantile(const moati_steps *steps, moati_tails target);
/* The probability of point i. */
double moati_steps_weight(const moati_steps *steps, size_t i);

/* One input, a uniform draw; the context is a moati_steps. */
extern const moat_kernel moati_steps_kernel;

#endif
