/* Columns of a table or a chart, read from tables of Lua. */
#include "columns_lua.h"

#include <string.h>

#include "language.h"
#include "nearest.h"

moatl_columns moatl_new_columns(lua_State *L, size_t room) {
    moatl_columns c = {.list = moatl_buffer(L, room + 1, sizeof *c.list)};
    lua_newtable(L);
    c.kept = lua_gettop(L);
    return c;
}

/* Moves the value on top of the stack to what is kept. */
static void keep(lua_State *L, const moatl_columns *c) {
    lua_rawseti(L, c->kept, (lua_Integer)lua_rawlen(L, c->kept) + 1);
}

static bool same_nodes(const moatl_quantity *quantity, const moat_output *output) {
    const moat_node *nodes = quantity->nodes + (quantity->axis != MOAT_NO_AXIS);
    const size_t count = quantity->axis == MOAT_NO_AXIS ? 1 : quantity->count;
    return quantity->axis == output->axis && count == output->count &&
           memcmp(nodes, output->nodes, count * sizeof *nodes) == 0;
}

/* The output that a quantity has been declared as; NULL: none. */
static const moat_output *declared_as(lua_State *L, const moatl_quantity *quantity) {
    const moat_model *model = moatl_model(L);
    for (size_t i = 0; i < moat_model_outputs(model); i++) {
        const moat_output *output = moat_model_get_output(model, i);
        if (same_nodes(quantity, output))
            return output;
    }
    return NULL;
}

static const char *label_of(const moat_output *output) {
    return output->label != NULL ? output->label : output->name;
}

/* What a quantity that has been given no name is called. */
static const char *name_of(lua_State *L, const moatl_quantity *quantity,
                           const moat_output *declared) {
    if (declared != NULL)
        return label_of(declared);
    const char *name = moatl_assumption_of(L, quantity);
    if (name != NULL) {
        const char *label = moat_model_find_assumption(moatl_model(L), name)->label;
        return label != NULL ? label : name;
    }
    moatl_fail(L,
               "%s: a quantity that is neither an output nor an assumption needs a name, as in "
               "%s { { x, label = \"Cash\" } }",
               moatl_name(L), moatl_name(L));
}

static const char *output_name_at(const void *model, size_t index) {
    return moat_model_get_output(model, index)->name;
}

static void check_set(lua_State *L, const char *name, const moatl_quantity *quantity) {
    const char *who = lua_pushfstring(L, "%s: \"%s\"", moatl_name(L), name);
    for (unsigned t = 1; t <= quantity->count; t++)
        if (quantity->nodes[t] == MOAT_NO_NODE)
            moatl_fail_unset(L, who, quantity, t);
    lua_pop(L, 1);
}

/* Adds the quantity at an index under a name. */
static void add_quantity(lua_State *L, moatl_columns *c, const char *name, moat_unit unit,
                         int index) {
    const moatl_quantity *quantity = moatl_check(L, index, name);
    check_set(L, name, quantity);
    if (c->by_year && quantity->axis == MOAT_PERIOD_AXIS) {
        const moat_show show = quantity->show;
        moatl_quantity *annual = moatl_push_annual(L, index);
        annual->show = show;
        quantity = annual;
        keep(L, c);
    }
    const bool is_one = quantity->axis == MOAT_NO_AXIS;
    c->list[c->count++] = (moat_output){.name = name,
                                        .unit = unit != MOAT_NO_UNIT ? unit : quantity->shown,
                                        .dim = quantity->dim,
                                        .show = quantity->show,
                                        .axis = quantity->axis,
                                        .count = is_one ? 1 : quantity->count,
                                        .nodes = quantity->nodes + !is_one};
}

/* Adds the output of the name at an index. */
static void add_declared(lua_State *L, moatl_columns *c, const char *name, int index) {
    const char *wanted = moatl_check_name(L, index, "the name of an output");
    const moat_model *model = moatl_model(L);
    const moat_output *output = moat_model_find_output(model, wanted);
    if (output == NULL) {
        const char *near =
            moati_nearest_of(wanted, moat_model_outputs(model), output_name_at, model);
        moatl_fail(L, "%s: no output \"%s\" has been declared above this line%s%s%s", moatl_name(L),
                   wanted, near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                   near != NULL ? "\"?" : "");
    }
    const bool is_one = output->axis == MOAT_NO_AXIS;
    moatl_quantity *quantity = moatl_push_shape(
        L, output->axis, is_one ? 0 : (unsigned)output->count, output->dim, output->unit);
    quantity->show = output->show;
    memcpy(quantity->nodes + !is_one, output->nodes, output->count * sizeof *output->nodes);
    add_quantity(L, c, name != NULL ? name : label_of(output), output->unit, lua_gettop(L));
    keep(L, c);
}

static const char *const column_options[] = {"unit", "label", NULL};

static moat_unit column_unit(lua_State *L, int index, int options) {
    if (options == 0 || lua_getfield(L, options, "unit") == LUA_TNIL)
        return MOAT_NO_UNIT;
    const char *text = moatl_check_text(L, -1, "unit");
    const moat_unit unit = moatl_parse_unit(L, text);
    moatl_require_dim(L, index, "a quantity", moat_unit_dim(moatl_units(L), unit), text);
    return unit;
}

void moatl_add_column(lua_State *L, moatl_columns *c, const char *name, int index) {
    int options = 0;
    luaL_checkstack(L, LUA_MINSTACK, "too many values");
    if (lua_istable(L, index)) {
        options = index;
        moatl_check_entry(L, index, column_options);
        if (lua_getfield(L, index, "label") != LUA_TNIL)
            name = moatl_check_name(L, -1, "label");
        lua_rawgeti(L, index, 1);
        index = lua_gettop(L);
    }
    if (lua_type(L, index) == LUA_TSTRING) {
        add_declared(L, c, name, index);
        return;
    }
    const moatl_quantity *quantity = moatl_check(L, index, name != NULL ? name : "a quantity");
    const moat_output *declared = declared_as(L, quantity);
    if (name == NULL)
        name = name_of(L, quantity, declared);
    moat_unit unit = column_unit(L, index, options);
    if (unit == MOAT_NO_UNIT && declared != NULL)
        unit = declared->unit;
    add_quantity(L, c, name, unit, index);
    lua_pushvalue(L, index); /* a number has become a quantity, which nothing else may hold */
    keep(L, c);
}

bool moatl_is_word(const char *word, const char *const *words) {
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

void moatl_add_columns(lua_State *L, moatl_columns *c, int table, const char *const *options) {
    const int top = lua_gettop(L);
    const lua_Integer listed = luaL_len(L, table);
    for (lua_Integer i = 1; i <= listed; i++) {
        lua_geti(L, table, i);
        moatl_add_column(L, c, NULL, lua_gettop(L));
        lua_settop(L, top);
    }
    const lua_Integer keys = moatl_push_keys(L, table);
    for (lua_Integer i = 1; i <= keys; i++) {
        lua_settop(L, top + 1);
        lua_rawgeti(L, top + 1, i);
        if (lua_isinteger(L, -1))
            continue;
        const char *name = moatl_check_name(L, -1, "the name of a quantity");
        if (moatl_is_word(name, options))
            continue;
        lua_getfield(L, table, name);
        moatl_add_column(L, c, name, lua_gettop(L));
    }
    lua_settop(L, top);
}
