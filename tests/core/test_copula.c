/* Correlated draws. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

TestSuite(copula, .init = start, .fini = stop);

enum { SAMPLES = 40000 };

/* What the nodes are in each of the samples. */
static moat_columns *sample(size_t count, const moat_node *roots) {
    return compute(NULL, count, roots, (moat_run){.seed = 11, .samples = SAMPLES, .threads = 2});
}

static double covariance(const double *x, const double *y) {
    double mean_x = 0, mean_y = 0, sum = 0;
    for (size_t i = 0; i < SAMPLES; i++) {
        mean_x += x[i] / SAMPLES;
        mean_y += y[i] / SAMPLES;
    }
    for (size_t i = 0; i < SAMPLES; i++)
        sum += (x[i] - mean_x) * (y[i] - mean_y) / SAMPLES;
    return sum;
}

/* Rank correlation is Pearson's correlation of the uniforms. */
static double rank_correlation(const double *x, const double *y) {
    return covariance(x, y) / sqrt(covariance(x, x) * covariance(y, y));
}

static void correlate(size_t count, const char *const *names, size_t pair_count,
                      const moat_correlation *pairs, moat_source *sources) {
    cr_assert(moat_graph_correlate(graph, count, names, pair_count, pairs, sources, &error) ==
                  MOAT_OK,
              "%s", error.message);
}

Test(copula, achieves_what_is_asked) {
    const char *names[] = {"d", "a", "c", "b", "lonely"};
    const moat_correlation pairs[] = {{0, 1, 0.6}, {1, 2, -0.5}, {3, 2, 0.3}, {3, 0, 0.2}};
    moat_source sources[5];
    moat_node roots[10];
    correlate(5, names, 4, pairs, sources);
    for (size_t i = 0; i < 5; i++) {
        roots[i] = sources[i].uniform;
        roots[5 + i] = sources[i].normal;
    }
    moat_columns *columns = sample(10, roots);
    for (size_t i = 0; i < 5; i++) {
        const double *u = moat_columns_get(columns, i), *z = moat_columns_get(columns, 5 + i);
        for (size_t j = 0; j < i; j++) {
            double wanted = 0;
            for (size_t k = 0; k < 4; k++)
                if ((pairs[k].first == i && pairs[k].second == j) ||
                    (pairs[k].first == j && pairs[k].second == i))
                    wanted = pairs[k].rank;
            double found = rank_correlation(u, moat_columns_get(columns, j));
            cr_expect(fabs(found - wanted) < 0.02, "%s and %s: %g, not %g", names[i], names[j],
                      found, wanted);
        }
        cr_expect(fabs(covariance(u, u) * 12 - 1) < 0.02 && fabs(covariance(z, z) - 1) < 0.03,
                  "%s keeps its distribution", names[i]);
        for (size_t j = 0; j < SAMPLES; j++)
            cr_assert(u[j] > 0 && u[j] < 1 && fabs(0.5 * erfc(-z[j] / sqrt(2)) - u[j]) < 1e-14);
    }
    moat_columns_free(columns);
    cr_expect(sources[4].uniform == source("lonely", 0).uniform &&
              sources[4].normal == source("lonely", 0).normal);
    cr_expect(sources[1].uniform == source("a", 0).uniform, "the first by name keeps its draw");
}

Test(copula, depends_on_sets_only) {
    const char *names[] = {"x", "y", "z", "w"}, *other[] = {"w", "z", "y", "x", "more"};
    const moat_correlation pairs[] = {{0, 1, 0.5}, {1, 2, 0.4}, {0, 3, -0.3}};
    const moat_correlation turned[] = {{0, 3, -0.3}, {1, 2, 0.4}, {2, 3, 0.5}, {4, 0, 0}};
    moat_source a[4], b[5];
    correlate(4, names, 3, pairs, a);
    correlate(5, other, 4, turned, b);
    for (size_t i = 0; i < 4; i++)
        cr_expect(a[i].uniform == b[3 - i].uniform && a[i].normal == b[3 - i].normal, "%s",
                  names[i]);
    cr_expect_eq(b[4].uniform, source("more", 0).uniform);
    /* Another component changes nothing. */
    const char *six[] = {"x", "y", "z", "w", "a", "b"};
    const moat_correlation four[] = {{0, 1, 0.5}, {1, 2, 0.4}, {0, 3, -0.3}, {4, 5, 0.9}};
    moat_source c[6];
    correlate(6, six, 4, four, c);
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(a[i].normal, c[i].normal, "%s", names[i]);
    correlate(0, NULL, 0, NULL, NULL);
}

