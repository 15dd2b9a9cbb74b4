/* Interactive sessions: what they show, keep and complete; and what depends on what. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "moat/explore.h"
#include "moat/lua.h"
#include "moat/moat.h"

static moat_error error;

typedef struct session {
    moat_model *model;
    moat_lua *lua;
    char shown[4096]; /* a line for each value, or the words that were found */
} session;

static void add(session *s, const char *text) {
    strncat(s->shown, text, sizeof s->shown - strlen(s->shown) - 1);
}

static void show(void *context, const moat_lua_value *value) {
    char line[300];
    const char *name = value->name != NULL ? value->name : "";
    if (value->quantity != NULL)
        snprintf(line, sizeof line, "%u%s:quantity %zu\n", value->depth, name,
                 value->quantity->count);
    else
        snprintf(line, sizeof line, "%u%s:%s%s\n", value->depth, name,
                 value->is_table ? "table " : "", value->text);
    add(context, line);
}

static void found(void *context, const char *word) {
    add(context, word);
    add(context, " ");
}

static void open_session(session *s) {
    *s = (session){0};
    s->model = moat_model_new(&error);
    const moat_lua_options options = {.show = show, .show_context = s};
    s->lua = moat_lua_new(s->model, &options, &error);
    cr_assert_not_null(s->lua, "%s", error.message);
}

static void close_session(session *s) {
    moat_lua_free(s->lua);
    moat_model_free(s->model);
}

static void enter(session *s, const char *text) {
    bool incomplete;
    s->shown[0] = '\0';
    cr_assert_eq(moat_lua_interpret(s->lua, text, strlen(text), "input", &incomplete, &error),
                 MOAT_OK, "%s: %s", text, error.message);
    cr_assert(!incomplete, "%s", text);
}

static const char script[] = "local a = assume { x = '1 to 2 $', y = '3 to 4 $', z = '5 to 6 $' }\n"
                             "horizon { periods = 3 }\n"
                             "local hidden = a.x + a.y\n"
                             "visible = a.z * 2\n"
                             "local line = series('$', a.y)\n"
                             "output('sum', hidden); output('line', line); output('z', visible)\n"
                             "output('constant', q '3 $')\n"
                             "correlate { { a.x, a.y, 0.5 } }\n";

static void run_script(session *s) {
    cr_assert_eq(moat_lua_run_text(s->lua, script, strlen(script), "script", &error), MOAT_OK, "%s",
                 error.message);
}

Test(session, shows_values) {
    static const struct {
        const char *entry, *shown;
    } cases[] = {
        {"1 + 1", "0:2\n"},
        {"_ * 3", "0:6\n"},
        {"out[1], 'text'", "0:2\n0:text\n"},
        {"local kept = 5", ""},
        {"kept", "0:5\n"},
        {"x = 3", ""},
        {"nil", "0:nil\n"},
        {"q '3 $'", "0:quantity 1\n"},
        {"dist.normal(3, 1)", "0:quantity 1\n"},
        {"a.x", "0:quantity 1\n"},
        {"hidden", "0:quantity 1\n"},
        {"line", "0:quantity 3\n"},
        {"a", "0:table table\n1x:quantity 1\n1y:quantity 1\n1z:quantity 1\n"},
        {"{ 7, b = { 'deep' } }", "0:table table\n11:7\n1b:table table\n21:deep\n"},
        {"'\\27[31m'", "0:\\x1b[31m\n"},
        {"_G._", "0:\\x1b[31m\n"},
        {"{ ['\\27[31m'] = 1 }", "0:table table\n1\\x1b[31m:1\n"},
        {"t = { 1 }; t[2] = t", ""},
        {"t", "0:table table\n11:1\n12:a table that this is in\n"},
    };
    session s;
    open_session(&s);
    run_script(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enter(&s, cases[i].entry);
        cr_expect_str_eq(s.shown, cases[i].shown, "%s shows %s", cases[i].entry, s.shown);
    }
    close_session(&s);
}

static void count_value(void *context, const moat_lua_value *value) {
    size_t *counts = context;
    counts[value->name == NULL && value->depth > 0]++;
}

