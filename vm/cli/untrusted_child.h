/* The half of a process in which a stranger's script runs. */
#ifndef MOATI_UNTRUSTED_CHILD_H
#define MOATI_UNTRUSTED_CHILD_H

#include "scenario.h"

/* What it says at the end: status MOAT_OK, or why and where the script failed. */
typedef struct moati_outcome {
    moat_error error;
    moat_script_error place;
} moati_outcome;

/* Runs the script, says what came of it on the channel, and ends the process. */
_Noreturn void moati_untrusted_child(moati_scenario *scenario, int channel,
                                     const atomic_int *cancel);

#endif
