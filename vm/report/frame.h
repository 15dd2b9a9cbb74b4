/* What all charts have around their data: heading, axes, legend, labels at line ends, notes. */
#ifndef MOATI_FRAME_H
#define MOATI_FRAME_H

#include "axis.h"
#include "calendar.h"
#include "chart.h"
#include "svg.h"

enum { MOATI_MARGIN = 16, MOATI_PLOT_HEIGHT = 290, MOATI_NOTE = 240 };

typedef struct moati_frame {
    moati_svg *svg;
    const moati_chart *chart;
    double left, right, top, bottom; /* the plot */
    moati_axis axis;                 /* of values, upwards or, `across`, to the right */
    bool across;
    double room_left, room_right; /* at the ends of an axis across, for labels */
    moati_calendar calendar;
    double inset, step; /* from the left of the plot to the first position; between positions */
} moati_frame;

/* --- In the order in which they are called. */

/* Writes title and subtitle; the plot takes the width and begins below. */
void moati_frame_open(moati_frame *frame, moati_svg *svg, const moati_chart *chart,
                      const char *subtitle);
/* Writes a legend of the labels: squares in the colours of series 0, 1 ... */
void moati_frame_legend(moati_frame *frame, size_t count, const char *const *labels);
/* Chooses an axis of values upwards, and with it the plot's height and its room at the left.
 * `reserved` is kept free at the right. */
void moati_frame_upwards(moati_frame *frame, moati_range range, double reserved);
void moati_frame_draw_values(const moati_frame *frame, const char *unit);
void moati_frame_draw_zero(const moati_frame *frame);
/* Places the positions: columns have a width; points reach from side to side. */
void moati_frame_positions(moati_frame *frame, bool columns);
void moati_frame_draw_positions(moati_frame *frame);
/* Values to compare with. */
void moati_frame_draw_marks(const moati_frame *frame);
/* Says in the plot that there is nothing to show. */
void moati_frame_say_nothing(const moati_frame *frame);
/* A sentence below the chart; "" or NULL: none. */
void moati_frame_note(moati_frame *frame, const char *text);

/* The range of values with what the chart wants its axis to span. */
moati_range moati_frame_range(const moati_chart *chart, moati_range range);

/* --- Places. Values beyond the axis are at the ends of the plot. */

double moati_frame_x(const moati_frame *frame, double position);
double moati_frame_value(const moati_frame *frame, double value);

/* --- An axis of values to the right, with ticks below the plot or above it. */

void moati_frame_draw_across(moati_frame *frame, bool above, const char *title);

/* --- Values over positions. */

/* Every how many positions one is drawn: a picture needs no more than its pixels. */
size_t moati_frame_stride(const moati_frame *frame);
void moati_frame_curve(moati_frame *frame, const char *class, const double *values);
void moati_frame_band(moati_frame *frame, const char *class, const double *low, const double *high);

/* --- Labels at the right ends of curves. */

typedef struct moati_end {
    double y;
    moati_class class;
    moati_lines lines;
} moati_end;

typedef struct moati_ends {
    size_t count;
    moati_end items[MOATI_CHART_SERIES];
} moati_ends;

/* A label, which may be cut, and behind it a number, which is not; either may be "". */
void moati_ends_add(moati_ends *ends, moati_class class, const char *label, const char *number);
/* The width that they take, with the room to the left of them. */
double moati_ends_width(const moati_ends *ends);
/* In any order; each is moved apart from its neighbours, with a line to where it belongs. */
void moati_ends_draw(moati_ends *ends, const moati_frame *frame);

/* Replaces the hyphens of negative numbers by minus signs. */
void moati_typeset(char *text, size_t size);

/* A value with the scale of the axis, typeset. */
void moati_frame_show(const moati_frame *frame, double value, char text[MOATI_AXIS_TEXT]);

#endif
