/* The standard report of a small model: what stands in it, and that it stands there the same
 * however it was evaluated. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "moat/report.h"
#include "number.h"
#include "standard.h"

enum { PERIODS = 4 };

static moat_error error;

static moat_node assume(moat_model *model, unsigned block, const char *name, const char *text,
                        const char *source, const char *note) {
    moat_literal literal;
    cr_assert_eq(moat_literal_parse(moat_model_graph(model), text, strlen(text), &literal, &error),
                 MOAT_OK, "%s: %s", text, error.message);
    const moat_dim dim = moat_unit_dim(moat_model_units(model), literal.unit);
    const moat_assumption given = {
        .name = name,
        .text = text,
        .source = source,
        .note = note,
        .block = block,
        .unit = literal.unit,
        .dist = literal.dist,
        .definition =
            literal.dist != MOAT_NO_DIST
                ? MOAT_NO_NODE
                : moat_graph_constant(moat_model_graph(model), literal.value, dim, &error)};
    const moat_node node = moat_model_assume(model, &given, &error);
    cr_assert_neq(node, MOAT_NO_NODE, "%s", error.message);
    return node;
}

static moat_node binary(moat_model *model, moat_op op, moat_node a, moat_node b) {
    const moat_node node = moat_graph_binary(moat_model_graph(model), op, a, b, &error);
    cr_assert_neq(node, MOAT_NO_NODE, "%s", error.message);
    return node;
}

static moat_output describe(moat_model *model, const char *name, const char *unit, moat_axis axis,
                            size_t count, const moat_node *nodes) {
    moat_unit parsed = MOAT_NO_UNIT;
    if (unit != NULL)
        moat_unit_parse(moat_model_units(model), unit, strlen(unit), &parsed, &error);
    return (moat_output){.name = name,
                         .unit = parsed,
                         .dim = moat_node_dim(moat_model_graph(model), nodes[0]),
                         .axis = axis,
                         .count = count,
                         .nodes = nodes};
}

static void add(moat_model *model, const moat_item *item) {
    cr_assert_eq(moat_report_add(model, item, &error), MOAT_OK, "%s", error.message);
}

/* Sales of which a part is kept, over four years: the volume decides, the share a little. */
typedef struct scenario {
    moat_model *model;
    moat_node sales[PERIODS], kept, wins, when;
} scenario;

static void declare_outputs(scenario *s) {
    moat_model *model = s->model;
    moat_output kept = describe(model, "kept", "$bn/yr", MOAT_NO_AXIS, 1, &s->kept);
    moat_output wins = describe(model, "wins", NULL, MOAT_NO_AXIS, 1, &s->wins);
    moat_output when = describe(model, "when", NULL, MOAT_NO_AXIS, 1, &s->when);
    moat_output sales = describe(model, "sales", "$bn/yr", MOAT_PERIOD_AXIS, PERIODS, s->sales);
    kept.label = "What is | *kept*";
    wins.show = MOAT_SHOW_CONDITION;
    when.show = MOAT_SHOW_DATE;
    sales.label = "Sales";
    const moat_output *const all[] = {&kept, &wins, &when, &sales};
    for (size_t i = 0; i < 4; i++)
        cr_assert_eq(moat_model_output(model, all[i], &error), MOAT_OK, "%s", error.message);
}

static void declare_items(scenario *s) {
    moat_model *model = s->model;
    const moat_output x = describe(model, "x", "$bn/yr", MOAT_NO_AXIS, 1, &s->kept);
    const moat_output over_time =
        describe(model, "Sales", "$M/yr", MOAT_PERIOD_AXIS, PERIODS, s->sales);
    add(model, &(moat_item){.kind = MOAT_ITEM_SECTION, .text = "A *section*"});
    add(model, &(moat_item){.kind = MOAT_ITEM_TEXT,
                            .text = "It **keeps** {x}, {x.range}, { y }.",
                            .count = 1,
                            .columns = &x});
    add(model, &(moat_item){.kind = MOAT_ITEM_TABLE,
                            .text = "By period",
                            .figure = MOAT_FIGURE_MEAN,
                            .count = 1,
                            .columns = &over_time});
    add(model, &(moat_item){.kind = MOAT_ITEM_CHART,
                            .chart = MOAT_CHART_STACKS,
                            .text = "Stacked",
                            .count = 1,
                            .columns = &over_time});
}

