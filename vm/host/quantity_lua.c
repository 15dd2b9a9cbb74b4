/* Quantities as scripts see them: operators, periods, and the functions that make and compare
 * them. */
#include <math.h>
#include <string.h>

#include "language.h"
#include "state.h"

/* --- Operators. An operator's context is its operation. */

static const moat_op add = MOAT_ADD, subtract = MOAT_SUB, multiply = MOAT_MUL, divide = MOAT_DIV,
                     modulo = MOAT_MOD, power = MOAT_POW, both = MOAT_AND, either = MOAT_OR,
                     less = MOAT_LESS, at_most = MOAT_AT_MOST;

static moat_op context_op(lua_State *L) {
    return *(const moat_op *)moatl_entry(L)->context;
}

static int arithmetic(lua_State *L) {
    moatl_check(L, 1, "the left operand");
    moatl_check(L, 2, "the right operand");
    moatl_apply2(L, context_op(L), 1, 2);
    return 1;
}

static int negate(lua_State *L) {
    moatl_check(L, 1, "the operand");
    moatl_apply1(L, MOAT_NEG, 1);
    return 1;
}

static int logic(lua_State *L) {
    moatl_check_condition(L, 1, "the left operand");
    moatl_check_condition(L, 2, "the right operand");
    moatl_apply2(L, context_op(L), 1, 2);
    return 1;
}

static int negate_condition(lua_State *L) {
    moatl_check_condition(L, 1, "the operand");
    moatl_apply1(L, MOAT_NOT, 1);
    return 1;
}

_Noreturn static void undecided(lua_State *L) {
    static const char instead[] =
        "use when(x:below(y), a, b) for a value that depends on it, or chance(x:below(y)) for its "
        "probability";
    const char *left = moatl_assumption_of(L, lua_touserdata(L, 1));
    const char *name = left != NULL ? left : moatl_assumption_of(L, lua_touserdata(L, 2));
    if (name != NULL)
        moatl_fail(L,
                   "an assumption can be overridden, so the value of %s is not known while the "
                   "script runs and %s cannot be decided: %s",
                   name, moatl_name(L), instead);
    moatl_fail(L,
               "cannot decide %s while the script runs: the quantity is uncertain, or depends on "
               "an assumption or a period; %s",
               moatl_name(L), instead);
}

/* Lua wants true or false at once, which only constants have. */
static int compare_now(lua_State *L) {
    double value = 0;
    moatl_check(L, 1, "the left operand");
    moatl_check(L, 2, "the right operand");
    const moatl_quantity *result = moatl_apply2(L, context_op(L), 1, 2);
    if (!moatl_is_constant(L, result, &value))
        undecided(L);
    lua_pushboolean(L, value != 0);
    return 1;
}

static int concatenate(lua_State *L) {
    moatl_push_string(L, 1);
    lua_replace(L, 1);
    moatl_push_string(L, 2);
    lua_replace(L, 2);
    lua_settop(L, 2);
    lua_concat(L, 2);
    return 1;
}

static int length(lua_State *L) {
    const moatl_quantity *quantity = lua_touserdata(L, 1);
    if (quantity->axis == MOAT_NO_AXIS)
        moatl_fail(L, "#: %s has no periods", moatl_push_description(L, 1));
    lua_pushinteger(L, quantity->count);
    return 1;
}

static int to_string(lua_State *L) {
    moatl_check(L, 1, "the value");
    moatl_push_shown(L, 1);
    return 1;
}

/* The context of an operator that quantities have not got says what to write. */
static int unsupported(lua_State *L) {
    const moat_lua_function *entry = moatl_entry(L);
    moatl_fail(L, "%s is not defined for quantities: %s", entry->usage,
               (const char *)entry->context);
}

/* --- Periods. */

