/* The table that people see. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "number.h"
#include "view.h"

enum { NAME, MEAN, ERROR, P5, P50, P95, UNIT, SHAPE, COLUMN_COUNT };

enum { BARS = 12, FEWEST_BARS = 6, WIDEST_NAME = 40, SHORT_NAME = 24, NARROWEST_NAME = 8, GAP = 2 };

static bool has_outputs(const moati_view *view, bool axis) {
    for (size_t i = 0; i < moati_view_outputs(view); i++)
        if ((moati_view_output(view, i)->axis != MOAT_NO_AXIS) == axis)
            return true;
    return false;
}

/* The Monte Carlo error of a mean, to one figure. */
static void show_error(const moati_style *style, const moat_summary *summary, const char *sign,
                       char buffer[MOATI_VALUE]) {
    char number[MOATI_NUMBER];
    buffer[0] = '\0';
    if (!isfinite(summary->mcse) || summary->mcse == 0)
        return;
    bool probability = style->show == MOAT_SHOW_CONDITION;
    const char *suffix = probability ? "%" : style->suffix != NULL ? style->suffix : "";
    moati_number_show(number, summary->mcse / (probability ? 0.01 : style->factor), 1);
    snprintf(buffer, MOATI_VALUE, "%s %s%s%s", sign, number, suffix[0] != '\0' ? " " : "", suffix);
}

static void set_value(moati_grid *grid, size_t row, size_t column, const moati_style *style,
                      double value) {
    char text[MOATI_VALUE];
    moati_style_show(style, value, text);
    moati_grid_set(grid, row, column, text);
}

/* A date has no mean: it may never come. One that is the same in all samples stands among the
 * medians, where there are any. */
static void set_dates(moati_grid *grid, size_t row, const moati_style *style,
                      const moat_summary *summary, bool uncertain) {
    set_value(grid, row, uncertain ? P50 : MEAN, style, summary->p50);
    if (style->exact)
        return;
    set_value(grid, row, P5, style, summary->p5);
    set_value(grid, row, P95, style, summary->p95);
}

static void set_numbers(moati_grid *grid, size_t row, const moati_style *style,
                        const moat_summary *summary, const moati_screen *screen) {
    char error[MOATI_VALUE];
    set_value(grid, row, MEAN, style, summary->mean);
    if (style->exact)
        return;
    show_error(style, summary, screen->utf8 ? "±" : "+-", error);
    moati_grid_set(grid, row, ERROR, error);
    if (style->show == MOAT_SHOW_CONDITION)
        return;
    set_value(grid, row, P5, style, summary->p5);
    set_value(grid, row, P50, style, summary->p50);
    set_value(grid, row, P95, style, summary->p95);
}

static void set_row(moati_grid *grid, size_t row, const moati_view *view,
                    const moati_screen *screen, size_t index, bool uncertain) {
    const moat_output *output = moati_view_output(view, index);
    const moat_summary *summary = moat_results_output(view->results, index, 0);
    const moati_style style = moati_view_style(view, index);
    moati_grid_set(grid, row, NAME, output->label != NULL ? output->label : output->name);
    moati_grid_set(grid, row, UNIT, moati_style_unit(&style));
    if (style.show != MOAT_SHOW_DATE)
        set_numbers(grid, row, &style, summary, screen);
    else
        set_dates(grid, row, &style, summary, uncertain);
}

/* A bar for each value where they are few and lie `step` apart, as dates do: bars that are
 * not as wide as a step would have gaps among them. */
static size_t fit_steps(double range[2], double step, size_t bins) {
    double steps = (range[1] - range[0]) / step + 1;
    range[0] -= step / 2;
    range[1] += step / 2;
    return steps < (double)bins ? (size_t)(steps + 0.5) : bins;
}

/* The shape of a distribution between its 0.5th and 99.5th percentiles; `step` is the distance
 * between values, 0 where they are continuous. */
