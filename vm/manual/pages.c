/* moat_pages FOLDER: writes what is installed under share: completion, manual pages, annotations
 * for editors. Like the reference, they come from the tables that the program itself uses. */
#include "pages.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "annotations.h"

enum { LONGEST_PATH = 4096 };

/* Opens FOLDER/NAME, making the folders in between. */
static FILE *open_page(const char *folder, const char *name) {
    char path[LONGEST_PATH];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return NULL;
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            return NULL;
        *slash = '/';
    }
    return fopen(path, "w");
}

static bool close_page(FILE *file, bool good) {
    good = good && !ferror(file);
    return fclose(file) == 0 && good;
}

static bool write_completion(const char *folder) {
    static const struct {
        const char *path;
        void (*print)(FILE *file);
    } pages[] = {{"bash-completion/completions/moat", moati_print_bash},
                 {"zsh/site-functions/_moat", moati_print_zsh},
                 {"fish/vendor_completions.d/moat.fish", moati_print_fish},
                 {"man/man1/moat.1", moati_print_manual}};
    bool good = true;
    for (size_t i = 0; i < sizeof pages / sizeof *pages && good; i++) {
        FILE *file = open_page(folder, pages[i].path);
        if (file == NULL)
            return false;
        pages[i].print(file);
        good = close_page(file, true);
    }
    return good;
}

static bool write_manuals(const char *folder) {
    char name[80];
    for (const moati_subcommand *c = moati_subcommands(); c->name != NULL; c++) {
        snprintf(name, sizeof name, "man/man1/moat-%s.1", c->name);
        FILE *file = open_page(folder, name);
        if (file == NULL)
            return false;
        moati_print_command_manual(file, c);
        if (!close_page(file, true))
            return false;
    }
    return true;
}

static bool write_annotations(const char *folder) {
    moat_error error;
    FILE *file = open_page(folder, "moat/lls/moat.lua");
    if (file == NULL)
        return false;
    const bool printed = moati_annotations_print(file, &error) == MOAT_OK;
    if (!printed)
        fprintf(stderr, "%s\n", error.message);
    return close_page(file, printed);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fputs("usage: moat_pages FOLDER\n", stderr);
        return 2;
    }
    if (write_completion(argv[1]) && write_manuals(argv[1]) && write_annotations(argv[1]))
        return 0;
    fprintf(stderr, "moat_pages: %s\n", strerror(errno));
    return 1;
}
