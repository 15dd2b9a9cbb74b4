/* The graph that tests start from, and nodes, programs and columns made with it. */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

moat_units *units;
moat_graph *graph;
moat_error error;

void start(void) {
    unsetenv("MOAT_ISA");
    units = moat_units_new();
    cr_assert(units);
    graph = moat_graph_new(units, &error);
    cr_assert(graph, "%s", error.message);
}

void stop(void) {
    moat_graph_free(graph);
    moat_units_free(units);
}

moat_dim dim(const char *unit) {
    moat_unit parsed;
    cr_assert_eq(moat_unit_parse(units, unit, strlen(unit), &parsed, &error), MOAT_OK, "%s: %s",
                 unit, error.message);
    return moat_unit_dim(units, parsed);
}

static moat_node constant(double value, moat_dim in) {
    moat_node node = moat_graph_constant(graph, value, in, &error);
    cr_assert(node, "%s", error.message);
    return node;
}

moat_node number(double value) {
    return constant(value, MOAT_DIMENSIONLESS);
}

moat_node quantity(double value, const char *unit) {
    return constant(value, dim(unit));
}

moat_node input(const char *unit) {
    size_t which;
    moat_node node = moat_graph_input(graph, dim(unit), &which, &error);
    cr_assert(node, "%s", error.message);
    return node;
}

moat_source source(const char *name, uint32_t period) {
    moat_source made;
    cr_assert_eq(moat_graph_source(graph, name, period, &made, &error), MOAT_OK, "%s",
                 error.message);
    return made;
}

moat_program *compile(const moat_node *definitions, size_t count, const moat_node *roots) {
    moat_program *program = NULL;
    cr_assert_eq(moat_compile(graph, definitions, count, roots, &program, &error), MOAT_OK, "%s",
                 error.message);
    return program;
}

moat_columns *evaluate(const moat_program *program, moat_run run) {
    moat_columns *columns = NULL;
    cr_assert_eq(moat_evaluate(program, &run, &columns, &error), MOAT_OK, "%s", error.message);
    return columns;
}

moat_columns *compute(const moat_node *definitions, size_t count, const moat_node *roots,
                      moat_run run) {
    moat_program *program = compile(definitions, count, roots);
    moat_columns *columns = evaluate(program, run);
    moat_program_free(program);
    return columns;
}

uint32_t lcg_next(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}
