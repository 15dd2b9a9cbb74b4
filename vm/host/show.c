/* What scripts and messages see of values: units, numbers, quantities. Nothing here shows an
 * address, and nothing here raises for a quantity that cannot be evaluated, unless memory is short:
 * a report that is written then would say something else. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* --- Numbers. */

void moati_number_text(char buffer[32], double value) {
    if (isnan(value) || isinf(value)) {
        snprintf(buffer, 32, "%s", isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return;
    }
    for (int digits = 14; digits <= 17; digits++) {
        snprintf(buffer, 32, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            return;
    }
}

static void trim_zeros(char *text) {
    if (strchr(text, '.') == NULL)
        return;
    char *end = text + strlen(text);
    while (end[-1] == '0')
        end--;
    if (end[-1] == '.')
        end--;
    *end = '\0';
}

/* A number with about `digits` significant digits and no exponent where it can be avoided. */
static void format_number(char *buffer, size_t size, double value, int digits) {
    char scientific[40];
    snprintf(scientific, sizeof scientific, "%.*e", digits - 1, value);
    const char *e = strchr(scientific, 'e');
    long exponent = e != NULL ? strtol(e + 1, NULL, 10) : 0;
    if (e == NULL || value == 0) {
        snprintf(buffer, size, "%s",
                 value == 0     ? "0"
                 : isnan(value) ? "nan"
                 : value > 0    ? "inf"
                                : "-inf");
    } else if (exponent < -4 || exponent > 14) {
        snprintf(buffer, size, "%.*g", digits, value);
    } else {
        int decimals = digits - 1 - (int)exponent;
        snprintf(buffer, size, "%.*f", decimals > 0 ? decimals : 0, value);
        trim_zeros(buffer);
    }
}

/* --- Units. */

const char *moatl_push_unit(lua_State *L, const moatl_quantity *quantity) {
    moat_units *units = moatl_units(L);
    if (quantity->shown != MOAT_NO_UNIT)
        return lua_pushstring(L, moat_unit_text(units, quantity->shown));
    if (quantity->dim == MOAT_DIMENSIONLESS)
        return lua_pushliteral(L, "no unit");
    return lua_pushstring(L, moat_dim_text(units, quantity->dim));
}

static const char *const base_words[MOAT_BASE_COUNT] = {"money",
                                                        "power of IT equipment",
                                                        "power at the meter",
                                                        "time",
                                                        "tokens",
                                                        "users",
                                                        "seats",
                                                        "requests",
                                                        "floating-point operations",
                                                        "shares"};

/* Adds the factors of a dimension whose exponents have one sign. */
static bool add_words(lua_State *L, luaL_Buffer *buffer, moat_dim dim, double sign,
                      const char *between) {
    bool any = false;
    for (unsigned base = 0; base < MOAT_BASE_COUNT; base++) {
        double exponent = sign * moat_dim_exponent(moatl_units(L), dim, (moat_base)base);
        if (!(exponent > 0))
            continue;
        if (any || sign < 0)
            luaL_addstring(buffer, between);
        luaL_addstring(buffer, base_words[base]);
        if (exponent != 1) {
            char power[32];
            snprintf(power, sizeof power, "^%.4g", exponent);
            luaL_addstring(buffer, power);
        }
        any = true;
    }
    return any;
}

const char *moatl_push_dim_words(lua_State *L, moat_dim dim) {
    luaL_Buffer buffer;
    luaL_checkstack(L, LUA_MINSTACK, "too many values");
    if (dim == MOAT_DIMENSIONLESS)
        return lua_pushliteral(L, "a number without a unit");
    luaL_buffinit(L, &buffer);
    bool over = add_words(L, &buffer, dim, 1, " times ");
    bool under = add_words(L, &buffer, dim, -1, " per ");
    if (!over && !under) /* units that the script has added */
        luaL_addstring(&buffer, moat_dim_text(moatl_units(L), dim));
    luaL_pushresult(&buffer);
    const char *words = lua_tostring(L, -1);
    return words[0] == ' ' ? words + 1 : words;
}

/* --- Descriptions in messages. */

static const char *push_quantity_description(lua_State *L, const moatl_quantity *q) {
    double value;
    const char *unit = moatl_push_unit(L, q);
    if (q->axis != MOAT_NO_AXIS)
        return lua_pushfstring(L, "a series in %s", unit);
    if (!moatl_is_constant(L, q, &value)) {
        return q->dim == MOAT_DIMENSIONLESS && q->shown == MOAT_NO_UNIT
                   ? lua_pushliteral(L, "a quantity without a unit")
                   : lua_pushfstring(L, "an uncertain or computed quantity in %s", unit);
    }
    char number[40];
    double factor = q->shown != MOAT_NO_UNIT ? moat_unit_factor(moatl_units(L), q->shown) : 1;
    format_number(number, sizeof number, value / factor, 6);
    if (q->dim == MOAT_DIMENSIONLESS && q->shown == MOAT_NO_UNIT)
        return lua_pushfstring(L, "the number %s", number);
    return lua_pushfstring(L, "%s %s", number, unit);
}

const char *moatl_push_description(lua_State *L, int index) {
    char number[32];
    luaL_checkstack(L, 8, "too many values");
    const moatl_quantity *quantity = luaL_testudata(L, index, MOATL_QUANTITY);
    if (quantity != NULL)
        return push_quantity_description(L, quantity);
    switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL: return lua_pushliteral(L, "nil");
    case LUA_TBOOLEAN: return lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    case LUA_TNUMBER:
        moati_number_text(number, lua_tonumber(L, index));
        return lua_pushfstring(L, "the number %s", number);
    case LUA_TSTRING: {
        const char *text = lua_tostring(L, index);
        if (strlen(text) <= 60)
            return lua_pushfstring(L, "the text \"%s\"", text);
        lua_pushlstring(L, text, 57);
        return lua_pushfstring(L, "the text \"%s...\"", lua_tostring(L, -1));
    }
    default: return lua_pushfstring(L, "a %s", luaL_typename(L, index));
    }
}

const char *moatl_push_misfit(lua_State *L, int index) {
    static const char number[] = "the number ";
    index = lua_absindex(L, index);
    const char *found = moatl_push_description(L, index);
    if (!moatl_is_quantity(L, index))
        return found;
    bool is_number = strncmp(found, number, strlen(number)) == 0;
    return lua_pushfstring(L, "%s%s: give a plain number", is_number ? "the quantity " : "",
                           is_number ? found + strlen(number) : found);
}

/* --- Quantities as text. */

/* How the numbers of a quantity are written. */
typedef struct scale {
    const moatl_quantity *quantity;
    moat_unit unit;
    double factor;
} scale;

/* Decides the unit once the size of the values is known. */
static scale choose_scale(lua_State *L, const moatl_quantity *quantity, double magnitude) {
    moat_units *units = moatl_units(L);
    scale s = {quantity, quantity->shown, 1};
    if (s.unit == MOAT_NO_UNIT && quantity->dim != MOAT_DIMENSIONLESS)
        s.unit = moat_unit_readable(units, quantity->dim, magnitude);
    if (s.unit != MOAT_NO_UNIT)
        s.factor = moat_unit_factor(units, s.unit);
    return s;
}

static void add_unit(lua_State *L, luaL_Buffer *buffer, const scale *s) {
    if (s->unit == MOAT_NO_UNIT)
        return;
    const char *text = moat_unit_text(moatl_units(L), s->unit);
    if (strcmp(text, "1") != 0) {
        luaL_addchar(buffer, ' ');
        luaL_addstring(buffer, text);
    }
}

static void add_value(lua_State *L, luaL_Buffer *buffer, const scale *s, double value, int digits) {
    char text[64];
    const moat_horizon *horizon = moat_model_horizon(moatl_model(L));
    if (s->quantity->show == MOAT_SHOW_DATE && horizon->periods != 0) {
        double period = value / moat_horizon_dt(horizon);
        if (period >= 0 && period < MOAT_PERIODS_LIMIT)
            moat_horizon_label(horizon, (unsigned)(period + 0.5), text);
        else
            snprintf(text, sizeof text, "never");
    } else {
        format_number(text, sizeof text, value / s->factor, digits);
    }
    luaL_addstring(buffer, text);
}

static bool varies(const moat_summary *summary) {
    return !(summary->min == summary->max) && !isnan(summary->mean);
}

/* "13.4 $bn (12 to 15)", "2028-Q3 (2027-Q1 to never)", "probability 0.25". */
static const char *push_summary(lua_State *L, const moatl_quantity *q, const moat_summary *s,
                                int digits) {
    luaL_Buffer buffer;
    double magnitude = fmax(fabs(s->p5), fabs(s->p95));
    scale scaled = choose_scale(L, q, varies(s) ? magnitude : fabs(s->mean));
    bool is_date = q->show == MOAT_SHOW_DATE;
    if (q->show == MOAT_SHOW_CONDITION && !varies(s))
        return lua_pushstring(L, s->mean != 0 ? "true" : "false");
    luaL_buffinit(L, &buffer);
    if (q->show == MOAT_SHOW_CONDITION)
        luaL_addstring(&buffer, "probability ");
    add_value(L, &buffer, &scaled, is_date ? s->p50 : s->mean, varies(s) ? 3 : digits);
    if (!is_date)
        add_unit(L, &buffer, &scaled);
    if (varies(s) && q->show != MOAT_SHOW_CONDITION) {
        luaL_addstring(&buffer, " (");
        add_value(L, &buffer, &scaled, s->p5, 3);
        luaL_addstring(&buffer, " to ");
        add_value(L, &buffer, &scaled, s->p95, 3);
        luaL_addstring(&buffer, ")");
    }
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

/* Pushes the text of one node. */
static void push_node(lua_State *L, const moatl_quantity *q, moat_node node) {
    moat_summary summary;
    double value;
    if (node == MOAT_NO_NODE) {
        lua_pushliteral(L, "unset");
        return;
    }
    if (moat_node_is_constant(moatl_graph(L), node, &value)) {
        summary = (moat_summary){.mean = value, .p50 = value, .min = value, .max = value};
        push_summary(L, q, &summary, 6);
        return;
    }
    moat_error error;
    const moat_status status = moat_model_summarise(moatl_model(L), 1, &node, &summary, &error);
    if (status == MOAT_NO_MEMORY)
        moatl_abort(L, status, error.message);
    else if (status == MOAT_OK)
        push_summary(L, q, &summary, 6);
    else
        lua_pushfstring(L, "a quantity in %s", moatl_push_unit(L, q));
}

static const char *push_series(lua_State *L, const moatl_quantity *q) {
    char first[16], last[16];
    int top = lua_gettop(L);
    moat_model_axis_label(moatl_model(L), q->axis, 0, first);
    moat_model_axis_label(moatl_model(L), q->axis, q->count - 1, last);
    push_node(L, q, q->nodes[1]);
    const char *from = lua_tostring(L, -1);
    push_node(L, q, q->nodes[q->count]);
    const char *to = lua_tostring(L, -1);
    lua_pushfstring(L, "%s: %s ... %s: %s", first, from, last, to);
    lua_insert(L, top + 1);
    lua_settop(L, top + 1);
    return lua_tostring(L, -1);
}

const char *moatl_push_shown(lua_State *L, int index) {
    luaL_checkstack(L, LUA_MINSTACK, "too many values");
    const moatl_quantity *q = lua_touserdata(L, index);
    if (q->axis != MOAT_NO_AXIS)
        return push_series(L, q);
    int top = lua_gettop(L);
    push_node(L, q, q->nodes[0]);
    lua_insert(L, top + 1);
    lua_settop(L, top + 1);
    return lua_tostring(L, -1);
}

/* --- Any value as text. */

static const char *push_number(lua_State *L, int index) {
    char buffer[40];
    if (lua_isinteger(L, index))
        return lua_pushfstring(L, "%I", lua_tointeger(L, index));
    moati_number_text(buffer, lua_tonumber(L, index));
    if (buffer[strspn(buffer, "-0123456789")] == '\0')
        strcat(buffer, ".0");
    return lua_pushstring(L, buffer);
}

const char *moatl_push_string(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, "too many values");
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1))
            luaL_error(L, "'__tostring' must return a string");
        return lua_tostring(L, -1);
    }
    switch (lua_type(L, index)) {
    case LUA_TNUMBER: return push_number(L, index);
    case LUA_TSTRING: lua_pushvalue(L, index); return lua_tostring(L, -1);
    case LUA_TBOOLEAN: return lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    default:
        if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
            return lua_tostring(L, -1);
        return lua_pushstring(L, luaL_typename(L, index));
    }
}
