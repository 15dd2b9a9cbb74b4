/* The frame of charts: heading, axis of values, notes. */
#include "frame.h"

#include <math.h>
#include <string.h>

enum { TITLE_SIZE = 18, TITLE_LEADING = 23, TEXT_SIZE = 13, LEADING = 18, TICKS = 9 };

static const double inner_width = MOATI_SVG_WIDTH - 2 * MOATI_MARGIN;

void moati_frame_open(moati_frame *frame, moati_svg *svg, const moati_chart *chart,
                      const char *subtitle) {
    *frame = (moati_frame){.svg = svg,
                           .chart = chart,
                           .left = MOATI_MARGIN,
                           .right = MOATI_SVG_WIDTH - MOATI_MARGIN,
                           .top = MOATI_MARGIN};
    /* Bold letters are wider than those that were measured. */
    const moati_lines title = moati_label_wrap(chart->title, TITLE_SIZE * 1.1, inner_width, 2);
    moati_svg_lines(svg, "title", frame->left, frame->top + 14, TITLE_LEADING, MOATI_START, &title);
    frame->top += TITLE_LEADING * (double)title.count;
    const char *text = chart->subtitle != NULL ? chart->subtitle : subtitle;
    const moati_lines below = moati_label_wrap(text, TEXT_SIZE, inner_width, 3);
    moati_svg_lines(svg, "quiet", frame->left, frame->top + 12, LEADING, MOATI_START, &below);
    frame->top += LEADING * (double)below.count + 8;
}

void moati_frame_legend(moati_frame *frame, size_t count, const char *const *labels) {
    enum { SQUARE = 11, GAP = 18 };
    double x = frame->left, y = frame->top + 10;
    for (size_t i = 0; i < count; i++) {
        const moati_lines label = moati_label_wrap(labels[i], TEXT_SIZE, 220, 1);
        const double width = SQUARE + 6 + label.width;
        if (x > frame->left && x + width > frame->right) {
            x = frame->left;
            y += LEADING;
        }
        const moati_class class = moati_svg_class(frame->svg, 'f', i, "");
        moati_svg_rect(frame->svg, class.text, x, y - SQUARE + 1, x + SQUARE, y + 1);
        moati_svg_lines(frame->svg, "plain", x + SQUARE + 6, y, LEADING, MOATI_START, &label);
        x += width + GAP;
    }
    frame->top = y + 12;
}

void moati_typeset(char *text, size_t size) {
    static const char minus[] = "\xe2\x88\x92";
    enum { MORE = sizeof minus - 2 };
    for (char *at = text; *at != '\0'; at++) {
        const bool begins = at == text || at[-1] == ' ';
        const size_t rest = strlen(at + 1);
        if (*at != '-' || !begins || (size_t)(at - text) + rest + MORE + 2 > size)
            continue;
        memmove(at + 1 + MORE, at + 1, rest + 1);
        memcpy(at, minus, MORE + 1);
    }
}

void moati_frame_show(const moati_frame *frame, double value, char text[MOATI_AXIS_TEXT]) {
    moati_axis_show(&frame->axis, value, text);
    moati_typeset(text, MOATI_AXIS_TEXT);
}

moati_range moati_frame_range(const moati_chart *chart, moati_range range) {
    if (chart->floor < chart->ceiling) {
        moati_range_add(&range, chart->floor);
        moati_range_add(&range, chart->ceiling);
    }
    for (size_t i = 0; i < chart->mark_count; i++)
        moati_range_add(&range, chart->marks[i].value);
    return range;
}

void moati_frame_upwards(moati_frame *frame, moati_range range, double reserved) {
    const moati_chart *chart = frame->chart;
    frame->axis = moati_axis_make(range, TICKS);
    double widest = 0;
    for (size_t i = 0; i < frame->axis.ticks; i++) {
        char text[MOATI_AXIS_TEXT];
        moati_axis_show_tick(&frame->axis, i, text);
        widest = fmax(widest, moati_label_width(text, TEXT_SIZE));
    }
    char unit[MOATI_LINE];
    moati_axis_unit(&frame->axis, chart->unit, unit, sizeof unit);
    frame->left += widest + 10;
    frame->right -= reserved;
    frame->top += unit[0] != '\0' ? 30 : 14;
    frame->bottom = frame->top + MOATI_PLOT_HEIGHT;
}

