/* Playing the entries of a graph: each is made again by the function that made it first, which
 * checks what it is given; what these take on trust is checked here. */
#include <stdlib.h>
#include <string.h>

#include "irr.h"
#include "journal.h"
#include "table.h"
#include "unit.h"

/* Adds the number of what was made to those of its kind; `list` is a member of the player. */
#define ADD(player, list, made)                                                                    \
    do {                                                                                           \
        if (!moati_grow(&(player)->list.number, &(player)->list.capacity,                          \
                        (player)->list.count + 1, sizeof *(player)->list.number))                  \
            (player)->status = moat_fail((player)->error, MOAT_NO_MEMORY, "out of memory");        \
        else                                                                                       \
            (player)->list.number[(player)->list.count++] = (made);                                \
    } while (0)

/* What the function that failed has said stands. */
static void made_nothing(moati_player *player) {
    if (player->status != MOAT_OK)
        return;
    player->status = player->error->status != MOAT_OK ? player->error->status : MOAT_INVALID;
}

void moati_made_node(moati_player *player, moat_node node) {
    if (node == MOAT_NO_NODE)
        made_nothing(player);
    else
        ADD(player, nodes, node);
}

static void made_dist(moati_player *player, moat_dist dist) {
    if (dist == MOAT_NO_DIST)
        made_nothing(player);
    else
        ADD(player, dists, dist);
}

static void play_dimension(moati_player *player) {
    moat_units *units = moat_graph_units(player->graph);
    moati_exponents exponents = {{0}};
    moat_dim dim;
    if (moati_get_count(player) > units->base_count)
        moati_player_fail(player, "a unit has more dimensions than there are");
    const size_t bases = player->status == MOAT_OK ? units->base_count : 0;
    for (size_t i = 0; i < bases; i++) {
        exponents.of[i] = (int32_t)(uint32_t)moati_get_count(player);
        if (exponents.of[i] > MOATI_EXPONENT_LIMIT || exponents.of[i] < -MOATI_EXPONENT_LIMIT)
            moati_player_fail(player, "an exponent of a unit is too large");
    }
    if (player->status != MOAT_OK)
        return;
    if (moati_dim_intern(units, &exponents, &dim))
        ADD(player, dims, dim);
    else
        player->status = moat_fail(player->error, MOAT_NO_MEMORY, "out of memory");
}

static void play_unit(moati_player *player) {
    char *text = moati_get_text(player);
    moat_unit unit;
    if (text == NULL)
        moati_player_fail(player, "a unit has no text");
    else if (moat_unit_parse(moat_graph_units(player->graph), text, strlen(text), &unit,
                             player->error) != MOAT_OK)
        made_nothing(player);
    else
        ADD(player, units, unit);
    free(text);
}

static void play_unit_name(moati_player *player, bool is_base) {
    moat_units *units = moat_graph_units(player->graph);
    char *name = moati_get_text(player);
    const double value = is_base ? 1 : moati_get_number(player);
    const moat_dim dim = is_base ? MOAT_DIMENSIONLESS : moati_get_dim(player);
    if (name == NULL)
        moati_player_fail(player, "a unit has no name");
    else if (player->status == MOAT_OK)
        player->status = is_base ? moat_unit_define_base(units, name, player->error)
                                 : moat_unit_define(units, name, value, dim, player->error);
    free(name);
}

static void play_operation(moati_player *player) {
    const unsigned op = moati_get_byte(player);
    moat_node operands[3] = {0, 0, 0};
    const unsigned arity = op < MOAT_OP_COUNT ? moat_op_describe((moat_op)op)->arity : 0;
    for (unsigned i = 0; i < arity; i++)
        operands[i] = moati_get_node(player);
    if (player->status == MOAT_OK)
        moati_made_node(player,
                        moat_graph_add(player->graph, (moat_op)op, operands, player->error));
}

static void play_source(moati_player *player) {
    char *name = moati_get_text(player);
    const size_t period = moati_get_count(player);
    moat_source source;
    if (name == NULL)
        moati_player_fail(player, "a draw has no name");
    else if (player->status == MOAT_OK)
        player->status =
            moat_graph_source(player->graph, name, (uint32_t)period, &source, player->error);
    if (player->status == MOAT_OK) {
        moati_made_node(player, source.uniform);
        moati_made_node(player, source.normal);
    }
    free(name);
}

