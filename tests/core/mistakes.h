/* What parsers do with texts that are malformed, for those of units and of literals. */
#ifndef MOAT_TEST_MISTAKES_H
#define MOAT_TEST_MISTAKES_H

#include <stddef.h>
#include <stdint.h>

#include "moat/status.h"

/* Parses a text, and fails the running test where the result is wrong in itself, or was written
 * although the text was refused. `failure` may be NULL. */
typedef moat_status text_parser(const char *text, size_t length, moat_error *failure);

typedef struct mistake {
    const char *text;
    moat_status status;
    long where;
    const char *message; /* a part of it */
} mistake;

/* Each text is refused as its row says, with an error to fill in and without. */
void expect_mistakes(size_t count, const mistake *mistakes, text_parser *parse);

/* Thousands of texts, half of them made of pieces that the parser knows, to get far into it, and
 * half of any bytes: each is parsed, or refused with one line and a place inside it. Returns how
 * many were parsed. */
size_t expect_survival(size_t count, const char *const *pieces, uint64_t seed, text_parser *parse);

#endif
