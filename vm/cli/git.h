/* Asking git. */
#ifndef MOATI_GIT_H
#define MOATI_GIT_H

#include <stddef.h>

#include "moat/status.h"

/* Runs git with arguments (ended by NULL) in the current folder, with no shell and nothing on its
 * standard input. *output is what it writes, allocated and ended by a 0 that is not counted.
 * Errors: MOAT_SYSTEM (there is no git, or it fails, with what it says), MOAT_LIMIT (it writes
 * more than `most` bytes), MOAT_NO_MEMORY; *output is NULL then. */
moat_status moati_git(const char *const *arguments, size_t most, char **output, size_t *length,
                      moat_error *error);

#endif
