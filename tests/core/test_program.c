/* Compiling and evaluating: against the naive reference on random graphs, and the same bits
 * whatever the instruction set, the number of threads, the block size. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "naive.h"

static uint64_t state;

TestSuite(program, .init = start, .fini = stop);

static uint32_t pick(size_t count) {
    return (uint32_t)(lcg_next(&state) % count);
}

/* Two outputs: the sum and the larger difference of two inputs. */
static void sum_and_gap(const void *context, const double *const *in, double *const *out,
                        size_t lanes) {
    (void)context;
    for (size_t i = 0; i < lanes; i++) {
        out[0][i] = in[0][i] + in[1][i];
        out[1][i] = fabs(in[0][i] - in[1][i]);
    }
}

static const moat_kernel pair_kernel = {"sum_and_gap", sum_and_gap};

enum { NODES = 300, ROOTS = 12, INPUTS = 3 };

static moat_node random_node(const moat_node *pool, size_t count) {
    static const char *const names[] = {"alpha", "beta", "gamma"};
    const uint32_t kind = pick(20);
    if (kind == 0)
        return number((double)pick(2000) / 100 - 10);
    if (kind == 1)
        return source(names[pick(3)], pick(4)).uniform;
    if (kind == 2)
        return source(names[pick(3)], pick(4)).normal;
    if (kind == 3) {
        const moat_dim dims[2] = {0, 0};
        moat_node in[2] = {pool[pick(count)], pool[pick(count)]}, out[2];
        moat_graph_call(graph, &pair_kernel, NULL, NULL, 2, in, 2, dims, out, &error);
        return out[pick(2)];
    }
    moat_node operands[3] = {pool[pick(count)], pool[pick(count)], pool[pick(count)]};
    return moat_graph_add(graph, (moat_op)(MOAT_NEG + pick(MOAT_OP_COUNT - MOAT_NEG)), operands,
                          &error);
}

/* A random graph: `definitions` of three inputs (one constant, one drawn, one derived) and
 * roots from all over. */
static void random_graph(moat_node definitions[INPUTS], moat_node roots[ROOTS]) {
    moat_node pool[NODES];
    for (size_t i = 0; i < INPUTS; i++)
        pool[i] = input("1");
    pool[INPUTS] = source("start", 0).normal;
    for (size_t i = INPUTS + 1; i < NODES; i++) {
        pool[i] = random_node(pool, i);
        cr_assert(pool[i], "%s", error.message);
    }
    definitions[0] = number(1.25);
    definitions[1] = source("input", 0).normal;
    definitions[2] = moat_graph_binary(graph, MOAT_ADD, pool[0], definitions[1], &error);
    for (size_t i = 0; i < ROOTS; i++)
        roots[i] = pool[i < 3 ? i : pick(NODES)];
}

static void compare_with_naive(const moat_columns *columns, const moat_node *definitions,
                               const moat_node *roots, uint64_t seed, size_t samples) {
    const size_t nodes = moat_graph_size(graph) + 1;
    naive n = {.graph = graph,
               .definitions = definitions,
               .seed = seed,
               .value = malloc(nodes * sizeof(double)),
               .known = malloc(nodes * sizeof(bool))};
    for (n.sample = 0; n.sample < samples; n.sample++) {
        memset(n.known, 0, nodes * sizeof(bool));
        for (size_t r = 0; r < ROOTS; r++) {
            const double got = moat_columns_get(columns, r)[n.sample];
            const double expected = naive_value(&n, roots[r]);
            cr_assert(same_bits(got, expected), "seed %d root %zu sample %d: %.17g, not %.17g",
                      (int)seed, r, (int)n.sample, got, expected);
        }
    }
    free(n.value);
    free(n.known);
}

Test(program, random_graphs_equal_the_naive_evaluation) {
    for (uint64_t seed = 1; seed <= 150; seed++) {
        moat_node definitions[INPUTS], roots[ROOTS];
        const size_t samples = 1 + pick(70);
        stop();
        start();
        state = seed;
        random_graph(definitions, roots);
        moat_program *program = compile(definitions, ROOTS, roots);
        moat_columns *columns = evaluate(
            program, (moat_run){.seed = seed, .samples = samples, .threads = 1, .block = 32});
        compare_with_naive(columns, definitions, roots, seed, samples);
        moat_columns_free(columns);
        moat_program_free(program);
    }
}

