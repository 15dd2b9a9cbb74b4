/* The block kernels. This file is compiled once for each instruction set, with MOATI_ISA
 * naming it; plain loops are left to the compiler, and what it would not vectorise well
 * (the mathematics library, Philox, the normal quantile) is written on the small set of
 * vector operations in lanes.h. */
#include <math.h>
#include <string.h>

#include "kernels.h"
#include "lanes.h"
#include "normal_rational.h"
#include "scalar.h"

#define ALIGNED(pointer) __builtin_assume_aligned(pointer, MOATI_ALIGN)
/* Lets the compiler drop the remainder loop. */
#define WHOLE_VECTORS(lanes) ((lanes) & ~(size_t)(MOATI_LANE_STEP - 1))

#define BLOCK(name)                                                                                \
    static void name(double *restrict out, const double *a, const double *b, const double *c,      \
                     size_t lanes)

/* --- Plain loops: `expression` of x, y, z, each from its own place. */

#define LOOP(name, X, Y, Z, expression)                                                            \
    BLOCK(name) {                                                                                  \
        double *restrict to = ALIGNED(out);                                                        \
        (void)b, (void)c;                                                                          \
        lanes = WHOLE_VECTORS(lanes);                                                              \
        for (size_t i = 0; i < lanes; i++) {                                                       \
            const double x = X, y = Y, z = Z;                                                      \
            (void)y, (void)z;                                                                      \
            to[i] = (expression);                                                                  \
        }                                                                                          \
    }

