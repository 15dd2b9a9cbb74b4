/* What a change has moved: before and after, sample by sample, as both were drawn alike. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "number.h"
#include "repl_session.h"

enum { NAME, BEFORE, ARROW, AFTER, CHANGE, ERROR, UNIT, COLUMN_COUNT };

enum { WIDEST_NAME = 36, SHORT_NAME = 24, NARROWEST_NAME = 8, GAP = 2 };

/* Two states of one entry of an output. */
typedef struct pair {
    const moat_output *output;
    moati_view before, after;
    size_t old_index, new_index; /* of the output in its batch */
    size_t entry;
} pair;

static const moat_summary *old_summary(const pair *p, size_t entry) {
    return moat_results_output(p->before.results, p->old_index, entry);
}

static const moat_summary *new_summary(const pair *p, size_t entry) {
    return moat_results_output(p->after.results, p->new_index, entry);
}

static bool has_moved(const pair *p, size_t entry) {
    return old_summary(p, entry)->digest != new_summary(p, entry)->digest;
}

/* The entry to show: the last where it has moved, else the one whose mean has moved most. False
 * where none has moved. */
static bool choose_entry(pair *p) {
    double most = -1;
    for (size_t i = p->output->count; i-- > 0;) {
        if (!has_moved(p, i))
            continue;
        const double moved = fabs(new_summary(p, i)->mean - old_summary(p, i)->mean);
        if (most < 0 || moved > most) {
            most = moved;
            p->entry = i;
        }
        if (i + 1 == p->output->count)
            return true;
    }
    return most >= 0;
}

/* Two scripts may ask for other samples or seeds. */
static bool are_paired(const pair *p) {
    const moat_settings *a = moat_model_settings(p->before.model),
                        *b = moat_model_settings(p->after.model);
    return a->samples == b->samples && a->seed == b->seed && a->sampling == b->sampling;
}

/* The mean of the differences of all samples and its Monte Carlo error; NaN where the values of
 * the samples are not there. False where memory was short. */
static bool paired_difference(const pair *p, size_t samples, double *mean, double *error) {
    const double *old = moat_results_values(p->before.results, p->old_index, p->entry);
    const double *new = moat_results_values(p->after.results, p->new_index, p->entry);
    moat_summary summary;
    *mean = new_summary(p, p->entry)->mean - old_summary(p, p->entry)->mean;
    *error = NAN;
    if (old == NULL || new == NULL || !are_paired(p))
        return true;
    double *differences = malloc(samples * sizeof *differences);
    if (differences == NULL)
        return false;
    for (size_t i = 0; i < samples; i++)
        differences[i] = new[i] - old[i];
    const bool done = moat_summarise(samples, differences, &summary, NULL) == MOAT_OK;
    if (done) {
        *mean = summary.mean;
        *error = summary.mcse;
    }
    free(differences);
    return done;
}

static void show_name(const moati_repl *repl, const pair *p, char *text, size_t size) {
    char label[16];
    const moat_output *output = p->output;
    moat_model_axis_label(repl->model, output->axis, p->entry, label);
    snprintf(text, size, "%s%s%s", output->label != NULL ? output->label : output->name,
             label[0] != '\0' ? ", " : "", label);
}

/* "-4.2" in a unit; of probabilities and percentages in points. */
static void show_change(const moati_style *style, double change, char buffer[MOATI_VALUE]) {
    const bool is_chance = style->show == MOAT_SHOW_CONDITION;
    const bool in_points = is_chance || (style->suffix != NULL && strcmp(style->suffix, "%") == 0);
    const char *suffix = in_points ? "points" : style->suffix != NULL ? style->suffix : "";
    char number[MOATI_NUMBER];
    moati_number_show(number, change / (is_chance ? 0.01 : style->factor), 3);
    snprintf(buffer, MOATI_VALUE, "%s%s%s%s", change > 0 ? "+" : "", number,
             suffix[0] != '\0' ? " " : "", suffix);
}

