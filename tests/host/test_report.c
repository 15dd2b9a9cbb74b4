/* What scripts say of their report: what is recorded, and what is refused at the script's line. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "moat/journal.h"
#include "moat/report.h"
#include "script.h"

#define MODEL                                                                                      \
    "horizon { from = '2026-Q3', to = '2027-Q2' } "                                                \
    "local a = assume('price', { '12 to 15 $bn/GW/yr', label = 'Price' }) "                        \
    "local cash = series('$bn', '30 to 40 $bn') local profit = cash:last() - '35 $bn' "            \
    "output('cash', cash, { label = 'Cash', unit = '$M' }) output('profit', profit) "

/* Runs a script and gives the model, which the caller frees with the state. */
static moat_model *run(const char *text, moat_lua **lua) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    *lua = moat_lua_new(model, &(moat_lua_options){0}, &error);
    cr_assert_not_null(*lua);
    const moat_status status = moat_lua_run_text(*lua, text, strlen(text), "script", &error);
    cr_assert_eq(status, MOAT_OK, "%s", error.message);
    return model;
}

static void expect_column(const moat_item *item, size_t index, const char *name, const char *unit,
                          const moat_model *model) {
    cr_assert_lt(index, item->count);
    const moat_output *column = &item->columns[index];
    cr_expect_str_eq(column->name, name);
    cr_expect_str_eq(moat_unit_text(moat_model_units(model), column->unit), unit, "%s", name);
}

Test(report, items_are_recorded_in_order) {
    moat_lua *lua;
    moat_model *model =
        run(MODEL "report.title 'A title' report.section 'One'\n"
                  "report.text([[\n    It costs {p}.\n\n      - {p.p95}\n  ]], { p = a })\n"
                  "report.table { title = 'T', by = 'year', show = 'range', 'cash', "
                  "  { cash * 2, label = 'Twice', unit = '$bn' }, third = cash / 3 }\n"
                  "report.table { a, { a, label = 'Again' }, five = 5 }\n"
                  "report.hide('charts', 'variants')",
            &lua);
    cr_expect_str_eq(moat_report_title(model), "A title");
    cr_expect_eq(moat_report_hidden(model), MOAT_HIDE_CHARTS | MOAT_HIDE_VARIANTS);
    cr_assert_eq(moat_report_items(model), 4);
    const moat_item *item = moat_report_item(model, 0);
    cr_expect(item->kind == MOAT_ITEM_SECTION && strcmp(item->text, "One") == 0);
    item = moat_report_item(model, 1);
    cr_expect(item->kind == MOAT_ITEM_TEXT && item->count == 1);
    cr_expect_str_eq(item->text, "It costs {p}.\n\n  - {p.p95}\n", "less the common indentation");
    item = moat_report_item(model, 2);
    cr_expect(item->kind == MOAT_ITEM_TABLE && item->figure == MOAT_FIGURE_RANGE);
    cr_expect_str_eq(item->text, "T");
    cr_assert_eq(item->count, 3);
    expect_column(item, 0, "Cash", "$M", model);
    expect_column(item, 1, "Twice", "$bn", model);
    expect_column(item, 2, "third", "$bn", model);
    for (size_t i = 0; i < 3; i++)
        cr_expect(item->columns[i].axis == MOAT_YEAR_AXIS && item->columns[i].count == 2);
    item = moat_report_item(model, 3);
    cr_expect_null(item->text);
    expect_column(item, 0, "Price", "$bn/GW/yr", model);
    expect_column(item, 1, "Again", "$bn/GW/yr", model);
    expect_column(item, 2, "five", "", model);
    moat_lua_free(lua);
    moat_model_free(model);
}

