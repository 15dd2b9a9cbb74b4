/* The command's main under another name, for the campaign to call. */
int moat_main(int argc, char **argv);

#define main moat_main
#include "../../vm/cli/main.c"
