/* A script on its way from the command line to results: read, traced, evaluated.
 *
 * A scenario owns its script, model, state and results, and borrows the arguments and the watch,
 * which several may share. Steps that can fail return the exit status of the command, after having
 * said why on standard error; MOATI_EXIT_DONE: go on. */
#ifndef MOATI_SCENARIO_H
#define MOATI_SCENARIO_H

#include <stdbool.h>

#include "args.h"
#include "buffer.h"
#include "moat/lua.h"
#include "moat/model.h"
#include "progress.h"
#include "script.h"
#include "watch.h"

/* A file that the script required. */
typedef struct moati_required {
    char *name; /* as it was given to `require` */
    char *path;
    char sha256[65];
} moati_required;

typedef struct moati_scenario {
    const moati_args *args;
    moati_watch *watch;
    bool prints_aside;             /* given: what the script prints goes to standard error */
    bool mute;                     /* given: it goes nowhere */
    const moat_lua_reader *reader; /* given: of the script's files; NULL: the file system is read */
    const char *folder;            /* given with it */
    moati_buffer *prints;          /* given: what the script prints goes here; NULL: it does not */
    bool session; /* given: the locals of a text that has run are there for the next */
    moati_script script;
    const char *variant; /* in force; NULL: none */
    moat_model *model;
    moat_lua *lua;         /* NULL before it is traced, and where that is done by another process */
    moat_results *results; /* NULL before it is evaluated */
    moati_progress progress;
    bool printed;            /* by the script */
    int print_error;         /* why that was lost */
    moat_script_error place; /* where and why the script failed */
    bool short_of_memory;    /* what is required could not be noted */
    size_t required_count;
    moati_required *required; /* in the order in which they were first required */
    double trace_ms;
    moat_error error;
} moati_scenario;

/* Reads the script and makes a model with the settings and overrides of the command line in force.
 * `variant` (NULL: none) is put in force, over what the arguments say. */
int moati_scenario_open(moati_scenario *scenario, const moati_args *args, const char *path,
                        const char *variant);
/* The second half of it, with the variant that is named there. */
moat_status moati_scenario_configure(moati_scenario *scenario);
/* Runs the script once, under the watch, and resolves the overrides. */
int moati_scenario_trace(moati_scenario *scenario);
/* What the script prints and warns; context is a moati_scenario. */
void moati_scenario_print(void *context, const char *text, size_t length);
void moati_scenario_warn_text(void *context, const char *text, size_t length);
/* What the script requires; context is a moati_scenario. */
void moati_scenario_note_required(void *context, const char *name, const char *path,
                                  const char *text, size_t length);
/* Runs the script in a state with these options. */
moat_status moati_scenario_run(moati_scenario *scenario, const moat_lua_options *options);
/* The steps of it, for who runs a script in parts: makes the state; says why a part has failed,
 * at a place in it (NULL: elsewhere), with what scenario->error holds; resolves the overrides. */
int moati_scenario_begin(moati_scenario *scenario);
int moati_scenario_explain(moati_scenario *scenario, moat_status status,
                           const moat_script_error *place);
int moati_scenario_resolve(moati_scenario *scenario);
/* Evaluates all outputs and assumptions, under the watch. */
int moati_scenario_evaluate(moati_scenario *scenario);
/* Says what is odd about the results: outputs that are not a number, or none at all. */
void moati_scenario_warn(const moati_scenario *scenario);
/* Counts the memory that rendering the results takes: MOAT_LIMIT, with the error set, where they
 * are too many. */
moat_status moati_scenario_reserve(moati_scenario *scenario);
/* True, with the reason told and its exit status in *status, where the run has been stopped.
 * `in_script`: at the place that its state knows. */
bool moati_scenario_is_stopped(moati_scenario *scenario, bool in_script, int *status);
/* Says which outputs are not a number in results that are not the scenario's. */
void moati_scenario_warn_of(const moati_scenario *scenario, const moat_results *results);
/* Says what scenario->error holds; returns the exit status that belongs to it, or `otherwise`. */
int moati_scenario_fail(const moati_scenario *scenario, int otherwise);
/* Ends the process with the status after a run that was stopped or is large: Lua frees its objects
 * one by one, which takes it seconds then, and the system is faster. */
void moati_scenario_leave(const moati_scenario *scenario, int status);
void moati_scenario_close(moati_scenario *scenario);

#endif
