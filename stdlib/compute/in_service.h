/* What of a running total of orders has arrived, and what of that has been retired. */
#ifndef MOATI_IN_SERVICE_H
#define MOATI_IN_SERVICE_H

#include "moat/graph.h"

/* The context of a call. */
typedef struct moati_window {
    double age;   /* periods from the start of the first order's period to the end of this one */
    size_t count; /* running totals, one per period from the first order's on; at least 1 */
} moati_window;

/* Inputs: the lead and the life of everything ordered, in periods; then `count` running totals.
 * Outputs: what has arrived, and what has been retired, each as its mean over the period.
 *
 * What is ordered at the start of a period and arrives `lead` later adds to the mean of a period
 * the part of it that is left: clamp(age - lead, 0, 1). Over all orders that is the running total
 * read `lead` periods ago, linear between periods; retirements are the same, `life` later. Both
 * cost one look per sample, and per block of samples a pointer for each total; but a total that
 * is the same in all samples is made a column at each call, so that totals which many calls look
 * at should be columns already: moati_column.
 *
 * A lead or life below 0 counts as 0, one without end never comes; NaN gives NaN. */
extern const moat_kernel moati_in_service;

/* Inputs: a quantity that varies over samples, and another. Output: the other, as a column. */
extern const moat_kernel moati_column;

#endif
