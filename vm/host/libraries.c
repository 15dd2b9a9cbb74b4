/* Lua's libraries of texts and tables. What could loop or allocate without end in one call
 * has its sizes checked first. */
#include <lualib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "state.h"

/* A guarded function is a closure: its entry, Lua's own function. */
int moatl_call_guarded(lua_State *L) {
    return lua_tocfunction(L, lua_upvalueindex(2))(L);
}

_Noreturn static void too_large(lua_State *L) {
    moatl_fail(L, "%s: the result is too large (more than %d)", moatl_name(L), MOATI_SIZE_LIMIT);
}

void moatl_check_size(lua_State *L, lua_Number size) {
    if (!(size <= MOATI_SIZE_LIMIT))
        too_large(L);
}

static int repeat(lua_State *L) {
    size_t length, separator = 0;
    luaL_checklstring(L, 1, &length);
    lua_Number count = (lua_Number)luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &separator);
    if (length == 0 && separator == 0) { /* of which Lua would make any number, one by one */
        lua_pushliteral(L, "");
        return 1;
    }
    if (count > 0)
        moatl_check_size(L, count * ((lua_Number)length + (lua_Number)separator));
    return moatl_call_guarded(L);
}

/* The texts among the arguments from the second on, which a result may be made of. */
static lua_Number text_lengths(lua_State *L) {
    lua_Number sum = 0;
    for (int i = 2; i <= lua_gettop(L); i++)
        sum += lua_type(L, i) == LUA_TSTRING ? (lua_Number)lua_rawlen(L, i) : 0;
    return sum;
}

/* Sizes in formats of string.pack, as in "c1000000000". */
static int pack(lua_State *L) {
    const char *format = luaL_checkstring(L, 1);
    moatl_check_size(L, text_lengths(L));
    for (const char *c = format; *c != '\0'; c++) {
        if (*c >= '0' && *c <= '9') {
            char *end;
            moatl_check_size(L, strtod(c, &end));
            c = end - 1;
        }
    }
    return moatl_call_guarded(L);
}

static int sort(lua_State *L) {
    moatl_check_table(L, 1, "the list");
    const lua_Integer count = luaL_len(L, 1);
    moatl_check_size(L, (lua_Number)count);
    return moatl_sort(L, count);
}

static int whole_table(lua_State *L) {
    luaL_checkany(L, 1);
    if (lua_type(L, 1) == LUA_TTABLE)
        moatl_check_size(L, (lua_Number)luaL_len(L, 1));
    return moatl_call_guarded(L);
}

/* concat(list, separator, first, last); unpack(list, first, last) */
static int check_range(lua_State *L, int first_index) {
    luaL_checkany(L, 1);
    bool has_last = !lua_isnoneornil(L, first_index + 1);
    lua_Number first = (lua_Number)luaL_optinteger(L, first_index, 1);
    lua_Number last =
        has_last ? (lua_Number)luaL_checkinteger(L, first_index + 1) : (lua_Number)luaL_len(L, 1);
    moatl_check_size(L, last - first + 1);
    return moatl_call_guarded(L);
}

/* Lua's own sums up what it takes only as it goes. */
static int concat(lua_State *L) {
    size_t separator_length = 0;
    luaL_checkany(L, 1);
    const char *separator = luaL_optlstring(L, 2, "", &separator_length);
    const lua_Integer first = luaL_optinteger(L, 3, 1);
    const lua_Integer last = lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
    moatl_check_size(L, (lua_Number)last - (lua_Number)first + 1);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (lua_Integer i = first; i <= last; i++) {
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1))
            luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
        luaL_addvalue(&result);
        if (i < last)
            luaL_addlstring(&result, separator, separator_length);
        moatl_check_size(L, (lua_Number)luaL_bufflen(&result));
        if (i == last) /* the largest integer has no next */
            break;
    }
    luaL_pushresult(&result);
    return 1;
}

static int unpack(lua_State *L) {
    return check_range(L, 2);
}

static int move(lua_State *L) {
    lua_Number first = (lua_Number)luaL_checkinteger(L, 2);
    moatl_check_size(L, (lua_Number)luaL_checkinteger(L, 3) - first + 1);
    return moatl_call_guarded(L);
}

/* --- string.format: texts without addresses, and a word about quantities. */

