/* Growing texts, which double. */
#include "buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void moati_buffer_free(moati_buffer *buffer) {
    free(buffer->text);
    *buffer = (moati_buffer){.text = NULL};
}

/* Makes room for so many bytes and a 0; false where there is none. */
static bool reserve(moati_buffer *buffer, size_t more) {
    if (buffer->failed || more > SIZE_MAX / 4 - buffer->length) {
        buffer->failed = true;
        return false;
    }
    const size_t needed = buffer->length + more + 1;
    if (needed <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity > 0 ? buffer->capacity : FIRST_CAPACITY;
    while (capacity < needed)
        capacity *= 2;
    char *grown = realloc(buffer->text, capacity);
    if (grown == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->text = grown;
    buffer->capacity = capacity;
    return true;
}

void moati_buffer_add(moati_buffer *buffer, const char *text, size_t length) {
    if (!reserve(buffer, length))
        return;
    if (length > 0)
        memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void moati_buffer_put(moati_buffer *buffer, const char *text) {
    moati_buffer_add(buffer, text, strlen(text));
}

void moati_buffer_fill(moati_buffer *buffer, char c, size_t count) {
    if (!reserve(buffer, count))
        return;
    memset(buffer->text + buffer->length, c, count);
    buffer->length += count;
    buffer->text[buffer->length] = '\0';
}

void moati_buffer_print_list(moati_buffer *buffer, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0)
        buffer->failed = true;
    else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void moati_buffer_print(moati_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    moati_buffer_print_list(buffer, format, arguments);
    va_end(arguments);
}

const char *moati_buffer_text(const moati_buffer *buffer) {
    return buffer->text != NULL ? buffer->text : "";
}
