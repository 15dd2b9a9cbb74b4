/* The order of a check: the run, then everything that is looked for, then the list of it. */
#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "state.h"
#include "table.h"

static const moati_lint lints[] = {
    {"error", MOATI_ERROR, "the script does not run"},
    {"condition", MOATI_ERROR, "`and`, `or`, `not` or `if` is applied to a condition"},
    {"unused-assumption", MOATI_WARNING, "no output depends on an assumption"},
    {"no-source", MOATI_WARNING, "an assumption has no source and no note"},
    {"bad-date", MOATI_WARNING, "the date of an assumption cannot be read"},
    {"stale-date", MOATI_WARNING, "the date of an assumption is older than --max-age"},
    {"anonymous-literal", MOATI_WARNING, "an uncertain literal is no assumption"},
    {"no-output", MOATI_WARNING, "a script has assumptions and no output"},
    {"no-unit", MOATI_WARNING, "an output has no unit of its own"},
    {"constant-output", MOATI_WARNING, "an output depends on no assumption"},
    {"certain-output", MOATI_WARNING, "an output does not vary"},
    {"idle-variant", MOATI_WARNING, "a variant changes nothing"},
    {"same-variant", MOATI_WARNING, "two variants are the same"},
    {"idle-correlation", MOATI_WARNING, "a correlation has no effect"},
    {"hidden-name", MOATI_WARNING, "a variable hides a name of the language"},
    {"unknown-name", MOATI_WARNING, "nothing gives a global name a value"},
    {"unused-variable", MOATI_WARNING, "a local variable is never read"},
    {"unused-function", MOATI_WARNING, "a local function is never called"},
    {"falling-total", MOATI_WARNING, "a larger amount costs less in total"},
    {"warning", MOATI_WARNING, "a module of the library warns"},
    {"unknown-code", MOATI_WARNING, "a comment allows a code that there is not"},
    {NULL, MOATI_WARNING, NULL}};

const moati_lint *moati_lints(void) {
    return lints;
}

static const moati_lint *find_lint(const char *code) {
    const moati_lint *lint = lints;
    while (lint->code != NULL && strcmp(lint->code, code) != 0)
        lint++;
    return lint;
}

/* --- The list. */

static void free_finding(moati_finding *finding) {
    free(finding->file);
    free(finding->message);
}

static bool format_message(char **message, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    *message = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (*message != NULL)
        vsnprintf(*message, (size_t)length + 1, format, again);
    va_end(again);
    return *message != NULL;
}

void moati_check_add(moati_check *check, const char *code, moati_place place, const char *hint,
                     const char *format, ...) {
    const moati_lint *lint = find_lint(code);
    moati_finding made = {.code = lint->code,
                          .severity = check->options.strict ? MOATI_ERROR : lint->severity,
                          .line = place.line > 0 ? place.line : 1,
                          .column = place.column > 0 ? place.column : 1,
                          .hint = hint};
    va_list arguments;
    va_start(arguments, format);
    const bool copied = format_message(&made.message, format, arguments) &&
                        moati_duplicate(NULL, place.file, &made.file) && made.file != NULL;
    va_end(arguments);
    if (!copied || !moati_grow(&check->findings, &check->capacity, check->count + 1,
                               sizeof *check->findings)) {
        check->out_of_memory = true;
        free_finding(&made);
    } else if (moati_is_allowed(check, &made)) {
        free_finding(&made);
    } else {
        check->findings[check->count++] = made;
    }
}

static int by_place(const void *a, const void *b) {
    const moati_finding *x = a, *y = b;
    const int file = strcmp(x->file, y->file);
    if (file != 0)
        return file;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    const int code = strcmp(x->code, y->code);
    return code != 0 ? code : strcmp(x->message, y->message);
}

/* In the order of places; what was found twice, as in a loop, once. */
static void sort_findings(moati_check *check) {
    size_t kept = 0;
    if (check->count > 0)
        qsort(check->findings, check->count, sizeof *check->findings, by_place);
    for (size_t i = 0; i < check->count; i++)
        if (kept > 0 && by_place(&check->findings[kept - 1], &check->findings[i]) == 0)
            free_finding(&check->findings[i]);
        else
            check->findings[kept++] = check->findings[i];
    check->count = kept;
}

