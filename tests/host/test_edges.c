/* The edges of what scripts write and are told: bytes that are no characters, long names and
 * literals, errors without a place. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"

Test(edges, what_is_printed_is_text) {
    static const script_case cases[] = {
        {"print('a\\0b\\27[0m\\127')", "a\\x00b\\x1b[0m\\x7f\n"},
        {"print('\\xc3\\xa4 \\xe2\\x82\\xac \\xf0\\x9f\\x98\\x80')",
         "\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80\n"},
        {"print('\\xc3', '\\xe2\\x82', '\\xf0\\x9f\\x98')", "\\xc3\t\\xe2\\x82\t\\xf0\\x9f\\x98\n"},
        {"print('\\xc3(', '\\x80', '\\xc1\\xbf', '\\xf5\\x80\\x80\\x80', '\\xff')",
         "\\xc3(\t\\x80\t\\xc1\\xbf\t\\xf5\\x80\\x80\\x80\t\\xff\n"},
        {"print('\\xc2\\x85', '\\xc2\\xa0|')", "\\xc2\\x85\t\xC2\xA0|\n"},
        {"print('two\\nlines\\tand a tab\\r')", "two\nlines\tand a tab\\x0d\n"},
        {"print(setmetatable({}, nil), getmetatable(setmetatable({}, { __metatable = 5 })))",
         "table\t5\n"},
        {"print(setmetatable({}, { __tostring = function() return 'own' end }))", "own\n"},
        {"print(-0.0, 1e15, 2^53, 1e100, 0/0 ~= 0/0, math.huge)",
         "-0.0\t1e+15\t9007199254740992.0\t1e+100\ttrue\tinf\n"},
        {"print(load(function() return nil end), load('return ...')(7))", "function\t7\n"},
        {"local parts, i = { 'return ', '4', '2' }, 0; print(load(function() i = i + 1; return "
         "parts[i] end)())",
         "42\n"},
        {"print(load('x = ', 'name'))", "nil\t[string \"name\"]:1: unexpected symbol near <eof>\n"},
        {"print(load('x', '=' .. ('long'):rep(20)))",
         "nil\t[string \"longlonglonglonglonglonglonglonglonglong...\"]:1: syntax error near "
         "<eof>\n"},
        {"print(load('\\27Lua', 'n', 'b'))", "nil\tonly texts can be loaded, not compiled code\n"},
        {"local env = { y = 3 }; print(load('return y', 'n', 't', env)(), load('return y', 'n', "
         "'t', nil) ~= nil)",
         "3\ttrue\n"},
    };
    script_expect_output(SCRIPT_COUNT(cases), cases);
}

Test(edges, errors_of_any_kind) {
    static const script_case cases[] = {
        {"error({})", "the script raised a table as an error: raise a text"},
        {"error()", "the script raised nil as an error"},
        {"error(q '3 $bn')", "the script raised 3 $bn as an error"},
        {"error('no place', 0)", "no place"},
        {"error('elsewhere:12: what', 0)", "elsewhere:12: what"},
        {"error(42)", "42"},
        {"error(setmetatable({}, { __tostring = function() error 'again' end }))", "a table"},
        {"load(function() return {} end)", "load: the function must return texts, not a table"},
        {"load({})", "load: the source must be a text or a function, not a table"},
        {"load(('x'):rep(9000000))", "load: the source is longer than"},
        {"local s = ('-'):rep(1000000); load(function() return s end)",
         "load: the source is longer than"},
        {"setmetatable({}, 5)", "the metatable must be a table"},
        {"setmetatable(dist, {})", "this table is protected"},
        {"setmetatable(setmetatable({}, {}), {})", "which is set once and for all"},
        {"rawset(math, 'x', 1)", "this table is protected"},
        {"math.x = 1", "this table is part of Moat"},
        {"collectgarbage 'collect'", "only collectgarbage \"count\""},
        {"sumary(3)", "did you mean \"summary\"?"},
        {"math(3)", "it has functions: write math.NAME(...)"},
        {"io.open 'x'", "scripts have no io"},
        {"a_name_that_is_longer_than_any_other_name_that_anyone_would_ever_write_in_a_script()",
         "attempt to call a nil value"},
        {"local t = {}; t.x.y = 1", "attempt to index a nil value (field 'x')"},
        {"print(dt)", "dt needs the periods"},
        {"q(('9'):rep(200))", "a number has at most 60 digits"},
        {"q('12 ' .. ('$'):rep(200))", "...\" is not a quantity"},
        {"q('1 ' .. ('x'):rep(77) .. '\\xe2\\x82\\xac' .. ('y'):rep(99))",
         "...\" is not a quantity"},
        {"q '1 \\0'", "is not a quantity"},
        {"unit('a b', '1 $')", "unit"},
        {"local function deep() return deep() + 1 end deep()", "stack overflow"},
        {"string.rep('x', 1e10)", "the result is too large"},
        {"table.concat({}, '', 1, 2^40)", "the result is too large"},
        {"string.pack('c1000000000', 'x')", "the result is too large"},
        {"table.unpack({}, 1, 1e8)", "the result is too large"},
    };
    script_expect_error(SCRIPT_COUNT(cases), cases);
}

/* Two files, one of which calls the other: the message says where from. */
Test(edges, errors_of_a_required_file_name_their_caller) {
    char folder[] = "/tmp/moat-edges-XXXXXX", path[64];
    cr_assert_not_null(mkdtemp(folder));
    static const struct {
        const char *name, *text;
    } files[] = {
        {"part.lua", "local M = {}\nfunction M.fail()\n  error 'inside'\nend\nreturn M\n"},
        {"main.lua", "local part = require 'part'\n\npart.fail()\n"},
    };
    for (size_t i = 0; i < SCRIPT_COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        FILE *file = fopen(path, "w");
        cr_assert(file != NULL && fputs(files[i].text, file) >= 0 && fclose(file) == 0);
    }
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_lua *lua = moat_lua_new(model, NULL, &error);
    cr_expect_eq(moat_lua_run_file(lua, path, &error), MOAT_INVALID);
    const moat_script_error *place = moat_lua_script_error(lua);
    cr_expect(strstr(place->file, "part.lua") && place->line == 3 && place->is_file, "%s:%d",
              place->file, place->line);
    cr_expect(strstr(place->message, "inside (called from ") &&
                  strstr(place->message, "main.lua:3)"),
              "%s", place->message);
    moat_lua_free(lua);
    moat_model_free(model);
    for (size_t i = 0; i < SCRIPT_COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
        remove(path);
    }
    remove(folder);
}
