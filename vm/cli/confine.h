/* Giving up what a process may do, for good. */
#ifndef MOATI_CONFINE_H
#define MOATI_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

#include "moat/status.h"

/* Whether this system can. */
bool moati_confine_possible(void);

/* Leaves the calling process, which must have one thread, its memory, the descriptor *channel,
 * which gets another number, and the processor: no other descriptor, file, process, network or
 * privilege, no core dump, `seconds` of processor time and `memory` bytes of addresses (0: no
 * limit). It ends with its parent. Errors: MOAT_SYSTEM. */
moat_status moati_confine(int *channel, double seconds, uint64_t memory, moat_error *error);

#endif
