/* Modules of the library written in Lua: what they describe is what is checked. */
#include <criterion/criterion.h>
#include <string.h>

#include "script.h"

static const char probe[] =
    "local part = require 'probe/part'\n"
    "local box = class('box', 'what the tests put things in', {\n"
    "  { 'value', 'the value of a period', takes = { { 't', '', 'when', kind = 'period' } },\n"
    "    call = function(self, t) return at(self.value, t) end },\n"
    "  { 'broken', 'fails', call = function(self) fail('it holds %d things', 3) end },\n"
    "})\n"
    "return module('probe', 'a module of the tests', {\n"
    "  { 'box', 'makes a box',\n"
    "    options = {\n"
    "      { 'value', '$bn', 'what is in it', required = true },\n"
    "      { 'share', '1', 'a part', default = '50 %', range = 'share' },\n"
    "      { 'life', 'yr', 'how long', kind = 'scalar', default = '5 yr', range = 'positive' },\n"
    "      { 'rate', '', 'growth', kind = 'rate' },\n"
    "      { 'mode', '', 'how', kind = 'word', words = { 'slow', 'fast' }, default = 'slow' },\n"
    "      { 'name', '', 'what it is called', kind = 'text' },\n"
    "      { 'open', '', 'open?', kind = 'boolean', default = false },\n"
    "    },\n"
    "    example = [[print(probe.box { value = '3 $bn' })]], result = 'a box\\n',\n"
    "    call = function(o) return box(o) end },\n"
    "  { 'answer', 'asks a part', call = function() return part.answer end },\n"
    "  { 'options', 'shows what was given',\n"
    "    options = { { 'share', '1', 'a part', default = '50 %' },\n"
    "                { 'life', 'yr', 'how long', default = '5 yr' },\n"
    "                { 'mode', '', 'how', kind = 'word', words = { 'slow', 'fast' }, default = "
    "'slow' } },\n"
    "    call = function(o) return o.share, o.life, o.mode end },\n"
    "  { 'list', 'sums rows', rows = { { 'price', '$', 'each', required = true } },\n"
    "    call = function(o) local sum = q '0 $'\n"
    "      for _, row in ipairs(o.rows) do sum = sum + row.price end return sum end },\n"
    "  { 'shares', 'the names', named = { { 'share', '1', 'a part' } },\n"
    "    call = function(o) local names = {}\n"
    "      for i, entry in ipairs(o.named) do names[i] = entry.name end\n"
    "      return table.concat(names, ' ') end },\n"
    "  { 'scale', 'positional', takes = { { 'x', '$', 'what' }, { 'by', '1', 'how much', default = "
    "'2' } },\n"
    "    call = function(x, by) return x * by end },\n"
    "  { 'open', 'what is in a box', takes = { { 'x', '', 'a box', kind = 'any' } },\n"
    "    call = function(x) local state = state_of(x, 'box')\n"
    "      return state and state.value or 'no box' end },\n"
    "  { 'double', 'over periods', takes = { { 'x', '', 'what' } },\n"
    "    call = function(x) return over_periods(function(t) return 2 * at(x, t) end) end },\n"
    "  { 'has', 'whether a period is set', takes = { { 'x', '', 'what' }, { 't', '', 'the period', "
    "kind = 'period' } },\n"
    "    call = function(x, t) return has_value(x, t) end },\n"
    "  { 'read', 'what is checked by no description', takes = { { 'x', '', 'what', kind = 'any' } "
    "},\n"
    "    call = function(x) return quantity(x, 'opex') end },\n"
    "})\n";

static const moat_lua_module modules[] = {{"probe", NULL, probe, sizeof probe - 1},
                                          {"probe/part", NULL,
                                           "return { answer = 42, list = { 7 } }",
                                           sizeof "return { answer = 42, list = { 7 } }" - 1},
                                          {NULL}};

