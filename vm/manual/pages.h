/* Completion for shells and manual pages, from the tables of commands and options. */
#ifndef MOATI_PAGES_H
#define MOATI_PAGES_H

#include <stdio.h>

#include "options.h"

void moati_print_bash(FILE *file);
void moati_print_zsh(FILE *file);
void moati_print_fish(FILE *file);

/* moat.1, and moat-COMMAND.1 of each command. */
void moati_print_manual(FILE *file);
void moati_print_command_manual(FILE *file, const moati_subcommand *command);

#endif
