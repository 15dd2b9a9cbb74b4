/* Block kernels of the library against the same model written by hand: scalar C, lane by lane, on
 * the same columns. */
#ifndef MOAT_BENCH_MODULES_H
#define MOAT_BENCH_MODULES_H

#include <stddef.h>
#include <stdint.h>

#include "moat/graph.h"

enum { BENCH_LANES = 256, BENCH_COLUMNS = 64 };

/* What both are given and what each has made of it. */
typedef struct columns {
    double in[BENCH_COLUMNS][BENCH_LANES];
    double out[BENCH_COLUMNS][BENCH_LANES];
    double by_hand[BENCH_COLUMNS][BENCH_LANES];
    void *context;  /* of the kernel, where the comparison has none; fill() allocates it */
    uint64_t draws; /* the state of the generator */
} columns;

typedef struct comparison comparison;
struct comparison {
    const char *name;
    const moat_kernel *kernel;
    const void *context; /* or NULL */
    unsigned compared;   /* columns of out[] and by_hand[], which are to be the same */
    /* Fills in[]. Deterministic. */
    void (*fill)(const comparison *of, columns *c);
    void (*by_hand)(const comparison *of, columns *c);
};

/* In (0, 1), the same in every run. */
double bench_uniform(columns *c);
/* Fills a column of in[] with numbers between two. */
void bench_fill(columns *c, unsigned column, double low, double high);

/* The comparisons of a module; each array ends with a NULL name. */
extern const comparison bench_waterfalls[];
extern const comparison bench_rounds[];
extern const comparison bench_tiers[];

#endif
