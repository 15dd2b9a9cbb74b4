/* Writing results so that nobody ever sees half of them. */
#ifndef MOATI_WRITE_H
#define MOATI_WRITE_H

#include <stddef.h>

#include "moat/status.h"

/* Makes `path` hold the text, or leaves it as it was: a new file in the same folder is
 * written, brought to the disk and renamed. What is no regular file (a device, a pipe) is
 * written to. Errors: MOAT_SYSTEM, MOAT_NO_MEMORY. */
moat_status moati_write_file(const char *path, const void *data, size_t length, moat_error *error);

/* Writes all of the text to a descriptor. On failure errno is that of the write. */
moat_status moati_write_descriptor(int descriptor, const void *data, size_t length,
                                   moat_error *error);

#endif
