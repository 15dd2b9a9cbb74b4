/* How samples fill (0, 1): at random, by Latin hypercube, by a scrambled Sobol sequence.
 *
 * Every scheme is a function of the address alone, so that any block of samples can be drawn
 * on any thread. The structured ones start from the random draws of the same address and
 * replace their leading digits. */
#include "mix.h"
#include "rng.h"

/* The fourth word of the counter keeps what the draws, the permutation and the direction
 * numbers take from one key apart. */
typedef enum purpose { PURPOSE_DRAW = 0, PURPOSE_PERMUTATION = 1, PURPOSE_SOBOL = 2 } purpose;

enum { GROUP = 16, PAIRS = GROUP / 2 };

static void generate(const moati_stream *stream, uint64_t index, purpose use, uint32_t output[4]) {
    uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), stream->period, (uint32_t)use};
    uint32_t key[2] = {(uint32_t)stream->key, (uint32_t)(stream->key >> 32)};
    moati_philox(counter, key, output);
}

static uint64_t join(uint32_t low, uint32_t high) {
    return (uint64_t)high << 32 | low;
}

void moati_uniform_random(double *out, const moati_stream *stream, uint64_t first, size_t lanes) {
    for (size_t group = 0; group < lanes; group += GROUP) {
        for (size_t j = 0; j < PAIRS; j++) {
            uint32_t bits[4];
            generate(stream, (first + group) / GROUP * PAIRS + j, PURPOSE_DRAW, bits);
            out[group + j] = moati_unit_interval(join(bits[0], bits[1]));
            out[group + j + PAIRS] = moati_unit_interval(join(bits[2], bits[3]));
        }
    }
}

/* --- Latin hypercube. */

/* A random permutation of [0, size) that needs no table: a Feistel network permutes the
 * smallest set of 2^n numbers that holds these, and is applied again to a number that left
 * them until it comes back (cycle walking; fewer than twice on average). A network on very
 * few bits reaches some permutations more often than others, so there are at least six. */
enum { ROUNDS = 6, LEAST_BITS = 6 };

typedef struct permutation {
    uint64_t size;
    unsigned right_bits;
    uint64_t left_mask, right_mask;
    uint64_t keys[ROUNDS];
} permutation;

static void permutation_key(permutation *p, const moati_stream *stream) {
    p->size = stream->samples;
    unsigned bits = LEAST_BITS;
    while (bits < 64 && (p->size - 1) >> bits != 0)
        bits++;
    p->right_bits = bits - bits / 2;
    p->left_mask = (UINT64_C(1) << bits / 2) - 1;
    p->right_mask = (UINT64_C(1) << p->right_bits) - 1;
    for (unsigned round = 0; round < ROUNDS; round += 2) {
        uint32_t words[4];
        generate(stream, round, PURPOSE_PERMUTATION, words);
        p->keys[round] = join(words[0], words[1]);
        p->keys[round + 1] = join(words[2], words[3]);
    }
}

static uint64_t permute_once(const permutation *p, uint64_t number) {
    uint64_t left = number >> p->right_bits, right = number & p->right_mask;
    for (unsigned round = 0; round < ROUNDS; round += 2) {
        left ^= moati_mix64(right + p->keys[round]) & p->left_mask;
        right ^= moati_mix64(left + p->keys[round + 1]) & p->right_mask;
    }
    return left << p->right_bits | right;
}

/* (stratum + within) / strata, inside the stratum even where the sum rounds to its end. */
static double stratify(uint64_t stratum, double within, double strata) {
    double end = (double)stratum + 1;
    double sum = (double)stratum + within;
    return (sum < end ? sum : end * (1 - 0x1p-53)) / strata;
}

void moati_uniform_lhs(double *out, const moati_stream *stream, uint64_t first, size_t lanes) {
    moati_uniform_random(out, stream, first, lanes);
    permutation strata;
    permutation_key(&strata, stream);
    for (size_t group = 0; group < lanes; group += GROUP) {
        /* All lanes once, without a branch, as that takes most of the time. */
        uint64_t stratum[GROUP];
        for (size_t j = 0; j < GROUP; j++)
            stratum[j] = permute_once(&strata, first + group + j);
        for (size_t j = 0; j < GROUP && first + group + j < strata.size; j++) {
            while (stratum[j] >= strata.size)
                stratum[j] = permute_once(&strata, stratum[j]);
            out[group + j] = stratify(stratum[j], out[group + j], (double)strata.size);
        }
    }
}

/* --- Sobol. */

