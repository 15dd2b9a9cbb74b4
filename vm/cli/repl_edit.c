/* libedit between a terminal and a session. Ctrl-C is a key here, so that it clears the line and
 * nothing else; while an entry is evaluated it is a signal again. */
#define _DEFAULT_SOURCE /* what histedit.h needs of the system's headers */
#include "repl_edit.h"

#include <errno.h>
#include <histedit.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include "screen.h"
#include "status.h"

enum { HISTORY_SIZE = 2000, PATH_SIZE = 4096 };

typedef struct editor {
    moati_repl *repl;
    EditLine *edit;
    History *history;
    char path[PATH_SIZE]; /* of the history; "": kept nowhere */
    bool cleared;         /* Ctrl-C was typed */
} editor;

static editor *editor_of(EditLine *edit) {
    void *data = NULL;
    el_get(edit, EL_CLIENTDATA, &data);
    return data;
}

static char *prompt(EditLine *edit) {
    return (char *)(uintptr_t)moati_repl_prompt(editor_of(edit)->repl);
}

/* --- Completion. */

typedef struct candidates {
    char **words;
    size_t count, common; /* bytes that all begin with */
} candidates;

static void add_candidate(void *context, const char *word) {
    candidates *c = context;
    char **grown = realloc(c->words, (c->count + 1) * sizeof *grown);
    if (grown == NULL)
        return;
    c->words = grown;
    grown[c->count] = strdup(word);
    if (grown[c->count] == NULL)
        return;
    size_t same = 0;
    while (c->count > 0 && word[same] != '\0' && word[same] == grown[0][same])
        same++;
    c->common = c->count == 0 ? strlen(word) : same < c->common ? same : c->common;
    c->count++;
}

/* Lists what there is, in columns, below the line. */
static void list_candidates(const candidates *c) {
    const moati_screen screen = moati_screen_detect(false);
    size_t widest = 1;
    for (size_t i = 0; i < c->count; i++)
        widest = strlen(c->words[i]) > widest ? strlen(c->words[i]) : widest;
    const size_t columns = screen.columns / (widest + 2) > 0 ? screen.columns / (widest + 2) : 1;
    const size_t rows = (c->count + columns - 1) / columns;
    fputc('\n', stdout);
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < c->count; i += rows)
            printf("%-*s", i + rows < c->count ? (int)widest + 2 : 0, c->words[i]);
        fputc('\n', stdout);
    }
    fflush(stdout);
}

static unsigned char complete(EditLine *edit, wint_t key) {
    const LineInfo *line = el_line(edit);
    candidates c = {0};
    unsigned char result = CC_ERROR;
    (void)key;
    const size_t length = (size_t)(line->cursor - line->buffer);
    char *text = malloc(length + 1);
    if (text == NULL)
        return CC_ERROR;
    memcpy(text, line->buffer, length);
    text[length] = '\0';
    const size_t there =
        moati_repl_complete(editor_of(edit)->repl, text, length, add_candidate, &c);
    if (c.count > 0 && c.common > there) {
        char *rest = strndup(c.words[0] + there, c.common - there);
        if (rest != NULL && el_insertstr(edit, rest) == 0)
            result = CC_REFRESH;
        if (c.count == 1 && text[0] == ':' && strchr(text, ' ') == NULL)
            el_insertstr(edit, " ");
        free(rest);
    } else if (c.count > 1) {
        list_candidates(&c);
        result = CC_REDISPLAY;
    }
    for (size_t i = 0; i < c.count; i++)
        free(c.words[i]);
    free(c.words);
    free(text);
    return result;
}

static unsigned char clear_line(EditLine *edit, wint_t key) {
    (void)key;
    fputs("^C\r\n", stdout);
    fflush(stdout);
    editor_of(edit)->cleared = true;
    return CC_NEWLINE;
}

/* Ctrl-Z is a key too while a line is typed. */
static unsigned char suspend(EditLine *edit, wint_t key) {
    (void)key;
    el_set(edit, EL_PREP_TERM, 0);
    raise(SIGTSTP);
    el_set(edit, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
}

/* --- History. */

static bool make_folder(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        const bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

/* $XDG_STATE_HOME/moat/history, or ~/.local/state/moat/history. */
static void find_history(char path[PATH_SIZE]) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int length = 0;
    path[0] = '\0';
    if (state != NULL && state[0] == '/')
        length = snprintf(path, PATH_SIZE, "%s/moat/history", state);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, PATH_SIZE, "%s/.local/state/moat/history", home);
    if (length >= PATH_SIZE || (path[0] != '\0' && !make_folder(path)))
        path[0] = '\0';
}

