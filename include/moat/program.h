/* Programs: what a graph is compiled to, and their evaluation over samples.
 *
 * A program is immutable once compiled and may be evaluated from several threads at once.
 * It borrows the graph's block-kernel contexts: free programs before their graph. */
#ifndef MOAT_PROGRAM_H
#define MOAT_PROGRAM_H

#include <stdatomic.h>
#include <stdint.h>

#include "moat/graph.h"

typedef struct moat_program moat_program;
typedef struct moat_columns moat_columns;

/* Compiles the cone of roots[0..count). definitions[i] is the node that input i stands for
 * (moat_graph_inputs(graph) of them; an input may be defined by others, not by itself in a
 * circle). Errors: MOAT_INVALID (a root is no node, an input in the cone has no definition, or
 * a circle), MOAT_NO_MEMORY. */
moat_status moat_compile(const moat_graph *graph, const moat_node *definitions, size_t count,
                         const moat_node *roots, moat_program **program, moat_error *error);
void moat_program_free(moat_program *program);

typedef struct moat_program_info {
    size_t instructions; /* per block of samples */
    size_t preamble;     /* run once: they do not vary over samples */
    size_t slots;        /* columns of one block that are alive at the same time */
    size_t draws;        /* instructions that draw */
} moat_program_info;

void moat_program_describe(const moat_program *program, moat_program_info *info);

/* True where root i varies over samples. */
bool moat_program_varies(const moat_program *program, size_t root);

/* Writes the program as text through `write` (chunks of `length` bytes). */
void moat_program_print(const moat_program *program,
                        void (*write)(void *context, const char *text, size_t length),
                        void *context);

typedef enum moat_sampling { MOAT_RANDOM, MOAT_LHS, MOAT_SOBOL } moat_sampling;

const char *moat_sampling_name(moat_sampling sampling);
/* False where the name is none of random, lhs, sobol. */
bool moat_sampling_find(const char *name, moat_sampling *sampling);

typedef struct moat_run {
    uint64_t seed;
    size_t samples; /* at least 1 */
    moat_sampling sampling;
    unsigned threads; /* 0: as many as the machine has processors */
    unsigned block;   /* samples per block, a multiple of 16; 0: chosen by the evaluator */
    /* Called now and then from the calling thread with the part done, 0..1; may be NULL. */
    void (*progress)(void *context, double part);
    void *progress_context;
    const atomic_int *cancel; /* evaluation stops soon after this becomes non-zero; may be NULL */
} moat_run;

/* Room for the results of `count` roots over `samples` samples. The memory is touched here, on
 * `threads` threads (0: as many as there are processors), so that an evaluation does not wait
 * for pages. Errors: MOAT_NO_MEMORY, MOAT_INVALID (samples is 0). */
moat_status moat_columns_new(size_t count, size_t samples, unsigned threads, moat_columns **columns,
                             moat_error *error);

/* Evaluates every root over every sample, into columns made for as many roots and samples.
 * Errors: MOAT_NO_MEMORY, MOAT_INTERRUPTED, MOAT_INVALID (samples is 0, or the sampling,
 * the block size or the shape of the columns is wrong). The bits depend on the program, seed,
 * sampling and (with LHS only) samples; not on threads, block size or processor. After an error the
 * columns hold nothing of use. */
moat_status moat_evaluate_into(const moat_program *program, const moat_run *run,
                               moat_columns *columns, moat_error *error);

/* The two in one. */
moat_status moat_evaluate(const moat_program *program, const moat_run *run, moat_columns **columns,
                          moat_error *error);
void moat_columns_free(moat_columns *columns);

size_t moat_columns_count(const moat_columns *columns);
size_t moat_columns_samples(const moat_columns *columns);
/* One root's values, a double per sample in base units, aligned to 64 bytes. A root that
 * does not vary has them all the same. */
const double *moat_columns_get(const moat_columns *columns, size_t root);

/* The instruction set in use: "baseline", "avx2" or "avx512". The environment variable
 * MOAT_ISA forces one; an unknown or unsupported one is an error from moat_evaluate and
 * moat_isa_check. */
const char *moat_isa_name(void);
moat_status moat_isa_check(moat_error *error);

#endif
