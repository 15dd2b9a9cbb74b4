/* A revision of the repository that the current folder is in: files as they were, read from git
 * with no copy of them on the disk.
 *
 * Paths are named "REVISION:PATH", the path from the top of the repository, as messages show them.
 * A revision is listed once, when it is opened; what a name stands for does not change after
 * that. */
#ifndef MOATI_REVISION_H
#define MOATI_REVISION_H

#include <stdbool.h>

#include "moat/lua.h"

typedef struct moati_revision moati_revision;

/* Errors: MOAT_SYSTEM (no git, no repository), MOAT_UNKNOWN (no such revision), MOAT_NO_MEMORY. */
moat_status moati_revision_open(const char *name, moati_revision **revision, moat_error *error);
void moati_revision_free(moati_revision *revision);

/* The path from the top for text[0..length), a path from the top or from the current folder;
 * NULL where there is no such file. It belongs to the revision. */
const char *moati_revision_find(const moati_revision *revision, const char *text, size_t length);
/* The path of the script that is nearest to one; NULL where none is near. */
const char *moati_revision_nearest(const moati_revision *revision, const char *path);
/* The commit, in hexadecimal digits. */
const char *moati_revision_commit(const moati_revision *revision);

/* Reads "REVISION:PATH", where the path may have "./" in it. The revision must outlive what uses
 * it. */
moat_lua_reader moati_revision_reader(moati_revision *revision);

#endif
