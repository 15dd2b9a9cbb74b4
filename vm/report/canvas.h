/* Charts of characters: cells, and what is written beside them. */
#ifndef MOATI_CANVAS_H
#define MOATI_CANVAS_H

#include "axis.h"
#include "calendar.h"
#include "chart_draw.h"

/* Where and how characters are written. */
typedef struct moati_page {
    const moati_chart *chart;
    size_t columns;
    bool utf8, colour;
    FILE *file;
} moati_page;

typedef struct moati_cell {
    const char *glyph; /* one column wide; NULL: blank */
    unsigned colour;   /* 0: that of the text, else of series 1, 2 ... */
} moati_cell;

typedef struct moati_canvas {
    size_t rows, columns;
    moati_cell *cells; /* row after row, from the top */
} moati_canvas;

/* Errors: MOAT_NO_MEMORY. */
moat_status moati_canvas_make(moati_canvas *canvas, size_t rows, size_t columns, moat_error *error);
void moati_canvas_free(moati_canvas *canvas);
moati_cell *moati_canvas_at(const moati_canvas *canvas, size_t row, size_t column);
/* Writes a row without the blanks at its end. Returns the columns that were written. */
size_t moati_canvas_write(const moati_canvas *canvas, size_t row, const moati_page *page);

void moati_page_blanks(const moati_page *page, size_t count);
/* Writes a text in so many columns, cut where it is longer. */
void moati_page_left(const moati_page *page, const char *text, size_t columns);
void moati_page_right(const moati_page *page, const char *text, size_t columns);
size_t moati_page_width(const char *text);

/* The marks that tell series apart, as points and as surfaces. */
const char *moati_page_mark(const moati_page *page, size_t series);
const char *moati_page_surface(const moati_page *page, size_t series);
/* Writes a legend of the series, with their marks, below a chart: `indent` columns to the right. */
void moati_page_legend(const moati_page *page, size_t indent, bool surfaces, size_t count,
                       const char *const *labels);

/* Writes a bar of a share, 0 to 1, of so many columns, to the eighth of one; blanks follow it. */
void moati_page_bar(const moati_page *page, double share, size_t columns, unsigned colour);
/* Fills the cells of a row between two values of an axis that spans the canvas: at least one,
 * unless one of the values is missing. */
void moati_canvas_span(const moati_canvas *canvas, size_t row, const moati_axis *axis, double from,
                       double to, moati_cell cell);
/* Writes lines of a text, broken at blanks; nothing where it is empty. */
void moati_page_paragraph(const moati_page *page, const char *text);

/* As moati_axis_unit, in ASCII where the page is. */
void moati_page_show_unit(const moati_page *page, const moati_axis *axis, const char *unit,
                          char text[MOATI_LINE]);
/* Writes the unit of an axis on a line of its own, if there is one. */
void moati_page_unit(const moati_page *page, const moati_axis *axis, size_t indent);

/* --- The kinds. */

typedef moat_status moati_write(const moati_page *page, moat_error *error);
moati_write moati_write_fan, moati_write_lines, moati_write_stacks, moati_write_histogram,
    moati_write_cumulative, moati_write_scatter, moati_write_tornado, moati_write_bars,
    moati_write_bridge;

#endif
