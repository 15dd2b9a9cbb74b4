/* What a chart shows, in words with its main figures. */
#include "chart_describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart_draw.h"
#include "number.h"

/* Where the words go, and what they are about. */
typedef struct telling {
    const moati_chart *chart;
    FILE *file;
    moati_axis axis; /* the scale of numbers; of samples, the plain one */
} telling;

static void tell_value(const telling *t, double value) {
    char text[MOATI_LINE], unit[MOATI_LINE];
    if (isnan(value)) {
        fputs("no value", t->file);
        return;
    }
    moati_sample_show(t->chart, &t->axis, value, text);
    moati_axis_unit(&t->axis, moati_chart_unit(t->chart), unit, sizeof unit);
    const bool bare = unit[0] == '\0' || t->chart->dates || isinf(value);
    fprintf(t->file, "%s%s%s", text, bare ? "" : " ", bare ? "" : unit);
}

static void tell_position(const telling *t, size_t position) {
    const moati_calendar calendar = moati_calendar_read(t->chart->positions, t->chart->labels);
    if (calendar.kind == MOATI_CALENDAR_NAMES) {
        fputs(calendar.labels[position], t->file);
        return;
    }
    char text[MOATI_CALENDAR_TEXT];
    moati_calendar_show(&calendar, position, text);
    fputs(text, t->file);
}

/* Names a series, if it has a name: what follows is then within a sentence. */
static bool tell_label(const telling *t, size_t series) {
    const char *label = moati_chart_label(t->chart, series);
    if (label[0] != '\0')
        fprintf(t->file, " %s:", label);
    return label[0] != '\0';
}

/* " 12 $bn in 2026, 30 $bn in 2030" */
static void tell_course(const telling *t, const double *values) {
    const size_t last = t->chart->positions - 1;
    fputs(" ", t->file);
    tell_value(t, values[0]);
    fputs(" in ", t->file);
    tell_position(t, 0);
    if (last == 0)
        return;
    fputs(", ", t->file);
    tell_value(t, values[last]);
    fputs(" in ", t->file);
    tell_position(t, last);
}

static void tell_fan(const telling *t) {
    const size_t last = t->chart->positions - 1;
    for (size_t i = 0; i < t->chart->series_count; i++) {
        const moati_chart_series *s = &t->chart->series[i];
        const bool exact = moati_series_is_exact(s, t->chart->positions);
        const bool named = tell_label(t, i);
        fputs(exact ? "" : named ? " median" : " Median", t->file);
        tell_course(t, s->p50);
        if (!exact && s->p5 != NULL && s->p95 != NULL) {
            fputs(", where 90 % of all outcomes lie between ", t->file);
            tell_value(t, s->p5[last]);
            fputs(" and ", t->file);
            tell_value(t, s->p95[last]);
        }
        fputs(".", t->file);
    }
}

static void tell_lines(const telling *t) {
    for (size_t i = 0; i < t->chart->series_count; i++) {
        tell_label(t, i);
        tell_course(t, t->chart->series[i].values);
        fputs(".", t->file);
    }
}

static double share_of(const moati_chart *chart, size_t series, size_t position) {
    double sum = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const double value = chart->series[i].values[position];
        sum += isfinite(value) && value > 0 ? value : 0;
    }
    const double value = chart->series[series].values[position];
    return sum > 0 && isfinite(value) && value > 0 ? value / sum : 0;
}

static void tell_shares(const telling *t) {
    const size_t last = t->chart->positions - 1;
    for (size_t i = 0; i < t->chart->series_count; i++) {
        char first[MOATI_NUMBER], now[MOATI_NUMBER];
        moati_number_show_probability(first, share_of(t->chart, i, 0));
        moati_number_show_probability(now, share_of(t->chart, i, last));
        tell_label(t, i);
        fprintf(t->file, " %s in ", first);
        tell_position(t, 0);
        if (last > 0) {
            fprintf(t->file, ", %s in ", now);
            tell_position(t, last);
        }
        fputs(".", t->file);
    }
}

static moat_status tell_samples(const telling *t, moat_error *error) {
    for (size_t i = 0; i < t->chart->series_count; i++) {
        const moati_chart_series *s = &t->chart->series[i];
        moati_sorted sorted;
        const moat_status status = moati_sorted_make(&sorted, s->sample_count, s->samples, error);
        if (status != MOAT_OK)
            return status;
        fputs(tell_label(t, i) ? " median " : " Median ", t->file);
        tell_value(t, moati_sorted_quantile(&sorted, 0.5));
        fputs(", 90 % between ", t->file);
        tell_value(t, moati_sorted_quantile(&sorted, 0.05));
        fputs(" and ", t->file);
        tell_value(t, moati_sorted_quantile(&sorted, 0.95));
        if (sorted.above > 0) {
            char share[MOATI_NUMBER];
            moati_number_show_probability(share, (double)sorted.above / (double)sorted.count);
            fprintf(t->file, ", %s in %s", t->chart->dates ? "never" : "infinite", share);
        }
        fputs(".", t->file);
        moati_sorted_free(&sorted);
    }
    return MOAT_OK;
}

