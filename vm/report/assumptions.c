/* The assumptions: what is put in, and where it comes from. */
#include <string.h>

#include "moat/explore.h"
#include "number.h"
#include "standard_inner.h"

/* --- Blocks. */

/* How long the common beginning "demand." of a block's names is, without the point; 0: none. */
static size_t prefix_length(const moat_model *model, size_t first, size_t end) {
    const char *name = moat_model_assumption(model, first)->name;
    const char *point = strchr(name, '.');
    const size_t length = point == NULL ? 0 : (size_t)(point - name);
    for (size_t i = first; i < end; i++) {
        const char *other = moat_model_assumption(model, i)->name;
        if (strncmp(other, name, length + 1) != 0)
            return 0;
    }
    return length;
}

static size_t block_end(const moat_model *model, size_t first) {
    const size_t count = moat_model_assumptions(model);
    const unsigned block = moat_model_assumption(model, first)->block;
    size_t end = first + 1;
    while (end < count && moat_model_assumption(model, end)->block == block)
        end++;
    return end;
}

/* Where a table that begins at an assumption ends: after its block, and after all that follow
 * without a name of their own where it has none either. */
static size_t table_end(const moat_model *model, size_t first) {
    size_t end = block_end(model, first);
    if (prefix_length(model, first, end) > 0)
        return end;
    while (end < moat_model_assumptions(model) &&
           prefix_length(model, end, block_end(model, end)) == 0)
        end = block_end(model, end);
    return end;
}

/* --- Rows. */

/* Whether a literal says its unit. */
static bool says_unit(const char *text, const char *unit) {
    return unit[0] == '\0' || strcmp(unit, "1") == 0 || strstr(text, unit) != NULL;
}

static void add_name(moati_writer *writer, const moat_assumption *assumption) {
    if (assumption->label == NULL)
        moati_document_cell(writer->document, "%s", assumption->name);
    else
        moati_document_cell(writer->document, "%s (%s)", assumption->label, assumption->name);
}

static void add_value(moati_writer *writer, const moat_assumption *assumption) {
    const moat_model *model = writer->study->model;
    const char *unit = moat_unit_text(moat_model_units(model), assumption->unit);
    const char *declared = moat_model_declared_text(model, assumption->name);
    const char *gap = says_unit(assumption->text, unit) ? "" : " ";
    const bool changed = declared != NULL && strcmp(declared, assumption->text) != 0;
    moati_document_cell(writer->document, "%s%s%s%s%s%s", assumption->text, gap,
                        gap[0] != '\0' ? unit : "", changed ? " (declared: " : "",
                        changed ? declared : "", changed ? ")" : "");
}

static void add_percentiles(moati_writer *writer, const moat_assumption *assumption,
                            size_t result) {
    static const moat_figure figures[] = {MOAT_FIGURE_P5, MOAT_FIGURE_MEDIAN, MOAT_FIGURE_P95};
    const moat_dim dim = moat_node_dim(moat_model_graph(writer->study->model), assumption->node);
    const moat_output output = {.name = assumption->name, .dim = dim, .count = 1};
    const moati_measured measured = moati_writer_measure(writer, &output, result, 0);
    for (size_t i = 0; i < 3; i++) {
        char text[MOATI_FIGURE];
        moati_measured_show(&measured, figures[i], text);
        moati_document_cell(writer->document, "%s", measured.style.exact ? "" : text);
    }
}

/* Whether a note says by itself what stands in for a source. */
static bool says_why(const char *note) {
    static const char *const words[] = {"judgement", "judgment", "definition"};
    for (size_t i = 0; note != NULL && i < sizeof words / sizeof *words; i++)
        if (strstr(note, words[i]) != NULL)
            return true;
    return false;
}

