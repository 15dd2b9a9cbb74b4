/* Finds `and`, `or`, `not` and `if` applied to conditions. Lua asks them only whether a value
 * is nil or false, which a condition never is, so that the result would be silently wrong; and
 * it offers no way to notice while the script runs.
 *
 * One pass over the tokens of a text that Lua has compiled. An operand is taken for a condition
 * only where it shows: a call x:above(y), one in parentheses or of one period, and what `&`,
 * `|` and `~` make of such. */
#include "conditions.h"

#include <string.h>

#include "text.h"

/* --- Tokens. */

typedef enum kind { END, NAME, NUMBER, STRING, MARK } kind;

typedef struct token {
    kind kind;
    const char *text;
    size_t length;
    int line;
} token;

typedef struct lexer {
    const char *at, *end;
    int line;
} lexer;

static char ahead(const lexer *l, size_t by) {
    return (size_t)(l->end - l->at) > by ? l->at[by] : '\0';
}

static void skip(lexer *l, size_t count) {
    for (; count > 0 && l->at < l->end; count--, l->at++)
        l->line += *l->at == '\n';
}

/* The number of `=` in the "[==[" that begins here, or -1. */
static int long_bracket(const lexer *l) {
    size_t level = 0;
    if (ahead(l, 0) != '[')
        return -1;
    while (ahead(l, level + 1) == '=')
        level++;
    return ahead(l, level + 1) == '[' ? (int)level : -1;
}

static void skip_long(lexer *l, size_t level) {
    skip(l, level + 2);
    while (l->at < l->end) {
        size_t equals = 0;
        while (ahead(l, 0) == ']' && ahead(l, equals + 1) == '=')
            equals++;
        const bool closes = ahead(l, 0) == ']' && equals == level && ahead(l, level + 1) == ']';
        skip(l, closes ? level + 2 : 1);
        if (closes)
            return;
    }
}

static void skip_string(lexer *l) {
    const char quote = ahead(l, 0);
    skip(l, 1);
    while (l->at < l->end && ahead(l, 0) != quote)
        skip(l, ahead(l, 0) == '\\' ? 2 : 1);
    skip(l, 1);
}

static void skip_blank(lexer *l) {
    for (;;) {
        if (moati_is_space(ahead(l, 0)) || ahead(l, 0) == '\f' || ahead(l, 0) == '\v') {
            skip(l, 1);
        } else if (ahead(l, 0) == '-' && ahead(l, 1) == '-') {
            skip(l, 2);
            const int level = long_bracket(l);
            if (level >= 0)
                skip_long(l, (size_t)level);
            while (level < 0 && l->at < l->end && ahead(l, 0) != '\n')
                skip(l, 1);
        } else {
            return;
        }
    }
}

/* Digits, letters and dots, and the sign of an exponent. */
static void skip_number(lexer *l) {
    const bool hexadecimal = ahead(l, 0) == '0' && moati_lower(ahead(l, 1)) == 'x';
    for (;;) {
        const char c = moati_lower(ahead(l, 0)), sign = ahead(l, 1);
        const bool exponent = c == (hexadecimal ? 'p' : 'e') && (sign == '+' || sign == '-');
        if (!moati_is_letter(c) && !moati_is_digit(c) && c != '.')
            return;
        skip(l, exponent ? 2 : 1);
    }
}

