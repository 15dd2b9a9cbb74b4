/* Making quantities, and what they are made of: nodes and dimensions. */
#include <math.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* --- Nodes. */

static moat_node made(lua_State *L, moat_node node, const moat_error *error) {
    if (node == MOAT_NO_NODE)
        moatl_fail_with(L, error);
    return node;
}

moat_node moatl_node1(lua_State *L, moat_op op, moat_node a) {
    moat_error error;
    return made(L, moat_graph_unary(moatl_graph(L), op, a, &error), &error);
}

moat_node moatl_node2(lua_State *L, moat_op op, moat_node a, moat_node b) {
    moat_error error;
    return made(L, moat_graph_binary(moatl_graph(L), op, a, b, &error), &error);
}

moat_node moatl_node3(lua_State *L, moat_op op, moat_node a, moat_node b, moat_node c) {
    moat_error error;
    moat_node operands[3] = {a, b, c};
    return made(L, moat_graph_add(moatl_graph(L), op, operands, &error), &error);
}

moat_node moatl_number(lua_State *L, double value, moat_dim dim) {
    moat_error error;
    return made(L, moat_graph_constant(moatl_graph(L), value, dim, &error), &error);
}

moat_node moatl_recast(lua_State *L, moat_node node, moat_dim dim) {
    moat_dim from = moat_node_dim(moatl_graph(L), node);
    if (from == dim)
        return node;
    moat_node one = moatl_number(L, 1, moatl_divide_dim(L, dim, from));
    return moatl_node2(L, MOAT_MUL, node, one);
}

/* --- Dimensions. */

moat_dim moatl_multiply_dim(lua_State *L, moat_dim a, moat_dim b) {
    moat_dim dim;
    moat_error error;
    moatl_check_status(L, moat_dim_multiply(moatl_units(L), a, b, &dim, &error), &error);
    return dim;
}

moat_dim moatl_divide_dim(lua_State *L, moat_dim a, moat_dim b) {
    moat_dim dim;
    moat_error error;
    moatl_check_status(L, moat_dim_divide(moatl_units(L), a, b, &dim, &error), &error);
    return dim;
}

moat_dim moatl_power_dim(lua_State *L, moat_dim base, double exponent) {
    moat_dim dim;
    moat_error error;
    moatl_check_status(L, moat_dim_power(moatl_units(L), base, exponent, &dim, &error), &error);
    return dim;
}

moat_unit moatl_parse_unit(lua_State *L, const char *text) {
    moat_unit unit;
    moat_error error;
    moat_status status = moat_unit_parse(moatl_units(L), text, strlen(text), &unit, &error);
    if (status == MOAT_NO_MEMORY)
        moatl_fail_with(L, &error);
    if (status != MOAT_OK)
        moatl_fail(L, "%s: \"%s\" is not a unit: %s", moatl_name(L), text, error.message);
    return unit;
}

moat_dim moatl_time_dim(lua_State *L) {
    return moat_unit_dim(moatl_units(L), moatl_parse_unit(L, "yr"));
}

/* --- Quantities. */

static moatl_quantity *push_raw(lua_State *L, moat_axis axis, unsigned count, int user_values) {
    luaL_checkstack(L, 8, "too many values");
    size_t nodes = ((size_t)count + 1) * sizeof(moat_node);
    moatl_quantity *quantity = lua_newuserdatauv(L, sizeof *quantity + nodes, user_values);
    memset(quantity, 0, sizeof *quantity + nodes);
    quantity->axis = axis;
    quantity->count = count;
    luaL_setmetatable(L, MOATL_QUANTITY);
    return quantity;
}

moatl_quantity *moatl_push_shape(lua_State *L, moat_axis axis, unsigned count, moat_dim dim,
                                 moat_unit shown) {
    moatl_quantity *quantity = push_raw(L, axis, count, 0);
    quantity->dim = dim;
    quantity->shown = shown;
    return quantity;
}

moatl_quantity *moatl_push(lua_State *L, moat_node node, moat_unit shown) {
    moat_dim dim = moat_node_dim(moatl_graph(L), node);
    moatl_quantity *quantity = moatl_push_shape(L, MOAT_NO_AXIS, 0, dim, shown);
    quantity->nodes[0] = node;
    return quantity;
}

moatl_quantity *moatl_push_constant(lua_State *L, double value, moat_dim dim, moat_unit shown) {
    return moatl_push(L, moatl_number(L, value, dim), shown);
}

moatl_quantity *moatl_push_series(lua_State *L, moat_dim dim, moat_unit shown) {
    return moatl_push_shape(L, MOAT_PERIOD_AXIS, moatl_horizon(L)->periods, dim, shown);
}

moatl_quantity *moatl_push_copy(lua_State *L, int index) {
    index = lua_absindex(L, index);
    const moatl_quantity *from = lua_touserdata(L, index);
    moatl_quantity *copy = push_raw(L, from->axis, from->count, 0);
    memcpy(copy, from, sizeof *copy + ((size_t)from->count + 1) * sizeof(moat_node));
    copy->dist = MOAT_NO_DIST;
    copy->assignable = false;
    return copy;
}

