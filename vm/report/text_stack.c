/* Stacks of characters: a row for each position, its parts one after the other. */
#include <math.h>
#include <stdio.h>

#include "canvas.h"

enum { MOST_ROWS = 24, NUMBER = 9, WIDEST_BAR = 72 };

typedef struct stack_rows {
    const moati_page *page;
    moati_stack stack;
    moati_axis axis;
    moati_canvas canvas;
    moati_calendar calendar;
    size_t label, every;
    bool shares;
} stack_rows;

static void show_position(const stack_rows *r, size_t position, char text[MOATI_LINE]) {
    if (r->calendar.kind == MOATI_CALENDAR_NAMES)
        moati_label_columns(r->calendar.labels[position], r->page->columns / 3, r->page->utf8,
                            text);
    else
        moati_calendar_show(&r->calendar, position, text);
}

static double total(const moati_chart *chart, size_t position) {
    double sum = 0;
    for (size_t s = 0; s < chart->series_count; s++) {
        const double value = chart->series[s].values[position];
        sum += isfinite(value) ? value : 0;
    }
    return sum;
}

static moati_range span_of(const stack_rows *r) {
    const size_t count = r->stack.positions * r->page->chart->series_count;
    moati_range range = moati_range_none();
    moati_range_add_all(&range, count, r->stack.from);
    moati_range_add_all(&range, count, r->stack.to);
    return r->shares ? (moati_range){0, 100} : moati_frame_range(r->page->chart, range);
}

static void write_position(const stack_rows *r, size_t position) {
    const moati_chart *chart = r->page->chart;
    const size_t row = position / r->every;
    char text[MOATI_LINE], number[MOATI_AXIS_TEXT] = "";
    for (size_t s = 0; s < chart->series_count; s++) {
        const size_t at = s * r->stack.positions + position;
        if (r->stack.from[at] == r->stack.to[at])
            continue;
        moati_canvas_span(&r->canvas, row, &r->axis, r->stack.from[at], r->stack.to[at],
                          (moati_cell){moati_page_surface(r->page, s), (unsigned)s + 1});
    }
    show_position(r, position, text);
    moati_page_left(r->page, text, r->label + 1);
    const size_t written = moati_canvas_write(&r->canvas, row, r->page);
    if (!r->shares) {
        moati_axis_show(&r->axis, total(chart, position), number);
        moati_page_blanks(r->page, r->canvas.columns - written);
        moati_page_right(r->page, number, NUMBER);
    }
    fputc('\n', r->page->file);
}

/* Each series with its part at the last position. */
static void write_legend(const stack_rows *r) {
    const moati_chart *chart = r->page->chart;
    const size_t last = chart->positions - 1;
    char texts[MOATI_CHART_SERIES][MOATI_LINE];
    const char *labels[MOATI_CHART_SERIES];
    for (size_t s = 0; s < chart->series_count; s++) {
        const size_t at = s * r->stack.positions + last;
        char number[MOATI_AXIS_TEXT];
        moati_axis_show(&r->axis, r->stack.to[at] - r->stack.from[at], number);
        snprintf(texts[s], MOATI_LINE, "%.160s %s%s", moati_chart_label(chart, s), number,
                 r->shares ? " %" : "");
        labels[s] = texts[s];
    }
    moati_page_legend(r->page, r->label + 1, true, chart->series_count, labels);
}

static void measure(stack_rows *r) {
    const moati_chart *chart = r->page->chart;
    r->calendar = moati_calendar_read(chart->positions, chart->labels);
    r->every = (chart->positions + MOST_ROWS - 1) / MOST_ROWS;
    for (size_t i = 0; i < chart->positions; i += r->every) {
        char text[MOATI_LINE];
        show_position(r, i, text);
        const size_t width = moati_page_width(text);
        r->label = width > r->label ? width : r->label;
    }
}

moat_status moati_write_stacks(const moati_page *page, moat_error *error) {
    const moati_chart *chart = page->chart;
    stack_rows r = {.page = page, .shares = chart->kind == MOATI_CHART_SHARES};
    moat_status status = moati_stack_make(&r.stack, chart, r.shares, error);
    if (status != MOAT_OK)
        return status;
    measure(&r);
    r.axis = moati_axis_within(moati_range_from_zero(span_of(&r), true), 6);
    const size_t taken = r.label + 1 + NUMBER, room = page->columns - taken;
    status = moati_canvas_make(&r.canvas, chart->positions / r.every + 1,
                               room < WIDEST_BAR ? room : WIDEST_BAR, error);
    if (status == MOAT_OK) {
        if (!r.shares)
            moati_page_unit(page, &r.axis, r.label + 1);
        for (size_t i = 0; i < chart->positions; i += r.every)
            write_position(&r, i);
        write_legend(&r);
    }
    moati_canvas_free(&r.canvas);
    moati_stack_free(&r.stack);
    return status;
}