static void skip_mark(lexer *l) {
    static const char *const marks[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>", NULL};
    for (size_t i = 0; marks[i] != NULL; i++) {
        const size_t length = strlen(marks[i]);
        if ((size_t)(l->end - l->at) >= length && memcmp(l->at, marks[i], length) == 0) {
            skip(l, length);
            return;
        }
    }
    skip(l, 1);
}

static token next_token(lexer *l) {
    skip_blank(l);
    token t = {END, l->at, 0, l->line};
    const char c = ahead(l, 0);
    if (l->at == l->end)
        return t;
    if (moati_is_letter(c)) {
        t.kind = NAME;
        while (moati_is_letter(ahead(l, 0)) || moati_is_digit(ahead(l, 0)))
            skip(l, 1);
    } else if (moati_is_digit(c) || (c == '.' && moati_is_digit(ahead(l, 1)))) {
        t.kind = NUMBER;
        skip_number(l);
    } else if (c == '"' || c == '\'') {
        t.kind = STRING;
        skip_string(l);
    } else if (long_bracket(l) >= 0) {
        t.kind = STRING;
        skip_long(l, (size_t)long_bracket(l));
    } else {
        t.kind = MARK;
        skip_mark(l);
    }
    t.length = (size_t)(l->at - t.text);
    return t;
}

static bool is(const token *t, const char *word) {
    return t->kind != STRING && moati_text_equal(t->text, t->length, word);
}

static bool is_one_of(const token *t, const char *const *words) {
    for (; *words != NULL; words++)
        if (is(t, *words))
            return true;
    return false;
}

/* --- Expressions. */

enum { DEEPEST = 250 }; /* more than Lua compiles */

/* How far the expression inside a pair of brackets, or outside of all, has come. */
typedef struct level {
    bool group;     /* these are parentheses around an expression, not around arguments */
    bool gives;     /* if they are not: what they complete is a condition */
    bool condition; /* the operand, as far as `and` and `or` know operands, has a condition */
    bool other;     /* and an operator that makes something else of it */
    bool guarded;   /* `and` stands before it, as in x and x:above(y) */
    bool mixed;     /* `and` or `or` does */
    token negation; /* the `not` right before the value, if any */
    token test;     /* the `if` right before the expression, if any */
} level;

typedef struct scan {
    level levels[DEEPEST];
    size_t depth;
    bool value;  /* the last token ends a value, which may go on as in a.b, a[t], a(x), a:b() */
    bool holds;  /* that value is a condition */
    bool method; /* it is `x:above`, of which a call makes a condition */
    char link;   /* the last token, where it is `.` or `:` */
    moati_misuse *misuse;
} scan;

static level *current(scan *s) {
    return &s->levels[s->depth];
}

/* What to write instead of a word. */
static const char *advice(const token *word) {
    static const char *const words[][2] = {
        {"and", "`and` does not combine conditions: write c1 & c2, each in parentheses where "
                "precedence needs it"},
        {"or", "`or` does not combine conditions: write c1 | c2, each in parentheses where "
               "precedence needs it"},
        {"not", "`not` does not negate a condition: write ~c"},
        {"if", "`if` takes every condition for true, as it may hold in some samples and not in "
               "others: write when(c, a, b) for a value that depends on it"},
    };
    const size_t last = sizeof words / sizeof *words - 1;
    for (size_t i = 0; i < last; i++)
        if (is(word, words[i][0]))
            return words[i][1];
    return words[last][1];
}

static void report(scan *s, const token *word) {
    if (s->misuse->message == NULL)
        *s->misuse = (moati_misuse){advice(word), word->line};
}

/* The value that the last token ended does not go on. */
static void end_value(scan *s) {
    level *l = current(s);
    if (s->holds) {
        l->condition = true;
        if (l->negation.kind != END)
            report(s, &l->negation);
    }
    if (s->value)
        l->negation.kind = END;
    s->value = s->holds = s->method = false;
}

static bool is_condition(const level *l) {
    return l->condition && !l->other;
}

static void end_expression(scan *s) {
    end_value(s);
    level *l = current(s);
    if (l->test.kind != END && is_condition(l) && !l->mixed)
        report(s, &l->test);
    *l = (level){.group = l->group, .gives = l->gives};
}

/* `and`, `or`. What is guarded may be nil, so that `or` after it makes sense. */
static void join(scan *s, const token *word) {
    end_value(s);
    level *l = current(s);
    const bool guards = is(word, "and");
    if (is_condition(l) && (guards || !l->guarded))
        report(s, word);
    l->condition = l->other = false;
    l->guarded = guards;
    l->mixed = true;
}

static void take_keyword(scan *s, const token *word) {
    static const char *const tests[] = {"if", "elseif", "while", "until", NULL};
    static const char *const values[] = {"nil", "true", "false", NULL};
    if (is(word, "and") || is(word, "or")) {
        join(s, word);
    } else if (is(word, "not")) {
        end_value(s);
        current(s)->other = true;
        current(s)->negation = *word;
    } else if (is_one_of(word, values)) {
        end_value(s);
        s->value = true;
    } else {
        end_expression(s);
        if (is_one_of(word, tests))
            current(s)->test = *word;
    }
}

static void take_name(scan *s, const token *name) {
    static const char *const methods[] = {"above", "below", "at_least", "at_most", "equals", NULL};
    if (s->value && s->link == '\0')
        end_expression(s); /* the next statement */
    s->method = s->link == ':' && is_one_of(name, methods);
    s->value = true;
    s->holds = false;
}

static void take_string(scan *s) {
    s->holds = s->value && s->method; /* an argument, or a value of its own */
    s->method = false;
    s->value = true;
}

static void open_bracket(scan *s, char bracket) {
    const level inner = {.group = bracket == '(' && !s->value,
                         .gives = s->value &&
                                  ((bracket == '(' && s->method) || (bracket == '[' && s->holds))};
    s->value = s->holds = s->method = false;
    if (s->depth + 1 < DEEPEST)
        s->levels[++s->depth] = inner;
}

static void close_bracket(scan *s) {
    end_value(s);
    const level *inner = current(s);
    s->holds = inner->group ? is_condition(inner) && !inner->mixed : inner->gives;
    s->value = true;
    if (s->depth > 0)
        s->depth--;
}

static void take_mark(scan *s, const token *mark) {
    static const char *const joints[] = {"&", "|", "~", NULL};
    static const char *const ends[] = {"=", ",", ";", "::", NULL};
    if (is(mark, ".") || is(mark, ":")) {
        s->holds = s->method = false;
    } else if (is(mark, "(") || is(mark, "[") || is(mark, "{")) {
        open_bracket(s, mark->text[0]);
    } else if (is(mark, ")") || is(mark, "]") || is(mark, "}")) {
        close_bracket(s);
    } else if (is_one_of(mark, ends)) {
        end_expression(s);
    } else {
        end_value(s);
        if (!is_one_of(mark, joints))
            current(s)->other = true;
        s->value = is(mark, "...");
    }
}

static bool is_keyword(const token *t) {
    static const char *const keywords[] = {
        "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
        "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
        "repeat",   "return", "then", "true", "until",  "while", NULL};
    return is_one_of(t, keywords);
}

static void take(scan *s, const token *t) {
    switch (t->kind) {
    case NAME:
        if (is_keyword(t))
            take_keyword(s, t);
        else
            take_name(s, t);
        break;
    case NUMBER:
        end_value(s);
        s->value = true;
        break;
    case STRING: take_string(s); break;
    case MARK: take_mark(s, t); break;
    case END: end_expression(s); break;
    }
    s->link = is(t, ".") || is(t, ":") ? t->text[0] : '\0';
}

bool moati_find_misuse(const char *text, size_t length, moati_misuse *misuse) {
    lexer l = {text, length > 0 ? text + length : text, 1};
    scan s = {.misuse = misuse};
    token t;
    *misuse = (moati_misuse){NULL, 0};
    do {
        t = next_token(&l);
        take(&s, &t);
    } while (t.kind != END && misuse->message == NULL && s.depth + 1 < DEEPEST);
    return misuse->message != NULL;
}
