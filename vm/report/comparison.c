/* Matching the outputs of subjects and comparing them sample by sample. */
#include "comparison.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

/* --- Matching. */

static size_t find_output(const moat_model *model, const char *name) {
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        if (strcmp(moat_model_get_output(model, i)->name, name) == 0)
            return i;
    return MOATI_NONE;
}

/* Dates are counted from the start of the horizon. */
static bool same_start(const moat_horizon *a, const moat_horizon *b) {
    char x[16], y[16];
    moat_horizon_label(a, 1, x);
    moat_horizon_label(b, 1, y);
    return a->step == b->step && a->dated == b->dated && strcmp(x, y) == 0;
}

static moati_matching matching_of(const moat_model *first, const moat_output *a,
                                  const moat_model *second, const moat_output *b) {
    const char *x = moat_dim_text(moat_model_units(first), a->dim);
    const char *y = moat_dim_text(moat_model_units(second), b->dim);
    if (a->axis != b->axis || a->show != b->show)
        return MOATI_OTHER_SHAPE;
    if (a->show == MOAT_SHOW_DATE &&
        !same_start(moat_model_horizon(first), moat_model_horizon(second)))
        return MOATI_OTHER_START;
    return strcmp(x, y) == 0 ? MOATI_MATCHED : MOATI_OTHER_UNIT;
}

/* Entries belong together where they are of the same period or year. */
static size_t find_entry(const moat_model *model, const moat_output *output, const char *label,
                         size_t guess) {
    char other[16];
    for (size_t i = 0; i < output->count; i++) {
        const size_t at = (guess + i) % output->count;
        moat_model_axis_label(model, output->axis, at, other);
        if (strcmp(label, other) == 0)
            return at;
    }
    return MOATI_NONE;
}

static moat_status match_entries(const moati_comparison *c, size_t subject,
                                 const moat_output *output, moati_match *match, moat_error *error) {
    const moat_model *first = c->subjects[0].model, *second = c->subjects[subject].model;
    const moat_output *other = moat_model_get_output(second, match->output);
    match->entries = malloc((output->count + 1) * sizeof *match->entries);
    match->paired = calloc(output->count + 1, sizeof *match->paired);
    if (match->entries == NULL || match->paired == NULL)
        return no_memory(error);
    bool any = false;
    for (size_t t = 0; t < output->count; t++) {
        char label[16];
        moat_model_axis_label(first, output->axis, t, label);
        match->entries[t] = find_entry(second, other, label, t);
        any = any || match->entries[t] != MOATI_NONE;
    }
    if (!any)
        match->how = MOATI_NO_PERIODS;
    return MOAT_OK;
}

static moat_status match(moati_comparison *c, size_t subject, moati_compared_output *output,
                         moat_error *error) {
    const moat_model *second = c->subjects[subject].model;
    moati_match *m = &output->matches[subject];
    *m = (moati_match){.how = MOATI_MISSING, .largest = MOATI_NONE};
    m->output = find_output(second, output->output->name);
    if (m->output == MOATI_NONE)
        return MOAT_OK;
    m->how = matching_of(c->subjects[0].model, output->output, second,
                         moat_model_get_output(second, m->output));
    return m->how == MOATI_MATCHED ? match_entries(c, subject, output->output, m, error) : MOAT_OK;
}

static bool is_stray(const moati_comparison *c, const char *name) {
    for (size_t i = 0; i < c->stray_count; i++)
        if (strcmp(c->strays[i].output->name, name) == 0)
            return false;
    return find_output(c->subjects[0].model, name) == MOATI_NONE;
}

static void find_strays(moati_comparison *c) {
    for (size_t s = 1; s < c->subject_count; s++)
        for (size_t i = 0; i < moat_model_outputs(c->subjects[s].model); i++) {
            const moat_output *output = moat_model_get_output(c->subjects[s].model, i);
            if (is_stray(c, output->name))
                c->strays[c->stray_count++] = (moati_stray){output, s};
        }
}

