/* moat run, from the command line to the results. A session owns everything on the way and is
 * released in one place. */
#include "cmd_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "help.h"
#include "moat/lua.h"
#include "modules.h"
#include "number.h"
#include "override.h"
#include "progress.h"
#include "script.h"
#include "sha256.h"
#include "status.h"
#include "view.h"
#include "watch.h"
#include "write.h"

typedef struct session {
    moati_args args;
    moati_script script;
    moati_watch watch;
    moati_progress progress;
    bool printed; /* by the script */
    moat_model *model;
    moat_lua *lua;
    moat_results *results;
    double trace_ms;
    moat_error error;
} session;

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

/* What the script prints must not mix with results that a program reads. */
static void print_text(void *context, const char *text, size_t length) {
    session *run = context;
    moati_progress_end(&run->progress);
    run->printed = true;
    fwrite(text, 1, length, run->args.format == MOATI_TABLE ? stdout : stderr);
}

static void warn_text(void *context, const char *text, size_t length) {
    session *run = context;
    moati_progress_end(&run->progress);
    fwrite(text, 1, length, stderr);
}

static int exit_status(moat_status status, int otherwise) {
    return status == MOAT_NO_MEMORY || status == MOAT_LIMIT ? MOATI_EXIT_LIMIT : otherwise;
}

static int fail(const session *run, int otherwise) {
    moati_complain("%s", run->error.message);
    return exit_status(run->error.status, otherwise);
}

/* Puts in force what the command line says. */
static moat_status configure(session *run) {
    moat_error *error = &run->error;
    run->model = moat_model_new(error);
    if (run->model == NULL)
        return error->status;
    moat_model_set_memory_limit(run->model, run->args.memory_limit);
    moat_status status =
        moat_model_set(run->model, run->args.fields, &run->args.settings, true, error);
    for (size_t i = 0; i < run->args.set_count && status == MOAT_OK; i++)
        status = moat_model_override(run->model, run->args.sets[i].name, run->args.sets[i].literal,
                                     error);
    if (status == MOAT_OK && run->args.variant != NULL)
        status = moat_model_use_variant(run->model, run->args.variant, error);
    if (status == MOAT_OK)
        status = moat_isa_check(error);
    return status;
}

static int trace(session *run) {
    const moat_lua_options options = {.print = print_text,
                                      .warn = warn_text,
                                      .context = run,
                                      .folder = run->script.folder,
                                      .modules = moat_modules};
    double start = now_ms();
    run->lua = moat_lua_new(run->model, &options, &run->error);
    if (run->lua == NULL)
        return fail(run, MOATI_EXIT_FAILED);
    moat_status status = moat_lua_run_text(run->lua, run->script.text, run->script.length,
                                           run->script.name, &run->error);
    run->trace_ms = now_ms() - start;
    moati_progress_end(&run->progress);
    moati_stop stop = (moati_stop)atomic_load(&run->watch.cancel);
    if (stop != MOATI_GOING) {
        const bool in_script = status == MOAT_INTERRUPTED;
        return moati_watch_explain(&run->watch, stop,
                                   in_script ? moat_lua_script_error(run->lua) : NULL);
    }
    const moati_refusal *refusal = moati_model_refusal(run->model);
    if (refusal != NULL) {
        moati_override_refuse(run->model, refusal);
        return MOATI_EXIT_USAGE;
    }
    if (status == MOAT_OK)
        return MOATI_EXIT_DONE;
    moati_script_complain(&run->script, moat_lua_script_error(run->lua), &run->error);
    return exit_status(status, MOATI_EXIT_FAILED);
}

static int evaluate(session *run) {
    moat_status status = moat_model_run(run->model, &run->results, &run->error);
    moati_progress_end(&run->progress);
    moati_stop stop = (moati_stop)atomic_load(&run->watch.cancel);
    if (stop != MOATI_GOING)
        return moati_watch_explain(&run->watch, stop, NULL);
    return status == MOAT_OK ? MOATI_EXIT_DONE : fail(run, MOATI_EXIT_FAILED);
}

/* Everything that can be stopped from outside. */
static int run_script(session *run) {
    int status = trace(run);
    if (status != MOATI_EXIT_DONE)
        return status;
    bool is_variant;
    const char *name = moat_model_unresolved(run->model, &is_variant);
    if (name != NULL) {
        moati_override_refuse_name(run->model, run->script.name, name, is_variant);
        return MOATI_EXIT_USAGE;
    }
    moati_override_warn(run->model, &run->args);
    return evaluate(run);
}

