/* The order in which a program computes: first the cones of the inputs' definitions, then the
 * other nodes as the script made them, which is how a person lays out a calculation: what is
 * made together is used together, so few values are alive at the same time. */
#ifndef MOATI_ORDER_H
#define MOATI_ORDER_H

#include "account.h"
#include "node.h"

typedef struct moati_order {
    moati_account account;
    moat_node *nodes; /* the cone of the roots, operands before their users */
    size_t count;
} moati_order;

/* What a node needs: its operands, its definition, or the inputs of its call. */
size_t moati_needs(const moat_graph *graph, const moat_node *definitions, moat_node node,
                   const moat_node **list);

/* Errors: MOAT_INVALID (a root or definition is no node, or definitions go in a circle),
 * MOAT_NO_MEMORY. The caller frees the order in any case. */
moat_status moati_order_make(moati_order *order, const moat_graph *graph,
                             const moat_node *definitions, size_t root_count,
                             const moat_node *roots, moat_error *error);
void moati_order_free(moati_order *order);

#endif
