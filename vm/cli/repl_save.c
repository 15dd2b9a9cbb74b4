/* :save, a script that says what the session has come to: the text of the one that was loaded, the
 * statements that were entered, and what was set: in the place of the script's own literals or,
 * where that would not say the same, as a variant. Every draft is run before one is chosen. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "repl_session.h"
#include "write.h"

typedef struct draft {
    bool folded; /* what was set stands in the text; else there is a variant */
    bool values; /* `_` and `out` are there */
    char *text;
    char variant[MOATI_WORD_SIZE]; /* to run it with; "": none */
    char difference[MOATI_DIFFERENCE_SIZE];
} draft;

/* --- Values of entries, as later entries name them. */

static bool in_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

/* Where a word stands in a text of its own; NULL: nowhere. */
static const char *find_word(const char *text, const char *word) {
    const size_t length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        if ((at == text || !in_word(at[-1])) && !in_word(at[length]))
            return at;
    return NULL;
}

/* Whether an entry may read `_` or `out`. As the name of nothing, `for _, x in` has its own. */
static bool reads_values(const char *text) {
    const char *nothing = find_word(text, "_");
    return find_word(text, "out") != NULL ||
           (nothing != NULL && find_word(text, "for") == NULL && find_word(text, "local") == NULL &&
            find_word(text, "function") == NULL);
}

static bool needs_values(const moati_repl *repl) {
    for (size_t i = 0; i < repl->entry_count; i++)
        if ((repl->entries[i].is_statement || repl->entries[i].value > 0) &&
            reads_values(repl->entries[i].text))
            return true;
    return false;
}

/* A line that begins with a parenthesis would call what stands before it. */
static void write_statement(const char *text, size_t length, FILE *file) {
    fprintf(file, "%s%.*s\n", text[strspn(text, " \t\n")] == '(' ? ";" : "", (int)length, text);
}

/* What an entry says, and what it gives as later ones can name it. */
static void write_value(const moati_entry *entry, FILE *file) {
    if (entry->value > 0)
        write_statement(entry->text, entry->value, file);
    fprintf(file, "_ = %s\nout[#out + 1] = _\n", entry->text + entry->value);
}

/* Without the expression at its end, which a script could not have alone. */
static void write_entry(const moati_entry *entry, FILE *file) {
    if (entry->is_statement)
        write_statement(entry->text, strlen(entry->text), file);
    else if (entry->value > 0)
        write_statement(entry->text, entry->value, file);
}

static void write_entries(const moati_repl *repl, bool values, FILE *file) {
    if (repl->entry_count > 0 && repl->script.text != NULL)
        fputc('\n', file);
    if (values)
        fputs("local _, out = nil, {}\n", file);
    for (size_t i = 0; i < repl->entry_count; i++) {
        const moati_entry *entry = &repl->entries[i];
        if (values && entry->gives)
            write_value(entry, file);
        else
            write_entry(entry, file);
    }
}

/* --- The variant. */

