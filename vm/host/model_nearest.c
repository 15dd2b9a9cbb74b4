/* The name nearest to a misspelt one, out of any list. */
#include <string.h>

#include "nearest.h"
#include "text.h"

const char *moati_nearest_of(const char *name, size_t count,
                             const char *(*at)(const void *context, size_t index),
                             const void *context) {
    const char *best = NULL;
    unsigned least = MOATI_UNLIKE;
    for (size_t i = 0; i < count; i++) {
        const char *known = at(context, i);
        unsigned distance = moati_misspelling(name, strlen(name), known, strlen(known));
        if (distance < least) {
            least = distance;
            best = known;
        }
    }
    return best;
}
