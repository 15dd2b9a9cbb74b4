/* What the nodes of a graph are called: after an assumption, a variable or an output. */
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"

/* Which name is taken of several: an assumption's, then a variable's, then that of a field, then
 * an output's. */
enum { OF_ASSUMPTION, OF_VARIABLE, OF_FIELD, OF_OUTPUT };

static int by_node(const void *a, const void *b) {
    const moati_name *x = a, *y = b;
    if (x->node != y->node)
        return (x->node > y->node) - (x->node < y->node);
    if (x->rank != y->rank)
        return (x->rank > y->rank) - (x->rank < y->rank);
    return (x->order > y->order) - (x->order < y->order);
}

static void add(moati_names *names, const moat_model *model, moati_name name) {
    double value;
    /* The same number may be many things. */
    if (name.node == MOAT_NO_NODE ||
        moat_node_is_constant(moat_model_graph(model), name.node, &value))
        return;
    name.order = names->count;
    names->items[names->count++] = name;
}

static void add_quantity(moati_names *names, const moat_model *model, const moat_output *quantity,
                         unsigned rank) {
    for (size_t i = 0; i < quantity->count; i++)
        add(names, model,
            (moati_name){.node = quantity->nodes[i],
                         .text = quantity->name,
                         .axis = quantity->axis,
                         .entry = i,
                         .unit = quantity->unit,
                         .show = quantity->show,
                         .rank = rank});
}

static size_t count_all(const moati_names *names, const moat_model *model) {
    size_t count = moat_model_assumptions(model);
    for (size_t i = 0; i < names->globals.count; i++)
        count += names->globals.items[i].quantity.count;
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        count += moat_model_get_output(model, i)->count;
    return count;
}

moat_status moati_names_collect(moati_repl *repl, moati_names *names) {
    const moat_model *model = repl->model;
    *names = (moati_names){0};
    const moat_status status =
        moat_lua_quantities(repl->lua, moati_givens_add, &names->globals, &repl->error);
    if (status != MOAT_OK)
        return status;
    names->items = malloc((count_all(names, model) + 1) * sizeof *names->items);
    if (names->items == NULL || names->globals.failed)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < moat_model_assumptions(model); i++) {
        const moat_assumption *a = moat_model_assumption(model, i);
        add(names, model,
            (moati_name){.node = a->node, .text = a->name, .unit = a->unit, .rank = OF_ASSUMPTION});
    }
    for (size_t i = 0; i < names->globals.count; i++) {
        const moat_output *quantity = &names->globals.items[i].quantity;
        add_quantity(names, model, quantity,
                     strchr(quantity->name, '.') != NULL ? OF_FIELD : OF_VARIABLE);
    }
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        add_quantity(names, model, moat_model_get_output(model, i), OF_OUTPUT);
    qsort(names->items, names->count, sizeof *names->items, by_node);
    return MOAT_OK;
}

void moati_names_free(moati_names *names) {
    moati_givens_free(&names->globals);
    free(names->items);
    *names = (moati_names){0};
}

const moati_name *moati_names_find(const moati_names *names, moat_node node) {
    size_t low = 0, high = names->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (names->items[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < names->count && names->items[low].node == node ? &names->items[low] : NULL;
}

void moati_name_show(const moat_model *model, const moati_name *name, char *text, size_t size) {
    char label[16];
    moat_model_axis_label(model, name->axis, name->entry, label);
    snprintf(text, size, label[0] != '\0' ? "%.60s[%s]" : "%.60s", name->text, label);
}