static void write_quoted(const char *text, FILE *file) {
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (strchr("\"\\\n", *text) != NULL)
            fputc('\\', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

/* "session", or the first of "session_2", .. that the script has not got. */
static void choose_name(const moati_repl *repl, char name[MOATI_WORD_SIZE]) {
    snprintf(name, MOATI_WORD_SIZE, "session");
    for (size_t i = 0, number = 1; i < moat_model_variants(repl->model); i++)
        if (strcmp(moat_model_variant_name(repl->model, i), name) == 0) {
            snprintf(name, MOATI_WORD_SIZE, "session_%zu", ++number);
            i = (size_t)-1; /* from the first again */
        }
}

/* All that is in force and not what the script itself says: a variant's changes and what was set.
 */
static void write_variant(const moati_repl *repl, const char *name, FILE *file) {
    fputs("\nvariant(", file);
    write_quoted(name, file);
    fputs(", {\n", file);
    for (size_t i = 0; i < moat_model_assumptions(repl->model); i++) {
        const moat_assumption *assumption = moat_model_assumption(repl->model, i);
        if (strcmp(assumption->text, moat_model_declared_text(repl->model, assumption->name)) == 0)
            continue;
        fputs("  [", file);
        write_quoted(assumption->name, file);
        fputs("] = ", file);
        write_quoted(assumption->text, file);
        fputs(",\n", file);
    }
    fputs("})\n", file);
}

/* --- Drafts. */

static void write_draft(const moati_repl *repl, const char *base, draft *d, FILE *file) {
    const size_t end = strlen(base);
    fprintf(file, "%s%s", base, end > 0 && base[end - 1] != '\n' ? "\n" : "");
    write_entries(repl, d->values, file);
    if (d->folded) {
        snprintf(d->variant, sizeof d->variant, "%s",
                 repl->overrides.variant != NULL ? repl->overrides.variant : "");
    } else {
        choose_name(repl, d->variant);
        write_variant(repl, d->variant, file);
    }
}

/* *possible is false, and there is no text, where what was set cannot be put into the script's. */
static moat_status compose(moati_repl *repl, draft *d, bool *possible) {
    size_t length;
    moat_status status = MOAT_OK;
    FILE *file = NULL;
    char *base = strdup(repl->script.text != NULL ? repl->script.text : "");
    *possible = true;
    if (base != NULL && d->folded)
        status = moati_repl_fold(repl, &base, possible);
    if (base != NULL && status == MOAT_OK && *possible)
        file = open_memstream(&d->text, &length);
    if (file != NULL)
        write_draft(repl, base, d, file);
    free(base);
    const bool whole = file != NULL && ferror(file) == 0;
    const bool written = file != NULL && fclose(file) == 0 && whole;
    if (status == MOAT_OK && *possible && !written)
        status = moat_fail(&repl->error, MOAT_NO_MEMORY, "out of memory");
    return status;
}

/* Tries what a person would rather read first; without one that is as the session, *chosen is the
 * last that could be written. */
static moat_status choose(moati_repl *repl, const char *path, draft *chosen) {
    const bool needs = needs_values(repl);
    for (unsigned i = 0; i < 4; i++) {
        draft d = {.folded = i < 2, .values = needs || i % 2 == 1};
        bool possible;
        if (needs && i % 2 == 1)
            continue;
        moat_status status = compose(repl, &d, &possible);
        if (status == MOAT_OK && !possible)
            continue;
        if (status == MOAT_OK)
            status = moati_repl_verify(repl, path, d.text, d.variant[0] != '\0' ? d.variant : NULL,
                                       d.difference);
        free(status == MOAT_OK ? chosen->text : d.text);
        if (status != MOAT_OK)
            return status;
        *chosen = d;
        if (d.difference[0] == '\0' || atomic_load(&repl->watch.cancel) != MOATI_GOING)
            break;
    }
    return MOAT_OK;
}

/* --- What may be written to. */

static bool is_file(const char *path, moati_file *file) {
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    *file = (moati_file){status.st_dev, status.st_ino};
    return true;
}

static bool same_file(const moati_file *a, const moati_file *b) {
    return a->device == b->device && a->number == b->number;
}

static bool may_write(moati_repl *repl, const char *path, bool over) {
    moati_file file, script;
    if (!is_file(path, &file))
        return true;
    if (repl->path != NULL && is_file(repl->path, &script) && same_file(&file, &script)) {
        moati_repl_complain(repl, "%s is the script that was loaded; choose another name", path);
        return false;
    }
    for (size_t i = 0; i < repl->saved_count; i++)
        if (same_file(&file, &repl->saved[i]))
            return true;
    if (!over)
        moati_repl_complain(repl, "%s exists already; :save! %s overwrites it", path, path);
    return over;
}

static void remember_file(moati_repl *repl, const char *path) {
    moati_file file;
    moati_file *grown = realloc(repl->saved, (repl->saved_count + 1) * sizeof *grown);
    if (grown == NULL) {
        moati_repl_complain(repl, "out of memory: only :save! %s will write it again", path);
        return;
    }
    repl->saved = grown;
    if (is_file(path, &file))
        grown[repl->saved_count++] = file;
}

/* A script that ends with `return` has no place for more: that is told. */
static bool can_be_continued(moati_repl *repl) {
    static const char more[] = "\ndo end\n";
    const char *text = repl->script.text != NULL ? repl->script.text : "";
    const size_t size = strlen(text) + sizeof more;
    bool can = false;
    char *whole = malloc(size);
    if (whole == NULL) {
        moati_repl_complain(repl, "out of memory");
        return false;
    }
    snprintf(whole, size, "%s%s", text, more);
    if (moat_lua_is_statement(repl->lua, whole, size - 1, &can, &repl->error) != MOAT_OK)
        moati_repl_complain_of_error(repl);
    else if (!can)
        moati_repl_complain(repl,
                            "%s ends with return, after which nothing can be written; take "
                            "that out, and :reload",
                            repl->path != NULL ? repl->path : "the script");
    free(whole);
    return can;
}

/* --- The command. */

static void tell(const moati_repl *repl, const char *path, const draft *d) {
    const moat_settings *settings = moat_model_settings(repl->model);
    const bool has_samples = (repl->fields & MOAT_SET_SAMPLES) != 0;
    const bool has_seed = (repl->fields & MOAT_SET_SEED) != 0;
    const bool has_sampling = (repl->fields & MOAT_SET_SAMPLING) != 0;
    fprintf(repl->out, "saved %s", path);
    if (d->variant[0] != '\0' || has_samples || has_seed || has_sampling)
        fputs("; run it with", repl->out);
    if (d->variant[0] != '\0')
        fprintf(repl->out, " --variant %s", d->variant);
    if (has_samples)
        fprintf(repl->out, " --samples %zu", settings->samples);
    if (has_seed)
        fprintf(repl->out, " --seed %llu", (unsigned long long)settings->seed);
    if (has_sampling)
        fprintf(repl->out, " --sampling %s", moat_sampling_name(settings->sampling));
    fputc('\n', repl->out);
}

static void save(moati_repl *repl, const char *path) {
    draft chosen = {.text = NULL};
    if (!moati_repl_begin_work(repl))
        return;
    const moat_status status = choose(repl, path, &chosen);
    const bool stopped = !moati_repl_end_work(repl);
    if (stopped) {
        moat_fail(&repl->error, MOAT_INTERRUPTED, "stopped");
        moati_repl_complain_of_error(repl);
    } else if (status != MOAT_OK) {
        moati_repl_complain_of_error(repl);
    } else if (moati_write_file(path, chosen.text, strlen(chosen.text), &repl->error) != MOAT_OK) {
        moati_repl_complain_of_error(repl);
    } else {
        remember_file(repl, path);
        tell(repl, path, &chosen);
        if (chosen.difference[0] != '\0')
            moati_repl_complain(repl, "%s does not give what the session gives: %s", path,
                                chosen.difference);
    }
    free(chosen.text);
}

static bool save_to(moati_repl *repl, const char *path, bool over) {
    if (path[0] == '\0')
        moati_repl_complain(repl, ":save needs a file, as in :save mine.lua");
    else if (can_be_continued(repl) && may_write(repl, path, over))
        save(repl, path);
    return true;
}

bool moati_repl_save(moati_repl *repl, const char *arguments) {
    return save_to(repl, arguments, false);
}

bool moati_repl_save_over(moati_repl *repl, const char *arguments) {
    return save_to(repl, arguments, true);
}
