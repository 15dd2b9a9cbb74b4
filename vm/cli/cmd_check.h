/* moat check */
#ifndef MOATI_CMD_CHECK_H
#define MOATI_CMD_CHECK_H

int moati_cmd_check(int argc, char **argv);

#endif
