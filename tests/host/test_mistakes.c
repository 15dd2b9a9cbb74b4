/* Mistakes that scripts make and what they are told; and what is accepted beside them. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "script.h"

#define YEARS "horizon { from = '2026', to = '2028' } "

static const script_case counts[] = {
    {"local s = summary(q 'poisson(400) users') print(s.unit, s.p50)", "users\t400.0\n"},
    {"local s = summary(q 'binomial(10, 100 %) seats') print(s.unit, s.mean)", "seats\t10.0\n"},
    {"local s = summary(q 'bernoulli(0.3) $bn') print(s.unit, s.min, s.max)", "$bn\t0.0\t1.0\n"},
    {"local s = summary(dist.poisson(400, 'users')) print(s.unit, s.p50)", "users\t400.0\n"},
    {"local p = assume('p', '20 to 40 %') local s = summary(dist.bernoulli(p, '$bn')) "
     "print(s.unit, s.min, s.max, s.mean > 0.2 and s.mean < 0.4)",
     "$bn\t0.0\t1.0\ttrue\n"},
    {"print(summary(q 'bernoulli(0.3)').max, summary(dist.binomial(4, 1)).mean)", "1.0\t4.0\n"},
};

static const script_case count_errors[] = {
    {"q 'poisson(-4) users'", "poisson: mean -4 is below 0"},
    {"dist.poisson(3, 4, '$')", "dist.poisson: there are too many arguments"},
    {"dist.poisson(3, 'bnn')", "dist.poisson: \"bnn\" is not a unit"},
    {"dist.mixture { { '3 to 5 $bn', 1 }, { '2 to 3 GW', 1 } }",
     "dist.mixture: entry 2 has the unit GW and the first one $bn: they must have one"},
};

Test(mistakes, counts_have_units) {
    script_expect_output(SCRIPT_COUNT(counts), counts);
    script_expect_error(SCRIPT_COUNT(count_errors), count_errors);
}

static const script_case processes[] = {
    {YEARS "print(gbm('g', { start = '5 $', volatility = 0 }):last())", "5 $\n"},
    {YEARS "print(walk('w', { drift = '1 $/yr', volatility = 0 }):last())", "3 $\n"},
    {YEARS "print(grow('100 $', '-99 %/yr')[2])", "1 $\n"},
    {YEARS "print(series('$', '1 $'):npv('-50 %/yr'))", "14 $\n"},
    {YEARS "local v = assume('v', 'normal(-1, 0.1)') walk('w', { volatility = v }) print 'taken'",
     "taken\n"},
    {YEARS "local s = noise 'n' local one = s == noise 'n' local t = s - noise('n') "
           "print(one, summary(t:max()).max, summary(t:min()).min)",
     "true\t0.0\t0.0\n"},
    {YEARS "local s = series('1') for t in periods() do s[t] = noise('n')[t] end "
           "print(summary((s - noise 'n'):max()).max, summary(s:last()).sd > 0.9)",
     "0.0\ttrue\n"},
};

static const script_case process_errors[] = {
    {YEARS "gbm('g', { start = '5 $', volatility = '-20 %' })",
     "gbm: volatility must be 0 or more, not -20 %"},
    {YEARS "walk('w', { start = '5 $', volatility = '-2 $' })",
     "walk: volatility must be 0 or more, not -2 $"},
    {YEARS "walk('w', { volatility = series('$', { '1 $', '-2 $', '1 $' }) })",
     "walk: volatility must be 0 or more, not -2 $"},
    {YEARS "ar1('a', { mean = '5 $', revert = 1, volatility = '-2 $' })",
     "ar1: volatility must be 0 or more, not -2 $"},
    {YEARS "ar1('a', { mean = '5 $', revert = '-50 %/yr' })",
     "ar1: revert must be 0 or more, not -50 %/yr"},
    {YEARS "event('e', { rate = '-5 %/yr' })", "event: rate must be 0 or more, not -5 %/yr"},
    {YEARS "event('e', { rate = -0.5 })", "event: rate must be 0 or more, not the number -0.5"},
    {YEARS "grow('5 $', '-100 %/yr')", "grow: the rate must be above -100 %/yr, not -100 %/yr"},
    {YEARS "grow('5 $', '-10 %/mo')", "grow: the rate must be above -100 %/yr, not -10 %/mo"},
    {YEARS "series('$', '1 $'):npv '-100 %/yr'",
     "npv: the rate must be above -100 %/yr, not -100 %/yr"},
    {YEARS "gbm('g', { start = '5 $' })", "gbm: volatility is missing"},
    {YEARS "gbm('g', { volatility = '5 %' })", "gbm: start is missing"},
    {YEARS "walk('w', { start = '5 $' })", "walk: volatility is missing"},
    {YEARS "walk('w')", "walk: volatility is missing"},
    {YEARS "for t in periods() do walk('w', { volatility = 1 }) end",
     "walk: the name \"w\" is taken: a process of this name was declared at script:1; choose "
     "another name, or create it once, above the loop, and use x[t] inside"},
    {YEARS "noise 'n' event('n', { rate = 1 })", "event: the name \"n\" is taken"},
    {YEARS "event('n', { rate = 1 }) noise 'n'", "noise: the name \"n\" is taken"},
};

Test(mistakes, processes) {
    script_expect_output(SCRIPT_COUNT(processes), processes);
    script_expect_error(SCRIPT_COUNT(process_errors), process_errors);
}

static const script_case variants[] = {
    {"local a = assume { x = '1 $bn' } assume('b', { y = '1 GW' }) "
     "variant('b', { x = { '5 $bn', source = 's', note = 'n', date = '2026', label = 'X' }, "
     "b = { y = { q '2 to 3 GW' } } }) print 'declared'",
     "declared\n"},
    {"unit('unicorn', '1 $bn') unit 'robot' print(q('3 unicorns'):as '$bn', q '2 k robots')",
     "3 $bn\t2 k robots\n"},
};

static const script_case variant_errors[] = {
    {"assume { x = '1 $bn' } variant('b', { x = { '5 $bn', sorce = 's' } })",
     "variant: there is no option \"sorce\" (did you mean \"source\"?)"},
    {"assume { x = '1 $bn' } variant('b', { x = { '5 $bn', source = 5 } })",
     "variant: source must be a text, not the number 5"},
    {"assume { x = '1 $bn' } variant('b', { x = { '5 GW' } })", "GW"},
    {"unit('unicorn', '1 $bn') unit('unicorns', '2 $bn')", "the unit name \"unicorns\" is taken"},
};

Test(mistakes, variants_and_units) {
    script_expect_output(SCRIPT_COUNT(variants), variants);
    script_expect_error(SCRIPT_COUNT(variant_errors), variant_errors);
}

static const script_case mathematics[] = {
    {"print(math.fmod(-7, 3), math.fmod(7.5, -2), math.modf(-3.5))", "-1\t1.5\t-3\t-0.5\n"},
    {"print(math.fmod(q '-7 mo', '3 mo'), math.fmod(q '7 mo', '-3 mo'), math.fmod('-7 mo', q '3 "
     "mo'))",
     "-1 mo\t1 mo\t-1 mo\n"},
    {"local d = math.fmod(assume('x', '-20 to -10 $'), '3 $') local s = summary(d) "
     "print(s.min > -3, s.max <= 0, s.sd > 0)",
     "true\ttrue\ttrue\n"},
    {"print(math.deg(q '0') == nil, math.rad(180) == math.pi, math.rad(q '180') / math.pi)",
     "false\ttrue\t1\n"},
    {"print(math.tointeger(3.0), math.ult(1, -1), math.type(1), math.type(q '1'))",
     "3\ttrue\tinteger\tnil\n"},
};

static const script_case number_errors[] = {
    {"math.fmod(q '7 $', 3)", "fmod: cannot take the remainder of a quantity in $ by the number 3"},
    {"math.modf(q '0.5')", "modf: it takes plain numbers, not the number 0.5: write floor(x)"},
    {"math.tointeger(q '3 $')", "tointeger: it takes plain numbers, not 3 $: write floor(x)"},
    {"math.ult(1, q '3')", "ult: it takes plain numbers, not the number 3: write a:below(b)"},
    {"math.deg({})", "deg: the argument must be a quantity, a number or a text"},
    {"q('1 to 2 $'):quantile(q '0.5')",
     "quantile: the probability must be a plain number, not the quantity 0.5: give a plain number"},
    {"horizon { periods = q '3' }",
     "horizon: periods must be a whole number, not the quantity 3: give a plain number"},
    {YEARS "local s = series('$', '1 $') print(s[q '2'])",
     "x[t]: a period is a whole number, not the quantity 2: give a plain number"},
    {YEARS "local s = series('$', '1 $') print(s:lag(q '2'))",
     "not the quantity 2: give a plain number"},
};

Test(mistakes, numbers) {
    script_expect_output(SCRIPT_COUNT(mathematics), mathematics);
    script_expect_error(SCRIPT_COUNT(number_errors), number_errors);
}

static const script_case horizons[] = {
    {"horizon { from = '2026-Q2', periods = 2, step = 'month' } print(label(1), label(2))",
     "2026-04\t2026-05\n"},
    {"horizon { from = '2026', to = '2027-Q4', step = 'month' } print(label(1), label(24))",
     "2026-01\t2027-12\n"},
    {"horizon { from = '2026-04', to = '2026-09', step = 'quarter' } print(label(1), label(2))",
     "2026-Q2\t2026-Q3\n"},
    {"horizon { from = '2026-Q1', to = '2027-12', step = 'year' } print(label(1), label(2))",
     "2026\t2027\n"},
    {"horizon { from = '2026-11', to = '2026-12' } print(label(2))", "2026-12\n"},
};

static const script_case horizon_errors[] = {
    {"horizon { from = '2026-05', periods = 2, step = 'quarter' }",
     "horizon: from is a month within a quarter, which is the step: write \"2026-Q2\""},
    {"horizon { from = '2026-Q2', to = '2027-05' }",
     "horizon: to is a month within a quarter, which is the step: write \"2027-Q2\""},
    {"horizon { from = '2026', to = '2027-Q3', step = 'year' }",
     "horizon: to is a quarter within a year, which is the step: write \"2027\""},
};

Test(mistakes, dates) {
    script_expect_output(SCRIPT_COUNT(horizons), horizons);
    script_expect_error(SCRIPT_COUNT(horizon_errors), horizon_errors);
}

static const script_case conditions[] = {
    {"print(when(q '1', 2, 3), when(q '0', 2, 3), q '1' & q '0', ~q '1')", "2\t3\tfalse\tfalse\n"},
    {"local x = assume('x', '1 to 2') print(chance(x & x), chance(x))", "1.0\t1.0\n"},
    {"local x = assume('x', '3') print(when(x, 1, 2))", "1\n"},
};

static const script_case condition_errors[] = {
    {"when(q '3', 1, 2)",
     "when: the condition is the number 3: a condition is 0 or 1; write x:above(0)"},
    {"print(q '1' & q '4')", "the right operand is the number 4: a condition is 0 or 1"},
    {"print(q '30 %' | q '1')", "the left operand is 30 %: a condition is 0 or 1"},
    {"print(~q '2')", "the operand is the number 2: a condition is 0 or 1"},
    {"chance(q '0.5')", "chance: the argument is the number 0.5: a condition is 0 or 1"},
    {YEARS "when(series('1', { 1, 0, 2 }), 1, 2)", "the condition is the number 2"},
};

Test(mistakes, conditions) {
    script_expect_output(SCRIPT_COUNT(conditions), conditions);
    script_expect_error(SCRIPT_COUNT(condition_errors), condition_errors);
}

static const script_case wording[] = {
    {"local x = assume('x', 5) print(x + '1 $')",
     "cannot add a quantity without a unit and one in $: give it the unit, as in x * \"1 $\""},
    {"local x = assume('x', 5) print('1 $' - x)",
     "cannot subtract a quantity without a unit from one in $"},
    {"local x = assume('x', 5) print(max('1 GW', x))",
     "max: cannot compare a quantity in GW and one without a unit: give it the unit, as in x * "
     "\"1 GW\""},
    {"q '12 too 15 $bn'", "a range is written with \"to\" between spaces"},
    {"q '5to6'", "a range is written with \"to\" between spaces"},
    {"q 'pert(10, 1x, 18) $bn'", "\"1x\" is not a number"},
    {"io.write('x')", "(global 'io'); scripts have no io: they compute and print"},
    {"print(os.time())", "(global 'os'); scripts have no os: they compute and print"},
    {"dofile 'x'", "(global 'dofile'); scripts have no dofile: they compute and print"},
    {YEARS "local s = series '$' s[1] = '1 $' print(s[2])",
     "x[t]: period 2 (2027) of this series in $ has not been set: set it before it is read; the "
     "period before is x[t-1], the opening value x[0]"},
    {YEARS "local s = series '$' s[1] = '1 $' output('cash', s)",
     "output \"cash\": period 2 (2027) of this series in $ has not been set: set it"},
    {YEARS "local s = series '$' output { debt = s }", "output \"debt\": period 1 (2026)"},
};

Test(mistakes, wording) {
    script_expect_error(SCRIPT_COUNT(wording), wording);
}

/* --- Errors in another file. */

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file, "%s", name);
    fputs(text, file);
    fclose(file);
}

