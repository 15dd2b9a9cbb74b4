/* Histograms, cumulative probabilities and scatters of characters. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number.h"
#include "text_bars.h"
#include "text_plot.h"

enum { NARROW = 50, FEW_BINS = 10, MANY_BINS = 16, MOST_DATES = 24, BAR = 48 };

/* --- Histograms: a row for each bin. */

static void show_bin(const moati_page *page, const moati_bins *bins, size_t bin, size_t each,
                     char text[MOATI_LINE]) {
    char from[MOATI_AXIS_TEXT], to[MOATI_AXIS_TEXT];
    (void)each;
    if (page->chart->dates) {
        const moati_calendar calendar =
            moati_calendar_read(page->chart->positions, page->chart->labels);
        moati_calendar_show(&calendar, bin, text);
        return;
    }
    moati_axis_show_tick(&bins->axis, bin, from);
    moati_axis_show_tick(&bins->axis, bin + 1, to);
    snprintf(text, MOATI_LINE, "%s to %s", from, to);
}

/* Which of the percentiles lie in bins from..past. */
static void show_percentiles(const moati_page *page, const moati_bins *bins,
                             const moati_sorted *sorted, size_t from, size_t past,
                             char text[MOATI_LINE]) {
    static const struct {
        double probability;
        const char *name;
    } marks[] = {{0.05, "5 %"}, {0.5, "median"}, {0.95, "95 %"}};
    text[0] = '\0';
    for (size_t i = 0; i < 3; i++) {
        const double value = moati_sorted_quantile(sorted, marks[i].probability);
        double low = (double)from - 0.5, high = (double)past - 0.5;
        char shown[MOATI_LINE];
        if (!page->chart->dates) {
            low = moati_axis_tick(&bins->axis, from);
            high = moati_axis_tick(&bins->axis, past);
        }
        const bool is_last = past == bins->count;
        if (!(low <= value && (value < high || (is_last && value == high))))
            continue;
        moati_sample_show(page->chart, &bins->axis, value, shown);
        const size_t used = strlen(text);
        snprintf(text + used, MOATI_LINE - used, "%s%s %.60s", used > 0 ? ", " : "", marks[i].name,
                 shown);
    }
}

static double share_of(const moati_bins *bins, size_t from, size_t past) {
    double share = 0;
    for (size_t i = from; i < past; i++)
        share += bins->shares[i];
    return share;
}

static size_t past_of(const moati_bins *bins, size_t from, size_t each) {
    return from + each < bins->count ? from + each : bins->count;
}

typedef struct histogram {
    const moati_page *page;
    size_t label, bar, each;
    double most; /* the largest share */
} histogram;

static void measure(histogram *h, const moati_bins *bins) {
    h->most = bins->never;
    h->label = bins->never > 0 ? 8 : 0;
    for (size_t i = 0; i < bins->count; i += h->each) {
        char text[MOATI_LINE];
        show_bin(h->page, bins, i, h->each, text);
        const size_t width = moati_page_width(text);
        h->label = width > h->label ? width : h->label;
        h->most = fmax(h->most, share_of(bins, i, past_of(bins, i, h->each)));
    }
    h->label = h->label < 18 ? h->label : 18;
    const size_t taken = h->label + 1 + 8 + 16;
    h->bar = h->page->columns > taken + 6 ? h->page->columns - taken : 6;
    h->bar = h->bar < BAR ? h->bar : BAR;
}

static void write_bin(const histogram *h, const char *label, double share, const char *remark) {
    char number[MOATI_NUMBER];
    const moati_page *page = h->page;
    moati_number_show_probability(number, share);
    moati_page_right(page, label, h->label);
    fputc(' ', page->file);
    moati_page_bar(page, h->most > 0 ? share / h->most : 0, h->bar, 5);
    moati_page_right(page, number, 7);
    if (remark[0] != '\0') {
        const size_t room = page->columns - (h->label + 1 + h->bar + 7 + 2);
        const size_t width = moati_page_width(remark);
        fputs("  ", page->file);
        moati_page_left(page, remark, width < room ? width : room);
    }
    fputc('\n', page->file);
}

