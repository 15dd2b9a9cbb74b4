/* Reading a memo line by line: fences first, then what stands in the lines between them. */
#include "memo.h"

#include <stdlib.h>
#include <string.h>

typedef struct reader {
    const char *text;
    size_t length;
    size_t place; /* what has been read */
    size_t prose; /* where the prose that has not been added begins */
    moati_memo *memo;
    moat_error *error;
} reader;

void moati_memo_free(moati_memo *memo) {
    free(memo->parts);
    *memo = (moati_memo){.count = 0};
}

int moati_line_at(const char *text, size_t place) {
    int line = 1;
    for (size_t i = 0; i < place; i++)
        line += text[i] == '\n';
    return line;
}

static moat_status add(reader *r, const moati_part *part) {
    moati_memo *memo = r->memo;
    if (memo->count == memo->capacity) {
        const size_t capacity = memo->capacity == 0 ? 32 : 2 * memo->capacity;
        moati_part *grown = realloc(memo->parts, capacity * sizeof *grown);
        if (grown == NULL)
            return moat_fail(r->error, MOAT_NO_MEMORY, "out of memory");
        memo->parts = grown;
        memo->capacity = capacity;
    }
    memo->parts[memo->count++] = *part;
    return MOAT_OK;
}

/* The prose up to a place becomes a part. */
static moat_status end_prose(reader *r, size_t end) {
    if (end == r->prose)
        return MOAT_OK;
    const moati_part part = {.kind = MOATI_MEMO_PROSE,
                             .text = {r->text + r->prose, end - r->prose},
                             .line = moati_line_at(r->text, r->prose)};
    return add(r, &part);
}

/* Where the line that a place is in ends: at its break, or at the end of the text. */
static size_t line_end(const reader *r, size_t place) {
    const char *end = memchr(r->text + place, '\n', r->length - place);
    return end != NULL ? (size_t)(end - r->text) : r->length;
}

static size_t next_line(const reader *r, size_t place) {
    const size_t end = line_end(r, place);
    return end < r->length ? end + 1 : end;
}

static size_t run_length(const char *text, char c) {
    size_t length = 0;
    while (text[length] == c)
        length++;
    return length;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* --- Fences. */

typedef struct fence {
    char mark;
    size_t length;
    size_t words; /* the place of what stands after it */
} fence;

/* The fence that a line begins with. */
static bool find_fence(const reader *r, size_t line, fence *f) {
    const size_t end = line_end(r, line), margin = run_length(r->text + line, ' ');
    const char *start = r->text + line + margin;
    if (margin > 3 || (*start != '`' && *start != '~'))
        return false;
    *f = (fence){.mark = *start, .length = run_length(start, *start)};
    f->words = line + margin + f->length;
    if (f->length < 3)
        return false;
    /* Else it is a code span in a line. */
    return f->mark == '~' || memchr(r->text + f->words, '`', end - f->words) == NULL;
}

static bool is_closing(const reader *r, size_t line, const fence *open) {
    fence f;
    if (!find_fence(r, line, &f) || f.mark != open->mark || f.length < open->length)
        return false;
    size_t place = f.words, end = line_end(r, line);
    while (place < end && is_blank(r->text[place]))
        place++;
    return place == end;
}

/* The next word before `end`; its length is 0 where there is none. */
static moati_span next_word(const reader *r, size_t *place, size_t end) {
    while (*place < end && (is_blank(r->text[*place]) || r->text[*place] == ','))
        ++*place;
    const size_t start = *place;
    while (*place < end && !is_blank(r->text[*place]) && r->text[*place] != ',')
        ++*place;
    return (moati_span){r->text + start, *place - start};
}

static bool is_word(moati_span word, const char *known) {
    return word.length == strlen(known) && memcmp(word.text, known, word.length) == 0;
}

static moat_status read_options(const reader *r, size_t place, size_t end, moati_part *block) {
    for (;;) {
        const moati_span word = next_word(r, &place, end);
        if (word.length == 0)
            break;
        if (is_word(word, "echo"))
            block->echo = true;
        else if (is_word(word, "hide"))
            block->hide = true;
        else
            return moat_fail_at(r->error, MOAT_SYNTAX, (long)(word.text - r->text),
                                "a block of Lua has no option %.*s; there are echo, which shows "
                                "the code, and hide, which shows nothing of it",
                                word.length < 40 ? (int)word.length : 40, word.text);
    }
    if (block->echo && block->hide)
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)place,
                            "a block cannot both echo and hide its code; drop one of them");
    return MOAT_OK;
}

