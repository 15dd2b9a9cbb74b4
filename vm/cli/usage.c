/* Reads usages: "walk(name, { start = })", "q \"12 $bn\"". */
#include "usage.h"

#include <string.h>

bool moati_in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

size_t moati_word_length(const char *text) {
    size_t length = 0;
    while (moati_in_word(text[length]))
        length++;
    return length;
}

typedef void take_parameter(FILE *file, const char *name, size_t length, size_t index);

static void print_name(FILE *file, const char *name, size_t length, size_t index) {
    fprintf(file, "%s%.*s", index > 0 ? ", " : "", (int)length, name);
}

/* What the usages of the language call their arguments is what they are. */
static const char *type_of(const char *name, size_t length) {
    static const char *const types[][2] = {{"x", "moat.value"},
                                           {"y", "moat.value"},
                                           {"a", "moat.value"},
                                           {"b", "moat.value"},
                                           {"low", "moat.value"},
                                           {"high", "moat.value"},
                                           {"mode", "moat.value"},
                                           {"mean", "moat.value"},
                                           {"sd", "moat.value"},
                                           {"rate", "moat.value"},
                                           {"start", "moat.value"},
                                           {"initial", "moat.value"},
                                           {"p", "moat.value"},
                                           {"name", "string"},
                                           {"unit", "string"},
                                           {"t", "integer"},
                                           {"n", "integer"},
                                           {"options", "table"},
                                           {"condition", "moat.value|boolean"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strlen(types[i][0]) == length && memcmp(types[i][0], name, length) == 0)
            return types[i][1];
    return "any";
}

static void print_type(FILE *file, const char *name, size_t length, size_t index) {
    (void)index;
    const bool is_rest = name[0] == '.';
    fprintf(file, "---@param %.*s%s %s\n", (int)length, name, is_rest ? "" : "?",
            type_of(name, length));
}

/* What stands for an argument that is no plain name. */
static void take_argument(FILE *file, take_parameter *take, const char *argument, size_t index) {
    static const char table[] = "options", text[] = "text", rest[] = "...";
    if (strncmp(argument, rest, strlen(rest)) == 0)
        take(file, rest, strlen(rest), index);
    else if (argument[0] == '{')
        take(file, table, strlen(table), index);
    else if (moati_word_length(argument) > 0)
        take(file, argument, moati_word_length(argument), index);
    else
        take(file, text, strlen(text), index);
}

static const char *end_of_argument(const char *at) {
    for (int depth = 0; *at != '\0'; at++) {
        depth += *at == '{' || *at == '(';
        if (depth == 0 && (*at == ',' || *at == ')'))
            break;
        depth -= *at == '}' || *at == ')';
    }
    return at;
}

static void each_parameter(FILE *file, const char *usage, const char *name, take_parameter *take) {
    const char *at = strstr(usage, name);
    at = at != NULL ? at + strlen(name) : "";
    if (strstr(at, name) != NULL) { /* it is written in several ways */
        take_argument(file, take, "...", 0);
        return;
    }
    while (*at == ' ')
        at++;
    if (*at == '{' || *at == '"') {
        take_argument(file, take, at, 0);
        return;
    }
    for (size_t i = 0; *at == '(' || *at == ','; i++) {
        at += 1 + strspn(at + 1, " ");
        if (*at == ')')
            return;
        take_argument(file, take, at, i);
        at = end_of_argument(at);
    }
}

void moati_usage_print_types(FILE *file, const char *usage, const char *name) {
    each_parameter(file, usage, name, print_type);
}

void moati_usage_print_names(FILE *file, const char *usage, const char *name) {
    each_parameter(file, usage, name, print_name);
}
