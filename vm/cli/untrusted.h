/* Scripts from strangers: a process of its own runs the script, and hands back what it has made. */
#ifndef MOATI_UNTRUSTED_H
#define MOATI_UNTRUSTED_H

#include "scenario.h"

/* As moati_scenario_run, with the script in a process that can compute and answer, and nothing else
 * (moati_confine). Files below the script's folder are read for it, by the rules of require. What
 * it has made comes as a journal, which is played into the scenario's model: whatever the script
 * has done to its process, what is evaluated has passed every check. Errors: those of running a
 * script; MOAT_SYSTEM (this system has no way to confine a process; the process ended without an
 * answer). */
moat_status moati_untrusted_run(moati_scenario *scenario);

#endif
