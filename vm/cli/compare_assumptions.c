/* What two subjects assume otherwise. */
#include <math.h>

#include "compare.h"
#include "grid.h"
#include "number.h"

enum { NAME, FIRST, SECOND, FIRST_MEAN, SECOND_MEAN, UNIT, COLUMN_COUNT };

enum { WIDEST_NAME = 32, WIDEST_TEXT = 36, NARROWEST_TEXT = 10, GAP = 2 };

typedef struct rows {
    const moati_comparison *comparison;
    size_t subject;
    const moati_screen *screen;
    moati_grid *grid;
    size_t row; /* the last */
} rows;

static void set_mean(rows *r, size_t column, const moat_summary *summary, double factor) {
    char text[MOATI_NUMBER];
    if (summary == NULL || !isfinite(summary->mean))
        return;
    moati_number_show(text, summary->mean / factor, 3);
    moati_grid_set(r->grid, r->row, column, text);
}

/* Means are in one unit, the first's, where both have it. */
static void add(rows *r, const moat_contrast *item) {
    const moat_model *of = r->comparison->subjects[item->first != NULL ? 0 : r->subject].model;
    const moat_unit unit = item->first != NULL ? item->first->unit : item->second->unit;
    const double factor = moat_unit_factor(moat_model_units(of), unit);
    r->row++;
    moati_grid_set(r->grid, r->row, NAME, item->name);
    moati_grid_set(r->grid, r->row, FIRST, item->first != NULL ? item->first->text : "(none)");
    moati_grid_set(r->grid, r->row, SECOND, item->second != NULL ? item->second->text : "(none)");
    if (item->kind == MOAT_OTHER_UNIT)
        return;
    set_mean(r, FIRST_MEAN, item->first_summary, factor);
    set_mean(r, SECOND_MEAN, item->second_summary, factor);
    moati_grid_set(r->grid, r->row, UNIT, moat_unit_text(moat_model_units(of), unit));
}

static void add_pair(rows *r, const moat_pair_contrast *pair) {
    char text[200], number[MOATI_NUMBER];
    r->row++;
    snprintf(text, sizeof text, "%.80s with %.80s", pair->first, pair->second);
    moati_grid_set(r->grid, r->row, NAME, text);
    moati_number_show_exact(number, pair->rank_of_first);
    moati_grid_set(r->grid, r->row, FIRST, number);
    moati_number_show_exact(number, pair->rank_of_second);
    moati_grid_set(r->grid, r->row, SECOND, number);
}

/* Means are left out first, then the texts are cut. */
static void fit(const rows *r) {
    const char *ellipsis = r->screen->utf8 ? "…" : "...";
    moati_grid_cut(r->grid, NAME, WIDEST_NAME, ellipsis);
    if (!r->screen->limited)
        return;
    moati_grid_cut(r->grid, FIRST, WIDEST_TEXT, ellipsis);
    moati_grid_cut(r->grid, SECOND, WIDEST_TEXT, ellipsis);
    if (moati_grid_width(r->grid) > r->screen->columns)
        for (size_t column = FIRST_MEAN; column <= UNIT; column++)
            moati_grid_clear(r->grid, column);
    for (size_t width = WIDEST_TEXT;
         width >= NARROWEST_TEXT && moati_grid_width(r->grid) > r->screen->columns; width--) {
        moati_grid_cut(r->grid, FIRST, width, ellipsis);
        moati_grid_cut(r->grid, SECOND, width, ellipsis);
        moati_grid_cut(r->grid, NAME, width + 4, ellipsis);
    }
}

static void set_headings(const rows *r) {
    const char *a = r->comparison->subjects[0].letter;
    const char *b = r->comparison->subjects[r->subject].letter;
    char text[20];
    moati_grid_set(r->grid, 0, NAME, "assumption");
    moati_grid_set(r->grid, 0, FIRST, a);
    moati_grid_set(r->grid, 0, SECOND, b);
    snprintf(text, sizeof text, "mean %s", a);
    moati_grid_set(r->grid, 0, FIRST_MEAN, text);
    snprintf(text, sizeof text, "mean %s", b);
    moati_grid_set(r->grid, 0, SECOND_MEAN, text);
    moati_grid_set(r->grid, 0, UNIT, "unit");
}

bool moati_compare_assumptions(const moati_comparison *comparison, size_t subject,
                               const moati_screen *screen, FILE *file) {
    static const moati_column columns[COLUMN_COUNT] = {
        [NAME] = {.keep_empty = true},
        [FIRST] = {.gap = GAP},
        [SECOND] = {.gap = GAP},
        [FIRST_MEAN] = {.right = true, .gap = GAP},
        [SECOND_MEAN] = {.right = true, .gap = GAP},
        [UNIT] = {.gap = GAP},
    };
    const moat_contrasts *contrasts = &comparison->against[subject].contrasts;
    rows r = {.comparison = comparison, .subject = subject, .screen = screen};
    if (contrasts->count == 0)
        return true;
    r.grid = moati_grid_new(COLUMN_COUNT, columns);
    if (r.grid == NULL)
        return false;
    set_headings(&r);
    for (size_t i = 0; i < contrasts->count; i++)
        if (contrasts->items[i].kind != MOAT_OTHER_CORRELATIONS)
            add(&r, &contrasts->items[i]);
    for (size_t i = 0; i < contrasts->pair_count; i++)
        add_pair(&r, &contrasts->pairs[i]);
    fit(&r);
    const bool done = moati_grid_print(r.grid, file, screen->colour);
    moati_grid_free(r.grid);
    return done;
}
