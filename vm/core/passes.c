/* `#pragma GCC unroll 1` keeps the loops over lanes as they are written: they become a few
 * vector operations, where an unrolled loop would be vectorised badly or not at all. */
#include "passes.h"

#include <math.h>

#include "kernels.h"
#include "lanes.h"
#include "mix.h"

enum { LANES = MOATI_SUM_LANES };

static inline void total_lane(moati_totals *t, size_t lane, double x) {
    const double scaled = x * t->scale, deviation = scaled - t->centre;
    t->sum.lost[lane] += moati_add_losing(&t->sum.sum[lane], scaled);
    t->squares.lost[lane] += moati_add_losing(&t->squares.sum[lane], deviation * deviation);
    t->min[lane] = x < t->min[lane] ? x : t->min[lane];
    t->max[lane] = x > t->max[lane] ? x : t->max[lane];
}

static void total(moati_totals *totals, size_t count, const double *values) {
    moati_totals t = *totals;
    const size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
#pragma GCC unroll 1
        for (size_t l = 0; l < LANES; l++)
            total_lane(&t, l, values[i + l]);
    }
    for (size_t l = 0; whole + l < count; l++)
        total_lane(&t, l, values[whole + l]);
    *totals = t;
}

static uint64_t digest(size_t first, size_t count, const double *values) {
    static const uint64_t not_a_number = UINT64_C(0x7ff8000000000000);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        bits = values[i] != values[i] ? not_a_number : bits;
        sum += moati_mix64(bits ^ (first + i + 1) * MOATI_GOLDEN);
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

/* Few values lie between the ends, so that most vectors cost two comparisons and a count. */
static void sift(moati_bracket *bracket, size_t count, const double *values) {
    moati_bracket b = *bracket;
    const vec low = vset(b.low), high = vset(b.high);
    const size_t whole = count - count % WIDTH;
    for (size_t i = 0; i < whole; i += WIDTH) {
        const vec x = vload(values + i);
        const vmask below = vless(x, low), within = vexcept(vat_most(x, high), below);
        b.below += vcount(below);
        if (vany(within)) {
            const vmask at_low = vequal(x, low), at_high = vexcept(vequal(x, high), at_low);
            b.at_low += vcount(at_low);
            b.at_high += vcount(at_high);
            b.inside += vkeep(b.values + b.inside, vexcept(vexcept(within, at_low), at_high), x);
        }
    }
    for (size_t i = whole; i < count; i++) {
        const double x = values[i];
        b.below += x < b.low;
        b.at_low += x == b.low;
        b.at_high += x == b.high && x != b.low;
        if (x > b.low && x < b.high)
            b.values[b.inside++] = x;
    }
    *bracket = b;
}

#define TABLE_(isa) moati_passes_##isa
#define TABLE(isa)  TABLE_(isa)

const moati_passes TABLE(MOATI_ISA) = {total, digest, measure, sift};
