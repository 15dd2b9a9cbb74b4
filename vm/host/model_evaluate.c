/* Evaluation of nodes under what is in force, and the choice between keeping their values and
 * summarising them as they come. */
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "columns.h"
#include "model.h"
#include "pool.h"
#include "quantile.h"
#include "stream.h"
#include "table.h"

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

/* --- Memory. */

/* What the two ways of summarising the same results take. */
typedef struct need {
    double kept, streamed; /* bytes */
} need;

/* e is NULL where values are only asked for, and so must be kept. */
static need need_of(const moat_model *model, size_t count, uint64_t samples,
                    const moati_evaluation *e) {
    const moat_run run = {.samples = samples, .threads = model->settings.threads};
    const size_t threads = run.threads != 0 ? run.threads : moati_processors();
    const size_t workers = threads < count ? threads : count;
    const double values = (double)samples * (double)count * sizeof(double);
    if (e == NULL)
        return (need){values, INFINITY};
    return (need){values + (double)samples * (double)(workers * MOATI_SELECTOR_BYTES),
                  moati_streaming_bytes(count, &run, &e->how) + e->visit_bytes};
}

/* What is left of the limit; without one, no end of it. */
static double bytes_left(const moat_model *model) {
    const moat_budget *budget = &model->budget;
    if (budget->limit == 0)
        return INFINITY;
    return budget->used < budget->limit ? (double)(budget->limit - budget->used) : 0;
}

/* How many samples fit a limit, with room for what else a run needs; rounded down to two
 * figures. */
static uint64_t samples_that_fit(const moat_model *model, size_t count, const moati_evaluation *e) {
    const double left = bytes_left(model) * 0.9;
    uint64_t fit = 0, unit = 1, too_many = model->settings.samples;
    while (fit + 1 < too_many) {
        const uint64_t middle = fit + (too_many - fit) / 2;
        const need needed = need_of(model, count, middle, e);
        if (fmin(needed.kept, needed.streamed) <= left)
            fit = middle;
        else
            too_many = middle;
    }
    while (fit / unit >= 100)
        unit *= 10;
    return fit / unit * unit;
}

/* Streams what is too large to be kept, where that takes less; refuses what does not fit. */
static moat_status choose_memory(moat_model *model, size_t count, const moati_evaluation *e,
                                 bool *streamed, moat_error *error) {
    const uint64_t samples = model->settings.samples;
    const need needed = need_of(model, count, samples, e);
    const double mib = 1 << 20, left = bytes_left(model);
    const double values = (double)samples * (double)count * sizeof(double);
    *streamed =
        (needed.kept > left || values > (double)model->keep_limit) && needed.streamed < needed.kept;
    const double taken = *streamed ? needed.streamed : needed.kept;
    if (taken <= left)
        return MOAT_OK;
    model->budget.exceeded = true;
    return moat_fail(error, MOAT_LIMIT,
                     "%" PRIu64
                     " samples of %zu result%s take %.4g MiB, more than the %.4g MiB that are left "
                     "of the memory limit of %.4g MiB; %" PRIu64 " samples would fit",
                     samples, count, count == 1 ? "" : "s", taken / mib, left / mib,
                     (double)model->budget.limit / mib, samples_that_fit(model, count, e));
}

/* --- Evaluation. */

static bool keep_asked(moat_model *model, size_t count, const moat_node *nodes) {
    if (!model->keeps_asked || count == 0)
        return true;
    if (!moati_grow(&model->asked, &model->asked_capacity, model->asked_count + count,
                    sizeof *model->asked))
        return false;
    memcpy(model->asked + model->asked_count, nodes, count * sizeof *nodes);
    model->asked_count += count;
    return true;
}

static moat_status compile(moat_model *model, size_t count, const moat_node *nodes,
                           moat_program **program, moat_error *error) {
    if (!keep_asked(model, count, nodes))
        return moati_no_memory(model, error);
    const moat_status status = moati_model_lower(model, error);
    if (status != MOAT_OK)
        return status;
    return moat_compile(model->graph, model->definitions, count, nodes, program, error);
}

static moat_run run_of(const moat_model *model) {
    return (moat_run){.seed = model->settings.seed,
                      .samples = model->settings.samples,
                      .sampling = model->settings.sampling,
                      .threads = model->settings.threads,
                      .progress = model->progress,
                      .progress_context = model->progress_context,
                      .cancel = model->budget.cancel};
}

