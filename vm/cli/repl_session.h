/* A session's inside: what the files that implement it share. */
#ifndef MOATI_REPL_SESSION_H
#define MOATI_REPL_SESSION_H

#include <sys/types.h>
#include <time.h>

#include "moat/explore.h"
#include "moat/lua.h"
#include "repl.h"
#include "script.h"
#include "view.h"
#include "watch.h"

/* --- Values that an entry has given, copied. */

typedef struct moati_given {
    char *name; /* of a field or a global; NULL: none */
    unsigned depth;
    bool is_table, is_quantity;
    char *text; /* of what is no quantity */
    moat_output quantity;
    moat_node *nodes;
} moati_given;

typedef struct moati_givens {
    moati_given *items;
    size_t count, capacity;
    bool failed; /* memory was short */
} moati_givens;

/* For moat_lua_show; context is a moati_givens. */
void moati_givens_add(void *context, const moat_lua_value *value);
void moati_givens_free(moati_givens *givens);

/* --- Names of nodes. */

typedef struct moati_name {
    moat_node node;
    const char *text; /* borrowed from the model or the givens */
    moat_axis axis;
    size_t entry; /* of a series */
    moat_unit unit;
    moat_show show;
    unsigned rank; /* which of several is taken: the lowest, then the first */
    size_t order;
} moati_name;

typedef struct moati_names {
    moati_givens globals;
    size_t count;
    moati_name *items; /* by node, and those of one node by rank */
} moati_names;

moat_status moati_names_collect(moati_repl *repl, moati_names *names);
void moati_names_free(moati_names *names);
/* NULL: the node has none. */
const moati_name *moati_names_find(const moati_names *names, moat_node node);
/* "cash[2036-Q1]" */
void moati_name_show(const moat_model *model, const moati_name *name, char *text, size_t size);

/* --- What a person has set, as one state that can be returned to. */

typedef struct moati_overrides {
    char *variant; /* NULL: none */
    size_t count;
    struct moati_override_text {
        char *name, *literal;
    } * items;
} moati_overrides;

bool moati_overrides_copy(const moati_overrides *from, moati_overrides *to);
void moati_overrides_free(moati_overrides *overrides);
bool moati_overrides_set(moati_overrides *overrides, const char *name, const char *literal);
bool moati_overrides_unset(moati_overrides *overrides, const char *name);

/* --- What a person has entered. */

typedef struct moati_entry {
    char *text;
    size_t value;      /* where the expression that it ends with begins; its length: nowhere */
    bool is_statement; /* all of it could stand in a script */
    bool gives;        /* a value, which was kept as `_` and in `out` */
} moati_entry;

typedef struct moati_file {
    dev_t device;
    ino_t number;
} moati_file;

/* --- Results of the outputs, kept from one change to the next. */

typedef struct moati_batch {
    moat_results *results;
    size_t count;
    moat_output *outputs; /* owned; what they point to is the model's */
    size_t used;          /* by places */
} moati_batch;

typedef struct moati_place {
    moati_batch *batch;
    size_t index;
} moati_place;

typedef struct moati_cache {
    moat_basis *basis; /* NULL: nothing is known */
    moat_settings settings;
    size_t count; /* outputs */
    moati_place *places;
} moati_cache;

void moati_cache_clear(moati_cache *cache);
moati_view moati_place_view(const moat_model *model, const moati_place *place);

struct moati_repl {
    const moati_args *args;
    FILE *out;
    moati_screen screen;
    moat_model *model;
    moat_lua *lua;
    moati_watch watch;
    char *path;        /* of the script; NULL: none */
    moati_file *saved; /* the files that were written */
    size_t saved_count;
    moati_script script;
    struct timespec changed; /* the script, when it was read */
    bool watching, timing;
    bool fed;               /* more lines wait behind the one that is run */
    bool failed;            /* the line: a mistake has been told */
    moat_settings settings; /* that a person has insisted on */
    unsigned fields;
    char *entry;          /* the beginning of one; NULL: none */
    moati_entry *entries; /* that succeeded */
    size_t entry_count;
    moati_givens givens;
    size_t out_count; /* entries that gave values */
    moati_overrides overrides;
    moati_overrides *past;
    size_t past_count;
    moati_cache cache, previous;
    moat_error error;
};

