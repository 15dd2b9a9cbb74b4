/* The language: what scripts print, and how they are told what they did wrong. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "script.h"

#define YEARS  "horizon { from = '2026', to = '2028' } "
#define X      "local x = assume('x', '10 to 20 $bn') "
#define SERIES "local s = series('$bn', { [0] = '1 $bn', '2 $bn', '4 $bn', '9 $bn' }) "

Test(language, every_example_of_the_manual_runs) {
    for (const moat_lua_group *group = moat_lua_groups(); group->name != NULL; group++)
        script_check_group(NULL, group);
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
    {"print(q '1 $bn' < '2 $bn', q '1 $bn' >= '2 $bn', '2 $bn' > q '1 $bn')",
     "true\tfalse\ttrue\n"},
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
    {"print(when(q '1 $' == q '1 $', '1 $', '2 $'), max(q '1 $', '2 $', '3 $', '4 $'))",
     "2 $\t4 $\n"},
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
    {"print(q '2 $' ^ q(assume('e', '1 to 2')))",
     "a ^ b: the exponent of 2 $ must be a plain number"},
    {"print(q '12 $bnn')", "q: \"12 $bnn\" is not a quantity: "},
    {"print(q 'twelve')", "q: \"twelve\" is not a quantity: "},
    {"print(q(nil))",
     "q: the text must be a quantity, a number or a text such as \"12 $bn\", not nil"},
    {"print(q '3 GW':as '$bn')", "as: a quantity in GW cannot be shown in $bn"},
    {"print(q '3 GW':as 'GWW')", "as: \"GWW\" is not a unit: "},
    {"print(q '3 GW':abov '1 GW')", "a quantity has no method \"abov\"; did you mean \"above\"?"},
    {"print(q '3 GW':over '1 GW')", "a quantity has no method \"over\": write x:above(y)"},
    {"print(q '3 GW':lte '1 GW')", "a quantity has no method \"lte\": write x:at_most(y)"},
    {X "print(x:median())", "no method \"median\": write x:quantile(0.5), or summary(x).p50"},
    {X "print(x.above(q '1 $bn'))",
     "above: there is nothing to compare with: write x:above(y), with a colon"},
    {X "print(x.above '1 $bn')", "above: call it of a quantity and with a colon: write x:above(y)"},
    {X "print(x.quantile(0.5))", "quantile: call it of a quantity and with a colon"},
    {"print(q('1 to 2 $', 3))", "q: there are too many arguments: write q \"12 to 15 $bn/GW/yr\""},
    {"when(true, 1, 2, 3)", "when: there are too many arguments: write when(condition, a, b)"},
    {"output('x', 1, {}, 2)", "output: there are too many arguments"},
    {X "print(x:above('1 $bn', 2))", "above: there are too many arguments: write x:above(y)"},
    {X "print(x + (x == x))", "a + b: the right operand must be a quantity, not a plain true: =="},
    {"print(q '40 GW' * '1.2 GW_facility/GW' * '70 $/MWh' + q '3 $bn/yr')",
     "they differ by the PUE: energy at the meter is priced per MWh_facility, as in \"70 "
     "$/MWh_facility\""},
    {"print(q '3 GW' // 2)", "a // b is not defined for quantities: use floor(a / b)"},
    {"print(q '3' << 2)", "a << b is not defined for quantities"},
    {"print(q '3' ~ 2)", "c1 ~ c2 is not defined for quantities"},
    {"print(#q '3 $')", "#: 3 $ has no periods"},
    {"print(q '1 $' & true)", "c1 & c2: the left operand must be a condition"},
    {"print(floor(q '3 $' * q '1 GW'))",
     "floor: the quantity, money times power of IT equipment, has "
     "no unit to be rounded in: say which, as in floor(x:as"},
    {X "if x < '4 $bn' then end", "script:1: an assumption can be overridden, so the value of x is "
                                  "not known while the script runs and a < b cannot be decided"},
    {"local a = assume { x = '3 $bn' } if q '4 $bn' > a.x then end", "so the value of x is not"},
    {X "if x * 2 < '4 $bn' then end", "cannot decide a < b while the script runs: "},
    {X "if x * 2 <= '4 $bn' then end", "use when(x:below(y), a, b)"},
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
    {"local a = assume { b = '2 $', a = { '3 GW', source = 's', note = 'n', date = 'd', label = "
     "'l' } "
     "} print(a.a, a.b)",
     "3 GW\t2 $\n"},
    {"local a = assume { b = '2 $', c = '3 GW' } for k, v in pairs(a) do print(k, v) end "
     "print(a.b, rawequal(a.b, a.b))",
     "b\t2 $\nc\t3 GW\n2 $\ttrue\n"},
    {"local a = assume('o', { cash = '2 $', debt = '3 $' }) output(a) print(pcall(output, a))",
     "false\tscript:1: output: an output named \"cash\" has been declared already; names are "
     "unique\n"},
    {"local c = assume('compute', { lead = '12 mo', n = 5 }) print(c.lead, c.n)", "12 mo\t5\n"},
    {"print(assume('n', '5000 1', { source = 's' }), assume('m', { '7 $', note = 'n' }))",
     "5000\t7 $\n"},
    {"local a = assume { x = q '5 $' * 2, y = dist.uniform('1 $', '1 $') } print(a.x, a.x + 0)",
     "10 $\t10 $\n"},
    {X "local s = summary(x) print(s.unit, math.abs(s.p5 - 10) < 0.3, math.abs(s.p95 - 20) < 0.6)",
     "$bn\ttrue\ttrue\n"},
    {X "local y = assume('y', dist.lognormal(1, 0.5, '$bn')) correlate { { x, 'y', 0.9 } } "
       "print(chance(x:above '15 $bn' & y:above '3 $bn') > 0.3)",
     "true\n"},
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
     "this table has no assumption \"gw_prise\"; did you mean \"gw_price\"?"},
    {"local a = assume { x = '5 $' } a.x = '6 $'",
     "a.x = value: an assumption is not assigned to: write local x = ..."},
    {"local a = assume('c', { x = '5 $' }) a.y = '6 $'", "a.y = value: an assumption is not"},
    {"rawset(assume { x = '5 $' }, 'x', 1)", "rawset: this table is protected"},
    {X "correlate { x, x, 0.5 }", "correlate: a list of pairs has double braces"},
    {"correlate { 'x', 'y', 0.5 }", "correlate: a list of pairs has double braces"},
    {X "variant('v', { xx = '5 $' })", "variant: no assumption \"xx\" has been declared above this "
                                       "line; did you mean \"x\"?"},
    {"variant('v', { nothing = '5 $' })", "variant: no assumption \"nothing\" has been declared"},
    {"assume { x = { '5 $', sorce = 'x' } }", "assume: there is no option \"sorce\" (did you mean "
                                              "\"source\"?): it takes source, note, date or label"},
    {"assume { x = { source = 'x' } }", "assume: x has no value"},
    {"assume { x = true }",
     "assume: x must be a quantity, not a plain true: == compares identity, so write "
     "a:equals(b)"},
    {"assume { x = {} }", "assume: x has no value"},
    {"assume { '5 $' }", "assume: the name of an assumption must be a text, not the number 1"},
    {"assume('', '5 $')", "assume: the name is empty"},
    {"assume('x', '5 $bnn')", "assume: \"5 $bnn\" is not a quantity: "},
    {"assume(5)", "assume: the name must be a text, not the number 5"},
    {YEARS "assume('x', series('$', '1 $'))", "assume: x must be one value, not a series in $"},
    {X "correlate { { x, 'z', 0.5 } }", "correlate: "},
    {X "correlate { { x, x * 2, 0.5 } }", "correlate: only assumptions can be correlated, not an "
                                          "uncertain or computed quantity in $bn"},
    {X "correlate { 5 }", "correlate: each entry must be a table, not the number 5"},
    {X "correlate { { x, x } }", "correlate: the correlation must be a plain number, not nil"},
    {X "variant('v', { y = '5 $' })", "variant: "},
    {X "variant('v', { x = '5 GW' })", "variant: "},
    {X "variant('v', { x = true })", "variant: x must be a quantity"},
    {"variant('v')", "variant: the second argument must be a table, not nil"},
    {"settings { sampels = 5 }",
     "settings: there is no option \"sampels\" (did you mean \"samples\"?)"},
    {"settings { samples = 0 }", "settings: samples must be from 1 to 4294967296, not 0"},
    {"settings { samples = 1.5 }", "settings: samples must be a whole number, not the number 1.5"},
    {"settings { sampling = 'lsh' }",
     "settings: sampling must be random, lhs or sobol, not the text "
     "\"lsh\""},
    {"settings { seed = -1 }", "settings: seed must be from 0"},
};

Test(language, assumptions) {
    script_expect_output(SCRIPT_COUNT(assumptions), assumptions);
    script_expect_error(SCRIPT_COUNT(assumption_errors), assumption_errors);
}

static const script_case dists[] = {
    {"local function m(d) local s = summary(d) return math.abs(s.mean - 3) < 5 * s.mcse + 1e-9 end "
     "print(m(dist.normal(3, 1)), m(dist.lognormal(math.log(3) - 0.125, 0.5)), m(dist.uniform(2, "
     "4)),"
     "m(dist.triangular(2, 3, 4)), m(dist.pert(1, 3, 5)), m(dist.beta(2, 2) * 6), "
     "m(dist.gamma(3, 1)), m(dist.exponential(3)), m(dist.weibull(1, 3)), m(dist.student_t(5) + "
     "3), "
     "m(dist.bernoulli(0.5) * 6), m(dist.poisson(3)), m(dist.binomial(6, 0.5)))",
     "true\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\n"},
    {"local d = dist.discrete { { '1 $', 1 }, { '3 $', 1 } } local s = summary(d) "
     "print(s.unit, s.min, s.max)",
     "$\t1.0\t3.0\n"},
    {"local s = summary(dist.empirical({ 1, 2, 3 }, '$bn')) print(s.unit, s.min, s.max)",
     "$bn\t1.0\t3.0\n"},
    {"local s = summary(dist.mixture { { '2 $', 1 }, { q '4 $', 1 } }) print(s.unit, s.min, s.max)",
     "$\t2.0\t4.0\n"},
    {"local s = summary(dist.metalog { { 0.1, '1 $' }, { 0.5, '2 $' }, { 0.9, '3 $' } }) "
     "print(s.unit, math.abs(s.p50 - 2) < 0.05)",
     "$\ttrue\n"},
    {"local s = summary(dist.truncate('5 to 10 $', '6 $', nil)) print(s.min >= 6, s.unit)",
     "true\t$\n"},
    {"local s = summary(dist.truncate(dist.normal(0, 1), -1, 1)) print(s.min >= -1, s.max <= 1)",
     "true\ttrue\n"},
    {"local m = assume('m', '10 to 20 $') local d = dist.normal(m, '1 $') print(summary(d).unit)",
     "$\n"},
    {"print(summary(dist.uniform(1, 1, '$bn')).mean, summary(dist.uniform(0, '2 $')).unit)",
     "1.0\t$\n"},
};

static const script_case dist_errors[] = {
    {"print(dist.normal(1))", "dist.normal: sd is missing: write dist.normal(mean, sd)"},
    {"print(dist.normal(1, 2, '$', 3))", "dist.normal: there are too many arguments"},
    {"print(dist.normal('1 $', '1 GW'))", "dist.normal: sd must be money, as in $, not 1 GW"},
    {"print(dist.normal('1 $', '2 GW'))", "dist.normal: sd must be money, as in $, not 2 GW"},
    {"print(dist.normal('1 $', 2))",
     "dist.normal: sd must be money, not the number 2: write \"2 $\""},
    {"print(dist.normal(1, -2))", "dist.normal: "},
    {"print(dist.normal(1, 2, 'bnn'))", "dist.normal: \"bnn\" is not a unit"},
    {"print(dist.beta('1 $', 2))", "dist.beta: alpha must be a number without a unit"},
    {"print(dist.discrete {})", "dist.discrete: the list is empty"},
    {"print(dist.discrete { 1, 2 })", "dist.discrete: each entry must be a pair"},
    {"print(dist.discrete { { '1 $', 1 }, { '1 GW', 1 } })", "the values must have one unit"},
    {"print(dist.discrete { { '1 to 2 $', 1 } })",
     "dist.discrete: a value must be a plain constant"},
    {"print(dist.mixture { { {}, 1 } })", "dist.mixture: a part must be a distribution"},
    {"print(dist.truncate(nil, 1, 2))", "dist.truncate: the first argument must be a distribution"},
    {"print(dist.truncate('1 to 2 $', '1 GW', nil))",
     "dist.truncate: the lower bound must be money"},
    {"print(dist.truncate('1 to 2 $', '5 $', '4 $'))", "dist.truncate: "},
    {"print(dist.norml(1, 2))", "there is no distribution \"norml\"; did you mean \"normal\"?"},
};

Test(language, distributions) {
    script_expect_output(SCRIPT_COUNT(dists), dists);
    script_expect_error(SCRIPT_COUNT(dist_errors), dist_errors);
}

static const script_case times[] = {
    {"horizon { from = '2026-Q3', to = '2035-Q4' } print(label(1), label(38), year(3), label(0), "
     "dt)",
     "2026-Q3\t2035-Q4\t2027\t2026-Q2\t1 quarter\n"},
    {"horizon { from = 2026, periods = 2, step = 'month' } print(label(2), dt)", "2026-02\t1 mo\n"},
    {"horizon { from = '2026', to = '2027', step = 'quarter' } print(label(8))", "2027-Q4\n"},
    {"horizon { periods = 3 } print(label(3), dt)", "3\t1 yr\n"},
    {"horizon { from = '2026-09', periods = 2, to = '2026-10' } print(label(2))", "2026-10\n"},
    {YEARS "for t in periods() do print(t, label(t)) end", "1\t2026\n2\t2027\n3\t2028\n"},
    {YEARS SERIES "print(s[0], s[1], s[3.0], s, #s)", "1 $bn\t2 $bn\t9 $bn\t"
                                                      "2026: 2 $bn ... 2028: 9 $bn\t3\n"},
    {YEARS "print(series('$', '5 $'), series('$', function(t) return q '1 $' * t end))",
     "2026: 5 $ ... 2028: 5 $\t2026: 1 $ ... 2028: 3 $\n"},
    {YEARS SERIES "print(s * 2, s + s, s:above '3 $bn', (s * 2)[0], 1 - s / s)",
     "2026: 4 $bn ... 2028: 18 $bn\t2026: 4 $bn ... 2028: 18 $bn\t2026: false ... 2028: true\t"
     "2 $bn\t2026: 0 ... 2028: 0\n"},
    {YEARS SERIES "s[2] = 0 s[2] = '500 $M' print(s[2], q('5 $')[3])", "0.5 $bn\t5 $\n"},
    {YEARS "local s = series '$' print(s, s + 1 * q '1 $')",
     "2026: unset ... 2028: unset\t2026: unset ... 2028: unset\n"},
    {YEARS SERIES "print(s:sum(), s:mean(), s:first(), s:last(), s:min(), s:max())",
     "15 $bn\t5 $bn\t2 $bn\t9 $bn\t2 $bn\t9 $bn\n"},
    {YEARS SERIES "print(s:cumsum(), s:diff(), s:lag(), s:lag(2), s:lag(1, '7 $bn'), s:lag(0))",
     "2026: 2 $bn ... 2028: 15 $bn\t2026: 1 $bn ... 2028: 5 $bn\t2026: 1 $bn ... 2028: 4 $bn\t"
     "2026: 0 $bn ... 2028: 2 $bn\t2026: 7 $bn ... 2028: 4 $bn\t2026: 2 $bn ... 2028: 9 $bn\n"},
    {YEARS SERIES "print(s:first_when(s:above '3 $bn'), s:above('3 $bn'):first_when(), "
                  "s:first_when(s:above '99 $bn'), s:first_when(s:above '3 $bn'):as 'mo')",
     "2027\t2027\tnever\t24 mo\n"},
    {"horizon { from = '2026-Q3', to = '2027-Q4' } local s = series('$', '1 $') "
     "local r = series('$/yr', function(t) return q '1 $/yr' * t end) "
     "print(s:annual(), s:annual 'mean', s:annual('last')[2], r:annual(), r:total(), #s:annual())",
     "2026: 2 $ ... 2027: 4 $\t2026: 1 $ ... 2027: 1 $\t1 $\t2026: 1.5 $/yr ... 2027: 4.5 $/yr\t"
     "5.25 $\t2\n"},
    {YEARS
     "local s = series('$', { '110 $', '121 $', '133.1 $' }) print(s:npv '10 %/yr', s:npv(0.1), "
     "s:npv(0), s:npv(series('1/yr', '10 %/yr')))",
     "300 $\t300 $\t364.1 $\t300 $\n"},
    {"horizon { from = '2026-Q1', periods = 4 } local r = series('$/yr', '4 $/yr') "
     "print(r:npv(0):as '$', series('$', '1 $'):npv(0, { timing = 'mid' }), "
     "round((series('$', { 0, 0, 0, '110 $' }):npv(0.1)):as '$'))",
     "4 $\t4 $\t100 $\n"},
    {YEARS
     "local s = series('$', { 0, '100 $', 0 }) local f = s:npv('21 %/yr', { timing = 'mid' }) "
     "print(math.abs(summary(f).mean - 100 / 1.21 ^ 1.5) < 1e-9)",
     "true\n"},
    {YEARS "print(series('$', { [0] = '-100 $', '0 $', '0 $', '133.1 $' }):irr())", "10 %/yr\n"},
    {YEARS "print(series('$', { '-100 $', '60 $', '60 $' }):irr(), series('$', '1 $'):irr(), "
           "series('$', { '-100 $', 0, '121 $' }):irr())",
     "13.0662 %/yr\tnan %/yr\t10 %/yr\n"},
    {YEARS "print(grow('100 $', '10 %/yr'), grow('100 $', 0.1), "
           "grow('100 $', series('1/yr', { '5 %/yr', '10 %/yr', '20 %/yr' })))",
     "2026: 100 $ ... 2028: 121 $\t2026: 100 $ ... 2028: 121 $\t2026: 100 $ ... 2028: 132 $\n"},
};

static const script_case time_errors[] = {
    {"print(dt)", "dt needs the periods: write horizon { from = \"2026-Q3\", to = \"2035-Q4\" }"},
    {"for t in periods() do end", "periods needs the periods: write horizon"},
    {"print(series '$')", "series needs the periods"},
    {"print(noise 'x')", "noise needs the periods"},
    {YEARS "horizon { periods = 3 }", "horizon: the horizon has been set before"},
    {"horizon { form = '2026' }", "horizon: there is no option \"form\" (did you mean \"from\"?)"},
    {"horizon { from = '2026' }", "horizon: say where it ends"},
    {"horizon { to = '2026' }", "horizon: to is given and from is not"},
    {"horizon { from = '2026', to = '2025' }", "horizon: it ends before it begins"},
    {"horizon { from = '2026-Q3', to = '2030', step = 'year' }",
     "horizon: from is a quarter within a year, which is the step: write \"2026\""},
    {"horizon { from = '2026', to = '2027', periods = 3 }", "horizon: from and to make 2 periods"},
    {"horizon { from = '26-9', periods = 2 }", "horizon: from: "},
    {"horizon { periods = 0 }", "horizon: periods must be from 1 to 100000, not 0"},
    {"horizon { periods = 2, step = 'weeks' }",
     "horizon: step must be year, quarter or month, not the text \"weeks\""},
    {YEARS "print(series('$')[2])", "x[t]: period 2 (2027) of this series in $ has not been set"},
    {YEARS "print(series('$')[0])", "x[t]: this series in $ has no opening value"},
    {YEARS "print(series('$')[4])",
     "x[t]: there is no period 4: this series has 1 to 3, and 0 for its opening value"},
    {YEARS "print(series('$')[2^53])", "there is no period 9007199254740992"},
    {YEARS "print(series('$')[1.5])", "x[t]: a period is a whole number, not the number 1.5"},
    {YEARS "print(q('5 $')[4])", "there is no period 4"},
    {YEARS "local s = series '$' s[1] = '5 GW'",
     "x[t] = value: the value must be money, as in $, not 5 GW"},
    {YEARS "local s = series '$' s[1] = 5",
     "the value must be money, not the number 5: write \"5 $\""},
    {YEARS "series('$bn', { [0] = 12 })",
     "period 0 must be money, not the number 12: write \"12 $bn\""},
    {YEARS "local s = series '$' s[1] = nil", "the value must be a quantity"},
    {YEARS "local s = series '$' s[4] = 0", "there is no period 4"},
    {YEARS "local s = series('$', '1 $') s[1] = s", "the value is a whole series; take one period"},
    {YEARS "local s = series('$', '1 $') + 0 s[1] = 0",
     "only what series(unit) made can be assigned"},
    {YEARS "series('$', { [9] = 0 })", "series: a key of the values must be from 0 to 3, not 9"},
    {YEARS "series('$', { '1 GW' })",
     "series: the value of period 1 must be money, as in $, not 1 GW"},
    {YEARS "series('$', '1 GW')", "series: the values must be money, as in $, not 1 GW"},
    {YEARS "series 'bnn'", "series: \"bnn\" is not a unit"},
    {YEARS "print(series('$'):sum())", "sum: period 1 (2026) of this series in $ has not been set"},
    {YEARS "print(q('5 $'):sum())", "sum: x must be a series, not 5 $, which has no periods"},
    {YEARS SERIES "print(s['2027'])", "x[\"2027\"]: the periods of a series are numbered from 1"},
    {YEARS SERIES "print(s:npv())", "npv: the rate is missing: write x:npv(\"10 %/yr\")"},
    {YEARS SERIES "print(s:lag '18 mo')",
     "lag: it takes a whole number of periods, as in x:lag(2), not the text \"18 mo\"; what begins "
     "after an uncertain delay is written when(delay:at_most(t * dt), x, 0)"},
    {YEARS "for t in periods do end",
     "periods takes no arguments: write periods(), as in for t in periods() do ... end"},
    {YEARS SERIES "print(s:annual() + s)",
     "a series of periods and one of calendar years do not fit"},
    {YEARS SERIES "print(s:annual():npv(0))", "npv: x must be a series of periods"},
    {YEARS SERIES "print(s:annual 'avg')", "annual: the way of counting must be sum, mean or last"},
    {YEARS SERIES "print(s:npv '10 %/mo2')", "npv: \"10 %/mo2\" is not a quantity"},
    {YEARS SERIES "print(s:npv '10 $')", "npv: the rate must be a rate per year, as in \"5 %/yr\""},
    {YEARS SERIES "print(s:npv(0.1, { timing = 'start' }))", "npv: timing must be end or mid"},
    {YEARS SERIES "print(s:lag(-1))",
     "lag: the number of periods must be from 0 to 100000, not -1"},
    {YEARS SERIES "print(s:first_when())", "first_when: say when, as in"},
    {YEARS SERIES "print(s:first_when '5 $')", "first_when: the condition must be a condition"},
    {YEARS SERIES "print(max(s))", "max: give two values or more; x:max() is that of a series"},
    {YEARS "print(label(4))", "label: the period must be from 0 to 3, not 4"},
    {YEARS "for k in pairs(series '$') do end", "pairs: a quantity is no table"},
    {YEARS "for k in ipairs(series '$') do end", "ipairs: a quantity is no table"},
    {"for k in ipairs() do end", "bad argument #1 to 'ipairs'"},
};

Test(language, time) {
    script_expect_output(SCRIPT_COUNT(times), times);
    script_expect_error(SCRIPT_COUNT(time_errors), time_errors);
}

#define NEAR     "local function near(a, b, e) return math.abs(a - b) < e end "
#define QUARTERS "horizon { from = '2026-Q1', periods = 8 } settings { samples = 40000 } "

static const script_case processes[] = {
    {QUARTERS NEAR
     "local s = summary(noise 'n') print(near(s.mean[8], 0, 0.03), near(s.sd[1], 1, 0.02),"
     "s.mean[1] ~= s.mean[2])",
     "true\ttrue\ttrue\n"},
    {QUARTERS NEAR
     "local w = walk('w', { start = '5 $bn', drift = '1 $bn/yr', volatility = '2 $bn' }) "
     "local s = summary(w) print(s.unit, near(s.mean[8], 7, 0.1), "
     "near(s.sd[8], 2 * 2 ^ 0.5, 0.05), near(s.sd[1], 1, 0.03), w[0])",
     "$bn\ttrue\ttrue\ttrue\t5 $bn\n"},
    {QUARTERS
     "local a = walk('a', { volatility = '2 $bn/yr^0.5' }) print(summary(a:as '$bn').unit)",
     "$bn\n"},
    {QUARTERS NEAR "local g = gbm('g', { start = '5 $', drift = '10 %/yr', volatility = '30 %' }) "
                   "local s = summary(g) print(near(s.mean[8], 5 * math.exp(0.2), 0.06), "
                   "near(summary(log(g / g[0])).sd[8], 0.3 * 2 ^ 0.5, 0.01), g[0])",
     "true\ttrue\t5 $\n"},
    {QUARTERS NEAR
     "local x = ar1('x', { start = '10 $', mean = '20 $', revert = '50 %/yr', volatility = "
     "'4 $' }) local s = summary(x) print(near(s.mean[8], 20 - 10 * math.exp(-1), 0.1), "
     "near(s.sd[8], 4 * ((1 - math.exp(-2)) / 1) ^ 0.5, 0.05))",
     "true\ttrue\n"},
    {QUARTERS NEAR "local x = ar1('x', { mean = '20 $', revert = 0, volatility = '4 $' }) "
                   "print(near(summary(x).sd[4], 4, 0.1))",
     "true\n"},
    {QUARTERS NEAR
     "local e = event('e', { rate = '20 %/yr' }) local c = chance(e) local total = 0 "
     "for t = 1, 8 do total = total + c[t] end print(near(total, 1 - math.exp(-0.4), 0.01), "
     "near(c[1], 1 - math.exp(-0.05), 0.005), summary(e:sum()).max)",
     "true\ttrue\t1.0\n"},
    {QUARTERS NEAR "local e = event('e', { rate = 2, repeats = true }) "
                   "print(near(chance(e)[8], 1 - math.exp(-0.5), 0.01), summary(e:sum()).max > 1)",
     "true\ttrue\n"},
    {QUARTERS "local v = assume('v', '1 to 2 $') "
              "local w = walk('w', { volatility = v, drift = series('$/yr', '1 $/yr') }) "
              "print(summary(w:last()).unit ~= nil)",
     "true\n"},
};

static const script_case process_errors[] = {
    {YEARS "assume('a', '1 $') noise 'a'",
     "noise: the name \"a\" is taken: an assumption of this name"},
    {YEARS "noise()", "noise: the name must be a text, not nil"},
    {YEARS "walk('w', { strt = 1 })",
     "walk: there is no option \"strt\" (did you mean \"start\"?)"},
    {YEARS "walk('w', { start = '1 $', drift = '1 $' })",
     "walk: drift must be money per time, as in"},
    {YEARS "walk('w', { start = '1 $', volatility = '1 GW' })",
     "walk: volatility must be annual, in the "
     "unit of the value"},
    {YEARS "gbm('g', { drift = 0 })", "gbm: start is missing"},
    {YEARS "gbm('g', { start = '1 $', volatility = '1 $' })", "gbm: volatility must be annual"},
    {YEARS "ar1('a', { mean = 1 })", "ar1: revert is missing"},
    {YEARS "ar1('a', { mean = '1 $', start = '1 GW', revert = 1 })",
     "ar1: mean must be power of IT"},
    {YEARS "event('e')", "event: rate is missing"},
    {YEARS "event('e', { rate = '5 $' })", "event: rate must be a rate per year"},
    {YEARS "event('e', { rate = 1, repeats = 1 })", "event: repeats must be true or false"},
    {YEARS "grow('1 $', '1 $')", "grow: the rate must be a rate per year"},
    {YEARS "grow(series('$', '1 $'), 1)", "grow: the start must be one value"},
};

Test(language, processes) {
    script_expect_output(SCRIPT_COUNT(processes), processes);
    script_expect_error(SCRIPT_COUNT(process_errors), process_errors);
}

static const script_case results[] = {
    {YEARS SERIES
     "output('a', s, { unit = '$M', label = 'L' }) output { b = s:sum(), c = { q '1 $', "
     "label = 'C' }, d = 5 } print 'ok'",
     "ok\n"},
    {YEARS SERIES "local r = summary(s) print(r.unit, #r.mean, r.mean[3], r.p50[1], r.sd[1])",
     "$bn\t3\t9.0\t2.0\t0.0\n"},
    {X "local r = summary(x) print(r.p5 < r.p25, r.p25 < r.p50, r.p50 < r.p75, r.p75 < r.p95, "
       "r.min < r.p5, r.max > r.p95, math.abs(r.mcse - r.sd / 100) < 1e-12)",
     "true\ttrue\ttrue\ttrue\ttrue\ttrue\ttrue\n"},
    {X "print(chance(x:above '1 $bn'), chance(x:above '10 $bn') > 0.93)", "1.0\ttrue\n"},
    {X "local m = x:quantile(0.5) print(m < 15, m > 13, x:quantile(0) > 0)", "true\ttrue\ttrue\n"},
    {X "local y = x * '1 GW' / '1000 GW' local r = summary(y) "
       "print(y:quantile(0.05) == r.p5, r.unit, select('#', y:quantile(0.05)))",
     "true\t$M\t1\n"},
    {"print(chance(q 'bernoulli(100 %)'), chance(q '1'))", "1.0\t1.0\n"},
    {"local s = summary(q '3 $') local names = {} for k in pairs(s) do names[#names + 1] = k end "
     "print(table.concat(names, ' '), s[1], s)",
     "max mcse mean min p25 p5 p50 p75 p95 sd unit\tnil\ttable\n"},
    {YEARS SERIES
     "print((s + 0):quantile(0.5)[3], chance(s:above '3 $bn')[2], s:annual():quantile(1)[3])",
     "9.0\t1.0\t9.0\n"},
    {X "print(x:above '1 $bn', tostring(x:above '14 $bn'):match 'probability 0.%d+' ~= nil)",
     "true\ttrue\n"},
    {X "local text = tostring(x) print(text:match '^1[345]%.?%d* %$bn %(%d+%.?%d* to %d+%.?%d*%)$' "
       "~= nil)",
     "true\n"},
};

static const script_case result_errors[] = {
    {"output('a', q '1 $') output('a', q '2 $')", "output: "},
    {"output('a', nil)", "output: what \"a\" shows is nil, which is often a variable that is "
                         "misspelt or not declared"},
    {"output('a')", "output: what \"a\" shows is nil"},
    {X "output('x', missing)", "write a.x after local a = assume { ... }"},
    {X "output('y', x == q '1 $')",
     "output: y must be a quantity, not a plain false: == compares identity, so write a:equals(b), "
     "and ~c for the opposite of a condition"},
    {X "chance(x == x)", "chance: the argument must be a quantity, not a plain true: == compares"},
    {X "chance(not x)", "and ~c for the opposite of a condition"},
    {"print(summary(q '1 $').median)", "a summary has no field \"median\"; did you mean \"p50\"?"},
    {"print(summary(q '1 $').maen)", "a summary has no field \"maen\"; did you mean \"mean\"?"},
    {"print(summary(q '1 $').p10)", "a summary has no field \"p10\": write x:quantile(p)"},
    {"print(summary(q '1 $').colour)", "a summary has no field \"colour\""},
    {"output('a', q '1 $', { unit = 'GW' })",
     "output: unit \"GW\" is power of IT equipment, but the quantity is in $ (money)"},
    {"output('a', q '1 $bn/yr', { unit = '$bn' })",
     "output: unit \"$bn\" is money, but the quantity is in $bn/yr (money per time)"},
    {"output('a', q '1 $', { lable = 'x' })", "output: there is no option \"lable\" (did you mean"},
    {"output('a', q '1 $', 'x')",
     "output: the table of options must be a table, not the text \"x\""},
    {"output { a = { q '1 $', units = '$' } }", "output: there is no option \"units\""},
    {"output { 5 }", "output: the name of an output must be a text, not the number 1"},
    {YEARS "output('a', series '$')",
     "output \"a\": period 1 (2026) of this series in $ has not been set"},
    {YEARS "summary(series '$')", "summary: period 1 (2026)"},
    {"summary(nil)", "summary: the argument must be a quantity"},
    {"chance(q '1 $')", "chance: the argument must be"},
    {X "x:quantile(2)", "quantile: the probability must be from 0 to 1, not 2"},
    {X "x:quantile '5 %'", "quantile: the probability must be a plain number"},
};

Test(language, results) {
    script_expect_output(SCRIPT_COUNT(results), results);
    script_expect_error(SCRIPT_COUNT(result_errors), result_errors);
}

/* The draws of a name depend on nothing else in the script. */
Test(language, draws_are_addressed_by_name) {
    static const char *const same[] = {
        "local a = assume { x = '1 to 2 $' } print(summary(a.x).mean)",
        "local b = assume { w = '5 to 9 $', x = '1 to 2 $' } local z = q '1 to 3 $' * 2 "
        "print(summary(b.x).mean)",
        "local z = summary(q '1 to 2 $') local x = assume('x', q '1 to 2 $') "
        "print(summary(x).mean)"};
    script_outcome first, other;
    script_run(same[0], &first);
    cr_assert_eq(first.status, MOAT_OK, "%s", first.error.message);
    for (size_t i = 1; i < sizeof same / sizeof *same; i++) {
        script_run(same[i], &other);
        cr_expect_eq(other.status, MOAT_OK, "%s", other.error.message);
        cr_expect_str_eq(first.output, other.output, "%s", same[i]);
    }
}
