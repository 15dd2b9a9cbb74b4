/* Two evaluated models that share their draws: which assumptions differ, and how much of the
 * difference of their outputs each of those explains.
 *
 * Draws are addressed by names, so that models with the same seed, samples and sampling draw the
 * same for assumptions of the same name: outputs are compared sample by sample. Each model has
 * units of its own: dimensions are compared by what they mean, and never by number.
 * Not thread-safe, as the models. */
#ifndef MOAT_COMPARE_H
#define MOAT_COMPARE_H

#include "moat/model.h"

/* A model and what moat_model_run gave of it. */
typedef struct moat_side {
    moat_model *model;
    const moat_results *results;
} moat_side;

/* --- Assumptions that differ. */

typedef enum moat_contrast_kind {
    MOAT_OTHER_VALUE, /* both models have the assumption and give it other values */
    MOAT_OTHER_UNIT,  /* they give it units of other dimensions */
    MOAT_ONLY_FIRST,  /* one of them does not have it */
    MOAT_ONLY_SECOND,
    MOAT_OTHER_CORRELATIONS /* all pairs whose rank correlations differ, as one */
} moat_contrast_kind;

typedef struct moat_contrast {
    moat_contrast_kind kind;
    bool carried;     /* the first model can be given what the second assumes, and it alone */
    const char *name; /* of the assumption; "correlations" */
    const moat_assumption *first, *second; /* NULL where a model has none */
    const moat_summary *first_summary, *second_summary;
} moat_contrast;

/* A pair of assumptions that are not correlated alike; 0 where they are not at all. */
typedef struct moat_pair_contrast {
    const char *first, *second;
    double rank_of_first, rank_of_second;
} moat_pair_contrast;

typedef struct moat_contrasts {
    bool same_script; /* as given */
    size_t count, pair_count;
    moat_contrast *items;      /* as the first model reports them, then those of the second alone */
    moat_pair_contrast *pairs; /* what the item of correlations stands for */
} moat_contrasts;

/* Finds what differs. What is written in other words and means the same does not, nor what is
 * computed alike from assumptions that differ. `same_script` says that both models come from one
 * text, so that a variant of the second is one of the first too. Texts and summaries belong to the
 * sides. The models are evaluated, and are as before then. Free *contrasts in any case. */
moat_status moat_contrasts_find(const moat_side *first, const moat_side *second, bool same_script,
                                moat_contrasts *contrasts, moat_error *error);
void moat_contrasts_free(moat_contrasts *contrasts);

/* --- What explains the difference of outputs. */

/* An entry of an output that both models have; both results must have kept their values. */
typedef struct moat_target {
    size_t first_output, second_output, first_entry, second_entry;
    bool comes; /* what counts is whether a date comes at all (1 or 0), and not when */
} moat_target;

/* Of one target, in base units: second - first, sample by sample, and its parts, which add up to
 * it. `alone` is what changes where one assumption of the first model is given the second's value;
 * `together` what changes where all are, beyond the sum of these: the joint effect, as of a price
 * and an amount that both rise; `rest` is what is left: what could not be carried over, and what
 * the models compute otherwise. */
typedef struct moat_explanation {
    moat_summary whole;
    moat_summary *alone; /* owned; for each contrast, zeros where it is not carried */
    moat_summary together, rest;
} moat_explanation;

/* Explains each target. The first model is compiled and evaluated once for each contrast that is
 * carried, for what depends on it alone, and is as before then. explanations has an entry for each
 * target; free them in any case. Errors: those of evaluation. */
moat_status moat_explain(const moat_side *first, const moat_side *second,
                         const moat_contrasts *contrasts, size_t count, const moat_target *targets,
                         moat_explanation *explanations, moat_error *error);
void moat_explanations_free(size_t count, moat_explanation *explanations);

/* Bytes that moat_explain allocates, the evaluations that it makes among them. */
double moat_explain_bytes(size_t count, size_t samples);

#endif
