/* A text that grows. A failure stays: what is added after it is dropped, and whoever is done asks
 * once. Zero is an empty buffer. */
#ifndef MOATI_BUFFER_H
#define MOATI_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "moat/status.h"

typedef struct moati_buffer {
    char *text; /* ends with a 0, which is not counted; NULL: nothing has been added */
    size_t length, capacity;
    bool failed; /* memory was short */
} moati_buffer;

void moati_buffer_free(moati_buffer *buffer);
void moati_buffer_add(moati_buffer *buffer, const char *text, size_t length);
void moati_buffer_put(moati_buffer *buffer, const char *text);
void moati_buffer_fill(moati_buffer *buffer, char c, size_t count);
void moati_buffer_print(moati_buffer *buffer, const char *format, ...) MOAT_PRINTF(2, 3);
void moati_buffer_print_list(moati_buffer *buffer, const char *format, va_list arguments);
/* What has been added; "" where that is nothing. */
const char *moati_buffer_text(const moati_buffer *buffer);

#endif
