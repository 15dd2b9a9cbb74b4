/* The arguments belong to the command for as long as it runs. */
#include "command.h"

#include <stdio.h>

#include "help.h"
#include "status.h"

int moati_command(int argc, char **argv, int (*run)(const moati_args *args)) {
    moati_args args;
    moat_error error = {.where = MOAT_NOWHERE};
    int status = MOATI_EXIT_DONE;
    if (moati_args_read(argc, argv, &args, &error) != MOAT_OK) {
        moati_complain("%s", error.message);
        status = moati_exit_of(error.status, MOATI_EXIT_USAGE);
    } else if (args.help) {
        moati_help_print_command(stdout, args.command);
    } else {
        status = run(&args);
    }
    moati_args_free(&args);
    return status;
}
