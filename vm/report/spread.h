/* Labels that would cover each other. */
#ifndef MOATI_SPREAD_H
#define MOATI_SPREAD_H

#include <stddef.h>

/* Moves things of given sizes that want their centres at given places apart, as little as can be
 * (least squares: isotonic regression), in the order given, between two ends where they fit.
 * `places` holds the wanted centres, ascending, and then those found. At most MOATI_SPREAD. */
enum { MOATI_SPREAD = 32 };
void moati_spread(size_t count, const double *sizes, double *places, double low, double high);

#endif
