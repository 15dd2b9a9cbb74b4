/* The grammar of units:
 *
 *   product  := power { ("*" | "·" | space | "/") power }      left to right
 *   power    := primary [ "^" exponent ]
 *   primary  := "(" product ")" | "1" | "%" | name | multiple space name
 *   exponent := ["-"] digits ["." digits] ["/" digits], with or without parentheses
 *
 * "a/b c" is refused: half of its readers would take it for a/(b c). */
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "unit.h"

enum { NESTING_LIMIT = 20, EXPONENT_DIGITS = 9 };

typedef struct parser {
    const moat_units *units;
    const char *text;
    size_t length, at;
    unsigned nesting;
    moat_error *error;
} parser;

static moat_status parse_product(parser *p, moati_measure *product);

static bool ended(const parser *p) {
    return p->at == p->length;
}

static char peek(const parser *p) {
    return ended(p) ? '\0' : p->text[p->at];
}

static bool skip_spaces(parser *p) {
    size_t start = p->at;
    while (!ended(p) && moati_is_space(p->text[p->at]))
        p->at++;
    return p->at > start;
}

static bool accept(parser *p, const char *token) {
    size_t length = strlen(token);
    if (p->length - p->at < length || memcmp(p->text + p->at, token, length) != 0)
        return false;
    p->at += length;
    return true;
}

/* The length of the character at a place that may be in a name; 0 where it may not. A name
 * may have characters beyond ASCII so that messages can quote it whole. */
static size_t name_character(const parser *p, size_t at) {
    char c = p->text[at];
    if (moati_is_letter(c) || c == '$')
        return 1;
    size_t length = moati_utf8_length(p->text + at, p->length - at);
    bool product_sign = length == 2 && memcmp(p->text + at, "·", 2) == 0;
    return length > 1 && !product_sign ? length : 0;
}

static size_t name_end(const parser *p) {
    size_t end = p->at;
    while (end < p->length) {
        size_t length = name_character(p, end);
        if (length == 0 && end > p->at && moati_is_digit(p->text[end]))
            length = 1;
        if (length == 0)
            break;
        end += length;
    }
    return end;
}

static bool begins_primary(const parser *p) {
    char c = peek(p);
    return !ended(p) && (c == '(' || c == '%' || moati_is_digit(c) || name_character(p, p->at) > 0);
}

static moat_status out_of_range(parser *p, size_t where) {
    return moat_fail_at(p->error, MOAT_SYNTAX, (long)where, "this power is out of range");
}

static moat_status unexpected(parser *p, const char *wanted) {
    if (ended(p))
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)p->at,
                            "the unit ends where %s is expected", wanted);
    size_t length = moati_utf8_length(p->text + p->at, p->length - p->at);
    moati_quote quote = moati_quote_text(p->text + p->at, length == 0 ? 1 : length);
    return moat_fail_at(p->error, MOAT_SYNTAX, (long)p->at, "\"%s\" stands where %s is expected",
                        quote.text, wanted);
}

/* "per year", "p.a.": what a quotient is called in prose. *divisor is left as it is where the unit
 * that follows is not known. */
static bool find_quotient(const parser *p, size_t start, size_t end, moati_quote *divisor) {
    if (moati_text_equal(p->text + start, end - start, "per")) {
        parser rest = *p;
        rest.at = end;
        skip_spaces(&rest);
        const char *word = p->text + rest.at;
        const size_t length = name_end(&rest) - rest.at;
        char near[MOATI_SUGGESTION];
        moati_measure measure;
        if (moati_name_find(p->units, word, length, &measure))
            *divisor = moati_quote_text(word, length);
        else if (length > 0 && moati_name_suggest(p->units, word, length, near))
            *divisor = moati_quote_text(near, strlen(near));
        return true;
    }
    return p->length - start >= 3 && memcmp(p->text + start, "p.a", 3) == 0;
}

static moat_status unknown_name(parser *p, size_t start, size_t end) {
    moati_quote divisor = moati_quote_text("yr", 2);
    if (find_quotient(p, start, end, &divisor))
        return moat_fail_at(p->error, MOAT_UNKNOWN, (long)start,
                            "a quotient of units is written with \"/\", as in \"/%s\"",
                            divisor.text);
    const char *name = p->text + start;
    moati_quote quote = moati_quote_text(name, end - start);
    char near[MOATI_SUGGESTION];
    if (moati_name_suggest(p->units, name, end - start, near))
        return moat_fail_at(p->error, MOAT_UNKNOWN, (long)start,
                            "unknown unit \"%s\"; did you mean \"%s\"?", quote.text, near);
    return moat_fail_at(
        p->error, MOAT_UNKNOWN, (long)start,
        "unknown unit \"%s\"; known are $, W, W_facility, Wh, yr, quarter, mo, week, "
        "day, h, s, tok, user, seat, request, FLOP, share, %%, bp, multiples such "
        "as $bn, GW and M users, and units that were defined",
        quote.text);
}

