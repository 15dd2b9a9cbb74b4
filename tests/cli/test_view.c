/* The renderings of results that are known exactly. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "moat/moat.h"
#include "view.h"

static moat_error error;

static moat_node constant(moat_model *model, double value, const char *unit_text) {
    moat_units *units = moat_model_units(model);
    moat_unit unit;
    cr_assert_eq(moat_unit_parse(units, unit_text, strlen(unit_text), &unit, &error), MOAT_OK);
    return moat_graph_constant(moat_model_graph(model), value * moat_unit_factor(units, unit),
                               moat_unit_dim(units, unit), &error);
}

static void output(moat_model *model, const char *name, const char *label, const char *unit_text,
                   moat_show show, size_t count, const moat_node *nodes) {
    moat_unit unit = MOAT_NO_UNIT;
    if (unit_text != NULL)
        cr_assert_eq(
            moat_unit_parse(moat_model_units(model), unit_text, strlen(unit_text), &unit, &error),
            MOAT_OK);
    const moat_output made = {.name = name,
                              .label = label,
                              .unit = unit,
                              .dim = moat_node_dim(moat_model_graph(model), nodes[0]),
                              .show = show,
                              .axis = count > 1 ? MOAT_PERIOD_AXIS : MOAT_NO_AXIS,
                              .count = count,
                              .nodes = nodes};
    cr_assert_eq(moat_model_output(model, &made, &error), MOAT_OK, "%s", error.message);
}

static moat_model *new_model(void) {
    const moat_horizon horizon = {3, MOAT_QUARTER, true, 2026, 3};
    moat_model *model = moat_model_new(&error);
    cr_assert_not_null(model);
    cr_assert_eq(moat_model_set_horizon(model, &horizon, &error), MOAT_OK);
    const moat_node cash = constant(model, 22.44, "$bn"), share = constant(model, 51, "%"),
                    yes = constant(model, 1, "1"), then = constant(model, 0.5, "yr"),
                    never = constant(model, INFINITY, "yr"), nan = constant(model, NAN, "1");
    const moat_node series[] = {cash, constant(model, 2026, "$bn"), constant(model, -3, "$bn")};
    output(model, "cash", "Cash, \"all\"", NULL, MOAT_SHOW_NUMBER, 1, &cash);
    output(model, "share", NULL, "%", MOAT_SHOW_NUMBER, 1, &share);
    output(model, "sure", NULL, NULL, MOAT_SHOW_CONDITION, 1, &yes);
    output(model, "then", NULL, NULL, MOAT_SHOW_DATE, 1, &then);
    output(model, "never", NULL, NULL, MOAT_SHOW_DATE, 1, &never);
    output(model, "od,\"d", NULL, NULL, MOAT_SHOW_NUMBER, 1, &nan);
    output(model, "path", NULL, "$bn", MOAT_SHOW_NUMBER, 3, series);
    return model;
}

typedef struct rendered {
    char *text;
    size_t length;
} rendered;

static rendered render(moat_model *model, bool (*show)(const moati_view *, FILE *)) {
    moat_results *results;
    cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK, "%s", error.message);
    const moati_view view = {
        .model = model, .results = results, .script = "x.lua", .sha256 = "ab", .quiet = true};
    rendered made = {0};
    FILE *file = open_memstream(&made.text, &made.length);
    cr_assert(show(&view, file));
    fclose(file);
    moat_results_free(results);
    return made;
}

static bool show_table(const moati_view *view, FILE *file) {
    const moati_screen screen = {.utf8 = true, .columns = 80};
    return moati_view_table(view, &screen, file);
}

Test(view, table) {
    moat_model *model = new_model();
    rendered table = render(model, show_table);
    cr_assert_str_eq(table.text,
                     "               value  unit\n"
                     "Cash, \"all\"    22.44  $bn\n"
                     "share           51 %\n"
                     "sure           100 %\n"
                     "then         2026-Q4\n"
                     "never          never\n"
                     "od,\"d            NaN\n"
                     "\n"
                     "                  2026-Q3  2026-Q4  2027-Q1\n"
                     "path  $bn  value    22.44    2,026       -3\n",
                     "%s", table.text);
    free(table.text);
    moat_model_free(model);
}

Test(view, csv) {
    moat_model *model = new_model();
    rendered csv = render(model, moati_view_csv);
    static const char *const lines[] = {
        "name,period,unit,mean,sd,mcse,p5,p25,p50,p75,p95,min,max\n",
        "\ncash,,$bn,22.44,0,0,22.44,22.44,22.44,22.44,22.44,22.44,22.44\n",
        "\nshare,,%,51,0,0,51,51,51,51,51,51,51\n",
        "\n\"od,\"\"d\",,1,,,,,,,,,,\n",
        "\npath,2026-Q4,$bn,2026,0,0,2026,",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        cr_assert(strstr(csv.text, lines[i]) != NULL, "%s lacks %s", csv.text, lines[i]);
    free(csv.text);
    moat_model_free(model);
}

Test(view, json) {
    moat_model *model = new_model();
    rendered json = render(model, moati_view_json);
    json_error_t where;
    json_t *object = json_loads(json.text, JSON_REJECT_DUPLICATES, &where);
    cr_assert_not_null(object, "%s: %s", where.text, json.text);
    json_t *outputs = json_object_get(object, "outputs"), *first = json_array_get(outputs, 0);
    cr_assert_eq(json_array_size(outputs), 6);
    cr_assert_eq(json_array_size(json_object_get(object, "series")), 1);
    cr_assert_str_eq(json_string_value(json_object_get(object, "moat")), MOAT_VERSION);
    cr_assert_str_eq(json_string_value(json_object_get(first, "label")), "Cash, \"all\"");
    cr_assert_eq(json_real_value(json_object_get(first, "mean")), 22.44);
    cr_assert(json_is_null(json_object_get(json_array_get(outputs, 1), "label")));
    cr_assert(json_is_null(json_object_get(json_array_get(outputs, 4), "p95")), "infinity");
    cr_assert(json_is_null(json_object_get(json_array_get(outputs, 5), "p95")), "NaN");
    cr_assert(json_is_null(json_object_get(object, "variant")));
    cr_assert_null(json_object_get(object, "timing"));
    cr_assert_null(json_object_get(object, "set"));
    json_t *then = json_array_get(outputs, 3), *never = json_array_get(outputs, 4);
    cr_assert_null(json_object_get(first, "dates"), "an amount");
    cr_assert_str_eq(json_string_value(json_object_get(json_object_get(then, "dates"), "p25")),
                     "2026-Q4");
    cr_assert_eq(json_real_value(json_object_get(then, "never")), 0);
    cr_assert_eq(json_object_size(json_object_get(never, "dates")), 5);
    cr_assert(json_is_null(json_object_get(json_object_get(never, "dates"), "p95")));
    cr_assert_eq(json_real_value(json_object_get(never, "never")), 1);
    json_decref(object);
    free(json.text);
    moat_model_free(model);
}

Test(view, bars) {
    static const double bars[] = {-1, 0, 0.12, 0.13, 0.5, 0.99, 1};
    char text[MOATI_BARS * 4 + 1];
    moati_bars(text, 7, bars, true);
    cr_assert_str_eq(text, " ▁▁▂▅██");
    moati_bars(text, 7, bars, false);
    cr_assert_str_eq(text, " ..:+@@");
}
