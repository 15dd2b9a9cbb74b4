/* Time: the horizon, its periods, and series over them. */
#include <stdio.h>
#include <string.h>

#include "language.h"
#include "state.h"

const moat_horizon *moatl_horizon(lua_State *L) {
    const moat_horizon *horizon = moat_model_horizon(moatl_model(L));
    if (horizon->periods == 0) {
        const char *name = moatl_name(L);
        moatl_fail(L,
                   "%s needs the periods: write horizon { from = \"2026-Q3\", to = \"2035-Q4\" } "
                   "above this line",
                   name != NULL ? name : "this");
    }
    return horizon;
}

/* --- horizon { from =, to =, step =, periods = } */

static const char *const horizon_options[] = {"from", "to", "step", "periods", NULL};
static const char *const steps[] = {"year", "quarter", "month", NULL}; /* as moat_step */
static const unsigned parts_per_year[] = {1, 4, 12};

typedef struct date {
    moat_step step;
    int year;
    unsigned part;
} date;

/* Reads a date option; false where it is not given. */
static bool get_date(lua_State *L, const char *option, date *d) {
    int type = lua_getfield(L, 1, option);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return false;
    }
    if (type == LUA_TNUMBER) { /* from = 2026 */
        lua_pushinteger(L, moatl_check_integer(L, -1, option, -9999, 9999));
        lua_replace(L, -2);
        lua_tostring(L, -1);
    }
    moat_error error;
    const char *text = moatl_check_text(L, -1, option);
    if (moat_date_parse(text, &d->step, &d->year, &d->part, &error) != MOAT_OK)
        moatl_fail(L, "horizon: %s: %s", option, error.message);
    lua_pop(L, 1);
    return true;
}

/* A date that is within a period of the step, neither its beginning nor, where it is the last,
 * its end. */
_Noreturn static void within_period(lua_State *L, const char *option, const date *d, moat_step step,
                                    unsigned part) {
    const moat_horizon one = {1, step, true, d->year, part};
    char text[16];
    moat_horizon_label(&one, 1, text);
    moatl_fail(L, "horizon: %s is a %s within a %s, which is the step: write \"%s\"", option,
               steps[d->step], steps[step], text);
}

/* The number of a date's first or last period of a step, counted from year 0. */
static long period_number(lua_State *L, const char *option, const date *d, moat_step step,
                          bool last) {
    const unsigned per_year = parts_per_year[step], months = 12 / per_year;
    const unsigned own = 12 / parts_per_year[d->step]; /* months that the date itself lasts */
    const unsigned begin = (d->part - 1) * own, end = begin + own, edge = last ? end : begin;
    const unsigned part = (last ? end - 1 : begin) / months;
    if (edge % months != 0)
        within_period(L, option, d, step, part + 1);
    return d->year * (long)per_year + (long)part;
}

static unsigned count_periods(lua_State *L, bool has_to, long first, long last) {
    bool has_count = lua_getfield(L, 1, "periods") != LUA_TNIL;
    unsigned count = 0;
    if (has_count)
        count = (unsigned)moatl_check_integer(L, -1, "periods", 1, MOAT_PERIODS_LIMIT);
    lua_pop(L, 1);
    if (!has_to && !has_count)
        moatl_fail(L, "horizon: say where it ends: to = \"2035-Q4\", or periods = 38");
    if (!has_to)
        return count;
    if (last < first)
        moatl_fail(L, "horizon: it ends before it begins");
    if (last - first >= MOAT_PERIODS_LIMIT)
        moatl_fail(L, "horizon: at most %d periods are possible", MOAT_PERIODS_LIMIT);
    if (has_count && count != (unsigned)(last - first + 1))
        moatl_fail(L,
                   "horizon: from and to make %ld periods, and periods = %u: give one of the two",
                   last - first + 1, count);
    return (unsigned)(last - first + 1);
}

static moat_step get_step(lua_State *L, bool has_from, const date *from) {
    moat_step step = has_from ? from->step : MOAT_YEAR;
    if (lua_getfield(L, 1, "step") != LUA_TNIL)
        step = (moat_step)moatl_check_word(L, -1, "step", steps);
    lua_pop(L, 1);
    return step;
}

static void read_horizon(lua_State *L, moat_horizon *horizon) {
    date from, to;
    bool has_from = get_date(L, "from", &from), has_to = get_date(L, "to", &to);
    long first = 0, last = 0;
    if (has_to && !has_from)
        moatl_fail(L, "horizon: to is given and from is not");
    horizon->dated = has_from;
    horizon->step = get_step(L, has_from, &from);
    if (has_from) {
        first = period_number(L, "from", &from, horizon->step, false);
        long per_year = (long)parts_per_year[horizon->step];
        horizon->first_year = from.year;
        horizon->first_part = (unsigned)(first - from.year * per_year + 1);
    }
    if (has_to)
        last = period_number(L, "to", &to, horizon->step, true);
    horizon->periods = count_periods(L, has_to, first, last);
}

static int set_horizon(lua_State *L) {
    moat_horizon horizon = {.first_part = 1};
    moat_error error;
    moatl_check_table(L, 1, "the argument");
    moatl_check_options(L, 1, horizon_options);
    read_horizon(L, &horizon);
    if (moat_model_horizon(moatl_model(L))->periods != 0)
        moatl_fail(L, "horizon: the horizon has been set before; it is set once");
    moatl_check_status(L, moat_model_set_horizon(moatl_model(L), &horizon, &error), &error);
    static const char *const units[] = {"yr", "quarter", "mo"};
    moat_unit unit = moatl_parse_unit(L, units[horizon.step]);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    moatl_push_constant(L, moat_horizon_dt(&horizon), moatl_time_dim(L), unit);
    lua_setfield(L, -2, "dt");
    return 0;
}

