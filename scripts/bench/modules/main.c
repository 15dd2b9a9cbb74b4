/* moat_bench_modules [ROUNDS]: nanoseconds per sample of the library's kernels and of the same
 * models in scalar C, the least of so many rounds; fails where the two do not agree. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "modules.h"

enum { ROUNDS = 50, MOST_ROUNDS = 100000, BLOCKS = 200 /* of a round */ };

double bench_uniform(columns *c) {
    c->draws = c->draws * 6364136223846793005U + 1442695040888963407U;
    return ((double)(c->draws >> 12) + 0.5) * 0x1p-52;
}

void bench_fill(columns *c, unsigned column, double low, double high) {
    for (size_t i = 0; i < BENCH_LANES; i++)
        c->in[column][i] = low + (high - low) * bench_uniform(c);
}

static double now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void run_kernel(const comparison *of, columns *c) {
    const double *in[BENCH_COLUMNS];
    double *out[BENCH_COLUMNS];
    for (unsigned i = 0; i < BENCH_COLUMNS; i++) {
        in[i] = c->in[i];
        out[i] = c->out[i];
    }
    of->kernel->run(of->context != NULL ? of->context : c->context, in, out, BENCH_LANES);
}

/* The largest difference, as a part of the larger of a column's numbers. */
static double disagreement(const comparison *of, const columns *c) {
    double most = 0;
    for (unsigned k = 0; k < of->compared; k++) {
        double size = 0, difference = 0;
        for (size_t i = 0; i < BENCH_LANES; i++) {
            size = fmax(size, fabs(c->by_hand[k][i]));
            difference = fmax(difference, fabs(c->out[k][i] - c->by_hand[k][i]));
            if (isnan(c->out[k][i]))
                return INFINITY;
        }
        most = fmax(most, size > 0 ? difference / size : difference);
    }
    return most;
}

typedef struct times {
    double kernel, by_hand; /* nanoseconds per sample */
} times;

static times measure(const comparison *of, columns *c, unsigned rounds) {
    times least = {INFINITY, INFINITY};
    for (unsigned round = 0; round < rounds; round++) {
        const double start = now_ns();
        for (unsigned i = 0; i < BLOCKS; i++)
            run_kernel(of, c);
        const double middle = now_ns();
        for (unsigned i = 0; i < BLOCKS; i++)
            of->by_hand(of, c);
        const double end = now_ns();
        least.kernel = fmin(least.kernel, (middle - start) / (BLOCKS * BENCH_LANES));
        least.by_hand = fmin(least.by_hand, (end - middle) / (BLOCKS * BENCH_LANES));
    }
    return least;
}

/* False where the two disagree. */
static bool compare(const comparison *of, columns *c, unsigned rounds) {
    of->fill(of, c);
    run_kernel(of, c);
    of->by_hand(of, c);
    const double off = disagreement(of, c);
    const bool agree = off <= 1e-9;
    if (!agree)
        fprintf(stderr, "moat_bench_modules: %s: the two differ by %.3g of their size\n", of->name,
                off);
    const times t = measure(of, c, rounds);
    printf("%-44s %9.1f %9.1f %9.2f\n", of->name, t.kernel, t.by_hand, t.kernel / t.by_hand);
    free(c->context);
    c->context = NULL;
    return agree;
}

static bool compare_all(columns *c, unsigned rounds) {
    const comparison *const modules[] = {bench_tiers, bench_rounds, bench_waterfalls};
    bool agree = true;
    printf("%-44s %9s %9s %9s\n", "nanoseconds per sample", "kernel", "C", "ratio");
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        for (const comparison *of = modules[i]; of->name != NULL; of++)
            agree = compare(of, c, rounds) && agree;
    return agree;
}

int main(int argc, char **argv) {
    char *end = "";
    const long rounds = argc > 1 ? strtol(argv[1], &end, 10) : ROUNDS;
    if (argc > 2 || *end != '\0' || rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: moat_bench_modules [ROUNDS]\n");
        return 2;
    }
    columns *c = calloc(1, sizeof *c);
    if (c == NULL) {
        fprintf(stderr, "moat_bench_modules: out of memory\n");
        return EXIT_FAILURE;
    }
    const bool agree = compare_all(c, (unsigned)rounds);
    free(c);
    return agree && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
