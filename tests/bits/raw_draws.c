/* Writes uniform draws to standard output without end, 32 bits of each: what dieharder.sh feeds to
 * a battery of tests.
 *
 *   raw_draws samples    of one name, one sample after the other
 *   raw_draws periods    of one sample, one period after the other, 16 samples at a time
 *   raw_draws names      of the first samples of names x1, x2, ...
 *   raw_draws seeds      of the first samples under seeds 0, 1, ... */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "rng.h"

enum { GROUP = 16, BLOCK = 4096 };

typedef void fill(double *draws, uint64_t block);

static uint64_t key_of(uint64_t seed, const char *name) {
    return moati_stream_key(seed, moati_name_hash(name));
}

static void fill_samples(double *draws, uint64_t block) {
    const moati_stream stream = {key_of(1, "x"), 0, 1};
    moati_uniform_random(draws, &stream, block * BLOCK, BLOCK);
}

static void fill_periods(double *draws, uint64_t block) {
    for (size_t i = 0; i < BLOCK; i += GROUP) {
        const moati_stream stream = {key_of(1, "x"),
                                     (uint32_t)(block * (BLOCK / GROUP) + i / GROUP), 1};
        moati_uniform_random(draws + i, &stream, 0, GROUP);
    }
}

static void fill_names(double *draws, uint64_t block) {
    for (size_t i = 0; i < BLOCK; i += GROUP) {
        char name[32];
        snprintf(name, sizeof name, "x%llu",
                 (unsigned long long)(block * (BLOCK / GROUP) + i / GROUP));
        const moati_stream stream = {key_of(1, name), 0, 1};
        moati_uniform_random(draws + i, &stream, 0, GROUP);
    }
}

static void fill_seeds(double *draws, uint64_t block) {
    for (size_t i = 0; i < BLOCK; i += GROUP) {
        const moati_stream stream = {key_of(block * (BLOCK / GROUP) + i / GROUP, "x"), 0, 1};
        moati_uniform_random(draws + i, &stream, 0, GROUP);
    }
}

static const struct {
    const char *name;
    fill *fill;
} ways[] = {{"samples", fill_samples},
            {"periods", fill_periods},
            {"names", fill_names},
            {"seeds", fill_seeds}};

static fill *find_way(const char *name) {
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0)
            return ways[i].fill;
    return NULL;
}

int main(int argc, char **argv) {
    static double draws[BLOCK];
    static uint32_t words[BLOCK];
    fill *fill_block = argc == 2 ? find_way(argv[1]) : NULL;
    if (fill_block == NULL) {
        fprintf(stderr, "usage: raw_draws samples | periods | names | seeds\n");
        return 2;
    }
    for (uint64_t block = 0;; block++) {
        fill_block(draws, block);
        for (size_t i = 0; i < BLOCK; i++)
            words[i] = (uint32_t)(draws[i] * 0x1p32);
        if (fwrite(words, sizeof *words, BLOCK, stdout) != BLOCK)
            return 0; /* nobody reads on */
    }
}
