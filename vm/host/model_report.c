/* What a script says of its own report. */
#include "moat/report.h"

#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "model_journal.h"
#include "table.h"
#include "text.h"

static const char *const chart_names[MOAT_CHART_KINDS + 1] = {
    "fan",        "lines",   "areas",   "shares", "stacks", "histogram",
    "cumulative", "scatter", "tornado", "bars",   "bridge", NULL};

static const char *const figure_names[MOAT_FIGURES] = {"mean", "median", "p5",    "p25",
                                                       "p75",  "p95",    "range", NULL};

const char *const *moat_chart_names(void) {
    return chart_names;
}

const char *const *moat_figure_names(void) {
    return figure_names;
}

/* --- Figures in a text. */

static size_t name_end(const char *text, size_t from) {
    while (moati_is_letter(text[from]) || moati_is_digit(text[from]))
        from++;
    return from;
}

static moat_figure find_figure(const char *text, size_t length) {
    for (size_t i = 0; figure_names[i] != NULL; i++)
        if (moati_text_equal(text, length, figure_names[i]))
            return (moat_figure)(i + 1);
    return MOAT_FIGURES;
}

/* Reads "{name}" or "{name.figure}" at its "{". */
static bool read_brace(const char *text, size_t first, moat_brace *brace) {
    const size_t end = name_end(text, first + 1);
    *brace = (moat_brace){.first = first, .name = text + first + 1, .name_length = end - first - 1};
    if (brace->name_length == 0)
        return false;
    size_t last = end;
    if (text[end] == '.') {
        last = name_end(text, end + 1);
        brace->figure = find_figure(text + end + 1, last - end - 1);
    }
    brace->end = last + 1;
    return text[last] == '}';
}

bool moat_report_brace(const char *text, size_t from, moat_brace *brace) {
    for (const char *c = strchr(text + from, '{'); c != NULL; c = strchr(c + 1, '{'))
        if (read_brace(text, (size_t)(c - text), brace))
            return true;
    return false;
}

static bool is_named(const moat_brace *brace, const moat_output *column) {
    return moati_text_equal(brace->name, brace->name_length, column->name);
}

static bool is_used(const char *text, const moat_output *column) {
    moat_brace brace;
    for (size_t from = 0; moat_report_brace(text, from, &brace); from = brace.end)
        if (is_named(&brace, column))
            return true;
    return false;
}

static moat_status check_brace(const moat_item *item, const moat_brace *brace, moat_error *error) {
    const moati_quote quote =
        moati_quote_text(item->text + brace->first, brace->end - brace->first);
    for (size_t i = 0; i < item->count; i++) {
        if (!is_named(brace, &item->columns[i]))
            continue;
        if (brace->figure != MOAT_FIGURES)
            return MOAT_OK;
        return moat_fail(error, MOAT_INVALID,
                         "%s asks for a figure that there is not: write mean, median, p5, p25, "
                         "p75, p95 or range after the point",
                         quote.text);
    }
    return moat_fail(error, MOAT_INVALID,
                     "%s stands in the text, but no quantity of that name is given with it",
                     quote.text);
}

static moat_status check_text(const moat_item *item, moat_error *error) {
    moat_brace brace;
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < item->count; i++) {
        if (item->columns[i].axis != MOAT_NO_AXIS)
            return moat_fail(error, MOAT_INVALID,
                             "\"%.80s\" is a series, which no place in a text can show: take a "
                             "period, as in x[t], or x:last()",
                             item->columns[i].name);
        if (!is_used(item->text, &item->columns[i]))
            return moat_fail(error, MOAT_INVALID,
                             "\"%.80s\" is given, but no {%.80s} is in the text",
                             item->columns[i].name, item->columns[i].name);
    }
    for (size_t from = 0;
         item->count > 0 && status == MOAT_OK && moat_report_brace(item->text, from, &brace);
         from = brace.end)
        status = check_brace(item, &brace, error);
    return status;
}

/* --- What a chart of a kind shows. */