static void assert_same(const moat_columns *a, const moat_columns *b, const char *what) {
    const size_t samples = moat_columns_samples(a);
    for (size_t r = 0; r < moat_columns_count(a); r++) {
        for (size_t i = 0; i < samples; i++) {
            const double x = moat_columns_get(a, r)[i], y = moat_columns_get(b, r)[i];
            cr_assert(same_bits(x, y), "%s: root %zu sample %zu: %.17g, not %.17g", what, r, i, y,
                      x);
        }
    }
}

Test(program, bits_do_not_depend_on_threads_blocks_or_processor) {
    static const char *const sets[] = {"baseline", "avx2", "avx512"};
    for (moat_sampling sampling = MOAT_RANDOM; sampling <= MOAT_SOBOL; sampling++) {
        moat_node definitions[INPUTS], roots[ROOTS];
        const moat_run plain = {.seed = 5, .samples = 5003, .sampling = sampling, .threads = 1};
        state = 77 + (uint64_t)sampling;
        stop();
        start();
        random_graph(definitions, roots);
        moat_program *program = compile(definitions, ROOTS, roots);
        moat_columns *first = evaluate(program, plain), *other;
        for (unsigned threads = 1; threads <= 7; threads += threads == 3 ? 4 : 1) {
            for (unsigned block = 16; block <= 1024; block *= 4) {
                moat_run run = plain;
                run.threads = threads;
                run.block = block;
                other = evaluate(program, run);
                assert_same(first, other, "threads and blocks");
                moat_columns_free(other);
            }
        }
        for (size_t i = 0; i < 3; i++) {
            setenv("MOAT_ISA", sets[i], 1);
            if (moat_isa_check(NULL) == MOAT_OK) {
                other = evaluate(program, plain);
                assert_same(first, other, sets[i]);
                moat_columns_free(other);
            }
            unsetenv("MOAT_ISA");
        }
        moat_columns_free(first);
        moat_program_free(program);
    }
}

Test(program, a_sample_does_not_depend_on_how_many_there_are) {
    const moat_sampling independent[] = {MOAT_RANDOM, MOAT_SOBOL};
    moat_node roots[] = {source("a", 0).normal, source("b", 3).uniform};
    moat_program *program = compile(NULL, 2, roots);
    for (size_t k = 0; k < 2; k++) {
        moat_run run = {.seed = 9, .samples = 40, .sampling = independent[k]};
        moat_columns *few = evaluate(program, run);
        run.samples = 4000;
        moat_columns *many = evaluate(program, run);
        for (size_t r = 0; r < 2; r++) {
            cr_assert_arr_eq(moat_columns_get(few, r), moat_columns_get(many, r),
                             40 * sizeof(double));
        }
        moat_columns_free(few);
        moat_columns_free(many);
    }
    moat_program_free(program);
}

Test(program, draws_do_not_move_when_others_are_added) {
    moat_node alone[] = {source("price", 2).normal};
    moat_program *first = compile(NULL, 1, alone);
    moat_node crowd[] = {source("new", 0).normal, alone[0], source("price", 3).normal};
    moat_program *second = compile(NULL, 3, crowd);
    moat_run run = {.seed = 1, .samples = 500};
    moat_columns *a = evaluate(first, run), *b = evaluate(second, run);
    cr_assert_arr_eq(moat_columns_get(a, 0), moat_columns_get(b, 1), 500 * sizeof(double));
    for (size_t other = 0; other <= 2; other += 2)
        cr_assert_neq(moat_columns_get(b, other)[0], moat_columns_get(b, 1)[0]);
    run.seed = 2;
    moat_columns *reseeded = evaluate(first, run);
    cr_assert_neq(moat_columns_get(a, 0)[0], moat_columns_get(reseeded, 0)[0]);
    moat_columns_free(a);
    moat_columns_free(b);
    moat_columns_free(reseeded);
    moat_program_free(first);
    moat_program_free(second);
}

