/* Results: what is reported at the end, and what a script looks at while it runs. */
#include <math.h>
#include <string.h>

#include "language.h"
#include "state.h"

/* --- output */

static const char *const output_options[] = {"unit", "label", NULL};

/* The nodes of a quantity, all of them set; `who` begins the message where one is not. */
static const moat_node *all_nodes(lua_State *L, const char *who, const moatl_quantity *quantity,
                                  size_t *count) {
    *count = quantity->axis == MOAT_NO_AXIS ? 1 : quantity->count;
    for (unsigned t = 1; t <= quantity->count; t++)
        if (quantity->nodes[t] == MOAT_NO_NODE)
            moatl_fail_unset(L, who, quantity, t);
    return quantity->axis == MOAT_NO_AXIS ? quantity->nodes : quantity->nodes + 1;
}

static moat_unit output_unit(lua_State *L, int index, int options) {
    const moatl_quantity *quantity = lua_touserdata(L, index);
    if (lua_getfield(L, options, "unit") == LUA_TNIL)
        return quantity->shown;
    const char *text = moatl_check_text(L, -1, "unit");
    moat_unit unit = moatl_parse_unit(L, text);
    moat_dim dim = moat_unit_dim(moatl_units(L), unit);
    if (dim != quantity->dim && !moatl_fits_all(L, quantity))
        moatl_fail(L, "output: unit \"%s\" is %s, but the quantity is in %s (%s)", text,
                   moatl_push_dim_words(L, dim), moatl_push_unit(L, quantity),
                   moatl_push_dim_words(L, quantity->dim));
    moatl_require_dim(L, index, "the quantity", dim, text);
    return unit;
}

/* What is nil was meant to be a variable, or the assumption of that name. */
_Noreturn static void nothing_to_output(lua_State *L, const char *name) {
    if (moat_model_find_assumption(moatl_model(L), name) != NULL)
        moatl_fail(L,
                   "output: what \"%s\" shows is nil; the assumption of this name is in the table "
                   "that assume returned: write a.%s after local a = assume { ... }",
                   name, name);
    moatl_fail(L,
               "output: what \"%s\" shows is nil, which is often a variable that is misspelt or "
               "not declared",
               name);
}

/* Declares the output at an index; the table of options is at another. */
static void declare(lua_State *L, const char *name, int index, int options) {
    moat_error error;
    moat_output output = {.name = name};
    if (lua_isnil(L, index))
        nothing_to_output(L, name);
    moatl_check(L, index, name);
    output.unit = output_unit(L, index, options);
    if (lua_getfield(L, options, "label") != LUA_TNIL)
        output.label = moatl_check_text(L, -1, "label");
    const moatl_quantity *quantity = lua_touserdata(L, index);
    output.dim = quantity->dim;
    output.axis = quantity->axis;
    output.show = quantity->show;
    const char *who = lua_pushfstring(L, "output \"%s\"", name);
    output.nodes = all_nodes(L, who, quantity, &output.count);
    moatl_check_status(L, moat_model_output(moatl_model(L), &output, &error), &error);
    moatl_note(L, MOATI_NOTE_OUTPUT, name, NULL);
}

/* An entry of output { name = x }: a quantity, or { x, unit =, label = }. */
static void declare_entry(lua_State *L, const char *name, int entry) {
    if (lua_istable(L, entry)) {
        moatl_check_entry(L, entry, output_options);
        lua_rawgeti(L, entry, 1);
    } else {
        lua_newtable(L);
        lua_insert(L, entry);
        entry++;
        lua_pushvalue(L, entry);
        entry--;
    }
    declare(L, name, lua_gettop(L), entry);
}

static int output_all(lua_State *L) {
    lua_settop(L, 1);
    lua_Integer count = moatl_push_keys(L, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, 2);
        lua_rawgeti(L, 2, i);
        const char *name = moatl_check_name(L, 3, "the name of an output");
        lua_getfield(L, 1, name);
        declare_entry(L, name, 4);
    }
    return 0;
}

static int output(lua_State *L) {
    if (lua_istable(L, 1))
        return output_all(L);
    lua_settop(L, 3);
    const char *name = moatl_check_name(L, 1, "the name");
    moatl_check_options(L, 3, output_options);
    declare(L, name, 2, 3);
    return 0;
}

