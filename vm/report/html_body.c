/* The content of a page, from the events of the Markdown parser. */
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "html_inner.h"

/* Pictures are known by a folder that no file is in. */
static const char picture_folder[] = "moat-pictures";

enum { SHORT_CELL = 18 };

typedef struct writer {
    moati_body *body;
    const moati_document *document;
    bool *shown;     /* pictures: each has ids, which are there once */
    unsigned image;  /* depth of images, whose texts are descriptions */
    bool is_picture; /* the image is a chart, which describes itself */
    unsigned links;  /* depth of links that were written */
    bool in_heading;
    size_t heading_start; /* of its content */
    bool in_comment;      /* of HTML */
    bool in_head;         /* of a table */
    unsigned column;      /* of a row */
    size_t cell_start;    /* of its content */
    size_t cell_text;     /* bytes of text in it */
} writer;

static moati_buffer *html_of(const writer *w) {
    return &w->body->html;
}

static void put(const writer *w, const char *text) {
    moati_buffer_put(html_of(w), text);
}

/* --- Headings. */

static moati_anchor *last_anchor(const writer *w) {
    return w->body->count > 0 ? &w->body->anchors[w->body->count - 1] : NULL;
}

/* Puts a tag before what has been written from a place on: what it says is known at the end. */
static void insert_tag(const writer *w, size_t start, const moati_buffer *tag) {
    moati_buffer *html = html_of(w), content = {.text = NULL};
    if (html->failed)
        return;
    moati_buffer_add(&content, moati_buffer_text(html) + start, html->length - start);
    html->length = start;
    moati_buffer_put(html, moati_buffer_text(tag));
    moati_buffer_put(html, moati_buffer_text(&content));
    html->failed = html->failed || content.failed || tag->failed;
    moati_buffer_free(&content);
}

static void end_heading(writer *w) {
    moati_anchor *anchor = last_anchor(w);
    moati_buffer tag = {.text = NULL};
    w->in_heading = false;
    moati_body_name_anchor(w->body);
    moati_buffer_print(&tag, "<h%u id=\"%s\">", anchor->level, moati_buffer_text(&anchor->id));
    insert_tag(w, w->heading_start, &tag);
    moati_buffer_print(html_of(w), "</h%u>\n", anchor->level);
    if (w->body->count == 1 && w->heading_start == 0)
        w->body->title_end = html_of(w)->length;
    moati_buffer_free(&tag);
}

/* --- Attributes. */

/* A text of an attribute, as HTML: escapes stay as they are. */
static void add_attribute(moati_buffer *to, const MD_ATTRIBUTE *attribute) {
    for (size_t i = 0; attribute->text != NULL && attribute->substr_offsets[i] < attribute->size;
         i++) {
        const MD_OFFSET start = attribute->substr_offsets[i],
                        end = attribute->substr_offsets[i + 1];
        if (attribute->substr_types[i] == MD_TEXT_ENTITY)
            moati_buffer_add(to, attribute->text + start, end - start);
        else
            moati_html_escape(to, attribute->text + start, end - start);
    }
}

static void begin_link(writer *w, const MD_ATTRIBUTE *address) {
    moati_buffer text = {.text = NULL};
    add_attribute(&text, address);
    const bool allowed = w->links == 0 && w->image == 0 && !text.failed &&
                         moati_html_may_link(moati_buffer_text(&text));
    if (allowed)
        moati_buffer_print(html_of(w), "<a href=\"%s\">", moati_buffer_text(&text));
    /* Those inside of it, and the ends of both, are told apart by the depth. */
    w->links += allowed || w->links > 0;
    w->body->failed = w->body->failed || text.failed;
    moati_buffer_free(&text);
}

static void end_link(writer *w) {
    if (w->links == 1 && w->image == 0)
        put(w, "</a>");
    w->links -= w->links > 0;
}

/* --- Pictures. */

/* The chart that an address names; its count where it is none. */
static size_t find_picture(const writer *w, const char *address) {
    const size_t count = moati_document_pictures(w->document), prefix = sizeof picture_folder - 1;
    if (strncmp(address, picture_folder, prefix) != 0 || address[prefix] != '/')
        return count;
    for (size_t i = 0; i < count; i++) {
        const char *name = moati_document_picture(w->document, i).name;
        const size_t length = strlen(name);
        if (strncmp(address + prefix + 1, name, length) == 0 &&
            strcmp(address + prefix + 1 + length, ".svg") == 0)
            return i;
    }
    return count;
}

/* A picture that is no chart is a file of its own, which the page does not ask for: a link to it.
 */
