/* How far a long run has come, on a terminal. */
#ifndef MOATI_PROGRESS_H
#define MOATI_PROGRESS_H

#include <stdbool.h>

typedef struct moati_progress {
    bool wanted, shown;
    double start, last; /* seconds */
} moati_progress;

/* Shows nothing when standard error is no terminal, nor in the first second. */
void moati_progress_begin(moati_progress *progress, bool quiet);
/* For moat_model_set_progress; context is a moati_progress. */
void moati_progress_report(void *context, double part);
/* Erases what was shown. */
void moati_progress_end(moati_progress *progress);

#endif
