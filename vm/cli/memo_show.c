/* Values of memos: as reports round, and against what is expected of them. */
#include <math.h>
#include <string.h>

#include "expect.h"
#include "figures.h"
#include "number.h"
#include "report_memo.h"
#include "status.h"

/* Whole numbers of Lua are years and counts: those of four digits have no mark between them. */
static void show_number(double number, int digits, char buffer[MOATI_FIGURE]) {
    if (digits > 0)
        moati_number_show(buffer, number, digits);
    else if (number == floor(number) && fabs(number) < 10000)
        snprintf(buffer, MOATI_FIGURE, "%.0f", number + 0.0);
    else if (number == floor(number) && fabs(number) < 1e15)
        moati_number_show_count(buffer, (uint64_t)fabs(number));
    else
        moati_number_show(buffer, number, 3);
}

static moat_status measure(const moati_memo_run *run, const moati_outcome *outcome,
                           moati_measured *measured) {
    const moat_model *model = run->scenario->model;
    const moati_style style =
        moati_style_of(model, run->results, &outcome->quantity, outcome->result);
    return moati_measure(run->results, outcome->result, 0, &style,
                         moat_model_settings(model)->samples, measured, &run->scenario->error);
}

static bool is_date(const moati_measured *measured) {
    return measured->style.show == MOAT_SHOW_DATE && measured->style.horizon->periods > 0;
}

/* With so many digits: the number itself, whatever its error. */
static void tell_with_digits(const moati_measured *measured, moat_figure figure, int digits,
                             char buffer[MOATI_FIGURE]) {
    const bool is_condition = measured->style.show == MOAT_SHOW_CONDITION;
    const char *unit = is_condition                     ? "%"
                       : measured->style.suffix != NULL ? measured->style.suffix
                                                        : moati_style_unit(&measured->style);
    moati_number_show(buffer, moati_measured_value(measured, figure), digits);
    const size_t used = strlen(buffer);
    snprintf(buffer + used, MOATI_FIGURE - used, "%s%s", unit[0] != '\0' ? " " : "", unit);
}

static int show_quantity(const moati_memo_run *run, size_t index, char buffer[MOATI_FIGURE],
                         moati_found *found) {
    const moati_part *part = &run->memo.parts[index];
    const moati_outcome *outcome = &run->outcomes[index];
    moati_measured measured;
    if (measure(run, outcome, &measured) != MOAT_OK)
        return moati_scenario_fail(run->scenario, MOATI_EXIT_FAILED);
    if (part->digits > 0 && part->figure != MOAT_FIGURE_RANGE && !is_date(&measured))
        tell_with_digits(&measured, part->figure, part->digits, buffer);
    else
        moati_measured_tell(&measured, part->figure, buffer);
    if (is_date(&measured)) {
        found->text = buffer;
        return MOATI_EXIT_DONE;
    }
    const bool is_condition = measured.style.show == MOAT_SHOW_CONDITION;
    found->dim = outcome->quantity.dim;
    found->factor = is_condition ? 0.01 : measured.style.factor;
    found->value = moati_measured_value(&measured, part->figure) * found->factor;
    return MOATI_EXIT_DONE;
}

static void show_plain(const moati_part *part, const moati_outcome *outcome, moati_buffer *shown,
                       moati_found *found) {
    char number[MOATI_FIGURE];
    if (!outcome->is_number) {
        moati_buffer_put(shown, moati_buffer_text(&outcome->text));
        found->text = moati_buffer_text(&outcome->text);
        return;
    }
    show_number(outcome->number, part->digits, number);
    moati_buffer_put(shown, number);
    found->value = outcome->number;
    found->factor = 1;
}

/* "FILE.md:12: expected 8 to 9, found 9.5 $bn: profit". */
static void tell_failure(const moati_memo_run *run, const moati_part *part, const char *shown) {
    const moati_span *whole = &part->expected.whole, *text = &part->text;
    const int most = 100;
    moati_complain("%s:%d: expected %.*s, found %s: %.*s%s", run->scenario->script.name, part->line,
                   (int)whole->length, whole->text, shown,
                   text->length < (size_t)most ? (int)text->length : most, text->text,
                   text->length < (size_t)most ? "" : " ...");
}

int moati_memo_show(const moati_memo_run *run, size_t index, moati_buffer *shown, bool *holds) {
    const moati_part *part = &run->memo.parts[index];
    const moati_outcome *outcome = &run->outcomes[index];
    moati_scenario *scenario = run->scenario;
    moati_found found = {.text = NULL};
    char buffer[MOATI_FIGURE] = "";
    bool held;
    shown->length = 0;
    if (outcome->is_quantity) {
        const int result = show_quantity(run, index, buffer, &found);
        if (result != MOATI_EXIT_DONE)
            return result;
        moati_buffer_put(shown, buffer);
    } else {
        show_plain(part, outcome, shown, &found);
    }
    if (part->figure == MOAT_FIGURE_RANGE && part->expected.relation != MOATI_ANYTHING)
        return moati_memo_complain(run, part->line,
                                   "nothing can be expected of a range; expect it of p5 or p95");
    moat_status status = moati_expect(&part->expected, &found, moat_model_units(scenario->model),
                                      &held, &scenario->error);
    if (status == MOAT_NO_MEMORY)
        return moati_scenario_fail(scenario, MOATI_EXIT_FAILED);
    if (status != MOAT_OK)
        return moati_memo_complain(run, part->line, scenario->error.message);
    if (!held) {
        tell_failure(run, part, moati_buffer_text(shown));
        *holds = false;
    }
    return MOATI_EXIT_DONE;
}
