/* dist.NAME(...): distributions from numbers, texts and quantities. What they give draws when
 * it is first used, unless an assumption takes it over. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data.h"
#include "language.h"
#include "state.h"

/* --- Descriptions, under which distributions that nobody has named draw. */

/* Pushes what the argument at an index says. */
static void push_piece(lua_State *L, int index) {
    double value;
    const moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    if (quantity == NULL) {
        moatl_push_string(L, index);
        return;
    }
    moatl_push_text(L, index);
    if (!lua_isnil(L, -1))
        return;
    lua_pop(L, 1);
    if (moatl_is_constant(L, quantity, &value))
        moatl_push_shown(L, index);
    else
        lua_pushliteral(L, "computed");
}

/* Pushes "normal(10 $bn, 2 $bn)" from the arguments 1 .. count. */
static void push_call(lua_State *L, int count) {
    luaL_checkstack(L, LUA_MINSTACK, "too many values");
    lua_pushfstring(L, "%s(", strchr(moatl_name(L), '.') + 1);
    int text = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        lua_pushstring(L, i == 1 ? "" : ", ");
        push_piece(L, i);
        lua_concat(L, lua_gettop(L) - text + 1);
    }
    lua_pushliteral(L, ")");
    lua_concat(L, 2);
}

/* Pushes "discrete(1000 points)". */
static void push_list_call(lua_State *L, size_t count) {
    lua_pushfstring(L, "%s(%I points)", strchr(moatl_name(L), '.') + 1, (lua_Integer)count);
}

/* --- A unit as the last argument. */

typedef struct written {
    moat_unit unit;
    moat_dim dim;
    double factor;
    bool is_written; /* else it is that of the parameters */
} written;

static written read_unit(lua_State *L, int index) {
    written w = {MOAT_NO_UNIT, MOAT_DIMENSIONLESS, 1, false};
    if (lua_isnoneornil(L, index))
        return w;
    w.unit = moatl_parse_unit(L, moatl_check_text(L, index, "the unit"));
    w.dim = moat_unit_dim(moatl_units(L), w.unit);
    w.factor = moat_unit_factor(moatl_units(L), w.unit);
    w.is_written = true;
    return w;
}

/* --- Families with scalar parameters. */

/* The first parameter in the unit of the value that has one decides it. */
static written unit_of_parameters(lua_State *L, const moat_family_info *info) {
    for (unsigned i = 0; i < info->parameters; i++) {
        const moatl_quantity *quantity = lua_touserdata(L, (int)i + 1);
        if (info->has_unit[i] && !moatl_fits_all(L, quantity))
            return (written){quantity->shown, quantity->dim, 1, false};
    }
    return (written){MOAT_NO_UNIT, MOAT_DIMENSIONLESS, 1, false};
}

/* The node of a parameter in base units: plain numbers are in the unit that was written. */
static moat_node parameter(lua_State *L, const moat_family_info *info, unsigned i,
                           const written *w) {
    int index = (int)i + 1;
    const moatl_quantity *quantity = lua_touserdata(L, index);
    const char *what = info->parameter[i];
    if (!info->has_unit[i])
        return moatl_require_dim(L, index, what, MOAT_DIMENSIONLESS, "0.5")->nodes[0];
    if (quantity->dim == MOAT_DIMENSIONLESS && w->is_written)
        return moatl_node2(L, MOAT_MUL, quantity->nodes[0], moatl_number(L, w->factor, w->dim));
    const char *unit = w->unit != MOAT_NO_UNIT ? moat_unit_text(moatl_units(L), w->unit)
                                               : moat_dim_text(moatl_units(L), w->dim);
    return moatl_require_dim(L, index, what, w->dim, unit)->nodes[0];
}

static void check_count(lua_State *L, const moat_family_info *info, unsigned count) {
    const char *usage = moatl_entry(L)->usage;
    if (count < info->parameters)
        moatl_fail(L, "%s: %s is missing: write %s", moatl_name(L), info->parameter[count], usage);
    if (count > info->parameters + 1)
        moatl_fail(L, "%s: there are too many arguments: write %s, and a unit at most",
                   moatl_name(L), usage);
}

