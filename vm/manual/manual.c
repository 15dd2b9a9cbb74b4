/* Prints the reference of the language, docs/reference.md, from the tables that its functions
 * are registered from. A test compares the committed page with what this prints. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "moat/lua.h"
#include "moat/sample.h"

static void print_block(const char *language, const char *text) {
    const size_t length = strlen(text);
    const char *end = length && text[length - 1] == '\n' ? "" : "\n";
    printf("\n```%s\n%s%s```\n", language, text, end);
}

/* A line of documentation as a sentence. */
static void print_sentence(const char *text) {
    printf("\n%c%s.\n", toupper((unsigned char)text[0]), text + 1);
}

static void print_function(const moat_lua_function *function) {
    printf("\n### `%s`\n", function->usage);
    print_sentence(function->doc);
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

int main(void) {
    printf(
        "# Reference\n\n"
        "Every function of the language, from the tables that the program itself uses; each "
        "example is run as a test. For the ideas behind them see [the language](language.md).\n");
    for (const moat_lua_group *group = moat_lua_groups(); group->name; group++) {
        printf("\n## %s\n", group->name);
        print_sentence(group->doc);
        for (const moat_lua_function *f = group->functions; f->name; f++)
            print_function(f);
    }
    print_families();
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
