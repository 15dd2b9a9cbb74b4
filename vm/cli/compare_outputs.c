/* Outputs without an axis: the first subject's values, the others', and the differences, sample by
 * sample. Two subjects share a row; of more, each has its own. */
#include <math.h>
#include <string.h>

#include "compare.h"
#include "grid.h"
#include "number.h"

enum { NAME, FIRST, VALUE, CHANGE, ERROR, P5, P95, LARGER, EQUAL, UNIT, NEVER, COLUMN_COUNT };

enum { WIDEST_NAME = 40, SHORT_NAME = 24, NARROWEST_NAME = 8, GAP = 2 };

typedef struct rows {
    const moati_comparison *comparison;
    const moati_screen *screen;
    moati_grid *grid;
    size_t row; /* the next */
} rows;

static const char *arrow(const rows *r) {
    return r->screen->utf8 ? "→" : "->";
}

static void set_value(rows *r, size_t column, size_t output, size_t subject, moati_centre measure) {
    char text[MOATI_VALUE];
    const moati_compared_output *o = &r->comparison->outputs[output];
    moati_style_show(&o->style, moati_comparison_value(r->comparison, output, subject, 0, measure),
                     text);
    moati_grid_set(r->grid, r->row, column, text);
}

/* "B later", in short: the share of samples in which the subject is larger. */
static void set_share(rows *r, size_t column, size_t count) {
    char text[MOATI_NUMBER];
    const size_t samples = moat_model_settings(r->comparison->subjects[0].model)->samples;
    moati_number_show_probability(text, (double)count / (double)samples);
    moati_grid_set(r->grid, r->row, column, text);
}

static void set_number(rows *r, size_t column, const moati_difference *unit, double value,
                       int figures) {
    char text[MOATI_VALUE];
    if (!isfinite(value))
        return;
    moati_difference_show(unit, value, figures, text);
    moati_grid_set(r->grid, r->row, column, text);
}

static void set_error(rows *r, const moati_difference *unit, const moat_summary *difference) {
    char text[MOATI_VALUE];
    moati_difference_show_error(unit, difference, r->screen->utf8, text);
    moati_grid_set(r->grid, r->row, ERROR, text);
}

/* The unit of the row's values and differences; what percentages and dates differ by has one of its
 * own. */
static void set_unit(rows *r, const moati_style *style) {
    const moati_difference unit = moati_difference_of(style);
    moati_grid_set(r->grid, r->row, UNIT,
                   unit.suffix[0] != '\0' ? unit.suffix : moati_style_unit(style));
}

/* A condition's differences are -1, 0 and 1: how often says more than the percentiles. */
static void set_difference(rows *r, size_t output, size_t subject, moati_centre measure) {
    const moati_compared_output *o = &r->comparison->outputs[output];
    const moati_match *m = &o->matches[subject];
    const moat_summary *difference = &m->paired[0].difference;
    const moati_difference unit = {moati_difference_of(&o->style).factor, ""};
    if (m->same) {
        moati_grid_set(r->grid, r->row, CHANGE, "same");
        return;
    }
    if (measure == MOATI_CENTRE_MEAN) {
        set_number(r, CHANGE, &unit, difference->mean, moati_difference_figures(&unit, difference));
        set_error(r, &unit, difference);
    } else {
        set_number(r, CHANGE, &unit, difference->p50, 3);
    }
    if (o->style.show != MOAT_SHOW_CONDITION && difference->min != difference->max) {
        set_number(r, P5, &unit, difference->p5, 3);
        set_number(r, P95, &unit, difference->p95, 3);
    }
    set_share(r, LARGER, m->paired[0].larger);
    if (m->paired[0].equal > 0)
        set_share(r, EQUAL, m->paired[0].equal);
}

static void set_never(rows *r, size_t output, size_t subject) {
    char before[MOATI_NUMBER], after[MOATI_NUMBER], text[3 * MOATI_NUMBER];
    const double a = moati_comparison_never(r->comparison, output, 0);
    const double b = moati_comparison_never(r->comparison, output, subject);
    if (a == 0 && b == 0)
        return;
    moati_number_show_probability(before, a);
    moati_number_show_probability(after, b);
    snprintf(text, sizeof text, "never %s %s %s", before, arrow(r), after);
    moati_grid_set(r->grid, r->row, NEVER, text);
}

static const char *name_of(const moat_output *output) {
    return output->label != NULL ? output->label : output->name;
}

static void add_pair(rows *r, size_t output) {
    const moati_compared_output *o = &r->comparison->outputs[output];
    const moati_centre measure = moati_comparison_centre(r->comparison, output, 1, 0);
    if (o->matches[1].how != MOATI_MATCHED)
        return;
    r->row++;
    moati_grid_set(r->grid, r->row, NAME, name_of(o->output));
    set_value(r, FIRST, output, 0, measure);
    set_value(r, VALUE, output, 1, measure);
    set_difference(r, output, 1, measure);
    set_unit(r, &o->style);
    set_never(r, output, 1);
}

