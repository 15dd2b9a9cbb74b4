/* Priced rounds: the price per share at which new money, what converts and the option pool fit the
 * valuation, sample by sample.
 *
 * At a price P everything that a round counts is worth a function of P that is convex, increasing
 * and made of straight pieces: shares are worth P each; a SAFE or a note is worth the larger of
 * fixed money (amount / (1 - discount), what it buys at the round's price) and of the share of a
 * capitalisation that its cap entitles it to; a protected class is worth the larger of what it was
 * and of what its adjustment makes of it; the pool increase is the larger of nothing and of what
 * lifts the pool to its target. Their sum must be the pre-money valuation.
 *
 * What holds at an estimate of the price, one piece of each, is a linear equation; its root is the
 * next estimate. No choice of pieces is worth more than what is, so that no root is below the
 * price, and a choice that is made at a root is worth no less there than the last: estimates fall
 * to the price, and are it as soon as the choice stays the same. */
#ifndef MOATI_ROUNDS_H
#define MOATI_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>

#include "moat/graph.h"

/* What can convert, and be adjusted, in one round. */
#define MOATI_ROUND_LIMIT 64

/* What the cap of a SAFE or a note is divided by for its price. */
typedef enum moati_cap_base {
    MOATI_CAP_POST,      /* all shares after the conversion: the post-money SAFE */
    MOATI_CAP_DILUTED,   /* fully diluted shares before the round, the pool included */
    MOATI_CAP_ISSUED,    /* the same without the unissued pool */
    MOATI_CAP_INCREASED, /* fully diluted shares and the pool increase of the round */
    MOATI_CAP_ROUND, /* the shares that the round's valuation counts: price = P cap / valuation */
    MOATI_CAP_BASES
} moati_cap_base;

/* How what converts stands to the valuation: the three readings of a term sheet. */
typedef enum moati_conversion {
    MOATI_CONVERTS_WITHIN,  /* counted in the pre-money: the new investors' share is fixed */
    MOATI_CONVERTS_OUTSIDE, /* not counted: the price is, and all are diluted */
    MOATI_CONVERTS_ADDED,   /* counted, with its money added to the pre-money */
    MOATI_CONVERSIONS
} moati_conversion;

typedef struct moati_instrument {
    moati_cap_base base;
    moati_conversion conversion;
} moati_instrument;

/* What is the same in every sample: the context of the kernel. */
typedef struct moati_round {
    unsigned instruments, protected_classes;
    bool priced;     /* the price is given, and the valuation follows from it */
    bool pool_after; /* the pool is raised after the closing, at the expense of all */
    moati_instrument instrument[MOATI_ROUND_LIMIT];
} moati_round;

/* Columns in: those of moati_round_input, then amount, cap and discount of each instrument (no
 * amount: it is not outstanding; a cap of infinity: none), then shares, money invested and base
 * of each protected class (the A of the weighted average; 0 makes it a full ratchet).
 *
 * Columns out: those of moati_round_output, then the shares that each instrument becomes, then by
 * how much each protected class's shares are multiplied. Where a round does not happen, or no
 * positive price exists, closed and price are 0 and all shares are as they were. Where one happens,
 * what is NaN in gives NaN out. */
typedef enum moati_round_input {
    MOATI_ROUND_HAPPENS,
    MOATI_ROUND_SHARES, /* fully diluted, the unissued pool included */
    MOATI_ROUND_POOL,
    MOATI_ROUND_VALUATION, /* pre-money; where `priced`, the price per share */
    MOATI_ROUND_RAISE,     /* above 0; where `priced`, 0 or more */
    MOATI_ROUND_TARGET,    /* unissued pool after the closing over all shares; never lowered */
    MOATI_ROUND_INPUTS
} moati_round_input;

typedef enum moati_round_output {
    MOATI_ROUND_PRICE,
    MOATI_ROUND_NEW,      /* shares for the raise */
    MOATI_ROUND_INCREASE, /* of the pool */
    MOATI_ROUND_TOTAL,    /* fully diluted shares after */
    MOATI_ROUND_PRE,      /* pre-money valuation */
    MOATI_ROUND_RAISED,
    MOATI_ROUND_CLOSED,
    MOATI_ROUND_OUTPUTS
} moati_round_output;

extern const moat_kernel moati_round_kernel;

#endif
