/* A session's life: scripts that are loaded, entries that are run. */
#include "repl.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "modules.h"
#include "repl_session.h"
#include "status.h"

static const char entry_name[] = "input";

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

/* --- Complaints. */

void moati_repl_complain(moati_repl *repl, const char *format, ...) {
    char message[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    repl->failed = true;
    fflush(repl->out);
    moati_complain("%s", message);
}

void moati_repl_complain_of_error(moati_repl *repl) {
    const moati_stop why = (moati_stop)atomic_load(&repl->watch.cancel);
    repl->failed = true;
    fflush(repl->out);
    if (repl->error.status == MOAT_INTERRUPTED && why != MOATI_GOING)
        moati_watch_explain(&repl->watch, why, NULL);
    else
        moati_complain("%s", repl->error.message);
}

/* --- Work that can be stopped. */

bool moati_repl_begin_work(moati_repl *repl) {
    repl->error = (moat_error){.where = MOAT_NOWHERE};
    repl->watch.patient = true;
    fflush(repl->out);
    if (moati_watch_start(&repl->watch, 0, repl->args->memory_limit, &repl->error) == MOAT_OK)
        return true;
    moati_repl_complain_of_error(repl);
    return false;
}

bool moati_repl_end_work(moati_repl *repl) {
    moati_watch_end(&repl->watch);
    return atomic_load(&repl->watch.cancel) == MOATI_GOING;
}

/* --- A model and its Lua. */

static void print_text(void *context, const char *text, size_t length) {
    fwrite(text, 1, length, ((moati_repl *)context)->out);
}

static void warn_text(void *context, const char *text, size_t length) {
    fflush(((moati_repl *)context)->out);
    fwrite(text, 1, length, stderr);
}

static void show_value(void *context, const moat_lua_value *value) {
    moati_givens_add(&((moati_repl *)context)->givens, value);
}

moat_status moati_repl_open(moati_repl *repl, const char *folder, moat_model **model,
                            moat_lua **lua) {
    moat_error *error = &repl->error;
    const moat_lua_options options = {.print = print_text,
                                      .warn = warn_text,
                                      .context = repl,
                                      .folder = folder,
                                      .modules = moat_modules,
                                      .show = show_value,
                                      .show_context = repl};
    *lua = NULL;
    *model = moat_model_new(error);
    if (*model == NULL)
        return error->status;
    moat_model_set_cancel(*model, &repl->watch.cancel);
    moat_model_set_memory_limit(*model, repl->args->memory_limit);
    moat_model_set_keep_limit(*model, MOATI_KEPT_TO_SHOW);
    moat_status status = moat_model_set(*model, repl->fields, &repl->settings, true, error);
    if (status == MOAT_OK && (*lua = moat_lua_new(*model, &options, error)) == NULL)
        status = error->status;
    return status;
}

moati_former moati_repl_detach(moati_repl *repl) {
    const moati_former former = {repl->model, repl->lua, repl->cache};
    moati_cache_clear(&repl->previous);
    repl->cache = (moati_cache){0};
    repl->lua = NULL;
    repl->model = NULL;
    return former;
}

void moati_former_free(moati_former *former) {
    moati_cache_clear(&former->cache);
    moat_lua_free(former->lua);
    moat_model_free(former->model);
}

moati_repl *moati_repl_new(const moati_args *args, FILE *out, moat_error *error) {
    moati_repl *repl = calloc(1, sizeof *repl);
    if (repl == NULL) {
        moat_fail(error, MOAT_NO_MEMORY, "out of memory");
        return NULL;
    }
    repl->args = args;
    repl->out = out;
    repl->settings = args->settings;
    repl->fields = args->fields;
    repl->screen = moati_screen_detect(false);
    atomic_init(&repl->watch.cancel, MOATI_GOING);
    if (moati_repl_open(repl, ".", &repl->model, &repl->lua) == MOAT_OK &&
        moat_isa_check(&repl->error) == MOAT_OK)
        return repl;
    *error = repl->error;
    moati_repl_free(repl);
    return NULL;
}

void moati_repl_forget_entries(moati_repl *repl) {
    for (size_t i = 0; i < repl->entry_count; i++)
        free(repl->entries[i].text);
    free(repl->entries);
    repl->entries = NULL;
    repl->entry_count = 0;
}

void moati_repl_forget_past(moati_repl *repl) {
    for (size_t i = 0; i < repl->past_count; i++)
        moati_overrides_free(&repl->past[i]);
    free(repl->past);
    repl->past = NULL;
    repl->past_count = 0;
}

void moati_repl_free(moati_repl *repl) {
    if (repl == NULL)
        return;
    moati_former former = moati_repl_detach(repl);
    moati_former_free(&former);
    moati_repl_forget_entries(repl);
    moati_repl_forget_past(repl);
    moati_overrides_free(&repl->overrides);
    moati_givens_free(&repl->givens);
    moati_script_free(&repl->script);
    free(repl->path);
    free(repl->saved);
    free(repl->entry);
    free(repl);
}

/* --- Entries. */

void moati_repl_explain(moati_repl *repl, const moati_script *script, const moat_lua *lua) {
    const moati_stop stop = (moati_stop)atomic_load(&repl->watch.cancel);
    repl->failed = true;
    fflush(repl->out);
    if (stop != MOATI_GOING)
        moati_watch_explain(&repl->watch, stop, moat_lua_script_error(lua));
    else
        moati_script_complain(script, moat_lua_script_error(lua), &repl->error);
}

/* Remembers what `:save` has to write. */
static moat_status keep_entry(moati_repl *repl, const char *text) {
    const size_t length = strlen(text);
    moati_entry entry = {.gives = repl->givens.count > 0};
    moat_status status = moat_lua_value_place(repl->lua, text, length, &entry.value, &repl->error);
    if (status == MOAT_OK)
        status = moat_lua_is_statement(repl->lua, text, length, &entry.is_statement, &repl->error);
    if (status != MOAT_OK)
        return status;
    moati_entry *grown = realloc(repl->entries, (repl->entry_count + 1) * sizeof *grown);
    if (grown != NULL)
        repl->entries = grown;
    if (grown == NULL || (entry.text = strdup(text)) == NULL)
        return moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    grown[repl->entry_count++] = entry;
    return MOAT_OK;
}

/* True where the last character of a text is a semicolon: its value is not to be seen. */
static bool is_hushed(const char *text) {
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\n", text[length - 1]) != NULL)
        length--;
    return length > 0 && text[length - 1] == ';';
}

/* Runs and shows. */
static moat_status run_text(moati_repl *repl, const char *text, bool loud, bool *incomplete) {
    const moat_status status =
        moat_lua_interpret(repl->lua, text, strlen(text), entry_name, incomplete, &repl->error);
    if (status != MOAT_OK || *incomplete || !loud || is_hushed(text))
        return status;
    return moati_repl_show(repl);
}

bool moati_repl_enter(moati_repl *repl, const char *text, bool loud, bool *incomplete) {
    const moati_script script = {.name = entry_name, .text = (char *)(uintptr_t)text};
    moati_givens_free(&repl->givens);
    *incomplete = false;
    if (!moati_repl_begin_work(repl))
        return false;
    moat_status status = moat_lua_begin(repl->lua, &repl->error);
    if (status == MOAT_OK)
        status = run_text(repl, text, loud, incomplete);
    moati_repl_end_work(repl);
    if (status != MOAT_OK) {
        moat_lua_rollback(repl->lua, NULL);
        moati_repl_explain(repl, &script, repl->lua);
        return false;
    }
    moat_lua_commit(repl->lua);
    if (!*incomplete) {
        repl->out_count += repl->givens.count > 0;
        if (keep_entry(repl, text) != MOAT_OK)
            moati_repl_complain(repl, "%s: :save will not write this entry", repl->error.message);
    }
    return true;
}

/* Whatever the expression does besides, as drawing, is undone. */
static moat_status inspect(moati_repl *repl, const char *text) {
    moat_status status = moat_lua_begin(repl->lua, &repl->error);
    if (status == MOAT_OK)
        status = moat_lua_inspect(repl->lua, text, strlen(text), entry_name, moati_givens_add,
                                  &repl->givens, &repl->error);
    moat_lua_rollback(repl->lua, NULL);
    return status;
}

bool moati_repl_inspect(moati_repl *repl, const char *text) {
    moati_script script = {.name = entry_name, .text = (char *)(uintptr_t)text};
    moati_givens_free(&repl->givens);
    if (inspect(repl, text) != MOAT_OK)
        moati_repl_explain(repl, &script, repl->lua);
    else if (repl->givens.count == 0)
        moati_repl_complain(repl, "%.200s has no value", text);
    else
        return true;
    return false;
}

const moat_output *moati_repl_value(moati_repl *repl, const char *text) {
    const moat_output *output = moati_repl_output(repl, text);
    if (output != NULL)
        return output;
    if (!moati_repl_inspect(repl, text))
        return NULL;
    const moati_given *given = repl->givens.items;
    if (given->is_quantity)
        return &given->quantity;
    moati_repl_complain(repl,
                        given->is_table ? "%.200s is a table; name one of its fields"
                                        : "%.200s is no quantity",
                        text);
    return NULL;
}

/* --- Lines. */

const char *moati_repl_prompt(const moati_repl *repl) {
    return repl->entry != NULL ? ">> " : "> ";
}

void moati_repl_set_fed(moati_repl *repl, bool fed) {
    repl->fed = fed;
}

void moati_repl_clear(moati_repl *repl) {
    free(repl->entry);
    repl->entry = NULL;
}

void moati_repl_finish(moati_repl *repl) {
    if (repl->entry != NULL)
        moati_repl_complain(repl, "the last entry is not complete: %.60s", repl->entry);
    moati_repl_clear(repl);
}

/* Adds a line to the entry; false where memory is short. */
static bool add_line(moati_repl *repl, const char *line) {
    const size_t before = repl->entry == NULL ? 0 : strlen(repl->entry) + 1;
    char *grown = realloc(repl->entry, before + strlen(line) + 1);
    if (grown == NULL)
        return false;
    if (before > 0)
        grown[before - 1] = '\n';
    strcpy(grown + before, line);
    repl->entry = grown;
    return true;
}

/* What people type who know other sessions. */
static void hint(const moati_repl *repl, const char *entry) {
    static const char *const hints[][2] = {
        {"exit", ":quit leaves"},
        {"quit", ":quit leaves"},
        {"exit()", ":quit leaves"},
        {"quit()", ":quit leaves"},
        {"help", ":help lists the commands, ?name tells of a function"}};
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strcmp(entry, hints[i][0]) == 0)
            fprintf(repl->out, "%s\n", hints[i][1]);
}

