/* Charts of what moves a value. */
#include <math.h>

#include "document_inner.h"
#include "standard_inner.h"

const char *moati_assumption_label(const moat_assumption *assumption) {
    return assumption->label != NULL ? assumption->label : assumption->name;
}

/* The rows of either chart. */
typedef struct rows {
    const char **labels, **details;
    double *first, *second;
} rows;

static bool take_rows(moati_writer *writer, size_t count, const moati_driver *drivers, rows *r) {
    *r = (rows){.labels = moati_writer_take(writer, count, sizeof *r->labels),
                .details = moati_writer_take(writer, count, sizeof *r->details),
                .first = moati_writer_take(writer, count, sizeof *r->first),
                .second = moati_writer_take(writer, count, sizeof *r->second)};
    if (count == 0 || r->labels == NULL || r->details == NULL || r->first == NULL ||
        r->second == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        const moat_assumption *assumption =
            moat_model_assumption(writer->study->model, drivers[i].assumption);
        r->labels[i] = moati_assumption_label(assumption);
        r->details[i] = assumption->text;
    }
    return true;
}

static const char *name_of(moati_writer *writer, const moati_shown *shown) {
    return shown->name != NULL ? shown->name
           : shown->title != NULL
               ? shown->title
               : moati_writer_print(writer, "drivers of %s", shown->columns[0].name);
}

static void draw(moati_writer *writer, const moati_shown *shown, const moati_chart *chart) {
    if (writer->document->error.status == MOAT_OK)
        moati_document_chart(writer->document, name_of(writer, shown), chart);
}

static const char *title_of(const moati_shown *shown) {
    return shown->title != NULL ? shown->title : shown->columns[0].name;
}

void moati_report_place_shares(moati_writer *writer, const moati_shown *shown, size_t count,
                               const moati_driver *drivers) {
    rows r;
    if (!take_rows(writer, count, drivers, &r))
        return;
    for (size_t i = 0; i < count; i++)
        r.first[i] = 100 * drivers[i].share;
    const moati_chart_series series = {.values = r.first};
    draw(writer, shown,
         &(moati_chart){.kind = MOATI_CHART_BARS,
                        .title = title_of(shown),
                        .subtitle = "What drives it: shares of the variance of its ranks",
                        .unit = "%",
                        .positions = count,
                        .labels = r.labels,
                        .details = r.details,
                        .series_count = 1,
                        .series = &series});
}

void moati_report_place_tornado(moati_writer *writer, const moati_shown *shown, size_t count,
                                const moati_driver *drivers) {
    rows r;
    const moat_output *output = &shown->columns[0];
    const moati_style style = moati_writer_style(writer, output, shown->first);
    const bool is_condition = style.show == MOAT_SHOW_CONDITION;
    const double factor = is_condition ? 0.01 : style.factor;
    const double mean =
        moat_results_output(writer->study->results, shown->first, shown->entry)->mean;
    if (!take_rows(writer, count, drivers, &r))
        return;
    for (size_t i = 0; i < count; i++) {
        r.first[i] = drivers[i].low / factor;
        r.second[i] = drivers[i].high / factor;
    }
    const moati_chart_series series = {.low = r.first, .high = r.second};
    draw(writer, shown,
         &(moati_chart){.kind = MOATI_CHART_TORNADO,
                        .title = title_of(shown),
                        .subtitle = is_condition
                                        ? "What drives it: probability where an assumption is "
                                          "in its lowest, or highest, tenth"
                                        : "What drives it: mean where an assumption is in its "
                                          "lowest, or highest, tenth",
                        .unit = is_condition ? "%" : style.unit,
                        .positions = count,
                        .labels = r.labels,
                        .details = r.details,
                        .series_count = 1,
                        .series = &series,
                        .middle = mean / factor});
}

/* --- A tornado that a script asks for. */

static bool is_wanted(const moati_writer *writer, const moati_shown *shown, size_t assumption) {
    const moat_assumption *a = moat_model_assumption(writer->study->model, assumption);
    for (size_t i = 1; i < shown->count; i++)
        if (shown->columns[i].nodes[0] == a->node)
            return true;
    return false;
}

/* Moves those that are asked for to the front; all that matter where none is. */
static size_t choose(const moati_writer *writer, const moati_shown *shown, moati_drivers *drivers) {
    size_t count = 0;
    if (shown->count == 1)
        return drivers->named;
    for (size_t i = 0; i < drivers->count; i++)
        if (is_wanted(writer, shown, drivers->list[i].assumption))
            drivers->list[count++] = drivers->list[i];
    return count;
}

void moati_report_tornado(moati_writer *writer, const moati_shown *shown) {
    moati_drivers drivers;
    const moat_output *output = &shown->columns[0];
    if (!moati_find_drivers(writer, output, shown->first, shown->entry, &drivers))
        return;
    const size_t count = choose(writer, shown, &drivers);
    const moat_summary *summary =
        moat_results_output(writer->study->results, shown->first, shown->entry);
    if (output->show == MOAT_SHOW_DATE || !isfinite(summary->mean))
        moati_report_place_shares(writer, shown, count, drivers.list);
    else
        moati_report_place_tornado(writer, shown, count, drivers.list);
}
