/* Prints the reference of the language, docs/reference.md, from the tables that its functions
 * are registered from. A test compares the committed page with what this prints. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "moat/lua.h"
#include "moat/sample.h"
#include "modules.h"

static void print_block(const char *language, const char *text) {
    const size_t length = strlen(text);
    const char *end = length && text[length - 1] == '\n' ? "" : "\n";
    printf("\n```%s\n%s%s```\n", language, text, end);
}

/* A line of documentation as a sentence. */
static void print_sentence(const char *text) {
    const size_t length = strlen(text);
    const bool ends = length > 0 && text[length - 1] == '.';
    printf("\n%c%s%s\n", toupper((unsigned char)text[0]), text + 1, ends ? "" : ".");
}

static void print_unit(const moat_lua_argument *a) {
    static const char *const kinds[MOAT_LUA_KINDS] = {
        [MOAT_LUA_RATE] = "a rate per year",        [MOAT_LUA_CONDITION] = "a condition",
        [MOAT_LUA_DISTRIBUTION] = "a distribution", [MOAT_LUA_PERIOD] = "a period",
        [MOAT_LUA_COUNT] = "a whole number",        [MOAT_LUA_TEXT] = "a text",
        [MOAT_LUA_TRUTH] = "true or false",
    };
    if (a->kind == MOAT_LUA_WORD)
        for (const char *const *word = a->words; *word; word++)
            printf("%s`\"%s\"`", word == a->words ? "" : ", ", *word);
    else if (kinds[a->kind])
        printf("%s", kinds[a->kind]);
    else if (a->kind != MOAT_LUA_ANY)
        printf("%s%s",
               a->unit[0] == '\0'     ? "any"
               : strcmp(a->unit, "1") ? a->unit
                                      : "no unit",
               a->kind == MOAT_LUA_SCALAR ? ", one value" : "");
}

static void print_arguments(const char *title, const moat_lua_argument *arguments) {
    if (!arguments || !arguments->name)
        return;
    printf("\n| %s | unit | left out | |\n|---|---|---|---|\n", title);
    for (const moat_lua_argument *a = arguments; a->name; a++) {
        printf("| `%s` | ", a->name);
        print_unit(a);
        printf(" | %s | %s |\n", a->required ? "an error" : a->fallback ? a->fallback : "", a->doc);
    }
}

/* Methods are asked for a period or for all: said once, before them. */
static bool is_period_alone(const moat_lua_argument *takes) {
    return takes && takes[0].name && takes[0].kind == MOAT_LUA_PERIOD && !takes[0].required &&
           !takes[1].name;
}

static void print_signature(const moat_lua_signature *signature) {
    if (!signature)
        return;
    if (!is_period_alone(signature->takes))
        print_arguments("argument", signature->takes);
    print_arguments("option", signature->options);
    print_arguments("in each row", signature->rows);
    print_arguments("in each entry", signature->named);
}

static void print_function(const moat_lua_function *function) {
    printf("\n### `%s`\n", function->usage);
    print_sentence(function->doc);
    print_signature(function->signature);
    if (function->example)
        print_block("lua", function->example);
    if (function->example && function->result && *function->result)
        print_block("text", function->result);
}

static void print_families(void) {
    printf("\n## Distributions in literals\n\n"
           "`\"NAME(parameters) unit\"`, where the unit applies to the parameters in *italics* "
           "or, where there is none, to the value.\n\n"
           "| literal | |\n|---|---|\n");
    for (moat_family family = 0; family < MOAT_FAMILY_COUNT; family++) {
        const moat_family_info *info = moat_family_describe(family);
        if (info->parameters == 0)
            continue;
        printf("| %s(", info->name);
        for (unsigned i = 0; i < info->parameters; i++) {
            const char *mark = info->has_unit[i] ? "*" : "";
            printf("%s%s%s%s", i ? ", " : "", mark, info->parameter[i], mark);
        }
        printf(") | %s |\n", info->doc);
    }
}

static void print_group(const moat_lua_group *group) {
    printf("\n## %s\n", group->name);
    print_sentence(group->doc);
    for (const moat_lua_function *f = group->functions; f->name; f++)
        print_function(f);
}

/* What the modules of the library registered in a state. */
static bool print_library(void) {
    moat_error error;
    moat_model *model = moat_model_new(&error);
    moat_lua *lua =
        model ? moat_lua_new(model, &(moat_lua_options){.modules = moat_modules}, &error) : NULL;
    const bool loaded = lua && moat_lua_load_library(lua, &error) == MOAT_OK;
    const moat_lua_group *group;
    for (size_t i = 0; loaded && (group = moat_lua_library_group(lua, i)); i++)
        print_group(group);
    if (!loaded)
        fprintf(stderr, "%s\n", error.message);
    moat_lua_free(lua);
    moat_model_free(model);
    return loaded;
}

int main(void) {
    printf(
        "# Reference\n\n"
        "Every function of the language, from the tables that the program itself uses; each "
        "example is run as a test. For the ideas behind them see [the language](language.md).\n");
    for (const moat_lua_group *group = moat_lua_groups(); group->name; group++)
        print_group(group);
    print_families();
    printf(
        "\n## The library\n\n"
        "The modules that follow are loaded when a script first names them. Their objects are "
        "asked with methods: of one period, as in `fleet:online(t)`, or of all, `fleet:online()`, "
        "which is a series.\n");
    const bool printed = print_library();
    return !printed || ferror(stdout) || fflush(stdout) ? 1 : 0;
}
