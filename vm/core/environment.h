/* The floating-point environment that values are computed in: rounding to nearest, subnormal
 * numbers kept, no exception trapped. A program that embeds Moat may have set another (a game
 * engine flushes subnormals, interval arithmetic rounds upwards); its results have the same
 * bits all the same, and its settings are as they were when a call returns.
 *
 * Public functions that compute values begin with MOATI_OWN_ENVIRONMENT. Threads inherit the
 * environment of the thread that starts them (C17, 7.6), so workers need nothing. */
#ifndef MOATI_ENVIRONMENT_H
#define MOATI_ENVIRONMENT_H

#include <fenv.h>
#include <stdbool.h>

typedef struct moati_environment {
    bool differs; /* the caller's is another, kept below; where not, there is nothing to do */
    fenv_t callers;
} moati_environment;

/* A few nanoseconds where the caller's environment is the default, as it nearly always is, so
 * that calls may be nested and frequent. */
moati_environment moati_environment_enter(void);
void moati_environment_leave(const moati_environment *environment);

/* Declares a guard: from here to the end of the block, on whatever path it is left but for
 * longjmp, the environment is Moat's own. */
#define MOATI_OWN_ENVIRONMENT                                                                      \
    __attribute__((cleanup(moati_environment_leave), unused)) const moati_environment guard =      \
        moati_environment_enter()

#endif
