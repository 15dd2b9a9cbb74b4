/* Results and errors.
 *
 * Every function that can fail returns a moat_status, or a value with a stated
 * "nothing" (NULL, 0); the detail is written to the moat_error the caller passed.
 * Passing NULL for the error is allowed wherever one is taken. After a failure out-parameters
 * hold nothing of use, and nothing that the caller must free, unless stated. */
#ifndef MOAT_STATUS_H
#define MOAT_STATUS_H

#include <stddef.h>

#if defined(__GNUC__)
#define MOAT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define MOAT_PRINTF(text, first)
#endif

typedef enum moat_status {
    MOAT_OK,
    MOAT_NO_MEMORY,   /* an allocation failed; every object can still be used and freed */
    MOAT_INVALID,     /* an argument has no meaning here */
    MOAT_UNIT,        /* units do not fit */
    MOAT_SYNTAX,      /* a text does not parse; moat_error.where says at which byte */
    MOAT_UNKNOWN,     /* a name is not known */
    MOAT_LIMIT,       /* a stated limit was reached */
    MOAT_INTERRUPTED, /* the caller's cancel flag was set */
    MOAT_SYSTEM       /* the operating system refused (a thread, a file) */
} moat_status;

enum { MOAT_NOWHERE = -1 };

typedef struct moat_error {
    moat_status status;
    long where;        /* byte offset into the text that was parsed, or MOAT_NOWHERE */
    char message[504]; /* one sentence, UTF-8, no full stop and no line break */
} moat_error;

/* Writes status and message, with no place; returns status so that a caller can write
 * `return moat_fail(error, MOAT_INVALID, "...")`. A message that is too long is cut. */
moat_status moat_fail(moat_error *error, moat_status status, const char *format, ...)
    MOAT_PRINTF(3, 4);

/* The same with a place in a text. */
moat_status moat_fail_at(moat_error *error, moat_status status, long where, const char *format, ...)
    MOAT_PRINTF(4, 5);

#endif
