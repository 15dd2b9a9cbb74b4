/* Replacing a file by a new one in the same folder, with the permissions of the old. The new one
 * has no name while it is written, where the file system can do that: what ends the process then
 * leaves nothing behind. It is given a name for the moment of the renaming. */
#define _GNU_SOURCE /* realpath, O_TMPFILE */
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

/* A file that is being written. */
typedef struct draft {
    int descriptor;
    bool named;
    char *folder, *name; /* owned; the name is one that it has, or may be given */
    size_t size;         /* of the name */
} draft;

static void name_draft(draft *d, const char *path, int attempt) {
    const char *slash = strrchr(path, '/');
    snprintf(d->name, d->size, "%s.%s.%ld-%d", d->folder, slash == NULL ? path : slash + 1,
             (long)getpid(), attempt);
}

static bool create_named(draft *d, const char *path) {
    for (int i = 0; i < ATTEMPTS && d->descriptor < 0; i++) {
        name_draft(d, path, i);
        d->descriptor = open(d->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (d->descriptor < 0 && errno != EEXIST)
            break;
    }
    d->named = d->descriptor >= 0;
    return d->named;
}

static bool create(draft *d, const char *path) {
#ifdef O_TMPFILE
    if (access("/proc/self/fd", X_OK) == 0) /* a name is given through there */
        d->descriptor = open(d->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (d->descriptor >= 0)
        return true;
#endif
    return create_named(d, path);
}

/* Gives the draft a name; false where the system cannot. */
static bool link_draft(draft *d, const char *path) {
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", d->descriptor);
    for (int i = 0; i < ATTEMPTS && !d->named; i++) {
        name_draft(d, path, i);
        d->named = linkat(AT_FDCWD, self, AT_FDCWD, d->name, AT_SYMLINK_FOLLOW) == 0;
        if (!d->named && errno != EEXIST)
            break;
    }
    return d->named;
}

/* A rename is on the disk once its folder is. */
void moati_write_sync_folder(const char *folder) {
    int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

static bool fill(const draft *d, const struct stat *old, const void *data, size_t length) {
    if (old != NULL && fchmod(d->descriptor, old->st_mode & 0777) != 0)
        return false;
    return write_all(d->descriptor, data, length) && fsync(d->descriptor) == 0;
}

/* Puts the finished draft in the place of the old file; closes it. */
static bool put_in_place(draft *d, const char *path) {
    const bool linked = link_draft(d, path);
    const int reason = errno, closed = close(d->descriptor);
    d->descriptor = -1;
    if (!linked) {
        errno = reason;
        return false;
    }
    return closed == 0 && rename(d->name, path) == 0;
}

static moat_status write_draft(draft *d, const char *path, const struct stat *old, const void *data,
                               size_t length, moat_error *error) {
    if (!create(d, path))
        return moati_write_fail(error, "create a file beside", path);
    if (fill(d, old, data, length) && put_in_place(d, path)) {
        moati_write_sync_folder(d->folder);
        return MOAT_OK;
    }
    const moat_status status = moati_write_fail(error, "write", path);
    const int reason = errno;
    if (d->descriptor >= 0)
        close(d->descriptor);
    if (d->named)
        unlink(d->name);
    errno = reason;
    return status;
}

moat_status moati_write_new(const char *path, const struct stat *old, const void *data,
                            size_t length, moat_error *error) {
    const draft d = {.descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)};
    if (d.descriptor < 0)
        return moati_write_fail(error, "create", path);
    const bool filled = fill(&d, old, data, length);
    const int reason = errno;
    if (close(d.descriptor) == 0 && filled)
        return MOAT_OK;
    if (!filled)
        errno = reason;
    const moat_status status = moati_write_fail(error, "write", path);
    unlink(path);
    return status;
}

static moat_status replace(const char *path, const struct stat *old, const void *data,
                           size_t length, moat_error *error) {
    draft d = {.descriptor = -1, .folder = folder_of(path)};
    d.size = d.folder == NULL ? 0 : strlen(path) + strlen(d.folder) + 48;
    d.name = d.folder == NULL ? NULL : malloc(d.size);
    const moat_status status = d.name != NULL ? write_draft(&d, path, old, data, length, error)
                                              : moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    free(d.name);
    free(d.folder);
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
