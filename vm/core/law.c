/* What all laws share: axes, solving for quantiles, questions to a law of any family. A law owns
 * its steps and its list of parts, but not the laws of the parts. */
#include "law.h"

#include <float.h>
#include <stdlib.h>

/* --- Axes. */

static double sinh_of(double h) {
    double e = moati_expm1(fabs(h));
    return copysign(isinf(e) ? e : 0.5 * (e + e / (e + 1)), h);
}

static double asinh_of(double x) {
    double size = fabs(x);
    if (size > 1e150)
        return copysign(moati_log(size) + moati_log(2), x);
    return copysign(moati_log1p(size + size * size / (1 + sqrt(1 + size * size))), x);
}

double moati_axis_value(const moati_axis *axis, double h) {
    switch (axis->coordinate) {
    case MOATI_LOGARITHMIC: return axis->unit * moati_exp(h);
    case MOATI_LOGISTIC: return axis->location + axis->unit / (1 + axis->ratio * moati_exp(-h));
    case MOATI_HYPERBOLIC: return axis->unit * sinh_of(h);
    case MOATI_STRAIGHT: break;
    }
    return axis->location + axis->unit * h;
}

double moati_axis_coordinate(const moati_axis *axis, double x) {
    double t = (x - axis->location) / axis->unit;
    switch (axis->coordinate) {
    case MOATI_LOGARITHMIC: return moati_log(t);
    case MOATI_LOGISTIC: return moati_log(t) - moati_log1p(-t) + moati_log(axis->ratio);
    case MOATI_HYPERBOLIC: return asinh_of(t);
    case MOATI_STRAIGHT: break;
    }
    return t;
}

double moati_axis_slope(const moati_axis *axis, double h) {
    switch (axis->coordinate) {
    case MOATI_LOGARITHMIC: return axis->unit * moati_exp(h);
    case MOATI_LOGISTIC: {
        double above = 1 / (1 + axis->ratio * moati_exp(-h));
        double below = 1 / (1 + moati_exp(h) / axis->ratio);
        return axis->unit * above * below;
    }
    case MOATI_HYPERBOLIC: return axis->unit * sqrt(1 + sinh_of(h) * sinh_of(h));
    case MOATI_STRAIGHT: break;
    }
    return axis->unit;
}

/* --- Solving. Newton's method on the normal score of the tails, which is close to linear
 * along an axis, kept between bounds that close in on the result. */

enum { SEARCH_LIMIT = 400 };

static double search_bisect(const moati_search *s, double h, double excess, double *stride) {
    if (!isinf(s->low) && !isinf(s->high))
        return s->low + 0.5 * (s->high - s->low);
    *stride *= 2;
    return excess > 0 ? h - *stride : h + *stride;
}

double moati_search_run(const moati_search *search, moati_tails target) {
    const double close = 1e-9; /* Newton squares it */
    moati_search s = *search;
    double z = moati_normal_score(target), h = s.start, last = (double)INFINITY, stride = 0.5;
    for (int i = 0; i < SEARCH_LIMIT; i++) {
        double score = moati_normal_score(s.tails(s.law, h)), excess = score - z;
        double step = excess * moati_normal_density(score) / s.density(s.law, h);
        double next = h - step;
        if (excess == 0)
            return h;
        if (fabs(excess) < close && next >= s.low && next <= s.high)
            return next;
        if (excess > 0)
            s.high = h;
        else
            s.low = h;
        if (!(s.high - s.low > DBL_EPSILON * fabs(h)))
            return s.high;
        if (!(next > s.low && next < s.high) || !(fabs(excess) < 0.7 * last))
            next = search_bisect(&s, h, excess, &stride);
        last = fabs(excess);
        h = next;
    }
    return h;
}

/* --- Laws. */

moati_law *moati_law_allocate(const moati_law_methods *methods) {
    moati_law *law = calloc(1, sizeof *law);
    if (!law)
        return NULL;
    law->methods = methods;
    law->mode = (double)NAN;
    return law;
}