/* The period that a key means; raises with the range that there is. */
static unsigned check_period(lua_State *L, const moatl_quantity *quantity) {
    int is_integer;
    lua_Integer period = lua_tointegerx(L, 2, &is_integer);
    if (lua_type(L, 2) != LUA_TNUMBER || !is_integer) {
        moatl_fail(L, "%s: a period is a whole number, not %s", moatl_name(L),
                   moatl_push_misfit(L, 2));
    }
    lua_Integer first = quantity->axis == MOAT_PERIOD_AXIS ? 0 : 1;
    if (period < first || period > (lua_Integer)quantity->count) {
        moatl_fail(L, "%s: there is no period %lld: this series has 1 to %u%s", moatl_name(L),
                   (long long)period, quantity->count,
                   first == 0 ? ", and 0 for its opening value" : "");
    }
    return (unsigned)period;
}

/* What people ask of quantities in other words. */
static const char *synonym(const char *name) {
    static const char *const words[][2] = {
        {"over", "x:above(y)"},
        {"greater_than", "x:above(y)"},
        {"greater", "x:above(y)"},
        {"more_than", "x:above(y)"},
        {"exceeds", "x:above(y)"},
        {"gt", "x:above(y)"},
        {"under", "x:below(y)"},
        {"less_than", "x:below(y)"},
        {"less", "x:below(y)"},
        {"lt", "x:below(y)"},
        {"ge", "x:at_least(y)"},
        {"gte", "x:at_least(y)"},
        {"le", "x:at_most(y)"},
        {"lte", "x:at_most(y)"},
        {"eq", "x:equals(y)"},
        {"equal", "x:equals(y)"},
        {"average", "x:mean()"},
        {"avg", "x:mean()"},
        {"median", "x:quantile(0.5), or summary(x).p50"},
        {"percentile", "x:quantile(0.95)"},
        {"std", "summary(x).sd"},
        {"stddev", "summary(x).sd"},
        {"sd", "summary(x).sd"},
        {"to", "x:as \"unit\""},
        {"convert", "x:as \"unit\""},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i][0]) == 0)
            return words[i][1];
    return NULL;
}

_Noreturn static void unknown_method(lua_State *L, const char *name) {
    const char *instead = synonym(name);
    if (instead != NULL)
        moatl_fail(L, "a quantity has no method \"%s\": write %s", name, instead);
    if (name[0] >= '0' && name[0] <= '9')
        moatl_fail(L,
                   "x[\"%s\"]: the periods of a series are numbered from 1, as in x[1], and "
                   "label(t) is the name of period t",
                   name);
    moatl_fail_unknown(L, "a quantity has no method", name, moatl_nearest_key(L, 3, name));
}

static int get_method(lua_State *L) {
    lua_settop(L, 2);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_METHODS);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) == LUA_TNIL)
        unknown_method(L, lua_tostring(L, 2));
    return 1;
}

static int get(lua_State *L) {
    if (lua_type(L, 2) == LUA_TSTRING)
        return get_method(L);
    const moatl_quantity *quantity = moatl_check(L, 1, "the series");
    if (quantity->axis == MOAT_NO_AXIS) { /* the same in every period */
        moatl_quantity shape = {.axis = MOAT_PERIOD_AXIS, .count = moatl_horizon(L)->periods};
        check_period(L, &shape);
        lua_pushvalue(L, 1);
        return 1;
    }
    moat_node node = moatl_period(L, quantity, check_period(L, quantity));
    moatl_push(L, node, quantity->shown)->show = quantity->show;
    return 1;
}

static int set(lua_State *L) {
    moatl_quantity *series = lua_touserdata(L, 1);
    if (!series->assignable) {
        moatl_fail(L, "%s: only what series(unit) made can be assigned to, not %s", moatl_name(L),
                   moatl_push_description(L, 1));
    }
    unsigned period = check_period(L, series);
    const moatl_quantity *value = moatl_check(L, 3, "the value");
    if (value->axis != MOAT_NO_AXIS) {
        moatl_fail(L, "%s: the value is a whole series; take one period of it, as in x[%u]",
                   moatl_name(L), period);
    }
    const char *unit = moatl_push_unit(L, series);
    series->nodes[period] = moatl_require_dim(L, 3, "the value", series->dim, unit)->nodes[0];
    return 0;
}

