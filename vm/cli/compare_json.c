/* A comparison for programs: one object. */
#include <math.h>

#include "compare.h"
#include "json_value.h"
#include "moat/moat.h"

static bool add_text(json_t *object, const char *key, const char *text) {
    return moati_json_add(object, key, moati_json_text(text));
}

static bool add_number(json_t *object, const char *key, double value) {
    return moati_json_add(object, key, moati_json_number(value));
}

/* The elements that make(context, 0 .. count - 1) gives. */
typedef json_t *maker(const moati_comparison *c, size_t subject, size_t index);

static json_t *array_of(const moati_comparison *c, size_t subject, size_t count, maker *make) {
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t i = 0; i < count && done; i++) {
        json_t *value = make(c, subject, i);
        done = value != NULL && moati_json_append(array, value);
    }
    return moati_json_finished(array, done);
}

/* --- Subjects. */

static json_t *subject_value(const moati_comparison *c, size_t unused, size_t index) {
    const moati_compared *subject = &c->subjects[index];
    char digest[33];
    (void)unused;
    moat_results_digest(subject->results, digest);
    json_t *object = json_object();
    const bool done =
        add_text(object, "name", subject->letter) && add_text(object, "script", subject->path) &&
        add_text(object, "variant", subject->variant) &&
        add_text(object, "commit", subject->revision) &&
        add_text(object, "script_sha256", subject->sha256) && add_text(object, "digest", digest);
    return moati_json_finished(object, done);
}

static json_t *set_value(const moati_comparison *c, size_t unused, size_t index) {
    json_t *object = json_object();
    (void)unused;
    const bool done = add_text(object, "name", c->sets[index].name) &&
                      add_text(object, "text", c->sets[index].literal);
    return moati_json_finished(object, done);
}

/* --- Outputs. */

static json_t *figures_value(const moat_summary *summary, double factor) {
    json_t *object = json_object();
    const bool done = add_number(object, "mean", summary->mean / factor) &&
                      add_number(object, "sd", summary->sd / factor) &&
                      add_number(object, "mcse", summary->mcse / factor) &&
                      add_number(object, "p5", summary->p5 / factor) &&
                      add_number(object, "p25", summary->p25 / factor) &&
                      add_number(object, "p50", summary->p50 / factor) &&
                      add_number(object, "p75", summary->p75 / factor) &&
                      add_number(object, "p95", summary->p95 / factor);
    return moati_json_finished(object, done);
}

static double share(const moati_comparison *c, size_t count) {
    return (double)count / (double)moat_model_settings(c->subjects[0].model)->samples;
}

/* What stands beside the figures of a difference. */
static bool add_shares(const moati_comparison *c, json_t *object, const moat_paired *paired) {
    return add_number(object, "larger", share(c, paired->larger)) &&
           add_number(object, "smaller", share(c, paired->smaller)) &&
           add_number(object, "equal", share(c, paired->equal));
}

/* An entry of an output in a subject other than the first. */
static bool add_entry(const moati_comparison *c, size_t output, size_t subject, size_t entry,
                      json_t *object) {
    const moati_compared_output *o = &c->outputs[output];
    const moati_match *m = &o->matches[subject];
    const double factor = o->style.factor;
    const moat_summary *summary =
        moat_results_output(c->subjects[subject].results, m->output, m->entries[entry]);
    if (!moati_json_add(object, "value", figures_value(summary, factor)))
        return false;
    json_t *difference = figures_value(&m->paired[entry].difference, factor);
    const bool done = difference != NULL && add_shares(c, difference, &m->paired[entry]);
    return moati_json_add(object, "difference", moati_json_finished(difference, done));
}

static json_t *entry_value(const moati_comparison *c, size_t output, size_t subject, size_t entry) {
    const moati_compared_output *o = &c->outputs[output];
    char label[16];
    json_t *object = json_object();
    bool done = true;
    moat_model_axis_label(c->subjects[0].model, o->output->axis, entry, label);
    if (o->output->axis != MOAT_NO_AXIS)
        done = add_text(object, "period", label);
    if (subject == 0)
        done = done && moati_json_add(
                           object, "value",
                           figures_value(moat_results_output(c->subjects[0].results, output, entry),
                                         o->style.factor));
    else
        done = done && add_entry(c, output, subject, entry, object);
    if (o->output->show == MOAT_SHOW_DATE)
        done = done && add_number(object, "never", moati_comparison_never(c, output, subject));
    return moati_json_finished(object, done);
}

