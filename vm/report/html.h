/* A document as a page of HTML: one file that asks for no other, with its charts within it, for
 * screens that are light or dark, wide or narrow, and for paper; without scripts. */
#ifndef MOATI_HTML_H
#define MOATI_HTML_H

#include <stdio.h>

#include "document.h"
#include "moat/status.h"

/* Writes a finished document. Its title is its first heading, or `title` where it has none. HTML in
 * its Markdown is shown and has no effect; a link leads to the web, to mail, to a place in the page
 * or to a file, or is no link. Whether the file could be written is the caller's to ask.
 * Errors: MOAT_NO_MEMORY. */
moat_status moati_html_print(const moati_document *document, const char *title, FILE *file,
                             moat_error *error);

#endif
