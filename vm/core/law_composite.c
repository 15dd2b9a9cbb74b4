/* Laws made of others: mixtures and truncated laws. */
#include "law.h"

#include <float.h>
#include <stdlib.h>

/* --- Mixtures. */

static moati_tails mixture_tails(const moati_law *law, double x) {
    moati_tails sum = {0, 0};
    for (size_t i = 0; i < law->part_count; i++) {
        moati_tails part = moati_law_tails(law->parts[i].law, x);
        sum.lower += law->parts[i].weight * part.lower;
        sum.upper += law->parts[i].weight * part.upper;
    }
    return sum;
}

static double mixture_density(const moati_law *law, double x) {
    double sum = 0;
    for (size_t i = 0; i < law->part_count; i++)
        sum += law->parts[i].weight * moati_law_density(law->parts[i].law, x);
    return sum;
}

/* --- Truncated laws. Differences are taken between the smaller tails. */

static moati_tails truncated_tails(const moati_law *law, double x) {
    moati_tails at = moati_law_tails(law->parts[0].law, x);
    double below = law->at_low.lower < law->at_low.upper ? at.lower - law->at_low.lower
                                                         : law->at_low.upper - at.upper;
    double above = law->at_high.upper < law->at_high.lower ? at.upper - law->at_high.upper
                                                           : law->at_high.lower - at.lower;
    return (moati_tails){fmax(0, below / law->inside), fmax(0, above / law->inside)};
}

static double truncated_density(const moati_law *law, double x) {
    return moati_law_density(law->parts[0].law, x) / law->inside;
}

static const moati_law_methods MIXTURE = {false, mixture_tails, mixture_density, NULL};
static const moati_law_methods TRUNCATED = {false, truncated_tails, truncated_density, NULL};

/* --- Making mixtures. */

static moati_steps *merge_steps(size_t count, const moati_law_part *parts) {
    size_t total = 0, next = 0;
    for (size_t i = 0; i < count; i++)
        total += parts[i].law->steps->count;
    moati_point *points = malloc(total * sizeof *points);
    if (!points)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const moati_steps *steps = parts[i].law->steps;
        for (size_t j = 0; j < steps->count; j++)
            points[next++] =
                (moati_point){steps->value[j], parts[i].weight * moati_steps_weight(steps, j)};
    }
    moati_steps *steps = moati_steps_new(total, points);
    free(points);
    return steps;
}

/* Whether a law's small values are exact relative to their size, and remain what they are
 * when their logarithm is taken. */
static bool fits_logarithm(const moati_law *law) {
    if (law->steps)
        return law->low == 0 && law->high == 0;
    return law->low > 0 || (law->low == 0 && law->axis.coordinate != MOATI_STRAIGHT);
}

static moati_axis mixture_axis(const moati_law *law) {
    bool positive = true;
    for (size_t i = 0; i < law->part_count; i++)
        positive = positive && fits_logarithm(law->parts[i].law);
    return (moati_axis){positive ? MOATI_LOGARITHMIC : MOATI_STRAIGHT, 0, 1, 0};
}

moati_law *moati_law_mixture(size_t count, moati_law_part *parts) {
    bool separate = true;
    for (size_t i = 0; i < count; i++)
        separate = separate && parts[i].law->steps;
    if (separate) {
        moati_steps *steps = merge_steps(count, parts);
        free(parts);
        return moati_law_from_steps(steps);
    }
    moati_law *law = moati_law_allocate(&MIXTURE);
    if (!law) {
        free(parts);
        return NULL;
    }
    law->part_count = count;
    law->parts = parts;
    law->low = (double)INFINITY;
    law->high = -(double)INFINITY;
    for (size_t i = 0; i < count; i++) {
        law->low = fmin(law->low, parts[i].law->low);
        law->high = fmax(law->high, parts[i].law->high);
    }
    law->inside = 1;
    law->axis = count == 1 ? parts[0].law->axis : mixture_axis(law);
    return law;
}

/* --- Truncating. */

static moati_steps *select_steps(const moati_steps *steps, double low, double high, bool *empty) {
    size_t kept = 0;
    moati_point *points = malloc(steps->count * sizeof *points);
    if (!points)
        return NULL;
    for (size_t i = 0; i < steps->count; i++)
        if (steps->value[i] >= low && steps->value[i] <= high)
            points[kept++] = (moati_point){steps->value[i], moati_steps_weight(steps, i)};
    *empty = kept == 0;
    moati_steps *result = kept ? moati_steps_new(kept, points) : NULL;
    free(points);
    return result;
}

moati_law *moati_law_truncated(const moati_law *law, double low, double high, bool *empty) {
    *empty = false;
    if (law->steps) {
        moati_steps *steps = select_steps(law->steps, low, high, empty);
        return *empty ? NULL : moati_law_from_steps(steps);
    }
    moati_tails at_low = moati_law_tails(law, nextafter(low, -(double)INFINITY));
    moati_tails at_high = moati_law_tails(law, high);
    double inside =
        at_low.lower < at_low.upper ? at_high.lower - at_low.lower : at_low.upper - at_high.upper;
    *empty = !(inside > 0);
    moati_law *cut = *empty ? NULL : moati_law_allocate(&TRUNCATED);
    moati_law_part *part = cut ? malloc(sizeof *part) : NULL;
    if (!part) {
        free(cut);
        return NULL;
    }
    *part = (moati_law_part){law, 1};
    cut->axis = law->axis;
    cut->low = fmax(low, law->low);
    cut->high = fmin(high, law->high);
    cut->part_count = 1;
    cut->parts = part;
    cut->at_low = at_low;
    cut->at_high = at_high;
    cut->inside = inside;
    return cut;
}

/* --- Breaks. */

typedef struct break_list {
    double *values;
    size_t capacity, count;
} break_list;

static void add_break(break_list *list, double x) {
    if (isinf(x))
        return;
    if (list->count < list->capacity)
        list->values[list->count] = x;
    list->count++;
}

size_t moati_law_breaks(const moati_law *law, double *breaks, size_t capacity) {
    break_list list = {breaks, capacity, 0};
    if (law->steps) {
        for (size_t i = 0; i < law->steps->count; i++)
            add_break(&list, law->steps->value[i]);
        return list.count;
    }
    add_break(&list, law->low);
    add_break(&list, law->high);
    if (law->mode > law->low && law->mode < law->high)
        add_break(&list, law->mode);
    for (size_t i = 0; i < law->part_count; i++) {
        size_t used = list.count < capacity ? list.count : capacity;
        list.count += moati_law_breaks(law->parts[i].law, breaks + used, capacity - used);
    }
    return list.count;
}
