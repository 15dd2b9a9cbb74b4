/* Fans and lines: curves over positions, with their quantiles around them. */
#include <math.h>
#include <stdio.h>

#include "chart_draw.h"

enum { WITH_BANDS = 4 }; /* overlaid fans beyond which bands would be mud */

static void label_quantile(moati_ends *ends, moati_frame *frame, const char *name,
                           const double *values, bool is_median) {
    char number[MOATI_AXIS_TEXT];
    const size_t count = frame->chart->positions, last = moati_last_finite(values, count);
    if (last == count)
        return;
    const double value = values[count - 1];
    moati_frame_show(frame, isnan(value) ? values[last] : value, number);
    moati_class class = {"quiet"};
    if (is_median)
        class = moati_svg_class(frame->svg, 'n', 0, "strong");
    moati_ends_add(ends, class, name, number);
    ends->items[ends->count - 1].y = moati_frame_value(frame, isnan(value) ? values[last] : value);
}

/* The labels of one fan: its quantiles. */
static void label_fan(moati_ends *ends, moati_frame *frame, const moati_chart_series *s) {
    ends->count = 0;
    if (moati_series_is_exact(s, frame->chart->positions)) {
        label_quantile(ends, frame, "", s->p50, true);
        return;
    }
    label_quantile(ends, frame, "95 %", s->p95, false);
    label_quantile(ends, frame, "75 %", s->p75, false);
    label_quantile(ends, frame, "median", s->p50, true);
    label_quantile(ends, frame, "25 %", s->p25, false);
    label_quantile(ends, frame, "5 %", s->p5, false);
}

static const double *curve_of(const moati_chart *chart, size_t series) {
    const moati_chart_series *s = &chart->series[series];
    return chart->kind == MOATI_CHART_FAN ? s->p50 : s->values;
}

static void label_series(moati_ends *ends, moati_frame *frame) {
    const moati_chart *chart = frame->chart;
    ends->count = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const double *values = curve_of(chart, i);
        const size_t last = moati_last_finite(values, chart->positions);
        char number[MOATI_AXIS_TEXT] = "";
        if (last < chart->positions)
            moati_frame_show(frame, values[last], number);
        moati_ends_add(ends, moati_svg_class(frame->svg, 'n', i, "strong"),
                       moati_chart_label(chart, i), number);
        if (last < chart->positions)
            ends->items[i].y = moati_frame_value(frame, values[last]);
    }
}

static void draw_bands(moati_frame *frame, size_t series) {
    const moati_chart_series *s = &frame->chart->series[series];
    const bool alone = frame->chart->series_count == 1;
    const moati_class outer = moati_svg_class(frame->svg, 'f', series, alone ? "outer" : "faint");
    const moati_class inner = moati_svg_class(frame->svg, 'f', series, alone ? "inner" : "faint");
    if (s->p5 != NULL && s->p95 != NULL)
        moati_frame_band(frame, outer.text, s->p5, s->p95);
    if (s->p25 != NULL && s->p75 != NULL)
        moati_frame_band(frame, inner.text, s->p25, s->p75);
}

static void draw_curve(moati_frame *frame, size_t series) {
    const moati_class class = moati_svg_class(frame->svg, 's', series, "curve");
    moati_frame_curve(frame, class.text, curve_of(frame->chart, series));
}

static const char *fan_subtitle(const moati_chart *chart) {
    bool exact = true;
    for (size_t i = 0; i < chart->series_count; i++)
        exact = exact && moati_series_is_exact(&chart->series[i], chart->positions);
    if (exact)
        return NULL;
    if (chart->series_count > WITH_BANDS)
        return "Medians";
    return chart->series[0].p25 == NULL || chart->series[0].p75 == NULL
               ? "Median, and where 90 % of all outcomes lie"
               : "Median, and where 50 % and 90 % of all outcomes lie";
}

static void draw_frame(moati_frame *frame, moati_svg *svg, const moati_chart *chart,
                       const char *subtitle, moati_ends *ends) {
    const bool one_fan = chart->kind == MOATI_CHART_FAN && chart->series_count == 1;
    moati_frame_open(frame, svg, chart, subtitle);
    moati_range range = moati_frame_range(chart, moati_chart_span(chart));
    const moati_frame start = *frame;
    /* Once to know the width of the labels, once with the room for them. */
    for (size_t pass = 0; pass < 2; pass++) {
        const double reserved = pass == 0 ? 0 : moati_ends_width(ends);
        *frame = start;
        moati_frame_upwards(frame, moati_range_from_zero(range, false), reserved);
        if (one_fan)
            label_fan(ends, frame, &chart->series[0]);
        else
            label_series(ends, frame);
    }
    moati_frame_positions(frame, false);
}

static moat_status draw(const moati_chart *chart, moati_svg *svg, const char *subtitle) {
    moati_frame frame;
    moati_ends ends = {0};
    draw_frame(&frame, svg, chart, subtitle, &ends);
    moati_frame_draw_values(&frame, chart->unit);
    for (size_t i = 0; chart->kind == MOATI_CHART_FAN && i < chart->series_count; i++)
        if (chart->series_count <= WITH_BANDS &&
            !moati_series_is_exact(&chart->series[i], chart->positions))
            draw_bands(&frame, i);
    moati_frame_draw_zero(&frame);
    moati_frame_draw_marks(&frame);
    for (size_t i = 0; i < chart->series_count; i++)
        draw_curve(&frame, i);
    moati_frame_draw_positions(&frame);
    const moati_range span = moati_chart_span(chart);
    if (span.low > span.high)
        moati_frame_say_nothing(&frame);
    moati_ends_draw(&ends, &frame);
    return MOAT_OK;
}

moat_status moati_draw_fan(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    (void)error;
    return draw(chart, svg, fan_subtitle(chart));
}

moat_status moati_draw_lines(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    (void)error;
    return draw(chart, svg, NULL);
}
