/* Evaluation and summary chunk by chunk. By turns all threads evaluate a chunk, taking blocks of
 * samples, and add it to what is known of each root, taking roots. */
#include "stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bracket.h"
#include "code.h"
#include "columns.h"
#include "environment.h"
#include "exec.h"
#include "moments.h"
#include "pool.h"
#include "summary.h"

/* A chunk that stays in a shared cache and yet holds many blocks. Whole columns, where they are
 * needed after all, are kept a few at a time. */
enum { CHUNK_BYTES = 1 << 23, LEAST_CHUNK = 1 << 11, MOST_CHUNK = 1 << 17, KEPT_BYTES = 1 << 26 };

_Static_assert((int)MOATI_PIECE == (int)MOAT_CHUNK_STEP, "chunks are made of whole pieces");

/* What is known of one root. */
typedef struct known {
    moati_moments moments;
    moati_bracket *brackets; /* one per target */
    bool lost;               /* it must be evaluated again */
} known;

typedef struct streaming {
    moati_account account;
    const moat_program *program;
    const moat_run *run;
    const moat_streaming *how;
    moat_streamed *to;
    const moati_passes *passes;
    unsigned threads;

    size_t standard;     /* targets that summaries want; 0 where there are none */
    size_t target_count; /* those, then what is wanted beyond them */
    moati_target *targets;
    known *roots;
    moati_bracket *brackets;
    double *held; /* values in brackets */

    moati_evaluator *evaluator;
    moat_columns *chunk;
    moati_selector **selectors; /* one per worker */
    unsigned workers;
    size_t first, count; /* the samples in the chunk */

    size_t group_count; /* roots that are being kept whole */
    size_t *group;
    moat_columns *kept;
} streaming;

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static size_t chunk_of(size_t roots, size_t samples, size_t asked) {
    size_t chunk = asked;
    if (chunk == 0) {
        chunk = CHUNK_BYTES / sizeof(double) / (roots > 0 ? roots : 1);
        chunk = chunk < LEAST_CHUNK ? LEAST_CHUNK : chunk > MOST_CHUNK ? MOST_CHUNK : chunk;
        chunk -= chunk % MOAT_CHUNK_STEP;
    }
    return chunk < samples ? chunk : samples;
}

/* --- Setting up. */

static double probability_of(const moat_streaming *how, size_t standard, size_t target) {
    return target < standard ? moati_summary_probabilities[target]
                             : how->probabilities[target - standard];
}

double moati_streaming_bytes(size_t roots, const moat_run *run, const moat_streaming *how) {
    const size_t threads = run->threads ? run->threads : moati_processors();
    size_t held = 0, room = 0;
    for (size_t t = 0; t < MOATI_SUMMARY_QUANTILES + how->wanted; t++) {
        const moati_target target =
            moati_target_of(probability_of(how, MOATI_SUMMARY_QUANTILES, t), run->samples);
        held += moati_target_memory(&target) * sizeof(double) + sizeof(moati_bracket);
        room = target.room > room ? target.room : room;
    }
    const size_t chunk = chunk_of(roots, run->samples, how->chunk) * sizeof(double);
    return (double)roots * (double)(chunk + held + sizeof(known)) +
           (double)threads * (double)(room * MOATI_SELECTOR_BYTES);
}

static moat_status no_memory(const streaming *s, moat_error *error) {
    return moati_account_fail(&s->account, error, "summarising the results");
}

static moat_status check(const streaming *s, moat_error *error) {
    const moat_streaming *how = s->how;
    if (how->chunk % MOAT_CHUNK_STEP != 0)
        return moat_fail(error, MOAT_INVALID, "a chunk must be a multiple of %d samples, not %zu",
                         MOAT_CHUNK_STEP, how->chunk);
    return moati_check_probabilities(how->wanted, how->probabilities, error);
}

/* Memory for values is one for all roots, so that it can be large pages. */
static bool allocate_known(streaming *s) {
    const size_t roots = s->program->root_count;
    size_t memory = 0;
    for (size_t t = 0; t < s->target_count; t++)
        memory += moati_target_memory(&s->targets[t]);
    s->roots = moati_account_new(&s->account, roots, sizeof *s->roots);
    s->brackets =
        moati_account_new(&s->account, roots, (s->target_count + 1) * sizeof *s->brackets);
    s->group = moati_account_new(&s->account, roots, sizeof *s->group);
    if (memory < SIZE_MAX / sizeof(double) / roots &&
        moati_account_take(&s->account, (uint64_t)roots * memory * sizeof *s->held))
        s->held = moati_aligned(roots * memory, sizeof *s->held);
    if (!s->roots || !s->brackets || !s->group || !s->held)
        return false;
    double *next = s->held;
    for (size_t r = 0; r < roots; r++) {
        moati_moments_begin(&s->roots[r].moments, 1);
        s->roots[r].brackets = s->brackets + r * s->target_count;
        for (size_t t = 0; t < s->target_count; t++) {
            moati_bracket_begin(&s->roots[r].brackets[t], next);
            next += moati_target_memory(&s->targets[t]);
        }
    }
    return moati_touch(s->held, (size_t)(next - s->held) * sizeof *next, s->threads, NULL) ==
           MOAT_OK;
}

