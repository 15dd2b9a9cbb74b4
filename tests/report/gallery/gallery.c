/* Charts of figures that are made up, by plain arithmetic, so that they are the same everywhere. */
#include "gallery.h"

#include <math.h>
#include <stdio.h>

enum { QUARTERS = 18, YEARS = 6, MONTHS = 30, SAMPLES = 4000, LONG = 500, DECADE = 120 };

static double p5[QUARTERS], p25[QUARTERS], p50[QUARTERS], p75[QUARTERS], p95[QUARTERS];
static double other5[QUARTERS], other25[QUARTERS], other50[QUARTERS], other75[QUARTERS],
    other95[QUARTERS];
static double normal[SAMPLES], skewed[SAMPLES], dates[SAMPLES], later[SAMPLES], noisy[SAMPLES],
    flat[SAMPLES], shifted[SAMPLES], rounds[SAMPLES], rarely[SAMPLES];
static double many[MOATI_CHART_SERIES][MONTHS], long_line[LONG], chances[DECADE];
static char decade_texts[DECADE][16];
static const char *decade[DECADE];

static const char *const quarters[] = {"2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3",
                                       "2027-Q4", "2028-Q1", "2028-Q2", "2028-Q3", "2028-Q4",
                                       "2029-Q1", "2029-Q2", "2029-Q3", "2029-Q4", "2030-Q1",
                                       "2030-Q2", "2030-Q3", "2030-Q4"};
static const char *const years[] = {"2025", "2026", "2027", "2028", "2029", "2030"};
static const char *const months[] = {
    "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04",
    "2027-05", "2027-06", "2027-07", "2027-08", "2027-09", "2027-10", "2027-11", "2027-12",
    "2028-01", "2028-02", "2028-03", "2028-04", "2028-05", "2028-06", "2028-07", "2028-08",
    "2028-09", "2028-10", "2028-11", "2028-12", "2029-01", "2029-02"};

/* The same sequence on every machine. */
static double next(unsigned *state) {
    *state = *state * 1664525U + 1013904223U;
    return (double)(*state >> 8) / 16777216.0;
}

static double about_normal(unsigned *state) {
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += next(state);
    return sum;
}

static void fill_fans(void) {
    for (int i = 0; i < QUARTERS; i++) {
        const double t = i, spread = 3 + 2.2 * t;
        p50[i] = -16 + 0.15 * t * t + 0.6 * t;
        p5[i] = p50[i] - 1.1 * spread;
        p25[i] = p50[i] - 0.45 * spread;
        p75[i] = p50[i] + 0.5 * spread;
        p95[i] = p50[i] + 1.6 * spread;
        other50[i] = -16 + 0.28 * t * t;
        other5[i] = other50[i] - 0.8 * spread;
        other25[i] = other50[i] - 0.4 * spread;
        other75[i] = other50[i] + 0.4 * spread;
        other95[i] = other50[i] + spread;
    }
    for (int s = 0; s < MOATI_CHART_SERIES; s++)
        for (int i = 0; i < MONTHS; i++)
            many[s][i] = 20 + 3.0 * s + (i * (s % 5 + 1)) / 4.0 - (s % 3) * i * 0.8;
}

static void fill_long(void) {
    for (int i = 0; i < LONG; i++)
        long_line[i] = 1000 + i * (i % 50) - (i > 300 ? 40.0 * (i - 300) : 0);
    for (int i = 0; i < DECADE; i++) {
        chances[i] = 100.0 * i / (i + 25.0);
        snprintf(decade_texts[i], sizeof decade_texts[i], "%d-%02d", 2026 + (i + 8) / 12,
                 (i + 8) % 12 + 1);
        decade[i] = decade_texts[i];
    }
}

static void fill_samples(void) {
    unsigned state = 1;
    for (int i = 0; i < SAMPLES; i++) {
        const double z = about_normal(&state), u = next(&state);
        normal[i] = 22 + 6 * z;
        shifted[i] = 30 + 9 * about_normal(&state);
        skewed[i] = 40 / (u + 0.004) - 38;
        dates[i] = u < 0.16 ? INFINITY : floor(7 + 2.6 * z) < 0 ? 0 : floor(7 + 2.6 * z);
        dates[i] = dates[i] > QUARTERS - 1 ? INFINITY : dates[i];
        later[i] = u < 0.4 ? INFINITY : fmin(fmax(floor(10 + 3 * z), 0), QUARTERS - 1);
        noisy[i] = 3 * normal[i] - 40 + 12 * about_normal(&state);
        flat[i] = 12.5;
        rarely[i] = u < 0.88 ? INFINITY : dates[i];
        rounds[i] = u < 0.4 ? 0 : floor(4 * u);
    }
}

