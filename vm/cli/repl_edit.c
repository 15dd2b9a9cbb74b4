/* libedit between a terminal and a session. Ctrl-C is a key here, so that it clears the line and
 * nothing else; while an entry is evaluated it is a signal again. */
#define _DEFAULT_SOURCE /* what histedit.h needs of the system's headers */
#include "repl_edit.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include "repl_history.h"
#include "screen.h"
#include "status.h"

/* How long the next line of a text that is pasted may take to come. */
enum { PASTE_MS = 20 };

typedef struct editor {
    moati_repl *repl;
    EditLine *edit;
    moati_history history;
    locale_t plain, utf8; /* what is printed in, and what is typed in */
    char *typed;          /* the lines of an entry so far; NULL: none */
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

/* True where a Tab indents: before the text of a line that goes on with an entry, whose other lines
 * are typed already or stand before it. */
static bool is_indent(const editor *e, const char *text) {
    const char *last = strrchr(text, '\n');
    const char *line = last != NULL ? last + 1 : text;
    return (last != NULL || e->typed != NULL) && line[strspn(line, " \t")] == '\0';
}

static unsigned char complete_text(EditLine *edit, const char *text, size_t length) {
    candidates c = {0};
    unsigned char result = CC_ERROR;
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
    return result;
}

static unsigned char complete(EditLine *edit, wint_t key) {
    const LineInfo *line = el_line(edit);
    const size_t length = (size_t)(line->cursor - line->buffer);
    unsigned char result = CC_ERROR;
    (void)key;
    char *text = strndup(line->buffer, length);
    if (text != NULL && is_indent(editor_of(edit), text))
        result = el_insertstr(edit, "\t") == 0 ? CC_REFRESH : CC_ERROR;
    else if (text != NULL)
        result = complete_text(edit, text, length);
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

/* --- The loop. */

static void ignore_signal(int signal_number) {
    (void)signal_number;
}

/* Where the locale has no characters but ASCII's, libedit would drop all others: what is typed is
 * taken as UTF-8 then, whatever is printed. */
static void choose_locale(editor *e) {
    e->plain = uselocale((locale_t)0);
    const bool is_ascii = strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0;
    e->utf8 = is_ascii ? newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0) : (locale_t)0;
}

static void free_locale(editor *e) {
    if (e->utf8 != (locale_t)0)
        freelocale(e->utf8);
}

/* Between these lines are typed. */
static void begin_typing(const editor *e) {
    if (e->utf8 != (locale_t)0)
        uselocale(e->utf8);
}

static void end_typing(const editor *e) {
    uselocale(e->plain);
}

static bool open_editor(editor *e) {
    e->edit = el_init("moat", stdin, stdout, stderr);
    if (e->edit == NULL || !moati_history_open(&e->history))
        return false;
    el_set(e->edit, EL_CLIENTDATA, e);
    el_set(e->edit, EL_PROMPT, prompt);
    el_set(e->edit, EL_EDITOR, "emacs");
    el_set(e->edit, EL_SIGNAL, 1);
    el_source(e->edit, NULL); /* ~/.editrc: before our own keys, which the choice of vi resets */
    el_set(e->edit, EL_HIST, history, e->history.list);
    /* The narrow el_set copies these texts and never frees them. */
    el_wset(e->edit, EL_ADDFN, L"moat-complete", L"completes the word", complete);
    el_set(e->edit, EL_BIND, "^I", "moat-complete", NULL);
    el_wset(e->edit, EL_ADDFN, L"moat-clear", L"gives the line up", clear_line);
    el_wset(e->edit, EL_ADDFN, L"moat-suspend", L"stops the session for a while", suspend);
    el_set(e->edit, EL_SETTY, "-d", "-isig", NULL);
    el_set(e->edit, EL_BIND, "^C", "moat-clear", NULL);
    el_set(e->edit, EL_BIND, "^Z", "moat-suspend", NULL);
    el_set(e->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    return true;
}

static void close_editor(editor *e) {
    moati_history_close(&e->history);
    free(e->typed);
    if (e->edit != NULL)
        el_end(e->edit);
}

/* A line without its line break; NULL at the end. Allocated. */
static char *read_line(editor *e) {
    int length;
    e->cleared = false;
    errno = 0;
    begin_typing(e);
    const char *line = el_gets(e->edit, &length);
    end_typing(e);
    /* A signal from outside, as kill -INT or a stop, is no end of the input. */
    if (line == NULL && length < 0 && errno == EINTR) {
        fputc('\n', stdout);
        e->cleared = true;
    }
    if (e->cleared)
        return strdup("");
    if (line == NULL || length <= 0)
        return NULL;
    /* An entry of several lines, out of the history, has line breaks inside. */
    return strndup(line, (size_t)length - (line[length - 1] == '\n'));
}

/* Puts a line after those of its entry. */
static void add_typed(editor *e, const char *line) {
    const size_t before = e->typed == NULL ? 0 : strlen(e->typed) + 1;
    char *grown = realloc(e->typed, before + strlen(line) + 1);
    if (grown == NULL)
        return;
    if (before > 0)
        grown[before - 1] = '\n';
    strcpy(grown + before, line);
    e->typed = grown;
}

static void forget_typed(editor *e) {
    free(e->typed);
    e->typed = NULL;
}

/* True where more has come than the line: faster than a person types, it has been pasted. */
static bool is_pasted(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, PASTE_MS) > 0;
}

static bool run_line(editor *e, const char *line) {
    if (e->cleared) {
        forget_typed(e);
        moati_repl_clear(e->repl);
        return true;
    }
    const bool is_blank = line[strspn(line, " \t")] == '\0';
    moati_repl_set_fed(e->repl, is_blank && e->typed != NULL && is_pasted());
    add_typed(e, line);
    moati_repl_prepare(e->repl);
    const moati_repl_state state = moati_repl_line(e->repl, line);
    if (state != MOATI_REPL_MORE && e->typed != NULL)
        moati_history_add(&e->history, e->typed);
    if (state != MOATI_REPL_MORE)
        forget_typed(e);
    return state != MOATI_REPL_QUIT;
}

/* Ctrl-D gives up an entry that has begun, and leaves where none has; false then. */
static bool end_input(editor *e) {
    fputc('\n', stdout);
    if (e->typed == NULL)
        return false;
    forget_typed(e);
    moati_repl_clear(e->repl);
    return true;
}

int moati_repl_edit(moati_repl *repl) {
    editor e = {.repl = repl};
    /* Between entries nothing waits for the signal, and it must not end the session. */
    const struct sigaction quiet = {.sa_handler = ignore_signal};
    struct sigaction before;
    choose_locale(&e);
    begin_typing(&e);
    const bool opened = open_editor(&e);
    end_typing(&e);
    if (!opened) {
        moati_complain("the terminal cannot be used");
        close_editor(&e);
        free_locale(&e);
        return MOATI_EXIT_FAILED;
    }
    sigaction(SIGINT, &quiet, &before);
    for (bool goes_on = true; goes_on;) {
        char *line = read_line(&e);
        goes_on = line != NULL ? run_line(&e, line) : end_input(&e);
        free(line);
    }
    sigaction(SIGINT, &before, NULL);
    close_editor(&e);
    free_locale(&e);
    return MOATI_EXIT_DONE;
}