static moat_status begin_outputs(moati_comparison *c, moat_error *error) {
    const moati_compared *first = &c->subjects[0];
    for (size_t i = 0; i < c->output_count; i++) {
        moati_compared_output *output = &c->outputs[i];
        output->output = moat_model_get_output(first->model, i);
        output->style = moati_style_of(first->model, first->results, output->output, i);
        output->matches = calloc(c->subject_count, sizeof *output->matches);
        if (output->matches == NULL)
            return no_memory(error);
        for (size_t s = 1; s < c->subject_count; s++) {
            const moat_status status = match(c, s, output, error);
            if (status != MOAT_OK)
                return status;
        }
    }
    return MOAT_OK;
}

moat_status moati_comparison_begin(const moati_compared *subjects, size_t count,
                                   moati_comparison *c, moat_error *error) {
    size_t strays = 0;
    *c = (moati_comparison){.subject_count = count, .subjects = subjects};
    for (size_t s = 1; s < count; s++)
        strays += moat_model_outputs(subjects[s].model);
    c->outputs = calloc(moat_model_outputs(subjects[0].model) + 1, sizeof *c->outputs);
    c->strays = calloc(strays + 1, sizeof *c->strays);
    c->against = calloc(count, sizeof *c->against);
    if (c->outputs == NULL || c->strays == NULL || c->against == NULL)
        return no_memory(error);
    c->output_count = moat_model_outputs(subjects[0].model);
    find_strays(c);
    return begin_outputs(c, error);
}

void moati_comparison_free(moati_comparison *c) {
    for (size_t i = 0; i < c->output_count; i++) {
        for (size_t s = 0; c->outputs[i].matches != NULL && s < c->subject_count; s++) {
            free(c->outputs[i].matches[s].entries);
            free(c->outputs[i].matches[s].paired);
        }
        free(c->outputs[i].matches);
    }
    for (size_t s = 0; c->against != NULL && s < c->subject_count; s++) {
        moat_contrasts_free(&c->against[s].contrasts);
        moat_explanations_free(c->against[s].target_count, c->against[s].explanations);
        free(c->against[s].explanations);
        free(c->against[s].targets);
    }
    free(c->outputs);
    free(c->strays);
    free(c->against);
}

/* --- Pairs. */

/* Each entry of each output that both subjects have. */
typedef struct pairs {
    size_t count;
    moat_paired_columns *columns;
    moat_paired **into;
    moat_paired *paired;
} pairs;

static void add_pairs(const moati_comparison *c, size_t subject, size_t index, pairs *p) {
    moati_match *m = &c->outputs[index].matches[subject];
    for (size_t t = 0; m->how == MOATI_MATCHED && t < c->outputs[index].output->count; t++) {
        if (m->entries[t] == MOATI_NONE)
            continue;
        p->columns[p->count] = (moat_paired_columns){
            moat_results_values(c->subjects[0].results, index, t),
            moat_results_values(c->subjects[subject].results, m->output, m->entries[t])};
        p->into[p->count++] = &m->paired[t];
    }
}

static moat_status pair_all(moati_comparison *c, size_t subject, moat_error *error) {
    const moat_model *model = c->subjects[0].model;
    const moat_settings *settings = moat_model_settings(model);
    size_t most = 1;
    pairs p = {.count = 0};
    for (size_t i = 0; i < c->output_count; i++)
        most += c->outputs[i].output->count;
    p.columns = malloc(most * sizeof *p.columns);
    p.into = malloc(most * sizeof *p.into);
    p.paired = malloc(most * sizeof *p.paired);
    moat_status status = MOAT_OK;
    if (p.columns == NULL || p.into == NULL || p.paired == NULL) {
        status = no_memory(error);
    } else {
        for (size_t i = 0; i < c->output_count; i++)
            add_pairs(c, subject, i, &p);
        status = moat_summarise_paired(p.count, p.columns, settings->samples, settings->threads,
                                       moat_model_cancel(model), p.paired, error);
        for (size_t i = 0; i < p.count && status == MOAT_OK; i++)
            *p.into[i] = p.paired[i];
    }
    free(p.columns);
    free(p.into);
    free(p.paired);
    return status;
}

