/* Files are written as a whole or not at all. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "write.h"

static char folder[64];

static void make_folder(void) {
    strcpy(folder, "/tmp/moat-write-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
}

static void path_in(char *path, size_t size, const char *name) {
    snprintf(path, size, "%s/%s", folder, name);
}

static void expect_text(const char *path, const char *text) {
    char found[256] = "";
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    size_t length = fread(found, 1, sizeof found - 1, file);
    fclose(file);
    found[length] = '\0';
    cr_assert_str_eq(found, text);
}

static size_t files_in_folder(void) {
    size_t count = 0;
    DIR *directory = opendir(folder);
    cr_assert_not_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(directory);
    return count;
}

static void remove_folder(void) {
    char path[512];
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    closedir(directory);
    rmdir(folder);
}

Test(write, replaces_files, .init = make_folder, .fini = remove_folder) {
    char path[128], link[128];
    moat_error error;
    struct stat found;
    path_in(path, sizeof path, "result");
    path_in(link, sizeof link, "link");
    cr_assert_eq(moati_write_file(path, "one", 3, &error), MOAT_OK, "%s", error.message);
    expect_text(path, "one");
    cr_assert_eq(chmod(path, 0640), 0);
    cr_assert_eq(moati_write_file(path, "second", 6, &error), MOAT_OK, "%s", error.message);
    expect_text(path, "second");
    cr_assert_eq(stat(path, &found), 0);
    cr_assert_eq(found.st_mode & 0777, 0640, "the mode of the file stays");
    cr_assert_eq(symlink("result", link), 0);
    cr_assert_eq(moati_write_file(link, "third", 5, &error), MOAT_OK, "%s", error.message);
    expect_text(path, "third");
    cr_assert_eq(lstat(link, &found), 0);
    cr_assert(S_ISLNK(found.st_mode), "a link stays one");
    cr_assert_eq(moati_write_file(path, "", 0, &error), MOAT_OK);
    expect_text(path, "");
    cr_assert_eq(files_in_folder(), 2, "nothing else is left");
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(moati_write_file("here", "x", 1, &error), MOAT_OK, "%s", error.message);
    expect_text("here", "x");
    cr_assert_eq(chdir("/"), 0);
}

Test(write, failures, .init = make_folder, .fini = remove_folder) {
    char path[128];
    moat_error error;
    path_in(path, sizeof path, "missing/result");
    cr_assert_eq(moati_write_file(path, "one", 3, &error), MOAT_SYSTEM);
    cr_assert(strstr(error.message, path) != NULL, "%s", error.message);
    cr_assert_eq(moati_write_file(folder, "one", 3, &error), MOAT_SYSTEM, "a folder");
    cr_assert_eq(moati_write_file("/dev/full", "one", 3, &error), MOAT_SYSTEM);
    cr_assert(strstr(error.message, "No space") != NULL, "%s", error.message);
    cr_assert_eq(moati_write_file("/dev/null", "one", 3, &error), MOAT_OK, "%s", error.message);
    struct stat found;
    cr_assert_eq(stat("/dev/null", &found), 0);
    cr_assert(S_ISCHR(found.st_mode), "a device stays one");
    cr_assert_eq(files_in_folder(), 0);
    cr_assert_eq(moati_write_descriptor(-1, "x", 1, &error), MOAT_SYSTEM);
}
