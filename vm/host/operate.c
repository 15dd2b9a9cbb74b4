/* Operations on quantities: broadcasting over periods, dimensions, and the unit in which a
 * result is shown. */
#include <math.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* Makes a constant that fits every unit one of `dim`, in place. */
static void fit(lua_State *L, int index, moat_dim dim) {
    const moatl_quantity *quantity = lua_touserdata(L, index);
    double value = 0;
    if (quantity->dim == dim || !moatl_fits_all(L, quantity))
        return;
    moatl_is_constant(L, quantity, &value);
    moatl_push_constant(L, value, dim, MOAT_NO_UNIT);
    lua_replace(L, index);
}

/* Pushes "cannot add A and B" in the words of an operation. */
static const char *push_complaint(lua_State *L, moat_op op, const char *a, const char *b) {
    switch (op) {
    case MOAT_ADD: return lua_pushfstring(L, "cannot add %s and %s", a, b);
    case MOAT_SUB: return lua_pushfstring(L, "cannot subtract %s from %s", b, a);
    case MOAT_MOD: return lua_pushfstring(L, "cannot take the remainder of %s by %s", a, b);
    case MOAT_SELECT: return lua_pushfstring(L, "cannot choose between %s and %s", a, b);
    default: return lua_pushfstring(L, "cannot compare %s and %s", a, b);
    }
}

/* "max: ", and nothing for operators, which the sentence itself names. */
static const char *push_prefix(lua_State *L) {
    const char *name = moatl_name(L);
    bool word = strchr(name, ' ') == NULL;
    return lua_pushfstring(L, "%s%s", word ? name : "", word ? ": " : "");
}

static bool has_both_powers(const moat_units *units, moat_dim dim) {
    return moat_dim_exponent(units, dim, MOAT_BASE_POWER) != 0 &&
           moat_dim_exponent(units, dim, MOAT_BASE_FACILITY) != 0;
}

/* What usually lies behind two units that differ. */
static const char *advice(lua_State *L, moat_dim a, moat_dim b) {
    moat_units *units = moatl_units(L);
    moat_dim ratio, time = moatl_time_dim(L);
    if (moat_dim_divide(units, a, b, &ratio, NULL) != MOAT_OK)
        return "";
    if (ratio == time || ratio == moatl_power_dim(L, time, -1))
        return "; a rate times dt is an amount";
    const double it = moat_dim_exponent(units, ratio, MOAT_BASE_POWER);
    if (it == 0 || moat_dim_exponent(units, ratio, MOAT_BASE_FACILITY) != -it)
        return "";
    if (has_both_powers(units, a) || has_both_powers(units, b))
        return "; they differ by the PUE: energy at the meter is priced per MWh_facility, as in "
               "\"70 $/MWh_facility\"";
    return "; power of IT equipment and power at the meter differ by the PUE, which has the unit "
           "GW_facility/GW";
}

static bool is_bare(const moatl_quantity *quantity) {
    return quantity->dim == MOAT_DIMENSIONLESS && quantity->shown == MOAT_NO_UNIT;
}

static bool is_plain_number(lua_State *L, const moatl_quantity *quantity, double *value) {
    return is_bare(quantity) && moatl_is_constant(L, quantity, value);
}

/* "the number 5 (no unit)" or "a quantity in $bn". */
static const char *push_operand(lua_State *L, const moatl_quantity *quantity) {
    double value;
    char number[32];
    if (!is_plain_number(L, quantity, &value))
        return lua_pushfstring(L, "a quantity in %s", moatl_push_unit(L, quantity));
    moati_number_text(number, value);
    return lua_pushfstring(L, "the number %s (no unit)", number);
}

/* "a quantity without a unit", "one in $". */
static const char *push_kind(lua_State *L, const moatl_quantity *quantity, bool is_first) {
    const char *noun = is_first ? "a quantity" : "one";
    return is_bare(quantity) ? lua_pushfstring(L, "%s without a unit", noun)
                             : lua_pushfstring(L, "%s in %s", noun, moatl_push_unit(L, quantity));
}

_Noreturn static void unit_missing(lua_State *L, moat_op op, const moatl_quantity *a,
                                   const moatl_quantity *b) {
    const bool swaps = op == MOAT_SUB; /* "cannot subtract B from A" */
    const char *complaint = push_complaint(L, op, push_kind(L, a, !swaps), push_kind(L, b, swaps));
    moatl_fail(L, "%s%s: give it the unit, as in x * \"1 %s\"", push_prefix(L), complaint,
               moatl_push_unit(L, is_bare(a) ? b : a));
}

