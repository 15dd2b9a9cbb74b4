/* The model without Lua: horizon, settings, assumptions, overrides, correlations, outputs and
 * runs. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "moat/model.h"

static moat_model *new_model(void) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    cr_assert_not_null(model, "%s", error.message);
    return model;
}

/* Declares an assumption from a literal. */
static moat_node assume_in(moat_model *model, unsigned block, const char *name, const char *text,
                           moat_error *error) {
    moat_literal literal;
    if (moat_literal_parse(moat_model_graph(model), text, strlen(text), &literal, error) != MOAT_OK)
        return MOAT_NO_NODE;
    moat_assumption assumption = {
        .name = name, .text = text, .block = block, .unit = literal.unit, .dist = literal.dist};
    if (literal.dist == MOAT_NO_DIST)
        assumption.definition =
            moat_graph_constant(moat_model_graph(model), literal.value,
                                moat_unit_dim(moat_model_units(model), literal.unit), error);
    return moat_model_assume(model, &assumption, error);
}

static moat_node assume(moat_model *model, const char *name, const char *text) {
    moat_error error = {.message = ""};
    moat_node node = assume_in(model, 0, name, text, &error);
    cr_assert_neq(node, MOAT_NO_NODE, "%s: %s", name, error.message);
    return node;
}

static moat_status output(moat_model *model, const char *name, size_t count, const moat_node *nodes,
                          moat_error *error) {
    const moat_output made = {.name = name,
                              .dim = moat_node_dim(moat_model_graph(model), nodes[0]),
                              .axis = count > 1 ? MOAT_PERIOD_AXIS : MOAT_NO_AXIS,
                              .count = count,
                              .nodes = nodes};
    return moat_model_output(model, &made, error);
}

static moat_results *run(moat_model *model) {
    moat_error error;
    moat_results *results;
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "%s", error.message);
    return results;
}

static double mean_of(moat_model *model, moat_node node) {
    moat_error error;
    moat_summary summary;
    cr_assert_eq(moat_model_summarise(model, 1, &node, &summary, &error), MOAT_OK, "%s",
                 error.message);
    return summary.mean;
}

static void expect_message(const moat_error *error, const char *part) {
    cr_assert(strstr(error->message, part) != NULL, "\"%s\" should say \"%s\"", error->message,
              part);
}

static moat_status correlate(moat_model *model, const char *first, const char *second, double rank,
                             moat_error *error) {
    const moat_pair pair = {first, second, rank};
    return moat_model_correlate(model, 1, &pair, error);
}

