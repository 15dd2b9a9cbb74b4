/* The child's half: confined before the first line of the script is read by Lua. */
#include "untrusted_child.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "channel.h"
#include "confine.h"
#include "moat/journal.h"
#include "modules.h"
#include "scenario.h"

typedef struct child {
    int channel;
    moati_args args;
    moati_scenario scenario;
    moati_watch watch; /* nobody looks at it: the parent watches */
} child;

/* --- What is to be done. */

/* Without what the parent has to say there is nothing to do. */
static void receive(const child *c, void *bytes, size_t length) {
    if (!moati_message_read(c->channel, bytes, length))
        _exit(1);
}

static char *receive_text(const child *c, size_t *length) {
    uint32_t size;
    receive(c, &size, sizeof size);
    if (size == UINT32_MAX)
        return NULL;
    char *text = malloc((size_t)size + 1);
    if (text == NULL)
        _exit(1);
    receive(c, text, size);
    text[size] = '\0';
    if (length != NULL)
        *length = size;
    return text;
}

static void receive_request(child *c) {
    moati_header header;
    moati_request request;
    receive(c, &header, sizeof header);
    receive(c, &request, sizeof request);
    c->args = (moati_args){.settings = request.settings,
                           .fields = request.fields,
                           .time_limit = request.time_limit,
                           .memory_limit = request.memory_limit,
                           .quiet = true};
    moati_script *script = &c->scenario.script;
    script->name = script->path = receive_text(c, NULL);
    script->folder = receive_text(c, NULL);
    c->scenario.variant = receive_text(c, NULL);
    script->text = receive_text(c, &script->length);
    c->args.sets = calloc(request.sets + 1, sizeof *c->args.sets);
    if (c->args.sets == NULL)
        _exit(1);
    for (; c->args.set_count < request.sets; c->args.set_count++) {
        moati_setting *set = &c->args.sets[c->args.set_count];
        set->name = receive_text(c, NULL);
        set->literal = receive_text(c, NULL);
    }
}

/* --- What the script is given. */

static void send_print(void *context, const char *text, size_t length) {
    moati_message_send(((child *)context)->channel, MOATI_MESSAGE_PRINT, text, length);
}

static void send_warning(void *context, const char *text, size_t length) {
    moati_message_send(((child *)context)->channel, MOATI_MESSAGE_WARN, text, length);
}

/* The parent reads, and answers with the text or with why there is none. */
static moat_status read_by_parent(void *context, const char *path, char **text, size_t *length,
                                  moat_error *error) {
    const child *c = context;
    moati_header header;
    if (!moati_message_send(c->channel, MOATI_MESSAGE_WANT, path, strlen(path)))
        _exit(1);
    receive(c, &header, sizeof header);
    if (header.kind == MOATI_MESSAGE_NO_FILE) {
        receive(c, error, sizeof *error);
        return error->status;
    }
    *length = (size_t)header.length;
    *text = malloc(*length + 1);
    /* The bytes are on their way: without room for them there is no going on. */
    if (*text == NULL)
        _exit(1);
    receive(c, *text, *length);
    (*text)[*length] = '\0';
    return MOAT_OK;
}

/* A process that may have one thread evaluates on one. */
static moat_status use_one_thread(moat_model *model, moat_error *error) {
    const moat_settings settings = {.threads = 1};
    return moat_model_set(model, MOAT_SET_THREADS, &settings, true, error);
}

static moat_status prepare(child *c, const atomic_int *cancel) {
    moati_scenario *scenario = &c->scenario;
    moat_error *error = &scenario->error;
    scenario->args = &c->args;
    scenario->watch = &c->watch;
    moat_status status = moati_scenario_configure(scenario);
    if (status == MOAT_OK)
        status = use_one_thread(scenario->model, error);
    if (status == MOAT_OK)
        status = moat_model_record(scenario->model, error);
    if (status == MOAT_OK)
        status = moati_confine(&c->channel, c->args.time_limit, c->args.memory_limit, error);
    if (status == MOAT_OK)
        moat_model_set_cancel(scenario->model, cancel);
    return status;
}

static moat_status run(child *c, const atomic_int *cancel) {
    const moat_lua_reader reader = {read_by_parent, c};
    const moat_lua_options options = {.print = send_print,
                                      .warn = send_warning,
                                      .context = c,
                                      .folder = c->scenario.script.folder,
                                      .reader = &reader,
                                      .modules = moat_modules};
    const moat_status status = prepare(c, cancel);
    return status == MOAT_OK ? moati_scenario_run(&c->scenario, &options) : status;
}

int moati_untrusted_serve(void) {
    child c = {.channel = MOATI_CHANNEL};
    moati_outcome outcome;
    size_t length = 0;
    memset(&outcome, 0, sizeof outcome);
    const atomic_int *cancel = mmap(NULL, sizeof *cancel, PROT_READ, MAP_SHARED, MOATI_CANCEL, 0);
    if (cancel == MAP_FAILED)
        return 1;
    receive_request(&c);
    if (run(&c, cancel) != MOAT_OK)
        outcome.error = c.scenario.error;
    outcome.place = c.scenario.place;
    const unsigned char *journal =
        c.scenario.model == NULL ? NULL : moat_model_journal(c.scenario.model, &length);
    if (outcome.error.status == MOAT_OK && journal == NULL)
        moat_fail(&outcome.error, MOAT_NO_MEMORY, "out of memory for the script's journal");
    if (outcome.error.status == MOAT_OK)
        moati_message_send(c.channel, MOATI_MESSAGE_JOURNAL, journal, length);
    moati_message_send(c.channel, MOATI_MESSAGE_DONE, &outcome, sizeof outcome);
    _exit(0); /* with nothing to tidy up that the system does not */
}
