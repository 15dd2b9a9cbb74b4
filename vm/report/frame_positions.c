/* The axis of positions: years ruled and lettered, quarters and months where there is room. */
#include <math.h>
#include <string.h>

#include "frame.h"

enum { SIZE = 13, LEADING = 18, MOST_POINTS = 300 };

void moati_frame_positions(moati_frame *frame, bool columns) {
    const size_t count = frame->chart->positions;
    const double width = frame->right - frame->left, each = width / (double)count;
    frame->calendar = moati_calendar_read(count, frame->chart->labels);
    frame->inset = columns || count == 1 ? each / 2 : fmin(each / 2, 10);
    frame->step = count == 1 ? each : (width - 2 * frame->inset) / (double)(count - 1);
}

double moati_frame_x(const moati_frame *frame, double position) {
    const double x = frame->left + frame->inset + position * frame->step;
    return fmax(frame->left, fmin(x, frame->right));
}

size_t moati_frame_stride(const moati_frame *frame) {
    return (frame->chart->positions + MOST_POINTS - 1) / MOST_POINTS;
}

static void draw_tick(const moati_frame *frame, double x, double length) {
    moati_svg_line(frame->svg, "rule fine", x, frame->bottom, x, frame->bottom + length);
}

/* Quarters or months: whether there was room for them. */
static bool draw_parts(const moati_frame *frame) {
    char text[MOATI_CALENDAR_TEXT];
    double widest = 0;
    for (size_t i = 0; i < frame->calendar.count && i < 12; i++) {
        moati_calendar_show_part(&frame->calendar, i, text);
        widest = fmax(widest, moati_label_width(text, SIZE));
    }
    if (widest + 14 > frame->step)
        return false;
    for (size_t i = 0; i < frame->calendar.count; i++) {
        moati_calendar_show_part(&frame->calendar, i, text);
        moati_svg_text(frame->svg, "quiet", moati_frame_x(frame, (double)i), frame->bottom + 18,
                       MOATI_CENTRE, text);
    }
    return true;
}

/* Years with parts: ruled where they begin, lettered in their middle. */
static double draw_years(const moati_frame *frame) {
    const bool parts = draw_parts(frame);
    const double y = frame->bottom + (parts ? 18 + LEADING : 18);
    const long every = moati_calendar_every(38, frame->step * frame->calendar.each);
    for (size_t from = 0, past; from < frame->calendar.count; from = past) {
        long year;
        past = moati_calendar_span(&frame->calendar, from, &year);
        const double begin = moati_frame_x(frame, (double)from - 0.5);
        const double end = moati_frame_x(frame, (double)past - 0.5);
        if (year % every != 0)
            continue;
        if (from > 0)
            draw_tick(frame, begin, parts ? 12 + LEADING : 6);
        if (end - begin < 34)
            continue;
        char text[MOATI_CALENDAR_TEXT];
        snprintf(text, sizeof text, "%ld", year);
        moati_svg_text(frame->svg, "quiet", (begin + end) / 2, y, MOATI_CENTRE, text);
    }
    return y;
}

static double draw_numbers(const moati_frame *frame) {
    char text[MOATI_CALENDAR_TEXT];
    moati_calendar_show(&frame->calendar, frame->calendar.count - 1, text);
    const long every =
        moati_calendar_every(moati_label_width(text, SIZE) + 14, fmax(frame->step, 1e-3));
    for (size_t i = 0; i < frame->calendar.count; i++) {
        if ((frame->calendar.first + (long)i) % every != 0)
            continue;
        const double x = moati_frame_x(frame, (double)i);
        moati_calendar_show(&frame->calendar, i, text);
        draw_tick(frame, x, 5);
        moati_svg_text(frame->svg, "quiet", x, frame->bottom + 18, MOATI_CENTRE, text);
    }
    return frame->bottom + 18;
}

static double draw_names(const moati_frame *frame) {
    const double width = fmax(frame->step - 8, 70);
    const size_t every = (size_t)ceil((width + 8) / frame->step - 1e-6);
    double lowest = frame->bottom + 18;
    for (size_t i = 0; i < frame->calendar.count; i += every) {
        const moati_lines label = moati_label_wrap(frame->calendar.labels[i], SIZE, width, 3);
        const double x = moati_frame_x(frame, (double)i), half = label.width / 2;
        /* At the ends there is less room than between. */
        const double right = MOATI_SVG_WIDTH - MOATI_MARGIN - half;
        moati_svg_lines(frame->svg, "quiet", fmin(fmax(x, MOATI_MARGIN + half), right),
                        frame->bottom + 18, 15, MOATI_CENTRE, &label);
        lowest = fmax(lowest, frame->bottom + 18 + 15 * ((double)label.count - 1));
    }
    return lowest;
}

void moati_frame_draw_positions(moati_frame *frame) {
    double lowest;
    switch (frame->calendar.kind) {
    case MOATI_CALENDAR_QUARTERS:
    case MOATI_CALENDAR_MONTHS: lowest = draw_years(frame); break;
    case MOATI_CALENDAR_NAMES: lowest = draw_names(frame); break;
    default: lowest = draw_numbers(frame);
    }
    moati_svg_line(frame->svg, "rule fine", frame->left, frame->bottom, frame->right,
                   frame->bottom);
    const moati_lines title = moati_label_wrap(frame->chart->x_title, SIZE, 500, 1);
    moati_svg_lines(frame->svg, "quiet", frame->right, lowest + LEADING, LEADING, MOATI_END,
                    &title);
    frame->svg->height = lowest + LEADING * (double)title.count;
}
