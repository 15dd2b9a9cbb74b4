/* How a described function is written, for messages and the manual. */
#include <lauxlib.h>

#include "describe.h"

/* More options than this are not worth a line: the manual lists them below it. */
enum { SHOWN_OPTIONS = 6 };

static void add_table_usage(luaL_Buffer *b, const moat_lua_signature *s) {
    const char *comma = "";
    int shown = 0;
    luaL_addstring(b, "{ ");
    for (const moat_lua_argument *o = s->options; o != NULL && o->name != NULL; o++) {
        luaL_addstring(b, comma);
        comma = ", ";
        if (++shown > SHOWN_OPTIONS) {
            luaL_addstring(b, "...");
            break;
        }
        luaL_addstring(b, o->name);
        luaL_addstring(b, " =");
    }
    const moat_lua_argument *const inner[] = {s->rows, s->named};
    for (int i = 0; i < 2; i++) {
        if (inner[i] == NULL)
            continue;
        luaL_addstring(b, comma);
        luaL_addstring(b, i == 0 ? "{ " : "NAME = { ");
        for (const moat_lua_argument *o = inner[i]; o->name != NULL; o++) {
            luaL_addstring(b, o == inner[i] ? "" : ", ");
            luaL_addstring(b, o->name);
            luaL_addstring(b, " =");
        }
        luaL_addstring(b, " }, ...");
        comma = ", ";
    }
    luaL_addstring(b, " }");
}

const char *moatl_push_usage(lua_State *L, const char *name, const moat_lua_signature *s) {
    luaL_Buffer b;
    const bool has_table = s->options != NULL || s->rows != NULL || s->named != NULL;
    const bool takes_any = s->takes != NULL && s->takes->name != NULL;
    luaL_buffinit(L, &b);
    luaL_addstring(&b, name);
    luaL_addstring(&b, takes_any || !has_table ? "(" : " ");
    for (const moat_lua_argument *a = s->takes; a != NULL && a->name != NULL; a++) {
        luaL_addstring(&b, a == s->takes ? "" : ", ");
        luaL_addstring(&b, a->name);
    }
    luaL_addstring(&b, takes_any && has_table ? ", " : "");
    if (has_table)
        add_table_usage(&b, s);
    luaL_addstring(&b, takes_any || !has_table ? ")" : "");
    luaL_pushresult(&b);
    return lua_tostring(L, -1);
}
