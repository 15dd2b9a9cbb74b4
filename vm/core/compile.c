/* From a graph to a linear program: what varies over samples, how long each value is needed,
 * and an instruction for each node in the order of order.h. */
#include <stdlib.h>
#include <string.h>

#include "code.h"
#include "node.h"
#include "order.h"

enum { NEVER = 0, NODES_BETWEEN_LOOKS = 1 << 14 };

typedef struct compiler {
    const moat_graph *graph;
    const moat_node *definitions;
    moat_program *program;
    moati_account account; /* of what only compiling needs */
    moat_error *error;
    moati_order order;
    bool *varies;                     /* per node */
    moati_ref *place;                 /* per node, once it has been emitted */
    uint32_t *last_use;               /* per node: 1 + its place in the order, or NEVER */
    uint32_t *first_root, *next_root; /* lists of 1 + root, per node and per root */
    uint32_t *call_place;             /* per graph call: 1 + the program's call */
    moati_ref *free_slots;
    size_t free_capacity, free_count;
} compiler;

static bool out_of_memory(compiler *c) {
    const moati_account *program = &c->program->account;
    moati_account_fail(program->refused ? program : &c->account, c->error, "compiling the model");
    return false;
}

/* --- What varies, and how long it is needed. */

/* An input is another name for its definition. */
static moat_node resolve(const compiler *c, moat_node node) {
    while (moati_at(c->graph, node)->op == MOAT_INPUT)
        node = c->definitions[moati_at(c->graph, node)->as.leaf[0]];
    return node;
}

static void analyse(compiler *c) {
    for (size_t i = 0; i < c->order.count; i++) {
        const moat_node node = c->order.nodes[i], *list;
        const uint8_t op = moati_at(c->graph, node)->op;
        const size_t count = moati_needs(c->graph, c->definitions, node, &list);
        bool any = op == MOAT_DRAW_U || op == MOAT_DRAW_Z;
        for (size_t j = 0; j < count; j++) {
            any |= c->varies[list[j]];
            if (op != MOAT_INPUT)
                c->last_use[resolve(c, list[j])] = (uint32_t)i + 1;
        }
        if (any)
            c->varies[node] = true;
    }
}

static void list_roots(compiler *c, const moat_node *roots, size_t count) {
    for (size_t i = count; i-- > 0;) {
        const moat_node node = resolve(c, roots[i]);
        c->next_root[i] = c->first_root[node];
        c->first_root[node] = (uint32_t)i + 1;
    }
}

/* --- Emission. */

static moati_instruction *emit(compiler *c, moati_kind kind, moati_ref out) {
    moat_program *p = c->program;
    if (!moati_account_grow(&p->account, &p->code, &p->code_capacity, p->count + 1,
                            sizeof *p->code)) {
        out_of_memory(c);
        return NULL;
    }
    moati_instruction *in = &p->code[p->count++];
    *in = (moati_instruction){
        .kind = (uint8_t)kind, .out = out, .operand = {MOATI_NO_REF, MOATI_NO_REF, MOATI_NO_REF}};
    return in;
}

static moati_ref take(compiler *c, bool varying) {
    if (!varying)
        return (moati_ref)c->program->uniforms++ | MOATI_UNIFORM;
    if (c->free_count)
        return c->free_slots[--c->free_count];
    return (moati_ref)c->program->slots++;
}

static bool give_back(compiler *c, moati_ref ref) {
    if (ref & MOATI_UNIFORM)
        return true;
    if (!moati_account_grow(&c->account, &c->free_slots, &c->free_capacity, c->free_count + 1,
                            sizeof *c->free_slots))
        return out_of_memory(c);
    c->free_slots[c->free_count++] = ref;
    return true;
}

/* Frees the slots of operands that nothing after `position` needs. An operand may be listed
 * twice: clearing its last use makes sure that it is freed once. */
static bool expire(compiler *c, const moat_node *list, size_t count, size_t position) {
    for (size_t i = 0; i < count; i++) {
        const moat_node node = resolve(c, list[i]);
        if (c->last_use[node] != position + 1)
            continue;
        c->last_use[node] = NEVER;
        if (!give_back(c, c->place[node]))
            return false;
    }
    return true;
}

