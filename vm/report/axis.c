/* Axes: round ticks over a range. */
#include "axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number.h"

/* Beyond these, differences and their tens would no longer be numbers. */
static const double largest = 1e290, smallest = 1e-290;

moati_range moati_range_none(void) {
    return (moati_range){INFINITY, -INFINITY};
}

void moati_range_add(moati_range *range, double value) {
    if (!isfinite(value))
        return;
    value = fmax(-largest, fmin(value, largest));
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

void moati_range_add_all(moati_range *range, size_t count, const double *values) {
    for (size_t i = 0; values != NULL && i < count; i++)
        moati_range_add(range, values[i]);
}

moati_range moati_range_from_zero(moati_range range, bool always) {
    if (range.low > range.high)
        return range;
    if (range.low > 0 && (always || range.low < 0.5 * range.high))
        range.low = 0;
    if (range.high < 0 && (always || range.high > 0.5 * range.low))
        range.high = 0;
    return range;
}

/* Nothing at all is from 0 to 1; a single value has room above and below it. */
static moati_range widen(moati_range range) {
    if (range.low > range.high)
        return (moati_range){0, 1};
    const double size = fmax(fabs(range.low), fabs(range.high));
    if (range.high - range.low > fmax(size * 1e-9, smallest))
        return range;
    if (size < smallest)
        return (moati_range){0, 1};
    return (moati_range){range.low - size / 2, range.high + size / 2};
}

/* Ten to a power, which may be negative: the nearest number in the range that matters. */
static double ten_to(int power) {
    double result = 1;
    for (int i = 0; i < (power < 0 ? -power : power); i++)
        result *= 10;
    return power < 0 ? 1 / result : result;
}

static double multiple(double count, int figure, int power) {
    return power < 0 ? count * figure / ten_to(-power) : count * figure * ten_to(power);
}

/* The smallest round step of at least `least` > 0. */
static void find_step(double least, int *figure, int *power) {
    static const int figures[] = {1, 2, 5};
    int binary;
    frexp(least, &binary);
    /* Near the power; the comparisons decide. */
    *power = (int)floor(binary * 0.30103);
    while (ten_to(*power) > least)
        (*power)--;
    while (ten_to(*power + 1) <= least)
        (*power)++;
    for (size_t i = 0; i < 3; i++) {
        *figure = figures[i];
        if (multiple(1, *figure, *power) >= least * (1 - 1e-9))
            return;
    }
    *figure = 1;
    (*power)++;
}

/* A value between two multiples that is one of them but for its last bits counts as one. */
static double multiples_below(const moati_axis *axis, double value) {
    return floor(value / multiple(1, axis->figure, axis->power) + 1e-6);
}

static double multiples_above(const moati_axis *axis, double value) {
    return ceil(value / multiple(1, axis->figure, axis->power) - 1e-6);
}

static void find_scale(moati_axis *axis) {
    static const char *const names[] = {"",        "thousand", "million",
                                        "billion", "trillion", "quadrillion"};
    enum { NAMES = sizeof names / sizeof *names };
    const double size = fmax(fabs(axis->low), fabs(axis->high));
    while (size >= (axis->scale == 0 ? 1e5 : 1000 * ten_to(axis->scale)))
        axis->scale += 3;
    while (size < 1e-3 && size < ten_to(axis->scale))
        axis->scale -= 3;
    axis->prefix = axis->scale < 0 || axis->scale / 3 >= NAMES ? NULL : names[axis->scale / 3];
    axis->decimals = axis->power < axis->scale ? axis->scale - axis->power : 0;
}

static moati_axis make_step(moati_range range, size_t intervals) {
    moati_axis axis = {0};
    find_step((range.high - range.low) / (double)intervals, &axis.figure, &axis.power);
    return axis;
}

static moati_axis make_rounded(moati_range range, size_t intervals) {
    moati_axis axis = make_step(range, intervals);
    axis.first = multiples_below(&axis, range.low);
    const double steps = multiples_above(&axis, range.high) - axis.first;
    axis.ticks = steps < 1 ? 2 : (size_t)steps + 1;
    axis.low = moati_axis_tick(&axis, 0);
    axis.high = moati_axis_tick(&axis, axis.ticks - 1);
    return axis;
}

/* Few ticks are as good as an axis that is used to its ends: the share of it that is empty, and
 * a little for each tick that is missing. */
static double cost(const moati_axis *axis, moati_range range, size_t most) {
    const double used = (range.high - range.low) / (axis->high - axis->low);
    return 1 - used + 0.05 * (double)(most - axis->ticks);
}

moati_axis moati_axis_make(moati_range range, size_t most) {
    range = widen(range);
    moati_axis best = {0};
    for (size_t intervals = most > 2 ? most - 1 : 1; intervals > 0; intervals--) {
        const moati_axis axis = make_rounded(range, intervals);
        const bool fits = axis.ticks <= most || intervals == 1;
        if (fits && (best.ticks == 0 || cost(&axis, range, most) < cost(&best, range, most)))
            best = axis;
    }
    find_scale(&best);
    return best;
}

moati_axis moati_axis_within(moati_range range, size_t most) {
    range = widen(range);
    moati_axis axis = make_step(range, most > 2 ? most - 1 : 1);
    axis.first = multiples_above(&axis, range.low);
    const double last = multiples_below(&axis, range.high);
    axis.ticks = last < axis.first ? 0 : (size_t)(last - axis.first) + 1;
    axis.low = range.low;
    axis.high = range.high;
    find_scale(&axis);
    return axis;
}

double moati_axis_tick(const moati_axis *axis, size_t index) {
    return multiple(axis->first + (double)index, axis->figure, axis->power);
}

double moati_axis_place(const moati_axis *axis, double value) {
    return (value - axis->low) / (axis->high - axis->low);
}

/* Whole numbers from text: what is written does not depend on the language of the system. */
static void group(char *text, size_t size, double whole) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.0f", whole);
    const size_t count = strlen(digits);
    size_t used = 0;
    for (size_t i = 0; i < count && used + 2 < size; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            text[used++] = ',';
        text[used++] = digits[i];
    }
    text[used] = '\0';
}

