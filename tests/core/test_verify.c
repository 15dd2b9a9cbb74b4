/* Programs that the compiler would never make are refused before they run, whatever is wrong. */
#include <criterion/criterion.h>
#include <string.h>

#include "code.h"
#include "fixture.h"

TestSuite(verify, .init = start, .fini = stop);

static void twice(const void *context, const double *const *in, double *const *out, size_t lanes) {
    (void)context;
    for (size_t i = 0; i < lanes; i++) {
        out[0][i] = in[0][i] + in[1][i];
        out[1][i] = in[0][i] - in[1][i];
    }
}

static const moat_kernel kernel = {"twice", twice};

/* A program with all that there is: a preamble, draws, operations, a call, stored roots and one
 * that does not vary. */
static moat_program *whole_program(void) {
    stop();
    start();
    const moat_dim dims[2] = {0, 0};
    moat_node x = input("1"), drawn = source("a", 0).normal, other = source("b", 1).uniform;
    moat_node out[2], in[2] = {drawn, other};
    cr_assert_eq(moat_graph_call(graph, &kernel, NULL, NULL, 2, in, 2, dims, out, &error), MOAT_OK);
    moat_node fixed = moat_graph_unary(graph, MOAT_EXP, x, &error);
    moat_node sum = moat_graph_binary(graph, MOAT_ADD, out[0], fixed, &error);
    moat_node roots[] = {fixed, moat_graph_binary(graph, MOAT_MUL, sum, out[1], &error), drawn};
    const moat_node definition = number(2);
    return compile(&definition, 3, roots);
}

static moati_instruction *find(moat_program *program, moati_kind kind, size_t from) {
    for (size_t i = from; i < program->count; i++)
        if (program->code[i].kind == kind)
            return &program->code[i];
    cr_assert(false, "the program has no instruction %d", (int)kind);
    return NULL;
}

static moati_instruction *preamble(moat_program *p) {
    cr_assert_gt(p->preamble, 0);
    return &p->code[0];
}

static moati_instruction *operation(moat_program *p) {
    return find(p, MOATI_RUN, p->preamble);
}

static moati_ref *call_refs(moat_program *p) {
    return p->refs + p->calls[find(p, MOATI_CALL, 0)->operand[0]].first;
}

/* What is done to the program, each by itself. */
enum { ROUNDS = 31 };

static const char *spoil(moat_program *p, int round) {
    moati_instruction *draw = find(p, MOATI_DRAW_Z, 0), *store = find(p, MOATI_STORE, 0);
    moati_instruction *call = find(p, MOATI_CALL, 0), *run = operation(p), *first = preamble(p);
    switch (round) {
    case 0: run->kind = 77; return "no such kind";
    case 1: run->op = MOAT_OP_COUNT; return "no such operation";
    case 2: run->op = MOAT_CONSTANT; return "an operation that does not run";
    case 3: run->form = MOATI_FORMS; return "no such form";
    case 4: run->form ^= 1; return "a form that its operand has not";
    case 5: run->operand[0] = (moati_ref)p->slots; return "a slot that there is not";
    case 6: run->operand[0] = MOATI_UNIFORM | (moati_ref)p->uniforms; return "no such uniform";
    case 7: run->operand[0] = run->out; return "an operand that is written over";
    case 8: run->out = (moati_ref)p->slots; return "a result in no slot";
    case 9: run->out = MOATI_UNIFORM; return "a result in a uniform";
    case 10: first->out = 0; return "a result of the preamble in a slot";
    case 11: first->out = MOATI_UNIFORM | (moati_ref)p->uniforms; return "in no uniform";
    case 12: first->operand[0] = 0; return "a slot in the preamble";
    case 13: first->kind = MOATI_DRAW_U; return "a draw in the preamble";
    case 14: first->kind = MOATI_STORE; return "a root stored by the preamble";
    case 15: draw->operand[0] = (moati_ref)p->stream_count; return "no such stream";
    case 16: draw->out = MOATI_UNIFORM; return "a draw in a uniform";
    case 17: draw->kind = MOATI_DRAW_U, draw->out = (moati_ref)p->slots; return "in no slot";
    case 18: call->operand[0] = (moati_ref)p->call_count; return "no such call";
    case 19: p->calls[0].first = p->ref_count; return "a call past the last operand";
    case 20: call_refs(p)[0] = (moati_ref)p->slots; return "an input that there is not";
    case 21: call_refs(p)[2] = call_refs(p)[0]; return "an output over an input";
    case 22: call_refs(p)[3] = call_refs(p)[2]; return "an output over another";
    case 23: call_refs(p)[2] = MOATI_UNIFORM; return "an output in a uniform";
    case 24: store->out = (moati_ref)p->root_count; return "no such root";
    case 25: store->out = 0; return "a root that is a uniform";
    case 26: store->operand[0] = MOATI_UNIFORM; return "a uniform stored";
    case 27: *store = *find(p, MOATI_STORE, (size_t)(store - p->code) + 1); return "stored twice";
    case 28: p->roots[0] = MOATI_UNIFORM | (moati_ref)p->uniforms; return "a root of no uniform";
    case 29: p->roots[0] = MOATI_NO_REF; return "a root that is not stored";
    case 30: p->constant_count = p->uniforms + 1; return "more constants than uniforms";
    default: return NULL;
    }
}

Test(verify, malformed_programs_are_refused) {
    moat_program *program = whole_program();
    cr_expect_eq(moati_verify(program, &error), MOAT_OK);
    moat_program_free(program);
    for (int round = 0; round < ROUNDS; round++) {
        program = whole_program();
        const size_t constants = program->constant_count;
        const char *what = spoil(program, round);
        cr_expect_eq(moati_verify(program, &error), MOAT_INVALID, "%s was let through", what);
        cr_expect(strstr(error.message, "defect of Moat"), "%s: %s", what, error.message);
        program->constant_count = constants;
        moat_program_free(program);
    }
}
