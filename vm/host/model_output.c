/* The outputs of a model. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "model_journal.h"
#include "table.h"

void moati_output_free(moat_output *output) {
    free((char *)(uintptr_t)output->name);
    free((char *)(uintptr_t)output->label);
    free((moat_node *)(uintptr_t)output->nodes);
}

void moati_model_drop_outputs(moat_model *model, size_t count) {
    while (model->output_count > count)
        moati_output_free(&model->outputs[--model->output_count]);
}

void moati_model_free_outputs(moat_model *model) {
    moati_model_drop_outputs(model, 0);
    free(model->outputs);
}

const moat_output *moat_model_find_output(const moat_model *model, const char *name) {
    for (size_t i = 0; i < model->output_count; i++)
        if (strcmp(model->outputs[i].name, name) == 0)
            return &model->outputs[i];
    return NULL;
}

static moat_status check_unit(const moat_model *model, const moat_output *output,
                              moat_error *error) {
    if (output->unit == MOAT_NO_UNIT || moat_unit_dim(model->units, output->unit) == output->dim)
        return MOAT_OK;
    return moat_fail(error, MOAT_UNIT, "output \"%.80s\" cannot be shown in %.80s: it is in %.80s",
                     output->name, moat_unit_text(model->units, output->unit),
                     moat_dim_text(model->units, output->dim));
}

static moat_status check_output(const moat_model *model, const moat_output *output,
                                moat_error *error) {
    if (output->name == NULL || output->name[0] == '\0')
        return moat_fail(error, MOAT_INVALID, "an output needs a name");
    if (moat_model_find_output(model, output->name) != NULL)
        return moat_fail(error, MOAT_INVALID,
                         "an output named \"%.80s\" has been declared already; names are unique",
                         output->name);
    if (output->count == 0 || (output->axis == MOAT_NO_AXIS && output->count != 1))
        return moat_fail(error, MOAT_INVALID, "output \"%.80s\" has %zu values where %s",
                         output->name, output->count,
                         output->count == 0 ? "at least one is needed" : "one is expected");
    for (size_t i = 0; i < output->count; i++)
        if (output->nodes[i] == MOAT_NO_NODE)
            return moat_fail(error, MOAT_INVALID, "output \"%.80s\" has no value at place %zu",
                             output->name, i + 1);
    return check_unit(model, output, error);
}

bool moati_output_copy(moat_model *model, const moat_output *given, moat_output *copy) {
    char *name = NULL, *label = NULL;
    moat_node *nodes = moati_account_new(&model->account, given->count, sizeof *nodes);
    bool copied = nodes != NULL && moati_duplicate(model, given->name, &name) &&
                  moati_duplicate(model, given->label, &label);
    if (nodes != NULL)
        memcpy(nodes, given->nodes, given->count * sizeof *nodes);
    *copy = *given;
    copy->name = name;
    copy->label = label;
    copy->nodes = nodes;
    return copied;
}

moat_status moat_model_output(moat_model *model, const moat_output *output, moat_error *error) {
    moat_status status = check_output(model, output, error);
    if (status != MOAT_OK)
        return status;
    if (!moati_account_grow(&model->account, &model->outputs, &model->output_capacity,
                            model->output_count + 1, sizeof *model->outputs))
        return moati_no_memory(model, error);
    moat_output made;
    if (!moati_output_copy(model, output, &made)) {
        moati_output_free(&made);
        return moati_no_memory(model, error);
    }
    model->outputs[model->output_count++] = made;
    moati_record_output(model, output);
    return MOAT_OK;
}

size_t moat_model_outputs(const moat_model *model) {
    return model->output_count;
}

const moat_output *moat_model_get_output(const moat_model *model, size_t index) {
    return &model->outputs[index];
}

void moat_model_axis_label(const moat_model *model, moat_axis axis, size_t index, char buffer[16]) {
    if (axis == MOAT_PERIOD_AXIS)
        moat_horizon_label(&model->horizon, (unsigned)index + 1, buffer);
    else if (axis == MOAT_YEAR_AXIS)
        snprintf(buffer, 16, model->horizon.dated ? "%d" : "year %d",
                 moat_horizon_year(&model->horizon, 1) + (int)index);
    else
        buffer[0] = '\0';
}