/* Says why on standard error, after what has been written so far. */
void moati_repl_complain(moati_repl *repl, const char *format, ...) MOAT_PRINTF(2, 3);
/* The same with session's error; where a run was stopped, why. */
void moati_repl_complain_of_error(moati_repl *repl);

/* What values may take that are kept whole, when they are shown and when they are to be compared.
 * More are evaluated piece by piece, which can be stopped at any time. */
enum { MOATI_KEPT_TO_SHOW = 1 << 24, MOATI_KEPT_TO_COMPARE = 1 << 27 };

/* Puts together a model with nothing but what a person insists on. */
moat_status moati_repl_open(moati_repl *repl, const char *folder, moat_model **model,
                            moat_lua **lua);
/* A model that another has taken the place of, with what was known of its outputs. */
typedef struct moati_former {
    moat_model *model;
    moat_lua *lua;
    moati_cache cache;
} moati_former;

/* Takes the session's model, its Lua and its results out of it. */
moati_former moati_repl_detach(moati_repl *repl);
void moati_former_free(moati_former *former);
/* As moati_repl_load; *former is to be freed where a script has been loaded. */
bool moati_repl_replace(moati_repl *repl, const char *path, moati_former *former);
void moati_repl_forget_entries(moati_repl *repl);
void moati_repl_forget_past(moati_repl *repl);
/* Tells why a run of a script or an entry has failed. */
void moati_repl_explain(moati_repl *repl, const moati_script *script, const moat_lua *lua);
/* Runs an entry: a mistake is told, after which everything is as it was before the entry. `loud`:
 * its values are shown. */
bool moati_repl_enter(moati_repl *repl, const char *text, bool loud, bool *incomplete);
/* Makes what an expression gives the session's givens, of which there is one then, or more; a
 * mistake is told. Nothing else of the session changes. */
bool moati_repl_inspect(moati_repl *repl, const char *text);
/* The output of a name, or the quantity that an expression gives, which is the first of the
 * session's givens; NULL, after it has been told, where there is none. */
const moat_output *moati_repl_value(moati_repl *repl, const char *text);

/* What can be stopped from outside stands between these; `end` is false where it was. */
bool moati_repl_begin_work(moati_repl *repl);
bool moati_repl_end_work(moati_repl *repl);

/* --- Saving. */

/* Puts the literals that were set into the script's text in the place of its own; *possible is
 * false, with *text of any state, where one cannot be. *text is allocated. Errors: MOAT_NO_MEMORY.
 */
moat_status moati_repl_fold(moati_repl *repl, char **text, bool *possible);

/* Runs a text as a script of its own, in the folder of `path`, under a variant (NULL: none), and
 * compares what it assumes and gives with the session. Writes what differs, in words; "": nothing.
 * Errors: MOAT_NO_MEMORY. */
enum { MOATI_DIFFERENCE_SIZE = 600 };
moat_status moati_repl_verify(moati_repl *repl, const char *path, const char *text,
                              const char *variant, char difference[MOATI_DIFFERENCE_SIZE]);

/* --- Showing. */

/* Shows what the session's givens are, numbered as the next of `out`. */
moat_status moati_repl_show(moati_repl *repl);
/* Prints a table as `moat run` does, and tells where the screen has no room for all of it. */
bool moati_repl_print_view(moati_repl *repl, const moati_view *view);
void moati_repl_tell_narrow(moati_repl *repl);
/* Prints words in columns that fit the screen, downwards first. */
void moati_repl_print_columns(moati_repl *repl, size_t count, const char *const *words);

/* Prints a text in lines that fit, two columns in. */
void moati_repl_print_wrapped(moati_repl *repl, const char *text);

/* A fan over the entries of a series: the median between the 25th and 75th, and the 5th and 95th
 * percentiles. */
typedef struct moati_fan {
    size_t count;
    const moat_summary *summaries;
    const moati_style *style;
    const moat_model *model; /* that names the entries on the axis; NULL: 1, 2, 3 ... */
    moat_axis axis;
} moati_fan;
bool moati_fan_print(const moati_fan *fan, const moati_screen *screen, FILE *file);

