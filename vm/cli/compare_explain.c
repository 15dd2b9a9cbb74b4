/* What explains the difference of each output: a bridge in figures. */
#include <math.h>
#include <stdlib.h>

#include "compare.h"
#include "grid.h"
#include "number.h"

enum { NAME, EFFECT, ERROR, SHARE, NOTE, COLUMN_COUNT };

enum { MOST_ROWS = 7, WIDEST_NAME = 44, NARROWEST_NAME = 12, GAP = 2 };

typedef struct rows {
    const moati_comparison *comparison;
    size_t subject;
    const moati_screen *screen;
    moati_grid *grid;
    size_t row; /* the last */
    const moati_bridge *bridge;
    moati_difference unit;
} rows;

static void set_share(rows *r, double effect) {
    char number[MOATI_NUMBER], text[MOATI_VALUE];
    const double whole = r->bridge->whole->mean, part = 100 * effect / whole;
    if (!(fabs(whole) > 2 * r->bridge->whole->mcse) || !(fabs(part) < 1000))
        return;
    moati_number_show(number, part, fabs(part) < 10 ? 1 : 2);
    snprintf(text, sizeof text, "%s %%", number);
    moati_grid_set(r->grid, r->row, SHARE, text);
}

static void set_effect(rows *r, const moat_summary *effect) {
    char text[MOATI_VALUE];
    moati_difference_show(&r->unit, effect->mean, moati_difference_figures(&r->unit, effect), text);
    moati_grid_set(r->grid, r->row, EFFECT, text);
    moati_difference_show_error(&r->unit, effect, r->screen->utf8, text);
    moati_grid_set(r->grid, r->row, ERROR, text);
}

static void add_part(rows *r, const moati_bridge_part *part) {
    char text[300];
    r->row++;
    snprintf(text, sizeof text, "  %.280s", part->name);
    moati_grid_set(r->grid, r->row, NAME, text);
    set_effect(r, part->effect);
    set_share(r, part->effect->mean);
    if (part->within_error)
        moati_grid_set(r->grid, r->row, NOTE, "within its error");
}

/* What is left of the parts beyond the largest. */
static void add_others(rows *r, size_t from) {
    char text[100];
    double sum = 0;
    for (size_t i = from; i < r->bridge->count; i++)
        sum += r->bridge->parts[i].effect->mean;
    r->row++;
    snprintf(text, sizeof text, "  %zu others", r->bridge->count - from);
    moati_grid_set(r->grid, r->row, NAME, text);
    moati_difference_show(&r->unit, sum, 3, text);
    moati_grid_set(r->grid, r->row, EFFECT, text);
    set_share(r, sum);
}

static void add_bridge(rows *r) {
    const moati_bridge *b = r->bridge;
    /* A row for all others takes no more room than one of them. */
    const size_t shown = b->count <= MOST_ROWS ? b->count : MOST_ROWS - 1;
    r->row += r->row > 0 ? 2 : 1; /* with a blank line between two */
    moati_grid_set(r->grid, r->row, NAME, b->name);
    set_effect(r, b->whole);
    moati_grid_set(r->grid, r->row, NOTE,
                   b->difference.suffix[0] != '\0' ? b->difference.suffix : b->unit);
    for (size_t i = 0; i < shown; i++)
        add_part(r, &b->parts[i]);
    if (shown < b->count)
        add_others(r, shown);
}

static void fit(const rows *r) {
    const char *ellipsis = r->screen->utf8 ? "…" : "...";
    moati_grid_cut(r->grid, NAME, WIDEST_NAME, ellipsis);
    if (!r->screen->limited)
        return;
    if (moati_grid_width(r->grid) > r->screen->columns)
        moati_grid_clear(r->grid, NOTE);
    const size_t width = moati_grid_width(r->grid), name = moati_grid_column_width(r->grid, NAME);
    const size_t over = width > r->screen->columns ? width - r->screen->columns : 0;
    if (over > 0)
        moati_grid_cut(r->grid, NAME, name > NARROWEST_NAME + over ? name - over : NARROWEST_NAME,
                       ellipsis);
}

/* Series are explained where there are no single values to explain. */
static bool is_shown(const moati_comparison *c, const moati_against *against, size_t target) {
    const size_t output = against->targets[target].first_output;
    if (c->outputs[output].output->axis == MOAT_NO_AXIS)
        return true;
    for (size_t i = 0; i < against->target_count; i++)
        if (c->outputs[against->targets[i].first_output].output->axis == MOAT_NO_AXIS)
            return false;
    return true;
}

static bool add_all(rows *r) {
    const moati_against *against = &r->comparison->against[r->subject];
    for (size_t i = 0; i < against->target_count; i++) {
        moati_bridge bridge;
        if (!is_shown(r->comparison, against, i))
            continue;
        if (!moati_bridge_make(r->comparison, r->subject, i, &bridge))
            return false;
        r->bridge = &bridge;
        r->unit = (moati_difference){bridge.difference.factor, ""};
        add_bridge(r);
        moati_bridge_free(&bridge);
    }
    return true;
}

bool moati_compare_explanation(const moati_comparison *comparison, size_t subject,
                               const moati_screen *screen, FILE *file) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.keep_empty = true}, [EFFECT] = {.right = true, .gap = GAP},
        [ERROR] = {.gap = 1},          [SHARE] = {.right = true, .gap = GAP},
        [NOTE] = {.gap = GAP},
    };
    rows r = {.comparison = comparison, .subject = subject, .screen = screen};
    r.grid = moati_grid_new(COLUMN_COUNT, columns);
    bool done = r.grid != NULL && add_all(&r);
    if (done && r.row > 0) {
        char text[80];
        snprintf(text, sizeof text, "what makes %s - %s", comparison->subjects[subject].letter,
                 comparison->subjects[0].letter);
        moati_grid_set(r.grid, 0, NAME, text);
        fit(&r);
        done = moati_grid_print(r.grid, file, screen->colour);
    }
    moati_grid_free(r.grid);
    return done;
}
