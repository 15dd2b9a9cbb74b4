/* Outputs with an axis: a row of selected periods, for the mean and the 5th and 95th
 * percentiles. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "places.h"
#include "view.h"

enum { NAME, UNIT, FIGURE, FIRST_PERIOD };

enum { WIDEST_NAME = 28, NARROWEST_NAME = 8, FEWEST_PERIODS = 2, GAP = 2, LINE_BARS = 12 };

static const double *figure(const moat_summary *summary, size_t row) {
    return row == 0 ? &summary->mean : row == 1 ? &summary->p5 : &summary->p95;
}

/* A constant has one row, a probability too; others have three. */
static size_t figures_of(const moati_style *style) {
    return style->exact || style->show == MOAT_SHOW_CONDITION ? 1 : 3;
}

static const char *figure_name(const moati_style *style, size_t row) {
    static const char *const names[] = {"mean", "5 %", "95 %"};
    if (style->show == MOAT_SHOW_CONDITION)
        return "chance";
    return style->exact ? "value" : names[row];
}

static bool on_axis(const moati_view *view, size_t output, moat_axis axis) {
    return moati_view_output(view, output)->axis == axis;
}

/* The widest cell of all periods: which of them are shown depends on it. */
static size_t widest_cell(const moati_view *view, moat_axis axis, size_t *entries) {
    size_t widest = 0;
    *entries = 0;
    for (size_t i = 0; i < moati_view_outputs(view); i++) {
        if (!on_axis(view, i, axis))
            continue;
        const moati_style style = moati_view_style(view, i);
        size_t count = moati_view_output(view, i)->count;
        *entries = count > *entries ? count : *entries;
        for (size_t t = 0; t < count; t++) {
            char text[MOATI_VALUE], label[16];
            moat_model_axis_label(view->model, axis, t, label);
            widest = strlen(label) > widest ? strlen(label) : widest;
            for (size_t row = 0; row < figures_of(&style); row++) {
                const moat_summary *summary = moat_results_output(view->results, i, t);
                moati_style_show(&style, *figure(summary, row), text);
                widest = strlen(text) > widest ? strlen(text) : widest;
            }
        }
    }
    return widest;
}

/* The least height of the picture of a course, as a part of the values' size: what hardly moves
 * looks as if it hardly moved. */
static const double least_height = 0.1;

/* The course of the means, from the lowest to the highest. */
static void show_course(const moati_view *view, size_t output, size_t most, bool utf8,
                        char buffer[MOATI_BARS * 4 + 1]) {
    size_t entries = moati_view_output(view, output)->count;
    size_t count = entries < most ? entries : most;
    double bars[LINE_BARS], low = INFINITY, high = -INFINITY;
    buffer[0] = '\0';
    if (count < 2)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t t = i * (entries - 1) / (count - 1);
        bars[i] = moat_results_output(view->results, output, t)->mean;
        low = isfinite(bars[i]) ? fmin(low, bars[i]) : low;
        high = isfinite(bars[i]) ? fmax(high, bars[i]) : high;
    }
    if (!(low < high))
        return;
    const double least = least_height * fmax(fabs(low), fabs(high));
    const bool is_flat = high - low < least;
    const double height = is_flat ? least : high - low;
    const double bottom = is_flat ? low / 2 + high / 2 - height / 2 : low;
    for (size_t i = 0; i < count; i++)
        bars[i] = isfinite(bars[i]) ? (bars[i] - bottom) / height : -1;
    moati_bars(buffer, count, bars, utf8);
}

static void set_output(moati_grid *grid, size_t row, const moati_view *view, size_t index,
                       const moati_places *shown) {
    const moat_output *output = moati_view_output(view, index);
    const moati_style style = moati_view_style(view, index);
    moati_grid_set(grid, row, NAME, output->label != NULL ? output->label : output->name);
    moati_grid_set(grid, row, UNIT, moati_style_unit(&style));
    for (size_t i = 0; i < figures_of(&style); i++) {
        moati_grid_set(grid, row + i, FIGURE, figure_name(&style, i));
        for (size_t j = 0; j < shown->count && moati_place(shown, j) < output->count; j++) {
            char text[MOATI_VALUE];
            const moat_summary *summary =
                moat_results_output(view->results, index, moati_place(shown, j));
            moati_style_show(&style, *figure(summary, i), text);
            moati_grid_set(grid, row + i, FIRST_PERIOD + j, text);
        }
    }
}

