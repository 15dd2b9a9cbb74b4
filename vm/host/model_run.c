/* The results of a run: everything that is reported of outputs and assumptions. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

typedef struct shown_output {
    const char *name; /* the model's */
    moat_axis axis;
    size_t first, count;
    moat_unit unit;
    bool constant;
    double *first_values; /* owned, `first_count` of each entry; NULL: they are not kept apart */
} shown_output;

/* What is evaluated: outputs, and after them assumptions in report order. */
typedef struct selection {
    size_t output_count;
    const moat_output *outputs;
    size_t digested; /* the first so many outputs are what the digest covers */
    bool keeps_axes; /* the first values of outputs with an axis are kept too */
    size_t assumption_count;
} selection;

struct moat_results {
    moati_account account;
    size_t output_count;
    shown_output *outputs;
    size_t first_assumption; /* columns before it belong to outputs */
    size_t first_count;      /* of values that are kept of each entry */
    bool keeps_axes;
    moat_columns *columns; /* NULL: they were streamed */
    moat_summary *summaries;
    moat_timing timing;
    uint64_t digest[2];
};

/* The nodes of all outputs, then the inputs of all assumptions. */
static moat_node *all_roots(const moat_model *model, const selection *what, size_t *count,
                            moat_error *error) {
    *count = what->assumption_count;
    for (size_t i = 0; i < what->output_count; i++)
        *count += what->outputs[i].count;
    moat_node *roots = malloc((*count > 0 ? *count : 1) * sizeof *roots);
    if (roots == NULL) {
        moati_no_memory(model, error);
        return NULL;
    }
    moat_node *next = roots;
    for (size_t i = 0; i < what->output_count; i++) {
        memcpy(next, what->outputs[i].nodes, what->outputs[i].count * sizeof *next);
        next += what->outputs[i].count;
    }
    for (size_t i = 0; i < what->assumption_count; i++)
        *next++ = model->assumptions[i]->shown.node;
    return roots;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median of the absolute means; 1 where no mean is finite. */
static bool magnitude(const moat_summary *summaries, size_t count, double *middle) {
    *middle = 1.0;
    double *sizes = malloc(count * sizeof *sizes);
    if (sizes == NULL)
        return false;
    size_t finite = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(summaries[i].mean))
            sizes[finite++] = fabs(summaries[i].mean);
    qsort(sizes, finite, sizeof *sizes, by_value);
    if (finite > 0)
        *middle = sizes[finite / 2];
    free(sizes);
    return true;
}

static moat_status choose_unit(moat_model *model, const moat_output *given,
                               const moat_results *results, shown_output *output,
                               moat_error *error) {
    output->unit = given->unit;
    double middle;
    if (output->unit == MOAT_NO_UNIT &&
        magnitude(results->summaries + output->first, output->count, &middle))
        output->unit = moat_unit_readable(model->units, given->dim, middle);
    return output->unit == MOAT_NO_UNIT ? moati_no_memory(model, error) : MOAT_OK;
}

static bool varies(const moat_program *program, const shown_output *output) {
    for (size_t i = 0; i < output->count; i++)
        if (moat_program_varies(program, output->first + i))
            return true;
    return false;
}

/* False where every value of an output is the same in all samples: the program may have drawn
 * and yet not varied, as with a volatility of 0. */
static bool has_spread(const moat_results *results, const shown_output *output) {
    for (size_t i = 0; i < output->count; i++) {
        const moat_summary *summary = &results->summaries[output->first + i];
        if (!(summary->min == summary->max))
            return true;
    }
    return false;
}

static uint64_t mix_output(const moat_results *results, const shown_output *output,
                           uint64_t digest) {
    digest = moat_digest_text(digest, output->name);
    digest = moat_digest_mix(digest, output->count);
    for (size_t i = 0; i < output->count; i++)
        digest = moat_digest_mix(digest, results->summaries[output->first + i].digest);
    return digest;
}

