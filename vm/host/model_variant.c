/* Overrides of assumptions: variants, and those of the command line. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "model_journal.h"
#include "nearest.h"
#include "table.h"

void moati_value_free(moati_value *value) {
    free(value->text);
    value->text = NULL;
}

/* The numbers 0 and +-inf fit any unit. */
static bool fits(const moat_model *model, const moati_assumption *assumption,
                 const moati_value *value) {
    moat_dim dim = value->dist != MOAT_NO_DIST ? moat_dist_dim(model->graph, value->dist)
                                               : moat_node_dim(model->graph, value->definition);
    if (dim == assumption->dim)
        return true;
    double constant;
    return dim == MOAT_DIMENSIONLESS && value->dist == MOAT_NO_DIST &&
           moat_node_is_constant(model->graph, value->definition, &constant) &&
           (constant == 0.0 || isinf(constant));
}

static const char *unit_text(const moat_model *model, const moati_assumption *assumption,
                             const moati_value *value) {
    if (value->unit != MOAT_NO_UNIT && value->unit != assumption->base.unit &&
        moat_unit_text(model->units, value->unit)[0] != '\0')
        return moat_unit_text(model->units, value->unit);
    return moat_dim_text(model->units, value->dist != MOAT_NO_DIST
                                           ? moat_dist_dim(model->graph, value->dist)
                                           : moat_node_dim(model->graph, value->definition));
}

static moat_status misfit(const moat_model *model, const moati_assumption *assumption,
                          const moati_value *value, moat_error *error) {
    const char *wanted = moat_unit_text(model->units, assumption->base.unit);
    const char *found = unit_text(model, assumption, value);
    if (strcmp(found, "1") == 0)
        return moat_fail(error, MOAT_UNIT,
                         "assumption \"%.80s\" is in %.80s, but \"%.80s\" has no unit; write the "
                         "unit after the number",
                         assumption->name, wanted, value->text);
    return moat_fail(error, MOAT_UNIT,
                     "assumption \"%.80s\" is in %.80s, but \"%.80s\" is in %.80s",
                     assumption->name, wanted, value->text, found);
}

static moat_status parse_literal(moat_model *model, const moati_assumption *assumption,
                                 moati_value *made, moat_error *error) {
    moat_literal literal;
    moat_error why = {.where = MOAT_NOWHERE};
    moat_status status =
        moat_literal_parse(model->graph, made->text, strlen(made->text), &literal, &why);
    if (status != MOAT_OK)
        return moat_fail(error, status, "\"%.80s\" for assumption \"%.80s\": %s", made->text,
                         assumption->name, why.message);
    made->unit = literal.unit;
    made->dist = literal.dist;
    if (literal.dist == MOAT_NO_DIST)
        made->definition = moat_graph_constant(model->graph, literal.value,
                                               moat_unit_dim(model->units, literal.unit), error);
    if (literal.dist == MOAT_NO_DIST && made->definition == MOAT_NO_NODE)
        return error != NULL ? error->status : MOAT_NO_MEMORY;
    return MOAT_OK;
}

moat_status moati_value_make(moat_model *model, const moati_assumption *assumption,
                             const moat_override *override, moati_value *value, moat_error *error) {
    moati_value made = {
        .unit = assumption->base.unit, .dist = override->dist, .definition = override->definition};
    bool literal = override->dist == MOAT_NO_DIST && override->definition == MOAT_NO_NODE;
    if (literal && override->text == NULL)
        return moat_fail(error, MOAT_INVALID, "the override of \"%.80s\" has no value",
                         assumption->name);
    if (!moati_duplicate(model, override->text != NULL ? override->text : "a quantity", &made.text))
        return moati_no_memory(model, error);
    moat_status status = literal ? parse_literal(model, assumption, &made, error) : MOAT_OK;
    if (status == MOAT_OK && !fits(model, assumption, &made))
        status = misfit(model, assumption, &made, error);
    /* A bare 0 or infinity is shown in the unit that it stands in for. */
    if (status == MOAT_OK && moat_unit_dim(model->units, made.unit) != assumption->dim)
        made.unit = assumption->base.unit;
    if (status == MOAT_OK)
        *value = made;
    else
        moati_value_free(&made);
    return status;
}

static void free_variant(moati_variant *variant) {
    for (size_t i = 0; i < variant->count; i++)
        moati_value_free(&variant->changes[i].value);
    free(variant->changes);
    free(variant->name);
}

static void free_pending(moati_pending *pending) {
    free(pending->name);
    free(pending->literal);
}

void moati_model_drop_variants(moat_model *model, size_t count) {
    while (model->variant_count > count)
        free_variant(&model->variants[--model->variant_count]);
    if (model->variant > count)
        model->variant = 0;
}

