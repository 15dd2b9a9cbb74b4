/* Entries of an interactive session: what a line means, and what it gives. */
#include <string.h>

#include "bind.h"
#include "state.h"

/* --- What a text means: an expression, statements, or statements that end with an expression. */

/* Lua's parser says "... near <eof>" where the text could go on. A text between quotation marks
 * cannot, but after a backslash: it would have to end on its line. */
static bool could_go_on(lua_State *L, const char *text, size_t length) {
    static const char end[] = "<eof>", unfinished[] = "unfinished string near <eof>";
    size_t size;
    const char *message = lua_tolstring(L, -1, &size);
    if (message == NULL || size < strlen(end) || strcmp(message + size - strlen(end), end) != 0)
        return false;
    return strstr(message, unfinished) == NULL || (length > 0 && text[length - 1] == '\\');
}

/* Pushes the function of a text of which an expression is the end, from `at` on. Were its value
 * returned by a call of another function alone, this one would have ended before that, and its
 * local variables with it; a variable that is to be closed keeps it. */
static int load_value(lua_State *L, const moati_source *s, size_t at, const char *name) {
    lua_pushlstring(L, s->text, at);
    lua_pushstring(L, at > 0 ? " local moat <close> = nil return " : "return ");
    lua_pushlstring(L, s->text + at, s->length - at);
    lua_concat(L, 3);
    const int result = moatl_load(L, lua_tostring(L, -1), lua_rawlen(L, -1), name);
    lua_remove(L, -2);
    return result;
}

/* Whether Lua accepts a text, or, with *more set, could accept it with more lines. */
static bool is_chunk(lua_State *L, const char *before, const char *text, size_t length,
                     bool *more) {
    const int top = lua_gettop(L);
    lua_pushstring(L, before);
    lua_pushlstring(L, text, length);
    lua_concat(L, 2);
    const int result = luaL_loadbufferx(L, lua_tostring(L, -1), lua_rawlen(L, -1), "=text", "t");
    if (result == LUA_ERRMEM)
        lua_error(L);
    const bool loads = result == LUA_OK;
    *more = !loads && could_go_on(L, text, length);
    lua_settop(L, top);
    return loads;
}

static bool is_blank(const char *text, size_t length) {
    while (length > 0 && strchr(" \t\r\n;", text[length - 1]) != NULL)
        length--;
    return length == 0;
}

/* Whether what stands after a line break is what the line before it calls, as in "f = g" and "(x)":
 * to Lua they are one statement. */
static bool goes_on_with_call(lua_State *L, const char *text, size_t length, size_t at) {
    bool more;
    while (at < length && strchr(" \t\r\n", text[at]) != NULL)
        at++;
    return at < length && strchr("([{\"'", text[at]) != NULL &&
           is_chunk(L, "", text, length, &more);
}

enum { MOST_PLACES = 200 };

/* Where the expression begins that statements end with; 0 where they end with none. Both what
 * stands before the place and what stands after it must be Lua by itself, so that no text and no
 * block is cut in two. *more is set where the expression could go on. */
static size_t find_value(lua_State *L, const char *text, size_t length, bool *more) {
    size_t places = 0;
    for (size_t at = length; at > 1 && places < MOST_PLACES; at--) {
        bool head, tail;
        if ((text[at - 1] != ';' && text[at - 1] != '\n') || is_blank(text + at, length - at))
            continue;
        if (text[at - 1] == '\n' && goes_on_with_call(L, text, length, at))
            continue;
        places++;
        const bool has_value = is_chunk(L, "return ", text + at, length - at, &tail);
        if ((has_value || tail) && is_chunk(L, "", text, at, &head)) {
            *more = tail;
            return at;
        }
    }
    return 0;
}

/* Pushes the function of an entry and returns LUA_OK, or pushes why there is none. *at is where its
 * expression begins, its length where there is none. */
static int load_entry(lua_State *L, moati_source *s, const char *name, size_t *at) {
    bool more = false;
    int result = load_value(L, s, *at = 0, name);
    if (result != LUA_ERRSYNTAX)
        return result;
    *s->incomplete = could_go_on(L, s->text, s->length);
    lua_pop(L, 1);
    *at = find_value(L, s->text, s->length, &more);
    if (*at > 0 && !more)
        return load_value(L, s, *at, name);
    *at = s->length;
    result = moatl_load(L, s->text, s->length, name);
    *s->incomplete =
        result == LUA_ERRSYNTAX && (*s->incomplete || more || could_go_on(L, s->text, s->length));
    return result;
}

/* --- Names of nothing. */

static bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Pushes the name that a text is, blanks and semicolons around it aside; false where it is
 * another expression. */
