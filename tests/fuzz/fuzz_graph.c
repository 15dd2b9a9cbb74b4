/* Graphs made up from bytes, and their programs: the same bits as the naive evaluation, on every
 * instruction set, with every size of blocks, threads, and where results are streamed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "moat/program.h"
#include "naive.h"

enum { NODES = 200, INPUTS = 2, ROOTS = 4, SAMPLES = 35 };

typedef struct maker {
    const uint8_t *at, *end;
    moat_graph *graph;
    moat_node pool[NODES];
    size_t count;
} maker;

static uint8_t next(maker *m) {
    return m->at < m->end ? *m->at++ : 0;
}

static moat_node pick(maker *m) {
    return m->pool[m->count - 1 - next(m) % m->count];
}

/* Numbers that break things, small ones, and any. */
static double next_value(maker *m) {
    static const double edges[] = {
        0,         -0.0,     1,         -1,    0.5,    2,      INFINITY,    -INFINITY,
        0x1p-1074, 0x1p1023, 0x1p-1022, 1e308, 709.78, -745.2, 1 - 0x1p-53, 4503599627370496.5};
    const uint8_t kind = next(m);
    if (kind < 128)
        return edges[kind % (sizeof edges / sizeof *edges)];
    if (kind < 224)
        return (next(m) - 128) / 8.0;
    uint64_t bits = 0;
    double value;
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | next(m);
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void sum_and_gap(const void *context, const double *const *in, double *const *out,
                        size_t lanes) {
    (void)context;
    for (size_t i = 0; i < lanes; i++) {
        out[0][i] = in[0][i] + in[1][i];
        out[1][i] = fabs(in[0][i] - in[1][i]);
    }
}

static const moat_kernel kernel = {"sum_and_gap", sum_and_gap};

static moat_node next_node(maker *m) {
    static const char *const names[] = {"a", "b", "c"};
    moat_error error;
    moat_source source;
    const uint8_t kind = next(m);
    if (kind < 24)
        return moat_graph_constant(m->graph, next_value(m), MOAT_DIMENSIONLESS, &error);
    if (kind < 56) {
        const uint8_t which = next(m);
        if (moat_graph_source(m->graph, names[which % 3], which / 3 % 3, &source, &error) !=
            MOAT_OK)
            return MOAT_NO_NODE;
        return kind < 40 ? source.uniform : source.normal;
    }
    if (kind < 64) {
        const moat_dim dims[2] = {MOAT_DIMENSIONLESS, MOAT_DIMENSIONLESS};
        const moat_node in[2] = {pick(m), pick(m)};
        moat_node out[2];
        const moat_status status =
            moat_graph_call(m->graph, &kernel, NULL, NULL, 2, in, 2, dims, out, &error);
        return status == MOAT_OK ? out[kind % 2] : MOAT_NO_NODE;
    }
    const moat_op op = (moat_op)(MOAT_NEG + kind % (MOAT_OP_COUNT - MOAT_NEG));
    const moat_node operands[3] = {pick(m), pick(m), pick(m)};
    return moat_graph_add(m->graph, op, operands, &error);
}

/* Fills the pool; returns false where the graph refused. */
static bool make(maker *m) {
    size_t number;
    moat_error error;
    moat_source source;
    for (m->count = 0; m->count < INPUTS; m->count++)
        m->pool[m->count] = moat_graph_input(m->graph, MOAT_DIMENSIONLESS, &number, &error);
    if (moat_graph_source(m->graph, "first", 0, &source, &error) != MOAT_OK)
        return false;
    m->pool[m->count++] = source.normal;
    while (m->count < NODES && m->at < m->end) {
        m->pool[m->count] = next_node(m);
        FUZZ_EXPECT(m->pool[m->count] != MOAT_NO_NODE, "no node");
        m->count++;
    }
    return true;
}

static void compare_naive(const maker *m, const moat_node *definitions, const moat_node *roots,
                          const moat_columns *columns, uint64_t seed) {
    const size_t nodes = moat_graph_size(m->graph) + 1;
    naive n = {.graph = m->graph,
               .definitions = definitions,
               .seed = seed,
               .value = malloc(nodes * sizeof(double)),
               .known = malloc(nodes * sizeof(bool))};
    for (n.sample = 0; n.sample < SAMPLES; n.sample++) {
        memset(n.known, 0, nodes * sizeof(bool));
        for (size_t r = 0; r < ROOTS; r++) {
            const double got = moat_columns_get(columns, r)[n.sample];
            const double expected = naive_value(&n, roots[r]);
            FUZZ_EXPECT(same_bits(got, expected), "root %zu, sample %d: %a, not %a", r,
                        (int)n.sample, got, expected);
        }
    }
    free(n.value);
    free(n.known);
}

static void compare(const moat_columns *a, const moat_columns *b, const char *what) {
    for (size_t r = 0; r < ROOTS; r++)
        for (size_t i = 0; i < SAMPLES; i++)
            FUZZ_EXPECT(same_bits(moat_columns_get(a, r)[i], moat_columns_get(b, r)[i]),
                        "%s: root %zu, sample %zu: %a, not %a", what, r, i,
                        moat_columns_get(b, r)[i], moat_columns_get(a, r)[i]);
}

static void compare_ways(const moat_program *program, const moat_columns *first, moat_run run) {
    static const char *const sets[] = {"baseline", "avx2", "avx512"};
    moat_error error;
    moat_columns *other;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        setenv("MOAT_ISA", sets[i], 1);
        run.block = 16u << 2 * i;
        run.threads = 1 + i % 2;
        if (moat_isa_check(NULL) == MOAT_OK) {
            FUZZ_EXPECT(moat_evaluate(program, &run, &other, &error) == MOAT_OK, "%s",
                        error.message);
            compare(first, other, sets[i]);
            moat_columns_free(other);
        }
        unsetenv("MOAT_ISA");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    moat_error error;
    moat_program *program;
    moat_columns *columns;
    moat_units *units = moat_units_new();
    moat_graph *graph = moat_graph_new(units, &error);
    maker m = {.at = data, .end = data + size, .graph = graph};
    const moat_run run = {.seed = next(&m), .samples = SAMPLES, .threads = 1, .block = 32};
    if (make(&m)) {
        const moat_node definitions[INPUTS] = {m.pool[INPUTS],
                                               moat_graph_constant(graph, 1.25, 0, &error)};
        moat_node roots[ROOTS];
        for (size_t r = 0; r < ROOTS; r++)
            roots[r] = m.pool[m.count - 1 - (r < m.count ? r : 0)];
        FUZZ_EXPECT(moat_compile(graph, definitions, ROOTS, roots, &program, &error) == MOAT_OK,
                    "%s", error.message);
        FUZZ_EXPECT(moat_evaluate(program, &run, &columns, &error) == MOAT_OK, "%s", error.message);
        compare_naive(&m, definitions, roots, columns, run.seed);
        compare_ways(program, columns, run);
        moat_columns_free(columns);
        moat_program_free(program);
    }
    moat_graph_free(graph);
    moat_units_free(units);
    return 0;
}
