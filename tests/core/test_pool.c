/* Work shared among threads: every index once, cancelling, progress, threads that fail. */
#define _GNU_SOURCE /* pthread_setattr_default_np */
#include <criterion/criterion.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

#include "pool.h"

enum { MOST = 20000 };

typedef struct record {
    atomic_uint times[MOST];
    atomic_size_t begun;
    atomic_uint highest_worker;
    atomic_int cancel;
    size_t cancel_at; /* the index whose task cancels the work */
    atomic_uint wrong_signals;
    pthread_t caller;
} record;

static record *new_record(void) {
    record *r = calloc(1, sizeof *r);
    cr_assert_not_null(r);
    r->cancel_at = MOST;
    r->caller = pthread_self();
    return r;
}

/* Helpers must leave signals to the calling thread, which is worker 0. */
static bool signals_are_right(const record *r, unsigned worker) {
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    bool is_caller = pthread_equal(pthread_self(), r->caller) != 0;
    return is_caller == (worker == 0) && is_caller == !sigismember(&blocked, SIGINT);
}

static void note(void *context, unsigned worker, size_t index) {
    record *r = context;
    atomic_fetch_add(&r->times[index], 1);
    atomic_fetch_add(&r->begun, 1);
    unsigned highest = atomic_load(&r->highest_worker);
    while (worker > highest &&
           !atomic_compare_exchange_weak(&r->highest_worker, &highest, worker)) {
    }
    if (!signals_are_right(r, worker))
        atomic_fetch_add(&r->wrong_signals, 1);
    if (index == r->cancel_at)
        atomic_store(&r->cancel, 1);
}

Test(pool, every_index_is_done_once) {
    static const size_t counts[] = {0, 1, 2, 5, 100, MOST};
    static const unsigned threads[] = {1, 2, 3, 7, 40};
    cr_assert_geq(moati_processors(), 1);
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
            record *r = new_record();
            moati_work work = {
                .task = note, .context = r, .count = counts[c], .threads = threads[t]};
            moat_error error;
            cr_expect_eq(moati_parallel(&work, &error), MOAT_OK);
            for (size_t i = 0; i < MOST; i++) {
                cr_assert_eq(r->times[i], i < counts[c] ? 1 : 0,
                             "index %zu of %zu done %u times on %u threads", i, counts[c],
                             r->times[i], threads[t]);
            }
            cr_expect_lt(r->highest_worker, threads[t]);
            cr_expect_eq(r->wrong_signals, 0);
            free(r);
        }
    }
}

Test(pool, cancelling_stops_before_the_next_index) {
    for (unsigned threads = 1; threads <= 4; threads++) {
        record *r = new_record();
        r->cancel_at = 100;
        moati_work work = {
            .task = note, .context = r, .count = MOST, .threads = threads, .cancel = &r->cancel};
        moat_error error = {0};
        cr_expect_eq(moati_parallel(&work, &error), MOAT_INTERRUPTED);
        cr_expect_eq(error.status, MOAT_INTERRUPTED);
        cr_expect_str_not_empty(error.message);
        if (threads == 1)
            cr_expect_eq(r->begun, 101, "%zu begun", r->begun);
        size_t before = r->begun;
        cr_expect_eq(moati_parallel(&work, NULL), MOAT_INTERRUPTED);
        cr_expect_eq(r->begun, before, "nothing is begun once it is cancelled");
        free(r);
    }
}

Test(pool, cancelling_after_the_last_index_loses_nothing) {
    record *r = new_record();
    r->cancel_at = 9;
    moati_work work = {.task = note, .context = r, .count = 10, .threads = 1, .cancel = &r->cancel};
    cr_expect_eq(moati_parallel(&work, NULL), MOAT_OK);
    free(r);
}

typedef struct reports {
    unsigned count;
    double last;
    bool ordered;
    pthread_t caller;
} reports;

static void report(void *context, double part) {
    reports *r = context;
    r->ordered = r->ordered && part >= r->last && part > 0 && part <= 1 &&
                 pthread_equal(pthread_self(), r->caller);
    r->last = part;
    r->count++;
}

static void nap(void *context, unsigned worker, size_t index) {
    (void)context, (void)worker, (void)index;
    nanosleep(&(struct timespec){.tv_nsec = 4000000}, NULL);
}

Test(pool, progress_comes_now_and_then) {
    for (unsigned threads = 1; threads <= 2; threads++) {
        reports r = {.ordered = true, .caller = pthread_self()};
        moati_work work = {.task = nap,
                           .count = 60 * threads,
                           .threads = threads,
                           .progress = report,
                           .progress_context = &r};
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        cr_expect_eq(moati_parallel(&work, NULL), MOAT_OK);
        clock_gettime(CLOCK_MONOTONIC, &to);
        double seconds =
            (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
        cr_expect(r.count >= 1 && r.count <= 20 * seconds, "%u reports in %g s", r.count, seconds);
        cr_expect(r.ordered, "reports grow, from the calling thread");
    }
}

Test(pool, threads_that_do_not_start_are_done_without) {
    pthread_attr_t attributes;
    cr_assert_eq(pthread_attr_init(&attributes), 0);
    cr_assert_eq(pthread_attr_setstacksize(&attributes, (size_t)1 << 46), 0);
    cr_assert_eq(pthread_setattr_default_np(&attributes), 0);
    record *r = new_record();
    moati_work work = {.task = note, .context = r, .count = 1000, .threads = 8};
    cr_expect_eq(moati_parallel(&work, NULL), MOAT_OK);
    cr_expect_eq(r->begun, 1000);
    cr_expect_eq(r->highest_worker, 0, "the calling thread did it all");
    free(r);
}
