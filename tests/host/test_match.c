/* The matcher of patterns is Lua's own to the last error, and it can be stopped. */
#include <criterion/criterion.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"

/* Random patterns on random texts, with Lua's own library as `stock`: all results and all errors
 * must be the same. What is drawn is the same in every run. */
static const char compare[] =
    "local state = seed or 1\n"
    "local function draw(n)\n"
    "  state = (state * 1103515245 + 12345) % 2147483648\n"
    "  return (state >> 8) % n + 1\n"
    "end\n"
    "local function pick(list) return list[draw(#list)] end\n"
    "local items = { 'a', 'b', 'A', '.', '%a', '%A', '%w', '%W', '%s', '%S', '%d', '%D', '%p',\n"
    "  '%P', '%c', '%C', '%g', '%G', '%l', '%L', '%u', '%U', '%x', '%X', '%z', '%]', '%%', '%-',\n"
    "  '[ab]', '[^a]', '[a-c]', '[]]', '[^]]', '[%a-]', '[a-]', '[-a]', '[%]a]', '[%W]', '[%z]',\n"
    "  '[b-a]', '[a%-z]', '[%', '[', '[^', '[]', '[a', ']', '%', '%b()', '%bab', '%b', '%ba',\n"
    "  '%f[a]', '%f[^a]', '%f[%z]', '%f', '%fa', '%f[', '%1', '%2', '%0', '%9', '(', ')', '()',\n"
    "  '(a)', '(.)', '(a*)', '(.-)', '^', '$', '\\0', '\\255', '%\\0', ' ', '-', '*', '?', '+' }\n"
    "local repeats = { '', '', '', '*', '+', '-', '?' }\n"
    "local letters = { 'a', 'a', 'b', 'c', 'A', '(', ')', '[', ']', '%', '-', ' ', '1', '\\0',\n"
    "  '\\255', '\\n', '.', '^', '$' }\n"
    "local replacements = { 'x', '', '%0', '%1', '%2', '<%0%1>', '%%', '%', '%a', 5, '%9',\n"
    "  function(a, b) return b end, function(...) return ... end, function() return false end,\n"
    "  function() return {} end, { a = 'A', b = false, [''] = 'e', [1] = 'one' }, { a = {} },\n"
    "  setmetatable({}, { __index = function(_, k) return '<' .. k .. '>' end }) }\n"
    "local starts = { 1, 1, 1, 2, 3, -1, -2, 0, -9, 9, 99, math.maxinteger, math.mininteger }\n"
    "local function text(list, most, ends)\n"
    "  local parts = {}\n"
    "  for i = 1, draw(most + 1) - 1 do\n"
    "    parts[i] = pick(list) .. (ends and pick(ends) or '')\n"
    "  end\n"
    "  return table.concat(parts)\n"
    "end\n"
    "local function all(library, s, p, init, r, n)\n"
    "  local words, count = {}, 0\n"
    "  local function note(...)\n"
    "    for i = 1, select('#', ...) do words[#words + 1] = tostring((select(i, ...))) end\n"
    "    words[#words + 1] = ';'\n"
    "  end\n"
    "  note(pcall(library.find, s, p, init))\n"
    "  note(pcall(library.find, s, p, init, true))\n"
    "  note(pcall(library.match, s, p, init))\n"
    "  note(pcall(library.gsub, s, p, r, n))\n"
    "  note(pcall(library.gsub, s, p, r))\n"
    "  note(pcall(function()\n"
    "    for a, b in library.gmatch(s, p, init) do\n"
    "      count = count + 1\n"
    "      if count <= 20 then note(a, b) end\n"
    "    end\n"
    "  end))\n"
    "  return table.concat(words, ' ')\n"
    "end\n"
    "for i = 1, cases do\n"
    "  local s, p = text(letters, 8), text(items, 4, repeats)\n"
    "  local kind = draw(30) -- both take long for long ones of the wrong kind\n"
    "  if kind == 1 then s, p = s:sub(1, 2), text(items, 1, repeats):rep(300) end\n"
    "  if kind == 2 then s, p = s:rep(30), text(items, 2, repeats) end\n"
    "  local init, r, n = pick(starts), pick(replacements), pick { 0, 1, 2, -1, 99 }\n"
    "  local ours, theirs = all(string, s, p, init, r, n), all(stock, s, p, init, r, n)\n"
    "  if ours ~= theirs then\n"
    "    error(('case %d: %q on %q from %d: %s, not %s'):format(i, p:sub(1, 60), s:sub(1, 60),\n"
    "      init, ours:gsub('%z', '\\\\0'), (theirs:gsub('%z', '\\\\0'))))\n"
    "  end\n"
    "end\n"
    "for _, call in ipairs {\n"
    "  function(l) return l.find() end, function(l) return l.find 'a' end,\n"
    "  function(l) return l.match({}, 'a') end, function(l) return l.gsub('a', 'b') end,\n"
    "  function(l) return l.gsub('a', 'a', true) end, function(l) return l.gmatch('a', {}) end,\n"
    "  function(l) return l.gsub('a', 'a', 'b', 'c') end, function(l) return l.find(5, 5) end,\n"
    "  function(l) return l.find('a', 'a', 1.5) end, function(l) return l.gsub(12, 1, 3) end } do\n"
    "  local ok, ours = pcall(call, string)\n"
    "  local same, theirs = pcall(call, stock)\n"
    "  assert(ok == same and ours == theirs, tostring(ours) .. ', not ' .. tostring(theirs))\n"
    "end\n";

static int give_stock(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_ENVIRONMENT);
    luaL_requiref(L, "stock string", luaopen_string, 0);
    lua_setfield(L, -2, "stock");
    lua_pushinteger(L, lua_tointeger(L, 1));
    lua_setfield(L, -2, "cases");
    lua_pushinteger(L, lua_tointeger(L, 2));
    lua_setfield(L, -2, "seed");
    return 0;
}

static long long number_of(const char *name, long long otherwise) {
    const char *text = getenv(name);
    return text != NULL ? strtoll(text, NULL, 10) : otherwise;
}

/* MOAT_MATCH_CASES and MOAT_MATCH_SEED try more and others. */
Test(match, is_that_of_lua) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_lua *lua = moat_lua_new(model, NULL, &error);
    cr_assert_not_null(lua);
    lua_State *L = lua->L;
    lua_pushcfunction(L, give_stock);
    lua_pushinteger(L, number_of("MOAT_MATCH_CASES", 100000));
    lua_pushinteger(L, number_of("MOAT_MATCH_SEED", 1));
    cr_assert_eq(lua_pcall(L, 2, 0, 0), LUA_OK);
    cr_expect_eq(moat_lua_run_text(lua, compare, strlen(compare), "compare", &error), MOAT_OK, "%s",
                 error.message);
    moat_lua_free(lua);
    moat_model_free(model);
}
