/* The results for programs, as one JSON object. */
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "moat/moat.h"
#include "number.h"
#include "view.h"

/* Every maker below returns NULL where memory is short, and adding NULL fails, so that one
 * check at the end of each object covers all of its members. */

static json_t *text_value(const char *text) {
    if (text == NULL)
        return json_null();
    json_t *value = json_string(text);
    if (value != NULL)
        return value;
    char *clean = moati_text_clean(text, true);
    if (clean == NULL)
        return NULL;
    value = json_string(clean);
    free(clean);
    return value;
}

/* JSON has no NaN and no infinity. */
static json_t *number_value(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

/* Any seed may be set; JSON readers agree on the signed half of them. */
static json_t *seed_value(uint64_t seed) {
    char text[MOATI_NUMBER];
    if (seed <= INT64_MAX)
        return json_integer((json_int_t)seed);
    snprintf(text, sizeof text, "%" PRIu64, seed);
    return json_string(text);
}

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

static bool add(json_t *object, const char *key, json_t *value) {
    return json_object_set_new(object, key, value) == 0;
}

static bool add_where_given(json_t *object, const char *key, const char *text) {
    return text == NULL || add(object, key, text_value(text));
}

static bool add_figures(json_t *object, const figure *figures, const moat_summary *summary,
                        double factor) {
    bool done = true;
    for (; figures->name != NULL; figures++)
        done = done &&
               add(object, figures->name, number_value(read_figure(summary, figures) / factor));
    return done;
}

static json_t *finished(json_t *value, bool done) {
    if (done)
        return value;
    json_decref(value);
    return NULL;
}

static json_t *assumption_value(const moati_view *view, size_t index) {
    moat_units *units = moat_model_units(view->model);
    const moat_assumption *assumption = moat_model_assumption(view->model, index);
    const char *unit = moat_unit_text(units, assumption->unit);
    json_t *object = json_object();
    bool done =
        add(object, "name", text_value(assumption->name)) &&
        add(object, "unit", text_value(unit[0] != '\0' ? unit : "1")) &&
        add(object, "text", text_value(assumption->text)) &&
        add(object, "source", text_value(assumption->source)) &&
        add_figures(object, assumption_figures, moat_results_assumption(view->results, index),
                    moat_unit_factor(units, assumption->unit)) &&
        add_where_given(object, "label", assumption->label) &&
        add_where_given(object, "note", assumption->note) &&
        add_where_given(object, "date", assumption->date);
    return finished(object, done);
}

static json_t *assumptions_value(const moati_view *view) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < moat_model_assumptions(view->model) && done; i++)
        done = json_array_append_new(array, assumption_value(view, i)) == 0;
    return finished(array, done);
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
    done = add(object, "periods", finished(periods, done));
    for (const figure *which = series_figures; which->name != NULL && done; which++) {
        json_t *values = json_array();
        for (size_t t = 0; t < output->count && done; t++) {
            const moat_summary *summary = moat_results_output(view->results, index, t);
            done = json_array_append_new(values,
                                         number_value(read_figure(summary, which) / factor)) == 0;
        }
        done = add(object, which->name, finished(values, done));
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
        done = add(dates, which->name, date_value(&style, read_figure(summary, which)));
    return add(object, "dates", finished(dates, done)) &&
           add(object, "never", json_real(moati_view_never(view, index)));
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
    bool done = add(object, "name", text_value(output->name)) &&
                add(object, "label", text_value(output->label)) &&
                add(object, "unit", text_value(unit)) &&
                (output->axis == MOAT_NO_AXIS
                     ? add_figures(object, output_figures,
                                   moat_results_output(view->results, index, 0), factor)
                     : add_axis(object, view, index, factor)) &&
                add(object, "digest", json_string(digest)) &&
                (!is_dated(view, output) || add_dates(object, view, index));
    return finished(object, done);
}

static json_t *outputs_value(const moati_view *view, bool axis) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < moat_model_outputs(view->model) && done; i++)
        if ((moat_model_get_output(view->model, i)->axis != MOAT_NO_AXIS) == axis)
            done = json_array_append_new(array, output_value(view, i)) == 0;
    return finished(array, done);
}

static json_t *timing_value(const moati_view *view) {
    const moat_timing *timing = moat_results_timing(view->results);
    json_t *object = json_object();
    bool done = add(object, "trace_ms", number_value(view->trace_ms)) &&
                add(object, "compile_ms", number_value(timing->compile_ms)) &&
                add(object, "evaluate_ms", number_value(timing->evaluate_ms)) &&
                add(object, "summarise_ms", number_value(timing->summarise_ms)) &&
                add(object, "allocate_ms", number_value(timing->allocate_ms));
    return finished(object, done);
}

static json_t *sets_value(const moati_view *view) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < view->set_count && done; i++) {
        json_t *object = json_object();
        done = add(object, "name", text_value(view->sets[i].name)) &&
               add(object, "text", text_value(view->sets[i].literal));
        done = json_array_append_new(array, finished(object, done)) == 0;
    }
    return finished(array, done);
}

static json_t *view_value(const moati_view *view) {
    const moat_settings *settings = moat_model_settings(view->model);
    char digest[33];
    moat_results_digest(view->results, digest);
    json_t *object = json_object();
    bool done = add(object, "moat", json_string(MOAT_VERSION)) &&
                add(object, "script", text_value(view->script)) &&
                add(object, "script_sha256", text_value(view->sha256)) &&
                add(object, "variant", text_value(moat_model_variant(view->model))) &&
                add(object, "seed", seed_value(settings->seed)) &&
                add(object, "samples", json_integer((json_int_t)settings->samples)) &&
                add(object, "sampling", json_string(moat_sampling_name(settings->sampling))) &&
                add(object, "digest", json_string(digest)) &&
                add(object, "assumptions", assumptions_value(view)) &&
                add(object, "outputs", outputs_value(view, false)) &&
                add(object, "series", outputs_value(view, true)) &&
                (!view->timing || add(object, "timing", timing_value(view))) &&
                (view->set_count == 0 || add(object, "set", sets_value(view)));
    return finished(object, done);
}

static int write_chunk(const char *text, size_t length, void *file) {
    return fwrite(text, 1, length, file) == length ? 0 : -1;
}

static bool dump(json_t *value, FILE *file) {
    return json_dump_callback(value, write_chunk, file,
                              JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY) == 0;
}

/* An array with a line for each element. */
static bool dump_lines(json_t *array, FILE *file) {
    size_t index;
    json_t *element;
    bool done = true;
    fputc('[', file);
    json_array_foreach(array, index, element) {
        fputs(index == 0 ? "\n    " : ",\n    ", file);
        done = done && dump(element, file);
    }
    fputs(json_array_size(array) == 0 ? "]" : "\n  ]", file);
    return done;
}

bool moati_view_json(const moati_view *view, FILE *file) {
    json_t *object = view_value(view), *value;
    const char *key, *before = "{\n  ";
    bool done = object != NULL;
    json_object_foreach(object, key, value) {
        fprintf(file, "%s\"%s\": ", before, key);
        done = done && (json_is_array(value) ? dump_lines(value, file) : dump(value, file));
        before = ",\n  ";
    }
    fputs("\n}\n", file);
    json_decref(object);
    return done;
}
