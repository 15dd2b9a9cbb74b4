/* Distributions in literals. */
#include <stdlib.h>

#include "literal.h"

static const moati_factor plain = {1, 1, 0};

/* One argument: a number, or "first: second". */
typedef struct argument {
    moati_number first, second;
    bool pair, first_percent, second_percent;
} argument;

typedef struct call {
    moat_family family;
    const moat_family_info *info;
    size_t where; /* of the name */
    size_t close; /* of ")" */
    argument *arguments;
    size_t count;
} call;

static moat_status read_percentable(moati_reader *r, moati_number *number, bool *in_percent) {
    moat_status status = moati_read_number(r, false, number);
    if (status != MOAT_OK)
        return status;
    if (number->infinite)
        return moati_syntax_error(r, number->where, "the parameters of a distribution are finite");
    moati_skip_spaces(r);
    *in_percent = moati_accept(r, "%");
    moati_skip_spaces(r);
    return MOAT_OK;
}

static moat_status read_argument(moati_reader *r, argument *a) {
    moat_status status = read_percentable(r, &a->first, &a->first_percent);
    a->pair = status == MOAT_OK && moati_accept(r, ":");
    if (a->pair)
        status = read_percentable(r, &a->second, &a->second_percent);
    return status;
}

/* "1x", unless it is a number with its unit: "10GW". */
static bool is_glued(const moati_reader *r, const moati_number *number) {
    moati_measure measure;
    size_t end = moati_word_end(r, number->end), length = end - number->end;
    const char *word = r->text + number->end;
    return length > 0 && !moati_name_find(r->units, word, length, &measure) &&
           !moati_multiple_find(word, length);
}

static moat_status not_a_number(moati_reader *r, const moati_number *number) {
    moati_quote quote =
        moati_quote_text(r->text + number->where, moati_word_end(r, number->end) - number->where);
    return moat_fail_at(r->error, MOAT_SYNTAX, (long)number->where, "\"%s\" is not a number",
                        quote.text);
}

static moat_status bad_separator(moati_reader *r, const argument *a) {
    const moati_number *last = a->pair ? &a->second : &a->first;
    if (moati_reader_ended(r))
        return moati_syntax_error(r, r->at, "the \")\" after the parameters is missing");
    if (is_glued(r, last))
        return not_a_number(r, last);
    if (moati_is_letter(moati_reader_peek(r)) || moati_reader_peek(r) == '$')
        return moati_syntax_error(
            r, r->at,
            "the unit stands once, after the parentheses: write \"pert(10, 13, 18) "
            "$bn\"");
    return moati_syntax_error(r, r->at, "the parameters are separated by \",\" and end with \")\"");
}

static size_t count_arguments(const moati_reader *r) {
    size_t count = 1;
    for (size_t at = r->at; at < r->length && r->text[at] != ')'; at++)
        count += r->text[at] == ',';
    return count;
}

/* After "("; up to and with ")". */
static moat_status read_arguments(moati_reader *r, call *c) {
    size_t expected = count_arguments(r);
    c->arguments = calloc(expected, sizeof *c->arguments);
    if (!c->arguments)
        return moat_fail(r->error, MOAT_NO_MEMORY, "out of memory for a literal");
    while (c->count < expected) {
        moat_status status = read_argument(r, &c->arguments[c->count]);
        if (status != MOAT_OK)
            return status;
        c->count++;
        c->close = r->at;
        if (moati_accept(r, ")"))
            return MOAT_OK;
        if (!moati_accept(r, ","))
            return bad_separator(r, &c->arguments[c->count - 1]);
    }
    return moati_syntax_error(r, r->at, "the \")\" after the parameters is missing");
}

/* Where the number has a unit, a "%" after it is no part of it. */
static moat_status argument_value(moati_reader *r, const moati_number *number, bool in_percent,
                                  bool has_unit, double *value) {
    if (has_unit && in_percent)
        return moati_syntax_error(
            r, number->end,
            "the unit stands once, after the parentheses: write \"pert(10, 13, 18) %\"");
    const moati_factor *factor = has_unit     ? moati_literal_factor(r)
                                 : in_percent ? &moati_factor_percent
                                              : &plain;
    return moati_number_value(number, factor, value, r->error);
}

static moat_status wrong_count(moati_reader *r, const call *c) {
    const moat_family_info *info = c->info;
    const char *const *name = info->parameter;
    unsigned wanted = info->parameters;
    return moat_fail_at(r->error, MOAT_SYNTAX, (long)c->close,
                        "%s(%s%s%s%s%s) has %u parameter%s, not %zu", info->name, name[0],
                        wanted > 1 ? ", " : "", wanted > 1 ? name[1] : "", wanted > 2 ? ", " : "",
                        wanted > 2 ? name[2] : "", wanted, wanted == 1 ? "" : "s", c->count);
}

static moat_status parameter_node(moati_reader *r, const call *c, unsigned i, moat_node *node) {
    const argument *a = &c->arguments[i];
    double value;
    if (a->pair)
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)a->first.end,
                            "the parameters of %s are single numbers", c->info->name);
    moat_status status =
        argument_value(r, &a->first, a->first_percent, c->info->has_unit[i], &value);
    if (status != MOAT_OK)
        return status;
    *node = moat_graph_constant(r->graph, value,
                                c->info->has_unit[i] ? moati_literal_dim(r) : MOAT_DIMENSIONLESS,
                                r->error);
    if (*node == MOAT_NO_NODE)
        r->error->where = (long)a->first.where;
    return *node == MOAT_NO_NODE ? r->error->status : MOAT_OK;
}

