/* A cell is what stands between two commas; one that begins with a quote ends with one. */
#include "csv_read.h"

#include <string.h>

#include "text.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static moat_status fail_at(moat_error *error, size_t where, const char *message) {
    return moat_fail_at(error, MOAT_SYNTAX, (long)where, "%s", message);
}

static bool is_plain(char c) {
    return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
}

static moat_status check_text(const moati_csv *csv, moat_error *error) {
    for (size_t i = csv->at; i < csv->length;) {
        if (is_plain(csv->text[i])) {
            i++;
            continue;
        }
        const size_t size = moati_utf8_length(csv->text + i, csv->length - i);
        if (size == 0)
            return fail_at(error, i, "the text is not UTF-8: save the file as \"CSV UTF-8\"");
        if (size == 1)
            return fail_at(error, i,
                           "there is a control character: save the file as \"CSV UTF-8\"");
        i += size;
    }
    return MOAT_OK;
}

static bool ends_line(const moati_csv *csv, size_t at) {
    return at == csv->length || csv->text[at] == '\n' || csv->text[at] == '\r';
}

bool moati_csv_has_row(moati_csv *csv) {
    while (csv->at < csv->length && ends_line(csv, csv->at))
        csv->at++;
    return csv->at < csv->length;
}

/* What people get who save a sheet where the comma is the decimal point. */
static moat_status check_separator(moati_csv *csv, moat_error *error) {
    size_t other = csv->length;
    if (!moati_csv_has_row(csv))
        return fail_at(error, csv->at,
                       "there is nothing in it: the first row names the columns, as in \"price "
                       "($/Mtok)\"");
    for (size_t i = csv->at; !ends_line(csv, i); i++) {
        const char c = csv->text[i];
        if (c == ',' || c == '"')
            return MOAT_OK;
        if ((c == ';' || c == '\t') && other == csv->length)
            other = i;
    }
    if (other == csv->length)
        return MOAT_OK;
    return fail_at(error, other,
                   csv->text[other] == ';'
                       ? "the cells are separated by \";\": save the file with commas between "
                         "cells, and dots in numbers"
                       : "the cells are separated by tabs: save the file with commas between "
                         "cells");
}

moat_status moati_csv_begin(moati_csv *csv, const char *text, size_t length, moat_error *error) {
    const size_t mark = strlen(byte_order_mark);
    const bool marked = length >= mark && memcmp(text, byte_order_mark, mark) == 0;
    *csv = (moati_csv){text, length, marked ? mark : 0};
    const moat_status status = check_text(csv, error);
    return status != MOAT_OK ? status : check_separator(csv, error);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(const moati_csv *csv, size_t at) {
    while (at < csv->length && is_blank(csv->text[at]))
        at++;
    return at;
}

/* Where the quote is that ends the cell which begins at a place: one that is not twice. */
static const char *find_closing_quote(const moati_csv *csv, size_t begin) {
    const char *end = csv->text + csv->length;
    const char *quote = memchr(csv->text + begin, '"', csv->length - begin);
    while (quote != NULL && quote + 1 < end && quote[1] == '"')
        quote = memchr(quote + 2, '"', (size_t)(end - quote) - 2);
    return quote;
}

/* The reader is at the opening quote. */
static moat_status read_quoted(moati_csv *csv, moati_csv_cell *cell, moat_error *error) {
    const char *quote = find_closing_quote(csv, csv->at + 1);
    if (quote == NULL)
        return fail_at(error, csv->at,
                       "this quote is not closed; a quote within a cell in quotes is written "
                       "twice");
    cell->text = csv->text + csv->at + 1;
    cell->length = (size_t)(quote - cell->text);
    cell->quoted = true;
    csv->at = skip_blanks(csv, (size_t)(quote - csv->text) + 1);
    if (!ends_line(csv, csv->at) && csv->text[csv->at] != ',')
        return fail_at(error, csv->at,
                       "a comma must follow the closing quote; a quote within a cell in quotes is "
                       "written twice");
    return MOAT_OK;
}

static moat_status read_plain(moati_csv *csv, moati_csv_cell *cell, moat_error *error) {
    const size_t begin = csv->at;
    size_t end = begin;
    for (; !ends_line(csv, end) && csv->text[end] != ','; end++)
        if (csv->text[end] == '"')
            return fail_at(error, end,
                           "there is a quote within a cell: put the whole cell in quotes and write "
                           "this one twice");
    csv->at = end;
    while (end > begin && is_blank(csv->text[end - 1]))
        end--;
    cell->text = csv->text + begin;
    cell->length = end - begin;
    return MOAT_OK;
}

static moat_status read_cell(moati_csv *csv, moati_csv_cell *cell, moat_error *error) {
    csv->at = skip_blanks(csv, csv->at);
    *cell = (moati_csv_cell){.where = csv->at};
    const bool quoted = csv->at < csv->length && csv->text[csv->at] == '"';
    const moat_status status =
        quoted ? read_quoted(csv, cell, error) : read_plain(csv, cell, error);
    if (status != MOAT_OK)
        return status;
    cell->ends_row = ends_line(csv, csv->at);
    csv->at += !cell->ends_row; /* a line's end is for moati_csv_has_row */
    return MOAT_OK;
}

moat_status moati_csv_count(const moati_csv *csv, size_t *count, moat_error *error) {
    moati_csv ahead = *csv;
    moati_csv_cell cell = {.ends_row = false};
    for (*count = 0; !cell.ends_row; ++*count) {
        const moat_status status = read_cell(&ahead, &cell, error);
        if (status != MOAT_OK)
            return status;
    }
    return MOAT_OK;
}

moat_status moati_csv_row(moati_csv *csv, size_t count, moati_csv_cell *cells, moat_error *error) {
    const moati_csv begin = *csv;
    moati_csv_cell last = {.where = csv->at};
    size_t found = 0;
    while (!last.ends_row && found <= count) {
        const moat_status status = read_cell(csv, &last, error);
        if (status != MOAT_OK)
            return status;
        if (found < count)
            cells[found] = last;
        found++;
    }
    if (found == count && last.ends_row)
        return MOAT_OK;
    const moat_status status = moati_csv_count(&begin, &found, error);
    if (status != MOAT_OK)
        return status;
    return moat_fail_at(error, MOAT_SYNTAX, (long)last.where,
                        "this row has %zu cell%s, and the first row names %zu column%s", found,
                        found == 1 ? "" : "s", count, count == 1 ? "" : "s");
}

size_t moati_csv_copy(const moati_csv_cell *cell, char *buffer) {
    size_t used = 0;
    for (size_t i = 0; i < cell->length; i++) {
        buffer[used++] = cell->text[i];
        i += cell->quoted && cell->text[i] == '"'; /* its twin */
    }
    return used;
}

void moati_csv_locate(const char *text, size_t where, size_t *line, size_t *column) {
    const size_t mark = strncmp(text, byte_order_mark, strlen(byte_order_mark)) == 0 ? 3 : 0;
    *line = *column = 1;
    for (size_t i = mark; i < where; i++) {
        const bool returns = text[i] == '\r' && !(i + 1 < where && text[i + 1] == '\n');
        if (text[i] == '\n' || returns) {
            ++*line;
            *column = 1;
        } else if (text[i] != '\r') {
            *column += ((unsigned char)text[i] & 0xc0) != 0x80;
        }
    }
}
