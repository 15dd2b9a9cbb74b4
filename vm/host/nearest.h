/* Suggestions for misspelt names. */
#ifndef MOATI_NEAREST_H
#define MOATI_NEAREST_H

#include <stddef.h>

/* The name among at(context, 0 .. count - 1) that `name` is most likely a misspelling of, the
 * first among equals; NULL where it is like none of them. */
const char *moati_nearest_of(const char *name, size_t count,
                             const char *(*at)(const void *context, size_t index),
                             const void *context);

#endif
