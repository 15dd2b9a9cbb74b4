/* The variants of a scenario side by side, with the same draws. */
#include <math.h>
#include <string.h>

#include "standard_inner.h"

static const moati_scene *scene_at(const moati_writer *writer, size_t index) {
    return &writer->study->scenes[index];
}

static moati_style style_in(const moati_writer *writer, size_t scene, size_t output) {
    const moati_study *study = writer->study;
    return moati_style_of(study->model, study->scenes[scene].results, &study->ends[output], output);
}

static moati_measured measure_in(moati_writer *writer, size_t scene, size_t output) {
    moat_error error;
    moati_measured measured;
    const moati_style style = style_in(writer, scene, output);
    if (moati_measure(scene_at(writer, scene)->results, output, 0, &style,
                      moati_writer_samples(writer), &measured, &error) != MOAT_OK)
        moati_writer_fail(writer, &error);
    return measured;
}

/* --- What each variant changes. */

static void write_changes(moati_writer *writer) {
    moati_document *document = writer->document;
    for (size_t i = 1; i < writer->study->scene_count; i++) {
        const moati_scene *scene = scene_at(writer, i);
        moati_document_item(document);
        moati_document_markdown(document, "**");
        moati_document_text(document, "%s", scene->variant);
        moati_document_markdown(document, "**");
        for (size_t k = 0; k < scene->change_count; k++)
            moati_document_text(document, "%s%s = %s", k == 0 ? ": " : "; ", scene->changes[k].name,
                                scene->changes[k].text);
        if (scene->change_count == 0)
            moati_document_text(document, ": changes nothing that is not overridden");
    }
    moati_document_break(document);
}

/* --- Tables. */

/* Titles of columns: two of rows, then the scenes from `first` on. */
static void begin_table(moati_writer *writer, size_t first) {
    const size_t count = writer->study->scene_count;
    moati_column *columns = moati_writer_take(writer, count + 2, sizeof *columns);
    if (columns == NULL)
        return;
    columns[0] = (moati_column){"Output", MOATI_LEFT};
    columns[1] = (moati_column){"Unit", MOATI_LEFT};
    for (size_t i = first; i < count; i++) {
        const char *variant = scene_at(writer, i)->variant;
        columns[2 + i - first] = (moati_column){variant != NULL ? variant : "Base", MOATI_RIGHT};
    }
    moati_document_table(writer->document, 2 + count - first, columns);
}

/* "Revenue, 2036-Q2" */
static const char *row_title(moati_writer *writer, size_t output) {
    const moat_model *model = writer->study->model;
    const moat_output *declared = moat_model_get_output(model, output);
    char period[16];
    if (declared->axis == MOAT_NO_AXIS)
        return moati_label_of(declared);
    moat_model_axis_label(model, declared->axis, declared->count - 1, period);
    return moati_writer_print(writer, "%s, %s%s", moati_label_of(declared),
                              moat_model_horizon(model)->dated ? "" : "period ", period);
}

static void begin_row(moati_writer *writer, const char *title, const char *unit) {
    moati_document_cell(writer->document, "%s", title);
    moati_document_cell(writer->document, "%s", unit);
}

static void add_medians(moati_writer *writer, size_t output) {
    for (size_t i = 0; i < writer->study->scene_count; i++) {
        char text[MOATI_FIGURE];
        const moati_measured m = measure_in(writer, i, output);
        if (m.style.show == MOAT_SHOW_CONDITION)
            moati_measured_show_mean(&m, text);
        else
            moati_measured_show(&m, MOAT_FIGURE_MEDIAN, text);
        moati_document_cell(writer->document, "%s", text);
    }
}

static bool may_be_never(const moati_writer *writer, size_t output) {
    if (writer->study->ends[output].show != MOAT_SHOW_DATE)
        return false;
    for (size_t i = 0; i < writer->study->scene_count; i++)
        if (moat_results_output(scene_at(writer, i)->results, output, 0)->inf_count > 0)
            return true;
    return false;
}

