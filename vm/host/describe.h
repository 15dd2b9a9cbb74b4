/* Functions and types of modules that are written in Lua: between the files that describe them and
 * that help them. */
#ifndef MOATL_DESCRIBE_H
#define MOATL_DESCRIBE_H

#include <lua.h>

#include "moat/lua.h"

/* module(name, doc, functions) and class(name, doc, methods), as library_lua.c registers them. */
int moatl_make_module(lua_State *L);
int moatl_make_class(lua_State *L);

/* Pushes how a function is written: "fleet:order(t, gw, { stages = })". */
const char *moatl_push_usage(lua_State *L, const char *name, const moat_lua_signature *signature);

#endif
