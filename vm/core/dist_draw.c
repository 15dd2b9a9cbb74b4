/* Distributions as nodes: each is its quantile function of one draw. */
#include "dist_table.h"
#include "environment.h"
#include "journal.h"

/* Makes nodes; after a failure everything gives MOAT_NO_NODE, so that a formula is written
 * as a formula and checked once. */
typedef struct writer {
    moat_graph *graph;
    moat_error *error;
} writer;

static moat_node number(writer *w, double value, moat_dim dim) {
    return moat_graph_constant(w->graph, value, dim, w->error);
}

static moat_node plain(writer *w, double value) {
    return number(w, value, MOAT_DIMENSIONLESS);
}

static moat_node unary(writer *w, moat_op op, moat_node a) {
    return a ? moat_graph_unary(w->graph, op, a, w->error) : MOAT_NO_NODE;
}

static moat_node binary(writer *w, moat_op op, moat_node a, moat_node b) {
    return a && b ? moat_graph_binary(w->graph, op, a, b, w->error) : MOAT_NO_NODE;
}

static moat_node choose(writer *w, moat_node condition, moat_node yes, moat_node no) {
    return condition && yes && no ? moat_graph_select(w->graph, condition, yes, no, w->error)
                                  : MOAT_NO_NODE;
}

static moat_node kernel(writer *w, const moat_kernel *kernel, const void *context,
                        size_t input_count, const moat_node *inputs, moat_dim dim) {
    moat_node output;
    for (size_t i = 0; i < input_count; i++)
        if (!inputs[i])
            return MOAT_NO_NODE;
    /* The table of distributions owns the context, which kernels do not change. */
    moat_status status = moat_graph_call(w->graph, kernel, (void *)context, NULL, input_count,
                                         inputs, 1, &dim, &output, w->error);
    return status == MOAT_OK ? output : MOAT_NO_NODE;
}

/* --- Closed forms. */

static moat_node draw_normal(writer *w, const moati_distribution *d, moat_source from) {
    return binary(w, MOAT_ADD, d->parameter[0], binary(w, MOAT_MUL, d->parameter[1], from.normal));
}

static moat_node draw_lognormal(writer *w, const moati_distribution *d, moat_source from) {
    moat_node exponent = draw_normal(w, d, from);
    return binary(w, MOAT_MUL, number(w, d->scale, d->dim), unary(w, MOAT_EXP, exponent));
}

static moat_node draw_uniform(writer *w, const moati_distribution *d, moat_source from) {
    moat_node width = binary(w, MOAT_SUB, d->parameter[1], d->parameter[0]);
    return binary(w, MOAT_ADD, d->parameter[0], binary(w, MOAT_MUL, width, from.uniform));
}

/* low + sqrt(u width (mode - low)) below the mode, high - sqrt((1 - u) width (high - mode))
 * above; the mode is where u width = mode - low. */
static moat_node draw_triangular(writer *w, const moati_distribution *d, moat_source from) {
    moat_node low = d->parameter[0], mode = d->parameter[1], high = d->parameter[2];
    moat_node width = binary(w, MOAT_SUB, high, low);
    moat_node rise = binary(w, MOAT_SUB, mode, low), fall = binary(w, MOAT_SUB, high, mode);
    moat_node lower = binary(w, MOAT_MUL, from.uniform, width);
    moat_node upper = binary(w, MOAT_MUL, binary(w, MOAT_SUB, plain(w, 1), from.uniform), width);
    moat_node below = unary(w, MOAT_SQRT, binary(w, MOAT_MUL, lower, rise));
    moat_node above = unary(w, MOAT_SQRT, binary(w, MOAT_MUL, upper, fall));
    return choose(w, binary(w, MOAT_LESS, lower, rise), binary(w, MOAT_ADD, low, below),
                  binary(w, MOAT_SUB, high, above));
}

/* The standard exponential: -log(1 - u). */
static moat_node waiting(writer *w, moat_source from) {
    return unary(w, MOAT_NEG, unary(w, MOAT_LOG1P, unary(w, MOAT_NEG, from.uniform)));
}

static moat_node draw_exponential(writer *w, const moati_distribution *d, moat_source from) {
    return binary(w, MOAT_MUL, d->parameter[0], waiting(w, from));
}

static moat_node draw_weibull(writer *w, const moati_distribution *d, moat_source from) {
    moat_node power = binary(w, MOAT_DIV, plain(w, 1), d->parameter[0]);
    return binary(w, MOAT_MUL, d->parameter[1], binary(w, MOAT_POW, waiting(w, from), power));
}

/* `scale` where u >= 1 - p, so that a greater draw is never a smaller value. */
static moat_node draw_bernoulli(writer *w, const moati_distribution *d, moat_source from) {
    moat_node failure = binary(w, MOAT_SUB, plain(w, 1), d->parameter[0]);
    moat_node success = binary(w, MOAT_AT_MOST, failure, from.uniform);
    if (d->scale == 1 && d->dim == MOAT_DIMENSIONLESS)
        return success;
    return binary(w, MOAT_MUL, success, number(w, d->scale, d->dim));
}

