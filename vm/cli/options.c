#include "options.h"

#include <stdint.h>
#include <string.h>

#define SCENARIO   "The scenario"
#define EVALUATION "The evaluation"
#define RESULTS    "The results"
#define SESSION    "The session"
#define CHECKS     "The checks"

#define ALL_OF_IT (MOATI_EVALUATE | MOATI_REPL)

/* In the order of help, where groups stand together. */
static const moati_option options[] = {
    {"set", "NAME=LITERAL", NULL, MOATI_SET, ALL_OF_IT, SCENARIO,
     "give an assumption another value; may be repeated; in single quotes, since a shell takes $bn "
     "for a variable"},
    {"variant", "NAME", NULL, MOATI_VARIANT, MOATI_RUN | MOATI_REPORT, SCENARIO,
     "evaluate a variant that the script declares"},
    {"variant", "NAME", NULL, MOATI_VARIANT, MOATI_REPL, SCENARIO,
     "put a variant that the script declares in force"},
    {"samples", "N", NULL, MOATI_SAMPLES, ALL_OF_IT, EVALUATION,
     "how many samples (10000): 5000, 100_000, 1e6"},
    {"seed", "S", NULL, MOATI_SEED, ALL_OF_IT, EVALUATION, "the seed of all draws (1)"},
    {"sampling", "KIND", "random lhs sobol", MOATI_SAMPLING, ALL_OF_IT, EVALUATION,
     "random, lhs or sobol (random)"},
    {"threads", "N", NULL, MOATI_THREADS, ALL_OF_IT, EVALUATION,
     "how many threads (one for each processor)"},
    {"untrusted", NULL, NULL, MOATI_UNTRUSTED, MOATI_EVALUATE, EVALUATION,
     "run the script in a process that may do nothing but compute (Linux)"},
    {"strict", NULL, NULL, MOATI_STRICT, MOATI_CHECK, CHECKS, "warnings are errors"},
    {"max-age", "AGE", NULL, MOATI_MAX_AGE, MOATI_CHECK, CHECKS,
     "warn of assumptions whose date is longer ago: 12mo, 2yr"},
    {"today", "DATE", NULL, MOATI_TODAY, MOATI_CHECK, CHECKS,
     "what ages are counted from (the clock): 2026-11"},
    {"time-limit", "SECONDS", NULL, MOATI_TIME_LIMIT, MOATI_RUN | MOATI_REPORT | MOATI_CHECK,
     EVALUATION, "stop after so much processor time (60); 0: no limit"},
    {"time-limit", "SECONDS", NULL, MOATI_TIME_LIMIT, MOATI_COMPARE, EVALUATION,
     "stop after so much processor time (120); 0: no limit"},
    {"memory-limit", "SIZE", NULL, MOATI_MEMORY_LIMIT, ALL_OF_IT | MOATI_CHECK, EVALUATION,
     "stop at so much memory (4G); 0: no limit"},
    {"no-sandbox", NULL, NULL, MOATI_NO_SANDBOX, MOATI_RUN, EVALUATION,
     "for tests: the script can do whatever you can"},
    {"json", NULL, NULL, MOATI_TO_JSON, MOATI_RUN | MOATI_COMPARE, RESULTS, "as a JSON object"},
    {"json", NULL, NULL, MOATI_TO_JSON, MOATI_CHECK, RESULTS, "as a JSON array"},
    {"csv", NULL, NULL, MOATI_TO_CSV, MOATI_RUN, RESULTS, "as comma-separated values"},
    {"to", "FORMAT", "markdown html", MOATI_TO, MOATI_REPORT, RESULTS,
     "markdown (the default), or html: one page that holds its charts"},
    {"to", "FORMAT", "markdown html", MOATI_TO, MOATI_COMPARE, RESULTS,
     "markdown, with charts in a folder beside --output FILE or drawn in characters, or html: one "
     "page that holds its charts"},
    {"output", "FILE", NULL, MOATI_OUTPUT, MOATI_RUN | MOATI_COMPARE, RESULTS,
     "to a file, which is replaced as a whole or not at all"},
    {"output", "FILE", NULL, MOATI_OUTPUT, MOATI_REPORT, RESULTS,
     "to FILE, with charts in the folder FILE.report; - is standard output, where charts of "
     "Markdown are made of characters"},
    {"check", NULL, NULL, MOATI_COMPARE_FILES, MOATI_REPORT, RESULTS,
     "write nothing; print how what is there differs, as a patch"},
    {"watch", NULL, NULL, MOATI_WATCH, MOATI_REPORT, RESULTS,
     "write it again whenever one of its sources changes"},
    {"quiet", NULL, NULL, MOATI_QUIET, MOATI_RUN | MOATI_COMPARE, RESULTS,
     "no heading, no progress"},
    {"quiet", NULL, NULL, MOATI_QUIET, MOATI_REPORT, RESULTS, "do not say what has been written"},
    {"quiet", NULL, NULL, MOATI_QUIET, MOATI_CHECK, RESULTS, "no count at the end"},
    {"timing", NULL, NULL, MOATI_TIMING, MOATI_RUN, RESULTS, "how long each part took"},
    {"eval", "LINE", NULL, MOATI_EVAL, MOATI_REPL, SESSION,
     "run a line and leave; may be repeated"},
    {"echo", NULL, NULL, MOATI_ECHO, MOATI_REPL, SESSION,
     "show prompts and lines, as for a transcript"},
    {"help", NULL, NULL, MOATI_HELP_OPTION, ~0U, "Help", "print this text"},
    {NULL, NULL, NULL, 0, 0, NULL, NULL}};

