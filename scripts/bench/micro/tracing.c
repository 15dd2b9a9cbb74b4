/* What a node costs: recorded by a script, by C, and compiled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "moat/lua.h"

/* --- Scripts. */

/* Runs a script in a new state; returns how many nodes it has made. */
static size_t trace(const char *text) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_lua *lua = model != NULL ? moat_lua_new(model, NULL, &error) : NULL;
    if (lua == NULL)
        bench_fail(error.message);
    bench_check(moat_lua_run_text(lua, text, strlen(text), "bench", &error), &error);
    const size_t nodes = moat_graph_size(moat_model_graph(model));
    moat_lua_free(lua);
    moat_model_free(model);
    return nodes;
}

static void run_script(void *context) {
    trace(context);
}

static void add_script(bench *suite, const char *name, const char *text, size_t base) {
    bench_case added = {.group = "tracing",
                        .per = "node",
                        .count = (double)trace(text),
                        .base = base,
                        .run = run_script,
                        .context = (void *)text};
    snprintf(added.name, sizeof added.name, "%s", name);
    bench_add(suite, &added);
}

static const char arithmetic[] = "local x = assume('x', '1 to 2 $bn')\n"
                                 "local y = x\n"
                                 "for _ = 1, 5000 do y = y * 0.5 + x end\n"
                                 "output('y', y)\n";

static const char loop[] = "horizon { periods = 2000, step = 'month' }\n"
                           "local a = assume { income = '1 to 2 $bn/yr', growth = '1 to 5 %' }\n"
                           "local cash = series('$bn', { [0] = '30 $bn' })\n"
                           "local income = series('$bn/yr', { [0] = a.income })\n"
                           "for t in periods() do\n"
                           "  income[t] = income[t - 1] * (1 + a.growth)\n"
                           "  cash[t] = max(cash[t - 1] + (income[t] - '1 $bn/yr') * dt, 0)\n"
                           "end\n"
                           "output('cash', cash)\n";

/* --- From C. */

enum { CHAIN = 10000 };

static moat_node record_chain(moat_graph *graph) {
    moat_error error;
    moat_source source;
    bench_check(moat_graph_source(graph, "chain", 0, &source, &error), &error);
    moat_node node = source.normal;
    for (size_t i = 0; i < CHAIN / 2; i++) {
        node = moat_graph_binary(graph, MOAT_MUL, node, source.uniform, &error);
        node = moat_graph_binary(graph, MOAT_ADD, bench_node(node, &error), source.normal, &error);
        bench_node(node, &error);
    }
    return node;
}

static void record(void *context) {
    (void)context;
    moat_error error;
    moat_units *units = moat_units_new();
    moat_graph *graph = units != NULL ? moat_graph_new(units, &error) : NULL;
    if (graph == NULL)
        bench_fail("out of memory");
    record_chain(graph);
    moat_graph_free(graph);
    moat_units_free(units);
}

typedef struct chain {
    moat_graph *graph;
    moat_node root;
} chain;

static void compile(void *context) {
    moat_error error;
    const chain *c = context;
    moat_program *program;
    bench_check(moat_compile(c->graph, NULL, 1, &c->root, &program, &error), &error);
    moat_program_free(program);
}

static void add_chain(bench *suite, const char *group, const char *name, void (*run)(void *),
                      chain *context) {
    bench_case added = {.group = group,
                        .per = "node",
                        .count = CHAIN,
                        .base = BENCH_NO_BASE,
                        .run = run,
                        .context = context,
                        .release = context != NULL ? free : NULL};
    snprintf(added.name, sizeof added.name, "%s", name);
    bench_add(suite, &added);
}

void bench_add_tracing(bench *suite) {
    static const char nothing[] = "";
    const bench_case start = {.group = "start of a state",
                              .name = "model, Lua, sandbox",
                              .per = "state",
                              .count = 1,
                              .base = BENCH_NO_BASE,
                              .run = run_script,
                              .context = (void *)nothing};
    const size_t base = bench_add(suite, &start);
    add_script(suite, "arithmetic with units", arithmetic, base);
    add_script(suite, "loop over two series", loop, base);
    add_chain(suite, "tracing", "from C", record, NULL);
    chain *context = bench_allocate(sizeof *context);
    *context = (chain){bench_graph(suite), record_chain(bench_graph(suite))};
    add_chain(suite, "compiling", "a chain of operations", compile, context);
}