void moati_model_free_variants(moat_model *model) {
    moati_model_drop_variants(model, 0);
    for (size_t i = 0; i < model->pending_count; i++)
        free_pending(&model->pending[i]);
    free(model->variants);
    free(model->pending);
    free(model->wanted_variant);
}

static void show(moati_assumption *assumption, const moati_value *value) {
    assumption->shown.text = value->text;
    assumption->shown.unit = value->unit;
    assumption->shown.dist = value->dist;
    assumption->shown.definition = value->definition;
}

void moati_model_refresh(moat_model *model) {
    for (size_t i = 0; i < model->assumption_count; i++)
        show(model->assumptions[i], &model->assumptions[i]->base);
    if (model->variant != 0) {
        const moati_variant *variant = &model->variants[model->variant - 1];
        for (size_t i = 0; i < variant->count; i++)
            show(variant->changes[i].assumption, &variant->changes[i].value);
    }
    for (size_t i = 0; i < model->assumption_count; i++)
        if (model->assumptions[i]->override.text != NULL)
            show(model->assumptions[i], &model->assumptions[i]->override);
    free(model->definitions);
    model->definitions = NULL;
}

static const char *variant_at(const void *context, size_t index) {
    return moat_model_variant_name(context, index);
}

/* 1 + the index; 0 where it has not been declared. */
static size_t find_variant(const moat_model *model, const char *name) {
    for (size_t i = 0; i < model->variant_count; i++)
        if (strcmp(model->variants[i].name, name) == 0)
            return i + 1;
    return 0;
}

static moat_status add_change(moat_model *model, moati_variant *variant,
                              const moat_override *override, moat_error *error) {
    moati_assumption *assumption = moati_model_find(model, override->name);
    if (assumption == NULL)
        return moati_model_unknown(model, override->name, error);
    for (size_t i = 0; i < variant->count; i++)
        if (variant->changes[i].assumption == assumption)
            return moat_fail(error, MOAT_INVALID, "variant \"%.80s\" gives \"%.80s\" twice",
                             variant->name, override->name);
    moati_change *change = &variant->changes[variant->count];
    moat_status status = moati_value_make(model, assumption, override, &change->value, error);
    if (status != MOAT_OK)
        return status;
    change->assumption = assumption;
    variant->count++;
    return MOAT_OK;
}

static moat_status make_variant(moat_model *model, moati_variant *variant, size_t count,
                                const moat_override *overrides, moat_error *error) {
    variant->changes = moati_account_new(&model->account, count, sizeof *variant->changes);
    if (variant->changes == NULL)
        return moati_no_memory(model, error);
    for (size_t i = 0; i < count; i++) {
        moat_status status = add_change(model, variant, &overrides[i], error);
        if (status != MOAT_OK)
            return status;
    }
    return MOAT_OK;
}

static moat_status add_variant(moat_model *model, const char *name, size_t count,
                               const moat_override *overrides, moat_error *error) {
    if (name == NULL || name[0] == '\0')
        return moat_fail(error, MOAT_INVALID, "a variant needs a name");
    if (find_variant(model, name) != 0)
        return moat_fail(error, MOAT_INVALID,
                         "a variant named \"%.80s\" has been declared already; names are unique",
                         name);
    if (!moati_account_grow(&model->account, &model->variants, &model->variant_capacity,
                            model->variant_count + 1, sizeof *model->variants))
        return moati_no_memory(model, error);
    moati_variant variant = {0};
    if (!moati_duplicate(model, name, &variant.name))
        return moati_no_memory(model, error);
    moat_status status = make_variant(model, &variant, count, overrides, error);
    if (status != MOAT_OK) {
        free_variant(&variant);
        return status;
    }
    model->variants[model->variant_count++] = variant;
    if (model->wanted_variant != NULL && strcmp(model->wanted_variant, name) == 0) {
        model->variant = model->variant_count;
        moati_model_refresh(model);
    }
    return MOAT_OK;
}

moat_status moat_model_add_variant(moat_model *model, const char *name, size_t count,
                                   const moat_override *overrides, moat_error *error) {
    moati_journal_pause(model->units);
    const moat_status status = add_variant(model, name, count, overrides, error);
    moati_journal_resume(model->units);
    if (status == MOAT_OK)
        moati_record_variant(model, name, count, overrides);
    return status;
}

size_t moat_model_variants(const moat_model *model) {
    return model->variant_count;
}

const char *moat_model_variant_name(const moat_model *model, size_t index) {
    return model->variants[index].name;
}

