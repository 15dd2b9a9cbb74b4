/* Moat embedded: a sandboxed Lua state whose scripts fill in a model.
 *
 * A state borrows its model, its options' strings and its modules; all must outlive it. It is
 * not thread-safe: one thread at a time. No header of Lua is needed to use it.
 *
 *     moat_model *model = moat_model_new(&error);
 *     moat_lua *lua = moat_lua_new(model, &(moat_lua_options){.print = print}, &error);
 *     if (lua == NULL || moat_lua_run_file(lua, "scenario.lua", &error) != MOAT_OK)
 *         fprintf(stderr, "%s\n", error.message);
 */
#ifndef MOAT_LUA_H
#define MOAT_LUA_H

#include <stdbool.h>
#include <stddef.h>

#include "moat/model.h"
#include "moat/status.h"

struct lua_State;

typedef struct moat_lua moat_lua;

/* A function of the language, as scripts call it and as the manual shows it. */
typedef struct moat_lua_function {
    const char *name; /* "max", "dist.normal", "npv" */
    int (*call)(struct lua_State *state);
    const void *context; /* for functions that share one `call` */
    const char *usage;   /* "npv(rate, { timing = \"end\" })" */
    const char *doc;     /* one line: shapes, units, what is refused */
    const char *example; /* a script; NULL where another example covers it */
    const char *result;  /* exactly what the example prints */
} moat_lua_function;

/* Functions that belong together; the array ends with a NULL name. */
typedef struct moat_lua_group {
    const char *name;
    const char *doc;
    const moat_lua_function *functions;
} moat_lua_group;

/* The language's own groups; the array ends with a NULL name. */
const moat_lua_group *moat_lua_groups(void);

/* A module of the library that is handed to a state: global under its name, and what
 * `require` gives. Either `open` leaves a table on the stack, or `text` is Lua source that
 * returns one (open is NULL). */
typedef struct moat_lua_module {
    const char *name;
    int (*open)(struct lua_State *state);
    const char *text;
    size_t length;
    const moat_lua_group *groups; /* for the manual; may be NULL */
} moat_lua_module;

typedef struct moat_lua_options {
    /* What `print` and `warn` write, line break included; NULL: it is dropped. Control
     * characters have been escaped. */
    void (*print)(void *context, const char *text, size_t length);
    void (*warn)(void *context, const char *text, size_t length);
    void *context;
    /* Where `require` looks for files. NULL: below the folder of the first file that is run,
     * and nowhere before that. */
    const char *folder;
    const moat_lua_module *modules; /* ends with a NULL name; NULL: none */
} moat_lua_options;

moat_lua *moat_lua_new(moat_model *model, const moat_lua_options *options, moat_error *error);
void moat_lua_free(moat_lua *lua);

/* Runs a script. Errors: MOAT_SYSTEM (the file cannot be read), MOAT_SYNTAX, MOAT_NO_MEMORY,
 * MOAT_INTERRUPTED, MOAT_LIMIT, and MOAT_INVALID for whatever else a script does wrong. The
 * message is complete, as in "scripts/x.lua:12: what happened; what to do". */
moat_status moat_lua_run_file(moat_lua *lua, const char *path, moat_error *error);

/* The same for a text; `name` stands in messages where a file has its path. */
moat_status moat_lua_run_text(moat_lua *lua, const char *text, size_t length, const char *name,
                              moat_error *error);

/* One entry of an interactive session: an expression, whose values are printed, or
 * statements. Returns MOAT_OK with *incomplete set where the text is a beginning that more
 * lines could complete. Globals stay from one entry to the next. */
moat_status moat_lua_interpret(moat_lua *lua, const char *text, size_t length, const char *name,
                               bool *incomplete, moat_error *error);

/* Where and why the last run failed. Where a literal does not parse, the message has two more
 * lines, each after MOAT_LUA_MARGIN: the literal, and a caret under the place. */
#define MOAT_LUA_MARGIN "    "

typedef struct moat_script_error {
    char file[512];     /* the path or name as it was given; "" where none is known */
    int line;           /* from 1; 0 where none is known */
    bool is_file;       /* a file that was run or required, and no name that `load` was given */
    char message[2048]; /* without the place */
} moat_script_error;

const moat_script_error *moat_lua_script_error(const moat_lua *lua);

#endif
