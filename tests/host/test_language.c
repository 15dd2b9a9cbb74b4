/* The language: what scripts print, and how they are told what they did wrong. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "script.h"

#define YEARS "horizon { from = '2026', to = '2028' } "
#define X "local x = assume('x', '10 to 20 $bn') "
#define SERIES "local s = series('$bn', { [0] = 1, '2 $bn', '4 $bn', '9 $bn' }) "

static void check_group(const moat_lua_group *group) {
    script_outcome outcome;
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++) {
        cr_expect(f->usage != NULL && f->doc != NULL, "%s has no documentation", f->name);
        if (f->example == NULL)
            continue;
        script_run(f->example, &outcome);
        cr_expect_eq(outcome.status, MOAT_OK, "the example of %s fails: %s", f->name,
                     outcome.error.message);
        cr_expect_str_eq(outcome.output, f->result, "the example of %s prints %s, not %s", f->name,
                         outcome.output, f->result);
    }
}

Test(language, every_example_of_the_manual_runs) {
    for (const moat_lua_group *group = moat_lua_groups(); group->name != NULL; group++)
        check_group(group);
}

static const script_case quantities[] = {
    {"print(q '12 $bn/GW/yr' * '2 GW' * '3 yr')", "72 $bn\n"},
    {"print(q '1 $bn' + '500 $M', q '1 $bn' - '500 $M', -q '1 $bn')", "1.5 $bn\t0.5 $bn\t-1 $bn\n"},
    {"print('3 Mtok' * q '5 $/Mtok')", "15 $\n"},
    {"print(2 * q '5 GW', q '5 GW' * 2, q '5 GW' / 2)", "10 GW\t10 GW\t2.5 GW\n"},
    {"print(1 + q '5 %', q '5 %' * q '12 $bn')", "105 %\t0.6 $bn\n"},
    {"print(q '3 GW' / '1500 MW')", "2\n"},
    {"print(q '9 yr' ^ 0.5 * q '1 yr^0.5')", "3 yr\n"},
    {"print(2 ^ q '3', q '7 mo' % '3 mo')", "8\t1 mo\n"},
    {"print(q '5 $bn' + 0, max(q '-5 $bn', 0), min(q '5 $bn', math.huge))",
     "5 $bn\t0 $bn\t5 $bn\n"},
    {"print(q '1 $bn' < '2 $bn', q '1 $bn' >= '2 $bn', '2 $bn' > q '1 $bn')", "true\tfalse\ttrue\n"},
    {"local a, b = q '1 $', q '1 $'; print(a == b, a == a, a:equals(b))", "false\ttrue\ttrue\n"},
    {"print(q '2500 $M':as '$bn', (q '1 $' * 3e9):as '$bn')", "2.5 $bn\t3 $bn\n"},
    {"print(floor(q '7 mo'), ceil(q '7 mo'), floor(q '29 %'), floor(q '-2.5 GW'))",
     "7 mo\t7 mo\t29 %\t-3 GW\n"},
    {"print(floor(3.7), ceil(3.2), round(2.5), round(-2.5), abs(-3), max(3, 4.5), min(2, 1))",
     "3\t4\t3\t-3\t3\t4.5\t1\n"},
    {"print(clamp(7, 1, 5), clamp(q '7 GW', 0, '5 GW'))", "5.0\t5 GW\n"},
    {"print(exp(q '0'), log(q '1'), sqrt(q '4 $^2'):as '$', log(q '8', 2))", "1\t0\t2 $\t3\n"},
    {"print(math.sin(0), math.cos(q '0'), math.atan(0, 1), math.atan(q '0 $', '1 $'))",
     "0.0\t1\t0.0\t0\n"},
    {"print(math.sqrt(16), math.max(1, 2), math.log(1000, 10), math.log(8, 2), 2^10)",
     "4.0\t2\t3.0\t3.0\t1024.0\n"},
    {"print(when(true, '1 $', '2 $'), when(q '1 $':above '2 $', '1 $', 0))", "1 $\t0 $\n"},
    {"local c = q '5 $':above '3 $'; print(c, ~c, c & true, c & ~c, c | ~c)",
     "true\tfalse\ttrue\tfalse\ttrue\n"},
    {"print(q '5 $':at_least '5 $', q '5 $':at_most '4 $', q '5 $':below '4 $')",
     "true\tfalse\tfalse\n"},
    {"print('a ' .. q '5 GW' .. ' b', tostring(q '0.000012 $'))", "a 5 GW b\t1.2e-05 $\n"},
    {"unit('unicorn', '1 $bn'); unit 'gadget'; print(q '2 unicorn' + '1 $bn', q '3 gadget')",
     "3 unicorn\t3 gadget\n"},
    {"print(q '38 $bn/GW', q '1e30 $', q '-inf $', q 'inf')", "38 $bn/GW\t1e+30 $\t-inf $\tinf\n"},
    {"print(q(5), q(q '5 $'))", "5\t5 $\n"},
    {"print(#'abc', '10' + 5, '0x10' * 2)", "3\t15\t32\n"},
};

Test(language, quantities) {
    script_expect_output(SCRIPT_COUNT(quantities), quantities);
}

static const script_case quantity_errors[] = {
    {"print(q '3 GW' + '2 $bn/yr')",
     "script:1: cannot add GW and $bn/yr: the units differ (GW is power of IT equipment, $bn/yr is "
     "money per time)"},
    {"print(q '3 $bn' - '2 $bn/yr')", "cannot subtract $bn/yr from $bn"},
    {"print(q '3 $bn' - '2 $bn/yr')", "; a rate times dt is an amount"},
    {"print(q '3 GW' + '2 GW_facility')", "differ by the PUE"},
    {"print(q '3 $bn' + 5)",
     "cannot add a quantity in $bn and the number 5 (no unit): write \"5 $bn\""},
    {"print(5 + q '3 $bn')",
     "cannot add the number 5 (no unit) and a quantity in $bn: write \"5 $bn\""},
    {"print(q '3 $bn' + nil)", "a + b: the right operand must be a quantity, a number or a text"},
    {"print({} * q '3 $bn')", "a * b: the left operand must be a quantity"},
    {"print(max(q '3 GW', '2 $'))", "max: cannot compare GW and $"},
    {"print(max(q '3 GW', 2))", "max: cannot compare a quantity in GW and the number 2"},
    {"print(when(q '1':above(0), '1 $', '1 GW'))", "when: cannot choose between $ and GW"},
    {"print(when(q '1 $', '1 $', '2 $'))", "when: the condition must be a condition such as"},
    {"print(q '1 $':above '2 GW')", "above: cannot compare GW and $"},
    {"print(exp(q '1 $'))", "exp: needs a quantity without a unit, not 1 $"},
    {"print(2 ^ q '1 $')", "a ^ b: needs a quantity without a unit"},
    {"print(q '2 $' ^ q(assume('e', '1 to 2')))", "a ^ b: the exponent of 2 $ must be a plain number"},
    {"print(q '12 $bnn')", "q: \"12 $bnn\" is not a quantity: "},
    {"print(q 'twelve')", "q: \"twelve\" is not a quantity: "},
    {"print(q(nil))", "q: the text must be a quantity, a number or a text such as \"12 $bn\", not nil"},
    {"print(q '3 GW':as '$bn')", "as: a quantity in GW cannot be shown in $bn"},
    {"print(q '3 GW':as 'GWW')", "as: \"GWW\" is not a unit: "},
    {"print(q '3 GW':abov '1 GW')", "a quantity has no method \"abov\"; did you mean \"above\"?"},
    {"print(q '3 GW' // 2)", "a // b is not defined for quantities: use floor(a / b)"},
    {"print(q '3' << 2)", "a << b is not defined for quantities"},
    {"print(q '3' ~ 2)", "c1 ~ c2 is not defined for quantities"},
    {"print(#q '3 $')", "#: 3 $ has no periods"},
    {"print(q '1 $' & true)", "c1 & c2: the left operand must be a condition"},
    {"print(floor(q '3 $' * q '1 GW'))", "floor: the quantity, money times power of IT equipment, has "
                                         "no unit to be rounded in: say which, as in floor(x:as"},
    {X "if x < '4 $bn' then end", "cannot decide a < b while the script runs: "},
    {X "if x <= '4 $bn' then end", "use when(x:below(y), a, b)"},
    {"print(max())", "max: give two values or more"},
    {"unit('GW', '1 $')", "unit: "},
    {"unit('x', '1 to 2 $')", "unit: the definition must be a plain constant, not "},
    {"local a = q '1 $'; a.x = 5", "x[t] = value: only what series(unit) made can be assigned to"},
    {"print(string.format('%d', q '1 $'))", "format: argument 2 is a quantity: use %s"},
};

Test(language, errors_of_quantities) {
    script_expect_error(SCRIPT_COUNT(quantity_errors), quantity_errors);
}

static const script_case assumptions[] = {
    {"local a = assume { b = '2 $', a = { '3 GW', source = 's', note = 'n', date = 'd', label = 'l' } "
     "} print(a.a, a.b)",
     "3 GW\t2 $\n"},
    {"local c = assume('compute', { lead = '12 mo', n = 5 }) print(c.lead, c.n)", "12 mo\t5\n"},
    {"print(assume('n', '5000 1', { source = 's' }), assume('m', { '7 $', note = 'n' }))",
     "5000\t7 $\n"},
    {"local a = assume { x = q '5 $' * 2, y = dist.uniform('1 $', '1 $') } print(a.x, a.x + 0)",
     "10 $\t10 $\n"},
    {X "local s = summary(x) print(s.unit, math.abs(s.p5 - 10) < 0.3, math.abs(s.p95 - 20) < 0.6)",
     "$bn\ttrue\ttrue\n"},
    {X "local y = assume('y', dist.lognormal(1, 0.5, '$bn')) "
       "correlate { { x, y, 0.9 } } print(chance((x - 14):above(0) & true) > 0)",
     ""},
    {X "variant('bear', { x = '5 $bn' }) variant('odd', { x = q '1 $bn' }) print 'ok'", "ok\n"},
    {"assume('c', { x = '1 $' }) variant('v', { c = { x = 0 } }) variant('w', { ['c.x'] = '2 $' })"
     "print 'ok'",
     "ok\n"},
    {"settings { samples = 100, seed = 7, sampling = 'lhs' } local u = dist.uniform(0, 1) "
     "print(math.abs(summary(u).mean - 0.5) < 0.01)",
     "true\n"},
    {"local a, b = q '1 to 2 $', q '1 to 2 $' print((a - a), chance(a:equals(b)))", "0 $\t0.0\n"},
    {"local d = dist.normal('1 $', '2 $'); local x = assume('x', d); local y = assume('y', d); "
     "print(chance(x:equals(y)), x - x)",
     "0.0\t0 $\n"},
};

static const script_case assumption_errors[] = {
    {"assume { x = '5 $' } assume { x = '6 $' }",
     "assume: the name \"x\" is taken: an assumption of this name was declared at script:1"},
    {"local a = assume { gw_price = '5 $' } print(a.gw_prise)",
     "there is no assumption \"gw_prise\" in this table; did you mean \"gw_price\"?"},
    {"assume { x = { '5 $', sorce = 'x' } }", "assume: there is no option \"sorce\" (did you mean "
                                              "\"source\"?): it takes source, note, date or label"},
    {"assume { x = { source = 'x' } }", "assume: x has no value"},
    {"assume { x = true }", "assume: x must be a quantity, a number or a text such as \"12 $bn\", not "
                            "true"},
    {"assume { '5 $' }", "assume: the name of an assumption must be a text, not the number 1"},
    {"assume('', '5 $')", "assume: the name is empty"},
    {"assume('x', '5 $bnn')", "assume: \"5 $bnn\" is not a quantity: "},
    {"assume(5)", "assume: the name must be a text, not the number 5"},
    {YEARS "assume('x', series('$', 1))", ""},
    {X "correlate { { x, 'z', 0.5 } }", "correlate: "},
    {X "correlate { { x, x * 2, 0.5 } }", "correlate: only assumptions can be correlated, not an "
                                          "uncertain or computed quantity in $bn"},
    {X "correlate { 5 }", "correlate: each entry must be a table, not the number 5"},
    {X "correlate { { x, x } }", "correlate: the correlation must be a plain number, not nil"},
    {X "variant('v', { y = '5 $' })", "variant: "},
    {X "variant('v', { x = '5 GW' })", "variant: "},
    {X "variant('v', { x = true })", "variant: x must be a quantity"},
    {"variant('v')", "variant: the second argument must be a table, not nil"},
    {"settings { sampels = 5 }", "settings: there is no option \"sampels\" (did you mean \"samples\"?)"},
    {"settings { samples = 0 }", "settings: samples must be from 1 to 4294967296, not 0"},
    {"settings { samples = 1.5 }", "settings: samples must be a whole number, not the number 1.5"},
    {"settings { sampling = 'lsh' }", "settings: sampling must be random, lhs or sobol, not the text "
                                      "\"lsh\""},
    {"settings { seed = -1 }", "settings: seed must be from 0"},
};

Test(language, assumptions) {
    script_expect_output(SCRIPT_COUNT(assumptions), assumptions);
    script_expect_error(SCRIPT_COUNT(assumption_errors), assumption_errors);
}
