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

/* What an argument or an option must be. */
typedef enum moat_lua_kind {
    MOAT_LUA_QUANTITY, /* of the dimension of `unit`; one value, or one per period */
    MOAT_LUA_SCALAR,   /* the same, one value for all periods */
    MOAT_LUA_RATE,     /* a quantity per year, as in "5 %/yr" */
    MOAT_LUA_CONDITION,
    MOAT_LUA_DISTRIBUTION, /* a quantity that nothing has drawn from yet, or any other */
    MOAT_LUA_PERIOD,       /* a whole number, 0 (the opening) .. the horizon's last */
    MOAT_LUA_COUNT,        /* a whole number from 0 */
    MOAT_LUA_WORD,         /* one of `words` */
    MOAT_LUA_TEXT,
    MOAT_LUA_TRUTH, /* true or false */
    MOAT_LUA_ANY,   /* checked by the function itself */
    MOAT_LUA_KINDS
} moat_lua_kind;

/* What is asked of values that are known while the script runs; those of the samples are not
 * looked at. */
typedef enum moat_lua_range {
    MOAT_LUA_ANYWHERE,
    MOAT_LUA_NOT_NEGATIVE,
    MOAT_LUA_POSITIVE,
    MOAT_LUA_SHARE, /* 0 .. 1 */
} moat_lua_range;

/* An argument of a function, or an option of the table that it takes. */
typedef struct moat_lua_argument {
    const char *name; /* NULL ends an array */
    moat_lua_kind kind;
    moat_lua_range range;
    const char *unit;         /* "$bn/GW" stands for its dimension; "" for any; "1" for none */
    const char *const *words; /* of MOAT_LUA_WORD; ends with NULL */
    const char *fallback;     /* what it is where it is left out, as a literal; NULL: nothing */
    bool required;
    const char *doc;
} moat_lua_argument;

/* What a function takes, where it is described and not just told in its usage. Any may be NULL. */
typedef struct moat_lua_signature {
    const moat_lua_argument *takes;   /* one after the other */
    const moat_lua_argument *options; /* then a table */
    const moat_lua_argument *rows;    /* of each table in that table's list */
    const moat_lua_argument *named;   /* of each table under another key of it */
} moat_lua_signature;

/* A function of the language, as scripts call it and as the manual shows it. */
typedef struct moat_lua_function {
    const char *name; /* "max", "dist.normal", "npv" */
    int (*call)(struct lua_State *state);
    const void *context;                 /* for functions that share one `call` */
    const char *usage;                   /* "npv(rate, { timing = \"end\" })" */
    const char *doc;                     /* one line: shapes, units, what is refused */
    const char *example;                 /* a script; NULL where another example covers it */
    const char *result;                  /* exactly what the example prints */
    const moat_lua_signature *signature; /* NULL where usage and doc say it all */
} moat_lua_function;

/* Functions that belong together; the array ends with a NULL name. */
typedef struct moat_lua_group {
    const char *name;
    const char *doc;
    const moat_lua_function *functions;
} moat_lua_group;

/* The language's own groups; the array ends with a NULL name. */
const moat_lua_group *moat_lua_groups(void);

/* A module of the library that is handed to a state, loaded when it is first named: what `require`
 * gives, and global under its name, but for the parts of modules, which have a `/` in theirs.
 * `open` leaves a table on the stack: the module, or, where there is a `text`, what this Lua source
 * is given as its argument and returns the module from. */
typedef struct moat_lua_module {
    const char *name;
    int (*open)(struct lua_State *state); /* NULL: there is a text */
    const char *text;                     /* NULL: the module is what open makes */
    size_t length;
} moat_lua_module;

/* A value that an entry of an interactive session gives, or a field of one that is a table: these
 * follow it, in the order of pairs. */
typedef struct moat_lua_value {
    const char *name;            /* of a field, or of a global; NULL: a value of the entry, or, with
                                    a depth, `text` says how many fields have been left out */
    unsigned depth;              /* of a field, from 1; 0 for what is none */
    bool is_table;               /* fields follow, but for those that are too deep or too many */
    const moat_output *quantity; /* named as the value, MOAT_NO_NODE where a period has not been
                                    set; NULL: no quantity */
    const char *text;            /* of what is no quantity, as `print` writes it */
    const double *number;        /* of what is a number; else NULL */
} moat_lua_value;

/* Is given one value after the other, which is valid for the call. It must not use the state. */
typedef void moat_lua_show(void *context, const moat_lua_value *value);

/* Where files come from, if not from the file system. */
typedef struct moat_lua_reader {
    /* Gives a file's text, allocated with malloc and ended by a 0 that is not counted. Errors:
     * MOAT_UNKNOWN (there is no such file), MOAT_SYSTEM, MOAT_LIMIT, MOAT_NO_MEMORY. */
    moat_status (*read)(void *context, const char *path, char **text, size_t *length,
                        moat_error *error);
    void *context;
} moat_lua_reader;