static const moati_subcommand commands[] = {
    {"run", MOATI_RUN, 1, 1, 60, MOATI_SCRIPT, "FILE", "evaluate a script and print its outputs",
     "FILE is a script; - reads it from standard input.",
     "moat run scenario.lua\n"
     "moat run scenario.lua --variant bear --samples 1e6\n"
     "moat run scenario.lua --set 'gw_price=18 $bn/GW/yr' --json --output bear.json\n",
     "0 done; 1 the script failed; 2 the command line was wrong; 4 a limit of time or memory was "
     "reached; 130 interrupted."},
    {"report", MOATI_REPORT, 1, 1, 60, MOATI_SCRIPT, "FILE",
     "write a report of a script, or of a memo",
     "FILE is a script, X.lua, or a memo, X.md: Markdown with blocks of Lua in it. The report is "
     "X.report.md, Markdown, with its charts in the folder X.report. It has the same bytes "
     "wherever it is made, so that it can be kept and compared under version control.",
     "moat report scenario.lua\n"
     "moat report memo.md --to html\n"
     "moat report scenario.lua --check\n",
     "0 done; 1 the script failed, or an expectation of the memo does not hold; 2 the command line "
     "was wrong; 3 --check found a difference; 4 a limit of time or memory was reached; 130 "
     "interrupted."},
    {"repl", MOATI_REPL, 0, 1, 0, MOATI_SCRIPT, "[FILE]", "explore a scenario line by line",
     "FILE is a script whose variables, assumptions and outputs are at hand; without one the "
     "session "
     "begins empty. Where standard input is no terminal, its lines are run. At the prompt, :help "
     "lists the commands and ?NAME tells of a function.",
     "moat repl scenario.lua\n"
     "moat repl scenario.lua --eval ':set price 14 to 20 $bn'\n",
     "0 done; 1 the script could not be loaded; 2 the command line was wrong; 130 interrupted."},
    {"compare", MOATI_COMPARE, 2, 16, 120, MOATI_SCRIPT, "A B...",
     "what differs between scripts, variants and revisions, and why",
     "The first subject is what the others are compared with; there are up to 16. A subject is "
     "FILE, a "
     "script; FILE:VARIANT, a variant that it declares; or REVISION:PATH[:VARIANT], a script as it "
     "was "
     "in a revision of the git repository, with what it requires. All are evaluated with the same "
     "draws, so that differences are those of what was changed and not of chance. For each "
     "subject: "
     "its outputs beside those of the first, what it assumes otherwise, and how much of each "
     "difference that explains.",
     "moat compare scenario.lua scenario.lua:bear\n"
     "moat compare HEAD~1:scenario.lua scenario.lua\n"
     "moat compare v1.0:lab/scenario.lua:bear lab/scenario.lua:bear\n",
     "0 done; 1 a script failed; 2 the command line was wrong; 4 a limit of time or memory was "
     "reached; 130 interrupted."},
    {"check", MOATI_CHECK, 1, SIZE_MAX, 60, MOATI_SCRIPT, "FILE...",
     "find mistakes in scripts without evaluating them",
     "FILE is a script; - reads it from standard input. Each mistake is a line, file:line:column: "
     "warning: what it is; what to do [code]. A comment -- moat: allow CODE, on the line or the "
     "one "
     "before, silences it.",
     "moat check scenario.lua\n"
     "moat check --strict --max-age 12mo --today 2026-11 scripts/*.lua\n",
     "0 no errors; 1 errors, or warnings with --strict; 2 the command line was wrong; 4 a limit of "
     "time or memory was reached; 130 interrupted."},
    {"init", MOATI_INIT, 1, 1, 0, MOATI_FOLDER, "FOLDER", "write the files of a new project",
     "FOLDER is made where it is missing. In it: a first scenario, a memo about it, what editors, "
     "git "
     "and continuous integration want to know. Files that are there already are listed, and "
     "nothing "
     "is written.",
     "moat init lab\n",
     "0 done; 1 a file could not be written, or is there already; 2 the command line was wrong."},
    {"help", MOATI_HELP, 0, 1, 0, MOATI_COMMAND, "[COMMAND]", "tell all about a command",
     "Without COMMAND: list the commands.", "moat help run\n",
     "0 done; 2 there is no such command."},
    {NULL, 0, 0, 0, 0, MOATI_NO_FILE, NULL, NULL, NULL, NULL, NULL}};

const moati_option *moati_options(void) {
    return options;
}

const moati_subcommand *moati_subcommands(void) {
    return commands;
}

const moati_subcommand *moati_subcommand_find(const char *name) {
    for (const moati_subcommand *c = commands; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}
