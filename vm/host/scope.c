/* One pass over a Lua text by recursive descent, after section 9 of Lua's manual. Expressions are
 * read without precedence, as only names matter. Lua has compiled the text, which bounds how deep
 * the functions here call each other. */
#include "scope.h"

#include <stdlib.h>
#include <string.h>

#include "table.h"

typedef struct parser {
    moati_lexer lexer;
    moati_token token, last; /* the one to be read, and the one before it */
    moati_scopes *scopes;
    size_t *visible; /* indexes of the variables that are in scope, the innermost last */
    size_t visible_count, visible_capacity;
    size_t level; /* of blocks inside blocks */
    bool failed;
} parser;

static void block(parser *p);
static void expression(parser *p);

static void advance(parser *p) {
    p->last = p->token;
    p->token = p->failed ? (moati_token){.kind = MOATI_TOKEN_END} : moati_lexer_next(&p->lexer);
}

static bool at(const parser *p, const char *word) {
    return moati_token_is(&p->token, word);
}

static bool accept(parser *p, const char *word) {
    const bool found = at(p, word);
    if (found)
        advance(p);
    return found;
}

/* --- Variables. */

static size_t add_use(parser *p, moati_token name, size_t variable, moati_use_kind kind) {
    moati_scopes *s = p->scopes;
    if (!moati_grow(&s->uses, &s->use_capacity, s->use_count + 1, sizeof *s->uses)) {
        p->failed = true;
        return 0;
    }
    s->uses[s->use_count] = (moati_use){name, variable, kind};
    return s->use_count++;
}

/* Makes a variable, which is not in scope yet. */
static size_t new_variable(parser *p, moati_token name, moati_variable_kind kind) {
    moati_scopes *s = p->scopes;
    if (!moati_grow(&s->variables, &s->variable_capacity, s->variable_count + 1,
                    sizeof *s->variables)) {
        p->failed = true;
        return 0;
    }
    s->variables[s->variable_count] =
        (moati_variable){.name = name, .kind = kind, .is_inner = p->level > 1};
    add_use(p, name, s->variable_count, MOATI_USE_DECLARE);
    return s->variable_count++;
}

static void bring_into_scope(parser *p, size_t variable) {
    if (moati_grow(&p->visible, &p->visible_capacity, p->visible_count + 1, sizeof *p->visible))
        p->visible[p->visible_count++] = variable;
    else
        p->failed = true;
}

static size_t resolve(const parser *p, const moati_token *name) {
    for (size_t i = p->visible_count; i > 0; i--)
        if (moati_token_same(&p->scopes->variables[p->visible[i - 1]].name, name))
            return p->visible[i - 1];
    return MOATI_GLOBAL_NAME;
}

/* The token is a name: notes that it is read. Returns the use. */
static size_t read_name(parser *p) {
    const size_t variable = resolve(p, &p->token);
    const size_t use = add_use(p, p->token, variable, MOATI_USE_READ);
    if (variable != MOATI_GLOBAL_NAME)
        p->scopes->variables[variable].reads++;
    advance(p);
    return use;
}

/* What was taken for a reading is the left side of an assignment. */
static void make_write(parser *p, size_t use) {
    if (p->failed)
        return;
    moati_use *u = &p->scopes->uses[use];
    u->kind = MOATI_USE_WRITE;
    if (u->variable == MOATI_GLOBAL_NAME)
        return;
    p->scopes->variables[u->variable].reads--;
    p->scopes->variables[u->variable].writes++;
}

/* --- Expressions. */

static void expressions(parser *p) {
    do
        expression(p);
    while (accept(p, ","));
}

static void parameters(parser *p) {
    while (p->token.kind != MOATI_TOKEN_END && !accept(p, ")")) {
        if (p->token.kind == MOATI_TOKEN_NAME)
            bring_into_scope(p, new_variable(p, p->token, MOATI_VARIABLE_PARAMETER));
        advance(p);
    }
}

