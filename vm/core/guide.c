/* Cells of equal width over the range of the numbers, each with the place where a search begins.
 * A guide owns its cells and borrows the numbers. */
#include "guide.h"

#include <stdlib.h>

enum { CELLS_MIN = 64, CELLS_MAX = 1 << 16 };

bool moati_guide_make(moati_guide *guide, const double *ends, size_t count, double low,
                      double high) {
    size_t cells = CELLS_MIN;
    while (cells < 2 * count && cells < CELLS_MAX)
        cells *= 2;
    uint32_t *first = malloc((cells + 1) * sizeof *first);
    if (!first)
        return false;
    *guide = (moati_guide){ends, count, low, (double)cells / (high - low), cells, first};
    size_t i = 0;
    for (size_t cell = 0; cell < cells; cell++) {
        while (i < count - 1 && moati_guide_cell(guide, ends[i]) < cell)
            i++;
        first[cell] = (uint32_t)i;
    }
    first[cells] = (uint32_t)(count - 1);
    return true;
}

size_t moati_guide_bytes(const moati_guide *guide) {
    return (guide->cells + 1) * sizeof *guide->first;
}

void moati_guide_free(moati_guide *guide) {
    free(guide->first);
    guide->first = NULL;
}
