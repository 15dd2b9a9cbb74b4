/* A last look at a program before it may run: a mistake of the compiler must not become a
 * wrong number. */
#include <stdlib.h>

#include "code.h"

typedef struct checker {
    const moat_program *program;
    uint8_t *slot, *uniform, *root; /* written yet? */
    bool in_preamble;
} checker;

static bool readable(const checker *c, moati_ref ref) {
    const moati_ref index = ref & ~MOATI_UNIFORM;
    if (ref & MOATI_UNIFORM)
        return index < c->program->uniforms && c->uniform[index];
    return !c->in_preamble && index < c->program->slots && c->slot[index];
}

static bool write_to(checker *c, moati_ref ref) {
    const moati_ref index = ref & ~MOATI_UNIFORM;
    if (c->in_preamble != !!(ref & MOATI_UNIFORM))
        return false;
    if (index >= (c->in_preamble ? c->program->uniforms : c->program->slots))
        return false;
    (c->in_preamble ? c->uniform : c->slot)[index] = 1;
    return true;
}

static bool check_operation(checker *c, const moati_instruction *in) {
    if (in->op >= MOAT_OP_COUNT || in->form >= MOATI_FORMS)
        return false;
    const unsigned arity = moat_op_describe((moat_op)in->op)->arity;
    for (unsigned i = 0; i < arity; i++) {
        const bool scalar = in->form & (1u << i), uniform = in->operand[i] & MOATI_UNIFORM;
        if (!readable(c, in->operand[i]) || (!c->in_preamble && scalar != uniform) ||
            (!(uniform) && in->operand[i] == in->out))
            return false;
    }
    return arity > 0 && moati_kernels_baseline.op[in->op][in->form] && write_to(c, in->out);
}

static bool check_call(checker *c, const moati_instruction *in) {
    if (in->operand[0] >= c->program->call_count)
        return false;
    const moati_program_call *call = &c->program->calls[in->operand[0]];
    const moati_ref *refs = c->program->refs + call->first;
    if (call->first + call->inputs + call->outputs > c->program->ref_count)
        return false;
    for (uint32_t i = 0; i < call->inputs; i++)
        if (!readable(c, refs[i]))
            return false;
    for (uint32_t i = 0; i < call->outputs; i++) {
        for (uint32_t j = 0; j < call->inputs + i; j++)
            if (refs[j] == refs[call->inputs + i]) /* an output must overlap nothing */
                return false;
        if (!write_to(c, refs[call->inputs + i]))
            return false;
    }
    return true;
}

/* Each root that varies is stored once. */
static bool check_store(checker *c, const moati_instruction *in) {
    return !c->in_preamble && in->out < c->program->root_count &&
           c->program->roots[in->out] == MOATI_NO_REF && c->root[in->out]++ == 0 &&
           !(in->operand[0] & MOATI_UNIFORM) && readable(c, in->operand[0]);
}

static bool check(checker *c, const moati_instruction *in) {
    switch ((moati_kind)in->kind) {
    case MOATI_RUN: return check_operation(c, in);
    case MOATI_CALL: return check_call(c, in);
    case MOATI_DRAW_U:
    case MOATI_DRAW_Z:
        return !c->in_preamble && in->operand[0] < c->program->stream_count && write_to(c, in->out);
    case MOATI_STORE: return check_store(c, in);
    }
    return false;
}

static bool check_all(checker *c) {
    const moat_program *p = c->program;
    for (size_t i = 0; i < p->constant_count; i++)
        c->uniform[i] = 1;
    for (size_t i = 0; i < p->count; i++) {
        c->in_preamble = i < p->preamble;
        if (!check(c, &p->code[i]))
            return false;
    }
    c->in_preamble = true;
    for (size_t i = 0; i < p->root_count; i++)
        if (p->roots[i] == MOATI_NO_REF ? !c->root[i] : !readable(c, p->roots[i]))
            return false;
    return true;
}

moat_status moati_verify(const moat_program *program, moat_error *error) {
    checker c = {.program = program,
                 .slot = calloc(program->slots + 1, 1),
                 .uniform = calloc(program->uniforms + 1, 1),
                 .root = calloc(program->root_count + 1, 1)};
    moat_status status = MOAT_OK;
    if (!c.slot || !c.uniform || !c.root)
        status = moat_fail(error, MOAT_NO_MEMORY, "not enough memory to verify the program");
    else if (program->constant_count > program->uniforms || !check_all(&c))
        status = moat_fail(error, MOAT_INVALID,
                           "the compiled program is malformed: this is a "
                           "defect of Moat, please report it");
    free(c.slot);
    free(c.uniform);
    free(c.root);
    return status;
}
