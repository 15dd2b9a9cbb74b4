/* Comparing what was found with what is expected. */
#include "expect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NUMBER = 64 };

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A number as it is written: the unit after it, and half of a step of its last digit. */
typedef struct written {
    double value, half;
    moati_span unit;
} written;

static moat_status refuse(moati_span text, moat_error *error) {
    return moat_fail(error, MOAT_SYNTAX, "\"%.*s\" is no number that could be expected",
                     text.length < 60 ? (int)text.length : 60, text.text);
}

/* Copies the digits of a number without the marks between thousands; returns how much it read. */
static size_t copy_number(moati_span text, char digits[LONGEST_NUMBER]) {
    size_t used = 0, i = 0;
    for (; i < text.length && used + 1 < LONGEST_NUMBER; i++) {
        const char c = text.text[i], before = i > 0 ? text.text[i - 1] : '\0';
        const bool is_sign = (c == '-' || c == '+') && (i == 0 || before == 'e' || before == 'E');
        const bool is_digit = (c >= '0' && c <= '9') || c == '.';
        const bool is_mark = c == ',' || c == '_';
        const bool is_exponent = (c == 'e' || c == 'E') && used > 0;
        if (!is_sign && !is_digit && !is_mark && !is_exponent)
            break;
        if (!is_mark)
            digits[used++] = c;
    }
    digits[used] = '\0';
    return i;
}

static moat_status read_number(moati_span text, written *w, moat_error *error) {
    char digits[LONGEST_NUMBER], *end;
    size_t used = copy_number(text, digits);
    const char *point = strchr(digits, '.'), *exponent = strpbrk(digits, "eE");
    w->value = strtod(digits, &end);
    if (end == digits || *end != '\0' || !isfinite(w->value))
        return refuse(text, error);
    const size_t decimals = point != NULL ? strcspn(point + 1, "eE") : 0;
    w->half = 0.5 * pow(10, (exponent != NULL ? atof(exponent + 1) : 0) - (double)decimals);
    while (used < text.length && is_blank(text.text[used]))
        used++;
    w->unit = (moati_span){text.text + used, text.length - used};
    return MOAT_OK;
}

/* The factor of a unit to base units; that of the value where there is none. */
static moat_status find_factor(moati_span text, const moati_found *found, moat_units *units,
                               double *factor, moat_error *error) {
    moat_unit unit;
    *factor = found->factor;
    if (text.length == 0)
        return MOAT_OK;
    moat_status status = moat_unit_parse(units, text.text, text.length, &unit, error);
    if (status != MOAT_OK)
        return status;
    if (moat_unit_dim(units, unit) != found->dim)
        return moat_fail(error, MOAT_UNIT, "\"%.*s\" does not fit what was found, which is in %s",
                         text.length < 60 ? (int)text.length : 60, text.text,
                         found->dim == MOAT_DIMENSIONLESS ? "no unit"
                                                          : moat_dim_text(units, found->dim));
    *factor = moat_unit_factor(units, unit);
    return MOAT_OK;
}

/* Both numbers in base units; the second is 0 where there is none. */
static moat_status read_both(const moati_expectation *expected, const moati_found *found,
                             moat_units *units, written *first, written *second,
                             moat_error *error) {
    double factors[2];
    *second = (written){.value = 0};
    moat_status status = read_number(expected->first, first, error);
    if (status == MOAT_OK && expected->second.length > 0)
        status = read_number(expected->second, second, error);
    if (status != MOAT_OK)
        return status;
    const moati_span one = first->unit.length > 0 ? first->unit : second->unit,
                     other = second->unit.length > 0 ? second->unit : first->unit;
    status = find_factor(one, found, units, &factors[0], error);
    if (status == MOAT_OK)
        status = find_factor(other, found, units, &factors[1], error);
    first->value *= factors[0];
    first->half *= factors[0];
    second->value *= factors[1];
    return status;
}

/* What is written in decimals is not what is computed in binary digits. */
static bool within(double distance, double most) {
    return fabs(distance) <= most * (1 + 1e-9);
}

static bool number_holds(const moati_expectation *expected, double value, const written *first,
                         const written *second) {
    switch (expected->relation) {
    case MOATI_EQUAL: return within(value - first->value, first->half);
    case MOATI_NEAR: return within(value - first->value, second->value);
    case MOATI_BETWEEN: return value >= first->value && value <= second->value;
    case MOATI_ABOVE: return value > first->value;
    case MOATI_BELOW: return value < first->value;
    case MOATI_AT_LEAST: return value >= first->value;
    case MOATI_AT_MOST: return value <= first->value;
    default: return true;
    }
}

static int compare(const char *text, moati_span with) {
    static const char never[] = "never";
    const int order = strncmp(text, with.text, with.length);
    const bool is_never = strcmp(text, never) == 0,
               other_never =
                   with.length == strlen(never) && memcmp(with.text, never, with.length) == 0;
    if (is_never != other_never)
        return is_never ? 1 : -1;
    return order != 0 ? order : (int)(text[with.length] != '\0');
}

static bool text_holds(const moati_expectation *expected, const char *text) {
    const int first = compare(text, expected->first);
    switch (expected->relation) {
    case MOATI_EQUAL: return first == 0;
    case MOATI_BETWEEN: return first >= 0 && compare(text, expected->second) <= 0;
    case MOATI_ABOVE: return first > 0;
    case MOATI_BELOW: return first < 0;
    case MOATI_AT_LEAST: return first >= 0;
    case MOATI_AT_MOST: return first <= 0;
    default: return true;
    }
}

/* Whether one date is after another, of which "never" is the last. */
static bool is_after(moati_span date, moati_span other) {
    char text[LONGEST_NUMBER];
    if (date.length >= sizeof text)
        return false;
    memcpy(text, date.text, date.length);
    text[date.length] = '\0';
    return compare(text, other) > 0;
}

static moat_status refuse_order(const moati_expectation *expected, moat_error *error) {
    const moati_span text = expected->whole;
    return moat_fail(error, MOAT_SYNTAX,
                     "nothing is from \"%.*s\"; write the smaller one, or the earlier, first",
                     text.length < 60 ? (int)text.length : 60, text.text);
}

moat_status moati_expect(const moati_expectation *expected, const moati_found *found,
                         moat_units *units, bool *holds, moat_error *error) {
    written first, second;
    *holds = true;
    if (expected->relation == MOATI_ANYTHING)
        return MOAT_OK;
    if (found->text != NULL && expected->relation == MOATI_NEAR)
        return moat_fail(
            error, MOAT_SYNTAX,
            "what is a date or a text can be expected to be equal, between two, above, "
            "below, at least or at most, and not near");
    const bool is_between = expected->relation == MOATI_BETWEEN;
    if (found->text != NULL) {
        if (is_between && is_after(expected->first, expected->second))
            return refuse_order(expected, error);
        *holds = text_holds(expected, found->text);
        return MOAT_OK;
    }
    moat_status status = read_both(expected, found, units, &first, &second, error);
    if (status == MOAT_OK && is_between && first.value > second.value)
        return refuse_order(expected, error);
    if (status == MOAT_OK)
        *holds = number_holds(expected, found->value, &first, &second);
    return status;
}
