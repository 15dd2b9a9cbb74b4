/* moat compare: scripts, variants and revisions, evaluated with the same draws.
 *
 * All are traced first; then the first is evaluated and kept, and of the others one at a time, so
 * that memory does not grow with their number. */
#include "cmd_compare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "compare.h"
#include "deliver.h"
#include "scenario.h"
#include "sha256.h"
#include "status.h"
#include "subject.h"

/* What is known of one subject. */
typedef struct member {
    moati_subject subject;
    moati_scenario scenario;
    char sha256[65];
} member;

typedef struct session {
    const moati_args *args;
    moati_args same; /* with the settings of the first */
    moati_watch watch;
    size_t count;
    member *members;
    moati_compared *compared;
    moati_compared_set *sets;
    moati_comparison comparison;
    moat_error error;
} session;

static int fail(session *s, int otherwise) {
    s->members[0].scenario.error = s->error;
    return moati_scenario_fail(&s->members[0].scenario, otherwise);
}

/* --- Opening and tracing. */

static int read_subjects(session *s) {
    for (size_t i = 0; i < s->count; i++) {
        member *m = &s->members[i];
        if (moati_subject_read(s->args->files[i], &m->subject, &s->error) != MOAT_OK)
            return fail(s, MOATI_EXIT_USAGE);
        for (size_t k = 0; k < i; k++)
            if (strcmp(m->subject.path, "-") == 0 && strcmp(s->members[k].subject.path, "-") == 0) {
                moati_complain("standard input can be one subject only");
                return MOATI_EXIT_USAGE;
            }
    }
    return MOATI_EXIT_DONE;
}

static int open_and_trace(session *s, size_t index) {
    member *m = &s->members[index];
    m->scenario.watch = &s->watch;
    m->scenario.mute = true;
    if (m->subject.revision != NULL) {
        m->scenario.reader = &m->subject.reader;
        m->scenario.folder = m->subject.folder;
    }
    int status = moati_scenario_open(&m->scenario, &s->same, m->subject.path, m->subject.variant);
    if (status == MOATI_EXIT_DONE)
        status = moati_scenario_trace(&m->scenario);
    if (status != MOATI_EXIT_DONE)
        return status;
    moat_model_set_keep_limit(m->scenario.model, UINT64_MAX);
    moati_sha256(m->scenario.script.text, m->scenario.script.length, m->sha256);
    s->compared[index] = (moati_compared){.letter = {(char)('A' + index), '\0'},
                                          .path = m->scenario.script.name,
                                          .variant = m->subject.variant,
                                          .sha256 = m->sha256,
                                          .model = m->scenario.model};
    if (m->subject.revision != NULL)
        s->compared[index].revision = moati_revision_commit(m->subject.revision);
    return MOATI_EXIT_DONE;
}

/* Draws are the same where seed, samples and sampling are: the first script's, unless the command
 * line says otherwise. */
static int trace_all(session *s) {
    s->same = *s->args;
    int status = open_and_trace(s, 0);
    if (status != MOATI_EXIT_DONE)
        return status;
    s->same.settings = *moat_model_settings(s->members[0].scenario.model);
    s->same.fields |= MOAT_SET_SEED | MOAT_SET_SAMPLES | MOAT_SET_SAMPLING;
    for (size_t i = 1; i < s->count && status == MOATI_EXIT_DONE; i++)
        status = open_and_trace(s, i);
    return status;
}

/* --- Evaluating. */

static size_t count_results(const moat_model *model) {
    size_t count = moat_model_assumptions(model);
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        count += moat_model_get_output(model, i)->count;
    return count;
}

/* Values are compared sample by sample, so that those of two subjects are there at a time. */
static int check_memory(session *s) {
    const moat_model *first = s->members[0].scenario.model;
    const size_t samples = moat_model_settings(first)->samples;
    const double limit = (double)s->args->memory_limit * 0.9, mib = 1 << 20;
    size_t most = 0;
    for (size_t i = 1; i < s->count; i++) {
        const size_t results = count_results(s->members[i].scenario.model);
        most = results > most ? results : most;
    }
    const double each =
        (double)(count_results(first) + most) * sizeof(double) + moati_comparison_bytes(first, 1);
    if (limit == 0 || each * (double)samples <= limit)
        return MOATI_EXIT_DONE;
    uint64_t fit = (uint64_t)(limit / each), unit = 1;
    while (fit / unit >= 100)
        unit *= 10;
    moati_complain("comparing %zu samples of %zu results takes %.4g MiB, more than the memory "
                   "limit of %.4g MiB; %" PRIu64 " samples would fit",
                   samples, count_results(first), each * (double)samples / mib,
                   (double)s->args->memory_limit / mib, fit / unit * unit);
    return MOATI_EXIT_LIMIT;
}