/* Of what is large, a part is shown; and no more than once of what is in itself. */
Test(session, shows_a_part_of_what_is_large) {
    static const char text[] = "(function() local t, u = {}, {} for i = 1, 300 do u[i] = i end "
                               "for i = 1, 300 do t[i] = u end return t end)()";
    session s;
    size_t counts[2] = {0};
    open_session(&s);
    cr_assert_eq(moat_lua_inspect(s.lua, text, strlen(text), "input", count_value, counts, &error),
                 MOAT_OK, "%s", error.message);
    cr_expect_eq(counts[0], 501, "%zu", counts[0]);
    cr_expect_eq(counts[1], 4, "%zu", counts[1]);
    close_session(&s);
}

Test(session, locals_stay_only_where_they_should) {
    session s;
    bool incomplete;
    open_session(&s);
    enter(&s,
          "do local inner = 1 end local outer, second = 2, 3 for i = 1, 2 do local body = i end");
    enter(&s, "inner, outer, second, i, body");
    cr_expect_str_eq(s.shown, "0:nil\n0:2\n0:3\n0:nil\n0:nil\n", "%s", s.shown);
    enter(&s, "function f() local own = 1 return own end");
    enter(&s, "f(), own");
    cr_expect_str_eq(s.shown, "0:1\n0:nil\n", "%s", s.shown);
    const char *failing = "local lost = 1 error 'no'";
    cr_assert_neq(moat_lua_interpret(s.lua, failing, strlen(failing), "input", &incomplete, &error),
                  MOAT_OK);
    enter(&s, "lost, nil");
    cr_expect_str_eq(s.shown, "0:nil\n0:nil\n", "%s", s.shown);
    enter(&s, "coroutine.wrap(function() local there = 1 coroutine.yield(there) end)()");
    enter(&s, "there, nil");
    cr_expect_str_eq(s.shown, "0:nil\n0:nil\n", "%s", s.shown);
    close_session(&s);
}

Test(session, inspects_without_keeping) {
    session s;
    open_session(&s);
    run_script(&s);
    enter(&s, "41");
    s.shown[0] = '\0';
    cr_assert_eq(moat_lua_inspect(s.lua, "hidden, 1", 9, "input", show, &s, &error), MOAT_OK);
    cr_expect_str_eq(s.shown, "0:quantity 1\n0:1\n", "%s", s.shown);
    enter(&s, "_, #out");
    cr_expect_str_eq(s.shown, "0:41\n0:1\n", "%s", s.shown);
    cr_expect_eq(moat_lua_inspect(s.lua, "x = 1", 5, "input", show, &s, &error), MOAT_SYNTAX);
    cr_expect_eq(moat_lua_inspect(s.lua, "nope.x", 6, "input", show, &s, &error), MOAT_INVALID);
    static const struct {
        const char *text;
        bool is;
    } texts[] = {{"x = 1", true}, {"f(x)", true}, {"x + 1", false}, {"if x then", false}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = texts[i].text;
        bool is = !texts[i].is;
        cr_expect_eq(moat_lua_is_statement(s.lua, text, strlen(text), &is, &error), MOAT_OK);
        cr_expect_eq(is, texts[i].is, "%s", text);
    }
    s.shown[0] = '\0';
    cr_assert_eq(moat_lua_quantities(s.lua, show, &s, &error), MOAT_OK, "%s", error.message);
    cr_expect_str_eq(s.shown,
                     "0a.x:quantity 1\n0a.y:quantity 1\n0a.z:quantity 1\n0hidden:quantity 1\n"
                     "0line:quantity 3\n0visible:quantity 1\n",
                     "%s", s.shown);
    close_session(&s);
}

/* --- Entries: where they end, what they give. */

