/* The thread that watches a run: it borrows the watch, whose end ends it. */
#include "watch.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "status.h"

/* Between two looks, and from asking a run to stop to ending it. */
enum { LOOK_MS = 10, GRACE_MS = 200 };

/* Of the limit of memory: what is counted, and as much that is not. */
enum { MOST_RESIDENT = 2 };

/* Tells the thread that the run has ended. */
#define END_SIGNAL SIGUSR1

static void watched_signals(sigset_t *signals) {
    sigemptyset(signals);
    sigaddset(signals, SIGINT);
    sigaddset(signals, END_SIGNAL);
}

static double processor_seconds(void) {
    struct timespec used;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) != 0)
        return 0;
    return (double)used.tv_sec + (double)used.tv_nsec * 1e-9;
}

/* What the process has in memory; 0 where the system does not say. */
static uint64_t resident_bytes(void) {
    unsigned long long total, resident;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    int fields = fscanf(file, "%llu %llu", &total, &resident);
    fclose(file);
    long page = sysconf(_SC_PAGESIZE);
    return fields == 2 && page > 0 ? resident * (uint64_t)page : 0;
}

static moati_stop look(const moati_watch *watch) {
    if (watch->time_limit > 0 && processor_seconds() - watch->started >= watch->time_limit)
        return MOATI_TIME_UP;
    if (watch->memory_limit > 0 && resident_bytes() / MOST_RESIDENT >= watch->memory_limit)
        return MOATI_MEMORY_UP;
    return MOATI_GOING;
}

/* Waits for the run to end of itself; a second Ctrl-C cuts the wait short. */
static void grant_grace(const moati_watch *watch, const sigset_t *signals, moati_stop why) {
    const struct timespec grace = {.tv_nsec = GRACE_MS * 1000000L};
    if (sigtimedwait(signals, NULL, &grace) == END_SIGNAL)
        return;
    /* What the script has printed so far, unless it is in the middle of printing. */
    if (ftrylockfile(stdout) == 0)
        fflush(stdout);
    _exit(moati_watch_explain(watch, why, NULL));
}

void moati_watch_stop(moati_watch *watch, moati_stop why) {
    int going = MOATI_GOING;
    atomic_compare_exchange_strong(&watch->cancel, &going, (int)why);
}

static void *stand_guard(void *context) {
    moati_watch *watch = context;
    const struct timespec pause = {.tv_nsec = LOOK_MS * 1000000L};
    sigset_t signals;
    watched_signals(&signals);
    for (;;) {
        int signal = sigtimedwait(&signals, NULL, &pause);
        if (signal == END_SIGNAL)
            return NULL;
        moati_stop why = signal == SIGINT ? MOATI_INTERRUPTED : look(watch);
        if (why == MOATI_GOING)
            continue;
        moati_watch_stop(watch, why);
        if (watch->patient)
            while (sigwaitinfo(&signals, NULL) != END_SIGNAL) {
            }
        else
            grant_grace(watch, &signals, why);
        return NULL;
    }
}

moat_status moati_watch_start(moati_watch *watch, double time_limit, uint64_t memory_limit,
                              moat_error *error) {
    sigset_t signals;
    atomic_init(&watch->cancel, MOATI_GOING);
    watch->time_limit = time_limit;
    watch->started = processor_seconds();
    watch->memory_limit = memory_limit;
    watched_signals(&signals);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    int reason = pthread_create(&watch->thread, NULL, stand_guard, watch);
    if (reason == 0)
        return MOAT_OK;
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
    return moat_fail(error, MOAT_SYSTEM, "cannot start a thread: %s", strerror(reason));
}

void moati_watch_end(moati_watch *watch) {
    sigset_t signals;
    pthread_kill(watch->thread, END_SIGNAL);
    pthread_join(watch->thread, NULL);
    watched_signals(&signals);
    pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

int moati_watch_explain(const moati_watch *watch, moati_stop why, const moat_script_error *place) {
    char where[sizeof place->file + 16] = "";
    if (place != NULL && place->line > 0)
        snprintf(where, sizeof where, "%s:%d: ", place->file, place->line);
    if (why == MOATI_TIME_UP)
        moati_complain("%sstopped after %g s of processor time; --time-limit SECONDS allows more, "
                       "--time-limit 0 sets no limit",
                       where, watch->time_limit);
    else if (why == MOATI_MEMORY_UP)
        moati_complain("%sstopped at %.3g GiB of memory; " MOATI_MEMORY_HINT, where,
                       (double)watch->memory_limit / (double)(1 << 30));
    else
        moati_complain("%sinterrupted", where);
    return why == MOATI_INTERRUPTED ? MOATI_EXIT_INTERRUPTED : MOATI_EXIT_LIMIT;
}
