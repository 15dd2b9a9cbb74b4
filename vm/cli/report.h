/* The parts of moat report. Steps that can fail return the exit status of the command, after having
 * said why on standard error; MOATI_EXIT_DONE: go on. */
#ifndef MOATI_REPORT_H
#define MOATI_REPORT_H

#include <stdbool.h>

#include "args.h"
#include "buffer.h"
#include "document.h"
#include "scenario.h"

/* Where a report goes. */
typedef struct moati_destination {
    bool is_stream;    /* standard output, or a device: pictures have no place */
    moati_buffer path; /* "scripts/x.report.md"; "-": standard output */
    moati_buffer
        folder; /* of pictures: "scripts/x.report"; empty where they are within the document */
} moati_destination;

/* By the script's name or as the command line says. Errors: MOAT_INVALID (it would take the place
 * of what it is made from), MOAT_NO_MEMORY. Free *destination in any case. */
moat_status moati_destination_choose(const moati_args *args, moati_destination *destination,
                                     moat_error *error);
void moati_destination_free(moati_destination *destination);

/* Whether a file is a memo, by its name. */
bool moati_is_memo(const char *path);
/* Where scripts alone are taken: what Lua says of the text of a memo helps nobody. Errors:
 * MOAT_INVALID (it is one). */
moat_status moati_refuse_memo(const char *path, moat_error *error);

/* Fills a document in, under the scenario's watch: with the standard report of a script, or from a
 * memo. */
int moati_report_fill_script(moati_scenario *scenario, moati_document *document);
int moati_report_fill_memo(moati_scenario *scenario, moati_document *document);

/* Makes one report and writes it, or compares it. `inputs` (NULL: nobody asks) is given the files
 * that it was made from, each with a 0 at its end, those that could be read before a failure too.
 */
int moati_report_make(const moati_args *args, moati_buffer *inputs);

/* Makes it again whenever one of those files changes, until it is interrupted. */
int moati_report_watch(const moati_args *args);

#endif
