/* The mixing function of hashes, keys and digests. */
#ifndef MOATI_MIX_H
#define MOATI_MIX_H

#include <stdint.h>

/* 2^64 over the golden ratio: its multiples are spread evenly. */
#define MOATI_GOLDEN UINT64_C(0x9e3779b97f4a7c15)

/* A bijection of 64-bit words in which every bit of the result depends on every bit of x
 * (Stafford's variant 13 of the MurmurHash3 finaliser). */
static inline uint64_t moati_mix64(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

#endif
