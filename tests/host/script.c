#include "script.h"

#include <criterion/criterion.h>
#include <string.h>

static void append(void *context, const char *text, size_t length) {
    script_outcome *outcome = context;
    size_t used = strlen(outcome->output);
    size_t room = sizeof outcome->output - used - 1;
    memcpy(outcome->output + used, text, length < room ? length : room);
}

void script_run(const char *text, script_outcome *outcome) {
    script_run_with(NULL, text, outcome);
}

void script_run_with(const moat_lua_module *modules, const char *text, script_outcome *outcome) {
    memset(outcome, 0, sizeof *outcome);
    moat_model *model = moat_model_new(&outcome->error);
    cr_assert_not_null(model, "%s", outcome->error.message);
    moat_lua_options options = {.print = append, .context = outcome, .modules = modules};
    moat_lua *lua = moat_lua_new(model, &options, &outcome->error);
    cr_assert_not_null(lua, "%s", outcome->error.message);
    outcome->status = moat_lua_run_text(lua, text, strlen(text), "script", &outcome->error);
    outcome->place = *moat_lua_script_error(lua);
    moat_lua_free(lua);
    moat_model_free(model);
}

void script_check_group(const moat_lua_module *modules, const moat_lua_group *group) {
    script_outcome outcome;
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++) {
        cr_expect(f->usage != NULL && f->doc != NULL, "%s has no documentation", f->name);
        if (f->example == NULL)
            continue;
        script_run_with(modules, f->example, &outcome);
        cr_expect_eq(outcome.status, MOAT_OK, "the example of %s fails: %s", f->name,
                     outcome.error.message);
        cr_expect_str_eq(outcome.output, f->result, "the example of %s prints %s, not %s", f->name,
                         outcome.output, f->result);
    }
}

void script_expect_output(size_t count, const script_case *cases) {
    script_outcome outcome;
    for (size_t i = 0; i < count; i++) {
        script_run(cases[i].text, &outcome);
        cr_expect_eq(outcome.status, MOAT_OK, "%s\n  failed: %s", cases[i].text,
                     outcome.error.message);
        if (outcome.status != MOAT_OK)
            continue;
        cr_expect_str_eq(outcome.output, cases[i].expected, "%s\n  printed  %s  and not  %s",
                         cases[i].text, outcome.output, cases[i].expected);
    }
}

void script_expect_error(size_t count, const script_case *cases) {
    script_outcome outcome;
    for (size_t i = 0; i < count; i++) {
        script_run(cases[i].text, &outcome);
        cr_expect_neq(outcome.status, MOAT_OK, "%s\n  did not fail; it printed %s", cases[i].text,
                      outcome.output);
        if (outcome.status == MOAT_OK)
            continue;
        cr_expect_not_null(strstr(outcome.error.message, cases[i].expected),
                           "%s\n  failed with  %s\n  and not     %s", cases[i].text,
                           outcome.error.message, cases[i].expected);
        cr_expect_eq(outcome.place.line, 1, "%s\n  failed at line %d: %s", cases[i].text,
                     outcome.place.line, outcome.error.message);
    }
}
