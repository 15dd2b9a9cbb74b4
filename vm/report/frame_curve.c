/* Curves and bands over positions, broken where values are missing. */
#include <math.h>

#include "frame.h"

/* The first position from `from` on where there is a value, and the first after it where there is
 * none. */
static size_t find_run(const moati_frame *frame, const double *low, const double *high, size_t from,
                       size_t *past) {
    const size_t count = frame->chart->positions;
    while (from < count && (isnan(low[from]) || isnan(high[from])))
        from++;
    *past = from;
    while (*past < count && !isnan(low[*past]) && !isnan(high[*past]))
        (*past)++;
    return from;
}

/* Half the width of what stands alone. */
static double half_width(const moati_frame *frame) {
    return fmin(frame->step * 0.35, 24);
}

/* A path through a run, at every stride and at its end. */
static void add_points(const moati_frame *frame, const double *values, size_t from, size_t past,
                       char command) {
    const size_t stride = moati_frame_stride(frame);
    for (size_t i = from; i < past; i += stride) {
        moati_svg_point(frame->svg, command, moati_frame_x(frame, (double)i),
                        moati_frame_value(frame, values[i]));
        command = 'L';
        if (i + 1 < past && i + stride >= past)
            i = past - 1 - stride;
    }
}

static void add_points_back(const moati_frame *frame, const double *values, size_t from,
                            size_t past) {
    const size_t stride = moati_frame_stride(frame), length = past - 1 - from;
    moati_svg_point(frame->svg, 'L', moati_frame_x(frame, (double)past - 1),
                    moati_frame_value(frame, values[past - 1]));
    for (size_t k = (length + stride - 1) / stride; k-- > 0;)
        moati_svg_point(frame->svg, 'L', moati_frame_x(frame, (double)(from + k * stride)),
                        moati_frame_value(frame, values[from + k * stride]));
}

void moati_frame_curve(moati_frame *frame, const char *class, const double *values) {
    for (size_t from = 0, past; from < frame->chart->positions; from = past) {
        from = find_run(frame, values, values, from, &past);
        if (from == past)
            break;
        moati_svg_path(frame->svg, class);
        if (past - from > 1) {
            add_points(frame, values, from, past, 'M');
        } else {
            const double x = moati_frame_x(frame, (double)from), half = half_width(frame);
            const double y = moati_frame_value(frame, values[from]);
            moati_svg_point(frame->svg, 'M', fmax(x - half, frame->left), y);
            moati_svg_point(frame->svg, 'L', fmin(x + half, frame->right), y);
        }
        moati_svg_end(frame->svg, false);
    }
}

void moati_frame_band(moati_frame *frame, const char *class, const double *low,
                      const double *high) {
    for (size_t from = 0, past; from < frame->chart->positions; from = past) {
        from = find_run(frame, low, high, from, &past);
        if (from == past)
            break;
        if (past - from == 1) {
            const double x = moati_frame_x(frame, (double)from), half = half_width(frame);
            moati_svg_rect(frame->svg, class, fmax(x - half, frame->left),
                           moati_frame_value(frame, low[from]), fmin(x + half, frame->right),
                           moati_frame_value(frame, high[from]));
            continue;
        }
        moati_svg_path(frame->svg, class);
        add_points(frame, high, from, past, 'M');
        add_points_back(frame, low, from, past);
        moati_svg_end(frame->svg, true);
    }
}
