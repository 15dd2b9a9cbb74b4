/* Two models side by side: which assumptions differ, and what explains the difference of an output,
 * on models whose answers are known. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "moat/compare.h"
#include "moat/lua.h"

enum { SAMPLES = 4000 };

static moat_error error;

typedef struct subject {
    moat_model *model;
    moat_lua *lua;
    moat_results *results;
    moat_side side;
} subject;

static void open_subject(subject *s, const char *script, const char *variant) {
    const moat_settings settings = {.samples = SAMPLES, .threads = 2, .seed = 1};
    s->model = moat_model_new(&error);
    moat_model_set_keep_limit(s->model, UINT64_MAX);
    moat_model_set(s->model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &settings, true, &error);
    moat_model_use_variant(s->model, variant, &error);
    s->lua = moat_lua_new(s->model, NULL, &error);
    cr_assert_not_null(s->lua, "%s", error.message);
    cr_assert_eq(moat_lua_run_text(s->lua, script, strlen(script), "script", &error), MOAT_OK, "%s",
                 error.message);
    cr_assert_eq(moat_model_run(s->model, &s->results, &error), MOAT_OK, "%s", error.message);
    s->side = (moat_side){s->model, s->results};
}

static void close_subject(subject *s) {
    moat_results_free(s->results);
    moat_lua_free(s->lua);
    moat_model_free(s->model);
}

/* Two scripts, or, where the second begins with ":", a script and its variant. */
typedef struct comparison {
    subject first, second;
    moat_contrasts contrasts;
} comparison;

static void open_comparison(comparison *c, const char *first, const char *second) {
    const bool same = second[0] == ':';
    open_subject(&c->first, first, NULL);
    open_subject(&c->second, same ? first : second, same ? second + 1 : NULL);
    cr_assert_eq(moat_contrasts_find(&c->first.side, &c->second.side, same, &c->contrasts, &error),
                 MOAT_OK, "%s", error.message);
}

static void close_comparison(comparison *c) {
    moat_contrasts_free(&c->contrasts);
    close_subject(&c->first);
    close_subject(&c->second);
}

/* "price carried, fee only in first": what differs, in short. */
static void describe(const moat_contrasts *contrasts, char *text, size_t size) {
    static const char *const words[] = {"", " unit", " first", " second", ""};
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < contrasts->count; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s%s%s", i > 0 ? ", " : "",
                                 contrasts->items[i].name, words[contrasts->items[i].kind],
                                 contrasts->items[i].carried ? "" : " -");
}

