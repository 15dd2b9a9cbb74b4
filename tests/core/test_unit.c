/* Units: conversion, writing and reading back, messages, readable choices. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "mistakes.h"

TestSuite(unit, .init = start, .fini = stop);

static moat_unit parse(const char *text) {
    moat_unit unit = MOAT_NO_UNIT;
    moat_status status = moat_unit_parse(units, text, strlen(text), &unit, &error);
    cr_assert_eq(status, MOAT_OK, "\"%s\": %s", text, status == MOAT_OK ? "" : error.message);
    cr_assert_neq(unit, MOAT_NO_UNIT, "\"%s\" is no unit", text);
    return unit;
}

static const struct {
    const char *text;
    double factor;
    const char *dim;
} conversions[] = {
    {"1", 1, "1"},
    {"", 1, "1"},
    {"%", 0.01, "1"},
    {"bp", 0.0001, "1"},
    {"%^2", 0.0001, "1"},
    {"$", 1, "$"},
    {"$k", 1e3, "$"},
    {"$M", 1e6, "$"},
    {"$bn", 1e9, "$"},
    {"$tn", 1e12, "$"},
    {"k$", 1e3, "$"},
    {"M$", 1e6, "$"},
    {"bn$", 1e9, "$"},
    {"tn$", 1e12, "$"},
    {"bn $", 1e9, "$"},
    {"W", 1, "W"},
    {"kW", 1e3, "W"},
    {"MW", 1e6, "W"},
    {"GW", 1e9, "W"},
    {"TW", 1e12, "W"},
    {"PW", 1e15, "W"},
    {"EW", 1e18, "W"},
    {"MW_facility", 1e6, "W_facility"},
    {"GW_facility", 1e9, "W_facility"},
    {"GW_facility/GW", 1, "W_facility/W"},
    {"yr", 1, "yr"},
    {"y", 1, "yr"},
    {"year", 1, "yr"},
    {"years", 1, "yr"},
    {"quarter", 0.25, "yr"},
    {"quarters", 0.25, "yr"},
    {"mo", 1.0 / 12, "yr"},
    {"months", 1.0 / 12, "yr"},
    {"week", 7 / 365.25, "yr"},
    {"days", 1 / 365.25, "yr"},
    {"d", 1 / 365.25, "yr"},
    {"h", 1.0 / 8766, "yr"},
    {"hours", 1.0 / 8766, "yr"},
    {"min", 1.0 / 525960, "yr"},
    {"s", 1.0 / 31557600, "yr"},
    {"seconds", 1.0 / 31557600, "yr"},
    {"yr/s", 31557600, "1"},
    {"yr/mo", 12, "1"},
    {"week/day", 7, "1"},
    {"tok", 1, "token"},
    {"token", 1, "token"},
    {"tokens", 1, "token"},
    {"ktok", 1e3, "token"},
    {"Mtok", 1e6, "token"},
    {"Ptok", 1e15, "token"},
    {"Gtokens", 1e9, "token"},
    {"M tokens", 1e6, "token"},
    {"M users", 1e6, "user"},
    {"bn users", 1e9, "user"},
    {"k users", 1e3, "user"},
    {"M share", 1e6, "share"},
    {"M users^2", 1e12, "user^2"},
    {"seats", 1, "seat"},
    {"req/s", 31557600, "request/yr"},
    {"EFLOP/s", 31557600e18, "FLOP/yr"},
    {"kWh", 1e3 / 8766, "W yr"},
    {"TWh/yr", 1e12 / 8766, "W"},
    {"kW h/kWh", 1, "1"},
    {"MWh_facility", 1e6 / 8766, "W_facility yr"},
    {"$/kWh", 8.766, "$/W/yr"},
    {"$/kWh_facility", 8.766, "$/W_facility/yr"},
    {"$bn/GW/yr", 1, "$/W/yr"},
    {"$bn / (GW yr)", 1, "$/W/yr"},
    {"$bn/(GW*yr)", 1, "$/W/yr"},
    {"$bn·GW^-1·yr^-1", 1, "$/W/yr"},
    {"1/GW/yr*$bn", 1, "$/W/yr"},
    {"$tn/TW/yr", 1, "$/W/yr"},
    {"$/GW * yr", 1e-9, "$ yr/W"},
    {"$/Mtok", 1e-6, "$/token"},
    {"$/M users/mo", 12e-6, "$/yr/user"},
    {"tok/s/MW", 31.5576, "token/W/yr"},
    {"$/user/mo", 12, "$/yr/user"},
    {"1/yr", 1, "1/yr"},
    {"%/yr", 0.01, "1/yr"},
    {"%/mo", 0.12, "1/yr"},
    {"$bn^2", 1e18, "$^2"},
    {"$tn^2/$tn^2", 1, "1"},
    {"EFLOP^3/EFLOP^2", 1e18, "FLOP"},
    {"$M^0.5", 1e3, "$^0.5"},
    {"$/yr^0.5", 1, "$/yr^0.5"},
    {"yr^(1/2)", 1, "yr^0.5"},
    {"yr^1/2/W", 1, "yr^0.5/W"},
    {"quarter^0.5", 0.5, "yr^0.5"},
    {"yr ^ ( -1 / 3 )", 1, "1/yr^(1/3)"},
    {"yr^1/5040", 1, "yr^(1/5040)"},
    {"(yr^2)^(1/2)", 1, "yr"},
    {"W^400000", 1, "W^400000"},
};

Test(unit, converts) {
    for (size_t i = 0; i < COUNT(conversions); i++) {
        const char *text = conversions[i].text;
        moat_unit unit = parse(text);
        cr_expect(moat_unit_factor(units, unit) == conversions[i].factor,
                  "\"%s\": factor %.17g, not %.17g", text, moat_unit_factor(units, unit),
                  conversions[i].factor);
        cr_expect_str_eq(moat_dim_text(units, moat_unit_dim(units, unit)), conversions[i].dim,
                         "\"%s\": dimension %s, not %s", text,
                         moat_dim_text(units, moat_unit_dim(units, unit)), conversions[i].dim);
        cr_expect_eq(parse(text), unit, "\"%s\" read twice is two units", text);
    }
}

Test(unit, keeps_its_text) {
    static const struct {
        const char *written, *kept;
    } rows[] = {
        {"  $bn /\t GW\n/yr ", "$bn / GW /yr"}, {" ", "1"}, {"", "1"}, {"M  users", "M users"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        cr_expect_str_eq(moat_unit_text(units, parse(rows[i].written)), rows[i].kept);

    moat_unit year = parse("yr"), years = parse("years");
    cr_expect_neq(year, years, "two ways of writing are two units");
    cr_expect_eq(moat_unit_dim(units, year), moat_unit_dim(units, years), "of one dimension");
    cr_expect_str_eq(moat_unit_text(units, MOAT_NO_UNIT), "");
    cr_expect_eq(moat_unit_factor(units, MOAT_NO_UNIT), 1);
    cr_expect_eq(moat_unit_dim(units, MOAT_NO_UNIT), MOAT_DIMENSIONLESS);
    cr_expect_eq(moat_unit_dim(units, parse("bp")), MOAT_DIMENSIONLESS);
}

static const mistake mistakes[] = {
    {"GWW", MOAT_UNKNOWN, 0, "unknown unit \"GWW\"; did you mean \"GW\"?"},
    {"gw", MOAT_UNKNOWN, 0, "did you mean \"GW\"?"},
    {"$bn/gw/yr", MOAT_UNKNOWN, 4, "did you mean \"GW\"?"},
    {"$/mtok", MOAT_UNKNOWN, 2, "did you mean \"Mtok\"?"},
    {"kwh", MOAT_UNKNOWN, 0, "did you mean \"kWh\"?"},
    {"GW_facilty", MOAT_UNKNOWN, 0, "did you mean \"GW_facility\"?"},
    {"  usd", MOAT_UNKNOWN, 2, "did you mean \"$\"?"},
    {"$B/yr", MOAT_UNKNOWN, 0, "did you mean \"$bn\"?"},
    {"5 B users", MOAT_SYNTAX, 0, "no number but 1"},
    {"m users", MOAT_UNKNOWN, 0, "did you mean \"M\"?"},
    {"billion users", MOAT_UNKNOWN, 0, "did you mean \"bn\"?"},
    {"M usrs", MOAT_UNKNOWN, 2, "did you mean \"users\"?"},
    {"tok/qaurter", MOAT_UNKNOWN, 4, "did you mean \"quarter\"?"},
    {"percent", MOAT_UNKNOWN, 0, "did you mean \"%\"?"},
    {"pp", MOAT_UNKNOWN, 0, "did you mean \"%\"?"},
    {"T$/yr", MOAT_UNKNOWN, 0, "did you mean \"$tn\"?"},
    {"tr$", MOAT_UNKNOWN, 0, "did you mean \"$tn\"?"},
    {"$T", MOAT_UNKNOWN, 0, "did you mean \"$tn\"?"},
    {"B$", MOAT_UNKNOWN, 0, "did you mean \"$bn\"?"},
    {"$bn per", MOAT_UNKNOWN, 4, "written with \"/\", as in \"/yr\""},
    {"$ per user", MOAT_UNKNOWN, 2, "written with \"/\", as in \"/user\""},
    {"$bn per annum", MOAT_UNKNOWN, 4, "written with \"/\", as in \"/yr\""},
    {"$bn pa", MOAT_UNKNOWN, 4, "did you mean \"/yr\"?"},
    {"unicron", MOAT_UNKNOWN, 0, "did you mean \"unicorn\"?"},
    {"EUR", MOAT_UNKNOWN, 0, "known are $, W, W_facility"},
    {"€/yr", MOAT_UNKNOWN, 0, "unknown unit \"€\""},
    {"M", MOAT_SYNTAX, 0, "\"M\" needs a unit after it, as in \"M users\""},
    {"$/bn/yr", MOAT_SYNTAX, 2, "needs a unit after it"},
    {"M Mtok", MOAT_SYNTAX, 0, "two multiples in a row"},
    {"$/GW yr", MOAT_SYNTAX, 5, "can be read two ways"},
    {"$/", MOAT_SYNTAX, 2, "the unit ends where a unit is expected"},
    {"/yr", MOAT_SYNTAX, 0, "\"/\" stands where a unit is expected"},
    {"$//yr", MOAT_SYNTAX, 2, "\"/\" stands where a unit is expected"},
    {"$*", MOAT_SYNTAX, 2, "ends where"},
    {"$/(GW yr", MOAT_SYNTAX, 2, "never closed"},
    {"$/(GW yr))", MOAT_SYNTAX, 9, "\")\" stands where"},
    {"()", MOAT_SYNTAX, 1, "a unit is expected"},
    {"yr^", MOAT_SYNTAX, 3, "exponent"},
    {"yr^x", MOAT_SYNTAX, 3, "exponent"},
    {"yr^0.", MOAT_SYNTAX, 5, "a digit"},
    {"yr^(1/", MOAT_SYNTAX, 6, "a digit"},
    {"yr^(1/2", MOAT_SYNTAX, 3, "never closed"},
    {"yr^(1/2]", MOAT_SYNTAX, 7, "\")\""},
    {"yr^0.333", MOAT_SYNTAX, 3, "simple fraction"},
    {"yr^1/0", MOAT_SYNTAX, 3, "simple fraction"},
    {"yr^1/11", MOAT_SYNTAX, 3, "simple fraction"},
    {"yr^400001", MOAT_SYNTAX, 3, "simple fraction"},
    {"yr^99999999999999999999", MOAT_SYNTAX, 3, "simple fraction"},
    {"yr^0.00000000000000000001", MOAT_SYNTAX, 3, "simple fraction"},
    {"(yr^400000)^2", MOAT_SYNTAX, 0, "out of range"},
    {"yr^400000*yr", MOAT_SYNTAX, 10, "out of range"},
    {"(yr^1/5040)^1/2", MOAT_SYNTAX, 0, "out of range"},
    {"$tn^30", MOAT_INVALID, 0, "out of range"},
    {"$tn^300", MOAT_SYNTAX, 0, "out of range"},
    {"12 yr", MOAT_SYNTAX, 0, "no number but 1"},
    {"$ 000", MOAT_SYNTAX, 2, "no number but 1"},
    {"yr%", MOAT_SYNTAX, 2, "\"%\" stands where"},
    {"yr;", MOAT_SYNTAX, 2, "\";\" stands where"},
    {"yr\xff", MOAT_SYNTAX, 2, "stands where"},
    {"((((((((((((((((((((((yr))))))))))))))))))))))", MOAT_SYNTAX, 20, "parentheses"},
};

static moat_status parse_any(const char *text, size_t length, moat_error *failure) {
    moat_unit unit = 77;
    moat_status status = moat_unit_parse(units, text, length, &unit, failure);
    if (status == MOAT_OK)
        cr_expect(moat_unit_factor(units, unit) > 0);
    else
        cr_expect_eq(unit, 77, "\"%.*s\": the unit was written", (int)length, text);
    return status;
}

Test(unit, explains_mistakes) {
    cr_assert_eq(moat_unit_define(units, "unicorn", 1e9, MOAT_DIMENSIONLESS, NULL), MOAT_OK);
    expect_mistakes(COUNT(mistakes), mistakes, parse_any);

    char *endless = malloc(100000);
    moat_unit unit;
    memset(endless, '(', 100000);
    cr_expect_eq(moat_unit_parse(units, endless, 100000, &unit, &error), MOAT_SYNTAX);
    cr_expect_eq(error.where, 0);
    memset(endless, 'x', 1500);
    cr_expect_eq(moat_unit_parse(units, endless, 1500, &unit, &error), MOAT_UNKNOWN);
    cr_expect_not_null(strstr(error.message, "known are"), "a long name hides the advice");
    free(endless);
}

Test(unit, can_be_defined) {
    static const char *const taken[] = {"yr", "GW",  "Mtok", "k",      "bn",
                                        "to", "inf", "bp",   "unicorn"};
    static const char *const bad[] = {
        "", "5x", "a b", "x^2", "$x", "é", "x23456789012345678901234567890123456789012"};
    moat_dim money = moat_unit_dim(units, parse("$"));
    cr_assert_eq(moat_unit_define(units, "unicorn", 1e9, money, &error), MOAT_OK);
    cr_expect_eq(moat_unit_factor(units, parse("unicorn/$bn")), 1);
    cr_expect_eq(moat_unit_factor(units, parse("k unicorn/yr")), 1e12);
    cr_expect_eq(moat_unit_dim(units, parse("unicorn")), money);
    cr_expect_eq(moat_unit_factor(units, parse("k unicorns/yr")), 1e12);
    cr_expect_eq(moat_unit_define(units, "unicorns", 2e9, money, &error), MOAT_INVALID);
    cr_expect_eq(moat_unit_define(units, "unicorns", 1e9, money, &error), MOAT_OK);
    cr_assert_eq(moat_unit_define(units, "glass", 2, money, &error), MOAT_OK);
    cr_expect_eq(moat_unit_parse(units, "glasss", 6, &(moat_unit){0}, &error), MOAT_UNKNOWN);
    for (size_t i = 0; i < COUNT(taken); i++) {
        cr_expect_eq(moat_unit_define(units, taken[i], 1, money, &error), MOAT_INVALID);
        cr_expect_not_null(strstr(error.message, "taken"), "\"%s\": %s", taken[i], error.message);
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        cr_expect_eq(moat_unit_define(units, bad[i], 1, money, &error), MOAT_INVALID);
        cr_expect_not_null(strstr(error.message, "cannot name"), "\"%s\": %s", bad[i],
                           error.message);
    }
    const double sizes[] = {0, -1, INFINITY, NAN};
    for (size_t i = 0; i < COUNT(sizes); i++)
        cr_expect_eq(moat_unit_define(units, "other", sizes[i], money, &error), MOAT_INVALID);

    cr_assert_eq(moat_unit_define_base(units, "robot", &error), MOAT_OK);
    cr_expect_eq(moat_unit_define_base(units, "robot", &error), MOAT_INVALID);
    cr_expect_str_eq(moat_dim_text(units, moat_unit_dim(units, parse("$/robot/mo"))), "$/yr/robot");
    cr_expect_str_eq(
        moat_unit_text(units, moat_unit_readable(units, moat_unit_dim(units, parse("robot")), 5e6)),
        "M robot");
}

Test(unit, has_a_limit_of_base_dimensions) {
    char name[] = "base_a";
    moat_unit before = parse("token/W/yr");
    for (int i = MOAT_BASE_COUNT; i < MOAT_BASE_LIMIT; i++, name[5]++)
        cr_expect_eq(moat_unit_define_base(units, name, &error), MOAT_OK);
    cr_expect_eq(moat_unit_define_base(units, name, &error), MOAT_LIMIT);
    cr_expect_eq(moat_unit_dim(units, parse("token / W / yr")), moat_unit_dim(units, before),
                 "new base dimensions hide old dimensions");
}

Test(unit, names_are_in_order) {
    moat_unit_define(units, "unicorn", 1e9, MOAT_DIMENSIONLESS, NULL);
    const char *const *names = moat_unit_names(units);
    size_t count = 0, defined = 0, prefixed = 0;
    for (; names[count] != NULL; count++) {
        if (count > 0)
            cr_expect_lt(strcmp(names[count - 1], names[count]), 0, "%s before %s",
                         names[count - 1], names[count]);
        defined += strcmp(names[count], "unicorn") == 0;
        prefixed += strcmp(names[count], "GW") == 0;
        parse(names[count]);
    }
    cr_expect_gt(count, 40);
    cr_expect_eq(defined, 1);
    cr_expect_eq(prefixed, 0);
}

Test(unit, dimensions_multiply) {
    static const struct {
        const char *base;
        double exponent;
        const char *power; /* NULL: refused */
    } powers[] = {
        {"$", 2, "$^2"},
        {"$/yr", 0.5, "$^0.5/yr^0.5"},
        {"yr", 1.0 / 3, "yr^(1/3)"},
        {"yr^2", -2.0 / 7, "1/yr^(4/7)"},
        {"W yr", 0, "1"},
        {"1", 0.1234567, "1"},
        {"1", NAN, "1"},
        {"yr^(1/3)", 3, "yr"},
        {"yr", 0.1234567, NULL},
        {"yr", 1e-12, NULL},
        {"yr", 2.0000000001, NULL},
        {"yr", 400001, NULL},
        {"yr", -1e300, NULL},
        {"yr", INFINITY, NULL},
        {"yr", NAN, NULL},
    };
    for (size_t i = 0; i < COUNT(powers); i++) {
        moat_dim base = moat_unit_dim(units, parse(powers[i].base)), power;
        bool made = moat_dim_power(units, base, powers[i].exponent, &power, NULL) == MOAT_OK;
        cr_expect_eq(made, powers[i].power != NULL, "(%s)^%g", powers[i].base, powers[i].exponent);
        if (made && powers[i].power != NULL)
            cr_expect_str_eq(moat_dim_text(units, power), powers[i].power);
    }
    moat_dim price = moat_unit_dim(units, parse("$/W/yr")), energy, money, back;
    energy = moat_unit_dim(units, parse("MWh"));
    cr_assert_eq(moat_dim_multiply(units, price, energy, &money, NULL), MOAT_OK);
    cr_expect_eq(money, moat_unit_dim(units, parse("$")));
    cr_assert_eq(moat_dim_divide(units, money, energy, &back, NULL), MOAT_OK);
    cr_expect_eq(back, price);
    cr_assert_eq(moat_dim_divide(units, MOAT_DIMENSIONLESS, energy, &back, NULL), MOAT_OK);
    cr_expect_str_eq(moat_dim_text(units, back), "1/W/yr");
    cr_expect_eq(moat_dim_exponent(units, price, MOAT_BASE_TIME), -1);
    cr_expect_eq(moat_dim_exponent(units, price, MOAT_BASE_TOKEN), 0);
    moat_dim huge = moat_unit_dim(units, parse("yr^400000"));
    cr_expect_eq(moat_dim_multiply(units, huge, huge, &back, NULL), MOAT_UNIT);
    cr_expect_eq(moat_dim_divide(units, huge, moat_unit_dim(units, parse("yr^-1")), &back, NULL),
                 MOAT_UNIT);
}

