/* The child's half: confined before the first line of the script is read by Lua. */
#include "untrusted_child.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channel.h"
#include "confine.h"
#include "moat/journal.h"
#include "modules.h"

typedef struct child {
    moati_scenario *scenario;
    int channel;
} child;

static void send_print(void *context, const char *text, size_t length) {
    moati_message_send(((child *)context)->channel, MOATI_MESSAGE_PRINT, text, length);
}

static void send_warning(void *context, const char *text, size_t length) {
    moati_message_send(((child *)context)->channel, MOATI_MESSAGE_WARN, text, length);
}

/* The parent reads, and answers with the text or with why there is none. */
static moat_status read_by_parent(void *context, const char *path, char **text, size_t *length,
                                  moat_error *error) {
    const int channel = ((child *)context)->channel;
    moati_header header;
    if (!moati_message_send(channel, MOATI_MESSAGE_WANT, path, strlen(path)) ||
        !moati_message_read(channel, &header, sizeof header))
        _exit(1);
    if (header.kind == MOATI_MESSAGE_NO_FILE) {
        if (!moati_message_read(channel, error, sizeof *error))
            _exit(1);
        return error->status;
    }
    *length = (size_t)header.length;
    *text = malloc(*length + 1);
    /* The bytes are on their way: without room for them there is no going on. */
    if (*text == NULL || !moati_message_read(channel, *text, *length))
        _exit(1);
    (*text)[*length] = '\0';
    return MOAT_OK;
}

static moat_status run(child *c, moat_script_error *place) {
    moati_scenario *scenario = c->scenario;
    const moati_args *args = scenario->args;
    const moat_lua_reader reader = {read_by_parent, c};
    const moat_lua_options options = {.print = send_print,
                                      .warn = send_warning,
                                      .context = c,
                                      .folder = scenario->script.folder,
                                      .reader = &reader,
                                      .modules = moat_modules};
    moat_status status = moat_model_record(scenario->model, &scenario->error);
    if (status == MOAT_OK)
        status = moati_confine(&c->channel, args->time_limit, args->memory_limit, &scenario->error);
    return status == MOAT_OK ? moati_scenario_run(scenario, &options, place) : status;
}

/* A process that may have one thread evaluates on one. */
static void use_one_thread(moat_model *model) {
    const moat_settings settings = {.threads = 1};
    moat_model_set(model, MOAT_SET_THREADS, &settings, true, NULL);
}

void moati_untrusted_child(moati_scenario *scenario, int channel, const atomic_int *cancel) {
    child c = {scenario, channel};
    moati_outcome outcome;
    size_t length = 0;
    memset(&outcome, 0, sizeof outcome);
    moat_model_set_cancel(scenario->model, cancel);
    moat_model_set_progress(scenario->model, NULL, NULL);
    use_one_thread(scenario->model);
    if (run(&c, &outcome.place) != MOAT_OK)
        outcome.error = scenario->error;
    const unsigned char *journal = moat_model_journal(scenario->model, &length);
    if (outcome.error.status == MOAT_OK && journal == NULL)
        moat_fail(&outcome.error, MOAT_NO_MEMORY, "out of memory for the script's journal");
    if (outcome.error.status == MOAT_OK)
        moati_message_send(c.channel, MOATI_MESSAGE_JOURNAL, journal, length);
    moati_message_send(c.channel, MOATI_MESSAGE_DONE, &outcome, sizeof outcome);
    _exit(0);
}
