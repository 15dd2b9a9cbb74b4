/* Evaluation of a range of samples after the other, with what they share made once. */
#ifndef MOATI_EXEC_H
#define MOATI_EXEC_H

#include "moat/program.h"

typedef struct moati_evaluator moati_evaluator;

/* Checks the run and runs what does not vary over samples. Borrows both; errors are those of
 * moat_evaluate_into but for the columns. */
moat_status moati_evaluator_new(const moat_program *program, const moat_run *run,
                                moati_evaluator **evaluator, moat_error *error);
void moati_evaluator_free(moati_evaluator *evaluator);

/* Writes samples first .. first + count - 1 of every root to places 0 .. count - 1 of columns
 * with room for them; first is a multiple of 16. The progress reported is that of the whole
 * run. */
moat_status moati_evaluator_run(moati_evaluator *evaluator, size_t first, size_t count,
                                moat_columns *columns, moat_error *error);

#endif
