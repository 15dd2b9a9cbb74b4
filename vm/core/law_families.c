/* The laws with scalar parameters. Those of location and scale are answered for t, the
 * standardised value. */
#include "law.h"

#include <float.h>
#include <stdlib.h>

static double standardised(const moati_law *law, double x) {
    return (x - law->location) / law->scale;
}

/* --- Closed forms. */

static moati_tails normal_tails(const moati_law *law, double x) {
    return moati_normal_tails(standardised(law, x));
}

static double normal_density(const moati_law *law, double x) {
    return moati_normal_density(standardised(law, x)) / law->scale;
}

static double normal_quantile(const moati_law *law, moati_tails target) {
    return law->location + law->scale * moati_normal_score(target);
}

static double lognormal_score(const moati_law *law, double x) {
    return moati_log(x / law->scale) / law->shape;
}

static moati_tails lognormal_tails(const moati_law *law, double x) {
    return moati_normal_tails(lognormal_score(law, x));
}

static double lognormal_density(const moati_law *law, double x) {
    return moati_normal_density(lognormal_score(law, x)) / (law->shape * x);
}

static double lognormal_quantile(const moati_law *law, moati_tails target) {
    return law->scale * moati_exp(law->shape * moati_normal_score(target));
}

static moati_tails uniform_tails(const moati_law *law, double x) {
    return (moati_tails){standardised(law, x), (law->high - x) / law->scale};
}

static double uniform_density(const moati_law *law, double x) {
    (void)x;
    return 1 / law->scale;
}

static double uniform_quantile(const moati_law *law, moati_tails target) {
    return target.lower <= target.upper ? law->low + law->scale * target.lower
                                        : law->high - law->scale * target.upper;
}

static moati_tails triangular_tails(const moati_law *law, double x) {
    double below = x - law->low, above = law->high - x;
    if (x < law->mode) {
        double lower = below / law->scale * (below / (law->mode - law->low));
        return (moati_tails){lower, 1 - lower};
    }
    double upper = above / law->scale * (above / (law->high - law->mode));
    return (moati_tails){1 - upper, upper};
}

static double triangular_density(const moati_law *law, double x) {
    double side = x < law->mode ? (x - law->low) / (law->mode - law->low)
                                : (law->high - x) / (law->high - law->mode);
    return 2 / law->scale * side;
}

static double triangular_quantile(const moati_law *law, moati_tails target) {
    double below = law->mode - law->low, above = law->high - law->mode;
    if (target.lower * law->scale < below)
        return law->low + sqrt(target.lower * law->scale * below);
    return law->high - sqrt(target.upper * law->scale * above);
}

/* The standard exponential's quantile. */
static double waiting(moati_tails target) {
    return target.lower < 0.5 ? -moati_log1p(-target.lower) : -moati_log(target.upper);
}

static moati_tails exponential_tails(const moati_law *law, double x) {
    double t = x / law->scale;
    return (moati_tails){-moati_expm1(-t), moati_exp(-t)};
}

static double exponential_density(const moati_law *law, double x) {
    return moati_exp(-x / law->scale) / law->scale;
}

static double exponential_quantile(const moati_law *law, moati_tails target) {
    return law->scale * waiting(target);
}

static moati_tails weibull_tails(const moati_law *law, double x) {
    double s = moati_pow(x / law->scale, law->shape);
    return (moati_tails){-moati_expm1(-s), moati_exp(-s)};
}

static double weibull_density(const moati_law *law, double x) {
    double t = x / law->scale, s = moati_pow(t, law->shape);
    return law->shape / law->scale * (s / t) * moati_exp(-s);
}

static double weibull_quantile(const moati_law *law, moati_tails target) {
    return law->scale * moati_pow(waiting(target), 1 / law->shape);
}

/* --- Along an axis. */

static moati_tails gamma_tails(const moati_law *law, double h) {
    return moati_gamma_tails(&law->as.gamma, h);
}

static double gamma_density(const moati_law *law, double h) {
    return moati_gamma_density(&law->as.gamma, h);
}

static moati_tails beta_tails(const moati_law *law, double h) {
    return moati_beta_tails(&law->as.beta, h);
}

static double beta_density(const moati_law *law, double h) {
    return moati_beta_density(&law->as.beta, h);
}

/* t = sqrt(df) sinh(h); df / (df + t^2) is beta(df / 2, 1 / 2), at the coordinate
 * -2 log|t| of special.h. */
