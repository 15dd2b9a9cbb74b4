/* How a script's mistakes are reported: at the line of the script that made them, whatever
 * built-in function noticed them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* The value that an aborted run raises. It is no table or text, so that no script can make
 * one or do anything with it. */
static void *abort_token(moat_lua *lua) {
    return lua;
}

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The innermost function that is a script's and not a part of Moat's. */
static bool find_script(lua_State *L, lua_Debug *ar) {
    for (int level = 0; lua_getstack(L, level, ar); level++)
        if (lua_getinfo(L, "Sl", ar) && ar->currentline > 0 &&
            !starts_with(ar->source, MOATI_BUILT_IN))
            return true;
    return false;
}

static const char *chunk_name(const lua_Debug *ar) {
    bool named = ar->source[0] == '@' || ar->source[0] == '=';
    return named ? ar->source + 1 : ar->short_src;
}

const char *moatl_push_place(lua_State *L) {
    lua_Debug ar;
    if (find_script(L, &ar))
        return lua_pushfstring(L, "%s:%d", chunk_name(&ar), ar.currentline);
    return lua_pushliteral(L, "");
}

_Noreturn static void raise_message(lua_State *L, const char *message) {
    const char *place = moatl_push_place(L);
    if (place[0] != '\0')
        lua_pushfstring(L, "%s: %s", place, message);
    else
        lua_pushstring(L, message);
    lua_error(L);
    abort(); /* lua_error does not return */
}

void moatl_fail(lua_State *L, const char *format, ...) {
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    raise_message(L, message);
}

static void note(moat_script_error *last, const char *file, bool is_file, int line,
                 const char *message) {
    snprintf(last->file, sizeof last->file, "%s", file);
    last->is_file = is_file;
    last->line = line;
    snprintf(last->message, sizeof last->message, "%s", message);
}

static void note_here(lua_State *L, const char *message) {
    lua_Debug ar;
    moat_script_error *last = &moatl_state(L)->last;
    if (find_script(L, &ar))
        note(last, chunk_name(&ar), ar.source[0] == '@', ar.currentline, message);
    else
        note(last, "", false, 0, message);
}

_Noreturn static void raise_abort(lua_State *L) {
    moatl_look_always(L); /* no __close may run on */
    lua_pushlightuserdata(L, abort_token(moatl_state(L)));
    lua_error(L);
    abort();
}

void moatl_abort(lua_State *L, moat_status status, const char *message) {
    moat_lua *lua = moatl_state(L);
    if (lua->aborted == MOAT_OK) {
        lua->aborted = status;
        note_here(L, message);
    }
    raise_abort(L);
}

void moatl_check_aborted(lua_State *L) {
    if (moatl_state(L)->aborted != MOAT_OK)
        raise_abort(L);
}

/* What no script can do anything about ends the run. */
static bool is_final(moat_status status) {
    return status == MOAT_INTERRUPTED || status == MOAT_NO_MEMORY || status == MOAT_LIMIT;
}

/* What a part below says, without the name of the function where it begins with that. */
static const char *without_name(const char *message, const char *name) {
    const char *dot = strrchr(name, '.');
    name = dot == NULL ? name : dot + 1;
    const size_t length = strlen(name);
    return starts_with(message, name) && starts_with(message + length, ": ") ? message + length + 2
                                                                             : message;
}

void moatl_fail_with(lua_State *L, const moat_error *error) {
    if (is_final(error->status))
        moatl_abort(L, error->status, error->message);
    const char *name = moatl_name(L);
    if (name != NULL)
        moatl_fail(L, "%s: %s", name, without_name(error->message, name));
    raise_message(L, error->message);
}

void moatl_check_status(lua_State *L, moat_status status, const moat_error *error) {
    if (status != MOAT_OK)
        moatl_fail_with(L, error);
}

/* --- What the embedder is told. */

/* True where the name of a chunk is the beginning of a message's place: Lua writes long names of
 * files as "...end of the name", and cuts others. */
static bool is_chunk(const char *name, const char *text, size_t length) {
    size_t name_length = strlen(name);
    if (length == LUA_IDSIZE - 1 && length < name_length && memcmp(name, text, length) == 0)
        return true;
    if (length > 3 && starts_with(text, "...")) {
        text += 3;
        length -= 3;
        return length < name_length && memcmp(name + name_length - length, text, length) == 0;
    }
    return name_length == length && memcmp(name, text, length) == 0;
}

/* The known chunk whose name is text[0..length), or NULL. */
static const char *find_chunk(lua_State *L, const char *text, size_t length, bool *is_file) {
    const char *found = NULL;
    int top = lua_gettop(L);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_CHUNKS);
    lua_pushnil(L);
    while (found == NULL && lua_next(L, top + 1)) {
        const char *name = lua_tostring(L, -2);
        if (is_chunk(name, text, length)) {
            found = name; /* the table keeps it alive */
            *is_file = lua_toboolean(L, -1);
        }
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    return found;
}

