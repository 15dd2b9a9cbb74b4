#include "script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"
#include "status.h"

enum { LONGEST_SCRIPT = 8 << 20, WIDEST_LINE = 160 };

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

static moat_status cannot_read(const char *path, moat_error *error) {
    return moat_fail(error, MOAT_SYSTEM, "cannot read %.300s: %s", path, strerror(errno));
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
            return cannot_read(script->name, error);
        if (count == 0)
            return MOAT_OK;
        if (script->length > LONGEST_SCRIPT)
            return moat_fail(error, MOAT_LIMIT, "%.300s is longer than the %d MiB that are allowed",
                             script->name, LONGEST_SCRIPT >> 20);
    }
}

static moat_status read_file(moati_script *script, moat_error *error) {
    const char *slash = strrchr(script->path, '/');
    size_t length = slash == NULL ? 1 : slash == script->path ? 1 : (size_t)(slash - script->path);
    script->folder = malloc(length + 1);
    if (script->folder == NULL)
        return no_memory(error);
    memcpy(script->folder, slash == NULL ? "." : script->path, length);
    script->folder[length] = '\0';
    FILE *file = fopen(script->path, "r");
    if (file == NULL)
        return cannot_read(script->path, error);
    moat_status status = read_all(file, script, error);
    fclose(file);
    return status;
}

moat_status moati_script_read(const char *path, moati_script *script, moat_error *error) {
    *script = (moati_script){.path = path, .name = path};
    if (strcmp(path, "-") != 0)
        return read_file(script, error);
    script->name = "standard input";
    return read_all(stdin, script, error);
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
    moati_complain("%s:%d: %s", failure->file, failure->line, failure->message);
    if (strcmp(failure->file, script->name) == 0) {
        print_line(script->text, failure->line);
        return;
    }
    moati_script other;
    if (moati_script_read(failure->file, &other, NULL) == MOAT_OK)
        print_line(other.text, failure->line);
    moati_script_free(&other);
}