Test(session, entries_end_where_they_should) {
    static const struct {
        const char *text;
        bool incomplete;
    } cases[] = {
        {"1 +", true},
        {"{ 1,", true},
        {"math.max(", true},
        {"x =", true},
        {"x = 1; x +", true},
        {"x = [[a", true},
        {"for i = 1, 2 do", true},
        {"x = 'a\\", true},
        {"x = 1; (", true},
        {"-- nothing", false},
        {"x = 1", false},
        {"print('a;b')", false},
        {"x = 'a; b'", false},
    };
    session s;
    open_session(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool incomplete;
        const char *text = cases[i].text;
        cr_expect_eq(moat_lua_interpret(s.lua, text, strlen(text), "input", &incomplete, &error),
                     MOAT_OK, "%s: %s", text, error.message);
        cr_expect_eq(incomplete, cases[i].incomplete, "%s", text);
    }
    bool incomplete;
    cr_expect_eq(moat_lua_interpret(s.lua, "x = 'a", 6, "input", &incomplete, &error), MOAT_SYNTAX,
                 "nothing completes a text that ends with its line");
    close_session(&s);
}

Test(session, statements_may_end_with_an_expression) {
    static const struct {
        const char *text, *shown;
        size_t place; /* of the expression */
    } cases[] = {
        {"1, 2", "0:1\n0:2\n", 0},
        {"x = 3; x", "0:3\n", 6},
        {"x = 4\nx, 5;", "0:4\n0:5\n", 6},
        {"x = 'a; b'; x", "0:a; b\n", 11},
        {"x = 6 -- x; x", "", 13},
        {"local kept = 7; math.max(kept, 1)", "0:7\n", 15},
        {"local kept = 8; print(kept)", "", 15},
        {"f = function() return 1; end", "", 28},
        {"for i = 1, 2 do x = i end", "", 25},
        {"x = math.max\n(9, 3)", "", 20},
        {"x", "0:9\n", 0},
    };
    session s;
    open_session(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = cases[i].text;
        enter(&s, text);
        cr_expect_str_eq(s.shown, cases[i].shown, "%s gives %s", text, s.shown);
        size_t place;
        cr_expect_eq(moat_lua_value_place(s.lua, text, strlen(text), &place, NULL), MOAT_OK);
        cr_expect(place == cases[i].place || cases[i].shown[0] == '\0', "%s: %zu", text, place);
    }
    enter(&s, "kept, f()");
    cr_expect_str_eq(s.shown, "0:8\n0:1\n", "%s", s.shown);
    close_session(&s);
}

Test(session, names_of_nothing_are_mistakes) {
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"visble", "there is nothing named \"visble\"; did you mean \"visible\"?"},
        {"x ;", "there is nothing named \"x\"; did you mean \"a.x\"?"},
        {"y = 1; unheard", "there is nothing named \"unheard\""},
        {"constant", "there is no variable \"constant\", only an output: :table constant shows it"},
    };
    session s;
    open_session(&s);
    run_script(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool incomplete;
        const char *text = cases[i].text;
        cr_expect_eq(moat_lua_interpret(s.lua, text, strlen(text), "input", &incomplete, &error),
                     MOAT_INVALID, "%s", text);
        cr_expect_str_eq(error.message, cases[i].message, "%s", error.message);
    }
    enter(&s, "#out");
    cr_expect_str_eq(s.shown, "0:0\n");
    close_session(&s);
}

/* --- Transactions. */

/* What an entry says of the state that the next test changes in every way there is. */
static const char state[] =
    "x, t.one, t.two, #t.list, t.list[1], count(), pcall(function() return line[1] end), a.x, new, "
    "d.e, #out, _, d.f, free + 1, dist.normal(0, 1) * 2";

static const char change[] =
    "x = 2; t.one = nil; t.two = 2; t.list[1] = 0; t.list[2] = 0; count(); line[1] = '1 $'; "
    "new = assume { other = '1 to 2 $', made = '3' }; local lost = free + 1; d.f = d.e; d = {}; "
    "settings { samples = 77 }; correlate { { new.other, a.z, 0.5 } }; output('new', new.other); "
    "variant('v', { other = '2 $' }); local more = dist.normal(0, 1) + 1";

static void note_state(session *s, char text[4096], moat_mark *mark) {
    cr_assert_eq(moat_lua_begin(s->lua, &error), MOAT_OK, "%s", error.message);
    enter(s, state);
    strcpy(text, s->shown);
    cr_assert_eq(moat_lua_rollback(s->lua, &error), MOAT_OK, "%s", error.message);
    moat_model_mark(s->model, mark);
}

