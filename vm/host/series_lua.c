/* Methods of series: sums, extremes, shifts, and the first period of a condition. */
#include <math.h>

#include "language.h"

static const moat_op add = MOAT_ADD, larger = MOAT_MAX, smaller = MOAT_MIN;

static moatl_quantity *self(lua_State *L) {
    return moatl_check_series(L, 1, "x", true);
}

/* Folds the periods with an operation, from the first to the last. */
static moat_node fold(lua_State *L, const moatl_quantity *series, moat_op op) {
    moat_node node = moatl_period(L, series, 1);
    for (unsigned t = 2; t <= series->count; t++)
        node = moatl_node2(L, op, node, moatl_period(L, series, t));
    return node;
}

static int reduce(lua_State *L) {
    const moatl_quantity *series = self(L);
    moat_op op = *(const moat_op *)moatl_entry(L)->context;
    moat_show show = op == MOAT_ADD ? MOAT_SHOW_NUMBER : series->show;
    moatl_push(L, fold(L, series, op), series->shown)->show = show;
    return 1;
}

static int mean(lua_State *L) {
    const moatl_quantity *series = self(L);
    moat_node count = moatl_number(L, series->count, MOAT_DIMENSIONLESS);
    moatl_push(L, moatl_node2(L, MOAT_DIV, fold(L, series, MOAT_ADD), count), series->shown);
    return 1;
}

static int last(lua_State *L) {
    const moatl_quantity *series = self(L);
    moatl_push(L, moatl_period(L, series, series->count), series->shown)->show = series->show;
    return 1;
}

static int first(lua_State *L) {
    const moatl_quantity *series = self(L);
    moatl_push(L, moatl_period(L, series, 1), series->shown)->show = series->show;
    return 1;
}

static int total(lua_State *L) {
    const moatl_quantity *series = moatl_check_series(L, 1, "x", false);
    moat_node dt = moatl_number(L, moat_horizon_dt(moatl_horizon(L)), moatl_time_dim(L));
    moatl_push(L, moatl_node2(L, MOAT_MUL, fold(L, series, MOAT_ADD), dt), MOAT_NO_UNIT);
    return 1;
}

/* A series of the same shape and unit with no period set. */
static moatl_quantity *push_like(lua_State *L, const moatl_quantity *series) {
    return moatl_push_shape(L, series->axis, series->count, series->dim, series->shown);
}

static int cumulate(lua_State *L) {
    const moatl_quantity *series = self(L);
    moatl_quantity *result = push_like(L, series);
    moat_node sum = result->nodes[1] = moatl_period(L, series, 1);
    for (unsigned t = 2; t <= series->count; t++) {
        sum = moatl_node2(L, MOAT_ADD, sum, moatl_period(L, series, t));
        result->nodes[t] = sum;
    }
    return 1;
}

/* What a lagged series has where it reaches back to the opening value. */
static moat_node opening(lua_State *L, const moatl_quantity *series) {
    return series->nodes[0] != MOAT_NO_NODE ? series->nodes[0] : moatl_number(L, 0, series->dim);
}

static int lag(lua_State *L) {
    const moatl_quantity *series = self(L);
    if (!lua_isnoneornil(L, 2) && lua_type(L, 2) != LUA_TNUMBER)
        moatl_fail(L,
                   "lag: it takes a whole number of periods, as in x:lag(2), not %s; what begins "
                   "after an uncertain delay is written when(delay:at_most(t * dt), x, 0)",
                   moatl_push_misfit(L, 2));
    unsigned shift =
        lua_isnoneornil(L, 2)
            ? 1
            : (unsigned)moatl_check_integer(L, 2, "the number of periods", 0, MOAT_PERIODS_LIMIT);
    bool has_initial = !lua_isnoneornil(L, 3);
    moat_node before = moatl_number(L, 0, series->dim), at_zero = opening(L, series);
    if (has_initial) {
        moatl_check_scalar(L, 3, "the initial value");
        before = at_zero =
            moatl_require_dim(L, 3, "the initial value", series->dim, moatl_push_unit(L, series))
                ->nodes[0];
    }
    moatl_quantity *result = push_like(L, series);
    result->show = series->show;
    for (unsigned t = 1; t <= series->count; t++) {
        result->nodes[t] = t > shift    ? series->nodes[t - shift] /* unset stays unset */
                           : t == shift ? at_zero
                                        : before;
    }
    return 1;
}

