/* A Lua state's life, and the running of scripts in it. */
#include "state.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "conditions.h"
#include "environment.h"
#include "regular.h"

moat_lua *moatl_state(lua_State *L) {
    moat_lua *lua;
    memcpy(&lua, lua_getextraspace(L), sizeof lua);
    return lua;
}

moat_model *moatl_model(lua_State *L) {
    return moatl_state(L)->model;
}

moat_graph *moatl_graph(lua_State *L) {
    return moat_model_graph(moatl_state(L)->model);
}

moat_units *moatl_units(lua_State *L) {
    return moat_model_units(moatl_state(L)->model);
}

static void new_registry_table(lua_State *L, const char *name) {
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, name);
}

/* Everything in here may raise for want of memory. */
static int set_up(lua_State *L) {
    new_registry_table(L, MOATI_CHUNKS);
    new_registry_table(L, MOATI_LITERALS);
    new_registry_table(L, MOATI_DECLARATIONS);
    new_registry_table(L, MOATI_LOADED);
    new_registry_table(L, MOATI_CHAPTERS);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    moatl_open_base(L);
    moatl_open_protect(L);
    moatl_open_libraries(L);
    moatl_open_math(L);
    moatl_open_quantity(L);
    moatl_open_library(L);
    moatl_open_require(L);
    if (moatl_state(L)->options.show != NULL)
        moatl_open_session(L);
    if (moatl_state(L)->options.no_sandbox)
        moatl_leave_sandbox(L);
    return 0;
}

/* Ends a run: the flag decides, then what was raised. */
static moat_status finish(moat_lua *lua, int result, moat_error *error) {
    if (lua->aborted == MOAT_OK && lua->is_over) {
        lua->aborted = MOAT_LIMIT;
        snprintf(lua->last.message, sizeof lua->last.message,
                 "the script needs more than the memory limit");
    }
    if (lua->aborted == MOAT_OK && result == LUA_OK)
        return MOAT_OK;
    if (lua->aborted == MOAT_OK && result == LUA_ERRMEM)
        return moat_fail(error, MOAT_NO_MEMORY, "the script needs more memory than there is");
    const moat_script_error *last = &lua->last;
    moat_status status = lua->aborted != MOAT_OK   ? lua->aborted
                         : result == LUA_ERRSYNTAX ? MOAT_SYNTAX
                                                   : MOAT_INVALID;
    if (last->file[0] == '\0')
        return moat_fail(error, status, "%s", last->message);
    return moat_fail(error, status, "%s:%d: %s", last->file, last->line, last->message);
}

static int protect(moat_lua *lua, lua_CFunction function, void *argument) {
    lua_State *L = lua->L;
    lua_settop(L, 0);
    memset(&lua->last, 0, sizeof lua->last);
    lua_pushcfunction(L, moatl_note_error);
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, argument);
    return lua_pcall(L, 1, 0, 1);
}

moat_lua *moat_lua_new(moat_model *model, const moat_lua_options *options, moat_error *error) {
    moat_lua *lua = calloc(1, sizeof *lua);
    if (lua == NULL)
        goto no_memory;
    lua->model = model;
    lua->budget = moat_model_budget(model);
    if (options != NULL)
        lua->options = *options;
    if (lua->options.folder != NULL) {
        lua->folder = strdup(lua->options.folder);
        if (lua->folder == NULL)
            goto no_memory;
    }
    lua->L = lua_newstate(moati_allocate, lua);
    if (lua->L == NULL)
        goto no_memory;
    memcpy(lua_getextraspace(lua->L), &lua, sizeof lua);
    moati_begin_looking(lua); /* coroutines inherit the hook of the thread that makes them */
    if (finish(lua, protect(lua, set_up, NULL), error) != MOAT_OK) {
        moat_lua_free(lua);
        return NULL;
    }
    return lua;

no_memory:
    moat_lua_free(lua);
    moat_fail(error, MOAT_NO_MEMORY, "no memory for a Lua state");
    return NULL;
}

moat_status moati_protect(moat_lua *lua, lua_CFunction function, void *argument,
                          moat_error *error) {
    moati_begin_looking(lua);
    return finish(lua, protect(lua, function, argument), error);
}

void moat_lua_free(moat_lua *lua) {
    if (lua == NULL)
        return;
    if (lua->L != NULL)
        lua_close(lua->L);
    free(lua->folder);
    free(lua);
}

const moat_script_error *moat_lua_script_error(const moat_lua *lua) {
    return &lua->last;
}

/* --- Running. */

static bool is_built_in(const char *name) {
    return strncmp(name, MOATI_BUILT_IN, strlen(MOATI_BUILT_IN)) == 0;
}

