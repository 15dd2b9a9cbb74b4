/* What an entry has given, as people read it: numbers and conditions as `moat run` prints them,
 * series as a fan, tables field by field. */
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "repl_session.h"

enum { NAME = 32 };

static size_t count_unset(const moat_output *quantity) {
    size_t unset = 0;
    for (size_t i = 0; i < quantity->count; i++)
        unset += quantity->nodes[i] == MOAT_NO_NODE;
    return unset;
}

/* Whether a table leaves out, for want of room, what it has where there is some. */
static bool leaves_out(const moati_view *view, const moati_screen *screen, const char *text) {
    moati_screen wide = *screen;
    char *whole = NULL;
    size_t length;
    wide.limited = false;
    FILE *file = open_memstream(&whole, &length);
    const bool done = file != NULL && moati_view_table(view, &wide, file) && fflush(file) == 0 &&
                      ferror(file) == 0;
    if (file != NULL)
        fclose(file);
    const bool cut = done && ((strstr(whole, "  5 %") != NULL && strstr(text, "  5 %") == NULL) ||
                              strstr(text, screen->utf8 ? "…" : "...") != NULL);
    free(whole);
    return cut;
}

/* Says which outputs are not numbers: no figure of theirs is an answer. */
static void tell_nan(moati_repl *repl, const moati_view *view) {
    char text[MOATI_NUMBER];
    for (size_t i = 0; i < moati_view_outputs(view); i++) {
        const moat_output *output = moati_view_output(view, i);
        size_t most = 0;
        for (size_t k = 0; k < output->count; k++) {
            const size_t count = moat_results_output(view->results, i, k)->nan_count;
            most = count > most ? count : most;
        }
        if (most == 0)
            continue;
        moati_number_show_count(text, most);
        fprintf(repl->out, "%s is not a number in %s of ", output->name, text);
        moati_number_show_count(text, moat_model_settings(view->model)->samples);
        fprintf(repl->out, "%s samples%s\n", text, output->count > 1 ? " of a period" : "");
    }
}

bool moati_repl_print_view(moati_repl *repl, const moati_view *view) {
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    const bool done = file != NULL && moati_view_table(view, &repl->screen, file) &&
                      fflush(file) == 0 && ferror(file) == 0;
    if (file != NULL)
        fclose(file);
    if (done)
        fputs(text, repl->out);
    if (done && repl->screen.limited && leaves_out(view, &repl->screen, text))
        moati_repl_tell_narrow(repl);
    tell_nan(repl, view);
    free(text);
    return done;
}

void moati_repl_tell_narrow(moati_repl *repl) {
    fputs("(a wider window shows more)\n", repl->out);
}

/* Prints outputs as `moat run` does. */
static moat_status print_outputs(moati_repl *repl, size_t count, const moat_output *outputs) {
    moati_view view = {
        .model = repl->model, .output_count = count, .outputs = outputs, .quiet = true};
    moat_results *results;
    moat_status status = moat_model_look(repl->model, count, outputs, &results, &repl->error);
    if (status != MOAT_OK)
        return status;
    view.results = results;
    if (!moati_repl_print_view(repl, &view))
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    moat_results_free(results);
    return status;
}

/* What is known exactly takes one line. */
static void print_exact(moati_repl *repl, const moati_view *view) {
    const moati_style style = moati_view_style(view, 0);
    const double value = moat_results_output(view->results, 0, 0)->mean;
    const char *unit = moati_style_unit(&style);
    char text[MOATI_VALUE];
    moati_style_show(&style, value, text);
    if (style.show == MOAT_SHOW_CONDITION && (value == 0 || value == 1))
        strcpy(text, value == 1 ? "true" : "false");
    fprintf(repl->out, "%s%s%s\n", text, unit[0] != '\0' ? " " : "", unit);
    tell_nan(repl, view);
}

static moat_status print_fan(moati_repl *repl, const moati_view *view) {
    const moat_output *output = view->outputs;
    const moati_style style = moati_view_style(view, 0);
    const char *unit = moati_style_unit(&style);
    moat_summary *summaries = malloc(output->count * sizeof *summaries);
    if (summaries == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < output->count; i++)
        summaries[i] = *moat_results_output(view->results, 0, i);
    const moati_fan fan = {output->count, summaries, &style, repl->model, output->axis};
    fprintf(repl->out, "%s%s%s\n", output->name, unit[0] != '\0' ? "  " : "", unit);
    const bool done = moati_fan_print(&fan, &repl->screen, repl->out);
    tell_nan(repl, view);
    free(summaries);
    return done ? MOAT_OK : moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
}

