/* What ends a run from outside, and that nothing of it stays. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "moat/lua.h"

static const char *const scripts[] = {
    "local t = {} for i = 1, 100 do t[i] = { i } end",
    "local x = assume('x', '1 to 2 $') output('y', x * 2) print(x)",
    "error 'x'",
    "error(setmetatable({}, { __tostring = function() error 'y' end }))",
    "x = = 1",
    "local c = coroutine.wrap(function() coroutine.yield(1) end) c()",
    "string.find('a', '[')",
    "horizon { periods = 4, step = 'year' } output('x', noise 'x') summary(noise 'y')",
    "local x <close> = setmetatable({}, { __close = function() error 'z' end }) error 'x'",
    "pricing.tiers { { price = '3 $' } }:charge(5)",
};

enum { SCRIPTS = sizeof scripts / sizeof *scripts };

static moat_error error;

static moat_status run(moat_model *model, const char *text) {
    moat_lua *lua = moat_lua_new(model, NULL, &error);
    if (lua == NULL)
        return error.status;
    const moat_status status = moat_lua_run_text(lua, text, strlen(text), "script", &error);
    moat_lua_free(lua);
    return status;
}

static size_t resident_pages(void) {
    unsigned long total = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL && fscanf(file, "%lu %lu", &total, &resident) != 2)
        resident = 0;
    if (file != NULL)
        fclose(file);
    return resident;
}

Test(limits, thousands_of_scripts_leave_nothing) {
    const char *sanitizer = getenv("MOAT_SANITIZE"); /* which keeps what has been freed */
    const bool is_watched = sanitizer != NULL && sanitizer[0] != '\0';
    size_t before = 0;
    for (int i = 0; i < (is_watched ? 500 : 5000); i++) {
        moat_model *model = moat_model_new(&error);
        cr_assert_not_null(model);
        run(model, scripts[i % SCRIPTS]);
        moat_model_free(model);
        if (i == 500)
            before = resident_pages();
    }
    const size_t after = resident_pages();
    cr_expect(is_watched || after <= before + (1u << 20) / (size_t)sysconf(_SC_PAGESIZE),
              "%zu pages are %zu after all", before, after);
}

/* What a state took is given back to the budget, to the byte. */
Test(limits, states_give_back_what_they_took) {
    for (int i = 0; i < SCRIPTS; i++) {
        moat_model *model = moat_model_new(&error);
        moat_budget *budget = moat_model_budget(model);
        const uint64_t before = budget->used;
        moat_lua *lua = moat_lua_new(model, NULL, &error);
        const uint64_t fresh = budget->used;
        cr_expect_gt(fresh, before + 10000, "Lua's memory is counted");
        moat_lua_free(lua);
        cr_expect_eq(budget->used, before);
        moat_model_free(model);
    }
}

/* Whatever the limit, a script ends well or with a limit's error, and the model goes on. */
Test(limits, every_limit_of_memory_is_met) {
    const char *text = "local t = {} for i = 1, 3000 do t[i] = { tostring(i) .. 'x' } end "
                       "local x = assume('x', '1 to 2 $') for i = 1, 300 do x = x * 1.5 + x end "
                       "output('y', x) print(('x'):rep(1000):gsub('x', '%0%0'))";
    size_t fine = 0, refused = 0;
    for (uint64_t limit = 1 << 14; limit < 1 << 22; limit += limit / 16) {
        moat_model *model = moat_model_new(&error);
        moat_model_set_memory_limit(model, limit);
        const moat_status status = run(model, text);
        cr_expect(status == MOAT_OK || status == MOAT_LIMIT, "at %zu bytes: %d, %s", (size_t)limit,
                  (int)status, error.message);
        fine += status == MOAT_OK;
        refused += status == MOAT_LIMIT;
        moat_model_set_memory_limit(model, 0);
        cr_expect_eq(run(model, "local y = assume('z', '1 to 2') * 2"), MOAT_OK, "%s",
                     error.message);
        moat_model_free(model);
    }
    cr_expect(fine > 0 && refused > 0, "%zu fine, %zu refused", fine, refused);
}

typedef struct flag_after {
    atomic_int cancel;
    int lines;
} flag_after;

static void count_line(void *context, const char *text, size_t length) {
    flag_after *flag = context;
    (void)text;
    (void)length;
    if (++flag->lines == 3)
        atomic_store(&flag->cancel, 1);
}

static const char *const endless[] = {
    "while true do print 'x' end",
    "while true do pcall(print, 'x') end",
    "while true do pcall(error, print 'x') end",
    "while true do coroutine.wrap(function() print 'x' end)() end",
    "string.gsub(('x'):rep(1e6), 'x', function() print 'x' end)",
    "print 'x' print 'x' table.sort({ 2, 1 }, function() print 'x' while true do end end)",
    "load(function() print 'x' return ' ' end)",
    "print 'x' print 'x' print 'x' string.find(('a'):rep(1e5), ('.-'):rep(8) .. 'b')",
    "xpcall(error, function() while true do print 'x' end end)",
    "local x <close> = setmetatable({}, { __close = function() while true do print 'x' end end })",
};

/* The flag ends a run whatever it does, and the state is as good as new. */
Test(limits, flags_end_runs) {
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
        flag_after flag = {.lines = 0};
        moat_model *model = moat_model_new(&error);
        moat_model_set_cancel(model, &flag.cancel);
        moat_lua *lua =
            moat_lua_new(model, &(moat_lua_options){.print = count_line, .context = &flag}, &error);
        cr_assert_not_null(lua);
        cr_expect_eq(moat_lua_run_text(lua, endless[i], strlen(endless[i]), "script", &error),
                     MOAT_INTERRUPTED, "%s: %s", endless[i], error.message);
        cr_expect_eq(moat_lua_script_error(lua)->line, 1, "%s", endless[i]);
        atomic_store(&flag.cancel, 0);
        const char *next = "local s = 0 for i = 1, 1e5 do s = s + i end assert(s == 5000050000)";
        cr_expect_eq(moat_lua_run_text(lua, next, strlen(next), "next", &error), MOAT_OK, "%s",
                     error.message);
        moat_lua_free(lua);
        moat_model_free(model);
    }
}
