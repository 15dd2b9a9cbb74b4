/* Replacing a file by a new one beside it, with the permissions of the old. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 100 };

moat_status moati_write_fail(moat_error *error, const char *doing, const char *path) {
    int reason = errno;
    const moat_status status = reason == ENOMEM ? MOAT_NO_MEMORY : MOAT_SYSTEM;
    moat_fail(error, status, "cannot %s %.300s: %s", doing, path, strerror(reason));
    errno = reason;
    return status;
}

static bool write_all(int descriptor, const char *data, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, data, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        length -= (size_t)written;
    }
    return true;
}

moat_status moati_write_descriptor(int descriptor, const void *data, size_t length,
                                   moat_error *error) {
    if (write_all(descriptor, data, length))
        return MOAT_OK;
    return moati_write_fail(error, "write", "the results");
}

/* The folder of a path, with its slash; "./" where it names none. Allocated. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 2 : (size_t)(slash - path) + 1;
    char *folder = malloc(length + 1);
    if (folder == NULL)
        return NULL;
    memcpy(folder, slash == NULL ? "./" : path, length);
    folder[length] = '\0';
    return folder;
}

/* Creates a file beside `path` under a name of its own; writes the name, which is allocated. */
static int create_beside(const char *path, const char *folder, char **name) {
    const char *slash = strrchr(path, '/');
    size_t size = strlen(path) + strlen(folder) + 48;
    *name = malloc(size);
    if (*name == NULL)
        return -1;
    int descriptor = -1;
    for (int i = 0; i < ATTEMPTS && descriptor < 0; i++) {
        snprintf(*name, size, "%s.%s.%ld-%d", folder, slash == NULL ? path : slash + 1,
                 (long)getpid(), i);
        descriptor = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno != EEXIST)
            break;
    }
    return descriptor;
}

/* A rename is on the disk once its folder is. */
void moati_write_sync_folder(const char *folder) {
    int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

/* Everything before the rename; closes the descriptor. */
static bool fill(int descriptor, const struct stat *old, const void *data, size_t length) {
    bool done = old == NULL || fchmod(descriptor, old->st_mode & 0777) == 0;
    done = done && write_all(descriptor, data, length) && fsync(descriptor) == 0;
    int reason = errno;
    if (close(descriptor) != 0 && done)
        return false;
    errno = reason;
    return done;
}

moat_status moati_write_new(const char *path, const struct stat *old, const void *data,
                            size_t length, moat_error *error) {
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return moati_write_fail(error, "create", path);
    if (fill(descriptor, old, data, length))
        return MOAT_OK;
    moati_write_fail(error, "write", path);
    unlink(path);
    return MOAT_SYSTEM;
}

static moat_status replace(const char *path, const struct stat *old, const void *data,
                           size_t length, moat_error *error) {
    moat_status status = MOAT_OK;
    char *name = NULL, *folder = folder_of(path);
    int descriptor = folder == NULL ? -1 : create_beside(path, folder, &name);
    if (folder == NULL || name == NULL) {
        status = moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    } else if (descriptor < 0) {
        status = moati_write_fail(error, "create a file beside", path);
    } else if (!fill(descriptor, old, data, length) || rename(name, path) != 0) {
        status = moati_write_fail(error, "write", path);
        unlink(name);
    } else {
        moati_write_sync_folder(folder);
    }
    free(name);
    free(folder);
    return status;
}

static moat_status write_special(const char *path, const void *data, size_t length,
                                 moat_error *error) {
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return moati_write_fail(error, "open", path);
    bool done = write_all(descriptor, data, length);
    if (close(descriptor) != 0 || !done)
        return moati_write_fail(error, "write", path);
    return MOAT_OK;
}

moat_status moati_write_file(const char *path, const void *data, size_t length, moat_error *error) {
    struct stat old;
    if (stat(path, &old) != 0)
        return replace(path, NULL, data, length, error);
    if (!S_ISREG(old.st_mode))
        return write_special(path, data, length, error);
    /* The file that a symbolic link leads to is replaced, not the link. */
    char *target = realpath(path, NULL);
    if (target == NULL)
        return moati_write_fail(error, "find", path);
    moat_status status = replace(target, &old, data, length, error);
    free(target);
    return status;
}
