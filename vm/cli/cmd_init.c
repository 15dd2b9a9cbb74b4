/* moat init: the files of a new project. All of them or, where one is there already, none. */
#include "cmd_init.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "annotations.h"
#include "args.h"
#include "command.h"
#include "project.h"
#include "status.h"
#include "write.h"

/* Made when it is written, from the tables of this version. */
static const char annotations_path[] = ".moat/moat.lua";

enum { LONGEST_PATH = 4096 };

static moat_status join(char path[LONGEST_PATH], const char *folder, const char *name,
                        moat_error *error) {
    const int length = snprintf(path, LONGEST_PATH, "%s/%s", folder, name);
    if (length < 0 || length >= LONGEST_PATH)
        return moat_fail(error, MOAT_INVALID, "the path of %.60s is too long", name);
    return MOAT_OK;
}

static moat_status make_folder(const char *path, moat_error *error) {
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return moat_fail(error, MOAT_SYSTEM, "cannot make the folder %.300s: %s", path,
                         strerror(errno));
    return MOAT_OK;
}

/* The folders that a file in the project stands in, the project's own first. */
static moat_status make_folders(const char *folder, const char *name, moat_error *error) {
    char path[LONGEST_PATH];
    moat_status status = join(path, folder, name, error);
    for (char *slash = path + strlen(folder); status == MOAT_OK && slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        status = make_folder(path, error);
        *slash = '/';
    }
    return status;
}

/* Says which of the files are there; returns how many. */
static size_t list_present(const char *folder, const char *name) {
    char path[LONGEST_PATH];
    moat_error error;
    struct stat found;
    if (join(path, folder, name, &error) != MOAT_OK || lstat(path, &found) != 0)
        return 0;
    moati_complain("%s is there already", path);
    return 1;
}

static bool is_clear(const char *folder) {
    size_t present = list_present(folder, annotations_path);
    for (const moati_project_file *file = moati_project; file->path != NULL; file++)
        present += list_present(folder, file->path);
    if (present > 0)
        moati_complain("nothing has been written: choose another folder, or move %s away",
                       present == 1 ? "this file" : "these files");
    return present == 0;
}

static moat_status write_one(const char *folder, const char *name, const char *text, size_t length,
                             moat_error *error) {
    char path[LONGEST_PATH];
    moat_status status = make_folders(folder, name, error);
    if (status == MOAT_OK)
        status = join(path, folder, name, error);
    if (status == MOAT_OK)
        status = moati_write_file(path, text, length, error);
    if (status == MOAT_OK)
        printf("%s\n", path);
    return status;
}

static moat_status write_annotations(const char *folder, moat_error *error) {
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    if (file == NULL)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    moat_status status = moati_annotations_print(file, error);
    const bool failed = ferror(file) != 0;
    if ((fclose(file) != 0 || failed) && status == MOAT_OK)
        status = moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    if (status == MOAT_OK)
        status = write_one(folder, annotations_path, text, length, error);
    free(text);
    return status;
}

static int init(const moati_args *args) {
    const char *folder = args->script;
    moat_error error;
    if (!is_clear(folder))
        return MOATI_EXIT_FAILED;
    moat_status status = MOAT_OK;
    for (const moati_project_file *file = moati_project; file->path != NULL && status == MOAT_OK;
         file++)
        status = write_one(folder, file->path, file->text, file->length, &error);
    if (status == MOAT_OK)
        status = write_annotations(folder, &error);
    if (status == MOAT_OK)
        return MOATI_EXIT_DONE;
    moati_complain("%s", error.message);
    return MOATI_EXIT_FAILED;
}

int moati_cmd_init(int argc, char **argv) {
    return moati_command(argc, argv, init);
}
