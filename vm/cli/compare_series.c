/* Outputs with an axis: some of its entries, and where the difference is largest. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "places.h"

enum { NAME, WHO, FIRST_PERIOD };

enum { WIDEST_NAME = 28, NARROWEST_NAME = 8, FEWEST_PERIODS = 2, GAP = 2 };

typedef struct rows {
    const moati_comparison *comparison;
    const moati_screen *screen;
    moati_grid *grid;
    size_t row; /* the last */
    moat_axis axis;
    moati_places shown;
} rows;

/* The value of a subject, or its difference to the first's, as it is shown. */
static void show_cell(const moati_comparison *c, size_t output, size_t subject, size_t entry,
                      bool difference, char text[MOATI_VALUE]) {
    const moati_compared_output *o = &c->outputs[output];
    const moati_match *m = &o->matches[subject];
    const moati_centre measure = moati_comparison_centre(c, output, subject, entry);
    const double value = moati_comparison_value(c, output, subject, entry, measure);
    text[0] = '\0';
    if (subject > 0 && (m->how != MOATI_MATCHED || m->entries[entry] == MOATI_NONE))
        return;
    if (difference) {
        moati_difference unit = moati_difference_of(&o->style);
        const moat_summary *summary = &m->paired[entry].difference;
        const double moved = measure == MOATI_CENTRE_MEAN ? summary->mean : summary->p50;
        unit.suffix = "";
        moati_difference_show(&unit, moved, 3, text);
    } else {
        moati_style_show(&o->style, value, text);
    }
}

static void add_row(rows *r, size_t output, size_t subject, bool difference) {
    const size_t entries = r->comparison->outputs[output].output->count;
    char text[MOATI_VALUE];
    const char *letter = r->comparison->subjects[subject].letter;
    r->row++;
    snprintf(text, sizeof text, "%s%s%s", letter, difference ? " - " : "",
             difference ? r->comparison->subjects[0].letter : "");
    moati_grid_set(r->grid, r->row, WHO, text);
    for (size_t i = 0; i < r->shown.count && moati_place(&r->shown, i) < entries; i++) {
        show_cell(r->comparison, output, subject, moati_place(&r->shown, i), difference, text);
        moati_grid_set(r->grid, r->row, FIRST_PERIOD + i, text);
    }
}

/* "-16.2 in 2030-Q4" */
static void set_largest(rows *r, size_t output, size_t subject) {
    const moati_compared_output *o = &r->comparison->outputs[output];
    const moati_match *m = &o->matches[subject];
    char label[16], value[MOATI_VALUE], text[MOATI_VALUE + 24];
    if (m->largest == MOATI_NONE)
        return;
    moat_model_axis_label(r->comparison->subjects[0].model, o->output->axis, m->largest, label);
    show_cell(r->comparison, output, subject, m->largest, true, value);
    snprintf(text, sizeof text, "%s in %s", m->same ? "same" : value, label);
    moati_grid_set(r->grid, r->row, FIRST_PERIOD + r->shown.count, m->same ? "same" : text);
}

static void add_output(rows *r, size_t output) {
    const moati_compared_output *o = &r->comparison->outputs[output];
    const moati_difference unit = moati_difference_of(&o->style);
    const size_t first = r->row + 1;
    char text[MOATI_VALUE];
    add_row(r, output, 0, false);
    for (size_t s = 1; s < r->comparison->subject_count; s++) {
        if (o->matches[s].how != MOATI_MATCHED)
            continue;
        add_row(r, output, s, false);
        add_row(r, output, s, true);
        set_largest(r, output, s);
    }
    moati_grid_set(r->grid, first, NAME,
                   o->output->label != NULL ? o->output->label : o->output->name);
    snprintf(text, sizeof text, "  %s",
             unit.suffix[0] != '\0' ? unit.suffix : moati_style_unit(&o->style));
    if (r->row > first)
        moati_grid_set(r->grid, first + 1, NAME, text);
}

static bool is_shown(const moati_comparison *c, size_t output, moat_axis axis) {
    return c->outputs[output].output->axis == axis && moati_comparison_is_compared(c, output) &&
           !moati_comparison_is_same(c, output);
}

