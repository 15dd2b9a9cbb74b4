/* One pass over a Lua text by recursive descent, after section 9 of Lua's manual. Expressions are
 * read without precedence, as only names matter. Lua has compiled the text, which bounds how deep
 * the functions here call each other. */
#include "scope.h"

#include <stdlib.h>
#include <string.h>

#include "naming.h"

typedef struct parser {
    moati_lexer lexer;
    moati_token token, last; /* the one to be read, and the one before it */
    moati_token text;        /* the last string before it */
    moati_naming naming;
} parser;

static void block(parser *p);
static void expression(parser *p);

static void advance(parser *p) {
    p->last = p->token;
    if (p->token.kind == MOATI_TOKEN_STRING)
        p->text = p->token;
    p->token =
        p->naming.failed ? (moati_token){.kind = MOATI_TOKEN_END} : moati_lexer_next(&p->lexer);
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

/* The token is a name: notes that it is read. Returns the use. */
static size_t read_name(parser *p) {
    const size_t use = moati_naming_read(&p->naming, p->token);
    advance(p);
    return use;
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
            moati_naming_show(&p->naming,
                              moati_naming_declare(&p->naming, p->token, MOATI_VARIABLE_PARAMETER));
        advance(p);
    }
}

/* From the parenthesis on. */
static void function_body(parser *p, bool is_method) {
    static const char self[] = "self";
    const size_t outer = p->naming.visible_count;
    if (is_method) {
        const moati_token name = {MOATI_TOKEN_NAME, self, strlen(self), p->token.line,
                                  p->token.column};
        moati_naming_show(&p->naming,
                          moati_naming_declare(&p->naming, name, MOATI_VARIABLE_PARAMETER));
    }
    accept(p, "(");
    parameters(p);
    block(p);
    accept(p, "end");
    p->naming.visible_count = outer;
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
    const size_t outer = p->naming.visible_count;
    block(p);
    accept(p, end);
    p->naming.visible_count = outer;
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
    const size_t outer = p->naming.visible_count;
    block(p);
    accept(p, "until");
    expression(p);
    p->naming.visible_count = outer;
}

/* The names of a declaration, which are not in scope before its expressions have been read. Returns
 * the index of the first. */
static size_t names(parser *p, moati_variable_kind kind) {
    const size_t first = p->naming.scopes->variable_count;
    do {
        moati_naming_declare(&p->naming, p->token, kind);
        advance(p);
        if (accept(p, "<")) { /* <const>, <close> */
            advance(p);
            accept(p, ">");
        }
    } while (accept(p, ","));
    return first;
}

static void for_statement(parser *p) {
    const size_t outer = p->naming.visible_count, first = names(p, MOATI_VARIABLE_LOOP);
    const size_t last = p->naming.scopes->variable_count;
    advance(p); /* = or in */
    expressions(p);
    for (size_t i = first; i < last; i++)
        moati_naming_show(&p->naming, i);
    accept(p, "do");
    do_statement(p);
    p->naming.visible_count = outer;
}

/* max = math.max, pricing = require "pricing" */
static bool is_alias(const parser *p, const moati_token *name, bool is_required) {
    size_t length = 0;
    const char *content =
        is_required && p->text.text != NULL ? moati_token_content(&p->text, &length) : "";
    return moati_token_same(name, &p->last) ||
           (length == name->length && memcmp(content, name->text, length) == 0);
}

static void local_function(parser *p) {
    moati_naming_show(&p->naming,
                      moati_naming_declare(&p->naming, p->token, MOATI_VARIABLE_FUNCTION));
    advance(p);
    function_body(p, false);
}

static void local_statement(parser *p) {
    if (accept(p, "function")) {
        local_function(p);
        return;
    }
    const size_t first = names(p, MOATI_VARIABLE_LOCAL), last = p->naming.scopes->variable_count;
    const bool has_value = accept(p, "="), is_required = at(p, "require");
    if (has_value)
        expressions(p);
    for (size_t i = first; i < last; i++)
        moati_naming_show(&p->naming, i);
    moati_variable *variable = p->naming.scopes->variables + first;
    if (has_value && last == first + 1 && !p->naming.failed)
        variable->is_alias = is_alias(p, &variable->name, is_required);
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
        moati_naming_write(&p->naming, use);
    function_body(p, is_method);
}

/* An assignment or a call. */
static void other_statement(parser *p) {
    for (;;) {
        const size_t use = suffixed(p);
        if (use != NO_USE && (at(p, "=") || at(p, ",")))
            moati_naming_write(&p->naming, use);
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
    p->naming.level++;
    while (p->token.kind != MOATI_TOKEN_END && !moati_token_is_one_of(&p->token, ends))
        statement(p);
    p->naming.level--;
}

bool moati_scopes_read(const char *text, size_t length, moati_scopes *scopes) {
    *scopes = (moati_scopes){.variables = NULL};
    parser p = {.naming = {.scopes = scopes}};
    moati_lexer_begin(&p.lexer, text, length);
    advance(&p);
    block(&p);
    free(p.naming.visible);
    return !p.naming.failed;
}

void moati_scopes_free(moati_scopes *scopes) {
    free(scopes->variables);
    free(scopes->uses);
}
