/* The parent's half: it starts the process, serves it, stops it, and believes nothing that it says.
 */
#define _GNU_SOURCE /* memfd_create, environ */
#include "untrusted.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "channel.h"
#include "confine.h"
#include "moat/journal.h"
#include "modules.h"
#include "regular.h"
#include "status.h"
#include "untrusted_child.h"

/* Between two looks at the process, and from asking it to stop to ending it. */
enum { LOOK_MS = 10, GRACE_MS = 200 };

/* What it may print, and how long a path may be. */
enum { PRINT_LIMIT = 1 << 26, PATH_LIMIT = 4096, FILE_LIMIT = 64 << 20 };

typedef struct served {
    moati_scenario *scenario;
    pid_t process;
    int channel;
    atomic_int *cancel; /* shared with the process */
    moati_stop why;     /* it was asked to stop */
    double asked_at;    /* seconds */
    uint64_t printed;
    char *journal;
    size_t length;
    moati_outcome outcome;
    bool done; /* the outcome is there */
} served;

static double seconds_of(clockid_t clock) {
    struct timespec now;
    return clock_gettime(clock, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec * 1e-9 : 0;
}

/* --- Stopping it. */

static moati_stop look(const served *s) {
    const moati_stop stop = (moati_stop)atomic_load(&s->scenario->watch->cancel);
    const double limit = s->scenario->args->time_limit;
    clockid_t clock;
    if (stop != MOATI_GOING || limit <= 0 || clock_getcpuclockid(s->process, &clock) != 0)
        return stop;
    return seconds_of(clock) >= limit ? MOATI_TIME_UP : MOATI_GOING;
}

/* Waits for a message; false where none will come, or none in time. */
static bool wait_for_message(void *context) {
    served *s = context;
    for (;;) {
        struct pollfd ready = {.fd = s->channel, .events = POLLIN};
        if (poll(&ready, 1, LOOK_MS) > 0)
            return true;
        if (s->why == MOATI_GOING && (s->why = look(s)) != MOATI_GOING) {
            atomic_store(s->cancel, (int)s->why);
            s->asked_at = seconds_of(CLOCK_MONOTONIC);
        }
        if (s->why != MOATI_GOING && seconds_of(CLOCK_MONOTONIC) - s->asked_at > GRACE_MS * 1e-3)
            return false;
    }
}

/* --- Serving it. A message that is not as it should be ends the service. */

/* A message may stop in its middle: whoever waits for the rest of it looks at the clock as well. */
static bool receive(served *s, void *bytes, size_t length) {
    return moati_message_read_once(s->channel, bytes, length, wait_for_message, s);
}

static char *read_bytes(served *s, uint64_t length, uint64_t limit) {
    if (length > limit)
        return NULL;
    char *bytes = malloc((size_t)length + 1);
    if (bytes == NULL || !receive(s, bytes, (size_t)length)) {
        free(bytes);
        return NULL;
    }
    bytes[length] = '\0';
    return bytes;
}

/* The process has escaped what scripts write; if it is not itself any more, it may not have. */
static bool serve_text(served *s, uint64_t length, bool is_warning) {
    s->printed += length;
    char *text = read_bytes(s, length, s->printed <= PRINT_LIMIT ? PRINT_LIMIT : 0);
    if (text == NULL)
        return false;
    moati_replace_controls(text, (size_t)length, "\n\t");
    if (is_warning)
        moati_scenario_warn_text(s->scenario, text, (size_t)length);
    else
        moati_scenario_print(s->scenario, text, (size_t)length);
    free(text);
    return true;
}

static moat_status read_wanted(const served *s, const char *path, char **text, size_t *length,
                               moat_error *error) {
    const moati_script *script = &s->scenario->script;
    if (script->reader != NULL)
        return script->reader->read(script->reader->context, path, text, length, error);
    if (script->folder == NULL)
        return moat_fail(error, MOAT_UNKNOWN, "there is no folder to read files from");
    return moati_read_below(script->folder, path, FILE_LIMIT, text, length, error);
}

/* The name of a Lua file below the script's folder is what comes between that and the ending. */
static void note_required(const served *s, const char *path, const char *text, size_t length) {
    const char *folder = s->scenario->script.folder, *ending = strrchr(path, '.');
    const size_t begins = strlen(folder) + 1;
    if (ending == NULL || strcmp(ending, ".lua") != 0 || (size_t)(ending - path) < begins)
        return;
    char *name = strndup(path + begins, (size_t)(ending - path) - begins);
    if (name == NULL)
        s->scenario->short_of_memory = true;
    else
        moati_scenario_note_required(s->scenario, name, path, text, length);
    free(name);
}

static bool serve_file(served *s, uint64_t length) {
    char *path = read_bytes(s, length, PATH_LIMIT), *text = NULL;
    size_t size = 0;
    moat_error error = {.status = MOAT_OK};
    if (path == NULL)
        return false;
    const moat_status status = read_wanted(s, path, &text, &size, &error);
    if (status == MOAT_OK)
        note_required(s, path, text, size);
    const bool sent =
        status == MOAT_OK
            ? moati_message_send(s->channel, MOATI_MESSAGE_FILE, text, size)
            : moati_message_send(s->channel, MOATI_MESSAGE_NO_FILE, &error, sizeof error);
    free(text);
    free(path);
    return sent;
}

static bool serve_journal(served *s, uint64_t length) {
    const uint64_t limit = s->scenario->args->memory_limit;
    free(s->journal);
    s->journal = read_bytes(s, length, limit > 0 ? limit : SIZE_MAX - 1);
    s->length = (size_t)length;
    return s->journal != NULL;
}

/* Whether a file is one whose lines the parent may show: the script, or what it required. */
static bool is_known(const moati_scenario *scenario, const char *file) {
    if (strcmp(file, scenario->script.name) == 0)
        return true;
    for (size_t i = 0; i < scenario->required_count; i++)
        if (scenario->required[i].path != NULL && strcmp(file, scenario->required[i].path) == 0)
            return true;
    return false;
}

static bool serve_outcome(served *s, uint64_t length) {
    if (length != sizeof s->outcome || !receive(s, &s->outcome, sizeof s->outcome))
        return false;
    s->outcome.place.file[sizeof s->outcome.place.file - 1] = '\0';
    s->outcome.place.message[sizeof s->outcome.place.message - 1] = '\0';
    s->outcome.error.message[sizeof s->outcome.error.message - 1] = '\0';
    s->outcome.place.is_file =
        s->outcome.place.is_file && is_known(s->scenario, s->outcome.place.file);
    s->done = s->outcome.error.status <= MOAT_SYSTEM;
    return false; /* there is no more to serve */
}

static void serve(served *s) {
    moati_header header;
    bool going = true;
    while (going && receive(s, &header, sizeof header)) {
        switch (header.kind) {
        case MOATI_MESSAGE_PRINT: going = serve_text(s, header.length, false); break;
        case MOATI_MESSAGE_WARN: going = serve_text(s, header.length, true); break;
        case MOATI_MESSAGE_WANT: going = serve_file(s, header.length); break;
        case MOATI_MESSAGE_JOURNAL: going = serve_journal(s, header.length); break;
        case MOATI_MESSAGE_DONE: going = serve_outcome(s, header.length); break;
        default: return;
        }
    }
}

/* --- The whole. */

/* What is known of a process that has not said how it ended. */
static moat_status explain_end(const served *s, int status, moat_error *error) {
    if (s->why != MOATI_GOING)
        return moat_fail(error, MOAT_INTERRUPTED, "the run was stopped");
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return moat_fail(error, MOAT_LIMIT, "the script has used up its processor time");
    return moat_fail(error, MOAT_SYSTEM,
                     "the process of the script ended without an answer (%s %d); nothing of it "
                     "was used",
                     WIFSIGNALED(status) ? "signal" : "status",
                     WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static moat_status conclude(served *s, int status) {
    moat_error *error = &s->scenario->error;
    if (s->why != MOATI_GOING)
        atomic_store(&s->scenario->watch->cancel, (int)s->why);
    if (!s->done)
        return explain_end(s, status, error);
    s->scenario->place = s->outcome.place;
    if (s->outcome.error.status != MOAT_OK) {
        *error = s->outcome.error;
        return error->status;
    }
    if (s->journal == NULL)
        return moat_fail(error, MOAT_SYSTEM, "the process of the script has told nothing");
    return moat_model_play(s->scenario->model, s->journal, s->length, moat_module_kernels, error);
}

/* --- Asking it. */

static void put_text(FILE *file, const char *text, size_t length) {
    const uint32_t size = text == NULL ? UINT32_MAX : (uint32_t)length;
    fwrite(&size, sizeof size, 1, file);
    if (text != NULL)
        fwrite(text, 1, length, file);
}

static void put_string(FILE *file, const char *text) {
    put_text(file, text, text == NULL ? 0 : strlen(text));
}

static void put_request(FILE *file, const moati_scenario *scenario) {
    const moati_args *args = scenario->args;
    moati_request request;
    memset(&request, 0, sizeof request);
    request.settings = args->settings;
    request.fields = args->fields;
    request.time_limit = args->time_limit;
    request.memory_limit = args->memory_limit;
    request.sets = (uint32_t)args->set_count;
    fwrite(&request, sizeof request, 1, file);
    put_string(file, scenario->script.name);
    put_string(file, scenario->script.folder);
    put_string(file, scenario->variant);
    put_text(file, scenario->script.text, scenario->script.length);
    for (size_t i = 0; i < args->set_count; i++) {
        put_string(file, args->sets[i].name);
        put_string(file, args->sets[i].literal);
    }
}

static bool send_request(const served *s) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    if (file == NULL)
        return false;
    put_request(file, s->scenario);
    /* A stream that cannot grow has an error, which closing it does not tell of; of half a request
     * the process would wait for the rest. */
    const bool failed = ferror(file) != 0;
    const bool done = fclose(file) == 0 && !failed &&
                      moati_message_send(s->channel, MOATI_MESSAGE_SCRIPT, bytes, length);
    free(bytes);
    return done;
}

/* A descriptor out of the way of those that the process is started with. */
static int move_up(int descriptor) {
    const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, MOATI_CANCEL + 1);
    close(descriptor);
    return moved;
}

/* Starts this program anew: the process shares no memory with this one but the flag that stops it.
 */
static int start(served *s, int channel, int cancel) {
    char *argv[] = {"moat", MOATI_CONFINED, NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    int reason = posix_spawn_file_actions_adddup2(&actions, channel, MOATI_CHANNEL);
    if (reason == 0)
        reason = posix_spawn_file_actions_adddup2(&actions, cancel, MOATI_CANCEL);
    if (reason == 0)
        reason = posix_spawn(&s->process, "/proc/self/exe", &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return reason;
}

static moat_status run_process(served *s, int cancel) {
    int ends[2], status = 0;
    moat_error *error = &s->scenario->error;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return moat_fail(error, MOAT_SYSTEM, "cannot make a channel: %s", strerror(errno));
    s->channel = ends[0];
    const int theirs = move_up(ends[1]);
    const int reason = theirs < 0 ? errno : start(s, theirs, cancel);
    close(theirs);
    if (reason == 0) {
        if (send_request(s))
            serve(s);
        kill(s->process, SIGKILL);
        waitpid(s->process, &status, 0);
    }
    close(ends[0]);
    if (reason != 0)
        return moat_fail(error, MOAT_SYSTEM, "cannot start a process: %s", strerror(reason));
    return conclude(s, status);
}

/* The flag lies in a file in memory, which the process maps as well. */
static moat_status run_with_flag(served *s, int file) {
    const size_t size = sizeof *s->cancel;
    if (ftruncate(file, (off_t)size) == 0)
        s->cancel = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (s->cancel == NULL || s->cancel == MAP_FAILED)
        return moat_fail(&s->scenario->error, MOAT_NO_MEMORY, "out of memory");
    atomic_init(s->cancel, MOATI_GOING);
    const moat_status status = run_process(s, file);
    munmap(s->cancel, size);
    return status;
}

moat_status moati_untrusted_run(moati_scenario *scenario) {
    served s = {.scenario = scenario};
    if (!moati_confine_possible())
        return moati_confine(NULL, 0, 0, &scenario->error);
    const int made = memfd_create("moat", MFD_CLOEXEC), file = made < 0 ? -1 : move_up(made);
    if (file < 0)
        return moat_fail(&scenario->error, MOAT_SYSTEM, "cannot make a file in memory: %s",
                         strerror(errno));
    const moat_status status = run_with_flag(&s, file);
    close(file);
    free(s.journal);
    return status;
}
