/* The list of cases: measuring and reporting. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

typedef struct row {
    bench_case is;
    double *ns; /* one per round, of the whole run */
} row;

struct bench {
    moat_units *units;
    moat_graph *graph;
    row *rows;
    size_t count, capacity;
    unsigned rounds;
};

_Noreturn void bench_fail(const char *why) {
    fprintf(stderr, "moat_bench: %s\n", why);
    exit(1);
}

void *bench_allocate(size_t bytes) {
    void *memory = calloc(1, bytes);
    if (memory == NULL)
        bench_fail("out of memory");
    return memory;
}

void bench_check(moat_status status, const moat_error *error) {
    if (status != MOAT_OK)
        bench_fail(error->message);
}

moat_node bench_node(moat_node node, const moat_error *error) {
    if (node == MOAT_NO_NODE)
        bench_fail(error->message);
    return node;
}

bench *bench_new(void) {
    moat_error error;
    bench *suite = bench_allocate(sizeof *suite);
    suite->units = moat_units_new();
    if (suite->units == NULL)
        bench_fail("out of memory");
    suite->graph = moat_graph_new(suite->units, &error);
    if (suite->graph == NULL)
        bench_fail(error.message);
    return suite;
}

void bench_free(bench *suite) {
    for (size_t i = 0; i < suite->count; i++) {
        const bench_case *c = &suite->rows[i].is;
        if (c->release != NULL)
            c->release(c->context);
        free(suite->rows[i].ns);
    }
    free(suite->rows);
    moat_graph_free(suite->graph);
    moat_units_free(suite->units);
    free(suite);
}

moat_graph *bench_graph(bench *suite) {
    return suite->graph;
}

size_t bench_add(bench *suite, const bench_case *added) {
    if (suite->count == suite->capacity) {
        suite->capacity = 2 * suite->capacity + 64;
        row *rows = realloc(suite->rows, suite->capacity * sizeof *rows);
        if (rows == NULL)
            bench_fail("out of memory");
        suite->rows = rows;
    }
    suite->rows[suite->count] = (row){.is = *added};
    return suite->count++;
}

/* --- Measuring. */

static double now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* The first round warms caches and is not kept. */
void bench_run(bench *suite, unsigned rounds) {
    suite->rounds = rounds;
    for (size_t i = 0; i < suite->count; i++)
        suite->rows[i].ns = bench_allocate((rounds + 1) * sizeof(double));
    for (unsigned round = 0; round <= rounds; round++) {
        for (size_t i = 0; i < suite->count; i++) {
            const bench_case *c = &suite->rows[i].is;
            const double start = now_ns();
            c->run(c->context);
            suite->rows[i].ns[round] = now_ns() - start;
        }
    }
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Nanoseconds for one of what a case counts. */
typedef struct figure {
    double median, least;
} figure;

static figure figure_of(const bench *suite, const row *r) {
    const double *base = r->is.base != BENCH_NO_BASE ? suite->rows[r->is.base].ns : NULL;
    double *each = bench_allocate(suite->rounds * sizeof *each);
    double least = INFINITY, least_base = base != NULL ? INFINITY : 0;
    for (unsigned i = 0; i < suite->rounds; i++) {
        const double whole = r->ns[i + 1], off = base != NULL ? base[i + 1] : 0;
        each[i] = whole - off;
        least = whole < least ? whole : least;
        least_base = off < least_base ? off : least_base;
    }
    qsort(each, suite->rounds, sizeof *each, ascending);
    const double middle = (each[(suite->rounds - 1) / 2] + each[suite->rounds / 2]) / 2;
    free(each);
    return (figure){middle / r->is.count, (least - least_base) / r->is.count};
}

/* --- Reporting. */

static int digits(double ns) {
    return ns < 10 ? 3 : ns < 1000 ? 1 : 0;
}

void bench_print_table(const bench *suite) {
    const char *group = "";
    printf("instruction set %s; nanoseconds, median and least of %u rounds\n", moat_isa_name(),
           suite->rounds);
    for (size_t i = 0; i < suite->count; i++) {
        const bench_case *c = &suite->rows[i].is;
        if (c->group == NULL)
            continue;
        if (strcmp(group, c->group) != 0)
            printf("\n%-36s %10s %10s\n", c->group, "median", "least");
        group = c->group;
        const figure f = figure_of(suite, &suite->rows[i]);
        printf("  %-34s %10.*f %10.*f  a %s\n", c->name, digits(f.median), f.median,
               digits(f.median), f.least, c->per);
    }
}

void bench_print_json(const bench *suite) {
    const char *separator = "";
    printf("{ \"isa\": \"%s\", \"rounds\": %u, \"unit\": \"ns\", \"figures\": [", moat_isa_name(),
           suite->rounds);
    for (size_t i = 0; i < suite->count; i++) {
        const bench_case *c = &suite->rows[i].is;
        if (c->group == NULL)
            continue;
        const figure f = figure_of(suite, &suite->rows[i]);
        printf("%s\n  { \"group\": \"%s\", \"name\": \"%s\", \"per\": \"%s\", \"median\": %.4g, "
               "\"least\": %.4g }",
               separator, c->group, c->name, c->per, f.median, f.least);
        separator = ",";
    }
    printf("\n] }\n");
}
