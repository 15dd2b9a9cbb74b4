/* Reading a script whole, and showing the line, and the place in a literal, that an error is
 * about. *script owns its text and folder. */
#include "script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "regular.h"
#include "screen.h"
#include "status.h"

enum { LONGEST_SCRIPT = 8 << 20, WIDEST_LINE = 160 };

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

static moat_status cannot_read(const char *path, const char *why, moat_error *error) {
    return moat_fail(error, MOAT_SYSTEM, "cannot read %.300s: %s", path, why);
}

/* A path that leads nowhere, where the one with ".lua" leads to a script. */
static moat_status cannot_open(const char *path, const char *why, moat_error *error) {
    const bool is_missing = errno == ENOENT;
    if (errno == ENOMEM)
        return no_memory(error);
    const size_t size = strlen(path) + sizeof ".lua";
    char *longer = malloc(size);
    if (longer == NULL)
        return no_memory(error);
    snprintf(longer, size, "%s.lua", path);
    const bool meant = is_missing && access(longer, R_OK) == 0;
    free(longer);
    if (!meant)
        return cannot_read(path, why, error);
    return moat_fail(error, MOAT_SYSTEM, "there is no %.200s; did you mean %.200s.lua?", path,
                     path);
}

static moat_status read_all(FILE *file, moati_script *script, moat_error *error) {
    size_t capacity = 0;
    for (;;) {
        if (script->length + 1 >= capacity) {
            capacity = capacity == 0 ? 1 << 14 : 2 * capacity;
            char *grown = realloc(script->text, capacity);
            if (grown == NULL)
                return no_memory(error);
            script->text = grown;
        }
        size_t count = fread(script->text + script->length, 1, capacity - 1 - script->length, file);
        script->length += count;
        script->text[script->length] = '\0';
        if (ferror(file))
            return cannot_read(script->name, strerror(errno), error);
        if (count == 0)
            return MOAT_OK;
        if (script->length > LONGEST_SCRIPT)
            return moat_fail(error, MOAT_LIMIT, "%.300s is longer than the %d MiB that are allowed",
                             script->name, LONGEST_SCRIPT >> 20);
    }
}

const char *moati_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

char *moati_script_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static moat_status read_file(moati_script *script, moat_error *error) {
    script->folder = moati_script_folder(script->path);
    if (script->folder == NULL)
        return no_memory(error);
    const char *why;
    FILE *file = moati_open_regular(script->path, &why);
    if (file == NULL)
        return cannot_open(script->path, why, error);
    moat_status status = read_all(file, script, error);
    fclose(file);
    return status;
}

static moat_status read_by(const moat_lua_reader *reader, const char *folder, moati_script *script,
                           moat_error *error) {
    script->reader = reader;
    script->folder = strdup(folder);
    if (script->folder == NULL)
        return no_memory(error);
    return reader->read(reader->context, script->path, &script->text, &script->length, error);
}

moat_status moati_script_read_by(const moat_lua_reader *reader, const char *path,
                                 const char *folder, moati_script *script, moat_error *error) {
    *script = (moati_script){.path = path, .name = path};
    if (reader != NULL)
        return read_by(reader, folder, script, error);
    if (strcmp(path, "-") != 0)
        return read_file(script, error);
    script->name = "standard input";
    return read_all(stdin, script, error);
}

moat_status moati_script_read(const char *path, moati_script *script, moat_error *error) {
    return moati_script_read_by(NULL, path, NULL, script, error);
}

void moati_script_free(moati_script *script) {
    free(script->text);
    free(script->folder);
}

