/* Charts: what one shows, apart from how it is drawn, and three renderings of it: a picture
 * (SVG), characters, and a sentence.
 *
 * All numbers are in the unit that is shown. All pointers are borrowed for the duration of a call.
 * NaN is a value that is missing; an infinite one is nowhere on an axis: among samples it is
 * counted, and said, as what is never or beyond all bounds. Texts are UTF-8 from anybody: controls
 * are dropped, what is no UTF-8 is replaced, what is too long is cut or wrapped.
 *
 * A rendering depends on the chart and the arguments alone, to the byte, and small differences
 * in the numbers make small differences in it: one element on a line, axes with round ends,
 * bins with round edges. */
#ifndef MOATI_CHART_H
#define MOATI_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "moat/status.h"

typedef enum moati_chart_kind {
    /* Over positions (periods, years): `positions` entries in each array of a series. */
    MOATI_CHART_FAN,    /* p50 between p25..p75 and p5..p95; several: overlaid, to be compared */
    MOATI_CHART_LINES,  /* values */
    MOATI_CHART_AREAS,  /* values, on top of each other; negative ones hang below zero */
    MOATI_CHART_SHARES, /* the same as shares of their sum, from 0 to 100 % */
    MOATI_CHART_STACKS, /* values, as one column for each position */
    /* Over the values of samples. */
    MOATI_CHART_HISTOGRAM,  /* samples of one series, with its percentiles marked */
    MOATI_CHART_CUMULATIVE, /* samples: the probability of at most the value */
    MOATI_CHART_SCATTER,    /* x and samples: one dot for each of the first few hundred */
    /* In rows: `positions` rows, named by `labels`, in the order in which they are given. */
    MOATI_CHART_TORNADO, /* low and high around `middle` */
    MOATI_CHART_BARS,    /* values, of any sign; several series: bars beside each other */
    MOATI_CHART_BRIDGE,  /* values: where it begins, then changes, then where it ends */
    MOATI_CHART_KINDS
} moati_chart_kind;

/* A kind uses the arrays that its line above names; the others may be anything. */
typedef struct moati_chart_series {
    const char *label; /* NULL: none, where there is but one */
    /* Fan. Pairs may be NULL: what has been published is a p50 alone. */
    const double *p5, *p25, *p50, *p75, *p95;
    const double *values;
    /* What comes out with the row's assumption at its low and at its high end: either may be the
     * larger. */
    const double *low, *high;
    const double *samples, *x;
    size_t sample_count;
} moati_chart_series;

/* A value to compare with: a line across the chart. */
typedef struct moati_chart_mark {
    double value;
    const char *label;
} moati_chart_mark;

enum { MOATI_CHART_SERIES = 12 }; /* that can be told apart */

typedef struct moati_chart {
    moati_chart_kind kind;
    const char *title;    /* drawn above the chart: its message or the name of what it shows */
    const char *subtitle; /* NULL: what the marks stand for, in words */
    const char *unit;     /* of the values: "$bn/yr", "%"; NULL, "" or "1": none */
    const char *x_title;  /* of the axis of positions, or of x of a scatter; NULL: none */
    const char *x_unit;   /* of x of a scatter; NULL: none */
    size_t positions;
    /* "2026", "2026-Q3", "2026-09", numbers or names; NULL: 1, 2, 3 ... */
    const char *const *labels;
    const char *const *details; /* of rows, beside their labels: "12 to 15 $bn/GW/yr"; NULL: none */
    size_t series_count;        /* 1 to MOATI_CHART_SERIES */
    const moati_chart_series *series;
    double middle; /* of a tornado */
    /* The samples are dates: numbers of positions from 0 on, named by `labels`; inf is never. */
    bool dates;
    /* What the axis of values must span, and nothing else where the values lie within; the same
     * twice: as the values demand. Probabilities: 0 and 100. */
    double floor, ceiling;
    size_t mark_count;
    const moati_chart_mark *marks; /* across the values of fans, lines, histograms, cumulatives */
} moati_chart;

/* Writes an SVG element, 720 wide, that follows the reader's light or dark scheme. `id` is that
 * of the element and the beginning of all others within it, letters, digits, "-" and "_": unique on
 * a page. NULL: the SVG is a file of its own, and has a background. Whether the file could be
 * written is the caller's to ask. Errors: MOAT_INVALID (no series, too many, an array missing, an
 * id of other characters), MOAT_NO_MEMORY; nothing has been written then. */
moat_status moati_chart_svg(const moati_chart *chart, const char *id, FILE *file,
                            moat_error *error);

/* Writes the chart in characters, in lines of at most so many columns (of at least 40), without its
 * title and subtitle. `utf8` false: ASCII alone, but for the texts that were given. `colour`: with
 * the escapes of terminals. Errors: as above. */
moat_status moati_chart_text(const moati_chart *chart, size_t columns, bool utf8, bool colour,
                             FILE *file, moat_error *error);

/* Writes in a few sentences what the chart shows, with its main figures, for who cannot see it: the
 * text of <desc> and of an alt attribute. One line, without an end of line; not escaped. Errors:
 * as above. */
moat_status moati_chart_describe(const moati_chart *chart, FILE *file, moat_error *error);

#endif
