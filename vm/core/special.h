/* Distribution functions that have no closed form. Both tails are returned, each with its
 * own relative precision, because 1 - p says nothing about a p near 1.
 *
 * Gamma and beta are written in a variable h that is 0 at the middle of the distribution and
 * unbounded at both ends, so that neither end is ever rounded away:
 *
 *   gamma  x = shape exp(h)              h = log(x / shape)
 *   beta   x / (1 - x) = (a / b) exp(h)  h = logit(x) - log(a / b)
 *
 * Densities are with respect to h. */
#ifndef MOATI_SPECIAL_H
#define MOATI_SPECIAL_H

#include "scalar.h"

typedef struct moati_tails {
    double lower; /* P(X <= x) */
    double upper; /* P(X > x) */
} moati_tails;

static inline moati_tails moati_tails_swap(moati_tails tails) {
    return (moati_tails){tails.upper, tails.lower};
}

/* The standard normal: both tails at z, the z with given tails, the density. */
moati_tails moati_normal_tails(double z);
double moati_normal_score(moati_tails tails);
double moati_normal_density(double z);

/* u - log(1 + u) and exp(h) - 1 - h, exact near 0. */
double moati_log_deficit(double u);
double moati_exp_excess(double h);

/* log Gamma(a + 1) less Stirling's approximation (a + 1/2) log a - a + log(2 pi) / 2. */
double moati_stirling_error(double a);

typedef struct moati_gamma {
    double shape;
    double peak; /* the density at h = 0, where it is largest */
} moati_gamma;

moati_gamma moati_gamma_prepare(double shape); /* shape > 0 */
double moati_gamma_density(const moati_gamma *gamma, double h);
moati_tails moati_gamma_tails(const moati_gamma *gamma, double h);

typedef struct moati_beta {
    double a, b;
    double centre, rest; /* a / (a + b) and b / (a + b) */
    double peak;
} moati_beta;

moati_beta moati_beta_prepare(double a, double b); /* both > 0 */
double moati_beta_density(const moati_beta *beta, double h);
moati_tails moati_beta_tails(const moati_beta *beta, double h);

#endif
