/* `git ls-tree` lists a revision once; `git cat-file` gives a file when it is asked for. */
#include "revision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git.h"
#include "nearest.h"

enum { LONGEST_LIST = 1 << 28, LONGEST_FILE = 8 << 20, LONGEST_ANSWER = 1 << 16 };

typedef struct entry {
    const char *object, *path;
    bool is_link;
} entry;

struct moati_revision {
    char *name;   /* as it was given */
    char *commit; /* and a line break, cut off */
    char *prefix; /* the current folder below the top: "" or "a/b/" */
    char *list;   /* what the entries point to */
    size_t count;
    entry *entries;
};

static moat_status no_memory(moat_error *error) {
    return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
}

/* One line of an answer. */
static moat_status ask_line(const char *const *arguments, char **line, moat_error *error) {
    size_t length;
    const moat_status status = moati_git(arguments, LONGEST_ANSWER, line, &length, error);
    if (status == MOAT_OK)
        (*line)[strcspn(*line, "\n")] = '\0';
    return status;
}

static moat_status find_commit(moati_revision *r, moat_error *error) {
    enum { LONGEST_NAME = 500 };
    char wanted[LONGEST_NAME + 20];
    const char *const arguments[] = {"rev-parse", "--verify", "--quiet", wanted, NULL};
    snprintf(wanted, sizeof wanted, "%s^{commit}", r->name);
    moat_status status = MOAT_UNKNOWN;
    if (r->name[0] != '\0' && r->name[0] != '-' && strlen(r->name) <= LONGEST_NAME)
        status = ask_line(arguments, &r->commit, error);
    if (status == MOAT_OK || status == MOAT_NO_MEMORY)
        return status;
    return moat_fail(error, MOAT_UNKNOWN, "the repository has no revision \"%.80s\"", r->name);
}

/* "100644 blob OBJECT\tPATH" and a 0; NULL behind the last. What is no file is passed over. */
static char *read_entry(char *at, entry *e) {
    char *path = strchr(at, '\t');
    if (path == NULL)
        return NULL;
    *path++ = '\0';
    char *object = strrchr(at, ' ');
    const bool is_blob = strstr(at, " blob ") != NULL && object != NULL;
    *e = (entry){.object = is_blob ? object + 1 : NULL,
                 .path = path,
                 .is_link = strncmp(at, "120000", 6) == 0};
    return path + strlen(path) + 1;
}

static moat_status list_files(moati_revision *r, moat_error *error) {
    const char *const arguments[] = {"ls-tree", "-r", "-z", "--full-tree", r->commit, NULL};
    size_t length, most = 0;
    moat_status status = moati_git(arguments, LONGEST_LIST, &r->list, &length, error);
    if (status != MOAT_OK)
        return status;
    for (size_t i = 0; i < length; i++)
        most += r->list[i] == '\0';
    r->entries = malloc((most + 1) * sizeof *r->entries);
    if (r->entries == NULL)
        return no_memory(error);
    for (char *at = r->list; at != NULL && at < r->list + length && r->count < most;) {
        at = read_entry(at, &r->entries[r->count]);
        r->count += at != NULL && r->entries[r->count].object != NULL;
    }
    return MOAT_OK;
}

moat_status moati_revision_open(const char *name, moati_revision **revision, moat_error *error) {
    static const char *const prefix[] = {"rev-parse", "--show-prefix", NULL};
    moati_revision *r = calloc(1, sizeof *r);
    *revision = r;
    if (r == NULL || (r->name = strdup(name)) == NULL)
        return no_memory(error);
    moat_status status = ask_line(prefix, &r->prefix, error);
    if (status == MOAT_OK)
        status = find_commit(r, error);
    return status == MOAT_OK ? list_files(r, error) : status;
}

void moati_revision_free(moati_revision *revision) {
    if (revision == NULL)
        return;
    free(revision->name);
    free(revision->commit);
    free(revision->prefix);
    free(revision->list);
    free(revision->entries);
    free(revision);
}

const char *moati_revision_commit(const moati_revision *revision) {
    return revision->commit;
}

/* --- Paths. */

static const entry *find_entry(const moati_revision *r, const char *path) {
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->entries[i].path, path) == 0)
            return &r->entries[i];
    return NULL;
}

/* Takes "./", "a/../" and double slashes out of a path, in its place. False where it leads out of
 * the repository. */
static bool simplify(char *path) {
    char *end = path;
    for (const char *part = path; *part != '\0';) {
        const size_t length = strcspn(part, "/");
        const bool up = length == 2 && part[0] == '.' && part[1] == '.';
        if (up && end == path)
            return false;
        if (up)
            for (end--; end > path && end[-1] != '/';)
                end--;
        if (!up && length > 0 && !(length == 1 && part[0] == '.')) {
            memmove(end, part, length);
            end += length;
            if (part[length] == '/')
                *end++ = '/';
        }
        part += length + (part[length] == '/');
    }
    *end = '\0';
    return true;
}

static const entry *find_below(const moati_revision *r, const char *folder, const char *text,
                               size_t length) {
    enum { LONGEST_PATH = 8192 };
    char path[LONGEST_PATH];
    if (strlen(folder) + length >= sizeof path)
        return NULL;
    snprintf(path, sizeof path, "%s%.*s", folder, (int)length, text);
    return simplify(path) ? find_entry(r, path) : NULL;
}

const char *moati_revision_find(const moati_revision *revision, const char *text, size_t length) {
    if (length == 0 || text[0] == '/')
        return NULL;
    const entry *found = text[0] == '.' ? NULL : find_below(revision, "", text, length);
    if (found == NULL)
        found = find_below(revision, revision->prefix, text, length);
    return found == NULL ? NULL : found->path;
}

static const char *path_at(const void *context, size_t index) {
    const moati_revision *r = context;
    const char *path = r->entries[index].path, *point = strrchr(path, '.');
    return point != NULL && strcmp(point, ".lua") == 0 ? path : "";
}

const char *moati_revision_nearest(const moati_revision *revision, const char *path) {
    const char *near = moati_nearest_of(path, revision->count, path_at, revision);
    const char *name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    /* A script of that name in another folder. */
    for (size_t i = 0; i < revision->count && near == NULL; i++) {
        const char *other = revision->entries[i].path, *slash = strrchr(other, '/');
        if (strcmp(slash == NULL ? other : slash + 1, name) == 0)
            near = other;
    }
    return near;
}

/* --- Reading. */

static moat_status read_file(void *context, const char *path, char **text, size_t *length,
                             moat_error *error) {
    const moati_revision *r = context;
    const size_t skip = strlen(r->name) + 1;
    const entry *found =
        strlen(path) > skip ? find_below(r, "", path + skip, strlen(path + skip)) : NULL;
    if (found == NULL)
        return moat_fail(error, MOAT_UNKNOWN, "there is no file %.300s", path);
    if (found->is_link)
        return moat_fail(error, MOAT_SYSTEM,
                         "%.300s is a symbolic link, which is not followed in a revision", path);
    const char *const arguments[] = {"cat-file", "blob", found->object, NULL};
    return moati_git(arguments, LONGEST_FILE, text, length, error);
}

moat_lua_reader moati_revision_reader(moati_revision *revision) {
    return (moat_lua_reader){.read = read_file, .context = revision};
}
