/* Distributions and the literals that write them.
 *
 * A distribution belongs to a graph and is named by a number from 1. Its values are in base
 * units of its dimension. Every one is drawn by its quantile function from one source, so
 * that Latin hypercube and Sobol sampling and correlation work on all of them. */
#ifndef MOAT_SAMPLE_H
#define MOAT_SAMPLE_H

#include "moat/graph.h"

typedef uint32_t moat_dist;

enum { MOAT_NO_DIST = 0 };

typedef enum moat_family {
    MOAT_NORMAL,      /* mean, sd */
    MOAT_LOGNORMAL,   /* mu, sigma of the logarithm of the value in base units */
    MOAT_UNIFORM,     /* low, high */
    MOAT_TRIANGULAR,  /* low, mode, high */
    MOAT_PERT,        /* low, mode, high: beta with mean (low + 4 mode + high) / 6 */
    MOAT_BETA,        /* alpha, beta */
    MOAT_GAMMA,       /* shape, scale */
    MOAT_EXPONENTIAL, /* mean */
    MOAT_WEIBULL,     /* shape, scale */
    MOAT_STUDENT_T,   /* degrees of freedom */
    MOAT_BERNOULLI,   /* probability of 1 */
    MOAT_POISSON,     /* mean */
    MOAT_BINOMIAL,    /* trials, probability */
    MOAT_DISCRETE,    /* points: value, weight */
    MOAT_MIXTURE,     /* parts: distribution, weight */
    MOAT_METALOG,     /* points: probability, value */
    MOAT_EMPIRICAL,   /* points: value; each as likely as the others */
    MOAT_TRUNCATED,   /* a distribution between low and high */
    MOAT_FAMILY_COUNT
} moat_family;

typedef struct moat_family_info {
    const char *name;         /* "triangular" */
    unsigned parameters;      /* how many scalar parameters; 0 for those made from lists */
    const char *parameter[3]; /* their names */
    bool has_unit[3];         /* a parameter in the unit of the value */
    bool quantities;          /* parameters may be uncertain */
    const char *doc;
} moat_family_info;

const moat_family_info *moat_family_describe(moat_family family);
/* The family with this name, or MOAT_FAMILY_COUNT. */
moat_family moat_family_find(const char *name, size_t length);

/* A family with scalar parameters, as nodes in base units; constants are checked at once
 * (sd >= 0, low <= mode <= high, ...). dim is the dimension of the values; parameters are
 * checked against it. Families whose info says !quantities need constant nodes. Lognormal's
 * mu and sigma are dimensionless and describe the value divided by `scale` (base units per
 * unit of writing; 1 elsewhere), so that lognormal(2, 0.5) $bn is exp(2 + 0.5 z) $bn.
 * Likewise student_t, beta, bernoulli, poisson and binomial are multiplied by scale:
 * poisson(400) users is a number of users. Returns MOAT_NO_DIST on failure. */
moat_dist moat_dist_new(moat_graph *graph, moat_family family, const moat_node *parameters,
                        double scale, moat_dim dim, moat_error *error);

/* From the ends of a central interval of probability `central` (0 < central < 1): lognormal
 * when both are positive, else normal; ends in base units, low < high. */
moat_dist moat_dist_interval(moat_graph *graph, double low, double high, double central,
                             moat_dim dim, moat_error *error);

/* From points, in base units: MOAT_DISCRETE (x values, w weights), MOAT_METALOG (w
 * probabilities, x values), MOAT_EMPIRICAL (x values, w ignored and may be NULL). */
moat_dist moat_dist_points(moat_graph *graph, moat_family family, size_t count, const double *x,
                           const double *w, moat_dim dim, moat_error *error);

/* A mixture; the parts have constant parameters and one dimension. */
moat_dist moat_dist_mixture(moat_graph *graph, size_t count, const moat_dist *parts,
                            const double *weights, moat_error *error);

/* A distribution with constant parameters restricted to [low, high] (base units, either may
 * be infinite). Error: MOAT_INVALID where nothing of it lies between. */
moat_dist moat_dist_truncate(moat_graph *graph, moat_dist dist, double low, double high,
                             moat_error *error);

moat_dim moat_dist_dim(const moat_graph *graph, moat_dist dist);

/* The node that draws from a distribution with a source. */
moat_node moat_dist_draw(moat_graph *graph, moat_dist dist, moat_source source, moat_error *error);

/* The node of the probability that a distribution gives less than `value`, a node of its
 * dimension: how large a part of a population lies below. A separate value that is `value` itself
 * does not count. Parameters may be uncertain; where they, in a sample, are such that there is no
 * distribution (a triangular one with its mode outside), the probability is NaN. */
moat_node moat_dist_below(moat_graph *graph, moat_dist dist, moat_node value, moat_error *error);

/* The quantile function and the distribution function of a distribution with constant
 * parameters, in base units; accurate to about 1e-13 relative. NaN where a parameter is not
 * constant. */
double moat_dist_quantile(const moat_graph *graph, moat_dist dist, double probability);
double moat_dist_probability(const moat_graph *graph, moat_dist dist, double value);

/* A literal: "12 $bn/GW/yr", "12 to 15 @ 50 % $bn", "pert(10, 13, 18) $bn". Numbers may
 * have digits grouped by `_` or by `,` between digits, an exponent, and a sign; "to" is the
 * only separator of a range. A literal without a unit is dimensionless. `inf` and `-inf` are
 * numbers. */
typedef struct moat_literal {
    moat_unit unit; /* as written; that of "1" where none was */
    moat_dist dist; /* MOAT_NO_DIST: a constant */
    double value;   /* the constant in base units */
} moat_literal;

/* Errors: MOAT_SYNTAX, MOAT_UNKNOWN or MOAT_INVALID with error->where at the offending
 * byte. A fixed sentence, so that the caller can put a caret under the place. */
moat_status moat_literal_parse(moat_graph *graph, const char *text, size_t length,
                               moat_literal *literal, moat_error *error);

#endif
