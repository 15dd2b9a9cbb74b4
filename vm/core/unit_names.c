/* The names of units: those built in, their prefixes and plurals, and the one that was meant by a
 * name that is unknown. */
#include <string.h>

#include "text.h"
#include "unit.h"

const moati_multiple moati_multiples[] = {
    {"k", 3, true},  {"M", 6, true},   {"G", 9, true},    {"T", 12, true},  {"P", 15, true},
    {"E", 18, true}, {"bn", 9, false}, {"tn", 12, false}, {NULL, 0, false},
};

enum {
    PREFIXED = 1, /* takes k M G T P E */
    ENERGY = 2,   /* the base times the year */
    PLAIN = 4     /* no base dimension */
};

/* 1 name = numerator / denominator * 10^tens base units. The year has 365.25 days, hence
 * 8766 hours. */
typedef struct builtin {
    const char *name;
    moat_base base;
    unsigned traits;
    moati_factor factor;
} builtin;

static const builtin builtins[] = {
    {"$", MOAT_BASE_MONEY, 0, {1, 1, 0}},
    {"$k", MOAT_BASE_MONEY, 0, {1, 1, 3}},
    {"$M", MOAT_BASE_MONEY, 0, {1, 1, 6}},
    {"$bn", MOAT_BASE_MONEY, 0, {1, 1, 9}},
    {"$tn", MOAT_BASE_MONEY, 0, {1, 1, 12}},
    {"k$", MOAT_BASE_MONEY, 0, {1, 1, 3}},
    {"M$", MOAT_BASE_MONEY, 0, {1, 1, 6}},
    {"bn$", MOAT_BASE_MONEY, 0, {1, 1, 9}},
    {"tn$", MOAT_BASE_MONEY, 0, {1, 1, 12}},
    {"W", MOAT_BASE_POWER, PREFIXED, {1, 1, 0}},
    {"Wh", MOAT_BASE_POWER, PREFIXED | ENERGY, {1, 8766, 0}},
    {"W_facility", MOAT_BASE_FACILITY, PREFIXED, {1, 1, 0}},
    {"Wh_facility", MOAT_BASE_FACILITY, PREFIXED | ENERGY, {1, 8766, 0}},
    {"yr", MOAT_BASE_TIME, 0, {1, 1, 0}},
    {"y", MOAT_BASE_TIME, 0, {1, 1, 0}},
    {"year", MOAT_BASE_TIME, 0, {1, 1, 0}},
    {"years", MOAT_BASE_TIME, 0, {1, 1, 0}},
    {"quarter", MOAT_BASE_TIME, 0, {1, 4, 0}},
    {"quarters", MOAT_BASE_TIME, 0, {1, 4, 0}},
    {"mo", MOAT_BASE_TIME, 0, {1, 12, 0}},
    {"month", MOAT_BASE_TIME, 0, {1, 12, 0}},
    {"months", MOAT_BASE_TIME, 0, {1, 12, 0}},
    {"week", MOAT_BASE_TIME, 0, {28, 1461, 0}},
    {"weeks", MOAT_BASE_TIME, 0, {28, 1461, 0}},
    {"day", MOAT_BASE_TIME, 0, {4, 1461, 0}},
    {"days", MOAT_BASE_TIME, 0, {4, 1461, 0}},
    {"d", MOAT_BASE_TIME, 0, {4, 1461, 0}},
    {"h", MOAT_BASE_TIME, 0, {1, 8766, 0}},
    {"hour", MOAT_BASE_TIME, 0, {1, 8766, 0}},
    {"hours", MOAT_BASE_TIME, 0, {1, 8766, 0}},
    {"min", MOAT_BASE_TIME, 0, {1, 525960, 0}},
    {"minute", MOAT_BASE_TIME, 0, {1, 525960, 0}},
    {"minutes", MOAT_BASE_TIME, 0, {1, 525960, 0}},
    {"s", MOAT_BASE_TIME, 0, {1, 31557600, 0}},
    {"second", MOAT_BASE_TIME, 0, {1, 31557600, 0}},
    {"seconds", MOAT_BASE_TIME, 0, {1, 31557600, 0}},
    {"tok", MOAT_BASE_TOKEN, PREFIXED, {1, 1, 0}},
    {"token", MOAT_BASE_TOKEN, PREFIXED, {1, 1, 0}},
    {"tokens", MOAT_BASE_TOKEN, PREFIXED, {1, 1, 0}},
    {"user", MOAT_BASE_USER, PREFIXED, {1, 1, 0}},
    {"users", MOAT_BASE_USER, PREFIXED, {1, 1, 0}},
    {"seat", MOAT_BASE_SEAT, PREFIXED, {1, 1, 0}},
    {"seats", MOAT_BASE_SEAT, PREFIXED, {1, 1, 0}},
    {"request", MOAT_BASE_REQUEST, PREFIXED, {1, 1, 0}},
    {"requests", MOAT_BASE_REQUEST, PREFIXED, {1, 1, 0}},
    {"req", MOAT_BASE_REQUEST, PREFIXED, {1, 1, 0}},
    {"FLOP", MOAT_BASE_FLOP, PREFIXED, {1, 1, 0}},
    {"share", MOAT_BASE_SHARE, PREFIXED, {1, 1, 0}},
    {"shares", MOAT_BASE_SHARE, PREFIXED, {1, 1, 0}},
    {"%", MOAT_BASE_COUNT, PLAIN, {1, 1, -2}},
    {"bp", MOAT_BASE_COUNT, PLAIN, {1, 1, -4}},
};

enum { BUILTIN_COUNT = sizeof builtins / sizeof *builtins };

