/* The kernels of menus. Every plan is compared with every other, in all lanes at once: there is no
 * sorting, which would differ from lane to lane. */
#include "menu.h"

#include <math.h>
#include <stdbool.h>

enum { CHUNK = 128 };

/* How much rounding of prices is forgiven. */
static const double FORGIVEN = 0x1p-48;

/* What is known of one plan in each lane: it is best between two values of a unit of quality. */
typedef struct range {
    double from[CHUNK], to[CHUNK];
} range;

/* --- Cut-offs. Against a plan that is worse by `quality` and cheaper by `price`, a plan is taken
 * from price / quality on; against a better one, up to there. */

static void compare(range *r, const double *restrict price, const double *restrict quality,
                    const double *restrict other_price, const double *restrict other_quality,
                    bool wins_ties, size_t lanes) {
    for (size_t i = 0; i < lanes; i++) {
        const double dp = price[i] - other_price[i], dq = quality[i] - other_quality[i];
        const double equal_at = dp / dq;
        const bool beaten = dq == 0 && !(wins_ties ? dp <= 0 : dp < 0);
        const double to = beaten ? -(double)INFINITY : r->to[i];
        r->from[i] = dq > 0 && equal_at > r->from[i] ? equal_at : r->from[i];
        r->to[i] = dq < 0 && equal_at < to ? equal_at : to;
    }
}

/* Against taking none, which is without price and quality, and loses ties. */
static void compare_with_none(range *r, const double *restrict price,
                              const double *restrict quality, size_t lanes) {
    for (size_t i = 0; i < lanes; i++) {
        r->from[i] = quality[i] > 0 ? price[i] / quality[i] : -(double)INFINITY;
        r->to[i] = quality[i] > 0 || price[i] <= 0 ? (double)INFINITY : -(double)INFINITY;
    }
}

static void write_cutoffs(const range *r, const double *restrict unknown, double *restrict cutoff,
                          size_t lanes) {
    for (size_t i = 0; i < lanes; i++) {
        const double from = r->from[i], size = fabs(from);
        const double slack = size < (double)INFINITY ? FORGIVEN * size : 0;
        const double kept = r->to[i] - slack > from ? from - slack : (double)INFINITY;
        cutoff[i] = unknown[i] != 0 ? (double)NAN : kept;
    }
}

static void find_unknown(const double *const *inputs, size_t plans, size_t first, size_t lanes,
                         double *restrict unknown) {
    for (size_t i = 0; i < lanes; i++)
        unknown[i] = 0;
    for (size_t k = 0; k < plans; k++) {
        const double *restrict price = inputs[k] + first;
        const double *restrict quality = inputs[plans + k] + first;
        for (size_t i = 0; i < lanes; i++) {
            const bool known =
                price[i] == price[i] && quality[i] >= 0 && quality[i] < (double)INFINITY;
            unknown[i] = known ? unknown[i] : 1;
        }
    }
}

static void cut_plan(const double *const *inputs, size_t plans, size_t k, size_t first,
                     size_t lanes, const double *unknown, double *cutoff) {
    const double *price = inputs[k] + first, *quality = inputs[plans + k] + first;
    range r;
    compare_with_none(&r, price, quality, lanes);
    for (size_t j = 0; j < plans; j++)
        if (j != k)
            compare(&r, price, quality, inputs[j] + first, inputs[plans + j] + first, k < j, lanes);
    write_cutoffs(&r, unknown, cutoff, lanes);
}

static void run_cutoffs(const void *context, const double *const *inputs, double *const *outputs,
                        size_t lanes) {
    const moati_menu *menu = context;
    double unknown[CHUNK];
    for (size_t first = 0; first < lanes; first += CHUNK) {
        const size_t count = lanes - first < CHUNK ? lanes - first : CHUNK;
        find_unknown(inputs, menu->plans, first, count, unknown);
        for (size_t k = 0; k < menu->plans; k++)
            cut_plan(inputs, menu->plans, k, first, count, unknown, outputs[k] + first);
    }
}

/* --- Shares. Of better plans, the one with the lowest cut-off takes over. */

static void take_lower(const double *restrict below, double *restrict lowest, size_t lanes) {
    for (size_t i = 0; i < lanes; i++)
        lowest[i] = below[i] >= lowest[i] ? lowest[i] : below[i];
}

static void take_lower_of_better(const double *restrict below, const double *restrict quality,
                                 const double *restrict than, double *restrict lowest,
                                 size_t lanes) {
    for (size_t i = 0; i < lanes; i++)
        lowest[i] = quality[i] > than[i] && below[i] < lowest[i] ? below[i] : lowest[i];
}

static void share_plan(const double *const *inputs, size_t plans, size_t k, double *restrict share,
                       size_t lanes) {
    const double *below = inputs[plans + k];
    for (size_t i = 0; i < lanes; i++)
        share[i] = 1;
    for (size_t j = 0; j < plans; j++)
        take_lower_of_better(inputs[plans + j], inputs[j], inputs[k], share, lanes);
    for (size_t i = 0; i < lanes; i++)
        share[i] = share[i] - below[i] < 0 ? 0 : share[i] - below[i];
}

static void run_shares(const void *context, const double *const *inputs, double *const *outputs,
                       size_t lanes) {
    const moati_menu *menu = context;
    const size_t plans = menu->plans;
    for (size_t k = 0; k < plans; k++)
        share_plan(inputs, plans, k, outputs[k], lanes);
    for (size_t i = 0; i < lanes; i++)
        outputs[plans][i] = 1;
    for (size_t k = 0; k < plans; k++)
        take_lower(inputs[plans + k], outputs[plans], lanes);
}

static bool fits(const void *context, size_t size, size_t inputs, size_t outputs, size_t extra) {
    const moati_menu *menu = context;
    return size == sizeof *menu && inputs % 2 == 0 && menu->plans == inputs / 2 &&
           outputs == inputs / 2 + extra;
}

static bool fits_cutoffs(const void *context, size_t size, size_t inputs, size_t outputs) {
    return fits(context, size, inputs, outputs, 0);
}

static bool fits_shares(const void *context, size_t size, size_t inputs, size_t outputs) {
    return fits(context, size, inputs, outputs, 1);
}

const moat_kernel moati_menu_cutoffs = {"pricing.cutoffs", run_cutoffs, fits_cutoffs};
const moat_kernel moati_menu_shares = {"pricing.shares", run_shares, fits_shares};
