/* A document: Markdown in the making, as GitHub renders it, and the charts that stand in it.
 *
 * A document owns all that it is given; texts and charts are borrowed for the duration of a call.
 * It is filled from the beginning to the end. The first failure stays: what follows has no effect,
 * and moati_document_finish tells of it, so that whoever fills one in need not ask at every step.
 *
 * Blocks (paragraphs, headings, tables, charts, listings) have a blank line between them, whatever
 * they follow. What is given as text is escaped so that it stands there as it was given; it is
 * UTF-8 from anybody: controls and what is no UTF-8 are replaced, lines are joined.
 *
 *     moati_document_heading(document, 2, "Cash");
 *     moati_document_text(document, "%s lasts until ", name);
 *     moati_document_markdown(document, "**");
 *     moati_document_text(document, "%s", date);
 *     moati_document_markdown(document, "**.");
 *     moati_document_chart(document, "cash", &chart);
 */
#ifndef MOATI_DOCUMENT_H
#define MOATI_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "chart.h"
#include "moat/status.h"

typedef struct moati_document moati_document;

moati_document *moati_document_new(moat_error *error);
void moati_document_free(moati_document *document);

/* Of level 1 to 6. */
void moati_document_heading(moati_document *document, int level, const char *text);

/* Adds to the paragraph that is being written, or begins one: escaped, or as it is. Markdown may
 * hold several lines and blocks. A text that is a whole word of http:// or https:// is a link. */
void moati_document_text(moati_document *document, const char *format, ...) MOAT_PRINTF(2, 3);
void moati_document_markdown(moati_document *document, const char *text);
void moati_document_markdown_part(moati_document *document, const char *text, size_t length);
/* Ends the paragraph. Where none has begun, it does nothing. */
void moati_document_break(moati_document *document);
/* Ends the paragraph, or the item before, and begins an item of a list with "- ". */
void moati_document_item(moati_document *document);

/* A listing in a language; NULL: none. The text is shown byte for byte, but for a line break at its
 * end, of which there is one. */
void moati_document_code(moati_document *document, const char *language, const char *text,
                         size_t length);

/* A table: one line for each row, in columns that are aligned up to a width, rounded, so that a
 * cell that changes rarely changes the other lines. Cells are added row by row; those that are
 * missing from the last row are empty. Between begin and end nothing but cells is added. */
enum { MOATI_TABLE_COLUMNS = 64 };

typedef enum moati_align { MOATI_LEFT, MOATI_RIGHT } moati_align;

typedef struct moati_column {
    const char *title; /* NULL: none */
    moati_align align; /* numbers stand to the right */
} moati_column;

/* Beyond 1 to MOATI_TABLE_COLUMNS it fails: MOAT_INVALID. */
void moati_document_table(moati_document *document, size_t count, const moati_column *columns);
void moati_document_cell(moati_document *document, const char *format, ...) MOAT_PRINTF(2, 3);
/* The cell is Markdown, on one line; its "|" are escaped. */
void moati_document_cell_markdown(moati_document *document, const char *text);
void moati_document_table_end(moati_document *document);

/* A chart, drawn at once. Its file is called by the name, with what is no letter, digit, "-" or "_"
 * of ASCII replaced, and with a number at the end where that has been used, in capitals or not. */
void moati_document_chart(moati_document *document, const char *name, const moati_chart *chart);

/* How long the Markdown is so far: equal before and after means that nothing was added. */
size_t moati_document_length(const moati_document *document);

/* The first failure: MOAT_NO_MEMORY, or that of a chart or a table. Ends the last paragraph. */
moat_status moati_document_finish(moati_document *document, moat_error *error);

/* Writes the Markdown of a finished document. Charts are pictures in a folder that is named as from
 * the document's own, or, where that is NULL, drawn in characters. Whether the file could be
 * written is the caller's to ask. */
void moati_document_print(const moati_document *document, const char *folder, FILE *file);

/* A chart as a picture: an SVG file of its own, or an element of a page of HTML with all others. */
typedef struct moati_picture {
    const char *name; /* of the file, without ".svg" */
    const char *file;
    size_t file_length;
    const char *element;
    size_t element_length;
} moati_picture;

size_t moati_document_pictures(const moati_document *document);
moati_picture moati_document_picture(const moati_document *document, size_t index);

#endif
