/* The table of a graph's distributions, which are added once they are checked. The table owns each
 * one's law and curve. */
#include "dist_table.h"

#include <stdlib.h>

#include "environment.h"
#include "journal.h"
#include "node.h"
#include "table.h"

/* --- The table. */

static void distribution_release(moati_distribution *item) {
    moati_curve_free(item->curve);
    if (!item->borrowed)
        moati_law_free(item->law);
}

void moati_dist_table_free(moati_dist_table *table) {
    if (!table)
        return;
    for (size_t i = 0; i < table->count; i++)
        distribution_release(&table->items[i]);
    free(table->items);
    free(table);
}

const moati_distribution *moati_distribution_at(const moat_graph *graph, moat_dist dist) {
    const moati_dist_table *table = moati_graph_dists_const(graph);
    return table && dist >= 1 && dist <= table->count ? &table->items[dist - 1] : NULL;
}

const moati_curve *moati_distribution_curve(moat_graph *graph, moat_dist dist, moat_error *error) {
    moati_distribution *item = &(*moati_graph_dists(graph))->items[dist - 1];
    moati_account *account = moati_graph_account(graph);
    if (item->curve)
        return item->curve;
    moati_curve *curve = moati_curve_new(item->law, account, error);
    if (curve && !moati_account_take(account, moati_curve_bytes(curve))) {
        moati_account_fail(account, error, "the table of a distribution");
        moati_curve_free(curve);
        curve = NULL;
    }
    item->curve = curve;
    return curve;
}

static moat_dist no_memory(moat_graph *graph, moat_error *error) {
    moati_account_fail(moati_graph_account(graph), error, "a distribution");
    return MOAT_NO_DIST;
}

moat_dist moati_distribution_add(moat_graph *graph, const moati_distribution *item,
                                 moat_error *error) {
    moati_dist_table **table = moati_graph_dists(graph);
    moati_account *account = moati_graph_account(graph);
    if (!*table)
        *table = calloc(1, sizeof **table);
    if (!*table || (*table)->count >= UINT32_MAX ||
        !moati_account_grow(account, &(*table)->items, &(*table)->capacity, (*table)->count + 1,
                            sizeof *(*table)->items) ||
        !moati_account_take(account,
                            item->law && !item->borrowed ? moati_law_bytes(item->law) : 0)) {
        if (!item->borrowed)
            moati_law_free(item->law);
        return no_memory(graph, error);
    }
    (*table)->items[(*table)->count++] = *item;
    return (moat_dist)(*table)->count;
}

/* A law without parameters; law == NULL means that memory was short. */
static moat_dist law_add(moat_graph *graph, moat_family family, moati_law *law, moat_dim dim,
                         moat_error *error) {
    moati_distribution item = {.family = family, .dim = dim, .scale = 1, .law = law, .known = true};
    return law ? moati_distribution_add(graph, &item, error) : no_memory(graph, error);
}

/* --- Families with scalar parameters. */

/* The parameter as a node of the dimension that it stands for. */
static moat_node parameter_fit(moat_graph *graph, const moat_family_info *info, unsigned i,
                               moat_node node, moat_dim dim, moat_error *error) {
    if (!moati_is_node(graph, node)) {
        moat_fail(error, MOAT_INVALID, "%s: %s, %u, is no node of this graph", info->name,
                  info->parameter[i], (unsigned)node);
        return MOAT_NO_NODE;
    }
    moat_dim wanted = info->has_unit[i] ? dim : MOAT_DIMENSIONLESS;
    moat_dim found = moat_node_dim(graph, node);
    moat_units *units = moat_graph_units(graph);
    double value = 0;
    if (found == wanted)
        return node;
    if (found == MOAT_DIMENSIONLESS && moat_node_is_constant(graph, node, &value) &&
        (value == 0 || isinf(value)))
        return moat_graph_constant(graph, value, wanted, error);
    if (wanted == MOAT_DIMENSIONLESS)
        moat_fail(error, MOAT_UNIT, "%s: %s has the unit %s where a plain number is needed",
                  info->name, info->parameter[i], moat_dim_text(units, found));
    else
        moat_fail(error, MOAT_UNIT, "%s: %s has the unit %s where %s is needed", info->name,
                  info->parameter[i], moat_dim_text(units, found), moat_dim_text(units, wanted));
    return MOAT_NO_NODE;
}

