/* Comma-separated values as RFC 4180 has them, in UTF-8: the cells of a text, one row after the
 * other. Lines end with LF, CR LF or CR; blank ones are no rows; a byte order mark is passed over.
 * Nothing is copied: cells point into the text, which must outlive them.
 *
 * Errors are MOAT_SYNTAX with the byte of the text in moat_error.where. */
#ifndef MOATI_CSV_READ_H
#define MOATI_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "moat/status.h"

typedef struct moati_csv {
    const char *text;
    size_t length, at;
} moati_csv;

typedef struct moati_csv_cell {
    const char *text; /* without the quotes around it, or the blanks around what has none */
    size_t length;
    size_t where; /* the byte of the text that it begins at, its quote included */
    bool quoted;  /* `""` in it is one quote; an empty one is an empty text and not missing */
    bool ends_row;
} moati_csv_cell;

/* Begins to read a text, which must be UTF-8 without control characters. */
moat_status moati_csv_begin(moati_csv *csv, const char *text, size_t length, moat_error *error);

/* Whether there is another row, which is then the next to be read. */
bool moati_csv_has_row(moati_csv *csv);
/* How many cells the next row has. */
moat_status moati_csv_count(const moati_csv *csv, size_t *count, moat_error *error);
/* Reads the next row, which must have `count` cells. */
moat_status moati_csv_row(moati_csv *csv, size_t count, moati_csv_cell *cells, moat_error *error);

static inline bool moati_csv_is_missing(const moati_csv_cell *cell) {
    return cell->length == 0 && !cell->quoted;
}

/* Copies what a cell says to a buffer of cell->length bytes; returns how many there are. */
size_t moati_csv_copy(const moati_csv_cell *cell, char *buffer);

/* The line and the character in it, both from 1, of a byte of a text. */
void moati_csv_locate(const char *text, size_t where, size_t *line, size_t *column);

#endif
