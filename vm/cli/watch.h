/* What stops a run from outside: Ctrl-C and the limits of time and memory.
 *
 * A thread of its own waits for the signal and looks at the use of the processor. It first asks the
 * run to stop, by the cancel flag; a run that does not hear is ended with the process a moment
 * later, unless the watch is patient. Nothing is being written then: a watch ends before results
 * are.
 *
 * Memory is the business of the model's budget. What is not counted there (the libraries below,
 * what the allocator keeps) may take as much again: beyond that the watch stops the run. */
#ifndef MOATI_WATCH_H
#define MOATI_WATCH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "moat/lua.h"
#include "moat/status.h"

/* Why a run was stopped: the values of the cancel flag. */
typedef enum moati_stop {
    MOATI_GOING,
    MOATI_INTERRUPTED,
    MOATI_TIME_UP,
    MOATI_MEMORY_UP,
    MOATI_OUTPUT_LOST /* nobody takes what the script prints: set by who prints */
} moati_stop;

typedef struct moati_watch {
    atomic_int cancel;     /* for the run */
    double time_limit;     /* seconds of processor time from the start of the watch; 0: none */
    double started;        /* seconds of processor time before it */
    uint64_t memory_limit; /* of the budget, in bytes; 0: none */
    bool patient;          /* given: a run that does not hear is waited for */
    pthread_t thread;
} moati_watch;

/* Call before other threads are started: they inherit that Ctrl-C is the watch's business. */
moat_status moati_watch_start(moati_watch *watch, double time_limit, uint64_t memory_limit,
                              moat_error *error);
/* Ends the thread. Ctrl-C ends the process from now on. */
void moati_watch_end(moati_watch *watch);

/* Sets the flag, unless it has been set. */
void moati_watch_stop(moati_watch *watch, moati_stop why);

/* Says why on standard error, after where the script was stopped (NULL: not in the script);
 * returns the exit status. */
int moati_watch_explain(const moati_watch *watch, moati_stop why, const moat_script_error *place);

#endif
