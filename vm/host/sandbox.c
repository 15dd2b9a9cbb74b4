/* The basic functions that scripts see: an allow-list, put together from nothing. */
#include <lualib.h>
#include <string.h>

#include "language.h"
#include "state.h"

/* --- Tables that scripts can read and not write. */

static int refuse_write(lua_State *L) {
    moatl_push_string(L, 2);
    return luaL_error(L, "this table is part of Moat: its field \"%s\" cannot be set",
                      lua_tostring(L, -1));
}

/* Its address is where a protected table's metatable keeps the table behind. */
static const char behind_key[] = "behind";

bool moatl_push_behind(lua_State *L, int index) {
    if (!lua_getmetatable(L, index))
        return false;
    if (lua_rawgetp(L, -1, behind_key) == LUA_TTABLE) {
        lua_remove(L, -2);
        return true;
    }
    lua_pop(L, 2);
    return false;
}

void moatl_protect_table(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, moatl_pairs_behind, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushvalue(L, -3);
    lua_rawsetp(L, -2, behind_key);
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

static bool is_protected(lua_State *L, int index) {
    if (luaL_getmetafield(L, index, "__metatable") == LUA_TNIL)
        return false;
    lua_pop(L, 1);
    return true;
}

/* --- Metatables. */

static int set_metatable(lua_State *L) {
    moatl_check_table(L, 1, "the first argument");
    if (!lua_isnil(L, 2))
        moatl_check_table(L, 2, "the metatable");
    lua_settop(L, 2);
    if (is_protected(L, 1))
        moatl_fail(L, "setmetatable: this table is protected");
    if (lua_getmetatable(L, 1))
        moatl_fail(L, "setmetatable: this table has a metatable, which is set once and for all");
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            moatl_fail(L, "setmetatable: finalizers (__gc) are not available");
        lua_pop(L, 1);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static int raw_set(lua_State *L) {
    moatl_check_table(L, 1, "the first argument");
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (is_protected(L, 1))
        moatl_fail(L, "rawset: this table is protected");
    lua_rawset(L, 1);
    return 1;
}

/* --- Texts. */

static int to_text(lua_State *L) {
    luaL_checkany(L, 1);
    moatl_push_string(L, 1);
    return 1;
}

/* How many bytes a printable UTF-8 character at text[0..length) has; 0 where there is none. */
static size_t printable(const char *text, size_t length, bool lines) {
    unsigned char c = (unsigned char)text[0];
    if (c < 0x80)
        return (lines && (c == '\n' || c == '\t')) || (c >= 0x20 && c != 0x7f) ? 1 : 0;
    size_t size = c >= 0xf0 && c < 0xf5 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0;
    if (size == 0 || size > length || c >= 0xf5)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 0;
    bool is_control = c == 0xc2 && (unsigned char)text[1] < 0xa0;
    return is_control ? 0 : size;
}

void moatl_add_escaped(luaL_Buffer *buffer, const char *text, size_t length, bool lines) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length;) {
        size_t size = printable(text + i, length - i, lines);
        if (size > 0) {
            luaL_addlstring(buffer, text + i, size);
            i += size;
        } else {
            unsigned char c = (unsigned char)text[i++];
            luaL_addstring(buffer, "\\x");
            luaL_addchar(buffer, digits[c >> 4]);
            luaL_addchar(buffer, digits[c & 15]);
        }
    }
}

/* Pushes the arguments as one line. */
static const char *push_line(lua_State *L, const char *between, size_t *length) {
    int count = lua_gettop(L);
    luaL_Buffer buffer;
    for (int i = 1; i <= count; i++) {
        moatl_push_string(L, i);
        lua_replace(L, i);
        lua_settop(L, count);
    }
    luaL_buffinit(L, &buffer);
    for (int i = 1; i <= count; i++) {
        size_t size;
        const char *text = lua_tolstring(L, i, &size);
        if (i > 1)
            luaL_addstring(&buffer, between);
        moatl_add_escaped(&buffer, text, size, true);
    }
    luaL_addchar(&buffer, '\n');
    luaL_pushresult(&buffer);
    return lua_tolstring(L, -1, length);
}

