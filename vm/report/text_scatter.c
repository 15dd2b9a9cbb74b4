/* Scatters of characters: how many samples are in a cell. */
#include <math.h>
#include <stdio.h>

#include "text_plot.h"

static const char *density(const moati_page *page, const char *now) {
    static const char *const fine[] = {"·", "░", "▒", "▓", "█"};
    static const char *const plain[] = {".", ":", "+", "%", "#"};
    const char *const *marks = page->utf8 ? fine : plain;
    if (now == NULL)
        return marks[0];
    for (size_t i = 0; i + 1 < 5; i++)
        if (now == marks[i])
            return marks[i + 1];
    return now;
}

static void fill_scatter(const moati_plot *plot, const moati_axis *x, size_t series) {
    enum { DOTS = 600 };
    const moati_chart_series *s = &plot->page->chart->series[series];
    for (size_t i = 0; i < s->sample_count && i < DOTS; i++) {
        const double column =
            round(moati_axis_place(x, s->x[i]) * (double)(plot->canvas.columns - 1));
        const double row = moati_plot_row(plot, s->samples[i]);
        if (!(column >= 0 && column < (double)plot->canvas.columns && row >= 0 &&
              row < (double)plot->canvas.rows))
            continue;
        moati_cell *cell = moati_canvas_at(&plot->canvas, (size_t)row, (size_t)column);
        *cell =
            (moati_cell){plot->page->chart->series_count == 1 ? density(plot->page, cell->glyph)
                                                              : moati_page_mark(plot->page, series),
                         (unsigned)series + 1};
    }
}

static void write_scatter(const moati_plot *plot, const moati_axis *x) {
    const moati_chart *chart = plot->page->chart;
    const char *labels[MOATI_CHART_SERIES];
    char text[MOATI_LINE];
    for (size_t i = 0; i < chart->series_count; i++) {
        fill_scatter(plot, x, i);
        labels[i] = moati_chart_label(chart, i);
    }
    moati_page_unit(plot->page, &plot->axis, 0);
    moati_plot_write(plot);
    moati_scatter_title(chart, x, text);
    moati_axis plain = *x;
    plain.prefix = "";
    moati_plot_write_axis(plot, &plain, text);
    if (chart->series_count > 1)
        moati_page_legend(plot->page, plot->label + MOATI_PLOT_GAP, false, chart->series_count,
                          labels);
}

moat_status moati_write_scatter(const moati_page *page, moat_error *error) {
    moati_plot plot;
    moati_range xs, ys;
    moat_status status = moati_samples_span(page->chart, true, &xs, error);
    if (status == MOAT_OK)
        status = moati_samples_span(page->chart, false, &ys, error);
    if (status != MOAT_OK)
        return status;
    const moati_axis x = moati_axis_make(xs, 7);
    status = moati_plot_open(&plot, page, moati_frame_range(page->chart, ys), "", error);
    if (status != MOAT_OK)
        return status;
    write_scatter(&plot, &x);
    moati_plot_close(&plot);
    return MOAT_OK;
}
