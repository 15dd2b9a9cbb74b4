/* Where a report says that it comes from: files by their names below the script's folder, and what
 * the command line has set. */
#ifndef MOATI_PROVENANCE_H
#define MOATI_PROVENANCE_H

#include "buffer.h"
#include "scenario.h"
#include "standard.h"

typedef struct moati_provenance {
    moati_origin origin; /* borrows the scenario and what follows */
    char sha256[65];
    moati_source *sources;
    moati_buffer *names; /* of what is required */
    moati_assignment *sets;
} moati_provenance;

/* Of a scenario that has been traced. Errors: MOAT_NO_MEMORY. Free *provenance in any case. */
moat_status moati_provenance_find(const moati_scenario *scenario, moati_provenance *provenance,
                                  moat_error *error);
void moati_provenance_free(moati_provenance *provenance);

#endif
