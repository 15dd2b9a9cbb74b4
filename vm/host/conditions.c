/* Finds `and`, `or`, `not` and `if` applied to conditions. Lua asks them only whether a value
 * is nil or false, which a condition never is, so that the result would be silently wrong; and
 * it offers no way to notice while the script runs.
 *
 * One pass over the tokens of a text that Lua has compiled. An operand is taken for a condition
 * only where it shows: a call x:above(y), one in parentheses or of one period, and what `&`,
 * `|` and `~` make of such. With scopes, so are the local variables that were given such a value
 * and no other, and what `event` makes. */
#include "conditions.h"

#include <stdlib.h>
#include <string.h>

/* --- Expressions. */

enum { DEEPEST = 250 }; /* more than Lua compiles */

/* How far the expression inside a pair of brackets, or outside of all, has come. */
typedef struct level {
    bool group;           /* these are parentheses around an expression, not around arguments */
    bool gives;           /* if they are not: what they complete is a condition */
    bool condition;       /* the operand, as far as `and` and `or` know operands, has a condition */
    bool other;           /* and an operator that makes something else of it */
    bool guarded;         /* `and` stands before it, as in x and x:above(y) */
    bool mixed;           /* `and` or `or` does */
    moati_token negation; /* the `not` right before the value, if any */
    moati_token test;     /* the `if` right before the expression, if any */
} level;

typedef struct scan {
    level levels[DEEPEST];
    size_t depth;
    bool value;  /* the last token ends a value, which may go on as in a.b, a[t], a(x), a:b() */
    bool holds;  /* that value is a condition */
    bool method; /* it is `x:above`, of which a call makes a condition */
    char link;   /* the last token, where it is `.` or `:` */
    moati_misuse_found *found;
    void *context;
    const moati_scopes *scopes; /* NULL: variables are not looked at */
    size_t use;                 /* the next of the scopes' */
    bool *stored;               /* by variable: it holds a condition */
    size_t declared;            /* the one variable whose value comes next, or MOATI_GLOBAL_NAME */
    bool after_local;           /* the last token is `local` */
    bool has_value;             /* its `=` has come */
    size_t declared_depth;
} scan;

static level *current(scan *s) {
    return &s->levels[s->depth];
}

/* What to write instead of a word. */
static const char *advice(const moati_token *word) {
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
        if (moati_token_is(word, words[i][0]))
            return words[i][1];
    return words[last][1];
}

static void report(scan *s, const moati_token *word) {
    s->found(s->context, advice(word), word);
}

/* The value that the last token ended does not go on. */
static void end_value(scan *s) {
    level *l = current(s);
    if (s->holds) {
        l->condition = true;
        if (l->negation.kind != MOATI_TOKEN_END)
            report(s, &l->negation);
    }
    if (s->value)
        l->negation.kind = MOATI_TOKEN_END;
    s->value = s->holds = s->method = false;
}

static bool is_condition(const level *l) {
    return l->condition && !l->other;
}

static void end_expression(scan *s) {
    end_value(s);
    level *l = current(s);
    if (l->test.kind != MOATI_TOKEN_END && is_condition(l) && !l->mixed)
        report(s, &l->test);
    if (s->has_value && s->depth == s->declared_depth) {
        s->stored[s->declared] = is_condition(l) && !l->mixed;
        s->has_value = false;
        s->declared = MOATI_GLOBAL_NAME;
    }
    *l = (level){.group = l->group, .gives = l->gives};
}

/* `and`, `or`. What is guarded may be nil, so that `or` after it makes sense. */
static void join(scan *s, const moati_token *word) {
    end_value(s);
    level *l = current(s);
    const bool guards = moati_token_is(word, "and");
    if (is_condition(l) && (guards || !l->guarded))
        report(s, word);
    l->condition = l->other = false;
    l->guarded = guards;
    l->mixed = true;
}

static void take_keyword(scan *s, const moati_token *word) {
    static const char *const tests[] = {"if", "elseif", "while", "until", NULL};
    static const char *const values[] = {"nil", "true", "false", NULL};
    if (moati_token_is(word, "and") || moati_token_is(word, "or")) {
        join(s, word);
    } else if (moati_token_is(word, "not")) {
        end_value(s);
        current(s)->other = true;
        current(s)->negation = *word;
    } else if (moati_token_is_one_of(word, values)) {
        end_value(s);
        s->value = true;
    } else {
        end_expression(s);
        if (moati_token_is_one_of(word, tests))
            current(s)->test = *word;
    }
}

