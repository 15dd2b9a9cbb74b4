/* Samples that are whole numbers, and few different ones. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart_draw.h"

/* All finite samples are whole, and more than one. */
static bool are_whole(const double *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (values[i] != trunc(values[i]))
            return false;
    return count > 0 && values[0] != values[count - 1];
}

const moati_chart *moati_discrete_make(moati_discrete *discrete, const moati_chart *chart,
                                       moati_sorted *sorted) {
    double *values = sorted->values + sorted->below;
    const size_t finite = sorted->count - sorted->below - sorted->above;
    if (chart->dates || chart->mark_count > 0 || !are_whole(values, finite))
        return chart;
    const double low = values[0], span = values[finite - 1] - low;
    if (span >= MOATI_DISCRETE || fabs(low) > 1e6)
        return chart;
    for (size_t i = 0; i < finite; i++)
        values[i] -= low;
    discrete->chart = *chart;
    discrete->chart.dates = true;
    discrete->chart.positions = (size_t)span + 1;
    discrete->chart.labels = discrete->labels;
    discrete->chart.x_title = moati_chart_unit(chart);
    for (size_t i = 0; i < discrete->chart.positions; i++) {
        snprintf(discrete->texts[i], sizeof *discrete->texts, "%.0f", low + (double)i);
        discrete->labels[i] = discrete->texts[i];
    }
    return &discrete->chart;
}
