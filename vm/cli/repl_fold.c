/* Literals that were set, in the text of a script in the place of its own. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"

/* The last part of a name: "lead" of "compute.lead". */
static const char *last_part(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot == NULL ? name : dot + 1;
}

static bool in_name(char c) {
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* True where the text before a literal is "name = ", "name = {" or "\"name\", ". */
static bool follows_name(const char *text, const char *literal, const char *name) {
    const size_t length = strlen(name);
    const char *at = literal;
    while (at > text && strchr(" \t\n{=,(\"'", at[-1]) != NULL)
        at--;
    return (size_t)(at - text) >= length && strncmp(at - length, name, length) == 0 &&
           (at - length == text || !in_name(at[-(ptrdiff_t)length - 1]));
}

/* Where the text writes the value of an assumption, between quotation marks; NULL where it does not
 * or does so twice. */
static char *find_literal(char *text, const char *name, const char *literal) {
    char *found = NULL;
    const size_t length = strlen(literal);
    for (char *at = text; length > 0 && (at = strstr(at, literal)) != NULL; at += length) {
        const bool quoted = at > text && (at[-1] == '"' || at[-1] == '\'') && at[length] == at[-1];
        if (!quoted || !follows_name(text, at - 1, last_part(name)))
            continue;
        if (found != NULL)
            return NULL;
        found = at;
    }
    return found;
}

/* Replaces a part of an allocated text. */
static bool splice(char **text, size_t place, size_t length, const char *by) {
    const size_t rest = strlen(*text + place + length) + 1, inserted = strlen(by);
    char *made = malloc(place + inserted + rest);
    if (made == NULL)
        return false;
    memcpy(made, *text, place);
    memcpy(made + place, by, inserted);
    memcpy(made + place + inserted, *text + place + length, rest);
    free(*text);
    *text = made;
    return true;
}

moat_status moati_repl_fold(moati_repl *repl, char **text, bool *possible) {
    *possible = true;
    for (size_t i = 0; i < repl->overrides.count; i++) {
        const char *name = repl->overrides.items[i].name;
        const char *declared = moat_model_declared_text(repl->model, name);
        char *place = declared == NULL ? NULL : find_literal(*text, name, declared);
        *possible = *possible && place != NULL;
        if (*possible && !splice(text, (size_t)(place - *text), strlen(declared),
                                 repl->overrides.items[i].literal))
            return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    }
    return MOAT_OK;
}
