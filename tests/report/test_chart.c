/* Charts: what is refused, what is written, that all of it fits. */
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"
#include "chart_draw.h"
#include "gallery.h"
#include "palette.h"
#include "width.h"

enum { MOST = 200000 };

typedef enum form { SVG, TEXT, WORDS, FORMS } form;

/* Cuts a line off a text; NULL at its end. */
static char *next_line(char **rest) {
    char *line = *rest;
    if (line == NULL || *line == '\0')
        return NULL;
    char *end = line + strcspn(line, "\n");
    *rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    return line;
}

/* A rendering, allocated; NULL where it was refused, with nothing written. */
static char *render(const moati_chart *chart, form how, const char *id, size_t columns,
                    moat_error *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    moat_status status;
    if (how == SVG)
        status = moati_chart_svg(chart, id, file, error);
    else if (how == TEXT)
        status = moati_chart_text(chart, columns, columns != 60, columns == 100, file, error);
    else
        status = moati_chart_describe(chart, file, error);
    fclose(file);
    if (status == MOAT_OK)
        return text;
    cr_assert_eq(length, 0, "%s was told after a part had been written", error->message);
    free(text);
    return NULL;
}

Test(chart, refuses_what_it_cannot_draw) {
    static const double values[] = {1, 2};
    static const moati_chart_series one = {.values = values};
    static const moati_chart_series many[MOATI_CHART_SERIES + 1];
    static const struct {
        moati_chart chart;
        const char *id, *message;
    } rows[] = {
        {{MOATI_CHART_KINDS, "A"}, "a", "the chart 'A' is of no known kind"},
        {{MOATI_CHART_LINES, "A", .series_count = 1, .series = &one},
         "a",
         "the chart 'A' has no positions"},
        {{MOATI_CHART_LINES, .positions = 2},
         "a",
         "the chart '' has 0 series; its kind shows 1 to 12"},
        {{MOATI_CHART_LINES, "A", .positions = 2, .series_count = 13, .series = many},
         "a",
         "the chart 'A' has 13 series; its kind shows 1 to 12"},
        {{MOATI_CHART_BRIDGE, "A", .positions = 2, .series_count = 2, .series = many},
         "a",
         "the chart 'A' has 2 series; its kind shows 1 to 1"},
        {{MOATI_CHART_FAN, "A", .positions = 2, .series_count = 1, .series = &one},
         "a",
         "series 1 of the chart 'A' lacks the arrays of its kind"},
        {{MOATI_CHART_LINES, "A", .positions = 2, .series_count = 1, .series = &one},
         "a b",
         "'a b' cannot name a chart: a letter, then letters, digits, '-' and '_'"},
        {{MOATI_CHART_LINES, "A", .positions = 2, .series_count = 1, .series = &one},
         "",
         "'' cannot name a chart: a letter, then letters, digits, '-' and '_'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        moat_error error;
        char *text = render(&rows[i].chart, SVG, rows[i].id, 0, &error);
        cr_assert_null(text, "row %zu is drawn", i);
        cr_expect_eq(error.status, MOAT_INVALID);
        cr_expect_str_eq(error.message, rows[i].message);
    }
}

/* Every line of every chart within the width, and without what a terminal would obey. */
Test(chart, of_characters_fits) {
    static const size_t widths[] = {40, 41, 60, 80, 100, 160};
    for (const gallery_chart *item = gallery(); item->name != NULL; item++) {
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            moat_error error;
            char *text = render(&item->chart, TEXT, NULL, widths[w], &error), *rest = text;
            cr_assert_not_null(text, "%s: %s", item->name, error.message);
            /* Colours take no room. */
            for (char *escape; widths[w] == 100 && (escape = strchr(text, '\033')) != NULL;)
                memmove(escape, strchr(escape, 'm') + 1, strlen(strchr(escape, 'm')));
            for (char *line; (line = next_line(&rest)) != NULL;) {
                cr_assert(moati_text_width(line) <= widths[w], "%s in %zu columns: %s", item->name,
                          widths[w], line);
                cr_assert_null(strpbrk(line, "\033\a\r"), "%s: a control", item->name);
                cr_assert(line[0] == '\0' || line[strlen(line) - 1] != ' ', "%s: '%s'", item->name,
                          line);
            }
            free(text);
        }
    }
}

