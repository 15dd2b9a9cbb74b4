/* Giving one model what another assumes, and taking it back. */
#ifndef MOATI_CARRY_H
#define MOATI_CARRY_H

#include "moat/compare.h"
#include "model.h"

/* Whether two assumptions of the same dimension are the same number or distribution, which must not
 * have uncertain parameters. */
bool moati_means_the_same(const moat_model *first, const moat_assumption *a,
                          const moat_model *second, const moat_assumption *b);

/* The changes of a model that are to be taken back. */
typedef struct moati_carried {
    moat_model *model;
    size_t count;       /* of the overrides */
    const char **names; /* owned */
    bool has_pairs;     /* of the other model in force, and its own here */
    moati_pairs pairs;
} moati_carried;

moat_status moati_carried_begin(moati_carried *carried, moat_model *model, size_t most,
                                moat_error *error);
/* Gives the model what the second assumes. MOAT_INVALID, with nothing changed, where it cannot be;
 * MOAT_NO_MEMORY, MOAT_LIMIT. */
moat_status moati_carry(moati_carried *carried, const moat_side *second, bool same_script,
                        const moat_contrast *contrast, moat_error *error);
/* Takes everything back. */
void moati_carried_undo(moati_carried *carried);
/* The same, and frees what is owned. */
void moati_carried_end(moati_carried *carried);

#endif
