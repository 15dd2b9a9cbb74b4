/* Cumulative probabilities of characters. */
#include <math.h>
#include <stdio.h>

#include "number.h"
#include "text_plot.h"

static double reached(const moati_sorted *sorted, double value) {
    if (sorted->count == 0)
        return NAN;
    return 100 * (double)moati_sorted_below(sorted, value) / (double)sorted->count;
}

static void fill_cumulative(const moati_plot *plot, const moati_axis *values, size_t series,
                            const moati_sorted *sorted) {
    const size_t columns = plot->canvas.columns;
    for (size_t x = 0; x < columns; x++) {
        const double part = (double)x / (double)(columns - 1);
        const double value =
            plot->page->chart->dates
                ? (double)moati_plot_position(plot, x) + 0.5
                : nextafter(values->low + part * (values->high - values->low), INFINITY);
        moati_plot_put(plot, x, reached(sorted, value), moati_page_mark(plot->page, series),
                       (unsigned)series + 1);
    }
}

static void show_never(const moati_chart *chart, const moati_sorted *sorted, const char *label,
                       char text[MOATI_LINE]) {
    char number[MOATI_NUMBER];
    snprintf(text, MOATI_LINE, "%.160s", label);
    if (sorted->above == 0)
        return;
    moati_number_show_probability(number, (double)sorted->above / (double)sorted->count);
    snprintf(text, MOATI_LINE, "%.160s%s%s %s", label, label[0] != '\0' ? ", " : "", number,
             chart->dates ? "never" : "infinite");
}

static moat_status write_cumulative(const moati_plot *plot, const moati_axis *values,
                                    moat_error *error) {
    const moati_chart *chart = plot->page->chart;
    char texts[MOATI_CHART_SERIES][MOATI_LINE];
    const char *labels[MOATI_CHART_SERIES];
    bool named = false;
    for (size_t i = 0; i < chart->series_count; i++) {
        const moati_chart_series *s = &chart->series[i];
        moati_sorted sorted;
        const moat_status status = moati_sorted_make(&sorted, s->sample_count, s->samples, error);
        if (status != MOAT_OK)
            return status;
        fill_cumulative(plot, values, i, &sorted);
        show_never(chart, &sorted, moati_chart_label(chart, i), texts[i]);
        moati_sorted_free(&sorted);
        labels[i] = texts[i];
        named = named || texts[i][0] != '\0';
    }
    moati_plot_write(plot);
    if (chart->dates)
        moati_plot_write_positions(plot);
    else
        moati_plot_write_axis(plot, values, moati_chart_unit(chart));
    if (named)
        moati_page_legend(plot->page, plot->label + MOATI_PLOT_GAP, false, chart->series_count,
                          labels);
    return MOAT_OK;
}

moat_status moati_write_cumulative(const moati_page *page, moat_error *error) {
    moati_plot plot;
    moati_range span;
    moat_status status = moati_samples_span(page->chart, false, &span, error);
    if (status != MOAT_OK)
        return status;
    const moati_axis values = moati_axis_make(moati_frame_range(page->chart, span), 7);
    status = moati_plot_open(&plot, page, (moati_range){0, 100}, " %", error);
    if (status != MOAT_OK)
        return status;
    if (page->chart->dates)
        moati_plot_positions(&plot);
    status = write_cumulative(&plot, &values, error);
    moati_plot_close(&plot);
    return status;
}