/* A dimension of one to four bases with whole and broken exponents. */
static moat_dim random_dim(uint64_t *generator) {
    static const char *const bases[] = {"$",    "W",       "W_facility", "yr",    "token", "user",
                                        "seat", "request", "FLOP",       "share", "robot"};
    static const double divisors[] = {1, 1, 1, 2, 3, 4, 5, 7, 10, 5040};
    moat_dim dim = MOAT_DIMENSIONLESS;
    for (uint32_t left = 1 + lcg_next(generator) % 4; left > 0; left--) {
        moat_dim base = moat_unit_dim(units, parse(bases[lcg_next(generator) % COUNT(bases)]));
        double exponent = ((double)(lcg_next(generator) % 13) - 6) /
                          divisors[lcg_next(generator) % COUNT(divisors)];
        cr_assert_eq(moat_dim_power(units, base, exponent, &base, NULL), MOAT_OK);
        cr_assert_eq(moat_dim_multiply(units, dim, base, &dim, NULL), MOAT_OK);
    }
    return dim;
}

Test(unit, dimensions_and_readable_units_read_back) {
    uint64_t generator = 2026;
    cr_assert_eq(moat_unit_define_base(units, "robot", NULL), MOAT_OK);
    for (int i = 0; i < 3000; i++) {
        moat_dim dim = random_dim(&generator);
        const char *text = moat_dim_text(units, dim);
        moat_unit unit = parse(text);
        cr_expect_eq(moat_unit_dim(units, unit), dim, "%s reads back as %s", text,
                     moat_dim_text(units, moat_unit_dim(units, unit)));
        cr_expect_eq(moat_unit_factor(units, unit), 1, "%s is not in base units", text);
        double magnitude = pow(10, (double)(lcg_next(&generator) % 60) - 30);
        moat_unit readable = moat_unit_readable(units, dim, magnitude);
        cr_assert_neq(readable, MOAT_NO_UNIT, "%s has no readable unit", text);
        cr_expect_eq(moat_unit_dim(units, readable), dim, "%s is shown in %s", text,
                     moat_unit_text(units, readable));
    }
}

