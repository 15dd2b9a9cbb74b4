/* Running a memo: its blocks and values in one state, each at its line of the file. */
#include <stdlib.h>
#include <string.h>

#include "moat/report.h"
#include "report_memo.h"
#include "status.h"

int moati_memo_complain(const moati_memo_run *run, int line, const char *message) {
    moati_complain("%s:%d: %s", run->scenario->script.name, line, message);
    return MOATI_EXIT_FAILED;
}

static int no_memory(moati_memo_run *run) {
    moat_fail(&run->scenario->error, MOAT_NO_MEMORY, "out of memory");
    return moati_scenario_fail(run->scenario, MOATI_EXIT_FAILED);
}

/* Lines of Lua are numbered as those of the memo by as many empty ones before them. */
static bool shift_lines(moati_buffer *text, const moati_part *part) {
    moati_buffer_fill(text, '\n', (size_t)part->line - 1);
    moati_buffer_add(text, part->text.text, part->text.length);
    return !text->failed;
}

static moat_status run_block(moati_memo_run *run, moati_outcome *outcome, const char *text,
                             size_t length) {
    moati_scenario *scenario = run->scenario;
    outcome->first_item = moat_report_items(scenario->model);
    scenario->prints = &outcome->prints;
    moat_status status =
        moat_lua_run_text(scenario->lua, text, length, scenario->script.name, &scenario->error);
    scenario->prints = NULL;
    outcome->item_count = moat_report_items(scenario->model) - outcome->first_item;
    return status;
}

static void take_value(void *context, const moat_lua_value *value) {
    moati_outcome *outcome = context;
    if (value->depth > 0 || outcome->count++ > 0)
        return;
    outcome->is_table = value->is_table || (value->quantity != NULL && value->quantity->count > 1);
    outcome->is_quantity = value->quantity != NULL;
    if (outcome->is_quantity) {
        outcome->quantity = *value->quantity;
        outcome->quantity.name = outcome->quantity.label = "";
        outcome->node = value->quantity->nodes[0];
    } else {
        outcome->is_number = value->number != NULL;
        outcome->number = value->number != NULL ? *value->number : 0;
        moati_buffer_put(&outcome->text, value->text);
    }
}

/* What a value of a text must be, so that it can stand there. */
static const char *find_fault(const moati_outcome *outcome) {
    if (outcome->count != 1)
        return outcome->count == 0 ? "the expression between {{ and }} gives no value"
                                   : "the expression between {{ and }} gives several values; write "
                                     "one at a time";
    if (outcome->is_quantity && outcome->quantity.axis != MOAT_NO_AXIS)
        return "a series cannot stand in a text; take a period or a figure of it, as in cash[4], "
               "cash:last() or cash:total()";
    if (outcome->is_quantity && outcome->node == MOAT_NO_NODE)
        return "the quantity between {{ and }} has no value";
    if (outcome->is_table)
        return "a table cannot stand in a text; take one of its fields";
    if (!outcome->is_quantity && strcmp(moati_buffer_text(&outcome->text), "nil") == 0)
        return "the expression between {{ and }} is nil: nothing has that name here";
    return NULL;
}

static moat_status run_value(moati_memo_run *run, moati_outcome *outcome, const char *text,
                             size_t length) {
    moati_scenario *scenario = run->scenario;
    moat_status status = moat_lua_inspect(scenario->lua, text, length, scenario->script.name,
                                          take_value, outcome, &scenario->error);
    if (status == MOAT_OK && outcome->is_quantity)
        outcome->result = run->quantity_count++;
    return status;
}

static int run_part(moati_memo_run *run, size_t index) {
    const moati_part *part = &run->memo.parts[index];
    moati_outcome *outcome = &run->outcomes[index];
    moati_buffer text = {.text = NULL};
    if (part->kind != MOATI_MEMO_BLOCK && part->kind != MOATI_MEMO_VALUE)
        return MOATI_EXIT_DONE;
    if (!shift_lines(&text, part)) {
        moati_buffer_free(&text);
        return no_memory(run);
    }
    moat_status status = part->kind == MOATI_MEMO_BLOCK
                             ? run_block(run, outcome, text.text, text.length)
                             : run_value(run, outcome, text.text, text.length);
    moati_buffer_free(&text);
    /* A name that stands for nothing is told without a place: an expression has but one. */
    const moat_script_error *failure = moat_lua_script_error(run->scenario->lua);
    if (part->kind == MOATI_MEMO_VALUE && status == MOAT_INVALID && failure->line == 0)
        return moati_memo_complain(run, part->line, failure->message);
    const int result = moati_scenario_explain(run->scenario, status, failure);
    if (result != MOATI_EXIT_DONE)
        return result;
    if (outcome->prints.failed || outcome->text.failed)
        return no_memory(run);
    const char *fault = part->kind == MOATI_MEMO_VALUE ? find_fault(outcome) : NULL;
    return fault == NULL ? MOATI_EXIT_DONE : moati_memo_complain(run, part->line, fault);
}

int moati_memo_trace(moati_memo_run *run) {
    run->outcomes = calloc(run->memo.count + 1, sizeof *run->outcomes);
    if (run->outcomes == NULL)
        return no_memory(run);
    run->scenario->session = true;
    int result = moati_scenario_begin(run->scenario);
    for (size_t i = 0; i < run->memo.count && result == MOATI_EXIT_DONE; i++)
        result = run_part(run, i);
    return result == MOATI_EXIT_DONE ? moati_scenario_resolve(run->scenario) : result;
}
