/* What drives the main results: shares of variance and rank correlations of assumptions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "document_inner.h"
#include "moat/sensitivity.h"
#include "standard_inner.h"

/* --- Finding them. */

static size_t count_first(const moati_writer *writer) {
    const size_t samples = moati_writer_samples(writer);
    return samples < MOAT_FIRST_VALUES ? samples : MOAT_FIRST_VALUES;
}

/* The ranks of an entry's first values; NULL where it has none, or where the document failed. */
static double *ranks_of(moati_writer *writer, size_t result, size_t entry) {
    size_t count;
    moat_error error;
    const double *values = moat_results_first_values(writer->study->results, result, entry, &count);
    double *ranks = values == NULL ? NULL : moati_writer_take(writer, count, sizeof *ranks);
    if (ranks != NULL && moat_ranks(count, values, ranks, &error) != MOAT_OK) {
        moati_writer_fail(writer, &error);
        return NULL;
    }
    return ranks;
}

/* The ranks of all assumptions, computed once; NULL for one that does not vary. */
static double **ranks_of_assumptions(moati_writer *writer) {
    const moati_study *study = writer->study;
    const size_t count = moat_model_assumptions(study->model);
    if (writer->ranks != NULL)
        return writer->ranks;
    writer->ranks = moati_writer_take(writer, count, sizeof *writer->ranks);
    for (size_t i = 0; writer->ranks != NULL && i < count; i++)
        if (!moat_results_constant(study->results, study->assumptions + i))
            writer->ranks[i] = ranks_of(writer, study->assumptions + i, 0);
    return writer->ranks;
}

/* How many steps as wide as noise a value is: equals are those that chance alone would put in an
 * order. The width changes with the value, but more slowly than it. */
static double rounded(double value, double error) {
    const double step = fmax(2 * error, 0.01);
    return nearbyint(value / step);
}

/* The error of a squared correlation, and of a share that is none (Olkin and Finn, 1995). */
static double share_error(const moati_writer *writer, double share) {
    const double count = (double)count_first(writer),
                 noise = moat_variance_share_noise(count_first(writer));
    return sqrt(4 * share * (1 - share) * (1 - share) / count + noise * noise);
}

static double rank_error(const moati_writer *writer, double rank) {
    return (1 - rank * rank) / sqrt((double)count_first(writer));
}

static int by_importance(const void *a, const void *b) {
    const moati_driver *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? 1 : -1;
    if (x->rank_order != y->rank_order)
        return x->rank_order < y->rank_order ? 1 : -1;
    return (x->assumption > y->assumption) - (x->assumption < y->assumption);
}

static moati_driver measure_driver(const moati_writer *writer, size_t assumption,
                                   const double *x_ranks, const double *y_ranks, const double *y) {
    const size_t count = count_first(writer);
    moati_driver driver = {.assumption = assumption,
                           .share = moat_variance_share(count, x_ranks, y_ranks),
                           .rank = moat_rank_correlation(count, x_ranks, y_ranks),
                           .low = moat_mean_where_low(count, x_ranks, y),
                           .high = moat_mean_where_high(count, x_ranks, y)};
    driver.order = rounded(driver.share, share_error(writer, driver.share));
    driver.rank_order = rounded(fabs(driver.rank), rank_error(writer, driver.rank));
    return driver;
}

/* A share is told from noise, and worth a line. */
enum { LEAST_SIGMAS = 4 };
#define LEAST_SHARE 0.01
#define NOTHING     0.005 /* 0 % */

static bool matters(const moati_writer *writer, const moati_driver *driver) {
    const double noise = moat_variance_share_noise(count_first(writer));
    return driver->share >= fmax(LEAST_SHARE, LEAST_SIGMAS * noise);
}

