/* Assumptions and their correlations. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "model_journal.h"
#include "nearest.h"
#include "table.h"

static const char *name_at(const void *context, size_t index) {
    const moat_model *model = context;
    return model->by_name[index]->name;
}

/* The first place in by_name that is not before `name`. */
static size_t name_place(const moat_model *model, const char *name) {
    size_t low = 0, high = model->assumption_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(model->by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool reported_before(const moati_assumption *a, const moati_assumption *b) {
    if (a->shown.block != b->shown.block)
        return a->shown.block < b->shown.block;
    return strcmp(a->name, b->name) < 0;
}

static size_t report_place(const moat_model *model, const moati_assumption *assumption) {
    size_t low = 0, high = model->assumption_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reported_before(model->assumptions[middle], assumption))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

moati_assumption *moati_model_find(const moat_model *model, const char *name) {
    size_t place = name_place(model, name);
    if (place == model->assumption_count || strcmp(model->by_name[place]->name, name) != 0)
        return NULL;
    return model->by_name[place];
}

const char *moat_model_nearest_assumption(const moat_model *model, const char *name) {
    return moati_nearest_of(name, model->assumption_count, name_at, model);
}

moat_status moati_model_unknown(const moat_model *model, const char *name, moat_error *error) {
    const char *near = moat_model_nearest_assumption(model, name);
    if (near != NULL)
        return moat_fail(error, MOAT_UNKNOWN,
                         "there is no assumption named \"%.80s\"; did you mean \"%.80s\"?", name,
                         near);
    return moat_fail(error, MOAT_UNKNOWN, "there is no assumption named \"%.80s\"", name);
}

static void free_assumption(moati_assumption *assumption) {
    if (assumption == NULL)
        return;
    free(assumption->name);
    free(assumption->source);
    free(assumption->note);
    free(assumption->date);
    free(assumption->label);
    moati_value_free(&assumption->base);
    moati_value_free(&assumption->override);
    free(assumption);
}

void moati_model_free_assumptions(moat_model *model) {
    for (size_t i = 0; i < model->assumption_count; i++)
        free_assumption(model->assumptions[i]);
    free(model->assumptions);
    free(model->by_name);
}

/* A unit for an assumption that was given without one: readable for its middle value. */
static moat_unit default_unit(moat_model *model, const moat_assumption *given, moat_dim dim) {
    double middle = NAN;
    if (given->dist != MOAT_NO_DIST)
        middle = moat_dist_quantile(model->graph, given->dist, 0.5);
    else
        moat_node_is_constant(model->graph, given->definition, &middle);
    return moat_unit_readable(model->units, dim, isfinite(middle) ? fabs(middle) : 1.0);
}

static moat_status fill_base(moat_model *model, moati_assumption *assumption,
                             const moat_assumption *given, moat_error *error) {
    moat_dim dim = given->dist != MOAT_NO_DIST ? moat_dist_dim(model->graph, given->dist)
                                               : moat_node_dim(model->graph, given->definition);
    moat_unit unit = given->unit != MOAT_NO_UNIT ? given->unit : default_unit(model, given, dim);
    if (unit == MOAT_NO_UNIT)
        return moati_no_memory(model, error);
    assumption->dim = moat_unit_dim(model->units, unit);
    assumption->base.unit = unit;
    const moat_override value = {.name = given->name,
                                 .text = given->text != NULL ? given->text : "",
                                 .dist = given->dist,
                                 .definition = given->definition};
    return moati_value_make(model, assumption, &value, &assumption->base, error);
}

static moati_assumption *new_assumption(moat_model *model, const moat_assumption *given,
                                        moat_error *error) {
    moati_assumption *assumption = moati_account_new(&model->account, 1, sizeof *assumption);
    if (assumption == NULL) {
        moati_no_memory(model, error);
        return NULL;
    }
    if (!moati_duplicate(model, given->name, &assumption->name) ||
        !moati_duplicate(model, given->source, &assumption->source) ||
        !moati_duplicate(model, given->note, &assumption->note) ||
        !moati_duplicate(model, given->date, &assumption->date) ||
        !moati_duplicate(model, given->label, &assumption->label)) {
        moati_no_memory(model, error);
        free_assumption(assumption);
        return NULL;
    }
    assumption->shown.name = assumption->name;
    assumption->shown.source = assumption->source;
    assumption->shown.note = assumption->note;
    assumption->shown.date = assumption->date;
    assumption->shown.label = assumption->label;
    assumption->shown.block = given->block;
    if (fill_base(model, assumption, given, error) != MOAT_OK ||
        moati_model_apply_pending(model, assumption, error) != MOAT_OK) {
        free_assumption(assumption);
        return NULL;
    }
    return assumption;
}

static moat_status check_assumption(const moat_model *model, const moat_assumption *given,
                                    moat_error *error) {
    if (given->name == NULL || given->name[0] == '\0')
        return moat_fail(error, MOAT_INVALID, "an assumption needs a name");
    if (moati_model_find(model, given->name) != NULL)
        return moat_fail(
            error, MOAT_INVALID,
            "an assumption named \"%.80s\" has been declared already; names are unique",
            given->name);
    if (given->dist == MOAT_NO_DIST && given->definition == MOAT_NO_NODE)
        return moat_fail(error, MOAT_INVALID, "assumption \"%.80s\" has no value", given->name);
    return MOAT_OK;
}

static bool reserve_assumption(moat_model *model) {
    size_t wanted = model->assumption_count + 1;
    return moati_account_grow(&model->account, &model->assumptions, &model->assumption_capacity,
                              wanted, sizeof *model->assumptions) &&
           moati_account_grow(&model->account, &model->by_name, &model->by_name_capacity, wanted,
                              sizeof *model->by_name);
}

static void insert(moati_assumption **array, size_t count, size_t place,
                   moati_assumption *assumption) {
    memmove(array + place + 1, array + place, (count - place) * sizeof *array);
    array[place] = assumption;
}

static moat_node assume(moat_model *model, const moat_assumption *given, moat_error *error) {
    if (check_assumption(model, given, error) != MOAT_OK)
        return MOAT_NO_NODE;
    if (!reserve_assumption(model)) {
        moati_no_memory(model, error);
        return MOAT_NO_NODE;
    }
    moati_assumption *assumption = new_assumption(model, given, error);
    if (assumption == NULL)
        return MOAT_NO_NODE;
    assumption->shown.node =
        moat_graph_input(model->graph, assumption->dim, &assumption->input, error);
    if (assumption->shown.node == MOAT_NO_NODE) {
        free_assumption(assumption);
        return MOAT_NO_NODE;
    }
    insert(model->by_name, model->assumption_count, name_place(model, assumption->name),
           assumption);
    insert(model->assumptions, model->assumption_count, report_place(model, assumption),
           assumption);
    model->assumption_count++;
    moati_model_refresh(model);
    return assumption->shown.node;
}

void moati_model_drop_assumptions(moat_model *model, size_t first_input) {
    const size_t count = model->assumption_count;
    size_t kept = 0, dropped = 0;
    for (size_t i = 0; i < count; i++)
        if (model->by_name[i]->input < first_input)
            model->by_name[kept++] = model->by_name[i];
    model->assumption_count = kept;
    for (size_t i = 0; i < count; i++) {
        moati_assumption *assumption = model->assumptions[i];
        model->assumptions[i - dropped] = assumption;
        if (assumption->input < first_input)
            continue;
        free_assumption(assumption);
        dropped++;
    }
}

moat_node moat_model_assume(moat_model *model, const moat_assumption *given, moat_error *error) {
    moati_journal_pause(model->units);
    const moat_node node = assume(model, given, error);
    moati_journal_resume(model->units);
    if (node != MOAT_NO_NODE)
        moati_record_assumption(model, given, node);
    return node;
}

size_t moat_model_assumptions(const moat_model *model) {
    return model->assumption_count;
}

const moat_assumption *moat_model_assumption(const moat_model *model, size_t index) {
    return &model->assumptions[index]->shown;
}

moat_unit moati_model_written_unit(const moat_model *model, const char *assumption) {
    return moati_model_find(model, assumption)->base.unit;
}

const moat_assumption *moat_model_find_assumption(const moat_model *model, const char *name) {
    const moati_assumption *assumption = moati_model_find(model, name);
    return assumption == NULL ? NULL : &assumption->shown;
}