static int compare_with(session *s, size_t index) {
    moati_scenario *scenario = &s->members[index].scenario;
    int outcome = moati_scenario_evaluate(scenario);
    if (outcome != MOATI_EXIT_DONE)
        return outcome;
    s->compared[index].results = scenario->results;
    moat_status status = moati_comparison_add(&s->comparison, index, &s->error);
    if (status == MOAT_OK)
        status = moat_results_forget_values(scenario->results, &s->error);
    moati_progress_end(&s->members[0].scenario.progress);
    const moati_stop stop = (moati_stop)atomic_load(&s->watch.cancel);
    if (stop != MOATI_GOING)
        return moati_watch_explain(&s->watch, stop, NULL);
    return status == MOAT_OK ? MOATI_EXIT_DONE : fail(s, MOATI_EXIT_FAILED);
}

static int compare_all(session *s) {
    int status = trace_all(s);
    if (status == MOATI_EXIT_DONE)
        status = check_memory(s);
    if (status == MOATI_EXIT_DONE)
        status = moati_scenario_evaluate(&s->members[0].scenario);
    if (status != MOATI_EXIT_DONE)
        return status;
    s->compared[0].results = s->members[0].scenario.results;
    if (moati_comparison_begin(s->compared, s->count, &s->comparison, &s->error) != MOAT_OK)
        return fail(s, MOATI_EXIT_FAILED);
    s->comparison.set_count = s->args->set_count;
    s->comparison.sets = s->sets;
    for (size_t i = 1; i < s->count && status == MOATI_EXIT_DONE; i++)
        status = compare_with(s, i);
    return status;
}

/* --- Rendering. */

static bool render(const void *context, FILE *file) {
    const session *s = context;
    const moati_screen screen = moati_screen_detect(s->args->output != NULL);
    return s->args->format == MOATI_JSON
               ? moati_compare_json(&s->comparison, file)
               : moati_compare_table(&s->comparison, &screen, s->args->quiet, file);
}

static int run_watched(session *s) {
    const moati_args *args = s->args;
    if (moati_watch_start(&s->watch, args->time_limit, args->memory_limit, &s->error) != MOAT_OK)
        return fail(s, MOATI_EXIT_FAILED);
    const int status = compare_all(s);
    moati_watch_end(&s->watch);
    return status;
}

static int run(session *s) {
    int status = read_subjects(s);
    if (status == MOATI_EXIT_DONE)
        status = run_watched(s);
    if (status != MOATI_EXIT_DONE)
        return status;
    for (size_t i = 0; i < s->count; i++)
        moati_scenario_warn(&s->members[i].scenario);
    return s->args->to ? moati_compare_report(&s->comparison, s->args)
                       : moati_deliver(s->args->output, render, s);
}

static bool begin(session *s) {
    s->count = s->args->file_count;
    s->members = calloc(s->count, sizeof *s->members);
    s->compared = calloc(s->count, sizeof *s->compared);
    s->sets = calloc(s->args->set_count + 1, sizeof *s->sets);
    if (s->members == NULL || s->compared == NULL || s->sets == NULL)
        return false;
    for (size_t i = 0; i < s->args->set_count; i++)
        s->sets[i] = (moati_compared_set){s->args->sets[i].name, s->args->sets[i].literal};
    return true;
}

static void end(session *s) {
    moati_comparison_free(&s->comparison);
    for (size_t i = 0; s->members != NULL && i < s->count; i++) {
        moati_scenario_close(&s->members[i].scenario);
        moati_subject_free(&s->members[i].subject);
    }
    free(s->members);
    free(s->compared);
    free(s->sets);
}

static int compare(const moati_args *args) {
    session s = {.args = args, .error = {.where = MOAT_NOWHERE}};
    int status = MOATI_EXIT_LIMIT;
    if (begin(&s))
        status = run(&s);
    else
        moati_complain("out of memory");
    end(&s);
    return status;
}

int moati_cmd_compare(int argc, char **argv) {
    return moati_command(argc, argv, compare);
}
