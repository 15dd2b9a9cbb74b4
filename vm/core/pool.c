/* Threads that live as long as one call and take indexes from one counter, the calling thread
 * among them. What they share belongs to that call. */
#include "pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_INTERVAL_NS = 50 * 1000 * 1000 };

typedef struct job {
    const moati_work *work;
    atomic_size_t next; /* the first index that nobody has taken */
    atomic_size_t done;
} job;

typedef struct helper {
    pthread_t thread;
    job *job;
    unsigned worker;
} helper;

unsigned moati_processors(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (unsigned)online;
}

/* Does one index; false where none is left or the work has been cancelled. */
static bool do_one(job *j, unsigned worker) {
    const moati_work *work = j->work;
    if (work->cancel && atomic_load_explicit(work->cancel, memory_order_relaxed) != 0)
        return false;
    size_t index = atomic_fetch_add_explicit(&j->next, 1, memory_order_relaxed);
    if (index >= work->count)
        return false;
    work->task(work->context, worker, index);
    atomic_fetch_add_explicit(&j->done, 1, memory_order_relaxed);
    return true;
}

static void *help(void *argument) {
    helper *self = argument;
    while (do_one(self->job, self->worker)) {
    }
    return NULL;
}

/* Starts up to `wanted` helpers and returns how many run. Signals stay with the calling
 * thread, whose handlers expect it. */
static size_t start_helpers(job *j, helper *helpers, size_t wanted) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    size_t running = 0;
    for (; running < wanted; running++) {
        helper *one = &helpers[running];
        one->job = j;
        one->worker = (unsigned)running + 1;
        if (pthread_create(&one->thread, NULL, help, one) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return running;
}

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The calling thread's share of the work, with reports of how far all have come. */
static void lead(job *j) {
    const moati_work *work = j->work;
    int64_t reported = work->progress ? nanoseconds() : 0;
    while (do_one(j, 0)) {
        if (!work->progress)
            continue;
        int64_t now = nanoseconds();
        if (now - reported >= PROGRESS_INTERVAL_NS) {
            reported = now;
            size_t done = atomic_load_explicit(&j->done, memory_order_relaxed);
            work->progress(work->progress_context, (double)done / (double)work->count);
        }
    }
}

moat_status moati_parallel(const moati_work *work, moat_error *error) {
    job j = {.work = work};
    size_t wanted = work->threads < work->count ? work->threads : work->count;
    helper *helpers = wanted > 1 ? malloc((wanted - 1) * sizeof *helpers) : NULL;
    size_t running = helpers ? start_helpers(&j, helpers, wanted - 1) : 0;
    lead(&j);
    for (size_t i = 0; i < running; i++)
        pthread_join(helpers[i].thread, NULL);
    free(helpers);
    if (atomic_load_explicit(&j.done, memory_order_relaxed) < work->count)
        return moat_fail(error, MOAT_INTERRUPTED, "the evaluation was interrupted");
    return MOAT_OK;
}