static const struct {
    bool series;        /* over time */
    size_t least, most; /* columns */
    const char *wants;
} shapes[MOAT_CHART_KINDS] = {
    [MOAT_CHART_FAN] = {true, 1, MOAT_CHART_SERIES, "series"},
    [MOAT_CHART_LINES] = {true, 1, MOAT_CHART_SERIES, "series"},
    [MOAT_CHART_AREAS] = {true, 1, MOAT_CHART_SERIES, "series"},
    [MOAT_CHART_SHARES] = {true, 2, MOAT_CHART_SERIES, "two series or more"},
    [MOAT_CHART_STACKS] = {true, 1, MOAT_CHART_SERIES, "series"},
    [MOAT_CHART_HISTOGRAM] = {false, 1, 1, "one value"},
    [MOAT_CHART_CUMULATIVE] = {false, 1, MOAT_CHART_SERIES, "values"},
    [MOAT_CHART_SCATTER] = {false, 2, 2, "two values, x and y"},
    [MOAT_CHART_TORNADO] = {false, 1, MOAT_ITEM_COLUMNS, "one value, then assumptions"},
    [MOAT_CHART_BARS] = {false, 1, MOAT_ITEM_COLUMNS, "values"},
    [MOAT_CHART_BRIDGE] = {false, 3, MOAT_ITEM_COLUMNS,
                           "three values or more: where it begins, the changes, where it ends"},
};

static moat_status check_shape(const moat_item *item, moat_error *error) {
    const size_t least = shapes[item->chart].least, most = shapes[item->chart].most;
    if (item->count < least)
        return moat_fail(error, MOAT_INVALID, "a chart of kind \"%s\" shows %s, and %zu %s given",
                         chart_names[item->chart], shapes[item->chart].wants, item->count,
                         item->count == 1 ? "is" : "are");
    if (item->count > most)
        return moat_fail(error, MOAT_INVALID,
                         "a chart of kind \"%s\" shows %s, at most %zu, and %zu are given",
                         chart_names[item->chart], shapes[item->chart].wants, most, item->count);
    for (size_t i = 0; i < item->count; i++) {
        const bool series = item->columns[i].axis != MOAT_NO_AXIS;
        if (series != shapes[item->chart].series)
            return moat_fail(error, MOAT_INVALID,
                             "a chart of kind \"%s\" shows %s, and \"%.80s\" is %s",
                             chart_names[item->chart], shapes[item->chart].wants,
                             item->columns[i].name, series ? "a series" : "one value");
    }
    return MOAT_OK;
}

static bool shares_unit(moat_chart_kind kind) {
    return kind != MOAT_CHART_SCATTER && kind != MOAT_CHART_TORNADO;
}

static moat_status check_units(const moat_model *model, const moat_item *item, moat_error *error) {
    for (size_t i = 1; i < item->count && shares_unit(item->chart); i++) {
        const moat_output *first = &item->columns[0], *other = &item->columns[i];
        if (other->dim != first->dim)
            return moat_fail(error, MOAT_UNIT,
                             "one chart shows one unit: \"%.80s\" is in %.80s and \"%.80s\" in "
                             "%.80s",
                             first->name, moat_dim_text(model->units, first->dim), other->name,
                             moat_dim_text(model->units, other->dim));
    }
    return MOAT_OK;
}

static bool is_assumption(const moat_model *model, moat_node node) {
    for (size_t i = 0; i < model->assumption_count; i++)
        if (model->assumptions[i]->shown.node == node)
            return true;
    return false;
}

static moat_status check_tornado(const moat_model *model, const moat_item *item,
                                 moat_error *error) {
    for (size_t i = 1; item->chart == MOAT_CHART_TORNADO && i < item->count; i++)
        if (!is_assumption(model, item->columns[i].nodes[0]))
            return moat_fail(error, MOAT_INVALID,
                             "a tornado shows what assumptions do to its first value, and "
                             "\"%.80s\" is no assumption",
                             item->columns[i].name);
    return MOAT_OK;
}

/* --- Items. */

static const char *axis_name(moat_axis axis) {
    return axis == MOAT_NO_AXIS       ? "one value"
           : axis == MOAT_PERIOD_AXIS ? "a series by period"
                                      : "a series by year";
}

