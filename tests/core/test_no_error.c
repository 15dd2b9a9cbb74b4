/* Whoever does not want to know why passes NULL for the error: everything fails as it does with
 * one. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "moat/sample.h"
#include "moat/summary.h"

TestSuite(no_error, .init = start, .fini = stop);

static moat_dist with(moat_family family, double a, double b) {
    const moat_node parameters[3] = {number(a), number(b), number(0)};
    return moat_dist_new(graph, family, parameters, 1, MOAT_DIMENSIONLESS, NULL);
}

Test(no_error, graphs) {
    const moat_node money = quantity(1, "$"), power = quantity(1, "W"), one = number(1);
    const moat_node bad[3] = {9999, 9999, 9999};
    moat_source from[2];
    cr_expect_eq(moat_graph_binary(graph, MOAT_ADD, money, power, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_binary(graph, MOAT_POW, money, source("x", 0).normal, NULL), 0);
    cr_expect_eq(moat_graph_unary(graph, MOAT_EXP, money, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_unary(graph, MOAT_EXP, 9999, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_select(graph, money, one, one, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_add(graph, MOAT_ADD, bad, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_add(graph, MOAT_OP_COUNT, bad, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_add(graph, MOAT_INPUT, bad, NULL), MOAT_NO_NODE);
    static const char *const names[] = {"x", "y"};
    cr_expect_eq(moat_graph_correlate(graph, 2, names, 1, &(moat_correlation){0, 1, 2}, from, NULL),
                 MOAT_INVALID);
    cr_expect_eq(
        moat_graph_correlate(graph, 2, names, 1, &(moat_correlation){0, 7, 0.5}, from, NULL),
        MOAT_INVALID);
    cr_expect_eq(
        moat_graph_correlate(graph, 2, names, 1, &(moat_correlation){1, 1, 0.5}, from, NULL),
        MOAT_INVALID);
    moat_graph_set_limit(graph, moat_graph_size(graph));
    cr_expect_eq(moat_graph_constant(graph, 123.25, MOAT_DIMENSIONLESS, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_input(graph, MOAT_DIMENSIONLESS, &(size_t){0}, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_graph_source(graph, "new", 0, from, NULL), MOAT_LIMIT);
    cr_expect_eq(
        moat_graph_correlate(graph, 2, names, 1, &(moat_correlation){0, 1, 0.5}, from, NULL),
        MOAT_LIMIT);
}

Test(no_error, distributions) {
    const double x[] = {1, 2}, negative[] = {-1, 1}, p[] = {0.5, 2};
    const moat_dist flat = with(MOAT_UNIFORM, 0, 1), nothing = MOAT_NO_DIST;
    cr_expect_eq(with(MOAT_NORMAL, 0, -1), nothing);
    cr_expect_eq(with(MOAT_UNIFORM, 2, 1), nothing);
    cr_expect_eq(with(MOAT_POISSON, 1e15, 0), nothing);
    cr_expect_eq(with(MOAT_DISCRETE, 0, 0), nothing);
    cr_expect_eq(moat_dist_interval(graph, 2, 1, 0.9, 0, NULL), nothing);
    cr_expect_eq(moat_dist_interval(graph, 1, (double)INFINITY, 0.9, 0, NULL), nothing);
    cr_expect_eq(moat_dist_interval(graph, 1, 2, 0, 0, NULL), nothing);
    cr_expect_eq(moat_dist_points(graph, MOAT_DISCRETE, 0, x, x, 0, NULL), nothing);
    cr_expect_eq(moat_dist_points(graph, MOAT_DISCRETE, 2, x, negative, 0, NULL), nothing);
    cr_expect_eq(moat_dist_points(graph, MOAT_METALOG, 2, x, p, 0, NULL), nothing);
    cr_expect_eq(moat_dist_points(graph, MOAT_NORMAL, 2, x, x, 0, NULL), nothing);
    cr_expect_eq(moat_dist_mixture(graph, 1, &flat, negative, NULL), nothing);
    cr_expect_eq(moat_dist_mixture(graph, 1, &(moat_dist){999}, x, NULL), nothing);
    cr_expect_eq(moat_dist_truncate(graph, flat, 2, 3, NULL), nothing);
    cr_expect_eq(moat_dist_truncate(graph, 999, 0, 1, NULL), nothing);
    cr_expect_eq(moat_dist_draw(graph, 999, source("x", 0), NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_dist_below(graph, 999, number(1), NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_dist_below(graph, flat, 9999, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_dist_below(graph, flat, quantity(1, "$"), NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_dist_draw(graph, flat, (moat_source){9999, 9999}, NULL), MOAT_NO_NODE);
    cr_expect_eq(moat_dist_dim(graph, 999), MOAT_DIMENSIONLESS);
    const moat_node parameters[2] = {number(0), number(1)};
    cr_expect_eq(moat_dist_new(graph, MOAT_LOGNORMAL, parameters, -1, 0, NULL), nothing);
    cr_expect_eq(moat_dist_new(graph, MOAT_NORMAL, (moat_node[]){9999, 9999}, 1, 0, NULL), nothing);
}

Test(no_error, texts) {
    static const char *const units_refused[] = {"$$", "$^", "foo", "(", "yr^1e9", "$/"};
    static const char *const literals[] = {"",         "x",          "12 to",         "12 to 11 $",
                                           "1e999",    "normal(1)",  "3 foo",         "$5",
                                           "1 to 2 @", "1 to 2 @ 5", "12 to 13 to 14"};
    moat_unit unit;
    moat_literal literal;
    for (size_t i = 0; i < COUNT(units_refused); i++)
        cr_expect_neq(
            moat_unit_parse(units, units_refused[i], strlen(units_refused[i]), &unit, NULL),
            MOAT_OK, "%s", units_refused[i]);
    for (size_t i = 0; i < COUNT(literals); i++)
        cr_expect_neq(moat_literal_parse(graph, literals[i], strlen(literals[i]), &literal, NULL),
                      MOAT_OK, "%s", literals[i]);
    cr_expect_neq(moat_unit_define(units, "$", 1, 0, NULL), MOAT_OK);
    cr_expect_neq(moat_unit_define(units, "a b", 1, 0, NULL), MOAT_OK);
    cr_expect_neq(moat_unit_define(units, "x", -1, 0, NULL), MOAT_OK);
    cr_expect_neq(moat_unit_define_base(units, "yr", NULL), MOAT_OK);
}

Test(no_error, programs) {
    moat_program *program = NULL;
    moat_columns *columns = NULL;
    moat_summary summary;
    const moat_node drawn = source("x", 0).normal, open = input("1"), none = MOAT_NO_NODE;
    cr_expect_eq(moat_compile(graph, &none, 1, &open, &program, NULL), MOAT_INVALID);
    cr_expect_eq(moat_compile(graph, &none, 1, &(moat_node){9999}, &program, NULL), MOAT_INVALID);
    cr_expect_eq(moat_summarise(0, &(double){0}, &summary, NULL), MOAT_INVALID);
    program = compile(&none, 1, &drawn);
    cr_expect_eq(moat_evaluate(program, &(moat_run){.samples = 0}, &columns, NULL), MOAT_INVALID);
    cr_expect_eq(moat_evaluate(program, &(moat_run){.samples = 9, .block = 3}, &columns, NULL),
                 MOAT_INVALID);
    cr_expect_eq(moat_evaluate(program, &(moat_run){.samples = (size_t)1 << 60}, &columns, NULL),
                 MOAT_NO_MEMORY);
    moat_program_free(program);
}
