/* Units of measure.
 *
 * A registry (moat_units) holds two kinds of things, each named by a small integer that
 * stays valid as long as the registry:
 *
 *   moat_dim   a dimension: a rational exponent for each base dimension. The graph checks
 *              dimensions; 0 is "dimensionless".
 *   moat_unit  a way to write a dimension: its text ("$bn/GW/yr") and the factor from it to
 *              base units. 0 is "no unit given".
 *
 * Values inside graphs and programs are always in base units: dollar, watt of IT
 * equipment, watt at the meter, year, token, user, seat, request, FLOP, share of stock and
 * whatever the script adds. The base of time is the year, so that the usual units of this
 * field convert exactly. value_in_base = value_in_unit * factor.
 *
 * A registry is not thread-safe; evaluation does not touch it. */
#ifndef MOAT_UNIT_H
#define MOAT_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "moat/status.h"

typedef struct moat_units moat_units;
typedef uint32_t moat_dim;
typedef uint32_t moat_unit;

enum { MOAT_DIMENSIONLESS = 0, MOAT_NO_UNIT = 0 };

/* The base dimensions that every registry starts with, in this order. */
typedef enum moat_base {
    MOAT_BASE_MONEY,
    MOAT_BASE_POWER,    /* W: of IT equipment */
    MOAT_BASE_FACILITY, /* W_facility: at the meter */
    MOAT_BASE_TIME,     /* yr */
    MOAT_BASE_TOKEN,
    MOAT_BASE_USER,
    MOAT_BASE_SEAT,
    MOAT_BASE_REQUEST,
    MOAT_BASE_FLOP,
    MOAT_BASE_SHARE,
    MOAT_BASE_COUNT
} moat_base;

/* At most this many base dimensions, those that scripts add included. */
enum { MOAT_BASE_LIMIT = 24 };

moat_units *moat_units_new(void); /* NULL: no memory */
void moat_units_free(moat_units *units);

/* Parses text[0..length): products with `*`, `·` or a space, quotients with `/` (left to
 * right: a/b/c is a/(b c)), powers with `^` and a rational exponent (2, -1, 0.5, 1/2,
 * (1/2)), parentheses, "1" for no unit, "%" and "bp". Errors: MOAT_SYNTAX with the place,
 * MOAT_UNKNOWN with the place and the nearest known name, MOAT_NO_MEMORY. */
moat_status moat_unit_parse(moat_units *units, const char *text, size_t length, moat_unit *unit,
                            moat_error *error);

/* Adds a unit: 1 name = value base units of dimension dim. Its plural in "s" is known with it
 * unless it means something else. Errors: MOAT_INVALID where the name is taken, is no identifier,
 * or value is not finite and positive. */
moat_status moat_unit_define(moat_units *units, const char *name, double value, moat_dim dim,
                             moat_error *error);

/* Adds a base dimension with its unit. Errors: as above, and MOAT_LIMIT. */
moat_status moat_unit_define_base(moat_units *units, const char *name, moat_error *error);

const char *moat_unit_text(const moat_units *units, moat_unit unit); /* as written; "" for none */
double moat_unit_factor(const moat_units *units, moat_unit unit);
moat_dim moat_unit_dim(const moat_units *units, moat_unit unit);

/* Dimensions. Errors of the three that make new ones: MOAT_UNIT (an exponent leaves the
 * representable range, multiples of 1/5040 up to 400000), MOAT_NO_MEMORY. */
moat_status moat_dim_multiply(moat_units *units, moat_dim a, moat_dim b, moat_dim *product,
                              moat_error *error);
moat_status moat_dim_divide(moat_units *units, moat_dim a, moat_dim b, moat_dim *quotient,
                            moat_error *error);
moat_status moat_dim_power(moat_units *units, moat_dim a, double exponent, moat_dim *power,
                           moat_error *error);

/* The exponent of one base dimension. */
double moat_dim_exponent(const moat_units *units, moat_dim dim, moat_base base);

/* The dimension in base units: "$/W/yr", "1" for none. The text belongs to the registry. */
const char *moat_dim_text(const moat_units *units, moat_dim dim);

/* A unit that shows values of about this size (in base units) readably: "$bn" for 3e9 of
 * money, "$bn/GW/yr" for money per power and time, "$/Mtok" for 5e-6 of money per token.
 * Returns MOAT_NO_UNIT only where memory is short. */
moat_unit moat_unit_readable(moat_units *units, moat_dim dim, double magnitude);

/* The known unit names, for completion and messages: NULL-terminated, in name order,
 * without prefixed forms. The array belongs to the registry and is valid until the next
 * definition. */
const char *const *moat_unit_names(moat_units *units);

#endif
