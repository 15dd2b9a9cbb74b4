/* Lines typed at a terminal, with history and completion. */
#ifndef MOATI_REPL_EDIT_H
#define MOATI_REPL_EDIT_H

#include "repl.h"

/* Reads and runs lines until the session is left. Returns the exit status of the command. */
int moati_repl_edit(moati_repl *repl);

#endif
