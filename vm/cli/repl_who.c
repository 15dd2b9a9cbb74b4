/* :who, what depends on an assumption, and what a value depends on. */
#include <stdlib.h>

#include "repl_session.h"

static void print_dependants(moati_repl *repl, const char *what, size_t count,
                             const char *const *words) {
    fprintf(repl->out, "%s:%s\n", what, count == 0 ? " none" : "");
    if (count > 0)
        moati_repl_print_columns(repl, count, words);
}

/* Writes the names of the quantities that depend on an assumption. */
static moat_status find_dependants(moati_repl *repl, const char *name, size_t count,
                                   const moat_output *quantities, const char **words,
                                   size_t *found) {
    bool *depends = calloc(count + 1, sizeof *depends);
    *found = 0;
    if (depends == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    const moat_status status =
        moat_model_dependants(repl->model, name, count, quantities, depends, &repl->error);
    for (size_t i = 0; i < count && status == MOAT_OK; i++)
        if (depends[i])
            words[(*found)++] = quantities[i].name;
    free(depends);
    return status;
}

/* The quantities among the globals that are not the assumption itself; a series that begins with it
 * is another one. */
static size_t copy_others(const moati_repl *repl, const char *name, const moati_givens *names,
                          moat_output *quantities) {
    const moat_node node = moat_model_find_assumption(repl->model, name)->node;
    size_t count = 0;
    for (size_t i = 0; i < names->count && quantities != NULL; i++) {
        const moat_output *quantity = &names->items[i].quantity;
        if (quantity->count > 1 || quantity->nodes[0] != node)
            quantities[count++] = *quantity;
    }
    return count;
}

static moat_status who(moati_repl *repl, const char *name, const moati_givens *names) {
    const size_t outputs = moat_model_outputs(repl->model);
    const size_t most = outputs > names->count ? outputs : names->count;
    moat_output *quantities = calloc(most + 1, sizeof *quantities);
    const char **words = calloc(most + 1, sizeof *words);
    size_t found;
    moat_status status = MOAT_OK;
    if (quantities == NULL || words == NULL)
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < outputs && status == MOAT_OK; i++)
        quantities[i] = *moat_model_get_output(repl->model, i);
    if (status == MOAT_OK)
        status = find_dependants(repl, name, outputs, quantities, words, &found);
    if (status == MOAT_OK)
        print_dependants(repl, "outputs", found, words);
    const size_t others = copy_others(repl, name, names, quantities);
    if (status == MOAT_OK)
        status = find_dependants(repl, name, others, quantities, words, &found);
    if (status == MOAT_OK)
        print_dependants(repl, "variables", found, words);
    free(quantities);
    free(words);
    return status;
}

/* The assumptions that a value depends on. */
static moat_status print_assumptions(moati_repl *repl, const char *text,
                                     const moat_output *quantity) {
    const size_t count = moat_model_assumptions(repl->model);
    const char **words = calloc(count + 1, sizeof *words);
    size_t found = 0;
    moat_status status =
        words == NULL ? moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory") : MOAT_OK;
    for (size_t i = 0; i < count && status == MOAT_OK; i++) {
        bool depends = false;
        const char *name = moat_model_assumption(repl->model, i)->name;
        status = moat_model_dependants(repl->model, name, 1, quantity, &depends, &repl->error);
        if (depends)
            words[found++] = name;
    }
    if (status == MOAT_OK) {
        fprintf(repl->out, "%s depends on%s\n", text, found == 0 ? " no assumption" : ":");
        moati_repl_print_columns(repl, found, words);
    }
    free(words);
    return status;
}

static void who_of_value(moati_repl *repl, const char *text) {
    const moat_output *quantity;
    if (!moati_repl_begin_work(repl))
        return;
    if ((quantity = moati_repl_value(repl, text)) != NULL &&
        print_assumptions(repl, text, quantity) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    moati_repl_end_work(repl);
}

bool moati_repl_who(moati_repl *repl, const char *arguments) {
    moati_givens names = {0};
    if (arguments[0] == '\0') {
        moati_repl_complain(repl, ":who needs the name of an assumption, or a value");
        return true;
    }
    if (moat_model_find_assumption(repl->model, arguments) == NULL) {
        who_of_value(repl, arguments);
        return true;
    }
    moat_status status = moat_lua_quantities(repl->lua, moati_givens_add, &names, &repl->error);
    if (status == MOAT_OK)
        status = who(repl, arguments, &names);
    if (status != MOAT_OK)
        moati_repl_complain_of_error(repl);
    moati_givens_free(&names);
    return true;
}
