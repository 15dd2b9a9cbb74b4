/* The unit in which a quantity that nobody gave one is shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scalar.h"
#include "unit.h"

enum { READABLE_TEXT = MOATI_UNIT_TEXT_LIMIT };

/* How people of this field write the dimensions they meet every day. Of the rows of one
 * dimension, which go up in size, the last that shows at least `from` is taken, else the first;
 * the usual one (else the first) where the values have no size: 0, infinite, NaN. */
static const struct {
    const char *text;
    double from;
    bool usual;
} rows[] = {
    {"1", 1, true},

    {"$", 1, true},
    {"$k", 1, false},
    {"$M", 1, false},
    {"$bn", 1, false},
    {"$tn", 1, false},
    {"$/yr", 1, true},
    {"$k/yr", 1, false},
    {"$M/yr", 1, false},
    {"$bn/yr", 1, false},
    {"$tn/yr", 1, false},
    {"$k/GW", 1, false},
    {"$M/GW", 1, false},
    {"$bn/GW", 1, true},
    {"$k/GW/yr", 1, false},
    {"$M/GW/yr", 1, false},
    {"$bn/GW/yr", 1, true},
    {"$/kWh_facility", 0, true},

    {"$/Mtok", 1, true},
    {"$/tok", 1, false},
    {"$/user", 1, true},
    {"$/user/mo", 1, true},
    {"$/user/yr", 12000, false},
    {"$/seat/mo", 1, true},
    {"$/seat/yr", 12000, false},
    {"$/share", 0, true},

    {"W", 1, false},
    {"kW", 1, false},
    {"MW", 1, false},
    {"GW", 0.1, true},
    {"TW", 1, false},
    {"W_facility", 1, false},
    {"kW_facility", 1, false},
    {"MW_facility", 1, false},
    {"GW_facility", 0.1, true},
    {"TW_facility", 1, false},
    {"GW_facility/GW", 0, true},
    {"MW/yr", 1, false},
    {"GW/yr", 0.1, true},
    {"Wh", 1, true},
    {"kWh", 1, false},
    {"MWh", 1, false},
    {"GWh", 1, false},
    {"TWh", 1, false},
    {"Wh_facility", 1, true},
    {"kWh_facility", 1, false},
    {"MWh_facility", 1, false},
    {"GWh_facility", 1, false},
    {"TWh_facility", 1, false},

    {"s", 1, false},
    {"min", 1, false},
    {"h", 1, false},
    {"days", 1, false},
    {"mo", 1, false},
    {"yr", 1, true},
    {"%/yr", 0, true},
    {"1/yr", 10, false},

    {"ktok/GW/yr", 1, false},
    {"Mtok/GW/yr", 1, false},
    {"Gtok/GW/yr", 1, false},
    {"Ttok/GW/yr", 1, true},
    {"Ptok/GW/yr", 1, false},
    {"Etok/GW/yr", 1, false},
    {"FLOP/s", 1, true},
    {"GFLOP/s", 1, false},
    {"TFLOP/s", 1, false},
    {"PFLOP/s", 1, false},
    {"EFLOP/s", 1, false},
    {"users", 1, true},
    {"seats", 1, true},
    {"requests", 1, true},
    {"shares", 1, true},
    {"k users", 1, false},
    {"k seats", 1, false},
    {"k requests", 1, false},
    {"k shares", 1, false},
    {"M users", 1, false},
    {"M seats", 1, false},
    {"M requests", 1, false},
    {"M shares", 1, false},
    {"bn users", 1, false},
    {"bn seats", 1, false},
    {"bn requests", 1, false},
    {"bn shares", 1, false},
};

/* MOAT_NO_UNIT where no row has this dimension, or memory is short: then the general rule
 * fails too. */
static moat_unit habitual(moat_units *units, moat_dim dim, double size) {
    moat_unit best = MOAT_NO_UNIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        moat_unit unit;
        if (moat_unit_parse(units, rows[i].text, strlen(rows[i].text), &unit, NULL) != MOAT_OK)
            return MOAT_NO_UNIT;
        if (moat_unit_dim(units, unit) != dim)
            continue;
        bool fits = size > 0 ? size >= rows[i].from * moat_unit_factor(units, unit) : rows[i].usual;
        if (best == MOAT_NO_UNIT || fits)
            best = unit;
    }
    return best;
}

/* How the multiples of a base are written: by a prefix, as "$bn", or as a word before it. */
typedef enum style { UNSCALED, PREFIX, MONEY, WORD } style;

