/* The entries of a graph. */
#include "journal.h"

/* The journal in which a node that has been made is to be told; NULL: in none. */
static moati_journal *open_for_node(const moat_graph *graph, moat_node node) {
    moati_journal *journal = moati_recording(moat_graph_units(graph));
    return journal == NULL || node == MOAT_NO_NODE || moati_is_told(&journal->nodes, node)
               ? NULL
               : journal;
}

/* The same of a distribution, whose dimension is told first. */
static moati_journal *open_for_dist(const moat_graph *graph, moat_dist dist) {
    moati_journal *journal = moati_recording(moat_graph_units(graph));
    if (journal == NULL || dist == MOAT_NO_DIST)
        return NULL;
    moati_tell_dim(journal, moat_graph_units(graph), moat_dist_dim(graph, dist));
    return journal;
}

moat_node moati_record_constant(const moat_graph *graph, moat_node node) {
    moati_journal *journal = open_for_node(graph, node);
    if (journal == NULL)
        return node;
    double value = 0;
    moat_node_is_constant(graph, node, &value);
    moati_tell_dim(journal, moat_graph_units(graph), moat_node_dim(graph, node));
    moati_put_byte(journal, MOATI_ENTRY_CONSTANT);
    moati_put_number(journal, value);
    moati_put_dim(journal, moat_node_dim(graph, node));
    moati_number_node(journal, node);
    return node;
}

moat_node moati_record_operation(const moat_graph *graph, moat_op op, const moat_node *operands,
                                 moat_node node) {
    moati_journal *journal = open_for_node(graph, node);
    if (journal == NULL)
        return node;
    moati_put_byte(journal, MOATI_ENTRY_OPERATION);
    moati_put_byte(journal, op);
    for (unsigned i = 0; i < moat_op_describe(op)->arity; i++)
        moati_put_node(journal, operands[i]);
    moati_number_node(journal, node);
    return node;
}

void moati_record_source(const moat_graph *graph, const char *name, uint32_t period,
                         const moat_source *source) {
    moati_journal *journal = open_for_node(graph, source->uniform);
    moati_put_byte(journal, MOATI_ENTRY_SOURCE);
    moati_put_text(journal, name);
    moati_put_count(journal, period);
    moati_number_node(journal, source->uniform);
    moati_number_node(journal, source->normal);
}

void moati_record_irr(const moat_graph *graph, size_t count, const moat_node *amounts, double years,
                      moat_node rate) {
    moati_journal *journal = open_for_node(graph, rate);
    if (journal == NULL)
        return;
    moati_tell_dim(journal, moat_graph_units(graph), moat_node_dim(graph, rate));
    moati_put_byte(journal, MOATI_ENTRY_IRR);
    moati_put_count(journal, count);
    for (size_t i = 0; i < count; i++)
        moati_put_node(journal, amounts[i]);
    moati_put_number(journal, years);
    moati_put_dim(journal, moat_node_dim(graph, rate));
    moati_number_node(journal, rate);
}

void moati_record_call(const moat_graph *graph, const moat_kernel *kernel, const void *context,
                       size_t context_size, size_t input_count, const moat_node *inputs,
                       size_t output_count, const moat_dim *dims, const moat_node *outputs) {
    const moat_units *units = moat_graph_units(graph);
    moati_journal *journal = moati_recording(units);
    if (journal == NULL || output_count == 0 || moati_is_told(&journal->nodes, outputs[0]))
        return;
    for (size_t i = 0; i < output_count; i++)
        moati_tell_dim(journal, units, dims[i]);
    moati_put_byte(journal, MOATI_ENTRY_CALL);
    moati_put_text(journal, kernel->name);
    moati_put_count(journal, context_size);
    moati_put_bytes(journal, context, context_size);
    moati_put_count(journal, input_count);
    for (size_t i = 0; i < input_count; i++)
        moati_put_node(journal, inputs[i]);
    moati_put_count(journal, output_count);
    for (size_t i = 0; i < output_count; i++)
        moati_put_dim(journal, dims[i]);
    for (size_t i = 0; i < output_count; i++)
        moati_number_node(journal, outputs[i]);
}

/* --- Distributions. */

static void put_numbers(moati_journal *journal, size_t count, const double *numbers) {
    moati_put_count(journal, count);
    for (size_t i = 0; i < count; i++)
        moati_put_number(journal, numbers[i]);
}

moat_dist moati_record_family(const moat_graph *graph, moat_family family,
                              const moat_node *parameters, double scale, moat_dist dist) {
    moati_journal *journal = open_for_dist(graph, dist);
    if (journal == NULL)
        return dist;
    moati_put_byte(journal, MOATI_ENTRY_FAMILY);
    moati_put_byte(journal, family);
    for (unsigned i = 0; i < moat_family_describe(family)->parameters; i++)
        moati_put_node(journal, parameters[i]);
    moati_put_number(journal, scale);
    moati_put_dim(journal, moat_dist_dim(graph, dist));
    moati_number_dist(journal, dist);
    return dist;
}

moat_dist moati_record_points(const moat_graph *graph, moat_family family, size_t count,
                              const double *x, const double *w, moat_dist dist) {
    moati_journal *journal = open_for_dist(graph, dist);
    if (journal == NULL)
        return dist;
    moati_put_byte(journal, MOATI_ENTRY_POINTS);
    moati_put_byte(journal, family);
    put_numbers(journal, count, x);
    put_numbers(journal, family == MOAT_EMPIRICAL ? 0 : count, w);
    moati_put_dim(journal, moat_dist_dim(graph, dist));
    moati_number_dist(journal, dist);
    return dist;
}

moat_dist moati_record_mixture(const moat_graph *graph, size_t count, const moat_dist *parts,
                               const double *weights, moat_dist dist) {
    moati_journal *journal = open_for_dist(graph, dist);
    if (journal == NULL)
        return dist;
    moati_put_byte(journal, MOATI_ENTRY_MIXTURE);
    moati_put_count(journal, count);
    for (size_t i = 0; i < count; i++)
        moati_put_dist(journal, parts[i]);
    put_numbers(journal, count, weights);
    moati_number_dist(journal, dist);
    return dist;
}

moat_dist moati_record_truncated(const moat_graph *graph, moat_dist of, double low, double high,
                                 moat_dist dist) {
    moati_journal *journal = open_for_dist(graph, dist);
    if (journal == NULL)
        return dist;
    moati_put_byte(journal, MOATI_ENTRY_TRUNCATED);
    moati_put_dist(journal, of);
    moati_put_number(journal, low);
    moati_put_number(journal, high);
    moati_number_dist(journal, dist);
    return dist;
}

moat_node moati_record_draw(const moat_graph *graph, moat_dist dist, const moat_source *source,
                            moat_node node) {
    moati_journal *journal = open_for_node(graph, node);
    if (journal == NULL)
        return node;
    moati_put_byte(journal, MOATI_ENTRY_DRAW);
    moati_put_dist(journal, dist);
    moati_put_node(journal, source->uniform);
    moati_put_node(journal, source->normal);
    moati_number_node(journal, node);
    return node;
}

moat_node moati_record_below(const moat_graph *graph, moat_dist dist, moat_node value,
                             moat_node node) {
    moati_journal *journal = open_for_node(graph, node);
    if (journal == NULL)
        return node;
    moati_put_byte(journal, MOATI_ENTRY_BELOW);
    moati_put_dist(journal, dist);
    moati_put_node(journal, value);
    moati_number_node(journal, node);
    return node;
}
