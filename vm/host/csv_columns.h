/* The columns of comma-separated values: their names and units, from the first row, and whether
 * they hold numbers, from all. Errors are those of csv_read.h. */
#ifndef MOATI_CSV_COLUMNS_H
#define MOATI_CSV_COLUMNS_H

#include "csv_read.h"
#include "moat/unit.h"

typedef struct moati_csv_column {
    moati_csv_cell name; /* without the unit */
    moat_unit unit;      /* MOAT_NO_UNIT where none is written */
    bool has_unit;       /* else what the cells are decides whether they are numbers */
    bool is_text;
    bool has_misfit;       /* a text is why the column is one: */
    moati_csv_cell misfit; /* the first cell that is no number */
} moati_csv_column;

/* "price ($/Mtok)", "capacity [GW]", "name", and "id [text]" for numbers that are names. */
moat_status moati_csv_header(moat_units *units, const moati_csv_cell *cell,
                             moati_csv_column *column, moat_error *error);

/* Notes what a cell says of its column. */
moat_status moati_csv_note(moat_units *units, moati_csv_column *column, const moati_csv_cell *cell,
                           moat_error *error);

/* The value of a cell that is not missing, in base units: a number as in literals, which may have
 * a "%" of its own where the column has no other unit. */
moat_status moati_csv_number(const moat_units *units, const moati_csv_column *column,
                             const moati_csv_cell *cell, double *value, moat_error *error);

#endif