static bool allocate_selectors(streaming *s, size_t room, size_t wanted) {
    const uint64_t bytes = (uint64_t)s->workers * room * MOATI_SELECTOR_BYTES;
    if (moati_account_take(&s->account, bytes))
        s->selectors = moati_selectors_new(s->passes, s->workers, room, wanted);
    return s->selectors != NULL;
}

static bool allocate_targets(streaming *s) {
    size_t room = 0;
    s->standard = s->to->summaries ? MOATI_SUMMARY_QUANTILES : 0;
    s->target_count = s->standard + s->how->wanted;
    s->targets = calloc(s->target_count + 1, sizeof *s->targets);
    if (!s->targets)
        return false;
    for (size_t t = 0; t < s->target_count; t++) {
        s->targets[t] = moati_target_of(probability_of(s->how, s->standard, t), s->run->samples);
        room = s->targets[t].room > room ? s->targets[t].room : room;
    }
    return allocate_selectors(s, room, 1);
}

static moat_status prepare(streaming *s, moat_error *error) {
    const size_t roots = s->program->root_count;
    moat_status status = moati_evaluator_new(s->program, s->run, &s->evaluator, error);
    if (status != MOAT_OK)
        return status;
    if (!allocate_targets(s) || !allocate_known(s))
        return no_memory(s, error);
    const size_t chunk = chunk_of(roots, s->run->samples, s->how->chunk);
    return moati_columns_new(s->account.budget, roots, chunk, s->threads, &s->chunk, error);
}

static void release(streaming *s) {
    moat_columns_free(s->kept);
    moat_columns_free(s->chunk);
    moati_evaluator_free(s->evaluator);
    moati_selectors_free(s->selectors, s->workers);
    free(s->targets);
    free(s->roots);
    free(s->brackets);
    free(s->held);
    free(s->group);
    moati_account_close(&s->account);
}

/* --- The first pass. */

static moat_status for_each(const streaming *s, void (*task)(void *, unsigned, size_t),
                            size_t count, moat_error *error) {
    const moati_work work = {.task = task,
                             .context = (void *)s,
                             .count = count,
                             .threads = s->workers,
                             .cancel = s->run->cancel};
    const double start = now_ms();
    const moat_status status = moati_parallel(&work, error);
    s->to->summarise_ms += now_ms() - start;
    return status;
}

static void add_root(void *context, unsigned worker, size_t root) {
    const streaming *s = context;
    known *k = &s->roots[root];
    const double *values = moat_columns_get(s->chunk, root);
    for (size_t at = 0; at < s->count; at += MOATI_PIECE) {
        const size_t left = s->count - at, piece = left < MOATI_PIECE ? left : MOATI_PIECE;
        moati_moments_add(&k->moments, s->passes, piece, values + at);
        for (size_t t = 0; t < s->target_count; t++)
            moati_bracket_add(&k->brackets[t], &s->targets[t], s->selectors[worker],
                              s->run->samples, s->first + at, piece, values + at);
    }
}

static moat_status next_chunk(streaming *s, moat_error *error) {
    const size_t left = s->run->samples - s->first, room = moat_columns_samples(s->chunk);
    const double start = now_ms();
    s->count = left < room ? left : room;
    const moat_status status =
        moati_evaluator_run(s->evaluator, s->first, s->count, s->chunk, error);
    s->to->evaluate_ms += now_ms() - start;
    if (status == MOAT_OK && s->run->progress)
        s->run->progress(s->run->progress_context,
                         (double)(s->first + s->count) / (double)s->run->samples);
    return status;
}

static moat_status add_all(streaming *s, moat_error *error) {
    moat_status status = MOAT_OK;
    for (s->first = 0; s->first < s->run->samples && status == MOAT_OK; s->first += s->count) {
        status = next_chunk(s, error);
        if (status == MOAT_OK && s->how->visit)
            status = s->how->visit(s->how->visit_context, s->first, s->count, s->chunk, error);
        if (status == MOAT_OK)
            status = for_each(s, add_root, s->program->root_count, error);
    }
    return status;
}

