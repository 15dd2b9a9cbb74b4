/* Literals: values, units and distributions; what is said about malformed ones. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "mistakes.h"
#include "moat/sample.h"

TestSuite(literal, .init = start, .fini = stop);

static moat_literal parse(const char *text) {
    moat_literal literal = {0};
    moat_status status = moat_literal_parse(graph, text, strlen(text), &literal, &error);
    cr_assert_eq(status, MOAT_OK, "\"%s\": at %ld: %s", text, status == MOAT_OK ? 0 : error.where,
                 status == MOAT_OK ? "" : error.message);
    return literal;
}

static const struct {
    const char *text;
    double value;
    const char *unit;
} constants[] = {
    {"12 $bn/GW/yr", 12, "$bn/GW/yr"},
    {"44 $bn/yr", 44e9, "$bn/yr"},
    {"4.4 $bn", 4.4e9, "$bn"},
    {"12", 12, "1"},
    {"  12  ", 12, "1"},
    {"5000 1", 5000, "1"},
    {"-3.5", -3.5, "1"},
    {"+3.5", 3.5, "1"},
    {"-0", 0, "1"},
    {".5 GW", 0.5e9, "GW"},
    {"0.05", 0.05, "1"},
    {"00012.500", 12.5, "1"},
    {"1e3 users", 1000, "users"},
    {"1.5E-3", 0.0015, "1"},
    {"2e+2", 200, "1"},
    {"3EFLOP", 3e18, "EFLOP"},
    {"5_000_000", 5e6, "1"},
    {"5,000 users", 5000, "users"},
    {"1,234,567.25 $", 1234567.25, "$"},
    {"inf", INFINITY, "1"},
    {"-inf $bn", -INFINITY, "$bn"},
    {"0 $bn", 0, "$bn"},
    {"12 %", 0.12, "%"},
    {"95%", 0.95, "%"},
    {"57 %", 0.57, "%"},
    {"4.4 %", 0.044, "%"},
    {"29 bp", 0.0029, "bp"},
    {"5 %/yr", 0.05, "%/yr"},
    {"0.1 $/Mtok", 1e-7, "$/Mtok"},
    {"8 M share", 8e6, "M share"},
    {"8   M   share", 8e6, "M share"},
    {"3 Mtok", 3e6, "Mtok"},
    {"2 mo", 1.0 / 6, "mo"},
    {"18 mo", 1.5, "mo"},
    {"1 quarter", 0.25, "quarter"},
    {"1/yr", 1, "1/yr"},
    {"0.5 /yr", 0.5, "1/yr"},
    {"-2e3/Mtok", -0.002, "1/Mtok"},
    {"3 / GW /yr", 3e-9, "1/GW /yr"},
    {"6 /(GW mo)", 7.2e-8, "1/(GW mo)"},
    {"50 tok/s", 50 * 31557600.0, "tok/s"},
    {"1000 kWh_facility", 1e6 / 8766, "kWh_facility"},
    {"12$bn / (GW yr)", 12, "$bn / (GW yr)"},
    {"1.7976931348623157e308", 1.7976931348623157e308, "1"},
    {"0.000000000000000000000000000000000000000000000000000000000000000001", 1e-66, "1"},
    {"3.14159265358979323846264338327950288419716939937510", 3.14159265358979323846, "1"},
};

Test(literal, constants) {
    for (size_t i = 0; i < COUNT(constants); i++) {
        const char *text = constants[i].text;
        moat_literal literal = parse(text);
        cr_expect_eq(literal.dist, MOAT_NO_DIST, "\"%s\" is uncertain", text);
        cr_expect(literal.value == constants[i].value, "\"%s\" is %.17g, not %.17g", text,
                  literal.value, constants[i].value);
        cr_expect_neq(literal.unit, MOAT_NO_UNIT, "\"%s\" has no unit", text);
        cr_expect_str_eq(moat_unit_text(units, literal.unit), constants[i].unit, "\"%s\" is in %s",
                         text, moat_unit_text(units, literal.unit));
    }
}

/* Where the quantile at `probability` is known in closed form. */
static const struct {
    const char *text;
    double probability, value;
    const char *unit;
} distributions[] = {
    {"12 to 15 $bn/GW/yr", 0.05, 12, "$bn/GW/yr"},
    {"12 to 15 $bn/GW/yr", 0.95, 15, "$bn/GW/yr"},
    {"12 to 15 $bn/GW/yr", 0.5, 13.416407864998739, "$bn/GW/yr"},
    {"12 to 15 @ 50 % $bn", 0.25, 12e9, "$bn"},
    {"12 to 15 @ 50% $bn", 0.75, 15e9, "$bn"},
    {"12 to 15@99.8%$bn", 0.999, 15e9, "$bn"},
    {"12 to 15 @ 50 % %", 0.75, 0.15, "%"},
    {"-3 to 5 %/yr", 0.5, 0.01, "%/yr"},
    {"-3 to 5 %/yr", 0.05, -0.03, "%/yr"},
    {"0 to 5", 0.5, 2.5, "1"},
    {"5 to 10 %", 0.05, 0.05, "%"},
    {"5000 to 7000 1", 0.95, 7000, "1"},
    {"5,000 to 7,000 users", 0.95, 7000, "users"},
    {"0.5 to 2 yr", 0.5, 1, "yr"},
    {"2 to 3 /yr", 0.05, 2, "1/yr"},
    {"2 to 3/mo", 0.95, 36, "1/mo"},
    {"2 to 3 @ 50 % /yr", 0.75, 3, "1/yr"},
    {"normal(2, 1) /yr", 0.5, 2, "1/yr"},
    {"12 to 24 mo", 0.95, 2, "mo"},
    {"1e3 to 2e3", 0.95, 2000, "1"},
    {"normal(5, 1) %/yr", 0.5, 0.05, "%/yr"},
    {"lognormal(2, 0.5) $bn", 0.5, 7.38905609893065e9, "$bn"},
    {"uniform(2, 4) $bn", 0.25, 2.5e9, "$bn"},
    {"uniform( 2 ,4 )$bn", 0.25, 2.5e9, "$bn"},
    {"uniform(1_000,2_000) users", 0.5, 1500, "users"},
    {"uniform (-1, 1)", 0.5, 0, "1"},
    {"triangular(0, 1, 2) GW", 0.5, 1e9, "GW"},
    {"pert(10, 13, 16) $bn", 0.5, 13e9, "$bn"},
    {"beta(2, 2) %", 0.5, 0.005, "%"},
    {"beta(2, 2)", 0.5, 0.5, "1"},
    {"gamma(1, 3) $M", 0.5, 2.0794415416798357e6, "$M"},
    {"exponential(2) yr", 0.5, 1.3862943611198906, "yr"},
    {"weibull(1, 3) mo", 0.5, 0.17328679513998632, "mo"},
    {"student_t(5) %", 0.5, 0, "%"},
    {"student_t(1) %", 0.75, 0.01, "%"},
    {"bernoulli(0.3)", 0.9, 1, "1"},
    {"bernoulli(30 %)", 0.5, 0, "1"},
    {"poisson(3) 1", 0.5, 3, "1"},
    {"binomial(10, 50%)", 0.5, 5, "1"},
    {"bernoulli(0.3) $bn", 0.9, 1e9, "$bn"},
    {"bernoulli(0.3) $bn", 0.5, 0, "$bn"},
    {"poisson(3) k users", 0.5, 3000, "k users"},
    {"poisson(0) users", 0.5, 0, "users"},
    {"binomial(10, 0.5) %", 0.5, 0.05, "%"},
    {"binomial(7, 100 %) seats", 0.5, 7, "seats"},
    {"discrete(1: 0.2, 5: 0.8) $bn", 0.1, 1e9, "$bn"},
    {"discrete(1: 20 %, 5: 80 %) $bn", 0.5, 5e9, "$bn"},
    {"empirical(3, 8, 9) $bn", 0.5, 8e9, "$bn"},
    {"metalog(10%: 5, 50%: 8, 90%: 14) $bn", 0.5, 8e9, "$bn"},
};

