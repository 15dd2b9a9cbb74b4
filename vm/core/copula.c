/* Correlated draws: a Gaussian copula.
 *
 * Names that pairs connect form a component. Inside one, names are ordered bytewise and the
 * normals are multiplied by the Cholesky factor of their correlation matrix, so that the
 * result depends on names and pairs as sets, and whoever is connected to nobody keeps the
 * draw that it has alone. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dist.h"
#include "environment.h"
#include "moat/graph.h"
#include "special.h"

static const double PI = 3.141592653589793;

/* A pivot this small is 0: exact dependence, as ranks of 1 and -1 make it. Rounding then
 * leaves up to its square root of the other elements. */
static const double SINGULAR = 1e-12;
static const double SINGULAR_ROOT = 1e-6;

/* The largest double below 1: uniform draws never reach it. */
static const double LARGEST_UNIFORM = 1 - 0x1p-53;

typedef struct copula {
    moat_graph *graph;
    size_t count;
    const char *const *names;
    size_t pair_count;
    const moat_correlation *pairs;
    moat_error *error;
    size_t *root;   /* [count]: the component of a name */
    size_t *extent; /* [count]: how many names a component has, by its root */
    size_t *member; /* [count]: the names of one component, in bytewise order ... */
    size_t size;    /* ... and how many they are */
    size_t *order;  /* [count]: scratch */
    /* size x size, by members: Pearson's correlations, the lower triangle of the factor. */
    double *matrix, *factor;
    double *permuted; /* scratch */
    uint64_t matrix_bytes;
} copula;

static moati_account *account_of(const copula *c) {
    return moati_graph_account(c->graph);
}

static double pearson(double rank) {
    return fabs(rank) == 1 ? rank : 2 * moati_sin(PI / 6 * rank);
}

static double rank_of_pearson(double correlation) {
    double half = correlation / 2;
    return 6 / PI * moati_atan(half / sqrt(1 - half * half));
}

/* --- Checking what was asked for. */

static bool same_pair(const moat_correlation *a, const moat_correlation *b) {
    return (a->first == b->first && a->second == b->second) ||
           (a->first == b->second && a->second == b->first);
}

static moat_status check_pair(const copula *c, size_t i) {
    const moat_correlation *pair = &c->pairs[i];
    if (pair->first >= c->count || pair->second >= c->count)
        return moat_fail(c->error, MOAT_INVALID, "correlate: pair %zu refers to no name", i + 1);
    const char *first = c->names[pair->first], *second = c->names[pair->second];
    if (!(pair->rank >= -1 && pair->rank <= 1))
        return moat_fail(c->error, MOAT_INVALID,
                         "correlate: the coefficient %.9g of %.100s and %.100s is not between -1 "
                         "and 1",
                         pair->rank, first, second);
    if (pair->first == pair->second)
        return moat_fail(c->error, MOAT_INVALID, "correlate: %.100s is paired with itself", first);
    for (size_t j = 0; j < i; j++) {
        if (same_pair(&c->pairs[j], pair))
            return moat_fail(c->error, MOAT_INVALID,
                             "correlate: the pair %.100s and %.100s is given twice", first, second);
    }
    return MOAT_OK;
}

/* --- Components. */

static size_t find_root(size_t *root, size_t i) {
    for (; root[i] != i; i = root[i])
        root[i] = root[root[i]];
    return i;
}

/* Returns the size of the largest component. */
static size_t connect(copula *c) {
    size_t largest = 1;
    for (size_t i = 0; i < c->count; i++) {
        c->root[i] = i;
        c->extent[i] = 1;
    }
    for (size_t i = 0; i < c->pair_count; i++) {
        size_t a = find_root(c->root, c->pairs[i].first);
        size_t b = find_root(c->root, c->pairs[i].second);
        if (c->pairs[i].rank == 0 || a == b)
            continue;
        c->root[a] = b;
        c->extent[b] += c->extent[a];
        if (c->extent[b] > largest)
            largest = c->extent[b];
    }
    return largest;
}

static bool is_connected(const copula *c, size_t i) {
    return c->extent[find_root(c->root, i)] > 1;
}

static moat_status check_names(const copula *c) {
    for (size_t i = 0; i < c->count; i++) {
        for (size_t j = 0; is_connected(c, i) && j < c->count; j++) {
            if (i != j && strcmp(c->names[i], c->names[j]) == 0)
                return moat_fail(c->error, MOAT_INVALID, "correlate: %.100s is listed twice",
                                 c->names[i]);
        }
    }
    return MOAT_OK;
}

static void collect_members(copula *c, size_t root) {
    c->size = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (find_root(c->root, i) != root)
            continue;
        size_t place = c->size++;
        for (; place > 0 && strcmp(c->names[c->member[place - 1]], c->names[i]) > 0; place--)
            c->member[place] = c->member[place - 1];
        c->member[place] = i;
    }
}

/* Where a name stands among the members; their number where it does not. */
static size_t place_of(const copula *c, size_t name) {
    size_t place = 0;
    while (place < c->size && c->member[place] != name)
        place++;
    return place;
}

