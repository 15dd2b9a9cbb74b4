/* Answering for distributions whose parameters are known, and having those of other graphs. */
#include "dist_table.h"

#include <math.h>

#include "environment.h"

/* --- Questions. */

moat_dim moat_dist_dim(const moat_graph *graph, moat_dist dist) {
    const moati_distribution *item = moati_distribution_at(graph, dist);
    return item ? item->dim : MOAT_DIMENSIONLESS;
}

double moat_dist_quantile(const moat_graph *graph, moat_dist dist, double probability) {
    MOATI_OWN_ENVIRONMENT;
    const moati_distribution *item = moati_distribution_at(graph, dist);
    if (!item || !item->known || !(probability >= 0 && probability <= 1))
        return (double)NAN;
    return moati_law_quantile(item->law, (moati_tails){probability, 1 - probability});
}

double moat_dist_probability(const moat_graph *graph, moat_dist dist, double value) {
    MOATI_OWN_ENVIRONMENT;
    const moati_distribution *item = moati_distribution_at(graph, dist);
    if (!item || !item->known || value != value)
        return (double)NAN;
    return moati_law_tails(item->law, value).lower;
}

/* --- Distributions of other graphs. */

moat_dist moati_dist_import(moat_graph *graph, moat_dim dim, const moat_graph *from, moat_dist dist,
                            moat_error *error) {
    const moati_distribution *item = moati_distribution_at(from, dist);
    const moat_family_info *info = moat_family_describe(item->family);
    moat_node parameters[3];
    if (!item->known) {
        moat_fail(error, MOAT_INVALID, "%s: its parameters are uncertain", info->name);
        return MOAT_NO_DIST;
    }
    for (unsigned i = 0; i < info->parameters; i++) {
        double value = 0;
        moat_node_is_constant(from, item->parameter[i], &value);
        parameters[i] =
            moat_graph_constant(graph, value, info->has_unit[i] ? dim : MOAT_DIMENSIONLESS, error);
        if (parameters[i] == MOAT_NO_NODE)
            return MOAT_NO_DIST;
    }
    if (info->parameters > 0)
        return moat_dist_new(graph, item->family, parameters, item->scale, dim, error);
    const moati_distribution own = {.family = item->family,
                                    .dim = dim,
                                    .scale = 1,
                                    .law = item->law,
                                    .known = true,
                                    .borrowed = true};
    return moati_distribution_add(graph, &own, error);
}
