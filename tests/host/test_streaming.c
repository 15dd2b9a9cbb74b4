/* Runs whose values are not kept: the figures are the same, and memory is bounded. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "moat/model.h"

enum { SAMPLES = 400000, PERIODS = 3 };

static moat_error error;

static moat_model *model_of(size_t samples, uint64_t keep_limit, moat_node *path) {
    moat_literal literal;
    moat_model *model = moat_model_new(&error);
    cr_assert_not_null(model, "%s", error.message);
    moat_graph *graph = moat_model_graph(model);
    const moat_settings settings = {.samples = samples, .threads = 2};
    const char *const text = "5 to 10 $bn";
    cr_assert_eq(moat_literal_parse(graph, text, strlen(text), &literal, &error), MOAT_OK);
    const moat_assumption x = {
        .name = "x", .text = text, .unit = literal.unit, .dist = literal.dist};
    path[0] = moat_model_assume(model, &x, &error);
    for (size_t t = 1; t < PERIODS; t++)
        path[t] = moat_graph_binary(graph, MOAT_ADD, path[t - 1], path[0], &error);
    const moat_dim dim = moat_node_dim(graph, path[0]);
    const moat_output outputs[] = {
        {.name = "last", .dim = dim, .count = 1, .nodes = &path[PERIODS - 1]},
        {.name = "path", .dim = dim, .axis = MOAT_PERIOD_AXIS, .count = PERIODS, .nodes = path}};
    for (size_t i = 0; i < 2; i++)
        cr_assert_eq(moat_model_output(model, &outputs[i], &error), MOAT_OK, "%s", error.message);
    cr_assert_eq(
        moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &settings, false, &error),
        MOAT_OK);
    moat_model_set_keep_limit(model, keep_limit);
    return model;
}

static moat_results *run(moat_model *model) {
    moat_results *results;
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "%s", error.message);
    return results;
}

Test(streaming, results_are_those_of_kept_values) {
    moat_node path[PERIODS];
    moat_model *keeping = model_of(SAMPLES, UINT64_MAX, path);
    moat_model *streaming = model_of(SAMPLES, 0, path);
    moat_results *kept = run(keeping), *streamed = run(streaming);
    char digest[33], same[33];
    moat_results_digest(kept, digest);
    moat_results_digest(streamed, same);
    cr_expect_str_eq(digest, same);
    for (size_t t = 0; t < PERIODS; t++) {
        cr_expect_arr_eq(moat_results_output(kept, 1, t), moat_results_output(streamed, 1, t),
                         sizeof(moat_summary), "period %zu", t);
        cr_expect_null(moat_results_values(streamed, 1, t));
    }
    cr_expect_arr_eq(moat_results_assumption(kept, 0), moat_results_assumption(streamed, 0),
                     sizeof(moat_summary));
    size_t count, count_kept;
    const double *first = moat_results_first_values(streamed, 0, 0, &count);
    const double *values = moat_results_values(kept, 0, 0);
    cr_assert_eq(count, MOAT_FIRST_VALUES);
    cr_expect_arr_eq(first, values, count * sizeof *values);
    cr_expect_eq(moat_results_first_values(kept, 0, 0, &count_kept), values);
    cr_expect_eq(count_kept, count);
    cr_expect_null(moat_results_first_values(streamed, 1, 0, &count), "a series has none");
    cr_expect_eq(count, 0);
    moat_results_free(kept);
    moat_results_free(streamed);
    moat_model_free(keeping);
    moat_model_free(streaming);
}

/* A study has the digest of the outputs that are declared, and first values of every entry. */
Test(streaming, studies_have_first_values_of_series) {
    moat_node path[PERIODS];
    moat_model *models[2];
    moat_results *studies[2], *plain;
    char digest[33], same[33];
    for (size_t i = 0; i < 2; i++) {
        moat_model *model = model_of(SAMPLES, i == 0 ? UINT64_MAX : 0, path);
        const moat_output more = {.name = "more", .count = 1, .nodes = &path[1]};
        size_t count;
        plain = run(model);
        cr_assert_eq(moat_model_study(model, 1, &more, &studies[i], &error), MOAT_OK);
        moat_results_digest(plain, digest);
        moat_results_digest(studies[i], same);
        cr_expect_str_eq(digest, same);
        for (size_t t = 0; t < PERIODS; t++)
            cr_expect_not_null(moat_results_first_values(studies[i], 1, t, &count));
        cr_assert_eq(count, MOAT_FIRST_VALUES);
        const size_t size = count * sizeof(double);
        const double *series = moat_results_first_values(studies[i], 1, 1, &count);
        cr_expect_arr_eq(moat_results_first_values(studies[i], 2, 0, &count), series, size);
        if (i == 1)
            cr_expect_arr_eq(moat_results_first_values(studies[0], 1, 1, &count), series, size);
        moat_results_free(plain);
        models[i] = model;
    }
    for (size_t i = 0; i < 2; i++) {
        moat_results_free(studies[i]);
        moat_model_free(models[i]);
    }
}

Test(streaming, looks_are_those_of_kept_values) {
    static const double probabilities[] = {0.9, 0.001, 0.5};
    static const uint64_t limits[] = {UINT64_MAX, 0};
    moat_summary summaries[2][PERIODS];
    double quantiles[2][PERIODS][3];
    for (size_t i = 0; i < 2; i++) {
        moat_node path[PERIODS];
        moat_model *model = model_of(SAMPLES, limits[i], path);
        cr_assert_eq(moat_model_summarise(model, PERIODS, path, summaries[i], &error), MOAT_OK);
        cr_assert_eq(
            moat_model_quantiles(model, PERIODS, path, 3, probabilities, quantiles[i][0], &error),
            MOAT_OK);
        const double bad = NAN;
        cr_expect_eq(moat_model_quantiles(model, 1, path, 1, &bad, quantiles[1][2], &error),
                     MOAT_INVALID);
        moat_model_free(model);
    }
    cr_expect_arr_eq(summaries[0], summaries[1], sizeof summaries[0]);
    cr_expect_arr_eq(quantiles[0], quantiles[1], sizeof quantiles[0]);
    cr_expect_eq(quantiles[0][0][2], summaries[0][0].p50);
}

/* 5 results of 400,000 samples are 16 MB; streamed they take 7. */
Test(streaming, memory_is_limited) {
    moat_node path[PERIODS];
    moat_results *results;
    moat_model *model = model_of(SAMPLES, UINT64_MAX, path);
    moat_model_set_memory_limit(model, 10000000);
    results = run(model);
    cr_expect_null(moat_results_values(results, 0, 0), "streamed, so that it fits");
    moat_results_free(results);
    moat_columns *columns;
    cr_expect_eq(moat_model_evaluate(model, 5, (moat_node[]){path[0], path[0], path[1], path[1], 1},
                                     &columns, &error),
                 MOAT_LIMIT, "values that are asked for cannot be streamed");
    moat_model_set_memory_limit(model, 4000000);
    cr_expect_eq(moat_model_run(model, &results, &error), MOAT_LIMIT);
    const char *fits = strstr(error.message, " samples would fit");
    cr_assert_not_null(fits, "%s", error.message);
    while (fits > error.message && fits[-1] != ' ')
        fits--;
    const moat_settings fewer = {.samples = strtoul(fits, NULL, 10)};
    cr_expect(fewer.samples > 50000 && fewer.samples < SAMPLES, "%s", error.message);
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLES, &fewer, true, &error), MOAT_OK);
    results = run(model);
    moat_results_free(results);
    moat_model_free(model);
}
