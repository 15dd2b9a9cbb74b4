/* A value goes from one model to the other as a number, as a distribution of known parameters, or,
 * where both are one script, as what that script's variant makes of it. */
#include <stdlib.h>

#include "carry.h"
#include "dist.h"
#include "moat/explore.h"

bool moati_means_the_same(const moat_model *first, const moat_assumption *a,
                          const moat_model *second, const moat_assumption *b) {
    enum { PROBES = 64 };
    double x, y;
    if ((a->dist == MOAT_NO_DIST) != (b->dist == MOAT_NO_DIST))
        return false;
    if (a->dist == MOAT_NO_DIST)
        return moat_node_is_constant(first->graph, a->definition, &x) &&
               moat_node_is_constant(second->graph, b->definition, &y) && x == y;
    for (size_t i = 0; i < PROBES; i++) {
        const double p = ((double)i + 0.5) / PROBES;
        if (moat_dist_quantile(first->graph, a->dist, p) !=
            moat_dist_quantile(second->graph, b->dist, p))
            return false;
    }
    return true;
}

static moat_status refuse(const moat_contrast *contrast, moat_error *error) {
    return moat_fail(error, MOAT_INVALID, "the value of \"%.80s\" cannot be carried over",
                     contrast->name);
}

/* What does not fit is no value to be carried; what could not be tried is a failure. */
static bool has_failed(moat_status status) {
    return status == MOAT_NO_MEMORY || status == MOAT_LIMIT || status == MOAT_INTERRUPTED;
}

static moat_status carry_number(moat_model *model, moati_assumption *to, const char *text,
                                double value, moat_error *error) {
    moat_error why;
    const moat_override override = {
        .text = text, .definition = moat_graph_constant(model->graph, value, to->dim, &why)};
    if (override.definition == MOAT_NO_NODE)
        return moat_fail(error, why.status, "%s", why.message);
    return moati_model_put(model, to, &override, error);
}

static moat_status carry_dist(moat_model *model, moati_assumption *to, const moat_side *second,
                              const moat_assumption *from, moat_error *error) {
    moat_error why;
    const moat_override override = {
        .text = from->text,
        .dist = moati_dist_import(model->graph, to->dim, second->model->graph, from->dist, &why)};
    if (override.dist == MOAT_NO_DIST)
        return moat_fail(error, why.status, "%s", why.message);
    return moati_model_put(model, to, &override, error);
}

static moat_status carry_variant(moat_model *model, moati_assumption *to, const moat_side *second,
                                 moat_error *error) {
    const moati_value *value = moati_model_value_in(model, to, moat_model_variant(second->model));
    if (value == NULL ||
        (value->dist == to->shown.dist && value->definition == to->shown.definition))
        return MOAT_INVALID;
    const moat_override override = {
        .text = value->text, .dist = value->dist, .definition = value->definition};
    return moati_model_put(model, to, &override, error);
}

static moat_status carry_value(moat_model *model, const moat_side *second, bool same_script,
                               const moat_contrast *contrast, moat_error *error) {
    moati_assumption *to = moati_model_find(model, contrast->name);
    const moat_assumption *from = contrast->second;
    moat_status status = MOAT_INVALID;
    double value;
    if (from->dist != MOAT_NO_DIST)
        status = carry_dist(model, to, second, from, error);
    else if (moat_node_is_constant(second->model->graph, from->definition, &value))
        status = carry_number(model, to, from->text, value, error);
    if (status != MOAT_OK && !has_failed(status) && same_script)
        status = carry_variant(model, to, second, error);
    return status == MOAT_OK || has_failed(status) ? status : refuse(contrast, error);
}

static void take_pairs_back(moati_carried *carried) {
    if (!carried->has_pairs)
        return;
    moati_pairs_exchange(carried->model, &carried->pairs);
    free(carried->pairs.items);
    carried->has_pairs = false;
}

static moat_status carry_pairs(moati_carried *carried, const moat_side *second,
                               const moat_contrast *contrast, moat_error *error) {
    moati_pairs pairs;
    moat_status status = moati_pairs_translate(carried->model, second->model, &pairs, error);
    if (status != MOAT_OK)
        return status;
    moati_pairs_exchange(carried->model, &pairs);
    carried->pairs = pairs;
    carried->has_pairs = true;
    status = moati_model_lower(carried->model, error);
    if (status == MOAT_OK)
        return MOAT_OK;
    take_pairs_back(carried);
    return has_failed(status) ? status : refuse(contrast, error);
}

moat_status moati_carried_begin(moati_carried *carried, moat_model *model, size_t most,
                                moat_error *error) {
    *carried = (moati_carried){.model = model};
    carried->names = malloc((most + 1) * sizeof *carried->names);
    return carried->names == NULL ? moati_no_memory(model, error) : MOAT_OK;
}

moat_status moati_carry(moati_carried *carried, const moat_side *second, bool same_script,
                        const moat_contrast *contrast, moat_error *error) {
    if (contrast->kind == MOAT_OTHER_CORRELATIONS)
        return carry_pairs(carried, second, contrast, error);
    if (contrast->kind != MOAT_OTHER_VALUE)
        return refuse(contrast, error);
    const moat_status status = carry_value(carried->model, second, same_script, contrast, error);
    if (status == MOAT_OK)
        carried->names[carried->count++] = contrast->name;
    return status;
}

void moati_carried_undo(moati_carried *carried) {
    take_pairs_back(carried);
    while (carried->count > 0)
        moat_model_restore(carried->model, carried->names[--carried->count], NULL);
}

void moati_carried_end(moati_carried *carried) {
    moati_carried_undo(carried);
    free(carried->names);
    carried->names = NULL;
}
