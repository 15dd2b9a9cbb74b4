/* Lists: outputs, assumptions, units. */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nearest.h"
#include "repl_session.h"

static const char *output_name(const void *context, size_t index) {
    return moat_model_get_output(context, index)->name;
}

const char *moati_repl_nearest_output(const moati_repl *repl, const char *name) {
    return moati_nearest_of(name, moat_model_outputs(repl->model), output_name, repl->model);
}

const moat_output *moati_repl_output(const moati_repl *repl, const char *name) {
    for (size_t i = 0; i < moat_model_outputs(repl->model); i++)
        if (strcmp(moat_model_get_output(repl->model, i)->name, name) == 0)
            return moat_model_get_output(repl->model, i);
    return NULL;
}

/* What the outputs are called in the script, where that is not what they are called in reports. */
static bool print_labels(moati_repl *repl) {
    static const moati_column columns[] = {{.gap = 0}, {.gap = 2}};
    moati_grid *grid = moati_grid_new(2, columns);
    if (grid == NULL)
        return false;
    size_t row = 0;
    moati_grid_set(grid, row, 0, "");
    for (size_t i = 0; i < moat_model_outputs(repl->model); i++) {
        const moat_output *output = moat_model_get_output(repl->model, i);
        if (output->label == NULL || strcmp(output->label, output->name) == 0)
            continue;
        moati_grid_set(grid, ++row, 0, output->name);
        moati_grid_set(grid, row, 1, output->label);
    }
    const bool done = row == 0 || moati_grid_print(grid, repl->out, false);
    moati_grid_free(grid);
    return done;
}

/* Under the names that commands take. */
static moat_status print_by_name(moati_repl *repl) {
    moati_view view = moati_place_view(repl->model, &repl->cache.places[0]);
    moat_output *outputs = malloc(view.output_count * sizeof *outputs);
    bool done = outputs != NULL;
    for (size_t i = 0; i < view.output_count && done; i++) {
        outputs[i] = view.outputs[i];
        outputs[i].label = NULL;
    }
    view.outputs = outputs;
    done = done && moati_repl_print_view(repl, &view) && print_labels(repl);
    free(outputs);
    return done ? MOAT_OK : moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
}

bool moati_repl_outputs(moati_repl *repl, const char *arguments) {
    const size_t count = moat_model_outputs(repl->model);
    (void)arguments;
    if (count == 0) {
        fputs("there are no outputs; output(\"name\", x) declares one\n", repl->out);
        return true;
    }
    if (!moati_repl_begin_work(repl))
        return true;
    moat_status status = moati_repl_update_whole(repl);
    if (status == MOAT_OK)
        status = print_by_name(repl);
    moati_repl_end_work(repl);
    if (status != MOAT_OK)
        moati_repl_complain_of_error(repl);
    return true;
}

/* --- Assumptions. */

enum { MARK, NAME, TEXT, SOURCE, COLUMN_COUNT };

bool moati_repl_assumptions(moati_repl *repl, const char *arguments) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.gap = 1}, [TEXT] = {.gap = 2}, [SOURCE] = {.gap = 2}};
    const size_t count = moat_model_assumptions(repl->model);
    (void)arguments;
    if (count == 0) {
        fputs("there are no assumptions; assume { name = \"12 to 15 $bn\" } makes one\n",
              repl->out);
        return true;
    }
    moati_grid *grid = moati_grid_new(COLUMN_COUNT, columns);
    if (grid == NULL) {
        moati_repl_complain(repl, "out of memory");
        return true;
    }
    moati_grid_set(grid, 0, NAME, "assumption");
    moati_grid_set(grid, 0, TEXT, "value");
    moati_grid_set(grid, 0, SOURCE, "source");
    for (size_t i = 0; i < count; i++) {
        const moat_assumption *assumption = moat_model_assumption(repl->model, i);
        const char *declared = moat_model_declared_text(repl->model, assumption->name);
        moati_grid_set(grid, i + 1, MARK, strcmp(declared, assumption->text) != 0 ? "*" : "");
        moati_grid_set(grid, i + 1, NAME, assumption->name);
        moati_grid_set(grid, i + 1, TEXT, assumption->text);
        if (assumption->source != NULL)
            moati_grid_set(grid, i + 1, SOURCE, assumption->source);
    }
    const size_t width = moati_grid_width(grid), source = moati_grid_column_width(grid, SOURCE);
    const size_t over =
        repl->screen.limited && width > repl->screen.columns ? width - repl->screen.columns : 0;
    if (over > 0 && source > over + 8)
        moati_grid_cut(grid, SOURCE, source - over, repl->screen.utf8 ? "…" : "...");
    else if (over > 0)
        moati_grid_clear(grid, SOURCE);
    moati_grid_print(grid, repl->out, repl->screen.colour);
    if (over > 0)
        moati_repl_tell_narrow(repl);
    moati_grid_free(grid);
    return true;
}

/* --- Units. */

void moati_repl_print_columns(moati_repl *repl, size_t count, const char *const *words) {
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t width = moati_text_width(words[i]);
        widest = width > widest ? width : widest;
    }
    const size_t columns =
        repl->screen.columns / (widest + 2) > 0 ? repl->screen.columns / (widest + 2) : 1;
    const size_t rows = (count + columns - 1) / columns;
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < count; i += rows) {
            const bool last = i + rows >= count;
            const size_t pad = last ? 0 : widest + 2 - moati_text_width(words[i]);
            fprintf(repl->out, "%s%*s", words[i], (int)pad, "");
        }
        fputc('\n', repl->out);
    }
}

bool moati_repl_units(moati_repl *repl, const char *arguments) {
    const char *const *names = moat_unit_names(moat_model_units(repl->model));
    size_t count = 0;
    (void)arguments;
    while (names != NULL && names[count] != NULL)
        count++;
    moati_repl_print_columns(repl, count, names);
    fputs("with prefixes k M G T P E, as in GW; products, quotients and powers: $bn/GW/yr, yr^2\n",
          repl->out);
    return true;
}
