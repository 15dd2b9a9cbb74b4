/* :why, what a value is computed from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "number.h"
#include "repl_session.h"

enum { DEPTH = 4, DEEPEST = 20, MOST_LINES = 60, MOST_TERMS = 12, LABEL = 96 };

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
    moati_givens names; /* quantities among the globals */
    unsigned depth;
    size_t count;
    bool cut;
    line lines[MOST_LINES];
} tree;

/* --- Names. */

static const moat_assumption *assumption_of(const tree *t, moat_node node) {
    const moat_model *model = t->repl->model;
    for (size_t i = 0; i < moat_model_assumptions(model); i++)
        if (moat_model_assumption(model, i)->node == node)
            return moat_model_assumption(model, i);
    return NULL;
}

/* Names a node that is an output or a global, or a period of one; false where it is neither. */
static bool name_quantity(const tree *t, const moat_output *quantity, line *l) {
    char label[16];
    for (size_t i = 0; i < quantity->count; i++) {
        if (quantity->nodes[i] != l->node)
            continue;
        moat_model_axis_label(t->repl->model, quantity->axis, i, label);
        snprintf(l->label, sizeof l->label, "%.60s%s%s", quantity->name,
                 label[0] != '\0' ? ", " : "", label);
        l->unit = quantity->unit;
        l->show = quantity->show;
        return true;
    }
    return false;
}

static bool name_node(const tree *t, line *l) {
    const moat_assumption *assumption = assumption_of(t, l->node);
    if (assumption != NULL) {
        snprintf(l->label, sizeof l->label, "%.60s", assumption->name);
        l->unit = assumption->unit;
        return true;
    }
    for (size_t i = 0; i < t->names.count; i++)
        if (name_quantity(t, &t->names.items[i].quantity, l))
            return true;
    for (size_t i = 0; i < moat_model_outputs(t->repl->model); i++)
        if (name_quantity(t, moat_model_get_output(t->repl->model, i), l))
            return true;
    return false;
}

static bool is_named(const tree *t, moat_node node) {
    line l = {.node = node};
    return name_node(t, &l);
}

/* --- The tree. */

/* Sums of sums and products of products are told as one, as a person would. */
static bool is_chain(const tree *t, moat_node node, moat_node part) {
    const moat_graph *graph = moat_model_graph(t->repl->model);
    const moat_op op = moat_node_op(graph, node);
    return (op == MOAT_ADD || op == MOAT_MUL) && moat_node_op(graph, part) == op &&
           !is_named(t, part);
}

/* The parts of a node in the order in which they were written; returns how many there are, of which
 * the first MOST_TERMS are given. */
static size_t find_terms(const tree *t, moat_node node, moat_node terms[MOST_TERMS]) {
    const moat_node *list;
    moat_node stack[MOST_TERMS * 4];
    size_t depth = 0, found = 0, count = moat_model_precedents(t->repl->model, node, &list);
    const size_t room = sizeof stack / sizeof *stack;
    for (size_t i = count < room ? count : room; i-- > 0;)
        stack[depth++] = list[i];
    while (depth > 0) {
        const moat_node part = stack[--depth];
        if (is_chain(t, node, part) && depth + 2 <= room) {
            count = moat_model_precedents(t->repl->model, part, &list);
            for (size_t i = count; i-- > 0;)
                stack[depth++] = list[i];
            continue;
        }
        if (found < MOST_TERMS)
            terms[found] = part;
        found++;
    }
    return found;
}

static bool is_told(const tree *t, moat_node node) {
    for (size_t i = 0; i < t->count; i++)
        if (t->lines[i].node == node)
            return true;
    return false;
}

/* Writes the line of a node; its operation follows its name. */
static line *add_line(tree *t, moat_node node, unsigned depth, moat_node terms[MOST_TERMS],
                      size_t *count) {
    if (t->count == MOST_LINES) {
        t->cut = true;
        return NULL;
    }
    line *l = &t->lines[t->count];
    *l = (line){.node = node, .depth = depth};
    const bool named = name_node(t, l);
    *count = find_terms(t, node, terms);
    if (*count > 0 && !(named && assumption_of(t, node) != NULL)) {
        const size_t used = strlen(l->label);
        snprintf(l->label + used, sizeof l->label - used, "%s%s", named ? " = " : "",
                 moat_model_operation(t->repl->model, node));
    } else if (!named) {
        double value;
        const bool constant = moat_node_is_constant(moat_model_graph(t->repl->model), node, &value);
        snprintf(l->label, sizeof l->label, "%s", constant ? "constant" : "drawn");
    }
    t->count++;
    return l;
}

static void grow_tree(tree *t, moat_node node, unsigned depth) {
    moat_node terms[MOST_TERMS];
    size_t count;
    const bool told = is_told(t, node);
    line *l = add_line(t, node, depth, terms, &count);
    if (l == NULL || count == 0)
        return;
    const size_t used = strlen(l->label);
    if (told || depth + 1 >= t->depth) {
        snprintf(l->label + used, sizeof l->label - used, told ? " (above)" : " ...");
        return;
    }
    for (size_t i = 0; i < count && i < MOST_TERMS; i++)
        grow_tree(t, terms[i], depth + 1);
    if (count > MOST_TERMS)
        t->cut = true;
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
    if (screen->limited && moati_grid_width(grid) > screen->columns) {
        moati_grid_clear(grid, P5);
        moati_grid_clear(grid, P95);
    }
    const size_t width = moati_grid_width(grid), label = moati_grid_column_width(grid, TREE);
    const size_t over = screen->limited && width > screen->columns ? width - screen->columns : 0;
    if (over > 0)
        moati_grid_cut(grid, TREE, label > over + 16 ? label - over : 16,
                       screen->utf8 ? "…" : "...");
    const bool done = moati_grid_print(grid, t->repl->out, screen->colour);
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

/* The node of an output, an assumption or an expression, of a series its last; MOAT_NO_NODE, after
 * it has been told, where there is none. */
static moat_node find_root(moati_repl *repl, const char *text) {
    const moat_output *output = moati_repl_output(repl, text);
    const moat_assumption *assumption = moat_model_find_assumption(repl->model, text);
    if (output == NULL && assumption != NULL)
        return assumption->node;
    if (output == NULL) {
        const moati_given *given = moati_repl_quantity(repl, text);
        output = given != NULL ? &given->quantity : NULL;
    }
    if (output == NULL)
        return MOAT_NO_NODE;
    const moat_node node = output->nodes[output->count - 1];
    if (node == MOAT_NO_NODE)
        moati_repl_complain(repl, "the last period of %.100s is not set", text);
    return node;
}

static void why(moati_repl *repl, char *text) {
    tree *t = calloc(1, sizeof *t);
    if (t == NULL) {
        moati_repl_complain(repl, "out of memory");
        return;
    }
    t->repl = repl;
    t->depth = split_depth(text);
    const moat_node root = find_root(repl, text);
    moat_status status = MOAT_OK;
    if (root != MOAT_NO_NODE) {
        status = moat_lua_quantities(repl->lua, moati_givens_add, &t->names, &repl->error);
        if (status == MOAT_OK) {
            grow_tree(t, root, 0);
            status = print_tree(t);
        }
    }
    if (status != MOAT_OK)
        moati_repl_complain_of_error(repl);
    moati_givens_free(&t->names);
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
