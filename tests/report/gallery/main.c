/* Writes every chart of the gallery into a folder: NAME.svg, NAME.txt with its description and some
 * widths, and index.html with all of them inlined. */
#include <stdio.h>
#include <stdlib.h>

#include "gallery.h"

static FILE *open_file(const char *folder, const char *name, const char *extension) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, extension);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    return file;
}

static void check(moat_status status, const moat_error *error) {
    if (status == MOAT_OK)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

static void write_texts(const gallery_chart *item, FILE *file) {
    static const struct {
        size_t columns;
        bool utf8;
    } screens[] = {{80, true}, {40, true}, {60, false}};
    moat_error error;
    check(moati_chart_describe(&item->chart, file, &error), &error);
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
        fprintf(file, "\n\n--- %zu columns%s\n", screens[i].columns,
                screens[i].utf8 ? "" : " of ASCII");
        check(moati_chart_text(&item->chart, screens[i].columns, screens[i].utf8, false, file,
                               &error),
              &error);
    }
}

int main(int count, char **arguments) {
    moat_error error;
    if (count != 2) {
        fputs("usage: moat_gallery FOLDER\n", stderr);
        return 2;
    }
    FILE *page = open_file(arguments[1], "index", "html");
    fputs("<!doctype html>\n<meta charset=\"utf-8\">\n<title>Charts</title>\n<style>:root{"
          "color-scheme:light dark}body{margin:2em auto;max-width:760px}</style>\n",
          page);
    for (const gallery_chart *item = gallery(); item->name != NULL; item++) {
        FILE *svg = open_file(arguments[1], item->name, "svg");
        FILE *text = open_file(arguments[1], item->name, "txt");
        check(moati_chart_svg(&item->chart, NULL, svg, &error), &error);
        check(moati_chart_svg(&item->chart, item->name, page, &error), &error);
        write_texts(item, text);
        fclose(text);
        fclose(svg);
    }
    return fclose(page) == 0 ? 0 : 1;
}
