/* Variants that the script declares, put in force. */
#include <stdlib.h>
#include <string.h>

#include "override.h"
#include "refusal.h"
#include "repl_session.h"

static bool has_variant(const moat_model *model, const char *name) {
    for (size_t i = 0; i < moat_model_variants(model); i++)
        if (strcmp(moat_model_variant_name(model, i), name) == 0)
            return true;
    return false;
}

bool moati_repl_variants(moati_repl *repl, const char *arguments) {
    const char *in_force = moat_model_variant(repl->model);
    (void)arguments;
    if (moat_model_variants(repl->model) == 0)
        fputs("there are no variants\n", repl->out);
    for (size_t i = 0; i < moat_model_variants(repl->model); i++) {
        const char *name = moat_model_variant_name(repl->model, i);
        const bool chosen = in_force != NULL && strcmp(in_force, name) == 0;
        fprintf(repl->out, "%s %s\n", chosen ? "*" : " ", name);
    }
    return true;
}

/* A name may have blanks in it, and quotes around it: all of the line is the name. */
static void whole_name(const char *arguments, char name[MOATI_WORD_SIZE]) {
    size_t length;
    arguments += strspn(arguments, " \t");
    length = strlen(arguments);
    while (length > 0 && strchr(" \t", arguments[length - 1]) != NULL)
        length--;
    if (length >= 2 && arguments[0] == '"' && arguments[length - 1] == '"') {
        arguments++;
        length -= 2;
    }
    snprintf(name, MOATI_WORD_SIZE, "%.*s", (int)length, arguments);
}

/* What was set goes before what a variant says. */
static void tell_hidden(moati_repl *repl) {
    const moat_assumption *hidden;
    for (size_t place = 0; (hidden = moati_model_next_hidden(repl->model, &place)) != NULL;)
        fprintf(repl->out, "%s stays %s, as it was set; :unset %s lets the variant change it\n",
                hidden->name, hidden->text, hidden->name);
}

bool moati_repl_variant(moati_repl *repl, const char *arguments) {
    char name[MOATI_WORD_SIZE];
    moati_overrides to;
    whole_name(arguments, name);
    if (name[0] == '\0')
        return moati_repl_variants(repl, arguments);
    const bool none = strcmp(name, "none") == 0 && !has_variant(repl->model, name);
    if (!none && !has_variant(repl->model, name)) {
        repl->failed = true;
        fflush(repl->out);
        moati_override_refuse_name(repl->model, repl->path != NULL ? repl->path : "this session",
                                   name, true);
        return true;
    }
    if (!moati_overrides_copy(&repl->overrides, &to)) {
        moati_repl_complain(repl, "out of memory");
        return true;
    }
    free(to.variant);
    to.variant = none ? NULL : strdup(name);
    if (!none && to.variant == NULL) {
        moati_repl_complain(repl, "out of memory");
        moati_overrides_free(&to);
        return true;
    }
    if (moati_repl_change(repl, &to, true))
        tell_hidden(repl);
    return true;
}
