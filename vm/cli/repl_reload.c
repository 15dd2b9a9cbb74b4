/* :reload, a script once more, with what a person has set and entered. */
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"

/* Runs what was entered once more, in the script's new state. */
static void replay(moati_repl *repl, moati_entry *entries, size_t count) {
    bool incomplete;
    for (size_t i = 0; i < count; i++) {
        if (!moati_repl_enter(repl, entries[i].text, false, &incomplete))
            moati_repl_complain(repl, "this entry does not fit any more: %.200s", entries[i].text);
        free(entries[i].text);
    }
    free(entries);
}

/* Takes out of a state what the script has not got any more: an override of what is not there would
 * wait for it. `loud`: it is told. */
static void prune(moati_repl *repl, moati_overrides *state, bool loud) {
    bool known = false;
    for (size_t i = state->count; i-- > 0;) {
        const char *name = state->items[i].name;
        if (moat_model_find_assumption(repl->model, name) != NULL &&
            moat_model_override(repl->model, name, state->items[i].literal, &repl->error) ==
                MOAT_OK)
            continue;
        if (loud)
            moati_repl_complain(repl, "%s cannot be set any more", name);
        moati_overrides_unset(state, name);
    }
    for (size_t i = 0; i < moat_model_variants(repl->model) && state->variant != NULL; i++)
        known = known || strcmp(moat_model_variant_name(repl->model, i), state->variant) == 0;
    if (!known) {
        free(state->variant);
        state->variant = NULL;
    }
}

/* What a person has set, and could go back to. */
typedef struct history {
    moati_overrides now, *past;
    size_t past_count;
} history;

/* Puts it in force again. */
static void restore(moati_repl *repl, history *h) {
    prune(repl, &h->now, true);
    moati_overrides_free(&repl->overrides);
    repl->overrides = h->now;
    moati_repl_forget_past(repl);
    repl->past = h->past;
    repl->past_count = h->past_count;
    for (size_t i = 0; i < repl->past_count; i++)
        prune(repl, &repl->past[i], false);
    moati_repl_put_in_force(repl, &repl->overrides);
}

/* Brings the cache up to date, so that there is something to compare. */
static bool evaluate(moati_repl *repl) {
    if (!moati_repl_begin_work(repl))
        return false;
    const moat_status status = moati_repl_update(repl, NULL);
    moati_repl_end_work(repl);
    if (status != MOAT_OK)
        moati_repl_complain_of_error(repl);
    return status == MOAT_OK;
}

/* Tells what the new version of the script has moved. */
static void compare(moati_repl *repl, moati_former *former, bool comparable) {
    if (comparable && evaluate(repl) && moati_repl_print_differences(repl, former) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    moati_former_free(former);
}

static void reload(moati_repl *repl, const char *path) {
    history h = {.past = repl->past, .past_count = repl->past_count};
    moati_entry *entries = repl->entries;
    const size_t count = repl->entry_count;
    moati_former former;
    const bool comparable = evaluate(repl);
    if (atomic_load(&repl->watch.cancel) != MOATI_GOING)
        return;
    if (!moati_overrides_copy(&repl->overrides, &h.now)) {
        moati_repl_complain(repl, "out of memory");
        return;
    }
    repl->entries = NULL;
    repl->past = NULL;
    repl->entry_count = repl->past_count = 0;
    if (moati_repl_replace(repl, path, &former)) {
        replay(repl, entries, count);
        restore(repl, &h);
        compare(repl, &former, comparable);
        return;
    }
    repl->entries = entries;
    repl->entry_count = count;
    repl->past = h.past;
    repl->past_count = h.past_count;
    moati_overrides_free(&h.now);
}

bool moati_repl_reload(moati_repl *repl, const char *arguments) {
    (void)arguments;
    char *path = repl->path == NULL ? NULL : strdup(repl->path);
    if (repl->path == NULL)
        moati_repl_complain(repl, "no script has been loaded; :load FILE loads one");
    else if (path == NULL)
        moati_repl_complain(repl, "out of memory");
    else
        reload(repl, path);
    free(path);
    return true;
}
