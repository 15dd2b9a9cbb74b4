/* A compiled program's inside: what compile.c makes, verify.c checks and exec.c runs.
 *
 * A value that varies over samples lives in a slot, a column of one block; one that does not
 * lives in a uniform, computed once by the preamble. Operands name either. */
#ifndef MOATI_CODE_H
#define MOATI_CODE_H

#include "account.h"
#include "kernels.h"
#include "moat/program.h"

typedef uint32_t moati_ref;

#define MOATI_UNIFORM 0x80000000u /* the bit that says: a uniform, not a slot */
#define MOATI_NO_REF  0xffffffffu

typedef enum moati_kind {
    MOATI_RUN,    /* out = op(a, b, c) */
    MOATI_DRAW_U, /* out = uniform draws of streams[a] */
    MOATI_DRAW_Z, /* out = standard normal draws of streams[a] */
    MOATI_CALL,   /* block kernel calls[a] */
    MOATI_STORE   /* column `out` of the results = a */
} moati_kind;

typedef struct moati_instruction {
    uint8_t kind;
    uint8_t form; /* of the operands of MOATI_RUN: MOATI_SCALAR_* */
    uint16_t op;
    moati_ref out;
    moati_ref operand[3];
} moati_instruction;

typedef struct moati_address {
    uint64_t name_hash;
    uint32_t period;
} moati_address;

typedef struct moati_program_call {
    const moat_kernel *kernel;
    const void *context;
    size_t first; /* in refs: the inputs, then the outputs */
    uint32_t inputs, outputs;
} moati_program_call;

struct moat_program {
    moati_account account;
    moati_instruction *code; /* the preamble, then what runs for each block */
    size_t code_capacity, count, preamble;
    size_t uniforms, slots;
    double *constants; /* uniforms 0 .. constant_count - 1 */
    size_t constant_capacity, constant_count;
    moati_address *streams;
    size_t stream_capacity, stream_count;
    moati_program_call *calls;
    size_t call_capacity, call_count;
    moati_ref *refs;
    size_t ref_capacity, ref_count;
    moati_ref *roots; /* MOATI_NO_REF: stored by the code; else the uniform */
    size_t root_count;
    uint32_t most_inputs, most_outputs; /* of any call */
};

/* Every slot and uniform is written before it is read, and every index is in range. A
 * failure is a defect of the compiler, not of the script. */
moat_status moati_verify(const moat_program *program, moat_error *error);

#endif