/* A quantity without a value that remembers the text on top of the stack. */
static moatl_quantity *push_with_text(lua_State *L, moat_dim dim, moat_unit shown) {
    moatl_quantity *quantity = push_raw(L, MOAT_NO_AXIS, 0, 1);
    quantity->dim = dim;
    quantity->shown = shown;
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    return quantity;
}

moatl_quantity *moatl_push_dist(lua_State *L, moat_dist dist, moat_unit shown) {
    moatl_quantity *quantity = push_with_text(L, moat_dist_dim(moatl_graph(L), dist), shown);
    quantity->dist = dist;
    return quantity;
}

moatl_quantity *moatl_push_named(lua_State *L, moat_node node, moat_unit shown) {
    moatl_quantity *quantity = push_with_text(L, moat_node_dim(moatl_graph(L), node), shown);
    quantity->nodes[0] = node;
    return quantity;
}

void moatl_push_text(lua_State *L, int index) {
    if (lua_getiuservalue(L, index, 1) != LUA_TSTRING) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

enum { WIDEST_LITERAL = 80 };

static bool continues_character(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

static int characters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++)
        count += !continues_character(*text);
    return count;
}

/* How many bytes of a literal messages show. */
static size_t cut_literal(const char *text, size_t length) {
    if (length <= WIDEST_LITERAL)
        return length;
    size_t cut = WIDEST_LITERAL;
    while (cut > 0 && continues_character(text[cut]))
        cut--;
    return cut;
}

static const char *push_escaped(lua_State *L, const char *text, size_t length) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    moatl_add_escaped(&buffer, text, length, false);
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

static void parse(lua_State *L, const char *who, const char *text, size_t length,
                  moat_literal *literal) {
    moat_error error;
    if (moat_literal_parse(moatl_graph(L), text, length, literal, &error) == MOAT_OK)
        return;
    if (error.status == MOAT_NO_MEMORY || error.status == MOAT_LIMIT)
        moatl_fail_with(L, &error);
    const size_t cut = cut_literal(text, length);
    const char *shown = push_escaped(L, text, cut);
    if (cut < length || error.where == MOAT_NOWHERE || (size_t)error.where > length)
        moatl_fail(L, "%s: \"%s%s\" is not a quantity: %s", who, shown, cut < length ? "..." : "",
                   error.message);
    const char *before = push_escaped(L, text, (size_t)error.where);
    moatl_fail(L, "%s: \"%s\" is not a quantity: %s\n" MOAT_LUA_MARGIN "%s\n" MOAT_LUA_MARGIN "%*s",
               who, shown, error.message, shown, characters(before) + 1, "^");
}

void moatl_parse_literal(lua_State *L, const char *text, size_t length, moat_literal *literal) {
    parse(L, moatl_name(L), text, length, literal);
}

void moatl_check_literal(lua_State *L, int index, const char *what) {
    if (lua_type(L, index) != LUA_TSTRING)
        return;
    size_t length;
    moat_literal literal;
    const char *text = lua_tolstring(L, index, &length);
    parse(L, lua_pushfstring(L, "%s: %s", moatl_name(L), what), text, length, &literal);
    lua_pop(L, 1);
}

moat_unit moatl_shown_unit(lua_State *L, moat_unit unit) {
    return strcmp(moat_unit_text(moatl_units(L), unit), "1") == 0 ? MOAT_NO_UNIT : unit;
}

moatl_quantity *moatl_push_literal(lua_State *L, const char *text, size_t length) {
    moat_literal literal;
    luaL_checkstack(L, 8, "too many values");
    moatl_parse_literal(L, text, length, &literal);
    moat_unit shown = moatl_shown_unit(L, literal.unit);
    lua_pushlstring(L, text, length);
    if (literal.dist != MOAT_NO_DIST)
        return moatl_push_dist(L, literal.dist, shown);
    moat_node node = moatl_number(L, literal.value, moat_unit_dim(moatl_units(L), literal.unit));
    return moatl_push_named(L, node, shown);
}

void moatl_fail_unset(lua_State *L, const char *who, const moatl_quantity *quantity,
                      unsigned period) {
    if (period == 0) {
        moatl_fail(L,
                   "%s: this series in %s has no opening value: write series(unit, { [0] = ... })",
                   who, moatl_push_unit(L, quantity));
    }
    char label[16];
    moat_model_axis_label(moatl_model(L), quantity->axis, period - 1, label);
    moatl_fail(
        L,
        "%s: period %u (%s) of this series in %s has not been set: set it before it is read; "
        "the period before is x[t-1], the opening value x[0]",
        who, period, label, moatl_push_unit(L, quantity));
}

moat_node moatl_period(lua_State *L, const moatl_quantity *quantity, unsigned period) {
    if (quantity->axis == MOAT_NO_AXIS)
        return quantity->nodes[0];
    moat_node node = quantity->nodes[period];
    if (node != MOAT_NO_NODE)
        return node;
    moatl_fail_unset(L, moatl_name(L), quantity, period);
}
