/* The parts of a difference in an order that people read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "comparison.h"

static bool has_effect(const moat_summary *effect) {
    return effect->min != 0 || effect->max != 0;
}

static void add(moati_bridge *bridge, const char *name, const moat_summary *effect) {
    if (has_effect(effect))
        bridge->parts[bridge->count++] =
            (moati_bridge_part){name, effect, fabs(effect->mean) <= 2 * effect->mcse};
}

/* The largest first; among equals as they were. */
static int by_size(const void *a, const void *b) {
    const moati_bridge_part *x = a, *y = b;
    const double p = fabs(x->effect->mean), q = fabs(y->effect->mean);
    return p != q ? (p < q) - (p > q) : (x->effect > y->effect) - (x->effect < y->effect);
}

/* A chance where what counts is whether a date comes, else the mean. */
static double level(const moat_summary *summary, const moat_target *target, size_t samples) {
    return target->comes ? 1 - (double)summary->inf_count / (double)samples : summary->mean;
}

static void name_bridge(const moati_comparison *c, const moat_target *target,
                        moati_bridge *bridge) {
    char label[16];
    const moat_output *output = c->outputs[target->first_output].output;
    moat_model_axis_label(c->subjects[0].model, output->axis, target->first_entry, label);
    snprintf(bridge->name, sizeof bridge->name, "%.150s%s%s%s",
             output->label != NULL ? output->label : output->name, label[0] != '\0' ? ", " : "",
             label, target->comes ? ": that it comes" : "");
}

bool moati_bridge_make(const moati_comparison *c, size_t subject, size_t index,
                       moati_bridge *bridge) {
    const moati_against *against = &c->against[subject];
    const moat_target *target = &against->targets[index];
    const moat_explanation *explanation = &against->explanations[index];
    const moat_contrasts *contrasts = &against->contrasts;
    moati_style style = c->outputs[target->first_output].style;
    if (target->comes)
        style.show = MOAT_SHOW_CONDITION;
    *bridge = (moati_bridge){.difference = moati_difference_of(&style),
                             .unit = moati_style_unit(&style),
                             .chart_unit = style.unit,
                             .comes = target->comes,
                             .whole = &explanation->whole};
    bridge->parts = malloc((contrasts->count + 2) * sizeof *bridge->parts);
    if (bridge->parts == NULL)
        return false;
    name_bridge(c, target, bridge);
    const size_t samples = moat_model_settings(c->subjects[0].model)->samples;
    bridge->before = level(
        moat_results_output(c->subjects[0].results, target->first_output, target->first_entry),
        target, samples);
    bridge->after = level(moat_results_output(c->subjects[subject].results, target->second_output,
                                              target->second_entry),
                          target, samples);
    for (size_t k = 0; k < contrasts->count; k++)
        if (contrasts->items[k].carried)
            add(bridge, contrasts->items[k].name, &explanation->alone[k]);
    qsort(bridge->parts, bridge->count, sizeof *bridge->parts, by_size);
    add(bridge, "joint effect", &explanation->together);
    add(bridge, "the script itself", &explanation->rest);
    return true;
}

void moati_bridge_free(moati_bridge *bridge) {
    free(bridge->parts);
    bridge->parts = NULL;
}
