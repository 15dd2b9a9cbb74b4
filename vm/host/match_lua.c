/* string.find, match, gmatch and gsub on the matcher of match.h. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "bind.h"
#include "match.h"
#include "state.h"

/* Where a search is to begin, from 0: an argument that counts from 1, or from the end. */
static size_t check_start(lua_State *L, int index, size_t length) {
    const lua_Integer given = luaL_optinteger(L, index, 1);
    if (given > 0)
        return (lua_Unsigned)given - 1 > length ? length + 1 : (size_t)given - 1;
    if (given == 0 || given < -(lua_Integer)length)
        return 0;
    return length - (size_t)-given;
}

/* --- Captures: what matched, where the pattern has none. */

/* Pushes a position, or gives the text of a capture; `start` and `end` are the match's. */
static bool get_capture(moati_matcher *m, int index, const char *start, const char *end,
                        moati_capture *capture) {
    if (index >= m->count && index > 0)
        luaL_error(m->L, "invalid capture index %%%d", index + 1);
    *capture = index < m->count ? m->captures[index] : (moati_capture){start, end - start};
    if (capture->length == MOATI_CAPTURE_OPEN)
        luaL_error(m->L, "unfinished capture");
    if (capture->length != MOATI_CAPTURE_POSITION)
        return true;
    lua_pushinteger(m->L, capture->start - m->text + 1);
    return false;
}

static void push_capture(moati_matcher *m, int index, const char *start, const char *end) {
    moati_capture capture;
    if (get_capture(m, index, start, end, &capture))
        lua_pushlstring(m->L, capture.start, (size_t)capture.length);
}

/* Pushes all; the whole match where there are none and `start` is not NULL. */
static int push_captures(moati_matcher *m, const char *start, const char *end) {
    const int count = m->count == 0 && start != NULL ? 1 : m->count;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++)
        push_capture(m, i, start, end);
    return count;
}

/* --- find and match */

static bool is_plain(const char *pattern, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (pattern[i] != '\0' && strchr("^$*+?.([%-", pattern[i]) != NULL)
            return false;
    return true;
}

static int find_plain(lua_State *L, const char *text, size_t length, size_t start) {
    size_t wanted;
    const char *pattern = lua_tolstring(L, 2, &wanted);
    const char *found = memmem(text + start, length - start, pattern, wanted);
    if (found == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)wanted);
    return 2;
}

/* The first match from `start` on; its beginning in *begin. NULL where there is none. */
static const char *find_first(moati_matcher *m, const char *pattern, size_t start,
                              const char **begin) {
    const bool is_anchored = *pattern == '^';
    for (const char *s = m->text + start; s <= m->text_end; s++) {
        const char *end = moati_match(m, s, pattern + is_anchored);
        *begin = s;
        if (end != NULL || is_anchored)
            return end;
    }
    return NULL;
}

static int find_pattern(lua_State *L, bool wants_place) {
    size_t length, pattern_length;
    moati_matcher m;
    const char *begin, *text = luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &pattern_length);
    const size_t start = check_start(L, 3, length);
    if (start > length) {
        luaL_pushfail(L);
        return 1;
    }
    if (wants_place && (lua_toboolean(L, 4) || is_plain(pattern, pattern_length)))
        return find_plain(L, text, length, start);
    moati_matcher_begin(&m, L, text, length, pattern + pattern_length);
    const char *end = find_first(&m, pattern, start, &begin);
    if (end == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    if (!wants_place)
        return push_captures(&m, begin, end);
    lua_pushinteger(L, begin - text + 1);
    lua_pushinteger(L, end - text);
    return 2 + push_captures(&m, NULL, NULL);
}

static int find(lua_State *L) {
    return find_pattern(L, true);
}

static int match(lua_State *L) {
    return find_pattern(L, false);
}

/* --- gmatch */

/* Upvalues: the text, the pattern, where the search goes on, where the last match ended (from 0;
 * -1 where there was none). */
static int next_match(lua_State *L) {
    size_t length, pattern_length;
    moati_matcher m;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &length);
    const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_length);
    const lua_Integer start = lua_tointeger(L, lua_upvalueindex(3));
    const lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    moati_matcher_begin(&m, L, text, length, pattern + pattern_length);
    for (size_t at = (size_t)start; at <= length; at++) {
        const char *end = moati_match(&m, text + at, pattern);
        if (end == NULL || end - text == last)
            continue;
        lua_pushinteger(L, end - text);
        lua_copy(L, -1, lua_upvalueindex(3));
        lua_copy(L, -1, lua_upvalueindex(4));
        return push_captures(&m, text + at, end);
    }
    return 0;
}