static json_t *entries_value(const moati_comparison *c, size_t output, size_t subject) {
    const moati_compared_output *o = &c->outputs[output];
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t t = 0; t < o->output->count && done; t++)
        if (subject == 0 || o->matches[subject].entries[t] != MOATI_NONE) {
            json_t *value = entry_value(c, output, subject, t);
            done = value != NULL && moati_json_append(array, value);
        }
    return moati_json_finished(array, done);
}

/* An output in one subject: its value, or its entries, or why it is not compared. */
static json_t *match_value(const moati_comparison *c, size_t output, size_t subject) {
    const moati_compared_output *o = &c->outputs[output];
    const bool matched = subject == 0 || o->matches[subject].how == MOATI_MATCHED;
    if (matched && o->output->axis == MOAT_NO_AXIS) {
        json_t *object = entry_value(c, output, subject, 0);
        return moati_json_finished(
            object, object != NULL && add_text(object, "subject", c->subjects[subject].letter));
    }
    json_t *object = json_object();
    bool done = add_text(object, "subject", c->subjects[subject].letter);
    if (matched) {
        done = done && moati_json_add(object, "entries", entries_value(c, output, subject));
    } else {
        char why[MOATI_REASON];
        moati_matching_describe(c, output, subject, why);
        done = done && add_text(object, "not_compared", why);
    }
    return moati_json_finished(object, done);
}

static json_t *output_value(const moati_comparison *c, size_t unused, size_t index) {
    const moati_compared_output *o = &c->outputs[index];
    json_t *object = json_object(), *array = json_array();
    (void)unused;
    bool done = add_text(object, "name", o->output->name) &&
                add_text(object, "label", o->output->label) &&
                add_text(object, "unit", o->style.unit) && array != NULL;
    for (size_t s = 0; s < c->subject_count && done; s++) {
        json_t *value = match_value(c, index, s);
        done = value != NULL && moati_json_append(array, value);
    }
    done = moati_json_add(object, "subjects", moati_json_finished(array, done)) && done;
    return moati_json_finished(object, done);
}

static json_t *stray_value(const moati_comparison *c, size_t unused, size_t index) {
    json_t *object = json_object();
    (void)unused;
    const bool done = add_text(object, "name", c->strays[index].output->name) &&
                      add_text(object, "label", c->strays[index].output->label) &&
                      add_text(object, "subject", c->subjects[c->strays[index].subject].letter);
    return moati_json_finished(object, done);
}

/* --- Assumptions. */

static json_t *side_value(const moat_model *model, const moat_assumption *assumption,
                          const moat_summary *summary) {
    if (assumption == NULL)
        return json_null();
    const moat_units *units = moat_model_units(model);
    const char *unit = moat_unit_text(units, assumption->unit);
    json_t *object = json_object();
    const bool done =
        add_text(object, "text", assumption->text) &&
        add_text(object, "unit", unit[0] != '\0' ? unit : "1") &&
        add_number(object, "mean", summary->mean / moat_unit_factor(units, assumption->unit));
    return moati_json_finished(object, done);
}

static json_t *contrast_value(const moati_comparison *c, size_t subject, size_t index) {
    const moat_contrast *item = &c->against[subject].contrasts.items[index];
    json_t *object = json_object();
    bool done = add_text(object, "name", item->name);
    if (item->kind != MOAT_OTHER_CORRELATIONS)
        done = done &&
               moati_json_add(object, "first",
                              side_value(c->subjects[0].model, item->first, item->first_summary)) &&
               moati_json_add(
                   object, "second",
                   side_value(c->subjects[subject].model, item->second, item->second_summary));
    done = done && moati_json_add(object, "carried", json_boolean(item->carried));
    return moati_json_finished(object, done);
}

