/* Comma-separated values: what is read, written with every cell in quotes, reads the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv_columns.h"
#include "fuzz.h"

enum { COLUMNS = 64 };

/* Appends a cell as CSV. */
static size_t write_cell(const moati_csv_cell *cell, char *out) {
    size_t used = 0;
    if (moati_csv_is_missing(cell))
        return 0;
    out[used++] = '"';
    for (size_t i = 0; i < cell->length; i++) {
        const bool twice = cell->text[i] == '"' && !cell->quoted;
        out[used++] = cell->text[i];
        if (twice)
            out[used++] = '"';
    }
    out[used++] = '"';
    return used;
}

/* Whether it has a row of one cell, which is missing: a blank line, which is no row. */
static bool has_blank_line(const char *text, size_t length) {
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '\n' && text[i + 1] == '\n')
            return true;
    return false;
}

static void note(moat_units *units, moati_csv_column *columns, const moati_csv_cell *cells,
                 size_t count, size_t size) {
    double value;
    moat_error error;
    for (size_t i = 0; i < count; i++) {
        const moat_status status = moati_csv_note(units, &columns[i], &cells[i], &error);
        if (status != MOAT_OK)
            fuzz_expect_error(status, &error, size);
        if (columns[i].is_text || moati_csv_is_missing(&cells[i]))
            continue;
        if (moati_csv_number(units, &columns[i], &cells[i], &value, &error) == MOAT_OK)
            FUZZ_EXPECT(!isnan(value), "a cell is no number");
    }
}

/* Reads a text; writes it, with all cells in quotes, to `out`, which may be NULL. Returns how much
 * that is, 0 where it does not parse. */
static size_t read_all(moat_units *units, const char *text, size_t size, char *out) {
    moati_csv csv;
    moat_error error;
    size_t count = 0, used = 0;
    moati_csv_cell cells[COLUMNS];
    moati_csv_column columns[COLUMNS];
    moat_status status = moati_csv_begin(&csv, text, size, &error);
    if (status == MOAT_OK)
        status = moati_csv_count(&csv, &count, &error);
    if (status == MOAT_OK && count > COLUMNS)
        return 0;
    for (bool header = true; status == MOAT_OK && moati_csv_has_row(&csv); header = false) {
        status = moati_csv_row(&csv, count, cells, &error);
        for (size_t i = 0; header && status == MOAT_OK && i < count; i++)
            status = moati_csv_header(units, &cells[i], &columns[i], &error);
        if (status == MOAT_OK && !header)
            note(units, columns, cells, count, size);
        for (size_t i = 0; status == MOAT_OK && out != NULL && i < count; i++) {
            used += write_cell(&cells[i], out + used);
            out[used++] = i + 1 < count ? ',' : '\n';
        }
    }
    if (status == MOAT_OK)
        return used + 1;
    fuzz_expect_error(status, &error, size);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t line, column;
    moat_units *units = moat_units_new();
    char *text = malloc(size + 1), *out = malloc(4 * size + 16), *again = malloc(4 * size + 16);
    if (text != NULL && out != NULL && again != NULL) {
        memcpy(text, data, size);
        text[size] = '\0';
        moati_csv_locate(text, size, &line, &column);
        const size_t length = read_all(units, text, size, out);
        if (length > 1 && !has_blank_line(out, length - 1)) {
            const size_t same = read_all(units, out, length - 1, again);
            FUZZ_EXPECT(same == length && memcmp(out, again, length - 1) == 0,
                        "it reads back as something else");
        }
    }
    free(text);
    free(out);
    free(again);
    moat_units_free(units);
    return 0;
}
