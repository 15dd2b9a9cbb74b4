/* A comparison in words, tables and charts. */
#include "comparison_document.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "comparison_inner.h"
#include "number.h"

const char *moati_compared_name(moati_writer *writer, const moati_comparison *c, size_t subject) {
    const moati_compared *s = &c->subjects[subject];
    if (s->variant == NULL)
        return s->letter;
    return moati_writer_print(writer, "%s (%s)", s->letter, s->variant);
}

/* Without the folder of a file as it is: the document does not depend on it. */
static const char *path_of(const moati_compared *subject) {
    const char *slash = strrchr(subject->path, '/');
    return subject->revision != NULL || slash == NULL ? subject->path : slash + 1;
}

static void tell_subjects(const moati_telling *t) {
    enum { SHORT_COMMIT = 10 };
    const moat_settings *settings = moat_model_settings(t->c->subjects[0].model);
    char number[MOATI_NUMBER];
    for (size_t s = 0; s < t->c->subject_count; s++) {
        const moati_compared *subject = &t->c->subjects[s];
        moati_document_item(t->document);
        moati_document_markdown(t->document, "**");
        moati_document_text(t->document, "%s", subject->letter);
        moati_document_markdown(t->document, "**");
        moati_document_text(t->document, ": %s", path_of(subject));
        if (subject->variant != NULL)
            moati_document_text(t->document, ", variant %s", subject->variant);
        if (subject->revision != NULL)
            moati_document_text(t->document, " (%.*s)", SHORT_COMMIT, subject->revision);
    }
    moati_document_break(t->document);
    moati_number_show_count(number, settings->samples);
    moati_document_text(t->document,
                        "%s samples, seed %" PRIu64
                        ", %s sampling. The draws are the same, so that "
                        "differences, sample by sample, are those of what was changed.",
                        number, settings->seed, moat_sampling_name(settings->sampling));
    for (size_t i = 0; i < t->c->set_count; i++)
        moati_document_text(t->document, " %s is set to %s.", t->c->sets[i].name,
                            t->c->sets[i].literal);
    moati_document_break(t->document);
}

/* --- Cells. */

static void cell_of_value(const moati_telling *t, size_t output, size_t subject, size_t entry,
                          moati_centre measure) {
    char text[MOATI_VALUE];
    const double value = moati_comparison_value(t->c, output, subject, entry, measure);
    moati_style_show(&t->c->outputs[output].style, value, text);
    moati_document_cell(t->document, "%s", isnan(value) ? "" : text);
}

static void cell_of_number(const moati_telling *t, const moati_difference *unit, double value) {
    char text[MOATI_VALUE];
    moati_difference_show(unit, value, 3, text);
    moati_document_cell(t->document, "%s", isfinite(value) ? text : "");
}

static void cell_of_share(const moati_telling *t, size_t count) {
    const size_t samples = moat_model_settings(t->c->subjects[0].model)->samples;
    char text[MOATI_NUMBER];
    moati_number_show_probability(text, (double)count / (double)samples);
    moati_document_cell(t->document, "%s", text);
}

/* --- Outputs. */

static void add_difference(const moati_telling *t, size_t output, size_t subject,
                           moati_centre measure) {
    const moati_compared_output *o = &t->c->outputs[output];
    const moat_paired *paired = &o->matches[subject].paired[0];
    const moati_difference unit = {moati_difference_of(&o->style).factor, ""};
    if (o->matches[subject].same) {
        moati_document_cell(t->document, "same");
        for (int i = 0; i < 4; i++)
            moati_document_cell(t->document, "%s", "");
        return;
    }
    if (measure == MOATI_CENTRE_MEAN)
        moati_comparison_effect_cell(t, &unit, &paired->difference);
    else
        cell_of_number(t, &unit, paired->difference.p50);
    /* A condition's differences are -1, 0 and 1. */
    const bool is_condition = o->style.show == MOAT_SHOW_CONDITION;
    cell_of_number(t, &unit, is_condition ? NAN : paired->difference.p5);
    cell_of_number(t, &unit, is_condition ? NAN : paired->difference.p95);
    cell_of_share(t, paired->larger);
    if (paired->equal > 0)
        cell_of_share(t, paired->equal);
    else
        moati_document_cell(t->document, "%s", "");
}