/* Families without a parameter in the unit of the value are scaled as a whole. */
static double scale_of(const moati_reader *r, const call *c) {
    for (unsigned i = 0; i < c->info->parameters; i++)
        if (c->info->has_unit[i])
            return 1;
    return moat_unit_factor(r->units, r->literal->unit);
}

static moat_status make_scalar(moati_reader *r, const call *c) {
    moat_node nodes[3];
    if (c->count != c->info->parameters)
        return wrong_count(r, c);
    for (unsigned i = 0; i < c->count; i++) {
        moat_status status = parameter_node(r, c, i, &nodes[i]);
        if (status != MOAT_OK)
            return status;
    }
    r->literal->dist =
        moat_dist_new(r->graph, c->family, nodes, scale_of(r, c), moati_literal_dim(r), r->error);
    return moati_check_made(r, c->where);
}

/* --- Families made from points. */

/* The value and the weight (or probability) of a point: "value: weight" in discrete,
 * "probability: value" in metalog, "value" in empirical. */
static moat_status read_point(moati_reader *r, const call *c, const argument *a, double *value,
                              double *weight) {
    bool pairs = c->family != MOAT_EMPIRICAL, value_first = c->family != MOAT_METALOG;
    if (a->pair != pairs)
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)a->first.end,
                            "the parameters of %s are %s", c->info->name,
                            !pairs        ? "values, as in empirical(8, 9, 12) $bn"
                            : value_first ? "\"value: weight\", as in discrete(1: 0.2, 5: 0.8) $bn"
                                          : "\"probability: value\", as in metalog(0.1: 5, 0.5: 8, "
                                            "0.9: 14) $bn");
    moat_status status =
        argument_value(r, &a->first, a->first_percent, value_first, value_first ? value : weight);
    if (status == MOAT_OK && pairs)
        status = argument_value(r, &a->second, a->second_percent, !value_first,
                                value_first ? weight : value);
    return status;
}

static moat_status make_points(moati_reader *r, const call *c) {
    double *points = calloc(c->count, 2 * sizeof *points);
    if (!points)
        return moat_fail(r->error, MOAT_NO_MEMORY, "out of memory for a literal");
    double *weights = points + c->count;
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < c->count && status == MOAT_OK; i++)
        status = read_point(r, c, &c->arguments[i], &points[i], &weights[i]);
    if (status == MOAT_OK) {
        r->literal->dist = moat_dist_points(r->graph, c->family, c->count, points, weights,
                                            moati_literal_dim(r), r->error);
        status = moati_check_made(r, c->where);
    }
    free(points);
    return status;
}

/* --- The call. */

static bool takes_points(moat_family family) {
    return family == MOAT_DISCRETE || family == MOAT_METALOG || family == MOAT_EMPIRICAL;
}

static moat_status unknown_family(moati_reader *r, const char *name, size_t length) {
    moati_quote quote = moati_quote_text(name, length);
    const char *near = NULL;
    unsigned best = MOATI_UNLIKE;
    for (int family = 0; family < MOAT_FAMILY_COUNT; family++) {
        const char *known = moat_family_describe((moat_family)family)->name;
        unsigned cost = moati_misspelling(name, length, known, strlen(known));
        if (cost < best) {
            best = cost;
            near = known;
        }
    }
    if (near)
        return moat_fail_at(r->error, MOAT_UNKNOWN, (long)r->at,
                            "\"%s\" is no distribution; did you mean \"%s\"?", quote.text, near);
    return moat_fail_at(r->error, MOAT_UNKNOWN, (long)r->at,
                        "\"%s\" is no number and no distribution; write \"12 $bn\", \"12 to 15 "
                        "$bn\" or \"pert(10, 13, 18) $bn\"",
                        quote.text);
}

/* The name and "(". */
static moat_status read_name(moati_reader *r, call *c) {
    size_t end = moati_word_end(r, r->at), length = end - r->at;
    c->where = r->at;
    c->family = moat_family_find(r->text + r->at, length);
    if (c->family == MOAT_FAMILY_COUNT)
        return unknown_family(r, r->text + r->at, length);
    c->info = moat_family_describe(c->family);
    if (c->info->parameters == 0 && !takes_points(c->family))
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)c->where,
                            "%s cannot be written in a literal; use dist.%s", c->info->name,
                            c->info->name);
    r->at = end;
    moati_skip_spaces(r);
    if (!moati_accept(r, "("))
        return moat_fail_at(r->error, MOAT_SYNTAX, (long)r->at,
                            "\"(\" is expected after the name of a distribution, as in %s(...)",
                            c->info->name);
    return MOAT_OK;
}

moat_status moati_read_call(moati_reader *r) {
    call c = {.count = 0};
    moat_status status = read_name(r, &c);
    if (status == MOAT_OK)
        status = read_arguments(r, &c);
    if (status == MOAT_OK)
        status = moati_read_unit(r);
    if (status == MOAT_OK)
        status = takes_points(c.family) ? make_points(r, &c) : make_scalar(r, &c);
    free(c.arguments);
    return status;
}