Test(session, what_fails_has_not_happened) {
    session s;
    char before[4096], after[4096];
    moat_mark first, second;
    open_session(&s);
    run_script(&s);
    enter(&s, "x, t, d = 1, { one = 1, list = { 5 } }, { e = {} }; t.self = t; line = series '$'");
    enter(&s, "count = (function() local n = 0; return function() n = n + 1; return n end end)()");
    enter(&s, "free = dist.normal(0, 1); 41");
    note_state(&s, before, &first);
    for (unsigned i = 0; i < 3; i++) {
        cr_assert_eq(moat_lua_begin(s.lua, &error), MOAT_OK, "%s", error.message);
        enter(&s, change);
        cr_assert_neq(moat_model_find_assumption(s.model, "made"), NULL);
        cr_assert_eq(moat_lua_rollback(s.lua, &error), MOAT_OK, "%s", error.message);
        note_state(&s, after, &second);
        cr_expect_str_eq(after, before, "%s", after);
        first.inputs = second.inputs; /* nodes stay */
        cr_expect_eq(memcmp(&first, &second, sizeof first), 0);
        cr_expect_eq(moat_model_find_assumption(s.model, "made"), NULL);
        cr_expect_eq(moat_model_settings(s.model)->samples, 10000);
        cr_expect_eq(moat_model_variants(s.model), 0);
    }
    cr_assert_eq(moat_lua_begin(s.lua, &error), MOAT_OK, "%s", error.message);
    enter(&s, change);
    moat_lua_commit(s.lua);
    cr_expect_eq(moat_model_settings(s.model)->samples, 77);
    cr_expect_eq(moat_model_outputs(s.model), 5);
    close_session(&s);
}

Test(session, completes_names) {
    static const struct {
        const char *text, *words;
        size_t there;
    } cases[] = {
        {"hid", "hidden ", 3},
        {"x = vis", "visible ", 3},
        {"a.", "x y z ", 0},
        {"a.x:fi", "first first_when ", 2},
        {"2 * line:la", "lag last ", 2},
        {"dist.norm", "normal ", 4},
        {"nothing.", "", 0},
        {"math.sq", "sqrt ", 2},
        {"a.nothing:x", "", 1},
        {"('x'):", "", 0},
        {"corre", "correlate ", 5},
        {"odd.", "good ", 0},
    };
    session s;
    open_session(&s);
    run_script(&s);
    enter(&s, "odd = { good = 1, ['not good'] = 2, ['1st'] = 3, ['\\27[31m'] = 4 }");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        s.shown[0] = '\0';
        const size_t there =
            moat_lua_complete(s.lua, cases[i].text, strlen(cases[i].text), found, &s);
        cr_expect_str_eq(s.shown, cases[i].words, "%s: %s", cases[i].text, s.shown);
        cr_expect_eq(there, cases[i].there, "%s: %zu", cases[i].text, there);
    }
    close_session(&s);
}

/* --- What depends on what: one letter for each output, in the order of their declaration. */

static void copy_outputs(const moat_model *model, moat_output outputs[4]) {
    for (size_t i = 0; i < 4; i++)
        outputs[i] = *moat_model_get_output(model, i);
}

static void spell(const bool marks[4], char text[5]) {
    for (size_t i = 0; i < 4; i++)
        text[i] = marks[i] ? 'x' : '-';
    text[4] = '\0';
}

Test(session, knows_dependants) {
    static const struct {
        const char *name, *depends;
    } cases[] = {{"x", "x---"}, {"y", "xx--"}, {"z", "--x-"}};
    session s;
    moat_output outputs[4];
    bool marks[4];
    char text[5];
    open_session(&s);
    run_script(&s);
    copy_outputs(s.model, outputs);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(moat_model_dependants(s.model, cases[i].name, 4, outputs, marks, &error),
                     MOAT_OK);
        spell(marks, text);
        cr_expect_str_eq(text, cases[i].depends, "%s: %s", cases[i].name, text);
    }
    cr_expect_eq(moat_model_dependants(s.model, "w", 4, outputs, marks, &error), MOAT_UNKNOWN);
    close_session(&s);
}

/* x and y are correlated, which is not to make y's outputs seem to depend on x: each keeps its own
 * draws. */