static bool describes_scale(const moat_family_info *info) {
    return !info->has_unit[0] && !info->has_unit[1] && !info->has_unit[2];
}

static int scalar_family(lua_State *L) {
    moat_family family = *(const moat_family *)moatl_entry(L)->context;
    const moat_family_info *info = moat_family_describe(family);
    unsigned count = (unsigned)lua_gettop(L);
    moat_node parameters[3] = {MOAT_NO_NODE, MOAT_NO_NODE, MOAT_NO_NODE};
    moat_error error;
    check_count(L, info, count);
    push_call(L, (int)count);
    for (unsigned i = 0; i < info->parameters; i++)
        moatl_check_scalar(L, (int)i + 1, info->parameter[i]);
    written w = count > info->parameters ? read_unit(L, (int)count) : unit_of_parameters(L, info);
    for (unsigned i = 0; i < info->parameters; i++)
        parameters[i] = parameter(L, info, i, &w);
    double scale = describes_scale(info) ? w.factor : 1;
    moat_dist dist = moat_dist_new(moatl_graph(L), family, parameters, scale, w.dim, &error);
    if (dist == MOAT_NO_DIST)
        moatl_fail_with(L, &error);
    lua_pushvalue(L, (int)count + 1);
    moatl_push_dist(L, dist, w.unit);
    return 1;
}

/* --- Distributions from lists: { { value, weight }, ... } and { value, ... }. */

typedef struct points {
    size_t count;
    double *x, *w;
    moat_dim dim;
    moat_unit shown;
    bool has_dim;
} points;

/* The constant on top of the stack as the value of a point. */
static double point_value(lua_State *L, points *p, const written *w) {
    moat_dim dim;
    double value = moatl_check_constant(L, -1, "a value", &dim);
    const moatl_quantity *quantity = lua_touserdata(L, -1);
    if (dim == MOAT_DIMENSIONLESS && w->is_written)
        return value * w->factor;
    if (moatl_fits_all(L, quantity))
        return value;
    if (p->has_dim && dim != p->dim) {
        moatl_fail(L, "%s: the values must have one unit: there is %s among others in %s",
                   moatl_name(L), moatl_push_description(L, -1),
                   moat_dim_text(moatl_units(L), p->dim));
    }
    p->shown = p->has_dim ? p->shown : quantity->shown;
    p->has_dim = true;
    p->dim = dim;
    return value;
}

/* Pushes element k of the pair on top of the stack. */
static void push_element(lua_State *L, lua_Integer k) {
    if (lua_type(L, -1) != LUA_TTABLE)
        moatl_fail(L, "%s: each entry must be a pair such as { \"3 $bn\", 0.2 }, not %s",
                   moatl_name(L), moatl_push_description(L, -1));
    lua_rawgeti(L, -1, k);
}

static size_t list_length(lua_State *L) {
    moatl_expand_column(L, 1);
    moatl_check_table(L, 1, "the argument");
    size_t count = (size_t)lua_rawlen(L, 1);
    if (count == 0)
        moatl_fail(L, "%s: the list is empty: write %s", moatl_name(L), moatl_entry(L)->usage);
    return count;
}

/* Reads the list at index 1. The value is element `value_at` of each pair and the weight the
 * other; 0: the entries are the values themselves. */
static void read_points(lua_State *L, int value_at, points *p, const written *w) {
    p->count = list_length(L);
    p->x = moatl_buffer(L, p->count, sizeof *p->x);
    p->w = moatl_buffer(L, p->count, sizeof *p->w);
    int top = lua_gettop(L);
    for (size_t i = 0; i < p->count; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        if (value_at != 0) {
            push_element(L, 3 - value_at);
            p->w[i] = moatl_check_number(L, -1, value_at == 1 ? "a weight" : "a probability");
            lua_pop(L, 1);
            push_element(L, value_at);
        }
        p->x[i] = point_value(L, p, w);
        lua_settop(L, top);
    }
}

