/* The variables that are in scope while a text is read. */
#ifndef MOATI_NAMING_H
#define MOATI_NAMING_H

#include "scope.h"

/* Fills in scopes, which it borrows. Where memory is short, `failed` is set and stays so. */
typedef struct moati_naming {
    moati_scopes *scopes;
    size_t *visible; /* indexes of the variables that are in scope, the innermost last */
    size_t visible_count, visible_capacity;
    size_t level; /* of blocks inside blocks, from 1 */
    bool failed;
} moati_naming;

/* Makes a variable, which is not in scope before it is shown. */
size_t moati_naming_declare(moati_naming *naming, moati_token name, moati_variable_kind kind);
void moati_naming_show(moati_naming *naming, size_t variable);
/* Notes that a name is read. Returns the use. */
size_t moati_naming_read(moati_naming *naming, moati_token name);
/* What was taken for a reading is the left side of an assignment. */
void moati_naming_write(moati_naming *naming, size_t use);

#endif