/* From the parenthesis on. */
static void function_body(parser *p, bool is_method) {
    static const char self[] = "self";
    const size_t outer = p->visible_count;
    if (is_method) {
        const moati_token name = {MOATI_TOKEN_NAME, self, strlen(self), p->token.line,
                                  p->token.column};
        bring_into_scope(p, new_variable(p, name, MOATI_VARIABLE_PARAMETER));
    }
    accept(p, "(");
    parameters(p);
    block(p);
    accept(p, "end");
    p->visible_count = outer;
}

/* Whether the token after this one is `=`, as in { name = value }. */
static bool is_field(const parser *p) {
    moati_lexer lexer = p->lexer;
    const moati_token next = moati_lexer_next(&lexer);
    return p->token.kind == MOATI_TOKEN_NAME && moati_token_is(&next, "=");
}

static void table(parser *p) {
    advance(p);
    while (p->token.kind != MOATI_TOKEN_END && !accept(p, "}")) {
        if (is_field(p)) {
            advance(p);
            advance(p);
        } else if (accept(p, "[")) {
            expression(p);
            accept(p, "]");
            accept(p, "=");
        }
        expression(p);
        if (!accept(p, ","))
            accept(p, ";");
    }
}

static void arguments(parser *p) {
    if (accept(p, "(")) {
        if (!at(p, ")"))
            expressions(p);
        accept(p, ")");
    } else if (at(p, "{")) {
        table(p);
    } else {
        advance(p); /* a string */
    }
}

/* One step on from a value: `.name`, `[key]`, `(arguments)`, `:name(arguments)`. */
static bool suffix(parser *p) {
    if (accept(p, "[")) {
        expression(p);
        accept(p, "]");
    } else if (accept(p, ".")) {
        advance(p);
    } else if (accept(p, ":")) {
        advance(p);
        arguments(p);
    } else if (at(p, "(") || at(p, "{") || p->token.kind == MOATI_TOKEN_STRING) {
        arguments(p);
    } else {
        return false;
    }
    return true;
}

#define NO_USE ((size_t)-1)

/* A name or an expression in parentheses, and what follows it. Returns the use where it is a name
 * alone. */
static size_t suffixed(parser *p) {
    size_t use = NO_USE;
    if (accept(p, "(")) {
        expression(p);
        accept(p, ")");
    } else {
        use = read_name(p);
    }
    while (suffix(p))
        use = NO_USE;
    return use;
}

static void operand(parser *p) {
    static const char *const signs[] = {"-", "not", "#", "~", NULL};
    while (moati_token_is_one_of(&p->token, signs))
        advance(p);
    if (accept(p, "function"))
        function_body(p, false);
    else if (at(p, "{"))
        table(p);
    else if (at(p, "(") || p->token.kind == MOATI_TOKEN_NAME)
        (void)suffixed(p);
    else
        advance(p);
}

static void expression(parser *p) {
    static const char *const operators[] = {"+",  "-",  "*",  "/",   "//", "^", "%",  "&",
                                            "~",  "|",  ">>", "<<",  "..", "<", "<=", ">",
                                            ">=", "==", "~=", "and", "or", NULL};
    operand(p);
    while (moati_token_is_one_of(&p->token, operators)) {
        advance(p);
        operand(p);
    }
}

/* --- Statements. */

static void scoped_block(parser *p, const char *end) {
    const size_t outer = p->visible_count;
    block(p);
    accept(p, end);
    p->visible_count = outer;
}

static void do_statement(parser *p) {
    scoped_block(p, "end");
}

static void if_statement(parser *p) {
    do {
        expression(p);
        accept(p, "then");
        scoped_block(p, "");
    } while (accept(p, "elseif"));
    if (accept(p, "else"))
        scoped_block(p, "");
    accept(p, "end");
}

/* The condition of `until` sees the variables of the block. */
static void repeat_statement(parser *p) {
    const size_t outer = p->visible_count;
    block(p);
    accept(p, "until");
    expression(p);
    p->visible_count = outer;
}

/* The names of a declaration, which are not in scope before its expressions have been read. Returns
 * the index of the first. */
