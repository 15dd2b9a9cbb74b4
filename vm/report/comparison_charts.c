/* The charts of a comparison. */
#include <math.h>

#include "comparison_inner.h"

/* Conditions are shown in per cent. */
static double chart_factor(const moati_style *style) {
    return style->show == MOAT_SHOW_CONDITION ? 0.01 : style->factor;
}

static const char *chart_unit(const moati_style *style) {
    return style->show == MOAT_SHOW_CONDITION ? "%"
           : style->show == MOAT_SHOW_DATE    ? NULL
                                              : style->unit;
}

static bool has_output(const moati_comparison *c, size_t output, size_t subject) {
    return subject == 0 || c->outputs[output].matches[subject].how == MOATI_MATCHED;
}

/* The subject's entry for one of the first's; MOATI_NONE: it has none. */
static size_t entry_in(const moati_comparison *c, size_t output, size_t subject, size_t entry) {
    return subject == 0 ? entry : c->outputs[output].matches[subject].entries[entry];
}

static size_t output_in(const moati_comparison *c, size_t output, size_t subject) {
    return subject == 0 ? output : c->outputs[output].matches[subject].output;
}

static const char **axis_labels(moati_writer *writer, const moati_comparison *c, moat_axis axis,
                                size_t count) {
    const char **labels = moati_writer_take(writer, count, sizeof *labels);
    for (size_t i = 0; labels != NULL && i < count; i++) {
        char label[16];
        moat_model_axis_label(c->subjects[0].model, axis, i, label);
        labels[i] = moati_writer_print(writer, "%s", label);
    }
    return labels;
}

/* --- Fans. */

enum { P5, P25, P50, P75, P95, FIGURES };

static void fill_fan(const moati_comparison *c, size_t output, size_t subject,
                     double *figures[FIGURES]) {
    const moati_compared_output *o = &c->outputs[output];
    const double factor = chart_factor(&o->style);
    const bool is_condition = o->style.show == MOAT_SHOW_CONDITION;
    for (size_t t = 0; t < o->output->count; t++) {
        const size_t entry = entry_in(c, output, subject, t);
        const moat_summary *s = entry == MOATI_NONE
                                    ? NULL
                                    : moat_results_output(c->subjects[subject].results,
                                                          output_in(c, output, subject), entry);
        const double values[FIGURES] = {s == NULL ? NAN : s->p5, s == NULL ? NAN : s->p25,
                                        s == NULL      ? NAN
                                        : is_condition ? s->mean
                                                       : s->p50,
                                        s == NULL ? NAN : s->p75, s == NULL ? NAN : s->p95};
        for (size_t k = 0; k < FIGURES; k++)
            figures[k][t] = values[k] / factor;
    }
}

static void add_fan(moati_writer *writer, const moati_comparison *c, size_t output, size_t subject,
                    moati_chart_series *series) {
    double *figures[FIGURES];
    for (size_t k = 0; k < FIGURES; k++) {
        figures[k] = moati_writer_take(writer, c->outputs[output].output->count, sizeof(double));
        if (figures[k] == NULL)
            return;
    }
    fill_fan(c, output, subject, figures);
    *series =
        (moati_chart_series){.label = moati_compared_name(writer, c, subject), .p50 = figures[P50]};
    if (c->outputs[output].style.show == MOAT_SHOW_CONDITION)
        return;
    series->p5 = figures[P5];
    series->p25 = figures[P25];
    series->p75 = figures[P75];
    series->p95 = figures[P95];
}

static moati_chart begin_chart(const moati_comparison *c, size_t output, moati_chart_kind kind,
                               const moati_chart_series *series) {
    const moati_compared_output *o = &c->outputs[output];
    return (moati_chart){.kind = kind,
                         .title = moati_label_of(o->output),
                         .unit = chart_unit(&o->style),
                         .series = series,
                         .ceiling = o->style.show == MOAT_SHOW_CONDITION ? 100 : 0};
}

