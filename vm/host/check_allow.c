/* The tokens of a text, and the comments in it that silence findings. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "table.h"
#include "text.h"

static const char *skip_blanks(const char *at, const char *end) {
    while (at < end && moati_is_space(*at))
        at++;
    return at;
}

static const char *skip_code(const char *at, const char *end) {
    while (at < end && (moati_is_letter(*at) || *at == '-'))
        at++;
    return at;
}

/* Where the codes of "-- moat: allow code, code: why" begin; NULL for another comment. */
static const char *codes_of(const moati_token *comment) {
    static const char mark[] = "moat: allow ";
    const char *end = comment->text + comment->length;
    const char *at = skip_blanks(comment->text + 2, end);
    const size_t length = strlen(mark);
    const bool is = comment->kind == MOATI_TOKEN_COMMENT && (size_t)(end - at) > length &&
                    memcmp(at, mark, length) == 0;
    return is ? at + length : NULL;
}

/* The codes of a comment one after the other: false after the last. */
static bool next_code(const moati_token *comment, const char **at, const char **code,
                      size_t *length) {
    const char *end = comment->text + comment->length;
    *code = skip_blanks(*at, end);
    const char *after = skip_code(*code, end);
    *length = (size_t)(after - *code);
    after = skip_blanks(after, end);
    *at = after < end && *after == ',' ? after + 1 : end;
    return *length > 0;
}

static bool allows(const moati_token *comment, const char *wanted) {
    const char *code, *at = codes_of(comment);
    size_t length;
    while (at != NULL && next_code(comment, &at, &code, &length))
        if (moati_text_equal(code, length, wanted))
            return true;
    return false;
}

/* A comment after code is about its own line alone. */
static bool stands_alone(const moati_checked *text, size_t i) {
    return i == 0 || text->tokens[i - 1].line != text->tokens[i].line;
}

/* The last line that a comment is about: its own, or that of the statement which begins below it.
 */
static int last_line_of(const moati_checked *text, size_t i) {
    const int line = text->tokens[i].line;
    if (!stands_alone(text, i) || i + 1 == text->count || text->tokens[i + 1].line != line + 1)
        return line;
    return text->tokens[moati_end_of_call(text, i + 1) - 1].line;
}

bool moati_is_allowed(const moati_check *check, const moati_finding *finding) {
    const moati_checked *text = moati_checked_find(check, finding->file);
    for (size_t k = 0; text != NULL && k < text->allowing_count; k++) {
        const size_t i = text->allowing[k];
        if (text->tokens[i].line <= finding->line && allows(&text->tokens[i], finding->code) &&
            finding->line <= last_line_of(text, i))
            return true;
    }
    return false;
}

/* --- The codes that they name. */

static const moati_lint *find_lint(const char *code, size_t length) {
    const moati_lint *lint = moati_lints();
    while (lint->code != NULL && !moati_text_equal(code, length, lint->code))
        lint++;
    return lint->code != NULL ? lint : NULL;
}

static void check_comment(moati_check *check, const moati_checked *text,
                          const moati_token *comment) {
    const char *code, *at = codes_of(comment);
    size_t length;
    while (at != NULL && next_code(comment, &at, &code, &length))
        if (find_lint(code, length) == NULL)
            moati_check_add(check, "unknown-code", moati_place_of_token(text, comment),
                            "docs/check.md lists them", "there is no check with the code \"%.*s\"",
                            (int)(length < 40 ? length : 40), code);
}

void moati_check_comments(moati_check *check, const moati_checked *text) {
    for (size_t k = 0; k < text->allowing_count; k++)
        check_comment(check, text, &text->tokens[text->allowing[k]]);
}

/* --- Tokens. */

static bool add_token(moati_checked *text, const moati_token *token) {
    if (!moati_grow(&text->tokens, &text->capacity, text->count + 1, sizeof *text->tokens))
        return false;
    text->tokens[text->count++] = *token;
    if (codes_of(token) == NULL)
        return true;
    if (!moati_grow(&text->allowing, &text->allowing_capacity, text->allowing_count + 1,
                    sizeof *text->allowing))
        return false;
    text->allowing[text->allowing_count++] = text->count - 1;
    return true;
}

bool moati_checked_read(moati_checked *text) {
    moati_lexer lexer;
    moati_token token;
    moati_lexer_begin(&lexer, text->source->text, text->source->length);
    lexer.comments = true;
    while ((token = moati_lexer_next(&lexer)).kind != MOATI_TOKEN_END)
        if (!add_token(text, &token))
            return false;
    return true;
}

void moati_checked_free(moati_checked *text) {
    free(text->tokens);
    free(text->allowing);
}