static void pool(const moati_writer *writer, moati_drivers *drivers) {
    const double noise = moat_variance_share_noise(count_first(writer));
    for (size_t i = 0; i < drivers->count; i++) {
        const moati_driver *driver = &drivers->list[i];
        if (i == drivers->named && i < MOATI_DRIVERS && matters(writer, driver)) {
            drivers->named++;
            drivers->named_share += driver->share;
        } else if (driver->share > LEAST_SIGMAS * noise) {
            drivers->pooled_count++;
            drivers->pooled_share += driver->share;
        }
    }
}

bool moati_find_drivers(moati_writer *writer, const moat_output *output, size_t result,
                        size_t entry, moati_drivers *drivers) {
    const size_t assumptions = moat_model_assumptions(writer->study->model);
    size_t count;
    double **x = ranks_of_assumptions(writer);
    const double *y_ranks = ranks_of(writer, result, entry);
    const double *y = moati_sample_values(writer, output, result, entry, 1, &count);
    *drivers = (moati_drivers){0};
    drivers->list = moati_writer_take(writer, assumptions, sizeof *drivers->list);
    if (x == NULL || y_ranks == NULL || y == NULL || drivers->list == NULL || isnan(y_ranks[0]))
        return false;
    for (size_t i = 0; i < assumptions; i++)
        if (x[i] != NULL)
            drivers->list[drivers->count++] = measure_driver(writer, i, x[i], y_ranks, y);
    qsort(drivers->list, drivers->count, sizeof *drivers->list, by_importance);
    pool(writer, drivers);
    return true;
}

/* --- Showing them. */

/* A share of variance, in whole percent. */
static void show_share(double share, char buffer[MOATI_FIGURE]) {
    moati_step_show((moati_step){1, 0}, 100 * share, buffer);
    strcat(buffer, " %");
}

static void show_rank(const moati_writer *writer, double rank, char buffer[MOATI_FIGURE]) {
    moati_step step = moati_step_for(rank, rank_error(writer, rank));
    if (step.multiple == 0 || step.exponent < -2)
        step = (moati_step){1, -2};
    moati_step_show(step, rank, buffer);
}

/* "Mean at its lowest, $bn" */
static const char *unit_title(moati_writer *writer, const moati_style *style, const char *words) {
    const char *unit = style->show == MOAT_SHOW_CONDITION ? "%" : style->unit;
    return strcmp(unit, "1") == 0 ? words : moati_writer_print(writer, "%s, %s", words, unit);
}

/* A mean over a tenth of the samples, whose variance is what this assumption leaves. */
static void add_tenth(moati_writer *writer, const moati_measured *measured, double mean,
                      double share) {
    const bool is_condition = measured->style.show == MOAT_SHOW_CONDITION;
    const double factor = is_condition ? 0.01 : measured->style.factor;
    const double error = measured->summary->mcse * sqrt(10 * (1 - share));
    char text[MOATI_VALUE];
    moati_step_show(moati_step_for(mean / factor, error / factor), mean / factor, text);
    moati_document_cell(writer->document, "%s", text);
}

static void write_rows(moati_writer *writer, const moati_measured *measured,
                       const moati_drivers *drivers, bool tenths) {
    moati_document *document = writer->document;
    for (size_t i = 0; i < drivers->named; i++) {
        const moati_driver *driver = &drivers->list[i];
        char share[MOATI_FIGURE], rank[MOATI_FIGURE];
        const moat_assumption *assumption =
            moat_model_assumption(writer->study->model, driver->assumption);
        show_share(driver->share, share);
        show_rank(writer, driver->rank, rank);
        moati_document_cell(document, "%s", moati_assumption_label(assumption));
        moati_document_cell(document, "%s", share);
        moati_document_cell(document, "%s", rank);
        if (!tenths)
            continue;
        add_tenth(writer, measured, driver->low, driver->share);
        add_tenth(writer, measured, driver->high, driver->share);
    }
    if (drivers->pooled_share < NOTHING)
        return;
    char share[MOATI_FIGURE];
    show_share(drivers->pooled_share, share);
    moati_document_cell(document, "%zu other%s", drivers->pooled_count,
                        drivers->pooled_count == 1 ? "" : "s");
    moati_document_cell(document, "%s", share);
    for (size_t i = tenths ? 3 : 1; i > 0; i--)
        moati_document_cell(document, "%s", "");
}