/* Line `number` of a text, shortened and cleaned. Allocated; NULL where there is none. */
static char *find_line(const char *text, int number) {
    for (int line = 1; line < number && text != NULL; line++) {
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    if (text == NULL)
        return NULL;
    size_t length = strcspn(text, "\r\n");
    char *raw = malloc(length + 1);
    if (raw == NULL)
        return NULL;
    memcpy(raw, text, length);
    raw[length] = '\0';
    /* Tabs are characters of one column here, so that a line stays one line. */
    for (char *tab = raw; (tab = strchr(tab, '\t')) != NULL;)
        *tab = ' ';
    char *clean = moati_text_clean(raw, false);
    free(raw);
    char *cut = clean == NULL ? NULL : moati_text_cut(clean, WIDEST_LINE, "...");
    free(clean);
    return cut;
}

static void print_line(const char *text, int number) {
    char *line = find_line(text, number);
    if (line != NULL && line[strspn(line, " ")] != '\0')
        fprintf(stderr, "%6d | %s\n", number, line);
    free(line);
}

/* A literal that does not parse, and how far from its first character the mistake is. */
typedef struct literal_place {
    const char *text;
    size_t length;
    int column;
} literal_place;

static bool find_literal(const char *message, literal_place *place) {
    static const char margin[] = "\n" MOAT_LUA_MARGIN;
    const char *first = strstr(message, margin);
    const char *second = first == NULL ? NULL : strstr(first + 1, margin);
    if (second == NULL)
        return false;
    place->text = first + strlen(margin);
    place->length = (size_t)(second - place->text);
    place->column = (int)strcspn(second + strlen(margin), "^");
    return true;
}

/* Where a line has the literal after a quotation mark; NULL where it has not. */
static char *literal_in(char *line, const literal_place *place) {
    for (char *at = line; (at = strpbrk(at, "\"'")) != NULL;) {
        at++;
        if (strncmp(at, place->text, place->length) == 0)
            return at;
    }
    return NULL;
}

/* The line from `number` on that has the literal: a call is reported at its first line, and
 * its literals may stand on later ones. 0 where none has it. */
static int find_literal_line(const char *text, int number, const literal_place *place) {
    enum { LINES_OF_A_CALL = 400 };
    for (int last = number + LINES_OF_A_CALL; number <= last; number++) {
        char *line = find_line(text, number);
        const bool found = line != NULL && literal_in(line, place) != NULL;
        free(line);
        if (line == NULL)
            return 0;
        if (found)
            return number;
    }
    return 0;
}

static void print_caret(const char *text, int number, const literal_place *place) {
    char *line = find_line(text, number);
    char *at = line == NULL ? NULL : literal_in(line, place);
    if (at != NULL) {
        *at = '\0';
        fprintf(stderr, "       | %*s\n", (int)moati_text_width(line) + place->column + 1, "^");
    }
    free(line);
}

/* The message with its place, and the line of the script. */
static void complain_at(const char *text, const moat_script_error *failure) {
    literal_place place;
    const bool literal = find_literal(failure->message, &place);
    const int line = literal ? find_literal_line(text, failure->line, &place) : 0;
    const int shown = line > 0 ? line : failure->line;
    const int length = line > 0 ? (int)strcspn(failure->message, "\n") : -1;
    moati_complain("%s:%d: %.*s", failure->file, shown, length, failure->message);
    if (line > 0 || !literal)
        print_line(text, shown);
    if (line > 0)
        print_caret(text, line, &place);
}

void moati_script_complain(const moati_script *script, const moat_script_error *failure,
                           const moat_error *error) {
    if (failure->message[0] == '\0') {
        moati_complain("%s", error->message);
        return;
    }
    if (failure->line == 0) {
        moati_complain("%s", failure->message);
        return;
    }
    if (strcmp(failure->file, script->name) == 0) {
        complain_at(script->text, failure);
        return;
    }
    moati_script other = {.text = NULL};
    /* Without its text the message stands alone, as it must where the script made up the name. */
    if (failure->is_file)
        (void)moati_script_read_by(script->reader, failure->file, "", &other, NULL);
    complain_at(other.text == NULL ? "" : other.text, failure);
    moati_script_free(&other);
}
