/* Runs a target over files, and over those in folders, which need not be there: what a build
 * without libFuzzer has for a main function. Fails where there was nothing to run. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { LARGEST = 1 << 20 };

static unsigned long replayed;

static int replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(LARGEST);
    if (file == NULL || data == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        free(data);
        if (file != NULL)
            fclose(file);
        return 1;
    }
    const size_t size = fread(data, 1, LARGEST, file);
    fclose(file);
    /* Exactly as long as the input is, so that reading past its end is noticed. */
    uint8_t *exact = realloc(data, size > 0 ? size : 1);
    LLVMFuzzerTestOneInput(exact != NULL ? exact : data, size);
    free(exact != NULL ? exact : data);
    replayed++;
    return 0;
}

static int replay_folder(const char *path) {
    int failures = 0;
    char name[4096];
    DIR *folder = opendir(path);
    if (folder == NULL)
        return errno == ENOTDIR ? replay_file(path) : 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        failures += replay_file(name);
    }
    closedir(folder);
    return failures;
}

int main(int argc, char **argv) {
    int failures = 0;
    for (int i = 1; i < argc; i++)
        failures += replay_folder(argv[i]);
    if (replayed == 0)
        fprintf(stderr, "there is nothing to replay\n");
    return failures > 0 || replayed == 0;
}
