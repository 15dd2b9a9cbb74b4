/* A line on standard error that is written over itself, with the percentage of samples done. */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const double patience = 1.0, interval = 0.1;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void moati_progress_begin(moati_progress *progress, bool quiet) {
    *progress = (moati_progress){.wanted = !quiet && isatty(STDERR_FILENO) == 1, .start = now()};
}

void moati_progress_report(void *context, double part) {
    moati_progress *progress = context;
    double time = now();
    if (!progress->wanted || time - progress->start < patience || time - progress->last < interval)
        return;
    progress->last = time;
    progress->shown = true;
    fprintf(stderr, "\rmoat: %3d %% evaluated", (int)(100 * part));
    fflush(stderr);
}

void moati_progress_end(moati_progress *progress) {
    if (progress->shown)
        fprintf(stderr, "\r%*s\r", 24, "");
    progress->shown = false;
}
