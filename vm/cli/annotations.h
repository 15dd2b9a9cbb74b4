/* The vocabulary as annotations for lua-language-server: a Lua text that is never run. */
#ifndef MOATI_ANNOTATIONS_H
#define MOATI_ANNOTATIONS_H

#include <stdio.h>

#include "moat/status.h"

/* Writes the annotations of the language and of its library, from the tables that scripts'
 * functions are registered from. Errors: those of loading the library. */
moat_status moati_annotations_print(FILE *file, moat_error *error);

#endif
