/* What was typed, from one session to the next. */
#ifndef MOATI_REPL_HISTORY_H
#define MOATI_REPL_HISTORY_H

#include <stdbool.h>

enum { MOATI_HISTORY_PATH = 4096 };

typedef struct moati_history {
    struct history *list;          /* libedit's */
    char path[MOATI_HISTORY_PATH]; /* "": kept nowhere */
} moati_history;

/* Reads $XDG_STATE_HOME/moat/history, or ~/.local/state/moat/history. False: no memory. */
bool moati_history_open(moati_history *history);
void moati_history_close(moati_history *history);
/* Adds an entry, of several lines too, here and at the end of the file: sessions that run at the
 * same time lose nothing of each other's. */
void moati_history_add(moati_history *history, const char *entry);

#endif
