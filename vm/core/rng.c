/* Keys from names, and Philox for one counter; the block kernels have their own for whole
 * vectors. */
#include "rng.h"

#include "mix.h"

/* FNV-1a. It mixes short names poorly, which the key makes up for. */
uint64_t moati_name_hash(const char *name) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *c = name; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    return hash;
}

/* A bijection of either argument for any value of the other: two names under one seed, or
 * one name under two seeds, share a key only where their hashes are equal. */
uint64_t moati_stream_key(uint64_t seed, uint64_t name_hash) {
    return moati_mix64(moati_mix64(seed + MOATI_GOLDEN) ^ name_hash);
}

void moati_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)c0 * UINT32_C(0xd2511f53);
        uint64_t p1 = (uint64_t)c2 * UINT32_C(0xcd9e8d57);
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        k0 += UINT32_C(0x9e3779b9);
        k1 += UINT32_C(0xbb67ae85);
    }
    output[0] = c0;
    output[1] = c1;
    output[2] = c2;
    output[3] = c3;
}
