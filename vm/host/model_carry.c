/* A value goes from one model to the other as a number, as a literal, or, where both are one
 * script, as what that script's variant makes of it. A literal counts only where it gives the same
 * again: texts of what is computed are descriptions. */
#include <stdlib.h>

#include "carry.h"
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

static bool carry_number(moat_model *model, moati_assumption *to, const moat_side *second,
                         const moat_assumption *from) {
    double value;
    if (from->dist != MOAT_NO_DIST ||
        !moat_node_is_constant(second->model->graph, from->definition, &value))
        return false;
    const moat_override override = {
        .text = from->text, .definition = moat_graph_constant(model->graph, value, to->dim, NULL)};
    return override.definition != MOAT_NO_NODE &&
           moati_model_put(model, to, &override, NULL) == MOAT_OK;
}

static bool carry_literal(moat_model *model, moati_assumption *to, const moat_side *second,
                          const moat_assumption *from) {
    const moat_override override = {.text = from->text};
    if (from->dist == MOAT_NO_DIST || moati_model_put(model, to, &override, NULL) != MOAT_OK)
        return false;
    if (moati_means_the_same(model, &to->shown, second->model, from))
        return true;
    moat_model_restore(model, to->name, NULL);
    return false;
}

static bool carry_variant(moat_model *model, moati_assumption *to, const moat_side *second) {
    const moati_value *value = moati_model_value_in(model, to, moat_model_variant(second->model));
    if (value == NULL ||
        (value->dist == to->shown.dist && value->definition == to->shown.definition))
        return false;
    const moat_override override = {
        .text = value->text, .dist = value->dist, .definition = value->definition};
    return moati_model_put(model, to, &override, NULL) == MOAT_OK;
}

static bool carry_value(moat_model *model, const moat_side *second, bool same_script,
                        const moat_contrast *contrast) {
    moati_assumption *to = moati_model_find(model, contrast->name);
    const moat_assumption *from = contrast->second;
    return carry_number(model, to, second, from) || carry_literal(model, to, second, from) ||
           (same_script && carry_variant(model, to, second));
}

static bool carry_pairs(moati_carried *carried, const moat_side *second) {
    moati_pairs pairs;
    if (moati_pairs_translate(carried->model, second->model, &pairs, NULL) != MOAT_OK)
        return false;
    moati_pairs_exchange(carried->model, &pairs);
    carried->pairs = pairs;
    carried->has_pairs = true;
    if (moati_model_lower(carried->model, NULL) == MOAT_OK)
        return true;
    moati_pairs_exchange(carried->model, &carried->pairs);
    free(carried->pairs.items);
    carried->has_pairs = false;
    return false;
}

moat_status moati_carried_begin(moati_carried *carried, moat_model *model, size_t most,
                                moat_error *error) {
    *carried = (moati_carried){.model = model};
    carried->names = malloc((most + 1) * sizeof *carried->names);
    return carried->names == NULL ? moati_no_memory(error) : MOAT_OK;
}

bool moati_carry(moati_carried *carried, const moat_side *second, bool same_script,
                 const moat_contrast *contrast) {
    if (contrast->kind == MOAT_OTHER_CORRELATIONS)
        return carry_pairs(carried, second);
    if (contrast->kind != MOAT_OTHER_VALUE ||
        !carry_value(carried->model, second, same_script, contrast))
        return false;
    carried->names[carried->count++] = contrast->name;
    return true;
}

void moati_carried_undo(moati_carried *carried) {
    if (carried->has_pairs) {
        moati_pairs_exchange(carried->model, &carried->pairs);
        free(carried->pairs.items);
        carried->has_pairs = false;
    }
    while (carried->count > 0)
        moat_model_restore(carried->model, carried->names[--carried->count], NULL);
}

void moati_carried_end(moati_carried *carried) {
    moati_carried_undo(carried);
    free(carried->names);
    carried->names = NULL;
}
