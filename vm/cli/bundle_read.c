/* Reports that are on the disk: reading and comparing them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bundle.h"
#include "diff.h"
#include "regular.h"
#include "write.h"

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

void moati_listing_free(moati_listing *listing) {
    for (size_t i = 0; i < listing->count; i++)
        free(listing->names[i]);
    free(listing->names);
    *listing = (moati_listing){.exists = false};
}

static bool is_picture(DIR *directory, const char *name) {
    const char *point = strrchr(name, '.');
    struct stat status;
    return point != NULL && point != name && strcmp(point, ".svg") == 0 &&
           fstatat(dirfd(directory), name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(status.st_mode);
}

static moat_status add_name(moati_listing *listing, const char *name, moat_error *error) {
    char **grown = realloc(listing->names, (listing->count + 1) * sizeof *grown);
    if (grown == NULL)
        return no_memory(error);
    listing->names = grown;
    grown[listing->count] = strdup(name);
    if (grown[listing->count] == NULL)
        return no_memory(error);
    listing->count++;
    return MOAT_OK;
}

static moat_status list(DIR *directory, const char *folder, moati_listing *listing,
                        moat_error *error) {
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!is_picture(directory, entry->d_name))
            return moat_fail(error, MOAT_INVALID,
                             "%.200s is the folder of a report's pictures, but holds %.100s; move "
                             "it, or write the report elsewhere with --output",
                             folder, entry->d_name);
        moat_status status = add_name(listing, entry->d_name, error);
        if (status != MOAT_OK)
            return status;
    }
    return errno == 0 ? MOAT_OK : moati_write_fail(error, "read", folder);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

moat_status moati_listing_read(const char *folder, moati_listing *listing, moat_error *error) {
    struct stat status;
    *listing = (moati_listing){.exists = false};
    if (lstat(folder, &status) != 0)
        return errno == ENOENT ? MOAT_OK : moati_write_fail(error, "read", folder);
    if (!S_ISDIR(status.st_mode))
        return moat_fail(error, MOAT_INVALID,
                         "%.200s stands where the folder of the report's pictures would; move it, "
                         "or write the report elsewhere with --output",
                         folder);
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return moati_write_fail(error, "read", folder);
    listing->exists = true;
    moat_status result = list(directory, folder, listing, error);
    closedir(directory);
    if (listing->count > 0)
        qsort(listing->names, listing->count, sizeof *listing->names, by_name);
    return result;
}

moat_status moati_bundle_read(const char *path, moati_buffer *text, bool *exists,
                              moat_error *error) {
    char part[1 << 14];
    const char *why;
    size_t count;
    FILE *file = moati_open_regular(path, &why);
    *exists = file != NULL;
    if (file == NULL && errno == ENOENT)
        return MOAT_OK;
    if (file == NULL)
        return moat_fail(error, errno == ENOMEM ? MOAT_NO_MEMORY : MOAT_SYSTEM,
                         "cannot read %.300s: %s", path, why);
    while ((count = fread(part, 1, sizeof part, file)) > 0)
        moati_buffer_add(text, part, count);
    const bool failed = ferror(file) != 0;
    fclose(file);
    if (failed)
        return moat_fail(error, MOAT_SYSTEM, "cannot read %.300s", path);
    return text->failed ? no_memory(error) : MOAT_OK;
}

/* --- Comparing. */

/* One file against what it would hold; NULL: there would be no such file. */
static moat_status compare_file(const char *path, const char *text, size_t length, FILE *file,
                                bool *changed, moat_error *error) {
    moati_buffer old = {.text = NULL}, names[2] = {{.text = NULL}, {.text = NULL}};
    bool exists;
    moat_status status = moati_bundle_read(path, &old, &exists, error);
    moati_buffer_print(&names[0], "a/%s", path);
    moati_buffer_print(&names[1], "b/%s", path);
    if (status == MOAT_OK && (names[0].failed || names[1].failed))
        status = no_memory(error);
    if (status == MOAT_OK && exists != (text != NULL))
        *changed = true; /* even where one is empty */
    if (status == MOAT_OK) {
        const moati_diff_side before = {exists ? names[0].text : "/dev/null",
                                        moati_buffer_text(&old), old.length},
                              after = {text != NULL ? names[1].text : "/dev/null", text, length};
        if (old.length != length || (length > 0 && memcmp(old.text, text, length) != 0))
            *changed = true;
        status = moati_diff_print(&before, &after, file, error);
    }
    moati_buffer_free(&names[0]);
    moati_buffer_free(&names[1]);
    moati_buffer_free(&old);
    return status;
}

static moat_status compare_picture(const moati_bundle *bundle, const char *name, const char *text,
                                   size_t length, FILE *file, bool *changed, moat_error *error) {
    moati_buffer path = {.text = NULL};
    moati_buffer_print(&path, "%s/%s", bundle->folder, name);
    moat_status status = path.failed ? no_memory(error)
                                     : compare_file(path.text, text, length, file, changed, error);
    moati_buffer_free(&path);
    return status;
}

/* The name of a picture's file is that of an entry of a listing. */
static bool is_named(const moati_picture *picture, const char *name) {
    const size_t length = strlen(picture->name);
    return strncmp(name, picture->name, length) == 0 && strcmp(name + length, ".svg") == 0;
}

static bool is_wanted(const moati_bundle *bundle, const char *name) {
    for (size_t i = 0; i < moati_document_pictures(bundle->document); i++) {
        const moati_picture picture = moati_document_picture(bundle->document, i);
        if (is_named(&picture, name))
            return true;
    }
    return false;
}

static moat_status compare_pictures(const moati_bundle *bundle, FILE *file, bool *changed,
                                    moat_error *error) {
    moati_listing listing;
    moat_status status = moati_listing_read(bundle->folder, &listing, error);
    for (size_t i = 0; i < moati_document_pictures(bundle->document) && status == MOAT_OK; i++) {
        const moati_picture picture = moati_document_picture(bundle->document, i);
        char name[128];
        snprintf(name, sizeof name, "%s.svg", picture.name);
        status =
            compare_picture(bundle, name, picture.file, picture.file_length, file, changed, error);
    }
    for (size_t i = 0; i < listing.count && status == MOAT_OK; i++)
        if (!is_wanted(bundle, listing.names[i]))
            status = compare_picture(bundle, listing.names[i], NULL, 0, file, changed, error);
    moati_listing_free(&listing);
    return status;
}

moat_status moati_bundle_compare(const moati_bundle *bundle, FILE *file, bool *changed,
                                 moat_error *error) {
    *changed = false;
    moat_status status =
        compare_file(bundle->path, bundle->text, bundle->length, file, changed, error);
    if (status == MOAT_OK && bundle->folder != NULL)
        status = compare_pictures(bundle, file, changed, error);
    return status;
}
