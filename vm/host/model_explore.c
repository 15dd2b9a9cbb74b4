/* What depends on what. A node has operands with lower numbers than its own; only what an
 * assumption stands for may have a higher one. */
#include "moat/explore.h"

#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "order.h"

struct moat_basis {
    size_t count;
    moat_node definitions[]; /* by input */
};

moat_status moat_model_restore(moat_model *model, const char *name, moat_error *error) {
    moati_assumption *assumption = moati_model_find(model, name);
    if (assumption == NULL)
        return moati_model_unknown(model, name, error);
    moati_value_free(&assumption->override);
    moati_model_refresh(model);
    return MOAT_OK;
}

const char *moat_model_declared_text(const moat_model *model, const char *name) {
    const moati_assumption *assumption = moati_model_find(model, name);
    return assumption == NULL ? NULL : assumption->base.text;
}

bool moat_model_is_overridden(const moat_model *model, const char *name) {
    const moati_assumption *assumption = moati_model_find(model, name);
    return assumption != NULL && assumption->override.text != NULL;
}

moat_status moat_basis_take(moat_model *model, moat_basis **basis, moat_error *error) {
    *basis = NULL;
    const moat_status status = moati_model_lower(model, error);
    if (status != MOAT_OK)
        return status;
    const size_t count = model->definition_count;
    moat_basis *made = malloc(sizeof *made + count * sizeof *made->definitions);
    if (made == NULL)
        return moati_no_memory(model, error);
    made->count = count;
    if (count > 0)
        memcpy(made->definitions, model->definitions, count * sizeof *made->definitions);
    *basis = made;
    return MOAT_OK;
}

void moat_basis_free(moat_basis *basis) {
    free(basis);
}

/* --- Marks: one for each node of the graph, spread from inputs to all that needs them. */

static bool needs_marked(const moat_model *model, const bool *marks, moat_node node) {
    const moat_node *list;
    const size_t count = moati_needs(model->graph, model->definitions, node, &list);
    for (size_t i = 0; i < count; i++)
        if (list[i] != MOAT_NO_NODE && marks[list[i]])
            return true;
    return false;
}

/* Passes over all nodes until one changes nothing: the second finds assumptions that are computed
 * from later ones. */
static void spread(const moat_model *model, bool *marks) {
    const moat_node last = (moat_node)moat_graph_size(model->graph);
    for (bool again = true; again;) {
        again = false;
        for (moat_node node = 1; node <= last; node++) {
            if (marks[node] || !needs_marked(model, marks, node))
                continue;
            marks[node] = true;
            again = true;
        }
    }
}

static bool is_marked(const moat_output *output, const bool *marks) {
    for (size_t i = 0; i < output->count; i++)
        if (output->nodes[i] != MOAT_NO_NODE && marks[output->nodes[i]])
            return true;
    return false;
}

/* Marks for all nodes, none set. Allocated; NULL, with the error set, where there can be none. */
static bool *new_marks(moat_model *model, moat_error *error) {
    if (moati_model_lower(model, error) != MOAT_OK)
        return NULL;
    bool *marks = calloc(moat_graph_size(model->graph) + 1, sizeof *marks);
    if (marks == NULL)
        moati_no_memory(model, error);
    return marks;
}

static void read_marks(const moat_model *model, bool *marks, size_t count,
                       const moat_output *outputs, bool *marked) {
    spread(model, marks);
    for (size_t i = 0; i < count; i++)
        marked[i] = is_marked(&outputs[i], marks);
}

moat_status moat_basis_compare(moat_model *model, const moat_basis *basis, size_t count,
                               const moat_output *outputs, bool *changed, moat_error *error) {
    moat_error why;
    bool *marks = new_marks(model, &why);
    if (marks == NULL) {
        if (error != NULL)
            *error = why;
        return why.status;
    }
    for (size_t i = 0; i < model->assumption_count; i++) {
        const moati_assumption *assumption = model->assumptions[i];
        const size_t input = assumption->input;
        marks[assumption->shown.node] =
            input >= basis->count || basis->definitions[input] != model->definitions[input];
    }
    read_marks(model, marks, count, outputs, changed);
    free(marks);
    return MOAT_OK;
}

moat_status moat_model_dependants(moat_model *model, const char *name, size_t count,
                                  const moat_output *outputs, bool *depends, moat_error *error) {
    const moati_assumption *assumption = moati_model_find(model, name);
    if (assumption == NULL)
        return moati_model_unknown(model, name, error);
    moat_error why;
    bool *marks = new_marks(model, &why);
    if (marks == NULL) {
        if (error != NULL)
            *error = why;
        return why.status;
    }
    marks[assumption->shown.node] = true;
    read_marks(model, marks, count, outputs, depends);
    free(marks);
    return MOAT_OK;
}

/* --- What a node is made of. */

/* True for an assumption that is computed from nothing: drawn, or a number. */
static bool is_given(const moat_model *model, moat_node node) {
    double value;
    for (size_t i = 0; i < model->assumption_count; i++) {
        const moat_assumption *shown = &model->assumptions[i]->shown;
        if (shown->node == node)
            return shown->dist != MOAT_NO_DIST ||
                   moat_node_is_constant(model->graph, shown->definition, &value);
    }
    return false;
}

size_t moat_model_precedents(moat_model *model, moat_node node, const moat_node **list,
                             moat_error *error) {
    *list = NULL;
    if (moati_model_lower(model, error) != MOAT_OK || is_given(model, node))
        return 0;
    return moati_needs(model->graph, model->definitions, node, list);
}

size_t moat_model_count_cone(moat_model *model, moat_node node) {
    moati_order order = {0};
    size_t count = 0;
    if (moati_model_lower(model, NULL) == MOAT_OK &&
        moati_order_make(&order, model->graph, model->definitions, 1, &node, NULL) == MOAT_OK)
        count = order.count;
    moati_order_free(&order);
    return count;
}

const char *moat_model_operation(const moat_model *model, moat_node node) {
    const moati_node *n = moati_at(model->graph, node);
    return n->op == MOAT_RESULT ? moati_call_of(model->graph, n)->kernel->name
                                : moat_op_describe((moat_op)n->op)->name;
}
