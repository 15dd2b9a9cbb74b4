/* Looking at programs, and freeing them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code.h"

void moat_program_free(moat_program *program) {
    if (!program)
        return;
    free(program->code);
    free(program->constants);
    free(program->streams);
    free(program->calls);
    free(program->refs);
    free(program->roots);
    moati_account_close(&program->account);
    free(program);
}

void moat_program_describe(const moat_program *program, moat_program_info *info) {
    *info = (moat_program_info){.instructions = program->count - program->preamble,
                                .preamble = program->preamble,
                                .slots = program->slots,
                                .draws = program->stream_count};
}

bool moat_program_varies(const moat_program *program, size_t root) {
    return program->roots[root] == MOATI_NO_REF;
}

typedef struct line {
    char text[256];
    size_t length;
} line;

static void add(line *to, const char *text) {
    const size_t length = strlen(text), room = sizeof to->text - 1 - to->length;
    const size_t used = length < room ? length : room;
    memcpy(to->text + to->length, text, used);
    to->length += used;
    to->text[to->length] = '\0';
}

static void add_ref(line *to, const moat_program *program, moati_ref ref) {
    char text[48];
    const moati_ref index = ref & ~MOATI_UNIFORM;
    if (!(ref & MOATI_UNIFORM))
        snprintf(text, sizeof text, " s%u", index);
    else if (index < program->constant_count)
        snprintf(text, sizeof text, " %.17g", program->constants[index]);
    else
        snprintf(text, sizeof text, " u%u", index);
    add(to, text);
}

static void describe_call(line *to, const moat_program *program, const moati_program_call *call) {
    const moati_ref *refs = program->refs + call->first;
    add(to, call->kernel->name);
    for (uint32_t i = 0; i < call->inputs; i++)
        add_ref(to, program, refs[i]);
    add(to, " ->");
    for (uint32_t i = 0; i < call->outputs; i++)
        add_ref(to, program, refs[call->inputs + i]);
}

static void describe(line *to, const moat_program *program, const moati_instruction *in) {
    char text[64];
    switch ((moati_kind)in->kind) {
    case MOATI_CALL: describe_call(to, program, &program->calls[in->operand[0]]); break;
    case MOATI_STORE:
        snprintf(text, sizeof text, "store %u", in->out);
        add(to, text);
        add_ref(to, program, in->operand[0]);
        break;
    case MOATI_DRAW_U:
    case MOATI_DRAW_Z:
        snprintf(text, sizeof text, "%s %016llx %u ->",
                 in->kind == MOATI_DRAW_U ? "uniform" : "normal",
                 (unsigned long long)program->streams[in->operand[0]].name_hash,
                 program->streams[in->operand[0]].period);
        add(to, text);
        add_ref(to, program, in->out);
        break;
    case MOATI_RUN:
        add(to, moat_op_describe((moat_op)in->op)->name);
        for (unsigned i = 0; i < moat_op_describe((moat_op)in->op)->arity; i++)
            add_ref(to, program, in->operand[i]);
        add(to, " ->");
        add_ref(to, program, in->out);
        break;
    }
    add(to, "\n");
}

void moat_program_print(const moat_program *program,
                        void (*write)(void *context, const char *text, size_t length),
                        void *context) {
    for (size_t i = 0; i < program->count; i++) {
        line text = {.length = 0};
        if (i == program->preamble)
            write(context, "each block:\n", 12);
        describe(&text, program, &program->code[i]);
        write(context, text.text, text.length);
    }
}

static const char *const sampling_names[] = {"random", "lhs", "sobol"};

const char *moat_sampling_name(moat_sampling sampling) {
    return sampling_names[sampling];
}

bool moat_sampling_find(const char *name, moat_sampling *sampling) {
    for (int i = MOAT_RANDOM; i <= MOAT_SOBOL; i++) {
        if (strcmp(name, sampling_names[i]) == 0) {
            *sampling = (moat_sampling)i;
            return true;
        }
    }
    return false;
}