static bool emit_constant(compiler *c, moat_node node) {
    moat_program *p = c->program;
    if (!moati_account_grow(&p->account, &p->constants, &p->constant_capacity,
                            p->constant_count + 1, sizeof *p->constants))
        return out_of_memory(c);
    p->constants[p->constant_count++] = moati_at(c->graph, node)->as.value;
    c->place[node] = take(c, false);
    return true;
}

static bool emit_draw(compiler *c, moat_node node) {
    const moati_node *n = moati_at(c->graph, node);
    moat_program *p = c->program;
    if (!moati_account_grow(&p->account, &p->streams, &p->stream_capacity, p->stream_count + 1,
                            sizeof *p->streams))
        return out_of_memory(c);
    c->place[node] = take(c, true);
    moati_instruction *in =
        emit(c, n->op == MOAT_DRAW_U ? MOATI_DRAW_U : MOATI_DRAW_Z, c->place[node]);
    if (!in)
        return false;
    in->operand[0] = (moati_ref)p->stream_count;
    p->streams[p->stream_count++] =
        (moati_address){c->graph->streams[n->as.leaf[0] - 1].hash, n->as.leaf[1]};
    return true;
}

static bool emit_operation(compiler *c, moat_node node, size_t position) {
    const moati_node *n = moati_at(c->graph, node);
    const unsigned arity = moat_op_describe((moat_op)n->op)->arity;
    c->place[node] = take(c, c->varies[node]);
    moati_instruction *in = emit(c, MOATI_RUN, c->place[node]);
    if (!in)
        return false;
    in->op = n->op;
    for (unsigned i = 0; i < arity; i++) {
        in->operand[i] = c->place[resolve(c, n->as.operand[i])];
        if (c->varies[node] && (in->operand[i] & MOATI_UNIFORM))
            in->form |= (uint8_t)(1u << i);
    }
    return expire(c, n->as.operand, arity, position);
}

static bool add_ref(compiler *c, moati_ref ref) {
    moat_program *p = c->program;
    if (!moati_account_grow(&p->account, &p->refs, &p->ref_capacity, p->ref_count + 1,
                            sizeof *p->refs))
        return out_of_memory(c);
    p->refs[p->ref_count++] = ref;
    return true;
}

static bool emit_call(compiler *c, moat_node node, uint32_t number) {
    const moati_call *call = &c->graph->calls[number - 1];
    const moat_node *inputs = c->graph->call_operands + call->first_operand;
    moat_program *p = c->program;
    if (!moati_account_grow(&p->account, &p->calls, &p->call_capacity, p->call_count + 1,
                            sizeof *p->calls))
        return out_of_memory(c);
    p->calls[p->call_count++] = (moati_program_call){call->kernel, call->context, p->ref_count,
                                                     call->inputs, call->outputs};
    c->call_place[number - 1] = (uint32_t)p->call_count;
    p->most_inputs = call->inputs > p->most_inputs ? call->inputs : p->most_inputs;
    p->most_outputs = call->outputs > p->most_outputs ? call->outputs : p->most_outputs;
    for (uint32_t i = 0; i < call->inputs; i++)
        if (!add_ref(c, c->place[resolve(c, inputs[i])]))
            return false;
    for (uint32_t i = 0; i < call->outputs; i++)
        if (!add_ref(c, take(c, c->varies[node])))
            return false;
    moati_instruction *in = emit(c, MOATI_CALL, MOATI_NO_REF);
    if (!in)
        return false;
    in->operand[0] = (moati_ref)(p->call_count - 1);
    return true;
}

/* The first result of a call to be reached makes all of them; each keeps its own slot, so the
 * outputs that nothing asks for cost a slot each and no more. */
static bool emit_result(compiler *c, moat_node node, size_t position) {
    const moati_node *n = moati_at(c->graph, node);
    const uint32_t number = n->as.leaf[0];
    const moati_call *call = moati_call_of(c->graph, n);
    if (!c->call_place[number - 1] && !emit_call(c, node, number))
        return false;
    const moati_program_call *made = &c->program->calls[c->call_place[number - 1] - 1];
    c->place[node] = c->program->refs[made->first + made->inputs + n->as.leaf[1]];
    return expire(c, c->graph->call_operands + call->first_operand, call->inputs, position);
}