static style style_of(size_t base) {
    switch (base) {
    case MOAT_BASE_TIME: return UNSCALED;
    case MOAT_BASE_MONEY: return MONEY;
    case MOAT_BASE_POWER:
    case MOAT_BASE_FACILITY:
    case MOAT_BASE_TOKEN:
    case MOAT_BASE_FLOP: return PREFIX;
    default: return WORD;
    }
}

static bool is_written(style s, const moati_multiple *multiple) {
    if (s == PREFIX)
        return multiple->prefix;
    return multiple->tens <= 6 || !multiple->prefix; /* k M bn tn */
}

static size_t print_factor(char *text, size_t size, const moat_units *units, size_t base,
                           const char *multiple) {
    const char *name = base == MOAT_BASE_TOKEN ? "tok" : units->base_names[base];
    switch (style_of(base)) {
    case MONEY: return (size_t)snprintf(text, size, "%s%s", name, multiple);
    case WORD:
        return (size_t)snprintf(text, size, "%s%s%s", multiple, *multiple == '\0' ? "" : " ", name);
    default: return (size_t)snprintf(text, size, "%s%s", multiple, name);
    }
}

/* One factor may be scaled: `base`, by `multiple`. */
typedef struct scaling {
    size_t base;
    const char *multiple;
} scaling;

/* The first base above the line (sign 1) or below it (-1) that has multiples. */
static size_t first_scalable(const moat_units *units, const moati_exponents *exponents, int sign) {
    size_t base = 0;
    while (base < units->base_count &&
           (exponents->of[base] * sign <= 0 || style_of(base) == UNSCALED))
        base++;
    return base;
}

/* Above the line the largest multiple that shows 1 or more; below it, for values under 1, the
 * smallest that does so. */
static scaling choose_scaling(const moat_units *units, const moati_exponents *exponents,
                              double size) {
    scaling chosen = {MOAT_BASE_LIMIT, ""};
    bool small = size < 1;
    size_t base = first_scalable(units, exponents, small ? -1 : 1);
    if (!(size > 0) || base == units->base_count)
        return chosen;
    double power = (double)exponents->of[base] / MOATI_WHOLE;
    chosen.base = base;
    int best = 0;
    for (const moati_multiple *m = moati_multiples; m->name; m++) {
        if (!is_written(style_of(base), m))
            continue;
        bool shows = size / moati_pow(10, m->tens * power) >= 1;
        bool enough = small && best > 0 && size / moati_pow(10, best * power) >= 1;
        if ((small && !enough) || (!small && shows)) {
            best = m->tens;
            chosen.multiple = m->name;
        }
    }
    return chosen;
}

static void print_readable(const moat_units *units, const moati_exponents *exponents,
                           scaling scaled, char text[READABLE_TEXT]) {
    size_t used = 0;
    char power[MOATI_POWER_TEXT];
    for (int sign = 1; sign >= -1; sign -= 2) {
        if (sign < 0 && used == 0)
            used += (size_t)snprintf(text, READABLE_TEXT, "1");
        for (size_t i = 0; i < units->base_count; i++) {
            if (exponents->of[i] * sign <= 0)
                continue;
            moati_power_print(power, exponents->of[i] * sign);
            used += (size_t)snprintf(text + used, READABLE_TEXT - used, "%s",
                                     sign < 0   ? "/"
                                     : used > 0 ? " "
                                                : "");
            used += print_factor(text + used, READABLE_TEXT - used, units, i,
                                 i == scaled.base ? scaled.multiple : "");
            used += (size_t)snprintf(text + used, READABLE_TEXT - used, "%s", power);
        }
    }
}

moat_unit moat_unit_readable(moat_units *units, moat_dim dim, double magnitude) {
    double size = isfinite(magnitude) ? fabs(magnitude) : 0;
    moat_unit unit = habitual(units, dim, size);
    if (unit != MOAT_NO_UNIT)
        return unit;
    char text[READABLE_TEXT];
    const moati_exponents *exponents = &units->dims[dim].exponents;
    print_readable(units, exponents, choose_scaling(units, exponents, size), text);
    if (moat_unit_parse(units, text, strlen(text), &unit, NULL) == MOAT_OK)
        return unit;
    /* A large power of a multiple is no finite factor. */
    print_readable(units, exponents, (scaling){MOAT_BASE_LIMIT, ""}, text);
    if (moat_unit_parse(units, text, strlen(text), &unit, NULL) == MOAT_OK)
        return unit;
    return MOAT_NO_UNIT;
}
