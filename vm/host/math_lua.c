/* Mathematics on numbers and on quantities. Numbers stay numbers; both take their values from
 * the same functions. */
#include <lualib.h>
#include <math.h>
#include <stdio.h>

#include "language.h"
#include "rng.h"
#include "scalar.h"
#include "state.h"

typedef struct unary {
    moat_op op;
    double (*number)(double);
} unary;

static double plain_sqrt(double x) {
    return sqrt(x);
}

static double plain_asin(double x) {
    return Sleef_finz_asind1_u10purecfma(x);
}

static double plain_acos(double x) {
    return Sleef_finz_acosd1_u10purecfma(x);
}

static const unary exponential = {MOAT_EXP, moati_exp}, root = {MOAT_SQRT, plain_sqrt},
                   sine = {MOAT_SIN, moati_sin}, cosine = {MOAT_COS, moati_cos},
                   tangent = {MOAT_TAN, moati_tan}, arc_sine = {MOAT_ASIN, plain_asin},
                   arc_cosine = {MOAT_ACOS, plain_acos};

static bool is_number(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TNUMBER;
}

static int apply_unary(lua_State *L) {
    const unary *function = moatl_entry(L)->context;
    if (is_number(L, 1)) {
        lua_pushnumber(L, function->number(lua_tonumber(L, 1)));
        return 1;
    }
    moatl_check(L, 1, "the argument");
    moatl_apply1(L, function->op, 1);
    return 1;
}

static int absolute(lua_State *L) {
    if (lua_isinteger(L, 1)) {
        lua_Integer n = lua_tointeger(L, 1);
        lua_pushinteger(L, n < 0 ? (lua_Integer)(0u - (lua_Unsigned)n) : n);
    } else if (is_number(L, 1)) {
        lua_pushnumber(L, fabs(lua_tonumber(L, 1)));
    } else {
        moatl_check(L, 1, "the argument");
        moatl_apply1(L, MOAT_ABS, 1);
    }
    return 1;
}

static double number_log(double x, double base) {
    if (base == 2)
        return Sleef_finz_log2d1_u10purecfma(x);
    if (base == 10)
        return Sleef_finz_log10d1_u10purecfma(x);
    return moati_log(x) / moati_log(base);
}

static int logarithm(lua_State *L) {
    bool has_base = !lua_isnoneornil(L, 2);
    if (is_number(L, 1) && (!has_base || is_number(L, 2))) {
        double x = lua_tonumber(L, 1);
        lua_pushnumber(L, has_base ? number_log(x, lua_tonumber(L, 2)) : moati_log(x));
        return 1;
    }
    moatl_check(L, 1, "the argument");
    moatl_apply1(L, MOAT_LOG, 1);
    if (has_base) {
        moatl_check(L, 2, "the base");
        moatl_apply1(L, MOAT_LOG, 2);
        moatl_apply2(L, MOAT_DIV, -2, -1);
    }
    return 1;
}

static int arc_tangent(lua_State *L) {
    bool has_x = !lua_isnoneornil(L, 2);
    if (is_number(L, 1) && (!has_x || is_number(L, 2))) {
        double y = lua_tonumber(L, 1);
        lua_pushnumber(L, has_x ? Sleef_finz_atan2d1_u10purecfma(y, lua_tonumber(L, 2))
                                : moati_atan(y));
        return 1;
    }
    moatl_check(L, 1, "the argument");
    if (has_x) {
        moatl_check(L, 2, "the second argument");
        moatl_apply2(L, MOAT_ATAN2, 1, 2);
    } else {
        moatl_apply1(L, MOAT_ATAN, 1);
    }
    return 1;
}

/* --- Whole numbers. */

typedef struct rounding {
    moat_op op;
    double (*number)(double);
    double nudge; /* towards the whole number that division may just have missed */
} rounding;

static double plain_floor(double x) {
    return floor(x);
}

static double plain_ceil(double x) {
    return ceil(x);
}

static const rounding downward = {MOAT_FLOOR, plain_floor, 0x1p-50},
                      upward = {MOAT_CEIL, plain_ceil, -0x1p-50},
                      nearest = {MOAT_ROUND, moati_round, 0};

