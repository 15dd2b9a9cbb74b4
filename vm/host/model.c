/* A model's life, its settings and its horizon. */
#include "model.h"
#include "model_journal.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLES_LIMIT UINT64_C(4294967296)

enum { THREADS_LIMIT = 1024 };

moat_status moati_no_memory(const moat_model *model, moat_error *error) {
    const moati_account none = {NULL};
    return moati_account_fail(model != NULL ? &model->account : &none, error, "the model");
}

bool moati_duplicate(moat_model *model, const char *text, char **copy) {
    *copy = NULL;
    if (text == NULL)
        return true;
    size_t size = strlen(text) + 1;
    moati_account none = {NULL};
    *copy = moati_account_new(model != NULL ? &model->account : &none, size, 1);
    if (*copy == NULL)
        return false;
    memcpy(*copy, text, size);
    return true;
}

moat_model *moat_model_new(moat_error *error) {
    moat_model *model = calloc(1, sizeof *model);
    if (model == NULL) {
        moat_fail(error, MOAT_NO_MEMORY, "there is not enough memory for a model");
        return NULL;
    }
    model->account.budget = &model->budget;
    model->keep_limit = MOAT_KEEP_LIMIT;
    model->settings = (moat_settings){.seed = 1, .samples = 10000, .sampling = MOAT_RANDOM};
    model->units = moat_units_new();
    if (model->units == NULL)
        moati_no_memory(model, error);
    else
        model->graph = moat_graph_new(model->units, error);
    if (model->graph != NULL)
        moat_graph_set_budget(model->graph, &model->budget);
    if (model->graph == NULL) {
        moat_model_free(model);
        return NULL;
    }
    return model;
}

void moat_model_free(moat_model *model) {
    if (model == NULL)
        return;
    moati_model_free_report(model);
    moati_model_free_outputs(model);
    moati_model_free_variants(model);
    moati_model_free_assumptions(model);
    free(model->pairs);
    free(model->definitions);
    free(model->asked);
    moat_graph_free(model->graph);
    moat_units_free(model->units);
    free(model);
}

moat_units *moat_model_units(const moat_model *model) {
    return model->units;
}

moat_graph *moat_model_graph(const moat_model *model) {
    return model->graph;
}

static moat_status check_settings(unsigned fields, const moat_settings *settings,
                                  moat_error *error) {
    if ((fields & MOAT_SET_SAMPLES) && settings->samples == 0)
        return moat_fail(error, MOAT_INVALID, "the number of samples must be at least 1");
    if ((fields & MOAT_SET_SAMPLES) && settings->samples > SAMPLES_LIMIT)
        return moat_fail(error, MOAT_INVALID, "%zu samples are more than the 2^32 that are allowed",
                         settings->samples);
    if ((fields & MOAT_SET_SAMPLING) && settings->sampling != MOAT_RANDOM &&
        settings->sampling != MOAT_LHS && settings->sampling != MOAT_SOBOL)
        return moat_fail(error, MOAT_INVALID, "the sampling must be random, lhs or sobol");
    if ((fields & MOAT_SET_THREADS) && settings->threads > THREADS_LIMIT)
        return moat_fail(error, MOAT_INVALID, "%u threads are more than the %d that are allowed",
                         settings->threads, THREADS_LIMIT);
    return MOAT_OK;
}

moat_status moat_model_set(moat_model *model, unsigned fields, const moat_settings *settings,
                           bool pin, moat_error *error) {
    moat_status status = check_settings(fields, settings, error);
    if (status != MOAT_OK)
        return status;
    unsigned free_fields = pin ? fields : fields & ~model->pinned;
    if (free_fields & MOAT_SET_SEED)
        model->settings.seed = settings->seed;
    if (free_fields & MOAT_SET_SAMPLES)
        model->settings.samples = settings->samples;
    if (free_fields & MOAT_SET_SAMPLING)
        model->settings.sampling = settings->sampling;
    if (free_fields & MOAT_SET_THREADS)
        model->settings.threads = settings->threads;
    if (pin)
        model->pinned |= fields;
    else
        moati_record_settings(model, fields, settings);
    return MOAT_OK;
}

const moat_settings *moat_model_settings(const moat_model *model) {
    return &model->settings;
}

void moat_model_set_cancel(moat_model *model, const atomic_int *cancel) {
    model->budget.cancel = cancel;
}

const atomic_int *moat_model_cancel(const moat_model *model) {
    return model->budget.cancel;
}

void moat_model_set_progress(moat_model *model, void (*progress)(void *, double), void *context) {
    model->progress = progress;
    model->progress_context = context;
}

void moat_model_set_memory_limit(moat_model *model, uint64_t bytes) {
    model->budget.limit = bytes;
}

moat_budget *moat_model_budget(moat_model *model) {
    return &model->budget;
}

void moat_model_set_keep_limit(moat_model *model, uint64_t bytes) {
    model->keep_limit = bytes;
}

static bool same_horizon(const moat_horizon *a, const moat_horizon *b) {
    return a->periods == b->periods && a->step == b->step && a->dated == b->dated &&
           (!a->dated || (a->first_year == b->first_year && a->first_part == b->first_part));
}

static moat_status check_horizon(const moat_horizon *horizon, moat_error *error) {
    if (horizon->periods == 0)
        return moat_fail(error, MOAT_INVALID, "a horizon needs at least one period");
    if (horizon->periods > MOAT_PERIODS_LIMIT)
        return moat_fail(error, MOAT_INVALID,
                         "a horizon of %u periods is longer than the %d that are allowed",
                         horizon->periods, MOAT_PERIODS_LIMIT);
    unsigned parts = horizon->step == MOAT_YEAR      ? 1
                     : horizon->step == MOAT_QUARTER ? 4
                     : horizon->step == MOAT_MONTH   ? 12
                                                     : 0;
    if (parts == 0)
        return moat_fail(error, MOAT_INVALID,
                         "the step of a horizon must be a year, a quarter or a month");
    if (horizon->dated && (horizon->first_part < 1 || horizon->first_part > parts))
        return moat_fail(error, MOAT_INVALID, "a year has no period %u where it is cut into %u",
                         horizon->first_part, parts);
    if (horizon->dated && (horizon->first_year < 0 || horizon->first_year > 9999))
        return moat_fail(error, MOAT_INVALID, "%d is not a year between 0 and 9999",
                         horizon->first_year);
    return MOAT_OK;
}

moat_status moat_model_set_horizon(moat_model *model, const moat_horizon *horizon,
                                   moat_error *error) {
    moat_status status = check_horizon(horizon, error);
    if (status != MOAT_OK)
        return status;
    /* Nodes recorded so far depend on the length of a period. */
    if (model->horizon.periods != 0 && !same_horizon(&model->horizon, horizon))
        return moat_fail(error, MOAT_INVALID,
                         "the horizon has been set already; a model has one horizon");
    model->horizon = *horizon;
    moati_record_horizon(model, horizon);
    return MOAT_OK;
}

const moat_horizon *moat_model_horizon(const moat_model *model) {
    return &model->horizon;
}
