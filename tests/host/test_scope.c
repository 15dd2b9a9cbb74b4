/* The tokens of a Lua text and what its names mean. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "scope.h"

typedef struct row {
    const char *text, *expected;
} row;

static const row tokens[] = {
    {"a = 5", "1:1a 1:3= 1:5(5)"},
    {"\xEF\xBB\xBF#!/bin/moat\nx", "2:1x"},
    {"é = 'é' .. y", "1:1\xC3 1:2\xA9 1:3= 1:5\"é\" 1:9.. 1:12y"},
    {"-- c\n--[[ long\n]] z --[==[ ]] ]==] w", "3:4z 3:21w"},
    {"[[a\nb]] [==[]]]==] c", "1:1\"a\nb\" 2:5\"]]\" 2:16c"},
    {"0x1p-3 1e+5 .5 3..2", "1:1(0x1p-3) 1:8(1e+5) 1:13(.5) 1:16(3..2)"},
    {"'\\'x' \"\\\"\" if", "1:1\"\\'x\" 1:7\"\\\"\" 1:12[if]"},
    {"a~=b//c::d", "1:1a 1:2~= 1:4b 1:5// 1:7c 1:8:: 1:10d"},
    {"'unfinished", "1:1\"unfinishe\""},
    {"[[unfinished", "1:1\"unfinish\""},
    {"", ""},
};

static void print_token(const moati_token *t, char *text, size_t size) {
    size_t length = t->length;
    const char *at = t->kind == MOATI_TOKEN_STRING ? moati_token_content(t, &length) : t->text;
    const char *const marks[][2] = {[MOATI_TOKEN_KEYWORD] = {"[", "]"},
                                    [MOATI_TOKEN_NUMBER] = {"(", ")"},
                                    [MOATI_TOKEN_STRING] = {"\"", "\""},
                                    [MOATI_TOKEN_COMMENT] = {NULL, NULL}};
    const char *const *mark = marks[t->kind];
    const size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%d:%d%s%.*s%s", used > 0 ? " " : "", t->line, t->column,
             mark[0] != NULL ? mark[0] : "", (int)length, at, mark[1] != NULL ? mark[1] : "");
}

Test(scope, tokens_have_places) {
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        char text[512] = "";
        moati_lexer lexer;
        moati_lexer_begin(&lexer, tokens[i].text, strlen(tokens[i].text));
        for (moati_token t; (t = moati_lexer_next(&lexer)).kind != MOATI_TOKEN_END;)
            print_token(&t, text, sizeof text);
        cr_expect_str_eq(text, tokens[i].expected, "%s\n  gives  %s\n  not    %s", tokens[i].text,
                         text, tokens[i].expected);
    }
}

/* Variables as name(reads,writes), then the global names, those that are set with `=`. */
static const row names[] = {
    {"local x = y", "x(0,0) y"},
    {"local x = x; return x", "x(1,0) x"},
    {"local x; x = 5; x = x + 1", "x(1,2)"},
    {"local x = 1; local x = x; print(x)", "x(1,0) x(1,0) print"},
    {"do local x = 1 end return x", "x(0,0) x"},
    {"local function f(a, b, ...) return f(a, c) end", "f(1,0) a(1,0) b(0,0) c"},
    {"local f = function(a) local b = a end", "f(0,0) a(1,0) b(0,0)"},
    {"function g(a) return a end", "g= a(1,0)"},
    {"local t = {} function t.a.b:c(x) return self, x end", "t(1,0) self(1,0) x(1,0)"},
    {"for i = 1, n do print(i) end", "i(1,0) n print"},
    {"for k, v in pairs(t) do k = v end", "k(0,1) v(1,0) pairs t"},
    {"repeat local done = f() until done", "done(1,0) f"},
    {"local x <const>, y <close> = 5, z", "x(0,0) y(0,0) z"},
    {"local a = { b = c, [d] = e, f; g }", "a(0,0) c d e f g"},
    {"a.b.c, d, e[f] = 1, 2, 3", "a d= e f"},
    {"a:b{ c }'d':e(f)", "a c f"},
    {"if a then local b elseif c then b = 1 else b = 2 end", "a b(0,0) c b= b="},
    {"while a do break end goto x; ::x:: x = 1", "a x="},
    {"local a = -b ^ #c .. not d and (e)[f]", "a(0,0) b c d e f"},
    {"do do local x end end while a do do x = 1 end end for i = 1, 2 do do end end y = x",
     "x(0,0) a x= i(0,0) y= x"},
    {"return", ""},
    {"return f 'x'", "f"},
    {"(f or g)(h)", "f g h"},
    {"local a = function() return end; a()", "a(1,0)"},
};

static void print_names(const moati_scopes *scopes, char *text, size_t size) {
    for (size_t i = 0; i < scopes->use_count; i++) {
        const moati_use *use = &scopes->uses[i];
        const size_t used = strlen(text);
        const char *blank = used > 0 ? " " : "";
        if (use->kind == MOATI_USE_DECLARE) {
            const moati_variable *v = &scopes->variables[use->variable];
            snprintf(text + used, size - used, "%s%.*s(%zu,%zu)", blank, (int)v->name.length,
                     v->name.text, v->reads, v->writes);
        } else if (use->variable == MOATI_GLOBAL_NAME) {
            snprintf(text + used, size - used, "%s%.*s%s", blank, (int)use->name.length,
                     use->name.text, use->kind == MOATI_USE_WRITE ? "=" : "");
        }
    }
}

Test(scope, names_mean_variables) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[512] = "";
        moati_scopes scopes;
        cr_assert(moati_scopes_read(names[i].text, strlen(names[i].text), &scopes));
        print_names(&scopes, text, sizeof text);
        cr_expect_str_eq(text, names[i].expected, "%s\n  gives  %s\n  not    %s", names[i].text,
                         text, names[i].expected);
        moati_scopes_free(&scopes);
    }
}
