/* Quantity literals: a constant is a number, a distribution draws numbers. */
#include <math.h>

#include "fuzz.h"
#include "moat/program.h"
#include "moat/sample.h"

enum { SAMPLES = 16 };

/* What can be read can be drawn from. */
static void expect_draws(moat_graph *graph, moat_dist dist) {
    moat_source source;
    moat_error error;
    moat_program *program;
    moat_columns *columns;
    const moat_run run = {.seed = 1, .samples = SAMPLES, .threads = 1};
    if (moat_graph_source(graph, "x", 0, &source, &error) != MOAT_OK)
        return;
    const moat_node node = moat_dist_draw(graph, dist, source, &error);
    FUZZ_EXPECT(node != MOAT_NO_NODE, "%s", error.message);
    FUZZ_EXPECT(moat_node_dim(graph, node) == moat_dist_dim(graph, dist), "the dimensions differ");
    FUZZ_EXPECT(moat_compile(graph, NULL, 1, &node, &program, &error) == MOAT_OK, "%s",
                error.message);
    FUZZ_EXPECT(moat_evaluate(program, &run, &columns, &error) == MOAT_OK, "%s", error.message);
    for (size_t i = 0; i < SAMPLES; i++)
        FUZZ_EXPECT(!isnan(moat_columns_get(columns, 0)[i]), "sample %zu is no number", i);
    moat_columns_free(columns);
    moat_program_free(program);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    moat_error error;
    moat_literal literal;
    moat_units *units = moat_units_new();
    moat_graph *graph = moat_graph_new(units, &error);
    const moat_status status =
        moat_literal_parse(graph, (const char *)data, size, &literal, &error);
    if (status != MOAT_OK) {
        fuzz_expect_error(status, &error, size);
    } else if (literal.dist == MOAT_NO_DIST) {
        FUZZ_EXPECT(!isnan(literal.value), "a constant is no number");
    } else {
        FUZZ_EXPECT(moat_dist_dim(graph, literal.dist) == moat_unit_dim(units, literal.unit),
                    "the dimensions differ");
        expect_draws(graph, literal.dist);
    }
    moat_graph_free(graph);
    moat_units_free(units);
    return 0;
}
