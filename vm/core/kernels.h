/* Block kernels: one loop over lanes for each operation and each form of its operands, in
 * one table per instruction set. All tables give the same bits. */
#ifndef MOATI_KERNELS_H
#define MOATI_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "moat/graph.h"
#include "passes.h"
#include "rng.h"

/* Columns are aligned to this many bytes and hold a multiple of MOATI_LANE_STEP lanes. */
enum { MOATI_ALIGN = 64, MOATI_LANE_STEP = 8 };

/* A bit for each operand that is one number for all lanes; its pointer is to that number. */
enum { MOATI_SCALAR_A = 1, MOATI_SCALAR_B = 2, MOATI_SCALAR_C = 4, MOATI_FORMS = 8 };

/* out does not overlap an operand. */
typedef void moati_block_fn(double *restrict out, const double *a, const double *b, const double *c,
                            size_t lanes);

typedef struct moati_kernels {
    const char *name;
    /* NULL for operations without operands, and where every operand would be scalar. */
    moati_block_fn *op[MOAT_OP_COUNT][MOATI_FORMS];
    /* Random draws of samples first .. first + lanes - 1, both multiples of 16. */
    void (*uniform)(double *restrict out, const moati_stream *stream, uint64_t first, size_t lanes);
    /* Replaces uniforms by the standard normal quantiles at them, in place. */
    void (*quantile)(double *values, size_t lanes);
    /* Over whole columns. */
    const moati_passes *passes;
} moati_kernels;

extern const moati_kernels moati_kernels_baseline;
#ifdef MOATI_HAVE_AVX2
extern const moati_kernels moati_kernels_avx2;
#endif
#ifdef MOATI_HAVE_AVX512
extern const moati_kernels moati_kernels_avx512;
#endif

/* The widest that the processor has and MOAT_ISA allows. MOAT_INVALID where MOAT_ISA names
 * none that this program and this processor have. */
moat_status moati_kernels_choose(const moati_kernels **kernels, moat_error *error);

#endif