/* Reads the block of a fence; that of another language is prose. */
static moat_status read_block(reader *r, size_t line, const fence *open) {
    const size_t start = next_line(r, line), words_end = line_end(r, line);
    size_t place = open->words, end = start;
    const moati_span language = next_word(r, &place, words_end);
    while (end < r->length && !is_closing(r, end, open))
        end = next_line(r, end);
    if (end == r->length)
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)line,
                            "the block that begins here has no end; close it with a line of %.*s",
                            open->length < 20 ? (int)open->length : 20,
                            open->mark == '`' ? "````````````````````" : "~~~~~~~~~~~~~~~~~~~~");
    r->place = next_line(r, end);
    if (!is_word(language, "lua") && !is_word(language, "Lua"))
        return MOAT_OK;
    moati_part block = {.kind = MOATI_MEMO_BLOCK,
                        .text = {r->text + start, end - start},
                        .line = moati_line_at(r->text, start)};
    moat_status status = read_options(r, place, words_end, &block);
    if (status == MOAT_OK)
        status = end_prose(r, line);
    r->prose = r->place;
    return status == MOAT_OK ? add(r, &block) : status;
}

/* --- What stands in lines. */

/* Where the paragraph that a place is in ends: before a blank line or a fence. */
static size_t paragraph_end(const reader *r, size_t place) {
    fence f;
    for (size_t line = next_line(r, place); line < r->length; line = next_line(r, line)) {
        const size_t end = line_end(r, line);
        size_t first = line;
        while (first < end && is_blank(r->text[first]))
            first++;
        if (first == end || find_fence(r, line, &f))
            return line;
    }
    return r->length;
}

/* Passes over a code span, or the marks that begin none. */
static void pass_code(reader *r) {
    const size_t marks = run_length(r->text + r->place, '`'), end = paragraph_end(r, r->place);
    r->place += marks;
    for (size_t at = r->place; at < end;) {
        const char *mark = memchr(r->text + at, '`', end - at);
        if (mark == NULL)
            return;
        const size_t length = run_length(mark, '`');
        at = (size_t)(mark - r->text) + length;
        if (length == marks) {
            r->place = at;
            return;
        }
    }
}

/* Passes over a string of Lua within a line; what has no end is no string. */
static size_t pass_string(const reader *r, size_t place, size_t end) {
    for (size_t at = place + 1; at < end && r->text[at] != '\n'; at++) {
        if (r->text[at] == r->text[place])
            return at + 1;
        at += r->text[at] == '\\';
    }
    return place + 1;
}

/* The place of the }} that ends an expression, past its own braces and strings; `end` where there
 * is none. */
static size_t find_end(const reader *r, size_t place, size_t end) {
    size_t depth = 0;
    while (place < end) {
        const char c = r->text[place];
        if (c == '"' || c == '\'') {
            place = pass_string(r, place, end);
            continue;
        }
        if (depth == 0 && c == '}' && place + 1 < end && r->text[place + 1] == '}')
            return place;
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        place++;
    }
    return end;
}

static moat_status read_value(reader *r) {
    const size_t start = r->place, end = paragraph_end(r, start),
                 close = find_end(r, start + 2, end);
    if (close == end)
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)start,
                            "the {{ has no }} in its paragraph; for the characters themselves "
                            "write \\{{");
    moati_part value = {.kind = MOATI_MEMO_VALUE};
    moat_status status =
        moati_value_parse(r->text + start + 2, close - start - 2, &value, r->error);
    if (status != MOAT_OK) {
        if (r->error != NULL && r->error->where != MOAT_NOWHERE)
            r->error->where += (long)start + 2;
        return status;
    }
    value.line = moati_line_at(r->text, (size_t)(value.text.text - r->text));
    status = end_prose(r, start);
    r->place = r->prose = close + 2;
    return status == MOAT_OK ? add(r, &value) : status;
}

/* One line that begins no block, and what goes on in the next ones. */
static moat_status read_line(reader *r) {
    const size_t end = line_end(r, r->place);
    while (r->place < end) {
        const char *at = r->text + r->place;
        if (*at == '\\') {
            r->place += r->place + 1 < end ? 2 : 1;
        } else if (*at == '`') {
            pass_code(r);
        } else if (at[0] == '{' && at[1] == '{') {
            moat_status status = read_value(r);
            if (status != MOAT_OK)
                return status;
        } else {
            r->place++;
        }
    }
    /* A span or a value may have ended in a later line: the rest of that is read as a line. */
    if (r->place == end && r->place < r->length)
        r->place++;
    return MOAT_OK;
}

moat_status moati_memo_parse(const char *text, size_t length, moati_memo *memo, moat_error *error) {
    reader r = {.text = text, .length = length, .memo = memo, .error = error};
    moat_status status = MOAT_OK;
    *memo = (moati_memo){.count = 0};
    if (memchr(text, '\0', length) != NULL)
        return moat_fail_at(error, MOAT_SYNTAX, (long)strlen(text),
                            "there is a zero byte here: a memo is text");
    while (r.place < length && status == MOAT_OK) {
        const bool begins_line = r.place == 0 || text[r.place - 1] == '\n';
        fence f;
        if (begins_line && find_fence(&r, r.place, &f))
            status = read_block(&r, r.place, &f);
        else
            status = read_line(&r);
    }
    return status == MOAT_OK ? end_prose(&r, length) : status;
}