/* What a change is of: dates are shown by their medians, as a mean may not exist. */
static double centre(const moati_style *style, const moat_summary *summary) {
    return style->show == MOAT_SHOW_DATE ? summary->p50 : summary->mean;
}

static void set_difference(moati_grid *grid, size_t row, const moati_repl *repl, const pair *p,
                           const moati_style *style) {
    double mean, error;
    char text[MOATI_VALUE], number[MOATI_NUMBER];
    const bool is_chance = style->show == MOAT_SHOW_CONDITION;
    if (style->show == MOAT_SHOW_DATE)
        return;
    if (!paired_difference(p, moat_model_settings(repl->model)->samples, &mean, &error))
        moati_grid_fail(grid);
    if (!isfinite(mean))
        return;
    show_change(style, mean, text);
    moati_grid_set(grid, row, CHANGE, text);
    if (!isfinite(error) || error == 0)
        return;
    moati_number_show(number, error / (is_chance ? 0.01 : style->factor), 1);
    snprintf(text, sizeof text, "%s %s", repl->screen.utf8 ? "±" : "+-", number);
    moati_grid_set(grid, row, ERROR, text);
}

/* Where the median of a date stays, it is how often it never comes that has moved; false where
 * nothing is seen of that either. */
static bool show_both(const pair *p, const moati_style *style, char before[MOATI_VALUE],
                      char after[MOATI_VALUE], const char **unit) {
    *unit = moati_style_unit(style);
    moati_style_show(style, centre(style, old_summary(p, p->entry)), before);
    moati_style_show(style, centre(style, new_summary(p, p->entry)), after);
    if (style->show != MOAT_SHOW_DATE || strcmp(before, after) != 0)
        return true;
    *unit = "never";
    moati_number_show_probability(before, moati_view_never(&p->before, p->old_index));
    moati_number_show_probability(after, moati_view_never(&p->after, p->new_index));
    return strcmp(before, after) != 0;
}

/* False where an output has moved by so little that nothing is seen of it. */
static bool set_row(moati_grid *grid, size_t row, const moati_repl *repl, const pair *p) {
    char before[MOATI_VALUE], after[MOATI_VALUE], name[256];
    const char *unit;
    moati_style style = moati_view_style(&p->after, p->new_index);
    const moati_style old = moati_view_style(&p->before, p->old_index);
    style.exact = style.exact && old.exact;
    if (!show_both(p, &style, before, after, &unit))
        return false;
    show_name(repl, p, name, sizeof name);
    moati_grid_set(grid, row, NAME, name);
    moati_grid_set(grid, row, BEFORE, before);
    moati_grid_set(grid, row, ARROW, repl->screen.utf8 ? "→" : "->");
    moati_grid_set(grid, row, AFTER, after);
    moati_grid_set(grid, row, UNIT, unit);
    set_difference(grid, row, repl, p, &style);
    return true;
}

static moati_grid *new_grid(void) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.keep_empty = true}, [BEFORE] = {.right = true, .gap = GAP}, [ARROW] = {.gap = 1},
        [AFTER] = {.gap = 1},          [CHANGE] = {.right = true, .gap = GAP}, [ERROR] = {.gap = 1},
        [UNIT] = {.gap = GAP},
    };
    return moati_grid_new(COLUMN_COUNT, columns);
}

static size_t excess(const moati_grid *grid, const moati_screen *screen) {
    const size_t width = moati_grid_width(grid);
    return screen->limited && width > screen->columns ? width - screen->columns : 0;
}

/* Cuts names where rows are too wide, down to a width. */
static void cut_names(moati_grid *grid, const moati_screen *screen, size_t least) {
    const size_t name = moati_grid_column_width(grid, NAME), over = excess(grid, screen);
    if (over > 0 && name > least)
        moati_grid_cut(grid, NAME, name > over + least ? name - over : least,
                       screen->utf8 ? "…" : "...");
}

