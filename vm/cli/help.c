/* The texts of --help and --version, from the tables of commands and options. */
#include "help.h"

#include <stdbool.h>
#include <string.h>

#include "moat/moat.h"
#include "options.h"
#include "version.h"

enum { WIDTH = 80, COMMAND_COLUMN = 22, OPTION_COLUMN = 23 };

/* Words after the `used` characters of a line; further lines begin at a column. */
static void print_words(FILE *file, const char *text, size_t used, size_t column) {
    bool is_first = true;
    while (*text != '\0') {
        const size_t length = strcspn(text, " ");
        if (!is_first && used + 1 + length > WIDTH)
            used = (size_t)fprintf(file, "\n%*s", (int)column, "") - 1;
        else if (!is_first)
            used += (size_t)fprintf(file, " ");
        is_first = false;
        used += (size_t)fprintf(file, "%.*s", (int)length, text);
        text += length + (text[length] == ' ');
    }
    fputc('\n', file);
}

/* "  left   right", the right part on a line of its own where the left one is too wide. */
static void print_row(FILE *file, const char *left, const char *right, size_t column) {
    const size_t used = strlen(left) + 2;
    fprintf(file, "  %s", left);
    if (used + 1 > column)
        fprintf(file, "\n%*s", (int)column, "");
    else
        fprintf(file, "%*s", (int)(column - used), "");
    print_words(file, right, column, column);
}

void moati_help_print(FILE *file) {
    char left[64];
    fputs("Moat, a language for scenarios under uncertainty\n\n", file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        snprintf(left, sizeof left, "moat %s %s", c->name, c->operands);
        print_row(file, left, c->summary, COMMAND_COLUMN);
    }
    print_row(file, "moat --help, -h", "print this text", COMMAND_COLUMN);
    print_row(file, "moat --version, -V", "print the version and what it was built with",
              COMMAND_COLUMN);
    fputs("\nExample: moat run scenario.lua --samples 100_000\n", file);
}

/* The options of a command, under their headings. */
static void print_options(FILE *file, const moati_subcommand *command) {
    const char *group = NULL;
    char left[64];
    for (const moati_option *o = moati_options(); o->name != NULL; o++) {
        if ((o->commands & command->bit) == 0)
            continue;
        if (group == NULL || strcmp(o->group, group) != 0)
            fprintf(file, "\n%s\n", o->group);
        group = o->group;
        snprintf(left, sizeof left, "--%s%s%s", o->name, o->value != NULL ? " " : "",
                 o->value != NULL ? o->value : "");
        print_row(file, left, o->doc, OPTION_COLUMN);
    }
}

static void print_examples(FILE *file, const char *examples) {
    fputs("\nExamples\n", file);
    while (*examples != '\0') {
        const size_t length = strcspn(examples, "\n");
        fprintf(file, "  %.*s\n", (int)length, examples);
        examples += length + 1;
    }
}

void moati_help_print_command(FILE *file, const char *name) {
    const moati_subcommand *c = moati_subcommand_find(name);
    fprintf(file, "moat %s [OPTION...] %s    %s\n\n", c->name, c->operands, c->summary);
    print_words(file, c->about, 0, 0);
    print_options(file, c);
    print_examples(file, c->examples);
    fputc('\n', file);
    print_words(file, c->status, (size_t)fprintf(file, "Exit status: "), 0);
}

void moati_version_print(FILE *file) {
    fprintf(file, "moat %s\n%s, SLEEF %s, instruction set %s\n", MOAT_VERSION, moati_lua_release(),
            moati_sleef_release(), moat_isa_name());
}
