/* The quantities that an item of a report shows, as scripts name them. */
#ifndef MOATL_COLUMNS_H
#define MOATL_COLUMNS_H

#include "bind.h"

typedef struct moatl_columns {
    moat_output *list;
    size_t count;
    bool by_year; /* series of periods are taken by calendar year */
    int kept;     /* index of a table that keeps what the list points to */
} moatl_columns;

/* Pushes an empty list with room for so many columns, which stays on the stack while it is used. */
moatl_columns moatl_new_columns(lua_State *L, size_t room);
/* Adds what stands at an index: a quantity, the name of an output, or { x, unit =, label = }.
 * `name` may be NULL where an output, an assumption or a label says what it is called. */
void moatl_add_column(lua_State *L, moatl_columns *c, const char *name, int index);
/* Adds the list in the table at an index, then what is under names that are no options, in the
 * order of the names. */
void moatl_add_columns(lua_State *L, moatl_columns *c, int table, const char *const *options);
bool moatl_is_word(const char *word, const char *const *words);

#endif
