/* Text on a terminal. Distinct from bytes: widths are in columns. */
#ifndef MOATI_SCREEN_H
#define MOATI_SCREEN_H

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

/* What can be shown, and how wide it may be. */
typedef struct moati_screen {
    bool utf8;
    bool limited; /* lines should take no more columns than there are */
    bool colour;
    size_t columns;
} moati_screen;

/* What standard output is; `file` where the results go to a file instead. Where that is no
 * terminal, the environment variable COLUMNS limits the width. */
moati_screen moati_screen_detect(bool file);

#endif
