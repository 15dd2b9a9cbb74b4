/* A plot of characters with an axis of values at its left: ticks are on rows. */
#ifndef MOATI_TEXT_PLOT_H
#define MOATI_TEXT_PLOT_H

#include "canvas.h"

enum { MOATI_PLOT_GAP = 2 }; /* columns between the numbers at the left and the plot */

typedef struct moati_plot {
    const moati_page *page;
    moati_axis axis;
    const char *suffix; /* of ticks: " %" */
    size_t label;       /* columns of the numbers at the left */
    size_t every;       /* rows from tick to tick */
    moati_canvas canvas;
} moati_plot;

/* An axis over a range and a canvas to the right of it; the columns are those that there is room
 * for. Errors: MOAT_NO_MEMORY. */
moat_status moati_plot_open(moati_plot *plot, const moati_page *page, moati_range range,
                            const char *suffix, moat_error *error);
void moati_plot_close(moati_plot *plot);

/* Gives each position the same number of columns, as far as there is room. */
void moati_plot_positions(moati_plot *plot);
/* The position of a column. */
size_t moati_plot_position(const moati_plot *plot, size_t column);

/* The row of a value, which may lie outside; from the top. */
double moati_plot_row(const moati_plot *plot, double value);
/* Puts a mark at a value; what lies outside of the canvas is left out. */
void moati_plot_put(const moati_plot *plot, size_t column, double value, const char *glyph,
                    unsigned colour);

void moati_plot_write(const moati_plot *plot);
/* Below the plot: years, numbers, or the first and the last of the positions; ticks of an axis. */
void moati_plot_write_positions(const moati_plot *plot);
void moati_plot_write_axis(const moati_plot *plot, const moati_axis *axis, const char *unit);

#endif
