/* Charts in documents: they are drawn when they are added. */
#include <stdlib.h>
#include <string.h>

#include "document_inner.h"
#include "markdown.h"

enum { CHART_COLUMNS = 78, LONGEST_NAME = 60 };

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The name of a file: runs of other characters become one "-" between the others. */
static void add_plain(moati_buffer *name, const char *text) {
    bool due = false;
    for (; *text != '\0' && name->length < LONGEST_NAME; text++) {
        if (is_plain(*text) && due && name->length > 0)
            moati_buffer_put(name, "-");
        if (is_plain(*text))
            moati_buffer_add(name, text, 1);
        due = !is_plain(*text);
    }
    if (name->length == 0)
        moati_buffer_put(name, "chart");
}

/* File systems differ in whether capitals make another name. */
static bool same_name(const char *a, const char *b) {
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

static bool is_used(const moati_document *document, const char *name) {
    for (size_t i = 0; i + 1 < document->drawing_count; i++)
        if (same_name(moati_buffer_text(&document->drawings[i].name), name))
            return true;
    return false;
}

static void choose_name(const moati_document *document, moati_buffer *name, const char *text) {
    add_plain(name, text);
    const size_t length = name->length;
    for (int number = 2; !name->failed && is_used(document, name->text); number++) {
        name->length = length;
        moati_buffer_print(name, "-%d", number);
    }
}

typedef enum form { FILE_FORM, ELEMENT_FORM, CHARACTERS, SENTENCES } form;

static moat_status draw(const moati_chart *chart, form kind, const char *id, FILE *file,
                        moat_error *error) {
    switch (kind) {
    case FILE_FORM: return moati_chart_svg(chart, NULL, file, error);
    case ELEMENT_FORM: return moati_chart_svg(chart, id, file, error);
    case CHARACTERS: return moati_chart_text(chart, CHART_COLUMNS, true, false, file, error);
    default: return moati_chart_describe(chart, file, error);
    }
}

static moat_status draw_into(moati_buffer *buffer, const moati_chart *chart, form kind,
                             const char *id, moat_error *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    moat_status status = draw(chart, kind, id, file, error);
    if (ferror(file) != 0)
        buffer->failed = true;
    if (fclose(file) != 0)
        buffer->failed = true;
    else if (status == MOAT_OK)
        moati_buffer_add(buffer, text, length);
    free(text);
    return status;
}

static void end_line(moati_buffer *text) {
    if (text->length > 0 && text->text[text->length - 1] != '\n')
        moati_buffer_put(text, "\n");
}

static moat_status draw_all(moati_drawing *drawing, size_t number, const moati_chart *chart,
                            moati_buffer *sentences, moat_error *error) {
    char id[32];
    snprintf(id, sizeof id, "Chart-%zu", number);
    moat_status status = draw_into(&drawing->file, chart, FILE_FORM, NULL, error);
    if (status == MOAT_OK)
        status = draw_into(&drawing->element, chart, ELEMENT_FORM, id, error);
    if (status == MOAT_OK)
        status = draw_into(&drawing->characters, chart, CHARACTERS, NULL, error);
    if (status == MOAT_OK)
        status = draw_into(sentences, chart, SENTENCES, NULL, error);
    end_line(&drawing->file);
    end_line(&drawing->characters);
    return status;
}

/* Makes room for one more; NULL where there is none. */
static moati_drawing *add_drawing(moati_document *document) {
    moati_drawing *grown =
        realloc(document->drawings, (document->drawing_count + 1) * sizeof *grown);
    if (grown == NULL) {
        document->text.failed = true;
        return NULL;
    }
    document->drawings = grown;
    grown[document->drawing_count] = (moati_drawing){.start = 0};
    return &grown[document->drawing_count++];
}

void moati_document_chart(moati_document *document, const char *name, const moati_chart *chart) {
    if (document->error.status != MOAT_OK)
        return;
    moat_error error;
    moati_buffer sentences = {.text = NULL}, *text = &document->text;
    moati_document_begin_block(document);
    moati_drawing *drawing = add_drawing(document);
    if (drawing == NULL)
        return;
    choose_name(document, &drawing->name, name);
    if (draw_all(drawing, document->drawing_count, chart, &sentences, &error) != MOAT_OK)
        moati_document_fail(document, &error);
    drawing->start = text->length;
    moati_buffer_put(text, "![");
    moati_markdown_add(text, moati_buffer_text(&sentences), false);
    moati_buffer_put(text, "](");
    drawing->folder = text->length;
    moati_buffer_print(text, "/%s.svg)", moati_buffer_text(&drawing->name));
    drawing->end = text->length;
    text->failed = text->failed || sentences.failed;
    moati_buffer_free(&sentences);
    moati_document_break(document);
}

size_t moati_document_pictures(const moati_document *document) {
    return document->drawing_count;
}

moati_picture moati_document_picture(const moati_document *document, size_t index) {
    const moati_drawing *drawing = &document->drawings[index];
    return (moati_picture){.name = moati_buffer_text(&drawing->name),
                           .file = moati_buffer_text(&drawing->file),
                           .file_length = drawing->file.length,
                           .element = moati_buffer_text(&drawing->element),
                           .element_length = drawing->element.length};
}