/* Where the mean of a tenth says nothing, as of a date that may never come, it is left out. */
static bool has_tenths(const moati_measured *measured) {
    return measured->style.show != MOAT_SHOW_DATE && isfinite(measured->summary->mean);
}

static void write_table(moati_writer *writer, const moati_measured *measured,
                        const moati_drivers *drivers) {
    const bool tenths = has_tenths(measured);
    const bool is_condition = measured->style.show == MOAT_SHOW_CONDITION;
    const moati_column columns[] = {
        {"Assumption", MOATI_LEFT},
        {"Share of variance", MOATI_RIGHT},
        {"Rank correlation", MOATI_RIGHT},
        {unit_title(writer, &measured->style,
                    is_condition ? "Probability at its lowest" : "Mean at its lowest"),
         MOATI_RIGHT},
        {unit_title(writer, &measured->style, "at its highest"), MOATI_RIGHT}};
    moati_document_table(writer->document, tenths ? 5 : 3, columns);
    write_rows(writer, measured, drivers, tenths);
    moati_document_table_end(writer->document);
}

/* What is left once each assumption has had its own share. */
static void write_rest(moati_writer *writer, const moati_drivers *drivers) {
    const double told = drivers->named_share + drivers->pooled_share;
    char rest[MOATI_FIGURE];
    if (drivers->named == 0) {
        moati_document_text(writer->document, "No assumption by itself moves it noticeably.");
    } else if (told > 1) {
        moati_document_text(writer->document,
                            "The shares add up to more than all: some of these assumptions are "
                            "correlated, and share what they explain.");
    } else if (1 - told < NOTHING) {
        moati_document_text(writer->document, "That is all that moves it.");
    } else {
        show_share(1 - told, rest);
        moati_document_text(writer->document,
                            "%s is left to what assumptions do together and to chance that is no "
                            "assumption.",
                            rest);
    }
    moati_document_break(writer->document);
}

static void draw(moati_writer *writer, const moati_head *head, const moati_measured *measured,
                 const moati_drivers *drivers) {
    moat_output column = *head->output;
    column.name = head->label;
    column.nodes += head->entry;
    column.count = 1;
    column.axis = MOAT_NO_AXIS;
    const moati_shown shown = {.title = head->label,
                               .name =
                                   moati_writer_print(writer, "drivers of %s", head->output->name),
                               .count = 1,
                               .columns = &column,
                               .first = head->index,
                               .entry = head->entry};
    if (has_tenths(measured))
        moati_report_place_tornado(writer, &shown, drivers->named, drivers->list);
    else
        moati_report_place_shares(writer, &shown, drivers->named, drivers->list);
}

enum { MOST_DRIVEN = 6 };

void moati_report_drivers(moati_writer *writer) {
    const moat_model *model = writer->study->model;
    moati_head heads[MOATI_HEADS];
    const size_t count = moati_heads(writer, MOST_DRIVEN, heads);
    if ((moat_report_hidden(model) & MOAT_HIDE_DRIVERS) != 0 || count == 0)
        return;
    moati_document_heading(writer->document, writer->level, "What drives it");
    for (size_t i = 0; i < count; i++) {
        moati_drivers drivers;
        const moati_head *head = &heads[i];
        const moati_measured measured =
            moati_writer_measure(writer, head->output, head->index, head->entry);
        if (!moati_find_drivers(writer, head->output, head->index, head->entry, &drivers))
            continue;
        moati_document_heading(writer->document, writer->level + 1, head->label);
        if (drivers.named > 0)
            write_table(writer, &measured, &drivers);
        write_rest(writer, &drivers);
        draw(writer, head, &measured, &drivers);
    }
}
