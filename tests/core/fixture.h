/* What most tests of this folder start from: an empty graph and its units, new for each test that
 * names start and stop as its .init and .fini, and short ways to fill and evaluate it. Whatever
 * fails in here fails the running test; nodes belong to the graph, programs and columns to the
 * caller. */
#ifndef MOAT_TEST_FIXTURE_H
#define MOAT_TEST_FIXTURE_H

#include "moat/program.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

extern moat_units *units;
extern moat_graph *graph;
extern moat_error error;

void start(void);
void stop(void);

moat_dim dim(const char *unit);
moat_node number(double value);
/* `value` is in base units. */
moat_node quantity(double value, const char *unit);
moat_node input(const char *unit);
moat_source source(const char *name, uint32_t period);

moat_program *compile(const moat_node *definitions, size_t count, const moat_node *roots);
moat_columns *evaluate(const moat_program *program, moat_run run);
/* Both, with nothing left of the program. */
moat_columns *compute(const moat_node *definitions, size_t count, const moat_node *roots,
                      moat_run run);

/* Numbers below 2^31 that look random. */
uint32_t lcg_next(uint64_t *state);

#endif
