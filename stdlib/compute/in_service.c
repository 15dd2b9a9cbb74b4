/* Arrivals and retirements of orders that share a lead time and a life. */
#include "in_service.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The running total `position` periods after the start of the first order's period, linear between
 * the ends of periods and constant from the last on. What is not reached is not looked at. */
static double total_at(const double *const *totals, size_t count, size_t lane, double position) {
    if (position >= (double)count)
        return totals[count - 1][lane];
    if (!(position > 0))
        return position <= 0 ? 0 : position; /* NaN stays */
    const size_t whole = (size_t)position;
    const double before = whole > 0 ? totals[whole - 1][lane] : 0;
    const double part = position - (double)whole;
    return part > 0 ? before + (totals[whole][lane] - before) * part : before;
}

static void run_in_service(const void *context, const double *const *inputs, double *const *outputs,
                           size_t lanes) {
    const moati_window *window = context;
    const double *restrict lead = inputs[0], *restrict life = inputs[1];
    double *restrict arrived = outputs[0], *restrict retired = outputs[1];
    for (size_t i = 0; i < lanes; i++) {
        const double arrival = window->age - (lead[i] < 0 ? 0 : lead[i]);
        const double retirement = arrival - (life[i] < 0 ? 0 : life[i]);
        arrived[i] = total_at(inputs + 2, window->count, i, arrival);
        retired[i] = total_at(inputs + 2, window->count, i, retirement);
    }
}

static void run_column(const void *context, const double *const *inputs, double *const *outputs,
                       size_t lanes) {
    (void)context;
    memcpy(outputs[0], inputs[1], lanes * sizeof(double));
}

static bool fits_in_service(const void *context, size_t size, size_t inputs, size_t outputs) {
    const moati_window *window = context;
    return size == sizeof *window && isfinite(window->age) && window->count >= 1 && inputs >= 3 &&
           window->count == inputs - 2 && outputs == 2;
}

static bool fits_column(const void *context, size_t size, size_t inputs, size_t outputs) {
    (void)context;
    return size == 0 && inputs == 2 && outputs == 1;
}

const moat_kernel moati_in_service = {"compute.in_service", run_in_service, fits_in_service};
const moat_kernel moati_column = {"compute.column", run_column, fits_column};