Test(program, what_does_not_vary_runs_once) {
    moat_node x = input("1"), three = number(3);
    moat_node fixed = moat_graph_unary(graph, MOAT_EXP, x, &error);
    moat_node drawn = source("a", 0).normal;
    moat_node roots[] = {fixed, moat_graph_binary(graph, MOAT_MUL, fixed, drawn, &error), x};
    moat_program *program = compile(&three, 3, roots);
    moat_program_info info;
    moat_program_describe(program, &info);
    cr_assert_eq(info.preamble, 1);
    cr_assert_eq(info.draws, 1);
    cr_assert_not(moat_program_varies(program, 0));
    cr_assert(moat_program_varies(program, 1));
    moat_columns *columns = evaluate(program, (moat_run){.seed = 1, .samples = 100});
    cr_assert_eq(moat_columns_get(columns, 0)[99], naive_operation(MOAT_EXP, 3, 0, 0));
    cr_assert_eq(moat_columns_get(columns, 2)[50], 3);
    moat_columns_free(columns);
    moat_program_free(program);
    /* The same graph with another definition: the input now varies. */
    program = compile(&drawn, 3, roots);
    moat_program_describe(program, &info);
    cr_assert_eq(info.preamble, 0);
    cr_assert(moat_program_varies(program, 0));
    moat_program_free(program);
}

Test(program, slots_are_reused) {
    moat_node chain = source("a", 0).normal;
    for (int i = 1; i <= 1000; i++) {
        chain = moat_graph_binary(graph, MOAT_ADD, chain, source("b", (uint32_t)i).normal, &error);
        cr_assert(chain);
    }
    moat_program *program = compile(NULL, 1, &chain);
    moat_program_info info;
    moat_program_describe(program, &info);
    cr_assert_leq(info.slots, 3, "%zu slots", info.slots);
    moat_program_free(program);
}

Test(program, errors) {
    moat_node a = input("1"), b = input("1");
    moat_program *program = NULL;
    moat_columns *columns = NULL;
    const moat_node none[2] = {MOAT_NO_NODE, MOAT_NO_NODE}, circle[2] = {b, a};
    cr_assert_eq(moat_compile(graph, none, 1, &a, &program, &error), MOAT_INVALID);
    cr_assert(strstr(error.message, "input 0 has no definition"), "%s", error.message);
    cr_assert_eq(moat_compile(graph, circle, 1, &a, &program, &error), MOAT_INVALID);
    cr_assert(strstr(error.message, "in terms of itself"), "%s", error.message);

    moat_node one = source("x", 0).normal;
    program = compile(NULL, 1, &one);
    cr_assert_eq(moat_evaluate(program, &(moat_run){.samples = 0}, &columns, &error), MOAT_INVALID);
    cr_assert_eq(moat_evaluate(program, &(moat_run){.samples = 9, .block = 100}, &columns, &error),
                 MOAT_INVALID);
    cr_assert_eq(moat_evaluate(program, &(moat_run){.samples = (size_t)1 << 60}, &columns, &error),
                 MOAT_NO_MEMORY);
    cr_assert_eq(moat_evaluate(program, &(moat_run){.samples = 9, .sampling = (moat_sampling)7},
                               &columns, &error),
                 MOAT_INVALID);
    atomic_int cancel = 1;
    cr_assert_eq(
        moat_evaluate(program, &(moat_run){.samples = 9, .cancel = &cancel}, &columns, &error),
        MOAT_INTERRUPTED);
    setenv("MOAT_ISA", "abacus", 1);
    cr_assert_eq(moat_evaluate(program, &(moat_run){.samples = 9}, &columns, &error), MOAT_INVALID);
    cr_assert(strstr(error.message, "abacus"), "%s", error.message);
    unsetenv("MOAT_ISA");
    moat_program_free(program);
}

static void append(void *context, const char *text, size_t length) {
    strncat(context, text, length);
}

Test(program, disassembly) {
    char text[512] = "";
    moat_node x = input("1"), two = number(2);
    moat_node fixed = moat_graph_unary(graph, MOAT_EXP, x, &error);
    moat_node root = moat_graph_binary(graph, MOAT_MUL, source("a", 5).uniform, fixed, &error);
    moat_program *program = compile(&two, 1, &root);
    moat_program_print(program, append, text);
    const char *place = strstr(text, "each block:\nuniform ");
    cr_assert(strncmp(text, "exp 2 -> u1\n", 12) == 0, "%s", text);
    cr_assert(place && strstr(place, " 5 -> s0\nmul s0 u1 -> s1\nstore 0 s1\n"), "%s", text);
    moat_program_free(program);
}
