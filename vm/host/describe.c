/* How modules of the library that are written in Lua describe their functions and types: in tables,
 * from which arguments are checked and the manual is made.
 *
 *     return module("pricing", "what customers pay", {
 *       { "tiers", "a schedule of prices", options = { ... }, rows = { ... },
 *         example = "...", result = "...", call = function(o) ... end },
 *     })
 *
 * An option is described as { "price", "$/Mtok", "what it is", kind =, default =, required =,
 * range =, words = }; arguments that are taken in order are required unless they have a default
 * or are optional. */
#include <string.h>

#include "bind.h"
#include "describe.h"
#include "state.h"

/* A group with its functions, kept by the table of chapters; the strings are kept by the tables
 * that describe them, which it keeps too. */
typedef struct moatl_chapter {
    moat_lua_group group;
    struct moatl_chapter *next;
} chapter;

const moat_lua_group *moat_lua_library_group(const moat_lua *lua, size_t index) {
    const chapter *c = lua->first_chapter;
    for (; c != NULL && index > 0; index--)
        c = c->next;
    return c != NULL ? &c->group : NULL;
}

/* --- Reading descriptions. They are part of Moat: a mistake in one is found by its tests. */

/* Keeps the value on top of the stack for the life of the state, and pops it. */
static void keep(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_CHAPTERS);
    lua_insert(L, -2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static void *new_kept(lua_State *L, size_t count, size_t size) {
    void *memory = moatl_buffer(L, count, size);
    memset(memory, 0, count * size);
    keep(L);
    return memory;
}

/* The text of a field of the table at an index, or NULL. */
static const char *field(lua_State *L, int table, const char *name) {
    lua_getfield(L, table, name);
    const char *text = lua_tostring(L, -1); /* kept with its table */
    lua_pop(L, 1);
    return text;
}

static const char *element(lua_State *L, int table, lua_Integer index) {
    lua_rawgeti(L, table, index);
    const char *text = lua_tostring(L, -1);
    lua_pop(L, 1);
    return text;
}

static bool is_true(lua_State *L, int table, const char *name) {
    lua_getfield(L, table, name);
    const bool is = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is;
}

static const char *const kinds[] = {"quantity",     "scalar",  "rate",  "condition",
                                    "distribution", "period",  "count", "word",
                                    "text",         "boolean", "any",   NULL};
static const char *const ranges[] = {"any", "not negative", "positive", "share", NULL};

static unsigned find_word(lua_State *L, const char *word, const char *const *words,
                          const char *where) {
    for (unsigned i = 0; words[i] != NULL; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    return (unsigned)luaL_error(L, "%s: \"%s\" is not known", where, word);
}

static const char *const *read_words(lua_State *L, int table) {
    const char **words = NULL;
    if (lua_getfield(L, table, "words") == LUA_TTABLE) {
        const lua_Integer count = luaL_len(L, -1);
        words = new_kept(L, (size_t)count + 1, sizeof *words);
        for (lua_Integer i = 1; i <= count; i++)
            words[i - 1] = element(L, lua_gettop(L), i);
    }
    lua_pop(L, 1);
    return words;
}

static const char *fallback_of(lua_State *L, int table) {
    lua_getfield(L, table, "default");
    const char *text = lua_isboolean(L, -1) ? (lua_toboolean(L, -1) ? "true" : "false") : NULL;
    lua_pop(L, 1);
    return text != NULL ? text : field(L, table, "default");
}

static void read_argument(lua_State *L, moat_lua_argument *argument) {
    const int table = lua_gettop(L);
    argument->name = element(L, table, 1);
    argument->unit = element(L, table, 2);
    argument->doc = element(L, table, 3);
    if (argument->name == NULL || argument->unit == NULL || argument->doc == NULL)
        luaL_error(L, "an argument is described as { name, unit, doc }");
    const char *kind = field(L, table, "kind"), *range = field(L, table, "range");
    if (kind != NULL)
        argument->kind = (moat_lua_kind)find_word(L, kind, kinds, argument->name);
    if (range != NULL)
        argument->range = (moat_lua_range)find_word(L, range, ranges, argument->name);
    argument->fallback = fallback_of(L, table);
    argument->words = read_words(L, table);
    argument->required = is_true(L, table, "required");
}

/* The list of arguments in a field of the table at an index; NULL where there is none. */
static const moat_lua_argument *read_arguments(lua_State *L, int table, const char *name) {
    if (lua_getfield(L, table, name) != LUA_TTABLE) {
        lua_pop(L, 1);
        return NULL;
    }
    const int list = lua_gettop(L);
    const lua_Integer count = luaL_len(L, list);
    moat_lua_argument *arguments = new_kept(L, (size_t)count + 1, sizeof *arguments);
    const bool in_order = strcmp(name, "takes") == 0; /* and so needed, unless told otherwise */
    for (lua_Integer i = 1; i <= count; i++) {
        moat_lua_argument *a = &arguments[i - 1];
        lua_rawgeti(L, list, i);
        read_argument(L, a);
        if (in_order)
            a->required = a->fallback == NULL && !is_true(L, list + 1, "optional");
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return arguments;
}

/* Fills in the function that the table on top of the stack describes; `prefix` is "pricing." or
 * "tiers:". */
static void read_function(lua_State *L, const char *prefix, moat_lua_function *function) {
    const int table = lua_gettop(L);
    moat_lua_signature *signature = new_kept(L, 1, sizeof *signature);
    signature->takes = read_arguments(L, table, "takes");
    signature->options = read_arguments(L, table, "options");
    signature->rows = read_arguments(L, table, "rows");
    signature->named = read_arguments(L, table, "named");
    function->name = lua_pushfstring(L, "%s%s", prefix, element(L, table, 1));
    keep(L);
    function->doc = element(L, table, 2);
    function->example = field(L, table, "example");
    function->result = field(L, table, "result");
    function->usage = field(L, table, "usage");
    function->signature = signature;
    if (function->usage == NULL) {
        function->usage = moatl_push_usage(L, function->name, signature);
        keep(L);
    }
    if (function->doc == NULL || (function->example != NULL && function->result == NULL))
        luaL_error(L, "%s lacks its documentation or the result of its example", function->name);
}

/* "a fleet", "an event" */
static const char *push_with_article(lua_State *L, const char *type) {
    return lua_pushfstring(L, "%s %s", strchr("aeiou", type[0]) != NULL ? "an" : "a", type);
}

/* --- Calling what is described. */

/* Upvalues: the entry, the function of the module, the name of the type for methods. */
static int call_described(lua_State *L) {
    const moat_lua_function *entry = moatl_entry(L);
    const char *type = lua_tostring(L, lua_upvalueindex(3));
    if (type != NULL && luaL_testudata(L, 1, type) == NULL)
        moatl_fail(L, "%s: call it of %s and with a colon: write %s", entry->name,
                   push_with_article(L, strchr(type, '.') + 1), entry->usage);
    moatl_check_signature(L, type != NULL ? 2 : 1, entry->signature);
    if (type != NULL) {
        lua_getiuservalue(L, 1, 1);
        lua_replace(L, 1);
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

/* Sets the functions that the list at an index describes in the table on top of the stack, and
 * makes a chapter of them. */
static void register_list(lua_State *L, const char *title, const char *doc, const char *prefix,
                          const char *type, int list) {
    const lua_Integer count = luaL_len(L, list);
    const int target = lua_gettop(L);
    moat_lua_function *functions = new_kept(L, (size_t)count + 1, sizeof *functions);
    chapter *made = new_kept(L, 1, sizeof *made);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, list, i);
        read_function(L, prefix, &functions[i - 1]);
        lua_pushlightuserdata(L, &functions[i - 1]);
        lua_getfield(L, target + 1, "call");
        lua_pushstring(L, type);
        lua_pushcclosure(L, call_described, 3);
        lua_setfield(L, target, functions[i - 1].name + strlen(prefix));
        lua_settop(L, target);
    }
    lua_pushvalue(L, list);
    keep(L);
    made->group = (moat_lua_group){title, doc, functions};
    moat_lua *lua = moatl_state(L);
    if (lua->last_chapter != NULL)
        lua->last_chapter->next = made;
    else
        lua->first_chapter = made;
    lua->last_chapter = made;
}

static const char *push_kept(lua_State *L, const char *format, const char *name) {
    const char *text = lua_pushfstring(L, format, name);
    keep(L);
    return text;
}

/* "revenue, share and cost": the keys of the table at an index. */
static const char *push_key_list(lua_State *L, int table) {
    const lua_Integer count = moatl_push_keys(L, table);
    const int keys = lua_gettop(L);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer i = 1; i <= count; i++) {
        luaL_addstring(&buffer, i == 1 ? "" : i < count ? ", " : " and ");
        lua_rawgeti(L, keys, i);
        luaL_addvalue(&buffer);
    }
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

/* A name that is none of a table's keys: the nearest one, or all. */
_Noreturn static void fail_missing(lua_State *L, const char *lead, int name_index, int table) {
    const char *name = moatl_push_string(L, name_index);
    const char *near = moatl_nearest_key(L, table, name);
    if (near != NULL)
        moatl_fail_unknown(L, lead, name, near);
    moatl_fail(L, "%s \"%s\": it has %s", lead, name, push_key_list(L, table));
}

static int missing_field(lua_State *L) {
    const char *module = lua_tostring(L, lua_upvalueindex(1));
    fail_missing(L, lua_pushfstring(L, "the module %s has no function", module), 2, 1);
}

/* module(name, doc, functions): what a module returns. */
int moatl_make_module(lua_State *L) {
    const char *name = luaL_checkstring(L, 1), *doc = luaL_checkstring(L, 2);
    lua_pushvalue(L, 1);
    keep(L);
    lua_pushvalue(L, 2);
    keep(L);
    lua_newtable(L);
    register_list(L, push_kept(L, "The module %s", name), doc, push_kept(L, "%s.", name), NULL, 3);
    lua_newtable(L);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, missing_field, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    moatl_protect_table(L);
    return 1;
}

/* --- Types of objects. */

static int missing_method(lua_State *L) {
    const char *type = lua_tostring(L, lua_upvalueindex(2));
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    fail_missing(L, lua_pushfstring(L, "%s has no method", push_with_article(L, type)), 2,
                 lua_upvalueindex(1));
}

static int refuse_assignment(lua_State *L) {
    moatl_fail(L, "%s cannot be assigned to: it is asked with methods",
               push_with_article(L, lua_tostring(L, lua_upvalueindex(1))));
}

static int describe_object(lua_State *L) {
    push_with_article(L, lua_tostring(L, lua_upvalueindex(1)));
    return 1;
}

static void set_metamethod(lua_State *L, const char *metamethod, lua_CFunction call,
                           const char *name) {
    lua_pushstring(L, name);
    lua_pushcclosure(L, call, 1);
    lua_setfield(L, -2, metamethod);
}

void moatl_new_type(lua_State *L, const char *name) {
    const int methods = lua_gettop(L);
    luaL_newmetatable(L, lua_pushfstring(L, "moat.%s", name));
    lua_pushvalue(L, methods);
    lua_pushstring(L, name);
    lua_pushcclosure(L, missing_method, 2);
    lua_setfield(L, -2, "__index");
    set_metamethod(L, "__newindex", refuse_assignment, name);
    set_metamethod(L, "__tostring", describe_object, name);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_settop(L, methods - 1);
}

/* new(state): an object whose methods are given the state instead of itself. */
static int new_object(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_newuserdatauv(L, 0, 1);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, lua_tostring(L, lua_upvalueindex(1)));
    return 1;
}

/* class(name, doc, methods): the function that makes objects. */
int moatl_make_class(lua_State *L) {
    const char *name = luaL_checkstring(L, 1), *doc = luaL_checkstring(L, 2);
    lua_pushvalue(L, 2);
    keep(L);
    const char *type = push_kept(L, "moat.%s", name);
    const char *title = push_kept(L, "Methods of %s", push_with_article(L, name));
    lua_newtable(L);
    register_list(L, title, doc, push_kept(L, "%s:", name), type, 3);
    moatl_new_type(L, name);
    lua_pushstring(L, type);
    lua_pushcclosure(L, new_object, 1);
    return 1;
}

/* --- Who is speaking. */

const char moatl_speaks_for_caller[] = "";

const char *moatl_running(lua_State *L) {
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "f", &ar);
        if (lua_tocfunction(L, -1) == call_described) {
            lua_getupvalue(L, -1, 1);
            const moat_lua_function *entry = lua_touserdata(L, -1);
            lua_pop(L, 2);
            return entry->name;
        }
        lua_pop(L, 1);
    }
    return NULL;
}