Test(copula, full_dependence) {
    const char *names[] = {"a", "b", "c", "d"};
    const moat_correlation pairs[] = {{0, 1, 1},   {0, 2, -1},  {1, 2, -1},
                                      {0, 3, 0.6}, {1, 3, 0.6}, {2, 3, -0.6}};
    moat_source s[4];
    correlate(4, names, 6, pairs, s);
    cr_expect_eq(s[0].uniform, s[1].uniform);
    moat_columns *columns =
        sample(4, (moat_node[]){s[0].normal, s[2].normal, s[3].uniform, s[0].uniform});
    for (size_t i = 0; i < SAMPLES; i++)
        cr_assert_eq(moat_columns_get(columns, 0)[i], -moat_columns_get(columns, 1)[i]);
    double found = rank_correlation(moat_columns_get(columns, 2), moat_columns_get(columns, 3));
    cr_expect(fabs(found - 0.6) < 0.02, "%g", found);
    moat_columns_free(columns);
}

static void expect_refused(size_t count, const char *const *names, size_t pair_count,
                           const moat_correlation *pairs, const char *says) {
    moat_source sources[8];
    moat_status status =
        moat_graph_correlate(graph, count, names, pair_count, pairs, sources, &error);
    cr_expect(status == MOAT_INVALID && strstr(error.message, says), "\"%s\" and not \"%s\"",
              error.message, says);
}

Test(copula, refuses_nonsense) {
    const char *names[] = {"a", "b", "c"}, *twice[] = {"a", "b", "a"};
    expect_refused(3, names, 1, &(moat_correlation){0, 1, 1.2},
                   "the coefficient 1.2 of a and b is not between -1 and 1");
    expect_refused(3, names, 1, &(moat_correlation){0, 1, (double)NAN}, "not between -1 and 1");
    expect_refused(3, names, 1, &(moat_correlation){2, 2, 0.5}, "c is paired with itself");
    expect_refused(3, names, 1, &(moat_correlation){2, 3, 0.5}, "refers to no name");
    expect_refused(3, names, 2, (moat_correlation[]){{0, 1, 0.5}, {1, 0, 0.5}},
                   "the pair b and a is given twice");
    expect_refused(3, twice, 1, &(moat_correlation){0, 1, 0.5}, "a is listed twice");
}

Test(copula, says_what_would_fit) {
    const char *names[] = {"a", "b", "c"}, *reversed[] = {"c", "b", "a"};
    const moat_correlation pairs[] = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.5}};
    const moat_correlation same[] = {{1, 0, 0.9}, {2, 1, 0.9}, {2, 0, -0.5}};
    expect_refused(3, names, 3, pairs, "0.9 between a and b does not fit");
    char first[sizeof error.message];
    strcpy(first, error.message);
    expect_refused(3, reversed, 3, same, "between a and b");
    cr_expect_str_eq(first, error.message);
    /* Both ends of the range that it names do fit, and a step further out does not. */
    const char *range = strstr(first, "allow from ");
    double low, high;
    cr_assert(range && sscanf(range, "allow from %lf to %lf", &low, &high) == 2, "%s", first);
    cr_expect(low > -1 && low < high && high < 0, "%s", first);
    moat_source sources[3];
    for (int i = 0; i < 4; i++) {
        const double rank = (const double[]){low, high, low - 0.01, high + 0.01}[i];
        const moat_correlation fitting[] = {{0, 1, rank}, {1, 2, 0.9}, {0, 2, -0.5}};
        moat_status status = moat_graph_correlate(graph, 3, names, 3, fitting, sources, &error);
        cr_expect_eq(status == MOAT_OK, i < 2, "%g: %s", rank, error.message);
    }
    /* What is not given counts as 0. */
    expect_refused(3, names, 2, pairs, "allow from -0.40 to 0.40; pairs that are not given");
    /* Exact dependence leaves one value. */
    const moat_correlation bound[] = {{0, 1, 1}, {1, 2, 1}, {0, 2, 0.4}};
    expect_refused(3, names, 3, bound, "which leave only 0.4");
    /* No single coefficient is to blame. */
    const char *five[] = {"a", "b", "c", "d", "e"};
    moat_correlation all[10];
    size_t count = 0;
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < i; j++)
            all[count++] = (moat_correlation){i, j, -0.6};
    expect_refused(5, five, count, all, "no other value would");
}

Test(copula, many_names) {
    enum { MANY = 3000 };
    char(*text)[16] = calloc(MANY, sizeof *text);
    const char **names = calloc(MANY, sizeof *names);
    moat_source *sources = calloc(MANY, sizeof *sources);
    moat_correlation pairs[40];
    cr_assert(text && names && sources);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(text[i], sizeof text[i], "name%zu", i);
        names[i] = text[i];
    }
    for (size_t i = 0; i < 40; i++)
        pairs[i] = (moat_correlation){7 * i, 7 * (i + 1), 0.4};
    correlate(MANY, names, 40, pairs, sources);
    cr_expect_neq(sources[7].normal, source("name7", 0).normal);
    cr_expect_eq(sources[8].normal, source("name8", 0).normal);
    free(text);
    free(names);
    free(sources);
}