static void fill_matrix(copula *c) {
    size_t n = c->size;
    memset(c->matrix, 0, n * n * sizeof *c->matrix);
    for (size_t i = 0; i < n; i++)
        c->matrix[i * n + i] = 1;
    for (size_t i = 0; i < c->pair_count; i++) {
        size_t a = place_of(c, c->pairs[i].first), b = place_of(c, c->pairs[i].second);
        if (a < n && b < n)
            c->matrix[a * n + b] = c->matrix[b * n + a] = pearson(c->pairs[i].rank);
    }
}

/* --- Cholesky's factor, also of matrices that are just singular. */

/* Row i of the factor, in columns [0, end), from the rows above it. Returns what remains of
 * the diagonal element, or -1 where a column without a pivot would need one. */
static double factor_row(const double *matrix, double *factor, size_t n, size_t i, size_t end) {
    double *row = factor + i * n, left = matrix[i * n + i];
    for (size_t j = 0; j < end; j++) {
        const double *above = factor + j * n;
        double rest = matrix[i * n + j];
        for (size_t k = 0; k < j; k++)
            rest -= row[k] * above[k];
        if (above[j] == 0 && fabs(rest) > SINGULAR_ROOT * (double)n)
            return -1;
        row[j] = above[j] == 0 ? 0 : rest / above[j];
        left -= row[j] * row[j];
    }
    return left;
}

/* The first `rows` rows. False where no joint distribution has these correlations. */
static bool factorise(const copula *c, const double *matrix, size_t rows) {
    const size_t n = c->size;
    double *factor = c->factor;
    for (size_t i = 0; i < rows && moati_account_look(account_of(c), c->error) == MOAT_OK; i++) {
        double left = factor_row(matrix, factor, n, i, i);
        if (left < -SINGULAR * (double)n)
            return false;
        factor[i * n + i] = left < SINGULAR * (double)n ? 0 : sqrt(left);
    }
    return true;
}

/* --- Explaining what does not fit. */

typedef struct interval {
    double low, high; /* low > high: empty */
} interval;

/* The correlations of members a and b that fit, all others staying. With these two in the
 * last places, the element of the factor between them is free: it runs from where their
 * correlation given the others is -1 to where it is 1. */
static interval fitting_range(copula *c, size_t a, size_t b) {
    const interval none = {1, -1};
    size_t n = c->size, last = n - 1, next = 0;
    for (size_t i = 0; i < n; i++)
        if (i != a && i != b)
            c->order[next++] = i;
    c->order[next++] = a;
    c->order[next] = b;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            c->permuted[i * n + j] = c->matrix[c->order[i] * n + c->order[j]];
    if (!factorise(c, c->permuted, last))
        return none;
    double left = factor_row(c->permuted, c->factor, n, last, last - 1);
    if (left < 0)
        return none;
    const double *first = c->factor + (last - 1) * n, *second = c->factor + last * n;
    double shared = 0, reach = first[last - 1] * sqrt(left);
    for (size_t k = 0; k + 1 < last; k++)
        shared += first[k] * second[k];
    return (interval){fmax(-1, shared - reach), fmin(1, shared + reach)};
}

static moat_status explain_pair(const copula *c, size_t a, size_t b, interval range) {
    const char *first = c->names[c->member[a]], *second = c->names[c->member[b]];
    double rank = rank_of_pearson(c->matrix[a * c->size + b]);
    /* Two digits, rounded so that they fit. */
    double low = ceil(rank_of_pearson(range.low) * 100) / 100 + 0.0;
    double high = floor(rank_of_pearson(range.high) * 100) / 100 + 0.0;
    if (range.low > range.high)
        return moat_fail(c->error, MOAT_INVALID,
                         "correlate: %.6g between %.100s and %.100s does not fit the other "
                         "correlations, and no other value would; bring several closer to 0",
                         rank, first, second);
    if (!(low < high))
        return moat_fail(c->error, MOAT_INVALID,
                         "correlate: %.6g between %.100s and %.100s does not fit the other "
                         "correlations, which leave only %.9g; pairs that are not given count as 0",
                         rank, first, second,
                         rank_of_pearson(0.5 * (range.low + range.high)) + 0.0);
    return moat_fail(c->error, MOAT_INVALID,
                     "correlate: %.6g between %.100s and %.100s does not fit the other "
                     "correlations, which allow from %.2f to %.2f; pairs that are not given "
                     "count as 0",
                     rank, first, second, low, high);
}

/* Names the pair that has to change least; where no single one helps, the strongest. */
static moat_status explain(copula *c) {
    size_t n = c->size, best_a = 0, best_b = 1, strong_a = 0, strong_b = 1;
    double least = (double)INFINITY, strongest = 0;
    interval best = {1, -1};
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            double value = c->matrix[a * n + b];
            if (value == 0)
                continue;
            if (fabs(value) > strongest) {
                strongest = fabs(value);
                strong_a = a;
                strong_b = b;
            }
            interval range = fitting_range(c, a, b);
            double change = fmax(range.low - value, value - range.high);
            if (range.low <= range.high && change < least) {
                least = change;
                best = range;
                best_a = a;
                best_b = b;
            }
        }
    }
    return isinf(least) ? explain_pair(c, strong_a, strong_b, best)
                        : explain_pair(c, best_a, best_b, best);
}

