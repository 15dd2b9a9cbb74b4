/* Files below the script's folder, for Lua. */
#include "below.h"

#include <stdlib.h>

#include "bind.h"
#include "regular.h"
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

const char *moatl_push_file(lua_State *L, const char *who, const char *path, const char *missing,
                            size_t limit, size_t *length) {
    const moat_lua_reader *reader = moatl_state(L)->options.reader;
    moat_error error;
    held *text = push_held(L);
    moat_status status =
        reader != NULL
            ? reader->read(reader->context, path, &text->memory, length, &error)
            : moati_read_below(moatl_folder(L), path, limit, &text->memory, length, &error);
    if (status == MOAT_OK && *length > limit)
        status = moat_fail(&error, MOAT_LIMIT, "%s is longer than %zu bytes", path, limit);
    if (status == MOAT_UNKNOWN)
        moatl_fail(L, "%s", missing);
    if (status == MOAT_INVALID)
        moatl_fail(L, "%s: %s", who, error.message);
    if (status != MOAT_OK)
        moatl_fail_with(L, &error);
    return text->memory;
}

void moatl_open_below(lua_State *L) {
    luaL_newmetatable(L, HELD);
    lua_pushcfunction(L, free_held);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}
