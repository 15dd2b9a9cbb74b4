/* How far a model has come, and the way back. */
#include "moat/explore.h"

#include "model.h"

void moat_model_mark(const moat_model *model, moat_mark *mark) {
    *mark = (moat_mark){.inputs = moat_graph_inputs(model->graph),
                        .pairs = model->pair_count,
                        .variants = model->variant_count,
                        .outputs = model->output_count,
                        .items = model->item_count,
                        .titled = model->title != NULL,
                        .hidden = model->hidden,
                        .settings = model->settings,
                        .pinned = model->pinned,
                        .horizon = model->horizon};
}

/* Variants and correlations go before the assumptions that they point to. */
void moat_model_rewind(moat_model *model, const moat_mark *mark) {
    moati_model_drop_outputs(model, mark->outputs);
    moati_model_drop_items(model, mark->items);
    moati_model_drop_title(model, mark->titled);
    model->hidden = mark->hidden;
    moati_model_drop_variants(model, mark->variants);
    if (model->pair_count > mark->pairs)
        model->pair_count = mark->pairs;
    moati_model_drop_assumptions(model, mark->inputs);
    model->settings = mark->settings;
    model->pinned = mark->pinned;
    model->horizon = mark->horizon;
    moati_model_refresh(model);
}
