/* moat report: everything is made in memory first, then written or compared. */
#include "cmd_report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bundle.h"
#include "command.h"
#include "html.h"
#include "report.h"
#include "script.h"
#include "status.h"
#include "write.h"

typedef struct report {
    moati_scenario *scenario;
    moati_destination destination;
    moati_document *document;
    char *text;
    size_t length;
} report;

/* --- Making it. */

static int fill(moati_scenario *scenario, moati_document *document) {
    const moati_args *args = scenario->args;
    moat_status status =
        moati_watch_start(scenario->watch, args->time_limit, args->memory_limit, &scenario->error);
    if (status != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    int outcome = moati_is_memo(args->script) ? moati_report_fill_memo(scenario, document)
                                              : moati_report_fill_script(scenario, document);
    moati_watch_end(scenario->watch);
    return outcome;
}

static moat_status print(const report *r, FILE *file, moat_error *error) {
    const moati_destination *destination = &r->destination;
    if (r->scenario->args->to_html)
        return moati_html_print(r->document, moati_base_name(r->scenario->script.name), file,
                                error);
    moati_document_print(r->document,
                         destination->is_stream ? NULL : moati_base_name(destination->folder.text),
                         file);
    return MOAT_OK;
}

static moat_status render(report *r, moat_error *error) {
    FILE *file = open_memstream(&r->text, &r->length);
    if (file == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    moat_status status = print(r, file, error);
    const bool failed = ferror(file) != 0;
    if ((fclose(file) != 0 || failed) && status == MOAT_OK)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    return status;
}

/* --- Writing it. */

static void say(const moati_args *args, const moati_bundle *bundle, const char *what) {
    if (args->quiet)
        return;
    const size_t count = bundle->folder != NULL ? moati_document_pictures(bundle->document) : 0;
    fprintf(stderr, "%s: %s", bundle->path, what);
    if (count > 0 && !args->check)
        fprintf(stderr, ", with %zu chart%s in %s", count, count == 1 ? "" : "s", bundle->folder);
    putc('\n', stderr);
}

static int write_stream(const report *r) {
    moat_error *error = &r->scenario->error;
    const char *path = r->destination.path.text;
    moat_status status = strcmp(path, "-") == 0
                             ? moati_write_descriptor(STDOUT_FILENO, r->text, r->length, error)
                             : moati_write_file(path, r->text, r->length, error);
    if (status == MOAT_OK)
        return MOATI_EXIT_DONE;
    /* A reader that has seen enough closes the pipe; it does not want to hear of it. */
    return errno == EPIPE ? MOATI_EXIT_FAILED : moati_scenario_fail(r->scenario, MOATI_EXIT_FAILED);
}

static int compare(const report *r, const moati_bundle *bundle) {
    const moati_args *args = r->scenario->args;
    bool changed;
    if (moati_bundle_compare(bundle, stdout, &changed, &r->scenario->error) != MOAT_OK)
        return moati_scenario_fail(r->scenario, MOATI_EXIT_FAILED);
    say(args, bundle, changed ? "not what would be written now" : "up to date");
    return changed ? MOATI_EXIT_DIFFERENT : MOATI_EXIT_DONE;
}

static int deliver(const report *r) {
    const moati_args *args = r->scenario->args;
    const moati_destination *destination = &r->destination;
    const moati_bundle bundle = {.path = destination->path.text,
                                 .text = r->text,
                                 .length = r->length,
                                 .folder = destination->folder.text,
                                 .document = r->document};
    bool changed;
    if (destination->is_stream)
        return write_stream(r);
    if (args->check)
        return compare(r, &bundle);
    if (moati_bundle_write(&bundle, &changed, &r->scenario->error) != MOAT_OK)
        return moati_scenario_fail(r->scenario, MOATI_EXIT_FAILED);
    say(args, &bundle, changed ? "written" : "as it was");
    return MOATI_EXIT_DONE;
}

/* --- The command. */

static int make(report *r) {
    moati_scenario *scenario = r->scenario;
    const moati_args *args = scenario->args;
    int outcome = moati_scenario_open(scenario, args, args->script, NULL);
    if (outcome != MOATI_EXIT_DONE)
        return outcome;
    if (moati_destination_choose(args, &r->destination, &scenario->error) != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_USAGE);
    r->document = moati_document_new(&scenario->error);
    if (r->document == NULL)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    outcome = fill(scenario, r->document);
    if (outcome != MOATI_EXIT_DONE)
        return outcome;
    if (render(r, &scenario->error) != MOAT_OK)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    return deliver(r);
}

static void list_inputs(const moati_scenario *scenario, moati_buffer *inputs) {
    moati_buffer_add(inputs, scenario->args->script, strlen(scenario->args->script) + 1);
    for (size_t i = 0; i < scenario->required_count; i++) {
        const char *path = scenario->required[i].path;
        if (path != NULL)
            moati_buffer_add(inputs, path, strlen(path) + 1);
    }
}

int moati_report_make(const moati_args *args, moati_buffer *inputs) {
    moati_watch watch = {.patient = false};
    moati_scenario scenario = {.args = args, .watch = &watch, .prints_aside = true};
    report r = {.scenario = &scenario};
    const int outcome = make(&r);
    if (inputs != NULL)
        list_inputs(&scenario, inputs);
    free(r.text);
    moati_document_free(r.document);
    moati_destination_free(&r.destination);
    moati_scenario_close(&scenario);
    return outcome;
}

static int run(const moati_args *args) {
    return args->watch ? moati_report_watch(args) : moati_report_make(args, NULL);
}

int moati_cmd_report(int argc, char **argv) {
    return moati_command(argc, argv, run);
}