static void add_subject(rows *r, size_t output, size_t subject) {
    char text[300];
    const moati_compared *compared = &r->comparison->subjects[subject];
    const moati_centre measure = moati_comparison_centre(r->comparison, output, subject, 0);
    r->row++;
    snprintf(text, sizeof text, "  %s%s%.250s", compared->letter,
             compared->variant != NULL ? " " : "",
             compared->variant != NULL ? compared->variant : "");
    moati_grid_set(r->grid, r->row, NAME, text);
    set_value(r, VALUE, output, subject, measure);
    if (subject > 0) {
        set_difference(r, output, subject, measure);
        set_never(r, output, subject);
    }
}

static void add_group(rows *r, size_t output) {
    const moati_compared_output *o = &r->comparison->outputs[output];
    r->row++;
    moati_grid_set(r->grid, r->row, NAME, name_of(o->output));
    set_unit(r, &o->style);
    add_subject(r, output, 0);
    for (size_t s = 1; s < r->comparison->subject_count; s++)
        if (o->matches[s].how == MOATI_MATCHED)
            add_subject(r, output, s);
}

static void set_headings(const rows *r) {
    const moati_compared *subjects = r->comparison->subjects;
    const bool is_pair = r->comparison->subject_count == 2;
    char text[40];
    if (is_pair)
        moati_grid_set(r->grid, 0, FIRST, subjects[0].letter);
    moati_grid_set(r->grid, 0, VALUE, is_pair ? subjects[1].letter : "mean");
    snprintf(text, sizeof text, "%s - %s", subjects[1].letter, subjects[0].letter);
    moati_grid_set(r->grid, 0, CHANGE, is_pair ? text : "- A");
    moati_grid_set(r->grid, 0, P5, "5 %");
    moati_grid_set(r->grid, 0, P95, "95 %");
    snprintf(text, sizeof text, "%s larger", subjects[1].letter);
    moati_grid_set(r->grid, 0, LARGER, is_pair ? text : "larger");
    moati_grid_set(r->grid, 0, EQUAL, "equal");
    moati_grid_set(r->grid, 0, UNIT, "unit");
}

/* Leaves out what is missed least where rows are too wide. */
static void fit(const rows *r) {
    static const size_t spare[][2] = {{EQUAL, EQUAL}, {P5, P95}, {NEVER, NEVER}, {ERROR, LARGER}};
    const char *ellipsis = r->screen->utf8 ? "…" : "...";
    moati_grid_cut(r->grid, NAME, WIDEST_NAME, ellipsis);
    if (!r->screen->limited)
        return;
    for (size_t i = 0; i <= sizeof spare / sizeof *spare; i++) {
        const size_t width = moati_grid_width(r->grid), columns = r->screen->columns;
        const size_t name = moati_grid_column_width(r->grid, NAME);
        const size_t over = width > columns ? width - columns : 0;
        const bool is_last = i == sizeof spare / sizeof *spare;
        if (over == 0)
            return;
        if (is_last || name >= SHORT_NAME + over) {
            moati_grid_cut(r->grid, NAME,
                           name > NARROWEST_NAME + over ? name - over : NARROWEST_NAME, ellipsis);
            return;
        }
        moati_grid_clear(r->grid, spare[i][0]);
        moati_grid_clear(r->grid, spare[i][1]);
    }
}

bool moati_compare_outputs(const moati_comparison *comparison, const moati_screen *screen,
                           FILE *file) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.keep_empty = true},
        [FIRST] = {.right = true, .gap = GAP},
        [VALUE] = {.right = true, .gap = GAP},
        [CHANGE] = {.right = true, .gap = GAP},
        [ERROR] = {.gap = 1},
        [P5] = {.right = true, .gap = GAP},
        [P95] = {.right = true, .gap = GAP},
        [LARGER] = {.right = true, .gap = GAP},
        [EQUAL] = {.right = true, .gap = GAP},
        [UNIT] = {.gap = GAP},
        [NEVER] = {.gap = GAP},
    };
    rows r = {.comparison = comparison, .screen = screen};
    r.grid = moati_grid_new(COLUMN_COUNT, columns);
    if (r.grid == NULL)
        return false;
    for (size_t i = 0; i < comparison->output_count; i++) {
        if (comparison->outputs[i].output->axis != MOAT_NO_AXIS ||
            moati_comparison_is_same(comparison, i))
            continue;
        if (comparison->subject_count == 2)
            add_pair(&r, i);
        else
            add_group(&r, i);
    }
    bool done = true;
    if (r.row > 0) {
        set_headings(&r);
        fit(&r);
        done = moati_grid_print(r.grid, file, screen->colour);
    }
    moati_grid_free(r.grid);
    return done;
}
