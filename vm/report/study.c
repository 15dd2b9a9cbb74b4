/* The evaluations that a report needs. */
#include <stdlib.h>
#include <string.h>

#include "moat/explore.h"
#include "moat/report.h"
#include "standard_inner.h"

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

/* --- What is evaluated besides the outputs. */

static size_t count_more(const moat_model *model) {
    size_t count = moat_model_assumptions(model);
    for (size_t i = 0; i < moat_report_items(model); i++)
        count += moat_report_item(model, i)->count;
    return count;
}

/* Lists the columns of items, then the assumptions; notes where they begin among all results. */
static void fill_more(moati_study *study, moat_output *more) {
    const moat_model *model = study->model;
    const size_t declared = moat_model_outputs(model);
    size_t count = 0;
    for (size_t i = 0; i < moat_report_items(model); i++) {
        const moat_item *item = moat_report_item(model, i);
        study->item_columns[i] = declared + count;
        for (size_t k = 0; k < item->count; k++)
            more[count++] = item->columns[k];
    }
    study->assumptions = declared + count;
    for (size_t i = 0; i < moat_model_assumptions(model); i++) {
        const moat_assumption *a = moat_model_assumption(model, i);
        const moat_dim dim = moat_node_dim(moat_model_graph(model), a->node);
        more[count++] = (moat_output){
            .name = a->name, .unit = a->unit, .dim = dim, .count = 1, .nodes = &a->node};
    }
}

static moat_status evaluate_all(moati_study *study, moat_error *error) {
    const size_t count = count_more(study->model);
    moat_output *more = calloc(count + 1, sizeof *more);
    study->item_columns = calloc(moat_report_items(study->model) + 1, sizeof(size_t));
    moat_status status = no_memory(error);
    if (more != NULL && study->item_columns != NULL) {
        fill_more(study, more);
        status = moat_model_study(study->model, count, more, &study->results, error);
    }
    free(more);
    return status;
}

/* --- Variants. */

static bool is_changed(const moat_model *model, const moat_assumption *assumption) {
    const char *declared = moat_model_declared_text(model, assumption->name);
    return !moat_model_is_overridden(model, assumption->name) && declared != NULL &&
           strcmp(assumption->text, declared) != 0;
}

/* Notes what the variant in force changes. */
static moat_status note_changes(const moat_model *model, moati_scene *scene, moat_error *error) {
    const size_t count = moat_model_assumptions(model);
    scene->changes = calloc(count + 1, sizeof *scene->changes);
    if (scene->changes == NULL)
        return no_memory(error);
    for (size_t i = 0; i < count; i++) {
        const moat_assumption *assumption = moat_model_assumption(model, i);
        if (!is_changed(model, assumption))
            continue;
        moati_changed *changed = &scene->changes[scene->change_count];
        changed->name = assumption->name;
        changed->text = strdup(assumption->text);
        if (changed->text == NULL)
            return no_memory(error);
        scene->change_count++;
    }
    return MOAT_OK;
}

static moat_status evaluate_scene(moati_study *study, moati_scene *scene, moat_error *error) {
    moat_model *model = study->model;
    moat_status status = moat_model_use_variant(model, scene->variant, error);
    if (status == MOAT_OK)
        status = note_changes(model, scene, error);
    if (status == MOAT_OK)
        status =
            moat_model_look(model, moat_model_outputs(model), study->ends, &scene->results, error);
    return status;
}

static moat_status fill_ends(moati_study *study, moat_error *error) {
    const size_t count = moat_model_outputs(study->model);
    study->ends = calloc(count + 1, sizeof *study->ends);
    if (study->ends == NULL)
        return no_memory(error);
    for (size_t i = 0; i < count; i++) {
        study->ends[i] = *moat_model_get_output(study->model, i);
        study->ends[i].unit = moat_results_unit(study->results, i);
        study->ends[i].nodes += study->ends[i].count - 1;
        study->ends[i].count = 1;
        study->ends[i].axis = MOAT_NO_AXIS;
    }
    return MOAT_OK;
}

static moat_status evaluate_scenes(moati_study *study, moat_error *error) {
    moat_model *model = study->model;
    const size_t declared = moat_model_variants(model);
    const size_t variants = declared < MOATI_SCENES ? declared : MOATI_SCENES;
    const char *in_force = moat_model_variant(model);
    if (variants == 0 || (moat_report_hidden(model) & MOAT_HIDE_VARIANTS) != 0)
        return MOAT_OK;
    study->scenes = calloc(variants + 1, sizeof *study->scenes);
    if (study->scenes == NULL)
        return no_memory(error);
    study->scene_count = variants + 1;
    moat_status status = fill_ends(study, error);
    for (size_t i = 0; i <= variants && status == MOAT_OK; i++) {
        study->scenes[i].variant = i == 0 ? NULL : moat_model_variant_name(model, i - 1);
        status = evaluate_scene(study, &study->scenes[i], error);
    }
    const moat_status restored =
        moat_model_use_variant(model, in_force, status == MOAT_OK ? error : NULL);
    return status == MOAT_OK ? restored : status;
}

/* --- The whole. */

moat_status moati_study_make(moat_model *model, moati_study **study, moat_error *error) {
    moati_study *made = calloc(1, sizeof *made);
    *study = NULL;
    if (made == NULL)
        return no_memory(error);
    made->model = model;
    moat_status status = evaluate_all(made, error);
    if (status == MOAT_OK)
        status = evaluate_scenes(made, error);
    if (status == MOAT_OK)
        *study = made;
    else
        moati_study_free(made);
    return status;
}

static void free_scene(moati_scene *scene) {
    for (size_t i = 0; scene->changes != NULL && i < scene->change_count; i++)
        free(scene->changes[i].text);
    free(scene->changes);
    moat_results_free(scene->results);
}

void moati_study_free(moati_study *study) {
    if (study == NULL)
        return;
    for (size_t i = 0; i < study->scene_count; i++)
        free_scene(&study->scenes[i]);
    free(study->scenes);
    free(study->ends);
    free(study->item_columns);
    moat_results_free(study->results);
    free(study);
}

const moat_results *moati_study_results(const moati_study *study) {
    return study->results;
}
