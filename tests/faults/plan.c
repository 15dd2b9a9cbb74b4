/* The wrappers. The linker's --wrap=NAME makes __wrap_NAME what the program calls as NAME, and
 * __real_NAME what it was. */
#define _GNU_SOURCE
#include "plan.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

static struct {
    fault_kind kind;
    long first;
    bool sticky;
    atomic_long calls[FAULT_KINDS];
} plan;

void plan_set(fault_kind kind, long first, bool sticky) {
    plan.kind = kind;
    plan.first = first;
    plan.sticky = sticky;
    for (int i = 0; i < FAULT_KINDS; i++)
        atomic_store(&plan.calls[i], 0);
}

long plan_calls(fault_kind kind) {
    return atomic_load(&plan.calls[kind]);
}

/* Whether this call is to fail. */
static bool fails(fault_kind kind, int reason) {
    const long call = atomic_fetch_add(&plan.calls[kind], 1) + 1;
    const bool failing = plan.first > 0 && plan.kind == kind &&
                         (plan.sticky ? call >= plan.first : call == plan.first);
    if (failing)
        errno = reason;
    return failing;
}

#define WRAP(kind, reason, failed, type, name, parameters, arguments)                              \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters {                                                                \
        return fails(kind, reason) ? (failed) : __real_##name arguments;                           \
    }

#define WRAP_ALLOCATION(type, name, parameters, arguments)                                         \
    WRAP(FAULT_ALLOCATION, ENOMEM, NULL, type, name, parameters, arguments)

WRAP_ALLOCATION(void *, malloc, (size_t size), (size))
WRAP_ALLOCATION(void *, calloc, (size_t count, size_t size), (count, size))
WRAP_ALLOCATION(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))
WRAP_ALLOCATION(char *, strdup, (const char *text), (text))
WRAP_ALLOCATION(char *, strndup, (const char *text, size_t length), (text, length))
WRAP_ALLOCATION(char *, realpath, (const char *path, char *resolved), (path, resolved))
WRAP_ALLOCATION(FILE *, open_memstream, (char **text, size_t *length), (text, length))
WRAP_ALLOCATION(FILE *, fopen, (const char *path, const char *mode), (path, mode))
WRAP_ALLOCATION(FILE *, fdopen, (int descriptor, const char *mode), (descriptor, mode))
WRAP(FAULT_WRITE, ENOSPC, -1, ssize_t, write, (int descriptor, const void *data, size_t size),
     (descriptor, data, size))
WRAP(FAULT_SYNC, EIO, -1, int, fsync, (int descriptor), (descriptor))
WRAP(FAULT_RENAME, EACCES, -1, int, rename, (const char *from, const char *to), (from, to))
WRAP(FAULT_THREAD, 0, EAGAIN, int, pthread_create,
     (pthread_t * thread, const pthread_attr_t *attributes, void *(*start)(void *), void *context),
     (thread, attributes, start, context))

void *__real_realloc(void *block, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__wrap_realloc(void *block, size_t size) {
    return fails(FAULT_ALLOCATION, ENOMEM) ? NULL : __real_realloc(block, size);
}
