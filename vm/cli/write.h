/* Writing results so that nobody ever sees half of them. */
#ifndef MOATI_WRITE_H
#define MOATI_WRITE_H

#include <stddef.h>

#include "moat/status.h"

struct stat;

/* Makes `path` hold the text, or leaves it as it was: a new file in the same folder is
 * written, brought to the disk and renamed. What is no regular file (a device, a pipe) is
 * written to. Errors: MOAT_SYSTEM, MOAT_NO_MEMORY. */
moat_status moati_write_file(const char *path, const void *data, size_t length, moat_error *error);

/* Writes all of the text to a descriptor. On failure errno is that of the write. */
moat_status moati_write_descriptor(int descriptor, const void *data, size_t length,
                                   moat_error *error);

/* The steps of it, for who replaces several files together. */

/* Writes a file that must not be there yet, and brings it to the disk; `old` (NULL: none) is the
 * one whose permissions it gets. A part that could be written is removed. */
moat_status moati_write_new(const char *path, const struct stat *old, const void *data,
                            size_t length, moat_error *error);
/* Brings to the disk what has been created, renamed and removed in a folder. Some file systems
 * cannot do that: the files are complete all the same. */
void moati_write_sync_folder(const char *folder);
/* "cannot DOING PATH: why", as errno says, which is kept. Returns MOAT_SYSTEM or
 * MOAT_NO_MEMORY. */
moat_status moati_write_fail(moat_error *error, const char *doing, const char *path);

#endif