static int difference(lua_State *L) {
    const moatl_quantity *series = self(L);
    moatl_quantity *result = push_like(L, series);
    moat_node before = opening(L, series);
    for (unsigned t = 1; t <= series->count; t++) {
        moat_node now = moatl_period(L, series, t);
        result->nodes[t] = moatl_node2(L, MOAT_SUB, now, before);
        before = now;
    }
    return 1;
}

/* From the last period to the first: where the condition holds, it is this one. */
static int first_when(lua_State *L) {
    moatl_check_series(L, 1, "x", false);
    int condition = lua_isnoneornil(L, 2) ? 1 : 2;
    if (condition == 1 && ((moatl_quantity *)lua_touserdata(L, 1))->show != MOAT_SHOW_CONDITION)
        moatl_fail(L, "first_when: say when, as in x:first_when(x:above(\"4 $bn\"))");
    moatl_check_condition(L, condition, "the condition");
    const moatl_quantity *holds = moatl_check_series(L, condition, "the condition", false);
    double dt = moat_horizon_dt(moatl_horizon(L));
    moat_dim time = moatl_time_dim(L);
    moat_node node = moatl_number(L, INFINITY, time);
    for (unsigned t = holds->count; t >= 1; t--) {
        moat_node end = moatl_number(L, t * dt, time);
        node = moatl_node3(L, MOAT_SELECT, moatl_period(L, holds, t), end, node);
    }
    moatl_push(L, node, moatl_parse_unit(L, "yr"))->show = MOAT_SHOW_DATE;
    return 1;
}

/* --- Calendar years. */

enum { BY_SUM, BY_MEAN, BY_LAST };

static const char *const ways[] = {"sum", "mean", "last", NULL};

/* Whether a dimension is one of what is there at a time and not of what flows: a power, users,
 * seats, shares, or a ratio. */
static bool is_level(lua_State *L, moat_dim dim) {
    static const moat_base flows[] = {MOAT_BASE_MONEY, MOAT_BASE_TIME, MOAT_BASE_TOKEN,
                                      MOAT_BASE_REQUEST, MOAT_BASE_FLOP};
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++)
        if (moat_dim_exponent(moatl_units(L), dim, flows[i]) != 0)
            return false;
    return true;
}

/* Rates are averaged, levels and stocks are those of the last period, amounts are added. */
static unsigned usual_way(lua_State *L, const moatl_quantity *series) {
    if (moat_dim_exponent(moatl_units(L), series->dim, MOAT_BASE_TIME) == -1)
        return BY_MEAN;
    const bool has_opening = series->nodes[0] != MOAT_NO_NODE;
    return has_opening || is_level(L, series->dim) ? BY_LAST : BY_SUM;
}

/* The node of the periods from..to. */
static moat_node combine(lua_State *L, const moatl_quantity *series, unsigned from, unsigned to,
                         unsigned way) {
    moat_node node = moatl_period(L, series, way == BY_LAST ? to : from);
    for (unsigned t = from + 1; way != BY_LAST && t <= to; t++)
        node = moatl_node2(L, MOAT_ADD, node, moatl_period(L, series, t));
    if (way == BY_MEAN && to > from)
        node = moatl_node2(L, MOAT_DIV, node, moatl_number(L, to - from + 1, MOAT_DIMENSIONLESS));
    return node;
}

