/* The tokens of a Lua text, with their places.
 *
 * For texts that Lua has compiled, or that it refused: nothing is an error here, and what makes no
 * sense is one mark after the other. Tokens point into the text, which must outlive them. */
#ifndef MOATI_LEXER_H
#define MOATI_LEXER_H

#include <stdbool.h>
#include <stddef.h>

typedef enum moati_token_kind {
    MOATI_TOKEN_END,
    MOATI_TOKEN_NAME,
    MOATI_TOKEN_KEYWORD,
    MOATI_TOKEN_NUMBER,
    MOATI_TOKEN_STRING,
    MOATI_TOKEN_MARK,
    MOATI_TOKEN_COMMENT /* only where it was asked for */
} moati_token_kind;

typedef struct moati_token {
    moati_token_kind kind;
    const char *text;
    size_t length;
    int line;   /* from 1 */
    int column; /* from 1, in characters */
} moati_token;

typedef struct moati_lexer {
    const char *at, *end;
    int line, column;
    bool comments; /* give them as tokens */
} moati_lexer;

/* A mark of the order of bytes and a first line that begins with `#` are passed over. */
void moati_lexer_begin(moati_lexer *lexer, const char *text, size_t length);
/* The next token; MOATI_TOKEN_END again and again after the last. */
moati_token moati_lexer_next(moati_lexer *lexer);

/* Whether a name, keyword, number or mark is this; a string is never. */
bool moati_token_is(const moati_token *token, const char *word);
/* The same for a list that ends with NULL. */
bool moati_token_is_one_of(const moati_token *token, const char *const *words);
bool moati_token_same(const moati_token *a, const moati_token *b);

/* What is between the quotation marks or brackets of a string, its escapes as they are written. */
const char *moati_token_content(const moati_token *string, size_t *length);

#endif
