/* Charts of results. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "document_inner.h"
#include "standard_inner.h"

/* The kind of a chart of chart.h for one of report.h. */
static const moati_chart_kind kinds[MOAT_CHART_KINDS] = {
    [MOAT_CHART_FAN] = MOATI_CHART_FAN,
    [MOAT_CHART_LINES] = MOATI_CHART_LINES,
    [MOAT_CHART_AREAS] = MOATI_CHART_AREAS,
    [MOAT_CHART_SHARES] = MOATI_CHART_SHARES,
    [MOAT_CHART_STACKS] = MOATI_CHART_STACKS,
    [MOAT_CHART_HISTOGRAM] = MOATI_CHART_HISTOGRAM,
    [MOAT_CHART_CUMULATIVE] = MOATI_CHART_CUMULATIVE,
    [MOAT_CHART_SCATTER] = MOATI_CHART_SCATTER,
    [MOAT_CHART_TORNADO] = MOATI_CHART_TORNADO,
    [MOAT_CHART_BARS] = MOATI_CHART_BARS,
    [MOAT_CHART_BRIDGE] = MOATI_CHART_BRIDGE,
};

/* --- Arrays. */

/* The arrays of a chart. Each is NULL where the document has failed. */
static const char **axis_labels(moati_writer *writer, moat_axis axis, size_t count) {
    const char **labels = moati_writer_take(writer, count, sizeof *labels);
    char(*texts)[16] = moati_writer_take(writer, count, sizeof *texts);
    if (labels == NULL || texts == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        moat_model_axis_label(writer->study->model, axis, i, texts[i]);
        labels[i] = texts[i];
    }
    return labels;
}

/* What one unit of a chart is in base units: a percentage of a condition, a unit else. */
static double factor_of(const moati_style *style) {
    return style->show == MOAT_SHOW_CONDITION ? 0.01 : style->factor;
}

static double *entry_values(moati_writer *writer, const moat_output *output, size_t result,
                            moat_figure figure, double factor) {
    double *values = moati_writer_take(writer, output->count, sizeof *values);
    for (size_t i = 0; values != NULL && i < output->count; i++) {
        const moat_summary *s = moat_results_output(writer->study->results, result, i);
        const double figures[MOAT_FIGURES] = {s->p50, s->mean, s->p50, s->p5,
                                              s->p25, s->p75,  s->p95};
        values[i] = (output->show == MOAT_SHOW_CONDITION ? s->mean : figures[figure]) / factor;
    }
    return values;
}

double *moati_sample_values(moati_writer *writer, const moat_output *output, size_t result,
                            size_t entry, double factor, size_t *count) {
    const moati_study *study = writer->study;
    const double *from = moat_results_first_values(study->results, result, entry, count);
    const moat_horizon *horizon = moat_model_horizon(study->model);
    double *values = moati_writer_take(writer, *count, sizeof *values);
    for (size_t i = 0; values != NULL && from != NULL && i < *count; i++)
        values[i] = output->show == MOAT_SHOW_DATE && horizon->periods > 0
                        ? ceil(from[i] / moat_horizon_dt(horizon) - 1e-6) - 1
                        : from[i] / factor;
    return values;
}

/* --- Series of a chart. */

typedef struct drawing {
    moati_writer *writer;
    const moati_shown *shown;
    moati_chart chart;
    moati_chart_series *series;
    double factor; /* of the chart's unit */
} drawing;

static size_t result_of(const drawing *d, size_t column) {
    return d->shown->first + column;
}

static double *figures_of(drawing *d, size_t column, moat_figure figure) {
    return entry_values(d->writer, &d->shown->columns[column], result_of(d, column), figure,
                        d->factor);
}

static void add_fan(drawing *d, size_t i) {
    moati_chart_series *s = &d->series[i];
    s->p50 = figures_of(d, i, MOAT_FIGURE_MEDIAN);
    if (d->shown->columns[i].show == MOAT_SHOW_CONDITION)
        return;
    s->p5 = figures_of(d, i, MOAT_FIGURE_P5);
    s->p25 = figures_of(d, i, MOAT_FIGURE_P25);
    s->p75 = figures_of(d, i, MOAT_FIGURE_P75);
    s->p95 = figures_of(d, i, MOAT_FIGURE_P95);
}

static void add_over_time(drawing *d) {
    const moat_output *first = &d->shown->columns[0];
    d->chart.positions = first->count;
    d->chart.labels = axis_labels(d->writer, first->axis, first->count);
    for (size_t i = 0; i < d->shown->count; i++) {
        d->series[i].label = d->shown->columns[i].name;
        if (d->shown->kind == MOAT_CHART_FAN)
            add_fan(d, i);
        else
            d->series[i].values = figures_of(
                d, i, d->shown->kind == MOAT_CHART_LINES ? MOAT_FIGURE_MEDIAN : MOAT_FIGURE_MEAN);
    }
}

