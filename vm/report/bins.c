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

typedef struct note {
    char *text;
    const char *between;
} note;

/* "0.4 % above 1,200 $bn". */
static void add_share(note *n, double share, const char *words, const char *value) {
    char number[MOATI_NUMBER];
    const size_t used = strlen(n->text);
    if (!(share > 0))
        return;
    moati_number_show_probability(number, share);
    snprintf(n->text + used, MOATI_NOTE - used, "%s%s %s%.80s", n->between, number, words, value);
    n->between = ", ";
}

static void show_end(const moati_chart *chart, const moati_axis *axis, size_t tick,
                     char text[MOATI_LINE]) {
    char number[MOATI_AXIS_TEXT], unit[MOATI_LINE];
    moati_axis_show_tick(axis, tick, number);
    moati_axis_unit(axis, moati_chart_unit(chart), unit, sizeof unit);
    snprintf(text, MOATI_LINE, "%s%s%.160s", number, unit[0] != '\0' ? " " : "", unit);
}

void moati_bins_note(const moati_chart *chart, const moati_bins *bins, size_t missing,
                     char text[MOATI_NOTE]) {
    char low[MOATI_LINE] = "", high[MOATI_LINE] = "", count[MOATI_NUMBER];
    note n = {text, ""};
    text[0] = '\0';
    if (chart->dates) {
        add_share(&n, bins->below, "earlier", "");
        add_share(&n, bins->above, "later", "");
    } else {
        show_end(chart, &bins->axis, 0, low);
        show_end(chart, &bins->axis, bins->count, high);
        add_share(&n, bins->below, "below ", low);
        add_share(&n, bins->above, "above ", high);
        add_share(&n, bins->beyond, "infinite and negative", "");
    }
    if (text[0] != '\0')
        strncat(text, ", not shown", MOATI_NOTE - strlen(text) - 1);
    if (missing == 0)
        return;
    const size_t used = strlen(text);
    moati_number_show_count(count, missing);
    snprintf(text + used, MOATI_NOTE - used, "%s%s samples without a value", used > 0 ? "; " : "",
             count);
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
