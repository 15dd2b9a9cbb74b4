/* Making a table of data of a text: once over it to learn what the columns are, once to fill
 * them. */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "csv_columns.h"
#include "data.h"

enum { COLUMNS_LIMIT = 10000, ROWS_BETWEEN_LOOKS = 1000 };

typedef struct reading {
    const char *source, *text;
    moati_csv csv, body; /* where the reading is; where the rows begin */
    size_t columns, rows;
    moati_csv_column *column;
    moati_csv_cell *cells; /* of one row */
} reading;

_Noreturn static void fail_at(lua_State *L, const reading *r, const moat_error *error) {
    size_t line, column;
    if (error->where == MOAT_NOWHERE)
        moatl_fail_with(L, error);
    moati_csv_locate(r->text, (size_t)error->where, &line, &column);
    moatl_fail(L, "%s: %s:%d:%d: %s", moatl_name(L), r->source, (int)line, (int)column,
               error->message);
}

static void check(lua_State *L, const reading *r, moat_status status, const moat_error *error) {
    if (status != MOAT_OK)
        fail_at(L, r, error);
}

/* Large files take a while. */
static void look_for_cancel(lua_State *L, size_t row) {
    const atomic_int *cancel = moat_model_cancel(moatl_model(L));
    if (row % ROWS_BETWEEN_LOOKS == 0 && cancel != NULL &&
        atomic_load_explicit(cancel, memory_order_relaxed) != 0)
        moatl_abort(L, MOAT_INTERRUPTED, "the run was stopped");
}

static const char *push_cell(lua_State *L, const moati_csv_cell *cell) {
    luaL_Buffer buffer;
    char *room = luaL_buffinitsize(L, &buffer, cell->length);
    luaL_pushresultsize(&buffer, moati_csv_copy(cell, room));
    return lua_tostring(L, -1);
}

static void read_header(lua_State *L, reading *r) {
    moat_error error;
    check(L, r, moati_csv_count(&r->csv, &r->columns, &error), &error);
    if (r->columns > COLUMNS_LIMIT)
        moatl_fail(L, "%s: %s has %d columns, and at most %d are possible", moatl_name(L),
                   r->source, (int)r->columns, COLUMNS_LIMIT);
    r->column = moatl_buffer(L, r->columns, sizeof *r->column);
    r->cells = moatl_buffer(L, r->columns, sizeof *r->cells);
    check(L, r, moati_csv_row(&r->csv, r->columns, r->cells, &error), &error);
    for (size_t i = 0; i < r->columns; i++)
        check(L, r, moati_csv_header(moatl_units(L), &r->cells[i], &r->column[i], &error), &error);
    r->body = r->csv;
}

static void survey(lua_State *L, reading *r) {
    moat_error error;
    for (r->rows = 0; moati_csv_has_row(&r->csv); r->rows++) {
        look_for_cancel(L, r->rows);
        check(L, r, moati_csv_row(&r->csv, r->columns, r->cells, &error), &error);
        for (size_t i = 0; i < r->columns; i++)
            check(L, r, moati_csv_note(moatl_units(L), &r->column[i], &r->cells[i], &error),
                  &error);
    }
    r->csv = r->body;
}

/* --- Columns. */

static void push_empty_column(lua_State *L, const reading *r, const moati_csv_column *from) {
    moatl_column *column = moatl_push_column(L, from->is_text, r->rows);
    column->dim = moat_unit_dim(moatl_units(L), from->unit);
    column->shown = moatl_shown_unit(L, from->unit);
    if (from->has_misfit)
        moati_csv_locate(r->text, from->misfit.where, &column->misfit_line, &column->misfit_column);
    push_cell(L, &from->name);
    lua_setiuservalue(L, -2, MOATL_COLUMN_NAME);
    lua_newtable(L);
    lua_setiuservalue(L, -2, MOATL_COLUMN_TEXTS);
    lua_pushstring(L, r->source);
    lua_setiuservalue(L, -2, MOATL_COLUMN_SOURCE);
}

/* Adds the columns to the tables of names at index `names` and of columns above it, and to a list
 * of the columns that it leaves on the stack. */
static void push_columns(lua_State *L, const reading *r, int names) {
    lua_createtable(L, (int)r->columns, 0);
    for (size_t i = 0; i < r->columns; i++) {
        push_empty_column(L, r, &r->column[i]);
        const char *name = moatl_push_column_text(L, -1, MOATL_COLUMN_NAME);
        if (lua_getfield(L, names + 1, name) != LUA_TNIL) {
            moat_error error;
            moat_fail_at(&error, MOAT_SYNTAX, (long)r->column[i].name.where,
                         "there is another column \"%.60s\": give each a name of its own", name);
            fail_at(L, r, &error);
        }
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, names, (lua_Integer)i + 1);
        lua_pushvalue(L, -2);
        lua_rawset(L, names + 1);
        lua_rawseti(L, names + 2, (lua_Integer)i + 1);
    }
}

static void store_text(lua_State *L, size_t row, const moati_csv_cell *cell) {
    if (moati_csv_is_missing(cell))
        return;
    lua_getiuservalue(L, -1, MOATL_COLUMN_TEXTS);
    push_cell(L, cell);
    lua_rawseti(L, -2, (lua_Integer)row + 1);
    lua_pop(L, 1);
}

static void fill(lua_State *L, reading *r, int columns) {
    moat_error error;
    for (size_t row = 0; moati_csv_has_row(&r->csv); row++) {
        look_for_cancel(L, row);
        check(L, r, moati_csv_row(&r->csv, r->columns, r->cells, &error), &error);
        for (size_t i = 0; i < r->columns; i++) {
            const moati_csv_cell *cell = &r->cells[i];
            lua_rawgeti(L, columns, (lua_Integer)i + 1);
            moatl_column *column = lua_touserdata(L, -1);
            if (column->is_text)
                store_text(L, row, cell);
            else if (moati_csv_is_missing(cell))
                column->values[row] = NAN;
            else
                check(L, r,
                      moati_csv_number(moatl_units(L), &r->column[i], cell, &column->values[row],
                                       &error),
                      &error);
            lua_pop(L, 1);
        }
    }
}

void moatl_push_data(lua_State *L, const char *source, const char *text, size_t length) {
    reading r = {.source = source, .text = text};
    moat_error error;
    luaL_checkstack(L, LUA_MINSTACK, "too many values");
    check(L, &r, moati_csv_begin(&r.csv, text, length, &error), &error);
    moatl_data *data = lua_newuserdatauv(L, sizeof *data, 3);
    const int self = lua_gettop(L);
    read_header(L, &r);
    survey(L, &r);
    *data = (moatl_data){r.rows, r.columns};
    lua_newtable(L);
    lua_newtable(L);
    const int names = lua_gettop(L) - 1;
    push_columns(L, &r, names);
    fill(L, &r, names + 2);
    lua_pushvalue(L, names);
    lua_setiuservalue(L, self, MOATL_DATA_NAMES);
    lua_pushvalue(L, names + 1);
    lua_setiuservalue(L, self, MOATL_DATA_COLUMNS);
    lua_pushstring(L, source);
    lua_setiuservalue(L, self, MOATL_DATA_SOURCE);
    lua_settop(L, self);
    luaL_setmetatable(L, MOATL_DATA);
}
