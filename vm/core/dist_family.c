/* The families of distributions, one a line. */
#include <string.h>

#include "dist_table.h"

/* clang-format off */
static const moat_family_info FAMILIES[MOAT_FAMILY_COUNT] = {
    /*                    name         n  parameters                  in units of the value  quantities doc */
    [MOAT_NORMAL]      = {"normal",      2, {"mean", "sd", NULL},         {true, true, false},   true,  "the bell curve with this mean and standard deviation"},
    [MOAT_LOGNORMAL]   = {"lognormal",   2, {"mu", "sigma", NULL},        {false, false, false}, true,  "its logarithm is normal with mean mu and standard deviation sigma"},
    [MOAT_UNIFORM]     = {"uniform",     2, {"low", "high", NULL},        {true, true, false},   true,  "every value between low and high is equally likely"},
    [MOAT_TRIANGULAR]  = {"triangular",  3, {"low", "mode", "high"},      {true, true, true},    true,  "rises in a straight line to the mode and falls in one"},
    [MOAT_PERT]        = {"pert",        3, {"low", "mode", "high"},      {true, true, true},    false, "a smooth hump with mean (low + 4 mode + high) / 6"},
    [MOAT_BETA]        = {"beta",        2, {"alpha", "beta", NULL},      {false, false, false}, false, "between 0 and 1 with mean alpha / (alpha + beta)"},
    [MOAT_GAMMA]       = {"gamma",       2, {"shape", "scale", NULL},     {false, true, false},  true,  "positive with mean shape * scale; the shape must be a plain number"},
    [MOAT_EXPONENTIAL] = {"exponential", 1, {"mean", NULL, NULL},         {true, false, false},  true,  "the wait for something that may happen at any time"},
    [MOAT_WEIBULL]     = {"weibull",     2, {"shape", "scale", NULL},     {false, true, false},  true,  "a lifetime; failures grow more frequent with age where the shape is above 1"},
    [MOAT_STUDENT_T]   = {"student_t",   1, {"df", NULL, NULL},           {false, false, false}, false, "like the normal of mean 0 and sd 1 with heavier tails, the more so the fewer degrees of freedom"},
    [MOAT_BERNOULLI]   = {"bernoulli",   1, {"p", NULL, NULL},            {false, false, false}, true,  "1 with probability p, else 0"},
    [MOAT_POISSON]     = {"poisson",     1, {"mean", NULL, NULL},         {false, false, false}, false, "how many independent events happen when `mean` are expected"},
    [MOAT_BINOMIAL]    = {"binomial",    2, {"n", "p", NULL},             {false, false, false}, false, "how many of n trials succeed, each with probability p"},
    [MOAT_DISCRETE]    = {"discrete",    0, {NULL, NULL, NULL},           {false, false, false}, false, "separate values with weights"},
    [MOAT_MIXTURE]     = {"mixture",     0, {NULL, NULL, NULL},           {false, false, false}, false, "one of several distributions, chosen by weight"},
    [MOAT_METALOG]     = {"metalog",     0, {NULL, NULL, NULL},           {false, false, false}, false, "a smooth distribution through given quantiles"},
    [MOAT_EMPIRICAL]   = {"empirical",   0, {NULL, NULL, NULL},           {false, false, false}, false, "one of the given values, each equally likely"},
    [MOAT_TRUNCATED]   = {"truncate",    0, {NULL, NULL, NULL},           {false, false, false}, false, "a distribution given that it lies between low and high"},
};
/* clang-format on */

const moat_family_info *moat_family_describe(moat_family family) {
    return &FAMILIES[family];
}

moat_family moat_family_find(const char *name, size_t length) {
    int family = 0;
    while (family < MOAT_FAMILY_COUNT && !(strlen(FAMILIES[family].name) == length &&
                                           memcmp(FAMILIES[family].name, name, length) == 0))
        family++;
    return (moat_family)family;
}

bool moati_parameter_is_fixed(moat_family family, unsigned index) {
    return !FAMILIES[family].quantities || (family == MOAT_GAMMA && index == 0);
}
