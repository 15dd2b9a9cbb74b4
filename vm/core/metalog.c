/* Fitting and evaluating metalogs, and their block kernel. A metalog is a plain value: nothing
 * here is allocated. */
#include "metalog.h"

#include <string.h>

enum { POINTS = MOATI_METALOG_MAX };

typedef struct linear_system {
    size_t size;
    size_t term[POINTS]; /* of each column */
    double matrix[POINTS][POINTS];
    double factors[POINTS][POINTS];
    size_t row[POINTS]; /* of the matrix, in the order of elimination */
} linear_system;

/* Term i of the quantile function is c^power, times the logit where `spread`. */
typedef struct term {
    bool spread;
    size_t power;
} term;

static term term_at(size_t i) {
    if (i < 4)
        return (term){i == 1 || i == 2, i >= 2};
    return (term){i % 2 == 1, i / 2};
}

static moati_tails tails_of_logit(double logit) {
    return (moati_tails){1 / (1 + moati_exp(-logit)), 1 / (1 + moati_exp(logit))};
}

static double logit_of(moati_tails target) {
    return moati_log(target.lower) - moati_log(target.upper);
}

static double polynomial(const double *coefficients, size_t degree, double x) {
    double sum = coefficients[degree];
    for (size_t i = degree; i-- > 0;)
        sum = sum * x + coefficients[i];
    return sum;
}

static double polynomial_slope(const double *coefficients, size_t degree, double x) {
    double sum = 0;
    for (size_t i = degree; i > 0; i--)
        sum = sum * x + (double)i * coefficients[i];
    return sum;
}

double moati_metalog_quantile(const moati_metalog *metalog, moati_tails target) {
    double c = target.lower - target.upper, spread;
    double middle = polynomial(metalog->middle, metalog->degree, c);
    if (target.lower == 0 || target.upper == 0)
        return copysign((double)INFINITY, c);
    spread = polynomial(metalog->spread, metalog->degree, c);
    return middle + spread * logit_of(target);
}

double moati_metalog_slope(const moati_metalog *metalog, moati_tails target) {
    double c = target.lower - target.upper, logit = logit_of(target);
    double by_c = polynomial_slope(metalog->middle, metalog->degree, c) +
                  polynomial_slope(metalog->spread, metalog->degree, c) * logit;
    return 2 * target.lower * target.upper * by_c + polynomial(metalog->spread, metalog->degree, c);
}

moati_tails moati_metalog_tails(const moati_metalog *metalog, double x) {
    double low = -745, high = 745, logit = 0;
    for (int i = 0; i < 200 && high - low > 1e-15 * fabs(logit); i++) {
        moati_tails at = tails_of_logit(logit);
        double c = at.lower - at.upper;
        double excess = polynomial(metalog->middle, metalog->degree, c) +
                        polynomial(metalog->spread, metalog->degree, c) * logit - x;
        double next = logit - excess / moati_metalog_slope(metalog, at);
        if (excess > 0)
            high = logit;
        else
            low = logit;
        if (!(next > low && next < high))
            next = low + 0.5 * (high - low);
        if (excess == 0 || next == logit)
            break;
        logit = next;
    }
    return tails_of_logit(logit);
}

/* --- Fitting: Gaussian elimination with row pivoting, then refinement with residuals in
 * fused arithmetic, as powers of c make the system nearly singular for many points. */

static void choose_pivot(linear_system *system, size_t column) {
    size_t best = column;
    for (size_t i = column + 1; i < system->size; i++)
        if (fabs(system->factors[system->row[i]][column]) >
            fabs(system->factors[system->row[best]][column]))
            best = i;
    size_t swapped = system->row[column];
    system->row[column] = system->row[best];
    system->row[best] = swapped;
}

/* Returns the smallest pivot. */
static double factorise(linear_system *system) {
    size_t n = system->size;
    double smallest = (double)INFINITY;
    memcpy(system->factors, system->matrix, sizeof system->factors);
    for (size_t i = 0; i < n; i++)
        system->row[i] = i;
    for (size_t k = 0; k < n; k++) {
        choose_pivot(system, k);
        const double *top = system->factors[system->row[k]];
        smallest = fmin(smallest, fabs(top[k]));
        for (size_t i = k + 1; i < n && top[k] != 0; i++) {
            double *row = system->factors[system->row[i]];
            row[k] /= top[k];
            for (size_t j = k + 1; j < n; j++)
                row[j] -= row[k] * top[j];
        }
    }
    return smallest;
}

