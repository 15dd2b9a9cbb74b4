/* Which variable each name of a Lua text means.
 *
 * For texts that Lua has compiled. Tokens point into the text, which must outlive the scopes. */
#ifndef MOATI_SCOPE_H
#define MOATI_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "lexer.h"

typedef enum moati_variable_kind {
    MOATI_VARIABLE_LOCAL,
    MOATI_VARIABLE_FUNCTION, /* local function */
    MOATI_VARIABLE_PARAMETER,
    MOATI_VARIABLE_LOOP
} moati_variable_kind;

/* A local variable. */
typedef struct moati_variable {
    moati_token name;
    moati_variable_kind kind;
    size_t reads, writes; /* after its declaration */
    bool is_inner;        /* declared inside a function or block */
    bool is_alias;        /* of what has the same name elsewhere: local max = math.max */
} moati_variable;

typedef enum moati_use_kind { MOATI_USE_READ, MOATI_USE_WRITE, MOATI_USE_DECLARE } moati_use_kind;

#define MOATI_GLOBAL_NAME ((size_t)-1)

/* A name that stands for a variable, and no field or method. */
typedef struct moati_use {
    moati_token name;
    size_t variable; /* its index, or MOATI_GLOBAL_NAME */
    moati_use_kind kind;
} moati_use;

typedef struct moati_scopes {
    moati_variable *variables;
    size_t variable_count, variable_capacity;
    moati_use *uses; /* in the order of the text */
    size_t use_count, use_capacity;
} moati_scopes;

/* False where memory is short. Free *scopes in any case. */
bool moati_scopes_read(const char *text, size_t length, moati_scopes *scopes);
void moati_scopes_free(moati_scopes *scopes);

#endif
