/* Paths are resolved before they are opened: a symbolic link must not lead out of the folder. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "below.h"

#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* Memory that the collector frees: made before what it is to hold. */
typedef struct held {
    char *memory;
} held;

#define HELD "moat.held"

static int free_held(lua_State *L) {
    held *h = lua_touserdata(L, 1);
    free(h->memory);
    h->memory = NULL;
    return 0;
}

static held *push_held(lua_State *L) {
    held *h = lua_newuserdatauv(L, sizeof *h, 0);
    h->memory = NULL;
    luaL_setmetatable(L, HELD);
    return h;
}

const char *moatl_folder(lua_State *L) {
    return moatl_state(L)->folder;
}

static void check_inside(lua_State *L, const char *who, const char *path, const char *missing) {
    held *folder = push_held(L), *file = push_held(L);
    folder->memory = realpath(moatl_folder(L), NULL);
    file->memory = realpath(path, NULL);
    if (file->memory == NULL || folder->memory == NULL)
        moatl_fail(L, "%s", missing);
    size_t length = strlen(folder->memory);
    bool is_root = strcmp(folder->memory, "/") == 0;
    if (strncmp(file->memory, folder->memory, length) != 0 ||
        (!is_root && file->memory[length] != '/'))
        moatl_fail(L, "%s: %s is outside of the script's folder", who, path);
}

const char *moatl_push_file(lua_State *L, const char *who, const char *path, const char *missing,
                            size_t limit, size_t *length) {
    moat_error error;
    check_inside(L, who, path, missing);
    held *text = push_held(L);
    if (moati_read_text(path, limit, &text->memory, length, &error) != MOAT_OK)
        moatl_fail_with(L, &error);
    return text->memory;
}

void moatl_open_below(lua_State *L) {
    luaL_newmetatable(L, HELD);
    lua_pushcfunction(L, free_held);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}
