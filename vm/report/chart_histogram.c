/* Histograms, with the percentiles marked. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart_draw.h"
#include "number.h"
#include "spread.h"

enum {
    MOST_BINS = 40,
    HEIGHT = 230,
    NEVER_WIDTH = 46,
    CONSTANT_WIDTH = 12,
    MARKS = 3,
    MOST_TIMES = 4,
    BREAK = 22,
    BREAK_GAP = 6
};

static const double probabilities[MARKS] = {0.05, 0.5, 0.95};

/* Everything is the same value: there are no percentiles to tell apart. */
static bool is_constant(const moati_sorted *sorted) {
    return sorted->count > 0 && sorted->values[0] == sorted->values[sorted->count - 1];
}

static void show_mark(const moati_frame *frame, const moati_sorted *sorted, size_t mark,
                      char text[MOATI_LINE]) {
    static const char *const names[MARKS] = {"5 %", "median", "95 %"};
    char value[MOATI_LINE];
    moati_sample_show(frame->chart, &frame->axis,
                      moati_sorted_quantile(sorted, probabilities[mark]), value);
    moati_typeset(value, sizeof value);
    snprintf(text, MOATI_LINE, "%s %.200s", is_constant(sorted) ? "always" : names[mark], value);
}

static double place_of(const moati_frame *frame, double value) {
    if (!frame->chart->dates)
        return moati_frame_value(frame, value);
    const double last = (double)(frame->chart->positions - 1);
    return moati_frame_x(frame, fmax(0, fmin(floor(value + 0.5), last)));
}

/* The percentiles above the plot, apart from each other, with a line down through it. Dates that
 * never come have no place. */
static void draw_marks(const moati_frame *frame, const moati_sorted *sorted) {
    char texts[MARKS][MOATI_LINE];
    double sizes[MARKS], places[MARKS], wanted[MARKS];
    size_t count = 0, from = is_constant(sorted) ? 1 : 0;
    for (size_t i = from; i < (from == 1 ? 2 : MARKS); i++) {
        const double value = moati_sorted_quantile(sorted, probabilities[i]);
        if (!isfinite(value))
            continue;
        show_mark(frame, sorted, i, texts[count]);
        sizes[count] = moati_label_width(texts[count], 13) + 16;
        places[count] = wanted[count] = place_of(frame, value);
        count++;
    }
    moati_spread(count, sizes, places, MOATI_MARGIN, MOATI_SVG_WIDTH - MOATI_MARGIN);
    for (size_t i = 0; i < count; i++) {
        moati_svg_text(frame->svg, "strong", places[i], frame->top - 12, MOATI_CENTRE, texts[i]);
        moati_svg_path(frame->svg, "zero fine");
        moati_svg_point(frame->svg, 'M', places[i], frame->top - 7);
        moati_svg_point(frame->svg, 'L', wanted[i], frame->top);
        moati_svg_point(frame->svg, 'L', wanted[i], frame->bottom);
        moati_svg_end(frame->svg, false);
    }
}

/* The heights: shares of all samples in percent. Samples in which it never happens may be so many
 * that no other would be seen: then theirs is broken off. */
static moati_axis share_axis(const moati_bins *bins) {
    moati_range range = {0, 0};
    for (size_t i = 0; i < bins->count; i++)
        moati_range_add(&range, 100 * bins->shares[i]);
    if (range.high <= 0 || bins->never < MOST_TIMES * range.high / 100)
        moati_range_add(&range, 100 * bins->never);
    return moati_axis_make(range, 5);
}

static double height_of(const moati_frame *frame, const moati_axis *shares, double share) {
    return frame->bottom - moati_axis_place(shares, 100 * share) * (frame->bottom - frame->top);
}

static void draw_shares(moati_frame *frame, const moati_axis *shares) {
    for (size_t i = 1; i < shares->ticks; i++) {
        char text[MOATI_AXIS_TEXT];
        const double y = height_of(frame, shares, moati_axis_tick(shares, i) / 100);
        moati_axis_show_tick(shares, i, text);
        strcat(text, " %");
        moati_svg_line(frame->svg, "grid", frame->left, y, frame->right, y);
        moati_svg_text(frame->svg, "quiet", frame->left - 8, y + 4.5, MOATI_END, text);
    }
}

static void draw_bin(const moati_frame *frame, const moati_axis *shares, double share, double from,
                     double to, bool inside) {
    if (share <= 0)
        return;
    const moati_class class = moati_svg_class(frame->svg, 'f', 0, inside ? "" : "tail");
    const double gap = to - from > 6 ? 0.5 : 0;
    moati_svg_rect(frame->svg, class.text, from + gap, frame->bottom, to - gap,
                   height_of(frame, shares, share));
}

