/* Widths of characters by Unicode's tables. */
#include "width.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The character at text[0]; returns its bytes, 1 with *code -1 where there is none. */
static size_t next_character(const char *text, utf8proc_int32_t *code) {
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, code);
    if (bytes > 0)
        return (size_t)bytes;
    *code = -1;
    return 1;
}

static size_t character_width(utf8proc_int32_t code) {
    int width = code < 0 ? 1 : utf8proc_charwidth(code);
    return width > 0 ? (size_t)width : 0;
}

size_t moati_text_width(const char *text) {
    size_t width = 0;
    while (*text != '\0') {
        utf8proc_int32_t code;
        text += next_character(text, &code);
        width += character_width(code);
    }
    return width;
}

static bool is_control(utf8proc_int32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

char *moati_text_clean(const char *text, bool keep_controls) {
    static const char replacement[] = "\xef\xbf\xbd";
    char *clean = malloc(strlen(text) * (sizeof replacement - 1) + 1);
    if (clean == NULL)
        return NULL;
    char *end = clean;
    while (*text != '\0') {
        utf8proc_int32_t code;
        size_t bytes = next_character(text, &code);
        const char *from = text;
        size_t count = bytes;
        if (code < 0) {
            from = replacement;
            count = sizeof replacement - 1;
        } else if (!keep_controls && is_control(code)) {
            from = "?";
            count = 1;
        }
        memcpy(end, from, count);
        end += count;
        text += bytes;
    }
    *end = '\0';
    return clean;
}

/* The bytes of the longest beginning of a text that takes at most so many columns. */
static size_t fitting_length(const char *text, size_t columns) {
    size_t length = 0, width = 0;
    while (text[length] != '\0') {
        utf8proc_int32_t code;
        size_t bytes = next_character(text + length, &code);
        width += character_width(code);
        if (width > columns)
            break;
        length += bytes;
    }
    return length;
}

char *moati_text_cut(const char *text, size_t columns, const char *ellipsis) {
    bool whole = moati_text_width(text) <= columns;
    size_t length =
        whole ? strlen(text) : fitting_length(text, columns - moati_text_width(ellipsis));
    char *cut = malloc(length + strlen(ellipsis) + 1);
    if (cut == NULL)
        return NULL;
    memcpy(cut, text, length);
    strcpy(cut + length, whole ? "" : ellipsis);
    return cut;
}