static void expect_output(const char *text, const char *expected) {
    script_outcome outcome;
    script_run_with(modules, text, &outcome);
    cr_expect_eq(outcome.status, MOAT_OK, "%s\n  failed: %s", text, outcome.error.message);
    if (outcome.status == MOAT_OK)
        cr_expect_str_eq(outcome.output, expected, "%s\n  printed %s", text, outcome.output);
}

static void expect_error(const char *text, const char *expected) {
    script_outcome outcome;
    script_run_with(modules, text, &outcome);
    cr_expect_neq(outcome.status, MOAT_OK, "%s\n  did not fail", text);
    cr_expect_not_null(strstr(outcome.error.message, expected),
                       "%s\n  failed with  %s\n  and not %s", text, outcome.error.message,
                       expected);
    cr_expect_eq(outcome.place.line, 1, "%s\n  failed at line %d", text, outcome.place.line);
}

static const script_case outputs[] = {
    {"print(probe.box { value = '3 $bn' })", "a box\n"},
    {"horizon { periods = 2 } print(probe.box { value = series('$bn', { '1 $bn', '2 $bn' }) "
     "}:value(2))",
     "2 $bn\n"},
    {"print(probe.options())", "50 %\t5 yr\tslow\n"},
    {"print(probe.options { share = 0.25, mode = 'fast' })", "0.25\t5 yr\tfast\n"},
    {"print(probe.list { { price = '3 $' }, { price = '4 $' } }, probe.list {})", "7 $\t0 $\n"},
    {"print(probe.box('toys', { value = '3 $bn' }))", "a box\n"},
    {"print(probe.open(probe.box { value = '3 $bn' }), probe.open '3 $bn')", "3 $bn\tno box\n"},
    {"print(probe.shares { b = { share = 1 }, a = {} })", "a b\n"},
    {"print(probe.scale '3 $', probe.scale('3 $', 3))", "6 $\t9 $\n"},
    {"horizon { periods = 3 } print(probe.double(grow('1 $', 0)))", "1: 2 $ ... 3: 2 $\n"},
    {"horizon { periods = 3 } local s = series '$' s[2] = '1 $' "
     "print(probe.has(s, 0), probe.has(s, 2), probe.has('3 $', 0))",
     "false\ttrue\ttrue\n"},
    {"print(probe.read '5 $bn', probe.read(3))", "5 $bn\t3\n"},
    {"print(require('probe') == probe, probe.answer())", "true\t42\n"},
    {"print(require('probe/part').answer, require('probe/part').list[1])", "42\t7\n"},
    /* What a script does to its globals is no concern of the library's. */
    {"q = nil max = 3 print(probe.list { { price = '3 $' } })", "3 $\n"},
    {"print(pcall(function() probe.scale = 1 end))",
     "false\tscript:1: this table is part of Moat: its field \"scale\" cannot be set\n"},
};

