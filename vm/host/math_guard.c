/* What functions of Lua's own library of mathematics, kept for numbers, do with quantities. */
#include "bind.h"
#include "state.h"

/* The remainder of the sizes, with the sign of the dividend. */
static int remainder_of(lua_State *L) {
    enum { DIVIDEND = 1, DIVISOR, SIZE, STEP, POSITIVE, NEGATIVE, ZERO, IS_NEGATIVE };
    if (!moatl_is_quantity(L, DIVIDEND) && !moatl_is_quantity(L, DIVISOR))
        return moatl_call_guarded(L);
    moatl_check(L, DIVIDEND, "the dividend");
    moatl_check(L, DIVISOR, "the divisor");
    lua_settop(L, DIVISOR);
    moatl_apply1(L, MOAT_ABS, DIVIDEND);
    moatl_apply1(L, MOAT_ABS, DIVISOR);
    moatl_apply2(L, MOAT_MOD, SIZE, STEP);
    moatl_apply1(L, MOAT_NEG, POSITIVE);
    moatl_push_constant(L, 0, MOAT_DIMENSIONLESS, MOAT_NO_UNIT);
    moatl_apply2(L, MOAT_LESS, DIVIDEND, ZERO);
    moatl_apply3(L, MOAT_SELECT, IS_NEGATIVE, NEGATIVE, POSITIVE);
    return 1;
}

/* The context says what to write for quantities. */
static int numbers_only(lua_State *L) {
    for (int i = 1; i <= 2; i++)
        if (moatl_is_quantity(L, i))
            moatl_fail(L, "%s: it takes plain numbers, not %s: %s", moatl_name(L),
                       moatl_push_description(L, i), (const char *)moatl_entry(L)->context);
    return moatl_call_guarded(L);
}

static const moat_lua_function guards[] = {
    {"fmod", remainder_of, NULL, "math.fmod(a, b)", NULL, NULL, NULL},
    {"modf", numbers_only, "write floor(x) and x - floor(x)", "math.modf(x)", NULL, NULL, NULL},
    {"tointeger", numbers_only, "write floor(x)", "math.tointeger(x)", NULL, NULL, NULL},
    {"ult", numbers_only, "write a:below(b)", "math.ult(a, b)", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

void moatl_guard_math(lua_State *L) {
    moatl_guard_library(L, guards);
}
