/* Playing a journal into a model. */
#include <stdlib.h>

#include "moat/journal.h"

#include "model_journal.h"

/* Texts of an entry, freed together. */
enum { TEXTS = 6 };

static void get_texts(moati_player *player, char *texts[], size_t count) {
    for (size_t i = 0; i < count; i++)
        texts[i] = moati_get_text(player);
}

static void free_texts(char *texts[], size_t count) {
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
}

static void play_assumption(moati_player *player, moat_model *model) {
    char *texts[TEXTS];
    get_texts(player, texts, TEXTS);
    moat_assumption given = {.name = texts[0],
                             .text = texts[1],
                             .source = texts[2],
                             .note = texts[3],
                             .date = texts[4],
                             .label = texts[5]};
    given.block = (unsigned)moati_get_count(player);
    given.unit = moati_get_unit(player);
    given.dist = moati_get_dist(player);
    given.definition = moati_get_node(player);
    if (player->status == MOAT_OK)
        moati_made_node(player, moat_model_assume(model, &given, player->error));
    free_texts(texts, TEXTS);
}

static void *allocate(moati_player *player, size_t count, size_t size) {
    void *list = calloc(count > 0 ? count : 1, size);
    if (list == NULL && player->status == MOAT_OK)
        player->status = moat_fail(player->error, MOAT_NO_MEMORY, "out of memory");
    return list;
}

static void play_correlations(moati_player *player, moat_model *model) {
    const size_t count = moati_get_length(player, 4 + 4 + 8);
    moat_pair *pairs = allocate(player, count, sizeof *pairs);
    char **names = allocate(player, 2 * count, sizeof *names);
    for (size_t i = 0; i < count && player->status == MOAT_OK; i++) {
        get_texts(player, names + 2 * i, 2);
        pairs[i] = (moat_pair){names[2 * i], names[2 * i + 1], moati_get_number(player)};
        if (player->status == MOAT_OK && (pairs[i].first == NULL || pairs[i].second == NULL))
            moati_player_fail(player, "a correlation is of nothing");
    }
    if (player->status == MOAT_OK)
        player->status = moat_model_correlate(model, count, pairs, player->error);
    if (names != NULL)
        free_texts(names, 2 * count);
    free(names);
    free(pairs);
}

static void play_variant(moati_player *player, moat_model *model) {
    char *name = moati_get_text(player);
    const size_t count = moati_get_length(player, 4 + 4 + 4 + 4);
    moat_override *overrides = allocate(player, count, sizeof *overrides);
    char **texts = allocate(player, 2 * count, sizeof *texts);
    for (size_t i = 0; i < count && player->status == MOAT_OK; i++) {
        get_texts(player, texts + 2 * i, 2);
        overrides[i] = (moat_override){.name = texts[2 * i], .text = texts[2 * i + 1]};
        overrides[i].dist = moati_get_dist(player);
        overrides[i].definition = moati_get_node(player);
        if (player->status == MOAT_OK && (overrides[i].name == NULL || overrides[i].text == NULL))
            moati_player_fail(player, "a variant changes nothing to nothing");
    }
    if (player->status == MOAT_OK)
        player->status = moat_model_add_variant(model, name, count, overrides, player->error);
    if (texts != NULL)
        free_texts(texts, 2 * count);
    free(texts);
    free(overrides);
    free(name);
}

static void play_horizon(moati_player *player, moat_model *model) {
    const size_t periods = moati_get_count(player);
    const unsigned step = moati_get_byte(player), dated = moati_get_byte(player);
    const size_t year = moati_get_count(player), part = moati_get_count(player);
    if (step > MOAT_MONTH || dated > 1 || year > 9999 || part > 12)
        moati_player_fail(player, "there is no such horizon");
    const moat_horizon horizon = {.periods = (unsigned)periods,
                                  .step = (moat_step)step,
                                  .dated = dated != 0,
                                  .first_year = (int)year,
                                  .first_part = (unsigned)part};
    if (player->status == MOAT_OK)
        player->status = moat_model_set_horizon(model, &horizon, player->error);
}

static void play_settings(moati_player *player, moat_model *model) {
    const unsigned fields = moati_get_byte(player);
    moat_settings settings = {.seed = moati_get_word(player)};
    settings.samples = (size_t)moati_get_word(player);
    const unsigned sampling = moati_get_byte(player);
    settings.threads = (unsigned)moati_get_count(player);
    if (sampling > MOAT_SOBOL)
        moati_player_fail(player, "there is no such sampling");
    settings.sampling = (moat_sampling)(sampling <= MOAT_SOBOL ? sampling : 0);
    if (player->status == MOAT_OK)
        player->status = moat_model_set(model, fields, &settings, false, player->error);
}

/* How many values there can be along an axis. */
static size_t longest(const moat_model *model, moat_axis axis) {
    if (axis == MOAT_NO_AXIS)
        return 1;
    return axis == MOAT_PERIOD_AXIS ? model->horizon.periods : moat_horizon_years(&model->horizon);
}