static void finish_root(void *context, unsigned worker, size_t root) {
    const streaming *s = context;
    known *k = &s->roots[root];
    moat_summary unwanted, *summary = s->standard > 0 ? &s->to->summaries[root] : &unwanted;
    double standard[MOATI_SUMMARY_QUANTILES];
    double *wanted = s->how->wanted > 0 ? s->to->quantiles + root * s->how->wanted : NULL;
    k->lost = moati_moments_finish(&k->moments, summary) != 0;
    for (size_t t = 0; t < s->target_count && !k->lost; t++) {
        double *to = t < s->standard ? &standard[t] : wanted++;
        *to = NAN;
        if (summary->nan_count == 0)
            k->lost = !moati_bracket_finish(&k->brackets[t], &s->targets[t], s->selectors[worker],
                                            s->run->samples, to);
    }
    if (!k->lost && s->standard > 0)
        moati_summary_set_quantiles(summary, standard);
}

/* --- Roots that must be kept after all. */

static void keep_root(void *context, unsigned worker, size_t index) {
    const streaming *s = context;
    double *column = s->kept->values + index * s->kept->stride;
    (void)worker;
    memcpy(column + s->first, moat_columns_get(s->chunk, s->group[index]),
           s->count * sizeof *column);
}

static void summarise_kept(void *context, unsigned worker, size_t index) {
    const streaming *s = context;
    const size_t samples = s->run->samples, root = s->group[index];
    const double *values = moat_columns_get(s->kept, index);
    if (s->standard > 0)
        moati_summarise_column(s->selectors[worker], samples, values, &s->to->summaries[root]);
    if (s->how->wanted > 0)
        moati_selector_run(s->selectors[worker], samples, values, s->how->wanted,
                           s->how->probabilities, s->to->quantiles + root * s->how->wanted);
}

static moat_status keep_group(streaming *s, moat_error *error) {
    moat_status status = moati_columns_new(s->account.budget, s->group_count, s->run->samples,
                                           s->threads, &s->kept, error);
    for (s->first = 0; s->first < s->run->samples && status == MOAT_OK; s->first += s->count) {
        status = next_chunk(s, error);
        if (status == MOAT_OK)
            status = for_each(s, keep_root, s->group_count, error);
    }
    if (status == MOAT_OK)
        status = for_each(s, summarise_kept, s->group_count, error);
    moat_columns_free(s->kept);
    s->kept = NULL;
    return status;
}

static moat_status evaluate_again(streaming *s, moat_error *error) {
    const size_t roots = s->program->root_count, samples = s->run->samples;
    const size_t most = 1 + KEPT_BYTES / sizeof(double) / samples;
    moat_status status = MOAT_OK;
    for (size_t r = 0; r < roots; r++)
        s->to->again += s->roots[r].lost;
    if (s->to->again == 0)
        return MOAT_OK;
    moati_selectors_free(s->selectors, s->workers);
    s->workers = s->workers < most ? s->workers : (unsigned)most;
    s->selectors = NULL;
    if (!allocate_selectors(s, samples, s->target_count))
        return no_memory(s, error);
    for (size_t r = 0; r < roots && status == MOAT_OK; r++) {
        if (s->roots[r].lost)
            s->group[s->group_count++] = r;
        if (s->group_count == most || (s->group_count > 0 && r + 1 == roots)) {
            status = keep_group(s, error);
            s->group_count = 0;
        }
    }
    return status;
}

static moat_status stream(streaming *s, moat_error *error) {
    const double start = now_ms();
    moat_status status = prepare(s, error);
    s->to->allocate_ms = now_ms() - start;
    if (status == MOAT_OK)
        status = add_all(s, error);
    if (status == MOAT_OK)
        status = for_each(s, finish_root, s->program->root_count, error);
    if (status == MOAT_OK)
        status = evaluate_again(s, error);
    return status;
}

moat_status moat_summarise_program(const moat_program *program, const moat_run *run,
                                   const moat_streaming *how, moat_streamed *streamed,
                                   moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    const moat_streaming plain = {.chunk = 0};
    const moati_kernels *kernels;
    streaming s = {.account = {.budget = program->account.budget},
                   .program = program,
                   .run = run,
                   .how = how ? how : &plain,
                   .to = streamed};
    streamed->again = 0;
    streamed->allocate_ms = streamed->evaluate_ms = streamed->summarise_ms = 0;
    moat_status status = check(&s, error);
    if (status == MOAT_OK)
        status = moati_kernels_choose(&kernels, error);
    if (status != MOAT_OK || program->root_count == 0)
        return status;
    s.passes = kernels->passes;
    s.threads = run->threads ? run->threads : moati_processors();
    s.workers = s.threads < program->root_count ? s.threads : (unsigned)program->root_count;
    status = stream(&s, error);
    release(&s);
    return status;
}
