/* Processes: series whose periods are drawn. A draw is addressed by the process's name and the
 * period, so that no other line of the script changes it.
 *
 * Parameters are counted per year in the unit of the value, or without a unit; dt and its root
 * are plain numbers here. */
#include <math.h>

#include "language.h"
#include "state.h"

/* The name of a process; raises without a horizon. */
static const char *begin(lua_State *L) {
    moatl_horizon(L);
    return moatl_check_name(L, 1, "the name");
}

/* The arguments are in order: pushes the series and takes the name. */
static moatl_quantity *push_process(lua_State *L, const char *name, moat_dim dim, moat_unit shown) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_DECLARATIONS);
    if (lua_getfield(L, -1, name) == LUA_TSTRING)
        moatl_fail(
            L,
            "%s: the name \"%s\" is taken: %s; choose another name, or create it once, above "
            "the loop, and use x[t] inside",
            moatl_name(L), name, lua_tostring(L, -1));
    lua_pop(L, 2);
    moatl_declare(L, "a process", name);
    return moatl_push_series(L, dim, shown);
}

static moat_source source(lua_State *L, const char *name, unsigned period) {
    moat_source s;
    moat_error error;
    moatl_check_status(L, moat_graph_source(moatl_graph(L), name, period, &s, &error), &error);
    return s;
}

static moat_node plain(lua_State *L, double value) {
    return moatl_number(L, value, MOAT_DIMENSIONLESS);
}

static double years(lua_State *L) {
    return moat_horizon_dt(moatl_horizon(L));
}

/* Pushes a field of the options at index 2, as a quantity; false (and nil) where it is not
 * given. */
static bool push_option(lua_State *L, const char *name) {
    if (lua_getfield(L, 2, name) == LUA_TNIL)
        return false;
    moatl_check(L, -1, name);
    return true;
}

static bool gives_unit(lua_State *L, int index) {
    return !lua_isnil(L, index) && !moatl_fits_all(L, lua_touserdata(L, index));
}

static moat_dim dim_at(lua_State *L, int index) {
    return ((const moatl_quantity *)lua_touserdata(L, index))->dim;
}

static double time_exponent(lua_State *L, moat_dim dim) {
    return moat_dim_exponent(moatl_units(L), dim, MOAT_BASE_TIME);
}

/* Makes the quantity at an index, which is counted per yr^power of `dim`, one of `dim`, in
 * place. */
static void per_year(lua_State *L, int index, moat_dim dim) {
    moatl_quantity *copy = moatl_push_copy(L, index);
    for (unsigned t = 0; t <= copy->count; t++)
        if (copy->nodes[t] != MOAT_NO_NODE)
            copy->nodes[t] = moatl_recast(L, copy->nodes[t], dim);
    copy->dim = dim;
    lua_replace(L, index);
}

static void check_not_negative(lua_State *L, int index, const char *what) {
    moatl_check_range(L, index, what, 0, false, "0 or more");
}

/* A volatility is in the value's unit, or that per yr^0.5 or per yr: annual in each case. */
static void check_volatility(lua_State *L, int index, moat_dim dim, const char *unit) {
    if (lua_isnil(L, index))
        return;
    check_not_negative(L, index, "volatility");
    if (!gives_unit(L, index)) {
        moatl_require_dim(L, index, "volatility", dim, unit);
        return;
    }
    moat_dim ratio = moatl_divide_dim(L, dim_at(L, index), dim), time = moatl_time_dim(L);
    if (ratio != MOAT_DIMENSIONLESS && ratio != moatl_power_dim(L, time, -0.5) &&
        ratio != moatl_power_dim(L, time, -1)) {
        moatl_fail(L,
                   "%s: volatility must be annual, in the unit of the value (%s) or that per "
                   "yr^0.5, not %s",
                   moatl_name(L), unit, moatl_push_description(L, index));
    }
    per_year(L, index, dim);
}

