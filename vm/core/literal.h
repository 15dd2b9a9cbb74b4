/* Reading literals: what literal.c (numbers, ranges), literal_call.c (distributions) and
 * literal_number.c share. */
#ifndef MOATI_LITERAL_H
#define MOATI_LITERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "moat/sample.h"
#include "text.h"
#include "unit.h"

/* --- Numbers: literal_number.c. */

enum { MOATI_DIGITS_LIMIT = 60 };

/* A number as written: its decimal digits and not yet a double, so that a unit's power of
 * ten goes into its exponent and "4.4 %" is the double nearest to 0.044. */
typedef struct moati_number {
    size_t where, end;                   /* the bytes of the text that it takes */
    char digits[MOATI_DIGITS_LIMIT + 1]; /* without sign, leading zeros and dot */
    int exponent;                        /* of ten */
    bool negative, infinite;
} moati_number;

/* Reads the number at text[at]: ["+" | "-"] (digits ["." digits] | "." digits) ["e" [sign]
 * digits], or "inf" for the digits. "_" may stand between digits, and, where commas says so, a
 * "," before each group of three. Errors: MOAT_SYNTAX with the place. */
moat_status moati_number_read(const char *text, size_t length, size_t at, bool commas,
                              moati_number *number, moat_error *error);

/* number * factor. Errors: MOAT_SYNTAX where that is too large or too small for a double. */
moat_status moati_number_value(const moati_number *number, const moati_factor *factor,
                               double *value, moat_error *error);

extern const moati_factor moati_factor_percent;

/* --- The text being read. */

typedef struct moati_reader {
    moat_graph *graph;
    moat_units *units;
    const char *text;
    size_t length, at;
    moat_literal *literal;
    moat_error *error; /* never NULL */
} moati_reader;

static inline bool moati_reader_ended(const moati_reader *r) {
    return r->at == r->length;
}

static inline char moati_reader_peek(const moati_reader *r) {
    return moati_reader_ended(r) ? '\0' : r->text[r->at];
}

static inline void moati_skip_spaces(moati_reader *r) {
    while (!moati_reader_ended(r) && moati_is_space(r->text[r->at]))
        r->at++;
}

static inline bool moati_starts_with(const moati_reader *r, size_t at, const char *token) {
    size_t length = strlen(token);
    return r->length - at >= length && memcmp(r->text + at, token, length) == 0;
}

static inline bool moati_accept(moati_reader *r, const char *token) {
    if (!moati_starts_with(r, r->at, token))
        return false;
    r->at += strlen(token);
    return true;
}

static inline size_t moati_word_end(const moati_reader *r, size_t at) {
    while (at < r->length && (moati_is_letter(r->text[at]) || moati_is_digit(r->text[at])))
        at++;
    return at;
}

static inline moat_status moati_syntax_error(moati_reader *r, size_t where, const char *message) {
    return moat_fail_at(r->error, MOAT_SYNTAX, (long)where, "%s", message);
}

/* A number after white space. */
moat_status moati_read_number(moati_reader *r, bool commas, moati_number *number);
/* All that is left of the text, as literal->unit. */
moat_status moati_read_unit(moati_reader *r);

static inline const moati_factor *moati_literal_factor(const moati_reader *r) {
    return moati_unit_parts(r->units, r->literal->unit);
}

static inline moat_dim moati_literal_dim(const moati_reader *r) {
    return moat_unit_dim(r->units, r->literal->unit);
}

/* The status of a distribution just made; a refusal gets a place in the text. */
moat_status moati_check_made(moati_reader *r, size_t where);

/* --- literal_call.c: "pert(10, 13, 18) $bn"; the reader is at the name. */
moat_status moati_read_call(moati_reader *r);

#endif
