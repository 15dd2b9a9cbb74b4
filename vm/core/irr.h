/* The internal rate of return of a row of payments. */
#ifndef MOATI_IRR_H
#define MOATI_IRR_H

#include "moat/graph.h"

/* The annual rate r for which the sum over t of amounts[t][lane] /
 * (1 + r)^((t + 1) years) is 0. Rates from -99.99 % to a millionfold are
 * looked at; of several roots, the one nearest to 0. NaN where there is none. */
double moati_irr(const double *const *amounts, size_t lane, size_t count, double years);

/* The node of that rate, in `dim`, for payments at the ends of periods of `years`. */
moat_status moati_graph_irr(moat_graph *graph, size_t count, const moat_node *amounts, double years,
                            moat_dim dim, moat_node *rate, moat_error *error);

#endif