/* What the scopes know of a name; NULL for fields and methods. */
static const moati_use *find_use(scan *s, const moati_token *name) {
    const moati_scopes *scopes = s->scopes;
    if (scopes == NULL || s->use == scopes->use_count ||
        scopes->uses[s->use].name.text != name->text)
        return NULL;
    return &scopes->uses[s->use++];
}

/* A local variable that is never assigned to again is what it was declared as. */
static void take_declaration(scan *s, const moati_use *use) {
    const moati_variable *variable = &s->scopes->variables[use->variable];
    if (variable->kind != MOATI_VARIABLE_LOCAL || variable->writes > 0 || !s->after_local)
        return;
    s->declared = use->variable;
    s->declared_depth = s->depth;
}

static void take_variable(scan *s, const moati_use *use) {
    if (use->kind == MOATI_USE_DECLARE)
        take_declaration(s, use);
    else if (use->variable != MOATI_GLOBAL_NAME)
        s->holds = s->stored[use->variable];
    else
        s->method = moati_token_is(&use->name, "event");
}

static void take_name(scan *s, const moati_token *name) {
    static const char *const methods[] = {"above", "below", "at_least", "at_most", "equals", NULL};
    if (s->value && s->link == '\0')
        end_expression(s); /* the next statement */
    s->method = s->link == ':' && moati_token_is_one_of(name, methods);
    s->value = true;
    s->holds = false;
    const moati_use *use = find_use(s, name);
    if (use != NULL)
        take_variable(s, use);
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

/* `=` after one name begins its value; `,` makes them several, which are not followed. */
static void end_names(scan *s, const moati_token *mark) {
    if (s->declared == MOATI_GLOBAL_NAME || s->depth != s->declared_depth)
        return;
    s->has_value = moati_token_is(mark, "=");
    if (!s->has_value)
        s->declared = MOATI_GLOBAL_NAME;
}

static void take_mark(scan *s, const moati_token *mark) {
    static const char *const joints[] = {"&", "|", "~", NULL};
    static const char *const ends[] = {"=", ",", ";", "::", NULL};
    if (moati_token_is(mark, ".") || moati_token_is(mark, ":")) {
        s->holds = s->method = false;
    } else if (moati_token_is(mark, "(") || moati_token_is(mark, "[") ||
               moati_token_is(mark, "{")) {
        open_bracket(s, mark->text[0]);
    } else if (moati_token_is(mark, ")") || moati_token_is(mark, "]") ||
               moati_token_is(mark, "}")) {
        close_bracket(s);
    } else if (moati_token_is_one_of(mark, ends)) {
        end_expression(s);
        end_names(s, mark);
    } else {
        end_value(s);
        if (!moati_token_is_one_of(mark, joints))
            current(s)->other = true;
        s->value = moati_token_is(mark, "...");
    }
}

static void take(scan *s, const moati_token *t) {
    switch (t->kind) {
    case MOATI_TOKEN_NAME: take_name(s, t); break;
    case MOATI_TOKEN_KEYWORD: take_keyword(s, t); break;
    case MOATI_TOKEN_NUMBER:
        end_value(s);
        s->value = true;
        break;
    case MOATI_TOKEN_STRING: take_string(s); break;
    case MOATI_TOKEN_MARK: take_mark(s, t); break;
    case MOATI_TOKEN_COMMENT: break;
    case MOATI_TOKEN_END: end_expression(s); break;
    }
    s->link = moati_token_is(t, ".") || moati_token_is(t, ":") ? t->text[0] : '\0';
    s->after_local = moati_token_is(t, "local");
}

static void scan_text(scan *s, const char *text, size_t length) {
    moati_lexer lexer;
    moati_token token;
    moati_lexer_begin(&lexer, text, length);
    s->declared = MOATI_GLOBAL_NAME;
    do {
        token = moati_lexer_next(&lexer);
        take(s, &token);
    } while (token.kind != MOATI_TOKEN_END && s->depth + 1 < DEEPEST);
}

bool moati_find_misuses(const char *text, size_t length, const moati_scopes *scopes,
                        moati_misuse_found *found, void *context) {
    scan s = {.found = found, .context = context, .scopes = scopes};
    s.stored = calloc(scopes->variable_count + 1, sizeof *s.stored);
    if (s.stored == NULL)
        return false;
    scan_text(&s, text, length);
    free(s.stored);
    return true;
}

static void keep_first(void *context, const char *message, const moati_token *word) {
    moati_misuse *misuse = context;
    if (misuse->message == NULL)
        *misuse = (moati_misuse){message, word->line};
}

bool moati_find_misuse(const char *text, size_t length, moati_misuse *misuse) {
    scan s = {.found = keep_first, .context = misuse};
    *misuse = (moati_misuse){NULL, 0};
    scan_text(&s, text, length);
    return misuse->message != NULL;
}