static bool show_shape(size_t samples, const double *values, double step, size_t bins, bool utf8,
                       char buffer[MOATI_BARS * 4 + 1]) {
    static const double ends[] = {0.005, 0.995};
    double range[2], bars[MOATI_BARS];
    size_t counts[MOATI_BARS], most = 0;
    buffer[0] = '\0';
    if (moat_quantiles(samples, values, 2, ends, range, NULL) != MOAT_OK)
        return false;
    if (!isfinite(range[0]) || !isfinite(range[1]) || !(range[0] < range[1]))
        return true;
    if (step > 0)
        bins = fit_steps(range, step, bins);
    moat_histogram(samples, values, range[0], range[1], bins, counts);
    for (size_t i = 0; i < bins; i++)
        most = counts[i] > most ? counts[i] : most;
    for (size_t i = 0; i < bins; i++)
        bars[i] = counts[i] == 0 ? -1 : (double)counts[i] / (double)most;
    moati_bars(buffer, bins, bars, utf8);
    return true;
}

static bool set_shape(moati_grid *grid, size_t row, const moati_view *view,
                      const moati_screen *screen, size_t index, size_t bins) {
    const moat_output *output = moati_view_output(view, index);
    const bool date = output->show == MOAT_SHOW_DATE;
    if (moat_results_constant(view->results, index) || output->show == MOAT_SHOW_CONDITION ||
        (date && moati_view_never(view, index) > 0))
        return true;
    char shape[MOATI_BARS * 4 + 1];
    size_t samples;
    const double *values = moat_results_first_values(view->results, index, 0, &samples);
    const double step = date ? moat_horizon_dt(moat_model_horizon(view->model)) : 0;
    if (!show_shape(samples, values, step, bins, screen->utf8, shape))
        return false;
    moati_grid_set(grid, row, SHAPE, shape);
    return true;
}

static void set_headings(moati_grid *grid, bool uncertain) {
    moati_grid_set(grid, 0, MEAN, uncertain ? "mean" : "value");
    moati_grid_set(grid, 0, P5, "5 %");
    moati_grid_set(grid, 0, P50, "median");
    moati_grid_set(grid, 0, P95, "95 %");
    moati_grid_set(grid, 0, UNIT, "unit");
}

/* How many bars are shown: as many as there is room for beside everything else, and where there
 * is hardly any none. */
static size_t bars_that_fit(const moati_grid *grid, const moati_screen *screen) {
    const size_t never = moati_grid_column_width(grid, SHAPE);
    const size_t others = moati_grid_width(grid) + (never > 0 ? 0 : GAP);
    const size_t room = screen->columns + never > others ? screen->columns + never - others : 0;
    if (room >= BARS || !screen->limited)
        return BARS;
    return room < FEWEST_BARS ? 0 : room;
}

/* The columns by which rows are too wide. */
static size_t excess(const moati_grid *grid, const moati_screen *screen) {
    const size_t width = moati_grid_width(grid);
    return screen->limited && width > screen->columns ? width - screen->columns : 0;
}

static bool is_plain(const moati_view *view, size_t index) {
    return moati_view_output(view, index)->axis == MOAT_NO_AXIS;
}

static bool any_uncertain(const moati_view *view) {
    for (size_t i = 0; i < moati_view_outputs(view); i++)
        if (is_plain(view, i) && !moat_results_constant(view->results, i))
            return true;
    return false;
}

/* How often something never happens, beside the dates on which it does. Dates leave the column of
 * units empty, or nearly so. */
static void set_nevers(moati_grid *grid, const moati_view *view, size_t column) {
    for (size_t i = 0, row = 0; i < moati_view_outputs(view); i++) {
        const moati_style style = moati_view_style(view, i);
        row += is_plain(view, i);
        if (!is_plain(view, i) || style.show != MOAT_SHOW_DATE || style.exact ||
            moati_view_never(view, i) == 0)
            continue;
        const char *unit = column == UNIT ? moati_style_unit(&style) : "";
        char share[MOATI_NUMBER], text[MOATI_VALUE];
        moati_number_show_probability(share, moati_view_never(view, i));
        snprintf(text, sizeof text, "%s%snever in %s", unit, unit[0] != '\0' ? ", " : "", share);
        moati_grid_set(grid, row, column, text);
    }
}

