/* Reading files that a command line or a script names. */
#ifndef MOATI_REGULAR_H
#define MOATI_REGULAR_H

#include <stdio.h>

#include "moat/status.h"

/* Opens a regular file for reading and nothing else: a FIFO would wait for its writer, a device
 * never end. NULL, *why and errno (0 where the file is of another kind) where that fails. */
FILE *moati_open_regular(const char *path, const char **why);

/* Reads a whole regular file; *text is allocated with malloc and ends with a 0. Errors: MOAT_LIMIT
 * (it is longer than `limit`), MOAT_SYSTEM, MOAT_NO_MEMORY. */
moat_status moati_read_text(const char *path, size_t limit, char **text, size_t *length,
                            moat_error *error);

/* The same of a file below a folder. Further errors: MOAT_UNKNOWN (there is none), MOAT_INVALID (it
 * is outside of the folder, by symbolic links too). */
moat_status moati_read_below(const char *folder, const char *path, size_t limit, char **text,
                             size_t *length, moat_error *error);

#endif
