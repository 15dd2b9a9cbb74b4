/* Scanning a number in a literal: signs, separators, exponents, infinity. The powers of ten of
 * its unit join the digits before they are rounded to a double. */
#include "literal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXPONENT_LIMIT = 100000 };

const moati_factor moati_factor_percent = {1, 1, -2};

typedef struct scanner {
    const char *text;
    size_t length, at;
    moati_number *number;
    size_t count; /* of digits kept */
    moat_error *error;
} scanner;

static char ahead(const scanner *s, size_t by) {
    return s->at + by < s->length ? s->text[s->at + by] : '\0';
}

static moat_status fail_here(scanner *s, const char *message) {
    return moat_fail_at(s->error, MOAT_SYNTAX, (long)s->at, "%s", message);
}

/* A digit of the value; `place` is -1 for digits after the dot, else 0. Zeros in front are
 * not kept. */
static moat_status keep_digit(scanner *s, char digit, int place) {
    s->number->exponent += place;
    if (s->count == 0 && digit == '0')
        return MOAT_OK;
    if (s->count == MOATI_DIGITS_LIMIT)
        return moat_fail_at(s->error, MOAT_SYNTAX, (long)s->at, "a number has at most %d digits",
                            MOATI_DIGITS_LIMIT);
    s->number->digits[s->count++] = digit;
    return MOAT_OK;
}

/* Digits with "_" between them. */
static moat_status read_digits(scanner *s, int place, size_t *read) {
    *read = 0;
    while (moati_is_digit(ahead(s, 0)) || ahead(s, 0) == '_') {
        if (ahead(s, 0) == '_') {
            if (*read == 0 || !moati_is_digit(ahead(s, 1)))
                return fail_here(s, "\"_\" stands between digits, as in 5_000");
        } else {
            moat_status status = keep_digit(s, ahead(s, 0), place);
            if (status != MOAT_OK)
                return status;
            ++*read;
        }
        s->at++;
    }
    return MOAT_OK;
}

static bool group_follows(const scanner *s) {
    return ahead(s, 0) == ',' && moati_is_digit(ahead(s, 1)) && moati_is_digit(ahead(s, 2)) &&
           moati_is_digit(ahead(s, 3)) && !moati_is_digit(ahead(s, 4));
}

/* ",000" any number of times. */
static moat_status read_groups(scanner *s, size_t digits_before) {
    bool fits = digits_before <= 3;
    while (ahead(s, 0) == ',') {
        if (!fits || !group_follows(s))
            return fail_here(s, "a comma groups digits by three, as in 5,000; the fraction begins "
                                "with a dot, as in 1.5");
        size_t ignored;
        s->at++;
        moat_status status = read_digits(s, 0, &ignored);
        if (status != MOAT_OK)
            return status;
    }
    return MOAT_OK;
}

static bool exponent_follows(const scanner *s) {
    if (ahead(s, 0) != 'e' && ahead(s, 0) != 'E')
        return false;
    bool sign = ahead(s, 1) == '+' || ahead(s, 1) == '-';
    return moati_is_digit(ahead(s, sign ? 2 : 1));
}

static void read_exponent(scanner *s) {
    bool negative = ahead(s, 1) == '-';
    int exponent = 0;
    s->at += ahead(s, 1) == '-' || ahead(s, 1) == '+' ? 2 : 1;
    for (; moati_is_digit(ahead(s, 0)); s->at++)
        if (exponent < EXPONENT_LIMIT)
            exponent = exponent * 10 + (ahead(s, 0) - '0');
    s->number->exponent += negative ? -exponent : exponent;
}

static moat_status read_decimal(scanner *s, bool commas) {
    size_t whole, fraction = 0;
    moat_status status = read_digits(s, 0, &whole);
    if (status == MOAT_OK && commas && whole > 0)
        status = read_groups(s, whole);
    if (status != MOAT_OK)
        return status;
    if (ahead(s, 0) == '.' && ahead(s, 1) != '.') { /* "12..15" is for the caller to explain */
        s->at++;
        status = read_digits(s, -1, &fraction);
        if (status == MOAT_OK && fraction == 0)
            status = fail_here(s, "a digit is missing after the dot");
    }
    if (status == MOAT_OK && whole + fraction == 0)
        status = fail_here(s, "a number is expected here");
    if (status == MOAT_OK && exponent_follows(s))
        read_exponent(s);
    return status;
}

static bool infinity_follows(const scanner *s) {
    char next = ahead(s, 3);
    return s->length - s->at >= 3 && memcmp(s->text + s->at, "inf", 3) == 0 &&
           !moati_is_letter(next) && !moati_is_digit(next);
}

moat_status moati_number_read(const char *text, size_t length, size_t at, bool commas,
                              moati_number *number, moat_error *error) {
    scanner s = {text, length, at, number, 0, error};
    moat_status status = MOAT_OK;
    *number = (moati_number){.where = at, .negative = ahead(&s, 0) == '-'};
    if (ahead(&s, 0) == '-' || ahead(&s, 0) == '+')
        s.at++;
    number->infinite = infinity_follows(&s);
    if (number->infinite)
        s.at += 3;
    else
        status = read_decimal(&s, commas);
    number->digits[s.count] = '\0';
    number->end = s.at;
    return status;
}

moat_status moati_number_value(const moati_number *number, const moati_factor *factor,
                               double *value, moat_error *error) {
    double size = 0;
    if (number->infinite) {
        size = INFINITY;
    } else if (number->digits[0] != '\0') {
        /* No dot, so that the locale's decimal point does not matter. */
        char text[MOATI_DIGITS_LIMIT + 16];
        snprintf(text, sizeof text, "%se%d", number->digits, number->exponent + factor->tens);
        size = strtod(text, NULL) * factor->numerator / factor->denominator;
        if (!(size > 0 && isfinite(size)))
            return moat_fail_at(error, MOAT_SYNTAX, (long)number->where,
                                "this number is too %s to compute with",
                                size > 0 ? "large" : "small");
    }
    *value = number->negative ? -size : size;
    return MOAT_OK;
}