static bool push_name(lua_State *L, const char *text, size_t length) {
    while (length > 0 && strchr(" \t\r\n;", text[length - 1]) != NULL)
        length--;
    while (length > 0 && strchr(" \t\r\n", text[0]) != NULL) {
        text++;
        length--;
    }
    for (size_t i = 0; i < length; i++)
        if (!in_name(text[i]))
            return false;
    lua_pushlstring(L, text, length);
    return length > 0 && strcmp(lua_tostring(L, -1), "nil") != 0;
}

/* A variable that is nil has no name any more, in Lua as here. */
_Noreturn static void fail_unnamed(lua_State *L, const char *name) {
    const moat_model *model = moatl_model(L);
    for (size_t i = 0; i < moat_model_outputs(model); i++)
        if (strcmp(moat_model_get_output(model, i)->name, name) == 0)
            moatl_fail(L, "there is no variable \"%s\", only an output: :table %s shows it", name,
                       name);
    moatl_fail_unknown(L, "there is nothing named", name, moatl_nearest_global(L, name));
}

/* --- Running. */

static void print_values(lua_State *L, int first) {
    const int values = lua_gettop(L) - first + 1;
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_getfield(L, -1, "print");
    lua_remove(L, -2);
    lua_insert(L, first);
    lua_call(L, values, 0);
}

static int run_entry(lua_State *L) {
    moati_source *s = lua_touserdata(L, 1);
    const char *name = lua_pushfstring(L, "=%s", s->name);
    size_t at;
    const int result = load_entry(L, s, name, &at);
    if (result != LUA_OK) {
        s->is_syntax = result == LUA_ERRSYNTAX;
        return *s->incomplete ? 0 : lua_error(L);
    }
    *s->incomplete = false;
    const int first = lua_gettop(L);
    lua_call(L, 0, LUA_MULTRET);
    const int values = lua_gettop(L) - first + 1;
    const moat_lua_options *options = &moatl_state(L)->options;
    if (values == 1 && lua_isnil(L, first) && push_name(L, s->text + at, s->length - at))
        fail_unnamed(L, lua_tostring(L, -1));
    if (values > 0 && options->show != NULL) {
        moatl_keep_value(L, first);
        moatl_show_values(L, first, first + values - 1, options->show, options->show_context);
    } else if (values > 0) {
        print_values(L, first);
    }
    return 0;
}

moat_status moat_lua_interpret(moat_lua *lua, const char *text, size_t length, const char *name,
                               bool *incomplete, moat_error *error) {
    *incomplete = false;
    lua->printed = 0;
    moati_source s = {
        .text = text, .length = length, .kind = '=', .name = name, .incomplete = incomplete};
    return moati_run(lua, run_entry, &s, error);
}

static int run_expression(lua_State *L) {
    moati_source *s = lua_touserdata(L, 1);
    const char *name = lua_pushfstring(L, "=%s", s->name);
    const int result = load_value(L, s, 0, name);
    if (result != LUA_OK) {
        s->is_syntax = result == LUA_ERRSYNTAX;
        return lua_error(L);
    }
    const int first = lua_gettop(L);
    lua_call(L, 0, LUA_MULTRET);
    const int last = lua_gettop(L);
    if (last == first && lua_isnil(L, first) && push_name(L, s->text, s->length))
        fail_unnamed(L, lua_tostring(L, -1));
    moatl_show_values(L, first, last, s->show, s->context);
    return 0;
}

moat_status moat_lua_inspect(moat_lua *lua, const char *text, size_t length, const char *name,
                             moat_lua_show *show, void *context, moat_error *error) {
    moati_source s = {.text = text,
                      .length = length,
                      .kind = '=',
                      .name = name,
                      .show = show,
                      .context = context};
    return moati_run(lua, run_expression, &s, error);
}

/* --- What is asked of a text. */

typedef struct question {
    const char *text;
    size_t length, at;
    bool is_statement;
} question;

static int judge(lua_State *L) {
    question *q = lua_touserdata(L, 1);
    bool more;
    q->is_statement = is_chunk(L, "", q->text, q->length, &more);
    return 0;
}

moat_status moat_lua_is_statement(moat_lua *lua, const char *text, size_t length, bool *is,
                                  moat_error *error) {
    question q = {.text = text, .length = length};
    const moat_status status = moati_protect(lua, judge, &q, error);
    *is = q.is_statement;
    return status;
}

static int divide(lua_State *L) {
    question *q = lua_touserdata(L, 1);
    bool more;
    if (is_chunk(L, "return ", q->text, q->length, &more)) {
        q->at = 0;
        return 0;
    }
    const size_t at = find_value(L, q->text, q->length, &more);
    if (at > 0 && !more)
        q->at = at;
    return 0;
}

moat_status moat_lua_value_place(moat_lua *lua, const char *text, size_t length, size_t *place,
                                 moat_error *error) {
    question q = {.text = text, .length = length, .at = length};
    const moat_status status = moati_protect(lua, divide, &q, error);
    *place = q.at;
    return status;
}
