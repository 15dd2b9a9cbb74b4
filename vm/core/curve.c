/* Tabulating a law: one polynomial for each panel, through Chebyshev's nodes; panels are halved
 * until it fits. A curve belongs to who made it and needs the law no more. */
#include "curve.h"

#include <stdlib.h>

#include "table.h"

enum { TERMS = MOATI_CURVE_TERMS, PANELS_LIMIT = 1 << 15 };

static const double PANEL_WIDTH = 1.04; /* tried first */
static const double NARROWEST = 1e-7;   /* the width of what is left of a jump */
static const double TOLERANCE = 2e-14;  /* of h, in a panel of the first width */
static const double NEAR_END = 0.998;   /* where in a panel the fit is checked */
static const double FAR = 1000;         /* exp(-1000) is 0: stands for an infinite h */
static const double HALF_PI = 1.5707963267948966;

typedef struct builder {
    const moati_law *law;
    moati_panel *panels;
    double *ends;
    size_t count, panel_capacity, end_capacity;
    double z, h, rate; /* the last sample, and the slope there */
    double unit;       /* what h is exact to */
    double cosine[4 * TERMS];
    const moati_account *account;
    bool failed;
} builder;

static double sample(builder *b, double z) {
    double guess = b->h + (z - b->z) * b->rate;
    b->failed = b->failed || moat_budget_cancelled(b->account->budget);
    double h = moati_law_locate(b->law, moati_normal_tails(z), guess);
    if (!isfinite(h))
        h = copysign(FAR, h);
    if (z != b->z)
        b->rate = (h - b->h) / (z - b->z);
    b->z = z;
    b->h = h;
    return h;
}

static double panel_at(const moati_panel *panel, double z) {
    double t = (z - panel->centre) * panel->per_half_width, sum = panel->term[TERMS - 1];
    for (int i = TERMS - 2; i >= 0; i--)
        sum = sum * t + panel->term[i];
    return sum;
}

/* Chebyshev coefficients from values at the nodes cos(pi (j + 1/2) / TERMS). */
static void transform(const builder *b, const double value[TERMS], double chebyshev[TERMS]) {
    for (int k = 0; k < TERMS; k++) {
        double sum = 0;
        for (int j = 0; j < TERMS; j++)
            sum += value[j] * b->cosine[k * (2 * j + 1) % (4 * TERMS)];
        chebyshev[k] = sum * (k == 0 ? 1.0 : 2.0) / TERMS;
    }
}

/* Clenshaw's recurrence on polynomials: p_k = c_k + 2 t p_(k+1) - p_(k+2). */
static void to_powers(const double chebyshev[TERMS], double power[TERMS]) {
    double next[TERMS] = {0}, after[TERMS] = {0};
    for (int k = TERMS - 1; k >= 0; k--) {
        double factor = k == 0 ? 1.0 : 2.0;
        for (int i = 0; i < TERMS; i++)
            power[i] = (i > 0 ? factor * next[i - 1] : 0) - after[i];
        power[0] += chebyshev[k];
        for (int i = 0; i < TERMS; i++) {
            after[i] = next[i];
            next[i] = power[i];
        }
    }
}

static void add_panel(builder *b, const moati_panel *panel, double end) {
    if (!moati_grow(&b->panels, &b->panel_capacity, b->count + 1, sizeof *b->panels) ||
        !moati_grow(&b->ends, &b->end_capacity, b->count + 1, sizeof *b->ends)) {
        b->failed = true;
        return;
    }
    b->panels[b->count] = *panel;
    b->ends[b->count++] = end;
}

static void add_flat(builder *b, double low, double high, double h) {
    moati_panel panel = {.centre = 0.5 * (low + high), .term = {h}};
    add_panel(b, &panel, high);
}

/* Whether the polynomial through the panel's nodes fits; if not, *panel is the line between
 * its ends. */
static bool fit(builder *b, double low, double high, moati_panel *panel) {
    double centre = 0.5 * (low + high), half = 0.5 * (high - low);
    double value[TERMS], chebyshev[TERMS], size = 0;
    double first = sample(b, centre - NEAR_END * half);
    for (int j = TERMS - 1; j >= 0; j--)
        value[j] = sample(b, centre + half * b->cosine[2 * j + 1]);
    double last = sample(b, centre + NEAR_END * half);
    size = fmax(fabs(first), fabs(last));
    double allowed = (TOLERANCE * b->unit + 5e-16 * size) * fmax(1, PANEL_WIDTH / (2 * half));
    transform(b, value, chebyshev);
    *panel = (moati_panel){.centre = centre, .per_half_width = 1 / half};
    to_powers(chebyshev, panel->term);
    double ends = fmax(fabs(panel_at(panel, centre - NEAR_END * half) - first),
                       fabs(panel_at(panel, centre + NEAR_END * half) - last));
    double rest = fmax(fabs(chebyshev[TERMS - 1]), fabs(chebyshev[TERMS - 2]));
    if (fmax(ends, rest) <= allowed)
        return true;
    *panel = (moati_panel){.centre = centre,
                           .per_half_width = 1 / half,
                           .term = {0.5 * (first + last), 0.5 * (last - first) / NEAR_END}};
    return false;
}

