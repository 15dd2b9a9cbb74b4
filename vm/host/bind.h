/* How native code meets scripts: checking arguments, boxing quantities, reporting misuse. For
 * the bindings of this folder and of the library's modules.
 *
 * Every function here may raise a Lua error, which is a longjmp: a caller must not own memory,
 * a lock or a file while it calls one. Temporaries come from moatl_buffer. */
#ifndef MOATL_BIND_H
#define MOATL_BIND_H

#include <lauxlib.h>
#include <lua.h>

#include "moat/lua.h"
#include "moat/moat.h"

/* The one type of scripts: a value with a unit that may vary over samples and periods.
 *
 * Without an axis, nodes[0] is the value and count is 0. With one, nodes[t] is the value of
 * period (or calendar year) t = 1 .. count, MOAT_NO_NODE where it has not been set, and
 * nodes[0] the opening value, MOAT_NO_NODE where there is none. Every node has the dimension
 * `dim`. A distribution that nobody has used yet has no node: it draws, under the name that is
 * its first user value, when it is first used. */
typedef struct moatl_quantity {
    moat_dim dim;
    moat_unit shown; /* MOAT_NO_UNIT: a readable multiple */
    moat_dist dist;  /* what it draws from, so that an assumption can draw from it instead */
    moat_axis axis;
    moat_show show;
    bool assignable;
    unsigned count;
    moat_node nodes[];
} moatl_quantity;

#define MOATL_QUANTITY "moat.quantity"

moat_lua *moatl_state(lua_State *L);
moat_model *moatl_model(lua_State *L);
moat_graph *moatl_graph(lua_State *L);
moat_units *moatl_units(lua_State *L);

/* --- Misuse: a message at the line of the script that is being run. */

_Noreturn void moatl_fail(lua_State *L, const char *format, ...) MOAT_PRINTF(2, 3);
/* With what a part below has said; interruptions, limits and want of memory end the run. */
_Noreturn void moatl_fail_with(lua_State *L, const moat_error *error);
/* Raises "NAME: <error>" unless status is MOAT_OK. */
void moatl_check_status(lua_State *L, moat_status status, const moat_error *error);
/* Stops the run for good, whatever the script catches, with this status and message. */
_Noreturn void moatl_abort(lua_State *L, moat_status status, const char *message);
/* Raises again after an abort: for whatever catches errors. */
void moatl_check_aborted(lua_State *L);
/* Pushes "file:line" of the script, "" where none is running. */
const char *moatl_push_place(lua_State *L);

/* --- Registration. The entry of the function that is running is its first upvalue. */

/* More arguments than a function's usage shows are refused, but for metamethods. */
void moatl_register(lua_State *L, const moat_lua_function *functions);
/* For functions that check that themselves, or ignore the rest as Lua does. */
void moatl_register_unchecked(lua_State *L, const moat_lua_function *functions);
const moat_lua_function *moatl_entry(lua_State *L);
/* Its name in messages: "max", "a + b". */
const char *moatl_name(lua_State *L);

/* Makes the metatable of a type of objects, "moat.NAME", whose methods are the functions of the
 * table on top of the stack, which it pops; a misspelt method is an error. */
void moatl_new_type(lua_State *L, const char *name);

/* --- Arguments. `what` names one in messages: "rate", "the second argument". */

/* The quantity at an index; texts and numbers are converted in place. */
moatl_quantity *moatl_check(lua_State *L, int index, const char *what);
/* The same without an axis. */
moatl_quantity *moatl_check_scalar(lua_State *L, int index, const char *what);
/* The same with the axis of periods (annual series only where `annual`). */
moatl_quantity *moatl_check_series(lua_State *L, int index, const char *what, bool annual);
/* A quantity without a unit; true and false are 1 and 0. */
moatl_quantity *moatl_check_condition(lua_State *L, int index, const char *what);
/* A constant in base units, of any dimension. */
double moatl_check_constant(lua_State *L, int index, const char *what, moat_dim *dim);
/* A plain number. */
double moatl_check_number(lua_State *L, int index, const char *what);
lua_Integer moatl_check_integer(lua_State *L, int index, const char *what, lua_Integer low,
                                lua_Integer high);
