/* The table that people see. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "number.h"
#include "view.h"

enum { NAME, MEAN, ERROR, P5, P50, P95, UNIT, SHAPE, COLUMN_COUNT };

enum { BARS = 12, FEWEST_BARS = 6, WIDEST_NAME = 40 };

static const char *separator(const moati_screen *screen) {
    return screen->utf8 ? " · " : ", ";
}

static bool has_outputs(const moati_view *view, bool axis) {
    for (size_t i = 0; i < moat_model_outputs(view->model); i++)
        if ((moat_model_get_output(view->model, i)->axis != MOAT_NO_AXIS) == axis)
            return true;
    return false;
}

static void print_clean(const char *text, FILE *file) {
    char *clean = moati_text_clean(text, false);
    fputs(clean == NULL ? "?" : clean, file);
    free(clean);
}

static void print_heading(const moati_view *view, const moati_screen *screen, FILE *file) {
    const moat_settings *settings = moat_model_settings(view->model);
    const char *variant = moat_model_variant(view->model), *dot = separator(screen);
    char count[MOATI_NUMBER], digest[33];
    moati_number_show_count(count, settings->samples);
    moat_results_digest(view->results, digest);
    fputs(screen->colour ? "\033[1m" : "", file);
    print_clean(view->script, file);
    fputs(screen->colour ? "\033[0m" : "", file);
    fprintf(file, "%s%s samples%sseed %" PRIu64 "%s%s sampling", dot, count, dot, settings->seed,
            dot, moat_sampling_name(settings->sampling));
    if (variant != NULL) {
        fprintf(file, "%svariant ", dot);
        print_clean(variant, file);
    }
    fprintf(file, "%sdigest %.8s\n\n", dot, digest);
}

/* The Monte Carlo error of a mean, to one figure. */
static void show_error(const moati_style *style, const moat_summary *summary, const char *sign,
                       char buffer[MOATI_VALUE]) {
    char number[MOATI_NUMBER];
    buffer[0] = '\0';
    if (!isfinite(summary->mcse) || summary->mcse == 0 || style->show == MOAT_SHOW_DATE)
        return;
    bool probability = style->show == MOAT_SHOW_CONDITION;
    moati_number_show(number, summary->mcse / (probability ? 0.01 : style->factor), 1);
    snprintf(buffer, MOATI_VALUE, "%s %s%s", sign, number,
             probability || style->percent ? " %" : "");
}

static void set_value(moati_grid *grid, size_t row, size_t column, const moati_style *style,
                      double value) {
    char text[MOATI_VALUE];
    moati_style_show(style, value, text);
    moati_grid_set(grid, row, column, text);
}

