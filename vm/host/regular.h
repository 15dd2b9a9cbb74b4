/* Reading files that a command line or a script names. */
#ifndef MOATI_REGULAR_H
#define MOATI_REGULAR_H

#include <stdio.h>

/* Opens a regular file for reading and nothing else: a FIFO would wait for its writer, a device
 * never end. NULL, *why and errno (0 where the file is of another kind) where that fails. */
FILE *moati_open_regular(const char *path, const char **why);

#endif
