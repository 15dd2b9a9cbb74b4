/* Whether what a memo expects of a value still holds. */
#ifndef MOATI_EXPECT_H
#define MOATI_EXPECT_H

#include <stdbool.h>

#include "memo.h"
#include "moat/unit.h"

typedef struct moati_found {
    const char *text; /* what is no number, as it is shown: "2031-Q2", "never"; NULL: a number */
    double value;     /* a number in base units */
    double factor;    /* of the unit that it is shown in, which is that of numbers without a unit */
    moat_dim dim;
} moati_found;

/* Numbers may have units; of two, the one without has the other's. Texts are in the order of their
 * characters, as dates are, with "never" after all. Errors: MOAT_SYNTAX (what is expected is no
 * number), MOAT_UNIT, MOAT_UNKNOWN, MOAT_NO_MEMORY. */
moat_status moati_expect(const moati_expectation *expected, const moati_found *found,
                         moat_units *units, bool *holds, moat_error *error);

#endif