Test(model, dates_and_horizons) {
    static const struct {
        const char *text;
        bool valid;
        moat_step step;
        int year;
        unsigned part;
    } dates[] = {
        {"2026", true, MOAT_YEAR, 2026, 1},       {"2026-Q3", true, MOAT_QUARTER, 2026, 3},
        {"2026-q1", true, MOAT_QUARTER, 2026, 1}, {"2026-09", true, MOAT_MONTH, 2026, 9},
        {"2026-12", true, MOAT_MONTH, 2026, 12},  {"2026-Q5", false, MOAT_YEAR, 0, 0},
        {"2026-Q0", false, MOAT_YEAR, 0, 0},      {"2026-13", false, MOAT_YEAR, 0, 0},
        {"2026-00", false, MOAT_YEAR, 0, 0},      {"2026-9", false, MOAT_YEAR, 0, 0},
        {"26", false, MOAT_YEAR, 0, 0},           {"", false, MOAT_YEAR, 0, 0},
        {"2026-Q3 ", false, MOAT_YEAR, 0, 0},     {"20 6", false, MOAT_YEAR, 0, 0},
        {"2026-", false, MOAT_YEAR, 0, 0},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        moat_step step = MOAT_YEAR;
        int year = 0;
        unsigned part = 0;
        moat_error error;
        moat_status status = moat_date_parse(dates[i].text, &step, &year, &part, &error);
        cr_assert_eq(status, dates[i].valid ? MOAT_OK : MOAT_SYNTAX, "\"%s\"", dates[i].text);
        if (dates[i].valid)
            cr_assert(step == dates[i].step && year == dates[i].year && part == dates[i].part,
                      "\"%s\" is %d, %d, %u", dates[i].text, (int)step, year, part);
    }
    static const struct {
        moat_horizon horizon;
        unsigned period;
        const char *label;
        int year;
        unsigned years;
        double dt;
    } rows[] = {
        {{38, MOAT_QUARTER, true, 2026, 3}, 1, "2026-Q3", 2026, 10, 0.25},
        {{38, MOAT_QUARTER, true, 2026, 3}, 2, "2026-Q4", 2026, 10, 0.25},
        {{38, MOAT_QUARTER, true, 2026, 3}, 3, "2027-Q1", 2027, 10, 0.25},
        {{38, MOAT_QUARTER, true, 2026, 3}, 38, "2035-Q4", 2035, 10, 0.25},
        {{38, MOAT_QUARTER, true, 2026, 1}, 0, "2025-Q4", 2025, 10, 0.25},
        {{12, MOAT_MONTH, true, 2026, 11}, 3, "2027-01", 2027, 2, 1.0 / 12},
        {{12, MOAT_MONTH, true, 2026, 1}, 0, "2025-12", 2025, 1, 1.0 / 12},
        {{5, MOAT_YEAR, true, 2026, 1}, 5, "2030", 2030, 5, 1},
        {{5, MOAT_YEAR, true, 2026, 1}, 0, "2025", 2025, 5, 1},
        {{9, MOAT_QUARTER, false, 0, 0}, 7, "7", 2, 3, 0.25},
        {{8, MOAT_QUARTER, false, 0, 0}, 4, "4", 1, 2, 0.25},
        {{8, MOAT_QUARTER, false, 0, 0}, 0, "0", 0, 2, 0.25},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char label[16];
        moat_horizon_label(&rows[i].horizon, rows[i].period, label);
        cr_assert_str_eq(label, rows[i].label, "row %zu", i);
        cr_assert_eq(moat_horizon_year(&rows[i].horizon, rows[i].period), rows[i].year, "row %zu",
                     i);
        cr_assert_eq(moat_horizon_years(&rows[i].horizon), rows[i].years, "row %zu", i);
        cr_assert_eq(moat_horizon_dt(&rows[i].horizon), rows[i].dt, "row %zu", i);
    }
}

