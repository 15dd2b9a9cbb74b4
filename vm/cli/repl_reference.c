/* ?name, what the reference and the script say of a name. */
#include <string.h>

#include "moat/lua.h"
#include "repl_session.h"

static bool is_called(const char *function, const char *name) {
    const char *dot = strrchr(function, '.');
    const char *colon = strrchr(function, ':');
    const char *last = dot != NULL ? dot + 1 : colon != NULL ? colon + 1 : function;
    return strcmp(function, name) == 0 || strcmp(last, name) == 0;
}

static void print_indented(FILE *file, const char *text) {
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        fprintf(file, "  %.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

void moati_repl_print_wrapped(moati_repl *repl, const char *text) {
    const size_t columns = repl->screen.columns > 20 ? repl->screen.columns - 2 : 20;
    size_t used = 0;
    while (*text != '\0') {
        const size_t length = strcspn(text, " ");
        if (used > 0 && used + 1 + length > columns) {
            fputc('\n', repl->out);
            used = 0;
        }
        fprintf(repl->out, "%s%.*s", used == 0 ? "  " : " ", (int)length, text);
        used += length + (used > 0);
        text += length + strspn(text + length, " ");
    }
    fputc('\n', repl->out);
}

static void print_function(moati_repl *repl, const moat_lua_function *function) {
    fprintf(repl->out, "%s\n", function->usage);
    if (function->doc != NULL)
        moati_repl_print_wrapped(repl, function->doc);
    if (function->example == NULL)
        return;
    fputs("example:\n", repl->out);
    print_indented(repl->out, function->example);
    if (function->result != NULL && function->result[0] != '\0') {
        fputs("prints:\n", repl->out);
        print_indented(repl->out, function->result);
    }
}

/* The last word of a chapter's title: "compute" of "The module compute". */
static bool is_titled(const char *title, const char *name) {
    const char *last = strrchr(title, ' ');
    return strcmp(title, name) == 0 || (last != NULL && strcmp(last + 1, name) == 0);
}

/* "dist" of "dist.normal" */
static bool is_field_of(const char *function, const char *name) {
    const size_t length = strlen(name);
    return strncmp(function, name, length) == 0 && function[length] == '.';
}

static bool has_field_of(const moat_lua_group *group, const char *name) {
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++)
        if (is_field_of(f->name, name))
            return true;
    return false;
}

static void print_group(moati_repl *repl, const moat_lua_group *group) {
    fprintf(repl->out, "%s\n", group->name);
    moati_repl_print_wrapped(repl, group->doc);
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++)
        if (f->usage != NULL)
            fprintf(repl->out, "  %s\n", f->usage);
}

/* All that a chapter has of that name; a module or a type goes before functions elsewhere. */
static size_t describe_in(moati_repl *repl, const moat_lua_group *group, const char *name,
                          bool whole) {
    size_t found = 0;
    if (whole && (is_titled(group->name, name) || has_field_of(group, name))) {
        print_group(repl, group);
        return 1;
    }
    for (const moat_lua_function *f = group->functions; f->name != NULL && !whole; f++) {
        if (f->usage == NULL || !is_called(f->name, name))
            continue;
        print_function(repl, f);
        found++;
    }
    return found;
}

static size_t describe_in_all(moati_repl *repl, const char *name, bool whole) {
    size_t found = 0;
    const moat_lua_group *group;
    for (group = moat_lua_groups(); group->name != NULL; group++)
        found += describe_in(repl, group, name, whole);
    for (size_t i = 0; (group = moat_lua_library_group(repl->lua, i)) != NULL; i++)
        found += describe_in(repl, group, name, whole);
    return found;
}

/* What the script itself says of a name. */
static size_t describe_own(moati_repl *repl, const char *name) {
    const moat_assumption *assumption = moat_model_find_assumption(repl->model, name);
    const moat_output *output = moati_repl_output(repl, name);
    if (assumption != NULL)
        fprintf(repl->out, "assumption %s: %s\n", name, assumption->text);
    if (assumption != NULL && assumption->source != NULL)
        moati_repl_print_wrapped(repl, assumption->source);
    if (assumption != NULL && assumption->note != NULL)
        moati_repl_print_wrapped(repl, assumption->note);
    if (output != NULL)
        fprintf(repl->out, "output %s%s%s\n", name, output->label != NULL ? ": " : "",
                output->label != NULL ? output->label : "");
    return (size_t)(assumption != NULL) + (size_t)(output != NULL);
}

static void complain_of_unknown(moati_repl *repl, const char *name) {
    const char *near = moat_model_nearest_assumption(repl->model, name);
    if (near != NULL)
        moati_repl_complain(repl, "the reference has nothing named \"%s\"; did you mean \"%s\"?",
                            name, near);
    else
        moati_repl_complain(repl, "the reference has nothing named \"%s\"", name);
}

void moati_repl_describe(moati_repl *repl, const char *name) {
    char word[MOATI_WORD_SIZE];
    const char *rest = moati_first_word(name, word);
    if (rest == NULL || word[0] == '\0') {
        moati_repl_complain(repl, "? needs a name, as in ?npv");
        return;
    }
    const moati_command *command =
        moati_command_find(word + (word[0] == ':'), strlen(word) - (word[0] == ':'));
    if (word[0] == ':' && command != NULL) {
        fprintf(repl->out, "%s\n  %s\n", command->usage, command->doc);
        return;
    }
    size_t found = describe_own(repl, word);
    if (moat_lua_load_library(repl->lua, &repl->error) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    found += describe_in_all(repl, word, true);
    found += describe_in_all(repl, word, false);
    if (found == 0)
        complain_of_unknown(repl, word);
}
