/* The commands and their options, said once: what args.c reads, what help, completion and manual
 * pages tell. */
#ifndef MOATI_OPTIONS_H
#define MOATI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* The commands, as sets. */
enum {
    MOATI_RUN = 1,
    MOATI_REPL = 2,
    MOATI_REPORT = 4,
    MOATI_COMPARE = 8,
    MOATI_CHECK = 16,
    MOATI_INIT = 32,
    MOATI_HELP = 64,
    MOATI_EVALUATE = MOATI_RUN | MOATI_REPORT | MOATI_COMPARE
};

/* What getopt_long returns for each option: past the characters, which it uses for short ones. */
typedef enum moati_option_code {
    MOATI_SAMPLES = 256,
    MOATI_SEED,
    MOATI_SAMPLING,
    MOATI_THREADS,
    MOATI_SET,
    MOATI_VARIANT,
    MOATI_TO_JSON,
    MOATI_TO_CSV,
    MOATI_OUTPUT,
    MOATI_QUIET,
    MOATI_TIMING,
    MOATI_TIME_LIMIT,
    MOATI_MEMORY_LIMIT,
    MOATI_NO_SANDBOX,
    MOATI_EVAL,
    MOATI_ECHO,
    MOATI_TO,
    MOATI_COMPARE_FILES,
    MOATI_WATCH,
    MOATI_STRICT,
    MOATI_MAX_AGE,
    MOATI_TODAY,
    MOATI_UNTRUSTED,
    MOATI_HELP_OPTION
} moati_option_code;

typedef struct moati_option {
    const char *name;  /* NULL ends the list */
    const char *value; /* what its argument is called, "N"; NULL: it takes none */
    const char *words; /* the values it can have, with blanks between; NULL: any */
    int code;
    unsigned commands; /* that have it; an option that says something else elsewhere has two rows */
    const char *group; /* the heading that it stands under */
    const char *doc;
} moati_option;

const moati_option *moati_options(void);

typedef enum moati_operand {
    MOATI_NO_FILE,
    MOATI_SCRIPT,
    MOATI_FOLDER,
    MOATI_COMMAND
} moati_operand;

typedef struct moati_subcommand {
    const char *name; /* NULL ends the list */
    unsigned bit;
    size_t least, most; /* operands */
    double time_limit;  /* seconds, where none is given; 0: none */
    moati_operand takes;
    const char *operands; /* as usage has it, "FILE..." */
    const char *summary;
    const char *about;    /* paragraphs */
    const char *examples; /* lines */
    const char *status;   /* what its exit statuses mean */
} moati_subcommand;

const moati_subcommand *moati_subcommands(void);
/* NULL where there is none of the name. */
const moati_subcommand *moati_subcommand_find(const char *name);

#endif
