/* Histograms of characters: a row for each bin. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "canvas.h"
#include "number.h"

enum { NARROW = 60, FEW_BINS = 10, MANY_BINS = 16, MOST_DATES = 24, BAR = 48 };

static void show_bin(const moati_page *page, const moati_bins *bins, size_t bin,
                     char text[MOATI_LINE]) {
    char from[MOATI_AXIS_TEXT], to[MOATI_AXIS_TEXT];
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

static bool is_constant(const moati_sorted *sorted) {
    return sorted->values[0] == sorted->values[sorted->count - 1];
}

/* Whether a value lies in bins from..past. */
static bool is_within(const moati_page *page, const moati_bins *bins, size_t from, size_t past,
                      double value) {
    if (page->chart->dates)
        return (double)from - 0.5 <= value && value < (double)past - 0.5;
    const double high = moati_axis_tick(&bins->axis, past);
    return moati_axis_tick(&bins->axis, from) <= value &&
           (value < high || (past == bins->count && value == high));
}

/* Which of the percentiles lie in bins from..past; with their values where there is room. */
static void show_percentiles(const moati_page *page, const moati_bins *bins,
                             const moati_sorted *sorted, size_t from, size_t past,
                             char text[MOATI_LINE]) {
    static const struct {
        double probability;
        const char *name;
    } marks[] = {{0.05, "5 %"}, {0.5, "median"}, {0.95, "95 %"}};
    const bool constant = is_constant(sorted), is_narrow = page->columns < NARROW;
    text[0] = '\0';
    for (size_t i = constant ? 1 : 0; i < (constant ? 2 : 3); i++) {
        const double value = moati_sorted_quantile(sorted, marks[i].probability);
        char shown[MOATI_LINE];
        if (!is_within(page, bins, from, past, value))
            continue;
        moati_sample_show(page->chart, &bins->axis, value, shown);
        const size_t used = strlen(text);
        snprintf(text + used, MOATI_LINE - used, "%s%s%s%.60s", used > 0 ? ", " : "",
                 constant ? "always" : marks[i].name, is_narrow ? "" : " ", is_narrow ? "" : shown);
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
        show_bin(h->page, bins, i, text);
        const size_t width = moati_page_width(text);
        h->label = width > h->label ? width : h->label;
        h->most = fmax(h->most, share_of(bins, i, past_of(bins, i, h->each)));
    }
    h->label = h->label < 18 ? h->label : 18;
    const size_t taken = h->label + 1 + 9 + (h->page->columns < NARROW ? 11 : 26);
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
    else if (page->chart->x_title != NULL)
        moati_page_paragraph(page, page->chart->x_title);
    size_t first = 0, last = bins->count;
    while (first + h.each < last && bins->shares[first] <= 0 && !page->chart->dates)
        first += h.each;
    while (last > first + 1 && bins->shares[last - 1] <= 0 && !page->chart->dates)
        last--;
    for (size_t i = first; i < last; i += h.each) {
        char label[MOATI_LINE], remark[MOATI_LINE];
        const size_t past = past_of(bins, i, h.each);
        show_bin(page, bins, i, label);
        show_percentiles(page, bins, sorted, i, past, remark);
        write_bin(&h, label, share_of(bins, i, past), remark);
    }
    if (bins->never > 0)
        write_bin(&h, page->chart->dates ? "never" : "infinite", bins->never, "");
    char note[MOATI_NOTE];
    moati_bins_note(page->chart, bins, sorted->missing, note);
    moati_page_paragraph(page, note);
}

moat_status moati_write_histogram(const moati_page *page, moat_error *error) {
    moati_sorted sorted;
    moati_bins bins;
    moati_discrete discrete;
    moati_page shown = *page;
    const moati_chart_series *s = &page->chart->series[0];
    const moat_status status = moati_sorted_make(&sorted, s->sample_count, s->samples, error);
    if (status != MOAT_OK)
        return status;
    shown.chart = moati_discrete_make(&discrete, page->chart, &sorted);
    moati_bins_make(&bins, shown.chart, &sorted, page->columns < NARROW ? FEW_BINS : MANY_BINS);
    if (sorted.count == 0)
        fputs("no samples\n", page->file);
    else
        write_histogram(&shown, &bins, &sorted);
    moati_sorted_free(&sorted);
    return MOAT_OK;
}
