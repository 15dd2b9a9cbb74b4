/* Strides and the places that they show. */
#include "places.h"

size_t moati_place(const moati_places *shown, size_t index) {
    return index + 1 == shown->count ? shown->entries - 1 : index * shown->stride;
}

/* Strides that people count in: whole years, half years, quarters. */
static size_t round_stride(const moat_horizon *horizon, moat_axis axis, size_t stride) {
    size_t year = horizon->step == MOAT_MONTH ? 12 : horizon->step == MOAT_QUARTER ? 4 : 1;
    if (axis != MOAT_PERIOD_AXIS || year == 1 || stride == 1)
        return stride;
    for (size_t part = year == 12 ? 3 : 2; part <= year; part *= 2)
        if (stride <= part)
            return part;
    return (stride + year - 1) / year * year;
}

/* How many places a stride shows: one that is much nearer to the last than the others are to
 * each other is left out. */
static size_t count_places(size_t entries, size_t stride) {
    size_t strides = (entries - 2) / stride, rest = entries - 1 - strides * stride;
    return strides > 0 && 2 * rest < stride ? strides + 1 : strides + 2;
}

moati_places moati_places_select(const moat_horizon *horizon, moat_axis axis, size_t entries,
                                 size_t room) {
    moati_places shown = {.count = entries, .stride = 1, .entries = entries};
    for (size_t stride = 2; shown.count > room; stride++) {
        shown.stride = round_stride(horizon, axis, stride);
        shown.count = count_places(entries, shown.stride);
    }
    return shown;
}
