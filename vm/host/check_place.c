/* From what a run tells, a line, to what editors want: the column of the word it is about. */
#include <string.h>

#include "check.h"
#include "text.h"

const moati_checked *moati_checked_find(const moati_check *check, const char *file) {
    for (size_t i = 0; i < check->notes.source_count; i++)
        if (strcmp(check->texts[i].source->name, file) == 0)
            return &check->texts[i];
    return NULL;
}

/* The first token that does not begin before a line. */
static size_t first_from(const moati_checked *text, int line) {
    size_t low = 0, high = text->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text->tokens[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int change_of_depth(const moati_token *token) {
    static const char *const opening[] = {"(", "[", "{", NULL};
    static const char *const closing[] = {")", "]", "}", NULL};
    return moati_token_is_one_of(token, opening) - moati_token_is_one_of(token, closing);
}

size_t moati_end_of_call(const moati_checked *text, size_t first) {
    int depth = 0;
    for (size_t i = first; i < text->count; i++) {
        const moati_token *t = &text->tokens[i];
        if (depth <= 0 && t->line > text->tokens[first].line)
            return i;
        depth += change_of_depth(t);
    }
    return text->count;
}

static bool has_content(const moati_token *token, const char *wanted) {
    size_t length;
    if (token->kind != MOATI_TOKEN_STRING)
        return false;
    const char *content = moati_token_content(token, &length);
    return moati_text_equal(content, length, wanted);
}

/* name = ... in brackets, or a text; `last` is what follows the last dot of the name. */
static bool names(const moati_checked *text, size_t i, bool inside, const char *name,
                  const char *last) {
    const moati_token *t = &text->tokens[i];
    const bool is_field = inside && t->kind == MOATI_TOKEN_NAME && i + 1 < text->count &&
                          moati_token_is(&text->tokens[i + 1], "=");
    return (is_field && moati_token_is(t, last)) || has_content(t, name) || has_content(t, last);
}

moati_place moati_place_of_token(const moati_checked *text, const moati_token *token) {
    return (moati_place){text->source->name, token->line, token->column};
}

moati_place moati_place_of_line(const moati_check *check, const char *file, int line) {
    const moati_checked *text = moati_checked_find(check, file);
    const size_t first = text != NULL ? first_from(text, line) : 0;
    if (text == NULL || first == text->count || text->tokens[first].line != line)
        return (moati_place){file, line, 1};
    return moati_place_of_token(text, &text->tokens[first]);
}

/* Where a call that begins at a line has `name = ...` or "name", of which the part after the last
 * dot is enough; the line's first token where it has not. */
static moati_place place_of_name(const moati_check *check, const char *file, int line,
                                 const char *name) {
    const moati_checked *text = moati_checked_find(check, file);
    const char *dot = strrchr(name, '.');
    const char *last = dot != NULL ? dot + 1 : name;
    if (text != NULL) {
        const size_t first = first_from(text, line), end = moati_end_of_call(text, first);
        int depth = 0;
        for (size_t i = first; i < end; i++) {
            depth += change_of_depth(&text->tokens[i]);
            if (names(text, i, depth > 0, name, last))
                return moati_place_of_token(text, &text->tokens[i]);
        }
    }
    return moati_place_of_line(check, file, line);
}

moati_place moati_place_of_literal(const moati_check *check, const char *file, int line,
                                   const char *literal) {
    const moati_checked *text = moati_checked_find(check, file);
    if (text != NULL) {
        const size_t first = first_from(text, line), end = moati_end_of_call(text, first);
        for (size_t i = first; i < end; i++)
            if (has_content(&text->tokens[i], literal))
                return moati_place_of_token(text, &text->tokens[i]);
        for (size_t i = first; i > 0; i--)
            if (has_content(&text->tokens[i - 1], literal))
                return moati_place_of_token(text, &text->tokens[i - 1]);
    }
    return moati_place_of_line(check, file, line);
}

moati_place moati_place_of_word(const moati_check *check, const char *file, int line,
                                const char *word) {
    const moati_checked *text = moati_checked_find(check, file);
    const size_t length = strcspn(word, "'");
    for (size_t i = text != NULL ? first_from(text, line) : 0; text != NULL && i < text->count;
         i++) {
        const moati_token *t = &text->tokens[i];
        if (t->line > line)
            break;
        if (t->length == length && memcmp(t->text, word, length) == 0)
            return moati_place_of_token(text, t);
    }
    return moati_place_of_line(check, file, line);
}

const moati_note *moati_check_note(const moati_check *check, moati_note_kind kind,
                                   const char *name) {
    for (size_t i = 0; i < check->notes.count; i++)
        if (check->notes.notes[i].kind == kind && strcmp(check->notes.notes[i].name, name) == 0)
            return &check->notes.notes[i];
    return NULL;
}

moati_place moati_place_of_note(const moati_check *check, moati_note_kind kind, const char *name) {
    const moati_note *note = moati_check_note(check, kind, name);
    if (note == NULL)
        return (moati_place){"", 0, 0};
    return place_of_name(check, note->file, note->line, name);
}
