/* Annotations of the language's functions, whose arguments their usage shows, and of the library's,
 * which are described. What a function gives is `any` where the tables do not say it. */
#include "annotations.h"

#include <stdbool.h>
#include <string.h>

#include "moat/lua.h"
#include "moat/moat.h"
#include "modules.h"
#include "usage.h"

/* --- Texts. */

/* As a comment, a line of it for each of the text's. */
static void print_comment(FILE *file, const char *text) {
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        fprintf(file, "---%.*s\n", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void print_example(FILE *file, const char *example) {
    if (example == NULL)
        return;
    fputs("---```lua\n", file);
    print_comment(file, example);
    fputs("---```\n", file);
}

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* --- Parameters and options that are described. */

static void print_words(FILE *file, const char *const *words) {
    for (const char *const *word = words; *word != NULL; word++)
        fprintf(file, "%s\"%s\"", word == words ? "" : "|", *word);
}

static void print_kind(FILE *file, const moat_lua_argument *a) {
    static const char *const kinds[MOAT_LUA_KINDS] = {
        [MOAT_LUA_QUANTITY] = "moat.value",     [MOAT_LUA_SCALAR] = "moat.value",
        [MOAT_LUA_RATE] = "moat.value",         [MOAT_LUA_CONDITION] = "moat.value|boolean",
        [MOAT_LUA_DISTRIBUTION] = "moat.value", [MOAT_LUA_PERIOD] = "integer",
        [MOAT_LUA_COUNT] = "integer",           [MOAT_LUA_TEXT] = "string",
        [MOAT_LUA_TRUTH] = "boolean",           [MOAT_LUA_ANY] = "any",
    };
    if (a->kind == MOAT_LUA_WORD)
        print_words(file, a->words);
    else
        fputs(kinds[a->kind], file);
}

/* What it is, its unit, and what it is where it is left out. */
static void print_about(FILE *file, const moat_lua_argument *a) {
    const bool has_unit = a->unit[0] != '\0' && strcmp(a->unit, "1") != 0;
    fprintf(file, " %s%s%s%s%s%s\n", a->doc, has_unit ? "; in " : "", has_unit ? a->unit : "",
            a->fallback != NULL ? " (" : "", a->fallback != NULL ? a->fallback : "",
            a->fallback != NULL ? ")" : "");
}

static void print_arguments(FILE *file, const char *tag, const moat_lua_argument *list) {
    for (const moat_lua_argument *a = list; a != NULL && a->name != NULL; a++) {
        fprintf(file, "---@%s %s%s ", tag, a->name, a->required ? "" : "?");
        print_kind(file, a);
        print_about(file, a);
    }
}

/* The type of the table that a function takes: "pricing.tiers" has moat.pricing.tiers.options. */
static void print_table_name(FILE *file, const char *function, const char *part) {
    fputs("moat.", file);
    for (; *function != '\0'; function++)
        fputc(*function == ':' ? '.' : *function, file);
    fprintf(file, ".%s", part);
}

static void print_class(FILE *file, const char *function, const char *part,
                        const moat_lua_argument *fields) {
    if (fields == NULL)
        return;
    fputs("---@class ", file);
    print_table_name(file, function, part);
    fputc('\n', file);
    print_arguments(file, "field", fields);
    fputc('\n', file);
}

static bool has_table(const moat_lua_signature *s) {
    return s != NULL && (s->options != NULL || s->rows != NULL || s->named != NULL);
}

/* The options, with the list of rows and the entries under other keys. */
static void print_tables(FILE *file, const moat_lua_function *f) {
    const moat_lua_signature *s = f->signature;
    if (!has_table(s))
        return;
    print_class(file, f->name, "row", s->rows);
    print_class(file, f->name, "entry", s->named);
    fputs("---@class ", file);
    print_table_name(file, f->name, "options");
    fputc('\n', file);
    print_arguments(file, "field", s->options);
    if (s->rows != NULL) {
        fputs("---@field [integer] ", file);
        print_table_name(file, f->name, "row");
        fputc('\n', file);
    }
    if (s->named != NULL) {
        fputs("---@field [string] ", file);
        print_table_name(file, f->name, "entry");
        fputc('\n', file);
    }
    fputc('\n', file);
}

/* --- Functions. */

/* What the functions of the language give, where it is no quantity. */
static const char *result_of(const moat_lua_function *f, const char *otherwise) {
    static const char *const results[][2] = {
        {"assume", "any"},           {"periods", "fun(): integer?"},
        {"label", "string"},         {"year", "integer"},
        {"summary", "moat.summary"}, {"chance", "number"},
        {"quantile", "number"},      {"horizon", NULL},
        {"correlate", NULL}};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (strcmp(f->name, results[i][0]) == 0)
            return results[i][1];
    return otherwise;
}

static void print_head(FILE *file, const moat_lua_function *f) {
    fprintf(file, "---%s\n---\n---`%s`\n", f->doc, f->usage);
    print_example(file, f->example);
}

/* "function quantity:npv(rate, options) end" */
static void print_plain(FILE *file, const moat_lua_function *f, const char *prefix,
                        const char *result) {
    const char *dot = strrchr(f->name, '.');
    print_head(file, f);
    moati_usage_print_types(file, f->usage, dot != NULL ? dot + 1 : f->name);
    result = result_of(f, result);
    if (result != NULL)
        fprintf(file, "---@return %s\n", result);
    fprintf(file, "function %s%s(", prefix, f->name);
    moati_usage_print_names(file, f->usage, dot != NULL ? dot + 1 : f->name);
    fputs(") end\n\n", file);
}

/* "a.b:c" as it is called: the rest of the arguments is said by the types. */
static void print_described(FILE *file, const moat_lua_function *f, const char *result) {
    const moat_lua_signature *s = f->signature;
    const bool table = has_table(s);
    const char *comma = "";
    print_tables(file, f);
    print_head(file, f);
    print_arguments(file, "param", s->takes);
    if (table) {
        fprintf(file, "---@param options%s ",
                s->takes != NULL && s->takes->name != NULL ? "?" : "");
        print_table_name(file, f->name, "options");
        fputc('\n', file);
    }
    fprintf(file, "---@return %s\nfunction %s(", result, f->name);
    for (const moat_lua_argument *a = s->takes; a != NULL && a->name != NULL; a++, comma = ", ")
        fprintf(file, "%s%s", comma, a->name);
    fprintf(file, "%s) end\n\n", table ? (comma[0] != '\0' ? ", options" : "options") : "");
}

/* --- Groups. */

static void print_group(FILE *file, const moat_lua_group *group, const char *prefix,
                        const char *result) {
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++)
        print_plain(file, f, prefix, result);
}

static const moat_lua_group *find_group(const char *name) {
    const moat_lua_group *group = moat_lua_groups();
    while (group->name != NULL && strcmp(group->name, name) != 0)
        group++;
    return group;
}

/* The language, but for operators, which the class has, and for what Lua itself has. */
static void print_language(FILE *file) {
    static const struct {
        const char *group, *prefix, *result;
    } parts[] = {{"Methods of quantities", "quantity:", "moat.quantity"},
                 {"Methods of series", "quantity:", "moat.quantity"},
                 {"The value of a series", "quantity:", "moat.quantity"},
                 {"Methods for results", "quantity:", "moat.quantity"},
                 {"Quantities", "", "moat.quantity"},
                 {"Mathematics", "", "moat.quantity"},
                 {"Assumptions", "", "any"},
                 {"Distributions", "", "moat.quantity"},
                 {"Time", "", "moat.quantity"},
                 {"Processes", "", "moat.quantity"},
                 {"The scenario", "", NULL},
                 {"Results", "", NULL},
                 {"The report", "", NULL},
                 {"Data", "", "moat.data"},
                 {"Methods of data", "t:", "any"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const moat_lua_group *group = find_group(parts[i].group);
        if (group->name != NULL)
            print_group(file, group, parts[i].prefix, parts[i].result);
    }
}

static const char beginning[] =
    "---What a quantity is expected as: a quantity, a literal such as \"12 to 15 $bn\", or a "
    "number,\n"
    "---which has no unit.\n"
    "---@alias moat.value moat.quantity|string|number\n\n"
    "---A value with a unit that may vary over samples and periods.\n"
    "---@class moat.quantity\n"
    "---@field [integer] moat.quantity of a period; 0 is the opening\n"
    "---@operator add(moat.value): moat.quantity\n"
    "---@operator sub(moat.value): moat.quantity\n"
    "---@operator mul(moat.value): moat.quantity\n"
    "---@operator div(moat.value): moat.quantity\n"
    "---@operator mod(moat.value): moat.quantity\n"
    "---@operator pow(moat.value): moat.quantity\n"
    "---@operator unm: moat.quantity\n"
    "---@operator band(moat.value): moat.quantity\n"
    "---@operator bor(moat.value): moat.quantity\n"
    "---@operator bnot: moat.quantity\n"
    "---@operator len: integer\n"
    "local quantity = {}\n\n"
    "---Plain numbers in `unit`, or arrays of them by period.\n"
    "---@class moat.summary\n"
    "---@field unit string\n"
    "---@field mean any\n---@field sd any\n---@field mcse any\n"
    "---@field p5 any\n---@field p25 any\n---@field p50 any\n---@field p75 any\n---@field p95 any\n"
    "---@field min any\n---@field max any\n\n"
    "---A table of data: its columns by their names, its rows by their numbers.\n"
    "---@class moat.data\n"
    "---@field [integer] table\n"
    "---@field [string] any\n"
    "local t = {}\n\n"
    "---Tables of data.\n"
    "data = {}\n\n"
    "---Distributions, from Lua.\n"
    "dist = {}\n\n"
    "---What a report says beside the outputs.\n"
    "report = {}\n\n"
    "---The length of a period, once there is a horizon.\n"
    "---@type moat.quantity\n"
    "dt = nil\n\n";

/* The type of the objects that "pricing.tiers" makes: that whose methods say "made by
 * pricing.tiers", or have its name; NULL where there is none. */
static const char *made_by(const moat_lua *lua, const char *function) {
    static const char title[] = "Methods of ";
    const moat_lua_group *group;
    const char *name = strrchr(function, '.') + 1, *found = NULL;
    for (size_t i = 0; (group = moat_lua_library_group(lua, i)) != NULL; i++) {
        if (!begins(group->name, title))
            continue;
        const char *type = strchr(group->name + strlen(title), ' ') + 1;
        const char *maker = strstr(group->doc, "made by ");
        maker = maker != NULL ? maker + strlen("made by ") : "";
        if (begins(maker, function) && !moati_in_word(maker[strlen(function)]))
            return type;
        if (strcmp(type, name) == 0)
            found = type;
    }
    return found;
}

static void print_functions(FILE *file, const moat_lua *lua, const moat_lua_group *group) {
    char result[80];
    for (const moat_lua_function *f = group->functions; f->name != NULL; f++) {
        const char *type = strchr(f->name, '.') != NULL ? made_by(lua, f->name) : NULL;
        snprintf(result, sizeof result, "%s%s", type != NULL ? "moat." : "any",
                 type != NULL ? type : "");
        print_described(file, f, result);
    }
}

/* A module, or a type of the objects that modules make. */
static void print_chapter(FILE *file, const moat_lua *lua, const moat_lua_group *group) {
    const char *name = group->functions->name;
    if (name == NULL)
        return;
    const int length = (int)moati_word_length(name);
    fprintf(file, "---%s\n", group->doc);
    if (name[length] == ':')
        fprintf(file, "---@class moat.%.*s\ndo local %.*s = {}\n\n", length, name, length, name);
    else
        fprintf(file, "%.*s = {}\n\n", length, name);
    print_functions(file, lua, group);
    if (name[length] == ':')
        fputs("end\n\n", file);
}

moat_status moati_annotations_print(FILE *file, moat_error *error) {
    moat_model *model = moat_model_new(error);
    moat_lua *lua =
        model ? moat_lua_new(model, &(moat_lua_options){.modules = moat_modules}, error) : NULL;
    const moat_status status = lua != NULL ? moat_lua_load_library(lua, error) : error->status;
    const moat_lua_group *group;
    if (status == MOAT_OK) {
        fprintf(file, "---@meta\n\n-- The vocabulary of Moat %s.\n\n%s", MOAT_VERSION, beginning);
        print_language(file);
    }
    for (size_t i = 0; status == MOAT_OK && (group = moat_lua_library_group(lua, i)) != NULL; i++)
        print_chapter(file, lua, group);
    moat_lua_free(lua);
    moat_model_free(model);
    return status;
}