#define LOOP_1(id, kernel) LOOP(id##_0, a[i], 0, 0, kernel)
#define LOOP_2(id, kernel)                                                                         \
    LOOP(id##_0, a[i], b[i], 0, kernel)                                                            \
    LOOP(id##_1, a[0], b[i], 0, kernel)                                                            \
    LOOP(id##_2, a[i], b[0], 0, kernel)
#define LOOP_3(id, kernel)                                                                         \
    LOOP(id##_0, a[i], b[i], c[i], kernel)                                                         \
    LOOP(id##_1, a[0], b[i], c[i], kernel)                                                         \
    LOOP(id##_2, a[i], b[0], c[i], kernel)                                                         \
    LOOP(id##_3, a[0], b[0], c[i], kernel)                                                         \
    LOOP(id##_4, a[i], b[i], c[0], kernel)                                                         \
    LOOP(id##_5, a[0], b[i], c[0], kernel)                                                         \
    LOOP(id##_6, a[i], b[0], c[0], kernel)

/* --- Functions of the vector mathematics library. */

#define CALL_1(name, function)                                                                     \
    BLOCK(name) {                                                                                  \
        (void)b, (void)c;                                                                          \
        for (size_t i = 0; i < lanes; i += WIDTH)                                                  \
            vstore(out + i, VECTOR_MATH(function)(vload(a + i)));                                  \
    }
#define CALL_2(name, A, B, function)                                                               \
    BLOCK(name) {                                                                                  \
        (void)c;                                                                                   \
        for (size_t i = 0; i < lanes; i += WIDTH)                                                  \
            vstore(out + i, v##function(A, B));                                                    \
    }
#define MATH_1(id, function) CALL_1(id##_0, function)
#define MATH_2(id, function)                                                                       \
    CALL_2(id##_0, vload(a + i), vload(b + i), function)                                           \
    CALL_2(id##_1, vset(a[0]), vload(b + i), function)                                             \
    CALL_2(id##_2, vload(a + i), vset(b[0]), function)

#define DEFINE_LEAF(id, arity, kernel)
#define DEFINE_LOOP(id, arity, kernel)                    LOOP_##arity(id, kernel)
#define DEFINE_SCALAR(id, arity, kernel)                  LOOP_##arity(id, kernel)
#define DEFINE_MATH(id, arity, kernel)                    MATH_##arity(id, kernel)
#define MOAT_OP(id, name, arity, rule, form, kernel, doc) DEFINE_##form(id, arity, kernel)
#include "moat/ops.def"
#undef MOAT_OP

/* --- Draws. */

/* One Philox 4x32-10 call for each of the pairs of `groups` groups of 16 samples. Groups are
 * interleaved by hand: one alone would wait for its multiplications. */
static inline void draw_groups(double *restrict out, const moati_stream *stream, uint64_t group,
                               int groups) {
    enum { PER_GROUP = 8 / WIDTH, MOST = 4 * PER_GROUP };
    vint c0[MOST], c1[MOST], c2[MOST], c3[MOST];
    const vint low = iset(0xffffffffu), period = iset(stream->period);
    uint32_t k0 = (uint32_t)stream->key, k1 = (uint32_t)(stream->key >> 32);
    const int n = groups * PER_GROUP;
    for (int j = 0; j < n; j++) {
        vint pair = iadd(iset(group * 8 + (uint64_t)j * WIDTH), ilanes());
        c0[j] = iand(pair, low);
        c1[j] = iright(pair, 32);
        c2[j] = period;
        c3[j] = iset(0);
    }
    for (int round = 0; round < 10; round++) {
        const vint key0 = iset(k0), key1 = iset(k1);
        for (int j = 0; j < n; j++) {
            vint p0 = imul(c0[j], iset(0xD2511F53u)), p1 = imul(c2[j], iset(0xCD9E8D57u));
            c0[j] = ixor(ixor(iright(p1, 32), c1[j]), key0);
            c1[j] = iand(p1, low);
            c2[j] = ixor(ixor(iright(p0, 32), c3[j]), key1);
            c3[j] = iand(p0, low);
        }
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    for (int j = 0; j < n; j++) {
        double *to = out + (j / PER_GROUP) * 16 + (j % PER_GROUP) * WIDTH;
        vstore(to, vunit(ior(ileft(c1[j], 32), c0[j])));
        vstore(to + 8, vunit(ior(ileft(c3[j], 32), c2[j])));
    }
}

static void uniform(double *restrict out, const moati_stream *stream, uint64_t first,
                    size_t lanes) {
    const uint64_t group = first / 16, groups = lanes / 16;
    uint64_t g = 0;
    for (; g + UNROLL <= groups; g += UNROLL)
        draw_groups(out + g * 16, stream, group + g, UNROLL);
    for (; g < groups; g++)
        draw_groups(out + g * 16, stream, group + g, 1);
}

/* --- The normal quantile: AS 241, three regions by distance from the middle. */

static inline vec polynomial(const double c[8], vec x) {
    vec y = vset(c[7]);
    for (int i = 6; i >= 0; i--)
        y = vfma(y, x, vset(c[i]));
    return y;
}

/* |u - 1/2| > 0.425, gathered so that whole vectors are in this region. */
static void quantile_tail(double *restrict z, const double *restrict u, size_t count) {
    for (size_t i = 0; i < count; i += WIDTH) {
        vec p = vload(u + i), q = vsub(p, vset(0.5));
        vec nearer = vmin(p, vsub(vset(1.0), p));
        vec r = vsqrt(vneg(VECTOR_MATH(log)(nearer)));
        vec near = vsub(r, vset(1.6)), far = vsub(r, vset(5.0));
        vec value = vdiv(polynomial(MOATI_NEAR_TAIL_NUMERATOR, near),
                         polynomial(MOATI_NEAR_TAIL_DENOMINATOR, near));
        vmask is_far = vless(vset(5.0), r);
        if (vany(is_far))
            value = vselect(is_far,
                            vdiv(polynomial(MOATI_FAR_TAIL_NUMERATOR, far),
                                 polynomial(MOATI_FAR_TAIL_DENOMINATOR, far)),
                            value);
        vstore(z + i, vselect(vless(q, vset(0.0)), vneg(value), value));
    }
}

enum { TAIL_CHUNK = 256 };

static void quantile_chunk(double *values, size_t lanes) {
    _Alignas(MOATI_ALIGN) double tail[TAIL_CHUNK + 8], result[TAIL_CHUNK + 8];
    uint32_t place[TAIL_CHUNK + 8];
    size_t count = 0;
    for (size_t i = 0; i < lanes; i += WIDTH) {
        vec u = vload(values + i), q = vsub(u, vset(0.5));
        vec r = vsub(vset(0.180625), vmul(q, q));
        vmask outside = vless(r, vset(0.0));
        vstore(values + i, vdiv(vmul(q, polynomial(MOATI_CENTRE_NUMERATOR, r)),
                                polynomial(MOATI_CENTRE_DENOMINATOR, r)));
        count = vcompress(tail, place, count, outside, u, (uint32_t)i);
    }
    for (size_t i = 0; i < 8; i++)
        tail[count + i] = 0.5; /* a harmless value for the lanes that fill the last vector */
    quantile_tail(result, tail, count);
    for (size_t i = 0; i < count; i++)
        values[place[i]] = result[i];
}

static void quantile(double *values, size_t lanes) {
    for (size_t i = 0; i < lanes; i += TAIL_CHUNK)
        quantile_chunk(values + i, lanes - i < TAIL_CHUNK ? lanes - i : TAIL_CHUNK);
}

/* --- The table. */

#define FORMS_0(id)                                                                                \
    { NULL }
#define FORMS_1(id)                                                                                \
    { id##_0 }
#define FORMS_2(id)                                                                                \
    { id##_0, id##_1, id##_2 }
#define FORMS_3(id)                                                                                \
    { id##_0, id##_1, id##_2, id##_3, id##_4, id##_5, id##_6 }

#define TABLE_(isa)  moati_kernels_##isa
#define TABLE(isa)   TABLE_(isa)
#define PASSES_(isa) moati_passes_##isa
#define PASSES(isa)  PASSES_(isa)
#define TEXT_(isa)   #isa
#define TEXT(isa)    TEXT_(isa)

/* In passes.c, compiled for the same instruction set. */
extern const moati_passes PASSES(MOATI_ISA);

const moati_kernels TABLE(MOATI_ISA) = {
    .name = TEXT(MOATI_ISA),
    .op =
        {
#define MOAT_OP(id, name, arity, rule, form, kernel, doc) [MOAT_##id] = FORMS_##arity(id),
#include "moat/ops.def"
#undef MOAT_OP
        },
    .uniform = uniform,
    .quantile = quantile,
    .passes = &PASSES(MOATI_ISA),
};