#define ARRAY(...) ((const double[]){__VA_ARGS__})
#define SERIES(...)                                                                                \
    .series = (const moati_chart_series[]) {                                                       \
        __VA_ARGS__                                                                                \
    }

static const moati_chart_series fan_series[] = {
    {.label = "Base", .p5 = p5, .p25 = p25, .p50 = p50, .p75 = p75, .p95 = p95},
    {.label = "Own chips from 2028",
     .p5 = other5,
     .p25 = other25,
     .p50 = other50,
     .p75 = other75,
     .p95 = other95}};

static const double api[] = {6, 11, 19, 30, 44, 61}, seats[] = {9, 15, 22, 31, 38, 45},
                    ads[] = {0, 0.5, 2, 5, 9, 14}, costs[] = {-12, -18, -24, -30, -36, -41};
static const moati_chart_series layers[] = {{.label = "API", .values = api},
                                            {.label = "Subscriptions", .values = seats},
                                            {.label = "Advertising", .values = ads},
                                            {.label = "Compute", .values = costs}};
static const double founders[] = {80, 64, 52, 44, 41, 39}, pool[] = {20, 18, 17, 16, 15, 15},
                    investors[] = {0, 18, 31, 40, 44, 46};
static const moati_chart_series owners[] = {{.label = "Founders", .values = founders},
                                            {.label = "Employees", .values = pool},
                                            {.label = "Investors", .values = investors}};

static const char *const drivers[] = {"Price of compute", "Growth of API revenue",
                                      "Utilisation of the fleet", "Training runs a year",
                                      "Churn of subscriptions"};
static const char *const ranges[] = {"12 to 15 $bn/GW/yr", "20 to 60 %/yr", "45 to 70 %", "3 to 6",
                                     "2 to 4 %/mo"};
static const moati_chart_series swings[] = {
    {.low = ARRAY(31, -9, 4, 16, 15), .high = ARRAY(-14, 38, 22, 6, 8)}};
static const moati_chart_series correlations[] = {
    {.values = ARRAY(-0.62, 0.55, 0.31, -0.18, -0.06)}};
static const moati_chart_series groups[] = {{.label = "Rent", .values = ARRAY(14, 13, 12, 11, 10)},
                                            {.label = "Own", .values = ARRAY(22, 14, 9, 7, 6)}};
static const char *const steps[] = {"Gross margin 2026", "Cheaper compute", "Better utilisation",
                                    "Lower prices",      "Mix of channels", "Gross margin 2030"};
static const moati_chart_series bridge[] = {{.values = ARRAY(33, 21, 14, -17, 9, 60)}};

static moati_chart_series lines[MOATI_CHART_SERIES];
static const char *const line_labels[MOATI_CHART_SERIES] = {
    "Alpha",  "Beta", "Gamma", "Delta", "A rather long name of a series that has to be wrapped",
    "Zeta",   "Eta",  "Theta", "Iota",  "Kappa",
    "Lambda", "Mu"};

static const double holes[] = {1, 2, NAN, 3, NAN, 4}, highs[] = {3, 4, NAN, INFINITY, NAN, 9};
static const moati_chart_series holed[] = {{.p5 = holes, .p50 = holes, .p95 = highs}};
static const moati_chart_series nothing[] = {
    {.p50 = ARRAY(NAN, NAN, NAN, NAN, NAN, NAN), .values = ARRAY(NAN, NAN, NAN, NAN, NAN, NAN)}};
static const moati_chart_series once[] = {
    {.p5 = ARRAY(2), .p25 = ARRAY(4), .p50 = ARRAY(5), .p75 = ARRAY(7), .p95 = ARRAY(11)}};
static const moati_chart_series constant[] = {{.label = "Rate", .values = ARRAY(7, 7, 7, 7, 7, 7)}};
static const moati_chart_series huge[] = {
    {.label = "Tokens", .values = ARRAY(2e14, 5e14, 9e14, 1.6e15, 3e15, 6e15)}};
static const moati_chart_series tiny[] = {
    {.label = "Price", .values = ARRAY(9e-6, 6e-6, 4e-6, 2.5e-6, 1e-6, 0.4e-6)}};