void moati_frame_draw_values(const moati_frame *frame, const char *unit) {
    char text[MOATI_LINE];
    moati_axis_unit(&frame->axis, unit, text, sizeof text);
    const moati_lines caption = moati_label_wrap(text, TEXT_SIZE, inner_width, 1);
    moati_svg_lines(frame->svg, "quiet", MOATI_MARGIN, frame->top - 14, LEADING, MOATI_START,
                    &caption);
    for (size_t i = 0; i < frame->axis.ticks; i++) {
        const double y = moati_frame_value(frame, moati_axis_tick(&frame->axis, i));
        char label[MOATI_AXIS_TEXT];
        moati_axis_show_tick(&frame->axis, i, label);
        moati_typeset(label, sizeof label);
        moati_svg_line(frame->svg, "grid", frame->left, y, frame->right, y);
        moati_svg_text(frame->svg, "quiet", frame->left - 8, y + 4.5, MOATI_END, label);
    }
}

void moati_frame_draw_zero(const moati_frame *frame) {
    if (!(frame->axis.low <= 0 && frame->axis.high >= 0))
        return;
    const double at = moati_frame_value(frame, 0);
    if (frame->across)
        moati_svg_line(frame->svg, "zero", at, frame->top, at, frame->bottom);
    else
        moati_svg_line(frame->svg, "zero", frame->left, at, frame->right, at);
}

double moati_frame_value(const moati_frame *frame, double value) {
    /* NaN stays what it is: fmin would hide it. */
    if (!isnan(value))
        value = fmax(frame->axis.low, fmin(value, frame->axis.high));
    const double place = moati_axis_place(&frame->axis, value);
    if (!frame->across)
        return frame->bottom - place * (frame->bottom - frame->top);
    const double left = frame->left + frame->room_left, right = frame->right - frame->room_right;
    return left + place * (right - left);
}

void moati_frame_draw_across(moati_frame *frame, bool above, const char *title) {
    const double y = above ? frame->top - 8 : frame->bottom + 18;
    for (size_t i = 0; i < frame->axis.ticks; i++) {
        const double x = moati_frame_value(frame, moati_axis_tick(&frame->axis, i));
        char label[MOATI_AXIS_TEXT];
        moati_axis_show_tick(&frame->axis, i, label);
        moati_typeset(label, sizeof label);
        moati_svg_line(frame->svg, "grid", x, above ? frame->top : frame->bottom, x,
                       above ? frame->bottom : frame->bottom + 5);
        moati_svg_text(frame->svg, "quiet", x, y, MOATI_CENTRE, label);
    }
    char text[MOATI_LINE];
    moati_axis_unit(&frame->axis, title, text, sizeof text);
    const moati_lines caption = moati_label_wrap(text, TEXT_SIZE, inner_width, 1);
    if (above) {
        moati_svg_lines(frame->svg, "quiet", MOATI_MARGIN, y, LEADING, MOATI_START, &caption);
        return;
    }
    moati_svg_lines(frame->svg, "quiet", frame->right, y + LEADING, LEADING, MOATI_END, &caption);
    frame->svg->height = y + LEADING * (double)caption.count;
}

static void draw_mark(const moati_frame *frame, const moati_chart_mark *mark) {
    const double at = moati_frame_value(frame, mark->value);
    const moati_lines label = moati_label_wrap(mark->label, 12, 260, 1);
    if (frame->across) {
        /* On the side where there is less data, if there is room. */
        const bool fits = at - frame->left > label.width + 10;
        const bool is_left =
            fits && (at < (frame->left + frame->right) / 2 || frame->right - at < label.width + 10);
        moati_svg_line(frame->svg, "rule fine dash", at, frame->top, at, frame->bottom);
        moati_svg_lines(frame->svg, "quiet small halo", is_left ? at - 5 : at + 5, frame->top + 10,
                        LEADING, is_left ? MOATI_END : MOATI_START, &label);
        return;
    }
    moati_svg_line(frame->svg, "rule fine dash", frame->left, at, frame->right, at);
    moati_svg_lines(frame->svg, "quiet small halo", frame->left + 4, at - 5, LEADING, MOATI_START,
                    &label);
}

void moati_frame_draw_marks(const moati_frame *frame) {
    for (size_t i = 0; i < frame->chart->mark_count; i++)
        if (isfinite(frame->chart->marks[i].value))
            draw_mark(frame, &frame->chart->marks[i]);
}

void moati_frame_say_nothing(const moati_frame *frame) {
    moati_svg_text(frame->svg, "quiet", (frame->left + frame->right) / 2,
                   (frame->top + frame->bottom) / 2, MOATI_CENTRE, "no finite values");
}

void moati_frame_note(moati_frame *frame, const char *text) {
    const moati_lines note = moati_label_wrap(text, 12, inner_width, 3);
    if (note.count == 0)
        return;
    moati_svg_lines(frame->svg, "quiet small", MOATI_MARGIN, frame->svg->height + 22, 16,
                    MOATI_START, &note);
    frame->svg->height += 8 + 16 * (double)note.count;
}
