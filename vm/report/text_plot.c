/* Plots of characters: the canvas and its axes. */
#include "text_plot.h"

#include <math.h>
#include <string.h>

enum { WIDEST = 120, NARROW = 50, TICKS = 9, TALL = 13, LOW = 9, FEW_EACH = 3, MOST_EACH = 8 };

static void show_tick(const moati_plot *plot, size_t index, char text[MOATI_LINE]) {
    moati_axis_show_tick(&plot->axis, index, text);
    strcat(text, plot->suffix);
}

/* Ticks are on rows, so that the fewer there are, the more rows may lie between them: the choice
 * that leaves most rows to the data. */
static void choose_axis(moati_plot *plot, moati_range range, size_t most_rows) {
    double best = 0;
    for (size_t most = TICKS; most >= 3; most--) {
        const moati_axis axis = moati_axis_make(range, most);
        const size_t steps = axis.ticks - 1, every = (most_rows - 1) / steps;
        const double used = (range.high - range.low) / (axis.high - axis.low);
        const double rows = (double)(steps * every) * (used > 0 ? used : 0.5);
        if (best > rows)
            continue;
        best = rows;
        plot->axis = axis;
        plot->every = every;
    }
}

moat_status moati_plot_open(moati_plot *plot, const moati_page *page, moati_range range,
                            const char *suffix, moat_error *error) {
    const bool is_narrow = page->columns < NARROW;
    *plot = (moati_plot){.page = page, .suffix = suffix};
    choose_axis(plot, range, is_narrow ? LOW : TALL);
    for (size_t i = 0; i < plot->axis.ticks; i++) {
        char text[MOATI_LINE];
        show_tick(plot, i, text);
        const size_t width = moati_page_width(text);
        plot->label = width > plot->label ? width : plot->label;
    }
    const size_t columns = page->columns < WIDEST ? page->columns : WIDEST;
    const size_t taken = plot->label + MOATI_PLOT_GAP;
    return moati_canvas_make(&plot->canvas, (plot->axis.ticks - 1) * plot->every + 1,
                             columns > taken + 4 ? columns - taken : 4, error);
}

void moati_plot_close(moati_plot *plot) {
    moati_canvas_free(&plot->canvas);
}

void moati_plot_positions(moati_plot *plot) {
    const size_t room = plot->canvas.columns, count = plot->page->chart->positions;
    const size_t each = count < room ? room / count : 0;
    /* Where there is little room, all of it is used. */
    if (each >= FEW_EACH)
        plot->canvas.columns = count * (each < MOST_EACH ? each : MOST_EACH);
}

size_t moati_plot_position(const moati_plot *plot, size_t column) {
    return column * plot->page->chart->positions / plot->canvas.columns;
}

double moati_plot_row(const moati_plot *plot, double value) {
    const double bottom = (double)(plot->canvas.rows - 1);
    if (isinf(value))
        return value > 0 ? -INFINITY : INFINITY;
    return round((1 - moati_axis_place(&plot->axis, value)) * bottom);
}

void moati_plot_put(const moati_plot *plot, size_t column, double value, const char *glyph,
                    unsigned colour) {
    const double row = moati_plot_row(plot, value);
    if (row >= 0 && row < (double)plot->canvas.rows && column < plot->canvas.columns)
        *moati_canvas_at(&plot->canvas, (size_t)row, column) = (moati_cell){glyph, colour};
}

void moati_plot_write(const moati_plot *plot) {
    const moati_page *page = plot->page;
    for (size_t row = 0; row < plot->canvas.rows; row++) {
        char text[MOATI_LINE] = "";
        if (row % plot->every == 0)
            show_tick(plot, plot->axis.ticks - 1 - row / plot->every, text);
        moati_page_right(page, text, plot->label);
        fputs(page->utf8 ? (text[0] != '\0' ? " ┤" : " │") : (text[0] != '\0' ? " +" : " |"),
              page->file);
        moati_canvas_write(&plot->canvas, row, page);
        fputc('\n', page->file);
    }
}