static void add_samples(drawing *d) {
    const moat_horizon *horizon = moat_model_horizon(d->writer->study->model);
    for (size_t i = 0; i < d->shown->count; i++) {
        const moat_output *column = &d->shown->columns[i];
        d->series[i].label = column->name;
        d->series[i].samples =
            moati_sample_values(d->writer, column, result_of(d, i), column->count - 1, d->factor,
                                &d->series[i].sample_count);
    }
    if (d->shown->columns[0].show == MOAT_SHOW_DATE && horizon->periods > 0) {
        d->chart.dates = true;
        d->chart.positions = horizon->periods;
        d->chart.labels = axis_labels(d->writer, MOAT_PERIOD_AXIS, horizon->periods);
    }
}

/* The first column is across, the second up. */
static void add_scatter(drawing *d) {
    const moat_output *x = &d->shown->columns[0], *y = &d->shown->columns[1];
    const moati_style across = moati_writer_style(d->writer, x, result_of(d, 0));
    const moati_style up = moati_writer_style(d->writer, y, result_of(d, 1));
    d->chart.unit = up.show == MOAT_SHOW_CONDITION ? "%" : up.unit;
    d->chart.x_unit = across.unit;
    d->chart.x_title = x->name;
    d->series[0].label = y->name;
    d->series[0].x = moati_sample_values(d->writer, x, result_of(d, 0), 0, factor_of(&across),
                                         &d->series[0].sample_count);
    d->series[0].samples = moati_sample_values(d->writer, y, result_of(d, 1), 0, factor_of(&up),
                                               &d->series[0].sample_count);
    d->chart.series_count = 1;
}

static void add_rows(drawing *d) {
    const size_t count = d->shown->count;
    const char **labels = moati_writer_take(d->writer, count, sizeof *labels);
    double *values = moati_writer_take(d->writer, count, sizeof *values);
    for (size_t i = 0; labels != NULL && values != NULL && i < count; i++) {
        const moat_output *column = &d->shown->columns[i];
        const double *mean =
            entry_values(d->writer, column, result_of(d, i), MOAT_FIGURE_MEAN, d->factor);
        labels[i] = column->name;
        values[i] = mean != NULL ? *mean : 0;
    }
    d->chart.positions = count;
    d->chart.labels = labels;
    d->chart.series_count = 1;
    d->series[0] = (moati_chart_series){.values = values};
}

/* --- Titles. */

/* "Revenue", "Revenue, Cash" */
static const char *join_names(moati_writer *writer, const moati_shown *shown) {
    size_t length = 1;
    for (size_t i = 0; i < shown->count; i++)
        length += strlen(shown->columns[i].name) + 2;
    char *title = moati_writer_take(writer, length, 1);
    for (size_t i = 0, used = 0; title != NULL && i < shown->count; i++)
        used += (size_t)snprintf(title + used, length - used, "%s%s", i > 0 ? ", " : "",
                                 shown->columns[i].name);
    return title;
}

/* What is shown of each, where the kind of chart does not say it by itself. */
static const char *subtitle_of(const moati_shown *shown) {
    const bool is_condition = shown->columns[0].show == MOAT_SHOW_CONDITION;
    switch (shown->kind) {
    case MOAT_CHART_LINES: return is_condition ? "Probabilities" : "Medians";
    case MOAT_CHART_AREAS:
    case MOAT_CHART_STACKS: return "Means, which add up";
    case MOAT_CHART_SHARES: return "Shares of the sum of the means";
    case MOAT_CHART_BARS:
    case MOAT_CHART_BRIDGE: return is_condition ? "Probabilities" : "Means";
    default: return NULL;
    }
}

static void fill_series(drawing *d) {
    switch (d->shown->kind) {
    case MOAT_CHART_HISTOGRAM:
    case MOAT_CHART_CUMULATIVE: add_samples(d); return;
    case MOAT_CHART_SCATTER: add_scatter(d); return;
    case MOAT_CHART_BARS:
    case MOAT_CHART_BRIDGE: add_rows(d); return;
    default: add_over_time(d); return;
    }
}

static void begin(drawing *d) {
    const moati_shown *shown = d->shown;
    const moati_style style = moati_writer_style(d->writer, &shown->columns[0], shown->first);
    const bool is_condition = style.show == MOAT_SHOW_CONDITION;
    d->factor = factor_of(&style);
    d->series = moati_writer_take(d->writer, shown->count, sizeof *d->series);
    d->chart = (moati_chart){.kind = kinds[shown->kind],
                             .title = shown->title,
                             .subtitle = subtitle_of(shown),
                             .unit = is_condition ? "%" : style.unit,
                             .series_count = shown->count,
                             .series = d->series,
                             .ceiling = is_condition ? 100 : 0};
    if (d->chart.title == NULL)
        d->chart.title = join_names(d->writer, shown);
    if (style.show == MOAT_SHOW_DATE)
        d->chart.unit = NULL;
}

void moati_report_chart(moati_writer *writer, const moati_shown *shown) {
    if (shown->kind == MOAT_CHART_TORNADO) {
        moati_report_tornado(writer, shown);
        return;
    }
    drawing d = {.writer = writer, .shown = shown};
    begin(&d);
    if (d.series == NULL)
        return;
    fill_series(&d);
    if (shown->count == 1 && shown->kind != MOAT_CHART_SCATTER)
        d.series[0].label = NULL; /* the title says it */
    if (writer->document->error.status == MOAT_OK)
        moati_document_chart(writer->document, shown->name != NULL ? shown->name : d.chart.title,
                             &d.chart);
}
