/* Mistakes that the model shows: what nothing depends on, and what makes no difference. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "model.h"
#include "order.h"
#include "table.h"

/* What is known of a node. */
enum { VARIES = 1, DEPENDS = 2, USED = 4 };

typedef struct marks {
    moat_model *model;
    unsigned char *of; /* by node */
    moat_node last;
} marks;

/* --- Spreading marks. An assumption counts with all its values: the script's and the variants'. */

static const moati_assumption *assumption_of(const moat_model *model, moat_node node) {
    if (moat_node_op(model->graph, node) != MOAT_INPUT)
        return NULL;
    for (size_t i = 0; i < model->assumption_count; i++)
        if (model->assumptions[i]->shown.node == node)
            return model->assumptions[i];
    return NULL;
}

/* What an assumption is in a variant: the distribution is asked, as it has no node. */
static bool varies_in_variant(const moat_model *model, const moati_assumption *assumption,
                              const marks *m) {
    for (size_t i = 0; i < model->variant_count; i++)
        for (size_t k = 0; k < model->variants[i].count; k++) {
            const moati_change *change = &model->variants[i].changes[k];
            if (change->assumption == assumption &&
                (change->value.dist != MOAT_NO_DIST ||
                 (m->of[change->value.definition] & VARIES) != 0))
                return true;
        }
    return false;
}

static unsigned char gathered(const marks *m, moat_node node) {
    const moat_node *list;
    const moat_op op = moat_node_op(m->model->graph, node);
    const size_t count = moati_needs(m->model->graph, m->model->definitions, node, &list);
    unsigned char all = op == MOAT_DRAW_U || op == MOAT_DRAW_Z ? VARIES : 0;
    for (size_t i = 0; i < count; i++)
        if (list[i] != MOAT_NO_NODE)
            all |= m->of[list[i]] & (VARIES | DEPENDS);
    const moati_assumption *assumption = assumption_of(m->model, node);
    if (assumption != NULL)
        all |= varies_in_variant(m->model, assumption, m) ? DEPENDS | VARIES : DEPENDS;
    return all;
}

/* From operands to what uses them; again where an assumption is computed from later ones. */
static void spread_up(const marks *m) {
    for (bool again = true; again;) {
        again = false;
        for (moat_node node = 1; node <= m->last; node++) {
            const unsigned char all = gathered(m, node);
            again = again || (m->of[node] | all) != m->of[node];
            m->of[node] |= all;
        }
    }
}

static bool use_each(const marks *m, size_t count, const moat_node *list) {
    bool news = false;
    for (size_t i = 0; i < count; i++) {
        news = news || (list[i] != MOAT_NO_NODE && (m->of[list[i]] & USED) == 0);
        m->of[list[i]] |= USED;
    }
    return news;
}

static bool use_variants(const marks *m, const moati_assumption *assumption) {
    bool news = false;
    for (size_t i = 0; i < m->model->variant_count; i++)
        for (size_t k = 0; k < m->model->variants[i].count; k++) {
            const moati_change *change = &m->model->variants[i].changes[k];
            if (change->assumption == assumption)
                news |= use_each(m, 1, &change->value.definition);
        }
    return news;
}

/* From what is asked for to what it needs. */
static void spread_down(const marks *m) {
    const moat_model *model = m->model;
    use_each(m, model->asked_count, model->asked);
    for (size_t i = 0; i < model->output_count; i++)
        use_each(m, model->outputs[i].count, model->outputs[i].nodes);
    for (bool again = true; again;) {
        again = false;
        for (moat_node node = m->last; node > 0; node--) {
            const moat_node *list;
            if ((m->of[node] & USED) == 0)
                continue;
            const size_t count = moati_needs(model->graph, model->definitions, node, &list);
            again |= use_each(m, count, list);
            const moati_assumption *assumption = assumption_of(model, node);
            again |= assumption != NULL && use_variants(m, assumption);
        }
    }
}

/* --- Assumptions. */

