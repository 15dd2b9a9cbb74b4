/* The results for programs, as one JSON object. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json_value.h"
#include "moat/moat.h"
#include "view.h"

typedef struct figure {
    const char *name;
    size_t offset; /* in a summary */
} figure;

#define FIGURE(name)                                                                               \
    { #name, offsetof(moat_summary, name) }

static const figure output_figures[] = {FIGURE(mean), FIGURE(sd),  FIGURE(mcse), FIGURE(p5),
                                        FIGURE(p25),  FIGURE(p50), FIGURE(p75),  FIGURE(p95),
                                        FIGURE(min),  FIGURE(max), {NULL, 0}};
static const figure series_figures[] = {FIGURE(mean), FIGURE(p5),  FIGURE(p25), FIGURE(p50),
                                        FIGURE(p75),  FIGURE(p95), {NULL, 0}};
static const figure date_figures[] = {FIGURE(p5),  FIGURE(p25), FIGURE(p50),
                                      FIGURE(p75), FIGURE(p95), {NULL, 0}};
static const figure assumption_figures[] = {
    FIGURE(mean), FIGURE(p5), FIGURE(p50), FIGURE(p95), {NULL, 0}};

static double read_figure(const moat_summary *summary, const figure *which) {
    double value;
    memcpy(&value, (const char *)summary + which->offset, sizeof value);
    return value;
}

static bool add_where_given(json_t *object, const char *key, const char *text) {
    return text == NULL || moati_json_add(object, key, moati_json_text(text));
}

static bool add_figures(json_t *object, const figure *figures, const moat_summary *summary,
                        double factor) {
    bool done = true;
    for (; figures->name != NULL; figures++)
        done = done && moati_json_add(object, figures->name,
                                      moati_json_number(read_figure(summary, figures) / factor));
    return done;
}

static json_t *assumption_value(const moati_view *view, size_t index) {
    moat_units *units = moat_model_units(view->model);
    const moat_assumption *assumption = moat_model_assumption(view->model, index);
    const char *unit = moat_unit_text(units, assumption->unit);
    json_t *object = json_object();
    bool done =
        moati_json_add(object, "name", moati_json_text(assumption->name)) &&
        moati_json_add(object, "unit", moati_json_text(unit[0] != '\0' ? unit : "1")) &&
        moati_json_add(object, "text", moati_json_text(assumption->text)) &&
        moati_json_add(object, "source", moati_json_text(assumption->source)) &&
        add_figures(object, assumption_figures, moat_results_assumption(view->results, index),
                    moat_unit_factor(units, assumption->unit)) &&
        add_where_given(object, "label", assumption->label) &&
        add_where_given(object, "note", assumption->note) &&
        add_where_given(object, "date", assumption->date);
    return moati_json_finished(object, done);
}

static json_t *assumptions_value(const moati_view *view) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < moat_model_assumptions(view->model) && done; i++)
        done = json_array_append_new(array, assumption_value(view, i)) == 0;
    return moati_json_finished(array, done);
}

static bool add_axis(json_t *object, const moati_view *view, size_t index, double factor) {
    const moat_output *output = moat_model_get_output(view->model, index);
    json_t *periods = json_array();
    bool done = periods != NULL;
    for (size_t t = 0; t < output->count && done; t++) {
        char label[16];
        moat_model_axis_label(view->model, output->axis, t, label);
        done = json_array_append_new(periods, json_string(label)) == 0;
    }
    done = moati_json_add(object, "periods", moati_json_finished(periods, done));
    for (const figure *which = series_figures; which->name != NULL && done; which++) {
        json_t *values = json_array();
        for (size_t t = 0; t < output->count && done; t++) {
            const moat_summary *summary = moat_results_output(view->results, index, t);
            done = json_array_append_new(
                       values, moati_json_number(read_figure(summary, which) / factor)) == 0;
        }
        done = moati_json_add(object, which->name, moati_json_finished(values, done));
    }
    return done;
}

/* The label of a quantile's period; null where it is never. */
static json_t *date_value(const moati_style *style, double years) {
    char text[MOATI_VALUE];
    moati_style_show(style, years, text);
    return isfinite(years) ? json_string(text) : json_null();
}

