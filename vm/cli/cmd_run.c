/* moat run: the results of a script, for people or for programs. */
#include "cmd_run.h"

#include "deliver.h"
#include "help.h"
#include "scenario.h"
#include "sha256.h"
#include "status.h"
#include "view.h"

static bool render(const void *context, FILE *file) {
    const moati_scenario *scenario = context;
    const moati_args *args = scenario->args;
    char sha256[65];
    moati_sha256(scenario->script.text, scenario->script.length, sha256);
    const moati_view view = {.model = scenario->model,
                             .results = scenario->results,
                             .script = scenario->script.path,
                             .sha256 = sha256,
                             .set_count = args->set_count,
                             .sets = args->sets,
                             .trace_ms = scenario->trace_ms,
                             .timing = args->timing,
                             .quiet = args->quiet};
    const moati_screen screen = moati_screen_detect(args->output != NULL);
    switch (args->format) {
    case MOATI_JSON: return moati_view_json(&view, file);
    case MOATI_CSV: return moati_view_csv(&view, file);
    default: return moati_view_table(&view, &screen, file);
    }
}

/* Everything that can be stopped from outside. */
static int run_watched(moati_scenario *scenario) {
    const moati_args *args = scenario->args;
    moat_status status =
        moati_watch_start(scenario->watch, args->time_limit, args->memory_limit, &scenario->error);
    if (status != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    int outcome = moati_scenario_trace(scenario);
    if (outcome == MOATI_EXIT_DONE)
        outcome = moati_scenario_evaluate(scenario);
    moati_watch_end(scenario->watch);
    return outcome;
}

static int run(const moati_args *args) {
    moati_watch watch = {.patient = false};
    moati_scenario scenario = {.watch = &watch, .prints_aside = args->format != MOATI_TABLE};
    int status = moati_scenario_open(&scenario, args, args->script, NULL);
    if (status == MOATI_EXIT_DONE)
        status = run_watched(&scenario);
    if (status == MOATI_EXIT_DONE) {
        moati_scenario_warn(&scenario);
        status = moati_deliver(args->output, render, &scenario);
    }
    moati_scenario_close(&scenario);
    return status;
}

int moati_cmd_run(int argc, char **argv) {
    moati_args args;
    moat_error error = {.where = MOAT_NOWHERE};
    int status = MOATI_EXIT_DONE;
    if (moati_args_read(argc, argv, &args, &error) != MOAT_OK) {
        moati_complain("%s", error.message);
        status = moati_exit_of(error.status, MOATI_EXIT_USAGE);
    } else if (args.help) {
        moati_help_print_command(stdout, args.command);
    } else {
        status = run(&args);
    }
    moati_args_free(&args);
    return status;
}
