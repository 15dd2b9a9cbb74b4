/* Completion: the commands, their options, the values of options that have few, and files. */
#include <stdbool.h>
#include <string.h>

#include "pages.h"

static bool has(const moati_subcommand *command, const moati_option *option) {
    return (option->commands & command->bit) != 0;
}

/* A text in single quotes, with a backslash before each of some characters. */
static void print_quoted(FILE *file, const char *text, const char *escaped) {
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs("'\\'", file);
        else if (strchr(escaped, *text) != NULL)
            fputc('\\', file);
        fputc(*text, file);
    }
}

static void print_command_names(FILE *file) {
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++)
        fprintf(file, "%s%s", c == moati_subcommands() ? "" : " ", c->name);
}

/* An option stands in several rows where it says something else for other commands. */
static bool is_again(const moati_option *o) {
    return o > moati_options() && o[-1].code == o->code;
}

/* --- bash */

static void print_bash_values(FILE *file) {
    fputs("    case $before in\n", file);
    for (const moati_option *o = moati_options(); o->name != NULL; o++) {
        if (o->value == NULL || is_again(o))
            continue;
        fprintf(file, "    --%s)\n", o->name);
        if (o->words != NULL)
            fprintf(file, "        mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\")\n",
                    o->words);
        else if (strcmp(o->value, "FILE") == 0)
            fputs("        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n", file);
        fputs("        return\n        ;;\n", file);
    }
    fputs("    esac\n", file);
}

static const char *bash_operands(moati_operand takes) {
    switch (takes) {
    case MOATI_SCRIPT: return "-f -X '!*.@(lua|md)'";
    case MOATI_FOLDER: return "-d";
    default: return "";
    }
}

static void print_bash_options(FILE *file) {
    fputs("    case ${COMP_WORDS[1]} in\n", file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        fprintf(file, "    %s)\n        options='", c->name);
        for (const moati_option *o = moati_options(); o->name != NULL; o++)
            if (has(c, o))
                fprintf(file, "--%s ", o->name);
        fputs("'\n        operands=(", file);
        if (c->takes == MOATI_COMMAND) {
            fputs("-W '", file);
            print_command_names(file);
            fputs("'", file);
        }
        fprintf(file, "%s)\n        ;;\n", bash_operands(c->takes));
    }
    fputs("    esac\n", file);
}

void moati_print_bash(FILE *file) {
    fputs("# Completion of moat for bash.\n\n"
          "_moat() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local options='' operands=() extended\n"
          "    COMPREPLY=()\n"
          "    if ((COMP_CWORD == 1)); then\n"
          "        mapfile -t COMPREPLY < <(compgen -W '",
          file);
    print_command_names(file);
    fputs(" --help --version' -- \"$word\")\n        return\n    fi\n", file);
    print_bash_values(file);
    print_bash_options(file);
    fputs("    if [[ $word == -* ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
          "    elif ((${#operands[@]} > 0)); then\n"
          "        extended=$(shopt -p extglob)\n"
          "        shopt -s extglob\n"
          "        mapfile -t COMPREPLY < <(compgen \"${operands[@]}\" -- \"$word\")\n"
          "        $extended\n"
          "    fi\n"
          "}\n\n"
          "complete -o filenames -o plusdirs -F _moat moat\n",
          file);
}

/* --- zsh */

static void print_zsh_option(FILE *file, const moati_option *o) {
    fprintf(file, " \\\n            '%s--%s%s[", strcmp(o->name, "set") == 0 ? "*" : "", o->name,
            o->value != NULL ? "=" : "");
    print_quoted(file, o->doc, "[]:\\");
    fputc(']', file);
    if (o->value != NULL) {
        fputc(':', file);
        print_quoted(file, o->value, ":\\");
        fputc(':', file);
    }
    if (o->words != NULL)
        fprintf(file, "(%s)", o->words);
    else if (o->value != NULL && strcmp(o->value, "FILE") == 0)
        fputs("_files", file);
    fputc('\'', file);
}

static void print_zsh_operands(FILE *file, moati_operand takes) {
    fputs(" \\\n            '*:", file);
    switch (takes) {
    case MOATI_SCRIPT: fputs("script:_files -g \"*.(lua|md)\"'", file); break;
    case MOATI_FOLDER: fputs("folder:_files -/'", file); break;
    default:
        fputs("command:(", file);
        print_command_names(file);
        fputs(")'", file);
    }
}

void moati_print_zsh(FILE *file) {
    fputs("#compdef moat\n\n_moat() {\n    local -a commands\n    commands=(\n", file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        fprintf(file, "        '%s:", c->name);
        print_quoted(file, c->summary, ":\\");
        fputs("'\n", file);
    }
    fputs("    )\n"
          "    if ((CURRENT == 2)); then\n"
          "        _describe command commands\n"
          "        return\n"
          "    fi\n"
          "    local command=$words[2]\n"
          "    shift words\n"
          "    ((CURRENT--))\n"
          "    case $command in\n",
          file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        fprintf(file, "    %s)\n        _arguments", c->name);
        for (const moati_option *o = moati_options(); o->name != NULL; o++)
            if (has(c, o))
                print_zsh_option(file, o);
        print_zsh_operands(file, c->takes);
        fputs("\n        ;;\n", file);
    }
    fputs("    esac\n}\n\n_moat \"$@\"\n", file);
}

/* --- fish */

static void print_fish_option(FILE *file, const moati_option *o) {
    fputs("complete -c moat -n '__fish_seen_subcommand_from", file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++)
        if (has(c, o))
            fprintf(file, " %s", c->name);
    fprintf(file, "' -l %s", o->name);
    if (o->words != NULL)
        fprintf(file, " -x -a '%s'", o->words);
    else if (o->value != NULL)
        fputs(strcmp(o->value, "FILE") == 0 ? " -r -F" : " -x", file);
    fputs(" -d '", file);
    print_quoted(file, o->doc, "\\");
    fputs("'\n", file);
}

static void print_fish_operands(FILE *file, const moati_subcommand *c) {
    fprintf(file, "complete -c moat -n '__fish_seen_subcommand_from %s' -a '", c->name);
    switch (c->takes) {
    case MOATI_SCRIPT: fputs("(__fish_complete_suffix .lua)", file); break;
    case MOATI_FOLDER: fputs("(__fish_complete_directories)", file); break;
    default: print_command_names(file);
    }
    fputs("'\n", file);
}

void moati_print_fish(FILE *file) {
    fputs("# Completion of moat for fish.\n\ncomplete -c moat -f\n", file);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        fprintf(file, "complete -c moat -n __fish_use_subcommand -a %s -d '", c->name);
        print_quoted(file, c->summary, "\\");
        fputs("'\n", file);
    }
    for (const moati_option *o = moati_options(); o->name != NULL; o++)
        print_fish_option(file, o);
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++)
        print_fish_operands(file, c);
}
