/* The colours of charts, for light and for dark paper. */
#ifndef MOATI_PALETTE_H
#define MOATI_PALETTE_H

#include <stddef.h>

typedef struct moati_colour {
    const char *light, *dark; /* "#rrggbb" on light and on dark paper */
} moati_colour;

/* What is not data: paper, ink (text and the zero line), quiet text, and the grid. */
extern const moati_colour moati_paper, moati_ink, moati_quiet, moati_grid;

/* The colour of a series, 0 to 11. Each stands out from its paper enough to be read as text
 * (4.5:1), and the first six from each other for readers who do not see red or green. */
moati_colour moati_palette(size_t series);

enum { MOATI_PALETTE = 12 };

#endif