/* Splits "place:12: message" where the place is a chunk's name. */
static bool note_split(moat_lua *lua, const char *message) {
    for (const char *colon = strchr(message, ':'); colon != NULL; colon = strchr(colon + 1, ':')) {
        char *end;
        long line = strtol(colon + 1, &end, 10);
        if (end == colon + 1 || !starts_with(end, ": "))
            continue;
        bool is_file;
        const char *file = find_chunk(lua->L, message, (size_t)(colon - message), &is_file);
        if (file != NULL) {
            note(&lua->last, file, is_file, (int)line, end + 2);
            return true;
        }
    }
    return false;
}

void moati_note_message(moat_lua *lua, const char *message) {
    if (!note_split(lua, message))
        note(&lua->last, "", false, 0, message);
}

/* Replaces the table on top of the stack by its own field of a name; false where it has none. */
static bool has_field(lua_State *L, const char *name) {
    if (!lua_istable(L, -1))
        return false;
    if (moatl_push_behind(L, -1))
        lua_replace(L, -2);
    lua_pushstring(L, name);
    lua_rawget(L, -2);
    lua_replace(L, -2);
    return !lua_isnil(L, -1);
}

/* "a.price" for "price", where a script's global table has a field of that name; NULL else. */
static const char *find_field(lua_State *L, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_ENVIRONMENT);
    const int globals = lua_gettop(L);
    const lua_Integer count = moatl_push_keys(L, globals);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, globals + 1, i) == LUA_TSTRING) {
            lua_pushvalue(L, -1);
            lua_rawget(L, globals);
            if (has_field(L, name))
                return lua_pushfstring(L, "%s.%s", lua_tostring(L, globals + 2), name);
        }
        lua_settop(L, globals + 1);
    }
    return NULL;
}

const char *moatl_nearest_global(lua_State *L, const char *name) {
    const char *field = find_field(L, name);
    if (field != NULL)
        return field;
    const char *near = NULL;
    static const char *const tables[] = {MOATI_ENVIRONMENT, MOATI_GLOBALS};
    for (size_t i = 0; near == NULL && i < 2; i++) {
        lua_getfield(L, LUA_REGISTRYINDEX, tables[i]);
        near = moatl_nearest_key(L, lua_gettop(L), name);
    }
    return near != NULL ? near : moati_nearest_library(moatl_state(L), name);
}

/* What Lua has and scripts have not. */
static bool is_removed(const char *name) {
    static const char *const removed[] = {"io", "os", "debug", "package", "dofile", "loadfile"};
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
        if (strcmp(name, removed[i]) == 0)
            return true;
    return false;
}

/* "attempt to call a nil value (global 'sumary')" is completed by what was meant. */
static void suggest_global(lua_State *L) {
    static const char mark[] = "(global '";
    char name[64] = "";
    const char *place = strstr(lua_tostring(L, 1), mark);
    const char *end = place != NULL ? strchr(place + strlen(mark), '\'') : NULL;
    if (end == NULL || strcmp(end, "')") != 0 ||
        (size_t)(end - place) - strlen(mark) >= sizeof name)
        return;
    memcpy(name, place + strlen(mark), (size_t)(end - place) - strlen(mark));
    const char *near = moatl_nearest_global(L, name);
    if (is_removed(name))
        lua_pushfstring(L, "%s; scripts have no %s: they compute and print", lua_tostring(L, 1),
                        name);
    else if (near != NULL && strcmp(near, name) == 0)
        lua_pushfstring(L, "%s; it has functions: write %s.NAME(...)", lua_tostring(L, 1), name);
    else if (near != NULL)
        lua_pushfstring(L, "%s; did you mean \"%s\"?", lua_tostring(L, 1), near);
    else
        return;
    lua_replace(L, 1);
}

/* What went wrong in another file says where the script that is run called it: at the end of the
 * message's first line. */
static void note_caller(lua_State *L) {
    moat_lua *lua = moatl_state(L);
    moat_script_error *last = &lua->last;
    lua_Debug ar;
    char message[sizeof last->message];
    if (lua->main == NULL || last->file[0] == '\0' ||
        strncmp(last->file, lua->main, sizeof last->file - 1) == 0)
        return;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (!lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0 ||
            strcmp(chunk_name(&ar), lua->main) != 0)
            continue;
        const int line = (int)strcspn(last->message, "\n");
        snprintf(message, sizeof message, "%.*s (called from %s:%d)%s", line, last->message,
                 lua->main, ar.currentline, last->message + line);
        memcpy(last->message, message, sizeof message);
        return;
    }
}

int moatl_note_error(lua_State *L) {
    moat_lua *lua = moatl_state(L);
    if (lua->aborted != MOAT_OK)
        return 1;
    if (!lua_isstring(L, 1)) {
        lua_pushfstring(L, "the script raised %s as an error: raise a text",
                        moatl_push_description(L, 1));
        lua_replace(L, 1);
    }
    suggest_global(L);
    const char *message = lua_tostring(L, 1);
    if (!note_split(lua, message))
        note_here(L, message);
    note_caller(L);
    return 1;
}
