/* Rank correlations, and what assumptions become when a graph is compiled. */
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "model_journal.h"
#include "table.h"

/* The assumptions that occur in pairs, once each, and the pairs by their numbers. */
typedef struct correlated {
    size_t count, pair_count;
    const moati_assumption **members;
    const char **names;
    moat_correlation *pairs;
    moat_source *sources;
} correlated;

static void free_correlated(correlated *set) {
    free(set->members);
    free(set->names);
    free(set->pairs);
    free(set->sources);
}

static size_t member_number(correlated *set, const moati_assumption *assumption) {
    for (size_t i = 0; i < set->count; i++)
        if (set->members[i] == assumption)
            return i;
    set->members[set->count] = assumption;
    set->names[set->count] = assumption->name;
    return set->count++;
}

static moat_status collect(const moat_model *model, size_t count, correlated *set,
                           moat_error *error) {
    const moati_pair *pairs = model->pairs;
    memset(set, 0, sizeof *set);
    set->members = calloc(2 * count, sizeof *set->members);
    set->names = calloc(2 * count, sizeof *set->names);
    set->pairs = calloc(count, sizeof *set->pairs);
    set->sources = calloc(2 * count, sizeof *set->sources);
    if (set->members == NULL || set->names == NULL || set->pairs == NULL || set->sources == NULL)
        return moati_no_memory(model, error);
    for (size_t i = 0; i < count; i++) {
        set->pairs[i].first = member_number(set, pairs[i].first);
        set->pairs[i].second = member_number(set, pairs[i].second);
        set->pairs[i].rank = pairs[i].rank;
    }
    set->pair_count = count;
    return MOAT_OK;
}

/* The sources of all assumptions that are correlated. The caller frees the set. */
static moat_status correlate(moat_model *model, size_t pair_count, correlated *set,
                             moat_error *error) {
    moat_status status = collect(model, pair_count, set, error);
    if (status != MOAT_OK)
        return status;
    return moat_graph_correlate(model->graph, set->count, set->names, set->pair_count, set->pairs,
                                set->sources, error);
}

/* A constant has no draw to correlate, which is harmless; a computed value has draws of its own
 * that a correlation cannot reach. */
static bool is_computed(const moat_model *model, const moati_assumption *assumption) {
    double value;
    return assumption->shown.dist == MOAT_NO_DIST &&
           !moat_node_is_constant(model->graph, assumption->shown.definition, &value);
}

static moat_status refuse_computed(const moati_assumption *assumption, moat_error *error) {
    return moat_fail(error, MOAT_INVALID,
                     "assumption \"%.80s\" is computed from others and cannot be correlated; "
                     "correlate those",
                     assumption->name);
}

static moat_status find_member(moat_model *model, const char *name,
                               const moati_assumption **assumption, moat_error *error) {
    *assumption = moati_model_find(model, name);
    if (*assumption == NULL)
        return moati_model_unknown(model, name, error);
    return is_computed(model, *assumption) ? refuse_computed(*assumption, error) : MOAT_OK;
}

static moat_status add_pair(moat_model *model, const moat_pair *pair, moat_error *error) {
    moati_pair made = {.rank = pair->rank};
    moat_status status = find_member(model, pair->first, &made.first, error);
    if (status == MOAT_OK)
        status = find_member(model, pair->second, &made.second, error);
    if (status != MOAT_OK)
        return status;
    if (!moati_account_grow(&model->account, &model->pairs, &model->pair_capacity,
                            model->pair_count + 1, sizeof *model->pairs))
        return moati_no_memory(model, error);
    model->pairs[model->pair_count++] = made;
    return MOAT_OK;
}

static moat_status add_pairs(moat_model *model, size_t count, const moat_pair *pairs,
                             moat_error *error) {
    size_t before = model->pair_count;
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < count && status == MOAT_OK; i++)
        status = add_pair(model, &pairs[i], error);
    if (status == MOAT_OK && count > 0) {
        correlated set;
        status = correlate(model, model->pair_count, &set, error);
        free_correlated(&set);
    }
    if (status != MOAT_OK)
        model->pair_count = before;
    else
        moati_model_refresh(model);
    return status;
}

