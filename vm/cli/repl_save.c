/* :save, a script that says what the session has come to: the text of the one that was loaded, with
 * the literals that were set in the place of its own, and the statements that were entered. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"
#include "write.h"

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

/* Writes the overrides that could be folded into the text; marks them. */
static bool fold(const moati_repl *repl, char **text, bool *folded) {
    for (size_t i = 0; i < repl->overrides.count; i++) {
        const char *name = repl->overrides.items[i].name;
        const char *declared = moat_model_declared_text(repl->model, name);
        char *place = declared == NULL ? NULL : find_literal(*text, name, declared);
        folded[i] = place != NULL;
        if (folded[i] && !splice(text, (size_t)(place - *text), strlen(declared),
                                 repl->overrides.items[i].literal))
            return false;
    }
    return true;
}

static void write_rest(const moati_repl *repl, const bool *folded, FILE *file) {
    size_t left = 0;
    for (size_t i = 0; i < repl->overrides.count; i++)
        left += !folded[i];
    if (left == 0)
        return;
    fputs("\nvariant(\"session\", {\n", file);
    for (size_t i = 0; i < repl->overrides.count; i++)
        if (!folded[i])
            fprintf(file, "  [\"%s\"] = \"%s\",\n", repl->overrides.items[i].name,
                    repl->overrides.items[i].literal);
    fputs("})\n", file);
}

/* The text of the script with all that was entered. Allocated; NULL: no memory. */
static char *compose(const moati_repl *repl) {
    char *text = NULL;
    size_t length;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL)
        return NULL;
    if (repl->script.text != NULL) {
        fputs(repl->script.text, file);
        if (repl->script.length > 0 && repl->script.text[repl->script.length - 1] != '\n')
            fputc('\n', file);
    }
    for (size_t i = 0; i < repl->entry_count; i++)
        fprintf(file, "%s%s\n", i == 0 && repl->script.text != NULL ? "\n" : "", repl->entries[i]);
    if (fclose(file) == 0)
        return text;
    free(text);
    return NULL;
}

static void tell(moati_repl *repl, const char *path, const bool *folded) {
    size_t left = 0;
    for (size_t i = 0; i < repl->overrides.count; i++)
        left += !folded[i];
    fprintf(repl->out, "saved %s", path);
    if (left > 0)
        fprintf(repl->out, "; run it with --variant session: what was set could not be written "
                           "into it");
    else if (repl->overrides.variant != NULL)
        fprintf(repl->out, "; run it with --variant %s", repl->overrides.variant);
    fputc('\n', repl->out);
}

static moat_status save(moati_repl *repl, const char *path, bool *folded) {
    char *text = compose(repl), *whole = NULL;
    size_t length;
    if (text == NULL || !fold(repl, &text, folded)) {
        free(text);
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    }
    FILE *file = open_memstream(&whole, &length);
    if (file != NULL) {
        fputs(text, file);
        write_rest(repl, folded, file);
    }
    free(text);
    const bool done = file != NULL && fclose(file) == 0;
    const moat_status status = done ? moati_write_file(path, whole, length, &repl->error)
                                    : moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    free(whole);
    return status;
}

bool moati_repl_save(moati_repl *repl, const char *arguments) {
    if (arguments[0] == '\0') {
        moati_repl_complain(repl, ":save needs a file, as in :save mine.lua");
        return true;
    }
    if (repl->path != NULL && strcmp(repl->path, arguments) == 0) {
        moati_repl_complain(repl, "%s is the script that was loaded; choose another name",
                            arguments);
        return true;
    }
    bool *folded = calloc(repl->overrides.count + 1, sizeof *folded);
    if (folded == NULL)
        moati_repl_complain(repl, "out of memory");
    else if (save(repl, arguments, folded) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    else
        tell(repl, arguments, folded);
    free(folded);
    return true;
}