static moat_status stream(const moat_model *model, moati_evaluation *e, moat_error *error) {
    const moat_run run = run_of(model);
    moat_streamed streamed = {.summaries = e->summaries, .quantiles = e->quantiles};
    const moat_status status = moat_summarise_program(e->program, &run, &e->how, &streamed, error);
    e->timing.allocate_ms = streamed.allocate_ms;
    e->timing.evaluate_ms = streamed.evaluate_ms;
    e->timing.summarise_ms = streamed.summarise_ms;
    return status;
}

static moat_status keep(moat_model *model, size_t count, const moat_program *program,
                        moat_columns **columns, moat_timing *timing, moat_error *error) {
    const moat_run run = run_of(model);
    const double start = now_ms();
    moat_status status =
        moati_columns_new(&model->budget, count, run.samples, run.threads, columns, error);
    const double allocated = now_ms();
    timing->allocate_ms = allocated - start;
    if (status != MOAT_OK) {
        *columns = NULL;
        return status;
    }
    status = moat_evaluate_into(program, &run, *columns, error);
    timing->evaluate_ms = now_ms() - allocated;
    return status;
}

static moat_status summarise_kept(const moat_model *model, moati_evaluation *e, moat_error *error) {
    const double start = now_ms();
    const size_t samples = model->settings.samples, wanted = e->how.wanted;
    moat_status status = MOAT_OK;
    if (e->summaries != NULL)
        status = moat_summarise_all(e->columns, model->settings.threads, model->budget.cancel,
                                    e->summaries, error);
    for (size_t i = 0; wanted > 0 && i < moat_columns_count(e->columns) && status == MOAT_OK; i++)
        status = moat_quantiles(samples, moat_columns_get(e->columns, i), wanted,
                                e->how.probabilities, e->quantiles + i * wanted, error);
    e->timing.summarise_ms = now_ms() - start;
    return status;
}

moat_status moati_model_evaluate(moat_model *model, size_t count, const moat_node *nodes,
                                 moati_evaluation *e, moat_error *error) {
    bool streamed;
    const double start = now_ms();
    moat_status status = moati_check_probabilities(e->how.wanted, e->how.probabilities, error);
    if (status == MOAT_OK)
        status = choose_memory(model, count, e, &streamed, error);
    if (status == MOAT_OK)
        status = compile(model, count, nodes, &e->program, error);
    e->timing.compile_ms = now_ms() - start;
    if (status != MOAT_OK)
        return status;
    if (streamed)
        return stream(model, e, error);
    status = keep(model, count, e->program, &e->columns, &e->timing, error);
    return status == MOAT_OK ? summarise_kept(model, e, error) : status;
}

moat_status moat_model_evaluate(moat_model *model, size_t count, const moat_node *nodes,
                                moat_columns **columns, moat_error *error) {
    moat_program *program = NULL;
    moat_timing timing;
    bool streamed;
    *columns = NULL;
    moat_status status = choose_memory(model, count, NULL, &streamed, error);
    if (status == MOAT_OK)
        status = compile(model, count, nodes, &program, error);
    if (status == MOAT_OK)
        status = keep(model, count, program, columns, &timing, error);
    moat_program_free(program);
    if (status != MOAT_OK) {
        moat_columns_free(*columns);
        *columns = NULL;
    }
    return status;
}

moat_status moat_model_summarise(moat_model *model, size_t count, const moat_node *nodes,
                                 moat_summary *summaries, moat_error *error) {
    moati_evaluation evaluation = {.summaries = summaries};
    const moat_status status = moati_model_evaluate(model, count, nodes, &evaluation, error);
    moat_program_free(evaluation.program);
    moat_columns_free(evaluation.columns);
    return status;
}

moat_status moat_model_quantiles(moat_model *model, size_t count, const moat_node *nodes,
                                 size_t wanted, const double *probabilities, double *quantiles,
                                 moat_error *error) {
    moati_evaluation evaluation = {.how = {.wanted = wanted, .probabilities = probabilities},
                                   .quantiles = quantiles};
    const moat_status status = moati_model_evaluate(model, count, nodes, &evaluation, error);
    moat_program_free(evaluation.program);
    moat_columns_free(evaluation.columns);
    return status;
}