static void push_whole(lua_State *L, double value) {
    lua_Integer whole;
    if (lua_numbertointeger(value, &whole))
        lua_pushinteger(L, whole);
    else
        lua_pushnumber(L, value);
}

/* The node of a value counted in a unit. Dividing by a factor such as 1/12 may give 6.999...
 * for 7 months: that is 7. */
static moat_node count_in(lua_State *L, const rounding *how, moat_node node, moat_node one,
                          double factor) {
    moat_node counted = moatl_node2(L, MOAT_DIV, node, one);
    if (factor == floor(factor) || how->nudge == 0)
        return counted;
    moat_node size = moatl_node1(L, MOAT_ABS, counted);
    moat_node nudge = moatl_number(L, how->nudge, MOAT_DIMENSIONLESS);
    return moatl_node2(L, MOAT_ADD, counted, moatl_node2(L, MOAT_MUL, size, nudge));
}

static int round_quantity(lua_State *L, const rounding *how) {
    const moatl_quantity *quantity = moatl_check(L, 1, "the argument");
    if (quantity->shown == MOAT_NO_UNIT && quantity->dim == MOAT_DIMENSIONLESS) {
        moatl_apply1(L, how->op, 1);
        return 1;
    }
    if (quantity->shown == MOAT_NO_UNIT) {
        moatl_fail(L,
                   "%s: the quantity, %s, has no unit to be rounded in: say which, as in "
                   "%s(x:as \"%s\")",
                   moatl_name(L), moatl_push_dim_words(L, quantity->dim), moatl_name(L),
                   moatl_push_unit(L, quantity));
    }
    double factor = moat_unit_factor(moatl_units(L), quantity->shown);
    moat_node one = moatl_number(L, factor, quantity->dim);
    moatl_quantity *result = moatl_push_copy(L, 1);
    for (unsigned t = 0; t <= result->count; t++) {
        if (result->nodes[t] == MOAT_NO_NODE)
            continue;
        moat_node counted = count_in(L, how, result->nodes[t], one, factor);
        result->nodes[t] = moatl_node2(L, MOAT_MUL, moatl_node1(L, how->op, counted), one);
    }
    return 1;
}

static int round_any(lua_State *L) {
    const rounding *how = moatl_entry(L)->context;
    if (lua_isinteger(L, 1))
        lua_settop(L, 1);
    else if (is_number(L, 1))
        push_whole(L, how->number(lua_tonumber(L, 1)));
    else
        round_quantity(L, how);
    return 1;
}

/* --- The larger and the smaller. */

static const moat_op larger = MOAT_MAX, smaller = MOAT_MIN;

static bool all_numbers(lua_State *L, int count) {
    for (int i = 1; i <= count; i++)
        if (!is_number(L, i))
            return false;
    return true;
}

static void extreme_number(lua_State *L, moat_op op, int count) {
    int best = 1;
    for (int i = 2; i <= count; i++) {
        bool is_less = lua_compare(L, i, best, LUA_OPLT);
        bool is_more = lua_compare(L, best, i, LUA_OPLT);
        if (op == MOAT_MAX ? is_more : is_less)
            best = i;
    }
    lua_pushvalue(L, best);
}

static int extreme(lua_State *L) {
    moat_op op = *(const moat_op *)moatl_entry(L)->context;
    int count = lua_gettop(L);
    const char *name = moatl_name(L);
    if (count == 0)
        moatl_fail(L, "%s: give two values or more", name);
    if (all_numbers(L, count)) {
        extreme_number(L, op, count);
        return 1;
    }
    for (int i = 1; i <= count; i++) {
        char what[32];
        snprintf(what, sizeof what, "argument %d", i);
        moatl_check(L, i, what);
    }
    if (count == 1 && ((moatl_quantity *)lua_touserdata(L, 1))->axis != MOAT_NO_AXIS)
        moatl_fail(L, "%s: give two values or more; x:%s() is that of a series over its periods",
                   name, name);
    lua_pushvalue(L, 1);
    for (int i = 2; i <= count; i++) {
        moatl_apply2(L, op, count + 1, i);
        lua_replace(L, count + 1);
    }
    return 1;
}

