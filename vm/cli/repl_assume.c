/* Assumptions as a person sets them: every change is a new state, so that it can be undone. */
#include <stdlib.h>
#include <string.h>

#include "refusal.h"
#include "repl_session.h"

/* --- States. */

typedef struct moati_override_text override_text;

void moati_overrides_free(moati_overrides *overrides) {
    for (size_t i = 0; i < overrides->count; i++) {
        free(overrides->items[i].name);
        free(overrides->items[i].literal);
    }
    free(overrides->items);
    free(overrides->variant);
    *overrides = (moati_overrides){0};
}

bool moati_overrides_unset(moati_overrides *overrides, const char *name) {
    for (size_t i = 0; i < overrides->count; i++) {
        override_text *item = &overrides->items[i];
        if (strcmp(item->name, name) != 0)
            continue;
        free(item->name);
        free(item->literal);
        memmove(item, item + 1, (--overrides->count - i) * sizeof *item);
        return true;
    }
    return false;
}

bool moati_overrides_set(moati_overrides *overrides, const char *name, const char *literal) {
    moati_overrides_unset(overrides, name);
    override_text made = {strdup(name), strdup(literal)};
    override_text *grown =
        realloc(overrides->items, (overrides->count + 1) * sizeof *overrides->items);
    if (grown != NULL)
        overrides->items = grown;
    if (grown == NULL || made.name == NULL || made.literal == NULL) {
        free(made.name);
        free(made.literal);
        return false;
    }
    overrides->items[overrides->count++] = made;
    return true;
}

bool moati_overrides_copy(const moati_overrides *from, moati_overrides *to) {
    *to = (moati_overrides){0};
    bool done = true;
    if (from->variant != NULL) {
        to->variant = strdup(from->variant);
        done = to->variant != NULL;
    }
    for (size_t i = 0; i < from->count && done; i++)
        done = moati_overrides_set(to, from->items[i].name, from->items[i].literal);
    if (!done)
        moati_overrides_free(to);
    return done;
}

/* --- Putting them in force. */

moat_status moati_repl_put_in_force(moati_repl *repl, const moati_overrides *overrides) {
    moat_model *model = repl->model;
    moat_status status = MOAT_OK;
    for (size_t i = 0; i < moat_model_assumptions(model) && status == MOAT_OK; i++) {
        const char *name = moat_model_assumption(model, i)->name;
        if (moat_model_is_overridden(model, name))
            status = moat_model_restore(model, name, &repl->error);
    }
    if (status == MOAT_OK)
        status = moat_model_use_variant(model, overrides->variant, &repl->error);
    for (size_t i = 0; i < overrides->count && status == MOAT_OK; i++)
        status = moat_model_override(model, overrides->items[i].name, overrides->items[i].literal,
                                     &repl->error);
    return status;
}

static bool keep_past(moati_repl *repl) {
    moati_overrides *grown = realloc(repl->past, (repl->past_count + 1) * sizeof *grown);
    if (grown == NULL)
        return false;
    repl->past = grown;
    grown[repl->past_count++] = repl->overrides;
    return true;
}

