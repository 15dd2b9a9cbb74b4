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

#endif