Test(report, charts_are_of_the_kind_that_shows_what_is_given) {
    static const struct {
        const char *call;
        moat_chart_kind kind;
        size_t count;
    } rows[] = {
        {"report.chart(cash)", MOAT_CHART_FAN, 1},
        {"report.chart('cash')", MOAT_CHART_FAN, 1},
        {"report.chart { cash, other = cash * 2 }", MOAT_CHART_LINES, 2},
        {"report.chart('cash', cash)", MOAT_CHART_LINES, 2},
        {"report.chart(profit)", MOAT_CHART_HISTOGRAM, 1},
        {"report.chart { wins = profit:above(0) }", MOAT_CHART_BARS, 1},
        {"report.chart { wins = cash:above '35 $bn' }", MOAT_CHART_LINES, 1},
        {"report.chart { profit, half = profit / 2 }", MOAT_CHART_BARS, 2},
        {"report.chart { kind = 'fan', cash, more = cash * 2 }", MOAT_CHART_FAN, 2},
        {"report.chart { kind = 'shares', cash, rest = '50 $bn' - cash }", MOAT_CHART_SHARES, 2},
        {"report.chart { kind = 'scatter', x = a, y = profit }", MOAT_CHART_SCATTER, 2},
        {"report.chart { kind = 'tornado', profit }", MOAT_CHART_TORNADO, 1},
        {"report.chart { kind = 'tornado', 'profit', a }", MOAT_CHART_TORNADO, 2},
        {"report.chart { kind = 'bridge', { q '3 $', label = 'from' }, { q '-1 $', label = 'less' "
         "}, { q '2 $', label = 'to' } }",
         MOAT_CHART_BRIDGE, 3},
    };
    for (size_t i = 0; i < SCRIPT_COUNT(rows); i++) {
        moat_lua *lua;
        char text[1024];
        snprintf(text, sizeof text, "%s%s", MODEL, rows[i].call);
        moat_model *model = run(text, &lua);
        cr_assert_eq(moat_report_items(model), 1);
        const moat_item *item = moat_report_item(model, 0);
        cr_expect(item->kind == MOAT_ITEM_CHART && item->chart == rows[i].kind &&
                      item->count == rows[i].count,
                  "%s: kind %s, %zu columns", rows[i].call, moat_chart_names()[item->chart],
                  item->count);
        moat_lua_free(lua);
        moat_model_free(model);
    }
}

Test(report, mistakes_are_told_where_they_are_made) {
    static const script_case cases[] = {
        {MODEL "report.tabel {}", "report has no function \"tabel\"; did you mean \"table\"?"},
        {MODEL "report.chart { kind = 'fna', cash }", "no kind \"fna\"; did you mean \"fan\"?"},
        {MODEL "report.chart { kind = 'pie', cash }", "kind must be fan, lines, areas"},
        {MODEL "report.chart { kind = 'fan', profit }",
         "a chart of kind \"fan\" shows series, and \"profit\" is one value"},
        {MODEL "report.chart { kind = 'shares', cash }",
         "shows two series or more, and 1 is given"},
        {MODEL "report.chart { kind = 'histogram', profit, a }", "shows one value, at most 1"},
        {MODEL "report.chart { kind = 'bars', profit, a }",
         "one chart shows one unit: \"profit\" is in $ and \"Price\" in $/W/yr"},
        {MODEL "report.chart { kind = 'tornado', profit, { cash[1], label = 'C' } }",
         "\"C\" is no assumption"},
        {MODEL "report.chart {}", "there is nothing to show"},
        {MODEL "report.chart(cash * 2)",
         "neither an output nor an assumption needs a name, as in report.chart { { x,"},
        {MODEL "report.chart('cahs')", "no output \"cahs\" has been declared above this line; did "
                                       "you mean \"cash\"?"},
        {MODEL "report.table { cash, profit }",
         "\"Cash\" is a series by period and \"profit\" one value"},
        {MODEL "report.table { cash, show = 'p10' }", "show must be mean, median, p5"},
        {MODEL "report.table { cash, by = 'month' }", "by must be period or year"},
        {MODEL "report.table { { cash, unti = '$' } }", "there is no option \"unti\""},
        {MODEL "report.table { { cash, unit = 'GW' } }", "must be power"},
        {MODEL "report.chart { kind = 'bars', x = '3 $' }", "no output \"3 $\" has been declared"},
        {MODEL "report.table { x = nil, y = 'cash', z = false }", "z must be a quantity"},
        {MODEL "report.text('{p} {q}', { p = a })", "{q} stands in the text, but no quantity"},
        {MODEL "report.text('{p.p10}', { p = a })", "{p.p10} asks for a figure that there is not"},
        {MODEL "report.text('', { p = a })", "\"p\" is given, but no {p} is in the text"},
        {MODEL "report.text('{c}', { c = cash })", "\"c\" is a series"},
        {MODEL "report.title 'a' report.title 'b'", "has a title already"},
        {MODEL "report.section ''", "the heading is empty"},
        {MODEL "report.hide()", "what is hidden must be charts, drivers or variants"},
        {MODEL "report.hide 'method'", "what is hidden must be charts, drivers or variants"},
        {MODEL "report.chart { unset = series '$bn' }", "\"unset\""},
    };
    script_expect_error(SCRIPT_COUNT(cases), cases);
}

