/* Bars, tornados and bridges of characters: a row each, its numbers at the right. */
#include <math.h>
#include <stdio.h>

#include "canvas.h"

enum { WIDEST_BAR = 72, LEAST_BAR = 8, DETAILS_FROM = 90, WIDEST_NUMBER = 22 };

/* What the rows of a chart share. */
typedef struct rows {
    const moati_page *page;
    moati_axis axis;
    size_t label, detail, number;
    moati_canvas canvas;
} rows;

static const char *label_of(const moati_chart *chart, size_t row, char number[32]) {
    snprintf(number, 32, "%zu", row + 1);
    return chart->labels != NULL ? chart->labels[row] : number;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* The columns of labels and details, and, of what is left, the bars. `lines` are the bars. */
static moat_status open_rows(rows *r, const moati_page *page, moati_range range, size_t lines,
                             size_t number, moat_error *error) {
    const moati_chart *chart = page->chart;
    *r = (rows){.page = page, .number = number, .axis = moati_axis_within(range, 6)};
    for (size_t i = 0; i < chart->positions; i++) {
        char text[32];
        r->label = larger(r->label, moati_page_width(label_of(chart, i, text)));
        if (chart->details != NULL && chart->details[i] != NULL && page->columns >= DETAILS_FROM)
            r->detail = larger(r->detail, moati_page_width(chart->details[i]) + 2);
    }
    r->label = smaller(r->label, page->columns * 2 / 5);
    r->detail = smaller(r->detail, page->columns / 4);
    r->label = smaller(r->label, page->columns - r->detail - number - 2 - LEAST_BAR);
    const size_t room = page->columns - r->label - r->detail - number - 2;
    return moati_canvas_make(&r->canvas, lines, smaller(room, WIDEST_BAR), error);
}

/* A line at a value, where there is no bar. */
static void mark_value(const rows *r, size_t row, double value) {
    const double place = fmax(0, fmin(moati_axis_place(&r->axis, value), 1));
    const size_t column =
        smaller((size_t)round(place * (double)r->canvas.columns), r->canvas.columns - 1);
    moati_cell *cell = moati_canvas_at(&r->canvas, row, column);
    if (cell->glyph == NULL)
        *cell = (moati_cell){r->page->utf8 ? "│" : "|", 0};
}

static void write_row(const rows *r, size_t line, const char *label, const char *detail,
                      const char *number) {
    const moati_page *page = r->page;
    moati_page_left(page, label, r->label);
    moati_page_left(page, detail != NULL && r->detail > 0 ? "  " : "", smaller(r->detail, 2));
    moati_page_left(page, detail != NULL ? detail : "", r->detail > 2 ? r->detail - 2 : 0);
    fputc(' ', page->file);
    const size_t written = moati_canvas_write(&r->canvas, line, page);
    if (number[0] != '\0') {
        moati_page_blanks(page, r->canvas.columns - written);
        moati_page_right(page, number, r->number + 1);
    }
    fputc('\n', page->file);
}

static const char *detail_of(const moati_chart *chart, size_t row) {
    return chart->details != NULL ? chart->details[row] : NULL;
}

/* "+12", "-3": a change; missing ones are blank. */
static void show_change(const moati_axis *axis, double value, bool is_change,
                        char text[MOATI_LINE]) {
    char number[MOATI_AXIS_TEXT] = "";
    if (!isnan(value))
        moati_axis_show(axis, value, number);
    snprintf(text, MOATI_LINE, "%s%s", is_change && value > 0 ? "+" : "", number);
}

/* --- Bars. */

static void write_group(const rows *r, size_t row) {
    const moati_chart *chart = r->page->chart;
    for (size_t s = 0; s < chart->series_count; s++) {
        const size_t line = row * chart->series_count + s;
        const double value = chart->series[s].values[row];
        char number[MOATI_LINE], text[32];
        const moati_cell cell = {moati_page_surface(r->page, s), (unsigned)s + 1};
        moati_canvas_span(&r->canvas, line, &r->axis, 0, value, cell);
        mark_value(r, line, 0);
        show_change(&r->axis, value, false, number);
        write_row(r, line, s == 0 ? label_of(chart, row, text) : "",
                  s == 0 ? detail_of(chart, row) : NULL, number);
    }
}

moat_status moati_write_bars(const moati_page *page, moat_error *error) {
    enum { NUMBER = 9 };
    const moati_chart *chart = page->chart;
    const char *labels[MOATI_CHART_SERIES];
    rows r;
    const moati_range range =
        moati_range_from_zero(moati_frame_range(chart, moati_chart_span(chart)), true);
    const moat_status status =
        open_rows(&r, page, range, chart->positions * chart->series_count, NUMBER, error);
    if (status != MOAT_OK)
        return status;
    for (size_t s = 0; s < chart->series_count; s++)
        labels[s] = moati_chart_label(chart, s);
    moati_page_unit(page, &r.axis, r.label + r.detail + 1);
    for (size_t i = 0; i < chart->positions; i++)
        write_group(&r, i);
    if (chart->series_count > 1)
        moati_page_legend(page, r.label + r.detail + 1, true, chart->series_count, labels);
    moati_canvas_free(&r.canvas);
    return MOAT_OK;
}

/* --- Tornados. */

static void show_swing(const moati_axis *axis, const moati_chart_series *series, size_t row,
                       char text[MOATI_LINE]) {
    char low[MOATI_LINE], high[MOATI_LINE];
    show_change(axis, series->low[row], false, low);
    show_change(axis, series->high[row], false, high);
    snprintf(text, MOATI_LINE, "%.60s to %.60s", low, high);
}

static size_t widest_swing(const moati_chart *chart, moati_range range) {
    const moati_axis axis = moati_axis_within(range, 6);
    size_t widest = 0;
    for (size_t i = 0; i < chart->positions; i++) {
        char text[MOATI_LINE];
        show_swing(&axis, &chart->series[0], i, text);
        widest = larger(widest, moati_page_width(text));
    }
    return smaller(widest, WIDEST_NUMBER);
}

static void write_swing(const rows *r, size_t row) {
    const moati_chart *chart = r->page->chart;
    const double ends[] = {chart->series[0].low[row], chart->series[0].high[row]};
    char number[MOATI_LINE], text[32];
    const size_t first = moati_longer_end(chart, row);
    for (size_t i = 0; i < 2; i++) {
        const size_t k = i == 0 ? first : 1 - first;
        const moati_cell cell = {moati_page_surface(r->page, k), (unsigned)k + 1};
        moati_canvas_span(&r->canvas, row, &r->axis, chart->middle, ends[k], cell);
    }
    mark_value(r, row, chart->middle);
    show_swing(&r->axis, &chart->series[0], row, number);
    write_row(r, row, label_of(chart, row, text), detail_of(chart, row), number);
}

moat_status moati_write_tornado(const moati_page *page, moat_error *error) {
    static const char *const ends[] = {"at its low end", "at its high end"};
    rows r;
    const moati_chart *chart = page->chart;
    const moati_range range = moati_frame_range(chart, moati_chart_span(chart));
    const moat_status status =
        open_rows(&r, page, range, chart->positions, widest_swing(chart, range), error);
    if (status != MOAT_OK)
        return status;
    moati_page_unit(page, &r.axis, r.label + r.detail + 1);
    for (size_t i = 0; i < chart->positions; i++)
        write_swing(&r, i);
    moati_page_legend(page, r.label + r.detail + 1, true, 2, ends);
    moati_canvas_free(&r.canvas);
    return MOAT_OK;
}

/* --- Bridges. */

static void write_step(const rows *r, size_t row) {
    const moati_chart *chart = r->page->chart;
    const double value = chart->series[0].values[row], from = moati_bridge_before(chart, row);
    const bool is_end = row == 0 || row + 1 == chart->positions;
    char number[MOATI_LINE], text[32];
    const moati_cell cell = {moati_page_surface(r->page, is_end      ? 0
                                                         : value < 0 ? 3
                                                                     : 1),
                             is_end      ? 0U
                             : value < 0 ? 2U
                                         : 1U};
    moati_canvas_span(&r->canvas, row, &r->axis, from, from + value, cell);
    show_change(&r->axis, value, !is_end, number);
    write_row(r, row, label_of(chart, row, text), detail_of(chart, row), number);
}

moat_status moati_write_bridge(const moati_page *page, moat_error *error) {
    enum { NUMBER = 9 };
    rows r;
    const moati_range range = moati_range_from_zero(moati_bridge_span(page->chart), true);
    const moat_status status = open_rows(&r, page, range, page->chart->positions, NUMBER, error);
    if (status != MOAT_OK)
        return status;
    moati_page_unit(page, &r.axis, r.label + r.detail + 1);
    for (size_t i = 0; i < page->chart->positions; i++)
        write_step(&r, i);
    moati_canvas_free(&r.canvas);
    return MOAT_OK;
}