/* Evaluates before and after; the first is at hand but for the first time. */
static moat_status compare(moati_repl *repl, const moati_overrides *to) {
    bool *changed = calloc(moat_model_outputs(repl->model) + 1, sizeof *changed);
    if (changed == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    moat_status status = moati_repl_update(repl, NULL);
    if (status == MOAT_OK)
        status = moati_repl_put_in_force(repl, to);
    if (status == MOAT_OK)
        status = moati_repl_update(repl, changed);
    if (status == MOAT_OK)
        status = moati_repl_print_changes(repl, changed);
    free(changed);
    return status;
}

bool moati_repl_change(moati_repl *repl, moati_overrides *to, bool undoable) {
    moat_status status = MOAT_OK;
    if (!moati_repl_begin_work(repl)) {
        moati_overrides_free(to);
        return false;
    }
    status = compare(repl, to);
    moati_repl_end_work(repl);
    if (status != MOAT_OK) {
        moati_repl_complain_of_error(repl);
        moati_repl_put_in_force(repl, &repl->overrides);
        moati_overrides_free(to);
        return false;
    }
    const bool kept = undoable && keep_past(repl);
    if (undoable && !kept)
        moati_repl_complain(repl, "out of memory: this cannot be undone");
    if (!kept)
        moati_overrides_free(&repl->overrides);
    repl->overrides = *to;
    *to = (moati_overrides){0};
    return true;
}

/* --- Commands. */

const moat_assumption *moati_repl_assumption(moati_repl *repl, const char *name) {
    const moat_assumption *found = moat_model_find_assumption(repl->model, name);
    const char *near = found != NULL ? NULL : moat_model_nearest_assumption(repl->model, name);
    if (found != NULL)
        return found;
    if (near != NULL)
        moati_repl_complain(repl, "there is no assumption named \"%s\"; did you mean \"%s\"?", name,
                            near);
    else
        moati_repl_complain(repl, "there is no assumption named \"%s\"; see :assumptions", name);
    return NULL;
}

const char *moati_repl_unit(const moati_repl *repl, const char *name) {
    return moat_unit_text(moat_model_units(repl->model),
                          moati_model_written_unit(repl->model, name));
}

/* True where what is in force has no unit, while the script's has one that is a share of 1: a
 * percentage, say. */
static bool lacks_unit(const moati_repl *repl, const char *name) {
    const moat_units *units = moat_model_units(repl->model);
    const moat_unit unit = moat_model_find_assumption(repl->model, name)->unit;
    const moat_unit written = moati_model_written_unit(repl->model, name);
    return moat_unit_dim(units, unit) == MOAT_DIMENSIONLESS && moat_unit_factor(units, unit) == 1 &&
           moat_unit_factor(units, written) != 1;
}

/* True where a text ends as a number without a unit does, "20", "12 to 15" or "pert(1, 2, 3)": "30
 * %" says what it is in, and must not be taken in something else. */
static bool is_bare(const char *text) {
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t", text[length - 1]) != NULL)
        length--;
    return length > 0 &&
           (strchr("0123456789.)", text[length - 1]) != NULL || strchr(text, '@') != NULL);
}

/* Puts a literal in force, alone, to see whether it fits; a number without a unit is taken in the
 * script's, even where it would fit without one. *literal is allocated. */
static moat_status find_literal(moati_repl *repl, const char *name, const char *text,
                                char **literal) {
    const char *unit = moati_repl_unit(repl, name);
    const size_t size = strlen(text) + strlen(unit) + 2;
    *literal = malloc(size);
    if (*literal == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    moat_status status = moat_model_override(repl->model, name, text, &repl->error);
    if (is_bare(text) && (status == MOAT_UNIT || (status == MOAT_OK && lacks_unit(repl, name)))) {
        moat_error why;
        snprintf(*literal, size, "%s %s", text, unit);
        const moat_status in_unit = moat_model_override(repl->model, name, *literal, &why);
        if (in_unit == MOAT_NO_MEMORY)
            repl->error = why;
        if (in_unit == MOAT_OK || in_unit == MOAT_NO_MEMORY)
            status = in_unit;
        if (in_unit != MOAT_OK)
            strcpy(*literal, text);
    } else {
        strcpy(*literal, text);
    }
    if (status == MOAT_OK)
        status = moati_repl_put_in_force(repl, &repl->overrides);
    if (status != MOAT_OK) {
        free(*literal);
        *literal = NULL;
    }
    return status;
}

/* A copy of a literal without what a script would have around it: quotation marks, a semicolon.
 * NULL: no memory. */
static char *bare_literal(const char *text) {
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t;", text[length - 1]) != NULL)
        length--;
    if (length >= 2 && (text[0] == '"' || text[0] == '\'') && text[length - 1] == text[0]) {
        text++;
        length -= 2;
    }
    return strndup(text, length);
}

static void print_step(moati_repl *repl, const char *name, const char *before, const char *after) {
    fprintf(repl->out, "%s: %s %s %s\n", name, before, repl->screen.utf8 ? "→" : "->", after);
}

/* Shows what a literal moves, and keeps it. */
static void set(moati_repl *repl, const char *name, const char *text, const char *before) {
    char *literal;
    moati_overrides to;
    if (find_literal(repl, name, text, &literal) != MOAT_OK) {
        moati_repl_complain_of_error(repl);
        return;
    }
    if (!moati_overrides_copy(&repl->overrides, &to) || !moati_overrides_set(&to, name, literal)) {
        moati_repl_complain(repl, "out of memory");
        moati_overrides_free(&to);
    } else {
        print_step(repl, name, before, literal);
        moati_repl_change(repl, &to, true);
    }
    free(literal);
}

bool moati_repl_set(moati_repl *repl, const char *arguments) {
    char name[MOATI_WORD_SIZE];
    const char *text = moati_first_word(arguments, name);
    if (text != NULL && text[0] == '=')
        text += 1 + strspn(text + 1, " \t");
    if (text == NULL || name[0] == '\0') {
        moati_repl_complain(repl, ":set needs a name and a value, as in :set price 12 to 15 $bn");
        return true;
    }
    const moat_assumption *assumption = moati_repl_assumption(repl, name);
    if (assumption == NULL)
        return true;
    if (text[0] == '\0') {
        moati_repl_complain(repl, ":set %s needs a value; now it is %s", name, assumption->text);
        return true;
    }
    char *bare = bare_literal(text), *before = strdup(assumption->text);
    if (bare == NULL || before == NULL)
        moati_repl_complain(repl, "out of memory");
    else
        set(repl, name, bare, before);
    free(bare);
    free(before);
    return true;
}

bool moati_repl_unset(moati_repl *repl, const char *arguments) {
    char name[MOATI_WORD_SIZE];
    moati_overrides to;
    const char *rest = moati_first_word(arguments, name);
    if (rest == NULL || name[0] == '\0') {
        moati_repl_complain(repl, ":unset needs the name of an assumption");
        return true;
    }
    if (moati_repl_assumption(repl, name) == NULL)
        return true;
    if (!moati_overrides_copy(&repl->overrides, &to)) {
        moati_repl_complain(repl, "out of memory");
    } else if (!moati_overrides_unset(&to, name)) {
        fprintf(repl->out, "%s has not been set\n", name);
        moati_overrides_free(&to);
    } else if (moati_repl_change(repl, &to, true)) {
        fprintf(repl->out, "%s is %s again\n", name,
                moat_model_find_assumption(repl->model, name)->text);
    }
    return true;
}

bool moati_repl_reset(moati_repl *repl, const char *arguments) {
    moati_overrides to = {0};
    (void)arguments;
    if (repl->overrides.count == 0 && repl->overrides.variant == NULL)
        fputs("nothing has been set\n", repl->out);
    else
        moati_repl_change(repl, &to, true);
    return true;
}

static const char *find_override(const moati_overrides *overrides, const char *name) {
    for (size_t i = 0; i < overrides->count; i++)
        if (strcmp(overrides->items[i].name, name) == 0)
            return overrides->items[i].literal;
    return NULL;
}

static bool is_same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Says what is as it was, in the order of the script. */
static void print_undone(moati_repl *repl, const moati_overrides *from) {
    const moati_overrides *to = &repl->overrides;
    for (size_t i = 0; i < moat_model_assumptions(repl->model); i++) {
        const moat_assumption *a = moat_model_assumption(repl->model, i);
        if (!is_same(find_override(from, a->name), find_override(to, a->name)))
            fprintf(repl->out, "%s is %s again\n", a->name, a->text);
    }
    if (!is_same(from->variant, to->variant))
        fprintf(repl->out, "the variant is %s again\n", to->variant != NULL ? to->variant : "none");
}

static void undo(moati_repl *repl, moati_overrides *past) {
    moati_overrides from = {0}, to = {0};
    if (!moati_overrides_copy(&repl->overrides, &from) || !moati_overrides_copy(past, &to)) {
        moati_repl_complain(repl, "out of memory");
    } else if (moati_repl_change(repl, &to, false)) {
        print_undone(repl, &from);
        moati_overrides_free(past);
        repl->past_count--;
    }
    moati_overrides_free(&from);
}

bool moati_repl_undo(moati_repl *repl, const char *arguments) {
    (void)arguments;
    if (repl->past_count == 0)
        fputs("there is nothing to undo\n", repl->out);
    else
        undo(repl, &repl->past[repl->past_count - 1]);
    return true;
}
