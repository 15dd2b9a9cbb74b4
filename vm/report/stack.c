/* Values on top of each other. */
#include <math.h>
#include <stdlib.h>

#include "chart_draw.h"

static double part_of(double value, bool shares) {
    return !isfinite(value) || (shares && value < 0) ? 0 : value;
}

static double sum_at(const moati_chart *chart, size_t position) {
    double sum = 0;
    for (size_t s = 0; s < chart->series_count; s++)
        sum += part_of(chart->series[s].values[position], true);
    return sum;
}

static void fill(moati_stack *stack, const moati_chart *chart, size_t position, bool shares) {
    const double sum = sum_at(chart, position), factor = !shares ? 1 : sum > 0 ? 100 / sum : 0;
    double above = 0, below = 0;
    for (size_t s = 0; s < chart->series_count; s++) {
        const size_t at = s * stack->positions + position;
        const double part = factor * part_of(chart->series[s].values[position], shares);
        double *base = part < 0 ? &below : &above;
        stack->from[at] = *base;
        *base += part;
        stack->to[at] = *base;
    }
}

moat_status moati_stack_make(moati_stack *stack, const moati_chart *chart, bool shares,
                             moat_error *error) {
    const size_t count = chart->positions * chart->series_count;
    *stack = (moati_stack){calloc(count, sizeof(double)), calloc(count, sizeof(double)),
                           chart->positions};
    if (stack->from == NULL || stack->to == NULL) {
        moati_stack_free(stack);
        return moat_fail(error, MOAT_NO_MEMORY, "no memory to stack %zu series of a chart",
                         chart->series_count);
    }
    for (size_t i = 0; i < chart->positions; i++)
        fill(stack, chart, i, shares);
    return MOAT_OK;
}

void moati_stack_free(moati_stack *stack) {
    free(stack->from);
    free(stack->to);
    *stack = (moati_stack){0};
}
