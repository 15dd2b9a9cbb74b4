/* Addressed draws. A uniform draw is a function of (seed, name, sample, period):
 *
 *   key      64 bits mixed from the seed and the hash of the name
 *   counter  (p mod 2^32, p / 2^32, period, 0), where the pair number p and the half h come
 *            from the sample: samples come in groups of 16; lane j of group g uses half
 *            j / 8 of the 128 bits of pair 8 g + j mod 8. So every bit of each call is used
 *            and the lanes of a group fill vectors of any width.
 *   value    (k + 1/2) / 2^52 with k the upper 52 bits of the half: never 0 or 1, and
 *            symmetric about 1/2.
 *
 * The generator is Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC11). */
#ifndef MOATI_RNG_H
#define MOATI_RNG_H

#include <stddef.h>
#include <stdint.h>

#include "moat/program.h"

/* A name's part of the key. */
uint64_t moati_name_hash(const char *name);
/* The key of a name's draws under a seed. */
uint64_t moati_stream_key(uint64_t seed, uint64_t name_hash);

void moati_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]);

/* What one drawing instruction needs to know. */
typedef struct moati_stream {
    uint64_t key;
    uint32_t period;
    uint64_t samples; /* of the whole run; only Latin hypercube looks at it */
} moati_stream;

/* Uniform draws of samples first .. first + lanes - 1; first and lanes are multiples of 16.
 * Latin hypercube: sample i falls in stratum permutation(i) of `samples` equal ones; samples
 * past the last are drawn at random. Sobol: a digital sequence whose direction numbers are
 * drawn from the key, with nested scrambling, so that a dimension depends on its own
 * address alone. */
void moati_uniform_random(double *out, const moati_stream *stream, uint64_t first, size_t lanes);
void moati_uniform_lhs(double *out, const moati_stream *stream, uint64_t first, size_t lanes);
void moati_uniform_sobol(double *out, const moati_stream *stream, uint64_t first, size_t lanes);

/* (k + 1/2) / 2^52 from the upper 52 bits of a word. */
static inline double moati_unit_interval(uint64_t word) {
    return ((double)(word >> 12) + 0.5) * 0x1p-52;
}

#endif
