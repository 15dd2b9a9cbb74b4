/* A model: what a script declares on top of a graph — assumptions, correlations, the
 * horizon, outputs, variants, settings — and its evaluation. It knows no Lua: the bindings
 * fill it in, the command reads it, and C programs can do both.
 *
 * A model owns its units and its graph. Strings passed in are copied; strings handed out
 * belong to the model. Not thread-safe. */
#ifndef MOAT_MODEL_H
#define MOAT_MODEL_H

#include "moat/budget.h"
#include "moat/graph.h"
#include "moat/program.h"
#include "moat/sample.h"
#include "moat/summary.h"

typedef struct moat_model moat_model;

moat_model *moat_model_new(moat_error *error);
void moat_model_free(moat_model *model);
moat_units *moat_model_units(const moat_model *model);
moat_graph *moat_model_graph(const moat_model *model);

/* --- Settings: the defaults, what the script says, and what the command line insists on. */

typedef struct moat_settings {
    uint64_t seed;
    size_t samples;
    moat_sampling sampling;
    unsigned threads;
} moat_settings;

enum { MOAT_SET_SEED = 1, MOAT_SET_SAMPLES = 2, MOAT_SET_SAMPLING = 4, MOAT_SET_THREADS = 8 };

/* Sets the named fields; fields pinned before stay as they are. `pin` is for the command
 * line. samples must be 1 .. 2^32. */
moat_status moat_model_set(moat_model *model, unsigned fields, const moat_settings *settings,
                           bool pin, moat_error *error);
const moat_settings *moat_model_settings(const moat_model *model);

/* Asked before each evaluation and while it runs; may be NULL. */
void moat_model_set_cancel(moat_model *model, const atomic_int *cancel);
const atomic_int *moat_model_cancel(const moat_model *model);
void moat_model_set_progress(moat_model *model, void (*progress)(void *, double), void *context);

/* Bytes that the model, its evaluations and the Lua that fills it in may take together. 0, the
 * default: no limit. What would take more fails with MOAT_LIMIT: an evaluation before it begins,
 * naming how many samples would do. */
void moat_model_set_memory_limit(moat_model *model, uint64_t bytes);
/* Where that is counted, for what else is done with the model. It has the model's flag. */
moat_budget *moat_model_budget(moat_model *model);

/* Values of up to this many bytes are kept whole when they are summarised; more are streamed,
 * where that takes less. No figure depends on it. The default is MOAT_KEEP_LIMIT. */
#define MOAT_KEEP_LIMIT (UINT64_C(1) << 29)
void moat_model_set_keep_limit(moat_model *model, uint64_t bytes);

/* --- The horizon: periods 1 .. count. */

typedef enum moat_step { MOAT_YEAR, MOAT_QUARTER, MOAT_MONTH } moat_step;

typedef struct moat_horizon {
    unsigned periods; /* 0: no horizon has been set */
    moat_step step;
    bool dated; /* first_year and first_part are known */
    int first_year;
    unsigned first_part; /* 1..4 for quarters, 1..12 for months, 1 for years */
} moat_horizon;

enum { MOAT_PERIODS_LIMIT = 100000 };

/* "2026", "2026-Q3", "2026-09": year, part and step; MOAT_SYNTAX else. */
moat_status moat_date_parse(const char *text, moat_step *step, int *year, unsigned *part,
                            moat_error *error);
moat_status moat_model_set_horizon(moat_model *model, const moat_horizon *horizon,
                                   moat_error *error);
const moat_horizon *moat_model_horizon(const moat_model *model);
double moat_horizon_dt(const moat_horizon *horizon); /* years per period: 1, 1/4 or 1/12 */
/* "2026-Q3", or "7" without dates. Period 0 is the one before the first. */
void moat_horizon_label(const moat_horizon *horizon, unsigned period, char buffer[16]);
int moat_horizon_year(const moat_horizon *horizon, unsigned period);
/* The calendar years that the horizon touches; without dates, years from its start. */
unsigned moat_horizon_years(const moat_horizon *horizon);