/* --- summary */

typedef struct figure {
    const char *name;
    size_t offset;
} figure;

static const figure figures[] = {
    {"mean", offsetof(moat_summary, mean)}, {"sd", offsetof(moat_summary, sd)},
    {"mcse", offsetof(moat_summary, mcse)}, {"p5", offsetof(moat_summary, p5)},
    {"p25", offsetof(moat_summary, p25)},   {"p50", offsetof(moat_summary, p50)},
    {"p75", offsetof(moat_summary, p75)},   {"p95", offsetof(moat_summary, p95)},
    {"min", offsetof(moat_summary, min)},   {"max", offsetof(moat_summary, max)}};

static double figure_of(const moat_summary *summary, const figure *f) {
    return *(const double *)((const char *)summary + f->offset);
}

static void summarise(lua_State *L, size_t count, const moat_node *nodes, moat_summary *summaries) {
    moat_error error;
    moatl_check_status(L, moat_model_summarise(moatl_model(L), count, nodes, summaries, &error),
                       &error);
}

static double larger_size(double size, double value) {
    return isfinite(value) ? fmax(size, fabs(value)) : size;
}

/* The unit that a script gave, else one that shows values of this size readably. */
static moat_unit unit_for(lua_State *L, const moatl_quantity *quantity, double size) {
    if (quantity->shown != MOAT_NO_UNIT)
        return quantity->shown;
    return moat_unit_readable(moatl_units(L), quantity->dim, size);
}

static moat_unit summary_unit(lua_State *L, const moatl_quantity *quantity, size_t count,
                              const moat_summary *summaries) {
    double size = 0;
    for (size_t i = 0; i < count; i++)
        size = larger_size(larger_size(size, summaries[i].p5), summaries[i].p95);
    return unit_for(L, quantity, size);
}

/* Pushes a figure in a unit: a number, or the array of those of all periods. */
static void push_figure(lua_State *L, const figure *f, bool is_series, size_t count,
                        const moat_summary *summaries, double factor) {
    if (!is_series) {
        lua_pushnumber(L, figure_of(summaries, f) / factor);
        return;
    }
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushnumber(L, figure_of(&summaries[i], f) / factor);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* A field that a summary has not got; nil would pass for a figure that is missing. */
static int unknown_figure(lua_State *L) {
    static const char *const synonyms[][2] = {
        {"median", "p50"},  {"average", "mean"}, {"avg", "mean"}, {"std", "sd"},
        {"stddev", "sd"},   {"stdev", "sd"},     {"sigma", "sd"}, {"error", "mcse"},
        {"minimum", "min"}, {"maximum", "max"},  {"low", "p5"},   {"high", "p95"},
        {"p05", "p5"},      {"q1", "p25"},       {"q3", "p75"},   {"units", "unit"},
    };
    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TSTRING) {
        lua_pushnil(L);
        return 1;
    }
    const char *name = lua_tostring(L, 2), *near = NULL;
    for (size_t i = 0; near == NULL && i < sizeof synonyms / sizeof *synonyms; i++)
        if (strcmp(name, synonyms[i][0]) == 0)
            near = synonyms[i][1];
    if (near == NULL && name[0] == 'p' && strspn(name + 1, "0123456789") == strlen(name + 1))
        moatl_fail(L, "a summary has no field \"%s\": write x:quantile(p) with p from 0 to 1",
                   name);
    moatl_fail_unknown(L, "a summary has no field", name,
                       near != NULL ? near : moatl_nearest_key(L, 1, name));
}

static const moat_lua_function summary_metamethods[] = {
    {"__index", unknown_figure, NULL, "summary(x).name", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* Gives the summary on top of the stack the metatable that all have. */
static void set_summary_metatable(lua_State *L) {
    if (luaL_newmetatable(L, "moat.summary")) {
        moatl_register(L, summary_metamethods);
        lua_pushnil(L);
        lua_setfield(L, -2, "__name"); /* it prints as the table that it is */
        lua_pushboolean(L, false);
        lua_setfield(L, -2, "__metatable");
    }
    lua_setmetatable(L, -2);
}

static int summary(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "the argument");
    size_t count;
    const moat_node *nodes = all_nodes(L, moatl_name(L), quantity, &count);
    moat_summary *summaries = moatl_buffer(L, count, sizeof *summaries);
    summarise(L, count, nodes, summaries);
    moat_unit unit = summary_unit(L, quantity, count, summaries);
    double factor = moat_unit_factor(moatl_units(L), unit);
    lua_newtable(L);
    lua_pushstring(L, moat_unit_text(moatl_units(L), unit));
    lua_setfield(L, -2, "unit");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        bool is_series = quantity->axis != MOAT_NO_AXIS;
        push_figure(L, &figures[i], is_series, count, summaries, factor);
        lua_setfield(L, -2, figures[i].name);
    }
    set_summary_metatable(L);
    return 1;
}