Test(session, knows_what_a_change_changes) {
    static const struct {
        const char *name, *literal, *changed;
    } cases[] = {
        {"z", "7 $", "--x-"},      {"z", "5 to 6 $", "----"}, {"x", "1 to 3 $", "x---"},
        {"x", "1 to 2 $", "----"}, {"x", "1 $", "x---"},      {"y", "3 to 5 $", "xx--"},
    };
    session s;
    moat_output outputs[4];
    moat_basis *basis;
    bool marks[4];
    char text[5];
    open_session(&s);
    run_script(&s);
    copy_outputs(s.model, outputs);
    cr_assert_eq(moat_basis_take(s.model, &basis, &error), MOAT_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_assert_eq(moat_model_override(s.model, cases[i].name, cases[i].literal, &error), MOAT_OK,
                     "%s", error.message);
        cr_expect(moat_model_is_overridden(s.model, cases[i].name));
        cr_assert_eq(moat_basis_compare(s.model, basis, 4, outputs, marks, &error), MOAT_OK);
        spell(marks, text);
        cr_expect_str_eq(text, cases[i].changed, "%s = %s: %s", cases[i].name, cases[i].literal,
                         text);
        cr_assert_eq(moat_model_restore(s.model, cases[i].name, &error), MOAT_OK);
        cr_expect(!moat_model_is_overridden(s.model, cases[i].name));
        cr_assert_eq(moat_basis_compare(s.model, basis, 4, outputs, marks, &error), MOAT_OK);
        spell(marks, text);
        cr_expect_str_eq(text, "----", "%s restored: %s", cases[i].name, text);
    }
    cr_expect_eq(moat_model_restore(s.model, "w", &error), MOAT_UNKNOWN);
    cr_expect_str_eq(moat_model_declared_text(s.model, "z"), "5 to 6 $");
    cr_expect_null(moat_model_declared_text(s.model, "w"));
    moat_basis_free(basis);
    close_session(&s);
}

/* An assumption may be computed from others, and a kernel's operands are many. */
Test(session, follows_assumptions_and_kernels) {
    session s;
    moat_output outputs[4];
    bool marks[4];
    char text[5];
    const moat_node *list;
    open_session(&s);
    enter(&s, "a = assume { x = '1 to 2 $' }");
    enter(&s, "b = assume('y', a.x * 2)");
    enter(&s, "horizon { periods = 4 }");
    enter(&s, "flows = series('$', '30 $'); flows[1] = -b");
    enter(&s, "output('y', b); output('irr', flows:irr()); output('x', a.x); output('one', q '1')");
    copy_outputs(s.model, outputs);
    cr_assert_eq(moat_model_dependants(s.model, "x", 4, outputs, marks, &error), MOAT_OK);
    spell(marks, text);
    cr_expect_str_eq(text, "xxx-", "%s", text);
    cr_expect_eq(moat_model_precedents(s.model, outputs[0].nodes[0], &list, NULL), 1);
    cr_expect_str_eq(moat_model_operation(s.model, list[0]), "mul");
    cr_expect_eq(moat_model_precedents(s.model, outputs[2].nodes[0], &list, NULL), 0,
                 "an assumption that is drawn is computed from nothing");
    cr_expect_eq(moat_model_precedents(s.model, outputs[3].nodes[0], &list, NULL), 0);
    close_session(&s);
}

Test(session, looks_at_what_is_not_declared) {
    session s;
    open_session(&s);
    run_script(&s);
    const moat_output outputs[] = {*moat_model_get_output(s.model, 2),
                                   *moat_model_get_output(s.model, 1)};
    moat_results *all, *some;
    cr_assert_eq(moat_model_run(s.model, &all, &error), MOAT_OK);
    cr_assert_eq(moat_model_look(s.model, 2, outputs, &some, &error), MOAT_OK);
    cr_expect_eq(moat_results_output(some, 0, 0)->digest, moat_results_output(all, 2, 0)->digest);
    cr_expect_eq(moat_results_output(some, 1, 2)->digest, moat_results_output(all, 1, 2)->digest);
    cr_expect_eq(moat_results_unit(some, 0), moat_results_unit(all, 2));
    moat_results_free(all);
    moat_results_free(some);
    close_session(&s);
}
