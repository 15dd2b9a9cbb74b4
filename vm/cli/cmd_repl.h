/* The command that explores a scenario line by line. */
#ifndef MOATI_CMD_REPL_H
#define MOATI_CMD_REPL_H

/* moat repl: argv[0] is "repl". Returns the exit status. */
int moati_cmd_repl(int argc, char **argv);

#endif
