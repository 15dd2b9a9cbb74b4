/* moat init */
#ifndef MOATI_CMD_INIT_H
#define MOATI_CMD_INIT_H

int moati_cmd_init(int argc, char **argv);

#endif
