/* Mistakes that a text shows without being run. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "conditions.h"
#include "nearest.h"
#include "scope.h"
#include "state.h"
#include "table.h"
#include "text.h"

/* What a text is looked at with. */
typedef struct look {
    moati_check *check;
    const moati_checked *text;
    const moati_scopes *scopes;
    const moati_scopes *all;  /* of each text of the check */
    const moati_words *known; /* the global names after the run */
} look;

/* A name of a few words, for messages. */
enum { LONGEST_NAME = 60 };

static int name_length(const moati_token *name) {
    return name->length < LONGEST_NAME ? (int)name->length : LONGEST_NAME;
}

static bool is_listed(const moati_words *words, const moati_token *name) {
    for (size_t i = 0; i < words->count; i++)
        if (moati_token_is(name, words->words[i]))
            return true;
    return false;
}

/* --- Local variables. */

static bool is_private(const moati_token *name) {
    return name->text[0] == '_';
}

static void check_used(const look *l, const moati_variable *v) {
    const bool is_function = v->kind == MOATI_VARIABLE_FUNCTION;
    if ((v->kind != MOATI_VARIABLE_LOCAL && !is_function) || v->reads > 0 || is_private(&v->name))
        return;
    moati_check_add(l->check, is_function ? "unused-function" : "unused-variable",
                    moati_place_of_token(l->text, &v->name),
                    "remove it, or begin its name with _ where it must stand there",
                    "the %s %.*s is %s", is_function ? "local function" : "variable",
                    name_length(&v->name), v->name.text,
                    is_function     ? "never called"
                    : v->writes > 0 ? "set and never read"
                                    : "never read");
}

static const char hidden_hint[] = "choose another name";

static void check_hidden(const look *l, const moati_variable *v) {
    const bool is_made = v->kind == MOATI_VARIABLE_LOCAL || v->kind == MOATI_VARIABLE_FUNCTION;
    if (is_made && !v->is_inner && !v->is_alias && is_listed(&l->check->vocabulary, &v->name))
        moati_check_add(l->check, "hidden-name", moati_place_of_token(l->text, &v->name),
                        hidden_hint,
                        "from here on %.*s is this variable and not what the language "
                        "calls so",
                        name_length(&v->name), v->name.text);
}

/* --- Global names. */

static bool is_set_in(const moati_scopes *scopes, const moati_token *name) {
    for (size_t i = 0; i < scopes->use_count; i++) {
        const moati_use *use = &scopes->uses[i];
        if (use->kind == MOATI_USE_WRITE && use->variable == MOATI_GLOBAL_NAME &&
            moati_token_same(&use->name, name))
            return true;
    }
    return false;
}

static bool is_set(const look *l, const moati_token *name) {
    for (size_t i = 0; i < l->check->notes.source_count; i++)
        if (is_set_in(&l->all[i], name))
            return true;
    return false;
}

static const char *word_at(const void *context, size_t index) {
    return ((char *const *)(uintptr_t)context)[index];
}

static void check_read(const look *l, const moati_token *name) {
    char text[LONGEST_NAME + 1];
    if (is_private(name) || is_listed(l->known, name) || is_listed(&l->check->vocabulary, name) ||
        is_set(l, name))
        return;
    const int length = name_length(name);
    memcpy(text, name->text, (size_t)length);
    text[length] = '\0';
    const char *near =
        moati_nearest_of(text, l->check->vocabulary.count, word_at, l->check->vocabulary.words);
    moati_check_add(l->check, "unknown-name", moati_place_of_token(l->text, name),
                    near == NULL ? "declare it, or correct its name" : NULL,
                    "nothing gives %s a value, so that it is nil%s%s%s", text,
                    near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                    near != NULL ? "\"?" : "");
}

static void check_global(const look *l, const moati_use *use) {
    if (use->variable != MOATI_GLOBAL_NAME)
        return;
    if (use->kind == MOATI_USE_READ)
        check_read(l, &use->name);
    else if (is_listed(&l->check->vocabulary, &use->name))
        moati_check_add(l->check, "hidden-name", moati_place_of_token(l->text, &use->name),
                        "choose another name, or write local before it",
                        "this gives %.*s, a name of the language, another meaning everywhere",
                        name_length(&use->name), use->name.text);
}

/* --- Conditions. */

static void found_misuse(void *context, const char *message, const moati_token *word) {
    const look *l = context;
    moati_check_add(l->check, "condition", moati_place_of_token(l->text, word), NULL, "%s",
                    message);
}

/* --- All of it. */

static void look_at(const look *l) {
    const moati_source *source = l->text->source;
    for (size_t i = 0; i < l->scopes->variable_count; i++) {
        check_used(l, &l->scopes->variables[i]);
        check_hidden(l, &l->scopes->variables[i]);
    }
    for (size_t i = 0; i < l->scopes->use_count; i++)
        check_global(l, &l->scopes->uses[i]);
    for (size_t i = 0; i < l->text->count; i++)
        moati_check_comment(l->check, l->text, &l->text->tokens[i]);
    if (!moati_find_misuses(source->text, source->length, l->scopes, found_misuse,
                            (void *)(uintptr_t)l))
        l->check->out_of_memory = true;
}

static bool read_scopes(const moati_check *check, moati_scopes *scopes) {
    for (size_t i = 0; i < check->notes.source_count; i++) {
        const moati_source *source = check->texts[i].source;
        if (source->compiles && !moati_scopes_read(source->text, source->length, &scopes[i]))
            return false;
    }
    return true;
}

void moati_check_texts(moati_check *check, moat_lua *lua) {
    const size_t count = check->notes.source_count;
    moati_words known = {.count = 0};
    moati_scopes *scopes = calloc(count + 1, sizeof *scopes);
    if (scopes == NULL || !moati_words_read(&known, lua) || !read_scopes(check, scopes))
        check->out_of_memory = true;
    for (size_t i = 0; i < count && !check->out_of_memory; i++)
        if (check->texts[i].source->compiles)
            look_at(&(look){.check = check,
                            .text = &check->texts[i],
                            .scopes = &scopes[i],
                            .all = scopes,
                            .known = &known});
    for (size_t i = 0; scopes != NULL && i < count; i++)
        moati_scopes_free(&scopes[i]);
    free(scopes);
    moati_words_free(&known);
}
