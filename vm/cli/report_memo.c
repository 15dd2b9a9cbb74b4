/* The report of a memo: what it says, with what it computes in its place. */
#include "report_memo.h"

#include <stdlib.h>
#include <string.h>

#include "provenance.h"
#include "status.h"
#include "study.h"

static int parse(moati_memo_run *run) {
    moati_scenario *scenario = run->scenario;
    const moati_script *script = &scenario->script;
    moat_status status =
        moati_memo_parse(script->text, script->length, &run->memo, &scenario->error);
    if (status == MOAT_OK)
        return MOATI_EXIT_DONE;
    if (status != MOAT_SYNTAX)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    return moati_memo_complain(run, moati_line_at(script->text, (size_t)scenario->error.where),
                               scenario->error.message);
}

/* All quantities of the text at once. */
static moat_status evaluate(moati_memo_run *run, moat_error *error) {
    if (run->quantity_count == 0)
        return MOAT_OK;
    moat_output *quantities = calloc(run->quantity_count, sizeof *quantities);
    if (quantities == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < run->memo.count; i++) {
        moati_outcome *outcome = &run->outcomes[i];
        if (!outcome->is_quantity)
            continue;
        outcome->quantity.nodes = &outcome->node;
        quantities[outcome->result] = outcome->quantity;
    }
    moat_status status = moat_model_look(run->scenario->model, run->quantity_count, quantities,
                                         &run->results, error);
    free(quantities);
    return status;
}

/* --- Writing. */

static void write_block(const moati_memo_run *run, size_t index, const moati_study *study,
                        moati_document *document) {
    const moati_part *part = &run->memo.parts[index];
    const moati_outcome *outcome = &run->outcomes[index];
    if (part->hide)
        return;
    if (part->echo)
        moati_document_code(document, "lua", part->text.text, part->text.length);
    if (outcome->prints.length > 0)
        moati_document_code(document, "text", outcome->prints.text, outcome->prints.length);
    if (outcome->item_count > 0)
        moati_standard_items(study, outcome->first_item, outcome->item_count, document);
}

/* Where a block has left nothing between two blank lines, one of them goes as well. */
static bool follows_gap(const moati_memo_run *run, size_t index) {
    const moati_part *parts = run->memo.parts;
    if (index == 0 || parts[index - 1].kind != MOATI_MEMO_BLOCK)
        return false;
    if (index == 1)
        return true;
    const moati_span *before = &parts[index - 2].text;
    const size_t length = before->length;
    const bool is_blank = length == 1 || before->text[length - 2] == '\n';
    return parts[index - 2].kind == MOATI_MEMO_PROSE && before->text[length - 1] == '\n' &&
           is_blank;
}

static int write_standard(const moati_memo_run *run, const moati_study *study,
                          moati_document *document) {
    moati_scenario *scenario = run->scenario;
    moati_provenance provenance;
    moat_status status = moati_provenance_find(scenario, &provenance, &scenario->error);
    moati_document_break(document);
    if (status == MOAT_OK)
        moati_standard_sections(study, &provenance.origin, document);
    moati_provenance_free(&provenance);
    return status == MOAT_OK ? MOATI_EXIT_DONE : moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
}

static int write_parts(const moati_memo_run *run, const moati_study *study,
                       moati_document *document, bool *holds) {
    moati_buffer shown = {.text = NULL};
    int result = MOATI_EXIT_DONE;
    size_t before = 0;
    for (size_t i = 0; i < run->memo.count && result == MOATI_EXIT_DONE; i++) {
        const moati_part *part = &run->memo.parts[i];
        const moati_span *text = &part->text;
        const bool is_gap = moati_document_length(document) == before && follows_gap(run, i) &&
                            part->kind == MOATI_MEMO_PROSE && text->text[0] == '\n';
        before = moati_document_length(document);
        if (part->kind == MOATI_MEMO_PROSE) {
            moati_document_markdown_part(document, text->text + is_gap, text->length - is_gap);
        } else if (part->kind == MOATI_MEMO_BLOCK) {
            write_block(run, i, study, document);
        } else if (part->kind == MOATI_MEMO_REPORT) {
            result = write_standard(run, study, document);
        } else {
            result = moati_memo_show(run, i, &shown, holds);
            moati_document_text(document, "%s", moati_buffer_text(&shown));
        }
    }
    moati_buffer_free(&shown);
    return result;
}

static int write_report(const moati_memo_run *run, const moati_study *study,
                        moati_document *document) {
    bool holds = true;
    int result = write_parts(run, study, document, &holds);
    if (result != MOATI_EXIT_DONE)
        return result;
    if (moati_document_finish(document, &run->scenario->error) != MOAT_OK)
        return moati_scenario_fail(run->scenario, MOATI_EXIT_FAILED);
    return holds ? MOATI_EXIT_DONE : MOATI_EXIT_FAILED;
}

static int evaluate_and_write(moati_memo_run *run, moati_document *document) {
    moati_scenario *scenario = run->scenario;
    moati_study *study = NULL;
    moat_status status = moati_study_make(scenario->model, &study, &scenario->error);
    if (status == MOAT_OK)
        status = evaluate(run, &scenario->error);
    int result = moati_scenario_explain(scenario, status, NULL);
    if (result == MOATI_EXIT_DONE) {
        moati_scenario_warn_of(scenario, moati_study_results(study));
        result = write_report(run, study, document);
    }
    moati_study_free(study);
    return result;
}

static void free_run(moati_memo_run *run) {
    for (size_t i = 0; run->outcomes != NULL && i < run->memo.count; i++) {
        moati_buffer_free(&run->outcomes[i].prints);
        moati_buffer_free(&run->outcomes[i].text);
    }
    free(run->outcomes);
    moat_results_free(run->results);
    moati_memo_free(&run->memo);
}

int moati_report_fill_memo(moati_scenario *scenario, moati_document *document) {
    moati_memo_run run = {.scenario = scenario};
    int result = parse(&run);
    if (result == MOATI_EXIT_DONE)
        result = moati_memo_trace(&run);
    if (result == MOATI_EXIT_DONE)
        result = evaluate_and_write(&run, document);
    free_run(&run);
    return result;
}