static moat_status read_parameters(moat_graph *graph, const moat_node *nodes,
                                   moati_distribution *item, double value[3], bool is_number[3],
                                   moat_error *error) {
    const moat_family_info *info = moat_family_describe(item->family);
    moat_error why = {.status = MOAT_OK};
    item->known = true;
    for (unsigned i = 0; i < info->parameters && why.status == MOAT_OK; i++) {
        item->parameter[i] = parameter_fit(graph, info, i, nodes[i], item->dim, &why);
        if (!item->parameter[i])
            break;
        is_number[i] = moat_node_is_constant(graph, item->parameter[i], &value[i]);
        item->known = item->known && is_number[i];
        if (!is_number[i] && moati_parameter_is_fixed(item->family, i))
            moat_fail(&why, MOAT_INVALID,
                      "%s: %s must be a plain number, because the distribution is tabulated",
                      info->name, info->parameter[i]);
    }
    if (why.status == MOAT_OK)
        return moati_check_parameters(graph, item->family, value, is_number, item->dim, error);
    if (error)
        *error = why;
    return why.status;
}

moat_dist moat_dist_new(moat_graph *graph, moat_family family, const moat_node *parameters,
                        double scale, moat_dim dim, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    const moat_family_info *info = moat_family_describe(family);
    moati_distribution item = {.family = family, .dim = dim, .scale = scale};
    double value[3] = {0, 0, 0};
    bool is_number[3] = {false, false, false};
    if (info->parameters == 0) {
        moat_fail(error, MOAT_INVALID, "%s is not made from scalar parameters", info->name);
        return MOAT_NO_DIST;
    }
    if (!(scale > 0 && isfinite(scale))) {
        moat_fail(error, MOAT_INVALID, "%s: scale %g is not a positive number", info->name, scale);
        return MOAT_NO_DIST;
    }
    if (read_parameters(graph, parameters, &item, value, is_number, error) != MOAT_OK)
        return MOAT_NO_DIST;
    if (family == MOAT_GAMMA && !item.known)
        value[1] = 1;
    if (item.known || family == MOAT_GAMMA) {
        item.law = moati_law_new(family, value, scale, error);
        if (!item.law)
            return MOAT_NO_DIST;
    }
    return moati_record_family(graph, family, parameters, scale,
                               moati_distribution_add(graph, &item, error));
}

moat_dist moat_dist_interval(moat_graph *graph, double low, double high, double central,
                             moat_dim dim, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    if (!(central > 0 && central < 1)) {
        moat_fail(error, MOAT_INVALID,
                  "a range covers a probability between 0 %% and 100 %%, not %.9g %%",
                  100 * central);
        return MOAT_NO_DIST;
    }
    if (!isfinite(low) || !isfinite(high) || !(low < high)) {
        moat_fail(error, MOAT_INVALID,
                  "a range needs a finite low end below its high end, not %s "
                  "to %s",
                  moati_show(graph, low, dim).text, moati_show(graph, high, dim).text);
        return MOAT_NO_DIST;
    }
    double reach = -moati_normal_quantile((1 - central) / 2);
    bool positive = low > 0;
    double first = positive ? 0 : low + (high - low) / 2;
    /* high / low may overflow: take the root of each */
    double ratio = sqrt(high) / sqrt(low);
    double second = (positive ? 2 * moati_log(ratio) : high - low) / (2 * reach);
    double median = positive ? low * ratio : 1;
    moat_dim unit = positive ? MOAT_DIMENSIONLESS : dim;
    moat_node parameters[2];
    parameters[0] = moat_graph_constant(graph, first, unit, error);
    if (!parameters[0])
        return MOAT_NO_DIST;
    parameters[1] = moat_graph_constant(graph, second, unit, error);
    if (!parameters[1])
        return MOAT_NO_DIST;
    return moat_dist_new(graph, positive ? MOAT_LOGNORMAL : MOAT_NORMAL, parameters, median, dim,
                         error);
}

/* --- Families made from points. */

static int by_weight(const void *a, const void *b) {
    double x = ((const moati_point *)a)->weight, y = ((const moati_point *)b)->weight;
    return (x > y) - (x < y);
}

