/* The standard report of a script. */
#include "provenance.h"
#include "report.h"
#include "status.h"
#include "study.h"

int moati_report_fill_script(moati_scenario *scenario, moati_document *document) {
    moati_provenance provenance;
    moati_study *study = NULL;
    int outcome = moati_scenario_trace(scenario);
    if (outcome != MOATI_EXIT_DONE)
        return outcome;
    moat_status status = moati_provenance_find(scenario, &provenance, &scenario->error);
    if (status == MOAT_OK)
        status = moati_study_make(scenario->model, &study, &scenario->error);
    if (status == MOAT_OK) {
        moati_scenario_warn_of(scenario, moati_study_results(study));
        moati_standard_report(study, &provenance.origin, document);
        status = moati_document_finish(document, &scenario->error);
    }
    outcome = moati_scenario_explain(scenario, status, NULL);
    moati_study_free(study);
    moati_provenance_free(&provenance);
    return outcome;
}