Test(model, settings_and_horizon_are_checked) {
    moat_model *model = new_model();
    moat_error error;
    const moat_settings *settings = moat_model_settings(model);
    cr_assert(settings->samples == 10000 && settings->seed == 1 &&
              settings->sampling == MOAT_RANDOM);
    const moat_settings none = {.samples = 0};
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLES, &none, false, &error), MOAT_INVALID);
    const moat_settings many = {.samples = ((size_t)1 << 32) + 1};
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLES, &many, false, &error), MOAT_INVALID);
    const moat_settings odd = {.sampling = (moat_sampling)7};
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLING, &odd, false, &error), MOAT_INVALID);
    const moat_settings crowd = {.threads = 5000};
    cr_assert_eq(moat_model_set(model, MOAT_SET_THREADS, &crowd, false, &error), MOAT_INVALID);
    const moat_settings pinned = {.samples = 64, .seed = 9};
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLES, &pinned, true, &error), MOAT_OK);
    const moat_settings script = {.samples = 100, .seed = 5, .sampling = MOAT_SOBOL};
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_SEED | MOAT_SET_SAMPLING,
                                &script, false, &error),
                 MOAT_OK);
    cr_assert(settings->samples == 64, "what is pinned stays");
    cr_assert(settings->seed == 5 && settings->sampling == MOAT_SOBOL);
    const moat_horizon wrong[] = {
        {0, MOAT_YEAR, false, 0, 0},      {100001, MOAT_YEAR, false, 0, 0},
        {4, (moat_step)9, false, 0, 0},   {4, MOAT_QUARTER, true, 2026, 5},
        {4, MOAT_QUARTER, true, 2026, 0}, {4, MOAT_YEAR, true, 12345, 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_assert_eq(moat_model_set_horizon(model, &wrong[i], &error), MOAT_INVALID, "row %zu", i);
    const moat_horizon right = {8, MOAT_QUARTER, true, 2026, 3},
                       other = {9, MOAT_QUARTER, true, 2026, 3};
    cr_assert_eq(moat_model_horizon(model)->periods, 0);
    cr_assert_eq(moat_model_set_horizon(model, &right, &error), MOAT_OK);
    cr_assert_eq(moat_model_set_horizon(model, &right, &error), MOAT_OK, "the same again");
    cr_assert_eq(moat_model_set_horizon(model, &other, &error), MOAT_INVALID);
    char label[16];
    moat_model_axis_label(model, MOAT_PERIOD_AXIS, 2, label);
    cr_assert_str_eq(label, "2027-Q1");
    moat_model_axis_label(model, MOAT_YEAR_AXIS, 2, label);
    cr_assert_str_eq(label, "2028");
    moat_model_free(model);
}

Test(model, assumptions_stand_by_block_and_name) {
    moat_model *model = new_model();
    moat_error error;
    static const struct {
        unsigned block;
        const char *name;
    } declared[] = {{2, "zeta"}, {1, "beta"}, {2, "alpha"}, {1, "compute.lead"}, {1, "al"}};
    static const char *const expected[] = {"al", "beta", "compute.lead", "alpha", "zeta"};
    for (size_t i = 0; i < 5; i++)
        cr_assert_neq(assume_in(model, declared[i].block, declared[i].name, "1 to 2 $bn", &error),
                      MOAT_NO_NODE, "%s", error.message);
    cr_assert_eq(moat_model_assumptions(model), 5);
    for (size_t i = 0; i < 5; i++) {
        cr_assert_str_eq(moat_model_assumption(model, i)->name, expected[i], "place %zu", i);
        cr_assert_eq(moat_model_find_assumption(model, expected[i]),
                     moat_model_assumption(model, i));
    }
    cr_assert_null(moat_model_find_assumption(model, "gamma"));
    cr_assert_str_eq(moat_model_nearest_assumption(model, "compute.laed"), "compute.lead");
    cr_assert_null(moat_model_nearest_assumption(model, "something else"));
    cr_assert_eq(assume_in(model, 3, "beta", "1", &error), MOAT_NO_NODE);
    cr_assert_eq(error.status, MOAT_INVALID);
    expect_message(&error, "\"beta\"");
    cr_assert_eq(assume_in(model, 3, "", "1", &error), MOAT_NO_NODE);
    cr_assert_eq(error.status, MOAT_INVALID);
    moat_assumption empty = {.name = "empty"};
    cr_assert_eq(moat_model_assume(model, &empty, &error), MOAT_NO_NODE);
    cr_assert_eq(moat_model_assumptions(model), 5, "what is refused is not kept");
    moat_model_free(model);
}

/* 44 $bn/yr, and a price that is uncertain: what overrides do to the mean of the price. */
Test(model, overrides_and_variants) {
    moat_model *model = new_model();
    moat_error error;
    bool is_variant;
    cr_assert_eq(moat_model_use_variant(model, "bear", &error), MOAT_OK, "before it is declared");
    cr_assert_str_eq(moat_model_unresolved(model, &is_variant), "bear");
    cr_assert(is_variant);
    cr_assert_null(moat_model_variant(model));
    moat_node price = assume(model, "price", "12 to 15 $bn/GW/yr");
    moat_node revenue = assume(model, "revenue", "44 $bn/yr");
    const double bn = 1e9, per_gw = 1e9 / 1e9;
    cr_assert_float_eq(mean_of(model, revenue), 44 * bn, 1e-3);
    cr_assert_float_eq(mean_of(model, price), 13.45 * per_gw, 0.1 * per_gw);

    const moat_override bear[] = {{.name = "price", .text = "18 $bn/GW/yr"},
                                  {.name = "revenue", .text = "30 $bn/yr"}};
    cr_assert_eq(moat_model_add_variant(model, "bear", 2, bear, &error), MOAT_OK, "%s",
                 error.message);
    cr_assert_str_eq(moat_model_variant(model), "bear", "a variant asked for takes effect");
    cr_assert_null(moat_model_unresolved(model, &is_variant));
    cr_assert_float_eq(mean_of(model, price), 18 * per_gw, 1e-9);
    cr_assert_str_eq(moat_model_find_assumption(model, "price")->text, "18 $bn/GW/yr");

    cr_assert_eq(moat_model_override(model, "price", "20_000 $M/GW/yr", &error), MOAT_OK, "%s",
                 error.message);
    cr_assert_float_eq(mean_of(model, price), 20 * per_gw, 1e-9, "an override is over a variant");
    cr_assert_float_eq(mean_of(model, revenue), 30 * bn, 1e-3);
    cr_assert_eq(moat_model_use_variant(model, NULL, &error), MOAT_OK);
    cr_assert_float_eq(mean_of(model, revenue), 44 * bn, 1e-3);
    cr_assert_float_eq(mean_of(model, price), 20 * per_gw, 1e-9);
    cr_assert_eq(moat_model_override(model, "price", "0", &error), MOAT_OK, "0 fits any unit");
    cr_assert_float_eq(mean_of(model, price), 0, 0);
    cr_assert_str_eq(
        moat_unit_text(moat_model_units(model), moat_model_find_assumption(model, "price")->unit),
        "$bn/GW/yr");

    static const struct {
        const char *name, *literal;
        moat_status status;
        const char *says[3];
    } wrong[] = {
        {"price", "18 GW", MOAT_UNIT, {"\"price\"", "$bn/GW/yr", "in GW"}},
        {"price", "18", MOAT_UNIT, {"\"price\"", "$bn/GW/yr", "no unit"}},
        {"price", "18 $bn/", MOAT_SYNTAX, {"\"price\"", "18 $bn/", ""}},
        {"revenue", "18 $bn/xr", MOAT_UNKNOWN, {"\"revenue\"", "xr", ""}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cr_assert_eq(moat_model_override(model, wrong[i].name, wrong[i].literal, &error),
                     wrong[i].status, "%s=%s: %s", wrong[i].name, wrong[i].literal, error.message);
        for (size_t j = 0; j < 3; j++)
            expect_message(&error, wrong[i].says[j]);
        const moat_override change = {.name = wrong[i].name, .text = wrong[i].literal};
        cr_assert_eq(moat_model_add_variant(model, "wrong", 1, &change, &error), wrong[i].status);
    }
    const moat_override unknown = {.name = "prise", .text = "1"};
    cr_assert_eq(moat_model_add_variant(model, "wrong", 1, &unknown, &error), MOAT_UNKNOWN);
    expect_message(&error, "\"price\"");
    cr_assert_eq(moat_model_add_variant(model, "bear", 0, NULL, &error), MOAT_INVALID);
    cr_assert_eq(moat_model_variants(model), 1);
    cr_assert_float_eq(mean_of(model, price), 0, 0, "what is refused changes nothing");
    moat_model_free(model);
}

Test(model, overrides_before_their_assumption) {
    moat_model *model = new_model();
    moat_error error;
    bool is_variant = true;
    cr_assert_eq(moat_model_override(model, "x", "3 $bn", &error), MOAT_OK);
    cr_assert_eq(moat_model_override(model, "x", "5 $bn", &error), MOAT_OK);
    cr_assert_eq(moat_model_override(model, "y", "2 GW", &error), MOAT_OK);
    moat_node x = assume(model, "x", "1 to 2 $bn");
    cr_assert_float_eq(mean_of(model, x), 5e9, 0, "the last one holds");
    cr_assert_str_eq(moat_model_unresolved(model, &is_variant), "y");
    cr_assert_not(is_variant);
    cr_assert_eq(assume_in(model, 0, "y", "1 $bn", &error), MOAT_NO_NODE);
    cr_assert_eq(error.status, MOAT_UNIT);
    expect_message(&error, "\"y\"");
    expect_message(&error, "GW");
    cr_assert_neq(assume_in(model, 0, "y", "1 MW", &error), MOAT_NO_NODE, "%s", error.message);
    cr_assert_null(moat_model_unresolved(model, &is_variant));
    moat_model_free(model);
}

/* An assumption may be computed from others, and an override may make it so. */
Test(model, computed_assumptions) {
    moat_model *model = new_model();
    moat_graph *graph = moat_model_graph(model);
    moat_error error;
    moat_node x = assume(model, "x", "2 to 4 $bn"), y = assume(model, "y", "1 to 9 $bn");
    moat_node sum = moat_graph_binary(graph, MOAT_ADD, x, y, &error);
    const moat_assumption computed = {.name = "sum", .text = "x + y", .definition = sum};
    moat_node z = moat_model_assume(model, &computed, &error);
    cr_assert_neq(z, MOAT_NO_NODE, "%s", error.message);
    cr_assert_float_eq(mean_of(model, z), mean_of(model, sum), 0);
    cr_assert_eq(correlate(model, "x", "sum", 0.5, &error), MOAT_INVALID);
    expect_message(&error, "cannot be correlated");
    cr_assert_eq(correlate(model, "x", "y", 0.5, &error), MOAT_OK, "%s", error.message);
    const moat_override same = {.name = "y", .definition = x};
    cr_assert_eq(moat_model_add_variant(model, "same", 1, &same, &error), MOAT_OK);
    cr_assert_eq(moat_model_use_variant(model, "same", &error), MOAT_OK);
    moat_summary summary;
    cr_assert_eq(moat_model_summarise(model, 1, &z, &summary, &error), MOAT_INVALID,
                 "y is correlated and has become computed");
    expect_message(&error, "\"y\"");
    cr_assert_eq(moat_model_override(model, "y", "7 $bn", &error), MOAT_OK);
    cr_assert_float_eq(mean_of(model, z), mean_of(model, x) + 7e9, 1);
    const moat_override circle = {.name = "x", .definition = z};
    cr_assert_eq(moat_model_add_variant(model, "circle", 1, &circle, &error), MOAT_OK);
    cr_assert_eq(moat_model_use_variant(model, "circle", &error), MOAT_OK);
    cr_assert_eq(moat_model_summarise(model, 1, &x, &summary, &error), MOAT_INVALID);
    moat_model_free(model);
}

/* Pearson's correlation of the ranks is not computed here: normals have the given one, but
 * for 2 sin(pi rho / 6). */
static double correlation(moat_model *model, moat_node x, moat_node y) {
    moat_columns *columns;
    moat_error error;
    const moat_node nodes[] = {x, y};
    cr_assert_eq(moat_model_evaluate(model, 2, nodes, &columns, &error), MOAT_OK, "%s",
                 error.message);
    const double *a = moat_columns_get(columns, 0), *b = moat_columns_get(columns, 1);
    size_t count = moat_columns_samples(columns);
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        sa += a[i];
        sb += b[i];
        saa += a[i] * a[i];
        sbb += b[i] * b[i];
        sab += a[i] * b[i];
    }
    moat_columns_free(columns);
    return (n * sab - sa * sb) / sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
}

Test(model, correlations) {
    moat_model *model = new_model();
    moat_error error;
    moat_node x = assume(model, "x", "normal(0, 1)"), y = assume(model, "y", "normal(0, 1)");
    moat_node z = assume(model, "z", "normal(0, 1)");
    assume(model, "fixed", "3");
    cr_assert_float_eq(correlation(model, x, y), 0, 0.04);
    const moat_pair pairs[] = {{"x", "y", 0.9}, {"z", "y", 0.9}, {"z", "x", 0.8}};
    cr_assert_eq(moat_model_correlate(model, 2, pairs, &error), MOAT_INVALID,
                 "x-y and y-z at 0.9 leave no room for x-z at 0");
    cr_assert_float_eq(correlation(model, x, y), 0, 0.04, "nothing was kept");
    cr_assert_eq(moat_model_correlate(model, 3, pairs, &error), MOAT_OK, "%s", error.message);
    const double pi = acos(-1.0);
    cr_assert_float_eq(correlation(model, x, y), 2 * sin(pi * 0.9 / 6), 0.02);
    cr_assert_float_eq(correlation(model, x, z), 2 * sin(pi * 0.8 / 6), 0.02);
    cr_assert_eq(correlate(model, "x", "y", 0.5, &error), MOAT_INVALID, "twice");
    cr_assert_eq(correlate(model, "x", "x", 0.5, &error), MOAT_INVALID, "with itself");
    cr_assert_eq(correlate(model, "x", "why", 0.5, &error), MOAT_UNKNOWN);
    cr_assert_eq(correlate(model, "x", "fixed", 1.5, &error), MOAT_INVALID);
    cr_assert_eq(correlate(model, "x", "fixed", 0.1, &error), MOAT_OK,
                 "a constant has no draw, which does no harm: %s", error.message);
    cr_assert_eq(moat_model_override(model, "y", "4", &error), MOAT_OK);
    cr_assert_float_eq(mean_of(model, y), 4, 0);
    cr_assert_float_eq(correlation(model, x, z), 2 * sin(pi * 0.8 / 6), 0.02,
                       "a constant among them leaves the others as they were");
    moat_model_free(model);
}

/* The same draws whatever else the model holds, and however it is cut into evaluations. */
Test(model, draws_belong_to_names) {
    moat_model *first = new_model(), *second = new_model();
    moat_error error;
    moat_node x1 = assume(first, "x", "5 to 10");
    assume(second, "a", "1 to 2");
    moat_node x2 = assume(second, "x", "5 to 10");
    assume(second, "z", "1 to 2");
    moat_summary s1, s2;
    cr_assert_eq(moat_model_summarise(first, 1, &x1, &s1, &error), MOAT_OK);
    cr_assert_eq(moat_model_summarise(second, 1, &x2, &s2, &error), MOAT_OK);
    cr_assert_eq(s1.digest, s2.digest);
    cr_assert_float_eq(s1.mean, 7.229783732287854, 6 * s1.mcse);
    size_t size = moat_graph_size(moat_model_graph(second));
    cr_assert_eq(moat_model_summarise(second, 1, &x2, &s2, &error), MOAT_OK);
    cr_assert_eq(moat_graph_size(moat_model_graph(second)), size, "evaluating again adds nothing");
    assume(second, "later", "1 to 2");
    cr_assert_eq(moat_model_summarise(second, 1, &x2, &s2, &error), MOAT_OK);
    cr_assert_eq(s1.digest, s2.digest);
    moat_model_free(first);
    moat_model_free(second);
}

Test(model, outputs_are_checked) {
    moat_model *model = new_model();
    moat_error error;
    moat_node x = assume(model, "x", "5 to 10 $bn");
    moat_unit gw;
    cr_assert_eq(moat_unit_parse(moat_model_units(model), "GW", 2, &gw, &error), MOAT_OK);
    cr_assert_eq(output(model, "x", 1, &x, &error), MOAT_OK, "%s", error.message);
    cr_assert_eq(output(model, "x", 1, &x, &error), MOAT_INVALID, "declared twice");
    cr_assert_eq(output(model, "", 1, &x, &error), MOAT_INVALID);
    const moat_node unset[] = {x, MOAT_NO_NODE};
    const moat_output rows[] = {
        {.name = "none", .dim = moat_node_dim(moat_model_graph(model), x), .nodes = &x},
        {.name = "two", .count = 2, .nodes = unset},
        {.name = "unset", .count = 2, .axis = MOAT_PERIOD_AXIS, .nodes = unset},
        {.name = "unit",
         .unit = gw,
         .dim = moat_node_dim(moat_model_graph(model), x),
         .count = 1,
         .nodes = &x}};
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(moat_model_output(model, &rows[i], &error), i == 3 ? MOAT_UNIT : MOAT_INVALID,
                     "\"%s\"", rows[i].name);
    expect_message(&error, "GW");
    cr_assert_eq(moat_model_outputs(model), 1);
    moat_model_free(model);
}

static moat_model *example(bool reversed, unsigned threads) {
    moat_model *model = new_model();
    moat_graph *graph = moat_model_graph(model);
    moat_error error;
    const moat_settings settings = {.samples = 5001, .threads = threads};
    cr_assert_eq(
        moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &settings, false, &error),
        MOAT_OK);
    moat_node x = assume(model, "x", "5 to 10 $bn"), y = assume(model, "y", "2 GW");
    const moat_node series[] = {x, moat_graph_binary(graph, MOAT_ADD, x, x, &error), x};
    const char *const names[] = {"x", "series", "y"};
    const moat_node *const nodes[] = {&x, series, &y};
    static const size_t counts[] = {1, 3, 1};
    for (size_t i = 0; i < 3; i++) {
        size_t which = reversed ? 2 - i : i;
        cr_assert_eq(output(model, names[which], counts[which], nodes[which], &error), MOAT_OK,
                     "%s", error.message);
    }
    return model;
}

