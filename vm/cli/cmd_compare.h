/* The command that puts subjects side by side. */
#ifndef MOATI_CMD_COMPARE_H
#define MOATI_CMD_COMPARE_H

/* moat compare: argv[0] is "compare". Returns the exit status. */
int moati_cmd_compare(int argc, char **argv);

#endif
