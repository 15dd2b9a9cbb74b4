/* The sandbox: what scripts have, what they are refused, and the embedding interface. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script.h"

static const script_case kept[] = {
    {"print(assert(1), type {}, tonumber '5', select('#', 1, 2), rawequal(1, 1), rawlen { 1 })",
     "1\ttable\t5\t2\ttrue\t1\n"},
    {"print(next {}, rawget({ 5 }, 1), rawset({}, 'a', 1).a, utf8.char(8364))", "nil\t5\t1\t€\n"},
    {"for i, v in ipairs { 7, 8 } do print(i, v) end", "1\t7\n2\t8\n"},
    {"for k, v in pairs { b = 1, a = 2, 10, 20, [-1] = 0, [true] = 3, [2.5] = 4 } do print(k, v) "
     "end",
     "-1\t0\n1\t10\n2\t20\n2.5\t4\na\t2\nb\t1\ntrue\t3\n"},
    {"local t = { a = 1, b = 2, c = 3 } for k in pairs(t) do t.b = nil print(k) end", "a\nc\n"},
    {"local t = setmetatable({}, { __pairs = function() return next, { 5 }, nil end }) "
     "for k, v in pairs(t) do print(k, v) end",
     "1\t5\n"},
    {"local names = {} for k in pairs(string) do names[#names + 1] = k end "
     "print(table.concat(names, ' '))",
     "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack "
     "upper\n"},
    {"print({}, print, coroutine.create(print), tostring({}), ('%s'):format({}))",
     "table\tfunction\tthread\ttable\ttable\n"},
    {"print(setmetatable({}, { __name = 'thing' }), setmetatable({}, { __tostring = function() "
     "return "
     "'me' end }))",
     "thing\tme\n"},
    {"print(0.1, 1/3, 1e300, 2^53, -0.0, 1/0, -1/0, 0/0, 5, 5.0)",
     "0.1\t0.3333333333333333\t1e+300\t9007199254740992.0\t-0.0\tinf\t-inf\tnan\t5\t5.0\n"},
    {"print('a\\0b\\27[1m', '\\155', 'tab\\tand €', '\\194\\155')",
     "a\\x00b\\x1b[1m\t\\x9b\ttab\tand €\t\\xc2\\x9b\n"},
    {"print(load 'return 1 + 1'(), load('return x', 'n', 't', { x = 7 })(), load('y = 3'))",
     "2\t7\tfunction\n"},
    {"local parts, i = { 'return ', '9' }, 0 print(load(function() i = i + 1 return parts[i] "
     "end)())",
     "9\n"},
    {"x = 5 print(_G.x, _G._G == _G, load 'return x'())", "5\ttrue\t5\n"},
    {"print(pcall(error, 'x', 0), xpcall(error, function(m) return m .. '!' end, 'y', 0))",
     "false\tfalse\ty!\n"},
    {"local c = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b * 2 end) "
     "print(c(1), c(10), select(2, coroutine.resume(coroutine.create(function() return 'r' end))))",
     "2\t20\tr\n"},
    {"print(pcall(coroutine.wrap(function() pcall(coroutine.yield, 1) return 2 end)))",
     "true\t1\n"},
    {"print(type(collectgarbage 'count'), _VERSION)", "number\tLua 5.4\n"},
    {"print(math.random() ~= math.random(), math.random(3) <= 3, math.random(5, 5))",
     "true\ttrue\t5\n"},
    {"local low, high = 9, 0 for i = 1, 1000 do local r = math.random(0, 9) low = math.min(low, r) "
     "high = math.max(high, r) end print(low, high)",
     "0\t9\n"},
    {"print(string.pack('<i4', 7):byte(1, -1))", "7\t0\t0\t0\n"},
    {"print(table.concat({ 1, 2 }, '-'), table.unpack({ 1, 2, 3 }, 2), #table.move({ 1, 2 }, 1, 2, "
     "3))",
     "1-2\t2\t4\n"},
    {"local t = { 3, 1, 2 } table.sort(t) table.insert(t, 4) print(table.remove(t, 1), #t)",
     "1\t3\n"},
    {"for k, v in next, { b = 1, a = 2, 10, 20, [-1] = 0, [true] = 3, [2.5] = 4 } do print(k, v) "
     "end",
     "-1\t0\n1\t10\n2\t20\n2.5\t4\na\t2\nb\t1\ntrue\t3\n"},
    {"print(next({ a = 1, b = 2 }, 'a'), next({ a = 1, b = 2 }, 'b'), next({ b = 2 }, 'a'))",
     "b\tnil\tb\t2\n"},
    {"local t = { a = 1, b = 2, c = 3 } for k in next, t do t.b = nil print(k) end", "a\nc\n"},
    {"local t = { x = 1, y = 2 } for k in next, t do for l in next, t do print(k .. l) end end",
     "xx\nxy\nyx\nyy\n"},
    {"local t = { a = 1, b = 2, c = 3 } for k in next, t do if k == 'a' then t.aa = 0 end end "
     "for k in next, t do t[k] = nil end print(next(t), next { [{}] = 7 } ~= nil)",
     "nil\ttrue\n"},
    {"print(next(math), next(setmetatable({}, { __index = { 1 } })))", "abs\tnil\n"},
    {"local seen = {} for i = 1, 3000 do seen['k' .. i] = i end local n, last = 0, '' "
     "for k in next, seen do n, last = n + 1, k > last and k or error(k) end print(n, last)",
     "3000\tk999\n"},
    {"local t = {} for i = 1, 500 do t[i] = { i % 7, i } end "
     "table.sort(t, function(a, b) return a[1] < b[1] end) "
     "for i = 2, #t do local a, b = t[i - 1], t[i] "
     "assert(a[1] < b[1] or a[1] == b[1] and a[2] < b[2]) end print(#t, t[1][2], t[500][2])",
     "500\t7\t496\n"},
    {"local t = {} for i = 1, 1000 do t[i] = i * 7919 % 1000 end table.sort(t) "
     "for i = 1, 1000 do assert(t[i] == i - 1) end table.sort(t, function(a, b) return a > b end) "
     "print(t[1], t[1000])",
     "999\t0\n"},
    {"local t = { 'b', 'a' } print((pcall(table.sort, t, error)), t[1], t[2])", "false\tb\ta\n"},
    {"local t = {} for i = 1, 300 do t[i] = i end local n = 0 table.sort(t, function() n = n + 1 "
     "return n % 3 == 0 end) local sum = 0 for i = 1, 300 do sum = sum + t[i] end print(#t, sum)",
     "300\t45150\n"},
    {"local t = { 3, nil, 1 } table.sort(t, function(a, b) return (a or 0) < (b or 0) end) "
     "print(t[1], t[2], t[3])",
     "nil\t1\t3\n"},
    {"table.sort {} table.sort { 1 } print(#setmetatable({}, { __len = function() return 0 end }))",
     "0\n"},
    {"print(clamp(5, 3, 3), clamp(q '5 GW', '1 GW', '2000 MW'), clamp(1, 0, 1/0))",
     "3.0\t2 GW\t1.0\n"},
    {"print(q '0.5 /yr' * q '4 yr', q '1/yr', q '3 / GW')", "2\t1 1/yr\t3 1/GW\n"},
    {"print(require 'math' == math, require 'string' == string)", "true\ttrue\n"},
    {"print(math.tointeger(5.0), math.type(5), math.fmod(7, 3), math.ult(1, 2), math.deg(0))",
     "5\tinteger\t1\ttrue\t0.0\n"},
    {"print(('aé'):upper(), ('AÉ'):lower(), #(''):rep(1 << 62), ('a.b'):find('.', 1, true))",
     "Aé\taÉ\t0\t2\t2\n"},
    {"print(('k=v, x=y'):gsub('(%w+)=(%w+)', '%2=%1'), ('THE (quick) fox'):find '%((%a+)%)')",
     "v=k, y=x\t5\t11\tquick\n"},
    {"for w in ('one two'):gmatch '%a+' do print(w, ('x'):match '()') end", "one\t1\ntwo\t1\n"},
    {"print(select('#', pcall(coroutine.wrap(function(...) return ... end), 1, nil)), "
     "coroutine.close(coroutine.create(print)))",
     "3\ttrue\n"},
    {"print(table.concat({ 1, 2.5, 'x' }, ', ', 2), #table.concat({}, 'x'), "
     "table.concat({ 'a' }, 'x', 2))",
     "2.5, x\t0\t\n"},
    {"goto done do print 'no' end ::done:: local x <const> = 5 local c <close> = nil print(x)",
     "5\n"},
};

static const script_case refused[] = {
    {"io.open('x')", "attempt to index a nil value (global 'io')"},
    {"os.exit(0, true)", "attempt to index a nil value (global 'os')"},
    {"debug.sethook()", "attempt to index a nil value (global 'debug')"},
    {"package.path = ''", "attempt to index a nil value (global 'package')"},
    {"dofile 'x'", "attempt to call a nil value (global 'dofile')"},
    {"loadfile 'x'", "attempt to call a nil value (global 'loadfile')"},
    {"string.dump(print)", "attempt to call a nil value (field 'dump')"},
    {"collectgarbage()", "only collectgarbage \"count\" is available"},
    {"collectgarbage 'stop'", "only collectgarbage \"count\" is available"},
    {"assert(load('\\27Lua'))", "attempt to load a binary chunk"},
    {"assert(load('return 1', '', 'b'))", "only texts can be loaded"},
    {"load(5)", "load: the source must be a text or a function, not the number 5"},
    {"assert(load([[error 'mine']], '=[moat] x'))()", "[string \"[moat] x\"]:1: mine"},
    {"load([[error 'mine']], '@script')()", "[string \"script\"]:1: mine"},
    {"load([[error 'mine']], ('long\\1'):rep(99))()", ": mine"},
    {"load [[error 'mine']] ()", "(load):1: mine"},
    {"assert(load('x = ', '@/etc/passwd'))", "[string \"/etc/passwd\"]:1: unexpected symbol"},
    {"require 'os'", "require: there is no module \"os\""},
    {"require '../../x'", "require: \"../../x\" is not a module's name"},
    {"require '/etc/passwd'", "is not a module's name"},
    {"require 'a..b'", "is not a module's name"},
    {"require(nil)", "require: the name must be a text, not nil"},
    {"getmetatable('').__index = 1", "attempt to index a boolean value"},
    {"getmetatable(q '1 $').__index = 1", "attempt to index a boolean value"},
    {"getmetatable(_G).__index = 1", "attempt to index a boolean value"},
    {"setmetatable(_G, {})", "setmetatable: this table is protected"},
    {"setmetatable(math, {})", "setmetatable: this table is protected"},
    {"setmetatable('x', {})", "setmetatable: the first argument must be a table"},
    {"setmetatable({}, { __gc = print })", "setmetatable: finalizers (__gc) are not available"},
    {"setmetatable(setmetatable({}, {}), {})", "has a metatable, which is set once and for all"},
    {"math.pi = 3", "this table is part of Moat: its field \"pi\" cannot be set"},
    {"rawset(string, 'len', 1)", "rawset: this table is protected"},
    {"table.insert(math, 1)", "this table is part of Moat"},
    {"print(next { [{}] = 1, [{}] = 2 })", "have no order that is the same in every run"},
    {"next(5)", "next: the first argument must be a table, not the number 5"},
    {"table.sort(5)", "sort: the list must be a table, not the number 5"},
    {"table.sort { 1, 'a' }", "attempt to compare"},
    {"table.sort { 2, 1, nil, 4 }", "attempt to compare"},
    {"table.sort({ 2, 1 }, function() error 'mine' end)", "mine"},
    {"table.sort({ 2, 1 }, 5)", "bad argument #2 to 'sort' (function expected, got number)"},
    {"table.sort({ 2, 1 }, function() return q '1 to 2' end)",
     "sort: the comparison gives true or false, not a quantity"},
    {"clamp(q '2 $', '3 $', '1 $')", "clamp: the lower bound 3 $ is above the upper bound 1 $"},
    {"clamp(5, 3, -1)", "clamp: the lower bound 3 is above the upper bound -1"},
    {"clamp(q '1 to 2 $', '3 $', 0)", "clamp: the lower bound 3 $ is above the upper bound 0"},
    {"q '1\\0'", "\"1\\x00\" is not a quantity"},
    {"q '1\\27[1m\\n'", "\"1\\x1b[1m\\x0a\" is not a quantity"},
    {"q '\\0\\0 x'", "here     \\x00\\x00 x     ^"},
    {"for k in pairs { [{}] = 1, [{}] = 2 } do end", "have no order that is the same in every run"},
    {"('x'):rep(1e10)", "rep: the result is too large (more than 67108864)"},
    {"('x'):rep(1 << 40, 'yy')", "rep: the result is too large"},
    {"table.move({}, 1, 2^40, 2)", "move: the result is too large"},
    {"table.unpack({}, 1, 1e8)", "unpack: the result is too large"},
    {"table.concat({}, '', 1, 2^53)", "concat: the result is too large"},
    {"table.sort(setmetatable({}, { __len = function() return 2^40 end }))",
     "sort: the result is too"},
    {"table.insert(setmetatable({}, { __len = function() return 2^40 end }), 1, 1)",
     "insert: the result is too large"},
    {"table.concat({ {} })", "invalid value (at index 1) in table for 'concat'"},
    {"table.concat({ ('x'):rep(1 << 25), ('x'):rep(1 << 25), 'x' })", "concat: the result is too"},
    {"local s = ('x'):rep(1 << 26) string.format('%s%s', s, s)", "format: the result is too large"},
    {"local s = ('x'):rep(1 << 26) string.pack('zz', s, s)", "pack: the result is too large"},
    {"('x'):find '('", "unfinished capture"},
    {"('x'):rep(300):find(('x?'):rep(300))", "pattern too complex"},
    {"coroutine.wrap(error)('mine')", "mine"},
    {"coroutine.close(coroutine.running())", "cannot close a running coroutine"},
    {"coroutine.close(1)", "bad argument #1 to 'close' (thread expected, got number)"},
    {"string.pack('c1000000000', 'x')", "pack: the result is too large"},
    {"('%p'):format({})", "format: %p is not available"},
    {"math.randomseed(5)", "math.randomseed: draws are those of the scenario's seed"},
    {"math.random(2, 1)", "random: there is no whole number from 2 to 1"},
    {"assert(load('return ' .. ('('):rep(1e6)))", "overflow"},
    {"local function f() return f() + 1 end f()", "stack overflow"},
    {"print(('x'):rep(50000000)) print(('x'):rep(50000000))", "has printed more than 64 MiB"},
};

Test(sandbox, has_what_scripts_need) {
    script_outcome outcome;
    script_expect_output(SCRIPT_COUNT(kept), kept);
    script_run("print(load('return ' .. ('('):rep(1000)))", &outcome);
    cr_expect_not_null(strstr(outcome.output, "nil\t"), "%s", outcome.output);
}

Test(sandbox, refuses_the_rest) {
    script_expect_error(SCRIPT_COUNT(refused), refused);
}

Test(sandbox, math_random_is_the_seed) {
    script_outcome first, second, third;
    script_run("settings { seed = 5 } print(math.random(1 << 60), math.random())", &first);
    script_run("settings { seed = 5 } print(math.random(1 << 60), math.random())", &second);
    script_run("settings { seed = 6 } print(math.random(1 << 60), math.random())", &third);
    cr_expect_str_eq(first.output, second.output);
    cr_expect_str_neq(first.output, third.output);
}

/* --- Files. */