static const script_case errors[] = {
    /* What the library's modules share is not a script's to change. */
    {"require('probe/part').answer = 43", "its field \"answer\" cannot be set"},
    {"require('probe/part').list[1] = 43", "its field \"1\" cannot be set"},
    {"probe.box('toys', { value = '3 $bn', name = 'x' })", "probe.box: there are two names"},
    {"probe.box('toys', {})", "probe.box: value is missing: what is in it"},
    {"probe { value = 1 }", "it has functions: write probe.NAME(...)"},
    {"probe.box {}", "probe.box: value is missing: what is in it"},
    {"probe.box()", "probe.box: it takes a table such as { value = ... }, not nil"},
    {"probe.box { value = '5 $bnn' }", "probe.box: value: \"5 $bnn\" is not a quantity"},
    {"probe.read '5 $bnn'", "probe.read: opex: \"5 $bnn\" is not a quantity"},
    {"probe.read {}", "probe.read: opex must be a quantity"},
    {"horizon { periods = 3 } probe.has(series '$', 4)", "t must be from 0 to 3"},
    {"probe.box { value = '5 GW' }", "probe.box: value must be money, as in $bn, not 5 GW"},
    {"probe.box { value = 5 }", "write \"5 $bn\""},
    {"probe.box { value = '5 $', share = 1.2 }",
     "probe.box: share must be a share between 0 and 100 %"},
    {"probe.box { value = '5 $', life = 0 }", "probe.box: life must be above 0"},
    {"probe.box { value = '5 $', rate = '5 $' }", "probe.box: rate must be a rate per year"},
    {"probe.box { value = '5 $', mode = 'fats' }", "probe.box: mode must be slow or fast"},
    {"probe.box { value = '5 $', open = 1 }", "probe.box: open must be true or false"},
    {"probe.box { value = '5 $', lfie = '2 yr' }",
     "there is no option \"lfie\" (did you mean \"life\"?)"},
    {"probe.box({ value = '5 $' }, 7)",
     "probe.box: there are too many arguments: write probe.box { value ="},
    {"probe.list { { price = '3 $' }, { price = '3 GW' } }",
     "probe.list: price of row 2 must be money"},
    {"probe.list { { price = '3 $' }, 5 }", "probe.list: row 2 must be a table"},
    {"probe.list { { cost = '3 $' } }", "there is no option \"cost\" of row 1: it takes price"},
    {"probe.shares { a = { share = '3 $' } }",
     "probe.shares: share of a must be a number without a unit"},
    {"probe.scale()", "probe.scale: x is missing: what"},
    {"prbe.scale '3 $'", "did you mean \"probe\"?"},
    {"probe.sclae('3 $')", "the module probe has no function \"sclae\"; did you mean \"scale\"?"},
    {"probe.box { value = '5 $' }:happened(1)",
     "a box has no method \"happened\": it has broken and value"},
    {"probe.wholly()", "the module probe has no function \"wholly\": it has answer, box, double, "
                       "has, list, open, options, read, scale and shares"},
    {"probe.box { value = '5 $' }:valeu(1)",
     "a box has no method \"valeu\"; did you mean \"value\"?"},
    {"local b = probe.box { value = '5 $' } b.value(1)",
     "box:value: call it of a box and with a colon: write box:value(t)"},
    {"local b = probe.box { value = '5 $' } b.x = 1", "a box cannot be assigned to"},
    {"probe.box { value = '5 $' }:broken()", "box:broken: it holds 3 things"},
    {"horizon { periods = 2 } probe.box { value = '5 $' }:value(3)",
     "box:value: t must be from 0 to 2, not 3"},
};

Test(library, what_modules_describe_is_what_they_are_given) {
    for (size_t i = 0; i < SCRIPT_COUNT(outputs); i++)
        expect_output(outputs[i].text, outputs[i].expected);
}

Test(library, mistakes_are_found_before_the_module_is_called) {
    for (size_t i = 0; i < SCRIPT_COUNT(errors); i++)
        expect_error(errors[i].text, errors[i].expected);
}

Test(library, what_is_described_can_be_listed) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_lua *lua = moat_lua_new(model, &(moat_lua_options){.modules = modules}, &error);
    cr_assert_not_null(lua, "%s", error.message);
    cr_assert_eq(moat_lua_load_library(lua, &error), MOAT_OK, "%s", error.message);
    const moat_lua_group *box = moat_lua_library_group(lua, 0);
    const moat_lua_group *module = moat_lua_library_group(lua, 1);
    cr_expect_null(moat_lua_library_group(lua, 2));
    cr_expect_str_eq(box->name, "Methods of a box");
    cr_expect_str_eq(box->functions[0].usage, "box:value(t)");
    cr_expect_str_eq(module->name, "The module probe");
    cr_expect_str_eq(module->functions[0].name, "probe.box");
    cr_expect_str_eq(module->functions[0].usage,
                     "probe.box { value =, share =, life =, rate =, mode =, name =, ... }");
    cr_expect_str_eq(module->functions[0].signature->options[1].fallback, "50 %");
    cr_expect_str_eq(module->functions[3].usage, "probe.list { { price = }, ... }");
    cr_expect_str_eq(module->functions[5].usage, "probe.scale(x, by)");
    script_check_group(modules, module);
    moat_lua_free(lua);
    moat_model_free(model);
}