/* Bins whose middle lies outside of the 5th and 95th percentiles are paler. */
static void draw_bins(const moati_frame *frame, const moati_axis *shares, const moati_bins *bins,
                      const moati_sorted *sorted) {
    const double low = place_of(frame, moati_sorted_quantile(sorted, probabilities[0]));
    const double high = place_of(frame, moati_sorted_quantile(sorted, probabilities[2]));
    for (size_t i = 0; i < bins->count; i++) {
        double from, to;
        if (frame->chart->dates) {
            from = moati_frame_x(frame, (double)i - 0.42);
            to = moati_frame_x(frame, (double)i + 0.42);
        } else {
            from = moati_frame_value(frame, moati_axis_tick(&bins->axis, i));
            to = moati_frame_value(frame, moati_axis_tick(&bins->axis, i + 1));
        }
        if (is_constant(sorted)) {
            from = low - CONSTANT_WIDTH;
            to = low + CONSTANT_WIDTH;
        }
        draw_bin(frame, shares, bins->shares[i], from, to, from <= high && to >= low);
    }
}

/* The samples in which it never happens stand beside the others. */
static void draw_never(moati_frame *frame, const moati_axis *shares, const moati_bins *bins) {
    if (!(bins->never > 0))
        return;
    char share[MOATI_NUMBER];
    const double x = frame->right + NEVER_WIDTH / 2.0 + 14;
    const double left = x - NEVER_WIDTH / 2.0, right = x + NEVER_WIDTH / 2.0;
    const bool is_broken = 100 * bins->never > shares->high;
    const double top = is_broken ? frame->top : height_of(frame, shares, bins->never);
    moati_number_show_probability(share, bins->never);
    if (is_broken)
        moati_svg_rect(frame->svg, "plain", left, top, right, top + BREAK);
    moati_svg_rect(frame->svg, "plain", left, frame->bottom, right,
                   is_broken ? top + BREAK + BREAK_GAP : top);
    moati_svg_text(frame->svg, "strong", x, top - 6, MOATI_CENTRE, share);
    moati_svg_text(frame->svg, "quiet", x, frame->bottom + 18, MOATI_CENTRE,
                   frame->chart->dates ? "never" : "infinite");
}

static void draw_axis(moati_frame *frame) {
    if (frame->chart->dates) {
        moati_frame_draw_positions(frame);
        return;
    }
    moati_svg_line(frame->svg, "rule fine", frame->left, frame->bottom, frame->right,
                   frame->bottom);
    moati_frame_draw_across(frame, false, moati_chart_unit(frame->chart));
}

static void draw(moati_frame *frame, const moati_bins *bins, const moati_sorted *sorted) {
    const moati_axis shares = share_axis(bins);
    char note[MOATI_NOTE];
    frame->left += 44;
    frame->right -= bins->never > 0 ? NEVER_WIDTH + 20 : 8;
    frame->top += 28;
    frame->bottom = frame->top + HEIGHT;
    frame->across = true;
    if (frame->chart->dates)
        moati_frame_positions(frame, true);
    else
        frame->axis = moati_axis_within((moati_range){bins->axis.low, bins->axis.high}, 8);
    draw_shares(frame, &shares);
    draw_bins(frame, &shares, bins, sorted);
    draw_never(frame, &shares, bins);
    draw_axis(frame);
    draw_marks(frame, sorted);
    if (!frame->chart->dates)
        moati_frame_draw_marks(frame);
    if (sorted->count == 0)
        moati_frame_say_nothing(frame);
    moati_bins_note(frame->chart, bins, sorted->missing, note);
    moati_typeset(note, sizeof note);
    moati_frame_note(frame, note);
}

moat_status moati_draw_histogram(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    moati_sorted sorted;
    const moat_status status =
        moati_sorted_make(&sorted, chart->series[0].sample_count, chart->series[0].samples, error);
    if (status != MOAT_OK)
        return status;
    moati_bins bins;
    moati_frame frame;
    moati_discrete discrete;
    const moati_chart *shown = moati_discrete_make(&discrete, chart, &sorted);
    moati_bins_make(&bins, shown, &sorted, MOST_BINS);
    moati_frame_open(&frame, svg, shown, "Share of samples");
    draw(&frame, &bins, &sorted);
    moati_sorted_free(&sorted);
    return MOAT_OK;
}