static void make(scenario *s) {
    moat_model *model = s->model = moat_model_new(&error);
    const moat_horizon horizon = {PERIODS, MOAT_YEAR, true, 2026, 1};
    moat_model_set_horizon(model, &horizon, &error);
    const moat_node volume = assume(model, 0, "market.volume", "5 to 20 $bn/yr", "a survey", NULL);
    const moat_node grown = assume(model, 0, "market.growth", "1.2", NULL, "of `sales` | a year");
    const moat_node share = assume(model, 1, "share", "20 to 25 %", NULL, NULL);
    s->sales[0] = volume;
    for (size_t t = 1; t < PERIODS; t++)
        s->sales[t] = binary(model, MOAT_MUL, s->sales[t - 1], grown);
    s->kept = binary(model, MOAT_MUL, s->sales[PERIODS - 1], share);
    const moat_node limit = moat_graph_constant(
        moat_model_graph(model), 3e9, moat_node_dim(moat_model_graph(model), s->kept), &error);
    const moat_node years =
        moat_graph_constant(moat_model_graph(model), 2, MOAT_DIMENSIONLESS, &error);
    const moat_node never =
        moat_graph_constant(moat_model_graph(model), INFINITY, MOAT_DIMENSIONLESS, &error);
    s->wins = binary(model, MOAT_LESS, limit, s->kept);
    s->when = moat_graph_select(moat_model_graph(model), s->wins, years, never, &error);
    declare_outputs(s);
    const moat_override change = {.name = "market.growth", .text = "1.5"};
    cr_assert_eq(moat_model_add_variant(model, "fast", 1, &change, &error), MOAT_OK);
}

/* Tables are padded; the figures count here, and not the columns that they stand in. */
static void squeeze(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != ' ' || to == text || to[-1] != ' ')
            *to++ = *from;
    *to = '\0';
}

static const char script[] = "-- Will it last? We shall see.\n-- More.\n";

/* The Markdown of the report, which the caller frees. */
static char *report(moat_model *model) {
    static const moati_source source = {"small.lua", "0123abcd"};
    const moati_origin origin = {
        .text = script, .length = strlen(script), .source_count = 1, .sources = &source};
    moati_study *study;
    char *text;
    size_t length;
    cr_assert_eq(moati_study_make(model, &study, &error), MOAT_OK, "%s", error.message);
    moati_document *document = moati_document_new(&error);
    moati_standard_report(study, &origin, document);
    cr_assert_eq(moati_document_finish(document, &error), MOAT_OK, "%s", error.message);
    FILE *file = open_memstream(&text, &length);
    moati_document_print(document, "small.report", file);
    fclose(file);
    moati_document_free(document);
    moati_study_free(study);
    squeeze(text);
    return text;
}

/* The parts stand in the text in this order. */
static void expect_in_order(const char *text, size_t count, const char *const *parts) {
    const char *from = text;
    for (size_t i = 0; i < count; i++) {
        const char *found = strstr(from, parts[i]);
        cr_expect_not_null(found, "\"%s\" is missing, or not where it should be, in\n%s", parts[i],
                           text);
        if (found != NULL)
            from = found + strlen(parts[i]);
    }
}

#define EXPECT(text, ...)                                                                          \
    expect_in_order(text, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *),       \
                    (const char *const[]){__VA_ARGS__})