static void begin_image(writer *w, const MD_SPAN_IMG_DETAIL *image) {
    moati_buffer address = {.text = NULL};
    if (w->image++ > 0)
        return;
    add_attribute(&address, &image->src);
    const size_t index = find_picture(w, moati_buffer_text(&address));
    w->is_picture = index < moati_document_pictures(w->document) && !w->shown[index];
    if (w->is_picture) {
        const moati_picture picture = moati_document_picture(w->document, index);
        w->shown[index] = true;
        put(w, "\n");
        moati_buffer_add(html_of(w), picture.element, picture.element_length);
    }
    w->body->failed = w->body->failed || address.failed;
    moati_buffer_free(&address);
    if (w->is_picture)
        return;
    w->image--;
    begin_link(w, &image->src);
    w->image++;
    put(w, "Picture: ");
}

static void end_image(writer *w) {
    if (--w->image > 0)
        return;
    if (!w->is_picture)
        end_link(w);
    w->is_picture = false;
}

/* --- Tables. */

/* They scroll by themselves where a window is narrow, with keys as well, and are named by what they
 * stand under. */
static void begin_table(const writer *w) {
    const moati_anchor *anchor = last_anchor(w);
    put(w, "<div class=\"table\" role=\"region\" tabindex=\"0\" ");
    if (anchor != NULL)
        moati_buffer_print(html_of(w), "aria-labelledby=\"%s\">", moati_buffer_text(&anchor->id));
    else
        put(w, "aria-label=\"Table\">");
    put(w, "\n<table>\n");
}

static void begin_cell(writer *w) {
    w->cell_start = html_of(w)->length;
    w->cell_text = 0;
}

/* The first cell of a row says what the row is about. A short one is not broken into lines. */
static void end_cell(writer *w, const MD_BLOCK_TD_DETAIL *cell) {
    static const char *const classes[] = {[MD_ALIGN_DEFAULT] = "",
                                          [MD_ALIGN_LEFT] = "",
                                          [MD_ALIGN_CENTER] = " class=\"center\"",
                                          [MD_ALIGN_RIGHT] = " class=\"number\""};
    const bool is_head = w->in_head || w->column == 0;
    const bool is_short = classes[cell->align][0] == '\0' && w->cell_text > 0 &&
                          w->cell_text <= SHORT_CELL && !w->in_head;
    moati_buffer tag = {.text = NULL};
    moati_buffer_print(&tag, "<%s%s%s>", is_head ? "th" : "td",
                       w->in_head ? " scope=\"col\""
                       : is_head  ? " scope=\"row\""
                                  : "",
                       is_short ? " class=\"short\"" : classes[cell->align]);
    insert_tag(w, w->cell_start, &tag);
    put(w, is_head ? "</th>" : "</td>");
    w->column++;
    moati_buffer_free(&tag);
}

/* --- Blocks. */

static void begin_code(const writer *w, const MD_BLOCK_CODE_DETAIL *code) {
    put(w, "<pre tabindex=\"0\"><code");
    if (code->lang.size > 0) {
        put(w, " class=\"language-");
        add_attribute(html_of(w), &code->lang);
        put(w, "\"");
    }
    put(w, ">");
}

static void begin_item(const writer *w, const MD_BLOCK_LI_DETAIL *item) {
    if (!item->is_task)
        put(w, "<li>");
    else
        moati_buffer_print(html_of(w), "<li class=\"task\"><input type=\"checkbox\" disabled%s> ",
                           item->task_mark == ' ' ? "" : " checked");
}

