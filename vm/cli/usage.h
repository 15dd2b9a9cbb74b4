/* The parameters that a usage shows: those of "walk(name, { start = })" are name and options. */
#ifndef MOATI_USAGE_H
#define MOATI_USAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A letter, digit or underscore; and how many of them a text begins with. */
bool moati_in_word(char c);
size_t moati_word_length(const char *text);

/* Writes the parameters of the function of this name as annotations, a line for each; or as they
 * stand between parentheses. Of what can be called in several ways they are `...`. */
void moati_usage_print_types(FILE *file, const char *usage, const char *name);
void moati_usage_print_names(FILE *file, const char *usage, const char *name);

#endif