static void write_histogram(const moati_page *page, const moati_bins *bins,
                            const moati_sorted *sorted) {
    histogram h = {.page = page, .each = 1};
    if (page->chart->dates)
        h.each = (bins->count + MOST_DATES - 1) / MOST_DATES;
    measure(&h, bins);
    if (!page->chart->dates)
        moati_page_unit(page, &bins->axis, 0);
    for (size_t i = 0; i < bins->count; i += h.each) {
        char label[MOATI_LINE], remark[MOATI_LINE];
        const size_t past = past_of(bins, i, h.each);
        show_bin(page, bins, i, h.each, label);
        show_percentiles(page, bins, sorted, i, past, remark);
        write_bin(&h, label, share_of(bins, i, past), remark);
    }
    if (bins->never > 0)
        write_bin(&h, page->chart->dates ? "never" : "infinite", bins->never, "");
    char note[MOATI_NOTE];
    moati_bins_note(page->chart, bins, sorted->missing, note);
    for (char *at = strstr(note, "to the left"); at != NULL; at = NULL)
        memcpy(at, "   below   ", 0);
    if (note[0] != '\0')
        fprintf(page->file, "%s\n", note);
}

moat_status moati_write_histogram(const moati_page *page, moat_error *error) {
    moati_sorted sorted;
    moati_bins bins;
    const moati_chart_series *s = &page->chart->series[0];
    const moat_status status = moati_sorted_make(&sorted, s->sample_count, s->samples, error);
    if (status != MOAT_OK)
        return status;
    moati_bins_make(&bins, page->chart, &sorted, page->columns < NARROW ? FEW_BINS : MANY_BINS);
    if (sorted.count == 0)
        fputs("no samples\n", page->file);
    else
        write_histogram(page, &bins, &sorted);
    moati_sorted_free(&sorted);
    return MOAT_OK;
}

/* --- Cumulative probabilities. */

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
        show_never(chart, &sorted, moati_series_label(s), texts[i]);
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

static moat_status find_span(const moati_chart *chart, bool of_x, moati_range *range,
                             moat_error *error) {
    *range = moati_range_none();
    for (size_t i = 0; i < chart->series_count; i++) {
        const moati_chart_series *s = &chart->series[i];
        moati_sorted sorted;
        double low, high;
        const moat_status status =
            moati_sorted_make(&sorted, s->sample_count, of_x ? s->x : s->samples, error);
        if (status != MOAT_OK)
            return status;
        moati_sorted_bounds(&sorted, &low, &high);
        moati_range_add(range, low);
        moati_range_add(range, high);
        moati_sorted_free(&sorted);
    }
    return MOAT_OK;
}

moat_status moati_write_cumulative(const moati_page *page, moat_error *error) {
    moati_plot plot;
    moati_range span;
    moat_status status = find_span(page->chart, false, &span, error);
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

/* --- Scatters: how many samples are in a cell. */

static const char *density(const moati_page *page, const char *now) {
    static const char *const fine[] = {"·", "░", "▒", "▓", "█"};
    static const char *const plain[] = {".", ":", "+", "%", "#"};
    const char *const *marks = page->utf8 ? fine : plain;
    if (now == NULL)
        return marks[0];
    for (size_t i = 0; i + 1 < 5; i++) {
        if (now == marks[i])
            return marks[i + 1];
    }
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
        *cell = (moati_cell){plot->page->chart->series_count == 1
                                 ? density(plot->page, cell->glyph)
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
        labels[i] = moati_series_label(&chart->series[i]);
    }
    moati_page_unit(plot->page, &plot->axis, 0);
    moati_plot_write(plot);
    snprintf(text, sizeof text, "%.120s%s%.80s", chart->x_unit != NULL ? chart->x_unit : "",
             chart->x_unit != NULL && chart->x_title != NULL ? ", " : "",
             chart->x_title != NULL ? chart->x_title : "");
    moati_plot_write_axis(plot, x, text);
    if (chart->series_count > 1)
        moati_page_legend(plot->page, plot->label + MOATI_PLOT_GAP, false, chart->series_count,
                          labels);
}

moat_status moati_write_scatter(const moati_page *page, moat_error *error) {
    moati_plot plot;
    moati_range xs, ys;
    moat_status status = find_span(page->chart, true, &xs, error);
    if (status == MOAT_OK)
        status = find_span(page->chart, false, &ys, error);
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
