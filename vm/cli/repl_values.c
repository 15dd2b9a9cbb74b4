/* Copies of the values that an entry has given: the state that they come from goes on. */
#include <stdlib.h>
#include <string.h>

#include "repl_session.h"

static void free_given(moati_given *given) {
    free(given->name);
    free(given->text);
    free(given->nodes);
}

void moati_givens_free(moati_givens *givens) {
    for (size_t i = 0; i < givens->count; i++)
        free_given(&givens->items[i]);
    free(givens->items);
    *givens = (moati_givens){0};
}

static bool copy_text(const char *text, char **copy) {
    *copy = text == NULL ? NULL : strdup(text);
    return text == NULL || *copy != NULL;
}

static bool copy_quantity(const moat_output *from, moati_given *to) {
    to->is_quantity = true;
    to->quantity = *from;
    to->nodes = malloc((from->count + 1) * sizeof *to->nodes);
    if (to->nodes == NULL)
        return false;
    memcpy(to->nodes, from->nodes, from->count * sizeof *to->nodes);
    to->quantity.nodes = to->nodes;
    to->quantity.name = to->name != NULL ? to->name : "";
    return true;
}

static bool copy_value(const moat_lua_value *from, moati_given *to) {
    to->depth = from->depth;
    to->is_table = from->is_table;
    return copy_text(from->name, &to->name) && copy_text(from->text, &to->text) &&
           (from->quantity == NULL || copy_quantity(from->quantity, to));
}

static bool reserve(moati_givens *givens) {
    if (givens->count < givens->capacity)
        return true;
    const size_t capacity = 2 * givens->capacity + 8;
    moati_given *grown = realloc(givens->items, capacity * sizeof *grown);
    if (grown == NULL)
        return false;
    givens->items = grown;
    givens->capacity = capacity;
    return true;
}

void moati_givens_add(void *context, const moat_lua_value *value) {
    moati_givens *givens = context;
    moati_given given = {0};
    if (!copy_value(value, &given) || !reserve(givens)) {
        free_given(&given);
        givens->failed = true;
        return;
    }
    givens->items[givens->count++] = given;
}