static void expect_file_error(const char *main, const char *expected) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_lua *lua = moat_lua_new(model, NULL, &error);
    cr_assert_not_null(lua, "%s", error.message);
    write_file("main.lua", main);
    cr_expect_neq(moat_lua_run_file(lua, "main.lua", &error), MOAT_OK, "%s", main);
    cr_expect_str_eq(error.message, expected, "%s\n  and not  %s", error.message, expected);
    moat_lua_free(lua);
    moat_model_free(model);
}

Test(mistakes, in_other_files_name_the_caller) {
    char folder[] = "/tmp/moat-mistakes-XXXXXX";
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    write_file("part.lua", "return function(text)\n  return q(text)\nend");
    write_file("bad.lua", "\nlocal x = nil + 1");
    expect_file_error(
        "local part = require 'part'\n\nlocal x = part '5 to 3 $'",
        "./part.lua:2: q: \"5 to 3 $\" is not a quantity: the low end of a range comes "
        "first: write \"3 to 5\" (called from main.lua:3)     5 to 3 $     ^");
    expect_file_error("\nrequire 'bad'",
                      "./bad.lua:2: attempt to perform arithmetic on a nil value "
                      "(called from main.lua:2)");
    expect_file_error("local function f()\n  local x = nil + 1\n  return x\nend\nlocal y = f()",
                      "main.lua:2: attempt to perform arithmetic on a nil value");
    remove("main.lua");
    remove("part.lua");
    remove("bad.lua");
    cr_expect_eq(chdir("/"), 0);
    cr_expect_eq(rmdir(folder), 0);
}
