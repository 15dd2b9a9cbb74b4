/* moat_bench [--json] [--rounds N]: prints what the parts of Moat cost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { ROUNDS = 25, MOST_ROUNDS = 100000 };

typedef struct options {
    bool json;
    unsigned rounds;
} options;

static unsigned read_rounds(const char *text) {
    char *end;
    const long rounds = strtol(text, &end, 10);
    if (*end != '\0' || rounds < 1 || rounds > MOST_ROUNDS)
        bench_fail("--rounds needs a number from 1 to 100000");
    return (unsigned)rounds;
}

static options read_options(int argc, char **argv) {
    options read = {.rounds = ROUNDS};
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0)
            read.json = true;
        else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            read.rounds = read_rounds(argv[++i]);
        else
            bench_fail("usage: moat_bench [--json] [--rounds N]");
    return read;
}

int main(int argc, char **argv) {
    const options wanted = read_options(argc, argv);
    bench *suite = bench_new();
    bench_add_operations(suite);
    bench_add_draws(suite);
    bench_add_summaries(suite);
    bench_add_tracing(suite);
    bench_run(suite, wanted.rounds);
    if (wanted.json)
        bench_print_json(suite);
    else
        bench_print_table(suite);
    bench_free(suite);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
