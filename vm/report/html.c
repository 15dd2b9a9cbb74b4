/* Pages: the head, the list of contents, the content. */
#include "html.h"

#include <string.h>

#include "html_inner.h"

enum { MOST_LEVELS = 2, WORTH_A_LIST = 3 }; /* levels that the contents show; headings */

/* The first heading is the title, wherever the levels begin. */
static const char *title_of(const moati_body *body, const char *otherwise) {
    return body->count > 0 && body->anchors[0].text.length > 0
               ? moati_buffer_text(&body->anchors[0].text)
               : otherwise;
}

/* Nothing that a page could ask for is let through, should anything in it ask. */
static void print_head(const char *title, FILE *file) {
    fprintf(file,
            "<!DOCTYPE html>\n"
            "<html lang=\"en\">\n"
            "<head>\n"
            "<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"generator\" content=\"Moat\">\n"
            "<title>%s</title>\n"
            "<style>\n",
            title);
    for (size_t i = 0; moati_html_style[i] != NULL; i++)
        fputs(moati_html_style[i], file);
    fputs("</style>\n</head>\n", file);
}

/* The headings below the title that the contents show: all of the two highest levels after it. */
static bool is_listed(const moati_body *body, size_t index) {
    unsigned highest = 6;
    for (size_t i = 1; i < body->count; i++)
        highest = body->anchors[i].level < highest ? body->anchors[i].level : highest;
    return index > 0 && body->anchors[index].level < highest + MOST_LEVELS;
}

static void print_entry(const moati_anchor *anchor, FILE *file) {
    fprintf(file, "<li><a href=\"#%s\">%s</a>", moati_buffer_text(&anchor->id),
            moati_buffer_text(&anchor->text));
}

/* Lists in lists, however the levels skip: an entry is inside of the last one of a higher level. */
static void print_entries(const moati_body *body, FILE *file) {
    unsigned open[8];
    size_t depth = 0;
    for (size_t i = 1; i < body->count; i++) {
        const moati_anchor *anchor = &body->anchors[i];
        if (!is_listed(body, i))
            continue;
        while (depth > 1 && open[depth - 1] > anchor->level) {
            fputs("</li>\n</ul>\n", file);
            depth--;
        }
        if (depth == 0 || anchor->level > open[depth - 1]) {
            fputs(depth == 0 ? "<ul>\n" : "\n<ul>\n", file);
            open[depth++] = anchor->level;
        } else {
            fputs("</li>\n", file);
            open[depth - 1] = anchor->level;
        }
        print_entry(anchor, file);
    }
    for (; depth > 0; depth--)
        fputs("</li>\n</ul>\n", file);
}

static bool has_contents(const moati_body *body) {
    size_t count = 0;
    for (size_t i = 1; i < body->count; i++)
        count += is_listed(body, i);
    return count >= WORTH_A_LIST;
}

/* The contents stand after the title, or beside it. */
static void print_page(const moati_body *body, const char *title, FILE *file) {
    const bool contents = has_contents(body);
    const char *html = moati_buffer_text(&body->html);
    print_head(title, file);
    fprintf(file, "<body>\n<a class=\"skip\" href=\"#Main\">Skip to the content</a>\n<main%s>\n",
            contents ? " class=\"with-contents\"" : "");
    fwrite(html, 1, body->title_end, file);
    if (contents) {
        fputs("<nav aria-label=\"Contents\">\n<p>Contents</p>\n", file);
        print_entries(body, file);
        fputs("</nav>\n", file);
    }
    fputs("<div id=\"Main\">\n", file);
    fwrite(html + body->title_end, 1, body->html.length - body->title_end, file);
    fputs("</div>\n</main>\n</body>\n</html>\n", file);
}

moat_status moati_html_print(const moati_document *document, const char *title, FILE *file,
                             moat_error *error) {
    moati_body body = {.count = 0};
    moati_buffer escaped = {.text = NULL};
    moati_body_write(&body, document);
    moati_html_escape(&escaped, title, strlen(title));
    const bool failed = body.failed || escaped.failed;
    if (!failed)
        print_page(&body, title_of(&body, moati_buffer_text(&escaped)), file);
    moati_buffer_free(&escaped);
    moati_body_free(&body);
    return failed ? moat_fail(error, MOAT_NO_MEMORY, "out of memory") : MOAT_OK;
}
