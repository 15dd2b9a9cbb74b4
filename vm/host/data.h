/* Tables of data: what data_lua.c (the tables), data_column.c (their columns), data_read.c (making
 * them of a text) and data_series.c (series of the horizon) share. */
#ifndef MOATL_DATA_H
#define MOATL_DATA_H

#include <lua.h>
#include <stdbool.h>

#include "language.h"

#define MOATL_DATA   "moat.data"
#define MOATL_COLUMN "moat.column"

/* A table of data: its first user value is the list of its columns' names, in their order, its
 * second the columns by name, its third what messages call it. */
typedef struct moatl_data {
    size_t rows, columns;
} moatl_data;

enum { MOATL_DATA_NAMES = 1, MOATL_DATA_COLUMNS, MOATL_DATA_SOURCE };

/* A column. Its first user value is its name, its second the table of its texts by row, where it
 * is one of texts, its third what messages call the table of data. */
typedef struct moatl_column {
    bool is_text;
    moat_dim dim;
    moat_unit shown;
    size_t rows;
    size_t misfit_line, misfit_column; /* of what made it one of texts; 0: nothing did */
    double values[];                   /* in base units, NaN where missing; none of texts */
} moatl_column;

enum { MOATL_COLUMN_NAME = 1, MOATL_COLUMN_TEXTS, MOATL_COLUMN_SOURCE };

/* Reads a text, which `source` names in messages, and pushes the table of data. */
void moatl_push_data(lua_State *L, const char *source, const char *text, size_t length);

/* A column with room for so many rows; its user values are not set. */
moatl_column *moatl_push_column(lua_State *L, bool is_text, size_t rows);
/* Pushes the value of a row from 1: a text, a number, a quantity; nil where it is missing or there
 * is no such row. */
void moatl_push_value(lua_State *L, int column, size_t row);
/* Pushes a user value that is a text. */
const char *moatl_push_column_text(lua_State *L, int column, int which);
/* Pushes the column of a name; raises with the nearest one where there is none. */
void moatl_push_column_named(lua_State *L, int data, const char *name);

moatl_data *moatl_check_data(lua_State *L, int index);
/* Replaces a column at an index by the list of its values that are not missing. */
void moatl_expand_column(lua_State *L, int index);

/* t:series(name, options) */
int moatl_data_series(lua_State *L);
extern const moat_lua_function moatl_column_metamethods[];

#endif
