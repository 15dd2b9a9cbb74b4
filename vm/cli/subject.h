/* What is compared: a script, a variant of it, a script as it was in a revision of a git
 * repository. */
#ifndef MOATI_SUBJECT_H
#define MOATI_SUBJECT_H

#include "revision.h"

typedef struct moati_subject {
    const char *given;        /* on the command line */
    moati_revision *revision; /* NULL: a file as it is */
    char *revision_name;      /* NULL with it */
    char *path;               /* as messages show it: "a.lua", "HEAD~1:a.lua" */
    char *folder;             /* of a file in a revision; else NULL */
    const char *variant;      /* in `given`; NULL: none */
    moat_lua_reader reader;   /* of files in a revision */
} moati_subject;

/* Understands "FILE", "FILE:VARIANT", "REVISION:PATH" and "REVISION:PATH:VARIANT"; an empty variant
 * is none. The longest beginning that is a file is one, so that names may have colons. Errors:
 * MOAT_SYSTEM, MOAT_UNKNOWN, with what was understood; MOAT_NO_MEMORY. Free *subject in any
 * case. */
moat_status moati_subject_read(const char *given, moati_subject *subject, moat_error *error);
void moati_subject_free(moati_subject *subject);

#endif
