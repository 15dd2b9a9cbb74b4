/* require: modules of the library by name, and Lua files below the script's folder. */
#include <stdint.h>
#include <string.h>

#include "below.h"
#include "language.h"
#include "nearest.h"
#include "state.h"

/* Letters, digits, `_` and `-`, in parts between `.` or `/`. */
static bool is_module_name(const char *name) {
    bool in_part = false;
    for (const char *c = name; *c != '\0'; c++) {
        bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                         (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
        bool divides = *c == '.' || *c == '/';
        if (!is_letter && !(divides && in_part))
            return false;
        in_part = is_letter;
    }
    return in_part;
}

static void check_module_name(lua_State *L, const char *name) {
    if (!is_module_name(name) || strlen(name) > 200) {
        moatl_fail(
            L,
            "require: \"%.60s\" is not a module's name: write \"name\" or \"folder/name\" for a "
            "file below the script's folder",
            name);
    }
}

/* Pushes "folder/a/b.lua" for "a.b". */
static const char *push_path(lua_State *L, const char *name) {
    luaL_gsub(L, name, ".", "/");
    return lua_pushfstring(L, "%s/%s.lua", moatl_folder(L), lua_tostring(L, -1));
}

/* Pushes a text as a function. */
static void load_text(lua_State *L, const char *text, size_t length, const char *chunk) {
    if (moatl_load(L, text, length, chunk) != LUA_OK)
        lua_error(L);
}

static void run_file(lua_State *L, const char *name) {
    if (moatl_folder(L) == NULL)
        moatl_fail(L, "require: there is no module \"%s\"", name);
    size_t length;
    const char *path = push_path(L, name);
    const char *missing =
        lua_pushfstring(L, "require: there is no module \"%s\" and no file %s", name, path);
    const char *text = moatl_push_file(L, "require", path, missing, MOATI_TEXT_LIMIT, &length);
    const moat_lua_options *options = &moatl_state(L)->options;
    if (options->required != NULL)
        options->required(options->context, name, path, text, length);
    load_text(L, text, length, lua_pushfstring(L, "@%s", path));
    lua_call(L, 0, 1);
}

static void run_module(lua_State *L, const moat_lua_module *module) {
    const bool has_native = module->open != NULL;
    if (module->text != NULL)
        load_text(L, module->text, module->length,
                  lua_pushfstring(L, MOATI_BUILT_IN " %s", module->name));
    if (has_native) {
        lua_pushcfunction(L, module->open);
        lua_call(L, 0, 1);
    }
    if (module->text != NULL)
        lua_call(L, has_native, 1);
}

static const moat_lua_module *find_module(lua_State *L, const char *name) {
    const moat_lua_module *module = moatl_state(L)->options.modules;
    while (module != NULL && module->name != NULL && strcmp(module->name, name) != 0)
        module++;
    return module != NULL && module->name != NULL ? module : NULL;
}

/* load(name, module): the table or value of a module of the library, or of a file. */
static int load_module(lua_State *L) {
    const moat_lua_module *module = lua_touserdata(L, 2);
    if (module != NULL)
        run_module(L, module);
    else
        run_file(L, lua_tostring(L, 1));
    return 1;
}

/* Sets what is known of a module: the value on top of the stack, which it pops. */
static void set_loaded(lua_State *L, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_LOADED);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

/* Pushes the value of a module: one of the library, or, where that is NULL, a file. One that is
 * being loaded is marked by `false`. */
static void push_module(lua_State *L, const char *name, const moat_lua_module *module) {
    const char *key = module != NULL ? lua_pushfstring(L, MOATI_BUILT_IN " %s", name) : name;
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_LOADED);
    int known = lua_getfield(L, -1, key);
    lua_remove(L, -2);
    if (known == LUA_TBOOLEAN && !lua_toboolean(L, -1))
        moatl_fail(L, "require: \"%s\" requires itself, directly or through another module", name);
    if (known != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_pushboolean(L, false);
    set_loaded(L, key);
    lua_pushcfunction(L, load_module);
    lua_pushstring(L, name);
    lua_pushlightuserdata(L, (void *)(uintptr_t)module);
    bool failed = lua_pcall(L, 2, 1, 0) != LUA_OK;
    if (!failed && !lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, true);
    }
    if (failed)
        lua_pushnil(L);
    else
        lua_pushvalue(L, -1);
    set_loaded(L, key);
    if (failed)
        lua_error(L);
}

/* The language's own tables, such as `math`. */
static bool push_own_table(lua_State *L, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_pushstring(L, name);
    return lua_rawget(L, -2) == LUA_TTABLE && strcmp(name, "_G") != 0;
}

/* The parts of modules have a `/` in their names, and are not global. */
static bool is_part(const moat_lua_module *module) {
    return strchr(module->name, '/') != NULL;
}

static bool caller_is_library(lua_State *L) {
    lua_Debug ar;
    return lua_getstack(L, 1, &ar) && lua_getinfo(L, "S", &ar) &&
           strncmp(ar.source, MOATI_BUILT_IN, strlen(MOATI_BUILT_IN)) == 0;
}

enum { DEEPEST_VIEW = 4 };

/* Replaces the table on top of the stack by one that looks the same and cannot be changed, and
 * whose tables cannot: what the library's modules share is not a script's to alter. */
static void view_table(lua_State *L, int depth) {
    luaL_checkstack(L, 8, "too many tables");
    const int table = lua_gettop(L);
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (lua_istable(L, -1) && depth < DEEPEST_VIEW)
            view_table(L, depth + 1);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, table + 1);
    }
    lua_replace(L, table);
    moatl_protect_table(L);
}

static int require(lua_State *L) {
    const char *name = moatl_check_text(L, 1, "the name");
    check_module_name(L, name);
    const moat_lua_module *module = find_module(L, name);
    if (module == NULL && push_own_table(L, name))
        return 1;
    push_module(L, name, module);
    if (module != NULL && is_part(module) && lua_istable(L, -1) && !caller_is_library(L))
        view_table(L, 0);
    return 1;
}

const moat_lua_function moatl_require_functions[] = {
    {"require", require, NULL, "require(name)",
     "what a module gives: one of the library, or a Lua file below the script's folder, loaded "
     "once",
     "print(require(\"math\") == math)", "true\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

bool moatl_push_library(lua_State *L, const char *name) {
    const moat_lua_module *module = find_module(L, name);
    if (module == NULL || is_part(module))
        return false;
    push_module(L, name, module);
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    return true;
}

static const char *name_at(const void *context, size_t index) {
    return ((const moat_lua_module *)context)[index].name;
}

const char *moati_nearest_library(const moat_lua *lua, const char *name) {
    size_t count = 0;
    const moat_lua_module *modules = lua->options.modules;
    while (modules != NULL && modules[count].name != NULL)
        count++;
    return moati_nearest_of(name, count, name_at, modules);
}

static int load_all(lua_State *L) {
    const moat_lua_module *module = moatl_state(L)->options.modules;
    for (; module != NULL && module->name != NULL; module++) {
        push_module(L, module->name, module);
        lua_settop(L, 0);
    }
    return 0;
}

moat_status moat_lua_load_library(moat_lua *lua, moat_error *error) {
    return moati_protect(lua, load_all, NULL, error);
}

void moatl_open_require(lua_State *L) {
    moatl_open_below(L);
    moatl_register(L, moatl_require_functions);
}
