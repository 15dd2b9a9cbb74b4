/* The internal rate of return, for one lane and as a block kernel. The kernel's context, the
 * length of a period, belongs to the graph. */
#include "irr.h"

#include <stdlib.h>

#include "journal.h"
#include "scalar.h"

/* The unknown is the growth g = log(1 + r), in which the net present value is smooth and the
 * bracket even. With v = exp(-g years), the value is v times a polynomial in v, whose sign is
 * that of the polynomial. */
typedef struct payments {
    const double *const *amounts;
    size_t lane, count;
    double years;
} payments;

static double value_at(const payments *p, double growth) {
    double v = moati_exp(-growth * p->years);
    double sum = 0;
    for (size_t t = p->count; t-- > 0;)
        sum = sum * v + p->amounts[t][p->lane];
    return sum;
}

static bool opposite(double a, double b) {
    return (a < 0 && b > 0) || (a > 0 && b < 0);
}

/* The root between two growths whose values differ in sign: false position that halves the
 * weight of an end that stays (the Illinois method), and bisection where that is slow. */
static double root_between(const payments *p, double a, double fa, double b, double fb) {
    for (int step = 0; step < 200 && fabs(b - a) > 1e-15 * (1 + fabs(a)); step++) {
        double c = step % 4 == 3 ? a + (b - a) / 2 : (fa * b - fb * a) / (fa - fb);
        if (!((c > a && c < b) || (c > b && c < a)))
            c = a + (b - a) / 2;
        double fc = value_at(p, c);
        if (fc == 0 || c == a || c == b)
            return c;
        if (opposite(fc, fb)) {
            a = b;
            fa = fb;
        } else {
            fa /= 2;
        }
        b = c;
        fb = fc;
    }
    return b;
}

static bool can_have_root(const payments *p) {
    bool negative = false, positive = false;
    for (size_t t = 0; t < p->count; t++) {
        double amount = p->amounts[t][p->lane];
        if (!(fabs(amount) <= 1.7976931348623157e308))
            return false;
        negative = negative || amount < 0;
        positive = positive || amount > 0;
    }
    return negative && positive;
}

/* One step outwards on one side of 0; true with a root in *growth. */
static bool search(const payments *p, double *from, double *value, double to, double *growth) {
    double reached = value_at(p, to);
    bool found = reached == 0 || opposite(*value, reached);
    if (found)
        *growth = reached == 0 ? to : root_between(p, *from, *value, to, reached);
    *from = to;
    *value = reached;
    return found;
}

double moati_irr(const double *const *amounts, size_t lane, size_t count, double years) {
    const double lowest = -9.210340371976182, highest = 13.815510557964274; /* logarithms */
    payments p = {amounts, lane, count, years};
    if (!can_have_root(&p))
        return NAN;
    double at_zero = value_at(&p, 0);
    if (at_zero == 0)
        return 0;
    double down = 0, down_value = at_zero, up = 0, up_value = at_zero, width = 0.01;
    while (up < highest) {
        double below = 0, above = 0;
        bool has_above = search(&p, &up, &up_value, fmin(up + width, highest), &above);
        bool has_below =
            down > lowest && search(&p, &down, &down_value, fmax(down - width, lowest), &below);
        double rate_above = moati_expm1(above), rate_below = moati_expm1(below);
        if (has_above && (!has_below || rate_above <= -rate_below))
            return rate_above;
        if (has_below)
            return rate_below;
        width *= 1.2;
    }
    return NAN;
}

static void run(const void *context, const double *const *inputs, double *const *outputs,
                size_t lanes) {
    const payments *p = context;
    for (size_t lane = 0; lane < lanes; lane++)
        outputs[0][lane] = moati_irr(inputs, lane, p->count, p->years);
}

static const moat_kernel kernel = {"irr", run};

moat_status moati_graph_irr(moat_graph *graph, size_t count, const moat_node *amounts, double years,
                            moat_dim dim, moat_node *rate, moat_error *error) {
    payments *context = malloc(sizeof *context);
    if (!context)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    *context = (payments){.count = count, .years = years};
    const moat_status status =
        moat_graph_call(graph, &kernel, context, free, count, amounts, 1, &dim, rate, error);
    if (status == MOAT_OK)
        moati_record_irr(graph, count, amounts, years, *rate);
    return status;
}