void moati_axis_show_tick(const moati_axis *axis, size_t index, char text[MOATI_AXIS_TEXT]) {
    const double count = (axis->first + (double)index) * axis->figure;
    const int power = axis->power - axis->scale;
    double whole = fabs(count);
    if (power >= 0) {
        whole *= ten_to(power);
        whole = fmin(whole, 1e15);
    }
    const double unit = power < 0 ? ten_to(-power) : 1, rest = fmod(whole, unit);
    char *end = text;
    if (count < 0)
        *end++ = '-';
    group(end, MOATI_AXIS_TEXT / 2, (whole - rest) / unit);
    if (power < 0 && axis->decimals < 16)
        snprintf(end + strlen(end), 20, ".%0*.0f", axis->decimals, rest);
}

void moati_axis_show(const moati_axis *axis, double value, char text[MOATI_AXIS_TEXT]) {
    char number[MOATI_NUMBER];
    const int scale = axis->scale;
    value = scale < 0 ? value * ten_to(-scale) : value / ten_to(scale);
    /* What three figures say in full needs no zeros: "7", not "7.00". */
    moati_number_show(number, value, 3);
    moati_number_show_exact(text, value);
    if (strlen(number) <= strlen(text))
        strcpy(text, number);
}

/* Ten to a power in raised figures. */
static void show_power(int power, char text[MOATI_AXIS_TEXT]) {
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char digits[16];
    snprintf(digits, sizeof digits, "%d", power);
    strcpy(text, "× 10");
    for (const char *digit = digits; *digit != '\0'; digit++)
        strcat(text, *digit == '-' ? "⁻" : raised[*digit - '0']);
}

void moati_axis_unit(const moati_axis *axis, const char *unit, char *text, size_t size) {
    char scale[MOATI_AXIS_TEXT];
    if (axis->prefix == NULL)
        show_power(axis->scale, scale);
    else
        strcpy(scale, axis->prefix);
    if (unit == NULL || strcmp(unit, "1") == 0)
        unit = "";
    snprintf(text, size, "%s%s%s", scale, scale[0] != '\0' && unit[0] != '\0' ? " " : "", unit);
}
