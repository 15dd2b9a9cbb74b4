/* Manual pages in the macros of man(7). */
#include <ctype.h>
#include <string.h>

#include "moat/moat.h"
#include "pages.h"

/* A text as troff shows it; hyphens are those of options. */
static void print_text(FILE *file, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        if (c == '\\')
            fputs("\\e", file);
        else if (c == '-')
            fputs("\\-", file);
        else if (i == 0 && (c == '.' || c == '\''))
            fprintf(file, "\\&%c", c);
        else
            fputc(c, file);
    }
}

static void print_line(FILE *file, const char *text) {
    print_text(file, text, strlen(text));
    fputc('\n', file);
}

static void print_title(FILE *file, const char *command) {
    fputs(".TH MOAT", file);
    fputs(*command != '\0' ? "\\-" : "", file);
    for (const char *c = command; *c != '\0'; c++)
        fputc(toupper((unsigned char)*c), file);
    fprintf(file, " 1 \"\" \"Moat %s\" \"Moat\"\n", MOAT_VERSION);
}

void moati_print_manual(FILE *file) {
    print_title(file, "");
    fputs(".SH NAME\nmoat \\- a scenario language for strategy under uncertainty\n"
          ".SH SYNOPSIS\n.B moat\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIFILE\\fR...]\n"
          ".SH DESCRIPTION\n"
          "A script in Moat is Lua with units, sourced ranges and time. It runs once and records "
          "what "
          "to compute, which is then evaluated over many samples at once.\n"
          ".SH COMMANDS\n",
          file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        fprintf(file, ".TP\n.B moat %s \\fI", c->name);
        print_text(file, c->operands, strlen(c->operands));
        fputs("\\fR\n", file);
        print_line(file, c->summary);
    }
    fputs(".TP\n.B moat \\-\\-version\nprint the version and what it was built with\n"
          ".SH SEE ALSO\n",
          file);
    const char *comma = "";
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++, comma = ",\n")
        fprintf(file, "%s.BR moat\\-%s (1)", comma, c->name);
    fputc('\n', file);
}

static void print_options(FILE *file, const moati_subcommand *command) {
    fputs(".SH OPTIONS\n", file);
    for (const moati_option *o = moati_options(); o->name != NULL; o++) {
        if ((o->commands & command->bit) == 0)
            continue;
        fputs(".TP\n\\fB\\-\\-", file);
        print_text(file, o->name, strlen(o->name));
        fputs("\\fR", file);
        if (o->value != NULL)
            fprintf(file, " \\fI%s\\fR", o->value);
        fputc('\n', file);
        print_line(file, o->doc);
    }
}

static void print_examples(FILE *file, const char *examples) {
    fputs(".SH EXAMPLES\n.nf\n", file);
    while (*examples != '\0') {
        const size_t length = strcspn(examples, "\n");
        print_text(file, examples, length);
        fputc('\n', file);
        examples += length + 1;
    }
    fputs(".fi\n", file);
}

void moati_print_command_manual(FILE *file, const moati_subcommand *command) {
    print_title(file, command->name);
    fprintf(file, ".SH NAME\nmoat\\-%s \\- ", command->name);
    print_line(file, command->summary);
    fprintf(file, ".SH SYNOPSIS\n.B moat %s\n[\\fIOPTION\\fR...] \\fI", command->name);
    print_text(file, command->operands, strlen(command->operands));
    fputs("\\fR\n.SH DESCRIPTION\n", file);
    print_line(file, command->about);
    print_options(file, command);
    print_examples(file, command->examples);
    fputs(".SH EXIT STATUS\n", file);
    print_line(file, command->status);
    fputs(".SH SEE ALSO\n.BR moat (1)\n", file);
}