static moat_node draw_metalog(writer *w, const moati_distribution *d, moat_source from) {
    moat_node u = from.uniform;
    moat_node logit =
        binary(w, MOAT_SUB, unary(w, MOAT_LOG, u), unary(w, MOAT_LOG1P, unary(w, MOAT_NEG, u)));
    return kernel(w, &moati_metalog_kernel, &d->law->as.metalog, 2, (moat_node[]){u, logit},
                  d->dim);
}

/* --- Tables. */

static moat_node steps_value(writer *w, const moati_distribution *d, moat_source from) {
    const moati_steps *steps = d->law->steps;
    if (steps->count == 1)
        return number(w, steps->value[0], d->dim);
    return kernel(w, &moati_steps_kernel, steps, 1, &from.uniform, d->dim);
}

/* sinh by expm1 of the size, which keeps small values exact. */
static moat_node sinh_node(writer *w, moat_node h) {
    moat_node e = unary(w, MOAT_EXPM1, unary(w, MOAT_ABS, h));
    moat_node share = binary(w, MOAT_DIV, e, binary(w, MOAT_ADD, e, plain(w, 1)));
    moat_node size = binary(w, MOAT_MUL, plain(w, 0.5), binary(w, MOAT_ADD, e, share));
    return choose(w, binary(w, MOAT_LESS, h, plain(w, 0)), unary(w, MOAT_NEG, size), size);
}

/* From the coordinate to the value; `unit` may be uncertain. */
static moat_node axis_value(writer *w, const moati_axis *axis, moat_node h, moat_node unit,
                            moat_dim dim) {
    moat_node value = MOAT_NO_NODE;
    switch (axis->coordinate) {
    case MOATI_LOGARITHMIC: return binary(w, MOAT_MUL, unit, unary(w, MOAT_EXP, h));
    case MOATI_HYPERBOLIC: return binary(w, MOAT_MUL, unit, sinh_node(w, h));
    case MOATI_LOGISTIC: {
        moat_node fall = unary(w, MOAT_EXP, unary(w, MOAT_NEG, h));
        moat_node rest = binary(w, MOAT_MUL, plain(w, axis->ratio), fall);
        value = binary(w, MOAT_DIV, unit, binary(w, MOAT_ADD, plain(w, 1), rest));
        break;
    }
    case MOATI_STRAIGHT: value = binary(w, MOAT_MUL, unit, h); break;
    }
    return axis->location == 0 ? value : binary(w, MOAT_ADD, number(w, axis->location, dim), value);
}

/* Rounding may carry a truncated value over an end of its support. */
static moat_node clamp(writer *w, const moati_law *law, moat_node value, moat_dim dim) {
    if (!isinf(law->low))
        value = binary(w, MOAT_MAX, value, number(w, law->low, dim));
    if (!isinf(law->high))
        value = binary(w, MOAT_MIN, value, number(w, law->high, dim));
    return value;
}

static moat_node draw_curve(writer *w, const moati_distribution *d, const moati_curve *curve,
                            moat_source from) {
    const moati_axis *axis = &d->law->axis;
    moat_node h = kernel(w, &moati_curve_kernel, curve, 1, &from.normal, MOAT_DIMENSIONLESS);
    moat_node unit = number(w, axis->unit, d->known ? d->dim : MOAT_DIMENSIONLESS);
    if (!d->known)
        unit = binary(w, MOAT_MUL, d->parameter[1], unit);
    moat_node value = axis_value(w, axis, h, unit, d->dim);
    return d->family == MOAT_TRUNCATED ? clamp(w, d->law, value, d->dim) : value;
}

static bool is_tabulated(moat_family family) {
    return family == MOAT_PERT || family == MOAT_BETA || family == MOAT_GAMMA ||
           family == MOAT_STUDENT_T || family == MOAT_MIXTURE || family == MOAT_TRUNCATED;
}

static moat_node draw(moat_graph *graph, moat_dist dist, moat_source source, moat_error *error) {
    writer w = {graph, error};
    const moati_distribution *d = moati_distribution_at(graph, dist);
    if (!d) {
        moat_fail(error, MOAT_INVALID, "there is no distribution %u", (unsigned)dist);
        return MOAT_NO_NODE;
    }
    if (d->law && d->law->steps && (d->family != MOAT_BERNOULLI || d->law->steps->count == 1))
        return steps_value(&w, d, source);
    if (is_tabulated(d->family)) {
        const moati_curve *curve = moati_distribution_curve(graph, dist, error);
        return curve ? draw_curve(&w, d, curve, source) : MOAT_NO_NODE;
    }
    switch (d->family) {
    case MOAT_LOGNORMAL: return draw_lognormal(&w, d, source);
    case MOAT_UNIFORM: return draw_uniform(&w, d, source);
    case MOAT_TRIANGULAR: return draw_triangular(&w, d, source);
    case MOAT_EXPONENTIAL: return draw_exponential(&w, d, source);
    case MOAT_WEIBULL: return draw_weibull(&w, d, source);
    case MOAT_BERNOULLI: return draw_bernoulli(&w, d, source);
    case MOAT_METALOG: return draw_metalog(&w, d, source);
    default: return draw_normal(&w, d, source);
    }
}

moat_node moat_dist_draw(moat_graph *graph, moat_dist dist, moat_source source, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    moati_journal_pause(moat_graph_units(graph));
    const moat_node node = draw(graph, dist, source, error);
    moati_journal_resume(moat_graph_units(graph));
    return moati_record_draw(graph, dist, &source, node);
}