/* The widest cell of all entries, shown or not: which are shown depends on it. */
static size_t widest_cell(const moati_comparison *c, moat_axis axis, size_t *entries) {
    char text[MOATI_VALUE];
    size_t widest = 7; /* a label */
    *entries = 0;
    for (size_t i = 0; i < c->output_count; i++) {
        const size_t count = c->outputs[i].output->count;
        if (!is_shown(c, i, axis))
            continue;
        *entries = count > *entries ? count : *entries;
        for (size_t s = 0; s < c->subject_count; s++)
            for (size_t t = 0; t < count; t++)
                for (int difference = 0; difference <= (s > 0); difference++) {
                    show_cell(c, i, s, t, difference, text);
                    const size_t width = moati_text_width(text);
                    widest = width > widest ? width : widest;
                }
    }
    return widest;
}

static bool fill(rows *r, size_t widest_name) {
    const size_t count = FIRST_PERIOD + r->shown.count + 1;
    moati_column *columns = calloc(count, sizeof *columns);
    if (columns == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        columns[i] =
            (moati_column){.right = i >= FIRST_PERIOD && i + 1 < count, .gap = i > 0 ? GAP : 0};
    r->grid = moati_grid_new(count, columns);
    r->row = 0;
    free(columns);
    if (r->grid == NULL)
        return false;
    for (size_t i = 0; i < r->comparison->output_count; i++)
        if (is_shown(r->comparison, i, r->axis))
            add_output(r, i);
    for (size_t i = 0; i < r->shown.count; i++) {
        char label[16];
        moat_model_axis_label(r->comparison->subjects[0].model, r->axis, moati_place(&r->shown, i),
                              label);
        moati_grid_set(r->grid, 0, FIRST_PERIOD + i, label);
    }
    moati_grid_set(r->grid, 0, WHO, "mean");
    moati_grid_set(r->grid, 0, count - 1, "largest difference");
    moati_grid_cut(r->grid, NAME, widest_name, r->screen->utf8 ? "…" : "...");
    return true;
}

/* How wide the rows are without any entry, and how wide names may be. */
static bool measure(rows *r, size_t periods, size_t *taken, size_t *name) {
    r->shown = (moati_places){.count = 0};
    if (!fill(r, WIDEST_NAME))
        return false;
    *taken = moati_grid_width(r->grid);
    *name = moati_grid_column_width(r->grid, NAME);
    const bool failed = moati_grid_failed(r->grid);
    moati_grid_free(r->grid);
    r->grid = NULL;
    if (failed)
        return false;
    if (r->screen->limited && *taken + periods > r->screen->columns && *name > NARROWEST_NAME) {
        const size_t over = *taken + periods - r->screen->columns, most = *name - NARROWEST_NAME;
        *name -= over < most ? over : most;
        *taken -= over < most ? over : most;
    }
    return true;
}

static bool print_axis(rows *r, FILE *file) {
    size_t entries, taken, name;
    const size_t cell = widest_cell(r->comparison, r->axis, &entries) + GAP;
    const size_t columns = r->screen->columns;
    if (!measure(r, FEWEST_PERIODS * cell, &taken, &name))
        return false;
    const size_t room = columns > taken ? (columns - taken) / cell : 0;
    r->shown = moati_places_select(moat_model_horizon(r->comparison->subjects[0].model), r->axis,
                                   entries, room < FEWEST_PERIODS ? FEWEST_PERIODS : room);
    bool done = fill(r, name);
    if (done && r->screen->limited && moati_grid_width(r->grid) > columns)
        moati_grid_clear(r->grid, FIRST_PERIOD + r->shown.count);
    done = done && moati_grid_print(r->grid, file, r->screen->colour);
    moati_grid_free(r->grid);
    r->grid = NULL;
    return done;
}

bool moati_compare_series(const moati_comparison *comparison, const moati_screen *screen,
                          FILE *file) {
    static const moat_axis axes[] = {MOAT_PERIOD_AXIS, MOAT_YEAR_AXIS};
    bool printed = false;
    for (size_t k = 0; k < sizeof axes / sizeof *axes; k++) {
        rows r = {.comparison = comparison, .screen = screen, .axis = axes[k]};
        bool any = false;
        for (size_t i = 0; i < comparison->output_count; i++)
            any = any || is_shown(comparison, i, axes[k]);
        if (!any)
            continue;
        if (printed)
            fputc('\n', file);
        if (!print_axis(&r, file))
            return false;
        printed = true;
    }
    return true;
}
