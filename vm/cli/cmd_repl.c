/* moat repl: where the lines of a session come from. */
#include "cmd_repl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "command.h"
#include "moat/moat.h"
#include "repl.h"
#include "repl_edit.h"
#include "status.h"

/* Prints the prompt and the line as they would stand on a terminal. */
static moati_repl_state run_line(moati_repl *repl, const char *line, bool echo) {
    if (echo)
        printf("%s%s\n", moati_repl_prompt(repl), line);
    return moati_repl_line(repl, line);
}

static int run_evals(moati_repl *repl, const moati_args *args) {
    moati_repl_state state = MOATI_REPL_READY;
    bool failed = false;
    for (size_t i = 0; i < args->eval_count && state != MOATI_REPL_QUIT && !ferror(stdout); i++) {
        state = run_line(repl, args->evals[i], args->echo);
        failed = failed || moati_repl_failed(repl);
        if (state == MOATI_REPL_STOPPED)
            return MOATI_EXIT_INTERRUPTED;
    }
    moati_repl_finish(repl);
    return failed || moati_repl_failed(repl) ? MOATI_EXIT_FAILED : MOATI_EXIT_DONE;
}

/* Reads a line without its line break; false at the end. What has a NUL is no text. */
static bool read_line(char **line, size_t *capacity) {
    for (;;) {
        const ssize_t length = getline(line, capacity, stdin);
        if (length < 0)
            return false;
        size_t end = (size_t)length;
        while (end > 0 && ((*line)[end - 1] == '\n' || (*line)[end - 1] == '\r'))
            end--;
        (*line)[end] = '\0';
        if (strlen(*line) == end)
            return true;
        fflush(stdout);
        moati_complain("a line with a NUL character has been left out: %.60s", *line);
    }
}

/* Lines of a pipe or a file, a transcript among them. */
static int run_lines(moati_repl *repl, const moati_args *args) {
    static const char mark[] = "\xEF\xBB\xBF"; /* of UTF-8, as some editors begin files */
    char *line = NULL;
    size_t capacity = 0;
    int outcome = MOATI_EXIT_DONE;
    moati_repl_set_fed(repl, true);
    /* Where nobody reads any more what is printed, the lines may have no end. */
    for (bool first = true; !ferror(stdout) && read_line(&line, &capacity); first = false) {
        const bool marked = first && strncmp(line, mark, strlen(mark)) == 0;
        moati_repl_prepare(repl);
        const moati_repl_state state =
            run_line(repl, line + (marked ? strlen(mark) : 0), args->echo);
        if (state == MOATI_REPL_STOPPED)
            outcome = MOATI_EXIT_INTERRUPTED;
        if (state == MOATI_REPL_STOPPED || state == MOATI_REPL_QUIT)
            break;
    }
    free(line);
    moati_repl_finish(repl);
    return outcome;
}

static int run_session(moati_repl *repl, const moati_args *args) {
    const bool is_terminal =
        args->eval_count == 0 && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
    if (is_terminal)
        printf("Moat %s. :help lists the commands, Ctrl-D leaves.\n", MOAT_VERSION);
    if (args->script != NULL && !moati_repl_load(repl, args->script) && !is_terminal)
        return MOATI_EXIT_FAILED;
    if (args->eval_count > 0)
        return run_evals(repl, args);
    return is_terminal ? moati_repl_edit(repl) : run_lines(repl, args);
}

static int fail(const moat_error *error, int status) {
    moati_complain("%s", error->message);
    return moati_exit_of(error->status, status);
}

static int run(const moati_args *args) {
    moat_error error = {.where = MOAT_NOWHERE};
    if (args->script != NULL && strcmp(args->script, "-") == 0) {
        moat_fail(&error, MOAT_INVALID,
                  "moat repl reads lines from standard input; a script needs a file");
        return fail(&error, MOATI_EXIT_USAGE);
    }
    if (args->script == NULL && (args->set_count > 0 || args->variant != NULL)) {
        moat_fail(&error, MOAT_INVALID, "--set and --variant need a script: moat repl FILE");
        return fail(&error, MOATI_EXIT_USAGE);
    }
    moati_repl *repl = moati_repl_new(args, stdout, &error);
    const int outcome = repl == NULL ? fail(&error, MOATI_EXIT_USAGE) : run_session(repl, args);
    moati_repl_free(repl);
    return outcome;
}

int moati_cmd_repl(int argc, char **argv) {
    return moati_command(argc, argv, run);
}
