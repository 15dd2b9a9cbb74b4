/* Columns of data: lists of quantities, numbers or texts, with holes where cells are empty. */
#include <math.h>
#include <string.h>

#include "data.h"

moatl_column *moatl_push_column(lua_State *L, bool is_text, size_t rows) {
    const size_t values = is_text ? 0 : rows;
    moatl_column *column =
        lua_newuserdatauv(L, sizeof *column + values * sizeof column->values[0], 3);
    memset(column, 0, sizeof *column);
    column->is_text = is_text;
    column->rows = rows;
    luaL_setmetatable(L, MOATL_COLUMN);
    return column;
}

const char *moatl_push_column_text(lua_State *L, int column, int which) {
    lua_getiuservalue(L, column, which);
    return lua_tostring(L, -1);
}

/* Pushes a value in base units as the column's elements are: years and counts are numbers of
 * Lua's. */
static void push_in_unit(lua_State *L, const moatl_column *column, double value) {
    enum { LARGEST_WHOLE = 1 << 30 };
    if (column->shown != MOAT_NO_UNIT)
        moatl_push_constant(L, value, column->dim, column->shown);
    else if (value == floor(value) && fabs(value) <= LARGEST_WHOLE)
        lua_pushinteger(L, (lua_Integer)value);
    else
        lua_pushnumber(L, value);
}

void moatl_push_value(lua_State *L, int index, size_t row) {
    const moatl_column *column = lua_touserdata(L, index);
    if (row < 1 || row > column->rows || (!column->is_text && isnan(column->values[row - 1]))) {
        lua_pushnil(L);
    } else if (column->is_text) {
        lua_getiuservalue(L, index, MOATL_COLUMN_TEXTS);
        lua_rawgeti(L, -1, (lua_Integer)row);
        lua_remove(L, -2);
    } else {
        push_in_unit(L, column, column->values[row - 1]);
    }
}

static moatl_column *self(lua_State *L) {
    moatl_column *column = luaL_testudata(L, 1, MOATL_COLUMN);
    if (column == NULL)
        moatl_fail(L, "%s: call it of a column and with a colon: write %s", moatl_name(L),
                   moatl_entry(L)->usage);
    return column;
}

/* --- Summaries of what is not missing. */

static const moatl_column *check_numbers(lua_State *L) {
    const moatl_column *column = self(L);
    if (!column->is_text)
        return column;
    const char *name = moatl_push_column_text(L, 1, MOATL_COLUMN_NAME);
    const char *source = moatl_push_column_text(L, 1, MOATL_COLUMN_SOURCE);
    if (column->misfit_line == 0)
        moatl_fail(L, "%s: the column \"%s\" of %s is of texts", moatl_name(L), name, source);
    moatl_fail(L,
               "%s: the column \"%s\" is of texts, as %s:%d:%d is no number: where a number is "
               "missing, leave its cell empty",
               moatl_name(L), name, source, (int)column->misfit_line, (int)column->misfit_column);
}

typedef enum reduction { COUNT, SUM, MEAN, LEAST, LARGEST } reduction;

static const reduction reductions[] = {COUNT, SUM, MEAN, LEAST, LARGEST};

static size_t count_present(lua_State *L, const moatl_column *column) {
    size_t count = 0;
    if (column->is_text)
        lua_getiuservalue(L, 1, MOATL_COLUMN_TEXTS);
    for (size_t i = 0; i < column->rows; i++) {
        count += column->is_text ? lua_rawgeti(L, -1, (lua_Integer)i + 1) != LUA_TNIL
                                 : !isnan(column->values[i]);
        if (column->is_text)
            lua_pop(L, 1);
    }
    return count;
}

/* Neumaier's compensated sum. */
static double sum_present(const moatl_column *column) {
    double sum = 0, lost = 0;
    for (size_t i = 0; i < column->rows; i++) {
        const double x = column->values[i];
        if (isnan(x))
            continue;
        const double next = sum + x;
        lost += fabs(sum) >= fabs(x) ? (sum - next) + x : (x - next) + sum;
        sum = next;
    }
    return isfinite(sum) ? sum + lost : sum;
}

static double extreme_present(const moatl_column *column, double sign) {
    double extreme = -INFINITY;
    for (size_t i = 0; i < column->rows; i++)
        if (sign * column->values[i] > extreme)
            extreme = sign * column->values[i];
    return sign * extreme;
}