static int point_family(lua_State *L) {
    moat_family family = *(const moat_family *)moatl_entry(L)->context;
    int value_at = family == MOAT_DISCRETE ? 1 : family == MOAT_METALOG ? 2 : 0;
    moat_error error;
    lua_settop(L, 2);
    written w = read_unit(L, 2);
    points p = {.dim = w.dim, .shown = w.unit, .has_dim = w.is_written};
    read_points(L, value_at, &p, &w);
    moat_dist dist = moat_dist_points(moatl_graph(L), family, p.count, p.x,
                                      value_at != 0 ? p.w : NULL, p.dim, &error);
    if (dist == MOAT_NO_DIST)
        moatl_fail_with(L, &error);
    push_list_call(L, p.count);
    moatl_push_dist(L, dist, p.shown);
    return 1;
}

/* The distribution on top of the stack; a constant is a distribution of one point. */
static moat_dist check_dist(lua_State *L, const char *what, moat_unit *shown) {
    moat_error error;
    if (lua_type(L, -1) == LUA_TSTRING || lua_type(L, -1) == LUA_TNUMBER) {
        size_t length;
        const char *text = lua_tolstring(L, -1, &length);
        moatl_push_literal(L, text, length);
        lua_replace(L, -2);
    }
    const moatl_quantity *quantity = luaL_testudata(L, -1, MOATL_QUANTITY);
    double value;
    if (quantity == NULL ||
        (quantity->dist == MOAT_NO_DIST && !moatl_is_constant(L, quantity, &value))) {
        moatl_fail(L,
                   "%s: %s must be a distribution, as from dist or a text such as \"3 to 5 $bn\", "
                   "not %s",
                   moatl_name(L), what, moatl_push_description(L, -1));
    }
    *shown = quantity->shown;
    if (quantity->dist != MOAT_NO_DIST)
        return quantity->dist;
    moat_dist dist = moat_dist_points(moatl_graph(L), MOAT_DISCRETE, 1, &value, &(double){1},
                                      quantity->dim, &error);
    if (dist == MOAT_NO_DIST)
        moatl_fail_with(L, &error);
    return dist;
}

/* What is written of a distribution's unit. */
static const char *unit_text(lua_State *L, moat_dist dist, moat_unit shown) {
    return shown != MOAT_NO_UNIT
               ? moat_unit_text(moatl_units(L), shown)
               : moat_dim_text(moatl_units(L), moat_dist_dim(moatl_graph(L), dist));
}

static int mixture(lua_State *L) {
    moat_error error;
    moat_unit shown = MOAT_NO_UNIT;
    lua_settop(L, 1);
    size_t count = list_length(L);
    moat_dist *parts = moatl_buffer(L, count, sizeof *parts);
    double *weights = moatl_buffer(L, count, sizeof *weights);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        push_element(L, 2);
        weights[i] = moatl_check_number(L, -1, "a weight");
        lua_pop(L, 1);
        push_element(L, 1);
        moat_unit own;
        parts[i] = check_dist(L, "a part", &own);
        shown = i == 0 ? own : shown;
        if (moat_dist_dim(moatl_graph(L), parts[i]) != moat_dist_dim(moatl_graph(L), parts[0]))
            moatl_fail(L, "%s: entry %d has the unit %s and the first one %s: they must have one",
                       moatl_name(L), (int)i + 1, unit_text(L, parts[i], own),
                       unit_text(L, parts[0], shown));
        lua_settop(L, 3);
    }
    moat_dist dist = moat_dist_mixture(moatl_graph(L), count, parts, weights, &error);
    if (dist == MOAT_NO_DIST)
        moatl_fail_with(L, &error);
    push_list_call(L, count);
    moatl_push_dist(L, dist, shown);
    return 1;
}

/* A bound of truncate in base units; nil is none. */
static double bound(lua_State *L, int index, const char *what, moat_dim dim, double none) {
    if (lua_isnil(L, index))
        return none;
    moat_dim own;
    double value = moatl_check_constant(L, index, what, &own);
    moatl_require_dim(L, index, what, dim, moat_dim_text(moatl_units(L), dim));
    return value;
}

