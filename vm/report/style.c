/* How values are shown: units, dates, probabilities, conditions. */
#include "style.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number.h"

moati_style moati_style_of(const moat_model *model, const moat_results *results,
                           const moat_output *output, size_t index) {
    moat_units *units = moat_model_units(model);
    const moat_unit unit = moat_results_unit(results, index);
    const char *text = moat_unit_text(units, unit);
    moati_style style = {.show = output->show,
                         .unit = text[0] != '\0' ? text : "1",
                         .exact = moat_results_constant(results, index),
                         .factor = moat_unit_factor(units, unit),
                         .horizon = moat_model_horizon(model)};
    if (style.show == MOAT_SHOW_NUMBER &&
        (strcmp(style.unit, "%") == 0 || strcmp(style.unit, "bp") == 0))
        style.suffix = style.unit;
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

const char *moati_style_unit(const moati_style *style) {
    if (style->show == MOAT_SHOW_DATE && style->horizon->periods > 0)
        return style->horizon->dated ? "" : "period";
    if (style->suffix != NULL || style->show == MOAT_SHOW_CONDITION ||
        strcmp(style->unit, "1") == 0)
        return "";
    return style->unit;
}
