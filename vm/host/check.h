/* Looks for mistakes in a script: runs it once, in the sandbox, and looks at its text and at the
 * model that it has made. No output is evaluated. What the script itself asks for while it runs,
 * with summary or chance, is answered from a few samples, so that it goes on.
 *
 * A check owns its findings; its sources and notes are for the files that look for them. */
#ifndef MOATI_CHECK_H
#define MOATI_CHECK_H

#include "lexer.h"
#include "moat/lua.h"
#include "notes.h"

typedef enum moati_severity { MOATI_WARNING, MOATI_ERROR } moati_severity;

/* What is looked for; the codes are those of docs/check.md. The array ends with a NULL code. */
typedef struct moati_lint {
    const char *code;
    moati_severity severity;
    const char *doc;
} moati_lint;

const moati_lint *moati_lints(void);

typedef struct moati_finding {
    const char *code;
    moati_severity severity;
    char *file;
    int line, column; /* from 1; columns count characters */
    char *message;
    const char *hint; /* what to do; NULL: the message says it */
} moati_finding;

/* A month is its year * 12 and its number, from 0. */
typedef struct moati_check_options {
    bool strict; /* warnings are errors */
    int max_age; /* of an assumption's date, in months; -1: any */
    int today;   /* a month */
} moati_check_options;

/* A text that was run, and its tokens, comments among them. */
typedef struct moati_checked {
    const moati_chunk *source;
    moati_token *tokens;
    size_t count, capacity;
    size_t *allowing; /* indexes of the comments `-- moat: allow CODE` */
    size_t allowing_count, allowing_capacity;
} moati_checked;

/* Words in the order of their bytes, all of them owned. */
typedef struct moati_words {
    char **words;
    size_t count, capacity;
} moati_words;

typedef struct moati_check {
    moati_check_options options;
    moati_notes notes;
    moati_checked *texts;    /* one for each of the notes' sources */
    moati_words vocabulary;  /* the global names of the language */
    moati_finding *findings; /* in the order of their places */
    size_t count, capacity;
    bool out_of_memory;
} moati_check;

/* Reads "12mo", "2yr", "1 year" and the like, in months. */
bool moati_check_read_age(const char *text, int *months);
/* Reads "2026", "2026-Q3", "2026-11", "2026-11-21": the last month of it. */
bool moati_check_read_month(const char *text, int *month);

/* Checks a script in a state that has run nothing yet; `name` stands in messages. What is wrong
 * with the script is among the findings; the status is that of the checking: MOAT_INTERRUPTED,
 * MOAT_LIMIT, MOAT_NO_MEMORY. Several scripts can be checked one after the other: what several of
 * them find in a file that they share is one finding. Free *check in any case. */
moat_status moati_check_script(moati_check *check, moat_lua *lua, moat_model *model,
                               const char *text, size_t length, const char *name,
                               moat_error *error);
void moati_check_free(moati_check *check);

/* --- For the files that look for mistakes. */

typedef struct moati_place {
    const char *file;
    int line, column;
} moati_place;

/* Adds a finding; `hint` must outlive the check. */
void moati_check_add(moati_check *check, const char *code, moati_place place, const char *hint,
                     const char *format, ...) MOAT_PRINTF(5, 6);

/* Where a literal is written, in the call or, if it was stored, before it. */
moati_place moati_place_of_literal(const moati_check *check, const char *file, int line,
                                   const char *literal);
/* Where a line has a word, which ends with a quotation mark; else the line's first token. */
moati_place moati_place_of_word(const moati_check *check, const char *file, int line,
                                const char *word);
moati_place moati_place_of_error(const moati_check *check, const moat_script_error *error);
moati_place moati_place_of_line(const moati_check *check, const char *file, int line);
/* The text of a file; NULL where it is not known. */
const moati_checked *moati_checked_find(const moati_check *check, const char *file);
/* The end of the statement that begins with a token, as far as brackets tell. */
size_t moati_end_of_call(const moati_checked *text, size_t first);
moati_place moati_place_of_token(const moati_checked *text, const moati_token *token);
/* What was noted of a declaration, and its place; NULL, and line 0, where nothing was. */
const moati_note *moati_check_note(const moati_check *check, moati_note_kind kind,
                                   const char *name);
moati_place moati_place_of_note(const moati_check *check, moati_note_kind kind, const char *name);

/* Reads the tokens of a text's source; false where memory is short. */
bool moati_checked_read(moati_checked *text);
void moati_checked_free(moati_checked *text);

/* Whether a comment `-- moat: allow CODE` silences a finding: on its line, or alone on the line
 * before the statement, up to its end. */
bool moati_is_allowed(const moati_check *check, const moati_finding *finding);

/* Adds the names that are global in a state, but for those that begin with an underscore; false
 * where memory is short. */
bool moati_words_read(moati_words *words, moat_lua *lua);
void moati_words_free(moati_words *words);

/* Codes in such comments that there are not. */
void moati_check_comments(moati_check *check, const moati_checked *text);

/* Mistakes of texts, of the model, and what the run has told. */
void moati_check_texts(moati_check *check, moat_lua *lua);
void moati_check_model(moati_check *check, moat_model *model);
void moati_check_notes(moati_check *check);

#endif