/* --- Assumptions. */

typedef struct moat_assumption {
    const char *name;   /* "compute.lead" */
    const char *text;   /* the literal as written, or a description */
    const char *source; /* NULL where not given; also note, date, label */
    const char *note;
    const char *date;
    const char *label;
    unsigned block; /* assumptions stand in reports by block, then by name */
    moat_unit unit; /* as written */
    moat_node node; /* the symbolic input */
    moat_dist dist; /* MOAT_NO_DIST: the value is `definition` */
    moat_node definition;
} moat_assumption;

/* Declares an assumption: fills in everything from `assumption` but node, which it makes
 * and returns. With a dist, draws are addressed by the assumption's name. Errors:
 * MOAT_INVALID (declared twice; the name is empty). */
moat_node moat_model_assume(moat_model *model, const moat_assumption *assumption,
                            moat_error *error);
size_t moat_model_assumptions(const moat_model *model);
/* In report order: by block, then by name. The overrides in force are shown in text, unit,
 * dist and definition. */
const moat_assumption *moat_model_assumption(const moat_model *model, size_t index);
const moat_assumption *moat_model_find_assumption(const moat_model *model, const char *name);
/* The assumption whose name is nearest, for messages; NULL where none is near. */
const char *moat_model_nearest_assumption(const moat_model *model, const char *name);

/* Rank correlations of pairs of assumptions: all of them are taken or, with an error, none.
 * Pairs that are consistent together need not be so one after the other: x-y 0.9 and y-z 0.9
 * are only with x-z among them. A constant has no draw, so that its correlations have no
 * effect. Errors: MOAT_UNKNOWN (no such assumption), MOAT_INVALID (see moat_graph_correlate;
 * an assumption computed from others). */
typedef struct moat_pair {
    const char *first, *second; /* assumptions */
    double rank;
} moat_pair;

moat_status moat_model_correlate(moat_model *model, size_t count, const moat_pair *pairs,
                                 moat_error *error);
/* Those that have been taken, in their order; the names belong to the model. */
size_t moat_model_pairs(const moat_model *model);
moat_pair moat_model_pair(const moat_model *model, size_t index);

/* --- Variants and overrides. */

/* What an assumption becomes: a literal (text), or a distribution or node as above. */
typedef struct moat_override {
    const char *name;
    const char *text; /* parsed as a literal where dist and definition are both 0 */
    moat_dist dist;
    moat_node definition;
} moat_override;

/* Declares a variant; every name must be an assumption and every dimension fit. */
moat_status moat_model_add_variant(moat_model *model, const char *name, size_t count,
                                   const moat_override *overrides, moat_error *error);
size_t moat_model_variants(const moat_model *model);
const char *moat_model_variant_name(const moat_model *model, size_t index);

/* Puts a variant in force (NULL: none). `pending` is allowed before the variant is declared:
 * it takes effect when it is; moat_model_unresolved tells what never was. */
moat_status moat_model_use_variant(moat_model *model, const char *name, moat_error *error);
const char *moat_model_variant(const moat_model *model);

/* Overrides one assumption by a literal, over any variant; may precede its declaration, in
 * which case errors of the literal come from moat_model_assume. */
moat_status moat_model_override(moat_model *model, const char *name, const char *literal,
                                moat_error *error);
/* An override or variant that was asked for and has not been declared; NULL where all were. */
const char *moat_model_unresolved(const moat_model *model, bool *is_variant);

/* --- Outputs. */

typedef enum moat_axis { MOAT_NO_AXIS, MOAT_PERIOD_AXIS, MOAT_YEAR_AXIS } moat_axis;

typedef enum moat_show {
    MOAT_SHOW_NUMBER,
    MOAT_SHOW_DATE,     /* years from the start of the horizon; people see the period */
    MOAT_SHOW_CONDITION /* 0 or 1; people see the probability */
} moat_show;