/* A drift is the value's unit per year; of a value without a unit, a plain number will do. */
static void check_drift(lua_State *L, int index, moat_dim dim, const char *unit) {
    if (lua_isnil(L, index))
        return;
    moat_dim rate = moatl_divide_dim(L, dim, moatl_time_dim(L));
    if (dim != MOAT_DIMENSIONLESS || dim_at(L, index) != MOAT_DIMENSIONLESS)
        moatl_require_dim(L, index, "drift", rate, lua_pushfstring(L, "%s/yr", unit));
    per_year(L, index, dim);
}

/* The dimension of the value, from the first of the options at these indexes that has one. The
 * last is a volatility, the one before it a drift where `has_drift`. */
static moat_dim value_dim(lua_State *L, int level, int other, bool has_drift, int volatility) {
    if (gives_unit(L, level))
        return dim_at(L, level);
    if (gives_unit(L, other))
        return has_drift ? moatl_multiply_dim(L, dim_at(L, other), moatl_time_dim(L))
                         : dim_at(L, other);
    if (!gives_unit(L, volatility))
        return MOAT_DIMENSIONLESS;
    moat_dim dim = dim_at(L, volatility);
    double exponent = time_exponent(L, dim);
    return moatl_multiply_dim(L, dim, moatl_power_dim(L, moatl_time_dim(L), -exponent));
}

/* The value of an option in a period, 0 where it is not given. */
static moat_node option_at(lua_State *L, int index, unsigned period, moat_dim dim) {
    return lua_isnil(L, index) ? moatl_number(L, 0, dim)
                               : moatl_period(L, lua_touserdata(L, index), period);
}

/* A level such as start: one value in the unit of the process; its node, 0 by default. */
static moat_node level(lua_State *L, int index, const char *what, moat_dim dim) {
    if (lua_isnil(L, index))
        return moatl_number(L, 0, dim);
    const char *unit = moat_dim_text(moatl_units(L), dim);
    moatl_check_scalar(L, index, what);
    return moatl_require_dim(L, index, what, dim, unit)->nodes[0];
}

static moat_unit shown_at(lua_State *L, int index) {
    return lua_isnil(L, index) ? MOAT_NO_UNIT
                               : ((const moatl_quantity *)lua_touserdata(L, index))->shown;
}

/* For processes that would not be random without one. */
static void require_volatility(lua_State *L, int index) {
    if (lua_isnil(L, index))
        moatl_fail(
            L, "%s: volatility is missing: the standard deviation of a year's change; 0 is none",
            moatl_name(L));
}

/* --- noise */

#define NOISES "moat.noises" /* in the registry: name -> its series */

/* The name says everything about a noise: asked for again, as in a loop, it is the same. */
static int noise(lua_State *L) {
    const char *name = begin(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, NOISES);
    const int noises = lua_gettop(L);
    if (lua_getfield(L, noises, name) != LUA_TNIL)
        return 1;
    moatl_quantity *series = push_process(L, name, MOAT_DIMENSIONLESS, MOAT_NO_UNIT);
    for (unsigned t = 1; t <= series->count; t++)
        series->nodes[t] = source(L, name, t).normal;
    lua_pushvalue(L, -1);
    lua_setfield(L, noises, name);
    return 1;
}

/* --- walk: x = x_before + drift dt + volatility sqrt(dt) z */

static const char *const walk_options[] = {"start", "drift", "volatility", NULL};