Test(model, results) {
    moat_model *model = example(false, 1), *other = example(true, 3);
    moat_results *results = run(model), *reversed = run(other);
    moat_units *units = moat_model_units(model);
    char digest[33], same[33], one[17], two[17];
    moat_results_digest(results, digest);
    moat_results_digest(reversed, same);
    cr_assert_eq(strspn(digest, "0123456789abcdef"), 32);
    cr_assert_neq(strncmp(digest, digest + 16, 16), 0, "two different words");
    cr_assert_str_eq(digest, same, "order of outputs and threads change no bit");
    moat_results_output_digest(results, 0, one);
    moat_results_output_digest(reversed, 2, two);
    cr_assert_str_eq(one, two);
    moat_results_output_digest(results, 1, two);
    cr_assert_str_neq(one, two);

    cr_assert_float_eq(moat_results_output(results, 0, 0)->mean, 7.23e9, 0.1e9);
    cr_assert_float_eq(moat_results_output(results, 1, 1)->mean,
                       2 * moat_results_output(results, 0, 0)->mean, 1);
    cr_assert_float_eq(moat_results_assumption(results, 1)->mean, 2e9, 0, "y, in W");
    const double *x = moat_results_values(results, 0, 0),
                 *twice = moat_results_values(results, 1, 1);
    for (size_t i = 0; i < 5001; i++)
        cr_assert_eq(2 * x[i], twice[i], "sample %zu", i);
    cr_assert_str_eq(moat_unit_text(units, moat_results_unit(results, 0)), "$bn");
    cr_assert_str_eq(moat_unit_text(units, moat_results_unit(results, 2)), "GW");
    cr_assert(!moat_results_constant(results, 0) && !moat_results_constant(results, 1) &&
              moat_results_constant(results, 2));
    const moat_timing *timing = moat_results_timing(results);
    cr_assert(timing->compile_ms >= 0 && timing->evaluate_ms > 0 && timing->summarise_ms > 0);

    moat_error error;
    cr_assert_eq(moat_model_override(model, "y", "3 GW", &error), MOAT_OK);
    moat_results *changed = run(model);
    moat_results_digest(changed, same);
    cr_assert_str_neq(digest, same);
    moat_results_free(changed);
    moat_results_free(results);
    moat_results_free(reversed);
    moat_model_free(model);
    moat_model_free(other);
}