/* Refuses a text that asks Lua what only the samples can say; pushes where and why. */
static bool misuses_conditions(lua_State *L, const char *text, size_t length, const char *name) {
    moati_misuse misuse;
    if (is_built_in(name) || moatl_state(L)->options.no_sandbox ||
        !moati_find_misuse(text, length, &misuse))
        return false;
    lua_pushfstring(L, "%s:%d: %s", name + 1, misuse.line, misuse.message);
    return true;
}

void moatl_register_chunk(lua_State *L, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_CHUNKS);
    lua_pushboolean(L, name[0] == '@');
    lua_setfield(L, -2, name + 1);
    lua_pop(L, 1);
}

typedef struct unread {
    const char *text;
    size_t length;
} unread;

/* Gives Lua's parser a piece of the text. */
static const char *read_piece(lua_State *L, void *context, size_t *length) {
    enum { PIECE = 1 << 15 };
    unread *rest = context;
    const char *piece = rest->text;
    moatl_look(L);
    *length = rest->length < PIECE ? rest->length : PIECE;
    rest->text += *length;
    rest->length -= *length;
    return piece;
}

int moatl_load_text(lua_State *L, const char *text, size_t length, const char *name) {
    unread rest = {text, length};
    return lua_load(L, read_piece, &rest, name, "t");
}

int moatl_load(lua_State *L, const char *text, size_t length, const char *name) {
    moatl_register_chunk(L, name);
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    if (length > 0 && text[0] == '#') { /* keeps the line break, and so the line numbers */
        const char *end = memchr(text, '\n', length);
        length = end != NULL ? length - (size_t)(end - text) : 0;
        text = end;
    }
    int result = moatl_load_text(L, text, length, name);
    moatl_note_source(L, text, length, name, result == LUA_OK);
    if (result == LUA_OK && misuses_conditions(L, text, length, name))
        return LUA_ERRRUN;
    if (result == LUA_OK) {
        /* What a script makes of its globals is no concern of the library's. */
        lua_getfield(L, LUA_REGISTRYINDEX, is_built_in(name) ? MOATI_LIBRARY : MOATI_ENVIRONMENT);
        lua_setupvalue(L, -2, 1);
    }
    return result;
}

static int run_source(lua_State *L) {
    moati_source *s = lua_touserdata(L, 1);
    const char *name = lua_pushfstring(L, "%c%s", s->kind, s->name);
    int result = moatl_load(L, s->text, s->length, name);
    if (result != LUA_OK) {
        s->is_syntax = result == LUA_ERRSYNTAX;
        return lua_error(L);
    }
    lua_call(L, 0, 0);
    return 0;
}

moat_status moati_run(moat_lua *lua, lua_CFunction function, moati_source *s, moat_error *error) {
    MOATI_OWN_ENVIRONMENT; /* for what a script computes with plain numbers */
    moati_begin_looking(lua);
    lua->main = s->name;
    int result = protect(lua, function, s);
    lua->main = NULL;
    if (result == LUA_ERRRUN && s->is_syntax)
        result = LUA_ERRSYNTAX;
    else if (result == LUA_ERRERR)
        moati_note_message(lua, "an error in the handling of an error");
    return finish(lua, result, error);
}

moat_status moat_lua_run_text(moat_lua *lua, const char *text, size_t length, const char *name,
                              moat_error *error) {
    moati_source s = {.text = text, .length = length, .kind = '=', .name = name};
    return moati_run(lua, run_source, &s, error);
}

/* The folder of a path: "." for a bare name. */
static moat_status set_folder(moat_lua *lua, const char *path, moat_error *error) {
    if (lua->folder != NULL)
        return MOAT_OK;
    const char *slash = strrchr(path, '/');
    lua->folder = slash == NULL   ? strdup(".")
                  : slash == path ? strdup("/")
                                  : strndup(path, (size_t)(slash - path));
    if (lua->folder == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "no memory for the name of a folder");
    return MOAT_OK;
}

moat_status moat_lua_run_file(moat_lua *lua, const char *path, moat_error *error) {
    memset(&lua->last, 0, sizeof lua->last);
    char *text;
    size_t length;
    moat_status status = set_folder(lua, path, error);
    if (status == MOAT_OK)
        status = moati_read_text(path, MOATI_TEXT_LIMIT, &text, &length, error);
    if (status != MOAT_OK)
        return status;
    moati_source s = {.text = text, .length = length, .kind = '@', .name = path};
    status = moati_run(lua, run_source, &s, error);
    free(text);
    return status;
}
