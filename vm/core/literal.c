/* Literals: a number, a range or a distribution, then a unit. */
#include "literal.h"
#include "environment.h"

static bool is_to(const moati_reader *r, size_t at) {
    return moati_starts_with(r, at, "to") && moati_word_end(r, at) == at + 2;
}

moat_status moati_read_number(moati_reader *r, bool commas, moati_number *number) {
    moati_skip_spaces(r);
    if (moati_reader_ended(r))
        return moati_syntax_error(r, r->at, "the text ends where a number is expected");
    moat_status status = moati_number_read(r->text, r->length, r->at, commas, number, r->error);
    if (status == MOAT_OK)
        r->at = number->end;
    return status;
}

/* --- The unit. */

/* What people put where the unit is expected, and what to write instead. */
static moat_status check_unit_place(moati_reader *r) {
    for (size_t at = r->at; at < r->length; at++) {
        bool word_begins = at == r->at || !moati_is_letter(r->text[at - 1]);
        if (word_begins && is_to(r, at))
            return moati_syntax_error(
                r, at,
                "a range has its unit once, at the end: write \"12 to 15 $bn\", not "
                "\"12 $bn to 15 $bn\"");
        if (r->text[at] == '@')
            return moati_syntax_error(
                r, at,
                "the interval stands between a range and its unit: write \"12 to 15 @ "
                "50 % $bn\"");
    }
    return MOAT_OK;
}

/* "/yr": the "/" has been read. It is known as "1/yr", which is what it means. */
static moat_status read_divisor(moati_reader *r, size_t start) {
    char unit[MOATI_UNIT_TEXT_LIMIT] = "1/";
    moati_skip_spaces(r);
    const size_t length = r->length - r->at;
    if (length > sizeof unit - 2)
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)start,
                            "a unit has at most %d bytes, not %zu", MOATI_UNIT_TEXT_LIMIT,
                            length + 2);
    memcpy(unit + 2, r->text + r->at, length);
    moat_status status = moat_unit_parse(r->units, unit, length + 2, &r->literal->unit, r->error);
    if (status != MOAT_OK && r->error->where != MOAT_NOWHERE) {
        const long where = r->error->where + (long)r->at - 2;
        r->error->where = where < (long)start ? (long)start : where;
    }
    return status;
}

moat_status moati_read_unit(moati_reader *r) {
    moati_skip_spaces(r);
    size_t start = r->at;
    moat_status status = check_unit_place(r);
    if (status != MOAT_OK)
        return status;
    if (moati_accept(r, "/"))
        return read_divisor(r, start);
    status =
        moat_unit_parse(r->units, r->text + start, r->length - start, &r->literal->unit, r->error);
    if (status != MOAT_OK && r->error->where != MOAT_NOWHERE)
        r->error->where += (long)start;
    return status;
}

moat_status moati_check_made(moati_reader *r, size_t where) {
    if (r->literal->dist != MOAT_NO_DIST)
        return MOAT_OK;
    if (r->error->status != MOAT_NO_MEMORY)
        r->error->where = (long)where;
    return r->error->status;
}

/* --- Numbers and ranges. */

/* "12-15", "12..15": none of them can be told from a sign, a date or a slip. */
static bool is_range_mark(const moati_reader *r) {
    static const char *const marks[] = {"-", "–", "—", "−", "..", "…", "~"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (moati_starts_with(r, r->at, marks[i]))
            return true;
    return false;
}

static bool is_lower_word(const moati_reader *r, size_t end, const char *word) {
    size_t length = strlen(word), at = 0;
    while (at < length && r->at + at < end && moati_lower(r->text[r->at + at]) == word[at])
        at++;
    return at == length && r->at + at == end;
}

/* "12 too 15", "5to6": a word that is no unit where "to" should stand, and a number. */
static bool is_misspelt_to(const moati_reader *r) {
    static const char *const words[] = {"to", "too", "till", "until", "through", "and"};
    size_t end = r->at;
    while (end < r->length && moati_is_letter(r->text[end]))
        end++;
    moati_reader after = *r;
    after.at = end;
    moati_skip_spaces(&after);
    after.at += moati_reader_peek(&after) == '-' || moati_reader_peek(&after) == '+';
    if (!moati_is_digit(moati_reader_peek(&after)) && moati_reader_peek(&after) != '.')
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_lower_word(r, end, words[i]))
            return true;
    return false;
}

/* "@ 50 %", or nothing. */
static moat_status read_central(moati_reader *r, double *central) {
    moati_number number;
    *central = 0.9;
    moati_skip_spaces(r);
    if (!moati_accept(r, "@"))
        return MOAT_OK;
    moat_status status = moati_read_number(r, true, &number);
    if (status == MOAT_OK)
        status = moati_number_value(&number, &moati_factor_percent, central, r->error);
    if (status != MOAT_OK)
        return status;
    moati_skip_spaces(r);
    if (!moati_accept(r, "%"))
        return moati_syntax_error(r, r->at,
                                  "the interval after \"@\" is in percent: write \"@ 50 %\"");
    if (!(*central > 0 && *central < 1))
        return moati_syntax_error(r, number.where,
                                  "an interval lies between 0 % and 100 %, both excluded");
    return MOAT_OK;
}

/* A number as it was written. */
static moati_quote quote_number(const moati_reader *r, const moati_number *number) {
    return moati_quote_text(r->text + number->where, number->end - number->where);
}

/* What is left of the text: a space and the unit. */
static moati_quote quote_rest(const moati_reader *r) {
    size_t end = r->length;
    while (end > r->at && moati_is_space(r->text[end - 1]))
        end--;
    return moati_quote_text(r->text + r->at, end - r->at);
}

