/* Cells in aligned columns. Failures of memory stick: they are reported when the grid is
 * printed. */
#ifndef MOATI_GRID_H
#define MOATI_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct moati_column {
    bool right;      /* aligned to the right */
    unsigned gap;    /* blanks before it */
    bool keep_empty; /* shown even where it has nothing but its heading */
} moati_column;

typedef struct moati_grid moati_grid;

/* The array of columns is copied. NULL: no memory. */
moati_grid *moati_grid_new(size_t count, const moati_column *columns);
void moati_grid_free(moati_grid *grid);

/* Sets a cell; rows come into being as they are used. Row 0 is the heading. Control
 * characters are replaced. */
void moati_grid_set(moati_grid *grid, size_t row, size_t column, const char *text);

/* Empties a column, which is then left out unless empty ones are kept. */
void moati_grid_clear(moati_grid *grid, size_t column);

/* Cuts the cells of a column to so many blanks. */
void moati_grid_cut(moati_grid *grid, size_t column, size_t width, const char *ellipsis);

/* What was to be in it is not known for want of memory: it will not be printed. */
void moati_grid_fail(moati_grid *grid);
/* Whether memory was short: widths are then not what they would be. */
bool moati_grid_failed(const moati_grid *grid);
size_t moati_grid_rows(const moati_grid *grid);
/* The columns of the screen that a printed row takes, gaps included; and one column of the grid
 * without its gap, 0 where it is left out. */
size_t moati_grid_width(const moati_grid *grid);
size_t moati_grid_column_width(const moati_grid *grid, size_t column);

/* False where memory was short. */
bool moati_grid_print(const moati_grid *grid, FILE *file, bool bold_heading);

#endif
