/* Results of outputs that are still true, kept from one change to the next. Outputs that were
 * evaluated together share a batch. */
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"

static void release(moati_batch *batch) {
    if (batch == NULL || --batch->used > 0)
        return;
    moat_results_free(batch->results);
    free(batch->outputs);
    free(batch);
}

void moati_cache_clear(moati_cache *cache) {
    for (size_t i = 0; i < cache->count; i++)
        release(cache->places[i].batch);
    free(cache->places);
    moat_basis_free(cache->basis);
    *cache = (moati_cache){0};
}

moati_view moati_place_view(const moat_model *model, const moati_place *place) {
    return (moati_view){.model = model,
                        .results = place->batch->results,
                        .output_count = place->batch->count,
                        .outputs = place->batch->outputs,
                        .quiet = true};
}

static bool same_settings(const moat_settings *a, const moat_settings *b) {
    return a->seed == b->seed && a->samples == b->samples && a->sampling == b->sampling;
}

/* Copies of what the model has declared, to be evaluated together; those that are marked. */
static moati_batch *new_batch(const moat_model *model, const bool *wanted, moat_error *error) {
    const size_t count = moat_model_outputs(model);
    moati_batch *batch = calloc(1, sizeof *batch);
    if (batch != NULL)
        batch->outputs = malloc((count + 1) * sizeof *batch->outputs);
    if (batch == NULL || batch->outputs == NULL) {
        free(batch);
        moat_fail(error, MOAT_NO_MEMORY, "out of memory");
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        if (wanted[i])
            batch->outputs[batch->count++] = *moat_model_get_output(model, i);
    return batch;
}

/* Marks the outputs whose results in a cache are not true any more, or are not there. */
static moat_status find_changed(moati_repl *repl, const moati_cache *cache, bool *changed) {
    const size_t count = moat_model_outputs(repl->model);
    for (size_t i = 0; i < count; i++)
        changed[i] = true;
    if (cache->basis == NULL || !same_settings(&cache->settings, moat_model_settings(repl->model)))
        return MOAT_OK;
    moati_batch *all = new_batch(repl->model, changed, &repl->error);
    if (all == NULL)
        return repl->error.status;
    const moat_status status = moat_basis_compare(repl->model, cache->basis, cache->count,
                                                  all->outputs, changed, &repl->error);
    free(all->outputs);
    free(all);
    return status;
}

/* Makes a cache of what the two that are there still know, and an evaluation of the rest:
 * `changed` since the last, `new` since the one before too. */
static moat_status renew(moati_repl *repl, const bool *changed, const bool *new,
                         moati_cache *made) {
    const size_t count = moat_model_outputs(repl->model);
    *made = (moati_cache){.settings = *moat_model_settings(repl->model)};
    made->places = calloc(count + 1, sizeof *made->places);
    moati_batch *batch = made->places == NULL ? NULL : new_batch(repl->model, new, &repl->error);
    if (batch == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    batch->used = 1; /* until all places are filled */
    moat_status status = moat_basis_take(repl->model, &made->basis, &repl->error);
    moat_model_set_keep_limit(repl->model, MOATI_KEPT_TO_COMPARE);
    if (status == MOAT_OK && batch->count > 0)
        status = moat_model_look(repl->model, batch->count, batch->outputs, &batch->results,
                                 &repl->error);
    moat_model_set_keep_limit(repl->model, MOATI_KEPT_TO_SHOW);
    for (size_t i = 0, next = 0; i < count && status == MOAT_OK; i++) {
        made->places[i] = !changed[i] ? repl->cache.places[i]
                          : !new[i]   ? repl->previous.places[i]
                                      : (moati_place){batch, next++};
        made->places[i].batch->used++;
        made->count = i + 1;
    }
    release(batch);
    return status;
}

static bool any(const bool *marks, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (marks[i])
            return true;
    return false;
}

static moat_status update(moati_repl *repl, bool *changed, bool *new) {
    const size_t count = moat_model_outputs(repl->model);
    moati_cache made = {0};
    moat_status status = find_changed(repl, &repl->cache, changed);
    if (status == MOAT_OK && repl->cache.basis != NULL && !any(changed, count))
        return MOAT_OK;
    if (status == MOAT_OK)
        status = find_changed(repl, &repl->previous, new);
    for (size_t i = 0; i < count; i++)
        new[i] = new[i] && changed[i];
    if (status == MOAT_OK)
        status = renew(repl, changed, new, &made);
    if (status != MOAT_OK) {
        moati_cache_clear(&made);
        return status;
    }
    moati_cache_clear(&repl->previous);
    repl->previous = repl->cache;
    repl->cache = made;
    return MOAT_OK;
}

moat_status moati_repl_update(moati_repl *repl, bool *changed) {
    const size_t count = moat_model_outputs(repl->model);
    bool *marks = calloc(2 * count + 1, sizeof *marks);
    if (marks == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    const moat_status status = update(repl, marks, marks + count);
    if (changed != NULL)
        memcpy(changed, marks, count * sizeof *changed);
    free(marks);
    return status;
}

/* True where all outputs were evaluated together, so that they can be shown together. */
static bool is_whole(const moati_cache *cache) {
    for (size_t i = 0; i < cache->count; i++)
        if (cache->places[i].batch != cache->places[0].batch || cache->places[i].index != i)
            return false;
    return true;
}

moat_status moati_repl_update_whole(moati_repl *repl) {
    const moat_status status = moati_repl_update(repl, NULL);
    if (status != MOAT_OK || is_whole(&repl->cache))
        return status;
    moati_cache_clear(&repl->cache);
    moati_cache_clear(&repl->previous);
    return moati_repl_update(repl, NULL);
}