/* What belongs to one script. */
static void forget_script(moati_check *check) {
    for (size_t i = 0; check->texts != NULL && i < check->notes.source_count; i++)
        moati_checked_free(&check->texts[i]);
    free(check->texts);
    check->texts = NULL;
    moati_words_free(&check->vocabulary);
    moati_notes_free(&check->notes);
    check->vocabulary = (moati_words){.count = 0};
    check->notes = (moati_notes){.count = 0};
}

void moati_check_free(moati_check *check) {
    for (size_t i = 0; i < check->count; i++)
        free_finding(&check->findings[i]);
    free(check->findings);
    forget_script(check);
}

/* --- Words. */

typedef struct reader {
    moati_words *words;
    bool failed;
} reader;

static void add_word(void *context, const char *word) {
    reader *r = context;
    moati_words *w = r->words;
    char *copy;
    r->failed = r->failed || !moati_grow(&w->words, &w->capacity, w->count + 1, sizeof *w->words) ||
                !moati_duplicate(NULL, word, &copy);
    if (!r->failed)
        w->words[w->count++] = copy;
}

bool moati_words_read(moati_words *words, moat_lua *lua) {
    reader r = {words, false};
    moat_lua_complete(lua, "", 0, add_word, &r);
    return !r.failed;
}

void moati_words_free(moati_words *words) {
    for (size_t i = 0; i < words->count; i++)
        free(words->words[i]);
    free(words->words);
}

/* --- The run. */

enum { FEW_SAMPLES = 16 };

/* What the run has told goes on where the script stopped. */
static void add_error(moati_check *check, const moat_script_error *error) {
    const int length = (int)strcspn(error->message, "\n");
    moati_place place = moati_place_of_error(check, error);
    for (size_t i = 0; i < check->count; i++)
        if (check->findings[i].line == place.line &&
            strcmp(check->findings[i].file, place.file) == 0 &&
            strncmp(check->findings[i].message, error->message, (size_t)length) == 0)
            return; /* a condition where it does not belong, found in the text */
    moati_check_add(check, "error", place, NULL, "%.*s", length, error->message);
}

static bool read_texts(moati_check *check) {
    const size_t count = check->notes.source_count;
    check->texts = calloc(count + 1, sizeof *check->texts);
    bool read = check->texts != NULL;
    for (size_t i = 0; i < count && read; i++) {
        check->texts[i].source = &check->notes.sources[i];
        read = moati_checked_read(&check->texts[i]);
    }
    return read;
}

static void look(moati_check *check, moat_lua *lua, moat_model *model,
                 const moat_script_error *failure) {
    if (!read_texts(check)) {
        check->out_of_memory = true;
        return;
    }
    moati_check_texts(check, lua);
    moati_check_notes(check);
    if (failure != NULL)
        add_error(check, failure);
    else
        moati_check_model(check, model);
}

moat_status moati_check_script(moati_check *check, moat_lua *lua, moat_model *model,
                               const char *text, size_t length, const char *name,
                               moat_error *error) {
    const moat_settings few = {.samples = FEW_SAMPLES, .threads = 1};
    moat_status status =
        moat_model_set(model, MOAT_SET_SAMPLES | MOAT_SET_THREADS, &few, true, error);
    if (status != MOAT_OK)
        return status;
    forget_script(check);
    check->out_of_memory = !moati_words_read(&check->vocabulary, lua);
    moati_lua_take_notes(lua, &check->notes);
    model->keeps_asked = true;
    status = moat_lua_run_text(lua, text, length, name, error);
    const moat_script_error failure = *moat_lua_script_error(lua);
    moati_lua_take_notes(lua, NULL);
    if (status == MOAT_INTERRUPTED || status == MOAT_LIMIT || status == MOAT_NO_MEMORY)
        return status;
    look(check, lua, model, status != MOAT_OK ? &failure : NULL);
    if (check->out_of_memory)
        return moati_no_memory(NULL, error);
    sort_findings(check);
    return MOAT_OK;
}
