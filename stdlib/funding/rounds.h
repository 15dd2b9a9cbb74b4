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
#ifndef MOAT_ROUNDS_H
#define MOAT_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>

#include "moat/graph.h"

/* What can convert, and be adjusted, in one round. */
#define MOAT_ROUND_LIMIT 64

/* What the cap of a SAFE or a note is divided by for its price. */
typedef enum moat_cap_base {
    MOAT_CAP_POST,      /* all shares after the conversion: the post-money SAFE */
    MOAT_CAP_DILUTED,   /* fully diluted shares before the round, the pool included */
    MOAT_CAP_ISSUED,    /* the same without the unissued pool */
    MOAT_CAP_INCREASED, /* fully diluted shares and the pool increase of the round */
    MOAT_CAP_ROUND, /* the shares that the round's valuation counts: price = P cap / valuation */
    MOAT_CAP_BASES
} moat_cap_base;

/* How what converts stands to the valuation: the three readings of a term sheet. */
typedef enum moat_conversion {
    MOAT_CONVERTS_WITHIN,  /* counted in the pre-money: the new investors' share is fixed */
    MOAT_CONVERTS_OUTSIDE, /* not counted: the price is, and all are diluted */
    MOAT_CONVERTS_ADDED,   /* counted, with its money added to the pre-money */
    MOAT_CONVERSIONS
} moat_conversion;

typedef struct moat_instrument {
    moat_cap_base base;
    moat_conversion conversion;
} moat_instrument;

/* What is the same in every sample: the context of the kernel. */
typedef struct moat_round {
    unsigned instruments, protected_classes;
    bool priced;     /* the price is given, and the valuation follows from it */
    bool pool_after; /* the pool is raised after the closing, at the expense of all */
    moat_instrument instrument[MOAT_ROUND_LIMIT];
} moat_round;

/* Columns in: those of moat_round_input, then amount, cap and discount of each instrument (no
 * amount: it is not outstanding; a cap of infinity: none), then shares, money invested and base
 * of each protected class (the A of the weighted average; 0 makes it a full ratchet).
 *
 * Columns out: those of moat_round_output, then the shares that each instrument becomes, then by
 * how much each protected class's shares are multiplied. Where a round does not happen, or no
 * positive price exists, closed and price are 0 and all shares are as they were. Where one happens,
 * what is NaN in gives NaN out. */
typedef enum moat_round_input {
    MOAT_ROUND_HAPPENS,
    MOAT_ROUND_SHARES, /* fully diluted, the unissued pool included */
    MOAT_ROUND_POOL,
    MOAT_ROUND_VALUATION, /* pre-money; where `priced`, the price per share */
    MOAT_ROUND_RAISE,     /* above 0; where `priced`, 0 or more */
    MOAT_ROUND_TARGET,    /* unissued pool after the closing over all shares; never lowered */
    MOAT_ROUND_INPUTS
} moat_round_input;

typedef enum moat_round_output {
    MOAT_ROUND_PRICE,
    MOAT_ROUND_NEW,      /* shares for the raise */
    MOAT_ROUND_INCREASE, /* of the pool */
    MOAT_ROUND_TOTAL,    /* fully diluted shares after */
    MOAT_ROUND_PRE,      /* pre-money valuation */
    MOAT_ROUND_RAISED,
    MOAT_ROUND_CLOSED,
    MOAT_ROUND_OUTPUTS
} moat_round_output;

extern const moat_kernel moat_round_kernel;

#endif
