/* What is wrong or doubtful about overrides, in words on standard error. */
#include "override.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "status.h"

/* True where something is missing before the unit, as in "9 to 11 /GW/yr", or at the end. */
static bool has_hole(const char *literal) {
    const size_t length = strlen(literal);
    return strstr(literal, " /") != NULL || literal[0] == '/' ||
           (length > 0 && literal[length - 1] == ' ');
}

void moati_override_refuse(const moat_model *model, const moati_refusal *refusal) {
    const char *unit = moat_unit_text(moat_model_units(model), refusal->unit);
    moati_complain("--set: %s", refusal->error.message);
    if (strchr(unit, '$') != NULL && strchr(refusal->literal, '$') == NULL &&
        has_hole(refusal->literal))
        moati_complain("the shell may have taken \"$...\" for a variable: put the literal in "
                       "single quotes, as in --set 'NAME=5 %s'",
                       unit);
}

static const char *variant_at(const moat_model *model, size_t index) {
    return moat_model_variant_name(model, index);
}

static const char *assumption_at(const moat_model *model, size_t index) {
    return moat_model_assumption(model, index)->name;
}

/* Lists names, as many as there is room for: "a", "b" and "c". */
static void list_names(char *buffer, size_t size, const moat_model *model, size_t count,
                       const char *(*at)(const moat_model *model, size_t index)) {
    enum { ROOM_FOR_THE_END = 40 };
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const char *name = at(model, i);
        const char *before = i == 0 ? "" : i + 1 == count ? " and " : ", ";
        if (used + strlen(name) + ROOM_FOR_THE_END > size) {
            snprintf(buffer + used, size - used, "%s%zu %s", i == 0 ? "" : " and ", count - i,
                     i == 0 ? "with longer names" : "others");
            return;
        }
        used += (size_t)snprintf(buffer + used, size - used, "%s\"%s\"", before, name);
    }
}

void moati_override_refuse_name(const moat_model *model, const char *script, const char *name,
                                bool is_variant) {
    const char *near = is_variant ? moati_model_nearest_variant(model, name)
                                  : moat_model_nearest_assumption(model, name);
    const char *what = is_variant ? "variant" : "assumption";
    const size_t known = is_variant ? moat_model_variants(model) : moat_model_assumptions(model);
    char names[2000];
    if (near != NULL) {
        moati_complain("%s has no %s named \"%s\"; did you mean \"%s\"?", script, what, name, near);
    } else if (known == 0) {
        moati_complain("%s has no %s named \"%s\", nor any other", script, what, name);
    } else {
        list_names(names, sizeof names, model, known, is_variant ? variant_at : assumption_at);
        moati_complain("%s has no %s named \"%s\"; it has %s", script, what, name, names);
    }
}

static void warn_of(const moat_model *model, const moati_setting *setting) {
    moat_units *units = moat_model_units(model);
    const moat_assumption *assumption = moat_model_find_assumption(model, setting->name);
    const moat_unit written = moati_model_written_unit(model, setting->name);
    const double factor = moat_unit_factor(units, written);
    double value = 1;
    if (moat_unit_dim(units, written) != MOAT_DIMENSIONLESS || factor == 1 ||
        moat_unit_factor(units, assumption->unit) != 1)
        return;
    if (assumption->dist == MOAT_NO_DIST)
        moat_node_is_constant(moat_model_graph(model), assumption->definition, &value);
    if (value == 0 || isinf(value))
        return;
    const char *unit = moat_unit_text(units, written);
    moati_complain("warning: --set %s=%s has no unit, while the script writes %s in %s: %g is %g "
                   "%s",
                   setting->name, setting->literal, setting->name, unit, value, value / factor,
                   unit);
}

static bool is_replaced(const moati_args *args, size_t index) {
    for (size_t i = index + 1; i < args->set_count; i++)
        if (strcmp(args->sets[i].name, args->sets[index].name) == 0)
            return true;
    return false;
}

void moati_override_warn(const moat_model *model, const moati_args *args) {
    for (size_t i = 0; i < args->set_count; i++)
        if (!is_replaced(args, i))
            warn_of(model, &args->sets[i]);
}
