/* Charts in rows: bars, tornados and bridges. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart_draw.h"

enum { LABEL_WIDTH = 230, LABEL_SIZE = 13, DETAIL_SIZE = 12, LEADING = 16, NUMBER_ROOM = 58 };

typedef struct rows {
    moati_frame frame;
    double labels; /* the width of the labels */
    double bar;    /* the height of one */
    size_t bars;   /* in each row */
} rows;

static moati_lines label_of(const moati_chart *chart, size_t row) {
    char number[32];
    snprintf(number, sizeof number, "%zu", row + 1);
    return moati_label_wrap(chart->labels != NULL ? chart->labels[row] : number, LABEL_SIZE,
                            LABEL_WIDTH, 2);
}

static moati_lines detail_of(const moati_chart *chart, size_t row) {
    return moati_label_wrap(chart->details != NULL ? chart->details[row] : NULL, DETAIL_SIZE,
                            LABEL_WIDTH, 1);
}

static double row_height(const rows *r, size_t row) {
    const double lines =
        (double)(label_of(r->frame.chart, row).count + detail_of(r->frame.chart, row).count);
    return fmax(r->bar * (double)r->bars, lines * LEADING) + 10;
}

static void find_widths(rows *r) {
    for (size_t i = 0; i < r->frame.chart->positions; i++) {
        const moati_lines label = label_of(r->frame.chart, i),
                          detail = detail_of(r->frame.chart, i);
        r->labels = fmax(r->labels, fmax(label.width, detail.width));
    }
}

/* Places the plot to the right of the labels, with room for numbers at the ends of bars, and draws
 * what is behind the bars. */
static void open_rows(rows *r, moati_range range, bool from_zero, const char *unit) {
    moati_frame *frame = &r->frame;
    find_widths(r);
    r->labels = fmax(r->labels, moati_label_width(unit, LABEL_SIZE) + 16);
    frame->across = true;
    frame->room_left = range.low < 0 || !from_zero ? NUMBER_ROOM : 6;
    frame->room_right = NUMBER_ROOM;
    frame->left += r->labels + 8;
    frame->top += 24;
    frame->bottom = frame->top;
    for (size_t i = 0; i < frame->chart->positions; i++)
        frame->bottom += row_height(r, i);
    frame->axis = moati_axis_make(range, 6);
    moati_frame_draw_across(frame, true, unit);
    frame->svg->height = frame->bottom;
}

/* Writes the labels of a row whose top is at y; returns the middle of the row. */
static double draw_label(const rows *r, size_t row, double y) {
    const moati_frame *frame = &r->frame;
    const moati_lines label = label_of(frame->chart, row), detail = detail_of(frame->chart, row);
    const double lines = (double)(label.count + detail.count);
    const double middle = y + row_height(r, row) / 2;
    const double first = middle - LEADING * (lines - 1) / 2 + 4.5, x = frame->left;
    moati_svg_lines(frame->svg, "label", x, first, LEADING, MOATI_END, &label);
    moati_svg_lines(frame->svg, "quiet small", x, first + LEADING * (double)label.count, LEADING,
                    MOATI_END, &detail);
    return middle;
}

/* A number beside a place on the axis. */
static void draw_number_at(const rows *r, double value, double place, double y, bool to_the_left) {
    char text[MOATI_AXIS_TEXT];
    moati_frame_show(&r->frame, value, text);
    const double x = moati_frame_value(&r->frame, place);
    moati_svg_text(r->frame.svg, "label", to_the_left ? x - 6 : x + 6, y + 4.5,
                   to_the_left ? MOATI_END : MOATI_START, text);
}

static void draw_bar(const rows *r, const char *class, double from, double to, double middle) {
    moati_svg_rect(r->frame.svg, class, moati_frame_value(&r->frame, from), middle - r->bar / 2 + 1,
                   moati_frame_value(&r->frame, to), middle + r->bar / 2 - 1);
}

/* --- Bars. */

static void draw_group(const rows *r, size_t row, double middle) {
    const moati_chart *chart = r->frame.chart;
    const double first = middle - r->bar * (double)(r->bars - 1) / 2;
    for (size_t s = 0; s < r->bars; s++) {
        const double value = chart->series[s].values[row], y = first + r->bar * (double)s;
        if (isnan(value))
            continue;
        const moati_class class = moati_svg_class(r->frame.svg, 'f', s, "");
        draw_bar(r, class.text, 0, value, y);
        draw_number_at(r, value, value, y, value < 0);
    }
}

moat_status moati_draw_bars(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    (void)error;
    rows r = {.bar = chart->series_count == 1 ? 20 : 16, .bars = chart->series_count};
    const char *labels[MOATI_CHART_SERIES];
    for (size_t i = 0; i < chart->series_count; i++)
        labels[i] = moati_chart_label(chart, i);
    moati_frame_open(&r.frame, svg, chart, NULL);
    if (chart->series_count > 1)
        moati_frame_legend(&r.frame, chart->series_count, labels);
    const moati_range range = moati_frame_range(chart, moati_chart_span(chart));
    open_rows(&r, moati_range_from_zero(range, true), true, moati_chart_unit(chart));
    double y = r.frame.top;
    for (size_t i = 0; i < chart->positions; i++) {
        draw_group(&r, i, draw_label(&r, i, y));
        y += row_height(&r, i);
    }
    moati_frame_draw_zero(&r.frame);
    return MOAT_OK;
}

