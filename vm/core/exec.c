/* Evaluation: the preamble once, then the whole program for one block of samples after the
 * other. Blocks are taken by threads in any order; what a block computes depends on the
 * numbers of its samples alone. */
#include "exec.h"

#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "columns.h"
#include "environment.h"
#include "pool.h"

enum { GROUP = 16 };

/* A larger block means fewer kernel calls; a smaller one keeps the slots of a large program
 * in the second cache. */
enum { LARGE_BLOCK = 256, SMALL_BLOCK = 128, LARGE_BLOCK_SLOTS = 128 };

/* What one thread works in. */
typedef struct workspace {
    double *slots;     /* a block each */
    double *broadcast; /* uniform inputs of a block kernel, as columns */
    const double **inputs;
    double **outputs;
} workspace;

struct moati_evaluator {
    moati_account account;
    const moat_program *program;
    const moat_run *run;
    const moati_kernels *kernels;
    double *uniforms; /* MOATI_LANE_STEP equal lanes each */
    moati_stream *streams;
    workspace *spaces;
    unsigned threads;
    size_t block;
    /* What is being evaluated. */
    moat_columns *columns;
    size_t first, end; /* samples */
};

/* --- One block. */

static const double *operand(const moati_evaluator *e, const double *slots, moati_ref ref) {
    if (ref & MOATI_UNIFORM)
        return e->uniforms + (size_t)(ref & ~MOATI_UNIFORM) * MOATI_LANE_STEP;
    return slots + (size_t)ref * e->block;
}

static void run_operation(const moati_evaluator *e, double *slots, const moati_instruction *in,
                          size_t lanes) {
    double *out = in->out & MOATI_UNIFORM
                      ? e->uniforms + (size_t)(in->out & ~MOATI_UNIFORM) * MOATI_LANE_STEP
                      : slots + (size_t)in->out * e->block;
    const double *at[3] = {NULL, NULL, NULL};
    for (int i = 0; i < 3 && in->operand[i] != MOATI_NO_REF; i++)
        at[i] = operand(e, slots, in->operand[i]);
    e->kernels->op[in->op][in->form](out, at[0], at[1], at[2], lanes);
}

static void run_draw(const moati_evaluator *e, double *out, const moati_instruction *in,
                     uint64_t first, size_t lanes) {
    const moati_stream *stream = &e->streams[in->operand[0]];
    switch (e->run->sampling) {
    case MOAT_RANDOM: e->kernels->uniform(out, stream, first, lanes); break;
    case MOAT_LHS: moati_uniform_lhs(out, stream, first, lanes); break;
    case MOAT_SOBOL: moati_uniform_sobol(out, stream, first, lanes); break;
    }
    if (in->kind == MOATI_DRAW_Z)
        e->kernels->quantile(out, lanes);
}

/* Uniform inputs become columns; in the preamble a uniform is a column already. */
static void run_call(const moati_evaluator *e, const workspace *w, const moati_instruction *in,
                     size_t lanes) {
    const moati_program_call *call = &e->program->calls[in->operand[0]];
    const moati_ref *refs = e->program->refs + call->first;
    for (uint32_t i = 0; i < call->inputs; i++) {
        w->inputs[i] = operand(e, w->slots, refs[i]);
        if (!(refs[i] & MOATI_UNIFORM) || lanes <= MOATI_LANE_STEP)
            continue;
        double *column = w->broadcast + (size_t)i * e->block;
        for (size_t lane = 0; lane < lanes; lane++)
            column[lane] = w->inputs[i][0];
        w->inputs[i] = column;
    }
    for (uint32_t i = 0; i < call->outputs; i++)
        w->outputs[i] = (double *)operand(e, w->slots, refs[call->inputs + i]);
    call->kernel->run(call->context, w->inputs, w->outputs, lanes);
}

