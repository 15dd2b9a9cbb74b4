/* Cumulative probabilities: of at most a value, or by a date. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chart_draw.h"
#include "number.h"

enum { POINTS = 100 };

static moat_status sort_all(const moati_chart *chart, moati_sorted sorted[MOATI_CHART_SERIES],
                            moat_error *error) {
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < chart->series_count && status == MOAT_OK; i++)
        status = moati_sorted_make(&sorted[i], chart->series[i].sample_count,
                                   chart->series[i].samples, error);
    return status;
}

static double reached(const moati_sorted *sorted) {
    return sorted->count == 0 ? NAN
                              : (double)(sorted->count - sorted->above) / (double)sorted->count;
}

/* Where a curve is at the right end of the plot. */
static double share_at_end(const moati_frame *frame, const moati_sorted *sorted) {
    if (sorted->count == 0)
        return NAN;
    const double end = frame->chart->dates ? (double)frame->chart->positions - 0.5
                                           : nextafter(frame->axis.high, INFINITY);
    return (double)moati_sorted_below(sorted, end) / (double)sorted->count;
}

static double height_of(const moati_frame *frame, double share) {
    return frame->bottom - share * (frame->bottom - frame->top);
}

static void draw_grid(const moati_frame *frame) {
    static const char *const texts[] = {"0 %", "25 %", "50 %", "75 %", "100 %"};
    for (size_t i = 0; i < 5; i++) {
        const double y = height_of(frame, (double)i / 4);
        moati_svg_line(frame->svg, "grid", frame->left, y, frame->right, y);
        moati_svg_text(frame->svg, "quiet", frame->left - 8, y + 4.5, MOATI_END, texts[i]);
    }
}

static void draw_by_date(moati_frame *frame, const char *class, const moati_sorted *sorted) {
    moati_svg_path(frame->svg, class);
    for (size_t i = 0; i < frame->chart->positions; i++) {
        const size_t below = moati_sorted_below(sorted, (double)i + 0.5);
        moati_svg_point(frame->svg, i == 0 ? 'M' : 'L', moati_frame_x(frame, (double)i),
                        height_of(frame, (double)below / (double)sorted->count));
    }
    moati_svg_end(frame->svg, false);
}

/* Through the quantiles at every hundredth of the samples that are within the axis. */
static void draw_by_value(moati_frame *frame, const char *class, const moati_sorted *sorted) {
    const size_t first = moati_sorted_below(sorted, frame->axis.low);
    const size_t past = moati_sorted_below(sorted, nextafter(frame->axis.high, INFINITY));
    const double count = (double)sorted->count;
    double y = height_of(frame, (double)first / count);
    moati_svg_path(frame->svg, class);
    moati_svg_point(frame->svg, 'M', frame->left, y);
    for (size_t k = 0; k <= POINTS && past > first; k++) {
        const size_t rank = first + (past - 1 - first) * k / POINTS;
        const double x = moati_frame_value(frame, sorted->values[rank]);
        if (k == 0)
            moati_svg_point(frame->svg, 'L', x, y);
        y = height_of(frame, (double)(rank + 1) / count);
        moati_svg_point(frame->svg, 'L', x, y);
    }
    moati_svg_point(frame->svg, 'L', frame->right, y);
    moati_svg_end(frame->svg, false);
}

static void draw_curves(moati_frame *frame, const moati_sorted *sorted) {
    for (size_t i = 0; i < frame->chart->series_count; i++) {
        const moati_class class = moati_svg_class(frame->svg, 's', i, "curve");
        if (sorted[i].count == 0)
            continue;
        if (frame->chart->dates)
            draw_by_date(frame, class.text, &sorted[i]);
        else
            draw_by_value(frame, class.text, &sorted[i]);
    }
}

/* A series with the share of its samples that the curve never reaches. */
static void show_label(const moati_chart *chart, size_t series, const moati_sorted *sorted,
                       char text[MOATI_LINE]) {
    char number[MOATI_NUMBER], never[MOATI_LINE] = "";
    const char *label = moati_chart_label(chart, series);
    const double share = reached(sorted);
    if (share < 1) {
        moati_number_show_probability(number, 1 - share);
        snprintf(never, sizeof never, "%s%s %s", label[0] != '\0' ? ", " : "", number,
                 chart->dates ? "never" : "infinite");
    }
    snprintf(text, MOATI_LINE, "%.160s%.80s", label, never);
}

/* Curves of dates end apart from each other, and are labelled there; all of values end at the same
 * height, and have a legend. */
static void label_curves(moati_frame *frame, const moati_sorted *sorted, moati_ends *ends) {
    const moati_chart *chart = frame->chart;
    char texts[MOATI_CHART_SERIES][MOATI_LINE];
    const char *labels[MOATI_CHART_SERIES];
    for (size_t i = 0; i < chart->series_count; i++) {
        show_label(chart, i, &sorted[i], texts[i]);
        labels[i] = texts[i];
        if (chart->dates)
            moati_ends_add(ends, moati_svg_class(frame->svg, 'n', i, "strong"), texts[i], "");
    }
    if (!chart->dates && (chart->series_count > 1 || texts[0][0] != '\0'))
        moati_frame_legend(frame, chart->series_count, labels);
}

static moati_range span(const moati_chart *chart, const moati_sorted *sorted) {
    moati_range range = moati_range_none();
    for (size_t i = 0; i < chart->series_count; i++) {
        double low, high;
        moati_sorted_bounds(&sorted[i], &low, &high);
        moati_range_add(&range, low);
        moati_range_add(&range, high);
    }
    return moati_frame_range(chart, range);
}

static void draw(moati_frame *frame, const moati_sorted *sorted) {
    const moati_chart *chart = frame->chart;
    moati_ends ends = {0};
    label_curves(frame, sorted, &ends);
    frame->left += 46;
    frame->right -= fmax(moati_ends_width(&ends), 10);
    frame->top += 14;
    frame->bottom = frame->top + MOATI_PLOT_HEIGHT - 40;
    frame->across = true;
    if (chart->dates)
        moati_frame_positions(frame, false);
    else
        frame->axis = moati_axis_make(span(chart, sorted), 9);
    draw_grid(frame);
    if (chart->dates) {
        moati_frame_draw_positions(frame);
    } else {
        moati_frame_draw_across(frame, false, moati_chart_unit(chart));
        moati_frame_draw_marks(frame);
    }
    moati_svg_line(frame->svg, "rule fine", frame->left, frame->bottom, frame->right,
                   frame->bottom);
    draw_curves(frame, sorted);
    for (size_t i = 0; i < ends.count; i++) {
        const double share = share_at_end(frame, &sorted[i]);
        ends.items[i].y = isnan(share) ? NAN : height_of(frame, share);
    }
    moati_ends_draw(&ends, frame);
}

moat_status moati_draw_cumulative(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    moati_sorted sorted[MOATI_CHART_SERIES] = {0};
    const moat_status status = sort_all(chart, sorted, error);
    if (status == MOAT_OK) {
        moati_frame frame;
        moati_frame_open(&frame, svg, chart,
                         chart->dates ? "Probability that it has happened"
                                      : "Probability of at most so much");
        draw(&frame, sorted);
    }
    for (size_t i = 0; i < chart->series_count; i++)
        moati_sorted_free(&sorted[i]);
    return status;
}
