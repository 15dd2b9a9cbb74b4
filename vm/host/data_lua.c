/* Data that scripts read: tables whose columns are named and have units. */
#include <string.h>

#include "below.h"
#include "data.h"
#include "state.h"

/* --- Files. */

enum { FILE_LIMIT = 64 << 20, LONGEST_PATH = 200 };

/* The parts of a path: no empty one, none that leads up or is hidden, no control character. */
static bool is_below(const char *path) {
    bool begins = true;
    for (const char *c = path; *c != '\0'; c++) {
        if ((begins && (*c == '/' || *c == '.')) || *c == '\\' || (unsigned char)*c < ' ' ||
            *c == 0x7f)
            return false;
        begins = *c == '/';
    }
    return !begins && strlen(path) <= LONGEST_PATH;
}

static int read_file(lua_State *L) {
    size_t length;
    const char *name = moatl_check_text(L, 1, "the name of the file");
    if (!is_below(name))
        moatl_fail(L,
                   "data.csv: \"%s\" is not below the script's folder: write \"prices.csv\" or "
                   "\"folder/prices.csv\"",
                   name);
    if (moatl_folder(L) == NULL)
        moatl_fail(L, "data.csv: there is no folder to read \"%s\" from: the script is no file",
                   name);
    const char *path = lua_pushfstring(L, "%s/%s", moatl_folder(L), name);
    const char *missing =
        lua_pushfstring(L, "data.csv: there is no file %s beside the script", path);
    const char *text = moatl_push_file(L, "data.csv", path, missing, FILE_LIMIT, &length);
    moatl_push_data(L, name, text, length);
    return 1;
}

static int parse(lua_State *L) {
    size_t length;
    moatl_check_text(L, 1, "the text");
    const char *text = lua_tolstring(L, 1, &length);
    moatl_push_data(L, "text", text, length);
    return 1;
}

/* --- Tables of data. */

moatl_data *moatl_check_data(lua_State *L, int index) {
    moatl_data *data = luaL_testudata(L, index, MOATL_DATA);
    if (data == NULL)
        moatl_fail(L, "%s: call it of a table of data and with a colon: write %s", moatl_name(L),
                   moatl_entry(L)->usage);
    return data;
}

static const char *push_names(lua_State *L, int data) {
    const size_t count = ((const moatl_data *)lua_touserdata(L, data))->columns;
    luaL_Buffer buffer;
    lua_getiuservalue(L, data, MOATL_DATA_NAMES);
    const int names = lua_gettop(L);
    luaL_buffinit(L, &buffer);
    for (size_t i = 1; i <= count; i++) {
        luaL_addstring(&buffer, i == 1 ? "" : ", ");
        lua_rawgeti(L, names, (lua_Integer)i);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

void moatl_push_column_named(lua_State *L, int data, const char *name) {
    data = lua_absindex(L, data);
    lua_getiuservalue(L, data, MOATL_DATA_COLUMNS);
    lua_pushstring(L, name);
    if (lua_rawget(L, -2) != LUA_TNIL) {
        lua_remove(L, -2);
        return;
    }
    lua_getiuservalue(L, data, MOATL_DATA_SOURCE);
    const char *source = lua_tostring(L, -1);
    const char *near = moatl_nearest_key(L, lua_gettop(L) - 2, name);
    const char *lead = lua_pushfstring(L, "%s has no column", source);
    if (near != NULL)
        moatl_fail_unknown(L, lead, name, near);
    moatl_fail(L, "%s \"%s\": it has %s", lead, name, push_names(L, data));
}

static int column(lua_State *L) {
    moatl_check_data(L, 1);
    moatl_push_column_named(L, 1, moatl_check_text(L, 2, "the name"));
    return 1;
}

static int columns(lua_State *L) {
    const moatl_data *data = moatl_check_data(L, 1);
    lua_newtable(L);
    lua_getiuservalue(L, 1, MOATL_DATA_NAMES);
    for (size_t i = 1; i <= data->columns; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        lua_rawseti(L, -3, (lua_Integer)i);
    }
    lua_pop(L, 1);
    return 1;
}

/* A field of a row that is nil: an empty cell, or a misspelt name. Upvalues: an entry, nothing, the
 * table of data. */
static int missing_cell(lua_State *L) {
    if (lua_type(L, 2) == LUA_TSTRING)
        moatl_push_column_named(L, lua_upvalueindex(3), lua_tostring(L, 2));
    lua_pushnil(L);
    return 1;
}

static const moat_lua_function row_index = {"__index", missing_cell, NULL, "row.name",
                                            NULL,      NULL,         NULL, NULL};

/* Pushes a row as a table by the names of the columns. */
static void push_row(lua_State *L, int data, size_t row) {
    const size_t count = ((const moatl_data *)lua_touserdata(L, data))->columns;
    lua_newtable(L);
    lua_getiuservalue(L, data, MOATL_DATA_NAMES);
    lua_getiuservalue(L, data, MOATL_DATA_COLUMNS);
    const int table = lua_gettop(L) - 2;
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, table + 1, (lua_Integer)i);
        lua_pushvalue(L, -1);
        lua_rawget(L, table + 2);
        moatl_push_value(L, lua_gettop(L), row);
        lua_remove(L, -2);
        lua_rawset(L, table);
    }
    lua_settop(L, table);
    lua_newtable(L);
    lua_pushlightuserdata(L, (void *)(uintptr_t)&row_index);
    lua_pushnil(L);
    lua_pushvalue(L, data);
    lua_pushcclosure(L, missing_cell, 3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* Upvalues: the table of data, the number of the last row. */
static int next_row(lua_State *L) {
    const moatl_data *data = lua_touserdata(L, lua_upvalueindex(1));
    const lua_Integer row = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    if ((size_t)row > data->rows)
        return 0;
    lua_pushinteger(L, row);
    lua_copy(L, -1, lua_upvalueindex(2));
    lua_pushvalue(L, lua_upvalueindex(1));
    push_row(L, lua_gettop(L), (size_t)row);
    lua_pushinteger(L, row);
    return 2;
}

static int rows(lua_State *L) {
    moatl_check_data(L, 1);
    lua_settop(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_row, 2);
    return 1;
}

static int length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)moatl_check_data(L, 1)->rows);
    return 1;
}