/* --- Nodes. */

/* Adds factor * term to a sum that may be MOAT_NO_NODE, for nothing yet. */
static moat_node add_term(copula *c, moat_node sum, double factor, moat_node term) {
    moat_node f = moat_graph_constant(c->graph, factor, MOAT_DIMENSIONLESS, c->error);
    moat_node product = f ? moat_graph_binary(c->graph, MOAT_MUL, f, term, c->error) : f;
    return product && sum ? moat_graph_binary(c->graph, MOAT_ADD, sum, product, c->error) : product;
}

/* The probability of a correlated normal; kept below 1, where it would be rounded to 1. */
static moat_node uniform_of(copula *c, moat_node normal) {
    moat_node largest =
        moat_graph_constant(c->graph, LARGEST_UNIFORM, MOAT_DIMENSIONLESS, c->error);
    moat_node uniform = moat_graph_unary(c->graph, MOAT_PHI, normal, c->error);
    return largest && uniform ? moat_graph_binary(c->graph, MOAT_MIN, uniform, largest, c->error)
                              : MOAT_NO_NODE;
}

/* The source of member i from the members' own. */
static moat_status combine(copula *c, const moat_source *own, size_t i, moat_source *source) {
    const double *row = c->factor + i * c->size;
    moat_node normal = MOAT_NO_NODE;
    for (size_t j = 0; j <= i; j++) {
        if (row[j] == 1) {
            *source = own[c->member[j]];
            return MOAT_OK;
        }
        if (row[j] == 0)
            continue;
        normal = add_term(c, normal, row[j], own[c->member[j]].normal);
        if (!normal)
            return c->error->status;
    }
    moat_node uniform = uniform_of(c, normal);
    if (!uniform)
        return c->error->status;
    *source = (moat_source){uniform, normal};
    return MOAT_OK;
}

static moat_status correlate_component(copula *c, const moat_source *own, moat_source *sources) {
    fill_matrix(c);
    if (!factorise(c, c->matrix, c->size))
        return explain(c);
    if (moat_budget_cancelled(account_of(c)->budget))
        return MOAT_INTERRUPTED;
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < c->size && status == MOAT_OK; i++)
        status = combine(c, own, i, &sources[c->member[i]]);
    return status;
}

static bool allocate_matrices(copula *c, size_t size) {
    if (size <= SIZE_MAX / size)
        c->matrix = moati_account_new(account_of(c), size * size, 3 * sizeof *c->matrix);
    c->matrix_bytes = c->matrix ? (uint64_t)size * size * 3 * sizeof *c->matrix : 0;
    if (!c->matrix)
        return false;
    c->factor = c->matrix + size * size;
    c->permuted = c->factor + size * size;
    return true;
}

static moat_status correlate(copula *c, moat_source *own, moat_source *sources) {
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < c->pair_count && status == MOAT_OK; i++)
        status = check_pair(c, i);
    for (size_t i = 0; i < c->count && status == MOAT_OK; i++)
        status = moat_graph_source(c->graph, c->names[i], 0, &own[i], c->error);
    if (status != MOAT_OK || c->count == 0)
        return status;
    memcpy(sources, own, c->count * sizeof *sources);
    if (!allocate_matrices(c, connect(c)))
        return moati_account_fail(account_of(c), c->error, "the table of correlations");
    status = check_names(c);
    for (size_t i = 0; i < c->count && status == MOAT_OK; i++) {
        if (find_root(c->root, i) != i || !is_connected(c, i))
            continue;
        collect_members(c, i);
        status = correlate_component(c, own, sources);
    }
    return status;
}

moat_status moat_graph_correlate(moat_graph *graph, size_t count, const char *const *names,
                                 size_t pair_count, const moat_correlation *pairs,
                                 moat_source *sources, moat_error *error) {
    MOATI_OWN_ENVIRONMENT;
    moat_error why = {.status = MOAT_OK};
    moat_source *own = calloc(count + 1, sizeof *own);
    size_t *indexes = calloc(count + 1, 4 * sizeof *indexes);
    copula c = {.graph = graph,
                .count = count,
                .names = names,
                .pair_count = pair_count,
                .pairs = pairs,
                .error = &why};
    if (own && indexes) {
        c.root = indexes;
        c.extent = c.root + count;
        c.member = c.extent + count;
        c.order = c.member + count;
        correlate(&c, own, sources);
    } else {
        moat_fail(&why, MOAT_NO_MEMORY, "out of memory for correlations");
    }
    free(c.matrix);
    moati_account_give(moati_graph_account(graph), c.matrix_bytes);
    free(own);
    free(indexes);
    if (why.status != MOAT_OK && error)
        *error = why;
    return why.status;
}
