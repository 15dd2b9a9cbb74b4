/* What the command says about itself. */
#ifndef MOATI_HELP_H
#define MOATI_HELP_H

#include <stdio.h>

void moati_help_print(FILE *file);
/* Of one of moati_subcommands(). */
void moati_help_print_command(FILE *file, const char *name);
void moati_version_print(FILE *file);

#endif