static moati_tails student_tails(const moati_law *law, double h) {
    double t = moati_axis_value(&law->axis, h) / law->scale;
    if (t == 0)
        return (moati_tails){0.5, 0.5};
    moati_tails beyond = moati_beta_tails(&law->as.student.beta, -2 * moati_log(fabs(t)));
    moati_tails tails = {0.5 * beyond.lower, 0.5 + 0.5 * beyond.upper};
    return h < 0 ? tails : moati_tails_swap(tails);
}

static double student_density(const moati_law *law, double h) {
    double df = law->shape, size = fabs(h), log_cosh = size - moati_log(2);
    if (size < 20) {
        double sinh = moati_axis_value(&law->axis, h) / law->axis.unit;
        log_cosh = 0.5 * moati_log1p(sinh * sinh);
    }
    return law->as.student.peak * moati_exp(-df * log_cosh);
}

/* --- Separate values and metalogs. */

static moati_tails steps_tails(const moati_law *law, double x) {
    return moati_steps_tails(law->steps, x);
}

static double steps_density(const moati_law *law, double x) {
    (void)law;
    (void)x;
    return 0;
}

static double steps_quantile(const moati_law *law, moati_tails target) {
    return moati_steps_quantile(law->steps, target);
}

static moati_tails metalog_tails(const moati_law *law, double x) {
    return moati_metalog_tails(&law->as.metalog, x);
}

static double metalog_density(const moati_law *law, double x) {
    moati_tails at = moati_metalog_tails(&law->as.metalog, x);
    return at.lower * at.upper / moati_metalog_slope(&law->as.metalog, at);
}

static double metalog_quantile(const moati_law *law, moati_tails target) {
    return moati_metalog_quantile(&law->as.metalog, target);
}

static const moati_law_methods METHODS[MOAT_FAMILY_COUNT] = {
    [MOAT_NORMAL] = {false, normal_tails, normal_density, normal_quantile},
    [MOAT_LOGNORMAL] = {false, lognormal_tails, lognormal_density, lognormal_quantile},
    [MOAT_UNIFORM] = {false, uniform_tails, uniform_density, uniform_quantile},
    [MOAT_TRIANGULAR] = {false, triangular_tails, triangular_density, triangular_quantile},
    [MOAT_PERT] = {true, beta_tails, beta_density, NULL},
    [MOAT_BETA] = {true, beta_tails, beta_density, NULL},
    [MOAT_GAMMA] = {true, gamma_tails, gamma_density, NULL},
    [MOAT_EXPONENTIAL] = {false, exponential_tails, exponential_density, exponential_quantile},
    [MOAT_WEIBULL] = {false, weibull_tails, weibull_density, weibull_quantile},
    [MOAT_STUDENT_T] = {true, student_tails, student_density, NULL},
    [MOAT_DISCRETE] = {false, steps_tails, steps_density, steps_quantile},
    [MOAT_METALOG] = {false, metalog_tails, metalog_density, metalog_quantile},
};

/* --- Making. */

static moati_axis straight(double location, double unit) {
    return (moati_axis){MOATI_STRAIGHT, location, unit, 0};
}

static moati_axis logarithmic(double unit) {
    return (moati_axis){MOATI_LOGARITHMIC, 0, unit, 0};
}

static void set_support(moati_law *law, double low, double high) {
    law->location = law->low = low;
    law->high = high;
    law->scale = high - low;
    law->axis = low == 0 ? logarithmic(high) : straight(low, law->scale);
}

static void set_positive(moati_law *law, double scale, double shape, double unit) {
    law->high = (double)INFINITY;
    law->scale = scale;
    law->shape = shape;
    law->axis = logarithmic(unit);
}

static void set_beta(moati_law *law, double alpha, double beta) {
    law->as.beta = moati_beta_prepare(alpha, beta);
    law->axis = (moati_axis){MOATI_LOGISTIC, law->low, law->scale, beta / alpha};
}

static void set_student(moati_law *law, double df, double scale) {
    double a = 0.5 * df, b = 0.5;
    moati_beta beta = moati_beta_prepare(a, b);
    /* 1 / B(a, b) from the largest value of x^a (1 - x)^b / B(a, b). */
    double peak = beta.peak * moati_exp(a * moati_log1p(b / a) + b * moati_log1p(a / b));
    law->as.student.beta = beta;
    law->as.student.peak = peak;
    law->low = -(double)INFINITY;
    law->high = (double)INFINITY;
    law->shape = df;
    law->scale = scale;
    law->axis = (moati_axis){MOATI_HYPERBOLIC, 0, scale * sqrt(df), 0};
}