static json_t *pair_value(const moati_comparison *c, size_t subject, size_t index) {
    const moat_pair_contrast *pair = &c->against[subject].contrasts.pairs[index];
    return json_pack("{s:o, s:o, s:f, s:f}", "x", moati_json_text(pair->first), "y",
                     moati_json_text(pair->second), "first", pair->rank_of_first, "second",
                     pair->rank_of_second);
}

/* --- Explanations. */

static json_t *effect_value(const char *name, const moat_summary *effect, double factor) {
    json_t *object = json_object();
    const bool done = add_text(object, "name", name) &&
                      add_number(object, "mean", effect->mean / factor) &&
                      add_number(object, "mcse", effect->mcse / factor);
    return moati_json_finished(object, done);
}

static json_t *effects_value(const moati_comparison *c, size_t subject, size_t target,
                             double factor) {
    const moat_contrasts *contrasts = &c->against[subject].contrasts;
    const moat_explanation *explanation = &c->against[subject].explanations[target];
    json_t *array = json_array();
    bool done = array != NULL;
    for (size_t k = 0; k < contrasts->count && done; k++)
        if (contrasts->items[k].carried) {
            json_t *value = effect_value(contrasts->items[k].name, &explanation->alone[k], factor);
            done = value != NULL && moati_json_append(array, value);
        }
    return moati_json_finished(array, done);
}

static json_t *explanation_value(const moati_comparison *c, size_t subject, size_t index) {
    const moat_target *target = &c->against[subject].targets[index];
    const moat_explanation *explanation = &c->against[subject].explanations[index];
    const moati_compared_output *o = &c->outputs[target->first_output];
    const double factor = target->comes ? 1 : o->style.factor;
    char label[16];
    json_t *object = json_object();
    moat_model_axis_label(c->subjects[0].model, o->output->axis, target->first_entry, label);
    const bool done =
        add_text(object, "output", o->output->name) &&
        add_text(object, "period", label[0] != '\0' ? label : NULL) &&
        add_text(object, "of", target->comes ? "whether it comes" : "the value") &&
        add_text(object, "unit", target->comes ? "1" : o->style.unit) &&
        moati_json_add(object, "whole", effect_value("whole", &explanation->whole, factor)) &&
        moati_json_add(object, "alone", effects_value(c, subject, index, factor)) &&
        moati_json_add(object, "joint",
                       effect_value("joint effect", &explanation->together, factor)) &&
        moati_json_add(object, "rest",
                       effect_value("the script itself", &explanation->rest, factor));
    return moati_json_finished(object, done);
}

static json_t *against_value(const moati_comparison *c, size_t unused, size_t index) {
    const size_t subject = index + 1;
    const moati_against *against = &c->against[subject];
    json_t *object = json_object();
    (void)unused;
    const bool done =
        add_text(object, "first", c->subjects[0].letter) &&
        add_text(object, "second", c->subjects[subject].letter) &&
        moati_json_add(object, "assumptions",
                       array_of(c, subject, against->contrasts.count, contrast_value)) &&
        moati_json_add(object, "correlations",
                       array_of(c, subject, against->contrasts.pair_count, pair_value)) &&
        moati_json_add(object, "explanations",
                       array_of(c, subject, against->target_count, explanation_value));
    return moati_json_finished(object, done);
}

bool moati_compare_json(const moati_comparison *c, FILE *file) {
    const moat_settings *settings = moat_model_settings(c->subjects[0].model);
    json_t *object = json_object();
    const bool done =
        add_text(object, "moat", MOAT_VERSION) &&
        moati_json_add(object, "seed", moati_json_seed(settings->seed)) &&
        moati_json_add(object, "samples", json_integer((json_int_t)settings->samples)) &&
        add_text(object, "sampling", moat_sampling_name(settings->sampling)) &&
        moati_json_add(object, "subjects", array_of(c, 0, c->subject_count, subject_value)) &&
        moati_json_add(object, "outputs", array_of(c, 0, c->output_count, output_value)) &&
        moati_json_add(object, "not_in_first", array_of(c, 0, c->stray_count, stray_value)) &&
        moati_json_add(object, "against", array_of(c, 0, c->subject_count - 1, against_value)) &&
        (c->set_count == 0 ||
         moati_json_add(object, "set", array_of(c, 0, c->set_count, set_value)));
    return moati_json_print(moati_json_finished(object, done), file);
}