static int truncate(lua_State *L) {
    moat_error error;
    moat_unit shown;
    lua_settop(L, 3);
    push_call(L, 3);
    lua_pushvalue(L, 1);
    moat_dist dist = check_dist(L, "the first argument", &shown);
    moat_dim dim = moat_dist_dim(moatl_graph(L), dist);
    double low = bound(L, 2, "the lower bound", dim, -INFINITY);
    double high = bound(L, 3, "the upper bound", dim, INFINITY);
    dist = moat_dist_truncate(moatl_graph(L), dist, low, high, &error);
    if (dist == MOAT_NO_DIST)
        moatl_fail_with(L, &error);
    lua_pushvalue(L, 4);
    moatl_push_dist(L, dist, shown);
    return 1;
}

/* In the order of moat_family. */
static const moat_family families[] = {
    MOAT_NORMAL,   MOAT_LOGNORMAL,   MOAT_UNIFORM, MOAT_TRIANGULAR, MOAT_PERT,      MOAT_BETA,
    MOAT_GAMMA,    MOAT_EXPONENTIAL, MOAT_WEIBULL, MOAT_STUDENT_T,  MOAT_BERNOULLI, MOAT_POISSON,
    MOAT_BINOMIAL, MOAT_DISCRETE,    MOAT_MIXTURE, MOAT_METALOG,    MOAT_EMPIRICAL, MOAT_TRUNCATED};

#define SCALAR(name, family, parameters, doc)                                                      \
    {                                                                                              \
        "dist." name, scalar_family, &families[family], "dist." name "(" parameters ")", doc,      \
            NULL, NULL                                                                             \
    }
#define POINTS(name, family, list, doc)                                                            \
    { "dist." name, point_family, &families[family], "dist." name " " list, doc, NULL, NULL }

const moat_lua_function moatl_dist_functions[] = {
    {"dist.normal", scalar_family, &families[MOAT_NORMAL], "dist.normal(mean, sd)",
     "the normal distribution; every family takes a unit for plain numbers as its last argument",
     "print(assume(\"x\", dist.normal(\"10 $bn\", 0)))", "10 $bn\n"},
    SCALAR(
        "lognormal", MOAT_LOGNORMAL, "mu, sigma",
        "the lognormal distribution exp(mu + sigma z) for a standard normal z, in the unit given"),
    SCALAR("uniform", MOAT_UNIFORM, "low, high",
           "the uniform distribution: every value from low to high is as likely"),
    SCALAR("triangular", MOAT_TRIANGULAR, "low, mode, high",
           "the triangular distribution from low to high with its top at the mode"),
    SCALAR(
        "pert", MOAT_PERT, "low, mode, high",
        "the PERT distribution: a smooth one from low to high, of mean (low + 4 mode + high) / 6"),
    SCALAR("beta", MOAT_BETA, "alpha, beta",
           "the beta distribution, between 0 and 1, of mean alpha / (alpha + beta)"),
    SCALAR("gamma", MOAT_GAMMA, "shape, scale", "the gamma distribution, of mean shape * scale"),
    SCALAR("exponential", MOAT_EXPONENTIAL, "mean",
           "the exponential distribution: the time to an event of a constant rate"),
    SCALAR("weibull", MOAT_WEIBULL, "shape, scale",
           "the Weibull distribution: lifetimes whose hazard rises where shape is above 1"),
    SCALAR("student_t", MOAT_STUDENT_T, "df",
           "Student's t distribution, with heavier tails than the normal one"),
    SCALAR("bernoulli", MOAT_BERNOULLI, "p", "1 with probability p, else 0"),
    SCALAR("poisson", MOAT_POISSON, "mean", "how many events of a constant rate there are"),
    SCALAR("binomial", MOAT_BINOMIAL, "n, p", "how many of n trials succeed"),
    POINTS("discrete", MOAT_DISCRETE, "{ { value, weight }, ... }",
           "one of several values, each as likely as its weight says"),
    {"dist.mixture", mixture, NULL, "dist.mixture { { distribution, weight }, ... }",
     "one of several distributions, by weight", NULL, NULL},
    POINTS("metalog", MOAT_METALOG, "{ { p, value }, ... }",
           "a smooth distribution through quantiles: value is that of probability p"),
    POINTS("empirical", MOAT_EMPIRICAL, "{ value, ... }",
           "one of the values, each as likely as the others"),
    {"dist.truncate", truncate, NULL, "dist.truncate(distribution, low, high)",
     "a distribution kept between two bounds, either of which may be nil", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
