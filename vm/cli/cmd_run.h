/* The command that evaluates a script. */
#ifndef MOATI_CMD_RUN_H
#define MOATI_CMD_RUN_H

/* moat run: argv[0] is "run". Returns the exit status. */
int moati_cmd_run(int argc, char **argv);

#endif
