/* Where a subject's name is divided depends on which files there are. */
#include "subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST = 4096 };

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

static bool is_file(const char *text, size_t length) {
    char path[LONGEST + 1];
    struct stat about;
    if (length == 0 || length > LONGEST)
        return false;
    memcpy(path, text, length);
    path[length] = '\0';
    return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

static bool is_script_name(const char *text, size_t length) {
    static const char end[] = ".lua";
    return length >= strlen(end) && memcmp(text + length - strlen(end), end, strlen(end)) == 0;
}

/* What stands behind the colon at `end`; NULL: nothing does. */
static const char *variant_at(const char *end) {
    return end[0] == ':' && end[1] != '\0' ? end + 1 : NULL;
}

/* The longest of text[0..length) that ends where the text does or before a colon and that is(...) a
 * file; 0 where none is. */
static size_t longest_file(const char *text, bool (*is)(const void *, const char *, size_t),
                           const void *context) {
    for (size_t length = strlen(text); length > 0; length--)
        if ((text[length] == '\0' || text[length] == ':') && is(context, text, length))
            return length;
    return 0;
}

static bool is_on_disk(const void *context, const char *text, size_t length) {
    (void)context;
    return is_file(text, length);
}

static bool is_in_revision(const void *context, const char *text, size_t length) {
    return moati_revision_find(context, text, length) != NULL;
}

/* "FILE", "FILE:VARIANT" or "-". */
static moat_status take_file(moati_subject *subject, size_t length, moat_error *error) {
    subject->path = strndup(subject->given, length);
    subject->variant = variant_at(subject->given + length);
    return subject->path == NULL ? no_memory(error) : MOAT_OK;
}

/* "REVISION:PATH" as messages show it, and where that lies. */
static moat_status name_places(moati_subject *subject, const char *path, moat_error *error) {
    const char *name = subject->revision_name, *slash = strrchr(path, '/');
    const size_t size = strlen(name) + strlen(path) + 3;
    subject->path = malloc(size);
    subject->folder = malloc(size);
    if (subject->path == NULL || subject->folder == NULL)
        return no_memory(error);
    snprintf(subject->path, size, "%s:%s", name, path);
    snprintf(subject->folder, size, "%s:%.*s", name, slash == NULL ? 1 : (int)(slash - path),
             slash == NULL ? "." : path);
    return MOAT_OK;
}

static moat_status refuse_path(const moati_subject *subject, const char *path, moat_error *error) {
    const char *name = subject->revision_name;
    const int length = (int)strcspn(path, ":");
    char *plain = strndup(path, (size_t)length);
    if (plain == NULL)
        return no_memory(error);
    const char *near = moati_revision_nearest(subject->revision, plain);
    free(plain);
    if (near != NULL)
        return moat_fail(error, MOAT_UNKNOWN,
                         "revision \"%.80s\" has no file \"%.*s\"; did you mean %.80s:%.200s?",
                         name, length, path, name, near);
    return moat_fail(error, MOAT_UNKNOWN,
                     "revision \"%.80s\" has no file \"%.*s\"; paths are from the top of the "
                     "repository, or from here where they begin with ./",
                     name, length, path);
}

/* `colon` is the first one of what is given. */
static moat_status take_revision(moati_subject *subject, const char *colon, moat_error *error) {
    moat_error why;
    subject->revision_name = strndup(subject->given, (size_t)(colon - subject->given));
    if (subject->revision_name == NULL)
        return no_memory(error);
    const char *name = subject->revision_name, *rest = colon + 1;
    const moat_status status = moati_revision_open(name, &subject->revision, &why);
    if (status == MOAT_NO_MEMORY)
        return no_memory(error);
    if (status != MOAT_OK) {
        if (is_script_name(name, strlen(name)))
            return moat_fail(error, MOAT_SYSTEM,
                             "there is no file %.200s, of which \"%.80s\" would be a variant", name,
                             rest);
        return moat_fail(error, why.status,
                         "there is no file %.200s, and as a file in a revision: %.200s",
                         subject->given, why.message);
    }
    const size_t length = longest_file(rest, is_in_revision, subject->revision);
    if (length == 0)
        return refuse_path(subject, rest, error);
    subject->variant = variant_at(rest + length);
    subject->reader = moati_revision_reader(subject->revision);
    return name_places(subject, moati_revision_find(subject->revision, rest, length), error);
}

moat_status moati_subject_read(const char *given, moati_subject *subject, moat_error *error) {
    *subject = (moati_subject){.given = given};
    const char *colon = strchr(given, ':');
    const size_t length = longest_file(given, is_on_disk, NULL);
    /* "v1:scripts/a.lua" where a file "v1" happens to be. */
    const bool is_revision = length > 0 && given[length] == ':' && !is_script_name(given, length) &&
                             strstr(given + length, ".lua") != NULL;
    if (colon == NULL || (length > 0 && !is_revision))
        return take_file(subject, length > 0 ? length : strlen(given), error);
    if (strlen(given) > LONGEST)
        return moat_fail(error, MOAT_INVALID, "a subject's name is longer than %d bytes", LONGEST);
    return take_revision(subject, colon, error);
}

void moati_subject_free(moati_subject *subject) {
    moati_revision_free(subject->revision);
    free(subject->revision_name);
    free(subject->path);
    free(subject->folder);
}
