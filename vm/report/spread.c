/* Isotonic regression by pooling neighbours. */
#include "spread.h"

typedef struct pool {
    double sum;
    size_t count;
} pool;

static double mean(const pool *p) {
    return p->sum / (double)p->count;
}

static double clamp(double value, double low, double high) {
    value = value > high ? high : value;
    return value < low ? low : value;
}

void moati_spread(size_t count, const double *sizes, double *places, double low, double high) {
    pool pools[MOATI_SPREAD];
    size_t used = 0, next = 0;
    double before = 0;
    count = count < MOATI_SPREAD ? count : MOATI_SPREAD;
    /* Without the room that those before need, places need only ascend. */
    for (size_t i = 0; i < count; i++) {
        pools[used++] = (pool){places[i] - before - sizes[i] / 2, 1};
        before += sizes[i];
        for (; used > 1 && mean(&pools[used - 2]) >= mean(&pools[used - 1]); used--) {
            pools[used - 2].sum += pools[used - 1].sum;
            pools[used - 2].count += pools[used - 1].count;
        }
    }
    const double last = high - before;
    before = 0;
    for (size_t p = 0; p < used; p++) {
        for (size_t k = 0; k < pools[p].count; k++, next++) {
            places[next] = clamp(mean(&pools[p]), low, last) + before + sizes[next] / 2;
            before += sizes[next];
        }
    }
}
