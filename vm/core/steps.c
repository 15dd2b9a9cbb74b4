/* Points with the sums of their weights from either end, given or counted. They belong to who
 * made them until a law takes them over. */
#include "steps.h"

#include <stdlib.h>

/* Terms this small beside the largest one are left out. */
static const double NEGLIGIBLE = 1e-40;

void moati_steps_free(moati_steps *steps) {
    if (!steps)
        return;
    moati_guide_free(&steps->guide);
    free(steps->value);
    free(steps->lower);
    free(steps->upper);
    free(steps);
}

static moati_steps *steps_allocate(size_t count) {
    moati_steps *steps = calloc(1, sizeof *steps);
    if (!steps)
        return NULL;
    steps->count = count;
    steps->value = malloc(count * sizeof *steps->value);
    steps->lower = malloc(count * sizeof *steps->lower);
    steps->upper = malloc(count * sizeof *steps->upper);
    if (steps->value && steps->lower && steps->upper)
        return steps;
    moati_steps_free(steps);
    return NULL;
}

/* A sum that carries what rounding took from it. */
typedef struct running_sum {
    double sum, rest;
} running_sum;

static double running_sum_add(running_sum *s, double x) {
    double sum = s->sum + x;
    s->rest += fabs(s->sum) >= fabs(x) ? (s->sum - sum) + x : (x - sum) + s->sum;
    s->sum = sum;
    return s->sum + s->rest;
}

/* Fills in the probabilities from weights that stand in `lower`, each tail summed from its
 * own end so that small ones are exact; then the guide. Frees the steps on failure. */
static moati_steps *steps_finish(moati_steps *steps) {
    double *weight = steps->lower;
    size_t count = steps->count;
    running_sum above = {0, 0}, below = {0, 0};
    double total = 0;
    for (size_t i = count; i-- > 0;) {
        steps->upper[i] = total;
        total = running_sum_add(&above, weight[i]);
    }
    for (size_t i = 0; i < count; i++) {
        steps->upper[i] /= total;
        steps->lower[i] = fmin(1, running_sum_add(&below, weight[i]) / total);
    }
    steps->lower[count - 1] = 1;
    if (moati_guide_make(&steps->guide, steps->lower, count, 0, 1))
        return steps;
    moati_steps_free(steps);
    return NULL;
}

/* Equal values by weight, so that their sum does not depend on how they came to stand. */
static int by_value(const void *a, const void *b) {
    const moati_point *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->weight > y->weight) - (x->weight < y->weight);
}

moati_steps *moati_steps_new(size_t count, moati_point *points) {
    size_t kept = 0;
    qsort(points, count, sizeof *points, by_value);
    for (size_t i = 0; i < count; i++) {
        if (points[i].weight == 0)
            continue;
        if (kept > 0 && points[kept - 1].value == points[i].value)
            points[kept - 1].weight += points[i].weight;
        else
            points[kept++] = points[i];
    }
    moati_steps *steps = steps_allocate(kept);
    if (!steps)
        return NULL;
    for (size_t i = 0; i < kept; i++) {
        steps->value[i] = points[i].value + 0.0; /* -0 is 0 */
        steps->lower[i] = points[i].weight;
    }
    return steps_finish(steps);
}

/* --- Counts. Probabilities follow from their neighbours', starting at the most probable
 * value with 1; the sum of all puts them right. */

typedef struct count_law {
    double trials; /* infinite for Poisson */
    double odds;   /* p / (1 - p), or the mean */
} count_law;

/* P(k + 1) / P(k). */
static double count_ratio(const count_law *law, double k) {
    return isinf(law->trials) ? law->odds / (k + 1) : (law->trials - k) / (k + 1) * law->odds;
}

static moati_steps *steps_from_counts(const count_law *law, double mode, double scale,
                                      bool *too_many) {
    size_t below = 0, above = 0;
    double term = 1;
    for (double k = mode; k > 0 && below <= MOATI_STEPS_LIMIT; k--, below++) {
        term /= count_ratio(law, k - 1);
        if (term < NEGLIGIBLE)
            break;
    }
    term = 1;
    for (double k = mode; k < law->trials && above <= MOATI_STEPS_LIMIT; k++, above++) {
        term *= count_ratio(law, k);
        if (term < NEGLIGIBLE)
            break;
    }
    *too_many = below + above + 1 > MOATI_STEPS_LIMIT;
    moati_steps *steps = *too_many ? NULL : steps_allocate(below + above + 1);
    if (!steps)
        return NULL;
    double *weight = steps->lower;
    weight[below] = 1;
    for (size_t i = below; i-- > 0;)
        weight[i] = weight[i + 1] / count_ratio(law, mode - (double)(below - i));
    for (size_t i = below; i < below + above; i++)
        weight[i + 1] = weight[i] * count_ratio(law, mode + (double)(i - below));
    for (size_t i = 0; i < steps->count; i++)
        steps->value[i] = scale * (mode - (double)below + (double)i);
    return steps_finish(steps);
}

static moati_steps *steps_single(double value) {
    moati_point point = {value, 1};
    return moati_steps_new(1, &point);
}

moati_steps *moati_steps_poisson(double mean, double scale, bool *too_many) {
    *too_many = false;
    if (mean == 0)
        return steps_single(0);
    count_law law = {(double)INFINITY, mean};
    return steps_from_counts(&law, floor(mean), scale, too_many);
}

moati_steps *moati_steps_binomial(double trials, double probability, double scale, bool *too_many) {
    *too_many = false;
    if (probability == 0 || probability == 1)
        return steps_single(scale * trials * probability);
    count_law law = {trials, probability / (1 - probability)};
    return steps_from_counts(&law, fmin(trials, floor((trials + 1) * probability)), scale,
                             too_many);
}

/* --- Looking up. */

moati_tails moati_steps_tails(const moati_steps *steps, double x) {
    size_t low = 0, high = steps->count; /* the number of values <= x */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (steps->value[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? (moati_tails){0, 1}
                    : (moati_tails){steps->lower[low - 1], steps->upper[low - 1]};
}

/* The first value that is exceeded with probability at most `upper`. */
static double quantile_from_above(const moati_steps *steps, double upper) {
    size_t low = 0, high = steps->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (steps->upper[middle] > upper)
            low = middle + 1;
        else
            high = middle;
    }
    return steps->value[low];
}

double moati_steps_quantile(const moati_steps *steps, moati_tails target) {
    const double close_to_one = 1e-6; /* where lower has lost too many digits */
    if (target.upper < close_to_one)
        return quantile_from_above(steps, target.upper);
    return steps->value[moati_guide_find(&steps->guide, target.lower)];
}

double moati_steps_weight(const moati_steps *steps, size_t i) {
    if (i == 0)
        return steps->lower[0];
    return steps->lower[i] < 0.5 ? steps->lower[i] - steps->lower[i - 1]
                                 : steps->upper[i - 1] - steps->upper[i];
}

static void steps_run(const void *context, const double *const *inputs, double *const *outputs,
                      size_t lanes) {
    const moati_steps *steps = context;
    for (size_t i = 0; i < lanes; i++)
        outputs[0][i] = steps->value[moati_guide_find(&steps->guide, inputs[0][i])];
}

const moat_kernel moati_steps_kernel = {"steps", steps_run};
