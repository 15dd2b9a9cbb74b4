/* What the files of pages share. */
#ifndef MOATI_HTML_INNER_H
#define MOATI_HTML_INNER_H

#include "buffer.h"
#include "document.h"

/* A heading: what the list of contents shows, and where it leads. */
typedef struct moati_anchor {
    unsigned level;
    moati_buffer id;
    moati_buffer text; /* as HTML, without elements */
} moati_anchor;

typedef struct moati_body {
    moati_buffer html;
    size_t title_end; /* of the first heading, where the content begins with it; else 0 */
    size_t count, capacity;
    moati_anchor *anchors;
    bool failed; /* memory was short */
} moati_body;

/* The content of a page. *body must be zero; free it in any case. */
void moati_body_write(moati_body *body, const moati_document *document);
void moati_body_free(moati_body *body);

/* Adds an anchor without a text; false where memory is short. */
bool moati_body_add_anchor(moati_body *body, unsigned level);
/* Gives the last anchor an id, by its text, that no other has. */
void moati_body_name_anchor(moati_body *body);

/* Texts in HTML, between tags or in an attribute. */
void moati_html_escape(moati_buffer *html, const char *text, size_t length);
/* Whether a link may lead there. The address is as in an attribute of HTML, escapes and all. */
bool moati_html_may_link(const char *address);

/* The style sheet of all pages, in parts; ends with NULL. */
extern const char *const moati_html_style[];

#endif