static void add_nevers(moati_writer *writer, size_t output) {
    for (size_t i = 0; i < writer->study->scene_count; i++) {
        char text[MOATI_FIGURE];
        const moati_measured m = measure_in(writer, i, output);
        moati_measured_show_never(&m, moati_writer_samples(writer), text);
        moati_document_cell(writer->document, "%s", text);
    }
}

static void write_medians(moati_writer *writer) {
    begin_table(writer, 0);
    for (size_t i = 0; i < moat_model_outputs(writer->study->model); i++) {
        const moati_style style = style_in(writer, 0, i);
        begin_row(writer, row_title(writer, i), moati_style_unit(&style));
        add_medians(writer, i);
        if (!may_be_never(writer, i))
            continue;
        begin_row(writer, moati_writer_print(writer, "%s: never", row_title(writer, i)), "");
        add_nevers(writer, i);
    }
    moati_document_table_end(writer->document);
}

/* --- Differences, sample by sample. */

typedef struct difference {
    double mean, error;
} difference;

/* The mean is that of all samples; the spread that of the first, which are paired. */
static bool find_difference(moati_writer *writer, size_t scene, size_t output, difference *found) {
    size_t count;
    const moat_results *base = scene_at(writer, 0)->results;
    const moat_results *other = scene_at(writer, scene)->results;
    const double *a = moat_results_first_values(base, output, 0, &count);
    const double *b = moat_results_first_values(other, output, 0, &count);
    double *differences = moati_writer_take(writer, count, sizeof *differences);
    moat_error error;
    moat_summary summary;
    if (a == NULL || b == NULL || differences == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        differences[i] = b[i] - a[i];
    if (moat_summarise(count, differences, &summary, &error) != MOAT_OK) {
        moati_writer_fail(writer, &error);
        return false;
    }
    found->mean =
        moat_results_output(other, output, 0)->mean - moat_results_output(base, output, 0)->mean;
    found->error = summary.sd / sqrt((double)moati_writer_samples(writer));
    return isfinite(found->mean);
}

static void add_differences(moati_writer *writer, size_t output, const moati_style *style) {
    const bool is_condition = style->show == MOAT_SHOW_CONDITION;
    const double factor = is_condition ? 0.01 : style->factor;
    for (size_t i = 1; i < writer->study->scene_count; i++) {
        difference d;
        char text[MOATI_FIGURE];
        if (!find_difference(writer, i, output, &d)) {
            moati_document_cell(writer->document, "%s", "");
            continue;
        }
        moati_step_show_mean(d.mean / factor, d.error / factor, text);
        moati_document_cell(writer->document, "%s%s",
                            d.mean > 0 && strcmp(text, "0") != 0 ? "+" : "", text);
    }
}

static const char *difference_unit(const moati_style *style) {
    const bool is_percentage = style->suffix != NULL && strcmp(style->suffix, "%") == 0;
    return style->show == MOAT_SHOW_CONDITION || is_percentage ? "% points"
           : style->suffix != NULL                             ? style->suffix
                                                               : moati_style_unit(style);
}

static void write_differences(moati_writer *writer) {
    moati_document_text(writer->document,
                        "What each changes, in means, with its error; the draws are the same, so "
                        "that the difference is better known than either side:");
    moati_document_break(writer->document);
    begin_table(writer, 1);
    for (size_t i = 0; i < moat_model_outputs(writer->study->model); i++) {
        const moati_style style = style_in(writer, 0, i);
        if (style.show == MOAT_SHOW_DATE)
            continue;
        begin_row(writer, row_title(writer, i), difference_unit(&style));
        add_differences(writer, i, &style);
    }
    moati_document_table_end(writer->document);
}

void moati_report_variants(moati_writer *writer) {
    if (writer->study->scene_count == 0 || moat_model_outputs(writer->study->model) == 0)
        return;
    moati_document_heading(writer->document, writer->level, "Variants side by side");
    write_changes(writer);
    if (moat_model_variants(writer->study->model) > MOATI_SCENES)
        moati_document_text(writer->document, "These are the first %d of %zu variants. ",
                            MOATI_SCENES, moat_model_variants(writer->study->model));
    moati_document_text(writer->document,
                        "Medians, probabilities of conditions, and series at their ends:");
    moati_document_break(writer->document);
    write_medians(writer);
    write_differences(writer);
}