/* "source; note; date", or that it is a judgement, which the note may have said. */
static void add_source(moati_writer *writer, const moat_assumption *assumption) {
    const bool is_said = assumption->source == NULL && says_why(assumption->note);
    const char *const parts[] = {is_said ? NULL : assumption->note, assumption->date};
    const char *text = is_said                      ? assumption->note
                       : assumption->source != NULL ? assumption->source
                                                    : "judgement";
    for (size_t i = 0; i < 2; i++)
        if (parts[i] != NULL)
            text = moati_writer_print(writer, "%s; %s", text, parts[i]);
    moati_document_cell(writer->document, "%s", text);
}

static void write_table(moati_writer *writer, size_t first, size_t end) {
    static const moati_column columns[] = {{"Assumption", MOATI_LEFT}, {"Value", MOATI_LEFT},
                                           {"5 %", MOATI_RIGHT},       {"Median", MOATI_RIGHT},
                                           {"95 %", MOATI_RIGHT},      {"Source", MOATI_LEFT}};
    const moati_study *study = writer->study;
    moati_document_table(writer->document, 6, columns);
    for (size_t i = first; i < end; i++) {
        const moat_assumption *assumption = moat_model_assumption(study->model, i);
        add_name(writer, assumption);
        add_value(writer, assumption);
        add_percentiles(writer, assumption, study->assumptions + i);
        add_source(writer, assumption);
    }
    moati_document_table_end(writer->document);
}

static void write_heading(moati_writer *writer, size_t first, size_t end) {
    const moat_model *model = writer->study->model;
    const size_t length = prefix_length(model, first, end);
    if (length > 0)
        moati_document_heading(writer->document, writer->level + 1,
                               moati_writer_print(writer, "%.*s", (int)length,
                                                  moat_model_assumption(model, first)->name));
    else if (first > 0)
        moati_document_heading(writer->document, writer->level + 1, "Others");
}

static void write_correlations(moati_writer *writer) {
    const moat_model *model = writer->study->model;
    char rank[MOATI_NUMBER];
    for (size_t i = 0; i < moat_model_pairs(model); i++) {
        const moat_pair pair = moat_model_pair(model, i);
        moati_number_show_exact(rank, pair.rank);
        moati_document_text(writer->document, "%s%s and %s %s",
                            i == 0 ? "Rank correlations: " : ", ", pair.first, pair.second, rank);
    }
    if (moat_model_pairs(model) > 0)
        moati_document_text(writer->document, ".");
    moati_document_break(writer->document);
}

static size_t count_judgements(const moat_model *model) {
    size_t count = 0;
    for (size_t i = 0; i < moat_model_assumptions(model); i++)
        count += moat_model_assumption(model, i)->source == NULL;
    return count;
}

static const char *source_words(moati_writer *writer, size_t count, size_t judged) {
    if (judged == 0)
        return count == 1 ? "The one assumption has a source."
                          : moati_writer_print(writer, "All %zu have a source.", count);
    if (judged == count)
        return count == 1 ? "The one assumption is a judgement, and the first thing to argue about."
                          : moati_writer_print(writer,
                                               "None of %zu has a source: they are judgements, and "
                                               "the first thing to argue about.",
                                               count);
    return moati_writer_print(
        writer, "%zu of %zu %s a source; %s, and the first thing to argue about.", count - judged,
        count, count - judged == 1 ? "has" : "have",
        judged == 1 ? "the other is a judgement" : "the others are judgements");
}

void moati_report_assumptions(moati_writer *writer) {
    const moat_model *model = writer->study->model;
    const size_t count = moat_model_assumptions(model);
    if (count == 0)
        return;
    const size_t judged = count_judgements(model);
    moati_document_heading(writer->document, writer->level, "Assumptions");
    moati_document_text(writer->document, "A range is from the 5th to the 95th percentile. %s",
                        source_words(writer, count, judged));
    moati_document_break(writer->document);
    for (size_t first = 0, end; first < count; first = end) {
        end = table_end(model, first);
        write_heading(writer, first, end);
        write_table(writer, first, end);
    }
    write_correlations(writer);
}
