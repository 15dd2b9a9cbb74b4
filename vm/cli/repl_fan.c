/* A series as a fan of characters: its summaries as a chart. */
#include <stdlib.h>

#include "chart.h"
#include "repl_session.h"

enum { QUANTILES = 5 };

/* Probabilities are their means, in percent; of all else the quantiles are shown. */
static void take(const moati_fan *fan, size_t index, double *figures) {
    const moat_summary *s = &fan->summaries[index];
    const double quantiles[QUANTILES] = {s->p5, s->p25, s->p50, s->p75, s->p95};
    const bool is_chance = fan->style->show == MOAT_SHOW_CONDITION;
    for (size_t q = 0; q < QUANTILES; q++)
        figures[q * fan->count + index] =
            is_chance ? 100 * s->mean : quantiles[q] / fan->style->factor;
}

static const char *unit_of(const moati_style *style) {
    if (style->show == MOAT_SHOW_DATE)
        return "years from the start";
    return style->show == MOAT_SHOW_CONDITION ? "%" : style->suffix;
}

static bool print(const moati_fan *fan, const double *figures, const char *const *labels,
                  const moati_screen *screen, FILE *file) {
    const size_t count = fan->count;
    const moati_chart_series series = {.p5 = figures,
                                       .p25 = figures + count,
                                       .p50 = figures + 2 * count,
                                       .p75 = figures + 3 * count,
                                       .p95 = figures + 4 * count};
    const moati_chart chart = {.kind = MOATI_CHART_FAN,
                               .unit = unit_of(fan->style),
                               .positions = count,
                               .labels = labels,
                               .series_count = 1,
                               .series = &series,
                               .ceiling = fan->style->show == MOAT_SHOW_CONDITION ? 100 : 0};
    return moati_chart_text(&chart, screen->columns, screen->utf8, screen->colour, file, NULL) ==
           MOAT_OK;
}

typedef char label[16];

/* The labels of the entries: what `labels` points to is in `texts`. */
static void name_entries(const moati_fan *fan, label *texts, const char **labels) {
    for (size_t i = 0; i < fan->count; i++) {
        moat_model_axis_label(fan->model, fan->axis, i, texts[i]);
        labels[i] = texts[i];
    }
}

bool moati_fan_print(const moati_fan *fan, const moati_screen *screen, FILE *file) {
    double *figures = malloc(QUANTILES * fan->count * sizeof *figures);
    const char **labels = malloc(fan->count * sizeof *labels);
    label *texts = malloc(fan->count * sizeof *texts);
    bool done = figures != NULL && labels != NULL && texts != NULL;
    for (size_t i = 0; done && i < fan->count; i++)
        take(fan, i, figures);
    if (done && fan->model != NULL)
        name_entries(fan, texts, labels);
    done = done && print(fan, figures, fan->model != NULL ? labels : NULL, screen, file);
    free(figures);
    free(labels);
    free(texts);
    return done;
}
