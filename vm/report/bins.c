/* Samples in bins with round edges. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart_draw.h"
#include "number.h"

static double share_between(const moati_sorted *sorted, size_t from, size_t to) {
    return sorted->count == 0 ? 0 : (double)(to - from) / (double)sorted->count;
}

/* A bin holds its lower edge; the last one both. */
static void fill(moati_bins *bins, const moati_sorted *sorted) {
    const size_t above = sorted->count - sorted->above;
    size_t from = moati_sorted_below(sorted, moati_axis_tick(&bins->axis, 0));
    bins->below = share_between(sorted, sorted->below, from);
    for (size_t i = 0; i < bins->count; i++) {
        const double edge = moati_axis_tick(&bins->axis, i + 1);
        const bool is_last = i + 1 == bins->count;
        const size_t to = moati_sorted_below(sorted, is_last ? nextafter(edge, INFINITY) : edge);
        bins->shares[i] = share_between(sorted, from, to);
        from = to;
    }
    bins->above = share_between(sorted, from, above);
}

static void fill_dates(moati_bins *bins, const moati_sorted *sorted) {
    const size_t above = sorted->count - sorted->above;
    size_t from = moati_sorted_below(sorted, -0.5);
    bins->below = share_between(sorted, sorted->below, from);
    for (size_t i = 0; i < bins->count; i++) {
        const size_t to = moati_sorted_below(sorted, (double)i + 0.5);
        bins->shares[i] = share_between(sorted, from, to);
        from = to;
    }
    bins->above = share_between(sorted, from, above);
}

void moati_bins_make(moati_bins *bins, const moati_chart *chart, const moati_sorted *sorted,
                     size_t most) {
    *bins = (moati_bins){.never = share_between(sorted, 0, sorted->above),
                         .beyond = share_between(sorted, 0, sorted->below)};
    if (chart->dates) {
        bins->count = chart->positions < MOATI_BINS ? chart->positions : MOATI_BINS;
        fill_dates(bins, sorted);
        return;
    }
    moati_range range = moati_range_none();
    double low, high;
    moati_sorted_bounds(sorted, &low, &high);
    moati_range_add(&range, low);
    moati_range_add(&range, high);
    most = most < MOATI_BINS ? most : MOATI_BINS;
    bins->axis = moati_axis_make(moati_frame_range(chart, range), most + 1);
    bins->count = bins->axis.ticks - 1;
    fill(bins, sorted);
}

static void add_note(char note[MOATI_NOTE], double share, const char *words) {
    char number[MOATI_NUMBER], text[128];
    if (share <= 0)
        return;
    moati_number_show_probability(number, share);
    snprintf(text, sizeof text, "%s%s %s", note[0] != '\0' ? ", " : "", number, words);
    if (strlen(note) + strlen(text) < MOATI_NOTE)
        strcat(note, text);
}

void moati_bins_note(const moati_chart *chart, const moati_bins *bins, size_t missing,
                     char note[MOATI_NOTE]) {
    char text[MOATI_LINE];
    note[0] = '\0';
    add_note(note, bins->below, chart->dates ? "earlier" : "further to the left");
    add_note(note, bins->above, chart->dates ? "later" : "further to the right");
    if (note[0] != '\0')
        strcat(note, chart->dates ? "" : ", not shown");
    if (!chart->dates) {
        add_note(note, bins->never, "infinite");
        add_note(note, bins->beyond, "infinite and negative");
    }
    if (missing > 0) {
        char count[MOATI_NUMBER];
        moati_number_show_count(count, missing);
        snprintf(text, sizeof text, "%s%s samples without a value", note[0] != '\0' ? "; " : "",
                 count);
        if (strlen(note) + strlen(text) < MOATI_NOTE)
            strcat(note, text);
    }
}

void moati_sample_show(const moati_chart *chart, const moati_axis *axis, double value,
                       char text[MOATI_LINE]) {
    if (chart->dates && isfinite(value) && value > -0.5 && value < (double)chart->positions) {
        const moati_calendar calendar = moati_calendar_read(chart->positions, chart->labels);
        const double position = fmin(floor(value + 0.5), (double)(chart->positions - 1));
        moati_calendar_show(&calendar, (size_t)fmax(position, 0), text);
        return;
    }
    if (chart->dates && isinf(value))
        strcpy(text, value > 0 ? "never" : "before");
    else
        moati_axis_show(axis, value, text);
}
