/* Which assumptions of two models differ. Where both drew the same, they do not; else they are
 * compared as numbers and distributions. What is computed from others differs, too, where those do:
 * whether it is computed alike is seen when the first model is given all that the second assumes.
 */
#include <stdlib.h>
#include <string.h>

#include "carry.h"

typedef struct search {
    const moat_side *first, *second;
    moat_contrasts *found;
    bool *computed; /* by item: it may differ because others do */
    moati_carried carried;
    moat_error why; /* of the first failure; MOAT_OK: none */
} search;

static bool same_dimension(const search *s, const moat_assumption *a, const moat_assumption *b) {
    const moat_units *x = s->first->model->units, *y = s->second->model->units;
    return strcmp(moat_dim_text(x, moat_unit_dim(x, a->unit)),
                  moat_dim_text(y, moat_unit_dim(y, b->unit))) == 0;
}

static void add(search *s, moat_contrast contrast, bool computed) {
    s->computed[s->found->count] = computed;
    s->found->items[s->found->count++] = contrast;
}

/* Whether the first model can be given what the second assumes. */
static bool is_carried(search *s, const moat_contrast *contrast) {
    moat_error error;
    const moat_status status =
        moati_carry(&s->carried, s->second, s->found->same_script, contrast, &error);
    moati_carried_undo(&s->carried);
    if (status != MOAT_OK && status != MOAT_INVALID && s->why.status == MOAT_OK)
        s->why = error;
    return status == MOAT_OK;
}

/* Both models have the assumption. */
static void compare(search *s, moat_contrast contrast) {
    moat_model *first = s->first->model;
    const moat_assumption *a = contrast.first, *b = contrast.second;
    if (!same_dimension(s, a, b)) {
        contrast.kind = MOAT_OTHER_UNIT;
        add(s, contrast, false);
        return;
    }
    if (contrast.first_summary->digest == contrast.second_summary->digest ||
        moati_means_the_same(first, a, s->second->model, b))
        return;
    contrast.carried = is_carried(s, &contrast);
    add(s, contrast, !contrast.carried);
}

static size_t index_of(const moat_model *model, const moat_assumption *assumption) {
    size_t i = 0;
    while (moat_model_assumption(model, i) != assumption)
        i++;
    return i;
}

static void compare_assumptions(search *s) {
    const moat_model *first = s->first->model, *second = s->second->model;
    for (size_t i = 0; i < moat_model_assumptions(first); i++) {
        moat_contrast contrast = {.kind = MOAT_ONLY_FIRST,
                                  .first = moat_model_assumption(first, i),
                                  .first_summary = moat_results_assumption(s->first->results, i)};
        contrast.name = contrast.first->name;
        contrast.second = moat_model_find_assumption(second, contrast.name);
        if (contrast.second == NULL) {
            add(s, contrast, false);
            continue;
        }
        contrast.kind = MOAT_OTHER_VALUE;
        contrast.second_summary =
            moat_results_assumption(s->second->results, index_of(second, contrast.second));
        compare(s, contrast);
    }
    for (size_t i = 0; i < moat_model_assumptions(second); i++) {
        const moat_assumption *b = moat_model_assumption(second, i);
        if (moat_model_find_assumption(first, b->name) == NULL)
            add(s,
                (moat_contrast){.kind = MOAT_ONLY_SECOND,
                                .name = b->name,
                                .second = b,
                                .second_summary = moat_results_assumption(s->second->results, i)},
                false);
    }
}

/* --- Correlations. */

static bool joins(const moati_pair *pair, const char *a, const char *b) {
    const char *x = pair->first->name, *y = pair->second->name;
    return (strcmp(x, a) == 0 && strcmp(y, b) == 0) || (strcmp(x, b) == 0 && strcmp(y, a) == 0);
}

static double rank_of(const moat_model *model, const char *a, const char *b) {
    for (size_t i = 0; i < model->pair_count; i++)
        if (joins(&model->pairs[i], a, b))
            return model->pairs[i].rank;
    return 0;
}

/* Adds the pairs of a model that are not correlated alike in both; those of the second only where
 * the first has no such pair, which is there already. */