/* 2 results of 10,000 samples are 160,000 bytes, and summarising them takes as much again for each
 * of two threads; what else the model takes is counted too. */
Test(model, memory_is_limited) {
    moat_model *model = new_model();
    moat_error error;
    moat_results *results;
    moat_summary summary;
    moat_node x = assume(model, "x", "5 to 10 $bn");
    const moat_settings two = {.threads = 2}, fewer = {.samples = 2700};
    cr_assert_eq(moat_model_set(model, MOAT_SET_THREADS, &two, true, &error), MOAT_OK);
    cr_assert_eq(output(model, "x", 1, &x, &error), MOAT_OK);
    moat_model_set_memory_limit(model, 159999);
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_LIMIT);
    expect_message(&error, "10000 samples of 2 results");
    expect_message(&error, "; 2700 samples would fit");
    moat_model_set_memory_limit(model, 400000);
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_LIMIT);
    cr_assert_eq(moat_model_summarise(model, 1, &x, &summary, &error), MOAT_OK, "one: %s",
                 error.message);
    cr_assert(moat_model_budget(model)->used < 8000, "the results have been given back");
    moat_model_set_memory_limit(model, 79999);
    cr_assert_eq(moat_model_summarise(model, 1, &x, &summary, &error), MOAT_LIMIT);
    moat_model_set_memory_limit(model, 600000);
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "%s", error.message);
    moat_results_free(results);
    moat_model_set_memory_limit(model, 159999);
    cr_assert_eq(moat_model_set(model, MOAT_SET_SAMPLES, &fewer, true, &error), MOAT_OK);
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "what it says fits: %s",
                 error.message);
    moat_results_free(results);
    moat_model_free(model);
}

