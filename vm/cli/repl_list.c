/* Lists: outputs, assumptions, units, and what the reference says. */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "moat/lua.h"
#include "repl_session.h"

const moat_output *moati_repl_output(const moati_repl *repl, const char *name) {
    for (size_t i = 0; i < moat_model_outputs(repl->model); i++)
        if (strcmp(moat_model_get_output(repl->model, i)->name, name) == 0)
            return moat_model_get_output(repl->model, i);
    return NULL;
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
    moati_repl_end_work(repl);
    if (status == MOAT_OK) {
        const moati_view view = moati_place_view(repl->model, &repl->cache.places[0]);
        if (!moati_view_table(&view, &repl->screen, repl->out))
            status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    }
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

/* --- The reference. */

static bool is_called(const char *function, const char *name) {
    const char *dot = strrchr(function, '.');
    const char *colon = strrchr(function, ':');
    const char *last = dot != NULL ? dot + 1 : colon != NULL ? colon + 1 : function;
    return strcmp(function, name) == 0 || strcmp(last, name) == 0;
}

static void print_indented(FILE *file, const char *text) {
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        fprintf(file, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

/* A text in lines that fit. */
static void print_wrapped(moati_repl *repl, const char *text) {
    const size_t columns = repl->screen.columns > 20 ? repl->screen.columns - 2 : 20;
    size_t used = 0;
    while (*text != '\0') {
        const size_t length = strcspn(text, " ");
        if (used > 0 && used + 1 + length > columns) {
            fputc('\n', repl->out);
            used = 0;
        }
        fprintf(repl->out, "%s%.*s", used == 0 ? "  " : " ", (int)length, text);
        used += length + (used > 0);
        text += length + strspn(text + length, " ");
    }
    fputc('\n', repl->out);
}

static void print_function(moati_repl *repl, const moat_lua_function *function) {
    fprintf(repl->out, "%s\n", function->usage);
    if (function->doc != NULL)
        print_wrapped(repl, function->doc);
    if (function->example == NULL)
        return;
    fputs("example:\n", repl->out);
    print_indented(repl->out, function->example);
    if (function->result != NULL && function->result[0] != '\0') {
        fputs("prints:\n", repl->out);
        print_indented(repl->out, function->result);
    }
}

static size_t describe_in(moati_repl *repl, const moat_lua_group *group, const char *name) {
    size_t found = 0;
    if (strcmp(group->name, name) == 0) {
        fprintf(repl->out, "%s: %s\n", group->name, group->doc);
        for (const moat_lua_function *f = group->functions; f->name != NULL; f++)
            fprintf(repl->out, "  %s\n", f->usage);
        found++;
    }
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++) {
        if (f->usage == NULL || !is_called(f->name, name))
            continue;
        print_function(repl, f);
        found++;
    }
    return found;
}

void moati_repl_describe(moati_repl *repl, const char *name) {
    char word[MOATI_WORD_SIZE];
    const char *rest = moati_first_word(name, word);
    if (rest == NULL || word[0] == '\0') {
        moati_repl_complain(repl, "? needs a name, as in ?npv");
        return;
    }
    const moati_command *command =
        moati_command_find(word + (word[0] == ':'), strlen(word) - (word[0] == ':'));
    if (word[0] == ':' && command != NULL) {
        fprintf(repl->out, "%s\n  %s\n", command->usage, command->doc);
        return;
    }
    size_t found = 0;
    for (const moat_lua_group *group = moat_lua_groups(); group->name != NULL; group++)
        found += describe_in(repl, group, word);
    if (moat_lua_load_library(repl->lua, &repl->error) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    const moat_lua_group *group;
    for (size_t i = 0; (group = moat_lua_library_group(repl->lua, i)) != NULL; i++)
        found += describe_in(repl, group, word);
    if (found == 0)
        moati_repl_complain(repl, "the reference has nothing named \"%s\"", word);
}
