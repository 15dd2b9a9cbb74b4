/* Text where every character takes a number of columns. Distinct from bytes: widths are in
 * columns. */
#ifndef MOATI_WIDTH_H
#define MOATI_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

/* The columns that a text takes. */
size_t moati_text_width(const char *text);

/* A copy with what is no UTF-8 replaced by U+FFFD and, unless they are kept, control
 * characters by "?": a script's names must not steer a terminal. Allocated; NULL: no memory. */
char *moati_text_clean(const char *text, bool keep_controls);

/* A copy of at most so many columns, which the ellipsis is one of where something was cut. The
 * ellipsis must fit. Allocated; NULL: no memory. */
char *moati_text_cut(const char *text, size_t columns, const char *ellipsis);

#endif
