#include "bracket.h"

#include <math.h>

enum { SAFETY = 6 }; /* standard errors */

moati_target moati_target_of(double probability, size_t samples) {
    moati_target target = {.probability = probability};
    target.rank = (size_t)((double)(samples - 1) * probability);
    const double widest = SAFETY * sqrt((double)samples * probability * (1 - probability)) / 2;
    /* Once narrowed, it is half empty. */
    target.room = 4 * ((size_t)widest + SAFETY + 2) + MOATI_PIECE;
    return target;
}

size_t moati_target_memory(const moati_target *target) {
    return target->room + MOATI_SUM_LANES;
}

void moati_bracket_begin(moati_bracket *bracket, double *memory) {
    *bracket = (moati_bracket){.low = -INFINITY, .high = INFINITY, .values = memory};
}

/* How far, in ranks, the wanted value may lie from where it is expected among the values seen
 * so far. They are a part of a finite number, which lessens the standard error: when all
 * have been seen nothing is uncertain. */
static double margin_of(const moati_target *target, size_t samples, size_t seen) {
    const double p = target->probability, n = (double)seen, left = (double)(samples - seen);
    return SAFETY * (sqrt(p * (1 - p) * n * left / (double)samples) + 1);
}

/* Draws the ends in, each to a value inside, and counts what is outside thereby. */
static void narrow(moati_bracket *b, const moati_target *target, moati_selector *selector,
                   size_t samples, size_t seen) {
    const double expected = (double)target->rank * ((double)seen / (double)samples);
    const double margin = margin_of(target, samples, seen), base = (double)(b->below + b->at_low);
    const double first = floor(expected - margin) - base, last = ceil(expected + margin) + 1 - base;
    const size_t count = b->inside, end = count - 1;
    size_t ranks[2] = {first <= 0             ? 0
                       : first >= (double)end ? end
                                              : (size_t)first,
                       last <= 0             ? 0
                       : last >= (double)end ? end
                                             : (size_t)last};
    double found[2];
    moati_selector_find(selector, count, b->values, 2, ranks, found);
    if (first >= 0) {
        b->low = found[0];
        b->below += b->at_low;
        b->at_low = 0;
    }
    if (last <= (double)end) {
        b->high = found[1];
        b->at_high = 0;
    }
    b->inside = 0;
    moati_selector_passes(selector)->sift(b, count, b->values);
}

void moati_bracket_add(moati_bracket *b, const moati_target *target, moati_selector *selector,
                       size_t samples, size_t seen, size_t count, const double *values) {
    if (target->room - b->inside < count)
        narrow(b, target, selector, samples, seen);
    moati_selector_passes(selector)->sift(b, count, values);
}

/* The values at ranks[0] <= ranks[1] of the whole column; false where one is lost. */
static bool find_ranks(const moati_bracket *b, moati_selector *selector, const size_t ranks[2],
                       double found[2]) {
    const size_t inside = b->below + b->at_low, above = inside + b->inside;
    size_t wanted[2], count = 0;
    double values[2];
    if (ranks[0] < b->below || ranks[1] >= above + b->at_high)
        return false;
    for (size_t i = 0; i < 2; i++)
        if (ranks[i] >= inside && ranks[i] < above)
            wanted[count++] = ranks[i] - inside;
    if (count > 0)
        moati_selector_find(selector, b->inside, b->values, count, wanted, values);
    for (size_t i = 2; i-- > 0;)
        found[i] = ranks[i] < inside ? b->low : ranks[i] >= above ? b->high : values[--count];
    return true;
}

bool moati_bracket_finish(const moati_bracket *b, const moati_target *target,
                          moati_selector *selector, size_t samples, double *quantile) {
    const size_t ranks[2] = {target->rank,
                             target->rank + 1 < samples ? target->rank + 1 : target->rank};
    double found[2];
    if (!find_ranks(b, selector, ranks, found))
        return false;
    const double part = (double)(samples - 1) * target->probability - (double)target->rank;
    *quantile = moati_interpolate(found[0], found[1], part);
    return true;
}
