/* What the end of a line could become: a command, its arguments, a unit inside a literal, or a name
 * of the language. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "moat/lua.h"
#include "repl_session.h"

typedef struct finder {
    const char *word;
    size_t length;
    void (*found)(void *context, const char *word);
    void *context;
} finder;

static void offer(const finder *f, const char *word) {
    if (strncmp(word, f->word, f->length) == 0)
        f->found(f->context, word);
}

/* --- Each word once. */

typedef struct once {
    char **words;
    size_t count;
    void (*found)(void *context, const char *word);
    void *context;
} once;

static void find_once(void *context, const char *word) {
    once *o = context;
    for (size_t i = 0; i < o->count; i++)
        if (strcmp(o->words[i], word) == 0)
            return;
    char **grown = realloc(o->words, (o->count + 1) * sizeof *grown);
    if (grown == NULL)
        return;
    o->words = grown;
    grown[o->count] = strdup(word);
    if (grown[o->count] == NULL)
        return;
    o->count++;
    o->found(o->context, word);
}

static void free_once(once *o) {
    for (size_t i = 0; i < o->count; i++)
        free(o->words[i]);
    free(o->words);
}

/* --- Units. */

/* Multiples that people write; the others are found once they are begun. */
static const char *const multiples[] = {"kW",  "MW",  "GW",   "GW_facility", "kWh",
                                        "MWh", "TWh", "Mtok", "Ttok",        NULL};
static const char *const prefixed[] = {"W", "W_facility", "Wh", "tok", "FLOP", NULL};

static bool in_unit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '$' || c == '%' || c == '_';
}

static void offer_multiples(const finder *f) {
    for (size_t i = 0; multiples[i] != NULL; i++)
        offer(f, multiples[i]);
    for (size_t i = 0; prefixed[i] != NULL && f->length > 0; i++) {
        char name[MOATI_WORD_SIZE];
        snprintf(name, sizeof name, "%c%s", f->word[0], prefixed[i]);
        if (strchr("kMGTPE", f->word[0]) != NULL)
            offer(f, name);
    }
}

/* What something is counted by: not money, nor a part of one. */
static bool can_divide(const char *unit) {
    return strchr(unit, '$') == NULL && strcmp(unit, "%") != 0 && strcmp(unit, "bp") != 0;
}

static size_t complete_unit(moati_repl *repl, finder f, const char *line, size_t length) {
    size_t start = length;
    while (start > 0 && in_unit(line[start - 1]))
        start--;
    f.word = line + start;
    f.length = length - start;
    const bool divides = start > 0 && line[start - 1] == '/';
    const char *const *names = moat_unit_names(moat_model_units(repl->model));
    if (!divides)
        offer_multiples(&f);
    for (size_t i = 0; names != NULL && names[i] != NULL; i++)
        if (!divides || can_divide(names[i]))
            offer(&f, names[i]);
    if (divides)
        offer_multiples(&f);
    return f.length;
}

/* True inside a text with a number before its end: what follows a number is a unit. */
static bool is_in_literal(const char *line, size_t length) {
    char quote = '\0';
    bool number = false;
    for (size_t i = 0; i < length; i++) {
        if (quote != '\0' && line[i] == quote) {
            quote = '\0';
        } else if (quote != '\0') {
            number = number || (line[i] >= '0' && line[i] <= '9');
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
            number = false;
        }
    }
    return quote != '\0' && number;
}

/* --- Arguments. */

static size_t complete_file(finder f, const char *text, size_t length) {
    char pattern[1024];
    glob_t files;
    if (length + 2 > sizeof pattern)
        return 0;
    memcpy(pattern, text, length);
    memcpy(pattern + length, "*", 2);
    f.word = text;
    f.length = length;
    if (glob(pattern, GLOB_MARK, NULL, &files) == 0) {
        for (size_t i = 0; i < files.gl_pathc; i++)
            offer(&f, files.gl_pathv[i]);
        globfree(&files);
    }
    return length;
}

static void offer_assumptions(const moati_repl *repl, const finder *f) {
    for (size_t i = 0; i < moat_model_assumptions(repl->model); i++)
        offer(f, moat_model_assumption(repl->model, i)->name);
}

static void offer_variants(const moati_repl *repl, const finder *f) {
    for (size_t i = 0; i < moat_model_variants(repl->model); i++)
        offer(f, moat_model_variant_name(repl->model, i));
    offer(f, "none");
}