const char *moatl_check_text(lua_State *L, int index, const char *what);
/* A non-empty name of an assumption, a process, an output. */
const char *moatl_check_name(lua_State *L, int index, const char *what);
/* The place in a NULL-terminated list of words. */
unsigned moatl_check_word(lua_State *L, int index, const char *what, const char *const *words);
void moatl_check_table(lua_State *L, int index, const char *what);
/* A table whose keys are all in a NULL-terminated list; nil counts as empty and is replaced. */
void moatl_check_options(lua_State *L, int index, const char *const *allowed);
/* The same for a table whose first element is a value, as in { "12 $bn", source = "..." }. */
void moatl_check_entry(lua_State *L, int index, const char *const *allowed);
/* Raises unless the quantity at an index has a dimension, to which 0 and infinity are made
 * fit in place; `example` is a unit that would do, for the message. */
moatl_quantity *moatl_require_dim(lua_State *L, int index, const char *what, moat_dim dim,
                                  const char *example);
/* The quantity of an annual rate: per yr, or without a unit, which is taken as per year. It
 * is converted in place to a number per year without a unit. */
moatl_quantity *moatl_check_rate(lua_State *L, int index, const char *what);

/* The arguments of the running function, from the first on, and its table of options, which is
 * replaced by a new one that has all that are given or have a fallback: lists of rows as rows,
 * entries under other keys as named, in the order of their names and with them as name. */
void moatl_check_signature(lua_State *L, int first, const moat_lua_signature *signature);

bool moatl_is_quantity(lua_State *L, int index);
/* The name of the assumption that a quantity is, or NULL. */
const char *moatl_assumption_of(lua_State *L, const moatl_quantity *quantity);
/* Raises for a value of the quantity at an index that is known to be below `least`, or not above
 * it where `excluded`; nil has none. `range` says what is right. */
void moatl_check_range(lua_State *L, int index, const char *what, double least, bool excluded,
                       const char *range);
/* Raises for a constant rate per year of -100 % or less, with the value as it was written: before
 * moatl_check_rate. */
void moatl_check_growth(lua_State *L, int index, const char *what);
/* Warns once of a rate without a unit that is so large that a percentage was meant. */
void moatl_warn_of_rate(lua_State *L, const moatl_quantity *rate);
/* True for a quantity whose value is known while the script runs. */
bool moatl_is_constant(lua_State *L, const moatl_quantity *quantity, double *value);
/* True for a constant 0 or infinity without a unit, which fits every unit. */
bool moatl_fits_all(lua_State *L, const moatl_quantity *quantity);

/* --- Making quantities. Each pushes one. */

moatl_quantity *moatl_push(lua_State *L, moat_node node, moat_unit shown);
moatl_quantity *moatl_push_constant(lua_State *L, double value, moat_dim dim, moat_unit shown);
/* A series of the horizon with no period set. Raises without a horizon. */
moatl_quantity *moatl_push_series(lua_State *L, moat_dim dim, moat_unit shown);
/* Any shape, nodes all unset. */
moatl_quantity *moatl_push_shape(lua_State *L, moat_axis axis, unsigned count, moat_dim dim,
                                 moat_unit shown);
/* A copy of the quantity at an index, with its nodes. */
moatl_quantity *moatl_push_copy(lua_State *L, int index);
/* What a text says. */
moatl_quantity *moatl_push_literal(lua_State *L, const char *text, size_t length);
/* Fails where the text at an index is no literal, naming what was to be one. */
void moatl_check_literal(lua_State *L, int index, const char *what);
/* A distribution that draws when it is first used; its description is on top of the stack
 * and is replaced. */
moatl_quantity *moatl_push_dist(lua_State *L, moat_dist dist, moat_unit shown);

/* A value that remembers the text on top of the stack, which it replaces. */
moatl_quantity *moatl_push_named(lua_State *L, moat_node node, moat_unit shown);

/* Parses a literal without drawing from it. */
void moatl_parse_literal(lua_State *L, const char *text, size_t length, moat_literal *literal);
moat_unit moatl_parse_unit(lua_State *L, const char *text);
/* The unit to show for one that was written: "1" is none. */
moat_unit moatl_shown_unit(lua_State *L, moat_unit unit);

/* The text a quantity was made from, as pushed value: nil where it was computed. */
void moatl_push_text(lua_State *L, int index);