/* A digital sequence in base 2: the digits of a point are C times the binary digits of the
 * sample's number. Here C is any upper triangular matrix with ones on its diagonal, its other
 * entries drawn from the key. The leading m rows and columns of such a matrix are
 * invertible for every m, so each aligned run of 2^m samples has exactly one point in each
 * dyadic interval of length 2^-m: a (0,1)-sequence.
 *
 * This is Sobol's construction with every direction number free. He writes the columns of
 * C as v_k = m_k / 2^k with m_k odd and below 2^k, which says the same; the first m_k of a
 * dimension, as many as the degree of its polynomial, may be any such numbers, and a
 * recurrence gives the rest. Drawing them all makes a dimension depend on its own address
 * only, and lets there be any number of dimensions.
 *
 * What is given up is a guarantee for pairs of dimensions. What each contributes alone is
 * integrated with an error of about N^-3/2. What two contribute jointly has a far smaller error
 * than by random sampling for nearly all pairs; but with N samples about one pair in N / 2 has
 * equal first digits in all of them, so that on average over many pairs the squared error of
 * the joint parts is one to two times that of random sampling. No scheme whose dimensions do
 * not know of each other does much better.
 *
 * Words hold the digits mirrored, the first in bit 0, so that bit k of column k is the
 * diagonal and the bits below it are the free ones. */
enum { DIGITS = 32, MIXES = 6 };

typedef struct sobol {
    uint32_t column[DIGITS];
    uint32_t key[2 * MIXES];
} sobol;

static void sobol_key(sobol *s, const moati_stream *stream) {
    uint32_t bits[4];
    for (unsigned k = 0; k < DIGITS; k++) {
        if (k % 4 == 0)
            generate(stream, k / 4, PURPOSE_SOBOL, bits);
        uint32_t diagonal = UINT32_C(1) << k;
        s->column[k] = diagonal | (bits[k % 4] & (diagonal - 1));
    }
    for (unsigned i = 0; i < 2 * MIXES; i += 4)
        generate(stream, (DIGITS + i) / 4, PURPOSE_SOBOL, &s->key[i]);
}

/* Nested scrambling after Owen: whether a digit is flipped depends on the digits before it
 * and on the key. Every function whose bit k depends on the bits up to k of its argument, and
 * on bit k linearly, does this; sums and products modulo 2^32 have the property, and so
 * has x ^ x * even (Laine and Karras, "Stratified sampling for stochastic transparency",
 * 2011). */
static uint32_t scramble(const sobol *s, uint32_t x) {
    for (unsigned i = 0; i < 2 * MIXES; i += 2) {
        x += s->key[i];
        x ^= x * (s->key[i + 1] & ~UINT32_C(1));
    }
    return x;
}

static uint32_t mirror(uint32_t x) {
    x = (x >> 1 & UINT32_C(0x55555555)) | (x & UINT32_C(0x55555555)) << 1;
    x = (x >> 2 & UINT32_C(0x33333333)) | (x & UINT32_C(0x33333333)) << 2;
    x = (x >> 4 & UINT32_C(0x0f0f0f0f)) | (x & UINT32_C(0x0f0f0f0f)) << 4;
    x = (x >> 8 & UINT32_C(0x00ff00ff)) | (x & UINT32_C(0x00ff00ff)) << 8;
    return x >> 16 | x << 16;
}

static uint32_t combine(const sobol *s, uint64_t number) {
    uint32_t x = 0;
    for (unsigned k = 0; k < DIGITS; k++)
        x ^= s->column[k] & (0 - (uint32_t)(number >> k & 1));
    return x;
}

/* Puts `digits` before the digits of a random draw, whose last ones give way. */
static double lead_with(uint32_t digits, double draw) {
    uint64_t random = (uint64_t)(draw * 0x1p52);
    return moati_unit_interval((uint64_t)digits << 32 | random >> (52 - 32));
}

/* The keys cost eleven Philox calls, about 0.1 microseconds, for each block; a group of 16 samples
 * shares the digits of its number above the last four. */
void moati_uniform_sobol(double *out, const moati_stream *stream, uint64_t first, size_t lanes) {
    moati_uniform_random(out, stream, first, lanes);
    sobol s;
    sobol_key(&s, stream);
    uint32_t low[GROUP];
    for (uint32_t j = 0; j < GROUP; j++)
        low[j] = combine(&s, j);
    for (size_t group = 0; group < lanes; group += GROUP) {
        uint32_t high = combine(&s, first + group);
        for (size_t j = 0; j < GROUP; j++) {
            uint32_t digits = mirror(scramble(&s, high ^ low[j]));
            out[group + j] = lead_with(digits, out[group + j]);
        }
    }
}
