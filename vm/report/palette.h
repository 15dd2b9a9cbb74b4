/* The colours of charts, for light and for dark paper. */
#ifndef MOATI_PALETTE_H
#define MOATI_PALETTE_H

#include <stddef.h>

/* "#rrggbb": of shapes and of text on light paper, of both on dark paper. */
typedef struct moati_colour {
    const char *light, *text, *dark;
} moati_colour;

/* What is not data: paper, ink (text and the zero line), quiet text, and the grid. */
extern const moati_colour moati_paper, moati_ink, moati_quiet, moati_grid;

/* The colour of a series, 0 to 11. Shapes stand out from their paper by 3:1 at least, text
 * by 4.5:1. The first six can be told apart by readers who do not see red or green. */
moati_colour moati_palette(size_t series);

enum { MOATI_PALETTE = 12 };

#endif
