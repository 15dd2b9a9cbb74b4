/* An interactive session, line by line, with no terminal: what reads the lines (a terminal, a pipe,
 * a test) is another's business. Results are written to a file, mistakes to standard error. */
#ifndef MOATI_REPL_H
#define MOATI_REPL_H

#include <stdbool.h>
#include <stdio.h>

#include "args.h"
#include "moat/status.h"

typedef struct moati_repl moati_repl;

typedef enum moati_repl_state {
    MOATI_REPL_READY,
    MOATI_REPL_MORE, /* the entry is a beginning: another line follows */
    MOATI_REPL_QUIT,
    MOATI_REPL_STOPPED /* an evaluation was interrupted */
} moati_repl_state;

/* Borrows the arguments and the file. Loads no script. NULL: no memory. */
moati_repl *moati_repl_new(const moati_args *args, FILE *out, moat_error *error);
void moati_repl_free(moati_repl *repl);

/* Runs a script and starts anew with what it declares; after a mistake, which has been told, what
 * was there before is still there. */
bool moati_repl_load(moati_repl *repl, const char *path);

/* Whether more lines wait behind the next one, as those of a file or of a text that is pasted: an
 * empty line belongs to an entry then, and only two of them give it up. */
void moati_repl_set_fed(moati_repl *repl, bool fed);
/* A line without its line break. */
moati_repl_state moati_repl_line(moati_repl *repl, const char *line);
/* Whether a mistake has been told since the last line began. */
bool moati_repl_failed(const moati_repl *repl);
/* Forgets the beginning of an entry. */
void moati_repl_clear(moati_repl *repl);
/* The rest of an entry will not come: says so. */
void moati_repl_finish(moati_repl *repl);
/* Before a line is run: loads a script again that is watched and has changed. */
void moati_repl_prepare(moati_repl *repl);

const char *moati_repl_prompt(const moati_repl *repl);

/* Completes the end of a line: calls `found` with each whole last word. Returns how many bytes of
 * it are there. */
size_t moati_repl_complete(moati_repl *repl, const char *line, size_t length,
                           void (*found)(void *context, const char *word), void *context);

#endif
