/* One pass gives what two would: the squares are of deviations from the mean of the first piece,
 * and what that mean differs from the mean of all is put right at the end (Chan, Golub and
 * LeVeque, "Algorithms for computing the sample variance", 1983). Whatever the values, the
 * sum of n squares is at most n / MOATI_PIECE times what it would be from the mean of all;
 * where the order is random it is hardly more. */
#include "moments.h"

#include <math.h>
#include <stdbool.h>

/* --- Exact sums. */

/* A number as an unevaluated sum: high is it rounded. */
typedef struct pair {
    double high, low;
} pair;

/* The sum of all lanes, without error but for the last rounding: each number is carried
 * through the list of parts, which thereby stays exact (Shewchuk's expansions). */
static pair sum_of_lanes(const moati_sums *lanes) {
    double parts[2 * MOATI_SUM_LANES] = {0};
    for (size_t i = 0; i < 2 * MOATI_SUM_LANES; i++) {
        double carried = i < MOATI_SUM_LANES ? lanes->sum[i] : lanes->lost[i - MOATI_SUM_LANES];
        for (size_t j = 0; j < i; j++) {
            double lost = moati_add_losing(&carried, parts[j]);
            parts[j] = lost;
        }
        parts[i] = carried;
    }
    pair total = {parts[2 * MOATI_SUM_LANES - 1], 0};
    for (size_t i = 2 * MOATI_SUM_LANES - 1; i-- > 0;)
        total.low += moati_add_losing(&total.high, parts[i]);
    total.low = moati_add_losing(&total.high, total.low);
    return total;
}

static double divide_pair(pair number, double by) {
    double quotient = number.high / by;
    double rest = fma(-quotient, by, number.high) + number.low;
    return quotient + rest / by;
}

/* number - a b, rounded. */
static double less_product(pair number, double a, double b) {
    double product = a * b, lost = fma(a, b, -product);
    double rest = moati_add_losing(&number.high, -product);
    return number.high + (rest + (number.low - lost));
}

static double plain_sum(const double *lane) {
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
           ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

/* --- Adding. */

void moati_moments_begin(moati_moments *m, double scale) {
    *m = (moati_moments){.totals = {.scale = scale}};
    for (size_t l = 0; l < MOATI_SUM_LANES; l++) {
        m->totals.min[l] = INFINITY;
        m->totals.max[l] = -INFINITY;
    }
}

static void choose_centre(moati_moments *m, const moati_passes *passes, size_t count,
                          const double *values) {
    moati_totals first = m->totals;
    passes->total(&first, count, values);
    m->totals.centre = divide_pair(sum_of_lanes(&first.sum), (double)count);
}

static void count_special(moati_moments *m, size_t count, const double *values) {
    for (size_t i = 0; i < count; i++) {
        m->nan_count += values[i] != values[i];
        m->inf_count += values[i] == (double)INFINITY;
    }
}

void moati_moments_add(moati_moments *m, const moati_passes *passes, size_t count,
                       const double *values) {
    if (m->count == 0)
        choose_centre(m, passes, count, values);
    passes->total(&m->totals, count, values);
    /* NaN or an infinity leaves its trace in the sum, so that most columns need no search. */
    if (!isfinite(plain_sum(m->totals.sum.sum)))
        count_special(m, count, values);
    m->digest += passes->digest(m->count, count, values);
    m->count += count;
}

/* --- The result. */

/* The power of two that brings the largest magnitude near 1, so that squares neither overflow
 * nor vanish. Multiplying by it is exact. */
static double scale_of(double magnitude) {
    int exponent;
    frexp(magnitude, &exponent);
    return ldexp(1, exponent < -1022 ? 1022 : -exponent);
}

static double sd_of(const moati_moments *m, pair sum) {
    if (m->count < 2)
        return 0;
    const double n = (double)m->count, scale = m->totals.scale;
    const pair squares = sum_of_lanes(&m->totals.squares);
    const double offset = less_product(sum, n, m->totals.centre);
    const double variance = (squares.high - offset * offset / n + squares.low) / (n - 1);
    return sqrt(variance > 0 ? variance : 0) / scale;
}

/* Of values that are not all equal and of which some are infinite. */
static double infinite_mean(double min, double max) {
    return isfinite(min) ? max : isfinite(max) ? min : NAN;
}

/* Mean and sd of values without NaN; min and max are known. */
static double mean_and_sd(const moati_moments *m, moat_summary *summary) {
    const double min = summary->min, max = summary->max, size = fmax(fabs(min), fabs(max));
    if (min == max) {
        summary->mean = min;
        summary->sd = isfinite(min) ? 0 : NAN;
    } else if (isinf(size)) {
        summary->mean = infinite_mean(min, max);
        summary->sd = NAN;
    } else if (m->totals.scale == 1 && (size > 0x1p400 || size < 0x1p-400)) {
        return scale_of(size);
    } else {
        const pair sum = sum_of_lanes(&m->totals.sum);
        summary->mean = divide_pair(sum, (double)m->count) / m->totals.scale;
        summary->sd = sd_of(m, sum);
    }
    summary->mcse = summary->sd / sqrt((double)m->count);
    return 0;
}

double moati_moments_finish(const moati_moments *m, moat_summary *summary) {
    summary->digest = m->digest;
    summary->nan_count = m->nan_count;
    summary->inf_count = m->inf_count;
    if (m->nan_count > 0) {
        summary->mean = summary->sd = summary->mcse = summary->min = summary->max = NAN;
        summary->p5 = summary->p25 = summary->p50 = summary->p75 = summary->p95 = NAN;
        return 0;
    }
    summary->min = m->totals.min[0];
    summary->max = m->totals.max[0];
    for (size_t l = 1; l < MOATI_SUM_LANES; l++) {
        summary->min = fmin(summary->min, m->totals.min[l]);
        summary->max = fmax(summary->max, m->totals.max[l]);
    }
    summary->min += 0.0; /* a negative zero becomes positive */
    summary->max += 0.0;
    return mean_and_sd(m, summary);
}