static const char *difference_unit(const moati_style *style) {
    const moati_difference unit = moati_difference_of(style);
    return unit.suffix[0] != '\0' ? unit.suffix : moati_style_unit(style);
}

/* How often a date never comes, below its row. */
static void add_never(const moati_telling *t, size_t output, size_t subject) {
    const double shares[] = {moati_comparison_never(t->c, output, 0),
                             moati_comparison_never(t->c, output, subject)};
    const moati_difference points = {0.01, ""};
    char text[MOATI_NUMBER];
    if (shares[0] == 0 && shares[1] == 0)
        return;
    moati_document_cell(t->document, "%s: never", moati_label_of(t->c->outputs[output].output));
    for (size_t i = 0; i < 2; i++) {
        moati_number_show_probability(text, shares[i]);
        moati_document_cell(t->document, "%s", text);
    }
    cell_of_number(t, &points, shares[1] - shares[0]);
    for (int i = 0; i < 4; i++)
        moati_document_cell(t->document, "%s", "");
    moati_document_cell(t->document, "points");
}

static bool is_row(const moati_telling *t, size_t output, size_t subject) {
    const moati_compared_output *o = &t->c->outputs[output];
    return o->output->axis == MOAT_NO_AXIS && o->matches[subject].how == MOATI_MATCHED;
}

static bool any_row(const moati_telling *t, size_t subject) {
    for (size_t i = 0; i < t->c->output_count; i++)
        if (is_row(t, i, subject))
            return true;
    return false;
}

static void tell_outputs(const moati_telling *t, size_t subject) {
    const char *a = t->c->subjects[0].letter, *b = t->c->subjects[subject].letter;
    const moati_column columns[] = {{"Output", MOATI_LEFT},
                                    {a, MOATI_RIGHT},
                                    {b, MOATI_RIGHT},
                                    {moati_writer_print(t->writer, "%s - %s", b, a), MOATI_RIGHT},
                                    {"5 %", MOATI_RIGHT},
                                    {"95 %", MOATI_RIGHT},
                                    {moati_writer_print(t->writer, "%s larger", b), MOATI_RIGHT},
                                    {"Equal", MOATI_RIGHT},
                                    {"Unit", MOATI_LEFT}};
    if (!any_row(t, subject))
        return;
    moati_document_table(t->document, sizeof columns / sizeof *columns, columns);
    for (size_t i = 0; i < t->c->output_count; i++) {
        if (!is_row(t, i, subject))
            continue;
        const moati_centre measure = moati_comparison_centre(t->c, i, subject, 0);
        moati_document_cell(t->document, "%s", moati_label_of(t->c->outputs[i].output));
        cell_of_value(t, i, 0, 0, measure);
        cell_of_value(t, i, subject, 0, measure);
        add_difference(t, i, subject, measure);
        moati_document_cell(t->document, "%s", difference_unit(&t->c->outputs[i].style));
        add_never(t, i, subject);
    }
    moati_document_table_end(t->document);
}

static void tell_unmatched(const moati_telling *t) {
    char why[MOATI_REASON];
    for (size_t i = 0; i < t->c->output_count; i++)
        for (size_t s = 1; s < t->c->subject_count; s++)
            if (t->c->outputs[i].matches[s].how != MOATI_MATCHED) {
                moati_matching_describe(t->c, i, s, why);
                moati_document_item(t->document);
                moati_document_text(t->document, "%s: %s", moati_label_of(t->c->outputs[i].output),
                                    why);
            }
    for (size_t i = 0; i < t->c->stray_count; i++) {
        moati_document_item(t->document);
        moati_document_text(
            t->document, "%s: in %s, not in %s", moati_label_of(t->c->strays[i].output),
            t->c->subjects[t->c->strays[i].subject].letter, t->c->subjects[0].letter);
    }
    moati_document_break(t->document);
}

/* --- Series. */

/* The last period of each year, of years each. */
static bool is_shown(const moati_telling *t, const moat_output *output, size_t entry) {
    const moat_horizon *horizon = moat_model_horizon(t->c->subjects[0].model);
    if (output->axis != MOAT_PERIOD_AXIS || entry + 1 == output->count)
        return true;
    return moat_horizon_year(horizon, (unsigned)entry + 1) !=
           moat_horizon_year(horizon, (unsigned)entry + 2);
}