Test(chart, is_the_same_again) {
    for (const gallery_chart *item = gallery(); item->name != NULL; item++) {
        for (form how = SVG; how < FORMS; how++) {
            moat_error error;
            char *text = render(&item->chart, how, "a", 80, &error);
            char *again = render(&item->chart, how, "a", 80, &error);
            cr_expect_str_eq(text, again, "%s", item->name);
            free(text);
            free(again);
        }
    }
}

/* A small change of the numbers is a small change of the file: a bar, its number, the description.
 */
Test(chart, changes_little_for_little) {
    double values[] = {10, 22, 31, 44};
    const moati_chart_series series = {.label = "A", .values = values};
    const moati_chart chart = {MOATI_CHART_BARS, "A", .positions = 4, .series_count = 1,
                               .series = &series};
    moat_error error;
    char *before = render(&chart, SVG, "a", 0, &error), *rest = before;
    values[1] = 22.04;
    char *after = render(&chart, SVG, "a", 0, &error), *other = after;
    size_t changed = 0;
    const char *line, *new_line;
    while ((line = next_line(&rest)) != NULL && (new_line = next_line(&other)) != NULL)
        changed += strcmp(line, new_line) != 0;
    cr_expect(*rest == '\0' && *other == '\0', "another number of lines");
    cr_expect(changed > 0 && changed <= 3, "%zu lines", changed);
    free(before);
    free(after);
}

Test(chart, says_what_it_shows) {
    static const char *const expected[][2] = {
        {"fan",
         "Fan chart. Base: median -16 $bn/yr in Q3 2026, 37.5 $bn/yr in Q4 2030, where 90 % of "
         "all outcomes lie between -6.89 $bn/yr and 102 $bn/yr."},
        {"fan_nothing", "Fan chart. no value in 2025, no value in 2030."},
        {"histogram_constant", "Histogram. Median 12.5 GW, 90 % between 12.5 GW and 12.5 GW."},
        {"histogram_empty", "Histogram. Median no value, 90 % between no value and no value."},
        {"lines_huge", "Line chart. Tokens: 0.2 quadrillion tokens/mo in 2025, 6 quadrillion "
                       "tokens/mo in 2030."},
    };
    for (const gallery_chart *item = gallery(); item->name != NULL; item++) {
        moat_error error;
        char *text = render(&item->chart, WORDS, NULL, 0, &error);
        cr_assert_not_null(text);
        cr_expect(strchr(text, '\n') == NULL && strlen(text) > 0, "%s", item->name);
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
            if (strcmp(item->name, expected[i][0]) == 0)
                cr_expect_str_eq(text, expected[i][1]);
        free(text);
    }
}

/* Every number of a picture lies in it, whatever the values are. */
static void check_numbers(const char *svg, moati_chart_kind kind) {
    static const char *const keys[] = {" x=\"",     " y=\"",      " x1=\"", " y2=\"",
                                       " width=\"", " height=\"", " cx=\"", " d=\"M"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        for (const char *at = svg; (at = strstr(at, keys[i])) != NULL;) {
            at += strlen(keys[i]);
            const double value = strtod(at, NULL);
            cr_assert(value >= -20 && value < 3000, "kind %d: %s%.20s", (int)kind, keys[i], at);
        }
    }
    cr_assert(strstr(svg, "\"nan") == NULL && strstr(svg, "\"inf") == NULL);
}

Test(chart, bears_every_value) {
    enum { VALUES = 24, SHIFTS = 18 };
    static const double extremes[] = {0,  1,       -1,       NAN,   INFINITY, -INFINITY,
                                      3,  DBL_MAX, -DBL_MAX, 1e-9,  DBL_MIN,  2.5,
                                      -7, 1e6,     INFINITY, 1e300, NAN,      -0.0};
    double values[VALUES + SHIFTS];
    for (size_t i = 0; i < VALUES + SHIFTS; i++)
        values[i] = extremes[i % (sizeof extremes / sizeof *extremes)];
    for (unsigned k = 0; k < MOATI_CHART_KINDS * SHIFTS * 4; k++) {
        const moati_chart_kind kind = (moati_chart_kind)(k % MOATI_CHART_KINDS);
        const size_t shift = k / MOATI_CHART_KINDS % SHIFTS, size = k / MOATI_CHART_KINDS / SHIFTS;
        const double *v = values + shift, *w = values + SHIFTS - shift;
        moati_chart_series series[2];
        for (size_t s = 0; s < 2; s++)
            series[s] = (moati_chart_series){NULL, w, v, v, v, w, v, w, v, v, w, 1 + 7 * size};
        const bool single = kind == MOATI_CHART_HISTOGRAM || kind == MOATI_CHART_TORNADO ||
                            kind == MOATI_CHART_BRIDGE;
        const moati_chart_mark mark = {extremes[shift], NULL};
        const moati_chart chart = {.kind = kind,
                                   .positions = 1 + 7 * size,
                                   .series_count = single ? 1 : 2,
                                   .series = series,
                                   .middle = extremes[shift],
                                   .dates = k % 2 == 1,
                                   .mark_count = 1,
                                   .marks = &mark};
        for (form how = SVG; how < FORMS; how++) {
            moat_error error;
            char *text = render(&chart, how, "a", 40, &error);
            cr_assert_not_null(text, "kind %d: %s", (int)kind, error.message);
            if (how == SVG)
                check_numbers(text, kind);
            free(text);
        }
    }
}

