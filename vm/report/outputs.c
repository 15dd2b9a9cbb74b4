/* The outputs: tables of values and of series, and their charts. */
#include <string.h>

#include "standard_inner.h"

/* --- Values. */

/* "never in 61.2 ± 0.5 %" in the place of the mean of a date. */
static void add_never(moati_writer *writer, const moati_measured *measured) {
    char never[MOATI_FIGURE];
    if (measured->summary->inf_count == 0) {
        moati_document_cell(writer->document, "%s", "");
        return;
    }
    moati_measured_show_never(measured, moati_writer_samples(writer), never);
    moati_document_cell(writer->document, "never in %s", never);
}

static void add_mean(moati_writer *writer, const moati_measured *measured) {
    char mean[MOATI_FIGURE];
    if (measured->style.show == MOAT_SHOW_DATE) {
        add_never(writer, measured);
        return;
    }
    moati_measured_show_mean(measured, mean);
    moati_document_cell(writer->document, "%s", mean);
}

void moati_report_row_of_value(moati_writer *writer, const char *label, const moat_output *output,
                               size_t result, bool spread) {
    static const moat_figure figures[] = {MOAT_FIGURE_P5, MOAT_FIGURE_MEDIAN, MOAT_FIGURE_P95};
    const moati_measured measured = moati_writer_measure(writer, output, result, 0);
    const bool has_percentiles = output->show != MOAT_SHOW_CONDITION &&
                                 !(measured.style.exact && output->show == MOAT_SHOW_NUMBER);
    char figure[MOATI_FIGURE];
    moati_document_cell(writer->document, "%s", label);
    moati_document_cell(writer->document, "%s", moati_style_unit(&measured.style));
    if (!spread && output->show == MOAT_SHOW_DATE) {
        moati_measured_show(&measured, MOAT_FIGURE_MEDIAN, figure);
        moati_document_cell(writer->document, "%s", figure);
        return;
    }
    add_mean(writer, &measured);
    for (size_t i = 0; spread && i < 3; i++) {
        moati_measured_show(&measured, figures[i], figure);
        moati_document_cell(writer->document, "%s", has_percentiles ? figure : "");
    }
}

static bool any_on(const moat_model *model, moat_axis axis) {
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        if (moat_model_get_output(model, i)->axis == axis)
            return true;
    return false;
}

static void write_values(moati_writer *writer) {
    static const moati_column columns[] = {{"Output", MOATI_LEFT},  {"Unit", MOATI_LEFT},
                                           {"Mean", MOATI_RIGHT},   {"5 %", MOATI_RIGHT},
                                           {"Median", MOATI_RIGHT}, {"95 %", MOATI_RIGHT}};
    const moat_model *model = writer->study->model;
    if (!any_on(model, MOAT_NO_AXIS))
        return;
    moati_document_table(writer->document, 6, columns);
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const moat_output *output = moat_model_get_output(model, i);
        if (output->axis == MOAT_NO_AXIS)
            moati_report_row_of_value(writer, moati_label_of(output), output, i, true);
    }
    moati_document_table_end(writer->document);
}

/* --- Series, at some of their periods. */

enum { MOST_PERIODS = 6 };

typedef struct periods {
    size_t count;
    size_t at[MOST_PERIODS];
} periods;

/* The first, the last, and some between them that are equally far from each other. */
static periods choose_periods(size_t count) {
    periods chosen = {.count = count < MOST_PERIODS ? count : MOST_PERIODS};
    for (size_t i = 0; i < chosen.count; i++)
        chosen.at[i] = chosen.count == 1 ? 0 : i * (count - 1) / (chosen.count - 1);
    return chosen;
}

static moati_step common_step(moati_writer *writer, const moat_output *output, size_t index,
                              const periods *chosen, moat_figure figure) {
    moati_step steps[2 * MOST_PERIODS];
    const bool range = figure == MOAT_FIGURE_RANGE;
    for (size_t i = 0; i < chosen->count; i++) {
        const moati_measured m = moati_writer_measure(writer, output, index, chosen->at[i]);
        steps[2 * i] = moati_measured_step(&m, range ? MOAT_FIGURE_P5 : figure);
        steps[2 * i + 1] = moati_measured_step(&m, range ? MOAT_FIGURE_P95 : figure);
    }
    return moati_step_common(2 * chosen->count, steps);
}

static void add_figures(moati_writer *writer, const moat_output *output, size_t index,
                        const periods *chosen, moat_figure figure) {
    const moati_step step = common_step(writer, output, index, chosen, figure);
    for (size_t i = 0; i < chosen->count; i++) {
        char text[MOATI_FIGURE];
        const moati_measured m = moati_writer_measure(writer, output, index, chosen->at[i]);
        moati_measured_show_at(&m, figure, step, text);
        moati_document_cell(writer->document, "%s", text);
    }
}

