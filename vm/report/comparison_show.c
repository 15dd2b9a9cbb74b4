/* What renderings of a comparison share. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "number.h"

static const moat_summary *summary_of(const moati_comparison *c, size_t output, size_t subject,
                                      size_t entry) {
    const moati_match *m = &c->outputs[output].matches[subject];
    if (subject == 0)
        return moat_results_output(c->subjects[0].results, output, entry);
    if (m->how != MOATI_MATCHED || m->entries[entry] == MOATI_NONE)
        return NULL;
    return moat_results_output(c->subjects[subject].results, m->output, m->entries[entry]);
}

moati_centre moati_comparison_centre(const moati_comparison *c, size_t output, size_t subject,
                                     size_t entry) {
    const moat_summary *a = summary_of(c, output, 0, entry);
    const moat_summary *b = summary_of(c, output, subject, entry);
    const bool has_means = isfinite(a->mean) && (b == NULL || isfinite(b->mean));
    const bool is_date = c->outputs[output].output->show == MOAT_SHOW_DATE;
    return is_date || !has_means ? MOATI_CENTRE_MEDIAN : MOATI_CENTRE_MEAN;
}

double moati_comparison_value(const moati_comparison *c, size_t output, size_t subject,
                              size_t entry, moati_centre measure) {
    const moat_summary *summary = summary_of(c, output, subject, entry);
    if (summary == NULL)
        return NAN;
    return measure == MOATI_CENTRE_MEAN ? summary->mean : summary->p50;
}

double moati_comparison_never(const moati_comparison *c, size_t output, size_t subject) {
    const moat_summary *summary = summary_of(c, output, subject, 0);
    if (summary == NULL || c->outputs[output].output->show != MOAT_SHOW_DATE)
        return 0;
    return (double)summary->inf_count / (double)moat_model_settings(c->subjects[0].model)->samples;
}

moati_difference moati_difference_of(const moati_style *style) {
    if (style->show == MOAT_SHOW_CONDITION)
        return (moati_difference){0.01, "points"};
    if (style->show == MOAT_SHOW_DATE && style->horizon->periods > 0)
        return (moati_difference){1, "yr"};
    if (style->suffix != NULL && strcmp(style->suffix, "%") == 0)
        return (moati_difference){style->factor, "points"};
    return (moati_difference){style->factor, style->suffix != NULL ? style->suffix : ""};
}

void moati_difference_show(const moati_difference *difference, double value, int figures,
                           char buffer[MOATI_VALUE]) {
    char number[MOATI_NUMBER];
    moati_number_show(number, value / difference->factor, figures);
    snprintf(buffer, MOATI_VALUE, "%s%s%s%s", value > 0 ? "+" : "", number,
             difference->suffix[0] != '\0' ? " " : "", difference->suffix);
}

/* The power of ten of a number that is shown to so many figures. */
static int exponent_of(double value, int figures) {
    char text[40];
    snprintf(text, sizeof text, "%.*e", figures - 1, value);
    return atoi(strchr(text, 'e') + 1);
}

int moati_difference_figures(const moati_difference *unit, const moat_summary *difference) {
    enum { MOST = 3 };
    const double mean = fabs(difference->mean) / unit->factor;
    const double error = difference->mcse / unit->factor;
    if (!(mean > 0) || !(error > 0) || !isfinite(mean) || !isfinite(error))
        return MOST;
    const int figures = 1 + exponent_of(mean, MOST) - exponent_of(error, 1);
    return figures < 1 ? 1 : figures > MOST ? MOST : figures;
}

void moati_difference_show_error(const moati_difference *unit, const moat_summary *difference,
                                 bool utf8, char buffer[MOATI_VALUE]) {
    const double rounding = 1e-12 * fmax(fabs(difference->min), fabs(difference->max));
    char number[MOATI_NUMBER];
    buffer[0] = '\0';
    if (!isfinite(difference->mcse) || difference->mcse <= rounding)
        return;
    moati_number_show(number, difference->mcse / unit->factor, 1);
    snprintf(buffer, MOATI_VALUE, "%s %s", utf8 ? "±" : "+-", number);
}

bool moati_comparison_is_compared(const moati_comparison *c, size_t output) {
    for (size_t s = 1; s < c->subject_count; s++)
        if (c->outputs[output].matches[s].how == MOATI_MATCHED)
            return true;
    return false;
}

bool moati_comparison_is_same(const moati_comparison *c, size_t output) {
    for (size_t s = 1; s < c->subject_count; s++) {
        const moati_match *m = &c->outputs[output].matches[s];
        if (m->how == MOATI_MATCHED && !m->same)
            return false;
    }
    return moati_comparison_is_compared(c, output);
}

static const char *shape_of(const moat_output *output) {
    if (output->axis != MOAT_NO_AXIS)
        return output->axis == MOAT_YEAR_AXIS ? "by year" : "a series";
    return output->show == MOAT_SHOW_DATE        ? "a date"
           : output->show == MOAT_SHOW_CONDITION ? "a condition"
                                                 : "a number";
}

void moati_matching_describe(const moati_comparison *c, size_t output, size_t subject,
                             char buffer[MOATI_REASON]) {
    const moati_compared *a = &c->subjects[0], *b = &c->subjects[subject];
    const moati_match *m = &c->outputs[output].matches[subject];
    const moat_output *x = c->outputs[output].output;
    const moat_output *y =
        m->output == MOATI_NONE ? NULL : moat_model_get_output(b->model, m->output);
    switch (m->how) {
    case MOATI_MISSING: snprintf(buffer, MOATI_REASON, "not in %s", b->letter); break;
    case MOATI_OTHER_UNIT:
        snprintf(buffer, MOATI_REASON, "in %.60s in %s, in %.60s in %s",
                 moat_dim_text(moat_model_units(a->model), x->dim), a->letter,
                 moat_dim_text(moat_model_units(b->model), y->dim), b->letter);
        break;
    case MOATI_OTHER_SHAPE:
        snprintf(buffer, MOATI_REASON, "%s in %s, %s in %s", shape_of(x), a->letter, shape_of(y),
                 b->letter);
        break;
    case MOATI_OTHER_START:
        snprintf(buffer, MOATI_REASON, "the horizons of %s and %s begin at other times", a->letter,
                 b->letter);
        break;
    case MOATI_NO_PERIODS:
        snprintf(buffer, MOATI_REASON, "%s and %s have no period in common", a->letter, b->letter);
        break;
    default: buffer[0] = '\0';
    }
}
