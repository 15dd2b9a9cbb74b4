/* The reference that programs are compared with: a node's value for one sample, by recursion
 * over the graph, one scalar operation at a time. Slow and obviously right. */
#ifndef NAIVE_H
#define NAIVE_H

#include "moat/graph.h"

typedef struct naive {
    const moat_graph *graph;
    const moat_node *definitions;
    uint64_t seed, sample;
    double *value; /* one per node, known where .. */
    bool *known;   /* .. this is set; both with room for every node */
} naive;

double naive_value(naive *n, moat_node node);
/* One operation on numbers, from the expressions in ops.def. */
double naive_operation(moat_op op, double x, double y, double z);
/* The same bits, any NaN being like any other. */
bool same_bits(double a, double b);

#endif
