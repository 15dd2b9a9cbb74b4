/* The Lua state: what belongs to one, for the files of this folder alone. */
#ifndef MOATI_STATE_H
#define MOATI_STATE_H

#include <lauxlib.h>
#include <lua.h>

#include "moat/explore.h"
#include "moat/lua.h"
#include "notes.h"

/* What else than tables a transaction takes back. */
typedef struct moati_beginning {
    moat_mark mark;
    unsigned blocks;
    uint64_t random_draws;
    bool rate_warned;
} moati_beginning;

struct moat_lua {
    lua_State *L;
    moat_model *model;
    moat_lua_options options;
    char *folder;          /* where require looks; NULL: nowhere */
    unsigned blocks;       /* of assumptions, so far */
    uint64_t random_draws; /* by math.random, so far */
    size_t printed;        /* bytes, by print and warn */
    const char *main;      /* the name of the chunk that is run; NULL: none */
    bool rate_warned;      /* of a rate that looks like a percentage */
    struct moatl_chapter *first_chapter, *last_chapter; /* what its modules registered */
    moat_budget *budget;                                /* the model's */
    lua_State *running;                                 /* the coroutine that runs, or L */
    int interval;                                       /* instructions until the next look */
    int64_t looked;      /* when, in nanoseconds that the thread had run */
    bool is_over;        /* Lua has passed the limit of memory */
    bool is_tight;       /* it has come near */
    unsigned closing;    /* coroutines that are being closed, one inside the other */
    moati_notes *notes;  /* of a checker; NULL: nobody wants them */
    moat_status aborted; /* a run that was stopped stays stopped, whatever the script catches */
    moati_beginning beginning; /* of the transaction that is open */
    moat_script_error last;    /* why the last run failed */
};

/* Tables in Lua's registry, by name. */
#define MOATI_CHUNKS       "moat.chunks"       /* the names of all chunks: name -> is a file */
#define MOATI_ENVIRONMENT  "moat.environment"  /* the globals of scripts */
#define MOATI_GLOBALS      "moat.globals"      /* what is behind them: the language */
#define MOATI_LITERALS     "moat.literals"     /* text -> how often it was drawn from */
#define MOATI_DECLARATIONS "moat.declarations" /* name -> the place of its declaration */
#define MOATI_METHODS      "moat.methods"      /* of quantities */
#define MOATI_LOADED       "moat.loaded"       /* what require has loaded */
#define MOATI_LIBRARY      "moat.library"      /* the globals of modules written in Lua */
#define MOATI_CHAPTERS     "moat.chapters"     /* keeps what modules register alive */
#define MOATI_OUT          "moat.out"          /* the first values of entries */
#define MOATI_SNAPSHOT     "moat.snapshot"     /* of a transaction: object -> what it was */
#define MOATI_TRAVERSALS   "moat.traversals"   /* where `next` is: table -> its keys in order */

/* A script may hold at most this much text, print this much, and have built-in functions loop
 * or allocate this often. */
enum { MOATI_TEXT_LIMIT = 8 << 20, MOATI_PRINT_LIMIT = 1 << 26, MOATI_SIZE_LIMIT = 1 << 26 };

/* Chunks whose name begins so are parts of Moat, never the place of a script's mistake. */
#define MOATI_BUILT_IN "=[moat]"

/* The parts of the sandbox. Each is called once, under a protected call, with the table of
 * globals on top of the stack, which it leaves there. */
void moatl_open_base(lua_State *L);
void moatl_open_protect(lua_State *L);
void moatl_open_libraries(lua_State *L);
void moatl_open_math(lua_State *L);
void moatl_open_library(lua_State *L);
/* Puts Lua's own libraries in front of it all. */
void moatl_leave_sandbox(lua_State *L);
/* irr_of(amounts, years), for the library: of a list of amounts that are so many years apart. */
int moatl_list_irr(lua_State *L);
void moatl_open_require(lua_State *L);
void moatl_open_quantity(lua_State *L);

/* Pushes the module of the library that is global under a name, loading it the first time, and
 * makes it a field of the globals; false (and nothing) where there is none. */
bool moatl_push_library(lua_State *L, const char *name);
/* The name of such a module that is nearest to one; NULL where none is near. */
const char *moati_nearest_library(const moat_lua *lua, const char *name);

/* The context of functions that modules alone call: their messages begin with the name of the
 * described function that is running, the innermost; NULL where none is. */
extern const char moatl_speaks_for_caller[];
const char *moatl_running(lua_State *L);

/* Has what scripts do from now on noted; the notes must outlive the state. */
void moati_lua_take_notes(moat_lua *lua, moati_notes *notes);
/* Adds a note about the place that is running, where somebody wants notes. */
void moatl_note(lua_State *L, moati_note_kind kind, const char *name, const char *text);
/* Keeps the text of a chunk that comes from a file, where somebody wants notes. */
void moatl_note_source(lua_State *L, const char *text, size_t length, const char *name,
                       bool compiles);

