/* Reading a script's file whole. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regular.h"
#include "state.h"

static moat_status read_failed(moat_error *error, const char *path, const char *why) {
    const moat_status status = errno == ENOMEM ? MOAT_NO_MEMORY : MOAT_SYSTEM;
    return moat_fail(error, status, "%s cannot be read: %s", path, why);
}

static moat_status read_open(FILE *file, const char *path, size_t limit, char **text,
                             size_t *length, moat_error *error) {
    size_t capacity = 1 << 16, used = 0;
    char *buffer = malloc(capacity);
    while (buffer != NULL) {
        used += fread(buffer + used, 1, capacity - 1 - used, file);
        if (ferror(file)) {
            free(buffer);
            return read_failed(error, path, strerror(errno));
        }
        if (used > limit) {
            free(buffer);
            return moat_fail(error, MOAT_LIMIT, "%s is longer than %zu bytes", path, limit);
        }
        if (used < capacity - 1) {
            buffer[used] = '\0';
            *text = buffer;
            *length = used;
            return MOAT_OK;
        }
        capacity *= 2;
        char *grown = realloc(buffer, capacity);
        if (grown == NULL)
            free(buffer);
        buffer = grown;
    }
    return moat_fail(error, MOAT_NO_MEMORY, "no memory to read %s", path);
}

moat_status moati_read_text(const char *path, size_t limit, char **text, size_t *length,
                            moat_error *error) {
    const char *why;
    FILE *file = moati_open_regular(path, &why);
    if (file == NULL)
        return read_failed(error, path, why);
    moat_status status = read_open(file, path, limit, text, length, error);
    fclose(file);
    return status;
}