static moat_status print_evaluated(moati_repl *repl, const moat_output *output) {
    moat_results *results;
    moat_status status = moat_model_look(repl->model, 1, output, &results, &repl->error);
    if (status != MOAT_OK)
        return status;
    const moati_view view = {.model = repl->model,
                             .results = results,
                             .output_count = 1,
                             .outputs = output,
                             .quiet = true};
    if (output->count > 1)
        status = print_fan(repl, &view);
    else if (output->axis == MOAT_NO_AXIS && moat_results_constant(results, 0))
        print_exact(repl, &view);
    else if (!moati_repl_print_view(repl, &view))
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    moat_results_free(results);
    return status;
}

static moat_status print_quantity(moati_repl *repl, const moati_given *given, size_t number) {
    char name[NAME];
    moat_output output = given->quantity;
    const size_t unset = count_unset(&output);
    snprintf(name, sizeof name, "out[%zu]", number);
    output.name = name;
    if (unset == 0)
        return print_evaluated(repl, &output);
    fprintf(repl->out, "a series of which %zu of %zu periods are set\n", output.count - unset,
            output.count);
    return MOAT_OK;
}

/* --- Tables: their plain fields, a line each, then their quantities together. */

static void print_field(moati_repl *repl, const moati_given *field) {
    const int indent = 2 * (int)(field->depth - 1);
    const bool unset = field->is_quantity && count_unset(&field->quantity) > 0;
    if (field->name == NULL)
        fprintf(repl->out, "%*s%s %s\n", indent, "", repl->screen.utf8 ? "…" : "...", field->text);
    else if (field->is_table)
        fprintf(repl->out, "%*s%s:\n", indent, "", field->name);
    else if (!field->is_quantity)
        fprintf(repl->out, "%*s%s = %s\n", indent, "", field->name, field->text);
    else if (unset)
        fprintf(repl->out, "%*s%s = a series with periods that are not set\n", indent, "",
                field->name);
}

/* The quantities of fields that can be evaluated; returns how many. */
static size_t collect(const moati_given *fields, size_t count, moat_output *outputs) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (fields[i].is_quantity && count_unset(&fields[i].quantity) == 0)
            outputs[found++] = fields[i].quantity;
    return found;
}

static moat_status print_table(moati_repl *repl, const moati_given *fields, size_t count) {
    moat_output *outputs = malloc((count + 1) * sizeof *outputs);
    if (outputs == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    if (count == 0)
        fputs("{}\n", repl->out);
    for (size_t i = 0; i < count; i++)
        print_field(repl, &fields[i]);
    const size_t found = collect(fields, count, outputs);
    const moat_status status = found == 0 ? MOAT_OK : print_outputs(repl, found, outputs);
    free(outputs);
    return status;
}

moat_status moati_repl_show(moati_repl *repl) {
    const moati_givens *givens = &repl->givens;
    moat_status status = MOAT_OK;
    if (givens->failed)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < givens->count && status == MOAT_OK;) {
        const moati_given *given = &givens->items[i];
        size_t fields = 0;
        while (i + 1 + fields < givens->count && given[1 + fields].depth > 0)
            fields++;
        if (given->is_table)
            status = print_table(repl, given + 1, fields);
        else if (given->is_quantity)
            status = print_quantity(repl, given, repl->out_count + 1);
        else
            fprintf(repl->out, "%s\n", given->text);
        i += 1 + fields;
    }
    return status;
}

static moat_status print_one(moati_repl *repl, const moat_output *quantity, const char *name) {
    moat_output output = *quantity;
    output.name = name;
    if (count_unset(&output) > 0)
        return moat_fail(&repl->error, MOAT_INVALID, "%.100s has periods that are not set", name);
    return print_outputs(repl, 1, &output);
}

bool moati_repl_table(moati_repl *repl, const char *arguments) {
    if (arguments[0] == '\0') {
        moati_repl_complain(repl, ":table needs an expression, as in :table cash");
        return true;
    }
    if (!moati_repl_begin_work(repl))
        return true;
    moat_status status = MOAT_OK;
    const moat_output *output = moati_repl_output(repl, arguments);
    if (output != NULL)
        status = print_one(repl, output, output->name);
    else if (!moati_repl_inspect(repl, arguments))
        status = MOAT_OK; /* it has been told */
    else if (repl->givens.items[0].is_table)
        status = print_table(repl, repl->givens.items + 1, repl->givens.count - 1);
    else if ((output = moati_repl_value(repl, arguments)) != NULL)
        status = print_one(repl, output, arguments);
    moati_repl_end_work(repl);
    if (status != MOAT_OK)
        moati_repl_complain_of_error(repl);
    return true;
}
