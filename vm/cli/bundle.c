/* Replacing a report: what is written first, and in which order it takes the place of the old. */
#define _GNU_SOURCE /* flock, and renameat2, which exchanges two folders in one step */
#include "bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "write.h"

/* Everything that is named beside the report, and what is to be done. */
typedef struct replacement {
    const moati_bundle *bundle;
    moati_buffer parent; /* "scripts", "." */
    moati_buffer new_text, new_folder,
        old;  /* "scripts/.x.report.md.new" ...; the folder that was */
    int lock; /* of the parent, while it is open; else -1 */
    bool text_changed, pictures_changed, was_folder;
    struct stat status; /* of the document that is there */
    bool was_text;
} replacement;

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

/* "folder/x.md" and ".new" give "folder/.x.md.new". */
static void name_beside(moati_buffer *name, const char *path, const char *suffix) {
    const char *slash = strrchr(path, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    moati_buffer_add(name, path, folder);
    moati_buffer_print(name, ".%s%s", path + folder, suffix);
}

static moat_status name_all(replacement *r, moat_error *error) {
    const moati_bundle *bundle = r->bundle;
    const char *slash = strrchr(bundle->path, '/');
    moati_buffer_add(&r->parent, slash == NULL ? "." : bundle->path,
                     slash == NULL || slash == bundle->path ? 1 : (size_t)(slash - bundle->path));
    name_beside(&r->new_text, bundle->path, ".new");
    if (bundle->folder != NULL) {
        name_beside(&r->new_folder, bundle->folder, ".new");
        name_beside(&r->old, bundle->folder, ".old");
    }
    const bool failed =
        r->parent.failed || r->new_text.failed || r->new_folder.failed || r->old.failed;
    return failed ? no_memory(error) : MOAT_OK;
}

/* Two processes that write into one folder do so one after the other. A file system that knows no
 * locks has to do without. */
static moat_status lock_parent(replacement *r, moat_error *error) {
    r->lock = open(r->parent.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (r->lock < 0)
        return moati_write_fail(error, "write into", r->parent.text);
    while (flock(r->lock, LOCK_EX) != 0 && errno == EINTR) {
    }
    return MOAT_OK;
}

/* Removes a folder that holds pictures alone, if it is there. */
static moat_status remove_folder(const char *folder, moat_error *error) {
    moati_listing listing;
    moat_status status = moati_listing_read(folder, &listing, error);
    for (size_t i = 0; i < listing.count && status == MOAT_OK; i++) {
        moati_buffer path = {.text = NULL};
        moati_buffer_print(&path, "%s/%s", folder, listing.names[i]);
        if (path.failed)
            status = no_memory(error);
        else if (unlink(path.text) != 0 && errno != ENOENT)
            status = moati_write_fail(error, "remove", path.text);
        moati_buffer_free(&path);
    }
    if (status == MOAT_OK && listing.exists && rmdir(folder) != 0)
        status = moati_write_fail(error, "remove", folder);
    moati_listing_free(&listing);
    return status;
}

/* What a process that was killed has left. */
static moat_status remove_leftovers(const replacement *r, moat_error *error) {
    if (unlink(r->new_text.text) != 0 && errno != ENOENT)
        return moati_write_fail(error, "remove", r->new_text.text);
    if (r->bundle->folder == NULL)
        return MOAT_OK;
    moat_status status = remove_folder(r->new_folder.text, error);
    return status == MOAT_OK ? remove_folder(r->old.text, error) : status;
}

/* --- What has changed. */

static moat_status differs(const char *path, const char *text, size_t length, bool *changed,
                           moat_error *error) {
    moati_buffer old = {.text = NULL};
    bool exists;
    moat_status status = moati_bundle_read(path, &old, &exists, error);
    *changed = !exists || old.length != length || memcmp(old.text, text, length) != 0;
    moati_buffer_free(&old);
    return status;
}

static moat_status survey_pictures(replacement *r, moat_error *error) {
    const moati_bundle *bundle = r->bundle;
    const size_t count = moati_document_pictures(bundle->document);
    moati_listing listing;
    moat_status status = moati_listing_read(bundle->folder, &listing, error);
    r->was_folder = listing.exists;
    r->pictures_changed = listing.count != count || (listing.exists && count == 0);
    for (size_t i = 0; i < count && status == MOAT_OK && !r->pictures_changed; i++) {
        const moati_picture picture = moati_document_picture(bundle->document, i);
        moati_buffer path = {.text = NULL};
        moati_buffer_print(&path, "%s/%s.svg", bundle->folder, picture.name);
        status = path.failed ? no_memory(error)
                             : differs(path.text, picture.file, picture.file_length,
                                       &r->pictures_changed, error);
        moati_buffer_free(&path);
    }
    moati_listing_free(&listing);
    return status;
}

static moat_status survey(replacement *r, moat_error *error) {
    const moati_bundle *bundle = r->bundle;
    r->was_text = lstat(bundle->path, &r->status) == 0;
    if (r->was_text && !S_ISREG(r->status.st_mode))
        return moat_fail(error, MOAT_INVALID,
                         "%.300s is no regular file; write the report elsewhere with --output",
                         bundle->path);
    moat_status status =
        differs(bundle->path, bundle->text, bundle->length, &r->text_changed, error);
    if (status == MOAT_OK && bundle->folder != NULL)
        status = survey_pictures(r, error);
    return status;
}

/* --- Writing. */

static moat_status stage_pictures(const replacement *r, moat_error *error) {
    const moati_bundle *bundle = r->bundle;
    const size_t count = moati_document_pictures(bundle->document);
    if (count > 0 && mkdir(r->new_folder.text, 0777) != 0)
        return moati_write_fail(error, "create", r->new_folder.text);
    for (size_t i = 0; i < count; i++) {
        const moati_picture picture = moati_document_picture(bundle->document, i);
        moati_buffer path = {.text = NULL};
        moati_buffer_print(&path, "%s/%s.svg", r->new_folder.text, picture.name);
        moat_status status = path.failed ? no_memory(error)
                                         : moati_write_new(path.text, NULL, picture.file,
                                                           picture.file_length, error);
        moati_buffer_free(&path);
        if (status != MOAT_OK)
            return status;
    }
    if (count > 0)
        moati_write_sync_folder(r->new_folder.text);
    return MOAT_OK;
}

static moat_status stage(const replacement *r, moat_error *error) {
    const moati_bundle *bundle = r->bundle;
    moat_status status = r->pictures_changed ? stage_pictures(r, error) : MOAT_OK;
    if (status == MOAT_OK && r->text_changed)
        status = moati_write_new(r->new_text.text, r->was_text ? &r->status : NULL, bundle->text,
                                 bundle->length, error);
    return status;
}

/* Puts the new folder where the old one is, which is then where the new one had been, or, on
 * systems that cannot exchange two, under its own name. */
static bool exchange(const replacement *r) {
    const char *new = r->new_folder.text, *folder = r->bundle->folder;
#ifdef RENAME_EXCHANGE
    if (renameat2(AT_FDCWD, new, AT_FDCWD, folder, RENAME_EXCHANGE) == 0)
        return true;
#endif
    if (rename(folder, r->old.text) != 0)
        return false;
    if (rename(new, folder) == 0)
        return true;
    const int reason = errno;
    (void)rename(r->old.text, folder);
    errno = reason;
    return false;
}

static bool place_pictures(const replacement *r) {
    if (moati_document_pictures(r->bundle->document) == 0)
        return rename(r->bundle->folder, r->old.text) == 0;
    if (r->was_folder)
        return exchange(r);
    return rename(r->new_folder.text, r->bundle->folder) == 0;
}

/* Undoes that: the document could not follow. */
static void take_back_pictures(const replacement *r) {
    const int reason = errno;
    const char *folder = r->bundle->folder;
    struct stat status;
    if (lstat(r->old.text, &status) == 0) {
        (void)rename(folder, r->new_folder.text);
        (void)rename(r->old.text, folder);
    } else if (r->was_folder) {
        (void)exchange(r);
    } else {
        (void)rename(folder, r->new_folder.text);
    }
    errno = reason;
}

static moat_status place(const replacement *r, moat_error *error) {
    const moati_bundle *bundle = r->bundle;
    if (r->pictures_changed && !place_pictures(r))
        return moati_write_fail(error, "replace", bundle->folder);
    if (r->text_changed && rename(r->new_text.text, bundle->path) != 0) {
        if (r->pictures_changed)
            take_back_pictures(r);
        return moati_write_fail(error, "replace", bundle->path);
    }
    moati_write_sync_folder(r->parent.text);
    return MOAT_OK;
}

static moat_status replace(replacement *r, bool *changed, moat_error *error) {
    moat_status status = name_all(r, error);
    if (status == MOAT_OK)
        status = lock_parent(r, error);
    if (status == MOAT_OK)
        status = remove_leftovers(r, error);
    if (status == MOAT_OK)
        status = survey(r, error);
    *changed = r->text_changed || r->pictures_changed;
    if (status != MOAT_OK || !*changed)
        return status;
    status = stage(r, error);
    if (status == MOAT_OK)
        status = place(r, error);
    /* What was, or what could not be finished. */
    (void)remove_leftovers(r, NULL);
    return status;
}

moat_status moati_bundle_write(const moati_bundle *bundle, bool *changed, moat_error *error) {
    replacement r = {.bundle = bundle, .lock = -1};
    moat_status status = replace(&r, changed, error);
    if (r.lock >= 0)
        close(r.lock);
    moati_buffer_free(&r.parent);
    moati_buffer_free(&r.new_text);
    moati_buffer_free(&r.new_folder);
    moati_buffer_free(&r.old);
    return status;
}
