/* Runs small scripts in a state of their own, for the tests of this folder. */
#ifndef MOAT_TEST_SCRIPT_H
#define MOAT_TEST_SCRIPT_H

#include <stddef.h>

#include "moat/lua.h"

typedef struct script_outcome {
    moat_status status;
    char output[8192]; /* what it printed */
    moat_error error;
    moat_script_error place;
} script_outcome;

void script_run(const char *text, script_outcome *outcome);
/* The same with modules of the library. */
void script_run_with(const moat_lua_module *modules, const char *text, script_outcome *outcome);

/* Runs the examples of a group's functions, which print what they say they do. */
void script_check_group(const moat_lua_module *modules, const moat_lua_group *group);

/* A table of scripts and of what each prints exactly, or of a part of its error. */
typedef struct script_case {
    const char *text;
    const char *expected;
} script_case;

/* Both fail the running test with the script, what was expected, and what came. */
void script_expect_output(size_t count, const script_case *cases);
void script_expect_error(size_t count, const script_case *cases);

#define SCRIPT_COUNT(cases) (sizeof(cases) / sizeof *(cases))

#endif