/* A row of medians and, where there is something between them, one of ranges. */
static void add_rows(moati_writer *writer, const moat_output *output, size_t index,
                     const periods *chosen) {
    moati_document *document = writer->document;
    const moati_style style = moati_writer_style(writer, output, index);
    const bool is_condition = style.show == MOAT_SHOW_CONDITION;
    moati_document_cell(document, "%s", moati_label_of(output));
    moati_document_cell(document, "%s", moati_style_unit(&style));
    moati_document_cell(document, "%s", is_condition ? "probability" : style.exact ? "" : "median");
    add_figures(writer, output, index, chosen, MOAT_FIGURE_MEDIAN);
    if (is_condition || style.exact)
        return;
    moati_document_cell(document, "%s", "");
    moati_document_cell(document, "%s", "");
    moati_document_cell(document, "%s", "5 to 95 %");
    add_figures(writer, output, index, chosen, MOAT_FIGURE_RANGE);
}

static size_t entries_on(const moat_model *model, moat_axis axis) {
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        if (moat_model_get_output(model, i)->axis == axis)
            return moat_model_get_output(model, i)->count;
    return 0;
}

static void write_series(moati_writer *writer, moat_axis axis) {
    const moat_model *model = writer->study->model;
    moati_column columns[MOST_PERIODS + 3] = {
        {"Output", MOATI_LEFT}, {"Unit", MOATI_LEFT}, {NULL, MOATI_LEFT}};
    char labels[MOST_PERIODS][16];
    const periods chosen = choose_periods(entries_on(model, axis));
    if (chosen.count == 0)
        return;
    for (size_t i = 0; i < chosen.count; i++) {
        moat_model_axis_label(model, axis, chosen.at[i], labels[i]);
        columns[i + 3] = (moati_column){labels[i], MOATI_RIGHT};
    }
    moati_document_table(writer->document, chosen.count + 3, columns);
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const moat_output *output = moat_model_get_output(model, i);
        if (output->axis == axis)
            add_rows(writer, output, i, &chosen);
    }
    moati_document_table_end(writer->document);
}

/* --- Charts. */

enum { MOST_FANS = 8, MOST_HISTOGRAMS = 4 };

static bool same_nodes(const moat_output *a, const moat_output *b) {
    return a->count == b->count && a->axis == b->axis &&
           memcmp(a->nodes, b->nodes, a->count * sizeof *a->nodes) == 0;
}

/* Whether the script has a chart of its own that says the same. */
static bool is_drawn(const moat_model *model, const moat_output *output, moat_chart_kind kind) {
    for (size_t i = 0; i < moat_report_items(model); i++) {
        const moat_item *item = moat_report_item(model, i);
        if (item->kind == MOAT_ITEM_CHART && item->chart == kind && item->count == 1 &&
            same_nodes(&item->columns[0], output))
            return true;
    }
    return false;
}

static bool draw(moati_writer *writer, size_t index, moat_chart_kind kind) {
    const moat_model *model = writer->study->model;
    moat_output shown = *moat_model_get_output(model, index);
    if (is_drawn(model, &shown, kind))
        return false;
    const char *name = shown.name;
    shown.name = moati_label_of(&shown);
    moati_report_chart(writer, &(moati_shown){.kind = kind,
                                              .title = shown.name,
                                              .name = name,
                                              .count = 1,
                                              .columns = &shown,
                                              .first = index});
    return true;
}

static void add_charts(moati_writer *writer) {
    const moat_model *model = writer->study->model;
    size_t fans = 0, histograms = 0;
    if ((moat_report_hidden(model) & MOAT_HIDE_CHARTS) != 0)
        return;
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        if (moat_model_get_output(model, i)->axis != MOAT_NO_AXIS && fans < MOST_FANS)
            fans += draw(writer, i, MOAT_CHART_FAN);
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const moat_output *output = moat_model_get_output(model, i);
        if (output->axis == MOAT_NO_AXIS && output->show != MOAT_SHOW_CONDITION &&
            !moat_results_constant(writer->study->results, i) && histograms < MOST_HISTOGRAMS)
            histograms += draw(writer, i, MOAT_CHART_HISTOGRAM);
    }
}

void moati_report_outputs(moati_writer *writer) {
    if (moat_model_outputs(writer->study->model) == 0)
        return;
    moati_document_heading(writer->document, writer->level, "Outputs");
    write_values(writer);
    write_series(writer, MOAT_PERIOD_AXIS);
    write_series(writer, MOAT_YEAR_AXIS);
    add_charts(writer);
}