static void set_parameters(moati_law *law, moat_family family, const double p[3], double scale) {
    switch (family) {
    case MOAT_LOGNORMAL: {
        double median = scale * moati_exp(p[0]);
        set_positive(law, median, p[1], median);
        break;
    }
    case MOAT_UNIFORM: set_support(law, p[0], p[1]); break;
    case MOAT_TRIANGULAR:
        set_support(law, p[0], p[2]);
        law->mode = p[1];
        break;
    case MOAT_PERT:
        set_support(law, p[0], p[2]);
        set_beta(law, 1 + 4 * (p[1] - p[0]) / law->scale, 1 + 4 * (p[2] - p[1]) / law->scale);
        break;
    case MOAT_BETA:
        set_support(law, 0, scale);
        set_beta(law, p[0], p[1]);
        break;
    case MOAT_GAMMA:
        set_positive(law, p[1], p[0], p[0] * p[1]);
        law->as.gamma = moati_gamma_prepare(p[0]);
        break;
    case MOAT_EXPONENTIAL: set_positive(law, p[0], 1, p[0]); break;
    case MOAT_WEIBULL: set_positive(law, p[1], p[0], p[1]); break;
    case MOAT_STUDENT_T: set_student(law, p[0], scale); break;
    default: /* normal */
        law->low = -(double)INFINITY;
        law->high = (double)INFINITY;
        law->location = p[0];
        law->scale = p[1];
        law->axis = straight(p[0], p[1]);
    }
}

/* The one value of a law without spread. */
static bool is_point(moat_family family, const double p[3], double scale, double *value) {
    switch (family) {
    case MOAT_NORMAL: *value = p[0]; return p[1] == 0;
    case MOAT_LOGNORMAL: *value = scale * moati_exp(p[0]); return p[1] == 0;
    case MOAT_UNIFORM: *value = p[0]; return p[0] == p[1];
    case MOAT_TRIANGULAR:
    case MOAT_PERT: *value = p[0]; return p[0] == p[2];
    case MOAT_GAMMA:
    case MOAT_WEIBULL: *value = 0; return p[1] == 0;
    case MOAT_EXPONENTIAL: *value = 0; return p[0] == 0;
    default: return false;
    }
}

static moati_law *law_allocate(moat_family family) {
    return moati_law_allocate(&METHODS[family]);
}

moati_law *moati_law_from_steps(moati_steps *steps) {
    moati_law *law = steps ? law_allocate(MOAT_DISCRETE) : NULL;
    if (!law) {
        moati_steps_free(steps);
        return NULL;
    }
    law->steps = steps;
    law->low = steps->value[0];
    law->high = steps->value[steps->count - 1];
    law->axis = straight(0, 1);
    return law;
}

moati_law *moati_law_from_metalog(const moati_metalog *metalog) {
    moati_law *law = law_allocate(MOAT_METALOG);
    if (!law)
        return NULL;
    law->as.metalog = *metalog;
    law->low = -(double)INFINITY;
    law->high = (double)INFINITY;
    double low = moati_metalog_quantile(metalog, (moati_tails){0.25, 0.75});
    double high = moati_metalog_quantile(metalog, (moati_tails){0.75, 0.25});
    law->axis = straight(low, high - low);
    return law;
}

/* One step for each count, `scale` apart. */
static moati_steps *make_steps(moat_family family, const double p[3], double scale,
                               bool *too_many) {
    if (family == MOAT_POISSON)
        return moati_steps_poisson(p[0], scale, too_many);
    if (family == MOAT_BINOMIAL)
        return moati_steps_binomial(p[0], p[1], scale, too_many);
    moati_point points[2] = {{0, 1 - p[0]}, {scale, p[0]}}; /* Bernoulli */
    return moati_steps_new(2, points);
}

moati_law *moati_law_new(moat_family family, const double parameters[3], double scale,
                         moat_error *error) {
    double value;
    bool too_many = false;
    moati_law *law;
    if (family == MOAT_BERNOULLI || family == MOAT_POISSON || family == MOAT_BINOMIAL) {
        law = moati_law_from_steps(make_steps(family, parameters, scale, &too_many));
    } else if (is_point(family, parameters, scale, &value)) {
        moati_point point = {value, 1};
        law = moati_law_from_steps(moati_steps_new(1, &point));
    } else if ((law = law_allocate(family))) {
        set_parameters(law, family, parameters, scale);
    }
    if (!law && too_many)
        moat_fail(error, MOAT_INVALID,
                  "%s: too many different values to tabulate; for counts this large use a normal "
                  "distribution of the same mean and standard deviation",
                  family == MOAT_POISSON ? "poisson" : "binomial");
    else if (!law)
        moat_fail(error, MOAT_NO_MEMORY, "out of memory for a distribution");
    return law;
}
