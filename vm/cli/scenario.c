/* The steps from a script to its results, for every command that takes one. */
#include "scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "modules.h"
#include "number.h"
#include "override.h"
#include "report.h"
#include "sha256.h"
#include "status.h"
#include "untrusted.h"

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

void moati_scenario_print(void *context, const char *text, size_t length) {
    moati_scenario *scenario = context;
    moati_progress_end(&scenario->progress);
    scenario->printed = true;
    if (scenario->prints != NULL) {
        moati_buffer_add(scenario->prints, text, length);
        return;
    }
    if (scenario->mute)
        return;
    fwrite(text, 1, length, scenario->prints_aside ? stderr : stdout);
    if (!scenario->prints_aside && ferror(stdout)) {
        scenario->print_error = errno;
        moati_watch_stop(scenario->watch, MOATI_OUTPUT_LOST);
    }
}

void moati_scenario_warn_text(void *context, const char *text, size_t length) {
    moati_scenario *scenario = context;
    moati_progress_end(&scenario->progress);
    fwrite(text, 1, length, stderr);
}

/* True where a failure is for want of memory that the budget has. */
static bool is_over_budget(const moati_scenario *scenario) {
    return scenario->error.status == MOAT_LIMIT && scenario->model != NULL &&
           moat_model_budget(scenario->model)->exceeded;
}

void moati_scenario_note_required(void *context, const char *name, const char *path,
                                  const char *text, size_t length) {
    moati_scenario *scenario = context;
    moati_required *grown =
        realloc(scenario->required, (scenario->required_count + 1) * sizeof *grown);
    if (grown == NULL) {
        scenario->short_of_memory = true;
        return;
    }
    scenario->required = grown;
    moati_required *required = &grown[scenario->required_count++];
    required->name = strdup(name);
    required->path = strdup(path);
    moati_sha256(text, length, required->sha256);
    if (required->name == NULL || required->path == NULL)
        scenario->short_of_memory = true;
}

int moati_scenario_fail(const moati_scenario *scenario, int otherwise) {
    moati_complain("%s%s", scenario->error.message,
                   is_over_budget(scenario) ? "; " MOATI_MEMORY_HINT : "");
    return moati_exit_of(scenario->error.status, otherwise);
}

/* Says that writing failed, with errno as it was left; returns the exit status. A reader that has
 * seen enough closes the pipe, and does not want to hear of it. */
static int fail_to_write(const moati_scenario *scenario) {
    return errno == EPIPE ? MOATI_EXIT_FAILED : moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
}

static int fail_to_print(moati_scenario *scenario) {
    moat_fail(&scenario->error, MOAT_SYSTEM, "cannot write to standard output: %s",
              strerror(errno));
    return fail_to_write(scenario);
}

bool moati_scenario_is_stopped(moati_scenario *scenario, bool in_script, int *status) {
    const moati_stop why = (moati_stop)atomic_load(&scenario->watch->cancel);
    if (why == MOATI_GOING)
        return false;
    if (why == MOATI_OUTPUT_LOST) {
        clearerr(stdout); /* it is told here */
        errno = scenario->print_error;
        *status = fail_to_print(scenario);
    } else {
        *status = moati_watch_explain(scenario->watch, why, in_script ? &scenario->place : NULL);
    }
    return true;
}

/* The script's own failure, with its line. */
static int fail_in_script(const moati_scenario *scenario) {
    moat_script_error failure = scenario->place;
    const size_t length = strlen(failure.message);
    if (is_over_budget(scenario))
        snprintf(failure.message + length, sizeof failure.message - length, "; " MOATI_MEMORY_HINT);
    moati_script_complain(&scenario->script, &failure, &scenario->error);
    return moati_exit_of(scenario->error.status, MOATI_EXIT_FAILED);
}

