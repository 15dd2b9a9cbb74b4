#include "kinds.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mix.h"

static uint64_t state;

static uint64_t random_word(void) {
    return moati_mix64(state += MOATI_GOLDEN);
}

static double uniform(void) {
    return ((double)(random_word() >> 12) + 0.5) * 0x1p-52;
}

static double normal(void) {
    return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

static double of_any_bits(void) {
    double x;
    do {
        uint64_t word = random_word();
        memcpy(&x, &word, sizeof x);
    } while (isnan(x));
    return x;
}

const char *const kind_names[KINDS] = {"normal",
                                       "lognormal",
                                       "very heavy tails",
                                       "Cauchy",
                                       "a condition",
                                       "a rare event",
                                       "a constant",
                                       "zeros",
                                       "dates",
                                       "any bits",
                                       "denormals",
                                       "ascending",
                                       "descending",
                                       "powers",
                                       "values far from zero",
                                       "infinities",
                                       "a crowd",
                                       "nested crowds",
                                       "the full range",
                                       "zeros and infinity"};

static double value_of(enum kind kind, size_t i) {
    switch (kind) {
    case NORMAL: return normal();
    case LOGNORMAL: return exp(normal());
    case VERY_HEAVY: return exp(10 * normal());
    case CAUCHY: return tan(3.14159 * (uniform() - 0.5));
    case CONDITION: return uniform() < 0.3;
    case RARE: return uniform() < 0.001;
    case CONSTANT: return 5;
    case ZEROS: return uniform() < 0.5 ? 0.0 : -0.0;
    case DATES: return uniform() < 0.4 ? INFINITY : floor(40 * uniform()) / 4;
    case ANY_BITS: return of_any_bits();
    case DENORMAL: return floor(1e5 * uniform()) * 5e-324;
    case ASCENDING: return (double)i;
    case DESCENDING: return -(double)i;
    case POWERS: return pow(10, floor(300 * uniform()));
    case FAR_FROM_ZERO: return 1e9 + 1e-6 * uniform();
    case INFINITIES: return uniform() < 0.5 ? INFINITY : -INFINITY;
    case CROWDED: return i % 1000 == 0 ? 1e300 * normal() : 1 + 1e-10 * floor(7 * uniform());
    case NESTED: return exp(-exp(8 * uniform()));
    case FULL_RANGE: return (uniform() < 0.5 ? -1 : 1) * 1.7e308 * uniform();
    case ZEROS_OR_NEVER: return uniform() < 0.6 ? INFINITY : i % 2 == 0 ? 0.0 : -0.0;
    case KINDS: break;
    }
    return NAN;
}

void fill_with(enum kind kind, size_t count, double *values) {
    state = (uint64_t)kind << 32 ^ count;
    for (size_t i = 0; i < count; i++)
        values[i] = value_of(kind, i);
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double sorted_quantile(size_t count, const double *sorted, double p) {
    double position = (double)(count - 1) * p;
    size_t rank = (size_t)position;
    double part = position - (double)rank, a = sorted[rank];
    double b = rank + 1 < count ? sorted[rank + 1] : a;
    if (a == b || part == 0)
        return a + 0.0;
    if (isinf(b - a))
        return a * (1 - part) + b * part;
    return (part < 0.5 ? a + (b - a) * part : b - (b - a) * (1 - part)) + 0.0;
}

void sort_values(size_t count, double *values) {
    qsort(values, count, sizeof *values, compare);
}

bool same(double a, double b) {
    return isnan(a) ? isnan(b) : memcmp(&a, &b, sizeof a) == 0;
}