static int reduce(lua_State *L) {
    const reduction how = *(const reduction *)moatl_entry(L)->context;
    const moatl_column *column = how == COUNT ? self(L) : check_numbers(L);
    const size_t count = count_present(L, column);
    if (how == COUNT) {
        lua_pushinteger(L, (lua_Integer)count);
        return 1;
    }
    if (count == 0 && how != SUM)
        moatl_fail(L, "%s: all cells of the column \"%s\" are empty", moatl_name(L),
                   moatl_push_column_text(L, 1, MOATL_COLUMN_NAME));
    double value;
    switch (how) {
    case MEAN: value = sum_present(column) / (double)count; break;
    case LEAST: value = extreme_present(column, -1); break;
    case LARGEST: value = extreme_present(column, 1); break;
    default: value = sum_present(column); break;
    }
    push_in_unit(L, column, value);
    return 1;
}

/* --- As lists. */

static int values(lua_State *L) {
    const moatl_column *column = self(L);
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t row = 1; row <= column->rows; row++) {
        moatl_push_value(L, 1, row);
        if (lua_isnil(L, -1))
            lua_pop(L, 1);
        else
            lua_rawseti(L, -2, ++count);
    }
    return 1;
}

void moatl_expand_column(lua_State *L, int index) {
    if (luaL_testudata(L, index, MOATL_COLUMN) == NULL)
        return;
    index = lua_absindex(L, index);
    lua_pushcfunction(L, values);
    lua_pushvalue(L, index);
    lua_call(L, 1, 1);
    lua_replace(L, index);
}

static int length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)self(L)->rows);
    return 1;
}

static int get(lua_State *L) {
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    if (name != NULL) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(3)) == LUA_TNIL)
            moatl_fail_unknown(L, "a column of data has no method", name,
                               moatl_nearest_key(L, lua_upvalueindex(3), name));
        return 1;
    }
    int is_whole;
    const lua_Integer row = lua_tointegerx(L, 2, &is_whole);
    if (!is_whole)
        moatl_fail(L, "%s: a row is a whole number, not %s", moatl_name(L),
                   moatl_push_misfit(L, 2));
    moatl_push_value(L, 1, row < 1 ? 0 : (size_t)row);
    return 1;
}

static int refuse(lua_State *L) {
    moatl_fail(L, "%s: data are read and not written: make a table of your own, as with t:values()",
               moatl_name(L));
}

static int describe(lua_State *L) {
    const moatl_column *column = self(L);
    const char *name = moatl_push_column_text(L, 1, MOATL_COLUMN_NAME);
    const bool has_unit = column->shown != MOAT_NO_UNIT;
    lua_pushfstring(L, "the column %s%s%s%s of %d rows", name, has_unit ? " (" : "",
                    has_unit ? moat_unit_text(moatl_units(L), column->shown) : "",
                    has_unit ? ")" : "", (int)column->rows);
    return 1;
}

const moat_lua_function moatl_column_metamethods[] = {
    {"__index", get, NULL, "c[i]", NULL, NULL, NULL},
    {"__newindex", refuse, NULL, "c[i] = x", NULL, NULL, NULL},
    {"__len", length, NULL, "#c", NULL, NULL, NULL},
    {"__tostring", describe, NULL, "tostring(c)", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

#define PRICES "local t = data.parse \"year,price ($/Mtok)\\n2024,15\\n2025,\\n2026,4\\n\"; "

const moat_lua_function moatl_column_methods[] = {
    {"values", values, NULL, "t.price:values()",
     "the list of the cells that are not empty, as a table that can be changed",
     PRICES "print(#t.price, #t.price:values())", "3\t2\n"},
    {"count", reduce, &reductions[COUNT], "t.price:count()", "how many cells are not empty",
     PRICES "print(t.price:count())", "2\n"},
    {"sum", reduce, &reductions[SUM], "t.price:sum()", "the sum of the cells that are not empty",
     PRICES "print(t.price:sum())", "19 $/Mtok\n"},
    {"mean", reduce, &reductions[MEAN], "t.price:mean()",
     "the mean of the cells that are not empty", PRICES "print(t.price:mean())", "9.5 $/Mtok\n"},
    {"min", reduce, &reductions[LEAST], "t.price:min()", "the smallest cell",
     PRICES "print(t.price:min(), t.year:min())", "4 $/Mtok\t2024\n"},
    {"max", reduce, &reductions[LARGEST], "t.price:max()", "the largest cell",
     PRICES "print(t.price:max())", "15 $/Mtok\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
