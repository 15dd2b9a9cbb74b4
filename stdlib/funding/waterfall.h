/* Who gets what at an exit, as a block kernel: preferences by seniority, participation and its
 * caps, options, and the conversions that the classes choose given what the others choose.
 *
 * With v the value of a common share, a class of n shares (as converted) and preference P is worth
 *
 *     participating   P + n v                          common is this with P = 0
 *     converting      max(P, n v - K)                  not participating; options have P = 0
 *     capped          max(min(P + n v, C), n v)
 *
 * whatever the others choose; K is what exercising costs, C the most that it gets unconverted. The
 * sum of the claims increases in v and is linear between breakpoints, so an exit that covers the
 * preferences has one v at which the claims are the exit, and the claims are then the payouts of
 * every equilibrium. An exit that does not cover them is paid by rank, equal ranks pro rata, and
 * converting gains nobody anything. */
#ifndef MOATI_WATERFALL_H
#define MOATI_WATERFALL_H

#include "moat/graph.h"

enum { MOATI_WATERFALL_CLASSES = 64 };

typedef enum moati_waterfall_kind {
    MOATI_PARTICIPATING,
    MOATI_CONVERTING,
    MOATI_CAPPED
} moati_waterfall_kind;

/* The kernel's context: what does not vary over samples. The classes are in the order in which
 * their preferences are paid; those of one rank, which are paid pro rata, stand together. */
typedef struct moati_waterfall {
    uint32_t classes;
    struct {
        uint8_t kind, rank;
    } of[MOATI_WATERFALL_CLASSES];
} moati_waterfall;

/* The kernel's inputs are the exit, then for each class these columns. A strike or a cap may be
 * infinite; a cap below the preference counts as the preference. */
enum {
    MOATI_WATERFALL_SHARES,
    MOATI_WATERFALL_PREFERENCE,
    MOATI_WATERFALL_TERMS, /* converting: the strike of all shares; capped: the cap; else unused */
    MOATI_WATERFALL_COLUMNS
};

/* Its outputs are the payouts of the classes. They add up to the exit; an exit below 0 pays
 * nothing, and what is left where no class has shares is nobody's. A sample in which any argument
 * is NaN, any but the exit is negative, or the exit, shares or a preference are infinite has NaN
 * for payouts. */
extern const moat_kernel moati_waterfall_kernel;

#endif
