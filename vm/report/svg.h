/* Writing SVG: elements, coordinates with one decimal at most, text that is safe.
 *
 * What is drawn is kept until the whole is known: how high it is and which colours it uses. */
#ifndef MOATI_SVG_H
#define MOATI_SVG_H

#include <stdbool.h>
#include <stdio.h>

#include "label.h"
#include "moat/status.h"

enum { MOATI_SVG_WIDTH = 720 };

typedef enum moati_anchor { MOATI_START, MOATI_CENTRE, MOATI_END } moati_anchor;

typedef struct moati_svg {
    FILE *body; /* the elements */
    char *text; /* of the body, when it is closed */
    size_t length;
    unsigned colours; /* of series, as bits: those that elements use */
    double height;
} moati_svg;

/* A coordinate as it is written: "12", "12.5". */
typedef struct moati_coordinate {
    char text[32];
} moati_coordinate;
moati_coordinate moati_svg_at(double value);

/* Text with markup escaped and without what XML does not know. */
void moati_svg_escape(FILE *file, const char *text);

/* False: no memory. */
bool moati_svg_open(moati_svg *svg);

/* Closes the body and writes it with head and style. `id` NULL: as a file of its own. */
moat_status moati_svg_finish(moati_svg *svg, const char *id, const char *title,
                             const char *description, FILE *file, moat_error *error);
void moati_svg_discard(moati_svg *svg);

/* The classes of elements: names of the style sheet ("grid", "quiet", "title" ...). Those in the
 * colour of a series are made: 'f' fills, 's' strokes, 'n' writes; with one of the names. */
typedef struct moati_class {
    char text[32];
} moati_class;
moati_class moati_svg_class(moati_svg *svg, char use, size_t series, const char *name);

void moati_svg_line(moati_svg *svg, const char *class, double x1, double y1, double x2, double y2);
/* Between two corners in any order; at least half a pixel wide and high. */
void moati_svg_rect(moati_svg *svg, const char *class, double x1, double y1, double x2, double y2);
void moati_svg_dot(moati_svg *svg, const char *class, double x, double y, double radius);
/* The last lines of a text stand below the first. */
void moati_svg_text(moati_svg *svg, const char *class, double x, double y, moati_anchor anchor,
                    const char *text);
void moati_svg_lines(moati_svg *svg, const char *class, double x, double y, double leading,
                     moati_anchor anchor, const moati_lines *lines);

/* A path: begin, points, end. */
void moati_svg_path(moati_svg *svg, const char *class);
void moati_svg_point(moati_svg *svg, char command, double x, double y);
void moati_svg_end(moati_svg *svg, bool closed);

#endif