/* A process that runs a script hands a journal back, and the report comes with it. */
Test(report, stands_in_the_journal) {
    static const char text[] =
        MODEL "report.title 'T' report.section 'S' report.text('{p.range}', { p = a }) "
              "report.chart { kind = 'areas', title = 'C', cash, twice = cash * 2 } "
              "report.table { by = 'year', show = 'p95', cash } report.hide 'drivers'";
    moat_error error;
    size_t length;
    moat_model *told = moat_model_new(&error), *made = moat_model_new(&error);
    cr_assert_eq(moat_model_record(told, &error), MOAT_OK);
    moat_lua *lua = moat_lua_new(told, &(moat_lua_options){0}, &error);
    cr_assert_eq(moat_lua_run_text(lua, text, strlen(text), "script", &error), MOAT_OK, "%s",
                 error.message);
    const unsigned char *bytes = moat_model_journal(told, &length);
    static const moat_kernel *const none[] = {NULL};
    cr_assert_eq(moat_model_play(made, bytes, length, none, &error), MOAT_OK, "%s", error.message);
    cr_expect_str_eq(moat_report_title(made), "T");
    cr_expect_eq(moat_report_hidden(made), MOAT_HIDE_DRIVERS);
    cr_assert_eq(moat_report_items(made), moat_report_items(told));
    for (size_t i = 0; i < moat_report_items(told); i++) {
        const moat_item *a = moat_report_item(told, i), *b = moat_report_item(made, i);
        cr_expect(a->kind == b->kind && a->chart == b->chart && a->figure == b->figure);
        cr_expect((a->text == NULL) == (b->text == NULL));
        if (a->text != NULL && b->text != NULL)
            cr_expect_str_eq(a->text, b->text);
        cr_assert_eq(a->count, b->count, "item %zu", i);
        for (size_t k = 0; k < a->count; k++)
            expect_column(b, k, a->columns[k].name,
                          moat_unit_text(moat_model_units(told), a->columns[k].unit), made);
    }
    for (size_t cut = 0; cut < length; cut++) { /* whatever is missing, nothing is made up */
        moat_model *part = moat_model_new(&error);
        moat_model_play(part, bytes, cut, none, &error);
        cr_expect_leq(moat_report_items(part), moat_report_items(told));
        moat_model_free(part);
    }
    moat_lua_free(lua);
    moat_model_free(told);
    moat_model_free(made);
}

/* What a report shows costs a run nothing and changes no draw. */
Test(report, changes_no_result) {
    static const char *const texts[] = {
        MODEL "",
        MODEL
        "report.chart { kind = 'areas', cash, twice = cash * 2 } report.text('{p}', { p = a })",
    };
    char digests[2][33];
    for (size_t i = 0; i < 2; i++) {
        moat_error error;
        moat_lua *lua;
        moat_results *results;
        moat_model *model = run(texts[i], &lua);
        cr_assert_eq(moat_model_run(model, &results, &error), MOAT_OK);
        moat_results_digest(results, digests[i]);
        moat_results_free(results);
        moat_lua_free(lua);
        moat_model_free(model);
    }
    cr_expect_str_eq(digests[0], digests[1]);
}

/* Braces in Markdown that are no names are text. */
Test(report, braces) {
    static const struct {
        const char *text, *name;
        moat_figure figure;
        size_t first, end;
    } rows[] = {
        {"a {x} b", "x", MOAT_FIGURE_USUAL, 2, 5},
        {"{x.p95}", "x", MOAT_FIGURE_P95, 0, 7},
        {"{x_1.range}", "x_1", MOAT_FIGURE_RANGE, 0, 11},
        {"{x.mode}", "x", MOAT_FIGURES, 0, 8},
        {"{ x } {} {x y} {y}", "y", MOAT_FIGURE_USUAL, 15, 18},
        {"{{x}}", "x", MOAT_FIGURE_USUAL, 1, 4},
        {"none { here", NULL, MOAT_FIGURES, 0, 0},
    };
    for (size_t i = 0; i < SCRIPT_COUNT(rows); i++) {
        moat_brace brace;
        const bool found = moat_report_brace(rows[i].text, 0, &brace);
        cr_assert_eq(found, rows[i].name != NULL, "%s", rows[i].text);
        if (!found)
            continue;
        cr_expect(brace.first == rows[i].first && brace.end == rows[i].end &&
                      brace.figure == rows[i].figure && brace.name_length == strlen(rows[i].name) &&
                      strncmp(brace.name, rows[i].name, brace.name_length) == 0,
                  "%s: %zu..%zu", rows[i].text, brace.first, brace.end);
    }
}