static int gmatch(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    const size_t start = check_start(L, 3, length);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)start);
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 4);
    return 1;
}

/* --- gsub */

/* The text at index 3, in which %1 stands for a capture. */
static void add_text(moati_matcher *m, luaL_Buffer *result, const char *start, const char *end) {
    size_t length;
    const char *text = lua_tolstring(m->L, 3, &length);
    for (const char *escape; (escape = memchr(text, '%', length)) != NULL;) {
        const char kind = escape[1];
        moati_capture capture;
        luaL_addlstring(result, text, (size_t)(escape - text));
        if (kind == '%')
            luaL_addchar(result, kind);
        else if (kind == '0')
            luaL_addlstring(result, start, (size_t)(end - start));
        else if (kind < '1' || kind > '9')
            luaL_error(m->L, "invalid use of '%%' in replacement string");
        else if (get_capture(m, kind - '1', start, end, &capture))
            luaL_addlstring(result, capture.start, (size_t)capture.length);
        else
            luaL_addvalue(result);
        length -= (size_t)(escape + 2 - text);
        text = escape + 2;
    }
    luaL_addlstring(result, text, length);
}

/* Adds what replaces a match; false where that is the match itself. */
static bool add_replacement(moati_matcher *m, luaL_Buffer *result, const char *start,
                            const char *end) {
    lua_State *L = m->L;
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        lua_call(L, push_captures(m, start, end), 1);
        break;
    case LUA_TTABLE:
        push_capture(m, 0, start, end);
        lua_gettable(L, 3);
        break;
    default: add_text(m, result, start, end); return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(result, start, (size_t)(end - start));
        return false;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(result);
    return true;
}

static void check_replacement(lua_State *L) {
    const int type = lua_type(L, 3);
    if (type != LUA_TNUMBER && type != LUA_TSTRING && type != LUA_TTABLE && type != LUA_TFUNCTION)
        luaL_typeerror(L, 3, "string/function/table");
}

/* Adds the text with up to `most` matches replaced; returns how many were. */
static lua_Integer replace(moati_matcher *m, luaL_Buffer *result, const char *pattern,
                           lua_Integer most, bool *changed) {
    const bool is_anchored = *pattern == '^';
    const char *s = m->text, *last = NULL;
    lua_Integer count = 0;
    while (count < most) {
        const char *end = moati_match(m, s, pattern + is_anchored);
        if (end != NULL && end != last) {
            count++;
            *changed |= add_replacement(m, result, s, end);
            moatl_check_size(m->L, (lua_Number)luaL_bufflen(result));
            s = last = end;
        } else if (s < m->text_end) {
            luaL_addchar(result, *s++);
        } else {
            break;
        }
        if (is_anchored)
            break;
    }
    luaL_addlstring(result, s, (size_t)(m->text_end - s));
    return count;
}

static int gsub(lua_State *L) {
    size_t length, pattern_length;
    moati_matcher m;
    luaL_Buffer result;
    bool changed = false;
    const char *text = luaL_checklstring(L, 1, &length);
    const char *pattern = luaL_checklstring(L, 2, &pattern_length);
    check_replacement(L);
    const lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)length + 1);
    lua_settop(L, 4);
    moati_matcher_begin(&m, L, text, length, pattern + pattern_length);
    luaL_buffinit(L, &result);
    const lua_Integer count = replace(&m, &result, pattern, most, &changed);
    luaL_pushresult(&result);
    if (!changed)
        lua_pushvalue(L, 1);
    lua_pushinteger(L, count);
    return 2;
}

#define ENTRY(name, function)                                                                      \
    { name, function, NULL, name, NULL, NULL, NULL }

const moat_lua_function moatl_match_functions[] = {ENTRY("find", find),
                                                   ENTRY("match", match),
                                                   ENTRY("gmatch", gmatch),
                                                   ENTRY("gsub", gsub),
                                                   {NULL, NULL, NULL, NULL, NULL, NULL, NULL}};
