/* Keeping a journal of a model. */
#include "moat/journal.h"

#include "model_journal.h"

moat_status moat_model_record(moat_model *model, moat_error *error) {
    if (moat_graph_size(model->graph) > 0 || model->horizon.periods > 0)
        return moat_fail(error, MOAT_INVALID, "a journal must begin before anything is made");
    return moati_journal_start(model->units, error);
}

const unsigned char *moat_model_journal(const moat_model *model, size_t *length) {
    static const unsigned char none[1];
    const moati_journal *journal = moati_journal_of(model->units);
    if (journal == NULL || journal->failed)
        return NULL;
    *length = journal->length;
    return journal->length > 0 ? journal->bytes : none;
}

void moati_record_assumption(const moat_model *model, const moat_assumption *given,
                             moat_node node) {
    moati_journal *journal = moati_recording(model->units);
    moati_tell_unit(journal, model->units, given->unit);
    moati_put_byte(journal, MOATI_ENTRY_ASSUMPTION);
    moati_put_text(journal, given->name);
    moati_put_text(journal, given->text);
    moati_put_text(journal, given->source);
    moati_put_text(journal, given->note);
    moati_put_text(journal, given->date);
    moati_put_text(journal, given->label);
    moati_put_count(journal, given->block);
    moati_put_unit(journal, given->unit);
    moati_put_dist(journal, given->dist);
    moati_put_node(journal, given->definition);
    moati_number_node(journal, node);
}

void moati_record_correlations(const moat_model *model, size_t count, const moat_pair *pairs) {
    moati_journal *journal = moati_recording(model->units);
    moati_put_byte(journal, MOATI_ENTRY_CORRELATIONS);
    moati_put_count(journal, count);
    for (size_t i = 0; i < count; i++) {
        moati_put_text(journal, pairs[i].first);
        moati_put_text(journal, pairs[i].second);
        moati_put_number(journal, pairs[i].rank);
    }
}

void moati_record_variant(const moat_model *model, const char *name, size_t count,
                          const moat_override *overrides) {
    moati_journal *journal = moati_recording(model->units);
    moati_put_byte(journal, MOATI_ENTRY_VARIANT);
    moati_put_text(journal, name);
    moati_put_count(journal, count);
    for (size_t i = 0; i < count; i++) {
        moati_put_text(journal, overrides[i].name);
        moati_put_text(journal, overrides[i].text);
        moati_put_dist(journal, overrides[i].dist);
        moati_put_node(journal, overrides[i].definition);
    }
}

void moati_record_horizon(const moat_model *model, const moat_horizon *horizon) {
    moati_journal *journal = moati_recording(model->units);
    moati_put_byte(journal, MOATI_ENTRY_HORIZON);
    moati_put_count(journal, horizon->periods);
    moati_put_byte(journal, horizon->step);
    moati_put_byte(journal, horizon->dated);
    moati_put_count(journal, (size_t)horizon->first_year);
    moati_put_count(journal, horizon->first_part);
}

void moati_record_settings(const moat_model *model, unsigned fields,
                           const moat_settings *settings) {
    moati_journal *journal = moati_recording(model->units);
    moati_put_byte(journal, MOATI_ENTRY_SETTINGS);
    moati_put_byte(journal, fields);
    moati_put_word(journal, settings->seed);
    moati_put_word(journal, settings->samples);
    moati_put_byte(journal, settings->sampling);
    moati_put_count(journal, settings->threads);
}

static void tell_units(moati_journal *journal, const moat_model *model, const moat_output *output) {
    moati_tell_unit(journal, model->units, output->unit);
    moati_tell_dim(journal, model->units, output->dim);
}

static void put_output(moati_journal *journal, const moat_output *output) {
    moati_put_text(journal, output->name);
    moati_put_text(journal, output->label);
    moati_put_unit(journal, output->unit);
    moati_put_dim(journal, output->dim);
    moati_put_byte(journal, output->show);
    moati_put_byte(journal, output->axis);
    moati_put_count(journal, output->count);
    for (size_t i = 0; i < output->count; i++)
        moati_put_node(journal, output->nodes[i]);
}

void moati_record_output(const moat_model *model, const moat_output *output) {
    moati_journal *journal = moati_recording(model->units);
    tell_units(journal, model, output);
    moati_put_byte(journal, MOATI_ENTRY_OUTPUT);
    put_output(journal, output);
}

/* --- What the report holds. */

void moati_record_title(const moat_model *model, const char *title) {
    moati_journal *journal = moati_recording(model->units);
    moati_put_byte(journal, MOATI_ENTRY_TITLE);
    moati_put_text(journal, title);
}

void moati_record_hide(const moat_model *model, unsigned parts) {
    moati_journal *journal = moati_recording(model->units);
    moati_put_byte(journal, MOATI_ENTRY_HIDE);
    moati_put_byte(journal, parts);
}

void moati_record_item(const moat_model *model, const moat_item *item) {
    moati_journal *journal = moati_recording(model->units);
    for (size_t i = 0; i < item->count; i++)
        tell_units(journal, model, &item->columns[i]);
    moati_put_byte(journal, MOATI_ENTRY_ITEM);
    moati_put_byte(journal, item->kind);
    moati_put_byte(journal, item->chart);
    moati_put_byte(journal, item->figure);
    moati_put_text(journal, item->text);
    moati_put_count(journal, item->count);
    for (size_t i = 0; i < item->count; i++)
        put_output(journal, &item->columns[i]);
}