/* --- Lists. An empty one is NULL, as is one that could not be had; then the player has failed. */

static void *allocate(moati_player *player, size_t count, size_t size) {
    void *list = count > 0 ? malloc(count * size) : NULL;
    if (list == NULL && count > 0 && player->status == MOAT_OK) {
        player->status = moat_fail(player->error, MOAT_NO_MEMORY, "out of memory");
        player->at = player->end;
    }
    return list;
}

static uint32_t *get_list(moati_player *player, uint32_t (*get)(moati_player *), size_t *count) {
    *count = moati_get_length(player, 4);
    uint32_t *list = allocate(player, *count, sizeof *list);
    for (size_t i = 0; list != NULL && i < *count; i++)
        list[i] = get(player);
    return list;
}

static double *get_numbers(moati_player *player, size_t *count) {
    *count = moati_get_length(player, 8);
    double *list = allocate(player, *count, sizeof *list);
    for (size_t i = 0; list != NULL && i < *count; i++)
        list[i] = moati_get_number(player);
    return list;
}

/* --- Block kernels. */

static const moat_kernel *find_kernel(moati_player *player) {
    char *name = moati_get_text(player);
    const moat_kernel *const *kernel = player->kernels;
    while (name != NULL && *kernel != NULL && strcmp((*kernel)->name, name) != 0)
        kernel++;
    free(name);
    if (name == NULL || *kernel == NULL || (*kernel)->fits == NULL) {
        moati_player_fail(player, "it calls a kernel that is not known");
        return NULL;
    }
    return *kernel;
}

static void *get_context(moati_player *player, size_t *size) {
    *size = moati_get_length(player, 1);
    unsigned char *context = allocate(player, *size + 1, 1);
    for (size_t i = 0; context != NULL && i < *size; i++)
        context[i] = (unsigned char)moati_get_byte(player);
    return context;
}

static bool all_nodes(const moat_node *nodes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (nodes[i] == MOAT_NO_NODE)
            return false;
    return true;
}

static void play_call(moati_player *player) {
    size_t size, inputs, outputs;
    const moat_kernel *kernel = find_kernel(player);
    void *context = get_context(player, &size);
    moat_node *in = get_list(player, moati_get_node, &inputs);
    moat_dim *dims = get_list(player, moati_get_dim, &outputs);
    moat_node *out = allocate(player, outputs, sizeof *out);
    if (player->status == MOAT_OK &&
        !(all_nodes(in, inputs) && kernel->fits(context, size, inputs, outputs)))
        moati_player_fail(player, "what a kernel is given does not fit it");
    if (player->status == MOAT_OK) {
        player->status = moat_graph_call(player->graph, kernel, context, free, inputs, in, outputs,
                                         dims, out, player->error);
        context = NULL; /* the graph's */
    }
    for (size_t i = 0; i < outputs && player->status == MOAT_OK; i++)
        moati_made_node(player, out[i]);
    free(context);
    free(in);
    free(dims);
    free(out);
}

static void play_irr(moati_player *player) {
    size_t count;
    moat_node *amounts = get_list(player, moati_get_node, &count);
    const double years = moati_get_number(player);
    const moat_dim dim = moati_get_dim(player);
    moat_node rate;
    if (player->status == MOAT_OK && (count == 0 || !all_nodes(amounts, count)))
        moati_player_fail(player, "a rate of return has no amounts");
    if (player->status == MOAT_OK)
        player->status =
            moati_graph_irr(player->graph, count, amounts, years, dim, &rate, player->error);
    if (player->status == MOAT_OK)
        moati_made_node(player, rate);
    free(amounts);
}

/* --- Distributions. */

static moat_family get_family(moati_player *player) {
    const unsigned family = moati_get_byte(player);
    if (family >= MOAT_FAMILY_COUNT)
        moati_player_fail(player, "there is no such family of distributions");
    return family < MOAT_FAMILY_COUNT ? (moat_family)family : MOAT_NORMAL;
}

