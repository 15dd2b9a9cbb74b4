/* The kinds of charts as pictures, and what their renderings share. */
#ifndef MOATI_CHART_DRAW_H
#define MOATI_CHART_DRAW_H

#include "chart.h"
#include "frame.h"
#include "sorted.h"

/* Draws all but the frame's finish. */
typedef moat_status moati_draw(const moati_chart *chart, moati_svg *svg, moat_error *error);
moati_draw moati_draw_fan, moati_draw_lines, moati_draw_areas, moati_draw_stacks,
    moati_draw_histogram, moati_draw_cumulative, moati_draw_scatter, moati_draw_tornado,
    moati_draw_bars, moati_draw_bridge;

/* --- Questions about a chart that every rendering asks. */

/* Something is known beside the p50. */
bool moati_series_has_band(const moati_chart_series *series);
/* All quantiles are the same at each position: nothing is uncertain. */
bool moati_series_is_exact(const moati_chart_series *series, size_t positions);
/* What all values of a chart over positions or rows span. */
moati_range moati_chart_span(const moati_chart *chart);
/* Between which values the samples of all series, or their x, are shown. Errors: MOAT_NO_MEMORY. */
moat_status moati_samples_span(const moati_chart *chart, bool of_x, moati_range *range,
                               moat_error *error);
/* What is on the axis of x: its title, scale and unit. */
void moati_scatter_title(const moati_chart *chart, const moati_axis *x, char text[MOATI_LINE]);
/* Which end of a row of a tornado is further from the middle: 0 the low one, 1 the high one. It is
 * drawn first, so that the other is seen where both are on one side. */
size_t moati_longer_end(const moati_chart *chart, size_t row);
/* The sum before a row's change in a bridge; at the ends, where bars begin at zero, 0. */
double moati_bridge_before(const moati_chart *chart, size_t row);
moati_range moati_bridge_span(const moati_chart *chart);
/* The unit as it is read: "" for none and for "1". */
const char *moati_chart_unit(const moati_chart *chart);
/* The label of a series; "" where there is none, or where the title of the chart says the same. */
const char *moati_chart_label(const moati_chart *chart, size_t series);
/* The last position with a finite value; `positions` where there is none. */
size_t moati_last_finite(const double *values, size_t positions);

/* Where the parts of a stack begin and end: series after series, with an entry for each position.
 * Positive parts are on top of each other, negative ones below zero; what is missing is 0. As
 * shares, negative ones count as 0. */
typedef struct moati_stack {
    double *from, *to;
    size_t positions;
} moati_stack;
moat_status moati_stack_make(moati_stack *stack, const moati_chart *chart, bool shares,
                             moat_error *error);
void moati_stack_free(moati_stack *stack);

/* Samples in bins with round edges. */
enum { MOATI_BINS = 480 };
typedef struct moati_bins {
    moati_axis axis; /* its ticks are the edges; of dates: of positions */
    size_t count;
    double shares[MOATI_BINS]; /* of all samples that are a number */
    double below, above;       /* outside of the axis, finite */
    double never, beyond;      /* +inf, -inf */
} moati_bins;
/* At most so many bins, of at most MOATI_BINS; of dates one for each position. */
void moati_bins_make(moati_bins *bins, const moati_chart *chart, const moati_sorted *sorted,
                     size_t most);

/* Whole numbers, of which there are few, are shown one by one, like dates: a chart that says so,
 * and the samples as numbers of its positions. The chart itself where they are no such numbers. */
enum { MOATI_DISCRETE = 31 };
typedef struct moati_discrete {
    moati_chart chart;
    char texts[MOATI_DISCRETE][16];
    const char *labels[MOATI_DISCRETE];
} moati_discrete;
const moati_chart *moati_discrete_make(moati_discrete *discrete, const moati_chart *chart,
                                       moati_sorted *sorted);

/* What is not drawn of samples, in words; "" where all of it is. */
void moati_bins_note(const moati_chart *chart, const moati_bins *bins, size_t missing,
                     char text[MOATI_NOTE]);

/* A value of samples in words: with its unit, or as a date. */
void moati_sample_show(const moati_chart *chart, const moati_axis *axis, double value,
                       char text[MOATI_LINE]);

/* The rank correlation of x and samples by Spearman, ties in their middle; NaN where there is
 * none. Errors: MOAT_NO_MEMORY. */
moat_status moati_rank_correlation(const moati_chart_series *series, double *correlation,
                                   moat_error *error);

#endif