/* All over the same time, or none. */
static moat_status check_axes(const moat_item *item, moat_error *error) {
    for (size_t i = 1; i < item->count; i++) {
        const moat_output *first = &item->columns[0], *other = &item->columns[i];
        if (first->axis == other->axis && first->count == other->count)
            continue;
        return moat_fail(error, MOAT_INVALID,
                         "\"%.80s\" is %s and \"%.80s\" %s: they cannot stand side by side",
                         first->name, axis_name(first->axis), other->name, axis_name(other->axis));
    }
    return MOAT_OK;
}

static moat_status check_columns(const moat_item *item, moat_error *error) {
    if (item->count == 0)
        return moat_fail(error, MOAT_INVALID, "there is nothing to show: give a quantity");
    if (item->count > MOAT_ITEM_COLUMNS)
        return moat_fail(error, MOAT_INVALID, "%zu quantities are more than the %d that are shown",
                         item->count, MOAT_ITEM_COLUMNS);
    return check_axes(item, error);
}

static moat_status check_item(const moat_model *model, const moat_item *item, moat_error *error) {
    moat_status status = MOAT_OK;
    if (item->kind == MOAT_ITEM_TEXT)
        return check_text(item, error);
    if (item->kind == MOAT_ITEM_CHART && item->count > 0) /* before axes: it says more */
        status = check_shape(item, error);
    if (status == MOAT_OK && item->kind != MOAT_ITEM_SECTION)
        status = check_columns(item, error);
    if (status == MOAT_OK && item->kind == MOAT_ITEM_CHART)
        status = check_units(model, item, error);
    if (status == MOAT_OK && item->kind == MOAT_ITEM_CHART)
        status = check_tornado(model, item, error);
    return status;
}

static void free_item(moat_item *item) {
    moat_output *columns = (moat_output *)(uintptr_t)item->columns;
    for (size_t i = 0; columns != NULL && i < item->count; i++)
        moati_output_free(&columns[i]);
    free(columns);
    free((char *)(uintptr_t)item->text);
}

static bool copy_item(moat_model *model, const moat_item *given, moat_item *copy) {
    char *text = NULL;
    moat_output *columns = moati_account_new(&model->account, given->count + 1, sizeof *columns);
    bool copied = columns != NULL && moati_duplicate(model, given->text, &text);
    for (size_t i = 0; i < given->count && copied; i++)
        copied = moati_output_copy(model, &given->columns[i], &columns[i]);
    *copy = *given;
    copy->text = text;
    copy->columns = columns;
    return copied;
}

moat_status moat_report_add(moat_model *model, const moat_item *item, moat_error *error) {
    const moat_status status = check_item(model, item, error);
    if (status != MOAT_OK)
        return status;
    moat_item made;
    if (!moati_account_grow(&model->account, &model->items, &model->item_capacity,
                            model->item_count + 1, sizeof *model->items))
        return moati_no_memory(model, error);
    if (!copy_item(model, item, &made)) {
        free_item(&made);
        return moati_no_memory(model, error);
    }
    model->items[model->item_count++] = made;
    moati_record_item(model, item);
    return MOAT_OK;
}

size_t moat_report_items(const moat_model *model) {
    return model->item_count;
}

const moat_item *moat_report_item(const moat_model *model, size_t index) {
    return &model->items[index];
}

/* --- The whole. */

moat_status moat_report_set_title(moat_model *model, const char *title, moat_error *error) {
    if (model->title != NULL)
        return moat_fail(error, MOAT_INVALID,
                         "the report has a title already, \"%.80s\"; it has one", model->title);
    if (!moati_duplicate(model, title, &model->title))
        return moati_no_memory(model, error);
    moati_record_title(model, title);
    return MOAT_OK;
}

const char *moat_report_title(const moat_model *model) {
    return model->title;
}

void moat_report_hide(moat_model *model, unsigned parts) {
    model->hidden |= parts;
    moati_record_hide(model, parts);
}

unsigned moat_report_hidden(const moat_model *model) {
    return model->hidden;
}

void moati_model_drop_items(moat_model *model, size_t count) {
    while (model->item_count > count)
        free_item(&model->items[--model->item_count]);
}

void moati_model_drop_title(moat_model *model, bool kept) {
    if (kept)
        return;
    free(model->title);
    model->title = NULL;
}

void moati_model_free_report(moat_model *model) {
    moati_model_drop_items(model, 0);
    moati_model_drop_title(model, false);
    free(model->items);
}