static void run_code(const moati_evaluator *e, const workspace *w, const moati_instruction *code,
                     const moati_instruction *end, uint64_t first, size_t lanes) {
    const size_t left = e->end - first, kept = lanes < left ? lanes : left;
    for (const moati_instruction *in = code; in < end; in++) {
        switch ((moati_kind)in->kind) {
        case MOATI_RUN: run_operation(e, w->slots, in, lanes); break;
        case MOATI_DRAW_U:
        case MOATI_DRAW_Z:
            run_draw(e, w->slots + (size_t)in->out * e->block, in, first, lanes);
            break;
        case MOATI_CALL: run_call(e, w, in, lanes); break;
        case MOATI_STORE:
            memcpy(e->columns->values + in->out * e->columns->stride + (first - e->first),
                   operand(e, w->slots, in->operand[0]), kept * sizeof(double));
            break;
        }
    }
}

static void run_block(void *context, unsigned worker, size_t index) {
    const moati_evaluator *e = context;
    const moat_program *p = e->program;
    const size_t first = e->first + index * e->block, left = e->end - first;
    const size_t whole = (left + GROUP - 1) / GROUP * GROUP;
    run_code(e, &e->spaces[worker], p->code + p->preamble, p->code + p->count, first,
             whole < e->block ? whole : e->block);
}

static void fill_uniform_roots(const moati_evaluator *e) {
    for (size_t root = 0; root < e->program->root_count; root++) {
        const moati_ref ref = e->program->roots[root];
        if (ref == MOATI_NO_REF)
            continue;
        const double value = operand(e, NULL, ref)[0];
        double *column = e->columns->values + root * e->columns->stride;
        for (size_t i = 0; i < e->end - e->first; i++)
            column[i] = value;
    }
}

/* --- Setting up. */

void moati_evaluator_free(moati_evaluator *e) {
    if (!e)
        return;
    for (unsigned i = 0; e->spaces && i < e->threads; i++) {
        free(e->spaces[i].slots);
        free(e->spaces[i].broadcast);
        free(e->spaces[i].inputs);
        free(e->spaces[i].outputs);
    }
    free(e->spaces);
    free(e->uniforms);
    free(e->streams);
    moati_account_close(&e->account);
    free(e);
}

static bool allocate_space(moati_evaluator *e, workspace *w) {
    const moat_program *p = e->program;
    const uint64_t columns = (uint64_t)p->slots + p->most_inputs + 2;
    if (!moati_account_take(&e->account, columns * e->block * sizeof(double)))
        return false;
    w->slots = moati_aligned(p->slots + 1, e->block * sizeof(double));
    w->broadcast = moati_aligned((size_t)p->most_inputs + 1, e->block * sizeof(double));
    w->inputs = calloc((size_t)p->most_inputs + 1, sizeof *w->inputs);
    w->outputs = calloc((size_t)p->most_outputs + 1, sizeof *w->outputs);
    return w->slots && w->broadcast && w->inputs && w->outputs;
}

static bool allocate(moati_evaluator *e) {
    const moat_program *p = e->program;
    const size_t uniform = MOATI_LANE_STEP * sizeof(double);
    if (!moati_account_take(&e->account, (uint64_t)(p->uniforms + 1) * uniform))
        return false;
    e->uniforms = moati_aligned(p->uniforms + 1, uniform);
    e->streams = moati_account_new(&e->account, p->stream_count + 1, sizeof *e->streams);
    e->spaces = calloc(e->threads, sizeof *e->spaces);
    if (!e->uniforms || !e->streams || !e->spaces)
        return false;
    for (unsigned i = 0; i < e->threads; i++)
        if (!allocate_space(e, &e->spaces[i]))
            return false;
    return true;
}

static void prepare(const moati_evaluator *e) {
    const moat_program *p = e->program;
    for (size_t i = 0; i < p->constant_count; i++)
        for (size_t lane = 0; lane < MOATI_LANE_STEP; lane++)
            e->uniforms[i * MOATI_LANE_STEP + lane] = p->constants[i];
    for (size_t i = 0; i < p->stream_count; i++)
        e->streams[i] =
            (moati_stream){.key = moati_stream_key(e->run->seed, p->streams[i].name_hash),
                           .period = p->streams[i].period,
                           .samples = e->run->samples};
    if (p->preamble > 0)
        run_code(e, &e->spaces[0], p->code, p->code + p->preamble, 0, MOATI_LANE_STEP);
}