/* A line of labels below the plot. */
typedef struct line {
    const moati_plot *plot;
    size_t used; /* columns */
} line;

/* Writes a label whose first character is in a column, unless the one before it is in the way or it
 * would not fit. */
static void put(line *l, size_t column, const char *text) {
    const size_t width = moati_page_width(text);
    const size_t end = l->plot->label + MOATI_PLOT_GAP + column + width;
    if ((l->used > 0 && column < l->used + 1) || column + width > l->plot->canvas.columns + 1 ||
        end > l->plot->page->columns)
        return;
    moati_page_blanks(l->plot->page, column - l->used);
    moati_page_left(l->plot->page, text, width);
    l->used = column + width;
}

static line begin_line(const moati_plot *plot) {
    moati_page_blanks(plot->page, plot->label + MOATI_PLOT_GAP);
    return (line){plot, 0};
}

static size_t column_of(const moati_plot *plot, size_t position) {
    const size_t count = plot->page->chart->positions;
    return (position * plot->canvas.columns + count - 1) / count;
}

static void put_years(line *l, const moati_calendar *calendar) {
    const double each = (double)l->plot->canvas.columns / (double)calendar->count;
    const long every = moati_calendar_every(6, each * calendar->each);
    for (size_t from = 0, past; from < calendar->count; from = past) {
        long year;
        char text[MOATI_CALENDAR_TEXT];
        past = moati_calendar_span(calendar, from, &year);
        /* The beginning of a year in which nothing begins would push its neighbour away. */
        const bool is_part = past - from < (size_t)calendar->each;
        const bool is_short = is_part && (double)(past - from) * each < 5 && past < calendar->count;
        if (year % every != 0 || is_short)
            continue;
        snprintf(text, sizeof text, "%ld", year);
        put(l, column_of(l->plot, from), text);
    }
}

static void put_ends(line *l, const moati_calendar *calendar) {
    char copy[MOATI_LINE];
    const size_t columns = l->plot->canvas.columns, last = calendar->count - 1;
    moati_label_columns(calendar->labels[0], columns / 2 - 1, l->plot->page->utf8, copy);
    put(l, 0, copy);
    const size_t width =
        moati_label_columns(calendar->labels[last], columns / 2 - 1, l->plot->page->utf8, copy);
    if (last > 0)
        put(l, columns > width ? columns - width : 0, copy);
}

void moati_plot_write_positions(const moati_plot *plot) {
    const moati_chart *chart = plot->page->chart;
    const moati_calendar calendar = moati_calendar_read(chart->positions, chart->labels);
    line l = begin_line(plot);
    if (calendar.kind == MOATI_CALENDAR_NAMES)
        put_ends(&l, &calendar);
    else
        put_years(&l, &calendar);
    fputc('\n', plot->page->file);
}

void moati_plot_write_axis(const moati_plot *plot, const moati_axis *axis, const char *unit) {
    char text[MOATI_LINE];
    line l = begin_line(plot);
    for (size_t i = 0; i < axis->ticks; i++) {
        const double place = moati_axis_place(axis, moati_axis_tick(axis, i));
        moati_axis_show_tick(axis, i, text);
        const size_t width = moati_page_width(text);
        const size_t at = (size_t)round(place * (double)(plot->canvas.columns - 1));
        const size_t centred = at > width / 2 ? at - width / 2 : 0;
        const size_t rightmost = plot->canvas.columns > width ? plot->canvas.columns - width : 0;
        put(&l, centred < rightmost ? centred : rightmost, text);
    }
    moati_page_show_unit(plot->page, axis, unit, text);
    if (text[0] != '\0' &&
        plot->label + MOATI_PLOT_GAP + l.used + moati_page_width(text) + 2 > plot->page->columns) {
        fputc('\n', plot->page->file);
        l = begin_line(plot);
    } else if (text[0] != '\0') {
        moati_page_blanks(plot->page, 2);
    }
    const size_t width = moati_page_width(text);
    moati_page_left(plot->page, text, width < plot->canvas.columns ? width : plot->canvas.columns);
    fputc('\n', plot->page->file);
}