static int walk(lua_State *L) {
    enum { START = 3, DRIFT, VOLATILITY };
    lua_settop(L, 2);
    const char *name = begin(L);
    moatl_check_options(L, 2, walk_options);
    push_option(L, "start");
    bool drifts = push_option(L, "drift");
    push_option(L, "volatility");
    moat_dim dim = value_dim(L, START, DRIFT, true, VOLATILITY);
    const char *unit = moat_dim_text(moatl_units(L), dim);
    moat_node value = level(L, START, "start", dim);
    check_drift(L, DRIFT, dim, unit);
    require_volatility(L, VOLATILITY);
    check_volatility(L, VOLATILITY, dim, unit);
    moat_node dt = plain(L, years(L)), root = plain(L, sqrt(years(L)));
    moatl_quantity *series = push_process(L, name, dim, shown_at(L, START));
    series->nodes[0] = value;
    for (unsigned t = 1; t <= series->count; t++) {
        if (drifts) {
            moat_node drift = moatl_node2(L, MOAT_MUL, option_at(L, DRIFT, t, dim), dt);
            value = moatl_node2(L, MOAT_ADD, value, drift);
        }
        moat_node sd = moatl_node2(L, MOAT_MUL, option_at(L, VOLATILITY, t, dim), root);
        moat_node shock = moatl_node2(L, MOAT_MUL, sd, source(L, name, t).normal);
        value = series->nodes[t] = moatl_node2(L, MOAT_ADD, value, shock);
    }
    return 1;
}

/* --- gbm: x = x_before exp((drift - volatility^2 / 2) dt + volatility sqrt(dt) z) */

static moat_node growth_factor(lua_State *L, moat_node drift, moat_node volatility, moat_node z) {
    moat_node half_square =
        moatl_node2(L, MOAT_MUL, plain(L, 0.5), moatl_node2(L, MOAT_MUL, volatility, volatility));
    moat_node trend =
        moatl_node2(L, MOAT_MUL, moatl_node2(L, MOAT_SUB, drift, half_square), plain(L, years(L)));
    moat_node sd = moatl_node2(L, MOAT_MUL, volatility, plain(L, sqrt(years(L))));
    moat_node exponent = moatl_node2(L, MOAT_ADD, trend, moatl_node2(L, MOAT_MUL, sd, z));
    return moatl_node1(L, MOAT_EXP, exponent);
}

static int gbm(lua_State *L) {
    enum { START = 3, DRIFT, VOLATILITY };
    lua_settop(L, 2);
    const char *name = begin(L);
    moatl_check_options(L, 2, walk_options);
    if (!push_option(L, "start"))
        moatl_fail(L, "gbm: start is missing: the value at the start of the horizon");
    moatl_check_scalar(L, START, "start");
    if (push_option(L, "drift"))
        moatl_check_rate(L, DRIFT, "drift");
    push_option(L, "volatility");
    require_volatility(L, VOLATILITY);
    check_volatility(L, VOLATILITY, MOAT_DIMENSIONLESS, "no unit");
    moat_node value = ((const moatl_quantity *)lua_touserdata(L, START))->nodes[0];
    moatl_quantity *series = push_process(L, name, dim_at(L, START), shown_at(L, START));
    series->nodes[0] = value;
    for (unsigned t = 1; t <= series->count; t++) {
        moat_node factor = growth_factor(L, option_at(L, DRIFT, t, MOAT_DIMENSIONLESS),
                                         option_at(L, VOLATILITY, t, MOAT_DIMENSIONLESS),
                                         source(L, name, t).normal);
        value = series->nodes[t] = moatl_node2(L, MOAT_MUL, value, factor);
    }
    return 1;
}

/* --- ar1: the Ornstein-Uhlenbeck process, exactly: with phi = exp(-revert dt),
 * x = mean + (x_before - mean) phi + volatility sqrt((1 - phi^2) / (2 revert)) z */

static const char *const ar1_options[] = {"start", "mean", "revert", "volatility", NULL};