static void compare_pairs_of(search *s, const moat_model *of, bool is_second) {
    const moat_model *first = s->first->model, *second = s->second->model;
    for (size_t i = 0; i < of->pair_count; i++) {
        const char *a = of->pairs[i].first->name, *b = of->pairs[i].second->name;
        const moat_pair_contrast pair = {a, b, rank_of(first, a, b), rank_of(second, a, b)};
        if (pair.rank_of_first != pair.rank_of_second && (!is_second || pair.rank_of_first == 0))
            s->found->pairs[s->found->pair_count++] = pair;
    }
}

static void compare_pairs(search *s) {
    compare_pairs_of(s, s->first->model, false);
    compare_pairs_of(s, s->second->model, true);
    if (s->found->pair_count == 0)
        return;
    moat_contrast contrast = {.kind = MOAT_OTHER_CORRELATIONS, .name = "correlations"};
    contrast.carried = is_carried(s, &contrast);
    add(s, contrast, false);
}

/* --- What only follows from others. */

static bool any_computed(const search *s) {
    for (size_t i = 0; i < s->found->count; i++)
        if (s->computed[i])
            return true;
    return false;
}

static void drop_followers(search *s, const moat_summary *summaries) {
    size_t kept = 0, next = 0;
    for (size_t i = 0; i < s->found->count; i++) {
        const moat_contrast item = s->found->items[i];
        if (!s->computed[i] || summaries[next++].digest != item.second_summary->digest)
            s->found->items[kept++] = item;
    }
    s->found->count = kept;
}

static moat_status find_followers(search *s, moat_error *error) {
    if (!any_computed(s))
        return MOAT_OK;
    moat_model *model = s->first->model;
    size_t count = 0;
    moat_node *nodes = calloc(s->found->count, sizeof *nodes);
    moat_summary *summaries = calloc(s->found->count, sizeof *summaries);
    moat_status status =
        nodes == NULL || summaries == NULL ? moati_no_memory(model, error) : MOAT_OK;
    for (size_t i = 0; i < s->found->count && status == MOAT_OK; i++) {
        const moat_contrast *item = &s->found->items[i];
        if (s->computed[i])
            nodes[count++] = item->first->node;
        else if (item->carried)
            status = moati_carry(&s->carried, s->second, s->found->same_script, item, error);
    }
    if (status == MOAT_OK)
        status = moat_model_summarise(model, count, nodes, summaries, error);
    moati_carried_undo(&s->carried);
    if (status == MOAT_OK)
        drop_followers(s, summaries);
    free(nodes);
    free(summaries);
    return status;
}

moat_status moat_contrasts_find(const moat_side *first, const moat_side *second, bool same_script,
                                moat_contrasts *contrasts, moat_error *error) {
    *contrasts = (moat_contrasts){.same_script = same_script};
    const size_t most = first->model->assumption_count + second->model->assumption_count + 1;
    const size_t pairs = first->model->pair_count + second->model->pair_count;
    search s = {.first = first, .second = second, .found = contrasts};
    contrasts->items = calloc(most, sizeof *contrasts->items);
    contrasts->pairs = calloc(pairs + 1, sizeof *contrasts->pairs);
    s.computed = calloc(most, sizeof *s.computed);
    moat_status status = moati_carried_begin(&s.carried, first->model, most, error);
    if (contrasts->items == NULL || contrasts->pairs == NULL || s.computed == NULL)
        status = moati_no_memory(first->model, error);
    if (status == MOAT_OK) {
        compare_assumptions(&s);
        compare_pairs(&s);
        status = s.why.status;
        if (status != MOAT_OK && error != NULL)
            *error = s.why;
    }
    if (status == MOAT_OK)
        status = find_followers(&s, error);
    if (s.carried.names != NULL)
        moati_carried_end(&s.carried);
    free(s.computed);
    return status;
}

void moat_contrasts_free(moat_contrasts *contrasts) {
    free(contrasts->items);
    free(contrasts->pairs);
    *contrasts = (moat_contrasts){.count = 0};
}
