/* The commands of a session, and what :help says of them. */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nearest.h"
#include "repl_session.h"

const char *moati_first_word(const char *text, char word[MOATI_WORD_SIZE]) {
    const size_t length = strcspn(text, " \t=");
    word[0] = '\0';
    if (length >= MOATI_WORD_SIZE)
        return NULL;
    memcpy(word, text, length);
    word[length] = '\0';
    return text + length + strspn(text + length, " \t");
}

/* --- Commands of the session itself. */

static bool load(moati_repl *repl, const char *arguments) {
    if (arguments[0] == '\0')
        moati_repl_complain(repl, ":load needs a file, as in :load scenario.lua");
    else
        moati_repl_load(repl, arguments);
    return true;
}

static bool set_switch(moati_repl *repl, const char *name, const char *arguments, bool *value) {
    const bool on = strcmp(arguments, "on") == 0, off = strcmp(arguments, "off") == 0;
    if (arguments[0] != '\0' && !on && !off) {
        moati_repl_complain(repl, ":%s takes on or off", name);
        return false;
    }
    *value = arguments[0] == '\0' ? !*value : on;
    fprintf(repl->out, "%s %s\n", name, *value ? "on" : "off");
    return true;
}

static bool watch(moati_repl *repl, const char *arguments) {
    set_switch(repl, "watch", arguments, &repl->watching);
    return true;
}

static bool take_time(moati_repl *repl, const char *arguments) {
    set_switch(repl, "time", arguments, &repl->timing);
    return true;
}

static bool quit(moati_repl *repl, const char *arguments) {
    (void)repl;
    (void)arguments;
    return false;
}

static bool help(moati_repl *repl, const char *arguments);

const moati_command moati_commands[] = {
    {"set", ":set NAME LITERAL", "another value, and what it moves",
     ":set price 14 to 20 $bn/GW/yr", MOATI_WORD_ASSUMPTION, moati_repl_set},
    {"unset", ":unset NAME", "take that back", ":unset price", MOATI_WORD_ASSUMPTION,
     moati_repl_unset},
    {"reset", ":reset", "take all back, the variant too", NULL, MOATI_WORD_NONE, moati_repl_reset},
    {"undo", ":undo", "back to before the last change", NULL, MOATI_WORD_NONE, moati_repl_undo},
    {"vary", ":vary NAME LOW..HIGH [UNIT] [OUTPUT]", "show an output over a range",
     ":vary price 10..20 npv", MOATI_WORD_ASSUMPTION, moati_repl_vary},
    {"variant", ":variant [NAME | none]", "put a variant in force", ":variant bear",
     MOATI_WORD_VARIANT, moati_repl_variant},
    {"variants", ":variants", "list them", NULL, MOATI_WORD_NONE, moati_repl_variants},
    {"outputs", ":outputs", "what the script reports", NULL, MOATI_WORD_NONE, moati_repl_outputs},
    {"assumptions", ":assumptions", "what it assumes; * has been set", NULL, MOATI_WORD_NONE,
     moati_repl_assumptions},
    {"table", ":table EXPRESSION", "a value or a series as a table", ":table cash",
     MOATI_WORD_EXPRESSION, moati_repl_table},
    {"why", ":why EXPRESSION [DEPTH]", "what it is computed from, with values", ":why npv 3",
     MOATI_WORD_EXPRESSION, moati_repl_why},
    {"who", ":who NAME", "what depends on it; what it depends on", ":who price",
     MOATI_WORD_EXPRESSION, moati_repl_who},
    {"load", ":load FILE", "run a script and start anew with it", ":load scenario.lua",
     MOATI_WORD_FILE, load},
    {"reload", ":reload", "run it again; what was set and defined stays", NULL, MOATI_WORD_NONE,
     moati_repl_reload},
    {"watch", ":watch [on | off]", "reload by itself when the file has changed", ":watch on",
     MOATI_WORD_SWITCH, watch},
    {"save", ":save FILE", "a script with what was set and defined", ":save mine.lua",
     MOATI_WORD_FILE, moati_repl_save},
    {"save!", ":save! FILE", "the same over a file that is there", ":save! mine.lua",
     MOATI_WORD_FILE, moati_repl_save_over},
    {"samples", ":samples [N]", "how many samples", ":samples 1e5", MOATI_WORD_NONE,
     moati_repl_samples},
    {"seed", ":seed [N]", "the seed of all draws", ":seed 2", MOATI_WORD_NONE, moati_repl_seed},
    {"time", ":time [on | off]", "show how long each line takes", NULL, MOATI_WORD_SWITCH,
     take_time},
    {"units", ":units", "the units there are", NULL, MOATI_WORD_NONE, moati_repl_units},
    {"help", ":help [COMMAND]", "this list", ":help set", MOATI_WORD_COMMAND, help},
    {"quit", ":quit", "leave; so does Ctrl-D", NULL, MOATI_WORD_NONE, quit},
    {NULL, NULL, NULL, NULL, MOATI_WORD_NONE, NULL},
};

