/* What a report is written from: the results of a model with samples of every one of them, and
 * those of its variants with the same draws. */
#ifndef MOATI_STUDY_H
#define MOATI_STUDY_H

#include "moat/model.h"

typedef struct moati_study moati_study;

/* Evaluates outputs, what the items of the report show, and assumptions; then the outputs once more
 * without a variant and with each. The variant that was in force is in force again afterwards.
 * Errors: those of moat_model_run. */
moat_status moati_study_make(moat_model *model, moati_study **study, moat_error *error);
void moati_study_free(moati_study *study);

/* The outputs of the model as moat_model_run gives them, digest and all; no assumptions. Belongs to
 * the study. */
const moat_results *moati_study_results(const moati_study *study);

#endif