static void solve(const linear_system *system, const double *right, double *solution) {
    size_t n = system->size;
    for (size_t i = 0; i < n; i++) {
        const double *row = system->factors[system->row[i]];
        solution[i] = right[system->row[i]];
        for (size_t j = 0; j < i; j++)
            solution[i] -= row[j] * solution[j];
    }
    for (size_t i = n; i-- > 0;) {
        const double *row = system->factors[system->row[i]];
        for (size_t j = i + 1; j < n; j++)
            solution[i] -= row[j] * solution[j];
        solution[i] /= row[i];
    }
}

static void refine(const linear_system *system, const double *right, double *solution) {
    double residual[POINTS] = {0}, correction[POINTS];
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < system->size; i++) {
            residual[i] = right[i];
            for (size_t j = 0; j < system->size; j++)
                residual[i] = fma(-system->matrix[i][j], solution[j], residual[i]);
        }
        solve(system, residual, correction);
        for (size_t i = 0; i < system->size; i++)
            solution[i] += correction[i];
    }
}

/* The probability near which the quantile function does not increase; NaN where it increases
 * everywhere. The slope by the logit is a smooth function between the limits s(-1) and s(1)
 * at the ends, so a fine grid finds any place that matters. */
static double find_decrease(const moati_metalog *metalog) {
    const double end = 40, step = 1.0 / 64;
    if (polynomial(metalog->spread, metalog->degree, -1) < 0)
        return 0;
    if (polynomial(metalog->spread, metalog->degree, 1) < 0)
        return 1;
    for (double logit = -end; logit <= end; logit += step) {
        moati_tails at = tails_of_logit(logit);
        if (!(moati_metalog_slope(metalog, at) > 0))
            return at.lower;
    }
    return (double)NAN;
}

static void fill_system(linear_system *system, const moati_point *points) {
    for (size_t i = 0; i < system->size; i++) {
        moati_tails at = {points[i].weight, 1 - points[i].weight};
        double c = at.lower - at.upper, logit = logit_of(at), power[MOATI_METALOG_TERMS] = {1};
        for (size_t j = 1; j < MOATI_METALOG_TERMS; j++)
            power[j] = power[j - 1] * c;
        for (size_t j = 0; j < system->size; j++) {
            term t = term_at(system->term[j]);
            system->matrix[i][j] = power[t.power] * (t.spread ? logit : 1);
        }
    }
}

/* Chooses the terms and factorises their system. The last term of 7, 11 or 15 is odd about
 * the middle, like the one before it; through points that lie symmetrically it adds nothing,
 * and the next term, which is even, takes its place. */
static bool choose_terms(linear_system *system, const moati_point *points) {
    const double singular = 1e-11;
    size_t last = system->size - 1;
    for (size_t i = 0; i < system->size; i++)
        system->term[i] = i;
    fill_system(system, points);
    if (factorise(system) > singular)
        return true;
    if (last % 4 != 2 || last < 6)
        return false;
    system->term[last] = last + 1;
    fill_system(system, points);
    return factorise(system) > singular;
}

moat_status moati_metalog_fit(size_t count, const moati_point *points, moati_metalog *metalog,
                              moat_error *error) {
    linear_system system = {.size = count};
    double right[POINTS], solution[POINTS];
    for (size_t i = 0; i < count; i++)
        right[i] = points[i].value;
    if (!choose_terms(&system, points))
        return moat_fail(error, MOAT_INVALID,
                         "metalog: the points are too close together to fit; leave some out");
    solve(&system, right, solution);
    refine(&system, right, solution);
    *metalog = (moati_metalog){.degree = term_at(system.term[count - 1]).power};
    for (size_t i = 0; i < count; i++) {
        term t = term_at(system.term[i]);
        *(t.spread ? &metalog->spread[t.power] : &metalog->middle[t.power]) = solution[i];
    }
    double place = find_decrease(metalog);
    if (place == place)
        return moat_fail(error, MOAT_INVALID,
                         "metalog: the quantile function through these points is not increasing "
                         "near probability %.3g; use fewer points or move them",
                         place);
    return MOAT_OK;
}

static void metalog_run(const void *context, const double *const *inputs, double *const *outputs,
                        size_t lanes) {
    const moati_metalog *metalog = context;
    const double *u = inputs[0], *logit = inputs[1];
    double *x = outputs[0];
    for (size_t i = 0; i < lanes; i++) {
        double c = u[i] - (1 - u[i]);
        double middle = metalog->middle[metalog->degree], spread = metalog->spread[metalog->degree];
        for (size_t j = metalog->degree; j-- > 0;) {
            middle = middle * c + metalog->middle[j];
            spread = spread * c + metalog->spread[j];
        }
        x[i] = middle + spread * logit[i];
    }
}

const moat_kernel moati_metalog_kernel = {"metalog", metalog_run};