static void add_smooth(builder *b, double low, double high) {
    moati_panel panel;
    if (b->failed)
        return;
    if (fit(b, low, high, &panel) || high - low < NARROWEST || b->count > PANELS_LIMIT) {
        add_panel(b, &panel, high);
        return;
    }
    double middle = 0.5 * (low + high);
    add_smooth(b, low, middle);
    add_smooth(b, middle, high);
}

static void add_segment(builder *b, double low, double high) {
    double parts = ceil((high - low) / PANEL_WIDTH);
    for (double i = 0; i < parts; i++)
        add_smooth(b, low + (high - low) * (i / parts),
                   i + 1 < parts ? low + (high - low) * ((i + 1) / parts) : high);
}

static double reach(double z) {
    return fmin(fmax(z, -MOATI_CURVE_REACH), MOATI_CURVE_REACH);
}

static void build(builder *b, const double *breaks, size_t count) {
    const double least = 1e-12; /* what lies closer together is one place */
    double z = -MOATI_CURVE_REACH;
    for (size_t i = 0; i < count && !b->failed; i++) {
        double just_below = nextafter(breaks[i], -(double)INFINITY);
        double from = reach(moati_normal_score(moati_law_tails(b->law, just_below)));
        double to = reach(moati_normal_score(moati_law_tails(b->law, breaks[i])));
        if (from > z + least) {
            add_segment(b, z, from);
            z = from;
        }
        if (to > z + least) {
            double h = moati_axis_coordinate(&b->law->axis, breaks[i]);
            add_flat(b, z, to, isfinite(h) ? h : copysign(FAR, h));
            z = to;
        }
    }
    if (z < MOATI_CURVE_REACH && !b->failed)
        add_segment(b, z, MOATI_CURVE_REACH);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void prepare(builder *b) {
    for (int i = 0; i < 4 * TERMS; i++)
        b->cosine[i] = moati_cos(HALF_PI * i / TERMS);
    b->z = (double)NAN;
    b->h = (double)NAN;
    b->unit = 1;
    if (b->law->axis.coordinate == MOATI_STRAIGHT) {
        moati_tails below = {0.25, 0.75};
        double width =
            moati_law_quantile(b->law, moati_tails_swap(below)) - moati_law_quantile(b->law, below);
        b->unit = width > 0 ? width / b->law->axis.unit : 1;
    }
}

static moati_curve *finish(builder *b) {
    moati_curve *curve = b->failed ? NULL : calloc(1, sizeof *curve);
    if (curve &&
        moati_guide_make(&curve->guide, b->ends, b->count, -MOATI_CURVE_REACH, MOATI_CURVE_REACH)) {
        curve->count = b->count;
        curve->ends = b->ends;
        curve->panels = b->panels;
        return curve;
    }
    free(curve);
    free(b->panels);
    free(b->ends);
    return NULL;
}

moati_curve *moati_curve_new(const moati_law *law, const moati_account *account,
                             moat_error *error) {
    double *breaks = malloc(MOATI_CURVE_BREAKS * sizeof *breaks);
    moati_curve *curve = NULL;
    if (breaks) {
        builder b = {.law = law, .account = account};
        size_t count = moati_law_breaks(law, breaks, MOATI_CURVE_BREAKS);
        if (count > MOATI_CURVE_BREAKS) {
            moat_fail(error, MOAT_INVALID,
                      "mixture: %zu separate values beside a continuous part are more than %d",
                      count, (int)MOATI_CURVE_BREAKS);
            free(breaks);
            return NULL;
        }
        qsort(breaks, count, sizeof *breaks, ascending);
        prepare(&b);
        build(&b, breaks, count);
        curve = finish(&b);
    }
    free(breaks);
    if (!curve && moati_account_look(account, error) == MOAT_OK)
        moat_fail(error, MOAT_NO_MEMORY, "out of memory for the table of a distribution");
    return curve;
}

size_t moati_curve_bytes(const moati_curve *curve) {
    return sizeof *curve + curve->count * (sizeof *curve->ends + sizeof *curve->panels) +
           moati_guide_bytes(&curve->guide);
}

void moati_curve_free(moati_curve *curve) {
    if (!curve)
        return;
    moati_guide_free(&curve->guide);
    free(curve->ends);
    free(curve->panels);
    free(curve);
}

double moati_curve_at(const moati_curve *curve, double z) {
    z = z > -MOATI_CURVE_REACH ? z : -MOATI_CURVE_REACH;
    z = z < MOATI_CURVE_REACH ? z : MOATI_CURVE_REACH;
    return panel_at(&curve->panels[moati_guide_find(&curve->guide, z)], z);
}

static void curve_run(const void *context, const double *const *inputs, double *const *outputs,
                      size_t lanes) {
    const moati_curve *curve = context;
    for (size_t i = 0; i < lanes; i++)
        outputs[0][i] = moati_curve_at(curve, inputs[0][i]);
}

const moat_kernel moati_curve_kernel = {"quantile", curve_run};
