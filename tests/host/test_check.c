/* What a check finds in a script, and where. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

typedef struct check_case {
    const char *text;
    const char *expected; /* "line:column code", one after the other */
} check_case;

/* A script in which nothing is to be found, but for what stands before and after this. */
#define A "local a = assume { x = { '1 to 2 $', source = 's' } } "
#define O " output('o', a.x, { unit = '$' })"

static moat_status run_check(const char *text, const moati_check_options *options,
                             moati_check *check) {
    moat_error error;
    *check = (moati_check){.options = *options};
    moat_model *model = moat_model_new(&error);
    cr_assert_not_null(model, "%s", error.message);
    moat_lua *lua = moat_lua_new(model, NULL, &error);
    cr_assert_not_null(lua, "%s", error.message);
    const moat_status status =
        moati_check_script(check, lua, model, text, strlen(text), "s.lua", &error);
    moat_lua_free(lua);
    moat_model_free(model);
    return status;
}

static void expect_with(const moati_check_options *options, size_t count, const check_case *cases) {
    for (size_t i = 0; i < count; i++) {
        char found[1024] = "";
        moati_check check;
        cr_expect_eq(run_check(cases[i].text, options, &check), MOAT_OK, "%s", cases[i].text);
        for (size_t k = 0; k < check.count; k++) {
            const moati_finding *f = &check.findings[k];
            const size_t used = strlen(found);
            snprintf(found + used, sizeof found - used, "%s%d:%d %s", used > 0 ? ", " : "", f->line,
                     f->column, f->code);
        }
        cr_expect_str_eq(found, cases[i].expected, "%s\n  finds  %s\n  not    %s", cases[i].text,
                         found, cases[i].expected);
        moati_check_free(&check);
    }
}

static void expect(size_t count, const check_case *cases) {
    expect_with(&(moati_check_options){.max_age = -1}, count, cases);
}

#define COUNT(cases) (sizeof(cases) / sizeof *(cases))

static const check_case errors[] = {
    {"local x = = 5", "1:9 error"},
    {"\n  local x = q '3 $bnn'", "2:9 unused-variable, 2:18 error"},
    {"print(q '5 $' +\n q '3 GW')", "1:1 error"},
    {"local t = nil\n  print(t.x)", "2:3 error"},
    {"load 'x = = 5' ()", "1:1 error"},
    {A "if a.x:above(0) then print 'é' end" O, "1:55 condition"},
    {A "local c = a.x:above(0)\nif c then print 'x' end" O, "2:1 condition"},
    {A "local c = (a.x:above(0))\nprint(not c, c and 5, 5 or c)" O,
     "2:7 condition, 2:16 condition"},
    {A "local c = a.x:above(0) c = 5\nif c then print 'x' end" O, ""},
    {A "local c, d = a.x:above(0), 5\nif d then print(c) end" O, ""},
    {A "local c = 5 and a.x:above(0)\nif c then print 'x' end" O, ""},
    {"horizon { from = '2026', to = '2028' }\nlocal e = event('e', { rate = '5 %/yr' })\n"
     "for t in periods() do if e[t] then print(t) end end output('e', e)",
     "3:23 condition"},
    {"horizon { from = '2026', to = '2028' }\nlocal function event() return {} end\n"
     "local e = event('e')\nif e[1] then print(1) end print 'x'",
     "2:16 hidden-name"},
};