static void check_date(moati_check *check, const moat_assumption *a, moati_place place) {
    int month;
    if (a->date == NULL)
        return;
    const moati_check_options *o = &check->options;
    if (!moati_check_read_month(a->date, &month))
        moati_check_add(
            check, "bad-date", place, "write it as 2026, 2026-Q3, 2026-11 or 2026-11-21",
            "the date of the assumption \"%s\", \"%s\", cannot be read", a->name, a->date);
    else if (o->max_age >= 0 && o->today - month > o->max_age)
        moati_check_add(check, "stale-date", place,
                        "look at its source again and bring value and date up to date",
                        "the assumption \"%s\" is of %s, %d months ago", a->name, a->date,
                        o->today - month);
}

/* What is judged or defined has no source, and says so. */
static bool says_why(const moat_assumption *a) {
    static const char *const words[] = {"judgement", "judgment", "definition"};
    for (size_t i = 0; a->note != NULL && i < sizeof words / sizeof *words; i++)
        if (strstr(a->note, words[i]) != NULL)
            return true;
    return false;
}

/* One that a module of the library declares with a value that the script gave it. */
static bool is_of_library(const moati_check *check, const char *name) {
    const moati_note *note = moati_check_note(check, MOATI_NOTE_ASSUMPTION, name);
    return note != NULL && note->by_library;
}

static void check_assumption(moati_check *check, const marks *m,
                             const moati_assumption *assumption) {
    const moat_assumption *a = &assumption->shown;
    const moati_place place = moati_place_of_note(check, MOATI_NOTE_ASSUMPTION, a->name);
    if ((m->of[a->node] & USED) == 0 && m->model->output_count > 0)
        moati_check_add(check, "unused-assumption", place, "use it or remove it",
                        "no output depends on the assumption \"%s\"", a->name);
    if (a->source == NULL && !says_why(a) && !is_of_library(check, a->name))
        moati_check_add(check, "no-source", place,
                        "add source = \"...\", or say in its note that it is a judgement or a "
                        "definition",
                        "the assumption \"%s\" has no source", a->name);
    check_date(check, a, place);
}

/* --- Outputs. */

static unsigned char marks_of(const moat_output *output, const marks *m) {
    unsigned char all = 0;
    for (size_t i = 0; i < output->count; i++)
        all |= m->of[output->nodes[i]];
    return all;
}

static void check_output(moati_check *check, const marks *m, const moat_output *output) {
    const moati_place place = moati_place_of_note(check, MOATI_NOTE_OUTPUT, output->name);
    const unsigned char all = marks_of(output, m);
    if ((all & (DEPENDS | VARIES)) == 0)
        moati_check_add(check, "constant-output", place,
                        "compute it from assumptions, or print it instead",
                        "the output \"%s\" depends on no assumption", output->name);
    else if ((all & VARIES) == 0)
        moati_check_add(
            check, "certain-output", place, "give one of them a range",
            "the output \"%s\" does not vary: every assumption that it depends on is one "
            "number",
            output->name);
    if (output->unit == MOAT_NO_UNIT && output->dim != MOAT_DIMENSIONLESS &&
        output->show == MOAT_SHOW_NUMBER)
        moati_check_add(
            check, "no-unit", place, "add { unit = \"...\" }",
            "the output \"%s\" has no unit of its own, and is shown in one that depends "
            "on its values",
            output->name);
}

/* --- Variants. */

static bool same_value(const moati_value *a, const moati_value *b) {
    if (a->dist == MOAT_NO_DIST && b->dist == MOAT_NO_DIST)
        return a->definition == b->definition;
    return a->dist == b->dist || strcmp(a->text, b->text) == 0;
}

static const moati_change *find_change(const moati_variant *variant,
                                       const moati_assumption *assumption) {
    for (size_t i = 0; i < variant->count; i++)
        if (variant->changes[i].assumption == assumption)
            return &variant->changes[i];
    return NULL;
}