static void offer_commands(const finder *f) {
    for (const moati_command *c = moati_commands; c->name != NULL; c++)
        offer(f, c->name);
}

static void offer_outputs(const moati_repl *repl, const finder *f) {
    for (size_t i = 0; i < moat_model_outputs(repl->model); i++)
        offer(f, moat_model_get_output(repl->model, i)->name);
}

/* After the name of an assumption: its unit, where none is begun, else any; and outputs for :vary.
 */
static size_t complete_value(moati_repl *repl, finder f, const char *line, size_t start,
                             size_t length) {
    char name[MOATI_WORD_SIZE];
    moati_first_word(line + start, name);
    if (line[length - 1] == ' ' && moat_model_find_assumption(repl->model, name) != NULL) {
        f.word = line + length;
        f.length = 0;
        offer(&f, moati_repl_unit(repl, name));
        return 0;
    }
    const size_t unit = complete_unit(repl, f, line, length);
    f.word = line + length - unit;
    f.length = unit;
    if (unit > 0 && strncmp(line, ":vary", 5) == 0)
        offer_outputs(repl, &f);
    return unit;
}

static bool begins_assumption(const moati_repl *repl, const finder *f) {
    for (size_t i = 0; i < moat_model_assumptions(repl->model); i++)
        if (strncmp(moat_model_assumption(repl->model, i)->name, f->word, f->length) == 0)
            return true;
    return false;
}

/* The variables of the script and the session that are quantities; the fields of tables are found
 * once their dot is typed. */
static void offer_quantities(moati_repl *repl, const finder *f) {
    moati_givens names = {0};
    if (moat_lua_quantities(repl->lua, moati_givens_add, &names, &repl->error) == MOAT_OK)
        for (size_t i = 0; i < names.count; i++)
            if (strchr(names.items[i].quantity.name, '.') == NULL)
                offer(f, names.items[i].quantity.name);
    moati_givens_free(&names);
}

/* Of "compute.re" it is the whole that is completed where that is the name of an assumption. Where
 * nothing is begun, what can be asked about is not to drown in the functions of the language. */
static size_t complete_expression(moati_repl *repl, finder f) {
    const bool has_dot = memchr(f.word, '.', f.length) != NULL;
    if (!has_dot)
        offer_outputs(repl, &f);
    offer_assumptions(repl, &f);
    if (f.length == 0)
        offer_quantities(repl, &f);
    if (f.length == 0 || (has_dot && begins_assumption(repl, &f)))
        return f.length;
    return moat_lua_complete(repl->lua, f.word, f.length, f.found, f.context);
}

static size_t complete_argument(moati_repl *repl, finder f, const moati_command *command,
                                const char *line, size_t start, size_t length) {
    const char *text = line + start;
    f.word = text;
    f.length = length - start;
    if (command->takes == MOATI_WORD_ASSUMPTION && memchr(text, ' ', f.length) != NULL)
        return complete_value(repl, f, line, start, length);
    switch (command->takes) {
    case MOATI_WORD_ASSUMPTION: offer_assumptions(repl, &f); break;
    case MOATI_WORD_VARIANT: offer_variants(repl, &f); break;
    case MOATI_WORD_COMMAND: offer_commands(&f); break;
    case MOATI_WORD_SWITCH:
        offer(&f, "off");
        offer(&f, "on");
        break;
    case MOATI_WORD_FILE: return complete_file(f, text, f.length);
    case MOATI_WORD_EXPRESSION: return complete_expression(repl, f);
    default: return 0;
    }
    return f.length;
}

static size_t complete(moati_repl *repl, finder f, const char *line, size_t length) {
    if (line[0] == ':' && repl->entry == NULL) {
        const size_t name = strcspn(line, " ");
        f.word = line + 1;
        f.length = length - 1;
        if (name >= length) {
            offer_commands(&f);
            return f.length;
        }
        const moati_command *command = moati_command_find(line + 1, name - 1);
        const size_t start = name + strspn(line + name, " ");
        if (command == NULL || start > length)
            return 0;
        return complete_argument(repl, f, command, line, start, length);
    }
    if (is_in_literal(line, length))
        return complete_unit(repl, f, line, length);
    return moat_lua_complete(repl->lua, line, length, f.found, f.context);
}

size_t moati_repl_complete(moati_repl *repl, const char *line, size_t length,
                           void (*found)(void *context, const char *word), void *context) {
    once o = {.found = found, .context = context};
    const size_t there = complete(repl, (finder){.found = find_once, .context = &o}, line, length);
    free_once(&o);
    return there;
}
