/* What modules of the library that are written in Lua stand on: they describe their functions
 * and types in tables, from which arguments are checked and the manual is made, and find here
 * what scripts have no need of.
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

/* Pushes how a function is written: "fleet:order(t, gw, { stages = })". */
static const char *push_usage(lua_State *L, const char *name, const moat_lua_signature *s) {
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
        function->usage = push_usage(L, function->name, signature);
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

static int missing_field(lua_State *L) {
    const char *module = lua_tostring(L, lua_upvalueindex(1));
    const char *name = moatl_push_string(L, 2);
    moatl_fail_unknown(L, lua_pushfstring(L, "the module %s has no function", module), name,
                       moatl_nearest_key(L, 1, name));
}

/* module(name, doc, functions): what a module returns. */
static int make_module(lua_State *L) {
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
    const char *name = moatl_push_string(L, 2);
    moatl_fail_unknown(L, lua_pushfstring(L, "%s has no method", push_with_article(L, type)), name,
                       moatl_nearest_key(L, lua_upvalueindex(1), name));
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
static int make_class(lua_State *L) {
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

/* state_of(x, "fleet"): the state of an object of that type; nil for anything else. */
static int state_of(lua_State *L) {
    const char *type = lua_pushfstring(L, "moat.%s", luaL_checkstring(L, 2));
    if (luaL_testudata(L, 1, type) == NULL)
        return 0;
    lua_getiuservalue(L, 1, 1);
    return 1;
}

/* --- What scripts have no need of. */

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
    return "moat";
}

/* fail(format, ...): an error at the script's line, after the name of the running function. */
static int fail(lua_State *L) {
    lua_getfield(L, LUA_REGISTRYINDEX, MOATI_GLOBALS);
    lua_getfield(L, -1, "string");
    lua_getfield(L, -1, "format");
    lua_insert(L, 1);
    lua_pop(L, 2);
    lua_call(L, lua_gettop(L) - 1, 1);
    moatl_fail(L, "%s: %s", moatl_name(L), lua_tostring(L, -1));
}

/* at(x, t): the value of a period, or of all where x has none. */
static int value_at(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "x");
    if (quantity->axis == MOAT_NO_AXIS) {
        lua_pushvalue(L, 1);
        return 1;
    }
    const lua_Integer t = moatl_check_integer(L, 2, "the period", 0, quantity->count);
    const moat_node node = quantity->nodes[t];
    if (node == MOAT_NO_NODE)
        moatl_fail_unset(L, moatl_running(L), quantity, (unsigned)t);
    moatl_push(L, node, quantity->shown)->show = quantity->show;
    return 1;
}

/* over_periods(f): the series of f(t), shown as its first period is. */
static int over_periods(lua_State *L) {
    const unsigned count = moatl_horizon(L)->periods;
    moatl_quantity *series = NULL;
    for (unsigned t = 1; t <= count; t++) {
        lua_settop(L, series != NULL ? 2 : 1);
        lua_pushvalue(L, 1);
        lua_pushinteger(L, t);
        lua_call(L, 1, 1);
        const moatl_quantity *value = moatl_check_scalar(L, -1, "a period");
        if (series == NULL) {
            series = moatl_push_series(L, value->dim, value->shown);
            series->show = value->show;
            lua_insert(L, 2);
        } else if (value->dim != series->dim) {
            value = moatl_require_dim(L, -1, "a period", series->dim, moatl_push_unit(L, series));
        }
        series->nodes[t] = value->nodes[0];
    }
    lua_settop(L, 2);
    return 1;
}

/* count_periods(): 0 without a horizon. */
static int count_periods(lua_State *L) {
    lua_pushinteger(L, moat_model_horizon(moatl_model(L))->periods);
    return 1;
}

static int is_series(lua_State *L) {
    const moatl_quantity *quantity = luaL_testudata(L, 1, MOATL_QUANTITY);
    lua_pushboolean(L, quantity != NULL && quantity->axis != MOAT_NO_AXIS);
    return 1;
}

static int is_quantity(lua_State *L) {
    lua_pushboolean(L, moatl_is_quantity(L, 1));
    return 1;
}

/* known(x): the number in base units of what is constant; nil else. */
static int known(lua_State *L) {
    double value;
    if (lua_isnil(L, 1) || !moatl_is_constant(L, moatl_check(L, 1, "x"), &value))
        return 0;
    lua_pushnumber(L, value);
    return 1;
}

/* has_unit(x, "GW"): whether the dimensions are the same. */
static int has_unit(lua_State *L) {
    const moatl_quantity *quantity = moatl_check(L, 1, "x");
    moat_dim dim = moat_unit_dim(moatl_units(L), moatl_parse_unit(L, luaL_checkstring(L, 2)));
    lua_pushboolean(L, quantity->dim == dim);
    return 1;
}

/* unit_of(x): the text of the unit that x is shown in; base units where none was chosen. */
static int unit_of(lua_State *L) {
    moatl_push_unit(L, moatl_check(L, 1, "x"));
    return 1;
}

/* in_unit(x, y, what): x, which must have the dimension of y; 0 and infinity are made fit. */
static int in_unit(lua_State *L) {
    const moatl_quantity *like = moatl_check(L, 2, "y");
    const moatl_quantity *x = moatl_check(L, 1, luaL_checkstring(L, 3));
    if (x->dim != like->dim && !moatl_fits_all(L, x)) {
        const char *unit = moatl_push_unit(L, like);
        moatl_fail(L, "%s: %s must be %s, as in %s, not %s", moatl_running(L), lua_tostring(L, 3),
                   moatl_push_dim_words(L, like->dim), unit, moatl_push_description(L, 1));
    }
    moatl_require_dim(L, 1, lua_tostring(L, 3), like->dim, "");
    lua_pushvalue(L, 1);
    return 1;
}

/* constant(number, y): a number of base units of the dimension of y. */
static int constant_like(lua_State *L) {
    const moatl_quantity *like = moatl_check(L, 2, "y");
    moatl_push_constant(L, luaL_checknumber(L, 1), like->dim, like->shown);
    return 1;
}

static const moat_lua_function library_functions[] = {
    {"module", make_module, NULL, "module(name, doc, functions)"},
    {"class", make_class, NULL, "class(name, doc, methods)"},
    {"state_of", state_of, moatl_speaks_for_caller, "state_of(x, type)"},
    {"fail", fail, moatl_speaks_for_caller, "fail(format, ...)"},
    {"at", value_at, moatl_speaks_for_caller, "at(x, t)"},
    {"over_periods", over_periods, moatl_speaks_for_caller, "over_periods(f)"},
    {"count_periods", count_periods, moatl_speaks_for_caller, "count_periods()"},
    {"is_series", is_series, moatl_speaks_for_caller, "is_series(x)"},
    {"is_quantity", is_quantity, moatl_speaks_for_caller, "is_quantity(x)"},
    {"known", known, moatl_speaks_for_caller, "known(x)"},
    {"has_unit", has_unit, moatl_speaks_for_caller, "has_unit(x, unit)"},
    {"unit_of", unit_of, moatl_speaks_for_caller, "unit_of(x)"},
    {"in_unit", in_unit, moatl_speaks_for_caller, "in_unit(x, y, what)"},
    {"constant_like", constant_like, moatl_speaks_for_caller, "constant_like(number, y)"},
    {"irr_of", moatl_list_irr, NULL, "irr_of(amounts, years)"},
    {NULL}};

/* The library's globals: the language's, and these functions. */
void moatl_open_library(lua_State *L) {
    lua_newtable(L);
    moatl_register_unchecked(L, library_functions);
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setfield(L, LUA_REGISTRYINDEX, MOATI_LIBRARY);
}
