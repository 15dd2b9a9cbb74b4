/* How the command ends. */
#ifndef MOATI_STATUS_H
#define MOATI_STATUS_H

#include <stddef.h>

#include "moat/status.h"

enum {
    MOATI_EXIT_DONE = 0,
    MOATI_EXIT_FAILED = 1,    /* the script, or writing what it gave */
    MOATI_EXIT_USAGE = 2,     /* the command line */
    MOATI_EXIT_DIFFERENT = 3, /* --check found a difference */
    MOATI_EXIT_LIMIT = 4,     /* of time or memory */
    MOATI_EXIT_INTERRUPTED = 130
};

/* MOATI_EXIT_LIMIT for what a limit or want of memory has ended, else `otherwise`. */
int moati_exit_of(moat_status status, int otherwise);

/* What to do where memory is short. */
#define MOATI_MEMORY_HINT "--memory-limit SIZE allows more, fewer samples need less"

/* What was printed may not have arrived: the exit status that there is then, where all else went
 * well. A reader that has seen enough closes the pipe; it does not want to hear of it. */
int moati_finish(int status);

/* Puts question marks in the place of control characters, which would steer the terminal, but for
 * those to be kept: "\n\t". */
void moati_replace_controls(char *text, size_t length, const char *kept);

/* Writes "moat: MESSAGE" and a line break to standard error. */
void moati_complain(const char *format, ...) MOAT_PRINTF(1, 2);

#endif