static void write_line(lua_State *L, bool is_warning, const char *line, size_t length) {
    moat_lua *lua = moatl_state(L);
    const moat_lua_options *options = &lua->options;
    if (length > MOATI_PRINT_LIMIT - lua->printed)
        moatl_abort(L, MOAT_LIMIT, "the script has printed more than 64 MiB");
    lua->printed += length;
    if (is_warning && options->warn != NULL)
        options->warn(options->context, line, length);
    else if (!is_warning && options->print != NULL)
        options->print(options->context, line, length);
}

void moatl_write_warning(lua_State *L, const char *line, size_t length) {
    write_line(L, true, line, length);
    lua_pushlstring(L, line, length - 1); /* without its break */
    moatl_note(L, MOATI_NOTE_WARNING, NULL, lua_tostring(L, -1));
    lua_pop(L, 1);
}

static int print(lua_State *L) {
    size_t length;
    const char *line = push_line(L, "\t", &length);
    write_line(L, false, line, length);
    return 0;
}

static int warn(lua_State *L) {
    size_t length;
    const char *line = push_line(L, "", &length);
    moatl_write_warning(L, line, length);
    return 0;
}

/* --- load */

/* Replaces the function at index 1 by the text that its calls return. */
static void read_pieces(lua_State *L) {
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (;;) {
        size_t length = 0;
        lua_pushvalue(L, 1);
        lua_call(L, 0, 1);
        if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TSTRING)
            moatl_fail(L, "load: the function must return texts, not a %s", luaL_typename(L, -1));
        lua_tolstring(L, -1, &length);
        if (length == 0)
            break;
        luaL_addvalue(&buffer);
        if (luaL_bufflen(&buffer) > MOATI_TEXT_LIMIT)
            moatl_fail(L, "load: the source is longer than %d bytes", MOATI_TEXT_LIMIT);
    }
    lua_pop(L, 1);
    luaL_pushresult(&buffer);
    lua_replace(L, 1);
}

/* Pushes the chunk name for one that a script gives: none that could be taken for a file's. */
static const char *push_chunk_name(lua_State *L, int index) {
    enum { LONGEST_NAME = 40 };
    size_t length;
    luaL_Buffer buffer;
    if (lua_isnil(L, index))
        return lua_pushliteral(L, "=(load)");
    const char *name = luaL_checklstring(L, index, &length);
    const size_t mark = name[0] == '@' || name[0] == '=';
    name += mark;
    length -= mark;
    luaL_buffinit(L, &buffer);
    luaL_addstring(&buffer, "=[string \"");
    moatl_add_escaped(&buffer, name, length < LONGEST_NAME ? length : LONGEST_NAME, false);
    luaL_addstring(&buffer, length > LONGEST_NAME ? "...\"]" : "\"]");
    luaL_pushresult(&buffer);
    return lua_tostring(L, -1);
}

/* load(source, name, mode, environment): returns nil and a message where it does not parse. */
static int load(lua_State *L) {
    bool has_environment = lua_gettop(L) >= 4;
    size_t length;
    lua_settop(L, 4);
    if (lua_isfunction(L, 1))
        read_pieces(L);
    if (lua_type(L, 1) != LUA_TSTRING)
        moatl_fail(L, "load: the source must be a text or a function, not %s",
                   moatl_push_description(L, 1));
    const char *text = lua_tolstring(L, 1, &length);
    if (length > MOATI_TEXT_LIMIT)
        moatl_fail(L, "load: the source is longer than %d bytes", MOATI_TEXT_LIMIT);
    if (strchr(luaL_optstring(L, 3, "t"), 't') == NULL) {
        lua_pushnil(L);
        lua_pushliteral(L, "only texts can be loaded, not compiled code");
        return 2;
    }
    const char *name = push_chunk_name(L, 2);
    moatl_register_chunk(L, name);
    if (moatl_load_text(L, text, length, name) != LUA_OK) {
        moatl_check_aborted(L);
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 4);
        lua_setupvalue(L, -2, 1);
    }
    return 1;
}

