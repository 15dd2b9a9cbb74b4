/* The text of a script. */
#ifndef MOATI_SCRIPT_H
#define MOATI_SCRIPT_H

#include <stddef.h>

#include "moat/lua.h"
#include "moat/status.h"

typedef struct moati_script {
    const char *path; /* as it was given; "-": standard input */
    const char *name; /* what stands in messages */
    char *text;       /* ends with a 0, which is not counted */
    size_t length;
    char *folder;                  /* where the script lies; NULL: nowhere */
    const moat_lua_reader *reader; /* what it was read by, and what it requires; NULL: files are */
} moati_script;

/* Errors: MOAT_SYSTEM, MOAT_NO_MEMORY, MOAT_LIMIT. Free *script in any case. */
moat_status moati_script_read(const char *path, moati_script *script, moat_error *error);
/* The same from elsewhere than the file system (NULL: from there). `folder` is where the script
 * lies, as its reader names it. */
moat_status moati_script_read_by(const moat_lua_reader *reader, const char *path,
                                 const char *folder, moati_script *script, moat_error *error);
void moati_script_free(moati_script *script);

/* What follows the last slash of a path, and what comes before it: the folder where `require`
 * looks,
 * "." where the path names none. The folder is allocated; NULL: no memory. */
const char *moati_base_name(const char *path);
char *moati_script_folder(const char *path);

/* Writes why and where a run failed, and the line of the script, to standard error. */
void moati_script_complain(const moati_script *script, const moat_script_error *failure,
                           const moat_error *error);

#endif
