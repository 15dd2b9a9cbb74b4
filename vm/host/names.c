/* Names: registration, and what a misspelt one was meant to be. */
#include <string.h>

#include "bind.h"
#include "nearest.h"
#include "state.h"

enum { ANY_NUMBER = -1 };

/* How many arguments stand between the parentheses at a place of a usage. */
static int count_between(const char *open) {
    const char *c = open + 1;
    int depth = 1, commas = 0;
    bool any = false;
    for (; *c != '\0' && depth > 0; c++) {
        depth += (*c == '(' || *c == '{') - (*c == ')' || *c == '}');
        if (depth == 1 && strncmp(c, "...", 3) == 0)
            return ANY_NUMBER;
        commas += depth == 1 && *c == ',';
        any = any || (depth > 0 && *c != ' ');
    }
    return any ? commas + 1 : 0;
}

/* The most arguments that a usage shows: 3 for "f { x =, y = }, f(a, b, { x = })", one more for
 * the x of "x:f(a)". */
static int most_arguments(const moat_lua_function *f) {
    const size_t length = strlen(f->name);
    int most = ANY_NUMBER;
    for (const char *at = strstr(f->usage, f->name); at != NULL; at = strstr(at + 1, f->name)) {
        const char *next = at + length;
        const bool is_method = at > f->usage && at[-1] == ':';
        const bool begins = is_method || at == f->usage || at[-1] == ' ' || at[-1] == '.';
        const bool alone = strncmp(next, " {", 2) == 0 || strncmp(next, " \"", 2) == 0;
        if (!begins || (*next != '(' && !alone))
            continue;
        const int count = alone ? 1 : count_between(next);
        if (count == ANY_NUMBER)
            return ANY_NUMBER;
        most = count + is_method > most ? count + is_method : most;
    }
    return most;
}

static bool is_method(const moat_lua_function *f) {
    return strncmp(f->usage, "x:", 2) == 0;
}

/* Calls a function of the language whose arguments are as many as its usage shows. Upvalues: its
 * entry, the most arguments. */
static int call_checked(lua_State *L) {
    const moat_lua_function *f = moatl_entry(L);
    const int most = (int)lua_tointeger(L, lua_upvalueindex(2));
    if (is_method(f) && !moatl_is_quantity(L, 1))
        moatl_fail(L, "%s: call it of a quantity and with a colon: write %s", f->name, f->usage);
    if (most == 0 && lua_gettop(L) > 0)
        moatl_fail(L, "%s takes no arguments: write %s(), as in %s", f->name, f->name, f->usage);
    if (most != ANY_NUMBER && lua_gettop(L) > most)
        moatl_fail(L, "%s: there are too many arguments: write %s", f->name, f->usage);
    return f->call(L);
}

static void push_function(lua_State *L, const moat_lua_function *f, bool checked) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)f);
    lua_pushinteger(L, checked ? most_arguments(f) : ANY_NUMBER);
    lua_pushcclosure(L, checked ? call_checked : f->call, 2);
}

static void set_functions(lua_State *L, const moat_lua_function *functions, bool checked) {
    for (const moat_lua_function *f = functions; f->name != NULL; f++) {
        const bool is_metamethod = f->name[0] == '_';
        const char *dot = strchr(f->name, '.'); /* "dist.normal" is a field of `dist` */
        push_function(L, f, checked && !is_metamethod);
        lua_setfield(L, -2, dot != NULL ? dot + 1 : f->name);
    }
}

void moatl_register(lua_State *L, const moat_lua_function *functions) {
    set_functions(L, functions, true);
}

void moatl_register_unchecked(lua_State *L, const moat_lua_function *functions) {
    set_functions(L, functions, false);
}

const moat_lua_function *moatl_entry(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

const char *moatl_name(lua_State *L) {
    if (!lua_islightuserdata(L, lua_upvalueindex(1)))
        return NULL;
    const moat_lua_function *entry = moatl_entry(L);
    bool is_operator = entry->name[0] == '_';
    const char *running = entry->context == moatl_speaks_for_caller ? moatl_running(L) : NULL;
    if (running != NULL)
        return running;
    return is_operator ? entry->usage : entry->name;
}

static const char *word_at(const void *context, size_t index) {
    return ((const char *const *)context)[index];
}

const char *moatl_nearest_word(const char *name, const char *const *words) {
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    return moati_nearest_of(name, count, word_at, words);
}

const char *moatl_nearest_key(lua_State *L, int table, const char *name) {
    lua_Integer count = moatl_push_keys(L, table);
    const char **words = moatl_buffer(L, (size_t)count + 1, sizeof *words);
    size_t texts = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, -2, i) == LUA_TSTRING)
            words[texts++] = lua_tostring(L, -1); /* the table keeps it alive */
        lua_pop(L, 1);
    }
    return moati_nearest_of(name, texts, word_at, words);
}

void moatl_fail_unknown(lua_State *L, const char *lead, const char *name, const char *near) {
    if (near == NULL)
        moatl_fail(L, "%s \"%s\"", lead, name);
    moatl_fail(L, "%s \"%s\"; did you mean \"%s\"?", lead, name, near);
}

void moatl_declare(lua_State *L, const char *kind, const char *name) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_DECLARATIONS);
    if (lua_getfield(L, -1, name) == LUA_TSTRING) {
        moatl_fail(L, "%s: the name \"%s\" is taken: %s; choose another name", moatl_name(L), name,
                   lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    const char *place = moatl_push_place(L);
    lua_pushfstring(L, "%s of this name was declared%s%s", kind, place[0] != '\0' ? " at " : "",
                    place);
    lua_setfield(L, -3, name);
    lua_pop(L, 2);
    const bool is_assumption = strcmp(kind, "an assumption") == 0;
    moatl_note(L, is_assumption ? MOATI_NOTE_ASSUMPTION : MOATI_NOTE_PROCESS, name, NULL);
}

void *moatl_buffer(lua_State *L, size_t count, size_t size) {
    if (count > SIZE_MAX / 2 / size)
        moatl_fail(L, "%s: too much memory is needed", moatl_name(L));
    return lua_newuserdatauv(L, count * size, 0);
}
