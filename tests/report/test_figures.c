/* Figures with as many digits as samples support. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "figures.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

Test(figures, are_rounded_by_their_error) {
    static const struct {
        double value, error;
        const char *shown;
    } rows[] = {
        /* Steps of at least twice the error: 1, 2 or 5 times a power of ten. */
        {168.6, 2, "170"},
        {168.6, 2.6, "170"},
        {-96.4, 3.7, "-100"},
        {345.4, 11, "350"},
        {-567.1, 12, "-550"},
        {36.64, 0.48, "37"},
        {36.64, 0.2, "36.5"},
        {0.5231, 0.007, "0.52"},
        {1.2, 5, "0"},
        {140.2, 5.5, "140"},
        {0, 0.3, "0"},
        /* At most three figures. */
        {12.3456, 0.0001, "12.3"},
        {123456, 1, "123,000"},
        {999.6, 0.01, "1,000"},
        {0.01234567, 1e-9, "0.0123"},
        /* Nothing to round for: three figures, or all of a whole number. */
        {3, 0, "3"},
        {1234, 0, "1,234"},
        {1234.5678, 0, "1,235"},
        {42.1071, 0, "42.1"},
        {0.25, 0, "0.25"},
        {0, 0, "0"},
        /* What is no number, or of no known error. */
        {INFINITY, 1, "inf"},
        {NAN, 1, "NaN"},
        {12.3456, INFINITY, "12.3"},
        {12.3456, NAN, "12.3"},
        {7.021e15, 1e13, "7.02e+15"},
        {1.2345e-9, 1e-13, "1.23e-09"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char shown[MOATI_VALUE];
        moati_step_show(moati_step_for(rows[i].value, rows[i].error), rows[i].value, shown);
        cr_expect_str_eq(shown, rows[i].shown, "%g +- %g: %s, not %s", rows[i].value, rows[i].error,
                         shown, rows[i].shown);
    }
}

Test(figures, means_have_their_error_beside_them) {
    static const struct {
        double mean, error;
        const char *shown;
    } rows[] = {
        {165.4, 1.9, "165 ± 2"},
        {165.4, 0.96, "165 ± 1"},
        {-102.3, 2.9, "-102 ± 3"},
        {0.04, 0.021, "0.04 ± 0.02"},
        {1234.5, 0.3, "1,230"},
        {1234.5, 31, "1,230 ± 30"},
        {5, 0, "5"},
        {0, 0.5, "0.0 ± 0.5"},
        {INFINITY, NAN, "inf"},
        {12.5, NAN, "12.5"},
        {99.96, 0.02, "100"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char shown[MOATI_FIGURE];
        moati_step_show_mean(rows[i].mean, rows[i].error, shown);
        cr_expect_str_eq(shown, rows[i].shown, "%g +- %g: %s, not %s", rows[i].mean, rows[i].error,
                         shown, rows[i].shown);
    }
}

Test(figures, of_a_column_have_one_step) {
    moati_step steps[] = {{1, 1}, {5, -1}, {0, 0}, {1, 0}};
    moati_step halves[] = {{5, -1}, {5, -1}};
    moati_step none[] = {{0, 0}};
    const moati_step middle = moati_step_common(4, steps);
    cr_expect(middle.multiple == 1 && middle.exponent == 0, "the median of those that are");
    const moati_step whole = moati_step_common(2, halves);
    cr_expect(whole.multiple == 1 && whole.exponent == 0, "no column of halves");
    cr_expect_eq(moati_step_common(1, none).multiple, 0);
}

/* A normal distribution: the error of its median is sqrt(pi / 2) that of its mean, that of its
 * 5th percentile sqrt(0.05 * 0.95) / 0.103136 that of its mean. */
Test(figures, errors_of_quantiles_are_those_of_order_statistics) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_literal literal;
    cr_assert_eq(
        moat_literal_parse(moat_model_graph(model), "normal(100, 10)", 15, &literal, &error),
        MOAT_OK, "%s", error.message);
    const moat_assumption given = {.name = "x", .text = "normal(100, 10)", .dist = literal.dist};
    const moat_node node = moat_model_assume(model, &given, &error);
    const moat_output output = {.name = "x", .count = 1, .nodes = &node};
    moat_results *results;
    cr_assert_eq(moat_model_look(model, 1, &output, &results, &error), MOAT_OK);
    const moati_style style = moati_style_of(model, results, &output, 0);
    moati_measured m;
    cr_assert_eq(moati_measure(results, 0, 0, &style, 10000, &m, &error), MOAT_OK);
    const double mcse = m.summary->mcse;
    cr_expect_float_eq(m.errors[MOAT_FIGURE_MEDIAN] / mcse, 1.2533, 0.25);
    cr_expect_float_eq(m.errors[MOAT_FIGURE_P5] / mcse, 2.1132, 0.7);
    cr_expect_float_eq(m.errors[MOAT_FIGURE_MEAN] / mcse, 1, 1e-12);
    char text[MOATI_FIGURE];
    moati_measured_show(&m, MOAT_FIGURE_RANGE, text);
    cr_expect_str_eq(text, "83 to 116");
    moati_measured_show_mean(&m, text);
    cr_expect_str_eq(text, "99.9 ± 0.1");
    moati_measured_tell(&m, MOAT_FIGURE_USUAL, text);
    cr_expect_str_eq(text, "100.0");
    moat_results_free(results);
    moat_model_free(model);
}
