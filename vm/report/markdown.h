/* Plain text as Markdown that shows it, with as few escapes as that takes: reports are read, and
 * compared, as they are written, too. */
#ifndef MOATI_MARKDOWN_H
#define MOATI_MARKDOWN_H

#include <stdbool.h>

#include "buffer.h"

/* Adds a text on one line: breaks and tabs become blanks, other controls "?", what is no UTF-8
 * U+FFFD. A web address becomes a link. `begins`: a line begins with it, where more characters
 * would have a meaning. Holds in paragraphs, headings, cells of tables and texts of links. */
void moati_markdown_add(moati_buffer *buffer, const char *text, bool begins);

#endif