/* (1 - phi^2) / (2 revert), which tends to dt as revert does to 0. */
static moat_node shock_variance(lua_State *L, moat_node revert) {
    moat_node twice = moatl_node2(L, MOAT_MUL, plain(L, 2), revert);
    moat_node exponent = moatl_node2(L, MOAT_MUL, twice, plain(L, -years(L)));
    moat_node lost = moatl_node1(L, MOAT_NEG, moatl_node1(L, MOAT_EXPM1, exponent));
    moat_node none = moatl_node2(L, MOAT_EQUAL, revert, plain(L, 0));
    moat_node divisor = moatl_node3(L, MOAT_SELECT, none, plain(L, 1), twice);
    moat_node variance = moatl_node2(L, MOAT_DIV, lost, divisor);
    return moatl_node3(L, MOAT_SELECT, none, plain(L, years(L)), variance);
}

static moat_node reverted(lua_State *L, moat_node value, moat_node mean, moat_node revert) {
    moat_node exponent = moatl_node2(L, MOAT_MUL, revert, plain(L, -years(L)));
    moat_node phi = moatl_node1(L, MOAT_EXP, exponent);
    moat_node away = moatl_node2(L, MOAT_MUL, moatl_node2(L, MOAT_SUB, value, mean), phi);
    return moatl_node2(L, MOAT_ADD, mean, away);
}

static int ar1(lua_State *L) {
    enum { START = 3, MEAN, REVERT, VOLATILITY };
    lua_settop(L, 2);
    const char *name = begin(L);
    moatl_check_options(L, 2, ar1_options);
    bool starts = push_option(L, "start"), has_mean = push_option(L, "mean");
    if (!push_option(L, "revert"))
        moatl_fail(L, "ar1: revert is missing: the part of the distance to the mean that is closed "
                      "per year, as in \"50 %%/yr\"");
    check_not_negative(L, REVERT, "revert");
    moatl_check_rate(L, REVERT, "revert");
    bool varies = push_option(L, "volatility");
    moat_dim dim = value_dim(L, START, MEAN, false, VOLATILITY);
    const char *unit = moat_dim_text(moatl_units(L), dim);
    if (has_mean)
        moatl_require_dim(L, MEAN, "mean", dim, unit);
    check_volatility(L, VOLATILITY, dim, unit);
    moat_node value = starts ? level(L, START, "start", dim) : option_at(L, MEAN, 1, dim);
    moatl_quantity *series = push_process(L, name, dim, shown_at(L, starts ? START : MEAN));
    series->nodes[0] = value;
    for (unsigned t = 1; t <= series->count; t++) {
        moat_node revert = option_at(L, REVERT, t, MOAT_DIMENSIONLESS);
        value = reverted(L, value, option_at(L, MEAN, t, dim), revert);
        if (varies) {
            moat_node sd = moatl_node1(L, MOAT_SQRT, shock_variance(L, revert));
            moat_node size = moatl_node2(L, MOAT_MUL, option_at(L, VOLATILITY, t, dim), sd);
            moat_node shock = moatl_node2(L, MOAT_MUL, size, source(L, name, t).normal);
            value = moatl_node2(L, MOAT_ADD, value, shock);
        }
        series->nodes[t] = value;
    }
    return 1;
}

/* --- event: with probability 1 - exp(-rate dt) in each period */

static const char *const event_options[] = {"rate", "repeats", NULL};

static int event(lua_State *L) {
    enum { RATE = 3 };
    lua_settop(L, 2);
    const char *name = begin(L);
    moatl_check_options(L, 2, event_options);
    if (!push_option(L, "rate"))
        moatl_fail(L, "event: rate is missing: how often it happens, as in \"5 %%/yr\"");
    check_not_negative(L, RATE, "rate");
    moatl_check_rate(L, RATE, "rate");
    lua_getfield(L, 2, "repeats");
    if (!lua_isnil(L, -1) && !lua_isboolean(L, -1))
        moatl_fail(L, "event: repeats must be true or false, not %s",
                   moatl_push_description(L, -1));
    bool repeats = lua_toboolean(L, -1);
    moatl_quantity *series = push_process(L, name, MOAT_DIMENSIONLESS, MOAT_NO_UNIT);
    series->show = MOAT_SHOW_CONDITION;
    moat_node before = plain(L, 0);
    for (unsigned t = 1; t <= series->count; t++) {
        moat_node rate = option_at(L, RATE, t, MOAT_DIMENSIONLESS);
        moat_node quiet =
            moatl_node1(L, MOAT_EXP, moatl_node2(L, MOAT_MUL, rate, plain(L, -years(L))));
        moat_node hit = moatl_node2(L, MOAT_AT_MOST, quiet, source(L, name, t).uniform);
        if (repeats) {
            series->nodes[t] = hit;
            continue;
        }
        series->nodes[t] =
            t == 1 ? hit : moatl_node2(L, MOAT_AND, hit, moatl_node1(L, MOAT_NOT, before));
        before = t == 1 ? hit : moatl_node2(L, MOAT_OR, before, hit);
    }
    return 1;
}