/* --- chance */

/* Anything but 0 counts as true, as in `when`. */
static int chance(lua_State *L) {
    moatl_check(L, 1, "the argument"); /* so that true and false are refused */
    const moatl_quantity *condition = moatl_check_condition(L, 1, "the argument");
    size_t count;
    const moat_node *nodes = all_nodes(L, moatl_name(L), condition, &count);
    moat_node *holds = moatl_buffer(L, count, sizeof *holds);
    for (size_t i = 0; i < count; i++)
        holds[i] = moatl_node1(L, MOAT_NOT, moatl_node1(L, MOAT_NOT, nodes[i]));
    moat_summary *summaries = moatl_buffer(L, count, sizeof *summaries);
    summarise(L, count, holds, summaries);
    push_figure(L, &figures[0], condition->axis != MOAT_NO_AXIS, count, summaries, 1);
    return 1;
}

/* --- x:quantile(p) */

/* The quantile that was asked for, and the two that choose the unit, as for a summary. */
enum { ASKED, LOW, HIGH, QUANTILES };

static int quantile(lua_State *L) {
    moat_error error;
    const moatl_quantity *quantity = moatl_check(L, 1, "the quantity");
    double probability = moatl_check_number(L, 2, "the probability"), size = 0;
    if (!(probability >= 0 && probability <= 1))
        moatl_fail(L, "quantile: the probability must be from 0 to 1, not %g", probability);
    size_t count;
    const moat_node *nodes = all_nodes(L, moatl_name(L), quantity, &count);
    const double probabilities[QUANTILES] = {probability, 0.05, 0.95};
    double(*values)[QUANTILES] = moatl_buffer(L, count, sizeof *values);
    moatl_check_status(L,
                       moat_model_quantiles(moatl_model(L), count, nodes, QUANTILES, probabilities,
                                            values[0], &error),
                       &error);
    for (size_t i = 0; i < count; i++)
        size = larger_size(larger_size(size, values[i][LOW]), values[i][HIGH]);
    const moat_unit unit = unit_for(L, quantity, size);
    const double factor = moat_unit_factor(moatl_units(L), unit);
    if (quantity->axis == MOAT_NO_AXIS) {
        lua_pushnumber(L, values[0][ASKED] / factor);
    } else {
        lua_createtable(L, (int)count, 0);
        for (size_t i = 0; i < count; i++) {
            lua_pushnumber(L, values[i][ASKED] / factor);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
    }
    return 1;
}

const moat_lua_function moatl_result_functions[] = {
    {"output", output, NULL, "output(name, x, { unit =, label = }), output { name = x, ... }",
     "declares what is reported: a value or a series; a table is declared in the order of its "
     "names",
     "output(\"profit\", q \"3 $bn\", { label = \"Profit\" }); print \"declared\"", "declared\n"},
    {"summary", summary, NULL, "summary(x)",
     "evaluates at once: a table of unit and, in it, mean sd mcse p5 p25 p50 p75 p95 min max, "
     "which "
     "are arrays by period for a series",
     "local s = summary(q \"3 $bn\"); print(s.mean, s.unit)", "3.0\t$bn\n"},
    {"chance", chance, NULL, "chance(condition)",
     "evaluates at once: the probability that a condition holds; an array by period for a series",
     "print(chance(q(\"3 $bn\"):above \"2 $bn\"))", "1.0\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

const moat_lua_function moatl_result_methods[] = {
    {"quantile", quantile, NULL, "x:quantile(p)",
     "evaluates at once: the number, in the unit that summary(x) has, that x is below with "
     "probability p; an array by period for a series",
     "print(q(\"3 $bn\"):quantile(0.95))", "3.0\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