/* "M users": the multiple has been read. */
static moat_status parse_multiplied(parser *p, const moati_multiple *multiple, size_t start,
                                    moati_measure *measure) {
    skip_spaces(p);
    size_t name = p->at;
    p->at = name_end(p);
    if (p->at == name)
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start,
                            "\"%s\" needs a unit after it, as in \"%s users\"", multiple->name,
                            multiple->name);
    if (!moati_name_find(p->units, p->text + name, p->at - name, measure))
        return unknown_name(p, name, p->at);
    if (measure->factor.tens != 0) {
        moati_quote quote = moati_quote_text(p->text + name, p->at - name);
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start,
                            "\"%s\" and \"%s\" are two multiples in a row; write one",
                            multiple->name, quote.text);
    }
    measure->factor.tens = multiple->tens;
    return MOAT_OK;
}

static moat_status parse_name(parser *p, moati_measure *measure) {
    size_t start = p->at;
    p->at = name_end(p);
    const char *name = p->text + start;
    if (moati_name_find(p->units, name, p->at - start, measure))
        return MOAT_OK;
    const moati_multiple *multiple = moati_multiple_find(name, p->at - start);
    if (multiple)
        return parse_multiplied(p, multiple, start, measure);
    return unknown_name(p, start, p->at);
}

static moat_status parse_parentheses(parser *p, moati_measure *measure) {
    size_t start = p->at++;
    if (++p->nesting > NESTING_LIMIT)
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start,
                            "more than %d parentheses inside one another", NESTING_LIMIT);
    skip_spaces(p);
    moat_status status = parse_product(p, measure);
    if (status != MOAT_OK)
        return status;
    if (ended(p))
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start, "this \"(\" is never closed");
    p->at++; /* a product ends at ")" or the end */
    p->nesting--;
    return MOAT_OK;
}

/* Only "1" is a unit. */
static moat_status parse_one(parser *p, moati_measure *measure) {
    size_t start = p->at;
    while (moati_is_digit(peek(p)) || peek(p) == '.' || peek(p) == ',')
        p->at++;
    if (p->at - start != 1 || p->text[start] != '1')
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start,
                            "a unit has no number but 1 in it; for multiples write $k, $M, $bn, "
                            "GW, Mtok, M users");
    *measure = moati_measure_one;
    return MOAT_OK;
}

static moat_status parse_primary(parser *p, moati_measure *measure) {
    if (!begins_primary(p))
        return unexpected(p, "a unit");
    char c = peek(p);
    if (c == '(')
        return parse_parentheses(p, measure);
    if (moati_is_digit(c))
        return parse_one(p, measure);
    if (c == '%') {
        moati_name_find(p->units, p->text + p->at++, 1, measure);
        return MOAT_OK;
    }
    return parse_name(p, measure);
}

typedef struct fraction {
    int64_t above, below;
    bool too_long;
} fraction;

/* Appends digits to *value; returns how many. */
static unsigned read_digits(parser *p, int64_t *value, bool *too_long) {
    unsigned count = 0;
    for (; moati_is_digit(peek(p)); p->at++)
        if (++count > EXPONENT_DIGITS)
            *too_long = true;
        else
            *value = *value * 10 + (peek(p) - '0');
    return count;
}

static moat_status read_decimal(parser *p, fraction *f) {
    if (read_digits(p, &f->above, &f->too_long) == 0)
        return unexpected(p, "an exponent such as 2, -1, 0.5 or (1/2)");
    if (!accept(p, "."))
        return MOAT_OK;
    unsigned places = 0;
    size_t start = p->at;
    for (; moati_is_digit(peek(p)) && !f->too_long; p->at++) {
        f->above = f->above * 10 + (peek(p) - '0');
        f->below *= 10;
        f->too_long = ++places > EXPONENT_DIGITS / 2 || f->above > INT32_MAX;
    }
    return p->at > start ? MOAT_OK : unexpected(p, "a digit");
}

