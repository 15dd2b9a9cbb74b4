/* Conditions where Lua's own `and`, `or`, `not` and `if` do not see them. */
#ifndef MOATI_CONDITIONS_H
#define MOATI_CONDITIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "scope.h"

typedef struct moati_misuse {
    const char *message; /* one sentence */
    int line;            /* of the text, from 1 */
} moati_misuse;

/* True where a text that Lua compiles applies one of these words to what is plainly a
 * condition; the first place is written to *misuse. */
bool moati_find_misuse(const char *text, size_t length, moati_misuse *misuse);

/* The same in every place, and of conditions that local variables hold; `word` is what was
 * misused. False where memory is short. */
typedef void moati_misuse_found(void *context, const char *message, const moati_token *word);
bool moati_find_misuses(const char *text, size_t length, const moati_scopes *scopes,
                        moati_misuse_found *found, void *context);

#endif
