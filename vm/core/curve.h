/* A quantile function as a table: the coordinate h of a law (see law.h) as a function of the
 * standard normal z of the same probability, in pieces of polynomials.
 *
 * In z, quantile functions are smooth and nearly linear in the tails, so a dozen pieces do
 * for ordinary laws. Where a law has kinks, jumps or separate values, pieces begin and end
 * there, and pieces that do not fit are halved. */
#ifndef MOATI_CURVE_H
#define MOATI_CURVE_H

#include "account.h"
#include "guide.h"
#include "law.h"

enum { MOATI_CURVE_TERMS = 14 };

typedef struct moati_panel {
    double centre, per_half_width;  /* t = (z - centre) * per_half_width, in [-1, 1] */
    double term[MOATI_CURVE_TERMS]; /* of powers of t */
} moati_panel;

typedef struct moati_curve {
    size_t count;
    double *ends; /* panel i is for z in (ends[i - 1], ends[i]] */
    moati_panel *panels;
    moati_guide guide;
} moati_curve;

/* Draws reach |z| = 8.21. */
#define MOATI_CURVE_REACH 8.3

/* At most this many breaks: a law with more separate values beside a continuous part is
 * refused. */
enum { MOATI_CURVE_BREAKS = 4096 };

/* Errors: MOAT_NO_MEMORY, MOAT_INVALID (too many breaks), MOAT_INTERRUPTED by the account's budget.
 */
moati_curve *moati_curve_new(const moati_law *law, const moati_account *account, moat_error *error);
size_t moati_curve_bytes(const moati_curve *curve);
void moati_curve_free(moati_curve *curve);

double moati_curve_at(const moati_curve *curve, double z);

/* One input, a normal draw; the context is a moati_curve. */
extern const moat_kernel moati_curve_kernel;

#endif
