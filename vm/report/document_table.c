/* Tables in documents: their cells are gathered, then laid out in columns. */
#include <stdlib.h>
#include <string.h>

#include "document_inner.h"
#include "markdown.h"
#include "width.h"

/* Columns are as wide as their widest cell of up to WIDEST, rounded up: what is longer hangs over.
 */
enum { LEAST = 3, STEP = 4, WIDEST = 40 };

void moati_document_table_free(moati_document_rows *table) {
    for (size_t i = 0; i < table->count; i++)
        moati_buffer_free(&table->cells[i]);
    free(table->cells);
    *table = (moati_document_rows){.columns = 0};
}

/* A new empty cell; NULL where memory is short or no table has begun. */
static moati_buffer *add_cell(moati_document *document) {
    moati_document_rows *table = &document->table;
    if (table->columns == 0 || document->text.failed)
        return NULL;
    if (table->count == table->capacity) {
        const size_t capacity = table->capacity == 0 ? 64 : 2 * table->capacity;
        moati_buffer *grown = realloc(table->cells, capacity * sizeof *grown);
        if (grown == NULL) {
            document->text.failed = true;
            return NULL;
        }
        table->cells = grown;
        table->capacity = capacity;
    }
    table->cells[table->count] = (moati_buffer){.text = NULL};
    return &table->cells[table->count++];
}

void moati_document_table(moati_document *document, size_t count, const moati_column *columns) {
    moat_error error;
    if (count == 0 || count > MOATI_TABLE_COLUMNS) {
        moat_fail(&error, MOAT_INVALID, "a table has 1 to %d columns, and not %zu",
                  MOATI_TABLE_COLUMNS, count);
        moati_document_fail(document, &error);
        return;
    }
    moati_document_begin_block(document);
    document->table.columns = count;
    for (size_t i = 0; i < count; i++) {
        document->table.align[i] = columns[i].align;
        moati_document_cell(document, "%s", columns[i].title != NULL ? columns[i].title : "");
    }
}

void moati_document_cell(moati_document *document, const char *format, ...) {
    moati_buffer plain = {.text = NULL}, *cell = add_cell(document);
    va_list arguments;
    if (cell == NULL)
        return;
    va_start(arguments, format);
    moati_buffer_print_list(&plain, format, arguments);
    va_end(arguments);
    moati_markdown_add(cell, moati_buffer_text(&plain), false);
    cell->failed = cell->failed || plain.failed;
    moati_buffer_free(&plain);
}

void moati_document_cell_markdown(moati_document *document, const char *text) {
    moati_buffer *cell = add_cell(document);
    if (cell == NULL)
        return;
    for (char before = '\0'; *text != '\0'; before = *text++) {
        if (*text == '|' && before != '\\')
            moati_buffer_put(cell, "\\");
        moati_buffer_add(cell, *text == '\n' ? " " : text, 1);
    }
}

static void measure(const moati_document_rows *table, size_t widths[MOATI_TABLE_COLUMNS]) {
    for (size_t i = 0; i < table->columns; i++)
        widths[i] = LEAST;
    for (size_t i = 0; i < table->count; i++) {
        const size_t column = i % table->columns,
                     width = moati_text_width(moati_buffer_text(&table->cells[i]));
        if (width > widths[column] && width <= WIDEST)
            widths[column] = (width + STEP - 1) / STEP * STEP;
    }
}

static void add_padded(moati_document *document, size_t column, const char *cell,
                       size_t column_width) {
    const moati_document_rows *table = &document->table;
    moati_buffer *text = &document->text;
    const size_t width = moati_text_width(cell),
                 blanks = width < column_width ? column_width - width : 0;
    const bool right = table->align[column] == MOATI_RIGHT;
    moati_buffer_put(text, column == 0 ? "| " : " | ");
    moati_buffer_fill(text, ' ', right ? blanks : 0);
    moati_buffer_put(text, cell);
    moati_buffer_fill(text, ' ', right ? 0 : blanks);
    if (column + 1 == table->columns)
        moati_buffer_put(text, " |\n");
}

static void add_rule(moati_document *document, const size_t widths[MOATI_TABLE_COLUMNS]) {
    moati_buffer *text = &document->text;
    for (size_t i = 0; i < document->table.columns; i++) {
        const bool right = document->table.align[i] == MOATI_RIGHT;
        moati_buffer_put(text, i == 0 ? "| " : " | ");
        moati_buffer_fill(text, '-', widths[i] - right);
        moati_buffer_put(text, right ? ":" : "");
    }
    moati_buffer_put(text, " |\n");
}

void moati_document_table_end(moati_document *document) {
    moati_document_rows *table = &document->table;
    size_t widths[MOATI_TABLE_COLUMNS];
    if (table->columns == 0)
        return;
    while (table->count % table->columns != 0 && add_cell(document) != NULL) {
    }
    if (!document->text.failed)
        measure(table, widths);
    for (size_t i = 0; i < table->count && !document->text.failed; i++) {
        const size_t column = i % table->columns;
        document->text.failed = table->cells[i].failed;
        add_padded(document, column, moati_buffer_text(&table->cells[i]), widths[column]);
        if (i + 1 == table->columns)
            add_rule(document, widths);
    }
    moati_document_table_free(table);
    moati_document_break(document);
}