static bool same_changes(const moati_variant *a, const moati_variant *b) {
    for (size_t i = 0; i < a->count; i++) {
        const moati_change *other = find_change(b, a->changes[i].assumption);
        if (other == NULL || !same_value(&a->changes[i].value, &other->value))
            return false;
    }
    return a->count == b->count;
}

static void check_twins(moati_check *check, const moat_model *model, size_t index,
                        moati_place place) {
    const moati_variant *variant = &model->variants[index];
    for (size_t i = 0; i < index; i++)
        if (variant->count > 0 && same_changes(variant, &model->variants[i])) {
            moati_check_add(
                check, "same-variant", place, "remove one of them, or change its values",
                "the variant \"%s\" is the same as \"%s\"", variant->name, model->variants[i].name);
            return;
        }
}

static void check_variant(moati_check *check, const marks *m, size_t index) {
    const moati_variant *variant = &m->model->variants[index];
    const moati_place place = moati_place_of_note(check, MOATI_NOTE_VARIANT, variant->name);
    size_t same = 0, unused = 0;
    for (size_t i = 0; i < variant->count; i++) {
        const moati_change *change = &variant->changes[i];
        same += same_value(&change->value, &change->assumption->base);
        unused += (m->of[change->assumption->shown.node] & USED) == 0;
    }
    const char *why = variant->count == 0        ? "overrides nothing"
                      : same == variant->count   ? "gives assumptions the values that they have"
                      : unused == variant->count ? "overrides what no output depends on"
                                                 : NULL;
    if (why != NULL)
        moati_check_add(check, "idle-variant", place, "change what it overrides, or remove it",
                        "the variant \"%s\" %s", variant->name, why);
    check_twins(check, m->model, index, place);
}

/* --- Correlations. */

static bool is_constant(const marks *m, const moati_assumption *assumption) {
    return (m->of[assumption->shown.node] & VARIES) == 0;
}

static void check_pair(moati_check *check, const marks *m, const moati_note *note) {
    const char *const names[] = {note->name, note->text};
    for (size_t i = 0; i < 2; i++) {
        const moati_assumption *assumption = moati_model_find(m->model, names[i]);
        if (assumption != NULL && is_constant(m, assumption))
            moati_check_add(check, "idle-correlation",
                            moati_place_of_line(check, note->file, note->line),
                            "give it a range, or remove the correlation",
                            "the correlation of \"%s\" and \"%s\" has no effect: \"%s\" is one "
                            "number, \"%s\"",
                            names[0], names[1], names[i], assumption->shown.text);
    }
}

/* --- All of it. */

static void look_at(moati_check *check, const marks *m) {
    const moat_model *model = m->model;
    for (size_t i = 0; i < model->assumption_count; i++)
        check_assumption(check, m, model->assumptions[i]);
    for (size_t i = 0; i < model->output_count; i++)
        check_output(check, m, &model->outputs[i]);
    for (size_t i = 0; i < model->variant_count; i++)
        check_variant(check, m, i);
    for (size_t i = 0; i < check->notes.count; i++)
        if (check->notes.notes[i].kind == MOATI_NOTE_CORRELATION)
            check_pair(check, m, &check->notes.notes[i]);
    if (model->output_count == 0 && model->assumption_count > 0 && check->notes.source_count > 0)
        moati_check_add(
            check, "no-output", moati_place_of_line(check, check->notes.sources[0].name, 1),
            "add output(\"name\", quantity)", "the script has assumptions and no output");
}

void moati_check_model(moati_check *check, moat_model *model) {
    moat_error error;
    marks m = {.model = model, .last = (moat_node)moat_graph_size(model->graph)};
    if (moati_model_lower(model, &error) == MOAT_OK) {
        m.last = (moat_node)moat_graph_size(model->graph);
        m.of = calloc((size_t)m.last + 1, sizeof *m.of);
    }
    check->out_of_memory |= m.of == NULL;
    if (m.of != NULL) {
        spread_up(&m);
        spread_down(&m);
        look_at(check, &m);
    }
    free(m.of);
}