/* --- Colours: contrast as WCAG 2 defines it. */

static double channel(const char *hex) {
    char digits[3] = {hex[0], hex[1], '\0'};
    const double value = (double)strtol(digits, NULL, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(const char *colour) {
    return 0.2126 * channel(colour + 1) + 0.7152 * channel(colour + 3) +
           0.0722 * channel(colour + 5);
}

static double contrast(const char *a, const char *b) {
    const double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

Test(palette, stands_out) {
    for (size_t i = 0; i < MOATI_PALETTE; i++) {
        const moati_colour colour = moati_palette(i);
        cr_expect(contrast(colour.light, moati_paper.light) >= 3, "shape %zu", i);
        cr_expect(contrast(colour.text, moati_paper.light) >= 4.5, "text %zu", i);
        cr_expect(contrast(colour.dark, moati_paper.dark) >= 4.5, "dark %zu", i);
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(colour.light, moati_palette(k).light);
    }
    cr_expect(contrast(moati_quiet.text, moati_paper.light) >= 4.5);
    cr_expect(contrast(moati_quiet.dark, moati_paper.dark) >= 4.5);
}

/* --- Samples. */

Test(rank, correlation) {
    static const struct {
        size_t count;
        double x[6], y[6], correlation;
    } rows[] = {
        {3, {1, 2, 3}, {10, 200, 3000}, 1},
        {3, {1, 2, 3}, {3, 2, 1}, -1},
        {4, {1, 2, 2, 3}, {1, 2, 2, 3}, 1},
        {5, {1, 2, 3, 4, 5}, {2, 1, 4, 3, 5}, 0.8},
        {6, {1, 2, NAN, 3, 4, 5}, {2, 1, 0, 4, 3, 5}, 0.8},
        {4, {1, 2, 3, INFINITY}, {1, 2, 3, 4}, 1},
        {3, {1, 1, 1}, {1, 2, 3}, NAN},
        {1, {1}, {1}, NAN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double found;
        const moati_chart_series series = {
            .x = rows[i].x, .samples = rows[i].y, .sample_count = rows[i].count};
        cr_assert_eq(moati_rank_correlation(&series, &found, NULL), MOAT_OK);
        cr_expect(isnan(rows[i].correlation) ? isnan(found)
                                             : fabs(found - rows[i].correlation) < 1e-12,
                  "row %zu: %g, not %g", i, found, rows[i].correlation);
    }
}

/* Shares of bins, of the tails and of what is infinite add up to the whole. */
Test(bins, add_up) {
    for (const gallery_chart *item = gallery(); item->name != NULL; item++) {
        const moati_chart *chart = &item->chart;
        moati_sorted sorted;
        moati_bins bins;
        if (chart->kind != MOATI_CHART_HISTOGRAM || chart->series[0].sample_count == 0)
            continue;
        cr_assert_eq(moati_sorted_make(&sorted, chart->series[0].sample_count,
                                       chart->series[0].samples, NULL),
                     MOAT_OK);
        moati_bins_make(&bins, chart, &sorted, 40);
        double sum = bins.below + bins.above + bins.never + bins.beyond;
        for (size_t i = 0; i < bins.count; i++)
            sum += bins.shares[i];
        cr_expect_float_eq(sum, 1, 1e-12, "%s: %g", item->name, sum);
        cr_expect(bins.below + bins.above < 0.05, "%s: too much is cut off", item->name);
        moati_sorted_free(&sorted);
    }
}
