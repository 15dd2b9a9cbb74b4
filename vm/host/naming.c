#include "naming.h"

#include "table.h"

static size_t add_use(moati_naming *n, moati_token name, size_t variable, moati_use_kind kind) {
    moati_scopes *s = n->scopes;
    if (!moati_grow(&s->uses, &s->use_capacity, s->use_count + 1, sizeof *s->uses)) {
        n->failed = true;
        return 0;
    }
    s->uses[s->use_count] = (moati_use){name, variable, kind};
    return s->use_count++;
}

size_t moati_naming_declare(moati_naming *naming, moati_token name, moati_variable_kind kind) {
    moati_scopes *s = naming->scopes;
    if (!moati_grow(&s->variables, &s->variable_capacity, s->variable_count + 1,
                    sizeof *s->variables)) {
        naming->failed = true;
        return 0;
    }
    s->variables[s->variable_count] =
        (moati_variable){.name = name, .kind = kind, .is_inner = naming->level > 1};
    add_use(naming, name, s->variable_count, MOATI_USE_DECLARE);
    return s->variable_count++;
}

void moati_naming_show(moati_naming *naming, size_t variable) {
    if (moati_grow(&naming->visible, &naming->visible_capacity, naming->visible_count + 1,
                   sizeof *naming->visible))
        naming->visible[naming->visible_count++] = variable;
    else
        naming->failed = true;
}

static size_t resolve(const moati_naming *n, const moati_token *name) {
    for (size_t i = n->visible_count; i > 0; i--)
        if (moati_token_same(&n->scopes->variables[n->visible[i - 1]].name, name))
            return n->visible[i - 1];
    return MOATI_GLOBAL_NAME;
}

size_t moati_naming_read(moati_naming *naming, moati_token name) {
    const size_t variable = resolve(naming, &name);
    if (variable != MOATI_GLOBAL_NAME)
        naming->scopes->variables[variable].reads++;
    return add_use(naming, name, variable, MOATI_USE_READ);
}

void moati_naming_write(moati_naming *naming, size_t use) {
    if (naming->failed)
        return;
    moati_use *u = &naming->scopes->uses[use];
    u->kind = MOATI_USE_WRITE;
    if (u->variable == MOATI_GLOBAL_NAME)
        return;
    naming->scopes->variables[u->variable].reads--;
    naming->scopes->variables[u->variable].writes++;
}