/* What people write out of habit, in lower case. */
static const struct {
    const char *written, *known;
} habits[] = {
    {"usd", "$"},        {"us$", "$"},       {"dollar", "$"},     {"dollars", "$"},
    {"$b", "$bn"},       {"$mn", "$M"},      {"$mm", "$M"},       {"$trn", "$tn"},
    {"$billion", "$bn"}, {"$million", "$M"}, {"b", "bn"},         {"mn", "M"},
    {"mm", "M"},         {"thousand", "k"},  {"million", "M"},    {"billion", "bn"},
    {"trillion", "tn"},  {"percent", "%"},   {"pct", "%"},        {"bps", "bp"},
    {"watt", "W"},       {"watts", "W"},     {"annum", "yr"},     {"a", "yr"},
    {"hr", "h"},         {"hrs", "h"},       {"q", "quarter"},    {"qtr", "quarter"},
    {"pp", "%"},         {"pps", "%"},       {"ppt", "%"},        {"$t", "$tn"},
    {"t$", "$tn"},       {"tr$", "$tn"},     {"$tr", "$tn"},      {"trn$", "$tn"},
    {"b$", "$bn"},       {"$bln", "$bn"},    {"bln$", "$bn"},     {"bln", "$bn"},
    {"pa", "/yr"},       {"yearly", "/yr"},  {"annually", "/yr"}, {"sec", "s"},
    {"flops", "FLOP/s"}, {"person", "user"}, {"people", "users"},
};

const char *moati_builtin_name(size_t number) {
    return number < BUILTIN_COUNT ? builtins[number].name : NULL;
}

const moati_multiple *moati_multiple_find(const char *name, size_t length) {
    for (const moati_multiple *multiple = moati_multiples; multiple->name; multiple++)
        if (moati_text_equal(name, length, multiple->name))
            return multiple;
    return NULL;
}

static const builtin *find_builtin(const char *name, size_t length) {
    for (size_t i = 0; i < BUILTIN_COUNT; i++)
        if (moati_text_equal(name, length, builtins[i].name))
            return &builtins[i];
    return NULL;
}

static moati_measure builtin_measure(const builtin *b, int tens) {
    moati_measure measure = {.factor = b->factor};
    measure.factor.tens += tens;
    if (!(b->traits & PLAIN))
        measure.exponents.of[b->base] = MOATI_WHOLE;
    if (b->traits & ENERGY)
        measure.exponents.of[MOAT_BASE_TIME] = MOATI_WHOLE;
    return measure;
}

static const moati_definition *find_definition(const moat_units *units, const char *name,
                                               size_t length) {
    for (size_t i = 0; i < units->definition_count; i++)
        if (moati_text_equal(name, length, units->definitions[i].name))
            return &units->definitions[i];
    return NULL;
}

/* "unicorns", where there is a unit "unicorn". */
static const moati_definition *find_plural(const moat_units *units, const char *name,
                                           size_t length) {
    bool is_plural = length > 2 && name[length - 1] == 's' && name[length - 2] != 's';
    return is_plural ? find_definition(units, name, length - 1) : NULL;
}

bool moati_name_find(const moat_units *units, const char *name, size_t length,
                     moati_measure *measure) {
    const builtin *known = find_builtin(name, length);
    int tens = 0;
    if (!known && length > 1) {
        const moati_multiple *prefix = moati_multiple_find(name, 1);
        const builtin *rest = find_builtin(name + 1, length - 1);
        if (prefix && rest && rest->traits & PREFIXED) {
            known = rest;
            tens = prefix->tens;
        }
    }
    if (known) {
        *measure = builtin_measure(known, tens);
        return true;
    }
    const moati_definition *definition = find_definition(units, name, length);
    if (!definition)
        definition = find_plural(units, name, length);
    if (!definition)
        return false;
    *measure = definition->measure;
    return true;
}

bool moati_name_is_plural(const moat_units *units, const char *name, size_t length) {
    return !find_definition(units, name, length) && find_plural(units, name, length);
}

/* The best candidate so far; of equally near ones the first stays. */
typedef struct search {
    const char *name;
    size_t length;
    unsigned cost;
    char *best;
} search;

static void consider(search *s, const char *prefix, const char *known) {
    char candidate[MOATI_SUGGESTION];
    size_t prefix_length = strlen(prefix), length = prefix_length + strlen(known);
    memcpy(candidate, prefix, prefix_length);
    strcpy(candidate + prefix_length, known);
    unsigned cost = moati_misspelling(s->name, s->length, candidate, length);
    if (cost < s->cost) {
        s->cost = cost;
        strcpy(s->best, candidate);
    }
}

static bool suggest_by_habit(search *s) {
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        size_t length = strlen(habits[i].written), at = 0;
        while (length == s->length && at < length &&
               moati_lower(s->name[at]) == habits[i].written[at])
            at++;
        if (at == length && length == s->length) {
            strcpy(s->best, habits[i].known);
            return true;
        }
    }
    return false;
}

bool moati_name_suggest(const moat_units *units, const char *name, size_t length,
                        char suggestion[MOATI_SUGGESTION]) {
    search s = {name, length, MOATI_UNLIKE, suggestion};
    if (suggest_by_habit(&s))
        return true;
    for (size_t i = 0; i < BUILTIN_COUNT; i++) {
        consider(&s, "", builtins[i].name);
        for (const moati_multiple *prefix = moati_multiples; prefix->name; prefix++)
            if (prefix->prefix && builtins[i].traits & PREFIXED)
                consider(&s, prefix->name, builtins[i].name);
    }
    for (size_t i = 0; i < units->definition_count; i++)
        consider(&s, "", units->definitions[i].name);
    for (const moati_multiple *multiple = moati_multiples; multiple->name; multiple++)
        consider(&s, "", multiple->name);
    return s.cost < MOATI_UNLIKE;
}
