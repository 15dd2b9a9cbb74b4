/* A law: a distribution whose parameters are numbers. Laws answer for both tails, for the
 * density and for the quantile of any pair of tails; they know nothing of graphs.
 *
 * A law is immutable once made and may be read from several threads. Composite laws borrow
 * the laws that they are made of. */
#ifndef MOATI_LAW_H
#define MOATI_LAW_H

#include "metalog.h"
#include "moat/sample.h"
#include "special.h"
#include "steps.h"

typedef struct moati_law moati_law;

/* The coordinate h along which a law is tabulated and its equations are solved: one in which
 * the quantile function is smooth and no end is rounded away. */
typedef enum moati_coordinate {
    MOATI_STRAIGHT,    /* x = location + unit h */
    MOATI_LOGARITHMIC, /* x = unit exp(h) */
    MOATI_LOGISTIC,    /* x = location + unit / (1 + ratio exp(-h)) */
    MOATI_HYPERBOLIC   /* x = unit sinh(h) */
} moati_coordinate;

typedef struct moati_axis {
    moati_coordinate coordinate;
    double location, unit, ratio;
} moati_axis;

/* How the laws of one family answer. `at` is x, or h where along_axis. */
typedef struct moati_law_methods {
    bool along_axis;
    moati_tails (*tails)(const moati_law *law, double at);
    double (*density)(const moati_law *law, double at);
    /* The x with these tails; NULL where it must be solved for. */
    double (*quantile)(const moati_law *law, moati_tails target);
} moati_law_methods;

typedef struct moati_law_part {
    const moati_law *law;
    double weight;
} moati_law_part;

struct moati_law {
    const moati_law_methods *methods;
    moati_axis axis;
    double low, high; /* the support */
    double location, scale, shape;
    double mode; /* triangular: the density has a kink there */
    union {
        moati_gamma gamma;
        moati_beta beta;
        moati_metalog metalog;
        struct {
            moati_beta beta; /* of df / (df + t^2) */
            double peak;     /* the density along h at 0 */
        } student;
    } as;
    moati_steps *steps; /* a law on separate values */
    /* Mixtures have parts with weights of sum 1; a truncated law has one part, and a mixture
     * of one part is that part truncated nowhere. */
    size_t part_count;
    moati_law_part *parts;
    moati_tails at_low, at_high; /* truncated: the part's tails just below low and at high */
    double inside;               /* and what lies between */
};

/* A law of a family with scalar parameters, which the caller has checked: parameters and
 * scale as in moat_dist_new. Errors: MOAT_NO_MEMORY, MOAT_INVALID. */
moati_law *moati_law_new(moat_family family, const double parameters[3], double scale,
                         moat_error *error);

/* The others take over what they are given, also when they fail (NULL: no memory). */
moati_law *moati_law_from_steps(moati_steps *steps);
moati_law *moati_law_from_metalog(const moati_metalog *metalog);
moati_law *moati_law_mixture(size_t count, moati_law_part *parts);
/* NULL with *empty set where the law has nothing between low and high. */
moati_law *moati_law_truncated(const moati_law *law, double low, double high, bool *empty);

/* A law with nothing set but its methods and a mode that is nowhere. */
moati_law *moati_law_allocate(const moati_law_methods *methods);
void moati_law_free(moati_law *law);
/* What it takes, without the laws that it borrows. */
size_t moati_law_bytes(const moati_law *law);

moati_tails moati_law_tails(const moati_law *law, double x);
double moati_law_density(const moati_law *law, double x);
double moati_law_quantile(const moati_law *law, moati_tails target);

/* The same along the law's axis. guess is a coordinate near the result, or NaN. */
double moati_law_locate(const moati_law *law, moati_tails target, double guess);

/* Axes. */
double moati_axis_value(const moati_axis *axis, double h);
double moati_axis_coordinate(const moati_axis *axis, double x);
double moati_axis_slope(const moati_axis *axis, double h); /* dx/dh */

/* Finds h with the tails wanted in [low, high], either of which may be infinite. */
typedef struct moati_search {
    moati_tails (*tails)(const moati_law *law, double h);
    double (*density)(const moati_law *law, double h);
    const moati_law *law;
    double low, high, start;
} moati_search;
double moati_search_run(const moati_search *search, moati_tails target);

/* Where the quantile function is not smooth: ends of supports, kinks, separate values. Writes
 * at most `capacity` finite values, in no order; returns how many there are. */
size_t moati_law_breaks(const moati_law *law, double *breaks, size_t capacity);

#endif
