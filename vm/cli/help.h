/* What the command says about itself. */
#ifndef MOATI_HELP_H
#define MOATI_HELP_H

#include <stdio.h>

void moati_help_print(FILE *file);
void moati_help_print_run(FILE *file);
void moati_help_print_repl(FILE *file);
void moati_help_print_compare(FILE *file);
void moati_version_print(FILE *file);

#endif
