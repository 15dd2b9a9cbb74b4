/* The few vector operations that kernels.c and passes.c need, for the instruction set that they
 * are being compiled for: a vec holds WIDTH doubles, a vint WIDTH 64-bit integers. Included by
 * these two alone. */
#ifndef MOATI_LANES_H
#define MOATI_LANES_H

#include <stdint.h>

#include "scalar.h"

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#include <immintrin.h>
enum { WIDTH = 8, UNROLL = 4 };
typedef __m512d vec;
typedef __m512i vint;
typedef __mmask8 vmask;
#define VECTOR_MATH(function) Sleef_finz_##function##d8_u10avx512f
#define vload(p)              _mm512_loadu_pd(p)
#define vstore(p, v)          _mm512_storeu_pd(p, v)
#define vset(x)               _mm512_set1_pd(x)
#define vsub(a, b)            _mm512_sub_pd(a, b)
#define vmul(a, b)            _mm512_mul_pd(a, b)
#define vdiv(a, b)            _mm512_div_pd(a, b)
#define vmin(a, b)            _mm512_min_pd(a, b)
#define vsqrt(a)              _mm512_sqrt_pd(a)
#define vfma(a, b, c)         _mm512_fmadd_pd(a, b, c)
#define vneg(a)               _mm512_xor_pd(a, _mm512_set1_pd(-0.0))
#define vless(a, b)           _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ)
#define vequal(a, b)          _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ)
#define vat_most(a, b)        _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ)
#define vexcept(m, n)         ((vmask)((m) & ~(n)))
#define vcount(m)             ((size_t)__builtin_popcount(m))
#define vany(m)               ((m) != 0)
#define vselect(m, a, b)      _mm512_mask_blend_pd(m, b, a)
#define iset(x)               _mm512_set1_epi64((long long)(x))
#define ilanes()              _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0)
#define iadd(a, b)            _mm512_add_epi64(a, b)
#define iand(a, b)            _mm512_and_si512(a, b)
#define ior(a, b)             _mm512_or_si512(a, b)
#define ixor(a, b)            _mm512_xor_si512(a, b)
#define imul(a, b)            _mm512_mul_epu32(a, b)
#define iright(a, n)          _mm512_srli_epi64(a, n)
#define ileft(a, n)           _mm512_slli_epi64(a, n)
#define vcast(a)              _mm512_castsi512_pd(a)
#elif defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>
enum { WIDTH = 4, UNROLL = 1 };
typedef __m256d vec;
typedef __m256i vint;
typedef __m256d vmask;
#define VECTOR_MATH(function) Sleef_finz_##function##d4_u10avx2
#define vload(p)              _mm256_loadu_pd(p)
#define vstore(p, v)          _mm256_storeu_pd(p, v)
#define vset(x)               _mm256_set1_pd(x)
#define vsub(a, b)            _mm256_sub_pd(a, b)
#define vmul(a, b)            _mm256_mul_pd(a, b)
#define vdiv(a, b)            _mm256_div_pd(a, b)
#define vmin(a, b)            _mm256_min_pd(a, b)
#define vsqrt(a)              _mm256_sqrt_pd(a)
#define vfma(a, b, c)         _mm256_fmadd_pd(a, b, c)
#define vneg(a)               _mm256_xor_pd(a, _mm256_set1_pd(-0.0))
#define vless(a, b)           _mm256_cmp_pd(a, b, _CMP_LT_OQ)
#define vequal(a, b)          _mm256_cmp_pd(a, b, _CMP_EQ_OQ)
#define vat_most(a, b)        _mm256_cmp_pd(a, b, _CMP_LE_OQ)
#define vexcept(m, n)         _mm256_andnot_pd(n, m)
#define vcount(m)             ((size_t)__builtin_popcount((unsigned)_mm256_movemask_pd(m)))
#define vany(m)               (_mm256_movemask_pd(m) != 0)
#define vselect(m, a, b)      _mm256_blendv_pd(b, a, m)
#define iset(x)               _mm256_set1_epi64x((long long)(x))
#define ilanes()              _mm256_set_epi64x(3, 2, 1, 0)
#define iadd(a, b)            _mm256_add_epi64(a, b)
#define iand(a, b)            _mm256_and_si256(a, b)
#define ior(a, b)             _mm256_or_si256(a, b)
#define ixor(a, b)            _mm256_xor_si256(a, b)
#define imul(a, b)            _mm256_mul_epu32(a, b)
#define iright(a, n)          _mm256_srli_epi64(a, n)
#define ileft(a, n)           _mm256_slli_epi64(a, n)
#define vcast(a)              _mm256_castsi256_pd(a)
#else
enum { WIDTH = 1, UNROLL = 1 };
typedef double vec;
typedef uint64_t vint;
typedef int vmask;
#define VECTOR_MATH(function) Sleef_finz_##function##d1_u10purecfma
#define vload(p)              (*(p))
#define vstore(p, v)          (*(p) = (v))
#define vset(x)               (x)
#define vsub(a, b)            ((a) - (b))
#define vmul(a, b)            ((a) * (b))
#define vdiv(a, b)            ((a) / (b))
#define vmin(a, b)            ((a) < (b) ? (a) : (b))
#define vsqrt(a)              sqrt(a)
#define vfma(a, b, c)         fma(a, b, c)
#define vneg(a)               (-(a))
#define vless(a, b)           ((a) < (b))
#define vequal(a, b)          ((a) == (b))
#define vat_most(a, b)        ((a) <= (b))
#define vexcept(m, n)         ((m) & !(n))
#define vcount(m)             ((size_t)(m))
#define vany(m)               (m)
#define vselect(m, a, b)      ((m) ? (a) : (b))
#define iset(x)               ((uint64_t)(x))
#define ilanes()              ((uint64_t)0)
#define iadd(a, b)            ((a) + (b))
#define iand(a, b)            ((a) & (b))
#define ior(a, b)             ((a) | (b))
#define ixor(a, b)            ((a) ^ (b))
#define imul(a, b)            ((a) * (b)) /* both below 2^32 */
#define iright(a, n)          ((a) >> (n))
#define ileft(a, n)           ((a) << (n))
static inline double vcast(uint64_t bits) {
    union {
        uint64_t bits;
        double value;
    } u = {bits};
    return u.value;
}
#endif

