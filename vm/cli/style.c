/* How the values of an output are shown: its unit, dates, probabilities, conditions; and bars. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number.h"
#include "view.h"

size_t moati_view_outputs(const moati_view *view) {
    return view->outputs != NULL ? view->output_count : moat_model_outputs(view->model);
}

const moat_output *moati_view_output(const moati_view *view, size_t index) {
    return view->outputs != NULL ? &view->outputs[index]
                                 : moat_model_get_output(view->model, index);
}

const char *moati_view_unit(const moati_view *view, size_t output, double *factor) {
    moat_units *units = moat_model_units(view->model);
    moat_unit unit = moat_results_unit(view->results, output);
    *factor = moat_unit_factor(units, unit);
    const char *text = moat_unit_text(units, unit);
    return text[0] != '\0' ? text : "1";
}

moati_style moati_view_style(const moati_view *view, size_t output) {
    moati_style style = {.show = moati_view_output(view, output)->show,
                         .exact = moat_results_constant(view->results, output),
                         .horizon = moat_model_horizon(view->model)};
    const char *unit = moati_view_unit(view, output, &style.factor);
    if (style.show == MOAT_SHOW_NUMBER && (strcmp(unit, "%") == 0 || strcmp(unit, "bp") == 0))
        style.suffix = unit;
    return style;
}

/* Years from the start of the horizon to the end of a period. */
static void show_date(const moat_horizon *horizon, double years, char buffer[MOATI_VALUE]) {
    double period = ceil(years / moat_horizon_dt(horizon) - 1e-6);
    if (isnan(period))
        strcpy(buffer, "NaN");
    else if (period > 1e9 || period < 0)
        strcpy(buffer, period < 0 ? "before" : "never");
    else
        moat_horizon_label(horizon, (unsigned)period, buffer);
}

void moati_style_show(const moati_style *style, double value, char buffer[MOATI_VALUE]) {
    if (style->show == MOAT_SHOW_DATE && style->horizon->periods > 0)
        show_date(style->horizon, value, buffer);
    else if (style->show == MOAT_SHOW_CONDITION)
        moati_number_show_probability(buffer, value);
    else if (style->exact)
        moati_number_show_exact(buffer, value / style->factor);
    else
        moati_number_show(buffer, value / style->factor, 3);
    if (style->suffix != NULL) {
        strcat(buffer, " ");
        strcat(buffer, style->suffix);
    }
}

double moati_view_never(const moati_view *view, size_t output) {
    const size_t samples = moat_model_settings(view->model)->samples;
    return (double)moat_results_output(view->results, output, 0)->inf_count / (double)samples;
}

const char *moati_style_unit(const moati_view *view, const moati_style *style, size_t output) {
    double factor;
    const char *unit = moati_view_unit(view, output, &factor);
    if (style->show == MOAT_SHOW_DATE && style->horizon->periods > 0)
        return style->horizon->dated ? "" : "period";
    if (style->suffix != NULL || style->show == MOAT_SHOW_CONDITION || strcmp(unit, "1") == 0)
        return "";
    return unit;
}

void moati_bars(char buffer[MOATI_BARS * 4 + 1], size_t count, const double *bars, bool utf8) {
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const marks[] = {".", ":", "-", "=", "+", "*", "#", "@"};
    enum { LEVELS = sizeof blocks / sizeof *blocks };
    buffer[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        size_t level = bars[i] < 0 ? 0 : (size_t)(bars[i] * LEVELS);
        if (level == LEVELS)
            level--;
        strcat(buffer, bars[i] < 0 ? " " : utf8 ? blocks[level] : marks[level]);
    }
}