/* Multiples of large powers leave the range of doubles. */
Test(unit, readable_units_of_large_powers) {
    static const char *const texts[] = {"$/M$^37.5", "GW^30", "1/$^200", "EFLOP^17/yr"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        const moat_unit unit = parse(texts[i]);
        const moat_unit readable =
            moat_unit_readable(units, moat_unit_dim(units, unit), moat_unit_factor(units, unit));
        cr_expect_neq(readable, MOAT_NO_UNIT, "%s has no readable unit", texts[i]);
        cr_expect_eq(moat_unit_dim(units, readable), moat_unit_dim(units, unit), "%s", texts[i]);
    }
}

static const struct {
    double value;
    const char *unit;
    const char *readable;
} readables[] = {
    {5, "$", "$"},
    {999, "$", "$"},
    {1000, "$", "$k"},
    {-12e6, "$", "$M"},
    {3e9, "$", "$bn"},
    {3e12, "$", "$tn"},
    {0.5, "$", "$"},
    {0, "$bn", "$"},
    {NAN, "$bn", "$"},
    {44, "$bn/yr", "$bn/yr"},
    {2000, "$bn/yr", "$tn/yr"},
    {12, "$bn/GW/yr", "$bn/GW/yr"},
    {0.5, "$bn/GW/yr", "$M/GW/yr"},
    {0, "$bn/GW/yr", "$bn/GW/yr"},
    {35, "$bn/GW", "$bn/GW"},
    {5, "$/Mtok", "$/Mtok"},
    {0.04, "$/Mtok", "$/Mtok"},
    {2, "$/tok", "$/tok"},
    {20, "$/user/mo", "$/user/mo"},
    {2000, "$/user/mo", "$/user/yr"},
    {0.06, "$/kWh_facility", "$/kWh_facility"},
    {50, "MW", "MW"},
    {300, "MW", "GW"},
    {7, "GW", "GW"},
    {4000, "GW", "TW"},
    {0, "W", "GW"},
    {INFINITY, "W", "GW"},
    {9, "GW_facility", "GW_facility"},
    {1.2, "GW_facility/GW", "GW_facility/GW"},
    {8, "TWh", "TWh"},
    {18, "mo", "yr"},
    {6, "mo", "mo"},
    {0, "mo", "yr"},
    {5, "%/yr", "%/yr"},
    {30, "1/yr", "1/yr"},
    {200, "Ttok/GW/yr", "Ttok/GW/yr"},
    {3e13, "tok/yr", "Ttok/yr"},
    {4e4, "tok/request", "ktok/request"},
    {5e6, "user", "M users"},
    {7, "user", "users"},
    {8e6, "share", "M shares"},
    {4e-5, "$/request", "$/M request"},
    {5e-8, "1/tok", "1/Gtok"},
    {3e19, "$^2", "$bn^2"},
    {0, "$/request", "$/request"},
    {3e-9, "$/W/tok", "$/GW/tok"},
    {0.3, "1", "1"},
    {5, "%", "1"},
};

