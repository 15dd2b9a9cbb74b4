/* Looking into a model: what depends on what, and what a change of assumptions has changed.
 *
 * For sessions in which a person changes one thing after the other, and only what depends on it is
 * to be evaluated again. Not thread-safe, as the model. */
#ifndef MOAT_EXPLORE_H
#define MOAT_EXPLORE_H

#include "moat/model.h"

/* How far a model had come at some time: to it a later declaration is taken back. */
typedef struct moat_mark {
    size_t inputs, pairs, variants, outputs, items;
    bool titled;
    unsigned hidden;
    moat_settings settings;
    unsigned pinned;
    moat_horizon horizon;
} moat_mark;

void moat_model_mark(const moat_model *model, moat_mark *mark);
/* Forgets assumptions, correlations, variants, outputs, what the report holds, settings and the
 * horizon that were declared since. Overrides stay. The graph stays as it is; nodes that were
 * computed from an assumption that is no more cannot be evaluated. */
void moat_model_rewind(moat_model *model, const moat_mark *mark);

/* Takes the override of an assumption back: its variant's value or the script's is in force again.
 * Nothing happens where there is none. Errors: MOAT_UNKNOWN. */
moat_status moat_model_restore(moat_model *model, const char *name, moat_error *error);
/* What the script itself, or the entry that declared it, says of an assumption. NULL where there is
 * no such assumption. */
const char *moat_model_declared_text(const moat_model *model, const char *name);
/* Whether an override is in force, and not just a variant. */
bool moat_model_is_overridden(const moat_model *model, const char *name);

/* What every assumption stands for at some time, to be compared with later. Must not outlive its
 * model. */
typedef struct moat_basis moat_basis;

/* Errors: MOAT_NO_MEMORY, and those of the correlations in force. */
moat_status moat_basis_take(moat_model *model, moat_basis **basis, moat_error *error);
void moat_basis_free(moat_basis *basis);

/* Writes for each output whether any of its values may differ from those at the time of the basis:
 * whether its cone has an assumption that stands for something else now; a correlation that is new
 * is such a change of those it joins, while a change of one of them leaves the draws of the other
 * as they were. The seed and the samples are not looked at. */
moat_status moat_basis_compare(moat_model *model, const moat_basis *basis, size_t count,
                               const moat_output *outputs, bool *changed, moat_error *error);

/* Writes for each output whether it depends on an assumption. Errors: MOAT_UNKNOWN,
 * MOAT_NO_MEMORY. */
moat_status moat_model_dependants(moat_model *model, const char *assumption, size_t count,
                                  const moat_output *outputs, bool *depends, moat_error *error);

/* What a node is computed from: its operands, all that a block kernel is given, or what an
 * assumption stands for. Returns how many; *list is valid until the model is changed. 0 for
 * constants and draws, for assumptions that are either, and after an error: MOAT_NO_MEMORY. */
size_t moat_model_precedents(moat_model *model, moat_node node, const moat_node **list,
                             moat_error *error);
/* How many nodes a value is computed from, itself among them; 0 where memory is short. */
size_t moat_model_count_cone(moat_model *model, moat_node node);
/* The name of its operation or block kernel. */
const char *moat_model_operation(const moat_model *model, moat_node node);

#endif