Test(standard, says_what_came_out_and_how) {
    scenario s;
    make(&s);
    declare_items(&s);
    char *text = report(s.model);
    EXPECT(text, "# Will it last?\n", "- What is \\| \\*kept\\*: **3.90 $bn/yr** (1.9 to 8.0)\n",
           "- wins: **72.9 %**\n", "- when: **2027** (2027 to never); never in **27.2 ± 0.4 %**\n",
           "## A \\*section\\*", "It **keeps** 3.90 $bn/yr, 1.9 to 8.0 $bn/yr, { y }.",
           "**By period**", "| | Sales, $M/yr, mean |", "| 2026 | 11,000 |", "| 2029 | 19,100 |",
           "small.report/Stacked.svg", "## Outputs",
           "| What is \\| \\*kept\\* | $bn/yr | 4.27 ± 0.02 | 1.95 | 3.90 | 8.0 |",
           "| wins | | 72.9 ± 0.4 % | | | |",
           "| when | | never in 27.2 ± 0.4 % | 2027 | 2027 | never |",
           "| Sales | $bn/yr | median | 10.0 | 12.0 | 14.4 | 17.5 |", "5 to 95 %",
           "small.report/sales.svg", "small.report/kept.svg", "## What drives it",
           "| market.volume | 97 % | 0.99 |", "| share | 2 % | 0.16 | 3.8 | 4.8 |",
           "That is all that moves it.", "small.report/drivers-of-kept.svg",
           "Probability at its lowest, %", "14 % is left to", "## Variants side by side",
           "- **fast**: market.growth = 1.5", "| Base | fast |", "| wins | | 72.9 ± 0.4 % | 98.6 ",
           "| when: never | | 27.2 ± 0.4 % | 1.4 ± 0.1 % |",
           "| Sales, 2029 | $bn/yr | 17.5 | 34.0 |", "What each changes",
           "| wins | % points | +25.7 ± 0.4 |", "## Assumptions",
           "1 of 3 has a source; the others are judgements, and", "### market",
           "| market.growth | 1.2 | | | | judgement; of \\`sales\\` \\| a year |",
           "| market.volume | 5 to 20 $bn/yr | 5.0 | 10.0 | 20.5 | a survey |", "### Others",
           "| share | 20 to 25 % | 20.0 % | 22.4 % | 25.1 % | judgement |", "## Method",
           "The horizon is 2026 to 2029 by year. 10,000 samples, seed 1, random sampling",
           "- small.lua: SHA-256 `0123abcd`");
    free(text);
    moat_model_free(s.model);
}

/* The first comment is a title where there is none; parts can be left out. */
Test(standard, title_and_hidden_parts) {
    scenario s;
    make(&s);
    const moat_pair pair = {"market.volume", "share", 0.25};
    cr_assert_eq(moat_model_correlate(s.model, 1, &pair, &error), MOAT_OK);
    cr_assert_eq(moat_report_set_title(s.model, "A title", &error), MOAT_OK);
    cr_assert_eq(moat_report_set_title(s.model, "Another", &error), MOAT_INVALID);
    moat_report_hide(s.model, MOAT_HIDE_CHARTS | MOAT_HIDE_DRIVERS);
    moat_report_hide(s.model, MOAT_HIDE_VARIANTS);
    cr_assert_eq(moat_model_use_variant(s.model, "fast", &error), MOAT_OK);
    char *text = report(s.model);
    EXPECT(text, "# A title\n\nThe variant \"fast\" is in force.\n", "## Outputs", "## Assumptions",
           "1.5 (declared: 1.2)", "Rank correlations: market.volume and share 0.25.", "## Method");
    cr_expect_null(strstr(text, ".svg"));
    cr_expect_null(strstr(text, "## What drives it"));
    cr_expect_null(strstr(text, "## Variants"));
    free(text);
    moat_model_free(s.model);
}

/* Kept or streamed, on one thread or three; and the variant in force stays in force. */
Test(standard, has_the_same_bytes_however_it_is_evaluated) {
    char *texts[3];
    for (unsigned i = 0; i < 3; i++) {
        scenario s;
        const moat_settings settings = {.samples = 40000, .threads = i == 1 ? 1 : 3};
        make(&s);
        declare_items(&s);
        moat_model_set(s.model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &settings, true, &error);
        if (i == 2)
            moat_model_set_keep_limit(s.model, 0);
        cr_assert_eq(moat_model_use_variant(s.model, "fast", &error), MOAT_OK);
        texts[i] = report(s.model);
        cr_expect_str_eq(moat_model_variant(s.model), "fast");
        moat_model_free(s.model);
    }
    cr_expect_str_eq(texts[0], texts[1], "threads");
    cr_expect_str_eq(texts[0], texts[2], "streamed values");
    for (unsigned i = 0; i < 3; i++)
        free(texts[i]);
}

/* A model without anything is a report as well. */
Test(standard, of_an_empty_model) {
    moat_model *model = moat_model_new(&error);
    char *text = report(model);
    EXPECT(text, "# Will it last?\n\n## Method\n");
    free(text);
    moat_model_free(model);
}
