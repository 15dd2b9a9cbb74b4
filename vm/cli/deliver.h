/* Handing over results. */
#ifndef MOATI_DELIVER_H
#define MOATI_DELIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes what `render` renders to standard output, or, where there is a path, to a file, whole or
 * not at all. `render` returns false where memory was short. Returns the exit status of the
 * command, after having said why on standard error. */
int moati_deliver(const char *path, bool (*render)(const void *context, FILE *file),
                  const void *context);

/* Writes a text that has been rendered. */
int moati_deliver_all(const char *path, const char *text, size_t length);

/* What is rendered, allocated and ended by a 0; NULL where memory was short. */
char *moati_deliver_text(bool (*render)(const void *context, FILE *file), const void *context,
                         size_t *length);

#endif
