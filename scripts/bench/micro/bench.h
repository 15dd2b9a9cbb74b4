/* Micro-benchmarks: what one lane, draw, value, call or node costs.
 *
 * A suite is a list of cases. All of them are run once per round, in turn, so that a slow spell
 * of the machine strikes every one, and rounds are repeated. A case may have a base, another
 * case that does the same but for what is measured: its time is taken off, round by round.
 *
 * Whatever fails here ends the program with a message. */
#ifndef MOAT_BENCH_H
#define MOAT_BENCH_H

#include <stdbool.h>

#include "moat/moat.h"

typedef struct bench bench;

enum { BENCH_NAME = 48 };
#define BENCH_NO_BASE SIZE_MAX

typedef struct bench_case {
    const char *group; /* "operation" */
    char name[BENCH_NAME];
    const char *per; /* what `count` counts: "lane" */
    double count;    /* of them in one run */
    size_t base;     /* a case added before, or BENCH_NO_BASE */
    void (*run)(void *context);
    void *context;
    void (*release)(void *context); /* may be NULL */
} bench_case;

bench *bench_new(void);
void bench_free(bench *suite);
/* Takes the context over; returns the case's number. Cases without a group are measured as bases
 * and not reported. */
size_t bench_add(bench *suite, const bench_case *added);
/* The graph that cases share. */
moat_graph *bench_graph(bench *suite);

void bench_run(bench *suite, unsigned rounds);
void bench_print_table(const bench *suite);
void bench_print_json(const bench *suite);

/* --- Help for cases. */

_Noreturn void bench_fail(const char *why);
void *bench_allocate(size_t bytes);
void bench_check(moat_status status, const moat_error *error);
moat_node bench_node(moat_node node, const moat_error *error);

/* Adds a case that evaluates `root` over a few blocks on one thread. `described` lacks run, context
 * and release, and counts once per sample. */
enum { BENCH_SAMPLES = 1024 };
size_t bench_add_evaluation(bench *suite, const bench_case *described, moat_node root,
                            moat_sampling sampling);
/* A block kernel that reads nothing: it keeps nodes[0 .. count) in the program, and `after`
 * where that is a node, at next to no time. */
moat_node bench_consume(bench *suite, size_t count, const moat_node *nodes, moat_node after);
/* Draws of the number `index`, different from those of all others. */
moat_source bench_source(bench *suite, size_t index);

/* --- The cases, a file each. */

void bench_add_operations(bench *suite);
void bench_add_draws(bench *suite);
void bench_add_summaries(bench *suite);
void bench_add_tracing(bench *suite);

#endif