static moat_status tell_scatter(const telling *t, moat_error *error) {
    for (size_t i = 0; i < t->chart->series_count; i++) {
        double correlation;
        char number[MOATI_NUMBER];
        const moat_status status =
            moati_rank_correlation(&t->chart->series[i], &correlation, error);
        if (status != MOAT_OK)
            return status;
        moati_number_show(number, correlation, 2);
        fputs(tell_label(t, i) ? " rank" : " Rank", t->file);
        fprintf(t->file, " correlation %s.", isnan(correlation) ? "not defined" : number);
    }
    return MOAT_OK;
}

enum { TOLD_ROWS = 12 }; /* beyond which a sentence is no help */

static void tell_rows(const telling *t) {
    const moati_chart *chart = t->chart;
    for (size_t i = 0; i < chart->positions && i < TOLD_ROWS; i++) {
        const bool is_change =
            chart->kind == MOATI_CHART_BRIDGE && i > 0 && i + 1 < chart->positions;
        fputs(" ", t->file);
        tell_position(t, i);
        if (chart->kind == MOATI_CHART_TORNADO) {
            fputs(": ", t->file);
            tell_value(t, chart->series[0].low[i]);
            fputs(" to ", t->file);
            tell_value(t, chart->series[0].high[i]);
        }
        for (size_t s = 0; chart->kind != MOATI_CHART_TORNADO && s < chart->series_count; s++) {
            fputs(s == 0 ? ":" : ",", t->file);
            if (moati_chart_label(chart, s)[0] != '\0')
                fprintf(t->file, " %s", moati_chart_label(chart, s));
            fputs(is_change && chart->series[s].values[i] > 0 ? " +" : " ", t->file);
            tell_value(t, chart->series[s].values[i]);
        }
        fputs(".", t->file);
    }
    if (chart->positions > TOLD_ROWS)
        fprintf(t->file, " And %zu more.", chart->positions - TOLD_ROWS);
}

static const char *const names[MOATI_CHART_KINDS] = {
    [MOATI_CHART_FAN] = "Fan chart.",
    [MOATI_CHART_LINES] = "Line chart.",
    [MOATI_CHART_AREAS] = "Stacked areas.",
    [MOATI_CHART_SHARES] = "Shares of the whole.",
    [MOATI_CHART_STACKS] = "Stacked columns.",
    [MOATI_CHART_HISTOGRAM] = "Histogram.",
    [MOATI_CHART_CUMULATIVE] = "Cumulative probability.",
    [MOATI_CHART_SCATTER] = "Scatter chart.",
    [MOATI_CHART_TORNADO] = "Tornado chart: what each assumption moves at its ends.",
    [MOATI_CHART_BARS] = "Bar chart.",
    [MOATI_CHART_BRIDGE] = "Bridge: from the first to the last by these changes.",
};

static moat_status tell(const telling *t, moat_error *error) {
    fputs(names[t->chart->kind], t->file);
    switch (t->chart->kind) {
    case MOATI_CHART_FAN: tell_fan(t); return MOAT_OK;
    case MOATI_CHART_SHARES: tell_shares(t); return MOAT_OK;
    case MOATI_CHART_LINES:
    case MOATI_CHART_AREAS:
    case MOATI_CHART_STACKS: tell_lines(t); return MOAT_OK;
    case MOATI_CHART_HISTOGRAM:
    case MOATI_CHART_CUMULATIVE: return tell_samples(t, error);
    case MOATI_CHART_SCATTER: return tell_scatter(t, error);
    default: tell_rows(t); return MOAT_OK;
    }
}

/* Labels are anybody's: what must not be shown is left out. */
static char *clean(const char *text) {
    char *copy = NULL;
    size_t size;
    FILE *file = open_memstream(&copy, &size);
    if (file == NULL)
        return NULL;
    moati_label_write(file, text);
    const bool failed = ferror(file) != 0;
    if (fclose(file) == 0 && !failed)
        return copy;
    free(copy);
    return NULL;
}

moat_status moati_chart_sentence(const moati_chart *chart, char **text, moat_error *error) {
    char *raw = NULL;
    size_t size;
    const telling t = {chart, open_memstream(&raw, &size),
                       moati_axis_make(moati_chart_span(chart), 7)};
    moat_status status = MOAT_NO_MEMORY;
    if (t.file != NULL) {
        status = tell(&t, error);
        const bool failed = ferror(t.file) != 0;
        if ((fclose(t.file) != 0 || failed) && status == MOAT_OK)
            status = MOAT_NO_MEMORY;
    }
    *text = status == MOAT_OK ? clean(raw) : NULL;
    free(raw);
    return *text != NULL ? MOAT_OK
                         : moat_fail(error, MOAT_NO_MEMORY, "no memory to describe a chart");
}

moat_status moati_chart_describe(const moati_chart *chart, FILE *file, moat_error *error) {
    char *text;
    moat_status status = moati_chart_check(chart, error);
    if (status == MOAT_OK)
        status = moati_chart_sentence(chart, &text, error);
    if (status != MOAT_OK)
        return status;
    fputs(text, file);
    free(text);
    return MOAT_OK;
}