static void play_family(moati_player *player) {
    const moat_family family = get_family(player);
    moat_node parameters[3];
    const unsigned count = moat_family_describe(family)->parameters;
    for (unsigned i = 0; i < count; i++)
        parameters[i] = moati_get_node(player);
    const double scale = moati_get_number(player);
    const moat_dim dim = moati_get_dim(player);
    if (player->status == MOAT_OK && !all_nodes(parameters, count))
        moati_player_fail(player, "a distribution lacks a parameter");
    if (player->status == MOAT_OK)
        made_dist(player,
                  moat_dist_new(player->graph, family, parameters, scale, dim, player->error));
}

static void play_points(moati_player *player) {
    size_t values, weights;
    const moat_family family = get_family(player);
    double *x = get_numbers(player, &values), *w = get_numbers(player, &weights);
    const moat_dim dim = moati_get_dim(player);
    if (player->status == MOAT_OK && weights != values && family != MOAT_EMPIRICAL)
        moati_player_fail(player, "a distribution has as many weights as values");
    if (player->status == MOAT_OK)
        made_dist(player,
                  moat_dist_points(player->graph, family, values, x, w, dim, player->error));
    free(x);
    free(w);
}

static void play_mixture(moati_player *player) {
    size_t parts, weights;
    moat_dist *part = get_list(player, moati_get_dist, &parts);
    double *weight = get_numbers(player, &weights);
    if (player->status == MOAT_OK && parts != weights)
        moati_player_fail(player, "a mixture has as many weights as parts");
    if (player->status == MOAT_OK)
        made_dist(player, moat_dist_mixture(player->graph, parts, part, weight, player->error));
    free(part);
    free(weight);
}

static void play_truncated(moati_player *player) {
    const moat_dist dist = moati_get_dist(player);
    const double low = moati_get_number(player), high = moati_get_number(player);
    if (player->status == MOAT_OK)
        made_dist(player, moat_dist_truncate(player->graph, dist, low, high, player->error));
}

/* Draws take it on trust that their sources are nodes. */
static void play_draw(moati_player *player) {
    const moat_dist dist = moati_get_dist(player);
    const moat_node uniform = moati_get_node(player), normal = moati_get_node(player);
    const moat_source source = {uniform, normal};
    if (player->status == MOAT_OK &&
        (source.uniform == MOAT_NO_NODE || source.normal == MOAT_NO_NODE))
        moati_player_fail(player, "a draw has no source");
    if (player->status == MOAT_OK)
        moati_made_node(player, moat_dist_draw(player->graph, dist, source, player->error));
}

static void play_below(moati_player *player) {
    const moat_dist dist = moati_get_dist(player);
    const moat_node value = moati_get_node(player);
    if (player->status == MOAT_OK && value == MOAT_NO_NODE)
        moati_player_fail(player, "a probability is of no value");
    if (player->status == MOAT_OK)
        moati_made_node(player, moat_dist_below(player->graph, dist, value, player->error));
}

static void play_constant(moati_player *player) {
    const double value = moati_get_number(player);
    const moat_dim dim = moati_get_dim(player);
    if (player->status == MOAT_OK)
        moati_made_node(player, moat_graph_constant(player->graph, value, dim, player->error));
}

moat_status moati_play_graph(moati_player *player, moati_entry entry) {
    switch (entry) {
    case MOATI_ENTRY_DIMENSION: play_dimension(player); break;
    case MOATI_ENTRY_UNIT: play_unit(player); break;
    case MOATI_ENTRY_UNIT_NAME: play_unit_name(player, false); break;
    case MOATI_ENTRY_BASE_NAME: play_unit_name(player, true); break;
    case MOATI_ENTRY_CONSTANT: play_constant(player); break;
    case MOATI_ENTRY_OPERATION: play_operation(player); break;
    case MOATI_ENTRY_SOURCE: play_source(player); break;
    case MOATI_ENTRY_CALL: play_call(player); break;
    case MOATI_ENTRY_IRR: play_irr(player); break;
    case MOATI_ENTRY_FAMILY: play_family(player); break;
    case MOATI_ENTRY_POINTS: play_points(player); break;
    case MOATI_ENTRY_MIXTURE: play_mixture(player); break;
    case MOATI_ENTRY_TRUNCATED: play_truncated(player); break;
    case MOATI_ENTRY_DRAW: play_draw(player); break;
    case MOATI_ENTRY_BELOW: play_below(player); break;
    default: moati_player_fail(player, "it has an entry of no known kind"); break;
    }
    return player->status;
}