const char *moati_model_nearest_variant(const moat_model *model, const char *name) {
    return moati_nearest_of(name, model->variant_count, variant_at, model);
}

moat_status moat_model_use_variant(moat_model *model, const char *name, moat_error *error) {
    char *wanted;
    if (!moati_duplicate(model, name, &wanted))
        return moati_no_memory(model, error);
    free(model->wanted_variant);
    model->wanted_variant = wanted;
    model->variant = name == NULL ? 0 : find_variant(model, name);
    moati_model_refresh(model);
    return MOAT_OK;
}

const char *moat_model_variant(const moat_model *model) {
    return model->variant == 0 ? NULL : model->variants[model->variant - 1].name;
}

static moati_pending *find_pending(const moat_model *model, const char *name) {
    for (size_t i = 0; i < model->pending_count; i++)
        if (strcmp(model->pending[i].name, name) == 0)
            return &model->pending[i];
    return NULL;
}

static moat_status keep_pending(moat_model *model, const char *name, const char *literal,
                                moat_error *error) {
    moati_pending made = {0};
    if (!moati_account_grow(&model->account, &model->pending, &model->pending_capacity,
                            model->pending_count + 1, sizeof *model->pending) ||
        !moati_duplicate(model, name, &made.name) ||
        !moati_duplicate(model, literal, &made.literal)) {
        free_pending(&made);
        return moati_no_memory(model, error);
    }
    moati_pending *old = find_pending(model, name);
    if (old != NULL)
        free_pending(old);
    else
        old = &model->pending[model->pending_count++];
    *old = made;
    return MOAT_OK;
}

/* What is declared later refreshes the model itself. */
static moat_status set_override(moat_model *model, moati_assumption *assumption,
                                const moat_override *override, moat_error *error) {
    moati_value value;
    moat_status status = moati_value_make(model, assumption, override, &value, error);
    if (status != MOAT_OK)
        return status;
    moati_value_free(&assumption->override);
    assumption->override = value;
    return MOAT_OK;
}

moat_status moati_model_put(moat_model *model, moati_assumption *assumption,
                            const moat_override *override, moat_error *error) {
    const moat_status status = set_override(model, assumption, override, error);
    if (status == MOAT_OK)
        moati_model_refresh(model);
    return status;
}

const moati_value *moati_model_value_in(const moat_model *model, const moati_assumption *assumption,
                                        const char *variant) {
    const size_t number = variant == NULL ? 0 : find_variant(model, variant);
    if (variant != NULL && number == 0)
        return NULL;
    for (size_t i = 0; number > 0 && i < model->variants[number - 1].count; i++)
        if (model->variants[number - 1].changes[i].assumption == assumption)
            return &model->variants[number - 1].changes[i].value;
    return &assumption->base;
}

moat_status moat_model_override(moat_model *model, const char *name, const char *literal,
                                moat_error *error) {
    moati_assumption *assumption = moati_model_find(model, name);
    if (assumption == NULL)
        return keep_pending(model, name, literal, error);
    return moati_model_put(model, assumption, &(moat_override){.text = literal}, error);
}

moat_status moati_model_apply_pending(moat_model *model, moati_assumption *assumption,
                                      moat_error *error) {
    moati_pending *pending = find_pending(model, assumption->name);
    if (pending == NULL)
        return MOAT_OK;
    moat_error why;
    const moat_override override = {.text = pending->literal};
    moat_status status = set_override(model, assumption, &override, &why);
    if (status != MOAT_OK) {
        if (status != MOAT_NO_MEMORY && status != MOAT_LIMIT)
            model->refusal = (moati_refusal){why, pending->literal, assumption->base.unit};
        if (error != NULL)
            *error = why;
        return status;
    }
    free_pending(pending);
    *pending = model->pending[--model->pending_count];
    return MOAT_OK;
}

const moat_assumption *moati_model_next_hidden(const moat_model *model, size_t *place) {
    if (model->variant == 0)
        return NULL;
    const moati_variant *variant = &model->variants[model->variant - 1];
    while (*place < variant->count) {
        const moati_assumption *assumption = variant->changes[(*place)++].assumption;
        if (assumption->override.text != NULL)
            return &assumption->shown;
    }
    return NULL;
}

const moati_refusal *moati_model_refusal(const moat_model *model) {
    return model->refusal.error.status != MOAT_OK ? &model->refusal : NULL;
}

const char *moat_model_unresolved(const moat_model *model, bool *is_variant) {
    bool variant = model->wanted_variant != NULL && model->variant == 0;
    if (is_variant != NULL)
        *is_variant = variant;
    if (variant)
        return model->wanted_variant;
    return model->pending_count > 0 ? model->pending[0].name : NULL;
}
