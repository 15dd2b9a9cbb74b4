/* The registry of units, as its own files see it. */
#ifndef MOATI_UNIT_H
#define MOATI_UNIT_H

#include "moat/unit.h"
#include "table.h"

enum {
    MOATI_WHOLE = 5040, /* exponents are integers in units of 1/5040 */
    MOATI_EXPONENT_LIMIT = 400000 * MOATI_WHOLE,
    MOATI_TENS_LIMIT = 600, /* far past what a double holds */
    MOATI_NAME_LIMIT = 40,  /* bytes of a defined name */
    MOATI_UNIT_TEXT_LIMIT = 2000
};

typedef struct moati_exponents {
    int32_t of[MOAT_BASE_LIMIT];
} moati_exponents;

/* numerator / denominator * 10^tens. Kept apart because most factors of this field are
 * exact so: "$bn/GW/yr" is 1, not a quotient of roundings. */
typedef struct moati_factor {
    double numerator, denominator;
    int tens;
} moati_factor;

typedef struct moati_measure {
    moati_factor factor;
    moati_exponents exponents;
} moati_measure;

typedef struct moati_dim_entry {
    uint64_t hash;
    moati_exponents exponents;
    char *text;
} moati_dim_entry;

typedef struct moati_unit_entry {
    uint64_t hash; /* of the text */
    char *text;
    moati_factor parts;
    double factor;
    moat_dim dim;
} moati_unit_entry;

typedef struct moati_definition {
    char *name;
    moati_measure measure;
} moati_definition;

struct moat_units {
    struct moati_journal *journal; /* of what is made of these units; NULL: none is kept */
    const char *base_names[MOAT_BASE_LIMIT];
    size_t base_count;

    moati_dim_entry *dims;
    size_t dim_count, dim_capacity;
    moati_table dim_index;

    moati_unit_entry *units;
    size_t unit_count, unit_capacity;
    moati_table unit_index;

    moati_definition *definitions;
    size_t definition_count, definition_capacity;

    const char **names; /* built in and defined, in order, then NULL */
    size_t name_count, name_capacity;
};

/* --- unit_measure.c: arithmetic of factors and exponents. False where a result is out of
 * range or no multiple of 1/5040. */

extern const moati_measure moati_measure_one;

bool moati_exponents_add(moati_exponents *sum, const moati_exponents *other, int sign);
bool moati_measure_multiply(moati_measure *product, const moati_measure *other);
bool moati_measure_divide(moati_measure *quotient, const moati_measure *other);
/* To the power exponent / 5040. */
bool moati_measure_raise(moati_measure *measure, int32_t exponent);
/* The factor as one number: correctly rounded where the parts are exact. */
double moati_factor_value(const moati_factor *factor);

/* --- unit_dim.c */

bool moati_dim_intern(moat_units *units, const moati_exponents *exponents, moat_dim *dim);
void moati_dims_free(moat_units *units);
/* "^2", "^0.5", "^(1/3)"; nothing for 1. Returns the length. */
enum { MOATI_POWER_TEXT = 32 };
size_t moati_power_print(char buffer[MOATI_POWER_TEXT], int32_t exponent);

/* --- unit_names.c: the vocabulary. */

typedef struct moati_multiple {
    const char *name;
    int tens;
    bool prefix; /* may be joined to a name: "GW"; the others only stand free: "bn users" */
} moati_multiple;

/* NULL-terminated by name. */
extern const moati_multiple moati_multiples[];
const moati_multiple *moati_multiple_find(const char *name, size_t length);

/* The built-in name with this number, or NULL past the last. */
const char *moati_builtin_name(size_t number);
/* What a name stands for: built in, with or without a prefix, defined, or the plural of what is
 * defined. */
bool moati_name_find(const moat_units *units, const char *name, size_t length,
                     moati_measure *measure);
/* Whether a name is only known as the plural of a defined one: of "unicorn", "unicorns". */
bool moati_name_is_plural(const moat_units *units, const char *name, size_t length);
/* The nearest known name; false where none is near. */
enum { MOATI_SUGGESTION = 48 };
bool moati_name_suggest(const moat_units *units, const char *name, size_t length,
                        char suggestion[MOATI_SUGGESTION]);

/* --- unit.c, unit_parse.c */

/* A copy ending in a zero byte, to be freed; NULL where memory is short. */
char *moati_copy_text(const char *text, size_t length);

/* Reads a measure from a text that is not blank. */
moat_status moati_measure_parse(const moat_units *units, const char *text, size_t length,
                                moati_measure *measure, moat_error *error);
const moati_factor *moati_unit_parts(const moat_units *units, moat_unit unit);

#endif