/* (k + 1/2) / 2^52 from the upper 52 bits k of each word: 1 + k / 2^52 has k for its
 * mantissa, and the subtraction is exact. */
static inline vec vunit(vint words) {
    vint bits = ior(iright(words, 12), iset(0x3ff0000000000000));
    return vsub(vcast(bits), vset(1.0 - 0x1p-53));
}

/* moati_pow for each lane. */
static inline vec vpow(vec x, vec y) {
    vec result = VECTOR_MATH(pow)(x, y), square = vmul(x, x);
    result = vselect(vequal(y, vset(0.0)), vset(1.0), result);
    result = vselect(vequal(y, vset(1.0)), x, result);
    result = vselect(vequal(y, vset(2.0)), square, result);
    result = vselect(vequal(y, vset(3.0)), vmul(square, x), result);
    result = vselect(vequal(y, vset(-1.0)), vdiv(vset(1.0), x), result);
    return vselect(vequal(y, vset(0.5)), vsqrt(x), result);
}

static inline vec vatan2(vec y, vec x) {
    return VECTOR_MATH(atan2)(y, x);
}

/* Writes the lanes of `v` where `mask` holds one after the other; returns how many they are.
 * There is room for a whole vector. */
static inline size_t vkeep(double *values, vmask mask, vec v) {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
    _mm512_storeu_pd(values, _mm512_maskz_compress_pd(mask, v));
    return vcount(mask);
#elif defined(__AVX2__) && defined(__FMA__)
    double lanes[4];
    const int bits = _mm256_movemask_pd(mask);
    size_t count = 0;
    _mm256_storeu_pd(lanes, v);
    for (int i = 0; i < 4; i++) {
        values[count] = lanes[i];
        count += (bits >> i) & 1;
    }
    return count;
#else
    *values = v;
    return vcount(mask);
#endif
}

/* Appends the lanes of `v` where `mask` holds to values[count..], and their numbers, the
 * first lane's being `first`, to places[count..]; returns the new count. Both arrays have
 * room for a whole vector past the end. */
static inline size_t vcompress(double *values, uint32_t *places, size_t count, vmask mask, vec v,
                               uint32_t first) {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
    __m256i lanes =
        _mm256_add_epi32(_mm256_set1_epi32((int)first), _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0));
    _mm512_storeu_pd(values + count, _mm512_maskz_compress_pd(mask, v));
    _mm256_storeu_si256((void *)(places + count), _mm256_maskz_compress_epi32(mask, lanes));
    return count + (size_t)__builtin_popcount(mask);
#elif defined(__AVX2__) && defined(__FMA__)
    double lanes[4];
    int bits = _mm256_movemask_pd(mask);
    _mm256_storeu_pd(lanes, v);
    for (uint32_t i = 0; i < 4; i++) {
        values[count] = lanes[i];
        places[count] = first + i;
        count += (bits >> i) & 1;
    }
    return count;
#else
    values[count] = v;
    places[count] = first;
    return count + (size_t)mask;
#endif
}

#endif