static char folder[64];

static void make_folder(void) {
    strcpy(folder, "/tmp/moat_test_XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
}

static void path_of(const char *name, char path[128]) {
    snprintf(path, 128, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text) {
    char path[128];
    path_of(name, path);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    fputs(text, file);
    fclose(file);
}

static void remove_folder(void) {
    static const char *const names[] = {"main.lua", "part.lua", "sub/deep.lua", "loop.lua",
                                        "bad.lua",  "out.lua",  "sub",          "pipe.lua",
                                        "kind.lua", "in.lua"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        path_of(names[i], path);
        remove(path);
    }
    rmdir(folder);
}

static void append(void *context, const char *text, size_t length) {
    script_outcome *outcome = context;
    strncat(outcome->output, text, length);
}

static const char module_text[] = "local m = {} function m.twice(x) return x * 2 end "
                                  "function m.fail(x) return x + '1 GW' end return m";

static const moat_lua_module modules[] = {{"double", NULL, module_text, sizeof module_text - 1},
                                          {NULL}};

/* Runs main.lua of the folder. */
static void run_main(const char *text, script_outcome *outcome) {
    char path[128];
    write_file("main.lua", text);
    path_of("main.lua", path);
    memset(outcome, 0, sizeof *outcome);
    moat_model *model = moat_model_new(NULL);
    moat_lua_options options = {
        .print = append, .warn = append, .context = outcome, .modules = modules};
    moat_lua *lua = moat_lua_new(model, &options, &outcome->error);
    cr_assert_not_null(lua, "%s", outcome->error.message);
    outcome->status = moat_lua_run_file(lua, path, &outcome->error);
    outcome->place = *moat_lua_script_error(lua);
    moat_lua_free(lua);
    moat_model_free(model);
}

static void expect_main(const char *text, const char *output) {
    script_outcome outcome;
    run_main(text, &outcome);
    cr_expect_eq(outcome.status, MOAT_OK, "%s: %s", text, outcome.error.message);
    cr_expect_str_eq(outcome.output, output, "%s printed %s", text, outcome.output);
}

static void expect_main_error(const char *text, const char *name, int line, const char *message) {
    script_outcome outcome;
    char file[128], whole[256];
    run_main(text, &outcome);
    path_of(name, file);
    snprintf(whole, sizeof whole, "%s:%d: ", file, line);
    cr_expect_neq(outcome.status, MOAT_OK, "%s did not fail", text);
    cr_expect_str_eq(outcome.place.file, file, "%s", text);
    cr_expect_eq(outcome.place.line, line, "%s: %s", text, outcome.error.message);
    cr_expect_not_null(strstr(outcome.place.message, message), "%s: %s", text,
                       outcome.place.message);
    cr_expect_eq(strncmp(outcome.error.message, whole, strlen(whole)), 0, "%s: %s", text,
                 outcome.error.message);
}

Test(sandbox, files) {
    char path[128];
    make_folder();
    path_of("sub", path);
    mkdir(path, 0700);
    path_of("out.lua", path);
    cr_assert_eq(symlink("/etc/hostname", path), 0);
    write_file("part.lua", "loads = (loads or 0) + 1 return { x = 5 }");
    write_file("sub/deep.lua", "return q '7 GW'");
    write_file("loop.lua", "return require 'loop'");
    write_file("bad.lua", "\n\nlocal x = q '1 $' + '1 GW'");

    expect_main(
        "#!/usr/bin/env moat\nprint(require('part').x, require 'part' == require 'part', loads, "
        "require 'sub.deep', require 'sub/deep')",
        "5\ttrue\t1\t7 GW\t7 GW\n");
    expect_main("\xEF\xBB\xBFprint 'marked'", "marked\n");
    expect_main("print(double.twice(4), require 'double' == double)", "8\ttrue\n");
    expect_main("warn('careful', '!')", "careful!\n");

    expect_main_error("\nlocal x = 5 +", "main.lua", 2, "unexpected symbol near <eof>");
    expect_main_error("\n\n\nerror 'mine'", "main.lua", 4, "mine");
    expect_main_error("\nerror('bare', 0)", "main.lua", 2, "bare");
    expect_main_error("\nrequire 'bad'", "bad.lua", 3, "cannot add $ and GW");
    write_file("bad.lua", "\n\nlocal x = q('1 $'):above(2) and 5");
    expect_main_error("\nrequire 'bad'", "bad.lua", 3, "`and` does not combine conditions");
    expect_main_error("require 'none'", "main.lua", 1,
                      "require: there is no module \"none\" and no file");
    expect_main_error("require 'loop'", "loop.lua", 1, "require: \"loop\" requires itself");
    expect_main_error("require 'out'", "main.lua", 1, "is outside of the script's folder");
    expect_main_error("\ndouble.fail(q '1 $')", "main.lua", 2, "cannot add $ and GW");
    expect_main_error("local c = coroutine.wrap(function()\n error 'in' end) c()", "main.lua", 2,
                      "in");
    remove_folder();
}

/* A FIFO would wait for a writer and a device never end. */
Test(sandbox, only_regular_files_are_read) {
    script_outcome outcome;
    char path[128];
    make_folder();
    write_file("part.lua", "return 5");
    path_of("pipe.lua", path);
    cr_assert_eq(mkfifo(path, 0600), 0);
    path_of("kind.lua", path);
    mkdir(path, 0700);
    path_of("in.lua", path);
    cr_assert_eq(symlink("part.lua", path), 0);
    expect_main("print(require 'in')", "5\n");
    expect_main_error("require 'pipe'", "main.lua", 1, "cannot be read: it is not a regular file");
    expect_main_error("require 'kind'", "main.lua", 1, "cannot be read: it is a folder");
    moat_model *model = moat_model_new(NULL);
    moat_lua *lua = moat_lua_new(model, NULL, NULL);
    cr_expect_eq(moat_lua_run_file(lua, "/dev/zero", &outcome.error), MOAT_SYSTEM);
    cr_expect_str_eq(outcome.error.message, "/dev/zero cannot be read: it is not a regular file");
    moat_lua_free(lua);
    moat_model_free(model);
    remove_folder();
}

/* An embedder that shows the line of an error must not be told of a file by the script. */
Test(sandbox, scripts_name_no_files) {
    static const struct {
        const char *text, *file;
        bool is_file;
    } rows[] = {
        {"local x = q '1 $' + '1 GW'", "main.lua", true},
        {"require 'bad'", "bad.lua", true},
        {"load(\"\\n\\nlocal x = q'1 $' + q'1 GW'\", '@/etc/passwd')()", "[string \"/etc/passwd\"]",
         false},
        {"load('x = = 5', '=/etc/passwd') error('/etc/passwd:3: x', 0)", "main.lua", true},
    };
    make_folder();
    write_file("bad.lua", "\n\nlocal x = q '1 $' + '1 GW'");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        script_outcome outcome;
        char file[128];
        run_main(rows[i].text, &outcome);
        path_of(rows[i].file, file);
        cr_expect_eq(outcome.status, MOAT_INVALID, "%s", rows[i].text);
        cr_expect_str_eq(outcome.place.file, rows[i].is_file ? file : rows[i].file, "%s",
                         rows[i].text);
        cr_expect_eq(outcome.place.is_file, rows[i].is_file, "%s", rows[i].text);
        cr_expect(outcome.place.line == 1 || outcome.place.line == 3, "%s", rows[i].text);
        cr_expect_null(strstr(outcome.place.message, "[string"), "%s: %s", rows[i].text,
                       outcome.place.message);
    }
    remove_folder();
}

Test(sandbox, long_paths_are_whole) {
    script_outcome outcome = {0};
    char path[256];
    make_folder();
    snprintf(path, sizeof path, "%s/%0*d", folder, 80, 0);
    cr_assert_eq(mkdir(path, 0700), 0);
    char file[300];
    snprintf(file, sizeof file, "%s/x.lua", path);
    FILE *out = fopen(file, "w");
    cr_assert_not_null(out);
    fputs("\n\nlocal x = nil + 1", out);
    fclose(out);
    moat_model *model = moat_model_new(NULL);
    moat_lua *lua = moat_lua_new(model, NULL, NULL);
    cr_expect_eq(moat_lua_run_file(lua, file, &outcome.error), MOAT_INVALID);
    cr_expect_str_eq(moat_lua_script_error(lua)->file, file);
    cr_expect_eq(moat_lua_script_error(lua)->line, 3);
    cr_expect_eq(moat_lua_run_file(lua, "/nonexistent.lua", &outcome.error), MOAT_SYSTEM);
    cr_expect_str_eq(outcome.error.message,
                     "/nonexistent.lua cannot be read: No such file or directory");
    cr_expect_eq(moat_lua_run_text(lua, "\nlocal x = nil + 1", 18, file, &outcome.error),
                 MOAT_INVALID);
    cr_expect_str_eq(moat_lua_script_error(lua)->file, file);
    cr_expect_str_eq(moat_lua_script_error(lua)->message,
                     "attempt to perform arithmetic on a nil value");
    moat_lua_free(lua);
    moat_model_free(model);
    remove(file);
    rmdir(path);
    rmdir(folder);
}

Test(sandbox, statuses) {
    script_outcome outcome;
    script_run("local x = = 5", &outcome);
    cr_expect_eq(outcome.status, MOAT_SYNTAX, "%s", outcome.error.message);
    script_run("error 'x'", &outcome);
    cr_expect_eq(outcome.status, MOAT_INVALID);
    script_run("error {}", &outcome);
    cr_expect_str_eq(outcome.error.message,
                     "script:1: the script raised a table as an error: raise a "
                     "text");
    script_run("print(sumary)  local y = revenu * 2", &outcome);
    cr_expect_not_null(strstr(outcome.error.message, "(global 'revenu')"), "%s",
                       outcome.error.message);
    script_run("revenue = 5  local y = revenu * 2", &outcome);
    cr_expect_not_null(strstr(outcome.error.message, "did you mean \"revenue\"?"), "%s",
                       outcome.error.message);
}

/* --- Lua's own words on conditions. `a` and `b` are quantities, `c` and `f` anything. */

static const script_case misused[] = {
    {"local x = a:above '3 GW' and a:below '4 GW'",
     "script:1: `and` does not combine conditions: write c1 & c2, each in parentheses where "
     "precedence needs it"},
    {"local x = a:above '3 GW' or a:below '4 GW'",
     "`or` does not combine conditions: write c1 | c2"},
    {"local x = not a:above '3 GW'", "`not` does not negate a condition: write ~c"},
    {"local x = a.b.c:at_least(f(1, { 2 })) and c", "`and` does not combine"},
    {"f(c, a:at_most(3) and c)", "`and` does not combine"},
    {"local t = { a:equals [[x]] and c }", "`and` does not combine"},
    {"return (a:above(1)) and (b:below(2))", "`and` does not combine"},
    {"return ((a:above(1) | c)) or b:below(2)", "`or` does not combine"},
    {"return a:above(1) & c and c", "`and` does not combine"},
    {"return ~a:above(1) and c", "`and` does not combine"},
    {"return a:above(1)[t] and c", "`and` does not combine"},
    {"return a:sum():above(1) and c", "`and` does not combine"},
    {"return f 'x':above(1) and c", "`and` does not combine"},
    {"return c and a:above(1) and b:above(2)", "`and` does not combine"},
    {"return c and a:above(1) or b:above(2) or c", "`or` does not combine"},
    {"return c or a:above(1) or b:above(2)", "`or` does not combine"},
    {"return not (a:above(1) & c)", "`not` does not negate"},
    {"return not f():above(1) == c", "`not` does not negate"},
    {"if a:above(1) then end", "`if` takes every condition for true"},
    {"if c then elseif (a:above(1)) then end", "`if` takes every condition for true"},
    {"while a:above(1) & c do end", "`if` takes every condition for true"},
    {"repeat until a:above(1)", "`if` takes every condition for true"},
    {"repeat until a:above(1) c = 3", "`if` takes every condition for true"},
    {"if c then local g = function() return a:above(1) and c end end", "`and` does not combine"},
};

/* None of these is a mistake, or none that shows. */
static const char *const not_misused[] = {
    "return c and a:above(1)",
    "return c and a:above(1) or b:above(2)",
    "return c ~= nil and not c or a:above(1)",
    "if c and a:above(1) then end",
    "if c == a:above(1) and c then end",
    "if #a:above(1) > 3 and c then end",
    "if a:above(1):first_when() and c then end",
    "return a.above(1) and c",
    "return a:above { 1 } and c",
    "return a:over(1) and c",
    "return f(a:above(1)) and c, f { a:above(1) } or c, c[a:above(1)] and c",
    "return (c and a:above(1)) and c",
    "return not c and a:above(1), not f(a:above(1)), not (c and a:above(1)), not c == a:above(1)",
    "return 'a:above(1) and c', \"\\\"a:above(1) and c\", [==[]]a:above(1) and c]==]",
    "-- a:above(1) and c\n--[[ a:above(1)\nand ]] return c and 0x1p+3 and 1e-3 and 1 .. c",
    "local x = a:above(1) c = c and c",
    "local x = a:above(1) local y = not c a:above(1) return y or x",
    "local x <const> = a:above(1) goto on ::on:: return x",
    "function f:above(y) return y and c end",
    "function f:above(y) c = c and c end if c then c = a:above(1) end",
    "if f(function() if c then return a:above(1) end end) then end",
    "for t = 1, 2 do local x = a:above(1) end while c do c = a:above(1) end",
    "return ... and c, function(...) return ... end",
    "return a[1] & c, a | c, c and a & c",
};

static bool loads(const char *text, script_outcome *outcome) {
    char script[512];
    snprintf(script, sizeof script, "do return end %s%s", text[0] == '-' ? "\n" : "do ", text);
    if (text[0] != '-')
        strcat(script, " end");
    script_run(script, outcome);
    return outcome->status == MOAT_OK;
}

Test(sandbox, conditions_are_not_for_and_or_not) {
    script_outcome outcome;
    script_expect_error(SCRIPT_COUNT(misused), misused);
    for (size_t i = 0; i < sizeof not_misused / sizeof *not_misused; i++)
        cr_expect(loads(not_misused[i], &outcome), "%s\n  %s", not_misused[i],
                  outcome.error.message);
    script_run("local a = 5\nlocal s = [[\n]] -- x\n\nreturn a:above(1)\nand a", &outcome);
    cr_expect_eq(outcome.place.line, 6, "%s", outcome.error.message);
    script_run("print(load 'return a:above(1) and c')", &outcome);
    cr_expect_str_eq(outcome.error.message, "");
}

Test(sandbox, rates_without_a_unit_are_doubted_once) {
    static const char text[] = "horizon { periods = 2 } local s = grow('1 $', 10) s:npv(10) "
                               "grow('1 $', '1000 %') grow('1 $', 2)";
    script_outcome outcome = {0};
    moat_model *model = moat_model_new(NULL);
    moat_lua *lua =
        moat_lua_new(model, &(moat_lua_options){.warn = append, .context = &outcome}, NULL);
    cr_expect_eq(moat_lua_run_text(lua, text, sizeof text - 1, "script", &outcome.error), MOAT_OK,
                 "%s", outcome.error.message);
    cr_expect_str_eq(outcome.output, "script:1: grow: the rate 10 without a unit is 1000 % a year; "
                                     "write \"10 %/yr\"\n");
    moat_lua_free(lua);
    moat_model_free(model);
}

/* An interrupted evaluation ends the run, whatever the script catches. */
Test(sandbox, an_interrupted_run_is_not_caught) {
    static const char text[] = "local x = assume('x', '1 to 2') "
                               "print(pcall(summary, x)) print(pcall(summary, x)) print 'on'";
    script_outcome outcome = {0};
    atomic_int cancel = 1;
    moat_model *model = moat_model_new(NULL);
    moat_model_set_cancel(model, &cancel);
    moat_lua *lua =
        moat_lua_new(model, &(moat_lua_options){.print = append, .context = &outcome}, NULL);
    cr_expect_eq(moat_lua_run_text(lua, text, sizeof text - 1, "script", &outcome.error),
                 MOAT_INTERRUPTED);
    cr_expect_str_eq(outcome.output, "");
    cancel = 0;
    cr_expect_eq(moat_lua_run_text(lua, "print 'again'", 13, "script", &outcome.error), MOAT_OK);
    cr_expect_str_eq(outcome.output, "again\n");
    moat_lua_free(lua);
    moat_model_free(model);
}

Test(sandbox, interactive_entries) {
    static const struct {
        const char *text;
        const char *output;
        moat_status status;
        bool incomplete;
    } entries[] = {
        {"1 + 1", "2\n", MOAT_OK, false},
        {"x = q '5 GW'", "", MOAT_OK, false},
        {"x, x * 2", "5 GW\t10 GW\n", MOAT_OK, false},
        {"for i = 1, 2 do", "", MOAT_OK, true},
        {"print(", "", MOAT_OK, true},
        {"for i = 1, 2 do print(i) end", "1\n2\n", MOAT_OK, false},
        {"y = = 5", "", MOAT_SYNTAX, false},
        {"x + '1 $'", "", MOAT_INVALID, false},
        {"x:above(1) and x", "", MOAT_INVALID, false},
        {"if x:above(1) then end", "", MOAT_INVALID, false},
        {"x:above '1 GW' & true", "true\n", MOAT_OK, false},
        {"assume('a', '5 $bnn')", "", MOAT_INVALID, false},
        {"assume('a', '5 $bn')", "5 $bn\n", MOAT_OK, false},
        {"", "", MOAT_OK, false},
    };
    script_outcome outcome = {0};
    bool incomplete;
    moat_model *model = moat_model_new(NULL);
    moat_lua *lua =
        moat_lua_new(model, &(moat_lua_options){.print = append, .context = &outcome}, NULL);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const char *text = entries[i].text;
        outcome.output[0] = '\0';
        moat_status status =
            moat_lua_interpret(lua, text, strlen(text), "entry", &incomplete, &outcome.error);
        cr_expect_eq(status, entries[i].status, "%s: %s", text, outcome.error.message);
        cr_expect_eq(incomplete, entries[i].incomplete, "%s", text);
        cr_expect_str_eq(outcome.output, entries[i].output, "%s printed %s", text, outcome.output);
    }
    moat_lua_free(lua);
    moat_model_free(model);
}
