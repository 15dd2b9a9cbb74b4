/* What all commands with options begin and end with. */
#ifndef MOATI_COMMAND_H
#define MOATI_COMMAND_H

#include "args.h"

/* Reads the arguments of the command argv[0] and calls `run` with them, or prints its help, or says
 * what is wrong with them. Returns the exit status. */
int moati_command(int argc, char **argv, int (*run)(const moati_args *args));

#endif
