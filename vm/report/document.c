/* Documents: the Markdown and where in it charts stand. */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "document_inner.h"
#include "markdown.h"

enum { FENCE = 3 };

moati_document *moati_document_new(moat_error *error) {
    moati_document *document = calloc(1, sizeof *document);
    if (document == NULL)
        moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    return document;
}

static void free_drawing(moati_drawing *drawing) {
    moati_buffer_free(&drawing->name);
    moati_buffer_free(&drawing->file);
    moati_buffer_free(&drawing->element);
    moati_buffer_free(&drawing->characters);
}

void moati_document_free(moati_document *document) {
    if (document == NULL)
        return;
    for (size_t i = 0; i < document->drawing_count; i++)
        free_drawing(&document->drawings[i]);
    free(document->drawings);
    moati_document_table_free(&document->table);
    moati_buffer_free(&document->text);
    free(document);
}

/* The line breaks that a text ends with, up to two. */
static size_t breaks_at_end(const moati_buffer *text) {
    size_t count = 0;
    while (count < 2 && count < text->length && text->text[text->length - 1 - count] == '\n')
        count++;
    return count;
}

/* Before something whose first characters are given is added: the blank line that is due. */
static void separate(moati_document *document, const char *next) {
    moati_buffer *text = &document->text;
    size_t breaks = breaks_at_end(text) + strspn(next, "\n");
    if (document->due > breaks && text->length > 0)
        moati_buffer_fill(text, '\n', document->due - breaks);
    document->due = 0;
}

void moati_document_begin_block(moati_document *document) {
    document->due = 2;
    document->in_list = false;
    separate(document, "");
}

void moati_document_fail(moati_document *document, const moat_error *error) {
    if (document->error.status == MOAT_OK)
        document->error = *error;
}

void moati_document_break(moati_document *document) {
    if (document->text.length > 0)
        document->due = 2;
    document->in_list = false;
}

void moati_document_heading(moati_document *document, int level, const char *text) {
    moati_document_begin_block(document);
    moati_buffer_fill(&document->text, '#', (size_t)level);
    moati_buffer_put(&document->text, " ");
    moati_markdown_add(&document->text, text, false);
    moati_document_break(document);
}

/* Whether a line begins with what is added next. */
static bool begins_line(const moati_document *document) {
    const moati_buffer *text = &document->text;
    return text->length == 0 || text->text[text->length - 1] == '\n' ||
           text->length == document->item_start;
}

void moati_document_text(moati_document *document, const char *format, ...) {
    moati_buffer plain = {.text = NULL};
    va_list arguments;
    va_start(arguments, format);
    moati_buffer_print_list(&plain, format, arguments);
    va_end(arguments);
    separate(document, "");
    moati_markdown_add(&document->text, moati_buffer_text(&plain), begins_line(document));
    document->text.failed = document->text.failed || plain.failed;
    moati_buffer_free(&plain);
}

void moati_document_markdown(moati_document *document, const char *text) {
    separate(document, text);
    moati_buffer_put(&document->text, text);
}

void moati_document_markdown_part(moati_document *document, const char *text, size_t length) {
    char start[3] = "";
    memcpy(start, text, length < 2 ? length : 2);
    separate(document, start);
    moati_buffer_add(&document->text, text, length);
}

void moati_document_item(moati_document *document) {
    document->due = document->in_list ? 1 : 2;
    separate(document, "");
    document->in_list = true;
    moati_buffer_put(&document->text, "- ");
    document->item_start = document->text.length;
}

/* A fence is longer than any in the text. */
static size_t fence_length(const char *text, size_t length) {
    size_t longest = FENCE - 1, run = 0;
    for (size_t i = 0; i < length; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

void moati_document_code(moati_document *document, const char *language, const char *text,
                         size_t length) {
    const size_t fence = fence_length(text, length);
    moati_document_begin_block(document);
    moati_buffer_fill(&document->text, '`', fence);
    moati_buffer_print(&document->text, "%s\n", language != NULL ? language : "");
    moati_buffer_add(&document->text, text, length);
    if (length > 0 && text[length - 1] != '\n')
        moati_buffer_put(&document->text, "\n");
    moati_buffer_fill(&document->text, '`', fence);
    moati_document_break(document);
}

size_t moati_document_length(const moati_document *document) {
    return document->text.length;
}

/* A document ends with one line break. */
static void end_last_line(moati_document *document) {
    moati_buffer *text = &document->text;
    if (text->length > 0 && text->text[text->length - 1] != '\n')
        moati_buffer_put(text, "\n");
    document->due = 0;
}

moat_status moati_document_finish(moati_document *document, moat_error *error) {
    end_last_line(document);
    bool failed = document->text.failed;
    for (size_t i = 0; i < document->drawing_count; i++) {
        const moati_drawing *drawing = &document->drawings[i];
        failed = failed || drawing->name.failed || drawing->file.failed ||
                 drawing->element.failed || drawing->characters.failed;
    }
    if (failed)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    if (document->error.status != MOAT_OK && error != NULL)
        *error = document->error;
    return document->error.status;
}

static void print_part(const moati_document *document, size_t start, size_t end, FILE *file) {
    fwrite(document->text.text + start, 1, end - start, file);
}

void moati_document_print(const moati_document *document, const char *folder, FILE *file) {
    size_t done = 0;
    if (document->text.length == 0)
        return;
    for (size_t i = 0; i < document->drawing_count; i++) {
        const moati_drawing *drawing = &document->drawings[i];
        print_part(document, done, folder != NULL ? drawing->folder : drawing->start, file);
        if (folder != NULL)
            fputs(folder, file);
        else
            fprintf(file, "```text\n%s```", moati_buffer_text(&drawing->characters));
        done = folder != NULL ? drawing->folder : drawing->end;
    }
    print_part(document, done, document->text.length, file);
}