/* --- Periods. */

static int next_period(lua_State *L) {
    lua_Integer period = lua_tointeger(L, 2) + 1;
    if (period > lua_tointeger(L, lua_upvalueindex(1)))
        lua_pushnil(L);
    else
        lua_pushinteger(L, period);
    return 1;
}

static int periods(lua_State *L) {
    lua_pushinteger(L, moatl_horizon(L)->periods);
    lua_pushcclosure(L, next_period, 1);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    return 3;
}

static unsigned check_period(lua_State *L) {
    lua_Integer count = moatl_horizon(L)->periods;
    return (unsigned)moatl_check_integer(L, 1, "the period", 0, count);
}

static int label(lua_State *L) {
    char text[16];
    moat_horizon_label(moatl_horizon(L), check_period(L), text);
    lua_pushstring(L, text);
    return 1;
}

static int year(lua_State *L) {
    lua_pushinteger(L, moat_horizon_year(moatl_horizon(L), check_period(L)));
    return 1;
}

/* --- series(unit, values) */

/* Sets a period to the value on top of the stack, which it pops. */
static void set_period(lua_State *L, moatl_quantity *series, unsigned period) {
    char what[48];
    snprintf(what, sizeof what, "the value of period %u", period);
    moatl_check_scalar(L, -1, what);
    const char *unit = lua_tostring(L, 1);
    series->nodes[period] = moatl_require_dim(L, -1, what, series->dim, unit)->nodes[0];
    lua_settop(L, 3);
}

static void fill_from_table(lua_State *L, moatl_quantity *series) {
    lua_Integer count = moatl_push_keys(L, 2);
    lua_insert(L, 3); /* keys at 3, the series at 4 */
    for (lua_Integer i = 1; i <= count; i++) {
        lua_settop(L, 4);
        lua_rawgeti(L, 3, i);
        lua_Integer period = moatl_check_integer(L, 5, "a key of the values", 0, series->count);
        lua_pushvalue(L, 5);
        lua_gettable(L, 2);
        char what[48];
        snprintf(what, sizeof what, "the value of period %u", (unsigned)period);
        moatl_check_scalar(L, 6, what);
        const moatl_quantity *value =
            moatl_require_dim(L, 6, what, series->dim, lua_tostring(L, 1));
        series->nodes[period] = value->nodes[0];
    }
    lua_settop(L, 4);
}

static void fill_from_function(lua_State *L, moatl_quantity *series) {
    for (unsigned t = 1; t <= series->count; t++) {
        lua_pushvalue(L, 2);
        lua_pushinteger(L, t);
        lua_call(L, 1, 1);
        set_period(L, series, t);
    }
}

static void fill_from_quantity(lua_State *L, moatl_quantity *series) {
    const moatl_quantity *values =
        moatl_require_dim(L, 2, "the values", series->dim, lua_tostring(L, 1));
    if (values->axis == MOAT_YEAR_AXIS)
        moatl_check_series(L, 2, "the values", false);
    for (unsigned t = 0; t <= series->count; t++)
        if (values->axis == MOAT_PERIOD_AXIS)
            series->nodes[t] = values->nodes[t];
        else if (t > 0)
            series->nodes[t] = values->nodes[0];
}

static int make_series(lua_State *L) {
    lua_settop(L, 2);
    moat_unit unit = moatl_parse_unit(L, moatl_check_text(L, 1, "the unit"));
    moat_dim dim = moat_unit_dim(moatl_units(L), unit);
    moatl_quantity *series = moatl_push_series(L, dim, moatl_shown_unit(L, unit));
    series->assignable = true;
    switch (lua_type(L, 2)) {
    case LUA_TNIL: break;
    case LUA_TTABLE: fill_from_table(L, series); break;
    case LUA_TFUNCTION: fill_from_function(L, series); break;
    default: fill_from_quantity(L, series);
    }
    return 1;
}

const moat_lua_function moatl_time_functions[] = {
    {"horizon", set_horizon, NULL,
     "horizon { from = \"2026-Q3\", to = \"2035-Q4\", step = \"quarter\", periods = 38 }",
     "sets the periods of the scenario, once: years, quarters or months, the last one included",
     "horizon { from = \"2026-Q3\", to = \"2027-Q2\" }; print(dt, label(4))",
     "1 quarter\t2027-Q2\n"},
    {"periods", periods, NULL, "for t in periods() do ... end",
     "goes through the numbers of the periods, from 1 to the last",
     "horizon { periods = 3 }; for t in periods() do print(t) end", "1\n2\n3\n"},
    {"label", label, NULL, "label(t)",
     "the name of period t, as in \"2026-Q3\"; label(0) is the period before the first",
     "horizon { from = \"2026-11\", periods = 4 }; print(label(3))", "2027-01\n"},
    {"year", year, NULL, "year(t)",
     "the calendar year of period t; where the horizon has no dates, years are counted from 1",
     "horizon { from = \"2026-Q3\", periods = 4 }; print(year(3))", "2027\n"},
    {"series", make_series, NULL, "series(unit, values)",
     "a series to assign to, period by period; values may be a table by period ([0] is the opening "
     "value), a quantity, or a function of the period",
     "horizon { periods = 2 }; local x = series(\"$bn\", { [0] = \"30 $bn\" }); x[1] = x[0] * 2; "
     "print(x[1])",
     "60 $bn\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
