/* Fans and lines of characters: time to the right, values upwards. */
#include <math.h>
#include <stdio.h>

#include "text_plot.h"

enum { NARROW = 50 };

typedef enum shade { BLANK, OUTER, INNER, MIDDLE, SHADES } shade;

static const char *glyph_of(const moati_page *page, shade s) {
    static const char *const fine[SHADES] = {NULL, "░", "▒", "█"};
    static const char *const plain[SHADES] = {NULL, ".", ":", "#"};
    return (page->utf8 ? fine : plain)[s];
}

static bool is_between(const moati_plot *plot, const double *low, const double *high,
                       size_t position, double row) {
    if (low == NULL || high == NULL || isnan(low[position]) || isnan(high[position]))
        return false;
    return moati_plot_row(plot, high[position]) <= row &&
           row <= moati_plot_row(plot, low[position]);
}

static shade shade_at(const moati_plot *plot, const moati_chart_series *s, size_t position,
                      size_t row) {
    const double at = (double)row;
    if (!isnan(s->p50[position]) && moati_plot_row(plot, s->p50[position]) == at)
        return MIDDLE;
    if (is_between(plot, s->p25, s->p75, position, at))
        return INNER;
    return is_between(plot, s->p5, s->p95, position, at) ? OUTER : BLANK;
}

static void write_shades(const moati_plot *plot, const moati_chart_series *s) {
    const moati_page *page = plot->page;
    const bool is_narrow = page->columns < NARROW;
    if (!moati_series_has_band(s) || moati_series_is_exact(s, page->chart->positions))
        return;
    moati_page_blanks(page, plot->label + MOATI_PLOT_GAP);
    fprintf(page->file, "%s median", glyph_of(page, MIDDLE));
    if (s->p25 != NULL && s->p75 != NULL)
        fprintf(page->file, "  %s %s", glyph_of(page, INNER), is_narrow ? "50 %" : "25 to 75 %");
    if (s->p5 != NULL && s->p95 != NULL)
        fprintf(page->file, "  %s %s", glyph_of(page, OUTER), is_narrow ? "90 %" : "5 to 95 %");
    fputc('\n', page->file);
}

static void fill_fan(const moati_plot *plot, const moati_chart_series *s) {
    for (size_t row = 0; row < plot->canvas.rows; row++) {
        for (size_t x = 0; x < plot->canvas.columns; x++) {
            const size_t position = moati_plot_position(plot, x);
            const char *glyph = glyph_of(plot->page, shade_at(plot, s, position, row));
            *moati_canvas_at(&plot->canvas, row, x) = (moati_cell){glyph, glyph != NULL ? 5 : 0};
        }
    }
}

static const double *curve_of(const moati_chart *chart, size_t series) {
    const moati_chart_series *s = &chart->series[series];
    return chart->kind == MOATI_CHART_FAN ? s->p50 : s->values;
}

static void fill_lines(const moati_plot *plot) {
    const moati_chart *chart = plot->page->chart;
    for (size_t i = chart->series_count; i-- > 0;) {
        for (size_t x = 0; x < plot->canvas.columns; x++)
            moati_plot_put(plot, x, curve_of(chart, i)[moati_plot_position(plot, x)],
                           moati_page_mark(plot->page, i), (unsigned)i + 1);
    }
}

/* Each series with its last value; one without a name needs no legend. */
static void write_legend(const moati_plot *plot) {
    const moati_chart *chart = plot->page->chart;
    char texts[MOATI_CHART_SERIES][MOATI_LINE];
    const char *labels[MOATI_CHART_SERIES];
    if (chart->series_count == 1 && moati_chart_label(chart, 0)[0] == '\0')
        return;
    for (size_t i = 0; i < chart->series_count; i++) {
        const double *values = curve_of(chart, i);
        const size_t last = moati_last_finite(values, chart->positions);
        char number[MOATI_AXIS_TEXT] = "";
        if (last < chart->positions)
            moati_axis_show(&plot->axis, values[last], number);
        snprintf(texts[i], MOATI_LINE, "%.160s %s", moati_chart_label(chart, i), number);
        labels[i] = texts[i];
    }
    moati_page_legend(plot->page, plot->label + MOATI_PLOT_GAP, false, chart->series_count, labels);
}

static moat_status write_over_positions(const moati_page *page, bool fan, moat_error *error) {
    moati_plot plot;
    const moati_range span = moati_chart_span(page->chart);
    if (span.low > span.high) {
        fputs("no finite values\n", page->file);
        return MOAT_OK;
    }
    const moati_range range = moati_range_from_zero(moati_frame_range(page->chart, span), false);
    const moat_status status = moati_plot_open(&plot, page, range, "", error);
    if (status != MOAT_OK)
        return status;
    moati_plot_positions(&plot);
    if (fan)
        fill_fan(&plot, &page->chart->series[0]);
    else
        fill_lines(&plot);
    moati_page_unit(page, &plot.axis, 0);
    moati_plot_write(&plot);
    moati_plot_write_positions(&plot);
    if (fan)
        write_shades(&plot, &page->chart->series[0]);
    else
        write_legend(&plot);
    moati_plot_close(&plot);
    return MOAT_OK;
}

moat_status moati_write_fan(const moati_page *page, moat_error *error) {
    return write_over_positions(page, page->chart->series_count == 1, error);
}

moat_status moati_write_lines(const moati_page *page, moat_error *error) {
    return write_over_positions(page, false, error);
}