Test(literal, distributions) {
    for (size_t i = 0; i < COUNT(distributions); i++) {
        const char *text = distributions[i].text;
        moat_literal literal = parse(text);
        cr_assert_neq(literal.dist, MOAT_NO_DIST, "\"%s\" is certain", text);
        cr_expect_str_eq(moat_unit_text(units, literal.unit), distributions[i].unit,
                         "\"%s\" is in %s", text, moat_unit_text(units, literal.unit));
        cr_expect_eq(moat_dist_dim(graph, literal.dist), moat_unit_dim(units, literal.unit),
                     "\"%s\": the dimension differs from its unit's", text);
        double value = moat_dist_quantile(graph, literal.dist, distributions[i].probability);
        double scale = moat_unit_factor(units, literal.unit);
        cr_expect(fabs(value - distributions[i].value) <=
                      1e-9 * fmax(scale, fabs(distributions[i].value)),
                  "\"%s\": quantile %g is %.12g, not %.12g", text, distributions[i].probability,
                  value, distributions[i].value);
    }
}

static const mistake mistakes[] = {
    {"", MOAT_SYNTAX, 0, "empty"},
    {"   ", MOAT_SYNTAX, 3, "empty"},
    {"$5 bn", MOAT_SYNTAX, 0, "write \"5 $bn\", not \"$5 bn\""},
    {" -$5", MOAT_SYNTAX, 1, "the number comes before its unit"},
    {"$bn", MOAT_SYNTAX, 0, "the number comes before its unit"},
    {"-", MOAT_SYNTAX, 1, "a number is expected"},
    {"- 5", MOAT_SYNTAX, 1, "a number is expected"},
    {"%", MOAT_SYNTAX, 0, "a number is expected"},
    {"5.", MOAT_SYNTAX, 2, "a digit is missing after the dot"},
    {"5. GW", MOAT_SYNTAX, 2, "a digit is missing after the dot"},
    {"1,5 $bn", MOAT_SYNTAX, 1, "a comma groups digits by three"},
    {"1234,567", MOAT_SYNTAX, 4, "a comma groups digits by three"},
    {"1,234,56", MOAT_SYNTAX, 5, "a comma groups digits by three"},
    {"1,2345", MOAT_SYNTAX, 1, "a comma groups digits by three"},
    {"5__0", MOAT_SYNTAX, 1, "stands between digits"},
    {"5_", MOAT_SYNTAX, 1, "stands between digits"},
    {"_5", MOAT_UNKNOWN, 0, "is no number and no distribution"},
    {"1e400", MOAT_SYNTAX, 0, "too large"},
    {"1e305 $bn", MOAT_SYNTAX, 0, "too large"},
    {"-1e-400", MOAT_SYNTAX, 0, "too small"},
    {"1e99999999999999999999", MOAT_SYNTAX, 0, "too large"},
    {"1111111111222222222233333333334444444444555555555566666666667", MOAT_SYNTAX, 60,
     "at most 60 digits"},
    {"12 GWW", MOAT_UNKNOWN, 3, "unknown unit \"GWW\"; did you mean \"GW\"?"},
    {"12 $bn/gw", MOAT_UNKNOWN, 7, "did you mean \"GW\"?"},
    {"  12 $bn/", MOAT_SYNTAX, 9, "the unit ends"},
    {"1/", MOAT_SYNTAX, 2, "the unit ends where a unit is expected"},
    {"5 /yrr", MOAT_UNKNOWN, 3, "did you mean \"yr\"?"},
    {"1/2", MOAT_SYNTAX, 2, "no number but 1"},
    {"5 //yr", MOAT_SYNTAX, 3, "\"/\" stands where a unit is expected"},
    {"5 /GW yr", MOAT_SYNTAX, 6, "can be read two ways"},
    {"12 $bn to 15 /yr", MOAT_SYNTAX, 7, "a range has its unit once"},
    {"5 000 users", MOAT_SYNTAX, 2, "no number but 1"},
    {"300 M", MOAT_SYNTAX, 4, "needs a unit after it"},
    {"0x10", MOAT_UNKNOWN, 1, "unknown unit \"x10\""},
    {"nan", MOAT_UNKNOWN, 0, "is no number"},
    {"12-15 $bn", MOAT_SYNTAX, 2, "written with \"to\", as in \"12 to 15 $bn\""},
    {"12 - 15 $bn", MOAT_SYNTAX, 3, "written with \"to\""},
    {"12–15 $bn", MOAT_SYNTAX, 2, "written with \"to\""},
    {"12..15 $bn", MOAT_SYNTAX, 2, "written with \"to\""},
    {"12 $bn to 15 $bn", MOAT_SYNTAX, 7, "a range has its unit once"},
    {"12 % to 15 %", MOAT_SYNTAX, 5, "a range has its unit once"},
    {"12 to", MOAT_SYNTAX, 5, "ends where a number is expected"},
    {"12 to $bn", MOAT_SYNTAX, 6, "a number is expected"},
    {"12 to 15 to 18", MOAT_SYNTAX, 9, "write \"pert(12, 15, 18)\""},
    {" 10 to 13 to 18 $bn ", MOAT_SYNTAX, 10, "write \"pert(10, 13, 18) $bn\""},
    {"12 to 15 to", MOAT_SYNTAX, 11, "ends where a number is expected"},
    {"12±3 $bn", MOAT_SYNTAX, 2, "the range \"9 to 15 $bn\", or \"normal(12, 3) $bn\""},
    {"12 +/- 0.5 %", MOAT_SYNTAX, 3, "the range \"11.5 to 12.5 %\", or \"normal(12, 0.5) %\""},
    {"12 +- $bn", MOAT_SYNTAX, 6, "a number is expected"},
    {"3 pp", MOAT_UNKNOWN, 2, "did you mean \"%\"?"},
    {"3 T$", MOAT_UNKNOWN, 2, "did you mean \"$tn\"?"},
    {"3 bln", MOAT_UNKNOWN, 2, "did you mean \"$bn\"?"},
    {"12 $bn per year", MOAT_UNKNOWN, 7, "written with \"/\", as in \"/year\""},
    {"12 $bn p.a.", MOAT_UNKNOWN, 7, "written with \"/\", as in \"/yr\""},
    {"15 to 12 $bn", MOAT_SYNTAX, 0, "the low end of a range comes first"},
    {" 12 to 12 $bn", MOAT_SYNTAX, 1, "the ends of this range are equal"},
    {"-3 to -5 $bn", MOAT_SYNTAX, 0, "the low end of a range comes first: write \"-5 to -3\""},
    {"-inf to 7", MOAT_SYNTAX, 0, "finite"},
    {"7 to inf", MOAT_SYNTAX, 5, "finite"},
    {"12 to 15 @ 50 $bn", MOAT_SYNTAX, 14, "write \"@ 50 %\""},
    {"12 to 15 @ 0.5", MOAT_SYNTAX, 14, "write \"@ 50 %\""},
    {"12 to 15 @ 0 % $bn", MOAT_SYNTAX, 11, "between 0 % and 100 %"},
    {"12 to 15 @ 100 % $bn", MOAT_SYNTAX, 11, "between 0 % and 100 %"},
    {"12 to 15 @ % $bn", MOAT_SYNTAX, 11, "a number is expected"},
    {"12 to 15 $bn @ 50 %", MOAT_SYNTAX, 13, "between a range and its unit"},
    {"12 @ 50 % $bn", MOAT_SYNTAX, 3, "between a range and its unit"},
    {"prt(10, 13, 18) $bn", MOAT_UNKNOWN, 0, "did you mean \"pert\"?"},
    {"hello", MOAT_UNKNOWN, 0, "\"hello\" is no number and no distribution"},
    {"pert 10, 13, 18", MOAT_SYNTAX, 5, "\"(\" is expected"},
    {"pert(10, 13) $bn", MOAT_SYNTAX, 11, "pert(low, mode, high) has 3 parameters, not 2"},
    {"exponential(1, 2)", MOAT_SYNTAX, 16, "exponential(mean) has 1 parameter, not 2"},
    {"pert()", MOAT_SYNTAX, 5, "a number is expected"},
    {"pert(10, , 18)", MOAT_SYNTAX, 9, "a number is expected"},
    {"pert(10, 13, 18", MOAT_SYNTAX, 15, "\")\" after the parameters is missing"},
    {"pert(10, 13,", MOAT_SYNTAX, 12, "ends where a number is expected"},
    {"pert(10; 13; 18)", MOAT_SYNTAX, 7, "separated by \",\""},
    {"pert(10 $bn, 13 $bn, 18 $bn)", MOAT_SYNTAX, 8, "the unit stands once"},
    {"pert(10 %, 13 %, 18 %)", MOAT_SYNTAX, 7, "the unit stands once"},
    {"pert(10: 1, 13: 2, 18: 3)", MOAT_SYNTAX, 7, "single numbers"},
    {"pert(10, 13, inf)", MOAT_SYNTAX, 13, "finite"},
    {"pert(10, 13, 18) $bb", MOAT_UNKNOWN, 17, "did you mean"},
    {"  pert(18, 13, 10) $bn", MOAT_INVALID, 2, ""},
    {"normal(5, -1) $bn", MOAT_INVALID, 0, ""},
    {"pert(10, 1x, 18) $bn", MOAT_SYNTAX, 9, "\"1x\" is not a number"},
    {"pert(10, 1.5e3kk, 18) $bn", MOAT_SYNTAX, 9, "\"1.5e3kk\" is not a number"},
    {"pert(10GW, 13GW, 18GW)", MOAT_SYNTAX, 7, "the unit stands once"},
    {"12 too 15 $bn", MOAT_SYNTAX, 3, "\"to\" between spaces, as in \"12 to 15 $bn\""},
    {"12 TO 15 $bn", MOAT_SYNTAX, 3, "\"to\" between spaces"},
    {"5to6", MOAT_SYNTAX, 1, "\"to\" between spaces"},
    {"5 and -6 $", MOAT_SYNTAX, 2, "\"to\" between spaces"},
    {"12 too $bn", MOAT_UNKNOWN, 3, "too"},
    {"mixture(1, 2)", MOAT_SYNTAX, 0, "cannot be written in a literal"},
    {"discrete(1, 5) $bn", MOAT_SYNTAX, 10, "\"value: weight\""},
    {"discrete(1: 0.5, 5: ) $bn", MOAT_SYNTAX, 20, "a number is expected"},
    {"metalog(5, 8) $bn", MOAT_SYNTAX, 9, "\"probability: value\""},
    {"empirical(5: 1, 8: 2) $bn", MOAT_SYNTAX, 11, "are values"},
};

