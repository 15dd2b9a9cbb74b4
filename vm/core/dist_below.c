/* The probability below a value as a node: a closed form of value and parameters, all of which may
 * be columns, or the answer of the law, which gives both tails and takes twice as long. */
#include "dist_table.h"
#include "journal.h"
#include "node.h"

/* --- Of a law. Separate values count only where they are below: just below, that is. */

static double law_below(const moati_law *law, double x) {
    if (isnan(x))
        return (double)NAN;
    return x == (double)INFINITY ? 1 : moati_law_tails(law, nextafter(x, -(double)INFINITY)).lower;
}

static void run_law(const void *context, const double *const *inputs, double *const *outputs,
                    size_t lanes) {
    for (size_t i = 0; i < lanes; i++)
        outputs[0][i] = law_below(context, inputs[0][i]);
}

static const moat_kernel law_kernel = {"below", run_law};

/* --- Closed forms, of a value that is not NaN and parameters that are finite. p[3] is the scale of
 * the families whose parameters do not carry the unit of the value. A spread of 0 is one value. */

static double within(double probability) {
    return probability < 0 ? 0 : probability > 1 ? 1 : probability;
}

static double below_normal(double x, const double p[4]) {
    const double sd = fabs(p[1]);
    return sd == 0 ? p[0] < x : moati_normal_probability((x - p[0]) / sd);
}

static double below_lognormal(double x, const double p[4]) {
    return x <= 0 ? 0 : below_normal(moati_log(x / p[3]), p);
}

static double below_uniform(double x, const double p[4]) {
    const double low = fmin(p[0], p[1]), high = fmax(p[0], p[1]);
    return low == high ? low < x : within((x - low) / (high - low));
}

static double below_triangular(double x, const double p[4]) {
    const double low = p[0], mode = p[1], high = p[2];
    if (!(low <= mode && mode <= high))
        return (double)NAN;
    if (x <= low || x > high)
        return x > high;
    if (x < mode)
        return (x - low) / (high - low) * ((x - low) / (mode - low));
    return x == high ? 1 : 1 - (high - x) / (high - low) * ((high - x) / (high - mode));
}

static double below_exponential(double x, const double p[4]) {
    if (p[0] < 0)
        return (double)NAN;
    return x <= 0 ? 0 : -moati_expm1(-x / p[0]);
}

static double below_weibull(double x, const double p[4]) {
    if (!(p[0] > 0 && p[1] >= 0))
        return (double)NAN;
    return x <= 0 ? 0 : -moati_expm1(-moati_pow(x / p[1], p[0]));
}

static double below_bernoulli(double x, const double p[4]) {
    if (!(p[0] >= 0 && p[0] <= 1))
        return (double)NAN;
    return x <= 0 ? 0 : x <= p[3] ? 1 - p[0] : 1;
}

typedef struct closed_form {
    double (*below)(double x, const double p[4]);
} closed_form;

static const closed_form CLOSED_FORMS[MOAT_FAMILY_COUNT] = {
    [MOAT_NORMAL] = {below_normal},           [MOAT_LOGNORMAL] = {below_lognormal},
    [MOAT_UNIFORM] = {below_uniform},         [MOAT_TRIANGULAR] = {below_triangular},
    [MOAT_EXPONENTIAL] = {below_exponential}, [MOAT_WEIBULL] = {below_weibull},
    [MOAT_BERNOULLI] = {below_bernoulli},
};

static void run_closed_form(const void *context, const double *const *inputs,
                            double *const *outputs, size_t lanes) {
    const closed_form *form = context;
    for (size_t i = 0; i < lanes; i++) {
        const double x = inputs[0][i];
        const double p[4] = {inputs[1][i], inputs[2][i], inputs[3][i], inputs[4][i]};
        const bool known = isfinite(p[0]) && isfinite(p[1]) && isfinite(p[2]) && !isnan(x);
        outputs[0][i] = known ? form->below(x, p) : (double)NAN;
    }
}

static const moat_kernel closed_form_kernel = {"below", run_closed_form};

/* --- Nodes. */

/* The graph's table of distributions owns the context, and so does this file, of its forms. */
static moat_node call(moat_graph *graph, const moat_kernel *kernel, const void *context,
                      size_t count, const moat_node *inputs, moat_error *error) {
    const moat_dim plain = MOAT_DIMENSIONLESS;
    moat_node below;
    return moat_graph_call(graph, kernel, (void *)context, NULL, count, inputs, 1, &plain, &below,
                           error) == MOAT_OK
               ? below
               : MOAT_NO_NODE;
}

/* The law is that of scale 1. */
static moat_node below_gamma(moat_graph *graph, const moati_distribution *d, moat_node value,
                             moat_error *error) {
    const moat_node ratio = moat_graph_binary(graph, MOAT_DIV, value, d->parameter[1], error);
    return ratio ? call(graph, &law_kernel, d->law, 1, &ratio, error) : MOAT_NO_NODE;
}

static moat_node below_closed_form(moat_graph *graph, const moati_distribution *d, moat_node value,
                                   moat_error *error) {
    moat_node inputs[5] = {value, d->parameter[0], d->parameter[1], d->parameter[2], MOAT_NO_NODE};
    for (unsigned i = 1; i < 5; i++) {
        if (inputs[i] == MOAT_NO_NODE)
            inputs[i] =
                moat_graph_constant(graph, i == 4 ? d->scale : 0, MOAT_DIMENSIONLESS, error);
        if (inputs[i] == MOAT_NO_NODE)
            return MOAT_NO_NODE;
    }
    return call(graph, &closed_form_kernel, &CLOSED_FORMS[d->family], 5, inputs, error);
}

static bool fits(const moat_graph *graph, moat_node node, moat_dim dim) {
    double value;
    return moat_node_dim(graph, node) == dim ||
           (moat_node_dim(graph, node) == MOAT_DIMENSIONLESS &&
            moat_node_is_constant(graph, node, &value) && (value == 0 || isinf(value)));
}

static moat_node below(moat_graph *graph, moat_dist dist, moat_node value, moat_error *error) {
    const moati_distribution *d = moati_distribution_at(graph, dist);
    moat_units *units = moat_graph_units(graph);
    if (!d) {
        moat_fail(error, MOAT_INVALID, "there is no distribution %u", (unsigned)dist);
        return MOAT_NO_NODE;
    }
    if (!moati_is_node(graph, value)) {
        moat_fail(error, MOAT_INVALID, "the probability below: %u is no node of this graph",
                  (unsigned)value);
        return MOAT_NO_NODE;
    }
    if (!fits(graph, value, d->dim)) {
        moat_fail(error, MOAT_UNIT, "the probability below: the value is in %s, the %s in %s",
                  moat_dim_text(units, moat_node_dim(graph, value)),
                  moat_family_describe(d->family)->name, moat_dim_text(units, d->dim));
        return MOAT_NO_NODE;
    }
    if (CLOSED_FORMS[d->family].below != NULL)
        return below_closed_form(graph, d, value, error);
    if (d->known)
        return call(graph, &law_kernel, d->law, 1, &value, error);
    return below_gamma(graph, d, value, error); /* of all others the parameters are numbers */
}

moat_node moat_dist_below(moat_graph *graph, moat_dist dist, moat_node value, moat_error *error) {
    moati_journal_pause(moat_graph_units(graph));
    const moat_node node = below(graph, dist, value, error);
    moati_journal_resume(moat_graph_units(graph));
    return moati_record_below(graph, dist, value, node);
}
