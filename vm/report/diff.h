/* Differences of two texts, line by line, as `diff -u` writes them and as patches are applied. */
#ifndef MOATI_DIFF_H
#define MOATI_DIFF_H

#include <stddef.h>
#include <stdio.h>

#include "moat/status.h"

typedef struct moati_diff_side {
    const char *name; /* what stands after "---" or "+++": "a/report.md", "/dev/null" */
    const char *text;
    size_t length;
} moati_diff_side;

/* Writes what makes the new text out of the old; nothing where they are equal. The difference is
 * the shortest, unless that would have more than a few thousand lines. Errors: MOAT_NO_MEMORY. */
moat_status moati_diff_print(const moati_diff_side *old, const moati_diff_side *new, FILE *file,
                             moat_error *error);

#endif
