/* What stands between {{ and }}: an expression, and how it is shown and checked. */
#include <stdlib.h>
#include <string.h>

#include "memo.h"

enum { MOST_DIGITS = 15 };

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static moati_span trim(moati_span s) {
    while (s.length > 0 && is_blank(s.text[0])) {
        s.text++;
        s.length--;
    }
    while (s.length > 0 && is_blank(s.text[s.length - 1]))
        s.length--;
    return s;
}

static bool equals(moati_span s, const char *known) {
    return s.length == strlen(known) && memcmp(s.text, known, s.length) == 0;
}

/* Takes a word, or several with one blank between them, from the beginning. */
static bool take(moati_span *s, const char *word) {
    const size_t length = strlen(word);
    if (s->length < length || memcmp(s->text, word, length) != 0)
        return false;
    if (s->length > length && !is_blank(s->text[length]))
        return false;
    *s = trim((moati_span){s->text + length, s->length - length});
    return true;
}

/* Where `mark` stands; its length is 0 where it does not. */
static moati_span find(moati_span s, const char *mark) {
    const size_t length = strlen(mark);
    for (size_t i = 0; i + length <= s.length; i++)
        if (memcmp(s.text + i, mark, length) == 0)
            return (moati_span){s.text + i, length};
    return (moati_span){s.text, 0};
}

/* --- Expectations. */

/* Two values around a mark. */
static bool split(moati_expectation *e, const char *mark, moati_relation relation) {
    const moati_span at = find(e->whole, mark);
    if (at.length == 0)
        return false;
    const char *end = e->whole.text + e->whole.length, *after = at.text + at.length;
    e->relation = relation;
    e->first = trim((moati_span){e->whole.text, (size_t)(at.text - e->whole.text)});
    e->second = trim((moati_span){after, (size_t)(end - after)});
    return true;
}

static void read_expectation(moati_span text, moati_expectation *e) {
    static const struct {
        const char *word;
        moati_relation relation;
    } words[] = {{"above", MOATI_ABOVE},
                 {"below", MOATI_BELOW},
                 {"at least", MOATI_AT_LEAST},
                 {"at most", MOATI_AT_MOST}};
    *e = (moati_expectation){.relation = MOATI_EQUAL, .whole = text, .first = text};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take(&e->first, words[i].word)) {
            e->relation = words[i].relation;
            return;
        }
    if (!split(e, "±", MOATI_NEAR) && !split(e, "+-", MOATI_NEAR))
        split(e, " to ", MOATI_BETWEEN);
}

static bool is_complete(const moati_expectation *e) {
    const bool has_second = e->relation == MOATI_NEAR || e->relation == MOATI_BETWEEN;
    return e->first.length > 0 && (!has_second || e->second.length > 0);
}

/* --- What follows a "|". */

static bool read_figure(moati_span s, moat_figure *figure) {
    for (size_t i = 0; moat_figure_names()[i] != NULL; i++)
        if (equals(s, moat_figure_names()[i])) {
            *figure = (moat_figure)(MOAT_FIGURE_MEAN + i);
            return true;
        }
    return false;
}

static bool read_digits(moati_span s, int *digits) {
    size_t count = 0;
    int value = 0;
    for (; count < s.length && count < 3 && s.text[count] >= '0' && s.text[count] <= '9'; count++)
        value = 10 * value + (s.text[count] - '0');
    moati_span rest = trim((moati_span){s.text + count, s.length - count});
    if (count == 0 || !(equals(rest, "digits") || equals(rest, "digit")))
        return false;
    *digits = value;
    return true;
}

static moat_status fail(const char *text, moati_span at, moat_error *error, const char *message) {
    return moat_fail_at(error, MOAT_SYNTAX, (long)(at.text - text), "%s", message);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether a name is followed by another or by a number, as in "expct 3": in Lua nothing is. */
static bool is_no_lua(moati_span s) {
    size_t end = 0;
    while (end < s.length && is_letter(s.text[end]))
        end++;
    const moati_span word = {s.text, end}, rest = trim((moati_span){s.text + end, s.length - end});
    if (end == 0 || rest.length == 0 || rest.text == s.text + end || equals(word, "not") ||
        equals(word, "function"))
        return false;
    moati_span after = rest;
    const bool goes_on = take(&after, "and") || take(&after, "or");
    return !goes_on && (is_letter(rest.text[0]) || (rest.text[0] >= '0' && rest.text[0] <= '9'));
}

/* Reads one; *known is false for what belongs to the expression: "|" is Lua's "or" as well. */
static moat_status read_option(const char *text, moati_span option, moati_part *part, bool *known,
                               moat_error *error) {
    *known = true;
    moati_span expected = option;
    if (take(&expected, "expect")) {
        read_expectation(expected, &part->expected);
        if (!is_complete(&part->expected))
            return fail(text, option, error,
                        "expect needs what is expected, such as 8.5, 8.5 ± 0.1, 8 to 9, above "
                        "8, 2031-Q2 or never");
        return MOAT_OK;
    }
    if (read_figure(option, &part->figure))
        return MOAT_OK;
    *known = read_digits(option, &part->digits);
    if (*known && (part->digits < 1 || part->digits > MOST_DIGITS))
        return fail(text, option, error, "a value is shown with 1 to 15 digits");
    if (!*known && is_no_lua(option))
        return fail(text, option, error,
                    "after | stands which figure is shown, as in mean or range, how it is rounded, "
                    "as in 3 digits, or what is expected, as in expect 8 to 9");
    return MOAT_OK;
}

/* The last "|" of a text that is not within a string; its length is 0 where there is none. */
static moati_span last_bar(moati_span s) {
    moati_span bar = {s.text, 0};
    char quote = '\0';
    for (size_t i = 0; i < s.length; i++) {
        const char c = s.text[i];
        if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (quote != '\0' && c == '\\')
            i++;
        else if (c == quote)
            quote = '\0';
        else if (quote == '\0' && c == '|')
            bar = (moati_span){s.text + i, 1};
    }
    return bar;
}

moat_status moati_value_parse(const char *text, size_t length, moati_part *part,
                              moat_error *error) {
    moati_span rest = {text, length};
    for (;;) {
        const moati_span bar = last_bar(rest);
        if (bar.length == 0)
            break;
        const char *end = rest.text + rest.length;
        const moati_span option = trim((moati_span){bar.text + 1, (size_t)(end - bar.text) - 1});
        bool known;
        moat_status status = read_option(text, option, part, &known, error);
        if (status != MOAT_OK)
            return status;
        if (!known)
            break;
        rest.length = (size_t)(bar.text - rest.text);
    }
    part->text = trim(rest);
    if (equals(part->text, "report") && rest.length == length)
        part->kind = MOATI_MEMO_REPORT;
    if (part->text.length == 0)
        return moat_fail_at(error, MOAT_SYNTAX, 0,
                            "there is no expression between {{ and }}; for the characters "
                            "themselves write \\{{");
    return MOAT_OK;
}
