/* What explains the difference of two models: the first is evaluated with one assumption of the
 * second at a time, then with all of them. Every effect is a column of differences, so that each
 * has the error of a paired comparison, and the parts add up in every sample. */
#include <math.h>
#include <stdlib.h>

#include "carry.h"
#include "environment.h"
#include "moat/explore.h"
#include "paired.h"

typedef struct explaining {
    const moat_side *first, *second;
    const moat_contrasts *contrasts;
    size_t count, samples;
    const moat_target *targets;
    moat_explanation *explanations;
    moat_output *outputs; /* each target as an output of one entry */
    moat_node *nodes;     /* those of targets that have changed */
    bool *changed;        /* by target */
    double *sums;         /* by target and sample: of the effects of each contrast alone */
    double *column;       /* one value for each sample */
    double *rounding;     /* by target: differences up to it are none */
    moat_basis *basis;
    moati_carried carried;
} explaining;

/* The columns that moat_explain has at the same time, beside the evaluation of all targets. */
double moat_explain_bytes(size_t count, size_t samples) {
    return (2.0 * (double)count + 1) * (double)samples * sizeof(double);
}

static const double *first_values(const explaining *e, size_t target) {
    const moat_target *t = &e->targets[target];
    return moat_results_values(e->first->results, t->first_output, t->first_entry);
}

static const double *second_values(const explaining *e, size_t target) {
    const moat_target *t = &e->targets[target];
    return moat_results_values(e->second->results, t->second_output, t->second_entry);
}

/* What counts of a target goes from x to y. */
static double effect(const explaining *e, size_t target, double x, double y) {
    if (e->targets[target].comes && !isnan(x) && !isnan(y))
        return (double)isfinite(y) - (double)isfinite(x);
    return moati_difference(x, y, e->rounding[target]);
}

static moat_status begin(explaining *e, moat_error *error) {
    const moat_model *model = e->first->model;
    e->outputs = calloc(e->count + 1, sizeof *e->outputs);
    e->nodes = calloc(e->count + 1, sizeof *e->nodes);
    e->changed = calloc(e->count + 1, sizeof *e->changed);
    e->sums = calloc(e->count * e->samples + 1, sizeof *e->sums);
    e->column = calloc(e->samples, sizeof *e->column);
    e->rounding = calloc(e->count + 1, sizeof *e->rounding);
    if (e->outputs == NULL || e->nodes == NULL || e->changed == NULL || e->sums == NULL ||
        e->column == NULL || e->rounding == NULL)
        return moati_no_memory(model, error);
    for (size_t i = 0; i < e->count; i++) {
        e->rounding[i] = fmax(moati_rounding_of(e->samples, first_values(e, i)),
                              moati_rounding_of(e->samples, second_values(e, i)));
        const moat_target *target = &e->targets[i];
        e->outputs[i] = *moat_model_get_output(model, target->first_output);
        e->outputs[i].nodes += target->first_entry;
        e->outputs[i].count = 1;
        e->explanations[i].alone =
            calloc(e->contrasts->count + 1, sizeof *e->explanations[i].alone);
        if (e->explanations[i].alone == NULL)
            return moati_no_memory(model, error);
    }
    const moat_status status =
        moati_carried_begin(&e->carried, e->first->model, e->contrasts->count, error);
    return status == MOAT_OK ? moat_basis_take(e->first->model, &e->basis, error) : status;
}

/* Evaluates the targets that what is carried has changed, in the order of targets. */
static moat_status evaluate(explaining *e, moat_columns **columns, moat_error *error) {
    size_t count = 0;
    *columns = NULL;
    moat_status status =
        moat_basis_compare(e->first->model, e->basis, e->count, e->outputs, e->changed, error);
    if (status != MOAT_OK)
        return status;
    for (size_t i = 0; i < e->count; i++)
        if (e->changed[i])
            e->nodes[count++] = e->outputs[i].nodes[0];
    return count > 0 ? moat_model_evaluate(e->first->model, count, e->nodes, columns, error)
                     : MOAT_OK;
}

static moat_status summarise_alone(explaining *e, size_t contrast, const moat_columns *columns,
                                   moat_error *error) {
    moat_status status = MOAT_OK;
    for (size_t i = 0, next = 0; i < e->count && status == MOAT_OK; i++) {
        if (!e->changed[i])
            continue;
        const double *before = first_values(e, i), *after = moat_columns_get(columns, next++);
        double *sums = e->sums + i * e->samples;
        for (size_t s = 0; s < e->samples; s++) {
            e->column[s] = effect(e, i, before[s], after[s]);
            sums[s] += e->column[s];
        }
        status = moat_summarise(e->samples, e->column, &e->explanations[i].alone[contrast], error);
    }
    return status;
}

