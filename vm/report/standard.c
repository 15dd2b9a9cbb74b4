/* The standard report: its parts in their order, its title, what came out in words, and how. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "moat/moat.h"
#include "number.h"
#include "standard_inner.h"

/* --- The title. */

/* The first comment of the script, without its marks: up to the end of a sentence or a paragraph.
 * 0: it does not begin with one. */
static size_t first_sentence(const char *text, size_t length, const char **sentence) {
    size_t from = strspn(text, " \t\r\n");
    if (from + 2 > length || strncmp(text + from, "--", 2) != 0)
        return 0;
    from += strspn(text + from, "-");
    from += strspn(text + from, " \t");
    *sentence = text + from;
    size_t used = 0;
    while (from + used < length && text[from + used] != '\n' && text[from + used] != '\r') {
        const char c = text[from + used++];
        const bool ends = c == '.' || c == '?' || c == '!';
        if (ends && strchr(" \r\n", text[from + used]) != NULL)
            return c == '.' ? used - 1 : used;
    }
    return used;
}

static void add_title(moati_writer *writer) {
    const moati_origin *origin = writer->origin;
    const char *title = moat_report_title(writer->study->model), *sentence = "";
    if (title == NULL && origin->text != NULL) {
        const size_t length = first_sentence(origin->text, origin->length, &sentence);
        if (length > 0)
            title = moati_writer_print(writer, "%.*s", (int)length, sentence);
    }
    if (title == NULL)
        title = origin->source_count > 0 ? origin->sources[0].name : "Report";
    moati_document_heading(writer->document, 1, title);
}

/* --- What came out. */

/* What is not as the script declares it. */
static void write_conditions(moati_writer *writer) {
    moati_document *document = writer->document;
    const char *variant = moat_model_variant(writer->study->model);
    const moati_origin *origin = writer->origin;
    if (variant != NULL)
        moati_document_text(document, "The variant \"%s\" is in force.%s", variant,
                            origin->set_count > 0 ? " " : "");
    for (size_t i = 0; i < origin->set_count; i++)
        moati_document_text(document, "%s%s = %s", i == 0 ? "Overridden: " : ", ",
                            origin->sets[i].name, origin->sets[i].literal);
    if (origin->set_count > 0)
        moati_document_text(document, ".");
    moati_document_break(document);
}

static void write_strong(moati_writer *writer, const char *text) {
    moati_document_markdown(writer->document, "**");
    moati_document_text(writer->document, "%s", text);
    moati_document_markdown(writer->document, "**");
}

/* Nothing where both ends are the same. */
static void write_range(moati_writer *writer, const moati_measured *m) {
    char text[MOATI_FIGURE];
    moati_measured_show(m, MOAT_FIGURE_RANGE, text);
    if (strstr(text, " to ") != NULL)
        moati_document_text(writer->document, " (%s)", text);
}

/* "2032-Q3 (2031-Q1 to 2035-Q4)", "never in 61 ± 0.5 %; one case of twenty by 2032-Q1" */
static void write_date(moati_writer *writer, const moati_measured *m) {
    char text[MOATI_FIGURE];
    const bool comes = isfinite(m->summary->p50);
    if (comes) {
        moati_measured_show(m, MOAT_FIGURE_MEDIAN, text);
        write_strong(writer, text);
        write_range(writer, m);
    }
    if (m->summary->inf_count > 0) {
        moati_measured_show_never(m, moati_writer_samples(writer), text);
        moati_document_text(writer->document, "%s", comes ? "; never in " : "never in ");
        write_strong(writer, text);
    }
    if (!comes && isfinite(m->summary->p5)) {
        moati_measured_show(m, MOAT_FIGURE_P5, text);
        moati_document_text(writer->document, "; one case of twenty by %s", text);
    }
}

static void write_head(moati_writer *writer, const moati_head *head) {
    char text[MOATI_FIGURE];
    const moati_measured m = moati_writer_measure(writer, head->output, head->index, head->entry);
    moati_document_item(writer->document);
    moati_document_text(writer->document, "%s: ", head->label);
    if (m.style.show == MOAT_SHOW_DATE) {
        write_date(writer, &m);
        return;
    }
    moati_measured_tell(&m, MOAT_FIGURE_MEDIAN, text);
    write_strong(writer, text);
    if (m.style.show == MOAT_SHOW_CONDITION)
        return;
    write_range(writer, &m);
}

