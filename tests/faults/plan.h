/* Failing on purpose: the functions that ask the system for something are linked to wrappers, which
 * count the calls and let the one fail that the plan names.
 *
 * The plan is the one piece of state in this folder that all files see: the wrappers stand where
 * functions without a context stood. Calls from shared libraries are not counted. */
#ifndef MOAT_TEST_PLAN_H
#define MOAT_TEST_PLAN_H

#include <stdbool.h>

typedef enum fault_kind {
    FAULT_ALLOCATION, /* malloc, calloc, realloc, aligned_alloc, and what allocates in its turn */
    FAULT_WRITE,      /* write */
    FAULT_SYNC,       /* fsync */
    FAULT_RENAME,
    FAULT_THREAD, /* pthread_create */
    FAULT_KINDS
} fault_kind;

/* From now on the call number `first` (from 1) of this kind fails, and where the plan is sticky all
 * that follow; 0: none fails. Counts begin anew. */
void plan_set(fault_kind kind, long first, bool sticky);
/* How many calls of a kind there have been since. */
long plan_calls(fault_kind kind);

#endif