static void remember(editor *e, const char *line) {
    HistEvent event;
    if (line[strspn(line, " \t")] == '\0')
        return;
    history(e->history, &event, H_ENTER, line);
    if (e->path[0] != '\0')
        history(e->history, &event, H_SAVE, e->path);
}

/* --- The loop. */

static void ignore_signal(int signal_number) {
    (void)signal_number;
}

static bool open_editor(editor *e) {
    HistEvent event;
    e->edit = el_init("moat", stdin, stdout, stderr);
    e->history = history_init();
    if (e->edit == NULL || e->history == NULL)
        return false;
    el_set(e->edit, EL_CLIENTDATA, e);
    el_set(e->edit, EL_PROMPT, prompt);
    el_set(e->edit, EL_EDITOR, "emacs");
    el_set(e->edit, EL_SIGNAL, 1);
    el_source(e->edit, NULL); /* ~/.editrc: before our own keys, which the choice of vi resets */
    history(e->history, &event, H_SETSIZE, HISTORY_SIZE);
    history(e->history, &event, H_SETUNIQUE, 1);
    el_set(e->edit, EL_HIST, history, e->history);
    /* The narrow el_set copies these texts and never frees them. */
    el_wset(e->edit, EL_ADDFN, L"moat-complete", L"completes the word", complete);
    el_set(e->edit, EL_BIND, "^I", "moat-complete", NULL);
    el_wset(e->edit, EL_ADDFN, L"moat-clear", L"gives the line up", clear_line);
    el_wset(e->edit, EL_ADDFN, L"moat-suspend", L"stops the session for a while", suspend);
    el_set(e->edit, EL_SETTY, "-d", "-isig", NULL);
    el_set(e->edit, EL_BIND, "^C", "moat-clear", NULL);
    el_set(e->edit, EL_BIND, "^Z", "moat-suspend", NULL);
    el_set(e->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    find_history(e->path);
    if (e->path[0] != '\0')
        history(e->history, &event, H_LOAD, e->path);
    return true;
}

static void close_editor(editor *e) {
    if (e->history != NULL)
        history_end(e->history);
    if (e->edit != NULL)
        el_end(e->edit);
}

/* A line without its line break; NULL at the end. Allocated. */
static char *read_line(editor *e) {
    int length;
    e->cleared = false;
    errno = 0;
    const char *line = el_gets(e->edit, &length);
    /* A signal from outside, as kill -INT or a stop, is no end of the input. */
    if (line == NULL && length < 0 && errno == EINTR) {
        fputc('\n', stdout);
        e->cleared = true;
    }
    if (e->cleared)
        return strdup("");
    if (line == NULL || length <= 0)
        return NULL;
    return strndup(line, strcspn(line, "\r\n"));
}

static bool run_line(editor *e, const char *line) {
    if (e->cleared) {
        moati_repl_clear(e->repl);
        return true;
    }
    remember(e, line);
    moati_repl_prepare(e->repl);
    return moati_repl_line(e->repl, line) != MOATI_REPL_QUIT;
}

int moati_repl_edit(moati_repl *repl) {
    editor e = {.repl = repl};
    /* Between entries nothing waits for the signal, and it must not end the session. */
    const struct sigaction quiet = {.sa_handler = ignore_signal};
    struct sigaction before;
    if (!open_editor(&e)) {
        moati_complain("the terminal cannot be used");
        close_editor(&e);
        return MOATI_EXIT_FAILED;
    }
    sigaction(SIGINT, &quiet, &before);
    for (bool goes_on = true; goes_on;) {
        char *line = read_line(&e);
        if (line == NULL)
            fputc('\n', stdout);
        goes_on = line != NULL && run_line(&e, line);
        free(line);
    }
    sigaction(SIGINT, &before, NULL);
    close_editor(&e);
    return MOATI_EXIT_DONE;
}
