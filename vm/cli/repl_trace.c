/* :why, what a value is computed from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "number.h"
#include "repl_formula.h"

enum {
    DEPTH = 3,
    DEEPEST = 20,
    MOST_LINES = 60,
    LABEL = 320,
    ROOM_OF_VALUES = 32,
    SHORT_FORMULA = 36
};

enum { TREE, VALUE, P5, P95, UNIT, COLUMN_COUNT };

typedef struct line {
    moat_node node;
    unsigned depth;
    moat_unit unit; /* MOAT_NO_UNIT: a readable one */
    moat_show show;
    char label[LABEL];
} line;

typedef struct tree {
    moati_repl *repl;
    moati_names names;
    moati_formula formula; /* of the last line */
    unsigned depth;
    size_t count;
    bool cut;
    line lines[MOST_LINES];
} tree;

/* --- The tree. */

static bool is_told(const tree *t, moat_node node) {
    for (size_t i = 0; i < t->count; i++)
        if (t->lines[i].node == node)
            return true;
    return false;
}

/* The columns that the formula of a line has. */
static size_t room_of(const tree *t, unsigned depth, size_t used) {
    const size_t columns = t->repl->screen.columns, taken = ROOM_OF_VALUES + 2 * depth + used;
    return columns > taken + 24 ? columns - taken : 24;
}

/* What is assumed, as it was written; NULL where the node is no assumption. */
static const char *literal_of(const tree *t, moat_node node) {
    const moat_model *model = t->repl->model;
    for (size_t i = 0; i < moat_model_assumptions(model); i++)
        if (moat_model_assumption(model, i)->node == node)
            return moat_model_assumption(model, i)->text;
    return NULL;
}

/* "name = formula", of what has both. A formula that has been told is not told again. */
static void write_label(tree *t, line *l, const moati_name *name, bool told) {
    if (name != NULL) {
        moati_name_show(t->repl->model, name, l->label, sizeof l->label);
        l->unit = name->unit;
        l->show = name->show;
    }
    const size_t used = strlen(l->label);
    moati_formula_write(&t->formula, l->node, room_of(t, l->depth, used));
    const char *formula = t->formula.text, *literal = literal_of(t, l->node);
    const bool both = name != NULL && formula[0] != '\0';
    if (name != NULL && told)
        snprintf(l->label + used, sizeof l->label - used, " (above)");
    else if (formula[0] == '\0' && literal != NULL)
        snprintf(l->label + used, sizeof l->label - used, " = \"%.80s\"", literal);
    else
        snprintf(l->label + used, sizeof l->label - used, "%s%s", both ? " = " : "", formula);
}

static void grow_tree(tree *t, moat_node node, const moati_name *name, unsigned depth) {
    if (t->count == MOST_LINES) {
        t->cut = true;
        return;
    }
    const bool told = is_told(t, node);
    line *l = &t->lines[t->count];
    *l = (line){.node = node, .depth = depth};
    write_label(t, l, name, told);
    t->count++;
    moat_node terms[MOATI_MOST_TERMS];
    const size_t count = t->formula.term_count;
    const size_t shown = count < MOATI_MOST_TERMS ? count : MOATI_MOST_TERMS;
    memcpy(terms, t->formula.terms, shown * sizeof *terms);
    if (told || depth + 1 >= t->depth)
        return;
    for (size_t i = 0; i < shown; i++)
        grow_tree(t, terms[i], moati_names_find(&t->names, terms[i]), depth + 1);
    t->cut = t->cut || count > shown;
}

/* --- Printing. */

static void set_line(moati_grid *grid, size_t row, const line *l, const moati_view *view,
                     size_t index) {
    char text[MOATI_VALUE], label[LABEL + 2 * DEEPEST];
    const moat_summary *s = moat_results_output(view->results, index, 0);
    const moati_style style = moati_view_style(view, index);
    snprintf(label, sizeof label, "%*s%s", 2 * (int)l->depth, "", l->label);
    moati_grid_set(grid, row, TREE, label);
    moati_style_show(&style, style.show == MOAT_SHOW_DATE ? s->p50 : s->mean, text);
    moati_grid_set(grid, row, VALUE, text);
    moati_grid_set(grid, row, UNIT, moati_style_unit(&style));
    if (style.exact || style.show == MOAT_SHOW_CONDITION)
        return;
    moati_style_show(&style, s->p5, text);
    moati_grid_set(grid, row, P5, text);
    moati_style_show(&style, s->p95, text);
    moati_grid_set(grid, row, P95, text);
}

static size_t excess(const moati_grid *grid, const moati_screen *screen) {
    const size_t width = moati_grid_width(grid);
    return screen->limited && width > screen->columns ? width - screen->columns : 0;
}

/* Cuts formulas where rows are too wide; where little would be left of them, the percentiles go
 * first. False where anything is left out. */
static bool fit(moati_grid *grid, const moati_screen *screen) {
    const size_t label = moati_grid_column_width(grid, TREE), over = excess(grid, screen);
    if (over == 0)
        return true;
    if (label < over + SHORT_FORMULA) {
        moati_grid_clear(grid, P5);
        moati_grid_clear(grid, P95);
    }
    const size_t rest = excess(grid, screen);
    if (rest > 0)
        moati_grid_cut(grid, TREE, label > rest + 16 ? label - rest : 16,
                       screen->utf8 ? "…" : "...");
    return false;
}