const moat_lua_function moatl_operators[] = {
    {"__add", arithmetic, &add, "a + b", "the sum of two quantities of one unit",
     "print(q \"3 $bn\" + \"500 $M\")", "3.5 $bn\n"},
    {"__sub", arithmetic, &subtract, "a - b", "the difference of two quantities of one unit",
     "print(q \"3 $bn\" - \"500 $M\")", "2.5 $bn\n"},
    {"__mul", arithmetic, &multiply, "a * b", "the product; units are multiplied",
     "print((q \"12 $bn/GW/yr\" * \"2 GW\"):as \"$bn/yr\")", "24 $bn/yr\n"},
    {"__div", arithmetic, &divide, "a / b", "the quotient; units are divided",
     "print((q \"24 $bn/yr\" / \"2 GW\"):as \"$bn/GW/yr\")", "12 $bn/GW/yr\n"},
    {"__mod", arithmetic, &modulo, "a % b",
     "the remainder of a divided by b, with the sign of b; a and b have one unit",
     "print(q \"7 mo\" % \"3 mo\")", "1 mo\n"},
    {"__pow", arithmetic, &power, "a ^ b",
     "the power; b has no unit, and is a plain number where a has one",
     "print((q \"3 yr\" ^ 2):as \"yr^2\")", "9 yr^2\n"},
    {"__unm", negate, NULL, "-a", "the quantity with its sign turned", "print(-q \"3 $bn\")",
     "-3 $bn\n"},
    {"__band", logic, &both, "c1 & c2", "the condition that both hold",
     "local x = q \"5 $\"; print(x:above \"3 $\" & x:below \"4 $\")", "false\n"},
    {"__bor", logic, &either, "c1 | c2", "the condition that one or both hold",
     "local x = q \"5 $\"; print(x:above \"3 $\" | x:below \"4 $\")", "true\n"},
    {"__bnot", negate_condition, NULL, "~c", "the condition that c does not hold",
     "print(~q \"5 $\":above \"3 $\")", "false\n"},
    {"__lt", compare_now, &less, "a < b",
     "true or false for constants; an error for what is uncertain, as scripts run once",
     "print(q \"500 $M\" < \"1 $bn\")", "true\n"},
    {"__le", compare_now, &at_most, "a <= b", "true or false for constants, as a < b is",
     "print(q \"500 $M\" <= \"1 $bn\")", "true\n"},
    {"__concat", concatenate, NULL, "a .. b", "a text with what print shows of a quantity in it",
     "print(\"capex \" .. q \"38 $bn/GW\")", "capex 38 $bn/GW\n"},
    {"__len", length, NULL, "#x", "how many periods a series has",
     "horizon { periods = 5 }; print(#series \"$\")", "5\n"},
    {"__tostring", to_string, NULL, "tostring(x)",
     "the value and its unit; the mean and the 5th to 95th percentile where it is uncertain",
     "print(q \"12 $bn\")", "12 $bn\n"},
    {"__index", get, NULL, "x[t]",
     "the value of a period, 0 being the opening value; a quantity without periods is the same "
     "in all",
     "horizon { periods = 3 }; print(series(\"$\", \"5 $\")[2])", "5 $\n"},
    {"__newindex", set, NULL, "x[t] = value", "sets a period of what series() made",
     "horizon { periods = 3 }; local x = series \"$\"; x[1] = \"7 $\"; print(x[1])", "7 $\n"},
    {"__idiv", unsupported, "use floor(a / b)", "a // b", "not defined", NULL, NULL},
    {"__bxor", unsupported, "use (c1 | c2) & ~(c1 & c2)", "c1 ~ c2", "not defined", NULL, NULL},
    {"__shl", unsupported, "use a * 2 ^ b", "a << b", "not defined", NULL, NULL},
    {"__shr", unsupported, "use a / 2 ^ b", "a >> b", "not defined", NULL, NULL},
    {"__call", unsupported, "write x[t] for a period, or f * (...) for a product", "x(...)",
     "not defined", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* --- Functions. */

static int make(lua_State *L) {
    moatl_check(L, 1, "the text");
    lua_settop(L, 1);
    return 1;
}

static int when(lua_State *L) {
    moatl_check_condition(L, 1, "the condition");
    moatl_check(L, 2, "the second argument");
    moatl_check(L, 3, "the third argument");
    moatl_apply3(L, MOAT_SELECT, 1, 2, 3);
    return 1;
}

const moat_lua_function moatl_quantity_functions[] = {
    {"q", make, NULL, "q \"12 to 15 $bn/GW/yr\"",
     "the quantity that a text says: a constant, a range from the 5th to the 95th percentile, or "
     "a distribution, with a unit",
     "print(q \"12 $bn/GW/yr\")", "12 $bn/GW/yr\n"},
    {"when", when, NULL, "when(condition, a, b)",
     "chooses a where the condition holds and b elsewhere, sample by sample and period by period; "
     "a "
     "and b have one unit; the condition may also be true or false",
     "print(when(q \"5 GW\":above \"3 GW\", \"1 $bn\", \"2 $bn\"))", "1 $bn\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* --- Methods. */

static const moat_op equal = MOAT_EQUAL;

/* a.x.above(y) gives one argument. */
static void check_operands(lua_State *L) {
    if (lua_gettop(L) < 2)
        moatl_fail(L, "%s: there is nothing to compare with: write %s, with a colon", moatl_name(L),
                   moatl_entry(L)->usage);
    moatl_check(L, 1, "the quantity");
    moatl_check(L, 2, "the bound");
}

/* x:above(y) is y < x. */
static int compare_swapped(lua_State *L) {
    check_operands(L);
    lua_insert(L, 1);
    moatl_apply2(L, context_op(L), 1, 2);
    return 1;
}

static int compare(lua_State *L) {
    check_operands(L);
    moatl_apply2(L, context_op(L), 1, 2);
    return 1;
}

static int show_as(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "the quantity");
    const char *text = moatl_check_text(L, 2, "the unit");
    moat_unit unit = moatl_parse_unit(L, text);
    moat_dim dim = moat_unit_dim(moatl_units(L), unit);
    if (dim != quantity->dim && !moatl_fits_all(L, quantity)) {
        const char *own = moatl_push_unit(L, quantity);
        moatl_fail(L,
                   "as: a quantity in %s cannot be shown in %s: the units differ (%s is %s, %s is "
                   "%s)",
                   own, text, own, moatl_push_dim_words(L, quantity->dim), text,
                   moatl_push_dim_words(L, dim));
    }
    if (dim != quantity->dim)
        moatl_require_dim(L, 1, "the quantity", dim, text);
    moatl_quantity *copy = moatl_push_copy(L, 1);
    copy->shown = unit;
    if (copy->show == MOAT_SHOW_DATE)
        copy->show = MOAT_SHOW_NUMBER;
    return 1;
}

const moat_lua_function moatl_quantity_methods[] = {
    {"as", show_as, NULL, "x:as \"GW\"", "the same quantity shown in another unit of its dimension",
     "print(q \"2500 $M\":as \"$bn\")", "2.5 $bn\n"},
    {"above", compare_swapped, &less, "x:above(y)", "the condition that x is greater than y",
     "print(q \"2 GW\":above \"1500 MW\")", "true\n"},
    {"below", compare, &less, "x:below(y)", "the condition that x is less than y",
     "print(q \"2 GW\":below \"1500 MW\")", "false\n"},
    {"at_least", compare_swapped, &at_most, "x:at_least(y)", "the condition that x is y or more",
     "print(q \"2 GW\":at_least \"2000 MW\")", "true\n"},
    {"at_most", compare, &at_most, "x:at_most(y)", "the condition that x is y or less",
     "print(q \"2 GW\":at_most \"2000 MW\")", "true\n"},
    {"equals", compare, &equal, "x:equals(y)",
     "the condition that x is y, sample by sample; Lua's == asks whether two variables hold the "
     "very same quantity",
     "print(q \"2 GW\":equals \"2000 MW\")", "true\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