static size_t fill_names(moati_grid *grid, const moati_view *view, const moati_screen *screen,
                         moat_axis axis, const moati_places *shown, size_t widest) {
    size_t row = 1;
    for (size_t i = 0; i < moati_view_outputs(view); i++) {
        if (!on_axis(view, i, axis))
            continue;
        const moati_style style = moati_view_style(view, i);
        set_output(grid, row, view, i, shown);
        if (figures_of(&style) > 1) {
            char course[MOATI_BARS * 4 + 1];
            show_course(view, i, widest < LINE_BARS ? widest : LINE_BARS, screen->utf8, course);
            moati_grid_set(grid, row + 1, NAME, course);
        }
        row += figures_of(&style);
    }
    moati_grid_cut(grid, NAME, widest, screen->utf8 ? "…" : "...");
    return row;
}

static moati_grid *new_grid(size_t periods) {
    moati_column *columns = calloc(FIRST_PERIOD + periods, sizeof *columns);
    if (columns == NULL)
        return NULL;
    for (size_t i = 0; i < FIRST_PERIOD + periods; i++)
        columns[i] = (moati_column){.right = i >= FIRST_PERIOD, .gap = i > 0 ? GAP : 0};
    moati_grid *grid = moati_grid_new(FIRST_PERIOD + periods, columns);
    free(columns);
    return grid;
}

/* The width of everything but the periods, and that of the names in it. Where it leaves no room
 * for the periods on a narrow screen, the names are cut. */
static bool measure_names(const moati_view *view, const moati_screen *screen, moat_axis axis,
                          size_t periods, size_t *width, size_t *name) {
    const moati_places none = {0};
    moati_grid *grid = new_grid(0);
    if (grid == NULL)
        return false;
    fill_names(grid, view, screen, axis, &none, WIDEST_NAME);
    *width = moati_grid_width(grid);
    *name = moati_grid_column_width(grid, NAME);
    const bool failed = moati_grid_failed(grid);
    moati_grid_free(grid);
    if (screen->limited && *width + periods > screen->columns && *name > NARROWEST_NAME) {
        const size_t over = *width + periods - screen->columns, most = *name - NARROWEST_NAME;
        *name -= over < most ? over : most;
        *width -= over < most ? over : most;
    }
    return !failed;
}

static bool print_axis(const moati_view *view, const moati_screen *screen, moat_axis axis,
                       FILE *file) {
    size_t entries, taken, name, cell = widest_cell(view, axis, &entries) + GAP;
    if (!measure_names(view, screen, axis, FEWEST_PERIODS * cell, &taken, &name))
        return false;
    size_t room = screen->columns > taken ? (screen->columns - taken) / cell : 0;
    const moati_places shown = moati_places_select(moat_model_horizon(view->model), axis, entries,
                                                   room < FEWEST_PERIODS ? FEWEST_PERIODS : room);
    moati_grid *grid = new_grid(shown.count);
    if (grid == NULL)
        return false;
    fill_names(grid, view, screen, axis, &shown, name);
    for (size_t i = 0; i < shown.count; i++) {
        char label[16];
        moat_model_axis_label(view->model, axis, moati_place(&shown, i), label);
        moati_grid_set(grid, 0, FIRST_PERIOD + i, label);
    }
    bool done = moati_grid_print(grid, file, screen->colour);
    moati_grid_free(grid);
    return done;
}

static bool has_axis(const moati_view *view, moat_axis axis) {
    for (size_t i = 0; i < moati_view_outputs(view); i++)
        if (on_axis(view, i, axis))
            return true;
    return false;
}

bool moati_view_series(const moati_view *view, const moati_screen *screen, FILE *file) {
    bool periods = has_axis(view, MOAT_PERIOD_AXIS), years = has_axis(view, MOAT_YEAR_AXIS);
    if (periods && !print_axis(view, screen, MOAT_PERIOD_AXIS, file))
        return false;
    if (periods && years)
        fputc('\n', file);
    return !years || print_axis(view, screen, MOAT_YEAR_AXIS, file);
}
