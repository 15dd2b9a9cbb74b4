/* The command line. */
#ifndef MOATI_ARGS_H
#define MOATI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "moat/model.h"

typedef enum moati_format { MOATI_TABLE, MOATI_JSON, MOATI_CSV } moati_format;

/* --set NAME=LITERAL */
typedef struct moati_setting {
    char *name; /* owned */
    const char *literal;
} moati_setting;

/* Texts are those of the command line. */
typedef struct moati_args {
    const char *command; /* "run" */
    const char *script;  /* the first of the files; "-": standard input; NULL: none */
    size_t file_count;
    const char *const *files; /* in argv */
    unsigned fields;          /* of `settings` that were given: MOAT_SET_SEED ... */
    moat_settings settings;
    size_t set_count;
    moati_setting *sets;
    const char *variant; /* NULL: none */
    moati_format format;
    const char *output; /* NULL: standard output */
    bool quiet, timing, help, no_sandbox;
    bool untrusted;        /* the script runs in a process of its own, which may do nothing else */
    double time_limit;     /* seconds; 0: none */
    uint64_t memory_limit; /* bytes; 0: none */
    size_t eval_count;
    const char **evals; /* the array is owned */
    bool echo;
    bool to;                    /* a document: --to was given */
    bool to_html, check, watch; /* of moat report */
    bool strict;                /* of moat check, as the two that follow */
    int max_age, today;         /* in months, as moati_check_options has them; -1: not given */
} moati_args;

/* Reads the options and the files of the command that argv[0] names. Errors say what would do:
 * MOAT_INVALID, MOAT_UNKNOWN, MOAT_NO_MEMORY. Free *args in any case. */
moat_status moati_args_read(int argc, char **argv, moati_args *args, moat_error *error);
void moati_args_free(moati_args *args);

#endif
