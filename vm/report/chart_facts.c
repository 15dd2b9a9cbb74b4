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

const char *moati_chart_label(const moati_chart *chart, size_t series) {
    const char *label = chart->series[series].label;
    const bool repeats = chart->series_count == 1 && chart->title != NULL && label != NULL &&
                         strcmp(chart->title, label) == 0;
    return label == NULL || repeats ? "" : label;
}

size_t moati_last_finite(const double *values, size_t positions) {
    for (size_t i = positions; values != NULL && i-- > 0;)
        if (isfinite(values[i]))
            return i;
    return positions;
}

moat_status moati_samples_span(const moati_chart *chart, bool of_x, moati_range *range,
                               moat_error *error) {
    *range = moati_range_none();
    for (size_t i = 0; i < chart->series_count; i++) {
        const moati_chart_series *s = &chart->series[i];
        moati_sorted sorted;
        double low, high;
        const moat_status status =
            moati_sorted_make(&sorted, s->sample_count, of_x ? s->x : s->samples, error);
        if (status != MOAT_OK)
            return status;
        moati_sorted_bounds(&sorted, &low, &high);
        moati_range_add(range, low);
        moati_range_add(range, high);
        moati_sorted_free(&sorted);
    }
    return MOAT_OK;
}

void moati_scatter_title(const moati_chart *chart, const moati_axis *x, char text[MOATI_LINE]) {
    char unit[MOATI_LINE];
    const char *title = chart->x_title != NULL ? chart->x_title : "";
    moati_axis_unit(x, chart->x_unit, unit, sizeof unit);
    snprintf(text, MOATI_LINE, "%.160s%s%.80s", title,
             title[0] != '\0' && unit[0] != '\0' ? ", " : "", unit);
}

size_t moati_longer_end(const moati_chart *chart, size_t row) {
    const double low = fabs(chart->series[0].low[row] - chart->middle);
    return fabs(chart->series[0].high[row] - chart->middle) > low ? 1 : 0;
}

double moati_bridge_before(const moati_chart *chart, size_t row) {
    double sum = 0;
    if (row == 0 || row + 1 == chart->positions)
        return 0;
    for (size_t i = 0; i < row; i++)
        sum += isfinite(chart->series[0].values[i]) ? chart->series[0].values[i] : 0;
    return sum;
}

moati_range moati_bridge_span(const moati_chart *chart) {
    moati_range range = moati_range_none();
    for (size_t i = 0; i < chart->positions; i++) {
        moati_range_add(&range, moati_bridge_before(chart, i));
        moati_range_add(&range, moati_bridge_before(chart, i) + chart->series[0].values[i]);
    }
    return moati_frame_range(chart, range);
}