/* Those of clamp, at indexes 2 and 3, as far as they are known. */
static void check_bounds(lua_State *L) {
    double low, high;
    if (moatl_is_constant(L, lua_touserdata(L, 2), &low) &&
        moatl_is_constant(L, lua_touserdata(L, 3), &high) && low > high)
        moatl_fail(L,
                   "clamp: the lower bound %s is above the upper bound %s: the lower one comes "
                   "first",
                   moatl_push_shown(L, 2), moatl_push_shown(L, 3));
}

static int clamp(lua_State *L) {
    lua_settop(L, 3);
    bool numbers = all_numbers(L, 3);
    moatl_check(L, 1, "the value");
    moatl_check(L, 2, "the lower bound");
    moatl_check(L, 3, "the upper bound");
    moatl_apply2(L, MOAT_MAX, 1, 2);
    const moatl_quantity *result = moatl_apply2(L, MOAT_MIN, -1, 3);
    check_bounds(L);
    double value = 0;
    if (numbers && moatl_is_constant(L, result, &value))
        lua_pushnumber(L, value);
    return 1;
}

const moat_lua_function moatl_math_functions[] = {
    {"abs", absolute, NULL, "abs(x)", "the absolute value of x, in the unit of x",
     "print(abs(q \"-3 $bn\"))", "3 $bn\n"},
    {"exp", apply_unary, &exponential, "exp(x)",
     "the exponential function, e to the power x; x has no unit", "print(exp(0))", "1.0\n"},
    {"log", logarithm, NULL, "log(x, base)",
     "the logarithm of x, natural or to a base; x has no unit", "print(log(8, 2))", "3.0\n"},
    {"sqrt", apply_unary, &root, "sqrt(x)",
     "the square root of x and of its unit: sqrt(q \"9 yr^2\") is 3 yr",
     "print(sqrt(q \"9 yr^2\"):as \"yr\")", "3 yr\n"},
    {"floor", round_any, &downward, "floor(x)",
     "the next whole number below, in the unit x is shown in", "print(floor(q \"3.7 $bn\"))",
     "3 $bn\n"},
    {"ceil", round_any, &upward, "ceil(x)",
     "the next whole number above, in the unit x is shown in", "print(ceil(q \"3.2 GW\"))",
     "4 GW\n"},
    {"round", round_any, &nearest, "round(x)",
     "the nearest whole number, halves away from 0, in the unit x is shown in",
     "print(round(q \"3.5 yr\"))", "4 yr\n"},
    {"max", extreme, &larger, "max(a, b, ...)",
     "the largest of its arguments, sample by sample; they have one unit",
     "print(max(q \"3 $bn\", \"4 $bn\", 0))", "4 $bn\n"},
    {"min", extreme, &smaller, "min(a, b, ...)",
     "the smallest of its arguments, sample by sample; they have one unit",
     "print(min(q \"3 $bn\", \"4 $bn\"))", "3 $bn\n"},
    {"clamp", clamp, NULL, "clamp(x, low, high)",
     "keeps x between two bounds: x itself where it lies between them, else the nearer one",
     "print(clamp(q \"7 GW\", 0, \"5 GW\"))", "5 GW\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* --- The table `math`. */

/* Draw number `random_draws` of the scenario's own stream. */
static uint64_t random_word(lua_State *L) {
    moat_lua *lua = moatl_state(L);
    uint64_t seed = moat_model_settings(lua->model)->seed;
    uint64_t key = moati_stream_key(seed, moati_name_hash("math.random"));
    uint32_t words[4], keys[2] = {(uint32_t)key, (uint32_t)(key >> 32)};
    uint32_t counter[4] = {(uint32_t)lua->random_draws, (uint32_t)(lua->random_draws >> 32), 0, 0};
    lua->random_draws++;
    moati_philox(counter, keys, words);
    return words[0] | (uint64_t)words[1] << 32;
}

/* A whole number from 0 to range, each as likely: words that fall past it are dropped. */
static lua_Unsigned random_below(lua_State *L, lua_Unsigned range) {
    lua_Unsigned mask = range;
    for (unsigned shift = 1; shift < 64; shift *= 2)
        mask |= mask >> shift;
    lua_Unsigned value;
    do {
        value = random_word(L) & mask;
    } while (value > range);
    return value;
}

static int random_number(lua_State *L) {
    if (lua_isnoneornil(L, 1)) {
        lua_pushnumber(L, (double)(random_word(L) >> 11) * 0x1p-53);
        return 1;
    }
    bool two = !lua_isnoneornil(L, 2);
    lua_Integer low =
        two ? moatl_check_integer(L, 1, "the lower end", LUA_MININTEGER, LUA_MAXINTEGER) : 1;
    lua_Integer high =
        moatl_check_integer(L, two ? 2 : 1, "the upper end", LUA_MININTEGER, LUA_MAXINTEGER);
    if (low > high)
        moatl_fail(L, "random: there is no whole number from %lld to %lld", (long long)low,
                   (long long)high);
    lua_Unsigned range = (lua_Unsigned)high - (lua_Unsigned)low;
    lua_pushinteger(L, (lua_Integer)((lua_Unsigned)low + random_below(L, range)));
    return 1;
}

static int seed_random(lua_State *L) {
    moatl_fail(L,
               "math.randomseed: draws are those of the scenario's seed: write settings { seed = "
               "2 }");
}

static int multiply(lua_State *L, double factor) {
    if (is_number(L, 1)) {
        lua_pushnumber(L, lua_tonumber(L, 1) * factor);
        return 1;
    }
    moatl_check(L, 1, "the argument");
    moatl_push_constant(L, factor, MOAT_DIMENSIONLESS, MOAT_NO_UNIT);
    moatl_apply2(L, MOAT_MUL, 1, -1);
    return 1;
}

static int degrees(lua_State *L) {
    return multiply(L, 180 / 3.141592653589793);
}

static int radians(lua_State *L) {
    return multiply(L, 3.141592653589793 / 180);
}

const moat_lua_function moatl_math_table_functions[] = {
    {"sin", apply_unary, &sine, "math.sin(x)", "the sine of radians", NULL, NULL},
    {"cos", apply_unary, &cosine, "math.cos(x)", "the cosine of radians", NULL, NULL},
    {"tan", apply_unary, &tangent, "math.tan(x)", "the tangent of radians", NULL, NULL},
    {"asin", apply_unary, &arc_sine, "math.asin(x)", "the arc sine in radians", NULL, NULL},
    {"acos", apply_unary, &arc_cosine, "math.acos(x)", "the arc cosine in radians", NULL, NULL},
    {"atan", arc_tangent, NULL, "math.atan(y, x)", "the angle of the point (x, y) in radians", NULL,
     NULL},
    {"random", random_number, NULL, "math.random(m, n)",
     "a plain random number of the scenario's seed, drawn once for all samples", NULL, NULL},
    {"randomseed", seed_random, NULL, "math.randomseed(seed)",
     "refused: write settings { seed = 2 } for other draws", NULL, NULL},
    {"deg", degrees, NULL, "math.deg(x)", "the angle x, in radians, in degrees", NULL, NULL},
    {"rad", radians, NULL, "math.rad(x)", "the angle x, in degrees, in radians", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* What Lua's own library computes exactly. */
static const char *const kept[] = {"pi",   "huge", "maxinteger", "mininteger", "fmod",
                                   "modf", "type", "tointeger",  "ult",        NULL};

void moatl_open_math(lua_State *L) {
    moatl_register(L, moatl_math_functions);
    lua_newtable(L);
    moatl_register(L, moatl_math_functions);
    moatl_register(L, moatl_math_table_functions);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 0);
    moatl_guard_math(L);
    for (size_t i = 0; kept[i] != NULL; i++) {
        lua_getfield(L, -1, kept[i]);
        lua_setfield(L, -3, kept[i]);
    }
    lua_pop(L, 1);
    moatl_protect_table(L);
    lua_setfield(L, -2, "math");
}
