/* The library as a whole: what its modules say of their functions is true. */
#include <criterion/criterion.h>

#include "modules.h"
#include "script.h"

Test(modules, every_example_of_the_manual_runs) {
    moat_error error;
    size_t groups = 0;
    moat_model *model = moat_model_new(&error);
    cr_assert_not_null(model, "%s", error.message);
    moat_lua *lua = moat_lua_new(model, &(moat_lua_options){.modules = moat_modules}, &error);
    cr_assert_not_null(lua, "%s", error.message);
    cr_assert_eq(moat_lua_load_library(lua, &error), MOAT_OK, "%s", error.message);
    const moat_lua_group *group;
    for (; (group = moat_lua_library_group(lua, groups)) != NULL; groups++)
        script_check_group(moat_modules, group);
    cr_expect_gt(groups, 0, "no module has registered anything");
    moat_lua_free(lua);
    moat_model_free(model);
}