/* --- Changing. */

/* Brings the cache up to date: evaluates outputs that depend on what has changed, but for those
 * that the cache before it knows, as after an undo. Where anything had changed, the old cache is
 * the previous one then. `changed`, which may be NULL, has an entry for each output. */
moat_status moati_repl_update(moati_repl *repl, bool *changed);
/* The same with all outputs in one batch, in their order. */
moat_status moati_repl_update_whole(moati_repl *repl);
/* Puts other overrides in force, which are taken over, and prints what moved. After a mistake,
 * which has been told, everything is as before. */
bool moati_repl_change(moati_repl *repl, moati_overrides *to, bool undoable);
moat_status moati_repl_put_in_force(moati_repl *repl, const moati_overrides *overrides);
/* Prints in what the outputs that have changed differ from the previous cache; and in what those of
 * the same names differ from a former model's. */
moat_status moati_repl_print_changes(moati_repl *repl, const bool *changed);
moat_status moati_repl_print_differences(moati_repl *repl, const moati_former *former);

/* --- Commands. */

typedef enum moati_word { /* what the arguments of a command are, for completion */
                          MOATI_WORD_NONE,
                          MOATI_WORD_ASSUMPTION,
                          MOATI_WORD_VARIANT,
                          MOATI_WORD_EXPRESSION,
                          MOATI_WORD_FILE,
                          MOATI_WORD_SWITCH,
                          MOATI_WORD_COMMAND
} moati_word;

typedef struct moati_command {
    const char *name, *usage, *doc;
    const char *example;
    moati_word takes;
    bool (*run)(moati_repl *repl, const char *arguments); /* false: leave */
} moati_command;

extern const moati_command moati_commands[]; /* ends with a NULL name */
const moati_command *moati_command_find(const char *name, size_t length);
/* Runs the command of a line, which begins after its colon; a name may be cut short. */
moati_repl_state moati_repl_run_command(moati_repl *repl, const char *line);

/* Splits the first word off: copies it, and returns what follows it and its blanks; NULL where it
 * is too long. */
enum { MOATI_WORD_SIZE = 128 };
const char *moati_first_word(const char *text, char word[MOATI_WORD_SIZE]);

bool moati_repl_set(moati_repl *repl, const char *arguments);
bool moati_repl_unset(moati_repl *repl, const char *arguments);
bool moati_repl_reset(moati_repl *repl, const char *arguments);
bool moati_repl_undo(moati_repl *repl, const char *arguments);
bool moati_repl_variant(moati_repl *repl, const char *arguments);
bool moati_repl_variants(moati_repl *repl, const char *arguments);
bool moati_repl_vary(moati_repl *repl, const char *arguments);
bool moati_repl_why(moati_repl *repl, const char *arguments);
bool moati_repl_who(moati_repl *repl, const char *arguments);
bool moati_repl_outputs(moati_repl *repl, const char *arguments);
bool moati_repl_assumptions(moati_repl *repl, const char *arguments);
bool moati_repl_units(moati_repl *repl, const char *arguments);
bool moati_repl_table(moati_repl *repl, const char *arguments);
bool moati_repl_save(moati_repl *repl, const char *arguments);
bool moati_repl_save_over(moati_repl *repl, const char *arguments);
bool moati_repl_reload(moati_repl *repl, const char *arguments);
bool moati_repl_samples(moati_repl *repl, const char *arguments);
bool moati_repl_seed(moati_repl *repl, const char *arguments);
/* ?name */
void moati_repl_describe(moati_repl *repl, const char *name);
/* The assumption of a name; NULL, after it has been told, where there is none. */
const moat_assumption *moati_repl_assumption(moati_repl *repl, const char *name);
/* The output of a name; NULL, with nothing told, where there is none. */
const moat_output *moati_repl_output(const moati_repl *repl, const char *name);
/* The name of an output that is nearest to one; NULL where none is near. */
const char *moati_repl_nearest_output(const moati_repl *repl, const char *name);
/* The unit that the script writes an assumption in: that of a number without one. */
const char *moati_repl_unit(const moati_repl *repl, const char *name);

#endif
