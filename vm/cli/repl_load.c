/* Scripts that are loaded: a new model and its Lua take the place of the old ones only once the
 * script has run. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "override.h"
#include "repl_session.h"
#include "report.h"

/* What the command line sets is meant for the script that it names. */
static bool is_first(const moati_repl *repl, const moati_script *script) {
    return repl->args->script != NULL && strcmp(script->path, repl->args->script) == 0;
}

/* What does not fit the script is refused when it has run; only want of memory is an error here. */
static moat_status apply_arguments(moati_repl *repl, moat_model *model) {
    const moati_args *args = repl->args;
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < args->set_count && status != MOAT_NO_MEMORY; i++)
        status =
            moat_model_override(model, args->sets[i].name, args->sets[i].literal, &repl->error);
    if (args->variant != NULL && status != MOAT_NO_MEMORY)
        status = moat_model_use_variant(model, args->variant, &repl->error);
    return status == MOAT_NO_MEMORY ? status : MOAT_OK;
}

/* Runs a script in a new model; what fails is told. */
static bool trace(moati_repl *repl, moati_script *script, moat_model **model, moat_lua **lua) {
    moat_status status = moati_repl_open(repl, script->folder, model, lua);
    if (status == MOAT_OK && is_first(repl, script))
        status = apply_arguments(repl, *model);
    if (status != MOAT_OK) {
        moati_repl_complain_of_error(repl);
        return false;
    }
    if (!moati_repl_begin_work(repl))
        return false;
    status = moat_lua_run_text(*lua, script->text, script->length, script->name, &repl->error);
    moati_repl_end_work(repl);
    const moati_refusal *refusal = moati_model_refusal(*model);
    bool is_variant;
    const char *missing = moat_model_unresolved(*model, &is_variant);
    const bool fits = refusal == NULL && status == MOAT_OK && missing == NULL;
    repl->failed = repl->failed || !fits;
    if (refusal != NULL)
        moati_override_refuse(*model, refusal);
    else if (status != MOAT_OK)
        moati_repl_explain(repl, script, *lua);
    else if (missing != NULL)
        moati_override_refuse_name(*model, script->name, missing, is_variant);
    return fits;
}

static void note_time(const char *path, struct timespec *time) {
    struct stat status;
    *time = (struct timespec){0};
    if (stat(path, &status) == 0)
        *time = status.st_mtim;
}

/* What the command line has put in force is where the session begins. */
static bool begin_overrides(moati_repl *repl) {
    moati_overrides_free(&repl->overrides);
    moati_repl_forget_past(repl);
    bool done = true;
    if (!is_first(repl, &repl->script))
        return true;
    if (repl->args->variant != NULL) {
        repl->overrides.variant = strdup(repl->args->variant);
        done = repl->overrides.variant != NULL;
    }
    for (size_t i = 0; i < repl->args->set_count && done; i++)
        done = moati_overrides_set(&repl->overrides, repl->args->sets[i].name,
                                   repl->args->sets[i].literal);
    return done;
}

static void print_loaded(moati_repl *repl) {
    const size_t assumptions = moat_model_assumptions(repl->model),
                 outputs = moat_model_outputs(repl->model),
                 variants = moat_model_variants(repl->model);
    fprintf(repl->out, "%s: %zu assumption%s, %zu output%s, %zu variant%s\n", repl->path,
            assumptions, assumptions == 1 ? "" : "s", outputs, outputs == 1 ? "" : "s", variants,
            variants == 1 ? "" : "s");
}

bool moati_repl_replace(moati_repl *repl, const char *path, moati_former *former) {
    moati_script script = {.path = path};
    moat_model *model = NULL;
    moat_lua *lua = NULL;
    char *copy = strdup(path);
    struct timespec changed;
    if (copy == NULL)
        moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    note_time(path, &changed);
    bool done = copy != NULL && moati_refuse_memo(copy, &repl->error) == MOAT_OK &&
                moati_script_read(copy, &script, &repl->error) == MOAT_OK;
    if (!done) {
        moati_repl_complain_of_error(repl);
    } else if (!trace(repl, &script, &model, &lua)) {
        done = false;
        moat_lua_free(lua);
        moat_model_free(model);
    }
    if (!done) {
        moati_script_free(&script);
        free(copy);
        return false;
    }
    *former = moati_repl_detach(repl);
    moati_repl_forget_entries(repl);
    moati_script_free(&repl->script);
    free(repl->path);
    repl->model = model;
    repl->lua = lua;
    repl->script = script;
    repl->path = copy;
    repl->changed = changed;
    repl->out_count = 0;
    if (!begin_overrides(repl))
        moati_repl_complain(repl, "out of memory");
    print_loaded(repl);
    return true;
}

bool moati_repl_load(moati_repl *repl, const char *path) {
    moati_former former;
    if (!moati_repl_replace(repl, path, &former))
        return false;
    moati_former_free(&former);
    return true;
}

void moati_repl_prepare(moati_repl *repl) {
    struct timespec changed;
    if (!repl->watching || repl->path == NULL || repl->entry != NULL)
        return;
    note_time(repl->path, &changed);
    if (changed.tv_sec == repl->changed.tv_sec && changed.tv_nsec == repl->changed.tv_nsec)
        return;
    repl->changed = changed;
    moati_repl_line(repl, ":reload");
}