static int by_name(const void *a, const void *b) {
    const shown_output *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

/* In the order of names, so that moving a line of the script does not change the digest. */
static moat_status digest_all(const moat_model *model, moat_results *results, size_t count,
                              moat_error *error) {
    const shown_output **sorted = malloc((count > 0 ? count : 1) * sizeof *sorted);
    if (sorted == NULL)
        return moati_no_memory(model, error);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &results->outputs[i];
    qsort(sorted, count, sizeof *sorted, by_name);
    for (unsigned word = 0; word < 2; word++) {
        results->digest[word] = word;
        for (size_t i = 0; i < count; i++)
            results->digest[word] = mix_output(results, sorted[i], results->digest[word]);
    }
    free(sorted);
    return MOAT_OK;
}

static moat_status describe_outputs(moat_model *model, const selection *what,
                                    const moat_program *program, moat_results *results,
                                    moat_error *error) {
    for (size_t i = 0; i < results->output_count; i++) {
        shown_output *output = &results->outputs[i];
        output->constant = !varies(program, output) || !has_spread(results, output);
        moat_status status = choose_unit(model, &what->outputs[i], results, output, error);
        if (status != MOAT_OK)
            return status;
    }
    return digest_all(model, results, what->digested, error);
}

static bool keeps_first(const moat_results *results, const shown_output *output) {
    return output->axis == MOAT_NO_AXIS || results->keeps_axes;
}

/* Keeps the first values of outputs, from a chunk of samples. */
static moat_status keep_first(void *context, size_t first, size_t count, const moat_columns *chunk,
                              moat_error *error) {
    moat_results *results = context;
    const size_t wanted = results->first_count;
    const size_t left = first < wanted ? wanted - first : 0, kept = count < left ? count : left;
    for (size_t i = 0; i < results->output_count && kept > 0; i++) {
        shown_output *output = &results->outputs[i];
        if (!keeps_first(results, output))
            continue;
        if (output->first_values == NULL)
            output->first_values = moati_account_new(&results->account, wanted * output->count,
                                                     sizeof *output->first_values);
        if (output->first_values == NULL)
            return moati_account_fail(&results->account, error, "the results");
        for (size_t k = 0; k < output->count; k++)
            memcpy(output->first_values + k * wanted + first,
                   moat_columns_get(chunk, output->first + k), kept * sizeof(double));
    }
    return MOAT_OK;
}

static double first_bytes(const moat_results *results) {
    double bytes = 0;
    for (size_t i = 0; i < results->output_count; i++)
        if (keeps_first(results, &results->outputs[i]))
            bytes +=
                (double)results->outputs[i].count * (double)results->first_count * sizeof(double);
    return bytes;
}

static moat_status fill(moat_model *model, const selection *what, moat_results *results,
                        size_t count, const moat_node *roots, moat_error *error) {
    moati_evaluation evaluation = {.how = {.visit = keep_first, .visit_context = results},
                                   .visit_bytes = first_bytes(results),
                                   .summaries = results->summaries};
    moat_status status = moati_model_evaluate(model, count, roots, &evaluation, error);
    results->columns = evaluation.columns;
    results->timing = evaluation.timing;
    if (status == MOAT_OK)
        status = describe_outputs(model, what, evaluation.program, results, error);
    moat_program_free(evaluation.program);
    return status;
}

static moat_results *new_results(moat_model *model, const selection *what, size_t columns,
                                 moat_error *error) {
    const size_t samples = model->settings.samples;
    moat_results *results = calloc(1, sizeof *results);
    if (results == NULL) {
        moati_no_memory(model, error);
        return NULL;
    }
    results->first_count = samples < MOAT_FIRST_VALUES ? samples : MOAT_FIRST_VALUES;
    results->keeps_axes = what->keeps_axes;
    results->output_count = what->output_count;
    results->account.budget = &model->budget;
    results->outputs =
        moati_account_new(&results->account, what->output_count, sizeof *results->outputs);
    results->summaries = moati_account_new(&results->account, columns, sizeof *results->summaries);
    if (results->outputs == NULL || results->summaries == NULL) {
        moati_account_fail(&results->account, error, "the results");
        moat_results_free(results);
        return NULL;
    }
    for (size_t i = 0; i < what->output_count; i++) {
        const moat_output *output = &what->outputs[i];
        results->outputs[i] = (shown_output){.name = output->name,
                                             .axis = output->axis,
                                             .first = results->first_assumption,
                                             .count = output->count};
        results->first_assumption += output->count;
    }
    return results;
}

static moat_status run(moat_model *model, const selection *what, moat_results **results,
                       moat_error *error) {
    *results = NULL;
    moat_error why = {.where = MOAT_NOWHERE};
    size_t count;
    moat_node *roots = all_roots(model, what, &count, &why);
    moat_results *made = roots == NULL ? NULL : new_results(model, what, count, &why);
    if (made != NULL && count > 0)
        fill(model, what, made, count, roots, &why);
    free(roots);
    if (why.status != MOAT_OK) {
        moat_results_free(made);
        if (error != NULL)
            *error = why;
        return why.status;
    }
    *results = made;
    return MOAT_OK;
}

moat_status moat_model_run(moat_model *model, moat_results **results, moat_error *error) {
    const selection what = {.output_count = model->output_count,
                            .outputs = model->outputs,
                            .digested = model->output_count,
                            .assumption_count = model->assumption_count};
    return run(model, &what, results, error);
}

moat_status moat_model_look(moat_model *model, size_t count, const moat_output *outputs,
                            moat_results **results, moat_error *error) {
    const selection what = {.output_count = count, .outputs = outputs, .digested = count};
    return run(model, &what, results, error);
}

moat_status moat_model_study(moat_model *model, size_t count, const moat_output *more,
                             moat_results **results, moat_error *error) {
    const size_t declared = model->output_count;
    moat_output *all = malloc((declared + count + 1) * sizeof *all);
    *results = NULL;
    if (all == NULL)
        return moati_no_memory(model, error);
    if (declared > 0)
        memcpy(all, model->outputs, declared * sizeof *all);
    if (count > 0)
        memcpy(all + declared, more, count * sizeof *all);
    const selection what = {
        .output_count = declared + count, .outputs = all, .digested = declared, .keeps_axes = true};
    const moat_status status = run(model, &what, results, error);
    free(all);
    return status;
}

void moat_results_free(moat_results *results) {
    if (results == NULL)
        return;
    moat_columns_free(results->columns);
    for (size_t i = 0; results->outputs != NULL && i < results->output_count; i++)
        free(results->outputs[i].first_values);
    free(results->outputs);
    free(results->summaries);
    moati_account_close(&results->account);
    free(results);
}

const moat_summary *moat_results_output(const moat_results *results, size_t output, size_t index) {
    return &results->summaries[results->outputs[output].first + index];
}

const double *moat_results_values(const moat_results *results, size_t output, size_t index) {
    if (results->columns == NULL)
        return NULL;
    return moat_columns_get(results->columns, results->outputs[output].first + index);
}

const double *moat_results_first_values(const moat_results *results, size_t output, size_t index,
                                        size_t *count) {
    const shown_output *shown = &results->outputs[output];
    *count = keeps_first(results, shown) ? results->first_count : 0;
    if (*count == 0)
        return NULL;
    return results->columns != NULL ? moat_columns_get(results->columns, shown->first + index)
                                    : shown->first_values + index * results->first_count;
}

moat_status moat_results_forget_values(moat_results *results, moat_error *error) {
    moat_status status = MOAT_OK;
    if (results->columns != NULL)
        status = keep_first(results, 0, results->first_count, results->columns, error);
    if (status != MOAT_OK)
        return status;
    moat_columns_free(results->columns);
    results->columns = NULL;
    return MOAT_OK;
}

const moat_summary *moat_results_assumption(const moat_results *results, size_t index) {
    return &results->summaries[results->first_assumption + index];
}

moat_unit moat_results_unit(const moat_results *results, size_t output) {
    return results->outputs[output].unit;
}

void moat_results_digest(const moat_results *results, char buffer[33]) {
    snprintf(buffer, 33, "%016" PRIx64 "%016" PRIx64, results->digest[0], results->digest[1]);
}

void moat_results_output_digest(const moat_results *results, size_t output, char buffer[17]) {
    snprintf(buffer, 17, "%016" PRIx64, mix_output(results, &results->outputs[output], 0));
}

const moat_timing *moat_results_timing(const moat_results *results) {
    return &results->timing;
}

bool moat_results_constant(const moat_results *results, size_t output) {
    return results->outputs[output].constant;
}
