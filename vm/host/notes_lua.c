/* Noting what scripts do, for checkers. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "state.h"

void moati_lua_take_notes(moat_lua *lua, moati_notes *notes) {
    lua->notes = notes;
}

static void check_added(lua_State *L, bool added) {
    if (!added)
        moatl_abort(L, MOAT_NO_MEMORY, "out of memory");
}

/* Whether the innermost function in Lua is a part of Moat. */
static bool runs_library(lua_State *L) {
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++)
        if (lua_getinfo(L, "Sl", &ar) && ar.currentline > 0)
            return strncmp(ar.source, MOATI_BUILT_IN, strlen(MOATI_BUILT_IN)) == 0;
    return false;
}

void moatl_note(lua_State *L, moati_note_kind kind, const char *name, const char *text) {
    moati_notes *notes = moatl_state(L)->notes;
    if (notes == NULL)
        return;
    const char *place = moatl_push_place(L); /* "file:line", or "" */
    const char *colon = strrchr(place, ':');
    const size_t length = colon != NULL ? (size_t)(colon - place) : 0;
    const moati_note note = {.kind = kind,
                             .name = (char *)(uintptr_t)name,
                             .text = (char *)(uintptr_t)text,
                             .file = (char *)(uintptr_t)lua_pushlstring(L, place, length),
                             .line = colon != NULL ? atoi(colon + 1) : 0,
                             .by_library = runs_library(L)};
    check_added(L, moati_notes_add(notes, &note));
    lua_pop(L, 2);
}

void moatl_note_source(lua_State *L, const char *text, size_t length, const char *name,
                       bool compiles) {
    const moat_lua *lua = moatl_state(L);
    const bool is_main = lua->main != NULL && strcmp(name + 1, lua->main) == 0;
    const bool is_built_in = strncmp(name, MOATI_BUILT_IN, strlen(MOATI_BUILT_IN)) == 0;
    if (lua->notes != NULL && (name[0] == '@' || is_main) && !is_built_in)
        check_added(L, moati_notes_add_source(lua->notes, name + 1, text, length, compiles));
}
