/* Work shared among threads: each index is done once, by whichever thread comes first, so
 * tasks must not depend on who does them. */
#ifndef MOATI_POOL_H
#define MOATI_POOL_H

#include <stdatomic.h>
#include <stddef.h>

#include "moat/status.h"

typedef struct moati_work {
    void (*task)(void *context, unsigned worker, size_t index);
    void *context;
    size_t count;
    unsigned threads;         /* 1 .. ; the calling thread is worker 0 and works too */
    const atomic_int *cancel; /* no new index is begun once it is non-zero; may be NULL */
    void (*progress)(void *context, double part); /* from the calling thread; may be NULL */
    void *progress_context;
} moati_work;

unsigned moati_processors(void);

/* Returns when all threads have ended. MOAT_INTERRUPTED where cancelled. A thread that
 * cannot be started is done without, as the result does not depend on their number. */
moat_status moati_parallel(const moati_work *work, moat_error *error);

#endif
