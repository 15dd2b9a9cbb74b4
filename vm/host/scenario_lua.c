/* The scenario as a whole: its own units, its variants, its settings. */
#include <string.h>

#include "language.h"
#include "nearest.h"
#include "state.h"

/* --- unit(name, definition) */

static int define_unit(lua_State *L) {
    moat_error error;
    moat_units *units = moatl_units(L);
    lua_settop(L, 2);
    const char *name = moatl_check_name(L, 1, "the name");
    if (lua_isnil(L, 2)) {
        moatl_check_status(L, moat_unit_define_base(units, name, &error), &error);
        return 0;
    }
    moat_dim dim;
    double value = moatl_check_constant(L, 2, "the definition", &dim);
    moatl_check_status(L, moat_unit_define(units, name, value, dim, &error), &error);
    return 0;
}

/* --- variant(name, { assumption = value }) */

/* Makes a table { value, source = "..." } on top of the stack its value; true for one of other
 * assumptions, which the name is a prefix of. */
static bool is_prefix(lua_State *L, const char *name) {
    if (!lua_istable(L, -1))
        return false;
    const bool is_entry = lua_rawgeti(L, -1, 1) != LUA_TNIL;
    lua_pop(L, 1);
    if (is_entry)
        moatl_push_entry(L, name, lua_gettop(L));
    return !is_entry;
}

/* Appends the overrides in the table at an index to the arrays of names and values at 3 and 4. */
static void collect(lua_State *L, int table, const char *prefix) {
    luaL_checkstack(L, 16, "the table of the variant is nested too deeply");
    lua_Integer count = moatl_push_keys(L, table);
    int keys = lua_gettop(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, keys);
        lua_rawgeti(L, keys, i);
        const char *key = moatl_check_name(L, -1, "the name of an assumption");
        const char *name = prefix != NULL ? lua_pushfstring(L, "%s.%s", prefix, key) : key;
        lua_getfield(L, table, key);
        if (is_prefix(L, name)) {
            collect(L, lua_gettop(L), name);
            continue;
        }
        lua_Integer end = (lua_Integer)lua_rawlen(L, 3) + 1;
        lua_rawseti(L, 4, end);
        lua_pushstring(L, name);
        lua_rawseti(L, 3, end);
    }
    lua_settop(L, keys - 1);
}

/* The node of a value, where 0 and infinity fit the assumption's unit. */
static moat_node fitted(lua_State *L, const char *name, const moatl_quantity *quantity) {
    const moat_assumption *assumption = moat_model_find_assumption(moatl_model(L), name);
    double value = 0;
    if (assumption == NULL || !moatl_fits_all(L, quantity))
        return quantity->nodes[0];
    moatl_is_constant(L, quantity, &value);
    return moatl_number(L, value, moat_node_dim(moatl_graph(L), assumption->node));
}

/* Reads the value on top of the stack; texts live in the arrays at 3 and 4. */
static void read_override(lua_State *L, moat_override *override) {
    const moatl_quantity *quantity = luaL_testudata(L, -1, MOATL_QUANTITY);
    if (lua_type(L, -1) == LUA_TSTRING) {
        override->text = moatl_check_text(L, -1, override->name);
    } else if (quantity != NULL && quantity->dist != MOAT_NO_DIST) {
        moatl_push_text(L, -1);
        override->text = lua_tostring(L, -1); /* the quantity keeps it alive */
        override->dist = quantity->dist;
        lua_pop(L, 1);
    } else {
        quantity = moatl_check_scalar(L, -1, override->name);
        override->definition = fitted(L, override->name, quantity);
        override->text = moatl_push_shown(L, -1);
        lua_rawseti(L, 4, (lua_Integer)lua_rawlen(L, 4) + 1); /* keeps the text alive */
    }
}

static const char *assumption_at(const void *model, size_t index) {
    return moat_model_assumption(model, index)->name;
}

static void check_declared(lua_State *L, const char *name) {
    const moat_model *model = moatl_model(L);
    if (moat_model_find_assumption(model, name) != NULL)
        return;
    const char *near = moati_nearest_of(name, moat_model_assumptions(model), assumption_at, model);
    moatl_fail(L, "variant: no assumption \"%s\" has been declared above this line%s%s%s", name,
               near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
               near != NULL ? "\"?" : "");
}

static int variant(lua_State *L) {
    moat_error error;
    const char *name = moatl_check_name(L, 1, "the name");
    moatl_check_table(L, 2, "the second argument");
    lua_settop(L, 2);
    lua_newtable(L);
    lua_newtable(L);
    collect(L, 2, NULL);
    size_t count = (size_t)lua_rawlen(L, 3);
    moat_override *overrides = moatl_buffer(L, count + 1, sizeof *overrides);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 3, (lua_Integer)i + 1);
        overrides[i] = (moat_override){.name = lua_tostring(L, -1)};
        check_declared(L, overrides[i].name);
        lua_rawgeti(L, 4, (lua_Integer)i + 1);
        read_override(L, &overrides[i]);
        lua_pop(L, 2);
    }
    moatl_check_status(L, moat_model_add_variant(moatl_model(L), name, count, overrides, &error),
                       &error);
    moatl_note(L, MOATI_NOTE_VARIANT, name, NULL);
    return 0;
}

/* --- settings { samples =, seed =, sampling = } */

static const char *const setting_options[] = {"samples", "seed", "sampling", NULL};
static const char *const samplings[] = {"random", "lhs", "sobol", NULL}; /* as moat_sampling */

static int set_settings(lua_State *L) {
    moat_settings settings = {0};
    unsigned fields = 0;
    moat_error error;
    moatl_check_table(L, 1, "the argument");
    moatl_check_options(L, 1, setting_options);
    if (lua_getfield(L, 1, "samples") != LUA_TNIL) {
        settings.samples = (size_t)moatl_check_integer(L, -1, "samples", 1, INT64_C(1) << 32);
        fields |= MOAT_SET_SAMPLES;
    }
    if (lua_getfield(L, 1, "seed") != LUA_TNIL) {
        settings.seed = (uint64_t)moatl_check_integer(L, -1, "seed", 0, LUA_MAXINTEGER);
        fields |= MOAT_SET_SEED;
    }
    if (lua_getfield(L, 1, "sampling") != LUA_TNIL) {
        settings.sampling = (moat_sampling)moatl_check_word(L, -1, "sampling", samplings);
        fields |= MOAT_SET_SAMPLING;
    }
    moatl_check_status(L, moat_model_set(moatl_model(L), fields, &settings, false, &error), &error);
    return 0;
}

const moat_lua_function moatl_scenario_functions[] = {
    {"unit", define_unit, NULL, "unit(name, definition)",
     "adds a unit to those that texts can have; without a definition, one of a dimension of its "
     "own",
     "unit(\"unicorn\", \"1 $bn\"); print(q(\"3 unicorn\"):as \"$bn\")", "3 $bn\n"},
    {"variant", variant, NULL, "variant(name, { assumption = value, ... })",
     "declares another set of assumptions, which the command line chooses; what is not named stays",
     "assume { price = \"12 $bn\" }; variant(\"bear\", { price = \"18 $bn\" }); print \"declared\"",
     "declared\n"},
    {"settings", set_settings, NULL,
     "settings { samples = 10000, seed = 1, sampling = \"random\" | \"lhs\" | \"sobol\" }",
     "sets how the scenario is evaluated; the command line overrides it",
     "settings { samples = 1000 }; print \"set\"", "set\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