void moati_comparison_fan(moati_writer *writer, const moati_comparison *c, size_t output) {
    const moat_output *first = c->outputs[output].output;
    moati_chart_series *series = moati_writer_take(writer, c->subject_count, sizeof *series);
    if (series == NULL)
        return;
    moati_chart chart = begin_chart(c, output, MOATI_CHART_FAN, series);
    chart.positions = first->count;
    chart.labels = axis_labels(writer, c, first->axis, first->count);
    for (size_t s = 0; s < c->subject_count && chart.series_count < MOATI_CHART_SERIES; s++)
        if (has_output(c, output, s))
            add_fan(writer, c, output, s, &series[chart.series_count++]);
    if (chart.labels != NULL)
        moati_document_chart(writer->document, first->name, &chart);
}

/* --- Cumulative curves. */

/* The first samples; dates as numbers of periods from 0 on. */
static const double *first_samples(moati_writer *writer, const moati_comparison *c, size_t output,
                                   size_t subject, size_t *count) {
    const moati_style *style = &c->outputs[output].style;
    const double *from = moat_results_first_values(c->subjects[subject].results,
                                                   output_in(c, output, subject), 0, count);
    double *values = moati_writer_take(writer, *count, sizeof *values);
    const bool is_date = style->show == MOAT_SHOW_DATE;
    for (size_t i = 0; values != NULL && from != NULL && i < *count; i++)
        values[i] = is_date ? ceil(from[i] / moat_horizon_dt(style->horizon) - 1e-6) - 1
                            : from[i] / style->factor;
    return values;
}

void moati_comparison_cumulative(moati_writer *writer, const moati_comparison *c, size_t output) {
    const moati_compared_output *o = &c->outputs[output];
    moati_chart_series *series = moati_writer_take(writer, c->subject_count, sizeof *series);
    if (series == NULL)
        return;
    moati_chart chart = begin_chart(c, output, MOATI_CHART_CUMULATIVE, series);
    chart.subtitle = "Probability of at most the value";
    for (size_t s = 0; s < c->subject_count && chart.series_count < MOATI_CHART_SERIES; s++) {
        if (!has_output(c, output, s))
            continue;
        moati_chart_series *one = &series[chart.series_count++];
        one->label = moati_compared_name(writer, c, s);
        one->samples = first_samples(writer, c, output, s, &one->sample_count);
        if (one->samples == NULL)
            return;
    }
    if (o->style.show == MOAT_SHOW_DATE) {
        chart.dates = true;
        chart.positions = o->style.horizon->periods;
        chart.labels = axis_labels(writer, c, MOAT_PERIOD_AXIS, chart.positions);
        if (chart.labels == NULL)
            return;
    }
    moati_document_chart(writer->document, o->output->name, &chart);
}

/* --- Bridges. */

void moati_comparison_bridge(moati_writer *writer, const moati_comparison *c, size_t subject,
                             const moati_bridge *bridge) {
    const size_t count = bridge->count + 2;
    const double factor = bridge->difference.factor;
    double *values = moati_writer_take(writer, count, sizeof *values);
    const char **labels = moati_writer_take(writer, count, sizeof *labels);
    if (values == NULL || labels == NULL)
        return;
    values[0] = bridge->before / factor;
    labels[0] = moati_compared_name(writer, c, 0);
    for (size_t i = 0; i < bridge->count; i++) {
        values[i + 1] = bridge->parts[i].effect->mean / factor;
        labels[i + 1] = bridge->parts[i].name;
    }
    values[count - 1] = bridge->after / factor;
    labels[count - 1] = moati_compared_name(writer, c, subject);
    const moati_chart_series series = {.values = values};
    const bool in_points = factor == 0.01;
    const moati_chart chart = {
        .kind = MOATI_CHART_BRIDGE,
        .title = bridge->name,
        .subtitle = in_points ? "Probabilities" : "Means",
        .unit = bridge->comes || in_points ? "%" : bridge->chart_unit,
        .positions = count,
        .labels = labels,
        .series_count = 1,
        .series = &series,
    };
    moati_document_chart(
        writer->document,
        moati_writer_print(writer, "%s-%s", bridge->name, c->subjects[subject].letter), &chart);
}
