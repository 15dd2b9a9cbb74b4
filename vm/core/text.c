/* UTF-8, quotations for messages, and how unlike a misspelt name and a known one are. */
#include "text.h"

#include <string.h>

enum { QUOTED = 48, WORD_LIMIT = 48, CASE_COST = 1, EDIT_COST = 2 };

bool moati_text_equal(const char *text, size_t length, const char *known) {
    return strlen(known) == length && memcmp(text, known, length) == 0;
}

size_t moati_utf8_length(const char *text, size_t length) {
    /* The second byte's range excludes overlong forms, surrogates and what is past U+10FFFF. */
    static const struct {
        unsigned char first, last, second_first, second_last;
        size_t length;
    } forms[] = {
        {0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; length > 0 && i < sizeof forms / sizeof *forms; i++) {
        if (bytes[0] < forms[i].first || bytes[0] > forms[i].last)
            continue;
        if (forms[i].length > length)
            return 0;
        for (size_t j = 1; j < forms[i].length; j++) {
            unsigned char first = j == 1 ? forms[i].second_first : 0x80;
            unsigned char last = j == 1 ? forms[i].second_last : 0xbf;
            if (bytes[j] < first || bytes[j] > last)
                return 0;
        }
        return forms[i].length;
    }
    return 0;
}

moati_quote moati_quote_text(const char *text, size_t length) {
    moati_quote quote;
    size_t used = 0, at = 0;
    while (at < length) {
        size_t bytes = moati_utf8_length(text + at, length - at);
        bool printable = bytes > 1 || (bytes == 1 && text[at] >= ' ' && text[at] != 0x7f);
        size_t taken = bytes == 0 ? 1 : bytes;
        if (used + taken > QUOTED)
            break;
        if (printable)
            memcpy(quote.text + used, text + at, taken);
        else
            quote.text[used] = '?';
        used += taken;
        at += taken;
    }
    strcpy(quote.text + used, at < length ? "…" : "");
    return quote;
}

static unsigned replacement(char a, char b) {
    if (a == b)
        return 0;
    return moati_lower(a) == moati_lower(b) ? CASE_COST : EDIT_COST;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Optimal string alignment, three rows at a time. */
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    unsigned rows[3][WORD_LIMIT + 1];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (unsigned)j * EDIT_COST;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i * EDIT_COST;
        for (size_t j = 1; j <= b_length; j++) {
            unsigned cost = above[j - 1] + replacement(a[i - 1], b[j - 1]);
            cost = least(cost, least(above[j], row[j - 1]) + EDIT_COST);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = least(cost, before[j - 2] + EDIT_COST);
            row[j] = cost;
        }
    }
    return rows[a_length % 3][b_length];
}

static bool equal_but_for_case(const char *a, const char *b, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (moati_lower(a[i]) != moati_lower(b[i]))
            return false;
    return true;
}

/* Short words are all near one another, so they are allowed fewer mistakes. */
static unsigned mistakes_allowed(size_t length) {
    if (length < 2)
        return 0;
    return length < 6 ? 1 : length < 9 ? 2 : 3;
}

unsigned moati_misspelling(const char *typed, size_t typed_length, const char *known,
                           size_t known_length) {
    if (typed_length > WORD_LIMIT || known_length > WORD_LIMIT)
        return MOATI_UNLIKE;
    unsigned cost = distance(typed, typed_length, known, known_length);
    if (typed_length == known_length && equal_but_for_case(typed, known, known_length))
        return cost;
    unsigned allowed = mistakes_allowed(typed_length);
    return allowed > 0 && cost <= allowed * EDIT_COST + CASE_COST ? cost : MOATI_UNLIKE;
}