static bool add_dates(json_t *object, const moati_view *view, size_t index) {
    const moati_style style = moati_view_style(view, index);
    const moat_summary *summary = moat_results_output(view->results, index, 0);
    json_t *dates = json_object();
    bool done = true;
    for (const figure *which = date_figures; which->name != NULL && done; which++)
        done = moati_json_add(dates, which->name, date_value(&style, read_figure(summary, which)));
    return moati_json_add(object, "dates", moati_json_finished(dates, done)) &&
           moati_json_add(object, "never", json_real(moati_view_never(view, index)));
}

static bool is_dated(const moati_view *view, const moat_output *output) {
    return output->show == MOAT_SHOW_DATE && output->axis == MOAT_NO_AXIS &&
           moat_model_horizon(view->model)->periods > 0;
}

static json_t *output_value(const moati_view *view, size_t index) {
    const moat_output *output = moat_model_get_output(view->model, index);
    double factor;
    const char *unit = moati_view_unit(view, index, &factor);
    char digest[17];
    moat_results_output_digest(view->results, index, digest);
    json_t *object = json_object();
    bool done = moati_json_add(object, "name", moati_json_text(output->name)) &&
                moati_json_add(object, "label", moati_json_text(output->label)) &&
                moati_json_add(object, "unit", moati_json_text(unit)) &&
                (output->axis == MOAT_NO_AXIS
                     ? add_figures(object, output_figures,
                                   moat_results_output(view->results, index, 0), factor)
                     : add_axis(object, view, index, factor)) &&
                moati_json_add(object, "digest", json_string(digest)) &&
                (!is_dated(view, output) || add_dates(object, view, index));
    return moati_json_finished(object, done);
}

static json_t *outputs_value(const moati_view *view, bool axis) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < moat_model_outputs(view->model) && done; i++)
        if ((moat_model_get_output(view->model, i)->axis != MOAT_NO_AXIS) == axis)
            done = json_array_append_new(array, output_value(view, i)) == 0;
    return moati_json_finished(array, done);
}

static json_t *timing_value(const moati_view *view) {
    const moat_timing *timing = moat_results_timing(view->results);
    json_t *object = json_object();
    bool done = moati_json_add(object, "trace_ms", moati_json_number(view->trace_ms)) &&
                moati_json_add(object, "compile_ms", moati_json_number(timing->compile_ms)) &&
                moati_json_add(object, "evaluate_ms", moati_json_number(timing->evaluate_ms)) &&
                moati_json_add(object, "summarise_ms", moati_json_number(timing->summarise_ms)) &&
                moati_json_add(object, "allocate_ms", moati_json_number(timing->allocate_ms));
    return moati_json_finished(object, done);
}

static json_t *sets_value(const moati_view *view) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < view->set_count && done; i++) {
        json_t *object = json_object();
        done = moati_json_add(object, "name", moati_json_text(view->sets[i].name)) &&
               moati_json_add(object, "text", moati_json_text(view->sets[i].literal));
        done = json_array_append_new(array, moati_json_finished(object, done)) == 0;
    }
    return moati_json_finished(array, done);
}

static json_t *view_value(const moati_view *view) {
    const moat_settings *settings = moat_model_settings(view->model);
    char digest[33];
    moat_results_digest(view->results, digest);
    json_t *object = json_object();
    bool done =
        moati_json_add(object, "moat", json_string(MOAT_VERSION)) &&
        moati_json_add(object, "script", moati_json_text(view->script)) &&
        moati_json_add(object, "script_sha256", moati_json_text(view->sha256)) &&
        moati_json_add(object, "variant", moati_json_text(moat_model_variant(view->model))) &&
        moati_json_add(object, "seed", moati_json_seed(settings->seed)) &&
        moati_json_add(object, "samples", json_integer((json_int_t)settings->samples)) &&
        moati_json_add(object, "sampling", json_string(moat_sampling_name(settings->sampling))) &&
        moati_json_add(object, "digest", json_string(digest)) &&
        moati_json_add(object, "assumptions", assumptions_value(view)) &&
        moati_json_add(object, "outputs", outputs_value(view, false)) &&
        moati_json_add(object, "series", outputs_value(view, true)) &&
        (!view->timing || moati_json_add(object, "timing", timing_value(view))) &&
        (view->set_count == 0 || moati_json_add(object, "set", sets_value(view)));
    return moati_json_finished(object, done);
}

bool moati_view_json(const moati_view *view, FILE *file) {
    return moati_json_print(view_value(view), file);
}