static moat_status parse_any(const char *text, size_t length, moat_error *failure) {
    moat_literal literal = {.unit = 77, .dist = 77, .value = 77};
    moat_status status = moat_literal_parse(graph, text, length, &literal, failure);
    if (status == MOAT_OK)
        cr_expect(literal.unit != MOAT_NO_UNIT && !isnan(literal.value));
    else
        cr_expect(literal.unit == 77 && literal.dist == 77 && literal.value == 77,
                  "\"%.*s\": the literal was written", (int)length, text);
    return status;
}

Test(literal, explains_mistakes) {
    expect_mistakes(COUNT(mistakes), mistakes, parse_any);
}

Test(literal, length_is_obeyed) {
    moat_literal literal;
    cr_expect_eq(moat_literal_parse(graph, "12 $bn!", 6, &literal, &error), MOAT_OK);
    cr_expect(literal.value == 12e9);
    cr_expect_eq(moat_literal_parse(graph, "123", 2, &literal, &error), MOAT_OK);
    cr_expect(literal.value == 12);
    cr_expect_eq(moat_literal_parse(graph, "12 to 15", 5, &literal, &error), MOAT_SYNTAX);
    cr_expect_eq(moat_literal_parse(graph, "12\0 GW", 6, &literal, &error), MOAT_SYNTAX);
    cr_expect_eq(error.where, 2);
}

Test(literal, survives_garbage) {
    static const char *const pieces[] = {
        "12", "15",   "1", ",", ".",    "e5",       " to ", "@ 50 %",   "inf", "pert(",
        ")",  " $bn", "-", "_", " ",    "GW",       ":",    "normal(",  "/",   "yr",
        "%",  "0",    "$", "–", "\xe2", "uniform(", ", ",   "discrete("};
    const size_t accepted = expect_survival(COUNT(pieces), pieces, 11, parse_any);
    cr_expect_gt(accepted, 60, "few texts get through the parser: %zu", accepted);
}