/* A root is stored as soon as it is known, so that its slot is free for others. */
static bool store_roots(compiler *c, moat_node node) {
    for (uint32_t root = c->first_root[node]; root; root = c->next_root[root - 1]) {
        c->program->roots[root - 1] = c->place[node];
        if (!c->varies[node])
            continue;
        c->program->roots[root - 1] = MOATI_NO_REF;
        moati_instruction *in = emit(c, MOATI_STORE, root - 1);
        if (!in)
            return false;
        in->operand[0] = c->place[node];
    }
    if (c->last_use[node] == NEVER && c->varies[node])
        return give_back(c, c->place[node]);
    return true;
}

static bool emit_node(compiler *c, moat_node node, size_t position) {
    bool fine = true;
    switch (moati_at(c->graph, node)->op) {
    case MOAT_INPUT: return true;
    case MOAT_CONSTANT: break; /* emitted before all else */
    case MOAT_DRAW_U:
    case MOAT_DRAW_Z: fine = emit_draw(c, node); break;
    case MOAT_RESULT: fine = emit_result(c, node, position); break;
    default: fine = emit_operation(c, node, position); break;
    }
    return fine && store_roots(c, node);
}

/* Asked for each node, and asks now and then. */
static bool is_stopped(compiler *c, size_t position) {
    return position % NODES_BETWEEN_LOOKS == 0 &&
           moati_account_look(&c->account, c->error) != MOAT_OK;
}

static bool emit_all(compiler *c) {
    for (size_t i = 0; i < c->order.count; i++)
        if (moati_at(c->graph, c->order.nodes[i])->op == MOAT_CONSTANT &&
            !emit_constant(c, c->order.nodes[i]))
            return false;
    for (int varying = 0; varying <= 1; varying++) {
        for (size_t i = 0; i < c->order.count; i++)
            if (is_stopped(c, i) ||
                (c->varies[c->order.nodes[i]] == varying && !emit_node(c, c->order.nodes[i], i)))
                return false;
        if (!varying)
            c->program->preamble = c->program->count;
    }
    return true;
}

/* --- Putting it together. */

static bool allocate(compiler *c, size_t roots) {
    const size_t nodes = moat_graph_size(c->graph) + 1, calls = c->graph->call_count + 1;
    moat_program *p = c->program = calloc(1, sizeof *p);
    if (!p) {
        moati_account_fail(&c->account, c->error, "compiling the model");
        return false;
    }
    p->root_count = roots;
    p->account.budget = c->account.budget;
    p->roots = moati_account_new(&p->account, roots + 1, sizeof *p->roots);
    c->varies = moati_account_new(&c->account, nodes, sizeof *c->varies);
    c->place = moati_account_new(&c->account, nodes, sizeof *c->place);
    c->last_use = moati_account_new(&c->account, nodes, sizeof *c->last_use);
    c->first_root = moati_account_new(&c->account, nodes, sizeof *c->first_root);
    c->next_root = moati_account_new(&c->account, roots + 1, sizeof *c->next_root);
    c->call_place = moati_account_new(&c->account, calls, sizeof *c->call_place);
    if (p->roots && c->varies && c->place && c->last_use && c->first_root && c->next_root &&
        c->call_place)
        return true;
    return out_of_memory(c);
}

static void release(compiler *c) {
    moati_order_free(&c->order);
    free(c->varies);
    free(c->place);
    free(c->last_use);
    free(c->first_root);
    free(c->next_root);
    free(c->call_place);
    free(c->free_slots);
    moati_account_close(&c->account);
}

moat_status moat_compile(const moat_graph *graph, const moat_node *definitions, size_t count,
                         const moat_node *roots, moat_program **program, moat_error *error) {
    moat_error why = {.status = MOAT_OK};
    compiler c = {.graph = graph,
                  .definitions = definitions,
                  .account = {.budget = graph->account.budget},
                  .error = &why};
    bool fine = allocate(&c, count) &&
                moati_order_make(&c.order, graph, definitions, count, roots, &why) == MOAT_OK;
    if (fine) {
        analyse(&c);
        list_roots(&c, roots, count);
        fine = emit_all(&c) && moati_verify(c.program, &why) == MOAT_OK;
    }
    release(&c);
    if (!fine) {
        moat_program_free(c.program);
        if (error)
            *error = why;
        return why.status;
    }
    *program = c.program;
    return MOAT_OK;
}
