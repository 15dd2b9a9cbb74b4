/* A child process and a pipe from it. Where git fails it is asked once more, for its message. */
#include "git.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MOST_ARGUMENTS = 12 };

typedef struct text {
    char *bytes;
    size_t length, capacity;
} text;

static moat_status fail(moat_error *error, const char *what, int reason) {
    return moat_fail(error, reason == ENOMEM ? MOAT_NO_MEMORY : MOAT_SYSTEM, "%s: %s", what,
                     strerror(reason));
}

/* Signals are as for a process of its own: the command ignores a closed pipe, and leaves Ctrl-C to
 * a thread. */
static int set_signals(posix_spawnattr_t *attributes) {
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    const int reason = posix_spawnattr_setsigmask(attributes, &none);
    if (reason != 0)
        return reason;
    posix_spawnattr_setsigdefault(attributes, &defaults);
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int set_files(posix_spawn_file_actions_t *actions, int output, bool messages) {
    int reason = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (reason == 0)
        reason = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO);
    if (reason == 0)
        reason = messages ? posix_spawn_file_actions_adddup2(actions, output, STDERR_FILENO)
                          : posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null",
                                                             O_WRONLY, 0);
    return reason;
}

/* Starts git with its standard output, and its messages or not, going to a descriptor. */
static int start(const char *const *arguments, int output, bool messages, pid_t *child) {
    char *argv[MOST_ARGUMENTS] = {(char *)"git"};
    size_t count = 1;
    for (; arguments[count - 1] != NULL && count + 1 < MOST_ARGUMENTS; count++)
        argv[count] = (char *)arguments[count - 1];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int reason = posix_spawn_file_actions_init(&actions);
    if (reason != 0)
        return reason;
    reason = posix_spawnattr_init(&attributes);
    if (reason == 0) {
        reason = set_files(&actions, output, messages);
        if (reason == 0)
            reason = set_signals(&attributes);
        if (reason == 0)
            reason = posix_spawnp(child, "git", &actions, &attributes, argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return reason;
}

static moat_status grow(text *t, moat_error *error) {
    if (t->length + 1 < t->capacity)
        return MOAT_OK;
    const size_t capacity = t->capacity == 0 ? 1 << 12 : 2 * t->capacity;
    char *grown = realloc(t->bytes, capacity);
    if (grown == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    t->bytes = grown;
    t->capacity = capacity;
    return MOAT_OK;
}

static moat_status read_all(int descriptor, size_t most, text *t, moat_error *error) {
    for (;;) {
        const moat_status status = grow(t, error);
        if (status != MOAT_OK)
            return status;
        const ssize_t count = read(descriptor, t->bytes + t->length, t->capacity - 1 - t->length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(error, "cannot read what git says", errno);
        t->bytes[t->length += (size_t)count] = '\0';
        if (count == 0)
            return MOAT_OK;
        if (t->length > most)
            return moat_fail(error, MOAT_LIMIT, "git gives more than the %zu KiB that are allowed",
                             most >> 10);
    }
}

static int wait_for(pid_t child) {
    int how;
    while (waitpid(child, &how, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

/* Neither end of the pipe is for other processes; git is given a copy of one. */
static bool open_pipe(int ends[2]) {
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

/* *exit_status is that of git, -1 where it was ended by a signal. */
static moat_status ask(const char *const *arguments, bool messages, size_t most, text *t,
                       int *exit_status, moat_error *error) {
    int ends[2];
    pid_t child;
    if (!open_pipe(ends))
        return fail(error, "cannot make a pipe", errno);
    const int reason = start(arguments, ends[1], messages, &child);
    close(ends[1]);
    moat_status status = reason == ENOENT
                             ? moat_fail(error, MOAT_SYSTEM, "there is no git on this system")
                         : reason != 0 ? fail(error, "cannot run git", reason)
                                       : read_all(ends[0], most, t, error);
    close(ends[0]);
    if (reason == 0)
        *exit_status = wait_for(child);
    return status;
}

/* The first line of what git has to say: hints follow it. */
static void explain(const char *const *arguments, moat_error *error) {
    enum { LONGEST_MESSAGE = 1 << 16 };
    text said = {.bytes = NULL};
    int exit_status;
    if (ask(arguments, true, LONGEST_MESSAGE, &said, &exit_status, error) != MOAT_OK) {
        free(said.bytes);
        return;
    }
    char *message = said.bytes;
    message[strcspn(message, "\n")] = '\0';
    if (strncmp(message, "fatal: ", strlen("fatal: ")) == 0)
        message += strlen("fatal: ");
    moat_fail(error, MOAT_SYSTEM, "git says: %.300s", message[0] != '\0' ? message : "nothing");
    free(said.bytes);
}

moat_status moati_git(const char *const *arguments, size_t most, char **output, size_t *length,
                      moat_error *error) {
    text t = {.bytes = NULL};
    int exit_status = -1;
    *output = NULL;
    moat_status status = ask(arguments, false, most, &t, &exit_status, error);
    if (status == MOAT_OK && exit_status != 0) {
        explain(arguments, error);
        status = MOAT_SYSTEM;
    }
    if (status != MOAT_OK) {
        free(t.bytes);
        return status;
    }
    *output = t.bytes;
    *length = t.length;
    return MOAT_OK;
}
