/* Axes: round ticks, their numbers, calendars; labels that are moved apart. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "axis.h"
#include "calendar.h"
#include "spread.h"

static void show_ticks(const moati_axis *axis, char text[1000]) {
    char unit[100];
    text[0] = '\0';
    for (size_t i = 0; i < axis->ticks; i++) {
        char tick[MOATI_AXIS_TEXT];
        moati_axis_show_tick(axis, i, tick);
        sprintf(text + strlen(text), "%s%s", i > 0 ? " " : "", tick);
    }
    moati_axis_unit(axis, "$", unit, sizeof unit);
    sprintf(text + strlen(text), " %s", unit);
}

Test(axis, has_round_ticks) {
    static const struct {
        double low, high;
        size_t most;
        const char *ticks;
    } rows[] = {
        {0, 100, 6, "0 20 40 60 80 100 $"},
        {0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0 $"},
        {0, 0.07, 6, "0.00 0.02 0.04 0.06 0.08 $"},
        {-24.5, 102, 9, "-40 -20 0 20 40 60 80 100 120 $"},
        {-24.5, 102, 5, "-50 0 50 100 150 $"},
        {0.1, 0.3, 6, "0.10 0.15 0.20 0.25 0.30 $"},
        {3, 3, 6, "1 2 3 4 5 $"},
        {-3, -3, 6, "-5 -4 -3 -2 -1 $"},
        {0, 0, 3, "0.0 0.5 1.0 $"},
        {1, 0, 3, "0.0 0.5 1.0 $"}, /* nothing at all */
        {0, 80000, 6, "0 20,000 40,000 60,000 80,000 $"},
        {0, 120000, 6, "0 50 100 150 thousand $"},
        {0, 4.2e6, 6, "0 1 2 3 4 5 million $"},
        {2e9, 3e9, 6, "2.0 2.2 2.4 2.6 2.8 3.0 billion $"},
        {0, 3e13, 4, "0 10 20 30 trillion $"},
        {0, 6e15, 4, "0 2 4 6 quadrillion $"},
        {0, 2e20, 3, "0 100 200 × 10¹⁸ $"},
        {0, 4e-4, 5, "0 100 200 300 400 × 10⁻⁶ $"},
        {0, 5e-6, 6, "0 1 2 3 4 5 × 10⁻⁶ $"},
        {1e6, 1e6 + 4, 5, "1.000000 1.000001 1.000002 1.000003 1.000004 million $"},
        {1e285, 1.5e285, 6, "1.0 1.1 1.2 1.3 1.4 1.5 × 10²⁸⁵ $"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[1000];
        const moati_axis axis =
            moati_axis_make((moati_range){rows[i].low, rows[i].high}, rows[i].most);
        show_ticks(&axis, text);
        cr_expect_str_eq(text, rows[i].ticks, "%g to %g: %s, not %s", rows[i].low, rows[i].high,
                         text, rows[i].ticks);
    }
}

/* Whatever the range: the values are within, the ticks ascend, and there are no more than asked. */
Test(axis, holds_every_range) {
    static const double values[] = {0,        1,       -1,    3.7,    -12.25,  1e-300,
                                    -1e-12,   1e-5,    123.4, 999999, 1.5e200, DBL_MAX,
                                    -DBL_MAX, DBL_MIN, 1e15,  0.1};
    enum { COUNT = sizeof values / sizeof *values };
    for (size_t k = 0; k < COUNT * COUNT * 9; k++) {
        const size_t most = 2 + k % 9;
        moati_range range = moati_range_none();
        moati_range_add(&range, values[k / 9 % COUNT]);
        moati_range_add(&range, values[k / 9 / COUNT]);
        moati_range_add(&range, INFINITY);
        moati_range_add(&range, NAN);
        const moati_axis axis = moati_axis_make(range, most);
        cr_assert(isfinite(axis.low) && isfinite(axis.high) && axis.low < axis.high,
                  "%g to %g by %zu: no axis", range.low, range.high, most);
        cr_assert(axis.ticks >= 2 && (axis.ticks <= most || axis.ticks <= 3),
                  "%g to %g: %zu ticks, not %zu", range.low, range.high, axis.ticks, most);
        const double slack = 1e-5 * (axis.high - axis.low);
        cr_assert(axis.low - slack <= range.low && range.high <= axis.high + slack,
                  "%g to %g by %zu: outside of %g to %g", range.low, range.high, most, axis.low,
                  axis.high);
        for (size_t i = 0; i < axis.ticks; i++) {
            char text[MOATI_AXIS_TEXT];
            moati_axis_show_tick(&axis, i, text);
            cr_assert(i == 0 || moati_axis_tick(&axis, i - 1) < moati_axis_tick(&axis, i));
            cr_assert(strlen(text) < 32 && strspn(text, "-0123456789.,") == strlen(text), "%s",
                      text);
        }
    }
}

