/* Columns of data as series: rows are matched to the periods of the horizon by their labels. */
#include <math.h>
#include <string.h>

#include "data.h"

static const char *const options[] = {"by", "fill", NULL};
static const char *const fills[] = {"previous", NULL};

/* --- Labels. */

typedef struct date {
    moat_step step;
    int year;
    unsigned part;
} date;

/* Pushes the text of a cell: years may have been read as numbers. */
static const char *push_label(lua_State *L, int column, size_t row) {
    moatl_push_value(L, column, row);
    if (lua_isinteger(L, -1)) {
        lua_pushfstring(L, "%I", lua_tointeger(L, -1));
        lua_remove(L, -2);
    }
    return lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

/* Whether a cell is the label of a period, of this horizon or of another of its kind; its number
 * counts from the first period, which is 1. */
static bool read_label(const moat_horizon *horizon, const char *text, date *d, long *period) {
    static const long parts[] = {1, 4, 12};
    const long per_year = parts[horizon->step];
    if (text == NULL || moat_date_parse(text, &d->step, &d->year, &d->part, NULL) != MOAT_OK)
        return false;
    const long months = ((long)d->part - 1) * (12 / parts[d->step]);
    const long first = horizon->first_year * per_year + (long)horizon->first_part - 1;
    *period = d->year * per_year + months / (12 / per_year) - first + 1;
    return true;
}

/* Without dates a label is a period's number. */
static bool read_number(lua_State *L, int column, size_t row, long *period) {
    int is_whole;
    moatl_push_value(L, column, row);
    const lua_Integer number = lua_tointegerx(L, -1, &is_whole);
    const bool fits = lua_isinteger(L, -1) && is_whole;
    lua_pop(L, 1);
    *period = fits ? (long)number : 0;
    return fits;
}

static bool is_label(lua_State *L, int column, size_t row, long *period) {
    const moat_horizon *horizon = moatl_horizon(L);
    date d;
    if (!horizon->dated)
        return read_number(L, column, row, period);
    const bool found = read_label(horizon, push_label(L, column, row), &d, period);
    lua_pop(L, 1);
    return found;
}

static bool has_labels(lua_State *L, int column) {
    const size_t rows = ((const moatl_column *)lua_touserdata(L, column))->rows;
    long period;
    for (size_t row = 1; row <= rows; row++)
        if (!is_label(L, column, row, &period))
            return false;
    return true;
}

/* Pushes the column of labels: that of option `by`, or the first that could be. */
static void push_labels(lua_State *L) {
    const moatl_data *data = lua_touserdata(L, 1);
    if (lua_getfield(L, 3, "by") != LUA_TNIL) {
        moatl_push_column_named(L, 1, moatl_check_text(L, -1, "by"));
        return;
    }
    lua_getiuservalue(L, 1, MOATL_DATA_NAMES);
    const int names = lua_gettop(L);
    for (size_t i = 1; i <= data->columns; i++) {
        lua_rawgeti(L, names, (lua_Integer)i);
        moatl_push_column_named(L, 1, lua_tostring(L, -1));
        if (has_labels(L, lua_gettop(L)))
            return;
        lua_settop(L, names);
    }
    char label[16];
    moat_horizon_label(moatl_horizon(L), 1, label);
    lua_getiuservalue(L, 1, MOATL_DATA_SOURCE);
    moatl_fail(L, "%s: no column of %s has a period such as \"%s\" in every row: add one",
               moatl_name(L), lua_tostring(L, -1), label);
}

/* --- Rows. */

/* What is known of the rows: which one each period has, and the last before the horizon. */
typedef struct matches {
    int labels, values; /* the columns' places on the stack */
    size_t *row;        /* of periods 0 .. periods; 0: none */
    size_t before;      /* the row of the latest period before those; 0: none */
    long before_period;
} matches;

_Noreturn static void fail_at_row(lua_State *L, const matches *m, size_t row, const char *what) {
    const char *source = moatl_push_column_text(L, m->labels, MOATL_COLUMN_SOURCE);
    const char *name = moatl_push_column_text(L, m->labels, MOATL_COLUMN_NAME);
    moatl_push_value(L, m->labels, row);
    const char *label = moatl_push_string(L, -1);
    moatl_fail(L, "%s: row %d of %s: \"%s\" in the column \"%s\" %s", moatl_name(L), (int)row,
               source, label, name, what);
}

/* Labels of shorter periods than the horizon's would have to be added up, or averaged. */
static void check_step(lua_State *L, const matches *m, size_t row) {
    const moat_horizon *horizon = moatl_horizon(L);
    date d;
    long period;
    if (horizon->dated && read_label(horizon, push_label(L, m->labels, row), &d, &period) &&
        d.step > horizon->step)
        fail_at_row(L, m, row,
                    "is a part of a period of the horizon: give the data by its periods");
    if (horizon->dated)
        lua_pop(L, 1);
}

static void match_row(lua_State *L, matches *m, size_t row) {
    const long periods = (long)moatl_horizon(L)->periods;
    long period;
    moatl_push_value(L, m->values, row);
    const bool missing = lua_isnil(L, -1);
    lua_pop(L, 1);
    if (!is_label(L, m->labels, row, &period))
        fail_at_row(L, m, row,
                    "is not a period: write it as in \"2026\", \"2026-Q3\", \"2026-09\"");
    check_step(L, m, row);
    if (missing || period > periods)
        return;
    if (period < 0) {
        if (m->before == 0 || period > m->before_period)
            *m = (matches){m->labels, m->values, m->row, row, period};
        return;
    }
    if (m->row[period] != 0)
        fail_at_row(L, m, row, "is the period of an earlier row too");
    m->row[period] = row;
}

_Noreturn static void fail_unmatched(lua_State *L, const matches *m, unsigned period) {
    char label[16];
    moat_horizon_label(moatl_horizon(L), period, label);
    moatl_fail(L,
               "%s: %s has no \"%s\" for %s: add a row, or write fill = \"previous\" to go on with "
               "the value before",
               moatl_name(L), moatl_push_column_text(L, m->values, MOATL_COLUMN_SOURCE),
               moatl_push_column_text(L, m->values, MOATL_COLUMN_NAME), label);
}

int moatl_data_series(lua_State *L) {
    lua_settop(L, 3);
    moatl_check_data(L, 1);
    const char *name = moatl_check_text(L, 2, "the name of the column");
    moatl_check_options(L, 3, options);
    const bool fill =
        lua_getfield(L, 3, "fill") != LUA_TNIL && moatl_check_word(L, -1, "fill", fills) == 0;
    const unsigned periods = moatl_horizon(L)->periods;
    moatl_push_column_named(L, 1, name);
    matches m = {.values = lua_gettop(L)};
    const moatl_column *values = lua_touserdata(L, m.values);
    if (values->is_text)
        moatl_fail(L, "%s: the column \"%s\" is of texts, and a series is of numbers",
                   moatl_name(L), name);
    push_labels(L);
    m.labels = lua_gettop(L);
    m.row = moatl_buffer(L, periods + 1, sizeof *m.row);
    memset(m.row, 0, (periods + 1) * sizeof *m.row);
    for (size_t row = 1; row <= values->rows; row++)
        match_row(L, &m, row);
    moatl_quantity *series = moatl_push_series(L, values->dim, values->shown);
    size_t last = fill ? m.before : 0;
    for (unsigned t = 0; t <= periods; t++) {
        const size_t row = m.row[t] != 0 ? m.row[t] : t > 0 ? last : 0;
        if (row != 0)
            series->nodes[t] = moatl_number(L, values->values[row - 1], values->dim);
        else if (t > 0)
            fail_unmatched(L, &m, t);
        last = fill && row != 0 ? row : last;
    }
    return 1;
}
