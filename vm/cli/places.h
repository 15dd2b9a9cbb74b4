/* Which entries of an axis are shown where there is no room for all. */
#ifndef MOATI_PLACES_H
#define MOATI_PLACES_H

#include "moat/model.h"

/* 0, stride, 2 stride, ... and the last. */
typedef struct moati_places {
    size_t count, stride, entries;
} moati_places;

/* At most `room` of them, at strides that people count in: whole years, half years, quarters. */
moati_places moati_places_select(const moat_horizon *horizon, moat_axis axis, size_t entries,
                                 size_t room);
size_t moati_place(const moati_places *places, size_t index);

#endif