typedef struct moat_output {
    const char *name;
    const char *label; /* NULL where not given */
    moat_unit unit;    /* MOAT_NO_UNIT: choose a readable one from the values */
    moat_dim dim;
    moat_show show;
    moat_axis axis;
    size_t count;           /* nodes: 1 without an axis */
    const moat_node *nodes; /* nodes[0] is the first period */
} moat_output;

moat_status moat_model_output(moat_model *model, const moat_output *output, moat_error *error);
size_t moat_model_outputs(const moat_model *model);
const moat_output *moat_model_get_output(const moat_model *model, size_t index);
/* NULL: none of this name has been declared. */
const moat_output *moat_model_find_output(const moat_model *model, const char *name);
/* The label of entry `index` of an axis: a period's label or a year. */
void moat_model_axis_label(const moat_model *model, moat_axis axis, size_t index, char buffer[16]);

/* --- Evaluation under the settings, overrides and correlations in force. */

/* Evaluates nodes; column i belongs to nodes[i]. Columns are kept whole, whatever they take. */
moat_status moat_model_evaluate(moat_model *model, size_t count, const moat_node *nodes,
                                moat_columns **columns, moat_error *error);
/* Evaluates and summarises, in base units. */
moat_status moat_model_summarise(moat_model *model, size_t count, const moat_node *nodes,
                                 moat_summary *summaries, moat_error *error);
/* Evaluates nodes and takes `wanted` quantiles of each, in base units: those of nodes[i] are
 * quantiles[i * wanted], .. */
moat_status moat_model_quantiles(moat_model *model, size_t count, const moat_node *nodes,
                                 size_t wanted, const double *probabilities, double *quantiles,
                                 moat_error *error);

/* Everything a report of a run needs. */
typedef struct moat_timing {
    double compile_ms, allocate_ms, evaluate_ms, summarise_ms;
} moat_timing;

typedef struct moat_results moat_results;

/* Evaluates all outputs and all assumptions. */
moat_status moat_model_run(moat_model *model, moat_results **results, moat_error *error);
/* The same of outputs that need not have been declared, and of no assumption. All their nodes must
 * be there; their names must outlive the results. */
moat_status moat_model_look(moat_model *model, size_t count, const moat_output *outputs,
                            moat_results **results, moat_error *error);
/* All outputs, and after them others that need not have been declared, under the same conditions:
 * the digest is that of the declared ones. Of every entry the first values are known. */
moat_status moat_model_study(moat_model *model, size_t count, const moat_output *more,
                             moat_results **results, moat_error *error);
void moat_results_free(moat_results *results);
/* Of entry `index` (period or year) of output `output`, in base units. */
const moat_summary *moat_results_output(const moat_results *results, size_t output, size_t index);
/* The values of all samples; NULL where they are not kept (moat_model_set_keep_limit). */
const double *moat_results_values(const moat_results *results, size_t output, size_t index);
/* The values of the first *count samples of an entry, kept or not: all, or MOAT_FIRST_VALUES of
 * more. They are a sample like any other and show the shape of a distribution. NULL, and a count of
 * 0, for an output with an axis, unless it has been studied. */
enum { MOAT_FIRST_VALUES = 1 << 14 };
const double *moat_results_first_values(const moat_results *results, size_t output, size_t index,
                                        size_t *count);
/* Lets go of the values of all samples but the first ones: the memory of results that only their
 * summaries are wanted of. */
moat_status moat_results_forget_values(moat_results *results, moat_error *error);
/* Of an assumption, by its index in report order. */
const moat_summary *moat_results_assumption(const moat_results *results, size_t index);
/* The unit to show an output in: its own, or a readable one. */
moat_unit moat_results_unit(const moat_results *results, size_t output);
/* The digest of all outputs (128 bits as 32 hexadecimal digits and a 0), and of one (16). */
void moat_results_digest(const moat_results *results, char buffer[33]);
void moat_results_output_digest(const moat_results *results, size_t output, char buffer[17]);
const moat_timing *moat_results_timing(const moat_results *results);
/* True where output `output` did not vary over samples. */
bool moat_results_constant(const moat_results *results, size_t output);

#endif
