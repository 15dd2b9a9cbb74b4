/* Schedules of prices in tiers, as block kernels: what a usage is charged, and the price of the
 * next unit of it.
 *
 * Tier k reaches from the bound of tier k - 1 (0 for the first), which is not part of it, to its
 * own, which is. Usage below 0 counts as 0. A tier whose bound is not above those before it is
 * empty; the last tier's bound is not looked at, it has no end. Usage and bounds are in one unit,
 * charges in that of the flat fees, prices in theirs over that of the usage. */
#ifndef MOATI_TIERS_H
#define MOATI_TIERS_H

#include <stdint.h>

#include "moat/graph.h"

/* A number, or the input that has one for each lane. Input 0 is the usage. */
typedef struct moati_term {
    double number;
    uint32_t input; /* 0: the number */
    uint32_t unused;
} moati_term;

typedef struct moati_tier {
    moati_term upto, price, flat;
} moati_tier;

typedef struct moati_tiers {
    uint32_t count;     /* at least 1 */
    uint32_t is_volume; /* the tier of the usage prices all of it; else graduated */
    moati_tier tier[];
} moati_tiers;

/* The context of both is a moati_tiers, of which the second looks at bounds and prices alone. One
 * output. A bound that is NaN gives NaN unless a later one decides; so does any other argument that
 * counts.
 *
 * charge    graduated: the sum of price x usage in the tier, and of the flat fees of the tiers
 *           entered; the first is entered at 0, an empty one never. Volume: price x usage + the
 *           flat fee of the tier that the usage ends in
 *
 * marginal  the price of the tier that the next unit falls in */
extern const moat_kernel moati_tiers_charge;
extern const moat_kernel moati_tiers_marginal;

#endif
