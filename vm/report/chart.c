/* Charts: what is asked of them before they are drawn, and who draws which. */
#include "chart.h"

#include <stdlib.h>
#include <string.h>

#include "chart_describe.h"
#include "chart_draw.h"

/* The arrays that a kind needs. */
typedef enum need {
    NEED_P50 = 1,
    NEED_VALUES = 2,
    NEED_SAMPLES = 4,
    NEED_X = 8,
    NEED_ENDS = 16
} need;

static const struct {
    moati_draw *draw;
    unsigned needs;
    bool single; /* one series */
} kinds[MOATI_CHART_KINDS] = {
    [MOATI_CHART_FAN] = {moati_draw_fan, NEED_P50},
    [MOATI_CHART_LINES] = {moati_draw_lines, NEED_VALUES},
    [MOATI_CHART_AREAS] = {moati_draw_areas, NEED_VALUES},
    [MOATI_CHART_SHARES] = {moati_draw_areas, NEED_VALUES},
    [MOATI_CHART_STACKS] = {moati_draw_stacks, NEED_VALUES},
    [MOATI_CHART_HISTOGRAM] = {moati_draw_histogram, NEED_SAMPLES, true},
    [MOATI_CHART_CUMULATIVE] = {moati_draw_cumulative, NEED_SAMPLES},
    [MOATI_CHART_SCATTER] = {moati_draw_scatter, NEED_SAMPLES | NEED_X},
    [MOATI_CHART_TORNADO] = {moati_draw_tornado, NEED_ENDS, true},
    [MOATI_CHART_BARS] = {moati_draw_bars, NEED_VALUES},
    [MOATI_CHART_BRIDGE] = {moati_draw_bridge, NEED_VALUES, true},
};

static unsigned has(const moati_chart_series *s) {
    return (s->p50 != NULL ? NEED_P50 : 0U) | (s->values != NULL ? NEED_VALUES : 0U) |
           (s->samples != NULL || s->sample_count == 0 ? NEED_SAMPLES : 0U) |
           (s->x != NULL || s->sample_count == 0 ? NEED_X : 0U) |
           (s->low != NULL && s->high != NULL ? NEED_ENDS : 0U);
}

moat_status moati_chart_check(const moati_chart *chart, moat_error *error) {
    const char *title = chart->title != NULL ? chart->title : "";
    if ((unsigned)chart->kind >= MOATI_CHART_KINDS)
        return moat_fail(error, MOAT_INVALID, "the chart '%.80s' is of no known kind", title);
    const unsigned needs = kinds[chart->kind].needs;
    const bool over_samples = (needs & NEED_SAMPLES) != 0 && !chart->dates;
    if (!over_samples && chart->positions == 0)
        return moat_fail(error, MOAT_INVALID, "the chart '%.80s' has no positions", title);
    const size_t most = kinds[chart->kind].single ? 1 : MOATI_CHART_SERIES;
    if (chart->series_count == 0 || chart->series_count > most)
        return moat_fail(error, MOAT_INVALID,
                         "the chart '%.80s' has %zu series; its kind shows 1 to %zu", title,
                         chart->series_count, most);
    for (size_t i = 0; i < chart->series_count; i++) {
        if ((has(&chart->series[i]) & needs) != needs)
            return moat_fail(error, MOAT_INVALID,
                             "series %zu of the chart '%.80s' lacks the arrays of its kind", i + 1,
                             title);
    }
    return MOAT_OK;
}

static bool is_identifier(const char *id) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const size_t length = strlen(id);
    return length > 0 && strchr(letters, id[0]) != NULL &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == length;
}

moat_status moati_chart_svg(const moati_chart *chart, const char *id, FILE *file,
                            moat_error *error) {
    moati_svg svg;
    char *description = NULL;
    moat_status status = moati_chart_check(chart, error);
    if (status != MOAT_OK)
        return status;
    if (id != NULL && !is_identifier(id))
        return moat_fail(error, MOAT_INVALID,
                         "'%.80s' cannot name a chart: a letter, then letters, digits, '-' and '_'",
                         id);
    status = moati_chart_sentence(chart, &description, error);
    if (status != MOAT_OK)
        return status;
    status = moati_svg_open(&svg) ? kinds[chart->kind].draw(chart, &svg, error)
                                  : moat_fail(error, MOAT_NO_MEMORY, "no memory to draw a chart");
    if (status == MOAT_OK) {
        svg.height = svg.height + MOATI_MARGIN;
        status = moati_svg_finish(&svg, id, chart->title != NULL ? chart->title : "Chart",
                                  description, file, error);
    } else {
        moati_svg_discard(&svg);
    }
    free(description);
    return status;
}
