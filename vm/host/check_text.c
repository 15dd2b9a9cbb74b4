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

typedef struct token_list {
    moati_token *tokens;
    size_t count, capacity;
} token_list;

/* What a text is looked at with. */
typedef struct look {
    moati_check *check;
    const moati_checked *text;
    const moati_scopes *scopes;
    const token_list *set;    /* the global names that a text gives a value */
    const moati_words *known; /* the global names after the run */
} look;

/* A name of a few words, for messages. */
enum { LONGEST_NAME = 60 };

static int name_length(const moati_token *name) {
    return name->length < LONGEST_NAME ? (int)name->length : LONGEST_NAME;
}

/* The order of a token among words, as strcmp has it. */
static int compare_word(const void *name, const void *word) {
    const moati_token *token = name;
    const char *other = *(char *const *)word;
    const int order = strncmp(token->text, other, token->length);
    return order != 0 ? order : other[token->length] == '\0' ? 0 : -1;
}

static bool is_listed(const moati_words *words, const moati_token *name) {
    return words->count > 0 &&
           bsearch(name, words->words, words->count, sizeof *words->words, compare_word) != NULL;
}

/* A script has `dt` once it has a horizon. */
static bool is_of_language(const moati_check *check, const moati_token *name) {
    return moati_token_is(name, "dt") || is_listed(&check->vocabulary, name);
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
    if (is_made && !v->is_inner && !v->is_alias && is_of_language(l->check, &v->name))
        moati_check_add(l->check, "hidden-name", moati_place_of_token(l->text, &v->name),
                        hidden_hint,
                        "from here on %.*s is this variable and not what the language "
                        "calls so",
                        name_length(&v->name), v->name.text);
}

/* --- Global names. */

static int compare_tokens(const void *a, const void *b) {
    const moati_token *x = a, *y = b;
    const size_t length = x->length < y->length ? x->length : y->length;
    const int order = memcmp(x->text, y->text, length);
    return order != 0 ? order : (x->length > y->length) - (x->length < y->length);
}

static bool is_set(const look *l, const moati_token *name) {
    return l->set->count > 0 && bsearch(name, l->set->tokens, l->set->count, sizeof *l->set->tokens,
                                        compare_tokens) != NULL;
}

static const char *word_at(const void *context, size_t index) {
    return ((char *const *)(uintptr_t)context)[index];
}

static void check_read(const look *l, const moati_token *name) {
    char text[LONGEST_NAME + 1];
    if (is_private(name) || is_listed(l->known, name) || is_of_language(l->check, name) ||
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
    else if (is_of_language(l->check, &use->name))
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
    const moati_chunk *source = l->text->source;
    for (size_t i = 0; i < l->scopes->variable_count; i++) {
        check_used(l, &l->scopes->variables[i]);
        check_hidden(l, &l->scopes->variables[i]);
    }
    for (size_t i = 0; i < l->scopes->use_count; i++)
        check_global(l, &l->scopes->uses[i]);
    moati_check_comments(l->check, l->text);
    if (!moati_find_misuses(source->text, source->length, l->scopes, found_misuse,
                            (void *)(uintptr_t)l))
        l->check->out_of_memory = true;
}

static bool read_scopes(const moati_check *check, moati_scopes *scopes) {
    for (size_t i = 0; i < check->notes.source_count; i++) {
        const moati_chunk *source = check->texts[i].source;
        if (source->compiles && !moati_scopes_read(source->text, source->length, &scopes[i]))
            return false;
    }
    return true;
}

static bool add_set(token_list *list, const moati_scopes *scopes) {
    for (size_t i = 0; i < scopes->use_count; i++) {
        const moati_use *use = &scopes->uses[i];
        if (use->kind != MOATI_USE_WRITE || use->variable != MOATI_GLOBAL_NAME)
            continue;
        if (!moati_grow(&list->tokens, &list->capacity, list->count + 1, sizeof *list->tokens))
            return false;
        list->tokens[list->count++] = use->name;
    }
    return true;
}

static bool list_set(token_list *list, const moati_scopes *scopes, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!add_set(list, &scopes[i]))
            return false;
    if (list->count > 0)
        qsort(list->tokens, list->count, sizeof *list->tokens, compare_tokens);
    return true;
}

void moati_check_texts(moati_check *check, moat_lua *lua) {
    const size_t count = check->notes.source_count;
    moati_words known = {.count = 0};
    token_list set = {.count = 0};
    moati_scopes *scopes = calloc(count + 1, sizeof *scopes);
    if (scopes == NULL || !moati_words_read(&known, lua) || !read_scopes(check, scopes) ||
        !list_set(&set, scopes, count))
        check->out_of_memory = true;
    for (size_t i = 0; i < count && !check->out_of_memory; i++)
        if (check->texts[i].source->compiles)
            look_at(&(look){.check = check,
                            .text = &check->texts[i],
                            .scopes = &scopes[i],
                            .set = &set,
                            .known = &known});
    for (size_t i = 0; scopes != NULL && i < count; i++)
        moati_scopes_free(&scopes[i]);
    free(scopes);
    free(set.tokens);
    moati_words_free(&known);
}