static moat_status check_run(const moat_run *run, moat_error *error) {
    if (run->samples == 0)
        return moat_fail(error, MOAT_INVALID, "at least one sample is needed");
    if (run->sampling > MOAT_SOBOL)
        return moat_fail(error, MOAT_INVALID, "%d is no way of sampling", (int)run->sampling);
    if (run->block % GROUP != 0 || run->block > 1 << 16)
        return moat_fail(error, MOAT_INVALID,
                         "the block size must be a multiple of 16 up to 65536, not %u", run->block);
    return MOAT_OK;
}

static size_t block_for(const moat_program *program, const moat_run *run) {
    if (run->block)
        return run->block;
    return program->slots <= LARGE_BLOCK_SLOTS ? LARGE_BLOCK : SMALL_BLOCK;
}

static size_t blocks_of(const moati_evaluator *e, size_t samples) {
    return samples / e->block + (samples % e->block != 0);
}

moat_status moati_evaluator_new(const moat_program *program, const moat_run *run,
                                moati_evaluator **evaluator, moat_error *error) {
    const moati_kernels *kernels;
    moat_status status = check_run(run, error);
    if (status == MOAT_OK)
        status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK)
        return status;
    moati_evaluator *e = calloc(1, sizeof *e);
    if (e) {
        *e = (moati_evaluator){.account = {.budget = program->account.budget},
                               .program = program,
                               .run = run,
                               .kernels = kernels};
        e->block = block_for(program, run);
        const size_t blocks = blocks_of(e, run->samples);
        const unsigned wanted = run->threads ? run->threads : moati_processors();
        e->threads = wanted < blocks ? wanted : (unsigned)blocks;
    }
    if (!e || !allocate(e)) {
        const moati_account none = {NULL};
        status = moati_account_fail(e ? &e->account : &none, error, "evaluating the model");
        moati_evaluator_free(e);
        return status;
    }
    prepare(e);
    *evaluator = e;
    return MOAT_OK;
}

/* --- Running. */

static void report(void *context, double part) {
    const moati_evaluator *e = context;
    const double done = (double)e->first + part * (double)(e->end - e->first);
    e->run->progress(e->run->progress_context, done / (double)e->run->samples);
}

moat_status moati_evaluator_run(moati_evaluator *e, size_t first, size_t count,
                                moat_columns *columns, moat_error *error) {
    const moati_work work = {.task = run_block,
                             .context = e,
                             .count = blocks_of(e, count),
                             .threads = e->threads,
                             .cancel = e->run->cancel,
                             .progress = e->run->progress ? report : NULL,
                             .progress_context = e};
    e->columns = columns;
    e->first = first;
    e->end = first + count;
    fill_uniform_roots(e);
    /* A program that does not vary has nothing to run for each block. */
    if (e->program->preamble == e->program->count)
        return MOAT_OK;
    return moati_parallel(&work, error);
}

moat_status moat_evaluate_into(const moat_program *program, const moat_run *run,
                               moat_columns *columns, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    moati_evaluator *evaluator;
    if (columns->count != program->root_count || columns->samples != run->samples)
        return moat_fail(error, MOAT_INVALID,
                         "the columns are for %zu results of %zu samples, not %zu of %zu",
                         columns->count, columns->samples, program->root_count, run->samples);
    moat_status status = moati_evaluator_new(program, run, &evaluator, error);
    if (status != MOAT_OK)
        return status;
    status = moati_evaluator_run(evaluator, 0, run->samples, columns, error);
    moati_evaluator_free(evaluator);
    return status;
}

moat_status moat_evaluate(const moat_program *program, const moat_run *run, moat_columns **columns,
                          moat_error *error) {
    moat_columns *made = NULL;
    moat_status status = moati_columns_new(program->account.budget, program->root_count,
                                           run->samples, run->threads, &made, error);
    if (status != MOAT_OK)
        return status;
    status = moat_evaluate_into(program, run, made, error);
    if (status == MOAT_OK)
        *columns = made;
    else
        moat_columns_free(made);
    return status;
}