static moatl_quantity *push_annual(lua_State *L, const moatl_quantity *series, unsigned way) {
    const moat_horizon *horizon = moatl_horizon(L);
    moatl_quantity *result = moatl_push_shape(L, MOAT_YEAR_AXIS, moat_horizon_years(horizon),
                                              series->dim, series->shown);
    unsigned from = 1;
    for (unsigned y = 1; y <= result->count; y++) {
        unsigned to = from;
        while (to < series->count &&
               moat_horizon_year(horizon, to + 1) == moat_horizon_year(horizon, from))
            to++;
        result->nodes[y] = combine(L, series, from, to, way);
        from = to + 1;
    }
    return result;
}

moatl_quantity *moatl_push_annual(lua_State *L, int index) {
    const moatl_quantity *series = lua_touserdata(L, index);
    return push_annual(L, series, usual_way(L, series));
}

static int annual(lua_State *L) {
    const moatl_quantity *series = moatl_check_series(L, 1, "x", false);
    push_annual(L, series,
                lua_isnoneornil(L, 2) ? usual_way(L, series)
                                      : moatl_check_word(L, 2, "the way of counting", ways));
    return 1;
}

#define TWO "horizon { periods = 2 }; local x = series(\"$\", { [0] = 0, \"3 $\", \"5 $\" }); "

const moat_lua_function moatl_series_methods[] = {
    {"sum", reduce, &add, "x:sum()", "the sum over the periods; for a rate per year use x:total()",
     TWO "print(x:sum())", "8 $\n"},
    {"total", total, NULL, "x:total()", "a rate integrated over the horizon: the sum times dt",
     "horizon { periods = 4 }; print(series(\"$/yr\", \"3 $/yr\"):total():as \"$\")", "12 $\n"},
    {"mean", mean, NULL, "x:mean()", "the mean over the periods", TWO "print(x:mean())", "4 $\n"},
    {"last", last, NULL, "x:last()", "the value of the last period", TWO "print(x:last())",
     "5 $\n"},
    {"first", first, NULL, "x:first()", "the value of the first period", TWO "print(x:first())",
     "3 $\n"},
    {"max", reduce, &larger, "x:max()", "the largest of the periods, sample by sample",
     TWO "print(x:max())", "5 $\n"},
    {"min", reduce, &smaller, "x:min()", "the smallest of the periods, sample by sample",
     TWO "print(x:min())", "3 $\n"},
    {"cumsum", cumulate, NULL, "x:cumsum()",
     "the series of the sums so far; for what a rate per year has come to, (x * dt):cumsum()",
     TWO "print(x:cumsum())", "1: 3 $ ... 2: 8 $\n"},
    {"lag", lag, NULL, "x:lag(n, initial)",
     "the series n periods later; before its beginning the initial value, else the opening value, "
     "else 0; a sum or product of series has an opening value where all of them have one",
     TWO "print(x:lag(1))", "1: 0 $ ... 2: 3 $\n"},
    {"diff", difference, NULL, "x:diff()",
     "the changes from period to period, the first from the opening value or 0; a sum or product "
     "of series has an opening value where all of them have one",
     TWO "print(x:diff())", "1: 3 $ ... 2: 2 $\n"},
    {"first_when", first_when, NULL, "x:first_when(condition)",
     "the time from the start to the end of the first period where the condition holds, shown as a "
     "date; never is infinite; also of a condition itself",
     "horizon { from = \"2026\", to = \"2028\" }; local x = series(\"$\", { \"1 $\", \"5 $\", \"9 "
     "$\" }); "
     "print(x:first_when(x:above \"4 $\"))",
     "2027\n"},
    {"annual", annual, NULL, "x:annual(\"sum\" | \"mean\" | \"last\")",
     "a series by calendar year, of the periods that the horizon has of it; a rate is averaged; "
     "what has an opening value, and a power, a number of users, a share, is that of the year's "
     "end; other amounts are added",
     "horizon { from = \"2026-Q3\", to = \"2027-Q4\" }; print(series(\"$\", \"1 $\"):annual())",
     "2026: 2 $ ... 2027: 4 $\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