moat_status moati_pairs_translate(const moat_model *model, const moat_model *from,
                                  moati_pairs *pairs, moat_error *error) {
    pairs->count = 0;
    pairs->items = calloc(from->pair_count + 1, sizeof *pairs->items);
    if (pairs->items == NULL)
        return moati_no_memory(model, error);
    for (size_t i = 0; i < from->pair_count; i++) {
        const moati_pair *pair = &from->pairs[i];
        const moati_assumption *first = moati_model_find(model, pair->first->name);
        const moati_assumption *second = moati_model_find(model, pair->second->name);
        if (first != NULL && second != NULL && !is_computed(model, first) &&
            !is_computed(model, second))
            pairs->items[pairs->count++] = (moati_pair){first, second, pair->rank};
    }
    return MOAT_OK;
}

void moati_pairs_exchange(moat_model *model, moati_pairs *pairs) {
    const moati_pairs before = {model->pairs, model->pair_count};
    model->pairs = pairs->items;
    model->pair_count = model->pair_capacity = pairs->count;
    *pairs = before;
    moati_model_refresh(model);
}

moat_status moat_model_correlate(moat_model *model, size_t count, const moat_pair *pairs,
                                 moat_error *error) {
    moati_journal_pause(model->units);
    const moat_status status = add_pairs(model, count, pairs, error);
    moati_journal_resume(model->units);
    if (status == MOAT_OK)
        moati_record_correlations(model, count, pairs);
    return status;
}

/* The node that an assumption stands for; `source` is NULL where it is not correlated. */
static moat_node lower(moat_model *model, const moati_assumption *assumption,
                       const moat_source *source, moat_error *error) {
    if (assumption->shown.dist == MOAT_NO_DIST) {
        if (source != NULL && is_computed(model, assumption)) {
            refuse_computed(assumption, error);
            return MOAT_NO_NODE;
        }
        return assumption->shown.definition;
    }
    moat_source own;
    if (source == NULL) {
        if (moat_graph_source(model->graph, assumption->name, 0, &own, error) != MOAT_OK)
            return MOAT_NO_NODE;
        source = &own;
    }
    return moat_dist_draw(model->graph, assumption->shown.dist, *source, error);
}

static moat_status lower_correlated(moat_model *model, moat_node *definitions, moat_error *error) {
    if (model->pair_count == 0)
        return MOAT_OK;
    correlated set;
    moat_error why;
    moat_status status = correlate(model, model->pair_count, &set, &why);
    for (size_t i = 0; i < set.count && status == MOAT_OK; i++) {
        moat_node node = lower(model, set.members[i], &set.sources[i], &why);
        definitions[set.members[i]->input] = node;
        status = node == MOAT_NO_NODE ? why.status : MOAT_OK;
    }
    free_correlated(&set);
    if (status != MOAT_OK && error != NULL)
        *error = why;
    return status;
}

static moat_status lower_others(moat_model *model, moat_node *definitions, moat_error *error) {
    for (size_t i = 0; i < model->assumption_count; i++) {
        const moati_assumption *assumption = model->assumptions[i];
        if (definitions[assumption->input] != MOAT_NO_NODE)
            continue;
        moat_error why;
        definitions[assumption->input] = lower(model, assumption, NULL, &why);
        if (definitions[assumption->input] != MOAT_NO_NODE)
            continue;
        if (error != NULL)
            *error = why;
        return why.status;
    }
    return MOAT_OK;
}

moat_status moati_model_lower(moat_model *model, moat_error *error) {
    size_t count = moat_graph_inputs(model->graph);
    if (model->definitions != NULL && model->definition_count == count)
        return MOAT_OK;
    moat_node *definitions = calloc(count > 0 ? count : 1, sizeof *definitions);
    if (definitions == NULL)
        return moati_no_memory(model, error);
    moati_journal_pause(model->units);
    moat_status status = lower_correlated(model, definitions, error);
    if (status == MOAT_OK)
        status = lower_others(model, definitions, error);
    moati_journal_resume(model->units);
    if (status != MOAT_OK) {
        free(definitions);
        return status;
    }
    free(model->definitions);
    model->definitions = definitions;
    model->definition_count = count;
    return MOAT_OK;
}

size_t moat_model_pairs(const moat_model *model) {
    return model->pair_count;
}

moat_pair moat_model_pair(const moat_model *model, size_t index) {
    const moati_pair *pair = &model->pairs[index];
    return (moat_pair){pair->first->name, pair->second->name, pair->rank};
}