static moat_status check_ends(moati_reader *r, const moati_number *low, const moati_number *high,
                              const double ends[2]) {
    if (low->infinite || high->infinite)
        return moati_syntax_error(r, low->infinite ? low->where : high->where,
                                  "the ends of a range are finite");
    if (ends[0] == ends[1])
        return moati_syntax_error(
            r, low->where,
            "the ends of this range are equal; write one number for what is certain");
    if (ends[0] > ends[1])
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)low->where,
                            "the low end of a range comes first: write \"%s to %s\"",
                            quote_number(r, high).text, quote_number(r, low).text);
    return MOAT_OK;
}

/* "10 to 13 to 18 $bn": "to" follows. */
static moat_status three_values(moati_reader *r, const moati_number *low,
                                const moati_number *mode) {
    moati_number high;
    const size_t where = r->at;
    r->at += 2;
    if (moati_read_number(r, true, &high) != MOAT_OK)
        return r->error->status;
    return moat_fail_at(r->error, MOAT_SYNTAX, (long)where,
                        "a range has two ends; for the least, likeliest and greatest value write "
                        "\"pert(%s, %s, %s)%s\"",
                        quote_number(r, low).text, quote_number(r, mode).text,
                        quote_number(r, &high).text, quote_rest(r).text);
}

/* The low end and "to" have been read. */
static moat_status read_range(moati_reader *r, const moati_number *low) {
    moati_number high;
    double central, ends[2];
    moat_status status = moati_read_number(r, true, &high);
    if (status != MOAT_OK)
        return status;
    moati_skip_spaces(r);
    if (is_to(r, r->at))
        return three_values(r, low, &high);
    status = read_central(r, &central);
    if (status == MOAT_OK)
        status = moati_read_unit(r);
    if (status == MOAT_OK)
        status = moati_number_value(low, moati_literal_factor(r), &ends[0], r->error);
    if (status == MOAT_OK)
        status = moati_number_value(&high, moati_literal_factor(r), &ends[1], r->error);
    if (status == MOAT_OK)
        status = check_ends(r, low, &high, ends);
    if (status != MOAT_OK)
        return status;
    r->literal->dist =
        moat_dist_interval(r->graph, ends[0], ends[1], central, moati_literal_dim(r), r->error);
    return moati_check_made(r, low->where);
}

/* "12±3 $bn": the sign has been read. */
static moat_status plus_or_minus(moati_reader *r, const moati_number *middle, size_t where) {
    moati_number spread;
    double mean, sd;
    moat_status status = moati_read_number(r, true, &spread);
    if (status == MOAT_OK)
        status = moati_number_value(middle, &moati_measure_one.factor, &mean, r->error);
    if (status == MOAT_OK)
        status = moati_number_value(&spread, &moati_measure_one.factor, &sd, r->error);
    if (status != MOAT_OK)
        return status;
    const moati_quote unit = quote_rest(r);
    return moat_fail_at(r->error, MOAT_SYNTAX, (long)where,
                        "\"±\" does not say how likely the ends are: write the range \"%.10g to "
                        "%.10g%s\", or \"normal(%.10g, %.10g)%s\" with a standard deviation",
                        mean - sd, mean + sd, unit.text, mean, sd, unit.text);
}

static moat_status read_plain_or_range(moati_reader *r) {
    moati_number number;
    moat_status status = moati_read_number(r, true, &number);
    if (status != MOAT_OK)
        return status;
    moati_skip_spaces(r);
    if (is_to(r, r->at)) {
        r->at += 2;
        return read_range(r, &number);
    }
    const size_t mark = r->at;
    if (moati_accept(r, "±") || moati_accept(r, "+/-") || moati_accept(r, "+-"))
        return plus_or_minus(r, &number, mark);
    if (is_range_mark(r))
        return moati_syntax_error(r, r->at,
                                  "a range is written with \"to\", as in \"12 to 15 $bn\"");
    if (is_misspelt_to(r))
        return moati_syntax_error(
            r, r->at, "a range is written with \"to\" between spaces, as in \"12 to 15 $bn\"");
    status = moati_read_unit(r);
    if (status == MOAT_OK)
        status = moati_number_value(&number, moati_literal_factor(r), &r->literal->value, r->error);
    return status;
}

/* --- Either. */

/* "$5 bn" and "-$5 bn": the amount comes first. */
static bool money_first(const moati_reader *r) {
    size_t at = r->at + (moati_reader_peek(r) == '-' || moati_reader_peek(r) == '+');
    return moati_starts_with(r, at, "$");
}

static moat_status read_literal(moati_reader *r) {
    moati_skip_spaces(r);
    if (moati_reader_ended(r))
        return moati_syntax_error(r, r->at,
                                  "the text is empty; write a number and its unit, as in "
                                  "\"12 $bn\"");
    if (money_first(r))
        return moati_syntax_error(r, r->at,
                                  "the number comes before its unit: write \"5 $bn\", not "
                                  "\"$5 bn\"");
    bool infinite = moati_starts_with(r, r->at, "inf") && moati_word_end(r, r->at) == r->at + 3;
    if (moati_is_letter(moati_reader_peek(r)) && !infinite)
        return moati_read_call(r);
    return read_plain_or_range(r);
}

moat_status moat_literal_parse(moat_graph *graph, const char *text, size_t length,
                               moat_literal *literal, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    moat_error unread;
    moat_literal parsed = {0};
    moati_reader reader = {.graph = graph,
                           .units = moat_graph_units(graph),
                           .text = text,
                           .length = length,
                           .literal = &parsed,
                           .error = error ? error : &unread};
    moat_status status = read_literal(&reader);
    if (status == MOAT_OK)
        *literal = parsed;
    return status;
}
