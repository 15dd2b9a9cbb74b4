/* What the parameters of distributions must obey. */
#include <stdio.h>

#include "dist_table.h"

/* SHAPE and DEGREES are positive numbers for which tables are exact. */
typedef enum range { ANY, NOT_NEGATIVE, POSITIVE, SHAPE, DEGREES, PROBABILITY, COUNT } range;

typedef struct rule {
    range ranges[3];
    bool ascending; /* each parameter is at least the one before */
} rule;

static const rule RULES[MOAT_FAMILY_COUNT] = {
    [MOAT_NORMAL] = {{ANY, NOT_NEGATIVE}, false},
    [MOAT_LOGNORMAL] = {{ANY, NOT_NEGATIVE}, false},
    [MOAT_UNIFORM] = {{ANY, ANY}, true},
    [MOAT_TRIANGULAR] = {{ANY, ANY, ANY}, true},
    [MOAT_PERT] = {{ANY, ANY, ANY}, true},
    [MOAT_BETA] = {{SHAPE, SHAPE}, false},
    [MOAT_GAMMA] = {{SHAPE, NOT_NEGATIVE}, false},
    [MOAT_EXPONENTIAL] = {{NOT_NEGATIVE}, false},
    [MOAT_WEIBULL] = {{POSITIVE, NOT_NEGATIVE}, false},
    [MOAT_STUDENT_T] = {{DEGREES}, false},
    [MOAT_BERNOULLI] = {{PROBABILITY}, false},
    [MOAT_POISSON] = {{NOT_NEGATIVE}, false},
    [MOAT_BINOMIAL] = {{COUNT, PROBABILITY}, false},
};

moati_shown moati_show(const moat_graph *graph, double value, moat_dim dim) {
    moati_shown shown;
    moat_units *units = moat_graph_units(graph);
    moat_unit unit =
        dim == MOAT_DIMENSIONLESS ? MOAT_NO_UNIT : moat_unit_readable(units, dim, value);
    if (unit == MOAT_NO_UNIT)
        snprintf(shown.text, sizeof shown.text, "%.9g", value);
    else
        snprintf(shown.text, sizeof shown.text, "%.9g %s", value / moat_unit_factor(units, unit),
                 moat_unit_text(units, unit));
    return shown;
}

/* What is wrong with a value, or NULL. */
static const char *range_fault(range wanted, double value) {
    const double largest_count = 9007199254740992.0; /* 2^53 */
    if (!isfinite(value))
        return "is not a finite number";
    switch (wanted) {
    case NOT_NEGATIVE: return value >= 0 ? NULL : "is below 0";
    case POSITIVE: return value > 0 ? NULL : "is not above 0";
    case SHAPE:
        if (value > 0)
            return value >= 1e-3 && value <= 1e9 ? NULL : "is not between 0.001 and 1e9";
        return "is not above 0";
    case DEGREES:
        if (value > 0)
            return value >= 0.1 && value <= 1e9 ? NULL : "is not between 0.1 and 1e9";
        return "is not above 0";
    case PROBABILITY:
        return value >= 0 && value <= 1 ? NULL : "is not a probability, which is from 0 to 1";
    case COUNT:
        return value >= 0 && value <= largest_count && value == floor(value)
                   ? NULL
                   : "is not a whole number, 0 or more";
    case ANY: break;
    }
    return NULL;
}

static moat_dim parameter_dim(const moat_family_info *info, unsigned i, moat_dim dim) {
    return info->has_unit[i] ? dim : MOAT_DIMENSIONLESS;
}

/* The last number before parameter i, or i where there is none. */
static unsigned previous_number(const bool is_number[3], unsigned i) {
    for (unsigned j = i; j-- > 0;)
        if (is_number[j])
            return j;
    return i;
}

moat_status moati_check_parameters(const moat_graph *graph, moat_family family,
                                   const double parameters[3], const bool is_number[3],
                                   moat_dim dim, moat_error *error) {
    const moat_family_info *info = moat_family_describe(family);
    for (unsigned i = 0; i < info->parameters; i++) {
        if (!is_number[i])
            continue;
        moat_dim own = parameter_dim(info, i, dim);
        const char *fault = range_fault(RULES[family].ranges[i], parameters[i]);
        if (fault)
            return moat_fail(error, MOAT_INVALID, "%s: %s %s %s", info->name, info->parameter[i],
                             moati_show(graph, parameters[i], own).text, fault);
        unsigned before = previous_number(is_number, i);
        if (RULES[family].ascending && parameters[before] > parameters[i])
            return moat_fail(error, MOAT_INVALID, "%s: %s %s is above %s %s", info->name,
                             info->parameter[before],
                             moati_show(graph, parameters[before], own).text, info->parameter[i],
                             moati_show(graph, parameters[i], own).text);
    }
    return MOAT_OK;
}