static void add_entry(const moati_telling *t, size_t output, size_t entry) {
    char label[16];
    const moati_compared_output *o = &t->c->outputs[output];
    moat_model_axis_label(t->c->subjects[0].model, o->output->axis, entry, label);
    moati_document_cell(t->document, "%s", label);
    const moati_difference unit = {moati_difference_of(&o->style).factor, ""};
    for (size_t s = 0; s < t->c->subject_count; s++) {
        const moati_match *m = &o->matches[s];
        const moati_centre measure = moati_comparison_centre(t->c, output, s, entry);
        cell_of_value(t, output, s, entry, measure);
        if (s == 0)
            continue;
        if (m->how != MOATI_MATCHED || m->entries[entry] == MOATI_NONE)
            moati_document_cell(t->document, "%s", "");
        else if (measure == MOATI_CENTRE_MEAN)
            moati_comparison_effect_cell(t, &unit, &m->paired[entry].difference);
        else
            cell_of_number(t, &unit, m->paired[entry].difference.p50);
    }
}

static void tell_course(const moati_telling *t, size_t output) {
    const moati_compared_output *o = &t->c->outputs[output];
    moati_column columns[2 * MOATI_SUBJECTS];
    size_t count = 0;
    columns[count++] = (moati_column){"Means", MOATI_LEFT};
    for (size_t s = 0; s < t->c->subject_count; s++) {
        const char *letter = t->c->subjects[s].letter;
        columns[count++] = (moati_column){letter, MOATI_RIGHT};
        if (s > 0)
            columns[count++] = (moati_column){
                moati_writer_print(t->writer, "%s - %s", letter, t->c->subjects[0].letter),
                MOATI_RIGHT};
    }
    moati_document_heading(t->document, 3, moati_label_of(o->output));
    moati_comparison_fan(t->writer, t->c, output);
    moati_document_table(t->document, count, columns);
    for (size_t entry = 0; entry < o->output->count; entry++)
        if (is_shown(t, o->output, entry))
            add_entry(t, output, entry);
    moati_document_table_end(t->document);
}

/* Whether an output is compared and differs from the first subject in any. */
static bool differs(const moati_telling *t, size_t output) {
    for (size_t s = 1; s < t->c->subject_count; s++) {
        const moati_match *m = &t->c->outputs[output].matches[s];
        if (m->how == MOATI_MATCHED && !m->same)
            return true;
    }
    return false;
}

static void tell_courses(const moati_telling *t) {
    bool begun = false;
    for (size_t i = 0; i < t->c->output_count; i++) {
        if (t->c->outputs[i].output->axis == MOAT_NO_AXIS || !differs(t, i))
            continue;
        if (!begun)
            moati_document_heading(t->document, 2, "Over time");
        begun = true;
        tell_course(t, i);
    }
}

static void tell_distributions(const moati_telling *t) {
    bool begun = false;
    for (size_t i = 0; i < t->c->output_count; i++) {
        const moat_output *output = t->c->outputs[i].output;
        if (output->axis != MOAT_NO_AXIS || output->show == MOAT_SHOW_CONDITION ||
            t->c->outputs[i].style.exact || !differs(t, i))
            continue;
        if (!begun)
            moati_document_heading(t->document, 2, "Distributions");
        begun = true;
        moati_comparison_cumulative(t->writer, t->c, i);
    }
}

void moati_comparison_document(const moati_comparison *comparison, moati_document *document) {
    moati_writer writer = {.document = document};
    const moati_telling t = {&writer, document, comparison};
    moati_document_heading(document, 1, "Comparison");
    tell_subjects(&t);
    moati_document_heading(document, 2, "Outputs");
    for (size_t s = 1; s < comparison->subject_count; s++)
        tell_outputs(&t, s);
    tell_unmatched(&t);
    tell_courses(&t);
    tell_distributions(&t);
    for (size_t s = 1; s < comparison->subject_count; s++)
        moati_comparison_tell_against(&t, s);
    moati_writer_end(&writer);
}