static void add_outcome(moati_writer *writer) {
    moati_head heads[MOATI_HEADS];
    const size_t count = moati_heads(writer, MOATI_HEADS, heads);
    write_conditions(writer);
    if (count == 0)
        return;
    moati_document_text(writer->document,
                        "What comes out: medians, with the range of nine cases out of ten in "
                        "brackets, and the probabilities of what may come true.");
    for (size_t i = 0; i < count; i++)
        write_head(writer, &heads[i]);
    moati_document_break(writer->document);
}

/* --- How. */

static void write_sources(moati_writer *writer) {
    const moati_origin *origin = writer->origin;
    for (size_t i = 0; i < origin->source_count; i++) {
        moati_document_item(writer->document);
        moati_document_text(writer->document, "%s: SHA-256 ", origin->sources[i].name);
        moati_document_markdown(writer->document, "`");
        moati_document_markdown(writer->document, origin->sources[i].sha256);
        moati_document_markdown(writer->document, "`");
    }
    moati_document_break(writer->document);
}

static void write_horizon(moati_writer *writer) {
    static const char *const steps[] = {
        [MOAT_YEAR] = "year", [MOAT_QUARTER] = "quarter", [MOAT_MONTH] = "month"};
    const moat_horizon *horizon = moat_model_horizon(writer->study->model);
    char first[16], last[16];
    if (horizon->periods == 0)
        return;
    moat_horizon_label(horizon, 1, first);
    moat_horizon_label(horizon, horizon->periods, last);
    moati_document_text(writer->document, "The horizon is %s%s to %s by %s. ",
                        horizon->dated ? "" : "period ", first, last, steps[horizon->step]);
}

/* Ends the sentence; a memo may have no outputs to take a digest of. */
static void write_digest(moati_writer *writer) {
    char digest[33];
    if (moat_model_outputs(writer->study->model) == 0) {
        moati_document_text(writer->document, ".");
        return;
    }
    moat_results_digest(writer->study->results, digest);
    moati_document_text(writer->document, "; digest of all outputs ");
    moati_document_markdown(writer->document, "`");
    moati_document_markdown(writer->document, digest);
    moati_document_markdown(writer->document, "`.");
}

static void add_method(moati_writer *writer) {
    const moat_settings *settings = moat_model_settings(writer->study->model);
    moati_document *document = writer->document;
    char samples[MOATI_NUMBER], first[MOATI_NUMBER];
    moati_number_show_count(samples, settings->samples);
    moati_number_show_count(first, MOAT_FIRST_VALUES);
    moati_document_heading(document, writer->level, "Method");
    write_horizon(writer);
    moati_document_text(document,
                        "%s samples, seed %" PRIu64
                        ", %s sampling, Moat %s. The same script, seed, samples and version give "
                        "the same figures to the last bit",
                        samples, settings->seed, moat_sampling_name(settings->sampling),
                        MOAT_VERSION);
    write_digest(writer);
    moati_document_break(document);
    moati_document_text(document,
                        "A figure from samples is an estimate. Means and probabilities are shown "
                        "down to the first digit of their standard error, which stands after ±; "
                        "other figures are rounded to steps of at least twice theirs, so that "
                        "another seed moves them by a step, if at all. Three significant figures "
                        "are the most, and what charts are labelled with.");
    if (settings->samples > MOAT_FIRST_VALUES)
        moati_document_text(document,
                            " Shares of variance, rank correlations and histograms are of the "
                            "first %s samples.",
                            first);
    moati_document_break(document);
    moati_document_text(document,
                        "A share of variance is what knowing one assumption alone would take from "
                        "the variance of the output's ranks (a first-order index); a rank "
                        "correlation (Spearman's) says in which direction it works.");
    moati_document_break(document);
    write_sources(writer);
}

/* --- The whole. */

static void write_sections(moati_writer *writer) {
    moati_report_outputs(writer);
    moati_report_drivers(writer);
    moati_report_variants(writer);
    moati_report_assumptions(writer);
    add_method(writer);
}

void moati_standard_report(const moati_study *study, const moati_origin *origin,
                           moati_document *document) {
    moati_writer writer = {.study = study, .origin = origin, .document = document, .level = 2};
    add_title(&writer);
    add_outcome(&writer);
    moati_report_items(&writer, 0, moat_report_items(study->model));
    write_sections(&writer);
    moati_writer_end(&writer);
}

void moati_standard_sections(const moati_study *study, const moati_origin *origin,
                             moati_document *document) {
    moati_writer writer = {.study = study, .origin = origin, .document = document, .level = 2};
    write_sections(&writer);
    moati_writer_end(&writer);
}

void moati_standard_items(const moati_study *study, size_t first, size_t count,
                          moati_document *document) {
    moati_writer writer = {.study = study, .document = document, .level = 3};
    moati_report_items(&writer, first, count);
    moati_writer_end(&writer);
}
