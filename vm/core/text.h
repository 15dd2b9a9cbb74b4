/* Small questions about the bytes of a text, answered the same in every locale. */
#ifndef MOATI_TEXT_H
#define MOATI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

static inline bool moati_is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool moati_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool moati_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static inline char moati_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool moati_text_equal(const char *text, size_t length, const char *known);

/* The bytes of the UTF-8 character that text[0..length) begins with; 0 where it begins with
 * none. */
size_t moati_utf8_length(const char *text, size_t length);

/* Names in messages: a copy of at most 48 bytes, with an ellipsis where something was cut,
 * and control characters and what is no UTF-8 replaced by "?". */
typedef struct moati_quote {
    char text[56];
} moati_quote;

moati_quote moati_quote_text(const char *text, size_t length);

/* How unlike two words are: 0 for equal ones, 1 for each letter in the other case, 2 for each
 * letter added, left out, replaced, or swapped with its neighbour. MOATI_UNLIKE where nobody
 * would take `typed` for a misspelling of `known`. */
enum { MOATI_UNLIKE = 1000 };

unsigned moati_misspelling(const char *typed, size_t typed_length, const char *known,
                           size_t known_length);

#endif