/* Without parentheses, only a "/" right before a digit belongs to the exponent. */
static moat_status read_divisor(parser *p, bool enclosed, fraction *f) {
    if (enclosed)
        skip_spaces(p);
    bool digit_next = p->at + 1 < p->length && moati_is_digit(p->text[p->at + 1]);
    if (peek(p) != '/' || !(enclosed || digit_next))
        return MOAT_OK;
    p->at++;
    if (enclosed)
        skip_spaces(p);
    int64_t divisor = 0;
    if (read_digits(p, &divisor, &f->too_long) == 0)
        return unexpected(p, "a digit");
    f->below *= divisor;
    return MOAT_OK;
}

static moat_status parse_fraction(parser *p, bool enclosed, int32_t *exponent) {
    size_t start = p->at;
    int64_t one = accept(p, "-") ? -MOATI_WHOLE : MOATI_WHOLE;
    fraction f = {0, 1, false};
    moat_status status = read_decimal(p, &f);
    if (status == MOAT_OK)
        status = read_divisor(p, enclosed, &f);
    if (status != MOAT_OK)
        return status;
    int64_t above = f.above * one;
    if (f.too_long || f.below == 0 || above % f.below != 0 ||
        llabs(above / f.below) > MOATI_EXPONENT_LIMIT)
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start,
                            "an exponent is a simple fraction such as 2, -1, 0.5 or (1/3)");
    *exponent = (int32_t)(above / f.below);
    return MOAT_OK;
}

static moat_status parse_exponent(parser *p, int32_t *exponent) {
    skip_spaces(p);
    size_t start = p->at;
    if (!accept(p, "("))
        return parse_fraction(p, false, exponent);
    skip_spaces(p);
    moat_status status = parse_fraction(p, true, exponent);
    if (status != MOAT_OK)
        return status;
    skip_spaces(p);
    if (ended(p))
        return moat_fail_at(p->error, MOAT_SYNTAX, (long)start, "this \"(\" is never closed");
    return accept(p, ")") ? MOAT_OK : unexpected(p, "\")\"");
}

static moat_status parse_power(parser *p, moati_measure *measure) {
    size_t start = p->at;
    moat_status status = parse_primary(p, measure);
    if (status != MOAT_OK)
        return status;
    size_t end = p->at;
    skip_spaces(p);
    if (!accept(p, "^")) {
        p->at = end; /* the space may be a product sign */
        return MOAT_OK;
    }
    int32_t exponent;
    status = parse_exponent(p, &exponent);
    if (status != MOAT_OK)
        return status;
    return moati_measure_raise(measure, exponent) ? MOAT_OK : out_of_range(p, start);
}

typedef enum joint { END, PRODUCT, JUXTAPOSITION, QUOTIENT, MISPLACED } joint;

/* What stands between two factors; leaves the parser at the second. */
static joint next_joint(parser *p) {
    bool space = skip_spaces(p);
    if (ended(p) || (peek(p) == ')' && p->nesting > 0))
        return END;
    bool quotient = accept(p, "/");
    if (quotient || accept(p, "*") || accept(p, "·")) {
        skip_spaces(p);
        return quotient ? QUOTIENT : PRODUCT;
    }
    return space && begins_primary(p) ? JUXTAPOSITION : MISPLACED;
}

static moat_status ambiguous(parser *p) {
    return moat_fail_at(p->error, MOAT_SYNTAX, (long)p->at,
                        "a space after \"/\" can be read two ways; write \"a/(b c)\" or \"a/b*c\"");
}

static moat_status parse_product(parser *p, moati_measure *product) {
    bool divided = false;
    moat_status status = parse_power(p, product);
    while (status == MOAT_OK) {
        joint joined = next_joint(p);
        if (joined == END)
            return MOAT_OK;
        if (joined == MISPLACED)
            return unexpected(p, "\"/\", \"*\", a space or the end of the unit");
        if (joined == JUXTAPOSITION && divided)
            return ambiguous(p);
        divided = divided || joined == QUOTIENT;
        size_t start = p->at;
        moati_measure factor;
        status = parse_power(p, &factor);
        if (status == MOAT_OK && !(joined == QUOTIENT ? moati_measure_divide(product, &factor)
                                                      : moati_measure_multiply(product, &factor)))
            return out_of_range(p, start);
    }
    return status;
}

moat_status moati_measure_parse(const moat_units *units, const char *text, size_t length,
                                moati_measure *measure, moat_error *error) {
    parser p = {.units = units, .text = text, .length = length, .error = error};
    skip_spaces(&p);
    return parse_product(&p, measure);
}
