/* What the files of documents share. */
#ifndef MOATI_DOCUMENT_INNER_H
#define MOATI_DOCUMENT_INNER_H

#include "buffer.h"
#include "document.h"

/* A chart as it was drawn, and where in the Markdown the line that shows it stands. */
typedef struct moati_drawing {
    moati_buffer name, file, element, characters;
    size_t start;  /* of "![" */
    size_t folder; /* where its folder is missing */
    size_t end;    /* after ")" */
} moati_drawing;

typedef struct moati_document_rows {
    size_t columns; /* 0: none has begun */
    moati_align align[MOATI_TABLE_COLUMNS];
    size_t count, capacity;
    moati_buffer *cells; /* as Markdown, row by row; the titles first */
} moati_document_rows;

struct moati_document {
    moati_buffer text;
    size_t due; /* line breaks before what comes next */
    bool in_list;
    size_t item_start; /* where the text of the last item begins */
    size_t drawing_count;
    moati_drawing *drawings;
    moati_document_rows table;
    moat_error error; /* the first; its status is MOAT_OK where there is none */
};

/* Ends what was before and begins a block. */
void moati_document_begin_block(moati_document *document);
/* Keeps the first error. */
void moati_document_fail(moati_document *document, const moat_error *error);
void moati_document_table_free(moati_document_rows *table);

#endif
