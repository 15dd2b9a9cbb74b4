/* What the command asks of a model beside its public interface: what became of overrides. */
#ifndef MOATI_REFUSAL_H
#define MOATI_REFUSAL_H

#include "moat/model.h"

/* Why an override that came before its assumption did not fit it. */
typedef struct moati_refusal {
    moat_error error;    /* status MOAT_OK: all fitted */
    const char *literal; /* what did not fit; it stays pending */
    moat_unit unit;      /* that the script writes the assumption in */
} moati_refusal;

const char *moati_model_nearest_variant(const moat_model *model, const char *name);

/* A refusal is the fault of who asked for the override and not of the script; NULL where all
 * fitted. */
const moati_refusal *moati_model_refusal(const moat_model *model);

/* What was set goes before what the variant in force says: the next assumption of which that holds,
 * from *place on, which begins as 0; NULL after the last. */
const moat_assumption *moati_model_next_hidden(const moat_model *model, size_t *place);

/* The unit that the script writes an assumption in, whatever overrides are in force. */
moat_unit moati_model_written_unit(const moat_model *model, const char *assumption);

#endif
