/* A depth-first walk without recursion: scripts make chains of millions of nodes. */
#include "order.h"

#include <stdlib.h>

typedef struct visit {
    moat_node node;
    uint32_t next; /* of what it needs */
} visit;

enum { UNSEEN, REACHED, ACTIVE, DONE };

enum { STEPS_BETWEEN_LOOKS = 1 << 14 };

typedef struct walker {
    const moat_graph *graph;
    const moat_node *definitions;
    moati_order *order;
    uint8_t *state; /* per node */
    visit *stack;
    size_t capacity, depth, steps;
    moati_account account; /* of what only the walk needs */
    moat_error *error;
} walker;

size_t moati_needs(const moat_graph *graph, const moat_node *definitions, moat_node node,
                   const moat_node **list) {
    const moati_node *n = moati_at(graph, node);
    if (n->op == MOAT_INPUT) {
        *list = &definitions[n->as.leaf[0]];
        return 1;
    }
    if (n->op == MOAT_RESULT) {
        const moati_call *call = moati_call_of(graph, n);
        *list = graph->call_operands + call->first_operand;
        return call->inputs;
    }
    *list = n->as.operand;
    return moat_op_describe((moat_op)n->op)->arity;
}

static moat_status push(walker *w, moat_node node) {
    if (!moati_account_grow(&w->account, &w->stack, &w->capacity, w->depth + 1, sizeof *w->stack))
        return moati_account_fail(&w->account, w->error, "ordering the model");
    if (++w->steps % STEPS_BETWEEN_LOOKS == 0 &&
        moati_account_look(&w->account, w->error) != MOAT_OK)
        return w->error->status;
    w->stack[w->depth++] = (visit){node, 0};
    w->state[node] = ACTIVE;
    return MOAT_OK;
}

static moat_status enter(walker *w, moat_node node, moat_node from) {
    if (!moati_is_node(w->graph, node))
        return moat_fail(w->error, MOAT_INVALID, "input %u has no definition",
                         moati_at(w->graph, from)->as.leaf[0]);
    if (w->state[node] == ACTIVE)
        return moat_fail(w->error, MOAT_INVALID, "an assumption is defined in terms of itself");
    return w->state[node] == DONE ? MOAT_OK : push(w, node);
}

/* Appends the part of a node's cone that is not DONE to the order, operands first. */
static moat_status walk(walker *w, moat_node root) {
    moat_status status = enter(w, root, root);
    while (status == MOAT_OK && w->depth) {
        visit *top = &w->stack[w->depth - 1];
        const moat_node *list, node = top->node;
        const size_t count = moati_needs(w->graph, w->definitions, node, &list);
        if (top->next < count) {
            status = enter(w, list[top->next++], node);
            continue;
        }
        w->depth--;
        w->state[node] = DONE;
        w->order->nodes[w->order->count++] = node;
    }
    return status;
}

/* Marks what the roots need, and checks that it can be ordered at all. */
static moat_status reach(walker *w, size_t count, const moat_node *roots) {
    for (size_t i = 0; i < count; i++) {
        if (!moati_is_node(w->graph, roots[i]))
            return moat_fail(w->error, MOAT_INVALID, "root %zu, %u, is no node of this graph", i,
                             roots[i]);
        const moat_status status = walk(w, roots[i]);
        if (status != MOAT_OK)
            return status;
    }
    for (size_t i = 0; i < w->order->count; i++)
        w->state[w->order->nodes[i]] = REACHED;
    w->order->count = 0;
    return MOAT_OK;
}

static moat_status make(walker *w, size_t count, const moat_node *roots) {
    const size_t nodes = moat_graph_size(w->graph);
    moat_status status = reach(w, count, roots);
    for (moat_node node = 1; status == MOAT_OK && node <= nodes; node++)
        if (w->state[node] == REACHED && moati_at(w->graph, node)->op == MOAT_INPUT)
            status = walk(w, node);
    for (moat_node node = 1; status == MOAT_OK && node <= nodes; node++)
        if (w->state[node] == REACHED)
            w->order->nodes[w->order->count++] = node;
    return status;
}

moat_status moati_order_make(moati_order *order, const moat_graph *graph,
                             const moat_node *definitions, size_t root_count,
                             const moat_node *roots, moat_error *error) {
    const size_t nodes = moat_graph_size(graph) + 1;
    walker w = {.graph = graph,
                .definitions = definitions,
                .order = order,
                .account = {.budget = graph->account.budget},
                .error = error};
    *order = (moati_order){.account = w.account};
    w.state = moati_account_new(&w.account, nodes, sizeof *w.state);
    order->nodes = moati_account_new(&order->account, nodes, sizeof *order->nodes);
    moat_status status = w.state && order->nodes
                             ? make(&w, root_count, roots)
                             : moati_account_fail(w.state ? &order->account : &w.account, error,
                                                  "ordering the model");
    free(w.state);
    free(w.stack);
    moati_account_close(&w.account);
    return status;
}

void moati_order_free(moati_order *order) {
    free(order->nodes);
    moati_account_close(&order->account);
}