/* --- grow: x = x_before (1 + rate)^dt, the first period at start */

static int grow(lua_State *L) {
    enum { START = 1, RATE };
    moatl_horizon(L);
    const moatl_quantity *start = moatl_check_scalar(L, START, "the start");
    moatl_warn_of_rate(L, moatl_check(L, RATE, "the rate"));
    moatl_check_growth(L, RATE, "the rate");
    moatl_check_rate(L, RATE, "the rate");
    moat_node value = start->nodes[0];
    moatl_quantity *series = moatl_push_series(L, start->dim, start->shown);
    for (unsigned t = 1; t <= series->count; t++) {
        if (t > 1) {
            moat_node factor =
                moatl_node2(L, MOAT_ADD, plain(L, 1), option_at(L, RATE, t, MOAT_DIMENSIONLESS));
            factor = moatl_node2(L, MOAT_POW, factor, plain(L, years(L)));
            value = moatl_node2(L, MOAT_MUL, value, factor);
        }
        series->nodes[t] = value;
    }
    return 1;
}

const moat_lua_function moatl_process_functions[] = {
    {"grow", grow, NULL, "grow(start, rate)",
     "compound growth per year, the first period at start; the rate may be a series",
     "horizon { periods = 3 }; print(grow(\"100 $\", \"10 %/yr\"))", "1: 100 $ ... 3: 121 $\n"},
    {"noise", noise, NULL, "noise(name)",
     "a standard normal for each period, each independent; the same name gives the same series",
     "horizon { periods = 3 }; print(#noise \"weather\")", "3\n"},
    {"walk", walk, NULL, "walk(name, { start =, drift =, volatility = })",
     "a random walk from start: drift per year, annual volatility; start and drift are 0 where "
     "they are left out",
     "horizon { periods = 3 }; "
     "print(walk(\"rate\", { start = \"5 $\", drift = \"1 $/yr\", volatility = 0 }))",
     "1: 6 $ ... 3: 8 $\n"},
    {"gbm", gbm, NULL, "gbm(name, { start =, drift =, volatility = })",
     "geometric Brownian motion from start, exactly: drift is the growth of the mean, start "
     "exp(drift t), 0 where it is left out; annual volatility",
     "horizon { periods = 3 }; print(gbm(\"price\", { start = \"5 $\", volatility = 0 }))",
     "1: 5 $ ... 3: 5 $\n"},
    {"ar1", ar1, NULL, "ar1(name, { start =, mean =, revert =, volatility = })",
     "an Ornstein-Uhlenbeck process, exactly: it reverts to the mean at a rate per year; it starts "
     "at the mean unless start is given; annual volatility",
     "horizon { periods = 2 }; print(ar1(\"margin\", { mean = \"30 %\", revert = \"50 %/yr\" }))",
     "1: 30 % ... 2: 30 %\n"},
    {"event", event, NULL, "event(name, { rate =, repeats = })",
     "the condition that something happens in a period, with probability 1 - exp(-rate dt); at "
     "most "
     "once unless repeats is true",
     "horizon { periods = 2 }; print(event(\"war\", { rate = 0 }))", "1: false ... 2: false\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
