/* What the script itself says: sections, texts, tables, charts. */
#include <string.h>

#include "standard_inner.h"

/* --- Texts. */

static const moat_output *column_named(const moat_item *item, const moat_brace *brace,
                                       size_t *index) {
    for (*index = 0; *index < item->count; ++*index) {
        const char *name = item->columns[*index].name;
        if (strncmp(name, brace->name, brace->name_length) == 0 && name[brace->name_length] == '\0')
            return &item->columns[*index];
    }
    return NULL;
}

static void write_text(moati_writer *writer, const moat_item *item, size_t first) {
    moati_document *document = writer->document;
    moat_brace brace;
    size_t from = 0, index;
    while (item->count > 0 && moat_report_brace(item->text, from, &brace)) {
        const moat_output *column = column_named(item, &brace, &index);
        moati_document_markdown_part(document, item->text + from, brace.first - from);
        if (column != NULL) {
            char figure[MOATI_FIGURE];
            const moati_measured measured = moati_writer_measure(writer, column, first + index, 0);
            moati_measured_tell(&measured, brace.figure, figure);
            moati_document_text(document, "%s", figure);
        }
        from = brace.end;
    }
    moati_document_markdown_part(document, item->text + from, strlen(item->text + from));
    moati_document_break(document);
}

/* --- Tables. */

static void write_title(moati_writer *writer, const moat_item *item) {
    if (item->text == NULL)
        return;
    moati_document_markdown(writer->document, "**");
    moati_document_text(writer->document, "%s", item->text);
    moati_document_markdown(writer->document, "**");
    moati_document_break(writer->document);
}

static bool any_spread(const moati_writer *writer, const moat_item *item, size_t first) {
    for (size_t i = 0; i < item->count; i++)
        if (!moat_results_constant(writer->study->results, first + i))
            return true;
    return false;
}

/* One row for each value: where none is uncertain, the values alone. */
static void write_values(moati_writer *writer, const moat_item *item, size_t first) {
    static const moati_column columns[] = {{NULL, MOATI_LEFT},      {"Unit", MOATI_LEFT},
                                           {"Mean", MOATI_RIGHT},   {"5 %", MOATI_RIGHT},
                                           {"Median", MOATI_RIGHT}, {"95 %", MOATI_RIGHT}};
    static const moati_column known[] = {
        {NULL, MOATI_LEFT}, {"Unit", MOATI_LEFT}, {"Value", MOATI_RIGHT}};
    const bool spread = any_spread(writer, item, first);
    moati_document *document = writer->document;
    moati_document_table(document, spread ? 6 : 3, spread ? columns : known);
    for (size_t i = 0; i < item->count; i++) {
        const moat_output *column = &item->columns[i];
        moati_report_row_of_value(writer, column->name, column, first + i, spread);
    }
    moati_document_table_end(document);
}

static const char *figure_title(const moat_item *item) {
    static const char *const titles[MOAT_FIGURES] = {
        [MOAT_FIGURE_MEAN] = "mean",     [MOAT_FIGURE_P5] = "5 %",
        [MOAT_FIGURE_P25] = "25 %",      [MOAT_FIGURE_P75] = "75 %",
        [MOAT_FIGURE_P95] = "95 %",      [MOAT_FIGURE_RANGE] = "5 to 95 %",
        [MOAT_FIGURE_MEDIAN] = "median", [MOAT_FIGURE_USUAL] = "median"};
    return titles[item->figure];
}

/* "Revenue, $bn/yr, median" */
static const char *column_title(moati_writer *writer, const moat_item *item, size_t index,
                                size_t first) {
    const moat_output *column = &item->columns[index];
    const moati_style style = moati_writer_style(writer, column, first + index);
    const char *unit = moati_style_unit(&style);
    const bool is_condition = column->show == MOAT_SHOW_CONDITION;
    return moati_writer_print(writer, "%s%s%s, %s", column->name, unit[0] != '\0' ? ", " : "", unit,
                              is_condition ? "probability" : figure_title(item));
}

static moati_step column_step(moati_writer *writer, const moat_item *item, size_t index,
                              size_t first) {
    const moat_output *column = &item->columns[index];
    moati_step *steps = moati_writer_take(writer, 2 * column->count, sizeof *steps);
    for (size_t i = 0; steps != NULL && i < column->count; i++) {
        const moati_measured m = moati_writer_measure(writer, column, first + index, i);
        const bool range = item->figure == MOAT_FIGURE_RANGE;
        steps[2 * i] = moati_measured_step(&m, range ? MOAT_FIGURE_P5 : item->figure);
        steps[2 * i + 1] = moati_measured_step(&m, range ? MOAT_FIGURE_P95 : item->figure);
    }
    return steps == NULL ? (moati_step){0, 0} : moati_step_common(2 * column->count, steps);
}

/* One row for each period, one column for each series. */
static void write_series(moati_writer *writer, const moat_item *item, size_t first) {
    moati_column columns[MOAT_ITEM_COLUMNS + 1] = {{NULL, MOATI_LEFT}};
    moati_step steps[MOAT_ITEM_COLUMNS];
    for (size_t i = 0; i < item->count; i++) {
        columns[i + 1] = (moati_column){column_title(writer, item, i, first), MOATI_RIGHT};
        steps[i] = column_step(writer, item, i, first);
    }
    moati_document_table(writer->document, item->count + 1, columns);
    for (size_t t = 0; t < item->columns[0].count; t++) {
        char label[16], figure[MOATI_FIGURE];
        moat_model_axis_label(writer->study->model, item->columns[0].axis, t, label);
        moati_document_cell(writer->document, "%s", label);
        for (size_t i = 0; i < item->count; i++) {
            const moati_measured m = moati_writer_measure(writer, &item->columns[i], first + i, t);
            moati_measured_show_at(&m, item->figure, steps[i], figure);
            moati_document_cell(writer->document, "%s", figure);
        }
    }
    moati_document_table_end(writer->document);
}

static void write_table(moati_writer *writer, const moat_item *item, size_t first) {
    write_title(writer, item);
    if (item->columns[0].axis == MOAT_NO_AXIS)
        write_values(writer, item, first);
    else
        write_series(writer, item, first);
}

/* --- All. */

static void write_item(moati_writer *writer, const moat_item *item, size_t first) {
    switch (item->kind) {
    case MOAT_ITEM_SECTION:
        moati_document_heading(writer->document, writer->level, item->text);
        return;
    case MOAT_ITEM_TEXT: write_text(writer, item, first); return;
    case MOAT_ITEM_TABLE: write_table(writer, item, first); return;
    case MOAT_ITEM_CHART:
        moati_report_chart(writer, &(moati_shown){.kind = item->chart,
                                                  .title = item->text,
                                                  .count = item->count,
                                                  .columns = item->columns,
                                                  .first = first});
        return;
    }
}

void moati_report_items(moati_writer *writer, size_t first, size_t count) {
    for (size_t i = first; i < first + count; i++)
        write_item(writer, moat_report_item(writer->study->model, i),
                   writer->study->item_columns[i]);
}
