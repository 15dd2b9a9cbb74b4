/* Memos: Markdown in which blocks of Lua run and values are computed. This is their grammar; it
 * runs nothing.
 *
 *     ```lua echo
 *     cash = q "12 to 15 $bn"
 *     ```
 *     There are {{ cash | range }} left.
 *
 * A block is fenced, by at most three blanks from the margin, and its language is lua; its options
 * are words after it: `echo` shows the code, `hide` shows nothing of it. What stands between {{ and
 * }} in a text is an expression, after which may stand, each after a "|": a figure, "N digits",
 * "expect ...". {{ report }} is the standard report, but for what a memo says itself. Within code
 * of Markdown, in blocks of other languages and after a backslash, {{ is what it is. All else is
 * left as it is written, byte for byte. */
#ifndef MOATI_MEMO_H
#define MOATI_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "moat/report.h"
#include "moat/status.h"

/* A part of a text, which it borrows. */
typedef struct moati_span {
    const char *text;
    size_t length;
} moati_span;

typedef enum moati_relation {
    MOATI_ANYTHING, /* nothing is expected */
    MOATI_EQUAL,    /* a number as far as it is written */
    MOATI_NEAR,     /* at most `second` from `first` */
    MOATI_BETWEEN,  /* both included */
    MOATI_ABOVE,
    MOATI_BELOW,
    MOATI_AT_LEAST,
    MOATI_AT_MOST
} moati_relation;

typedef struct moati_expectation {
    moati_relation relation;
    moati_span whole, first, second;
} moati_expectation;

typedef enum moati_part_kind {
    MOATI_MEMO_PROSE,
    MOATI_MEMO_BLOCK,
    MOATI_MEMO_VALUE,
    MOATI_MEMO_REPORT /* the sections of the standard report stand here */
} moati_part_kind;

typedef struct moati_part {
    moati_part_kind kind;
    moati_span text; /* Markdown; the lines of a block; an expression */
    int line;        /* where the text begins, from 1 */
    bool echo, hide; /* of a block */
    /* Of a value. */
    moat_figure figure;
    int digits; /* significant ones; 0: as many as the value supports */
    moati_expectation expected;
} moati_part;

typedef struct moati_memo {
    size_t count, capacity;
    moati_part *parts; /* together, with what marks them, they are the text */
} moati_memo;

/* *memo borrows the text, which must end with a 0. Errors: MOAT_SYNTAX, where `where` is the byte
 * at which what is wrong begins; MOAT_NO_MEMORY. Free *memo in any case. */
moat_status moati_memo_parse(const char *text, size_t length, moati_memo *memo, moat_error *error);
void moati_memo_free(moati_memo *memo);

/* The line of a byte of a text, from 1. */
int moati_line_at(const char *text, size_t place);

/* What stands between {{ and }}: fills in a value. Errors: as above; `where` counts from the text's
 * first byte. */
moat_status moati_value_parse(const char *text, size_t length, moati_part *part, moat_error *error);

#endif