static const char *const hostile[] = {"<script>alert(1)</script>", "a & b \"quoted\" 'single'",
                                      "\x1b[31mred\x07",           "broken \xff\xfe utf-8",
                                      "right\xe2\x80\xae to left", "]]></style></svg>"};
static const moati_chart_series evil[] = {
    {.label = "</text><script>x</script>", .values = ARRAY(1, -2, 3, INFINITY, -INFINITY, NAN)}};
static const moati_chart_series chance[] = {{.p50 = chances}}, course[] = {{.values = long_line}};
static const char *const regions[] = {"North America and the Caribbean", "Europe", "India",
                                      "Everything else, wherever it may be"};
static const moati_chart_series by_region[] = {
    {.label = "Consumers", .values = ARRAY(40, 30, 25, 10)},
    {.label = "Enterprises with a contract of several years", .values = ARRAY(80, 45, 8, 14)}};
static const moati_chart_series losses[] = {{.values = ARRAY(-12, -3.5, -40, -0.2)}};
static const moati_chart_mark marks[] = {{20, "Funding that is committed"}};

static const gallery_chart charts[] = {
    {"fan",
     {MOATI_CHART_FAN, "Profit", NULL, "$bn/yr", NULL, NULL, QUARTERS, quarters, NULL, 1,
      fan_series}},
    {"fan_compared",
     {MOATI_CHART_FAN, "With chips of its own the lab turns a profit earlier", NULL, "$bn/yr",
      .positions = QUARTERS, .labels = quarters, .series_count = 2, .series = fan_series,
      .mark_count = 1, .marks = marks}},
    {"fan_once",
     {MOATI_CHART_FAN, "One period", NULL, "$bn", .positions = 1, .labels = quarters,
      .series_count = 1, .series = once}},
    {"fan_holes",
     {MOATI_CHART_FAN, "Values that are missing, and one beyond all bounds", NULL, "%",
      .positions = YEARS, .labels = years, .series_count = 1, .series = holed}},
    {"fan_nothing",
     {MOATI_CHART_FAN, "No values at all", .positions = YEARS, .labels = years, .series_count = 1,
      .series = nothing}},
    {"lines",
     {MOATI_CHART_LINES, "Twelve lines", NULL, "k seats", .positions = MONTHS, .labels = months,
      .series_count = MOATI_CHART_SERIES, .series = lines}},
    {"lines_constant",
     {MOATI_CHART_LINES, "A constant", NULL, "%", .positions = YEARS, .labels = years,
      .series_count = 1, .series = constant}},
    {"lines_huge",
     {MOATI_CHART_LINES, "Tokens served", NULL, "tokens/mo", .positions = YEARS, .labels = years,
      .series_count = 1, .series = huge}},
    {"lines_tiny",
     {MOATI_CHART_LINES, "The price of a token", NULL, "$/token", "period", .positions = YEARS,
      .series_count = 1, .series = tiny}},
    {"areas",
     {MOATI_CHART_AREAS, "Revenue by product, and what compute costs", NULL, "$bn/yr",
      .positions = YEARS, .labels = years, .series_count = 4, .series = layers}},
    {"shares",
     {MOATI_CHART_SHARES, "Who owns the company", "After each year's rounds", "share",
      .positions = YEARS, .labels = years, .series_count = 3, .series = owners}},
    {"stacks",
     {MOATI_CHART_STACKS, "Revenue by product, and what compute costs", NULL, "$bn/yr",
      .positions = YEARS, .labels = years, .series_count = 4, .series = layers}},
    {"histogram",
     {MOATI_CHART_HISTOGRAM, "Profit in 2030", NULL, "$bn/yr",
      SERIES({.samples = normal, .sample_count = SAMPLES}), .series_count = 1, .mark_count = 1,
      .marks = marks}},
    {"histogram_skewed",
     {MOATI_CHART_HISTOGRAM, "A long tail", NULL, "$bn",
      SERIES({.samples = skewed, .sample_count = SAMPLES}), .series_count = 1}},
    {"histogram_dates",
     {MOATI_CHART_HISTOGRAM, "The first profitable quarter", .positions = QUARTERS,
      .labels = quarters, .dates = true, SERIES({.samples = dates, .sample_count = SAMPLES}),
      .series_count = 1}},
    {"histogram_constant",
     {MOATI_CHART_HISTOGRAM, "The same in every sample", NULL, "GW",
      SERIES({.samples = flat, .sample_count = SAMPLES}), .series_count = 1}},
    {"histogram_empty",
     {MOATI_CHART_HISTOGRAM, "No samples", SERIES({.label = NULL}), .series_count = 1}},
    {"cumulative",
     {MOATI_CHART_CUMULATIVE, "Profit in 2030, by plan", NULL, "$bn/yr",
      SERIES({.label = "Base", .samples = normal, .sample_count = SAMPLES},
             {.label = "Own chips", .samples = shifted, .sample_count = SAMPLES}),
      .series_count = 2}},
    {"cumulative_dates",
     {MOATI_CHART_CUMULATIVE, "The first profitable quarter", .positions = QUARTERS,
      .labels = quarters, .dates = true,
      SERIES({.label = "Base", .samples = dates, .sample_count = SAMPLES},
             {.label = "Slower", .samples = later, .sample_count = SAMPLES}),
      .series_count = 2}},
    {"scatter",
     {MOATI_CHART_SCATTER, "Growth decides the profit of 2030", NULL, "$bn/yr",
      "Growth of API revenue", "%/yr",
      SERIES({.x = normal, .samples = noisy, .sample_count = SAMPLES}), .series_count = 1}},
    {"tornado",
     {MOATI_CHART_TORNADO, "What moves the profit of 2030", NULL, "$bn/yr", .positions = 5,
      .labels = drivers, .details = ranges, .series_count = 1, .series = swings, .middle = 12}},
    {"bars",
     {MOATI_CHART_BARS, "What goes with the profit of 2030", "Rank correlation", .positions = 5,
      .labels = drivers, .series_count = 1, .series = correlations}},
    {"bars_grouped",
     {MOATI_CHART_BARS, "A GW rented or owned", NULL, "$bn/GW/yr", .positions = 5, .labels = years,
      .series_count = 2, .series = groups}},
    {"bridge",
     {MOATI_CHART_BRIDGE, "From a margin of a third to one of 60 %", NULL, "%", .positions = 6,
      .labels = steps, .series_count = 1, .series = bridge}},
    {"fan_chance",
     {MOATI_CHART_FAN, "Still solvent", "Probability", "%", .positions = DECADE, .labels = decade,
      .series_count = 1, .series = chance, .floor = 0, .ceiling = 100}},
    {"lines_long",
     {MOATI_CHART_LINES, "Five hundred positions", NULL, "users", "day", .positions = LONG,
      .series_count = 1, .series = course}},
    {"stacks_names",
     {MOATI_CHART_STACKS,
      "A title that is so long that it needs more than the one line that most of them take, and "
      "then some more of them",
      "And a subtitle that explains at length what the chart is about, where its figures are from, "
      "and why anybody should believe them at all, which takes several lines",
      "$bn/yr", .positions = 4, .labels = regions, .series_count = 2, .series = by_region}},
    {"bars_negative",
     {MOATI_CHART_BARS, "Losses alone", NULL, "$M", .positions = 4, .labels = regions,
      .series_count = 1, .series = losses}},
    {"histogram_whole",
     {MOATI_CHART_HISTOGRAM, "Rounds of funding", NULL, "rounds",
      SERIES({.samples = rounds, .sample_count = SAMPLES}), .series_count = 1}},
    {"tornado_one_side",
     {MOATI_CHART_TORNADO, "Ends on one side of the middle", NULL, "%", .positions = 3,
      .labels = drivers, .series_count = 1,
      .series =
          (const moati_chart_series[]){{.low = ARRAY(11, 30, 24), .high = ARRAY(23.6, 26, 8)}},
      .middle = 24}},
    {"histogram_never",
     {MOATI_CHART_HISTOGRAM, "When the money runs out", .positions = QUARTERS, .labels = quarters,
      .dates = true, SERIES({.samples = rarely, .sample_count = SAMPLES}), .series_count = 1}},
    {"hostile",
     {MOATI_CHART_BARS, "<b>bold</b> & \x01\x02 \xed\xa0\x80", "]]> <!-- ", "\"$\"<",
      .positions = 6, .labels = hostile, .details = hostile, .series_count = 1, .series = evil}},
    {0}};

const gallery_chart *gallery(void) {
    fill_fans();
    fill_samples();
    fill_long();
    for (int s = 0; s < MOATI_CHART_SERIES; s++)
        lines[s] = (moati_chart_series){.label = line_labels[s], .values = many[s]};
    return charts;
}
