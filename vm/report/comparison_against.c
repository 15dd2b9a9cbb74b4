/* What a subject assumes otherwise, and what that explains. */
#include <math.h>

#include "comparison_inner.h"
#include "document_inner.h"
#include "number.h"

void moati_comparison_effect_cell(const moati_telling *t, const moati_difference *unit,
                                  const moat_summary *effect) {
    char text[MOATI_VALUE], error[MOATI_VALUE];
    moati_difference_show(unit, effect->mean, moati_difference_figures(unit, effect), text);
    moati_difference_show_error(unit, effect, true, error);
    moati_document_cell(t->document, "%s%s%s", text, error[0] != '\0' ? " " : "", error);
}

static void cell_of_mean(const moati_telling *t, const moat_summary *summary, double factor) {
    char text[MOATI_NUMBER] = "";
    if (summary != NULL && isfinite(summary->mean))
        moati_number_show(text, summary->mean / factor, 3);
    moati_document_cell(t->document, "%s", text);
}

static void add_contrast(const moati_telling *t, size_t subject, const moat_contrast *item) {
    const moat_model *of = t->c->subjects[item->first != NULL ? 0 : subject].model;
    const moat_unit unit = item->first != NULL ? item->first->unit : item->second->unit;
    const double factor = moat_unit_factor(moat_model_units(of), unit);
    const bool same_unit = item->kind != MOAT_OTHER_UNIT;
    moati_document_cell(t->document, "%s", item->name);
    moati_document_cell(t->document, "%s", item->first != NULL ? item->first->text : "(none)");
    moati_document_cell(t->document, "%s", item->second != NULL ? item->second->text : "(none)");
    cell_of_mean(t, item->first_summary, factor);
    cell_of_mean(t, same_unit ? item->second_summary : NULL, factor);
    moati_document_cell(t->document, "%s", moat_unit_text(moat_model_units(of), unit));
}

static void add_pair(const moati_telling *t, const moat_pair_contrast *pair) {
    char number[MOATI_NUMBER];
    moati_document_cell(t->document, "%s with %s", pair->first, pair->second);
    moati_number_show_exact(number, pair->rank_of_first);
    moati_document_cell(t->document, "%s", number);
    moati_number_show_exact(number, pair->rank_of_second);
    moati_document_cell(t->document, "%s", number);
    for (int i = 0; i < 3; i++)
        moati_document_cell(t->document, "%s", "");
}

static void tell_assumptions(const moati_telling *t, size_t subject) {
    const moat_contrasts *contrasts = &t->c->against[subject].contrasts;
    const char *a = t->c->subjects[0].letter, *b = t->c->subjects[subject].letter;
    const moati_column columns[] = {{"Assumption", MOATI_LEFT},
                                    {a, MOATI_LEFT},
                                    {b, MOATI_LEFT},
                                    {moati_writer_print(t->writer, "Mean %s", a), MOATI_RIGHT},
                                    {moati_writer_print(t->writer, "Mean %s", b), MOATI_RIGHT},
                                    {"Unit", MOATI_LEFT}};
    moati_document_table(t->document, sizeof columns / sizeof *columns, columns);
    for (size_t i = 0; i < contrasts->count; i++)
        if (contrasts->items[i].kind != MOAT_OTHER_CORRELATIONS)
            add_contrast(t, subject, &contrasts->items[i]);
    for (size_t i = 0; i < contrasts->pair_count; i++)
        add_pair(t, &contrasts->pairs[i]);
    moati_document_table_end(t->document);
}

static void cell_of_part(const moati_telling *t, const moati_bridge *bridge, double effect) {
    char number[MOATI_NUMBER];
    const double part = 100 * effect / bridge->whole->mean;
    moati_number_show(number, part, fabs(part) < 10 ? 1 : 2);
    if (fabs(bridge->whole->mean) > 2 * bridge->whole->mcse && fabs(part) < 1000)
        moati_document_cell(t->document, "%s %%", number);
    else
        moati_document_cell(t->document, "%s", "");
}

static void add_part(const moati_telling *t, const moati_bridge *bridge, const char *name,
                     const moat_summary *effect, const char *note) {
    const moati_difference unit = {bridge->difference.factor, ""};
    moati_document_cell(t->document, "%s", name);
    moati_comparison_effect_cell(t, &unit, effect);
    cell_of_part(t, bridge, effect->mean);
    moati_document_cell(t->document, "%s", note);
}

static void tell_bridge(const moati_telling *t, size_t subject, const moati_bridge *bridge) {
    const char *unit =
        bridge->difference.suffix[0] != '\0' ? bridge->difference.suffix : bridge->unit;
    const moati_column columns[] = {{bridge->name, MOATI_LEFT},
                                    {unit[0] != '\0' ? unit : "Effect", MOATI_RIGHT},
                                    {"Share", MOATI_RIGHT},
                                    {NULL, MOATI_LEFT}};
    moati_comparison_bridge(t->writer, t->c, subject, bridge);
    moati_document_table(t->document, sizeof columns / sizeof *columns, columns);
    for (size_t i = 0; i < bridge->count; i++)
        add_part(t, bridge, bridge->parts[i].name, bridge->parts[i].effect,
                 bridge->parts[i].within_error ? "within its error" : "");
    add_part(t, bridge, "All", bridge->whole, "");
    moati_document_table_end(t->document);
}

static void tell_explanations(const moati_telling *t, size_t subject) {
    const moati_against *against = &t->c->against[subject];
    for (size_t i = 0; i < against->target_count; i++) {
        moati_bridge bridge;
        moat_error error;
        if (!moati_bridge_make(t->c, subject, i, &bridge)) {
            moat_fail(&error, MOAT_NO_MEMORY, "out of memory");
            moati_document_fail(t->document, &error);
            return;
        }
        tell_bridge(t, subject, &bridge);
        moati_bridge_free(&bridge);
    }
}

void moati_comparison_tell_against(const moati_telling *t, size_t subject) {
    const moati_against *against = &t->c->against[subject];
    const char *a = t->c->subjects[0].letter, *b = t->c->subjects[subject].letter;
    moati_document_heading(t->document, 2,
                           moati_writer_print(t->writer, "What makes %s - %s", b, a));
    if (against->contrasts.count == 0) {
        moati_document_text(t->document, "%s and %s assume the same%s.", a, b,
                            against->target_count > 0 ? ": what differs is the script itself" : "");
        moati_document_break(t->document);
    } else {
        tell_assumptions(t, subject);
    }
    if (against->target_count == 0)
        return;
    moati_document_text(
        t->document,
        "Each row is %s with one assumption of %s and nothing else of it. The joint "
        "effect is what all do together beyond their sum; the script itself, what is "
        "computed otherwise.",
        a, b);
    moati_document_break(t->document);
    tell_explanations(t, subject);
}
