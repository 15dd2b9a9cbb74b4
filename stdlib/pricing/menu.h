/* Menus of plans between which customers choose (Mussa and Rosen, 1978), as block kernels.
 *
 * A customer to whom a unit of quality is worth v takes the plan for which v x quality - price is
 * largest, and none where all are negative; one who does not mind takes the better plan. So each
 * plan is taken from some value on, its cut-off, until the next better plan's: the upper envelope
 * of the lines v x quality - price. Plans that are best for nobody drop out. */
#ifndef MOATI_MENU_H
#define MOATI_MENU_H

#include <stdint.h>

#include "moat/graph.h"

typedef struct moati_menu {
    uint64_t plans;
} moati_menu;

/* The context of both is a moati_menu. Prices may be infinite: such a plan is not offered. Where a
 * price is NaN, or a quality is not a finite number of 0 or more, all results are NaN.
 *
 * cutoffs  inputs: all prices, then all qualities. Outputs: the cut-off of each plan, in the unit
 *          of price / quality; infinite for a plan that is best for nobody. It is a few units in
 *          the last place low, so that rounding makes no customer leave who does not mind
 *
 * shares   inputs: all qualities, then for each plan the part of the customers below its cut-off.
 *          Outputs: the part that takes each plan, then the part that takes none */
extern const moat_kernel moati_menu_cutoffs;
extern const moat_kernel moati_menu_shares;

#endif