static bool is_blank(const char *line) {
    return line[strspn(line, " \t")] == '\0';
}

/* An empty line gives an entry up that cannot be completed, as a person may not see why. */
static bool gives_up(const moati_repl *repl, const char *line) {
    const char *before = repl->entry != NULL ? strrchr(repl->entry, '\n') : NULL;
    return is_blank(line) && (!repl->fed || (before != NULL && is_blank(before + 1)));
}

static moati_repl_state run_entry(moati_repl *repl, const char *line) {
    const bool is_last = gives_up(repl, line);
    bool incomplete;
    if (!add_line(repl, line)) {
        moati_repl_complain(repl, "out of memory");
        return MOATI_REPL_READY;
    }
    if (!moati_repl_enter(repl, repl->entry, true, &incomplete))
        hint(repl, repl->entry);
    if (incomplete && !is_last)
        return MOATI_REPL_MORE;
    if (incomplete)
        moati_repl_complain(repl, "the entry is not complete; it has been dropped");
    moati_repl_clear(repl);
    return MOATI_REPL_READY;
}

moati_repl_state moati_repl_line(moati_repl *repl, const char *line) {
    const char *start = line + strspn(line, " \t");
    const double begin = now_ms();
    const bool is_new = repl->entry == NULL;
    moati_repl_state state = MOATI_REPL_READY;
    atomic_store(&repl->watch.cancel, MOATI_GOING);
    repl->screen = moati_screen_detect(false);
    repl->failed = false;
    if (is_new && start[0] == '\0')
        return MOATI_REPL_READY;
    if (is_new && start[0] == ':')
        state = moati_repl_run_command(repl, start + 1);
    else if (is_new && start[0] == '?')
        moati_repl_describe(repl, start + 1 + strspn(start + 1, " \t"));
    else
        state = run_entry(repl, line);
    if (repl->timing && state == MOATI_REPL_READY)
        fprintf(repl->out, "%.1f ms\n", now_ms() - begin);
    fflush(repl->out);
    /* What comes next, as a completion, is not stopped by what stopped this line. */
    const int stop = atomic_exchange(&repl->watch.cancel, MOATI_GOING);
    return state == MOATI_REPL_READY && stop == MOATI_INTERRUPTED ? MOATI_REPL_STOPPED : state;
}

bool moati_repl_failed(const moati_repl *repl) {
    return repl->failed;
}