/* Orders the points by probability and checks that values rise with it. */
static moat_status order_quantiles(const moat_graph *graph, size_t count, moati_point *points,
                                   moat_dim dim, moat_error *error) {
    if (count < MOATI_METALOG_MIN || count > MOATI_METALOG_MAX)
        return moat_fail(error, MOAT_INVALID, "metalog: needs from %d to %d points, not %zu",
                         MOATI_METALOG_MIN, MOATI_METALOG_MAX, count);
    for (size_t i = 0; i < count; i++) {
        if (!(points[i].weight > 0 && points[i].weight < 1))
            return moat_fail(error, MOAT_INVALID,
                             "metalog: probability %.9g of value %s is not between 0 and 1",
                             points[i].weight, moati_show(graph, points[i].value, dim).text);
    }
    qsort(points, count, sizeof *points, by_weight);
    for (size_t i = 1; i < count; i++) {
        if (points[i].weight == points[i - 1].weight)
            return moat_fail(error, MOAT_INVALID, "metalog: two values at probability %.9g",
                             points[i].weight);
        if (!(points[i].value > points[i - 1].value))
            return moat_fail(error, MOAT_INVALID,
                             "metalog: the value %s at probability %.9g is not above %s at %.9g",
                             moati_show(graph, points[i].value, dim).text, points[i].weight,
                             moati_show(graph, points[i - 1].value, dim).text,
                             points[i - 1].weight);
    }
    return MOAT_OK;
}

static moat_status check_weights(const char *family, size_t count, const double *weights,
                                 moat_error *error) {
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(weights[i] >= 0) || isinf(weights[i]))
            return moat_fail(error, MOAT_INVALID,
                             "%s: weight %.9g of entry %zu is not a number of 0 or more", family,
                             weights[i], i + 1);
        total += weights[i];
    }
    if (!(total > 0) || isinf(total))
        return moat_fail(error, MOAT_INVALID, "%s: the weights must have a positive, finite sum",
                         family);
    return MOAT_OK;
}

static moat_status check_points(moat_family family, size_t count, const double *x, const double *w,
                                moat_error *error) {
    const char *name = moat_family_describe(family)->name;
    if (family != MOAT_DISCRETE && family != MOAT_METALOG && family != MOAT_EMPIRICAL)
        return moat_fail(error, MOAT_INVALID, "%s is not made from points", name);
    if (count == 0)
        return moat_fail(error, MOAT_INVALID, "%s: at least one value is needed", name);
    if (count > INT32_MAX)
        return moat_fail(error, MOAT_INVALID, "%s: too many values", name);
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(x[i]))
            return moat_fail(error, MOAT_INVALID, "%s: value %g of entry %zu is not finite", name,
                             x[i], i + 1);
    }
    return family == MOAT_DISCRETE ? check_weights(name, count, w, error) : MOAT_OK;
}

moat_dist moat_dist_points(moat_graph *graph, moat_family family, size_t count, const double *x,
                           const double *w, moat_dim dim, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    if (check_points(family, count, x, w, error) != MOAT_OK)
        return MOAT_NO_DIST;
    moati_point *points = malloc(count * sizeof *points);
    if (!points)
        return no_memory(graph, error);
    for (size_t i = 0; i < count; i++)
        points[i] = (moati_point){x[i], family == MOAT_EMPIRICAL ? 1 : w[i]};
    moat_dist dist = MOAT_NO_DIST;
    moati_metalog metalog;
    if (family != MOAT_METALOG)
        dist = law_add(graph, family, moati_law_from_steps(moati_steps_new(count, points)), dim,
                       error);
    else if (order_quantiles(graph, count, points, dim, error) == MOAT_OK &&
             moati_metalog_fit(count, points, &metalog, error) == MOAT_OK)
        dist = law_add(graph, family, moati_law_from_metalog(&metalog), dim, error);
    free(points);
    return moati_record_points(graph, family, count, x, w, dist);
}

/* --- Made from others. */