/* Notes the name of a chunk, "@path" or "=name", so that it is known in messages. */
void moatl_register_chunk(lua_State *L, const char *name);
/* luaL_loadbufferx of source text, which can be stopped; `name` is a Lua chunk name. */
int moatl_load_text(lua_State *L, const char *text, size_t length, const char *name);
/* Loads source text as a function with the sandbox's environment: pushes the function and
 * returns LUA_OK, or pushes the message and returns LUA_ERRSYNTAX, or LUA_ERRRUN for what Lua
 * accepts and Moat does not. `name` is a Lua chunk name ("@path", "=name"). */
int moatl_load(lua_State *L, const char *text, size_t length, const char *name);

/* Raises where the run is to end: for what takes long and runs no instructions of a script. */
void moatl_look(lua_State *L);
/* From now on after each instruction of this coroutine. */
void moatl_look_always(lua_State *L);
/* The hook that looks; Lua's allocator, whose context is the moat_lua. */
void moatl_hook(lua_State *L, lua_Debug *ar);
void *moati_allocate(void *context, void *block, size_t old_size, size_t size);
/* Before each run: nothing has been aborted. */
void moati_begin_looking(moat_lua *lua);

/* Raises for a size of more than MOATI_SIZE_LIMIT, in the name of the running function. */
void moatl_check_size(lua_State *L, lua_Number size);
/* string.find, match, gmatch, gsub. */
extern const moat_lua_function moatl_match_functions[];

/* Replaces functions of the library on top of the stack by guards, which end in a call of what
 * they replace. */
void moatl_guard_library(lua_State *L, const moat_lua_function *guards);
int moatl_call_guarded(lua_State *L);
/* Of the library of mathematics. */
void moatl_guard_math(lua_State *L);

/* Pushes an empty table that reads through to the table on top of the stack, which it
 * replaces, and that cannot be written. */
void moatl_protect_table(lua_State *L);
/* Pushes the table that a protected one at an index reads through to; false (and nothing) where
 * it is another table. */
bool moatl_push_behind(lua_State *L, int index);
/* `next`: in the order of moatl_push_keys, in which it passes over keys that were removed. */
int moatl_next(lua_State *L);
/* `pairs` and `ipairs`; and the __pairs of a protected table, whose first upvalue is what it
 * protects. */
int moatl_pairs(lua_State *L);
int moatl_ipairs(lua_State *L);
int moatl_pairs_behind(lua_State *L);
/* table.sort for the list at index 1, which has `count` elements, and the comparison at index 2:
 * stable. An error of the comparison leaves the list as it was. */
int moatl_sort(lua_State *L, lua_Integer count);
/* Adds a text with what is no printable UTF-8 character as "\x1b"; line breaks and tabs stay
 * where `lines` says so. */
void moatl_add_escaped(luaL_Buffer *buffer, const char *text, size_t length, bool lines);
/* Writes a line, its break included, as `warn` does. */
void moatl_write_warning(lua_State *L, const char *line, size_t length);

/* Sets the globals `_` and `out` of a session. */
void moatl_open_session(lua_State *L);
/* Shows the values at the indexes first .. last. */
void moatl_show_values(lua_State *L, int first, int last, moat_lua_show *show, void *context);
/* Keeps the value at an index as `_` and as the next of `out`. */
void moatl_keep_value(lua_State *L, int index);
/* The hook of a session: what is local to a chunk that ends becomes global. */
void moatl_keep_locals(lua_State *L, lua_Debug *ar);

/* A text that is run. */
typedef struct moati_source {
    const char *text;
    size_t length;
    char kind; /* '@' a file, '=' a name */
    const char *name;
    bool *incomplete;    /* of an interactive entry; else NULL */
    moat_lua_show *show; /* of an expression that is inspected */
    void *context;
    bool is_syntax; /* set where the text is no Lua */
} moati_source;

/* Calls a function, whose argument is the source as a light userdata, as the run of a script. */
moat_status moati_run(moat_lua *lua, lua_CFunction function, moati_source *source,
                      moat_error *error);

/* Calls a function as a script is run; its argument is a light userdata. */
moat_status moati_protect(moat_lua *lua, lua_CFunction function, void *argument, moat_error *error);

/* The global that a name was meant to be: one of the script's, or of the language's; NULL where
 * none is near. Leaves what it needed on the stack. */
const char *moatl_nearest_global(lua_State *L, const char *name);

/* The message handler of every run: notes where and why, returns the message. */
int moatl_note_error(lua_State *L);
/* The same for a message that did not pass the handler. */
void moati_note_message(moat_lua *lua, const char *message);

/* The text of a number: the shortest that reads back as the same. */
void moati_number_text(char buffer[32], double value);

#endif
