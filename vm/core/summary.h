/* What summaries of whole columns and of columns in pieces share. */
#ifndef MOATI_SUMMARY_H
#define MOATI_SUMMARY_H

#include "moat/summary.h"
#include "quantile.h"

enum { MOATI_SUMMARY_QUANTILES = 5 };

extern const double moati_summary_probabilities[MOATI_SUMMARY_QUANTILES];
void moati_summary_set_quantiles(moat_summary *summary, const double *quantiles);

/* The selector is for as many values and quantiles. */
void moati_summarise_column(moati_selector *selector, size_t count, const double *values,
                            moat_summary *summary);

#endif