static moat_status explain_alone(explaining *e, size_t contrast, moat_error *error) {
    moat_columns *columns = NULL;
    const moat_contrast *item = &e->contrasts->items[contrast];
    moat_status status =
        moati_carry(&e->carried, e->second, e->contrasts->same_script, item, error);
    if (status == MOAT_OK)
        status = evaluate(e, &columns, error);
    if (status == MOAT_OK)
        status = summarise_alone(e, contrast, columns, error);
    moat_columns_free(columns);
    moati_carried_undo(&e->carried);
    return status;
}

/* What all contrasts together do beyond the sum of each alone: nothing where it is no more than
 * what the sums were rounded by. */
static double joint_effect(double whole, double sum, double size, double rounding) {
    const double joint = whole - sum;
    return fabs(joint) <= fmax(0x1p-43 * size, 4 * rounding) ? 0 : joint;
}

/* The whole, what all contrasts do together beyond their sum, and what is left. `all` is the target
 * with all of them; NULL: they do not change it. */
static moat_status summarise_target(explaining *e, size_t index, const double *all,
                                    moat_error *error) {
    moat_explanation *explanation = &e->explanations[index];
    const double *x = first_values(e, index), *y = second_values(e, index);
    const double *sums = e->sums + index * e->samples;
    all = all == NULL ? x : all;
    for (size_t s = 0; s < e->samples; s++)
        e->column[s] = effect(e, index, x[s], y[s]);
    moat_status status = moat_summarise(e->samples, e->column, &explanation->whole, error);
    for (size_t s = 0; s < e->samples; s++)
        e->column[s] = joint_effect(effect(e, index, x[s], all[s]), sums[s],
                                    fabs(x[s]) + fabs(all[s]) + fabs(sums[s]), e->rounding[index]);
    if (status == MOAT_OK)
        status = moat_summarise(e->samples, e->column, &explanation->together, error);
    for (size_t s = 0; s < e->samples; s++)
        e->column[s] = effect(e, index, all[s], y[s]);
    if (status == MOAT_OK)
        status = moat_summarise(e->samples, e->column, &explanation->rest, error);
    return status;
}

static moat_status explain_together(explaining *e, moat_error *error) {
    moat_columns *columns = NULL;
    moat_status status = MOAT_OK;
    for (size_t k = 0; k < e->contrasts->count && status == MOAT_OK; k++)
        if (e->contrasts->items[k].carried)
            status = moati_carry(&e->carried, e->second, e->contrasts->same_script,
                                 &e->contrasts->items[k], error);
    if (status == MOAT_OK)
        status = evaluate(e, &columns, error);
    for (size_t i = 0, next = 0; i < e->count && status == MOAT_OK; i++)
        status =
            summarise_target(e, i, e->changed[i] ? moat_columns_get(columns, next++) : NULL, error);
    moat_columns_free(columns);
    return status;
}

moat_status moat_explain(const moat_side *first, const moat_side *second,
                         const moat_contrasts *contrasts, size_t count, const moat_target *targets,
                         moat_explanation *explanations, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    explaining e = {.first = first,
                    .second = second,
                    .contrasts = contrasts,
                    .count = count,
                    .samples = moat_model_settings(first->model)->samples,
                    .targets = targets,
                    .explanations = explanations};
    for (size_t i = 0; i < count; i++)
        explanations[i] = (moat_explanation){.alone = NULL};
    moat_status status = begin(&e, error);
    for (size_t k = 0; k < contrasts->count && status == MOAT_OK; k++)
        if (contrasts->items[k].carried)
            status = explain_alone(&e, k, error);
    if (status == MOAT_OK)
        status = explain_together(&e, error);
    if (e.carried.names != NULL)
        moati_carried_end(&e.carried);
    moat_basis_free(e.basis);
    free(e.outputs);
    free(e.nodes);
    free(e.changed);
    free(e.sums);
    free(e.column);
    free(e.rounding);
    return status;
}

void moat_explanations_free(size_t count, moat_explanation *explanations) {
    for (size_t i = 0; explanations != NULL && i < count; i++)
        free(explanations[i].alone);
}
