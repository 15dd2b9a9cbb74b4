/* Stacked areas, shares and columns. */
#include <math.h>
#include <string.h>

#include "chart_draw.h"

/* Labels with the values of the last position. */
static void add_ends(moati_ends *ends, const moati_frame *frame, const moati_stack *stack) {
    const bool shares = frame->chart->kind == MOATI_CHART_SHARES;
    ends->count = 0;
    for (size_t s = 0; s < frame->chart->series_count; s++) {
        const size_t at = (s + 1) * stack->positions - 1;
        char number[MOATI_AXIS_TEXT];
        moati_frame_show(frame, stack->to[at] - stack->from[at], number);
        strcat(number, shares ? " %" : "");
        moati_ends_add(ends, moati_svg_class(frame->svg, 'n', s, "strong"),
                       moati_chart_label(frame->chart, s), number);
    }
}

/* A label stands beside the middle of its part at the last position. */
static void place_ends(moati_ends *ends, const moati_frame *frame, const moati_stack *stack) {
    const size_t last = stack->positions - 1;
    for (size_t s = 0; s < ends->count; s++) {
        const size_t at = s * stack->positions + last;
        ends->items[s].y = moati_frame_value(frame, (stack->from[at] + stack->to[at]) / 2);
    }
}

static bool has_part(const moati_stack *stack, size_t at) {
    return stack->from[at] != stack->to[at];
}

static void draw_column(const moati_frame *frame, const moati_stack *stack, const char *class,
                        size_t series) {
    const double half = fmin(frame->step * 0.38, 36);
    for (size_t i = 0; i < stack->positions; i++) {
        const size_t at = series * stack->positions + i;
        const double x = moati_frame_x(frame, (double)i);
        if (has_part(stack, at))
            moati_svg_rect(frame->svg, class, x - half, moati_frame_value(frame, stack->from[at]),
                           x + half, moati_frame_value(frame, stack->to[at]));
    }
}

static void draw_parts(moati_frame *frame, const moati_stack *stack) {
    const bool columns = frame->chart->kind == MOATI_CHART_STACKS;
    for (size_t s = 0; s < frame->chart->series_count; s++) {
        const moati_class class =
            moati_svg_class(frame->svg, 'f', s, frame->chart->series_count > 1 ? "gap" : "");
        const size_t at = s * stack->positions;
        if (columns)
            draw_column(frame, stack, class.text, s);
        else
            moati_frame_band(frame, class.text, stack->from + at, stack->to + at);
    }
}

static moat_status draw(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    const bool shares = chart->kind == MOATI_CHART_SHARES;
    moati_stack stack;
    const moat_status status = moati_stack_make(&stack, chart, shares, error);
    if (status != MOAT_OK)
        return status;
    const size_t count = chart->positions * chart->series_count;
    moati_range range = moati_range_none();
    moati_range_add_all(&range, count, stack.from);
    moati_range_add_all(&range, count, stack.to);
    range = moati_frame_range(chart, range);
    if (shares)
        range = (moati_range){0, 100};
    moati_frame frame;
    moati_ends ends = {0};
    moati_frame_open(&frame, svg, chart, NULL);
    const moati_frame start = frame;
    /* Once to know the width of the labels, once with the room for them. */
    for (size_t pass = 0; pass < 2; pass++) {
        const double reserved = pass == 0 ? 0 : moati_ends_width(&ends);
        frame = start;
        moati_frame_upwards(&frame, moati_range_from_zero(range, true), reserved);
        add_ends(&ends, &frame, &stack);
    }
    moati_frame_positions(&frame, chart->kind == MOATI_CHART_STACKS);
    moati_frame_draw_values(&frame, shares ? "%" : chart->unit);
    draw_parts(&frame, &stack);
    moati_frame_draw_zero(&frame);
    moati_frame_draw_positions(&frame);
    place_ends(&ends, &frame, &stack);
    moati_ends_draw(&ends, &frame);
    moati_stack_free(&stack);
    return MOAT_OK;
}

moat_status moati_draw_areas(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    return draw(chart, svg, error);
}

moat_status moati_draw_stacks(const moati_chart *chart, moati_svg *svg, moat_error *error) {
    return draw(chart, svg, error);
}
