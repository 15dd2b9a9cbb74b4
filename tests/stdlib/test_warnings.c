/* What the library warns of: what it says is what to write instead. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "moat/lua.h"
#include "modules.h"

typedef struct {
    const char *value;
    const char *warning; /* NULL: none */
} menu_case;

static const menu_case menus[] = {
    {"assume('v', 'uniform(0, 50) $/mo')", "value = dist.uniform(\"0 $/mo\", \"50 $/mo\")"},
    {"assume('v', 'uniform(0, 50) $/mo')", "or add spread = 0.5"},
    {"dist.uniform(0, 50) * q '1 $/mo'", "value = dist.uniform(\"0 $/mo\", \"50 $/mo\")"},
    {"dist.uniform('0 $/mo', '50 $/mo')", NULL},
    {"'uniform(0, 50) $/mo'", NULL},
    {"'20 $/mo'", NULL},
    {"assume('v', 'uniform(0, 50) $/mo'), spread = 0.5", NULL},
};

typedef struct {
    char text[1024];
} warnings;

static void append(void *context, const char *text, size_t length) {
    warnings *said = context;
    const size_t used = strlen(said->text), room = sizeof said->text - used - 1;
    memcpy(said->text + used, text, length < room ? length : room);
}

static void expect_warning(const menu_case *wanted) {
    moat_error error;
    warnings said = {0};
    char script[256];
    snprintf(script, sizeof script,
             "pricing.menu { value = %s, { name = 'pro', price = '20 $/mo' } }:share()",
             wanted->value);
    moat_model *model = moat_model_new(&error);
    cr_assert_not_null(model, "%s", error.message);
    const moat_lua_options options = {.warn = append, .context = &said, .modules = moat_modules};
    moat_lua *lua = moat_lua_new(model, &options, &error);
    cr_assert_not_null(lua, "%s", error.message);
    cr_expect_eq(moat_lua_run_text(lua, script, strlen(script), "script", &error), MOAT_OK,
                 "%s fails: %s", script, error.message);
    if (wanted->warning == NULL)
        cr_expect_str_empty(said.text, "%s warns: %s", script, said.text);
    else
        cr_expect_not_null(strstr(said.text, wanted->warning), "%s warns of '%s', not of '%s'",
                           script, said.text, wanted->warning);
    moat_lua_free(lua);
    moat_model_free(model);
}

Test(warnings, a_menu_of_one_draw_says_how_to_write_a_population) {
    for (size_t i = 0; i < sizeof menus / sizeof menus[0]; i++)
        expect_warning(&menus[i]);
}
