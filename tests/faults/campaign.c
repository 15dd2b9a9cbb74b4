/* What the command does when the system refuses something, at every place where it asks.
 *
 *     campaign STRIDE JOBS KIND FOLDER COMMAND-LINE...
 *
 * runs the command line once as it is, counting its calls of one kind (allocation, write, sync,
 * rename, thread), and then again for each of them (or each Nth), with that call failing once, and
 * with that call and all later ones failing. Runs are forks of this process in FOLDER. Each must
 * end of itself, without what a sanitizer would say, and
 *   - either as if nothing had failed: with the same output and the exit status of the first run,
 *   - or with a message of what failed, an exit status that says so, and no results at all.
 * Where the command line has --output FILE, that file holds what it held before or all that it
 * holds in the end, and nothing else is left beside it. A transcript, --eval or a repl, goes on
 * after a failure: it needs the message alone. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plan.h"

/* The command's own main. */
int moat_main(int argc, char **argv);

enum { TEXT = 1 << 20, SECONDS = 60, WORDS = 64 };

/* What the file holds before a run; nothing before a :save, which replaces no file. */
static const char previous[] = "what was there before\n";

typedef struct text {
    size_t length;
    char bytes[TEXT];
} text;

/* What a run leaves. */
typedef struct outcome {
    int status; /* of waitpid */
    long calls;
    text out, err, file;
    size_t files;  /* in the folder */
    size_t hidden; /* those of them that are not meant to stay */
} outcome;

typedef struct campaign {
    fault_kind kind;
    long stride;
    int jobs, argc;
    char *argv[WORDS];
    const char *output; /* of --output or of a :save; NULL: none */
    const char *before; /* what it holds before each run; "": it is not there */
    bool goes_on;       /* a transcript */
    long *counted;      /* shared with the children */
    outcome normal, now;
} campaign;

static const struct {
    const char *name, *message;
    int status; /* the exit status that says so */
} kinds[FAULT_KINDS] = {
    [FAULT_ALLOCATION] = {"allocation", "memory", 4},
    [FAULT_WRITE] = {"write", "No space left", 1},
    [FAULT_SYNC] = {"sync", "Input/output error", 1},
    [FAULT_RENAME] = {"rename", "Permission denied", 1},
    [FAULT_THREAD] = {"thread", "thread", 1},
};