/* Puts in force what the command line says. */
moat_status moati_scenario_configure(moati_scenario *scenario) {
    const moati_args *args = scenario->args;
    moat_error *error = &scenario->error;
    scenario->model = moat_model_new(error);
    if (scenario->model == NULL)
        return error->status;
    moat_model_set_memory_limit(scenario->model, args->memory_limit);
    moat_status status =
        moat_model_set(scenario->model, args->fields, &args->settings, true, error);
    for (size_t i = 0; i < args->set_count && status == MOAT_OK; i++)
        status =
            moat_model_override(scenario->model, args->sets[i].name, args->sets[i].literal, error);
    if (status == MOAT_OK && scenario->variant != NULL)
        status = moat_model_use_variant(scenario->model, scenario->variant, error);
    if (status == MOAT_OK)
        status = moat_isa_check(error);
    return status;
}

int moati_scenario_open(moati_scenario *scenario, const moati_args *args, const char *path,
                        const char *variant) {
    scenario->args = args;
    scenario->error = (moat_error){.where = MOAT_NOWHERE};
    if (strcmp(args->command, "report") != 0 &&
        moati_refuse_memo(path, &scenario->error) != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_USAGE);
    if (moati_script_read_by(scenario->reader, path, scenario->folder, &scenario->script,
                             &scenario->error) != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_USAGE);
    scenario->variant = variant != NULL ? variant : args->variant;
    if (moati_scenario_configure(scenario) != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_USAGE);
    moat_model_set_cancel(scenario->model, &scenario->watch->cancel);
    moati_progress_begin(&scenario->progress, args->quiet);
    moat_model_set_progress(scenario->model, moati_progress_report, &scenario->progress);
    return MOATI_EXIT_DONE;
}

moat_status moati_scenario_run(moati_scenario *scenario, const moat_lua_options *options) {
    const moati_script *script = &scenario->script;
    scenario->lua = moat_lua_new(scenario->model, options, &scenario->error);
    if (scenario->lua == NULL)
        return scenario->error.status;
    const moat_status status = moat_lua_run_text(scenario->lua, script->text, script->length,
                                                 script->name, &scenario->error);
    scenario->place = *moat_lua_script_error(scenario->lua);
    return status;
}

/* The values of the entries of a session are asked for one by one. */
static void show_nothing(void *context, const moat_lua_value *value) {
    (void)context;
    (void)value;
}

static moat_lua_options options_of(moati_scenario *scenario) {
    return (moat_lua_options){.print = moati_scenario_print,
                              .warn = moati_scenario_warn_text,
                              .required = moati_scenario_note_required,
                              .context = scenario,
                              .folder = scenario->script.folder,
                              .reader = scenario->script.reader,
                              .modules = moat_modules,
                              .show = scenario->session ? show_nothing : NULL,
                              .no_sandbox = scenario->args->no_sandbox};
}

int moati_scenario_begin(moati_scenario *scenario) {
    const moat_lua_options options = options_of(scenario);
    scenario->lua = moat_lua_new(scenario->model, &options, &scenario->error);
    return scenario->lua != NULL ? MOATI_EXIT_DONE
                                 : moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
}

static moat_status run_here(moati_scenario *scenario) {
    const moat_lua_options options = options_of(scenario);
    return moati_scenario_run(scenario, &options);
}

int moati_scenario_explain(moati_scenario *scenario, moat_status status,
                           const moat_script_error *place) {
    int stopped;
    moati_progress_end(&scenario->progress);
    if (place != NULL)
        scenario->place = *place;
    if (moati_scenario_is_stopped(scenario, place != NULL && status == MOAT_INTERRUPTED, &stopped))
        return stopped;
    const moati_refusal *refusal = moati_model_refusal(scenario->model);
    if (refusal != NULL) {
        moati_override_refuse(scenario->model, refusal);
        return MOATI_EXIT_USAGE;
    }
    if (status == MOAT_OK)
        return MOATI_EXIT_DONE;
    if (place == NULL)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    return fail_in_script(scenario);
}