static const check_case assumptions[] = {
    {A O, ""},
    {A "assume('y', {\n z = '5 $', ['w'] = { '3 $', source = 's' } })" O,
     "2:2 no-source, 2:2 unused-assumption, 2:14 unused-assumption"},
    {A "local y = assume('y', '5 $') print(summary(a.x * y).mean)" O, "1:72 no-source"},
    {A "local y = assume('y', { '5 $', note = 'a judgement' }) print(chance(y:above(0)))" O, ""},
    {A "local y = assume('y', { '5 $', note = 'by definition' })" O " output('p', y * a.x, "
       "{ unit = '$^2' })",
     ""},
    {"local a = assume { x = { '5 $', source = 's', date = '2025-11-30' } } variant('v', { x = "
     "'1 to 2 $' })" O,
     ""},
    {"local a = assume { x = { '1 to 2 $', source = 's', date = 'May 2025' } }" O, "1:20 bad-date"},
    {A "local y = a.x * q '1 to 2' print(summary(y).mean)" O, "1:73 anonymous-literal"},
    {A "for i = 1, 3 do print(summary(q '1 to 2' * i).mean) end" O, "1:87 anonymous-literal"},
};

static const check_case ages[] = {
    {"local a = assume { x = { '1 to 2 $', source = 's', date = '2025-10' } }" O,
     "1:20 stale-date"},
    {"local a = assume { x = { '1 to 2 $', source = 's', date = '2025-11' } }" O, ""},
    {"local a = assume { x = { '1 to 2 $', source = 's', date = '2025' } }" O, ""},
    {"local a = assume { x = { '1 to 2 $', source = 's', date = '2025-Q3' } }" O,
     "1:20 stale-date"},
    {A O, ""},
};

static const check_case results[] = {
    {A "print(a.x)", "1:1 no-output"},
    {A "output('o', a.x * a.x)", "1:62 no-unit"},
    {A "output { o = a.x, c = a.x:above(0), p = a.x / a.x }", ""},
    {A O " output('k', q '5 $')", "1:96 constant-output"},
    {A O " local b = assume('y', { '5 $', source = 's' }) output('k', b)", "1:143 certain-output"},
    {A O " variant('v', {})", "1:97 idle-variant"},
    {A O " variant('v', { x = '1 to 2 $' })", "1:97 idle-variant"},
    {A O " variant('v', { x = '2 to 3 $' }) variant('w', { x = '2 to 3 $' })",
     "1:130 same-variant"},
    {A O " assume('y', { '5 $', source = 's' }) variant('v', { y = '6 $' })",
     "1:96 unused-assumption, 1:134 idle-variant"},
    {A O " local y = assume('y', { '5 $', source = 's' }) correlate { { a.x, y, 0.5 } }"
         " output('z', a.x * y, { unit = '$^2' })",
     "1:1 idle-correlation"},
    {A O " local y = assume('y', { '5 to 6 $', source = 's' }) correlate { { a.x, y, 0.5 } }"
         " output('z', a.x * y, { unit = '$^2' })",
     ""},
};

static const check_case names[] = {
    {A "local output = output" O, ""},
    {A "local max = math.max print(max)" O, ""},
    {A "local math = require 'math' local max = require('math').max print(math, max)" O, ""},
    {A "local max = 5 print(max)" O, "1:61 hidden-name"},
    {A "local function f() local max = 5 return max end print(f)" O, ""},
    {A "function series() end" O, "1:64 hidden-name"},
    {A "max = 5" O, "1:55 hidden-name"},
    {A "local dt = 5 print(dt)" O, "1:61 hidden-name"},
    {A "local y = 5" O, "1:61 unused-variable"},
    {A "local _y = 5" O, ""},
    {A "local y y = 5" O, "1:61 unused-variable"},
    {A "local function f() end" O, "1:70 unused-function"},
    {A "local function f() return sumary(a.x) end print(f)" O, "1:81 unknown-name"},
    {A "local function f() return later end print(f) later = 5" O, ""},
    {A "if io then print(_VERSION, _G) end" O, "1:58 unknown-name"},
};

