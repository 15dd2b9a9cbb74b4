/* Cuts a Lua text into tokens. */
#include "lexer.h"

#include <string.h>

#include "text.h"

static char ahead(const moati_lexer *l, size_t by) {
    return (size_t)(l->end - l->at) > by ? l->at[by] : '\0';
}

static void skip(moati_lexer *l, size_t count) {
    for (; count > 0 && l->at < l->end; count--, l->at++) {
        const bool continues = ((unsigned char)*l->at & 0xC0) == 0x80;
        l->column += !continues;
        if (*l->at == '\n') {
            l->line++;
            l->column = 1;
        }
    }
}

void moati_lexer_begin(moati_lexer *lexer, const char *text, size_t length) {
    *lexer = (moati_lexer){.at = text, .end = length > 0 ? text + length : text, .line = 1};
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        lexer->at += 3;
    lexer->column = 1;
    if (ahead(lexer, 0) == '#')
        while (lexer->at < lexer->end && ahead(lexer, 0) != '\n')
            skip(lexer, 1);
}

/* The number of `=` in the "[==[" that begins here, or -1. */
static int long_bracket(const moati_lexer *l) {
    size_t level = 0;
    if (ahead(l, 0) != '[')
        return -1;
    while (ahead(l, level + 1) == '=')
        level++;
    return ahead(l, level + 1) == '[' ? (int)level : -1;
}

static void skip_long(moati_lexer *l, size_t level) {
    skip(l, level + 2);
    while (l->at < l->end) {
        size_t equals = 0;
        while (ahead(l, 0) == ']' && ahead(l, equals + 1) == '=')
            equals++;
        const bool closes = ahead(l, 0) == ']' && equals == level && ahead(l, level + 1) == ']';
        skip(l, closes ? level + 2 : 1);
        if (closes)
            return;
    }
}

static void skip_string(moati_lexer *l) {
    const char quote = ahead(l, 0);
    skip(l, 1);
    while (l->at < l->end && ahead(l, 0) != quote)
        skip(l, ahead(l, 0) == '\\' ? 2 : 1);
    skip(l, 1);
}

static void skip_comment(moati_lexer *l) {
    skip(l, 2);
    const int level = long_bracket(l);
    if (level >= 0)
        skip_long(l, (size_t)level);
    while (level < 0 && l->at < l->end && ahead(l, 0) != '\n')
        skip(l, 1);
}

static bool at_comment(const moati_lexer *l) {
    return ahead(l, 0) == '-' && ahead(l, 1) == '-';
}

static void skip_blank(moati_lexer *l) {
    for (;;)
        if (moati_is_space(ahead(l, 0)) || ahead(l, 0) == '\f' || ahead(l, 0) == '\v')
            skip(l, 1);
        else if (!l->comments && at_comment(l))
            skip_comment(l);
        else
            return;
}

/* Digits, letters and dots, and the sign of an exponent. */
static void skip_number(moati_lexer *l) {
    const bool hexadecimal = ahead(l, 0) == '0' && moati_lower(ahead(l, 1)) == 'x';
    for (;;) {
        const char c = moati_lower(ahead(l, 0)), sign = ahead(l, 1);
        const bool exponent = c == (hexadecimal ? 'p' : 'e') && (sign == '+' || sign == '-');
        if (!moati_is_letter(c) && !moati_is_digit(c) && c != '.')
            return;
        skip(l, exponent ? 2 : 1);
    }
}

static void skip_mark(moati_lexer *l) {
    static const char *const marks[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>", NULL};
    for (size_t i = 0; marks[i] != NULL; i++) {
        const size_t length = strlen(marks[i]);
        if ((size_t)(l->end - l->at) >= length && memcmp(l->at, marks[i], length) == 0) {
            skip(l, length);
            return;
        }
    }
    skip(l, 1);
}

static void skip_name(moati_lexer *l) {
    while (moati_is_letter(ahead(l, 0)) || moati_is_digit(ahead(l, 0)))
        skip(l, 1);
}

static moati_token_kind skip_token(moati_lexer *l) {
    const char c = ahead(l, 0);
    if (at_comment(l)) {
        skip_comment(l);
        return MOATI_TOKEN_COMMENT;
    }
    if (moati_is_letter(c)) {
        skip_name(l);
        return MOATI_TOKEN_NAME;
    }
    if (moati_is_digit(c) || (c == '.' && moati_is_digit(ahead(l, 1)))) {
        skip_number(l);
        return MOATI_TOKEN_NUMBER;
    }
    const int level = long_bracket(l);
    if (c == '"' || c == '\'')
        skip_string(l);
    else if (level >= 0)
        skip_long(l, (size_t)level);
    else
        skip_mark(l);
    return c == '"' || c == '\'' || level >= 0 ? MOATI_TOKEN_STRING : MOATI_TOKEN_MARK;
}

static bool is_keyword(const moati_token *token) {
    static const char *const keywords[] = {
        "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
        "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
        "repeat",   "return", "then", "true", "until",  "while", NULL};
    return moati_token_is_one_of(token, keywords);
}

moati_token moati_lexer_next(moati_lexer *lexer) {
    skip_blank(lexer);
    moati_token token = {MOATI_TOKEN_END, lexer->at, 0, lexer->line, lexer->column};
    if (lexer->at == lexer->end)
        return token;
    token.kind = skip_token(lexer);
    token.length = (size_t)(lexer->at - token.text);
    if (token.kind == MOATI_TOKEN_NAME && is_keyword(&token))
        token.kind = MOATI_TOKEN_KEYWORD;
    return token;
}

bool moati_token_is(const moati_token *token, const char *word) {
    return token->kind != MOATI_TOKEN_STRING && moati_text_equal(token->text, token->length, word);
}

bool moati_token_is_one_of(const moati_token *token, const char *const *words) {
    for (; *words != NULL; words++)
        if (moati_token_is(token, *words))
            return true;
    return false;
}

bool moati_token_same(const moati_token *a, const moati_token *b) {
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

const char *moati_token_content(const moati_token *string, size_t *length) {
    size_t edge = 1;
    if (string->text[0] == '[')
        edge = 1 + strcspn(string->text + 1, "[") + 1;
    *length = string->length >= 2 * edge ? string->length - 2 * edge : 0;
    return string->text + edge;
}
