/* A graph's distributions: what dist.c makes, dist_check.c checks, dist_draw.c
 * draws and dist_known.c answers for. */
#ifndef MOATI_DIST_TABLE_H
#define MOATI_DIST_TABLE_H

#include "curve.h"
#include "dist.h"
#include "law.h"

typedef struct moati_distribution {
    moat_family family;
    moat_dim dim;
    double scale; /* of families whose parameters do not carry the unit of the value */
    moat_node parameter[3];
    /* The distribution itself where `known`, that is where its parameters are numbers. Else
     * NULL, or for gamma, whose shape is always a number, the law of scale 1. */
    moati_law *law;
    bool known;
    bool borrowed;      /* the law is another graph's */
    unsigned depth;     /* 0, or 1 more than the distributions that it is made of */
    moati_curve *curve; /* of the law; made when it is first drawn from */
} moati_distribution;

struct moati_dist_table {
    moati_distribution *items;
    size_t count, capacity;
};

/* NULL where there is no such distribution. */
const moati_distribution *moati_distribution_at(const moat_graph *graph, moat_dist dist);

/* Adds one that has been checked; takes its law over, also on failure, unless it is borrowed.
 * MOAT_NO_DIST on failure. */
moat_dist moati_distribution_add(moat_graph *graph, const moati_distribution *item,
                                 moat_error *error);

/* The table for drawing, made at the first call. NULL on failure. */
const moati_curve *moati_distribution_curve(moat_graph *graph, moat_dist dist, moat_error *error);

/* What the constant parameters of a family must obey. `is_number` says which of them are
 * numbers; what depends on the others is not checked. */
moat_status moati_check_parameters(const moat_graph *graph, moat_family family,
                                   const double parameters[3], const bool is_number[3],
                                   moat_dim dim, moat_error *error);

/* Whether a parameter must be a number because the distribution is tabulated. */
bool moati_parameter_is_fixed(moat_family family, unsigned index);

/* A value in a unit that suits it, for messages. */
typedef struct moati_shown {
    char text[96];
} moati_shown;
moati_shown moati_show(const moat_graph *graph, double value, moat_dim dim);

#endif