Test(axis, shows_values) {
    static const struct {
        double high, value;
        const char *text;
    } rows[] = {
        {100, 7, "7"},          {100, 52.5, "52.5"},    {100, 34.05, "34.0"},
        {100, -6.887, "-6.89"}, {2e6, 1234567, "1.23"}, {3e-6, 1e-6, "1"},
        {100, INFINITY, "inf"}, {100, NAN, "NaN"},      {100, -0.0, "0"},
        {5000, 4321, "4,320"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MOATI_AXIS_TEXT];
        const moati_axis axis = moati_axis_make((moati_range){0, rows[i].high}, 6);
        moati_axis_show(&axis, rows[i].value, text);
        cr_expect_str_eq(text, rows[i].text, "%g: %s, not %s", rows[i].value, text, rows[i].text);
    }
}

Test(calendar, is_read_from_labels) {
    static const char *const quarters[] = {"2026-Q4", "2027-Q1"},
                             *const months[] = {"2026-09", "2026-10"},
                             *const years[] = {"2025", "2026"}, *const numbers[] = {"7", "8"},
                             *const gap[] = {"2025", "2027"}, *const mixed[] = {"2025", "2026-Q1"},
                             *const names[] = {"low", "high"},
                             *const wrong[] = {"2026-13", "2027-01"};
    static const struct {
        const char *const *labels;
        moati_calendar_kind kind;
        const char *second;
    } rows[] = {
        {quarters, MOATI_CALENDAR_QUARTERS, "Q1 2027"},
        {months, MOATI_CALENDAR_MONTHS, "October 2026"},
        {years, MOATI_CALENDAR_YEARS, "2026"},
        {numbers, MOATI_CALENDAR_NUMBERS, "8"},
        {NULL, MOATI_CALENDAR_NUMBERS, "2"},
        {gap, MOATI_CALENDAR_NAMES, "2027"},
        {mixed, MOATI_CALENDAR_NAMES, "2026-Q1"},
        {names, MOATI_CALENDAR_NAMES, "high"},
        {wrong, MOATI_CALENDAR_NAMES, "2027-01"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MOATI_CALENDAR_TEXT];
        const moati_calendar calendar = moati_calendar_read(2, rows[i].labels);
        cr_expect_eq(calendar.kind, rows[i].kind, "row %zu", i);
        moati_calendar_show(&calendar, 1, text);
        cr_expect_str_eq(text, rows[i].second);
    }
    static const long every[][3] = {
        {38, 100, 1}, {38, 20, 2}, {38, 10, 5}, {38, 4, 10}, {38, 1, 50}};
    for (size_t i = 0; i < sizeof every / sizeof *every; i++)
        cr_expect_eq(moati_calendar_every((double)every[i][0], (double)every[i][1]), every[i][2],
                     "row %zu", i);
}

Test(spread, moves_labels_apart) {
    static const struct {
        size_t count;
        double wanted[4], found[4];
    } rows[] = {
        {1, {50}, {50}},
        {2, {20, 60}, {20, 60}},
        {2, {50, 50}, {45, 55}},
        {3, {50, 52, 90}, {46, 56, 90}},
        {3, {0, 0, 0}, {5, 15, 25}},
        {2, {99, 99}, {85, 95}},
        {4, {10, 11, 50, 49.9}, {5.5, 15.5, 44.95, 54.95}},
    };
    static const double sizes[] = {10, 10, 10, 10};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double places[4];
        memcpy(places, rows[i].wanted, sizeof places);
        moati_spread(rows[i].count, sizes, places, 0, 100);
        for (size_t k = 0; k < rows[i].count; k++)
            cr_expect_float_eq(places[k], rows[i].found[k], 1e-9, "row %zu, label %zu: %g, not %g",
                               i, k, places[k], rows[i].found[k]);
    }
}