Test(unit, readable_choices) {
    for (size_t i = 0; i < COUNT(readables); i++) {
        moat_unit unit = parse(readables[i].unit);
        double base = readables[i].value * moat_unit_factor(units, unit);
        moat_unit shown = moat_unit_readable(units, moat_unit_dim(units, unit), base);
        cr_expect_str_eq(moat_unit_text(units, shown), readables[i].readable,
                         "%g %s is shown in %s, not %s", readables[i].value, readables[i].unit,
                         moat_unit_text(units, shown), readables[i].readable);
    }
}

Test(unit, survives_garbage) {
    static const char *const pieces[] = {"$",  "bn",  "/",    "*",    " ",  "(",        ")",
                                         "^",  "1",   "2",    ".",    "-",  "M",        "users",
                                         "GW", "yr",  "·",    "tok",  "%",  "W_facil",  "\xc2",
                                         "€",  "kWh", "\xf0", "5040", "\n", "99999999", "h"};
    const size_t accepted = expect_survival(COUNT(pieces), pieces, 7, parse_any);
    cr_expect_gt(accepted, 300, "few texts get through the parser: %zu", accepted);
}

Test(unit, errors_are_cut_whole) {
    char text[600];
    memset(text, 'x', sizeof text);
    memcpy(text + 502, "€", 4);
    cr_expect_eq(moat_fail(&error, MOAT_LIMIT, "%s", text), MOAT_LIMIT);
    cr_expect_eq(strlen(error.message), 502, "a character is cut in two");
    cr_expect_eq(error.where, MOAT_NOWHERE);
    cr_expect_eq(moat_fail_at(&error, MOAT_SYNTAX, 3, "a\nb"), MOAT_SYNTAX);
    cr_expect_str_eq(error.message, "a b");
    cr_expect_eq(error.where, 3);
    moat_fail(&error, MOAT_INVALID, "in \"%s\"", error.message);
    cr_expect_str_eq(error.message, "in \"a b\"", "a message cannot be wrapped");
    cr_expect_eq(moat_fail(NULL, MOAT_SYSTEM, "unheard"), MOAT_SYSTEM);
}
