/* Numbers as people and as programs read them. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "number.h"

Test(number, shown_to_people) {
    static const struct {
        double value;
        int figures;
        const char *text;
    } rows[] = {
        {12.345, 3, "12.3"},
        {1234.5, 3, "1,230"},
        {999.6, 3, "1,000"},
        {0.01234, 3, "0.0123"},
        {1e-5, 3, "1.00e-05"},
        {-0.5, 3, "-0.500"},
        {-1234567, 3, "-1,230,000"},
        {0, 3, "0"},
        {-0.0, 3, "0"},
        {9.999, 3, "10.0"},
        {1.5e14, 3, "150,000,000,000,000"},
        {1e15, 3, "1.00e+15"},
        {INFINITY, 3, "inf"},
        {-INFINITY, 3, "-inf"},
        {NAN, 3, "NaN"},
        {0.0213, 1, "0.02"},
        {0.096, 1, "0.1"},
        {12.3, 1, "10"},
        {100, 3, "100"},
        {99.95, 3, "100"},
        {0.0001, 3, "0.000100"},
        {DBL_MAX, 3, "1.80e+308"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MOATI_NUMBER];
        moati_number_show(text, rows[i].value, rows[i].figures);
        cr_assert_str_eq(text, rows[i].text, "%g: %s, not %s", rows[i].value, text, rows[i].text);
    }
}

Test(number, known_exactly) {
    static const struct {
        double value;
        const char *text;
    } rows[] = {{22.4, "22.4"},
                {22.44, "22.44"},
                {5, "5"},
                {2026, "2,026"},
                {123456, "123,456"},
                {1234567, "1,234,570"},
                {123456789123, "123,457,000,000"},
                {1.0 / 3, "0.333333"},
                {0.1 + 0.2, "0.3"},
                {0.5, "0.5"},
                {0.05, "0.05"},
                {-3, "-3"},
                {0, "0"},
                {1e-7, "1e-07"},
                {2.5e20, "2.5e+20"},
                {NAN, "NaN"},
                {INFINITY, "inf"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MOATI_NUMBER];
        moati_number_show_exact(text, rows[i].value);
        cr_assert_str_eq(text, rows[i].text, "%g: %s, not %s", rows[i].value, text, rows[i].text);
    }
}

Test(number, probabilities_and_counts) {
    static const struct {
        double value;
        const char *text;
    } rows[] = {{0, "0 %"},          {1, "100 %"},        {0.37, "37 %"},       {0.374, "37 %"},
                {0.0321, "3.2 %"},   {0.00123, "0.12 %"}, {0.00003, "0.003 %"}, {0.995, "99.5 %"},
                {0.9994, "99.94 %"}, {0.5, "50 %"},       {0.0996, "10 %"},     {NAN, "NaN"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MOATI_NUMBER];
        moati_number_show_probability(text, rows[i].value);
        cr_assert_str_eq(text, rows[i].text, "%g: %s, not %s", rows[i].value, text, rows[i].text);
    }
    char text[MOATI_NUMBER];
    moati_number_show_count(text, 10000);
    cr_assert_str_eq(text, "10,000");
    moati_number_show_count(text, 999);
    cr_assert_str_eq(text, "999");
    moati_number_show_count(text, UINT64_MAX);
    cr_assert_str_eq(text, "18,446,744,073,709,551,615");
}

Test(number, written_to_be_read_back) {
    static const double values[] = {0.1,        1.0 / 3, 1e300,     5e-324, -2.5,
                                    12345678.9, 1e22,    0.1 + 0.2, 2e-308};
    char text[MOATI_NUMBER];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        moati_number_write(text, values[i]);
        cr_assert_eq(strtod(text, NULL), values[i], "%s", text);
    }
    moati_number_write(text, 0.1);
    cr_assert_str_eq(text, "0.1");
    moati_number_write(text, NAN);
    cr_assert_str_eq(text, "");
    moati_number_write(text, -INFINITY);
    cr_assert_str_eq(text, "-inf");
}

Test(number, counts_are_read) {
    static const struct {
        const char *text;
        uint64_t limit;
        bool valid;
        uint64_t value;
    } rows[] = {
        {"10000", 1 << 20, true, 10000},
        {"100_000", 1 << 20, true, 100000},
        {"1e6", UINT64_C(1) << 32, true, 1000000},
        {"2.5E3", 1 << 20, true, 2500},
        {"0", 1 << 20, true, 0},
        {"4294967296", UINT64_C(1) << 32, true, UINT64_C(1) << 32},
        {"9223372036854775807", INT64_MAX, true, INT64_MAX},
        {"9223372036854775808", INT64_MAX, false, 0},
        {"99999999999999999999999", UINT64_MAX, false, 0},
        {"18446744073709551615", UINT64_MAX, true, UINT64_MAX},
        {"18446744073709551616", UINT64_MAX, false, 0},
        {"4294967297", UINT64_C(1) << 32, false, 0},
        {"11", 10, false, 0},
        {"1e19", UINT64_MAX, false, 0},
        {"1.5", 100, false, 0},
        {"-1", 100, false, 0},
        {"+1", 100, false, 0},
        {"", 100, false, 0},
        {"1k", 100000, false, 0},
        {"0x10", 100, false, 0},
        {"1__0", 100, false, 0},
        {"_1", 100, false, 0},
        {"1_", 100, false, 0},
        {" 1", 100, false, 0},
        {"1 ", 100, false, 0},
        {"inf", 100, false, 0},
        {"nan", 100, false, 0},
        {"1e", 100, false, 0},
        {"1e400", UINT64_MAX, false, 0},
        {"000000000000000000000000000000000000000000000000000001", 100, false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t value = 77;
        bool valid = moati_number_read_count(rows[i].text, rows[i].limit, &value);
        cr_assert_eq(valid, rows[i].valid, "\"%s\"", rows[i].text);
        cr_assert_eq(value, valid ? rows[i].value : 77, "\"%s\"", rows[i].text);
    }
}
