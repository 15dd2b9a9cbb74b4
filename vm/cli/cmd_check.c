/* moat check: the mistakes of scripts, a line for each, or a JSON array. */
#include "cmd_check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "command.h"
#include "modules.h"
#include "scenario.h"
#include "status.h"

static const char *severity_name(moati_severity severity) {
    return severity == MOATI_ERROR ? "error" : "warning";
}

static void print_finding(const moati_finding *f) {
    printf("%s:%d:%d: %s: %s%s%s [%s]\n", f->file, f->line, f->column, severity_name(f->severity),
           f->message, f->hint != NULL ? "; " : "", f->hint != NULL ? f->hint : "", f->code);
}

static bool list_finding(json_t *list, const moati_finding *f) {
    json_t *object = json_pack("{s:s, s:i, s:i, s:s, s:s, s:s, s:s?}", "file", f->file, "line",
                               f->line, "column", f->column, "severity", severity_name(f->severity),
                               "code", f->code, "message", f->message, "hint", f->hint);
    return json_array_append_new(list, object) == 0;
}

/* The month of the clock, which only ages are counted from. */
static int this_month(void) {
    const time_t now = time(NULL);
    struct tm parts;
    return gmtime_r(&now, &parts) == NULL ? 0 : (parts.tm_year + 1900) * 12 + parts.tm_mon;
}

static moati_check_options options_of(const moati_args *args) {
    return (moati_check_options){.strict = args->strict,
                                 .max_age = args->max_age,
                                 .today = args->today >= 0 ? args->today : this_month()};
}

/* Under the watch. What the script prints is not asked for. */
static int check_watched(moati_scenario *scenario, moati_check *check) {
    const moati_script *script = &scenario->script;
    const moat_lua_options options = {.folder = script->folder, .modules = moat_modules};
    scenario->lua = moat_lua_new(scenario->model, &options, &scenario->error);
    if (scenario->lua == NULL)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    const moat_status status =
        moati_check_script(check, scenario->lua, scenario->model, script->text, script->length,
                           script->name, &scenario->error);
    const moati_stop stop = (moati_stop)atomic_load(&scenario->watch->cancel);
    if (stop != MOATI_GOING)
        return moati_watch_explain(scenario->watch, stop, moat_lua_script_error(scenario->lua));
    return status == MOAT_OK ? MOATI_EXIT_DONE : moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
}

static int check_open(moati_scenario *scenario, moati_check *check) {
    const moati_args *args = scenario->args;
    if (moati_watch_start(scenario->watch, args->time_limit, args->memory_limit,
                          &scenario->error) != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    const int outcome = check_watched(scenario, check);
    moati_watch_end(scenario->watch);
    return outcome;
}

static int check_file(const moati_args *args, const char *path, moati_check *check) {
    moati_watch watch = {.patient = false};
    moati_scenario scenario = {.watch = &watch};
    int outcome = moati_scenario_open(&scenario, args, path, NULL);
    moati_progress_end(&scenario.progress);
    if (outcome == MOATI_EXIT_DONE)
        outcome = check_open(&scenario, check);
    moati_scenario_close(&scenario);
    return outcome;
}

/* --- Telling. */

/* Allocated; NULL where memory is short. */
static char *make_json(const moati_check *check) {
    json_t *list = json_array();
    bool done = list != NULL;
    for (size_t i = 0; i < check->count && done; i++)
        done = list_finding(list, &check->findings[i]);
    char *text = done ? json_dumps(list, JSON_INDENT(2)) : NULL;
    json_decref(list);
    return text;
}

static moat_status print_findings(const moati_check *check, moati_format format) {
    if (format != MOATI_JSON) {
        for (size_t i = 0; i < check->count; i++)
            print_finding(&check->findings[i]);
        return MOAT_OK;
    }
    char *text = make_json(check);
    if (text == NULL)
        return MOAT_NO_MEMORY;
    puts(text);
    free(text);
    return MOAT_OK;
}

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

static int deliver(const moati_check *check, const moati_args *args) {
    size_t errors = 0;
    for (size_t i = 0; i < check->count; i++)
        errors += check->findings[i].severity == MOATI_ERROR;
    if (print_findings(check, args->format) != MOAT_OK) {
        moati_complain("out of memory");
        return MOATI_EXIT_LIMIT;
    }
    fflush(stdout);
    const size_t warnings = check->count - errors;
    if (!args->quiet)
        fprintf(stderr, "%zu file%s checked: %zu error%s, %zu warning%s\n", args->file_count,
                plural(args->file_count), errors, plural(errors), warnings, plural(warnings));
    return errors > 0 ? MOATI_EXIT_FAILED : MOATI_EXIT_DONE;
}

static int check_files(const moati_args *args) {
    moati_check check = {.options = options_of(args)};
    int outcome = MOATI_EXIT_DONE;
    for (size_t i = 0; i < args->file_count && outcome == MOATI_EXIT_DONE; i++)
        outcome = check_file(args, args->files[i], &check);
    if (outcome == MOATI_EXIT_DONE)
        outcome = deliver(&check, args);
    moati_check_free(&check);
    return outcome;
}

int moati_cmd_check(int argc, char **argv) {
    return moati_command(argc, argv, check_files);
}