/* Leaves out what is missed least; false where that is a column. */
static bool fit(moati_grid *grid, const moati_screen *screen) {
    moati_grid_cut(grid, NAME, WIDEST_NAME, screen->utf8 ? "…" : "...");
    cut_names(grid, screen, SHORT_NAME);
    const bool fits = excess(grid, screen) == 0;
    if (!fits)
        moati_grid_clear(grid, ERROR);
    if (excess(grid, screen) > 0)
        moati_grid_clear(grid, CHANGE);
    cut_names(grid, screen, NARROWEST_NAME);
    return fits;
}

static void set_headings(moati_grid *grid) {
    moati_grid_set(grid, 0, BEFORE, "before");
    moati_grid_set(grid, 0, AFTER, "after");
    moati_grid_set(grid, 0, CHANGE, "change");
    moati_grid_set(grid, 0, UNIT, "unit");
}

/* Adds a row where an output has moved; returns how many there are then. */
static size_t add_row(moati_grid *grid, size_t rows, const moati_repl *repl,
                      const moat_model *model, const moati_place *old, size_t index) {
    const moati_place *new = &repl->cache.places[index];
    pair p = {.output = moat_model_get_output(repl->model, index),
              .before = moati_place_view(model, old),
              .after = moati_place_view(repl->model, new),
              .old_index = old->index,
              .new_index = new->index};
    return choose_entry(&p) && set_row(grid, rows + 1, repl, &p) ? rows + 1 : rows;
}

static moat_status print(moati_repl *repl, moati_grid *grid, size_t moved, size_t still) {
    bool done = true;
    if (moved > 0) {
        set_headings(grid);
        const bool fits = fit(grid, &repl->screen);
        done = moati_grid_print(grid, repl->out, repl->screen.colour);
        if (!fits)
            moati_repl_tell_narrow(repl);
    }
    if (moved == 0 && still > 0)
        fputs("no output has moved\n", repl->out);
    else if (still > 0)
        fprintf(repl->out, "%zu other output%s not moved\n", still, still == 1 ? " has" : "s have");
    return done ? MOAT_OK : moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
}

moat_status moati_repl_print_changes(moati_repl *repl, const bool *changed) {
    moati_grid *grid = new_grid();
    size_t moved = 0;
    if (grid == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < repl->previous.count && i < repl->cache.count; i++)
        if (changed[i])
            moved = add_row(grid, moved, repl, repl->model, &repl->previous.places[i], i);
    const moat_status status = print(repl, grid, moved, repl->cache.count - moved);
    moati_grid_free(grid);
    return status;
}

/* --- Two versions of a script. */

/* The place of an output of the same name, shape and dimension; NULL where there is none. */
static const moati_place *find_former(const moati_repl *repl, const moati_former *former,
                                      const moat_output *output) {
    const char *dim = moat_dim_text(moat_model_units(repl->model), output->dim);
    for (size_t i = 0; i < former->cache.count; i++) {
        const moat_output *old = moat_model_get_output(former->model, i);
        const char *old_dim = moat_dim_text(moat_model_units(former->model), old->dim);
        if (strcmp(old->name, output->name) == 0 && old->axis == output->axis &&
            old->count == output->count && old->show == output->show && strcmp(old_dim, dim) == 0)
            return &former->cache.places[i];
    }
    return NULL;
}

moat_status moati_repl_print_differences(moati_repl *repl, const moati_former *former) {
    moati_grid *grid = new_grid();
    size_t moved = 0, known = 0;
    if (grid == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < repl->cache.count; i++) {
        const moati_place *old = find_former(repl, former, moat_model_get_output(repl->model, i));
        known += old != NULL;
        if (old != NULL)
            moved = add_row(grid, moved, repl, former->model, old, i);
    }
    const moat_status status = print(repl, grid, moved, known - moved);
    moati_grid_free(grid);
    return status;
}
