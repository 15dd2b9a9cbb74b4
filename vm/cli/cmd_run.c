/* moat run: the results of a script, for people or for programs. */
#include "cmd_run.h"

#include <stdlib.h>

#include "command.h"
#include "deliver.h"
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

typedef struct rendered {
    char *text; /* owned */
    size_t length;
} rendered;

static int make_report(moati_scenario *scenario, rendered *report) {
    int stopped;
    moati_scenario_warn(scenario);
    moat_status status = moati_scenario_reserve(scenario);
    if (status == MOAT_OK)
        report->text = moati_deliver_text(render, scenario, &report->length);
    if (status == MOAT_OK && report->text == NULL)
        status = moat_fail(&scenario->error, MOAT_NO_MEMORY, "out of memory");
    if (moati_scenario_is_stopped(scenario, false, &stopped))
        return stopped;
    return status == MOAT_OK ? MOATI_EXIT_DONE : moati_scenario_fail(scenario, MOATI_EXIT_LIMIT);
}

/* Everything that can be stopped from outside. */
static int run_watched(moati_scenario *scenario, rendered *report) {
    const moati_args *args = scenario->args;
    moat_status status =
        moati_watch_start(scenario->watch, args->time_limit, args->memory_limit, &scenario->error);
    if (status != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    int outcome = moati_scenario_trace(scenario);
    if (outcome == MOATI_EXIT_DONE)
        outcome = moati_scenario_evaluate(scenario);
    if (outcome == MOATI_EXIT_DONE)
        outcome = make_report(scenario, report);
    moati_watch_end(scenario->watch);
    return outcome;
}

static int run(const moati_args *args) {
    moati_watch watch = {.patient = false};
    moati_scenario scenario = {.watch = &watch, .prints_aside = args->format != MOATI_TABLE};
    rendered report = {NULL};
    int status = moati_scenario_open(&scenario, args, args->script, NULL);
    if (status == MOATI_EXIT_DONE)
        status = run_watched(&scenario, &report);
    if (status == MOATI_EXIT_DONE)
        status = moati_deliver_all(args->output, report.text, report.length);
    moati_scenario_leave(&scenario, status);
    moati_scenario_close(&scenario);
    free(report.text);
    return status;
}

int moati_cmd_run(int argc, char **argv) {
    return moati_command(argc, argv, run);
}