static void begin_list(const writer *w, const MD_BLOCK_OL_DETAIL *list) {
    if (list->start == 1)
        put(w, "<ol>\n");
    else
        moati_buffer_print(html_of(w), "<ol start=\"%u\">\n", list->start);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context) {
    writer *w = context;
    switch (type) {
    case MD_BLOCK_QUOTE: put(w, "<blockquote>\n"); break;
    case MD_BLOCK_UL: put(w, "<ul>\n"); break;
    case MD_BLOCK_OL: begin_list(w, detail); break;
    case MD_BLOCK_LI: begin_item(w, detail); break;
    case MD_BLOCK_HR: put(w, "<hr>\n"); break;
    case MD_BLOCK_H:
        w->in_heading = moati_body_add_anchor(w->body, ((MD_BLOCK_H_DETAIL *)detail)->level);
        w->heading_start = w->body->html.length;
        return w->in_heading ? 0 : -1;
    case MD_BLOCK_CODE: begin_code(w, detail); break;
    case MD_BLOCK_HTML:
    case MD_BLOCK_P: put(w, "<p>"); break;
    case MD_BLOCK_TABLE: begin_table(w); break;
    case MD_BLOCK_THEAD:
        w->in_head = true;
        put(w, "<thead>\n");
        break;
    case MD_BLOCK_TBODY: put(w, "<tbody>\n"); break;
    case MD_BLOCK_TR:
        w->column = 0;
        put(w, "<tr>");
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: begin_cell(w); break;
    default: break;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context) {
    writer *w = context;
    switch (type) {
    case MD_BLOCK_QUOTE: put(w, "</blockquote>\n"); break;
    case MD_BLOCK_UL: put(w, "</ul>\n"); break;
    case MD_BLOCK_OL: put(w, "</ol>\n"); break;
    case MD_BLOCK_LI: put(w, "</li>\n"); break;
    case MD_BLOCK_H: end_heading(w); break;
    case MD_BLOCK_CODE: put(w, "</code></pre>\n"); break;
    case MD_BLOCK_HTML:
    case MD_BLOCK_P: put(w, "</p>\n"); break;
    case MD_BLOCK_TABLE: put(w, "</table>\n</div>\n"); break;
    case MD_BLOCK_THEAD:
        w->in_head = false;
        put(w, "</thead>\n");
        break;
    case MD_BLOCK_TBODY: put(w, "</tbody>\n"); break;
    case MD_BLOCK_TR: put(w, "</tr>\n"); break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: end_cell(w, detail); break;
    default: break;
    }
    return w->body->html.failed ? -1 : 0;
}

/* --- Spans and texts. */

static const char *tag_of(MD_SPANTYPE type) {
    switch (type) {
    case MD_SPAN_EM: return "em";
    case MD_SPAN_STRONG: return "strong";
    case MD_SPAN_CODE: return "code";
    case MD_SPAN_DEL: return "del";
    default: return NULL;
    }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context) {
    writer *w = context;
    if (type == MD_SPAN_A)
        begin_link(w, &((MD_SPAN_A_DETAIL *)detail)->href);
    else if (type == MD_SPAN_IMG)
        begin_image(w, detail);
    else if (tag_of(type) != NULL && w->image == 0)
        moati_buffer_print(html_of(w), "<%s>", tag_of(type));
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context) {
    writer *w = context;
    (void)detail;
    if (type == MD_SPAN_A)
        end_link(w);
    else if (type == MD_SPAN_IMG)
        end_image(w);
    else if (tag_of(type) != NULL && w->image == 0)
        moati_buffer_print(html_of(w), "</%s>", tag_of(type));
    return 0;
}

/* HTML has no effect: it is shown, but for comments. */
static void add_html(writer *w, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (!w->in_comment && length - i >= 4 && memcmp(text + i, "<!--", 4) == 0)
            w->in_comment = true;
        if (!w->in_comment)
            moati_html_escape(html_of(w), text + i, 1);
        else if (length - i >= 3 && memcmp(text + i, "-->", 3) == 0) {
            w->in_comment = false;
            i += 2;
        }
    }
}

static void add_text(writer *w, MD_TEXTTYPE type, const char *text, size_t length,
                     moati_buffer *to) {
    switch (type) {
    case MD_TEXT_ENTITY: moati_buffer_add(to, text, length); break;
    case MD_TEXT_NULLCHAR: moati_html_escape(to, "", 1); break;
    case MD_TEXT_SOFTBR: moati_buffer_put(to, "\n"); break;
    case MD_TEXT_BR: moati_buffer_put(to, to == html_of(w) ? "<br>\n" : " "); break;
    default: moati_html_escape(to, text, length);
    }
}

static int text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE length, void *context) {
    writer *w = context;
    if (w->is_picture)
        return 0;
    if (type == MD_TEXT_HTML) {
        add_html(w, text, length);
        return 0;
    }
    w->cell_text += length;
    add_text(w, type, text, length, html_of(w));
    if (w->in_heading)
        add_text(w, type, text, length, &last_anchor(w)->text);
    return 0;
}

/* --- The whole. */

static bool print_markdown(const moati_document *document, char **text, size_t *length) {
    FILE *file = open_memstream(text, length);
    if (file == NULL)
        return false;
    moati_document_print(document, picture_folder, file);
    const bool failed = ferror(file) != 0;
    return fclose(file) == 0 && !failed;
}

void moati_body_write(moati_body *body, const moati_document *document) {
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                                       MD_FLAG_PERMISSIVEURLAUTOLINKS,
                              .enter_block = enter_block,
                              .leave_block = leave_block,
                              .enter_span = enter_span,
                              .leave_span = leave_span,
                              .text = text};
    char *markdown = NULL;
    size_t length = 0;
    writer w = {.body = body,
                .document = document,
                .shown = calloc(moati_document_pictures(document) + 1, sizeof *w.shown)};
    if (w.shown == NULL || !print_markdown(document, &markdown, &length) ||
        md_parse(markdown, (MD_SIZE)length, &parser, &w) != 0)
        body->failed = true;
    for (size_t i = 0; i < body->count; i++)
        body->failed = body->failed || body->anchors[i].id.failed || body->anchors[i].text.failed;
    body->failed = body->failed || body->html.failed;
    free(w.shown);
    free(markdown);
}
