/* Which characters have a meaning in Markdown, and where (CommonMark 0.31, and GitHub's tables,
 * strikethrough and mathematics). */
#include "markdown.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "width.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Characters of all other alphabets count as letters. */
static bool in_word(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where a character begins a block: a heading, a quotation, an item, a rule, an underline. */
static bool begins_block(char c, char next) {
    return c == '#' || c == '>' || c == '=' || ((c == '-' || c == '+') && !in_word(next));
}

/* Underscores within words and ampersands by themselves have no meaning. A dollar after a character
 * could end a formula. */
static bool has_meaning(char before, char c, char next) {
    switch (c) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '~':
    case '|': return true;
    case '_': return !(in_word(before) && in_word(next));
    case '&': return next == '#' || is_letter(next);
    case '#': return before == ' ';
    case '$': return before != ' ' && before != '\0';
    default: return false;
    }
}

/* The bytes of the web address that a text begins with; 0 where it begins with none. The
 * punctuation after it belongs to the sentence. */
static size_t address_length(const char *text) {
    const size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                          : strncmp(text, "http://", 7) == 0 ? 7
                                                             : 0;
    if (scheme == 0)
        return 0;
    size_t length = strcspn(text, " <>\"'`\\|");
    while (length > scheme && strchr(".,;:!?)]", text[length - 1]) != NULL)
        length--;
    return length > scheme ? length : 0;
}

/* Where a character of a text that a line begins with would begin a block. */
static size_t find_beginning(const char *text) {
    const size_t digits = strspn(text, "0123456789");
    const bool ends_number = text[digits] == '.' || text[digits] == ')';
    if (digits > 0 && digits < 10 && ends_number && !in_word(text[digits + 1]))
        return digits;
    return text[0] != '\0' && begins_block(text[0], text[1]) ? 0 : SIZE_MAX;
}

static void add_line(moati_buffer *buffer, const char *text, bool begins) {
    const size_t block = begins ? find_beginning(text) : SIZE_MAX;
    char before = '\0';
    for (size_t at = 0; text[at] != '\0'; before = text[at - 1]) {
        const size_t address = in_word(before) ? 0 : address_length(text + at);
        if (address > 0)
            moati_buffer_print(buffer, "<%.*s>", (int)address, text + at);
        else if (at == block || has_meaning(before, text[at], text[at + 1]))
            moati_buffer_print(buffer, "\\%c", text[at]);
        else
            moati_buffer_add(buffer, text + at, 1);
        at += address > 0 ? address : 1;
    }
}

void moati_markdown_add(moati_buffer *buffer, const char *text, bool begins) {
    char *line = strdup(text);
    for (char *c = line; c != NULL && *c != '\0'; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r')
            *c = ' ';
    char *clean = line == NULL ? NULL : moati_text_clean(line, false);
    if (clean == NULL)
        buffer->failed = true;
    else
        add_line(buffer, clean, begins);
    free(clean);
    free(line);
}
