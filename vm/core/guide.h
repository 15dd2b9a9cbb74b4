/* Finding the first of ascending numbers that is not below a key, in constant time for
 * numbers that are spread evenly and logarithmic time at worst. */
#ifndef MOATI_GUIDE_H
#define MOATI_GUIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct moati_guide {
    const double *ends; /* borrowed; ascending */
    size_t count;
    double origin, per_width; /* cell = (key - origin) * per_width */
    size_t cells;
    uint32_t *first; /* [cells + 1]: the first number whose cell is this one or a later one */
} moati_guide;

/* For keys in [low, high]; count is 1 .. 2^31. False where memory is short. */
bool moati_guide_make(moati_guide *guide, const double *ends, size_t count, double low,
                      double high);
size_t moati_guide_bytes(const moati_guide *guide);
void moati_guide_free(moati_guide *guide);

static inline size_t moati_guide_cell(const moati_guide *guide, double key) {
    double cell = (key - guide->origin) * guide->per_width, last = (double)(guide->cells - 1);
    cell = cell < last ? cell : last;
    return (size_t)(cell > 0 ? cell : 0);
}

/* The index of the first number >= key; the last index where there is none. As cells do not
 * decrease with the key, the answer lies between the first numbers of two cells. */
static inline size_t moati_guide_find(const moati_guide *guide, double key) {
    const uint32_t *first = guide->first + moati_guide_cell(guide, key);
    size_t low = first[0], high = first[1];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (guide->ends[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