static const check_case allowed[] = {
    {A "local y = 5 -- moat: allow unused-variable\n" O, ""},
    {A "\n-- moat: allow unused-variable: for later\nlocal y = 5" O, ""},
    {A "\nprint(1) -- moat: allow unused-variable\nlocal y = 5" O, "3:7 unused-variable"},
    {A "\n-- moat: allow unused-variable, hidden-name\nlocal max = 5" O, ""},
    {A "\n-- moat: allow no-source\n\nassume('y', '5 $')" O,
     "4:8 no-source, 4:8 unused-assumption"},
    {"-- moat: allow no-source\nlocal a = assume {\n  x = '1 to 2 $',\n  y = '3 to 4 $',\n}\n"
     "output('o', a.x * a.y, { unit = '$^2' })",
     ""},
    {A "-- moat: allow unused-varible" O "\n" O, "1:55 unknown-code"},
};

Test(check, errors_are_found) {
    expect(COUNT(errors), errors);
}

Test(check, assumptions_are_looked_at) {
    expect(COUNT(assumptions), assumptions);
    const moati_check_options options = {.max_age = 12, .today = 2026 * 12 + 10};
    expect_with(&options, COUNT(ages), ages);
}

Test(check, results_are_looked_at) {
    expect(COUNT(results), results);
}

Test(check, names_are_looked_at) {
    expect(COUNT(names), names);
}

Test(check, comments_silence) {
    expect(COUNT(allowed), allowed);
}

Test(check, strictness_makes_errors) {
    moati_check check;
    run_check(A "local y" O, &(moati_check_options){.max_age = -1, .strict = true}, &check);
    cr_assert_eq(check.count, 1);
    cr_expect_eq(check.findings[0].severity, MOATI_ERROR);
    cr_expect_str_eq(check.findings[0].file, "s.lua");
    moati_check_free(&check);
}

Test(check, ages_and_months_are_read) {
    static const struct {
        const char *text;
        int months; /* -1: is none */
    } ages_read[] = {{"12mo", 12}, {"2yr", 24}, {"1 year", 12},  {"3 quarters", 9}, {"0mo", 0},
                     {"mo", -1},   {"12", -1},  {"12 days", -1}, {"-1mo", -1},      {"", -1}},
      months_read[] = {{"2026", 2026 * 12 + 11},
                       {"2026-11", 2026 * 12 + 10},
                       {"2026-Q3", 2026 * 12 + 8},
                       {"2026-11-21", 2026 * 12 + 10},
                       {"2026-13", -1},
                       {"26-11", -1},
                       {"2026-", -1},
                       {"2026-11-32", -1},
                       {"2026-11-", -1},
                       {"May 2026", -1},
                       {"2026-Q5", -1},
                       {"2026 ", -1}};
    for (size_t i = 0; i < COUNT(ages_read); i++) {
        int months = -1;
        cr_expect_eq(moati_check_read_age(ages_read[i].text, &months), ages_read[i].months >= 0,
                     "%s", ages_read[i].text);
        cr_expect_eq(months, ages_read[i].months, "%s is %d", ages_read[i].text, months);
    }
    for (size_t i = 0; i < COUNT(months_read); i++) {
        int month = -1;
        cr_expect_eq(moati_check_read_month(months_read[i].text, &month),
                     months_read[i].months >= 0, "%s", months_read[i].text);
        cr_expect_eq(month, months_read[i].months, "%s is %d", months_read[i].text, month);
    }
}

/* The codes are those that the page has a section for, in its order. */
Test(check, codes_are_documented) {
    char line[512];
    FILE *page = fopen("docs/check.md", "r");
    cr_assert_not_null(page, "docs/check.md cannot be read");
    const moati_lint *lint = moati_lints();
    while (fgets(line, sizeof line, page) != NULL) {
        if (strncmp(line, "### `", 5) != 0)
            continue;
        line[strcspn(line + 5, "`") + 5] = '\0';
        cr_assert_not_null(lint->code, "docs/check.md has %s, which is no code", line + 5);
        cr_expect_str_eq(line + 5, lint->code);
        lint++;
    }
    cr_expect_null(lint->code, "docs/check.md lacks %s", lint->code);
    fclose(page);
}