_Noreturn static void units_differ(lua_State *L, moat_op op, int ia, int ib) {
    const moatl_quantity *a = lua_touserdata(L, ia), *b = lua_touserdata(L, ib);
    double value;
    luaL_checkstack(L, 16, "too many values");
    const char *prefix = push_prefix(L);
    const char *a_unit = moatl_push_unit(L, a), *b_unit = moatl_push_unit(L, b);
    if (is_plain_number(L, a, &value) || is_plain_number(L, b, &value)) {
        const char *unit = is_plain_number(L, a, &value) ? b_unit : a_unit;
        const char *complaint = push_complaint(L, op, push_operand(L, a), push_operand(L, b));
        char number[32];
        /* 0.4 beside %/yr is meant as a part of one: 40 %/yr. */
        moati_number_text(number, unit[0] == '%' ? value * 100 : value);
        moatl_fail(L, "%s%s: write \"%s %s\"", prefix, complaint, number, unit);
    }
    if (is_bare(a) || is_bare(b))
        unit_missing(L, op, a, b);
    moatl_fail(L, "%s%s: the units differ (%s is %s, %s is %s)%s", prefix,
               push_complaint(L, op, a_unit, b_unit), a_unit, moatl_push_dim_words(L, a->dim),
               b_unit, moatl_push_dim_words(L, b->dim), advice(L, a->dim, b->dim));
}

static const moatl_quantity *at(lua_State *L, int index) {
    return lua_touserdata(L, index);
}

static void agree(lua_State *L, moat_op op, int a, int b) {
    fit(L, a, at(L, b)->dim);
    fit(L, b, at(L, a)->dim);
    if (at(L, a)->dim != at(L, b)->dim)
        units_differ(L, op, a, b);
}

static void must_be_plain(lua_State *L, int index) {
    if (at(L, index)->dim != MOAT_DIMENSIONLESS) {
        moatl_fail(L,
                   "%s: needs a quantity without a unit, not %s: divide by a quantity of the same "
                   "unit first",
                   moatl_name(L), moatl_push_description(L, index));
    }
}

static moat_dim power_dim(lua_State *L, int base, int exponent) {
    double value = 0;
    must_be_plain(L, exponent);
    if (at(L, base)->dim == MOAT_DIMENSIONLESS)
        return MOAT_DIMENSIONLESS;
    if (!moatl_is_constant(L, at(L, exponent), &value)) {
        moatl_fail(L,
                   "%s: the exponent of %s must be a plain number, as the unit of the result "
                   "depends on it",
                   moatl_name(L), moatl_push_description(L, base));
    }
    return moatl_power_dim(L, at(L, base)->dim, value);
}

/* Checks the units of the operands, fits those that fit every unit, and says the dimension of
 * the result. */
static moat_dim check_units(lua_State *L, moat_op op, const int *i) {
    const moat_op_info *info = moat_op_describe(op);
    switch (info->rule) {
    case MOAT_RULE_SAME: agree(L, op, i[0], i[1]); return at(L, i[0])->dim;
    case MOAT_RULE_COMPARE: agree(L, op, i[0], i[1]); return MOAT_DIMENSIONLESS;
    case MOAT_RULE_SELECT: agree(L, op, i[1], i[2]); return at(L, i[1])->dim;
    case MOAT_RULE_MULTIPLY: return moatl_multiply_dim(L, at(L, i[0])->dim, at(L, i[1])->dim);
    case MOAT_RULE_DIVIDE: return moatl_divide_dim(L, at(L, i[0])->dim, at(L, i[1])->dim);
    case MOAT_RULE_POWER: return power_dim(L, i[0], i[1]);
    case MOAT_RULE_ROOT: return moatl_power_dim(L, at(L, i[0])->dim, 0.5);
    case MOAT_RULE_PLAIN:
        for (unsigned k = 0; k < info->arity; k++)
            must_be_plain(L, i[k]);
        return MOAT_DIMENSIONLESS;
    default: return at(L, i[0])->dim;
    }
}

static moat_unit product_shown(const moatl_quantity *a, const moatl_quantity *b, bool quotient) {
    if (b->dim == MOAT_DIMENSIONLESS && (a->dim != MOAT_DIMENSIONLESS || b->shown == MOAT_NO_UNIT))
        return a->shown;
    if (!quotient && a->dim == MOAT_DIMENSIONLESS &&
        (b->dim != MOAT_DIMENSIONLESS || a->shown == MOAT_NO_UNIT))
        return b->shown;
    return MOAT_NO_UNIT;
}

/* The unit that a result is shown in follows from those of its operands; none where it would
 * have to be made up. */