/* Of what an output points to, all is allocated: free_output, whether it could be read or not. */
static void get_output(moati_player *player, const moat_model *model, moat_output *output) {
    char *texts[2];
    get_texts(player, texts, 2);
    *output = (moat_output){.name = texts[0], .label = texts[1]};
    output->unit = moati_get_unit(player);
    output->dim = moati_get_dim(player);
    const unsigned show = moati_get_byte(player), axis = moati_get_byte(player);
    if (show > MOAT_SHOW_CONDITION || axis > MOAT_YEAR_AXIS)
        moati_player_fail(player, "an output cannot be shown so");
    output->show = (moat_show)(show <= MOAT_SHOW_CONDITION ? show : 0);
    output->axis = (moat_axis)(axis <= MOAT_YEAR_AXIS ? axis : 0);
    output->count = moati_get_length(player, 4);
    if (output->count > longest(model, output->axis))
        moati_player_fail(player, "an output is longer than the horizon");
    moat_node *nodes = allocate(player, output->count, sizeof *nodes);
    for (size_t i = 0; i < output->count && player->status == MOAT_OK; i++)
        nodes[i] = moati_get_node(player);
    output->nodes = nodes;
}

static void play_output(moati_player *player, moat_model *model) {
    moat_output output;
    get_output(player, model, &output);
    if (player->status == MOAT_OK)
        player->status = moat_model_output(model, &output, player->error);
    moati_output_free(&output);
}

/* --- What the report holds. */

static void play_title(moati_player *player, moat_model *model) {
    char *title = moati_get_text(player);
    if (title == NULL)
        moati_player_fail(player, "a title has no text");
    if (player->status == MOAT_OK)
        player->status = moat_report_set_title(model, title, player->error);
    free(title);
}

/* Whether an item is of a kind that there is, and has what it must have. */
static void check_item(moati_player *player, const moat_item *item) {
    const bool needs_text = item->kind == MOAT_ITEM_SECTION || item->kind == MOAT_ITEM_TEXT;
    bool named = true;
    for (size_t i = 0; i < item->count; i++) {
        const moat_output *column = &item->columns[i];
        named = named && column->name != NULL && column->count > 0;
        for (size_t k = 0; k < column->count && player->status == MOAT_OK; k++)
            named = named && column->nodes[k] != MOAT_NO_NODE;
    }
    if (player->status == MOAT_OK && ((needs_text && item->text == NULL) || !named))
        moati_player_fail(player, "a part of the report lacks something");
}

static void play_item(moati_player *player, moat_model *model) {
    const unsigned kind = moati_get_byte(player), chart = moati_get_byte(player);
    const unsigned figure = moati_get_byte(player);
    if (kind > MOAT_ITEM_CHART || chart >= MOAT_CHART_KINDS || figure >= MOAT_FIGURES)
        moati_player_fail(player, "a part of the report is of no kind");
    char *text = moati_get_text(player);
    const size_t count = moati_get_length(player, 4);
    moat_output *columns = allocate(player, count, sizeof *columns);
    size_t made = 0;
    while (made < count && player->status == MOAT_OK)
        get_output(player, model, &columns[made++]);
    if (player->status == MOAT_OK) {
        const moat_item item = {.kind = (moat_item_kind)kind,
                                .chart = (moat_chart_kind)chart,
                                .figure = (moat_figure)figure,
                                .text = text,
                                .count = count,
                                .columns = columns};
        check_item(player, &item);
        if (player->status == MOAT_OK)
            player->status = moat_report_add(model, &item, player->error);
    }
    for (size_t i = 0; i < made; i++)
        moati_output_free(&columns[i]);
    free(columns);
    free(text);
}

static void play(moati_player *player, moat_model *model) {
    const unsigned entry = moati_get_byte(player);
    switch (entry) {
    case MOATI_ENTRY_ASSUMPTION: play_assumption(player, model); break;
    case MOATI_ENTRY_CORRELATIONS: play_correlations(player, model); break;
    case MOATI_ENTRY_VARIANT: play_variant(player, model); break;
    case MOATI_ENTRY_HORIZON: play_horizon(player, model); break;
    case MOATI_ENTRY_SETTINGS: play_settings(player, model); break;
    case MOATI_ENTRY_OUTPUT: play_output(player, model); break;
    case MOATI_ENTRY_TITLE: play_title(player, model); break;
    case MOATI_ENTRY_HIDE: moat_report_hide(model, moati_get_byte(player)); break;
    case MOATI_ENTRY_ITEM: play_item(player, model); break;
    default: moati_play_graph(player, (moati_entry)entry);
    }
}

moat_status moat_model_play(moat_model *model, const void *bytes, size_t length,
                            const moat_kernel *const *kernels, moat_error *error) {
    moat_error why = {.status = MOAT_OK};
    const unsigned char *start = bytes;
    moati_player player = {.graph = model->graph,
                           .at = start,
                           .end = start + length,
                           .kernels = kernels,
                           .error = &why};
    while (player.at < player.end && player.status == MOAT_OK) {
        const atomic_int *cancel = moat_model_cancel(model);
        if (cancel != NULL && atomic_load_explicit(cancel, memory_order_relaxed) != 0)
            player.status = moat_fail(&why, MOAT_INTERRUPTED, "the run was stopped");
        else
            play(&player, model);
    }
    moati_player_free(&player);
    if (player.status != MOAT_OK && error != NULL)
        *error = why;
    return player.status;
}