static void die(const char *what) {
    fprintf(stderr, "campaign: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void read_text(int descriptor, text *into) {
    ssize_t length = pread(descriptor, into->bytes, TEXT - 1, 0);
    into->length = length < 0 ? 0 : (size_t)length;
    into->bytes[into->length] = '\0';
}

static void read_file(const char *path, text *into) {
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    into->length = 0;
    into->bytes[0] = '\0';
    if (descriptor < 0)
        return;
    read_text(descriptor, into);
    close(descriptor);
}

static void prepare(const campaign *c) {
    unlink(c->output);
    if (c->before[0] == '\0')
        return;
    FILE *file = fopen(c->output, "w");
    if (file == NULL || fputs(c->before, file) < 0 || fclose(file) != 0)
        die(c->output);
}

/* The command names what takes the place of another file with a point first. */
static void count_files(outcome *into) {
    const struct dirent *entry;
    DIR *folder = opendir(".");
    if (folder == NULL)
        die("the folder");
    into->files = into->hidden = 0;
    while ((entry = readdir(folder)) != NULL) {
        const bool is_folder = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        into->files += !is_folder;
        into->hidden += !is_folder && entry->d_name[0] == '.';
    }
    closedir(folder);
}

/* In the child: the command as if it had been started so. */
static void run_command(const campaign *c, long first, bool sticky, int out, int err) {
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    alarm(SECONDS);
    json_set_alloc_funcs(malloc, free); /* a shared library, whose calls would not be counted */
    plan_set(c->kind, first, sticky);
    char *argv[WORDS + 1] = {"moat"};
    memcpy(argv + 1, c->argv, sizeof *argv * (size_t)c->argc);
    const int status = moat_main(c->argc + 1, argv);
    *c->counted = plan_calls(c->kind);
    plan_set(c->kind, 0, false); /* what follows is the sanitizers' */
    exit(status);
}

static void run(const campaign *c, long first, bool sticky, outcome *into) {
    const int out = memfd_create("out", MFD_CLOEXEC), err = memfd_create("err", MFD_CLOEXEC);
    if (out < 0 || err < 0)
        die("a file in memory");
    if (c->output != NULL)
        prepare(c);
    fflush(NULL);
    const pid_t child = fork();
    if (child < 0)
        die("a process");
    if (child == 0)
        run_command(c, first, sticky, out, err);
    waitpid(child, &into->status, 0);
    into->calls =
        *c->counted; /* of the last run to end, whichever job's: read while there is one */
    read_text(out, &into->out);
    read_text(err, &into->err);
    if (c->output != NULL)
        read_file(c->output, &into->file);
    count_files(into);
    if (c->output != NULL && access(c->output, F_OK) == 0)
        into->files--;
    close(out);
    close(err);
}

static bool same(const text *a, const text *b) {
    return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

/* What is wrong with an outcome; NULL: nothing. */
static const char *judge(const campaign *c) {
    const outcome *now = &c->now, *normal = &c->normal;
    if (!WIFEXITED(now->status))
        return WTERMSIG(now->status) == SIGALRM ? "it does not end" : "it crashed";
    const bool as_if_nothing = now->status == normal->status && same(&now->out, &normal->out) &&
                               same(&now->file, &normal->file);
    if (strstr(now->err.bytes, "Sanitizer") != NULL ||
        strstr(now->err.bytes, "runtime error") != NULL)
        return "a sanitizer complains";
    /* A report that was not written has no folder of pictures. */
    if (now->files > normal->files || now->hidden > normal->hidden)
        return "a file has been left behind";
    if (as_if_nothing)
        return NULL;
    if (strstr(now->err.bytes, kinds[c->kind].message) == NULL)
        return "nothing says what failed";
    if (c->goes_on)
        return NULL;
    if (c->output != NULL && !same(&now->file, &normal->file) &&
        strcmp(now->file.bytes, c->before) != 0)
        return "the file is neither the old one nor the new one";
    if (WEXITSTATUS(now->status) != kinds[c->kind].status)
        return "the exit status is another one";
    return now->out.length > 0 ? "results were printed all the same" : NULL;
}

static void report(const campaign *c, long first, bool sticky, const char *wrong) {
    const outcome *now = &c->now;
    printf(
        "%s %ld%s: %s (status %d)\n--- standard error:\n%.2000s\n--- standard output:\n%.4000s\n",
        kinds[c->kind].name, first, sticky ? " and all later" : "", wrong, now->status,
        now->err.bytes, now->out.bytes);
    if (c->output != NULL)
        printf("--- %s:\n%.2000s\n", c->output, now->file.bytes);
}

/* One job's part of the calls; returns how many outcomes were wrong, at most 5. */
static int work(campaign *c, int job) {
    enum { ENOUGH = 5 };
    int wrong = 0;
    const long step = c->stride * c->jobs;
    for (long first = 1 + job * c->stride; first <= c->normal.calls; first += step)
        for (int sticky = 0; sticky < 2; sticky++) {
            run(c, first, sticky, &c->now);
            const char *complaint = judge(c);
            if (complaint == NULL)
                continue;
            report(c, first, sticky, complaint);
            if (++wrong == ENOUGH)
                return wrong;
        }
    return wrong;
}

/* Each job works in a folder of its own, below the campaign's. */
static void enter(int job) {
    char name[16];
    snprintf(name, sizeof name, "job-%d", job);
    if ((mkdir(name, 0777) != 0 && errno != EEXIST) || chdir(name) != 0)
        die(name);
}

static void start(campaign *c, int job) {
    const pid_t child = fork();
    if (child < 0)
        die("a process");
    if (child > 0)
        return;
    enter(job);
    const int wrong = work(c, job);
    fflush(NULL);
    _exit(wrong > 0);
}

/* The run in which nothing fails. */
static void run_normally(campaign *c) {
    enter(c->jobs);
    run(c, 0, false, &c->normal);
    if (!WIFEXITED(c->normal.status) || WEXITSTATUS(c->normal.status) != 0) {
        c->now = c->normal;
        report(c, 0, false, "it fails where nothing is made to fail");
        exit(1);
    }
    if (chdir("..") != 0)
        die("..");
}

static _Noreturn void explain(void) {
    fputs("usage: campaign STRIDE JOBS KIND FOLDER COMMAND-LINE...\n", stderr);
    exit(2);
}

static fault_kind find_kind(const char *name) {
    for (int i = 0; i < FAULT_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return (fault_kind)i;
    explain();
}

static void read_arguments(campaign *c, int argc, char **argv) {
    enum { OPTIONS = 5 };
    if (argc <= OPTIONS || argc - OPTIONS > WORDS - 2)
        explain();
    c->stride = strtol(argv[1], NULL, 10);
    c->jobs = atoi(argv[2]);
    c->kind = find_kind(argv[3]);
    c->argc = argc - OPTIONS;
    memcpy(c->argv, argv + OPTIONS, sizeof *argv * (size_t)c->argc);
    if (c->stride < 1 || c->jobs < 1 || chdir(argv[4]) != 0)
        explain();
    for (int i = 0; i < c->argc; i++) {
        if (strcmp(c->argv[i], "--output") == 0) {
            c->output = c->argv[i + 1];
            c->before = previous;
        } else if (strncmp(c->argv[i], ":save ", 6) == 0) {
            c->output = c->argv[i] + 6;
            c->before = "";
        }
        c->goes_on = c->goes_on || strcmp(c->argv[i], "repl") == 0;
    }
}

int main(int argc, char **argv) {
    static campaign c;
    c.counted =
        mmap(NULL, sizeof *c.counted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (c.counted == MAP_FAILED)
        die("memory to share");
    read_arguments(&c, argc, argv);
    run_normally(&c);
    if (c.normal.calls == 0)
        die("there is no such call");
    for (int job = 0; job < c.jobs; job++)
        start(&c, job);
    int status, failed = 0;
    while (wait(&status) > 0)
        failed += status != 0;
    if (failed == 0)
        fprintf(stderr, "%ld of %ld calls of %s failed, once and for good\n",
                (c.normal.calls - 1) / c.stride + 1, c.normal.calls, kinds[c.kind].name);
    return failed > 0;
}