static bool print_grid(const tree *t, const moati_view *view) {
    static const moati_column columns[COLUMN_COUNT] = {[VALUE] = {.right = true, .gap = 2},
                                                       [P5] = {.right = true, .gap = 2},
                                                       [P95] = {.right = true, .gap = 2},
                                                       [UNIT] = {.gap = 2}};
    const moati_screen *screen = &t->repl->screen;
    moati_grid *grid = moati_grid_new(COLUMN_COUNT, columns);
    if (grid == NULL)
        return false;
    moati_grid_set(grid, 0, VALUE, "mean");
    moati_grid_set(grid, 0, P5, "5 %");
    moati_grid_set(grid, 0, P95, "95 %");
    moati_grid_set(grid, 0, UNIT, "unit");
    for (size_t i = 0; i < t->count; i++)
        set_line(grid, i + 1, &t->lines[i], view, i);
    const bool fits = fit(grid, screen);
    const bool done = moati_grid_print(grid, t->repl->out, screen->colour);
    if (!fits)
        moati_repl_tell_narrow(t->repl);
    if (t->cut)
        fputs("and more; :why of a part shows it\n", t->repl->out);
    moati_grid_free(grid);
    return done;
}

static moat_status print_tree(const tree *t) {
    moati_repl *repl = t->repl;
    moat_output outputs[MOST_LINES];
    moat_results *results;
    for (size_t i = 0; i < t->count; i++) {
        const line *l = &t->lines[i];
        outputs[i] = (moat_output){.name = l->label,
                                   .unit = l->unit,
                                   .dim = moat_node_dim(moat_model_graph(repl->model), l->node),
                                   .show = l->show,
                                   .count = 1,
                                   .nodes = &l->node};
    }
    moat_status status = moat_model_look(repl->model, t->count, outputs, &results, &repl->error);
    if (status != MOAT_OK)
        return status;
    const moati_view view = {
        .model = repl->model, .results = results, .output_count = t->count, .outputs = outputs};
    if (!print_grid(t, &view))
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    moat_results_free(results);
    return status;
}

/* --- Commands. */

/* Takes a number off the end of an expression: how deep the tree is to be. */
static unsigned split_depth(char *text) {
    char *last = strrchr(text, ' '), *end;
    if (last == NULL)
        return DEPTH;
    const unsigned long depth = strtoul(last + 1, &end, 10);
    const char before = last > text ? last[-1] : '+';
    if (end == last + 1 || *end != '\0' || depth == 0 || depth > DEEPEST ||
        strchr("+-*/^%,(<>=~&|.", before) != NULL)
        return DEPTH;
    *last = '\0';
    return (unsigned)depth + 1;
}

/* The value that is asked for, under the name that it was asked for by: an output, an assumption or
 * an expression, of a series its last entry; MOAT_NO_NODE, after it has been told, where there is
 * none. */
static moat_node find_root(moati_repl *repl, const char *text, moati_name *name) {
    const moat_output *output = moati_repl_output(repl, text);
    const moat_assumption *assumption = moat_model_find_assumption(repl->model, text);
    if (output == NULL && assumption != NULL) {
        *name = (moati_name){.text = assumption->name, .unit = assumption->unit};
        return assumption->node;
    }
    if (output == NULL && (output = moati_repl_value(repl, text)) == NULL)
        return MOAT_NO_NODE;
    const size_t last = output->count - 1;
    *name = (moati_name){.text = text,
                         .axis = output->axis,
                         .entry = last,
                         .unit = output->unit,
                         .show = output->show};
    if (output->nodes[last] == MOAT_NO_NODE)
        moati_repl_complain(repl, "the last period of %.100s is not set", text);
    return output->nodes[last];
}

static bool is_name(const char *text) {
    return text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                             "0123456789_.")] == '\0';
}

static moat_status fill_and_print(tree *t, moat_node root, const moati_name *name) {
    moat_status status = moati_names_collect(t->repl, &t->names);
    if (status != MOAT_OK)
        return status;
    t->formula =
        (moati_formula){.model = t->repl->model, .names = &t->names, .utf8 = t->repl->screen.utf8};
    grow_tree(t, root, name, 0);
    if (t->formula.failed)
        return moat_fail(&t->repl->error, MOAT_NO_MEMORY, "out of memory");
    return print_tree(t);
}

static void why(moati_repl *repl, char *text) {
    moati_name name = {0};
    tree *t = calloc(1, sizeof *t);
    if (t == NULL) {
        moati_repl_complain(repl, "out of memory");
        return;
    }
    t->repl = repl;
    t->depth = split_depth(text);
    const moat_node root = find_root(repl, text, &name);
    if (root != MOAT_NO_NODE && fill_and_print(t, root, is_name(text) ? &name : NULL) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    moati_names_free(&t->names);
    free(t);
}

bool moati_repl_why(moati_repl *repl, const char *arguments) {
    char *text = strdup(arguments);
    if (text == NULL)
        moati_repl_complain(repl, "out of memory");
    else if (text[0] == '\0')
        moati_repl_complain(repl, ":why needs an expression, as in :why npv");
    else if (moati_repl_begin_work(repl)) {
        why(repl, text);
        moati_repl_end_work(repl);
    }
    free(text);
    return true;
}
