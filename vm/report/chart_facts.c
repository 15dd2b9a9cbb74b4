/* Questions about a chart that every rendering asks. */
#include <math.h>
#include <string.h>

#include "chart_draw.h"

bool moati_series_has_band(const moati_chart_series *series) {
    return (series->p5 != NULL && series->p95 != NULL) ||
           (series->p25 != NULL && series->p75 != NULL);
}

static bool is_same(const double *a, const double *b, size_t positions) {
    for (size_t i = 0; a != NULL && b != NULL && i < positions; i++)
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i])))
            return false;
    return true;
}

bool moati_series_is_exact(const moati_chart_series *series, size_t positions) {
    return is_same(series->p5, series->p95, positions) &&
           is_same(series->p25, series->p75, positions);
}

moati_range moati_chart_span(const moati_chart *chart) {
    moati_range range = moati_range_none();
    const size_t count = chart->positions;
    for (size_t i = 0; i < chart->series_count; i++) {
        const moati_chart_series *s = &chart->series[i];
        if (chart->kind == MOATI_CHART_FAN) {
            moati_range_add_all(&range, count, s->p5);
            moati_range_add_all(&range, count, s->p25);
            moati_range_add_all(&range, count, s->p50);
            moati_range_add_all(&range, count, s->p75);
            moati_range_add_all(&range, count, s->p95);
        } else if (chart->kind == MOATI_CHART_TORNADO) {
            moati_range_add_all(&range, count, s->low);
            moati_range_add_all(&range, count, s->high);
            moati_range_add(&range, chart->middle);
        } else {
            moati_range_add_all(&range, count, s->values);
        }
    }
    return range;
}

const char *moati_chart_unit(const moati_chart *chart) {
    return chart->unit == NULL || strcmp(chart->unit, "1") == 0 ? "" : chart->unit;
}

const char *moati_series_label(const moati_chart_series *series) {
    return series->label != NULL ? series->label : "";
}

size_t moati_last_finite(const double *values, size_t positions) {
    for (size_t i = positions; values != NULL && i-- > 0;)
        if (isfinite(values[i]))
            return i;
    return positions;
}