static size_t count_undefined(const session *run, size_t output) {
    size_t entries = moat_model_get_output(run->model, output)->count, worst = 0;
    for (size_t t = 0; t < entries; t++) {
        const size_t count = moat_results_output(run->results, output, t)->nan_count;
        worst = count > worst ? count : worst;
    }
    return worst;
}

static void warn_of_results(const session *run) {
    size_t outputs = moat_model_outputs(run->model);
    if (outputs == 0 && !run->printed && !run->args.quiet)
        moati_complain("%s declares no output; output(\"name\", quantity) makes one",
                       run->script.name);
    for (size_t i = 0; i < outputs; i++) {
        char count[MOATI_NUMBER];
        size_t undefined = count_undefined(run, i);
        moati_number_show_count(count, undefined);
        if (undefined > 0)
            moati_complain("output \"%s\" is not a number in %s sample%s",
                           moat_model_get_output(run->model, i)->name, count,
                           undefined == 1 ? "" : "s");
    }
}

static bool render(const session *run, FILE *file) {
    char sha256[65];
    moati_sha256(run->script.text, run->script.length, sha256);
    const moati_view view = {.model = run->model,
                             .results = run->results,
                             .script = run->script.path,
                             .sha256 = sha256,
                             .set_count = run->args.set_count,
                             .sets = run->args.sets,
                             .trace_ms = run->trace_ms,
                             .timing = run->args.timing,
                             .quiet = run->args.quiet};
    const moati_screen screen = moati_screen_detect(run->args.output != NULL);
    switch (run->args.format) {
    case MOATI_JSON: return moati_view_json(&view, file);
    case MOATI_CSV: return moati_view_csv(&view, file);
    default: return moati_view_table(&view, &screen, file);
    }
}

/* Renders into memory, so that nothing is written unless all of it can be. */
static moat_status render_text(session *run, char **text, size_t *length) {
    *text = NULL;
    FILE *file = open_memstream(text, length);
    bool done = file != NULL && render(run, file);
    if (file != NULL && fclose(file) != 0)
        done = false;
    return done ? MOAT_OK : moat_fail(&run->error, MOAT_NO_MEMORY, "out of memory");
}

/* A reader that has seen enough closes the pipe; it does not want to hear of it. */
static int fail_to_write(const session *run) {
    return errno == EPIPE ? MOATI_EXIT_FAILED : fail(run, MOATI_EXIT_FAILED);
}

static int deliver(session *run) {
    char *text;
    size_t length;
    moat_error *error = &run->error;
    int status = MOATI_EXIT_DONE;
    warn_of_results(run);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        moat_fail(error, MOAT_SYSTEM, "cannot write to standard output: %s", strerror(errno));
        return fail_to_write(run);
    }
    if (render_text(run, &text, &length) != MOAT_OK)
        status = fail(run, MOATI_EXIT_LIMIT);
    else if (run->args.output == NULL
                 ? moati_write_descriptor(STDOUT_FILENO, text, length, error) != MOAT_OK
                 : moati_write_file(run->args.output, text, length, error) != MOAT_OK)
        status = fail_to_write(run);
    free(text);
    return status;
}

static int watch_and_run(session *run) {
    moat_status status =
        moati_watch_start(&run->watch, run->args.time_limit, run->args.memory_limit, &run->error);
    if (status != MOAT_OK)
        return fail(run, MOATI_EXIT_FAILED);
    moat_model_set_cancel(run->model, &run->watch.cancel);
    moati_progress_begin(&run->progress, run->args.quiet);
    moat_model_set_progress(run->model, moati_progress_report, &run->progress);
    const int outcome = run_script(run);
    moati_watch_end(&run->watch);
    return outcome;
}

static int run_session(session *run, int argc, char **argv) {
    if (moati_args_read(argc, argv, &run->args, &run->error) != MOAT_OK)
        return fail(run, MOATI_EXIT_USAGE);
    if (run->args.help) {
        moati_help_print_run(stdout);
        return MOATI_EXIT_DONE;
    }
    if (moati_script_read(run->args.script, &run->script, &run->error) != MOAT_OK)
        return fail(run, MOATI_EXIT_USAGE);
    if (configure(run) != MOAT_OK)
        return fail(run, MOATI_EXIT_USAGE);
    int status = watch_and_run(run);
    return status == MOATI_EXIT_DONE ? deliver(run) : status;
}

int moati_cmd_run(int argc, char **argv) {
    session run = {.error = {.where = MOAT_NOWHERE}};
    int status = run_session(&run, argc, argv);
    moat_results_free(run.results);
    moat_lua_free(run.lua);
    moat_model_free(run.model);
    moati_script_free(&run.script);
    moati_args_free(&run.args);
    return status;
}
