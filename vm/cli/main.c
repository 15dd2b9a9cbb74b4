/* The command. */
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd_check.h"
#include "cmd_compare.h"
#include "cmd_init.h"
#include "cmd_repl.h"
#include "cmd_report.h"
#include "cmd_run.h"
#include "help.h"
#include "nearest.h"
#include "options.h"
#include "status.h"
#include "untrusted_child.h"

static int help(int argc, char **argv);
static int version(int argc, char **argv);

typedef struct command {
    const char *name;
    int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"run", moati_cmd_run},
    {"report", moati_cmd_report},
    {"repl", moati_cmd_repl},
    {"compare", moati_cmd_compare},
    {"check", moati_cmd_check},
    {"init", moati_cmd_init},
    {"help", help},
    {"--help", help},
    {"-h", help},
    {"--version", version},
    {"-V", version},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const char *command_at(const void *context, size_t index) {
    (void)context;
    return commands[index].name;
}

static const command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* True for the name of a file, or what looks like a script's. */
static bool is_script(const char *name) {
    const char *point = strrchr(name, '.');
    return (point != NULL && strcmp(point, ".lua") == 0) || access(name, F_OK) == 0;
}

static int refuse_command(const char *name) {
    const char *near = moati_nearest_of(name, COMMAND_COUNT, command_at, NULL);
    const char *kind = name[0] == '-' ? "option" : "command";
    if (is_script(name))
        moati_complain("there is no command %s; to evaluate a script: moat run %s", name, name);
    else if (near != NULL)
        moati_complain("there is no %s %s; did you mean %s?", kind, name, near);
    else
        moati_complain("there is no %s %s; see moat --help", kind, name);
    return MOATI_EXIT_USAGE;
}

static int help(int argc, char **argv) {
    if (argc > 1 && find_command(argv[1]) == NULL)
        return refuse_command(argv[1]);
    if (argc > 1 && moati_subcommand_find(argv[1]) != NULL)
        moati_help_print_command(stdout, argv[1]);
    else
        moati_help_print(stdout);
    return MOATI_EXIT_DONE;
}

static int version(int argc, char **argv) {
    (void)argc;
    (void)argv;
    moati_version_print(stdout);
    return MOATI_EXIT_DONE;
}

static int dispatch(int argc, char **argv) {
    if (argc < 2) {
        moati_help_print(stderr);
        return MOATI_EXIT_USAGE;
    }
    const command *found = find_command(argv[1]);
    return found == NULL ? refuse_command(argv[1]) : found->run(argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], MOATI_CONFINED) == 0)
        return moati_untrusted_serve();
    setlocale(LC_CTYPE, "");
    /* A closed pipe is an error of the write, not the end of the process. */
    signal(SIGPIPE, SIG_IGN);
    return moati_finish(dispatch(argc, argv));
}
