#include "pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_INTERVAL_NS = 50 * 1000 * 1000 };

struct job {
    const moati_work *work;
    atomic_size_t next; /* the first index that nobody has taken */
    atomic_size_t done;
};

struct helper {
    pthread_t thread;
    struct job *job;
    unsigned worker;
};

unsigned moati_processors(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (unsigned)online;
}

/* Does one index; false where none is left or the work has been cancelled. */
static bool do_one(struct job *job, unsigned worker) {
    const moati_work *work = job->work;
    if (work->cancel != NULL && atomic_load_explicit(work->cancel, memory_order_relaxed) != 0)
        return false;
    size_t index = atomic_fetch_add_explicit(&job->next, 1, memory_order_relaxed);
    if (index >= work->count)
        return false;
    work->task(work->context, worker, index);
    atomic_fetch_add_explicit(&job->done, 1, memory_order_relaxed);
    return true;
}

static void *help(void *argument) {
    struct helper *self = argument;
    while (do_one(self->job, self->worker)) {
    }
    return NULL;
}

/* Starts up to `wanted` helpers and returns how many run. Signals stay with the calling
 * thread, whose handlers expect it. */
static size_t start_helpers(struct job *job, struct helper *helpers, size_t wanted) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    size_t running = 0;
    for (; running < wanted; running++) {
        struct helper *one = &helpers[running];
        one->job = job;
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
static void lead(struct job *job) {
    const moati_work *work = job->work;
    int64_t reported = work->progress != NULL ? nanoseconds() : 0;
    while (do_one(job, 0)) {
        if (work->progress == NULL)
            continue;
        int64_t now = nanoseconds();
        if (now - reported >= PROGRESS_INTERVAL_NS) {
            reported = now;
            size_t done = atomic_load_explicit(&job->done, memory_order_relaxed);
            work->progress(work->progress_context, (double)done / (double)work->count);
        }
    }
}

moat_status moati_parallel(const moati_work *work, moat_error *error) {
    struct job job = {.work = work};
    size_t wanted = work->threads < work->count ? work->threads : work->count;
    struct helper *helpers = wanted > 1 ? malloc((wanted - 1) * sizeof *helpers) : NULL;
    size_t running = helpers != NULL ? start_helpers(&job, helpers, wanted - 1) : 0;
    lead(&job);
    for (size_t i = 0; i < running; i++)
        pthread_join(helpers[i].thread, NULL);
    free(helpers);
    if (atomic_load_explicit(&job.done, memory_order_relaxed) < work->count)
        return moat_fail(error, MOAT_INTERRUPTED, "the evaluation was interrupted");
    return MOAT_OK;
}
