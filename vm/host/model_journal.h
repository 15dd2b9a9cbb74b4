/* A model's entries in a journal. */
#ifndef MOATI_MODEL_JOURNAL_H
#define MOATI_MODEL_JOURNAL_H

#include "journal.h"
#include "model.h"

typedef enum moati_model_entry {
    MOATI_ENTRY_ASSUMPTION = MOATI_ENTRIES_OF_GRAPH, /* makes a node */
    MOATI_ENTRY_CORRELATIONS,
    MOATI_ENTRY_VARIANT,
    MOATI_ENTRY_HORIZON,
    MOATI_ENTRY_SETTINGS,
    MOATI_ENTRY_OUTPUT,
    MOATI_ENTRY_TITLE,
    MOATI_ENTRY_HIDE,
    MOATI_ENTRY_ITEM
} moati_model_entry;

/* Each is called once what it tells of has been made, with what it was made from. */
void moati_record_assumption(const moat_model *model, const moat_assumption *given, moat_node node);
void moati_record_correlations(const moat_model *model, size_t count, const moat_pair *pairs);
void moati_record_variant(const moat_model *model, const char *name, size_t count,
                          const moat_override *overrides);
void moati_record_horizon(const moat_model *model, const moat_horizon *horizon);
void moati_record_settings(const moat_model *model, unsigned fields, const moat_settings *settings);
void moati_record_output(const moat_model *model, const moat_output *output);
void moati_record_title(const moat_model *model, const char *title);
void moati_record_hide(const moat_model *model, unsigned parts);
void moati_record_item(const moat_model *model, const moat_item *item);

#endif