static void set_row(moati_grid *grid, size_t row, const moati_view *view,
                    const moati_screen *screen, size_t index) {
    const moat_output *output = moat_model_get_output(view->model, index);
    const moat_summary *summary = moat_results_output(view->results, index, 0);
    const moati_style style = moati_view_style(view, index);
    moati_grid_set(grid, row, NAME, output->label != NULL ? output->label : output->name);
    moati_grid_set(grid, row, UNIT, moati_style_unit(view, &style, index));
    /* A date that may never come has no mean. */
    if (style.exact || output->show != MOAT_SHOW_DATE || isfinite(summary->mean))
        set_value(grid, row, MEAN, &style, summary->mean);
    if (style.exact)
        return;
    char error[MOATI_VALUE];
    show_error(&style, summary, screen->utf8 ? "±" : "+-", error);
    moati_grid_set(grid, row, ERROR, error);
    if (output->show == MOAT_SHOW_CONDITION)
        return;
    set_value(grid, row, P5, &style, summary->p5);
    set_value(grid, row, P50, &style, summary->p50);
    set_value(grid, row, P95, &style, summary->p95);
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

/* How often something never happens, beside the dates on which it does. */
static void show_never(size_t samples, const double *values, char buffer[MOATI_VALUE]) {
    char share[MOATI_NUMBER];
    size_t never = 0;
    for (size_t i = 0; i < samples; i++)
        never += values[i] == INFINITY;
    buffer[0] = '\0';
    if (never == 0)
        return;
    moati_number_show_probability(share, (double)never / (double)samples);
    snprintf(buffer, MOATI_VALUE, "never in %s", share);
}

static bool set_shape(moati_grid *grid, size_t row, const moati_view *view,
                      const moati_screen *screen, size_t index, size_t bins) {
    const moat_output *output = moat_model_get_output(view->model, index);
    size_t samples = moat_model_settings(view->model)->samples;
    if (moat_results_constant(view->results, index) || output->show == MOAT_SHOW_CONDITION)
        return true;
    const double *values = moat_results_values(view->results, index, 0);
    char shape[MOATI_BARS * 4 + 1], never[MOATI_VALUE] = "";
    double step = 0;
    if (output->show == MOAT_SHOW_DATE) {
        show_never(samples, values, never);
        step = moat_horizon_dt(moat_model_horizon(view->model));
    }
    if (never[0] == '\0' && !show_shape(samples, values, step, bins, screen->utf8, shape))
        return false;
    moati_grid_set(grid, row, SHAPE, never[0] != '\0' ? never : shape);
    return true;
}

static void set_headings(moati_grid *grid, bool uncertain) {
    moati_grid_set(grid, 0, MEAN, uncertain ? "mean" : "value");
    moati_grid_set(grid, 0, P5, "5 %");
    moati_grid_set(grid, 0, P50, "median");
    moati_grid_set(grid, 0, P95, "95 %");
    moati_grid_set(grid, 0, UNIT, "unit");
}

/* How many bars are shown: on a terminal as many as there is room for, and where there is
 * hardly any none rather than lines that wrap. */
static size_t bars_that_fit(moati_grid *grid, const moati_screen *screen) {
    size_t width = moati_grid_width(grid) + 2;
    size_t room = screen->columns > width ? screen->columns - width : 0;
    if (room >= BARS || !screen->terminal)
        return BARS;
    return room < FEWEST_BARS ? 0 : room;
}

static bool fill_grid(moati_grid *grid, const moati_view *view, const moati_screen *screen) {
    bool uncertain = false;
    size_t row = 0, count = moat_model_outputs(view->model);
    for (size_t i = 0; i < count; i++) {
        if (moat_model_get_output(view->model, i)->axis != MOAT_NO_AXIS)
            continue;
        set_row(grid, ++row, view, screen, i);
        uncertain = uncertain || !moat_results_constant(view->results, i);
    }
    set_headings(grid, uncertain);
    moati_grid_cut(grid, NAME, WIDEST_NAME, screen->utf8 ? "…" : "...");
    size_t bars = bars_that_fit(grid, screen);
    row = 0;
    for (size_t i = 0; i < count && bars > 0; i++)
        if (moat_model_get_output(view->model, i)->axis == MOAT_NO_AXIS &&
            !set_shape(grid, ++row, view, screen, i, bars))
            return false;
    return true;
}

static bool print_outputs(const moati_view *view, const moati_screen *screen, FILE *file) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.keep_empty = true},
        [MEAN] = {.right = true, .gap = 2, .keep_empty = true},
        [ERROR] = {.gap = 1},
        [P5] = {.right = true, .gap = 2},
        [P50] = {.right = true, .gap = 2},
        [P95] = {.right = true, .gap = 2},
        [UNIT] = {.gap = 2},
        [SHAPE] = {.gap = 2},
    };
    moati_grid *grid = moati_grid_new(COLUMN_COUNT, columns);
    bool done = grid != NULL && fill_grid(grid, view, screen) &&
                moati_grid_print(grid, file, screen->colour);
    moati_grid_free(grid);
    return done;
}

static void print_timing(const moati_view *view, const moati_screen *screen, FILE *file) {
    const moat_timing *timing = moat_results_timing(view->results);
    const char *dot = separator(screen);
    fprintf(file,
            "\ntrace %.1f ms%scompile %.1f ms%sallocate %.1f ms%sevaluate %.1f ms"
            "%ssummarise %.1f ms\n",
            view->trace_ms, dot, timing->compile_ms, dot, timing->allocate_ms, dot,
            timing->evaluate_ms, dot, timing->summarise_ms);
}

bool moati_view_table(const moati_view *view, const moati_screen *screen, FILE *file) {
    bool plain = has_outputs(view, false), series = has_outputs(view, true);
    if (!view->quiet && (plain || series))
        print_heading(view, screen, file);
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