/* --- Computing. */

/* Applies an operation to `arity` quantities at stack indexes; pushes the result. Broadcasts
 * over periods and checks units; messages name the running function. */
moatl_quantity *moatl_apply(lua_State *L, moat_op op, const int *indexes);
moatl_quantity *moatl_apply1(lua_State *L, moat_op op, int a);
moatl_quantity *moatl_apply2(lua_State *L, moat_op op, int a, int b);
moatl_quantity *moatl_apply3(lua_State *L, moat_op op, int a, int b, int c);

/* On nodes whose dimensions are known to fit. */
moat_node moatl_node1(lua_State *L, moat_op op, moat_node a);
moat_node moatl_node2(lua_State *L, moat_op op, moat_node a, moat_node b);
moat_node moatl_node3(lua_State *L, moat_op op, moat_node a, moat_node b, moat_node c);
moat_node moatl_number(lua_State *L, double value, moat_dim dim);
/* The same value counted in another dimension, in base units. */
moat_node moatl_recast(lua_State *L, moat_node node, moat_dim dim);

/* Applies a block kernel to the `inputs` quantities at consecutive stack indexes, once per period
 * where any of them has periods; pushes `outputs` quantities of these dimensions, shown in these
 * units. The context is copied for each call: no pointers in it. */
void moatl_apply_kernel(lua_State *L, const moat_kernel *kernel, const void *context,
                        size_t context_size, int first, size_t inputs, size_t outputs,
                        const moat_dim *dims, const moat_unit *shown);

/* The value of a period, with or without an axis; raises where it is unset. */
moat_node moatl_period(lua_State *L, const moatl_quantity *quantity, unsigned period);
/* Raises for a period that is unset; `who` is the beginning of the message. */
_Noreturn void moatl_fail_unset(lua_State *L, const char *who, const moatl_quantity *quantity,
                                unsigned period);

moat_dim moatl_multiply_dim(lua_State *L, moat_dim a, moat_dim b);
moat_dim moatl_divide_dim(lua_State *L, moat_dim a, moat_dim b);
moat_dim moatl_power_dim(lua_State *L, moat_dim dim, double exponent);
moat_dim moatl_time_dim(lua_State *L);

/* The horizon; raises where none has been set. */
const moat_horizon *moatl_horizon(lua_State *L);

/* --- Showing. Each pushes a text and returns it. */

/* "$bn", or base units where no unit is to be shown. */
const char *moatl_push_unit(lua_State *L, const moatl_quantity *quantity);
/* "the number 5", "12 $bn", "a quantity in $bn", "a series in $bn", "nil", "a table". */
const char *moatl_push_description(lua_State *L, int index);
/* The same of what stands where a plain number should: "the quantity 2: give a plain number". */
const char *moatl_push_misfit(lua_State *L, int index);
/* What a dimension is in words: "money per time". */
const char *moatl_push_dim_words(lua_State *L, moat_dim dim);
/* What scripts print; evaluates where it must. */
const char *moatl_push_shown(lua_State *L, int index);
/* What any value prints as, without addresses. */
const char *moatl_push_string(lua_State *L, int index);

/* --- Tables and names. */

/* Memory of the running function, freed by the collector; stays on the stack. */
void *moatl_buffer(lua_State *L, size_t count, size_t size);
/* Pushes an array of the keys of the table at an index in a fixed order: numbers, then texts
 * by their bytes, then false and true; at most one other. Returns how many. */
lua_Integer moatl_push_keys(lua_State *L, int index);
/* Raises for a misspelt field or method: `lead` says what there is not, as in "a quantity has
 * no method". */
_Noreturn void moatl_fail_unknown(lua_State *L, const char *lead, const char *name,
                                  const char *near);
/* The word nearest to `name` in a NULL-terminated list; NULL where none is near. */
const char *moatl_nearest_word(const char *name, const char *const *words);

/* The key of the table at an index that is nearest to `name`; NULL where none is near. Leaves
 * what it needed on the stack. */
const char *moatl_nearest_key(lua_State *L, int table, const char *name);

/* Raises where a name has been declared before; notes the place of this declaration. */
void moatl_declare(lua_State *L, const char *kind, const char *name);

#endif
