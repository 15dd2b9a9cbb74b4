/* Labels at the ends of curves, beside the plot, apart from each other. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "spread.h"

enum { SIZE = 13, LEADING = 15, WIDEST = 168, LEADER = 18 };

void moati_ends_add(moati_ends *ends, moati_class class, const char *label, const char *number) {
    const double size = SIZE * 1.1; /* as bold letters take */
    const double room = number[0] != '\0' ? moati_label_width(number, size) + size / 2 : 0;
    moati_lines lines = moati_label_wrap(label, size, WIDEST - room, 2);
    if (number[0] != '\0') {
        char *last = lines.text[lines.count > 0 ? lines.count - 1 : 0];
        const size_t used = strlen(last);
        snprintf(last + used, MOATI_LINE - used, "%s%s", lines.count > 0 ? " " : "", number);
        lines.count = lines.count > 0 ? lines.count : 1;
        lines.width = fmax(lines.width, moati_label_width(last, size));
    }
    ends->items[ends->count++] = (moati_end){NAN, class, lines};
}

double moati_ends_width(const moati_ends *ends) {
    double width = 0;
    for (size_t i = 0; i < ends->count; i++)
        width = fmax(width, ends->items[i].lines.width + LEADER);
    return width;
}

/* Upwards first; what has no place is left out. */
static size_t sort(const moati_ends *ends, size_t order[MOATI_CHART_SERIES]) {
    size_t count = 0;
    for (size_t i = 0; i < ends->count; i++) {
        if (isnan(ends->items[i].y) || ends->items[i].lines.count == 0)
            continue;
        size_t at = count++;
        for (; at > 0 && ends->items[order[at - 1]].y > ends->items[i].y; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return count;
}

void moati_ends_draw(moati_ends *ends, const moati_frame *frame) {
    size_t order[MOATI_CHART_SERIES];
    double sizes[MOATI_CHART_SERIES] = {0}, places[MOATI_CHART_SERIES] = {0};
    const size_t count = sort(ends, order);
    for (size_t i = 0; i < count; i++) {
        const moati_end *end = &ends->items[order[i]];
        sizes[i] = LEADING * (double)end->lines.count + 2;
        places[i] = end->y;
    }
    moati_spread(count, sizes, places, frame->top - 12, frame->bottom + 12);
    for (size_t i = 0; i < count; i++) {
        const moati_end *end = &ends->items[order[i]];
        if (fabs(places[i] - end->y) > 5) {
            moati_svg_path(frame->svg, "rule fine");
            moati_svg_point(frame->svg, 'M', frame->right + 2, end->y);
            moati_svg_point(frame->svg, 'L', frame->right + LEADER - 4, places[i]);
            moati_svg_end(frame->svg, false);
        }
        const double first = places[i] + 4.5 - LEADING * ((double)end->lines.count - 1) / 2;
        moati_svg_lines(frame->svg, end->class.text, frame->right + LEADER, first, LEADING,
                        MOATI_START, &end->lines);
    }
}