int moati_scenario_resolve(moati_scenario *scenario) {
    bool is_variant;
    if (scenario->short_of_memory) {
        moat_fail(&scenario->error, MOAT_NO_MEMORY, "out of memory");
        return moati_scenario_fail(scenario, MOATI_EXIT_LIMIT);
    }
    const char *name = moat_model_unresolved(scenario->model, &is_variant);
    if (name != NULL) {
        moati_override_refuse_name(scenario->model, scenario->script.name, name, is_variant);
        return MOATI_EXIT_USAGE;
    }
    moati_override_warn(scenario->model, scenario->args);
    return MOATI_EXIT_DONE;
}

int moati_scenario_trace(moati_scenario *scenario) {
    double start = now_ms();
    if (scenario->args->no_sandbox)
        moati_complain("without its sandbox a script can read and write files and run programs");
    const moat_status status =
        scenario->args->untrusted ? moati_untrusted_run(scenario) : run_here(scenario);
    scenario->trace_ms = now_ms() - start;
    const int outcome = moati_scenario_explain(scenario, status, &scenario->place);
    return outcome == MOATI_EXIT_DONE ? moati_scenario_resolve(scenario) : outcome;
}

int moati_scenario_evaluate(moati_scenario *scenario) {
    moat_status status = moat_model_run(scenario->model, &scenario->results, &scenario->error);
    moati_progress_end(&scenario->progress);
    int stopped;
    if (moati_scenario_is_stopped(scenario, false, &stopped))
        return stopped;
    return status == MOAT_OK ? MOATI_EXIT_DONE : moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
}

moat_status moati_scenario_reserve(moati_scenario *scenario) {
    enum { RENDERED_BYTES = 1 << 10 }; /* about, for each number that is reported */
    uint64_t count = moat_model_assumptions(scenario->model);
    for (size_t i = 0; i < moat_model_outputs(scenario->model); i++)
        count += moat_model_get_output(scenario->model, i)->count;
    if (moat_budget_take(moat_model_budget(scenario->model), count * RENDERED_BYTES))
        return MOAT_OK;
    return moat_fail(&scenario->error, MOAT_LIMIT,
                     "a report of %.3g results would take more than the memory limit allows",
                     (double)count);
}

static size_t count_undefined(const moat_results *results, const moat_model *model, size_t output) {
    size_t entries = moat_model_get_output(model, output)->count, worst = 0;
    for (size_t t = 0; t < entries; t++) {
        const size_t count = moat_results_output(results, output, t)->nan_count;
        worst = count > worst ? count : worst;
    }
    return worst;
}

void moati_scenario_warn_of(const moati_scenario *scenario, const moat_results *results) {
    for (size_t i = 0; i < moat_model_outputs(scenario->model); i++) {
        char count[MOATI_NUMBER];
        size_t undefined = count_undefined(results, scenario->model, i);
        moati_number_show_count(count, undefined);
        if (undefined > 0)
            moati_complain("output \"%s\" is not a number in %s sample%s",
                           moat_model_get_output(scenario->model, i)->name, count,
                           undefined == 1 ? "" : "s");
    }
}

void moati_scenario_warn(const moati_scenario *scenario) {
    if (moat_model_outputs(scenario->model) == 0 && !scenario->printed && !scenario->args->quiet)
        moati_complain("%s declares no output; output(\"name\", quantity) makes one",
                       scenario->script.name);
    moati_scenario_warn_of(scenario, scenario->results);
}

static bool is_left_to_system(const moati_scenario *scenario, int status) {
    enum { LARGE = 1 << 28 };
    const bool is_stopped = status == MOATI_EXIT_LIMIT || status == MOATI_EXIT_INTERRUPTED;
    return is_stopped ||
           (scenario->model != NULL && moat_model_budget(scenario->model)->used > LARGE);
}

void moati_scenario_leave(const moati_scenario *scenario, int status) {
    if (is_left_to_system(scenario, status))
        _exit(moati_finish(status));
}

void moati_scenario_close(moati_scenario *scenario) {
    for (size_t i = 0; i < scenario->required_count; i++) {
        free(scenario->required[i].name);
        free(scenario->required[i].path);
    }
    free(scenario->required);
    moat_results_free(scenario->results);
    moat_lua_free(scenario->lua);
    moat_model_free(scenario->model);
    moati_script_free(&scenario->script);
}
