/* libedit's history and its file, which is added to entry by entry. */
#define _DEFAULT_SOURCE /* what histedit.h needs of the system's headers */
#include "repl_history.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much is remembered; the file may grow to twice of it. */
enum { HISTORY_SIZE = 2000 };

/* The first line of libedit's files. */
static const char cookie[] = "_HiStOrY_V2_\n";

static bool make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        const bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

static void find_file(char path[MOATI_HISTORY_PATH]) {
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    int length = 0;
    path[0] = '\0';
    if (state != NULL && state[0] == '/')
        length = snprintf(path, MOATI_HISTORY_PATH, "%s/moat/history", state);
    else if (home != NULL && home[0] == '/')
        length = snprintf(path, MOATI_HISTORY_PATH, "%s/.local/state/moat/history", home);
    if (length >= MOATI_HISTORY_PATH || (path[0] != '\0' && !make_folders(path)))
        path[0] = '\0';
}

bool moati_history_open(moati_history *h) {
    HistEvent event;
    h->list = history_init();
    if (h->list == NULL)
        return false;
    history(h->list, &event, H_SETSIZE, HISTORY_SIZE);
    history(h->list, &event, H_SETUNIQUE, 1);
    find_file(h->path);
    if (h->path[0] != '\0' && history(h->list, &event, H_LOAD, h->path) > 2 * HISTORY_SIZE)
        history(h->list, &event, H_SAVE, h->path);
    return true;
}

void moati_history_close(moati_history *h) {
    if (h->list != NULL)
        history_end(h->list);
    h->list = NULL;
}

/* A line of the file: what is no letter and no digit stands there as "\\040". Allocated. */
static char *encode(const char *entry) {
    char *line = malloc(4 * strlen(entry) + 2), *end = line;
    if (line == NULL)
        return NULL;
    for (; *entry != '\0'; entry++) {
        const unsigned char c = (unsigned char)*entry;
        if (c < 0x80 && isalnum(c))
            *end++ = *entry;
        else
            end += sprintf(end, "\\%03o", c);
    }
    strcpy(end, "\n");
    return line;
}

static bool write_all(int file, const char *text) {
    const size_t length = strlen(text);
    return write(file, text, length) == (ssize_t)length;
}

/* Of several sessions one writes at a time. A file that cannot be written is done without. */
static void append(const char *path, const char *entry) {
    const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat status;
    char *line = encode(entry);
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (line != NULL && file >= 0 && fcntl(file, F_SETLKW, &whole) == 0 &&
        fstat(file, &status) == 0 && (status.st_size > 0 || write_all(file, cookie)))
        (void)write_all(file, line);
    if (file >= 0)
        close(file);
    free(line);
}

void moati_history_add(moati_history *h, const char *entry) {
    HistEvent event;
    if (entry[strspn(entry, " \t\n")] == '\0')
        return;
    history(h->list, &event, H_ENTER, entry);
    if (h->path[0] != '\0')
        append(h->path, entry);
}
