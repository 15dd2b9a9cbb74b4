/* The parts of a model, shared among the files that implement it. */
#ifndef MOATI_MODEL_H
#define MOATI_MODEL_H

#include "account.h"
#include "moat/model.h"
#include "moat/report.h"
#include "refusal.h"

/* What an assumption stands for, as declared or as overridden. */
typedef struct moati_value {
    char *text; /* owned; NULL: no value */
    moat_unit unit;
    moat_dist dist;       /* MOAT_NO_DIST: the value is `definition` */
    moat_node definition; /* MOAT_NO_NODE with a dist */
} moati_value;

typedef struct moati_assumption {
    moat_assumption shown; /* text, unit, dist and definition are those in force */
    moat_dim dim;
    size_t input; /* the number of shown.node among the graph's inputs */
    char *name, *source, *note, *date, *label; /* owned; what `shown` points to */
    moati_value base;
    moati_value override; /* over any variant */
} moati_assumption;

typedef struct moati_change {
    moati_assumption *assumption;
    moati_value value;
} moati_change;

typedef struct moati_variant {
    char *name;
    size_t count;
    moati_change *changes;
} moati_variant;

/* An override of an assumption that has not been declared. */
typedef struct moati_pending {
    char *name, *literal;
} moati_pending;

typedef struct moati_pair {
    const moati_assumption *first, *second;
    double rank;
} moati_pair;

struct moat_model {
    moat_units *units;
    moat_graph *graph;
    moat_settings settings;
    unsigned pinned;
    moat_horizon horizon;
    moat_budget budget;
    moati_account account; /* of its own texts and lists, which only grow */
    void (*progress)(void *, double);
    void *progress_context;
    uint64_t keep_limit; /* bytes */

    moati_assumption **assumptions; /* in report order */
    moati_assumption **by_name;     /* the same, sorted */
    size_t assumption_count, assumption_capacity, by_name_capacity;

    moati_pair *pairs;
    size_t pair_count, pair_capacity;

    moati_variant *variants;
    size_t variant_count, variant_capacity;
    char *wanted_variant; /* NULL: none */
    size_t variant;       /* 1 + the one in force; 0: none */

    moati_pending *pending;
    size_t pending_count, pending_capacity;
    moati_refusal refusal;

    /* What scripts asked about while they ran, for checkers. */
    bool keeps_asked;
    moat_node *asked;
    size_t asked_count, asked_capacity;

    moat_output *outputs; /* name, label and nodes are owned */
    size_t output_count, output_capacity;

    char *title;      /* of its report; NULL: none */
    moat_item *items; /* texts and columns are owned */
    size_t item_count, item_capacity;
    unsigned hidden;

    /* What each input of the graph stands for; NULL where something has changed since. */
    moat_node *definitions;
    size_t definition_count;
};

/* A copy of a text, counted until the model ends where there is one; of NULL, NULL with no failure.
 */
bool moati_duplicate(moat_model *model, const char *text, char **copy);
moat_status moati_no_memory(const moat_model *model, moat_error *error);

void moati_model_free_assumptions(moat_model *model);
void moati_model_free_variants(moat_model *model);
void moati_model_free_outputs(moat_model *model);
void moati_model_free_report(moat_model *model);
/* Forgets all items but the first so many, and the title unless it is kept. */
void moati_model_drop_items(moat_model *model, size_t count);
void moati_model_drop_title(moat_model *model, bool kept);

/* What an output points to, copied and freed; false: no memory, with a copy that can be freed. */
bool moati_output_copy(moat_model *model, const moat_output *given, moat_output *copy);
void moati_output_free(moat_output *output);

/* Forget what came later: assumptions from an input on, variants and outputs but the first. */
void moati_model_drop_assumptions(moat_model *model, size_t first_input);
void moati_model_drop_variants(moat_model *model, size_t count);
void moati_model_drop_outputs(moat_model *model, size_t count);

moati_assumption *moati_model_find(const moat_model *model, const char *name);
/* MOAT_UNKNOWN, with the nearest name. */
moat_status moati_model_unknown(const moat_model *model, const char *name, moat_error *error);

/* Makes the value of an override and checks that it fits. *value is written on success. */
moat_status moati_value_make(moat_model *model, const moati_assumption *assumption,
                             const moat_override *override, moati_value *value, moat_error *error);
void moati_value_free(moati_value *value);

/* Brings `shown` of all assumptions up to date and forgets the cached definitions. */
void moati_model_refresh(moat_model *model);
/* Applies an override that was asked for before its assumption was declared. */
moat_status moati_model_apply_pending(moat_model *model, moati_assumption *assumption,
                                      moat_error *error);

/* Overrides an assumption by a literal, a distribution or a node, over any variant. */
moat_status moati_model_put(moat_model *model, moati_assumption *assumption,
                            const moat_override *override, moat_error *error);
/* What a variant (NULL: none) makes of an assumption. NULL where there is no such variant. */
const moati_value *moati_model_value_in(const moat_model *model, const moati_assumption *assumption,
                                        const char *variant);

/* Correlations of a model that are not in force. */
typedef struct moati_pairs {
    moati_pair *items; /* owned */
    size_t count;
} moati_pairs;

/* Those of another model, as far as this one has the assumptions and they can be correlated. */
moat_status moati_pairs_translate(const moat_model *model, const moat_model *from,
                                  moati_pairs *pairs, moat_error *error);
/* Exchanges the correlations in force with others. */
void moati_pairs_exchange(moat_model *model, moati_pairs *pairs);

/* How an evaluation is to be summarised and what came of it. */
typedef struct moati_evaluation {
    moat_streaming how;      /* given: `wanted`, and what to call where values are streamed */
    double visit_bytes;      /* given: what that call will allocate */
    moat_summary *summaries; /* the caller's, one per node; NULL where quantiles are all */
    double *quantiles;       /* the caller's, `wanted` per node; may be NULL where none are */
    moat_program *program;   /* made; the caller frees both, after an error too */
    moat_columns *columns;   /* NULL where the values were streamed */
    moat_timing timing;
} moati_evaluation;

/* Evaluates nodes and summarises them; whether columns are kept is chosen here. */
moat_status moati_model_evaluate(moat_model *model, size_t count, const moat_node *nodes,
                                 moati_evaluation *evaluation, moat_error *error);

/* Fills model->definitions: the node that each input of the graph stands for. */
moat_status moati_model_lower(moat_model *model, moat_error *error);

#endif