typedef struct moat_lua_options {
    /* What `print` and `warn` write, line break included; NULL: it is dropped. Control
     * characters have been escaped. */
    void (*print)(void *context, const char *text, size_t length);
    void (*warn)(void *context, const char *text, size_t length);
    /* What a script requires, before it is run: its name as the script gave it, its path below
     * `folder` and its text; not modules of the library. NULL: nobody asks. */
    void (*required)(void *context, const char *name, const char *path, const char *text,
                     size_t length);
    void *context;
    /* Where `require` looks for files. NULL: below the folder of the first file that is run,
     * and nowhere before that. */
    const char *folder;
    /* Reads what `require` looks for, named as below that folder; NULL: the file system is read,
     * where no symbolic link leads out of the folder. */
    const moat_lua_reader *reader;
    const moat_lua_module *modules; /* ends with a NULL name; NULL: none */
    /* Makes this an interactive session. `show` is given the values of an entry, instead of their
     * being printed; the first one of an entry is kept as `_` and as the next of the list `out`.
     * The local variables of a script or an entry, as they are when it ends, are global after it.
     */
    moat_lua_show *show;
    void *show_context;
    /* For tests: Lua's own libraries, all of them and as they are, in front of the language. What
     * is run can then do whatever the process can. */
    bool no_sandbox;
} moat_lua_options;

moat_lua *moat_lua_new(moat_model *model, const moat_lua_options *options, moat_error *error);
void moat_lua_free(moat_lua *lua);

/* Loads all modules of a state, which otherwise are loaded when a script first names them. */
moat_status moat_lua_load_library(moat_lua *lua, moat_error *error);

/* The groups that the modules loaded so far have registered, in their order; NULL after the last.
 * They belong to the state. */
const moat_lua_group *moat_lua_library_group(const moat_lua *lua, size_t index);

/* Runs a script. Errors: MOAT_SYSTEM (the file cannot be read), MOAT_SYNTAX, MOAT_NO_MEMORY,
 * MOAT_INTERRUPTED, MOAT_LIMIT, and MOAT_INVALID for whatever else a script does wrong. The
 * message is complete, as in "scripts/x.lua:12: what happened; what to do". */
moat_status moat_lua_run_file(moat_lua *lua, const char *path, moat_error *error);

/* The same for a text; `name` stands in messages where a file has its path. */
moat_status moat_lua_run_text(moat_lua *lua, const char *text, size_t length, const char *name,
                              moat_error *error);

/* One entry of an interactive session: an expression, statements, or statements that end with an
 * expression; its values are shown. Returns MOAT_OK with *incomplete set where the text is a
 * beginning that more lines could complete. Globals stay from one entry to the next. The name of
 * nothing, alone, is an error. */
moat_status moat_lua_interpret(moat_lua *lua, const char *text, size_t length, const char *name,
                               bool *incomplete, moat_error *error);

/* Gives the values of an expression to `show`; none is kept. Errors: as moat_lua_run_file. */
moat_status moat_lua_inspect(moat_lua *lua, const char *text, size_t length, const char *name,
                             moat_lua_show *show, void *context, moat_error *error);
/* Whether a text is complete and could stand in a script, as an expression alone could not. Errors:
 * those of what ends a run, MOAT_NO_MEMORY among them. */
moat_status moat_lua_is_statement(moat_lua *lua, const char *text, size_t length, bool *is,
                                  moat_error *error);
/* Where the expression of an entry begins, after the statements before it; `length` where there is
 * none. Errors: as above. */
moat_status moat_lua_value_place(moat_lua *lua, const char *text, size_t length, size_t *place,
                                 moat_error *error);

/* What happens between begin and commit holds as a whole or, after a rollback, not at all: globals;
 * the tables, series and objects that they lead to; what was declared and set; and which draws come
 * next. What was printed stays, and so do the nodes of the graph, which nothing leads to. Of tables
 * with very many entries, more than 2^18 together, only those that come first are taken back. One
 * transaction at a time. Errors: MOAT_NO_MEMORY. */
moat_status moat_lua_begin(moat_lua *lua, moat_error *error);
void moat_lua_commit(moat_lua *lua);
moat_status moat_lua_rollback(moat_lua *lua, moat_error *error);

/* Gives the globals of scripts that are quantities, and the quantities in those that are tables, as
 * "a.price", to `show`, in the order of their names. */
moat_status moat_lua_quantities(moat_lua *lua, moat_lua_show *show, void *context,
                                moat_error *error);
/* Completes the end of text[0..length), as in "fund", "funding.ca", "a.b:npv": calls `found` with
 * each whole last word that begins as it does, in the order of names. Runs no script. Returns how
 * long that beginning is. */
size_t moat_lua_complete(moat_lua *lua, const char *text, size_t length,
                         void (*found)(void *context, const char *word), void *context);

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