static void format_argument(lua_State *L, char conversion, int argument) {
    if (conversion == 'p')
        moatl_fail(L, "format: %%p is not available, as addresses differ from run to run");
    if (conversion == 's' && !lua_isnone(L, argument)) {
        int top = lua_gettop(L);
        moatl_push_string(L, argument);
        lua_replace(L, argument);
        lua_settop(L, top);
    } else if (conversion != 's' && moatl_is_quantity(L, argument)) {
        moatl_fail(L, "format: argument %d is a quantity: use %%s, or the number summary(x).mean",
                   argument);
    }
}

static int format(lua_State *L) {
    const char *text = luaL_checkstring(L, 1);
    int argument = 1;
    for (const char *c = strchr(text, '%'); c != NULL; c = strchr(c, '%')) {
        c++;
        if (*c == '%') {
            c++;
            continue;
        }
        c += strspn(c, "-+ #0123456789.");
        if (*c == '\0')
            break;
        format_argument(L, *c, ++argument);
    }
    moatl_check_size(L, (lua_Number)strlen(text) + text_lengths(L));
    return moatl_call_guarded(L);
}

/* --- Letters are those of ASCII, whatever the locale. */

static int change_case(lua_State *L, char first, char last) {
    size_t length;
    luaL_Buffer result;
    const char *text = luaL_checklstring(L, 1, &length);
    char *to = luaL_buffinitsize(L, &result, length);
    for (size_t i = 0; i < length; i++)
        to[i] = text[i] >= first && text[i] <= last ? (char)(text[i] ^ ('a' ^ 'A')) : text[i];
    luaL_pushresultsize(&result, length);
    return 1;
}

static int lower(lua_State *L) {
    return change_case(L, 'A', 'Z');
}

static int upper(lua_State *L) {
    return change_case(L, 'a', 'z');
}

#define GUARD(name, function)                                                                      \
    { name, function, NULL, name, NULL, NULL, NULL }

static const moat_lua_function string_guards[] = {
    GUARD("rep", repeat),  GUARD("pack", pack),   GUARD("format", format),
    GUARD("lower", lower), GUARD("upper", upper), {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

static const moat_lua_function table_guards[] = {GUARD("insert", whole_table),
                                                 GUARD("remove", whole_table),
                                                 GUARD("sort", sort),
                                                 GUARD("concat", concat),
                                                 GUARD("unpack", unpack),
                                                 GUARD("move", move),
                                                 {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

void moatl_guard_library(lua_State *L, const moat_lua_function *guards) {
    for (const moat_lua_function *g = guards; g->name != NULL; g++) {
        lua_pushlightuserdata(L, (void *)(uintptr_t)g);
        lua_getfield(L, -2, g->name);
        lua_pushcclosure(L, g->call, 2);
        lua_setfield(L, -2, g->name);
    }
}

/* --- Arithmetic on texts: Lua's own where they are numerals; a word about quantities. */

static int compute_text(lua_State *L) {
    for (int i = 1; i <= 2; i++) {
        int other = lua_type(L, 3 - i);
        bool is_plain = other == LUA_TSTRING || other == LUA_TNUMBER;
        if (is_plain && lua_type(L, i) == LUA_TSTRING && !lua_isnumber(L, i)) {
            const char *text = lua_tostring(L, i);
            moatl_fail(L,
                       "cannot compute with the text \"%.60s\": write q \"%.60s\" for a quantity",
                       text, text);
        }
    }
    return moatl_call_guarded(L);
}

static const moat_lua_function text_operators[] = {GUARD("__add", compute_text),
                                                   GUARD("__sub", compute_text),
                                                   GUARD("__mul", compute_text),
                                                   GUARD("__div", compute_text),
                                                   GUARD("__mod", compute_text),
                                                   GUARD("__pow", compute_text),
                                                   GUARD("__idiv", compute_text),
                                                   GUARD("__unm", compute_text),
                                                   {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};

/* Texts are indexed by the library on top of the stack; their metatable is out of reach. */
static void set_string_metatable(lua_State *L) {
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    moatl_guard_library(L, text_operators);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

void moatl_leave_sandbox(lua_State *L) {
    lua_pushnil(L); /* what is loaded has been changed */
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    luaL_openlibs(L);
}

void moatl_open_libraries(lua_State *L) {
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 0);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    moatl_guard_library(L, string_guards);
    moatl_register_unchecked(L, moatl_match_functions);
    moatl_protect_table(L);
    set_string_metatable(L);
    lua_setfield(L, -2, LUA_STRLIBNAME);

    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 0);
    moatl_guard_library(L, table_guards);
    moatl_protect_table(L);
    lua_setfield(L, -2, LUA_TABLIBNAME);

    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 0);
    moatl_protect_table(L);
    lua_setfield(L, -2, LUA_UTF8LIBNAME);
}