void moati_law_free(moati_law *law) {
    if (!law)
        return;
    moati_steps_free(law->steps);
    free(law->parts);
    free(law);
}

size_t moati_law_bytes(const moati_law *law) {
    const size_t steps = law->steps ? sizeof *law->steps + law->steps->count * 3 * sizeof(double) +
                                          moati_guide_bytes(&law->steps->guide)
                                    : 0;
    return sizeof *law + law->part_count * sizeof *law->parts + steps;
}

moati_tails moati_law_tails(const moati_law *law, double x) {
    if (x < law->low || x == -(double)INFINITY)
        return (moati_tails){0, 1};
    if (x >= law->high)
        return (moati_tails){1, 0};
    return law->methods->tails(law,
                               law->methods->along_axis ? moati_axis_coordinate(&law->axis, x) : x);
}

double moati_law_density(const moati_law *law, double x) {
    if (x < law->low || x > law->high)
        return 0;
    if (!law->methods->along_axis)
        return law->methods->density(law, x);
    double h = moati_axis_coordinate(&law->axis, x);
    return law->methods->density(law, h) / moati_axis_slope(&law->axis, h);
}

/* The mixed laws' side of a search, where methods are in x. */
static moati_tails tails_along(const moati_law *law, double h) {
    return moati_law_tails(law, moati_axis_value(&law->axis, h));
}

static double density_along(const moati_law *law, double h) {
    return moati_law_density(law, moati_axis_value(&law->axis, h)) *
           moati_axis_slope(&law->axis, h);
}

/* A mixture's quantile lies between the least and the greatest of its parts'. */
static double locate_in_mixture(const moati_law *law, moati_tails target, double guess) {
    moati_search search = {tails_along,      density_along,     law,
                           (double)INFINITY, -(double)INFINITY, guess};
    for (size_t i = 0; i < law->part_count; i++) {
        double x = moati_law_quantile(law->parts[i].law, target);
        double h = moati_axis_coordinate(&law->axis, fmin(fmax(x, -DBL_MAX), DBL_MAX));
        search.low = fmin(search.low, h);
        search.high = fmax(search.high, h);
    }
    if (!(search.low < search.high))
        return search.high;
    if (!(guess > search.low && guess < search.high))
        search.start =
            isinf(search.low) ? search.high : search.low + 0.5 * (search.high - search.low);
    return moati_search_run(&search, target);
}

static moati_tails tails_inside(const moati_law *law, moati_tails target) {
    return (moati_tails){law->at_low.lower + law->inside * target.lower,
                         law->at_high.upper + law->inside * target.upper};
}

static bool is_truncated(const moati_law *law) {
    return law->part_count == 1;
}

double moati_law_locate(const moati_law *law, moati_tails target, double guess) {
    if (law->methods->quantile)
        return moati_axis_coordinate(&law->axis, law->methods->quantile(law, target));
    if (is_truncated(law)) {
        double h = moati_law_locate(law->parts[0].law, tails_inside(law, target), guess);
        return fmin(fmax(h, moati_axis_coordinate(&law->axis, law->low)),
                    moati_axis_coordinate(&law->axis, law->high));
    }
    if (law->part_count > 1)
        return locate_in_mixture(law, target, guess);
    moati_search search = {law->methods->tails, law->methods->density, law,
                           -(double)INFINITY,   (double)INFINITY,      guess == guess ? guess : 0};
    return moati_search_run(&search, target);
}

double moati_law_quantile(const moati_law *law, moati_tails target) {
    if (target.lower <= 0)
        return law->low;
    if (target.upper <= 0)
        return law->high;
    if (law->methods->quantile)
        return law->methods->quantile(law, target);
    if (is_truncated(law)) {
        double x = moati_law_quantile(law->parts[0].law, tails_inside(law, target));
        return fmin(fmax(x, law->low), law->high);
    }
    double h = moati_law_locate(law, target, (double)NAN);
    return fmin(fmax(moati_axis_value(&law->axis, h), law->low), law->high);
}
