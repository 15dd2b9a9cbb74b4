/* The metalog distribution through given quantiles (T. W. Keelin, "The metalog
 * distributions", Decision Analysis 13, 2016): with c = 2 y - 1 and L = logit(y),
 *
 *   quantile(y) = m(c) + s(c) L
 *
 * where m and s are polynomials that have as many coefficients together as there are
 * points. The terms come in Keelin's order: 1, L, c L, c, then c^2, c^2 L, c^3, c^3 L, ... */
#ifndef MOATI_METALOG_H
#define MOATI_METALOG_H

#include "moat/graph.h"
#include "special.h"
#include "steps.h"

enum { MOATI_METALOG_MIN = 2, MOATI_METALOG_MAX = 16, MOATI_METALOG_TERMS = 8 };

typedef struct moati_metalog {
    size_t degree; /* of both polynomials */
    double middle[MOATI_METALOG_TERMS], spread[MOATI_METALOG_TERMS];
} moati_metalog;

/* Points are {quantile, probability}, ascending in both, MIN .. MAX of them, probabilities
 * within (0, 1). Errors: MOAT_INVALID where no increasing metalog goes through them. */
moat_status moati_metalog_fit(size_t count, const moati_point *points, moati_metalog *metalog,
                              moat_error *error);

double moati_metalog_quantile(const moati_metalog *metalog, moati_tails target);
/* The derivative of the quantile by the logit of the probability. */
double moati_metalog_slope(const moati_metalog *metalog, moati_tails target);
moati_tails moati_metalog_tails(const moati_metalog *metalog, double x);

/* Two inputs, a uniform draw and its logit; the context is a moati_metalog. */
extern const moat_kernel moati_metalog_kernel;

#endif