/* Where even without bars the rows are too wide, leaves out what is missed least: blanks, the
 * error of the mean, the outer percentiles, the ends of long names. */
static void fit_rows(moati_grid *grid, const moati_view *view, const moati_screen *screen) {
    const size_t name = moati_grid_column_width(grid, NAME);
    const size_t spare = name > SHORT_NAME ? name - SHORT_NAME : 0;
    if (excess(grid, screen) == 0)
        return;
    moati_grid_clear(grid, SHAPE);
    set_nevers(grid, view, UNIT);
    if (excess(grid, screen) > spare)
        moati_grid_clear(grid, ERROR);
    if (excess(grid, screen) > spare) {
        moati_grid_clear(grid, P5);
        moati_grid_clear(grid, P95);
    }
    const size_t over = excess(grid, screen);
    if (over > 0)
        moati_grid_cut(grid, NAME, name > NARROWEST_NAME + over ? name - over : NARROWEST_NAME,
                       screen->utf8 ? "…" : "...");
}

static bool fill_grid(moati_grid *grid, const moati_view *view, const moati_screen *screen) {
    const bool uncertain = any_uncertain(view);
    size_t row = 0, count = moati_view_outputs(view);
    for (size_t i = 0; i < count; i++)
        if (is_plain(view, i))
            set_row(grid, ++row, view, screen, i, uncertain);
    set_nevers(grid, view, SHAPE);
    set_headings(grid, uncertain);
    moati_grid_cut(grid, NAME, WIDEST_NAME, screen->utf8 ? "…" : "...");
    const size_t bars = bars_that_fit(grid, screen);
    row = 0;
    for (size_t i = 0; i < count && bars > 0; i++)
        if (is_plain(view, i) && !set_shape(grid, ++row, view, screen, i, bars))
            return false;
    fit_rows(grid, view, screen);
    return true;
}

static bool print_outputs(const moati_view *view, const moati_screen *screen, FILE *file) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.keep_empty = true},
        [MEAN] = {.right = true, .gap = GAP},
        [ERROR] = {.gap = 1},
        [P5] = {.right = true, .gap = GAP},
        [P50] = {.right = true, .gap = GAP},
        [P95] = {.right = true, .gap = GAP},
        [UNIT] = {.gap = GAP},
        [SHAPE] = {.gap = GAP},
    };
    moati_grid *grid = moati_grid_new(COLUMN_COUNT, columns);
    bool done = grid != NULL && fill_grid(grid, view, screen) &&
                moati_grid_print(grid, file, screen->colour);
    moati_grid_free(grid);
    return done;
}

static void print_timing(const moati_view *view, const moati_screen *screen, FILE *file) {
    const moat_timing *timing = moat_results_timing(view->results);
    const char *dot = screen->utf8 ? " · " : ", ";
    fprintf(file,
            "\ntrace %.1f ms%scompile %.1f ms%sallocate %.1f ms%sevaluate %.1f ms"
            "%ssummarise %.1f ms\n",
            view->trace_ms, dot, timing->compile_ms, dot, timing->allocate_ms, dot,
            timing->evaluate_ms, dot, timing->summarise_ms);
}

bool moati_view_table(const moati_view *view, const moati_screen *screen, FILE *file) {
    bool plain = has_outputs(view, false), series = has_outputs(view, true);
    if (!view->quiet && (plain || series) && !moati_view_heading(view, screen, file))
        return false;
    if (plain && !print_outputs(view, screen, file))
        return false;
    if (plain && series)
        fputc('\n', file);
    if (series && !moati_view_series(view, screen, file))
        return false;
    if (view->timing)
        print_timing(view, screen, file);
    return true;
}
