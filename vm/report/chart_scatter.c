/* Scatters: two values of the same samples, with the medians of tenths. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chart_draw.h"
#include "number.h"

enum { DOTS = 300, TENTHS = 10 };

typedef struct dot {
    double x, y;
} dot;

static int compare_x(const void *a, const void *b) {
    const dot *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static int compare_y(const void *a, const void *b) {
    const double p = ((const dot *)a)->y, q = ((const dot *)b)->y;
    return (p > q) - (p < q);
}

static size_t take_dots(const moati_chart_series *s, dot *dots) {
    size_t count = 0;
    for (size_t i = 0; i < s->sample_count; i++)
        if (isfinite(s->x[i]) && isfinite(s->samples[i]))
            dots[count++] = (dot){s->x[i], s->samples[i]};
    return count;
}

typedef struct plot {
    moati_frame frame;
    moati_axis x;
} plot;

static double x_of(const plot *p, double x) {
    return p->frame.left + moati_axis_place(&p->x, x) * (p->frame.right - p->frame.left);
}

static bool is_inside(const plot *p, const dot *d) {
    return d->x >= p->x.low && d->x <= p->x.high && d->y >= p->frame.axis.low &&
           d->y <= p->frame.axis.high;
}

/* The first few hundred: as good as any, samples being in no order. */
static void draw_dots(plot *p, size_t series, const dot *dots, size_t count) {
    const moati_class class = moati_svg_class(p->frame.svg, 'f', series, "dots");
    const size_t most = DOTS / p->frame.chart->series_count;
    for (size_t i = 0, shown = 0; i < count && shown < most; i++) {
        if (!is_inside(p, &dots[i]))
            continue;
        moati_svg_dot(p->frame.svg, class.text, x_of(p, dots[i].x),
                      moati_frame_value(&p->frame, dots[i].y), 2.2);
        shown++;
    }
}

static double middle(const dot *sorted, size_t count) {
    return (sorted[(count - 1) / 2].y + sorted[count / 2].y) / 2;
}

/* The medians of y in the tenths of x, at the medians of x in them. */
static void draw_medians(plot *p, size_t series, dot *dots, size_t count) {
    if (count < (size_t)10 * TENTHS)
        return;
    const moati_class class = moati_svg_class(p->frame.svg, 's', series, "curve");
    qsort(dots, count, sizeof *dots, compare_x);
    moati_svg_path(p->frame.svg, class.text);
    for (size_t k = 0; k < TENTHS; k++) {
        const size_t from = count * k / TENTHS, past = count * (k + 1) / TENTHS;
        const double x = dots[from + (past - from) / 2].x;
        qsort(dots + from, past - from, sizeof *dots, compare_y);
        const double y = middle(dots + from, past - from);
        moati_svg_point(
            p->frame.svg, k == 0 ? 'M' : 'L', x_of(p, fmax(p->x.low, fmin(x, p->x.high))),
            moati_frame_value(&p->frame, fmax(p->frame.axis.low, fmin(y, p->frame.axis.high))));
    }
    moati_svg_end(p->frame.svg, false);
}

static void draw_x(plot *p) {
    moati_frame across = p->frame;
    char text[MOATI_LINE];
    across.axis = p->x;
    across.across = true;
    moati_scatter_title(p->frame.chart, &p->x, text);
    across.axis.prefix = "";
    moati_frame_draw_across(&across, false, text);
}

static moat_status draw_series(plot *p, moat_error *error) {
    const moati_chart *chart = p->frame.chart;
    for (size_t i = 0; i < chart->series_count; i++) {
        const moati_chart_series *s = &chart->series[i];
        dot *dots = malloc((s->sample_count + 1) * sizeof *dots);
        if (dots == NULL)
            return moat_fail(error, MOAT_NO_MEMORY, "no memory to draw %zu samples of a chart",
                             s->sample_count);
        const size_t count = take_dots(s, dots);
        draw_dots(p, i, dots, count);
        draw_medians(p, i, dots, count);
        free(dots);
    }
    return MOAT_OK;
}

static moat_status subtitle(const moati_chart *chart, char text[MOATI_LINE], moat_error *error) {
    double correlation = NAN;
    char number[MOATI_NUMBER];
    moat_status status = MOAT_OK;
    if (chart->series_count == 1)
        status = moati_rank_correlation(&chart->series[0], &correlation, error);
    moati_number_show(number, correlation, 2);
    moati_typeset(number, sizeof number);
    snprintf(text, MOATI_LINE, "Samples, and the median of each tenth of them%s%s",
             isnan(correlation) ? "" : "; rank correlation ", isnan(correlation) ? "" : number);
    return status;
}

moat_status moati_draw_scatter(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    plot p;
    char text[MOATI_LINE];
    moati_range xs, ys;
    moat_status status = subtitle(chart, text, error);
    if (status == MOAT_OK)
        status = moati_samples_span(chart, true, &xs, error);
    if (status == MOAT_OK)
        status = moati_samples_span(chart, false, &ys, error);
    if (status != MOAT_OK)
        return status;
    moati_frame_open(&p.frame, svg, chart, text);
    if (chart->series_count > 1) {
        const char *labels[MOATI_CHART_SERIES];
        for (size_t i = 0; i < chart->series_count; i++)
            labels[i] = moati_chart_label(chart, i);
        moati_frame_legend(&p.frame, chart->series_count, labels);
    }
    p.x = moati_axis_make(xs, 9);
    moati_frame_upwards(&p.frame, moati_frame_range(chart, ys), 10);
    moati_frame_draw_values(&p.frame, chart->unit);
    moati_frame_draw_zero(&p.frame);
    moati_frame_draw_marks(&p.frame);
    draw_x(&p);
    return draw_series(&p, error);
}