/* What draws and yet does not vary counts as constant. */
Test(model, results_without_spread) {
    moat_model *model = new_model();
    moat_graph *graph = moat_model_graph(model);
    moat_error error;
    moat_node x = assume(model, "x", "5 to 10");
    const moat_node low = moat_graph_constant(graph, -100, MOAT_DIMENSIONLESS, &error);
    const moat_node sure = moat_graph_binary(graph, MOAT_LESS, low, x, &error);
    cr_assert_eq(output(model, "spread", 1, &x, &error), MOAT_OK);
    cr_assert_eq(output(model, "sure", 1, &sure, &error), MOAT_OK);
    moat_results *results = run(model);
    cr_assert_not(moat_results_constant(results, 0));
    cr_assert(moat_results_constant(results, 1));
    moat_results_free(results);
    moat_model_free(model);
}

Test(model, a_run_can_be_empty_or_cancelled) {
    moat_model *model = new_model();
    moat_results *results = run(model);
    moat_results_free(results);
    moat_node x = assume(model, "x", "5 to 10 $bn");
    atomic_int cancel;
    atomic_init(&cancel, 1);
    moat_model_set_cancel(model, &cancel);
    moat_error error;
    moat_summary summary;
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_INTERRUPTED);
    cr_assert_null(results);
    cr_assert_eq(moat_model_summarise(model, 1, &x, &summary, &error), MOAT_INTERRUPTED);
    atomic_store(&cancel, 0);
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "%s", error.message);
    moat_results_free(results);
    moat_model_free(model);
}
