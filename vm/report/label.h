/* Text in a picture: how wide it will be, lines that fit, and what of it is safe to write.
 *
 * Which font a reader has is not known: widths are those of a common sans serif, rounded up. */
#ifndef MOATI_LABEL_H
#define MOATI_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { MOATI_LINE = 256, MOATI_LINES = 4 };

typedef struct moati_lines {
    size_t count;
    char text[MOATI_LINES][MOATI_LINE];
    double width; /* of the widest */
} moati_lines;

/* The next character that may be shown, and the bytes that were read to find it; *code is 0 at the
 * end. Skips controls, those that change the direction of writing included; a line break or a tab
 * is a blank, what is no UTF-8 is U+FFFD. */
size_t moati_label_next(const char *text, int32_t *code);

/* Writes what of a text may be shown. */
void moati_label_write(FILE *file, const char *text);

/* Copies what of a text may be shown and fits so many columns of equal width, with an ellipsis
 * where something was cut. Returns the columns that it takes. */
size_t moati_label_columns(const char *text, size_t columns, bool utf8, char copy[MOATI_LINE]);

/* The width of a text in pixels at a font size. */
double moati_label_width(const char *text, double size);

/* Breaks a text at blanks into up to `most` lines of a width; what does not fit ends with an
 * ellipsis. No lines where there is nothing to show; text may be NULL. */
moati_lines moati_label_wrap(const char *text, double size, double width, size_t most);

#endif