Test(compare, what_differs_is_found) {
    static const struct {
        const char *name, *first, *second, *differs;
        size_t pairs;
    } rows[] = {
        {"nothing", "assume { x = '1 to 2 $' }", "assume { x = '1 to 2 $' }", "", 0},
        {"other words", "assume { x = '1 to 2 $bn', y = '5 %' }",
         "assume { x = '1000 to 2000 $M', y = '0.05' }", "", 0},
        {"numbers and ranges", "assume { x = '1 $', y = '1 to 2 $', z = '3 $' }",
         "assume { x = '2 $', y = '1 to 3 $', z = '2 to 4 $' }", "x, y, z", 0},
        {"a dimension", "assume { x = '1 $' }", "assume { x = '1 GW' }", "x unit -", 0},
        {"only in one", "assume { x = '1 $', y = '1 $' }", "assume { x = '1 $', z = '1 $' }",
         "y first -, z second -", 0},
        {"what follows from others", "local x = assume('x', '1 to 2 $'); assume('y', x * 2)",
         "local x = assume('x', '2 to 3 $'); assume('y', x * 2)", "x", 0},
        {"what is computed otherwise", "local x = assume('x', '1 to 2 $'); assume('y', x * 2)",
         "local x = assume('x', '2 to 3 $'); assume('y', x * 3)", "x, y -", 0},
        {"a number for what was computed", "local x = assume('x', '1 to 2 $'); assume('y', x * 2)",
         "local x = assume('x', '1 to 2 $'); assume('y', '7 $')", "y", 0},
        {"a constant that was computed", "assume('x', q '1 $' / 3)", "assume('x', q '2 $' / 3)",
         "x", 0},
        {"a distribution of uncertain parameters",
         "local m = assume('m', '1 to 2 $'); assume('x', dist.normal(m, '1 $'))",
         "local m = assume('m', '1 to 2 $'); assume('x', dist.normal(m, '2 $'))", "x -", 0},
        {"distributions made by Lua",
         "assume { x = dist.normal('1 $', '2 $'), y = dist.truncate(dist.normal('0 $', '1 $'), '-1 "
         "$', '2 $'), z = dist.discrete { { '1 $', 1 }, { '2 $', 1 } } }",
         "assume { x = dist.normal('2 $', '2 $'), y = dist.truncate(dist.normal('0 $', '1 $'), '-1 "
         "$', '3 $'), z = dist.discrete { { '1 $', 1 }, { '2 $', 2 } } }",
         "x, y, z", 0},
        {"correlations",
         "local a = assume { x = '1 to 2 $', y = '3 to 4 $' }; correlate { { a.x, a.y, 0.6 } }",
         "assume { x = '1 to 2 $', y = '3 to 4 $' }", "correlations", 1},
        {"correlations of others",
         "local a = assume { x = '1 to 2 $', y = '3 to 4 $', z = '1 to 2 $' }; "
         "correlate { { a.x, a.y, 0.6 }, { a.y, a.z, 0.1 } }",
         "local a = assume { x = '1 to 2 $', y = '3 to 4 $', z = '1 to 2 $' }; "
         "correlate { { a.z, a.x, 0.6 }, { a.y, a.z, 0.1 } }",
         "correlations", 2},
        {"a variant's number", "assume { x = '1 $' } variant('v', { x = '2 $' })", ":v", "x", 0},
        {"a variant's computation",
         "local a = assume { x = '1 to 2 $', y = '3 $', z = '1 to 2 $' } "
         "variant('v', { y = a.x * 2, z = dist.normal(a.x, '1 $') })",
         ":v", "y, z", 0},
        {"what follows within a variant",
         "local x = assume('x', '1 to 2 $'); assume('y', x * 2) variant('v', { x = '3 $' })", ":v",
         "x", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        comparison c;
        char text[500];
        open_comparison(&c, rows[i].first, rows[i].second);
        describe(&c.contrasts, text, sizeof text);
        cr_expect_str_eq(text, rows[i].differs, "%s: differs \"%s\", not \"%s\"", rows[i].name,
                         text, rows[i].differs);
        cr_expect_eq(c.contrasts.pair_count, rows[i].pairs, "%s: %zu pairs", rows[i].name,
                     c.contrasts.pair_count);
        close_comparison(&c);
    }
}

/* The first output of both, in its base unit. */
static moat_explanation explain(comparison *c, bool comes) {
    const moat_target target = {.comes = comes};
    moat_explanation explanation;
    char before[33], after[33];
    moat_results *again;
    moat_results_digest(c->first.results, before);
    cr_assert_eq(moat_explain(&c->first.side, &c->second.side, &c->contrasts, 1, &target,
                              &explanation, &error),
                 MOAT_OK, "%s", error.message);
    cr_assert_eq(moat_model_run(c->first.model, &again, &error), MOAT_OK);
    moat_results_digest(again, after);
    cr_expect_str_eq(after, before, "the first model is as it was");
    moat_results_free(again);
    return explanation;
}

static void expect_near(const char *name, const char *what, double got, double wanted) {
    cr_expect(fabs(got - wanted) <= 1e-9 * (1 + fabs(wanted)), "%s: %s is %.12g, not %.12g", name,
              what, got, wanted);
}

/* Each effect of which the value is known. */
Test(compare, what_explains_a_difference) {
    static const struct {
        const char *name, *first, *second;
        double alone[3], together, rest;
    } rows[] = {
        {"a sum has shares of its own",
         "local a = assume { x = '1 $', y = '10 to 20 $', z = '5 $' } "
         "output('s', 2 * a.x + a.y - a.z)",
         "local a = assume { x = '4 $', y = '10 to 20 $', z = '3 $' } "
         "output('s', 2 * a.x + a.y - a.z)",
         {6, 2},
         0,
         0},
        {"a product has a joint effect",
         "local a = assume { x = '2', y = '3' } output('p', a.x * a.y)",
         "local a = assume { x = '5', y = '7' } output('p', a.x * a.y)",
         {9, 8},
         12,
         0},
        {"the script itself",
         "local a = assume { x = '2' } output('o', a.x + 1)",
         "local a = assume { x = '5' } output('o', a.x * a.x)",
         {3},
         0,
         19},
        {"one that has no effect",
         "local a = assume { x = '2', y = '1' } output('o', a.x)",
         "local a = assume { x = '5', y = '2' } output('o', a.x)",
         {3, 0},
         0,
         0},
        {"a new assumption is the script's",
         "local a = assume { x = '2' } output('o', a.x)",
         "local a = assume { x = '3', y = '5' } output('o', a.x + a.y)",
         {1, 0},
         0,
         5},
        {"what follows is the effect of its cause",
         "local x = assume('x', '1'); local y = assume('y', x * 2) output('o', y + 1)",
         "local x = assume('x', '4'); local y = assume('y', x * 2) output('o', y + 1)",
         {6},
         0,
         0},
        {"a distribution made by Lua",
         "local x = assume('x', dist.discrete { { 1, 1 }, { 1, 1 } }) output('o', x * 2)",
         "local x = assume('x', dist.discrete { { 3, 1 }, { 3, 1 } }) output('o', x * 2)",
         {4},
         0,
         0},
        {"a variant's computation",
         "local a = assume { x = '1', y = '3' } output('o', a.x + a.y) "
         "variant('v', { x = '2', y = a.x * 10 })",
         ":v",
         {1, 7},
         10,
         0},
        {"units of other names",
         "local a = assume { x = '1 $bn' } output('o', a.x / '1 $')",
         "local a = assume { x = '3000 $M' } output('o', a.x / '1 $')",
         {2e9},
         0,
         0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        comparison c;
        open_comparison(&c, rows[i].first, rows[i].second);
        moat_explanation e = explain(&c, false);
        double sum = e.together.mean + e.rest.mean;
        for (size_t k = 0; k < c.contrasts.count; k++) {
            expect_near(rows[i].name, c.contrasts.items[k].name, e.alone[k].mean, rows[i].alone[k]);
            sum += e.alone[k].mean;
        }
        expect_near(rows[i].name, "together", e.together.mean, rows[i].together);
        expect_near(rows[i].name, "rest", e.rest.mean, rows[i].rest);
        expect_near(rows[i].name, "the sum", sum, e.whole.mean);
        moat_explanations_free(1, &e);
        close_comparison(&c);
    }
}

/* Shifts of a distribution are the same in all samples, and so known without error. */
Test(compare, effects_are_paired) {
    comparison c;
    open_comparison(&c,
                    "local a = assume { x = 'normal(10, 3) $', y = 'normal(0, 5) $' } "
                    "output('o', a.x + a.y)",
                    "local a = assume { x = 'normal(12, 3) $', y = 'normal(0, 6) $' } "
                    "output('o', a.x + a.y)");
    moat_explanation e = explain(&c, false);
    cr_expect(fabs(e.alone[0].mean - 2) < 1e-12 && e.alone[0].mcse < 1e-12);
    cr_expect(fabs(e.alone[1].sd - 1) < 0.05, "sd %g", e.alone[1].sd);
    cr_expect(fabs(e.alone[1].mean) < 3 * e.alone[1].mcse);
    cr_expect_eq(e.together.sd, 0);
    cr_expect_eq(e.rest.max, 0);
    moat_explanations_free(1, &e);
    close_comparison(&c);
}

/* A correlation moves the spread of a sum, and the mean of a product: rho sd sd. */
Test(compare, correlations_are_carried) {
    static const char *const script =
        "local a = assume { x = 'normal(0, 2)', y = 'normal(0, 3)' } output('o', a.x * a.y) %s";
    char first[300], second[300];
    comparison c;
    snprintf(first, sizeof first, script, "");
    snprintf(second, sizeof second, script, "correlate { { a.x, a.y, 0.5 } }");
    open_comparison(&c, first, second);
    moat_explanation e = explain(&c, false);
    const double rho = 2 * sin(acos(-1.0) / 12); /* Pearson's for a rank correlation of 0.5 */
    cr_expect(fabs(e.alone[0].mean - 6 * rho) < 4 * e.alone[0].mcse, "%g", e.alone[0].mean);
    cr_expect_eq(e.rest.max, 0);
    cr_expect_eq(e.together.max, 0);
    moat_explanations_free(1, &e);
    close_comparison(&c);
}

Test(compare, a_date_that_may_never_come_is_a_chance) {
    static const char *const script =
        "horizon { from = '2026', periods = 10 } "
        "local a = assume { growth = '%s', start = '1 $' } "
        "local s = grow(a.start, a.growth) output('o', s:first_when(s:above('2 $')))";
    char first[400], second[400];
    comparison c;
    snprintf(first, sizeof first, script, "1 %/yr");
    snprintf(second, sizeof second, script, "20 %/yr");
    open_comparison(&c, first, second);
    moat_explanation e = explain(&c, true);
    cr_expect_eq(e.whole.mean, 1);
    cr_expect_eq(e.alone[0].mean, 1);
    moat_explanations_free(1, &e);
    close_comparison(&c);
}