static size_t names(parser *p, moati_variable_kind kind) {
    const size_t first = p->scopes->variable_count;
    do {
        new_variable(p, p->token, kind);
        advance(p);
        if (accept(p, "<")) { /* <const>, <close> */
            advance(p);
            accept(p, ">");
        }
    } while (accept(p, ","));
    return first;
}

static void for_statement(parser *p) {
    const size_t outer = p->visible_count, first = names(p, MOATI_VARIABLE_LOOP);
    const size_t last = p->scopes->variable_count;
    advance(p); /* = or in */
    expressions(p);
    for (size_t i = first; i < last; i++)
        bring_into_scope(p, i);
    accept(p, "do");
    do_statement(p);
    p->visible_count = outer;
}

static void local_statement(parser *p) {
    if (accept(p, "function")) {
        bring_into_scope(p, new_variable(p, p->token, MOATI_VARIABLE_FUNCTION));
        advance(p);
        function_body(p, false);
        return;
    }
    const size_t first = names(p, MOATI_VARIABLE_LOCAL), last = p->scopes->variable_count;
    const bool has_value = accept(p, "=");
    if (has_value)
        expressions(p);
    for (size_t i = first; i < last; i++)
        bring_into_scope(p, i);
    if (has_value && last == first + 1 && !p->failed)
        p->scopes->variables[first].is_alias =
            moati_token_same(&p->scopes->variables[first].name, &p->last);
}

/* function a.b:c() ... end; function name() ... end sets a variable. */
static void function_statement(parser *p) {
    const size_t use = read_name(p);
    bool is_path = false, is_method = false;
    while (at(p, ".") || at(p, ":")) {
        is_path = true;
        is_method = at(p, ":");
        advance(p);
        advance(p);
    }
    if (!is_path)
        make_write(p, use);
    function_body(p, is_method);
}

/* An assignment or a call. */
static void other_statement(parser *p) {
    for (;;) {
        const size_t use = suffixed(p);
        if (use != NO_USE && (at(p, "=") || at(p, ",")))
            make_write(p, use);
        if (!accept(p, ","))
            break;
    }
    if (accept(p, "="))
        expressions(p);
}

static void while_statement(parser *p) {
    expression(p);
    accept(p, "do");
    do_statement(p);
}

static void return_statement(parser *p) {
    static const char *const ends[] = {";", "end", "else", "elseif", "until", NULL};
    if (p->token.kind != MOATI_TOKEN_END && !moati_token_is_one_of(&p->token, ends))
        expressions(p);
}

static void label(parser *p) {
    advance(p);
    accept(p, "::");
}

static void statement(parser *p) {
    static const struct {
        const char *word;
        void (*read)(parser *p);
    } statements[] = {{"if", if_statement},
                      {"while", while_statement},
                      {"do", do_statement},
                      {"for", for_statement},
                      {"repeat", repeat_statement},
                      {"function", function_statement},
                      {"local", local_statement},
                      {"return", return_statement},
                      {"goto", advance},
                      {"::", label}};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (accept(p, statements[i].word)) {
            statements[i].read(p);
            return;
        }
    if (p->token.kind == MOATI_TOKEN_NAME || at(p, "("))
        other_statement(p);
    else
        advance(p); /* `;`, `break` */
}

static void block(parser *p) {
    static const char *const ends[] = {"end", "else", "elseif", "until", NULL};
    p->level++;
    while (p->token.kind != MOATI_TOKEN_END && !moati_token_is_one_of(&p->token, ends))
        statement(p);
    p->level--;
}

bool moati_scopes_read(const char *text, size_t length, moati_scopes *scopes) {
    *scopes = (moati_scopes){.variables = NULL};
    parser p = {.scopes = scopes};
    moati_lexer_begin(&p.lexer, text, length);
    advance(&p);
    block(&p);
    free(p.visible);
    return !p.failed;
}

void moati_scopes_free(moati_scopes *scopes) {
    free(scopes->variables);
    free(scopes->uses);
}
