/* The distributions of a graph, kept by it. */
#ifndef MOATI_DIST_H
#define MOATI_DIST_H

#include "account.h"
#include "moat/sample.h"

typedef struct moati_dist_table moati_dist_table;

/* Where the graph keeps them: graph.c frees the table with the graph. */
moati_dist_table **moati_graph_dists(moat_graph *graph);
const moati_dist_table *moati_graph_dists_const(const moat_graph *graph);
/* That the table is counted in. */
moati_account *moati_graph_account(moat_graph *graph);
void moati_dist_table_free(moati_dist_table *table);

/* A distribution of another graph whose parameters are numbers, as one of this graph and of its
 * dimension `dim`, which must mean the same: it gives the same values. It must not be used when the
 * other graph is no more. MOAT_NO_DIST where a parameter is not a number (MOAT_INVALID) or memory
 * is short. */
moat_dist moati_dist_import(moat_graph *graph, moat_dim dim, const moat_graph *from, moat_dist dist,
                            moat_error *error);

#endif