static int get(lua_State *L) {
    const moatl_data *data = moatl_check_data(L, 1);
    if (lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(3)) == LUA_TNIL)
            moatl_push_column_named(L, 1, lua_tostring(L, 2));
        return 1;
    }
    const lua_Integer row =
        moatl_check_integer(L, 2, "the row", 1, data->rows > 0 ? (lua_Integer)data->rows : 1);
    if ((size_t)row > data->rows)
        lua_pushnil(L);
    else
        push_row(L, 1, (size_t)row);
    return 1;
}

static int refuse(lua_State *L) {
    moatl_fail(L, "%s: data are read and not written: make a table of your own", moatl_name(L));
}

static int describe(lua_State *L) {
    const moatl_data *data = moatl_check_data(L, 1);
    lua_pushfstring(L, "data of %d rows: %s", (int)data->rows, push_names(L, 1));
    return 1;
}

static const moat_lua_function data_metamethods[] = {
    {"__index", get, NULL, "t.name", NULL, NULL, NULL},
    {"__newindex", refuse, NULL, "t.name = x", NULL, NULL, NULL},
    {"__len", length, NULL, "#t", NULL, NULL, NULL},
    {"__tostring", describe, NULL, "tostring(t)", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* Makes the metatable of a type: its metamethods have the table of methods as third upvalue. */
static void new_type(lua_State *L, const char *type, const char *name,
                     const moat_lua_function *metamethods, const moat_lua_function *methods) {
    luaL_newmetatable(L, type);
    lua_newtable(L);
    moatl_register(L, methods);
    for (const moat_lua_function *f = metamethods; f->name != NULL; f++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)f);
        lua_pushnil(L);
        lua_pushvalue(L, -3);
        lua_pushcclosure(L, f->call, 3);
        lua_setfield(L, -3, f->name);
    }
    lua_pop(L, 1);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

/* A misspelt function of `data` is an error, not nil. */
static int unknown_function(lua_State *L) {
    const char *name = moatl_check_text(L, 2, "the name");
    moatl_fail_unknown(L, "data has no function", name, moatl_nearest_key(L, 1, name));
}

static const moat_lua_function table_metamethods[] = {
    {"__index", unknown_function, NULL, "data.name", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

void moatl_open_data(lua_State *L) {
    new_type(L, MOATL_DATA, "data", data_metamethods, moatl_data_methods);
    new_type(L, MOATL_COLUMN, "column", moatl_column_metamethods, moatl_column_methods);
    lua_newtable(L);
    moatl_register(L, moatl_data_functions);
    lua_newtable(L);
    moatl_register(L, table_metamethods);
    lua_setmetatable(L, -2);
    moatl_protect_table(L);
    lua_setfield(L, -2, "data");
}

const moat_lua_function moatl_data_functions[] = {
    {"data.csv", read_file, NULL, "data.csv \"prices.csv\"",
     "the data of a file of comma-separated values below the script's folder, at most 64 MiB: the "
     "first row names the columns and their units, as in \"price ($/Mtok)\"; t.price is a column, "
     "t.price[3] a cell of it, nil where it is empty, #t the number of rows and t[3] a row",
     NULL, NULL},
    {"data.parse", parse, NULL, "data.parse(text)",
     "the same of a text: t.price[1] is a quantity where the column has a unit, else a number or a "
     "text",
     "local t = data.parse \"year,price ($/Mtok)\\n2025,15\\n2026,4\\n\"; print(#t, t.price[2], "
     "t[1].year)",
     "2\t4 $/Mtok\t2025\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

#define PRICES "local t = data.parse \"year,price ($/Mtok)\\n2025,15\\n2026,4\\n\"; "

const moat_lua_function moatl_data_methods[] = {
    {"rows", rows, NULL, "for row, i in t:rows() do ... end",
     "goes through the rows, each a table by the names of the columns, with its number",
     PRICES "for row in t:rows() do print(row.year, row.price) end",
     "2025\t15 $/Mtok\n2026\t4 $/Mtok\n"},
    {"series", moatl_data_series, NULL, "t:series(name, { by = , fill = \"previous\" })",
     "a column as a series over the horizon: `by` is the column of the periods, as in 2026, "
     "2026-Q3 or 2026-09, by default the first of that kind; a row of the period before the first "
     "is the opening value; every period must have a row unless fill = \"previous\" goes on with "
     "the value before",
     "horizon { from = \"2025\", to = \"2026\" }; " PRICES "print(t:series \"price\")",
     "2025: 15 $/Mtok ... 2026: 4 $/Mtok\n"},
    {"column", column, NULL, "t:column(name)", "t[name], also where that is the name of a method",
     PRICES "print(t:column(\"price\"):mean())", "9.5 $/Mtok\n"},
    {"columns", columns, NULL, "t:columns()", "the list of the columns' names, in their order",
     PRICES "print(table.concat(t:columns(), \" \"))", "year price\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