/* A distribution that another can be made of. */
static const moati_distribution *part_at(const moat_graph *graph, moat_dist dist,
                                         const char *family, moat_error *error) {
    const moati_distribution *part = moati_distribution_at(graph, dist);
    if (!part)
        moat_fail(error, MOAT_INVALID, "%s: there is no distribution %u", family, (unsigned)dist);
    else if (!part->known)
        moat_fail(error, MOAT_INVALID,
                  "%s: the parameters of the %s in it must be plain numbers, because the "
                  "distribution is tabulated",
                  family, moat_family_describe(part->family)->name);
    return part && part->known ? part : NULL;
}

/* Each step of the quantile of what is made of others asks these, which ask theirs. */
static bool check_depth(const moati_distribution *part, const char *family, moat_error *error) {
    enum { DEEPEST = 16 };
    if (part->depth < DEEPEST)
        return true;
    moat_fail(
        error, MOAT_INVALID,
        "%s: a distribution may be made of others up to %d deep; put all parts in one mixture",
        family, DEEPEST);
    return false;
}

static moat_status check_parts(const moat_graph *graph, size_t count, const moat_dist *dists,
                               const double *weights, moat_error *error) {
    if (count == 0)
        return moat_fail(error, MOAT_INVALID, "mixture: at least one distribution is needed");
    moat_units *units = moat_graph_units(graph);
    const moati_distribution *first = part_at(graph, dists[0], "mixture", error);
    if (!first || !check_depth(first, "mixture", error))
        return MOAT_INVALID;
    for (size_t i = 1; i < count; i++) {
        const moati_distribution *part = part_at(graph, dists[i], "mixture", error);
        if (!part || !check_depth(part, "mixture", error))
            return MOAT_INVALID;
        if (part->dim != first->dim)
            return moat_fail(error, MOAT_UNIT,
                             "mixture: entry %zu has the unit %s and the first one %s", i + 1,
                             moat_dim_text(units, part->dim), moat_dim_text(units, first->dim));
    }
    return check_weights("mixture", count, weights, error);
}

/* Notes that a distribution is made of others of this depth. */
static moat_dist deeper(moat_graph *graph, unsigned depth, moat_dist dist) {
    if (dist != MOAT_NO_DIST)
        (*moati_graph_dists(graph))->items[dist - 1].depth = depth + 1;
    return dist;
}

moat_dist moat_dist_mixture(moat_graph *graph, size_t count, const moat_dist *parts,
                            const double *weights, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    if (check_parts(graph, count, parts, weights, error) != MOAT_OK)
        return MOAT_NO_DIST;
    moati_law_part *kept = malloc(count * sizeof *kept);
    if (!kept)
        return no_memory(graph, error);
    size_t used = 0;
    unsigned depth = 0;
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    for (size_t i = 0; i < count; i++) {
        const moati_distribution *part = moati_distribution_at(graph, parts[i]);
        depth = part->depth > depth ? part->depth : depth;
        if (weights[i] > 0)
            kept[used++] = (moati_law_part){part->law, weights[i] / total};
    }
    moat_dim dim = moati_distribution_at(graph, parts[0])->dim;
    const moat_dist made = law_add(graph, MOAT_MIXTURE, moati_law_mixture(used, kept), dim, error);
    return moati_record_mixture(graph, count, parts, weights, deeper(graph, depth, made));
}

moat_dist moat_dist_truncate(moat_graph *graph, moat_dist dist, double low, double high,
                             moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    const moati_distribution *part = part_at(graph, dist, "truncate", error);
    bool empty = false;
    if (!part || !check_depth(part, "truncate", error))
        return MOAT_NO_DIST;
    moat_dim dim = part->dim;
    const unsigned depth = part->depth;
    if (!(low <= high)) {
        moat_fail(error, MOAT_INVALID, "truncate: low %s is above high %s",
                  moati_show(graph, low, dim).text, moati_show(graph, high, dim).text);
        return MOAT_NO_DIST;
    }
    moati_law *law = moati_law_truncated(part->law, low, high, &empty);
    if (empty) {
        moat_fail(error, MOAT_INVALID, "truncate: nothing of the %s lies between %s and %s",
                  moat_family_describe(part->family)->name, moati_show(graph, low, dim).text,
                  moati_show(graph, high, dim).text);
        return MOAT_NO_DIST;
    }
    return moati_record_truncated(
        graph, dist, low, high,
        deeper(graph, depth, law_add(graph, MOAT_TRUNCATED, law, dim, error)));
}
