/* The value of a series: discounting and the internal rate of return. */
#include "irr.h"
#include "language.h"
#include "state.h"

static const char *const npv_options[] = {"timing", NULL};
static const char *const timings[] = {"end", "mid", NULL};

static bool is_rate(lua_State *L, const moatl_quantity *series) {
    return moat_dim_exponent(moatl_units(L), series->dim, MOAT_BASE_TIME) == -1;
}

/* The factor by which a value falls over a part of a period: (1 + r)^-years. */
static moat_node discount(lua_State *L, const moatl_quantity *rate, unsigned period, double years) {
    moat_node one = moatl_number(L, 1, MOAT_DIMENSIONLESS);
    moat_node growth = moatl_node2(L, MOAT_ADD, one, moatl_period(L, rate, period));
    return moatl_node2(L, MOAT_POW, growth, moatl_number(L, -years, MOAT_DIMENSIONLESS));
}

/* x1 d1 + x2 d1 d2 + ..., from the last period backwards: d1 (x1 + d2 (x2 + ...)). Payments in
 * the middle of a period have been discounted by half a period too much. */
static moat_node present_value(lua_State *L, const moatl_quantity *series,
                               const moatl_quantity *rate, bool mid) {
    double dt = moat_horizon_dt(moatl_horizon(L));
    moat_node value = MOAT_NO_NODE;
    for (unsigned t = series->count; t >= 1; t--) {
        moat_node amount = moatl_period(L, series, t);
        if (mid && rate->axis != MOAT_NO_AXIS)
            amount = moatl_node2(L, MOAT_MUL, amount, discount(L, rate, t, -dt / 2));
        if (value != MOAT_NO_NODE)
            amount = moatl_node2(L, MOAT_ADD, amount, value);
        value = moatl_node2(L, MOAT_MUL, amount, discount(L, rate, t, dt));
    }
    if (mid && rate->axis == MOAT_NO_AXIS)
        value = moatl_node2(L, MOAT_MUL, value, discount(L, rate, 1, -dt / 2));
    return value;
}

static int npv(lua_State *L) {
    lua_settop(L, 3);
    const moatl_quantity *series = moatl_check_series(L, 1, "x", false);
    if (lua_isnil(L, 2))
        moatl_fail(L, "npv: the rate is missing: write x:npv(\"10 %%/yr\")");
    moatl_warn_of_rate(L, moatl_check(L, 2, "the rate"));
    moatl_check_growth(L, 2, "the rate");
    const moatl_quantity *rate = moatl_check_rate(L, 2, "the rate");
    if (rate->axis == MOAT_YEAR_AXIS)
        moatl_check_series(L, 2, "the rate", false);
    moatl_check_options(L, 3, npv_options);
    bool mid =
        lua_getfield(L, 3, "timing") != LUA_TNIL && moatl_check_word(L, -1, "timing", timings) == 1;
    moat_node value = present_value(L, series, rate, mid);
    bool integrate = is_rate(L, series);
    if (integrate) {
        moat_node dt = moatl_number(L, moat_horizon_dt(moatl_horizon(L)), moatl_time_dim(L));
        value = moatl_node2(L, MOAT_MUL, value, dt);
    }
    moatl_push(L, value, integrate ? MOAT_NO_UNIT : series->shown);
    return 1;
}

/* Pushes the internal rate of return of amounts that are `years` apart. */
static int push_irr(lua_State *L, size_t count, const moat_node *amounts, double years) {
    moat_dim dim = moatl_power_dim(L, moatl_time_dim(L), -1);
    moat_unit unit = moatl_parse_unit(L, "%/yr");
    moat_node rate;
    moat_error error;
    moat_status status = moati_graph_irr(moatl_graph(L), count, amounts, years, dim, &rate, &error);
    moatl_check_status(L, status, &error);
    moatl_push(L, rate, unit);
    return 1;
}

/* An opening value is an outlay at the start; a rate has none. */
static int irr(lua_State *L) {
    const moatl_quantity *series = moatl_check_series(L, 1, "x", false);
    const bool has_outlay = series->nodes[0] != MOAT_NO_NODE && !is_rate(L, series);
    const unsigned first = has_outlay ? 0 : 1;
    moat_node *amounts = moatl_buffer(L, series->count + 1, sizeof *amounts);
    for (unsigned t = first; t <= series->count; t++)
        amounts[t - first] = moatl_period(L, series, t);
    return push_irr(L, series->count + 1 - first, amounts, moat_horizon_dt(moatl_horizon(L)));
}

int moatl_list_irr(lua_State *L) {
    const lua_Integer count = luaL_len(L, 1);
    const double years = moatl_check_number(L, 2, "the years between amounts");
    moat_node *amounts = moatl_buffer(L, (size_t)count, sizeof *amounts);
    moat_dim dim = MOAT_DIMENSIONLESS;
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 1, i);
        const moatl_quantity *amount = moatl_check_scalar(L, -1, "an amount");
        if (i == 1)
            dim = amount->dim;
        amounts[i - 1] = moatl_require_dim(L, -1, "an amount", dim, "")->nodes[0];
        lua_pop(L, 1);
    }
    return push_irr(L, (size_t)count, amounts, years);
}

const moat_lua_function moatl_value_methods[] = {
    {"npv", npv, NULL, "x:npv(rate, { timing = \"end\" | \"mid\" })",
     "the net present value at the start: each period's amount, at its end or middle, over (1 + "
     "rate)^years; a rate is integrated; the opening value does not count",
     "horizon { periods = 2 }; print(series(\"$\", { \"110 $\", \"121 $\" }):npv \"10 %/yr\")",
     "200 $\n"},
    {"irr", irr, NULL, "x:irr()",
     "the annual rate at which the net present value is 0, an opening value being an outlay at the "
     "start; the nearest to 0 where there are several, no number where there is none",
     "horizon { periods = 2 }; print(series(\"$\", { \"-100 $\", \"120 $\" }):irr())", "20 %/yr\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
