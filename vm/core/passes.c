/* `#pragma GCC unroll 1` keeps the loops over lanes as they are written: they become a few
 * vector operations, where an unrolled loop would be vectorised badly or not at all. */
#include "passes.h"

#include <math.h>

#include "kernels.h"
#include "mix.h"

enum { LANES = MOATI_SUM_LANES };

static inline void scan_lane(moati_scan *s, size_t lane, double x, double scale) {
    s->sum.lost[lane] += moati_add_losing(&s->sum.sum[lane], x * scale);
    s->min[lane] = x < s->min[lane] ? x : s->min[lane];
    s->max[lane] = x > s->max[lane] ? x : s->max[lane];
}

static void scan(moati_scan *result, size_t count, const double *values, double scale) {
    moati_scan s = {.min = {0}};
    const size_t whole = count - count % LANES;
    for (size_t l = 0; l < LANES; l++) {
        s.min[l] = (double)INFINITY;
        s.max[l] = -(double)INFINITY;
    }
    for (size_t i = 0; i < whole; i += LANES) {
#pragma GCC unroll 1
        for (size_t l = 0; l < LANES; l++)
            scan_lane(&s, l, values[i + l], scale);
    }
    for (size_t l = 0; whole + l < count; l++)
        scan_lane(&s, l, values[whole + l], scale);
    *result = s;
}

static inline void deviate_lane(moati_deviations *d, size_t lane, double deviation) {
    d->plain[lane] += deviation;
    d->squares.lost[lane] += moati_add_losing(&d->squares.sum[lane], deviation * deviation);
}

static void deviate(moati_deviations *result, size_t count, const double *values, double scale,
                    double centre) {
    moati_deviations d = {.plain = {0}};
    const size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
#pragma GCC unroll 1
        for (size_t l = 0; l < LANES; l++)
            deviate_lane(&d, l, values[i + l] * scale - centre);
    }
    for (size_t l = 0; whole + l < count; l++)
        deviate_lane(&d, l, values[whole + l] * scale - centre);
    *result = d;
}

static uint64_t digest(size_t count, const double *values) {
    static const uint64_t not_a_number = UINT64_C(0x7ff8000000000000);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bits = values[i] != values[i] ? not_a_number : bits;
        sum += moati_mix64(bits ^ (i + 1) * MOATI_GOLDEN);
    }
    return sum;
}

static void measure(const moati_ruler *ruler, size_t count, const double *restrict values,
                    uint16_t *restrict buckets) {
    if (ruler->linear) {
        const double last = (double)(ruler->buckets - 1);
        for (size_t i = 0; i < count; i++) {
            double x = (values[i] - ruler->low) * ruler->scale;
            x = x > 0 ? x : 0;
            x = x < last ? x : last;
            buckets[i] = (uint16_t)(int)x;
        }
    } else {
        for (size_t i = 0; i < count; i++)
            buckets[i] = (uint16_t)((moati_order_of(values[i]) - ruler->origin) >> ruler->shift);
    }
}

#define TABLE_(isa) moati_passes_##isa
#define TABLE(isa)  TABLE_(isa)

const moati_passes TABLE(MOATI_ISA) = {scan, deviate, digest, measure};