/* --- Tornados. */

/* The number of an end: outside of its bar. Where both ends are on one side of the middle, that of
 * the shorter bar stands on the other. */
static void draw_end(const rows *r, double end, double other, double middle) {
    const double from = r->frame.chart->middle;
    const bool is_left = end < from || (end == from && other > from);
    const bool is_inner = (end < from) == (other < from) && fabs(end - from) < fabs(other - from);
    if (is_inner)
        draw_number_at(r, end, from, middle, !is_left);
    else
        draw_number_at(r, end, end, middle, is_left);
}

static void draw_swing(const rows *r, size_t row, double middle) {
    const moati_chart *chart = r->frame.chart;
    const double ends[] = {chart->series[0].low[row], chart->series[0].high[row]};
    const size_t first = moati_longer_end(chart, row);
    for (size_t i = 0; i < 2; i++) {
        const size_t k = i == 0 ? first : 1 - first;
        if (isnan(ends[k]))
            continue;
        draw_bar(r, moati_svg_class(r->frame.svg, 'f', k, "").text, chart->middle, ends[k], middle);
        draw_end(r, ends[k], ends[1 - k], middle);
    }
}

moat_status moati_draw_tornado(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    static const char *const ends[] = {"at its low end", "at its high end"};
    (void)error;
    rows r = {.bar = 22, .bars = 1};
    char text[MOATI_LINE], value[MOATI_AXIS_TEXT], unit[MOATI_LINE];
    moati_axis axis = moati_axis_make(moati_frame_range(chart, moati_chart_span(chart)), 6);
    moati_axis_show(&axis, chart->middle, value);
    moati_typeset(value, sizeof value);
    moati_axis_unit(&axis, moati_chart_unit(chart), unit, sizeof unit);
    snprintf(text, sizeof text, "What each assumption moves, by itself, from %s%s%.120s", value,
             unit[0] != '\0' ? " " : "", unit);
    moati_frame_open(&r.frame, svg, chart, text);
    moati_frame_legend(&r.frame, 2, ends);
    open_rows(&r, moati_frame_range(chart, moati_chart_span(chart)), false,
              moati_chart_unit(chart));
    double y = r.frame.top;
    for (size_t i = 0; i < chart->positions; i++) {
        draw_swing(&r, i, draw_label(&r, i, y));
        y += row_height(&r, i);
    }
    const double at = moati_frame_value(&r.frame, chart->middle);
    if (isfinite(chart->middle))
        moati_svg_line(svg, "zero", at, r.frame.top, at, r.frame.bottom);
    return MOAT_OK;
}

/* --- Bridges. */

static void draw_step(const rows *r, size_t row, double middle, double next_middle) {
    const moati_chart *chart = r->frame.chart;
    const double value = chart->series[0].values[row], from = moati_bridge_before(chart, row);
    const bool is_end = row == 0 || row + 1 == chart->positions;
    if (isnan(value))
        return;
    const moati_class class =
        is_end ? (moati_class){"plain"} : moati_svg_class(r->frame.svg, 'f', value < 0 ? 1 : 0, "");
    draw_bar(r, class.text, from, from + value, middle);
    const double x = moati_frame_value(&r->frame, from + value);
    if (row + 1 < chart->positions)
        moati_svg_line(r->frame.svg, "rule fine", x, middle + r->bar / 2 - 1, x,
                       next_middle - r->bar / 2 + 1);
    char text[MOATI_AXIS_TEXT], number[MOATI_AXIS_TEXT];
    moati_frame_show(&r->frame, value, number);
    snprintf(text, sizeof text, "%s%.60s", !is_end && value > 0 ? "+" : "", number);
    moati_svg_text(r->frame.svg, is_end ? "strong" : "label", value < 0 ? x - 6 : x + 6,
                   middle + 4.5, value < 0 ? MOATI_END : MOATI_START, text);
}

moat_status moati_draw_bridge(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    (void)error;
    rows r = {.bar = 22, .bars = 1};
    moati_frame_open(&r.frame, svg, chart, NULL);
    open_rows(&r, moati_range_from_zero(moati_bridge_span(chart), true), true,
              moati_chart_unit(chart));
    double y = r.frame.top;
    for (size_t i = 0; i < chart->positions; i++) {
        const double middle = draw_label(&r, i, y);
        y += row_height(&r, i);
        const double next = i + 1 < chart->positions ? y + row_height(&r, i + 1) / 2 : y;
        draw_step(&r, i, middle, next);
    }
    moati_frame_draw_zero(&r.frame);
    return MOAT_OK;
}