static int collect_garbage(lua_State *L) {
    if (strcmp(luaL_optstring(L, 1, "collect"), "count") != 0)
        moatl_fail(L, "collectgarbage: only collectgarbage \"count\" is available");
    lua_pushnumber(L, lua_gc(L, LUA_GCCOUNT) + lua_gc(L, LUA_GCCOUNTB) / 1024.0);
    return 1;
}

/* A global that nobody has set: nil, as in Lua, but for the one that is set later, and for the
 * modules of the library, which are loaded when they are first named. */
static int missing_global(lua_State *L) {
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (strcmp(name, "dt") == 0)
        moatl_horizon(L);
    if (!moatl_push_library(L, name))
        lua_pushnil(L);
    return 1;
}

/* --- Putting it together. */

const moat_lua_function moatl_base_functions[] = {
    {"print", print, NULL, "print(...)", "writes values; a quantity with its unit, evaluated",
     "print(q \"3 $bn\", 5, {})", "3 $bn\t5\ttable\n"},
    {"warn", warn, NULL, "warn(...)", "writes a warning to standard error", NULL, NULL},
    {"next", moatl_next, NULL, "next(t, key)",
     "the key after `key`, in the order of pairs, and its value; next(t) is nil for an empty table",
     "print(next {}, next { b = 1, a = 2 })", "nil\ta\t2\n"},
    {"tostring", to_text, NULL, "tostring(x)",
     "what print would write: numbers in the fewest digits that read back, no addresses",
     "print(tostring(0.1 + 0.2))", "0.30000000000000004\n"},
    {"ipairs", moatl_ipairs, NULL, "ipairs(t)", "goes through the entries of a list in order",
     "for i, v in ipairs { 5, 6 } do print(i, v) end", "1\t5\n2\t6\n"},
    {"pairs", moatl_pairs, NULL, "for key, value in pairs(t) do ... end",
     "goes through a table in a fixed order: numbers, then texts, then false and true",
     "for k, v in pairs { b = 1, a = 2, 7 } do print(k, v) end", "1\t7\na\t2\nb\t1\n"},
    {"setmetatable", set_metatable, NULL, "setmetatable(t, metatable)",
     "gives a table its metatable, once; without finalizers (__gc)", NULL, NULL},
    {"rawset", raw_set, NULL, "rawset(t, key, value)",
     "sets a field of a table without asking its metatable", NULL, NULL},
    {"load", load, NULL, "load(source, name, \"t\", environment)",
     "makes a function of a text; nil and a message where it does not parse",
     "print(load(\"return 1 + 1\")())", "2\n"},
    {"collectgarbage", collect_garbage, NULL, "collectgarbage(\"count\")",
     "the memory that the script uses, in KiB; nothing else can be asked of it", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

static const moat_lua_function missing_functions[] = {
    {"__index", missing_global, NULL, "dt", NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

static const char *const kept[] = {"assert",   "error",  "type",   "tonumber",     "select",
                                   "rawequal", "rawlen", "rawget", "getmetatable", NULL};

/* Copies what is kept of Lua's own functions to the table of globals on top of the stack. Its
 * other functions are gone with the table that they were registered in. */
static void keep_base(lua_State *L) {
    luaL_requiref(L, LUA_GNAME, luaopen_base, 0);
    for (size_t i = 0; kept[i] != NULL; i++) {
        lua_getfield(L, -1, kept[i]);
        lua_setfield(L, -3, kept[i]);
    }
    lua_pop(L, 1);
}

/* The environment of scripts: their own variables, over the language. */
static void make_environment(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "_G");
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_ENVIRONMENT);
}

void moatl_open_base(lua_State *L) {
    keep_base(L);
    moatl_register_unchecked(L, moatl_base_functions);
    lua_pushliteral(L, "Lua 5.4");
    lua_setfield(L, -2, "_VERSION");
    lua_newtable(L);
    moatl_register(L, missing_functions);
    lua_setmetatable(L, -2);
    make_environment(L);
}