/* Which entry differs most, and whether any does. */
static void find_largest(const moati_comparison *c, size_t subject, size_t index) {
    const size_t samples = moat_model_settings(c->subjects[0].model)->samples;
    moati_match *m = &c->outputs[index].matches[subject];
    double most = -1;
    m->same = m->how == MOATI_MATCHED;
    for (size_t t = 0; m->how == MOATI_MATCHED && t < c->outputs[index].output->count; t++) {
        if (m->entries[t] == MOATI_NONE) {
            m->same = false;
            continue;
        }
        const moat_paired *paired = &m->paired[t];
        const double mean = paired->difference.mean;
        const double size = fabs(isfinite(mean) ? mean : paired->difference.p50);
        m->same = m->same && paired->equal == samples;
        if (size > most) {
            most = size;
            m->largest = t;
        }
    }
}

/* --- Explanations. */

static bool has_never(const moat_summary *summary) {
    return summary->inf_count > 0;
}

static bool is_finite(const moat_summary *summary) {
    return isfinite(summary->min) && isfinite(summary->max);
}

/* The last entry that both have; MOATI_NONE where they have none. */
static size_t last_common(const moati_match *m, size_t count) {
    while (count > 0 && m->entries[count - 1] == MOATI_NONE)
        count--;
    return count > 0 ? count - 1 : MOATI_NONE;
}

/* False where there is nothing to explain: no difference, or one that is not finite. */
static bool make_target(const moati_comparison *c, size_t subject, size_t index,
                        moat_target *target) {
    const moati_compared_output *output = &c->outputs[index];
    const moati_match *m = &output->matches[subject];
    if (m->how != MOATI_MATCHED || m->same)
        return false;
    const size_t entry = last_common(m, output->output->count);
    if (entry == MOATI_NONE)
        return false;
    *target = (moat_target){.first_output = index,
                            .second_output = m->output,
                            .first_entry = entry,
                            .second_entry = m->entries[entry]};
    const moat_summary *a = moat_results_output(c->subjects[0].results, index, entry);
    const moat_summary *b =
        moat_results_output(c->subjects[subject].results, m->output, m->entries[entry]);
    if (a->nan_count > 0 || b->nan_count > 0)
        return false;
    target->comes = output->output->show == MOAT_SHOW_DATE && (has_never(a) || has_never(b));
    return target->comes || (is_finite(a) && is_finite(b));
}

static moat_status explain(moati_comparison *c, size_t subject, moat_error *error) {
    const moati_compared *a = &c->subjects[0], *b = &c->subjects[subject];
    const moat_side first = {a->model, a->results}, second = {b->model, b->results};
    moati_against *against = &c->against[subject];
    const bool same_script = strcmp(a->sha256, b->sha256) == 0;
    moat_status status =
        moat_contrasts_find(&first, &second, same_script, &against->contrasts, error);
    if (status != MOAT_OK)
        return status;
    against->targets = calloc(c->output_count + 1, sizeof *against->targets);
    against->explanations = calloc(c->output_count + 1, sizeof *against->explanations);
    if (against->targets == NULL || against->explanations == NULL)
        return no_memory(error);
    for (size_t i = 0; i < c->output_count; i++)
        against->target_count +=
            make_target(c, subject, i, &against->targets[against->target_count]);
    return moat_explain(&first, &second, &against->contrasts, against->target_count,
                        against->targets, against->explanations, error);
}

moat_status moati_comparison_add(moati_comparison *c, size_t subject, moat_error *error) {
    const moati_compared *second = &c->subjects[subject];
    for (size_t i = 0; i < c->output_count; i++) {
        const moati_match *m = &c->outputs[i].matches[subject];
        if (m->how == MOATI_MATCHED && !moat_results_constant(second->results, m->output))
            c->outputs[i].style.exact = false;
    }
    moat_status status = pair_all(c, subject, error);
    if (status != MOAT_OK)
        return status;
    for (size_t i = 0; i < c->output_count; i++)
        find_largest(c, subject, i);
    return explain(c, subject, error);
}

double moati_comparison_bytes(const moat_model *first, size_t samples) {
    const size_t targets = moat_model_outputs(first);
    const unsigned threads = moat_model_settings(first)->threads;
    const double evaluated = (double)targets * (double)samples * sizeof(double);
    return evaluated + moat_explain_bytes(targets, samples) +
           (threads == 0 ? 8.0 : (double)threads) * (double)samples * 4 * sizeof(double);
}
