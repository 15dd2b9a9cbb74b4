/* Opens without waiting, then looks at what it has opened: a path may name something else a
 * moment later. The caller owns the file. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "regular.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FILE *open_regular(int descriptor, const char **why) {
    struct stat about;
    if (fstat(descriptor, &about) == 0 && !S_ISREG(about.st_mode)) {
        *why = S_ISDIR(about.st_mode) ? "it is a folder" : "it is not a regular file";
        errno = 0;
        return NULL;
    }
    return fdopen(descriptor, "rb");
}

FILE *moati_open_regular(const char *path, const char **why) {
    *why = NULL;
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    FILE *file = descriptor < 0 ? NULL : open_regular(descriptor, why);
    const int reason = errno;
    if (file == NULL && descriptor >= 0)
        close(descriptor);
    errno = reason;
    if (file == NULL && *why == NULL)
        *why = strerror(reason);
    return file;
}

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

/* Paths are resolved before they are opened: a symbolic link must not lead out of the folder. */
static bool is_inside(const char *folder, const char *file) {
    const size_t length = strlen(folder);
    const bool is_root = strcmp(folder, "/") == 0;
    return strncmp(file, folder, length) == 0 && (is_root || file[length] == '/');
}

moat_status moati_read_below(const char *folder, const char *path, size_t limit, char **text,
                             size_t *length, moat_error *error) {
    moat_status status = MOAT_OK;
    char *real_folder = realpath(folder, NULL), *real_file = realpath(path, NULL);
    if (real_folder == NULL || real_file == NULL)
        status = moat_fail(error, errno == ENOMEM ? MOAT_NO_MEMORY : MOAT_UNKNOWN,
                           "%s cannot be read: %s", path, strerror(errno));
    else if (!is_inside(real_folder, real_file))
        status = moat_fail(error, MOAT_INVALID, "%s is outside of the script's folder", path);
    free(real_folder);
    free(real_file);
    return status == MOAT_OK ? moati_read_text(path, limit, text, length, error) : status;
}