static moat_unit result_shown(lua_State *L, moat_op op, const int *i) {
    const moatl_quantity *a = at(L, i[0]);
    switch (moat_op_describe(op)->rule) {
    case MOAT_RULE_KEEP: return a->shown;
    case MOAT_RULE_SAME: return a->shown != MOAT_NO_UNIT ? a->shown : at(L, i[1])->shown;
    case MOAT_RULE_SELECT:
        return at(L, i[1])->shown != MOAT_NO_UNIT ? at(L, i[1])->shown : at(L, i[2])->shown;
    case MOAT_RULE_MULTIPLY: return product_shown(a, at(L, i[1]), false);
    case MOAT_RULE_DIVIDE: return product_shown(a, at(L, i[1]), true);
    default: return MOAT_NO_UNIT;
    }
}

static bool is_condition(moat_op op) {
    return op == MOAT_LESS || op == MOAT_AT_MOST || op == MOAT_EQUAL || op == MOAT_AND ||
           op == MOAT_OR || op == MOAT_NOT;
}

/* Choosing among dates gives a date, and among conditions a condition; arithmetic gives
 * numbers. */
static moat_show result_show(lua_State *L, moat_op op, const int *i) {
    if (is_condition(op))
        return MOAT_SHOW_CONDITION;
    bool chooses = op == MOAT_MIN || op == MOAT_MAX || op == MOAT_SELECT;
    if (!chooses)
        return MOAT_SHOW_NUMBER;
    int first = op == MOAT_SELECT ? 1 : 0;
    moat_show a = at(L, i[first])->show, b = at(L, i[first + 1])->show;
    return a == b ? a : MOAT_SHOW_NUMBER;
}

/* The operand whose axis the result has. */
static const moatl_quantity *widest(lua_State *L, unsigned arity, const int *i) {
    const moatl_quantity *wide = at(L, i[0]);
    for (unsigned k = 1; k < arity; k++) {
        const moatl_quantity *q = at(L, i[k]);
        if (wide->axis == MOAT_NO_AXIS)
            wide = q;
        else if (q->axis != MOAT_NO_AXIS && q->axis != wide->axis) {
            moatl_fail(L,
                       "%s: a series of periods and one of calendar years do not fit: apply "
                       ":annual() to both or to neither",
                       moatl_name(L));
        }
    }
    return wide;
}

/* Periods that an operand has not got, the result has not got. */
static void compute(lua_State *L, moat_op op, unsigned arity, const int *i,
                    moatl_quantity *result) {
    const moatl_quantity *q[3] = {NULL, NULL, NULL};
    moat_graph *graph = moatl_graph(L);
    for (unsigned k = 0; k < arity; k++)
        q[k] = at(L, i[k]);
    for (unsigned t = 0; t <= result->count; t++) {
        moat_node operands[3] = {MOAT_NO_NODE, MOAT_NO_NODE, MOAT_NO_NODE};
        bool known = true;
        for (unsigned k = 0; k < arity; k++) {
            operands[k] = q[k]->nodes[q[k]->axis == MOAT_NO_AXIS ? 0 : t];
            known = known && operands[k] != MOAT_NO_NODE;
        }
        moat_error error;
        if (known &&
            (result->nodes[t] = moat_graph_add(graph, op, operands, &error)) == MOAT_NO_NODE)
            moatl_fail_with(L, &error);
    }
}

moatl_quantity *moatl_apply(lua_State *L, moat_op op, const int *indexes) {
    unsigned arity = moat_op_describe(op)->arity;
    moat_dim dim = check_units(L, op, indexes);
    const moatl_quantity *wide = widest(L, arity, indexes);
    moatl_quantity *result =
        moatl_push_shape(L, wide->axis, wide->count, dim, result_shown(L, op, indexes));
    result->show = result_show(L, op, indexes);
    compute(L, op, arity, indexes, result);
    return result;
}

moatl_quantity *moatl_apply1(lua_State *L, moat_op op, int a) {
    int indexes[1] = {lua_absindex(L, a)};
    return moatl_apply(L, op, indexes);
}

moatl_quantity *moatl_apply2(lua_State *L, moat_op op, int a, int b) {
    int indexes[2] = {lua_absindex(L, a), lua_absindex(L, b)};
    return moatl_apply(L, op, indexes);
}

moatl_quantity *moatl_apply3(lua_State *L, moat_op op, int a, int b, int c) {
    int indexes[3] = {lua_absindex(L, a), lua_absindex(L, b), lua_absindex(L, c)};
    return moatl_apply(L, op, indexes);
}