const moati_command *moati_command_find(const char *name, size_t length) {
    for (const moati_command *c = moati_commands; c->name != NULL; c++)
        if (strlen(c->name) == length && strncmp(c->name, name, length) == 0)
            return c;
    return NULL;
}

static const char *name_at(const void *context, size_t index) {
    return ((const moati_command *)context)[index].name;
}

static const moati_command *find_nearest(const char *name) {
    const size_t count = sizeof moati_commands / sizeof *moati_commands - 1;
    const char *near = moati_nearest_of(name, count, name_at, moati_commands);
    return near == NULL ? NULL : moati_command_find(near, strlen(near));
}

/* --- Running one. */

/* The command of a name or, where it is alone with it, of its beginning; NULL, after it has been
 * told, where there is none. */
static const moati_command *find_command(moati_repl *repl, const char *name, size_t length) {
    const moati_command *found = moati_command_find(name, length), *near;
    char word[MOATI_WORD_SIZE];
    size_t count = 0;
    if (found != NULL)
        return found;
    for (const moati_command *c = moati_commands; c->name != NULL; c++) {
        if (length == 0 || strncmp(c->name, name, length) != 0)
            continue;
        found = c;
        count++;
    }
    if (count == 1)
        return found;
    snprintf(word, sizeof word, "%.*s", length < 40 ? (int)length : 40, name);
    if (count > 1)
        moati_repl_complain(repl, ":%s could be several commands; Tab lists them", word);
    else if ((near = find_nearest(word)) != NULL)
        moati_repl_complain(repl, "there is no command :%s; did you mean :%s?", word, near->name);
    else
        moati_repl_complain(repl, "there is no command :%s; see :help", word);
    return NULL;
}

moati_repl_state moati_repl_run_command(moati_repl *repl, const char *name) {
    const size_t length = strcspn(name, " \t");
    const moati_command *command = find_command(repl, name, length);
    if (command == NULL)
        return MOATI_REPL_READY;
    const char *start = name + length + strspn(name + length, " \t");
    size_t end = strlen(start);
    while (end > 0 && strchr(" \t", start[end - 1]) != NULL)
        end--;
    char *arguments = strndup(start, end);
    if (arguments == NULL)
        moati_repl_complain(repl, "out of memory");
    const bool stays = arguments == NULL || command->run(repl, arguments);
    free(arguments);
    return stays ? MOATI_REPL_READY : MOATI_REPL_QUIT;
}

/* --- Help. */

static const char *const notations[][2] = {
    {"?NAME", "what the reference says of it"},
    {"EXPRESSION", "shows itself, but where ; ends it"},
    {"_, out[N]", "the last value, the Nth"},
};

static void set_help(moati_grid *grid, size_t row, const char *usage, const char *doc) {
    moati_grid_set(grid, row, 0, usage);
    moati_grid_set(grid, row, 1, doc);
}

/* Where there is no room for both beside each other, one below the other. */
static void print_help(moati_repl *repl, const moati_grid *grid) {
    if (!repl->screen.limited || moati_grid_width(grid) <= repl->screen.columns) {
        moati_grid_print(grid, repl->out, false);
        return;
    }
    for (const moati_command *c = moati_commands; c->name != NULL; c++) {
        fprintf(repl->out, "%s\n", c->usage);
        moati_repl_print_wrapped(repl, c->doc);
    }
    for (size_t i = 0; i < sizeof notations / sizeof *notations; i++) {
        fprintf(repl->out, "%s\n", notations[i][0]);
        moati_repl_print_wrapped(repl, notations[i][1]);
    }
}

static void print_all(moati_repl *repl) {
    static const moati_column columns[] = {{.gap = 0}, {.gap = 2}};
    moati_grid *grid = moati_grid_new(2, columns);
    if (grid == NULL)
        return;
    size_t row = 0;
    for (const moati_command *c = moati_commands; c->name != NULL; c++)
        set_help(grid, row++, c->usage, c->doc);
    for (size_t i = 0; i < sizeof notations / sizeof *notations; i++)
        set_help(grid, row++, notations[i][0], notations[i][1]);
    print_help(repl, grid);
    moati_grid_free(grid);
}

static bool help(moati_repl *repl, const char *arguments) {
    const char *name = arguments[0] == ':' ? arguments + 1 : arguments;
    if (name[0] == '\0') {
        print_all(repl);
        return true;
    }
    const moati_command *command = moati_command_find(name, strlen(name));
    if (command == NULL) {
        moati_repl_describe(repl, name);
        return true;
    }
    fprintf(repl->out, "%s\n  %s\n", command->usage, command->doc);
    if (command->example != NULL)
        fprintf(repl->out, "  example: %s\n", command->example);
    return true;
}
