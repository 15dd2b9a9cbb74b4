/* What a saved script is worth: it is run apart from the session, as `moat run` would, and compared
 * with it. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "modules.h"
#include "repl_session.h"

typedef struct trial {
    moati_repl *repl;
    moat_model *model; /* of the script */
    moat_lua *lua;
    moat_results *results;
    char *folder;
    char *difference;
} trial;

static void note(const trial *t, const char *format, ...) MOAT_PRINTF(2, 3);

/* Adds to what differs: "a; b". */
static void note(const trial *t, const char *format, ...) {
    size_t used = strlen(t->difference);
    va_list arguments;
    if (used > 0)
        used += (size_t)snprintf(t->difference + used, MOATI_DIFFERENCE_SIZE - used, "; ");
    if (used >= MOATI_DIFFERENCE_SIZE)
        return;
    va_start(arguments, format);
    vsnprintf(t->difference + used, MOATI_DIFFERENCE_SIZE - used, format, arguments);
    va_end(arguments);
}

static moat_status run(trial *t, const char *path, const char *text, const char *variant,
                       moat_error *error) {
    const moati_repl *repl = t->repl;
    t->folder = moati_script_folder(path);
    const moat_lua_options options = {.folder = t->folder, .modules = moat_modules};
    t->model = moat_model_new(error);
    if (t->folder == NULL || t->model == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    moat_model_set_cancel(t->model, &repl->watch.cancel);
    moat_model_set_memory_limit(t->model, repl->args->memory_limit);
    moat_model_set_keep_limit(t->model, MOATI_KEPT_TO_SHOW);
    moat_status status = moat_model_set(t->model, repl->fields, &repl->settings, true, error);
    if (status == MOAT_OK && variant != NULL)
        status = moat_model_use_variant(t->model, variant, error);
    if (status == MOAT_OK && (t->lua = moat_lua_new(t->model, &options, error)) == NULL)
        status = error->status;
    if (status == MOAT_OK)
        status = moat_lua_run_text(t->lua, text, strlen(text), path, error);
    if (status == MOAT_OK)
        status = moat_model_run(t->model, &t->results, error);
    return status;
}

static void compare_assumptions(const trial *t) {
    const moat_model *model = t->repl->model;
    for (size_t i = 0; i < moat_model_assumptions(model); i++) {
        const moat_assumption *ours = moat_model_assumption(model, i);
        const moat_assumption *theirs = moat_model_find_assumption(t->model, ours->name);
        if (theirs == NULL)
            note(t, "assumption %.60s is missing", ours->name);
        else if (strcmp(ours->text, theirs->text) != 0)
            note(t, "assumption %.60s is %.60s, not %.60s", ours->name, theirs->text, ours->text);
    }
}

static bool same_values(const trial *t, size_t ours, size_t theirs) {
    const moat_output *output = moat_model_get_output(t->repl->model, ours);
    const moati_place *place = &t->repl->cache.places[ours];
    if (moat_model_get_output(t->model, theirs)->count != output->count)
        return false;
    for (size_t i = 0; i < output->count; i++)
        if (moat_results_output(place->batch->results, place->index, i)->digest !=
            moat_results_output(t->results, theirs, i)->digest)
            return false;
    return true;
}

static void compare_outputs(const trial *t) {
    const moat_model *model = t->repl->model;
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const char *name = moat_model_get_output(model, i)->name;
        size_t at = 0;
        while (at < moat_model_outputs(t->model) &&
               strcmp(moat_model_get_output(t->model, at)->name, name) != 0)
            at++;
        if (at == moat_model_outputs(t->model))
            note(t, "output %.60s is missing", name);
        else if (!same_values(t, i, at))
            note(t, "output %.60s has other values", name);
    }
}

moat_status moati_repl_verify(moati_repl *repl, const char *path, const char *text,
                              const char *variant, char difference[MOATI_DIFFERENCE_SIZE]) {
    trial t = {.repl = repl, .difference = difference};
    moat_error error = {.where = MOAT_NOWHERE};
    difference[0] = '\0';
    moat_status status = moati_repl_update(repl, NULL);
    if (status != MOAT_OK)
        note(&t, "the session's outputs cannot be evaluated: %.300s", repl->error.message);
    else if ((status = run(&t, path, text, variant, &error)) != MOAT_OK)
        note(&t, "as a script it fails: %.400s", error.message);
    if (status == MOAT_NO_MEMORY)
        moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    if (difference[0] == '\0') {
        compare_assumptions(&t);
        compare_outputs(&t);
    }
    moat_results_free(t.results);
    moat_lua_free(t.lua);
    moat_model_free(t.model);
    free(t.folder);
    return status == MOAT_NO_MEMORY ? status : MOAT_OK;
}
