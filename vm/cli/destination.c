/* Names of reports: X.lua and X.md have X.report.md, with pictures in X.report, and X.report.html.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report.h"

static bool ends_with(const char *text, size_t length, const char *end) {
    const size_t end_length = strlen(end);
    return length > end_length && memcmp(text + length - end_length, end, end_length) == 0;
}

bool moati_is_memo(const char *path) {
    const size_t length = strlen(path);
    return ends_with(path, length, ".md") || ends_with(path, length, ".markdown");
}

moat_status moati_refuse_memo(const char *path, moat_error *error) {
    if (!moati_is_memo(path))
        return MOAT_OK;
    return moat_fail(error, MOAT_INVALID,
                     "%.200s is a memo and no script; moat report %.200s runs it", path, path);
}

/* How much of a path is left without the ending that says of which kind the file is. */
static size_t stem_length(const char *path) {
    static const char *const endings[] = {".lua", ".md", ".markdown"};
    const size_t length = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(path, length, endings[i]) && path[length - strlen(endings[i]) - 1] != '/')
            return length - strlen(endings[i]);
    return length;
}

/* What is there and is no regular file is written to as it is. */
static bool is_device(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static bool is_same_file(const char *a, const char *b) {
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static void name_folder(moati_destination *destination) {
    const char *path = moati_buffer_text(&destination->path);
    const size_t stem = stem_length(path);
    moati_buffer_add(&destination->folder, path, stem);
    if (!ends_with(path, stem, ".report"))
        moati_buffer_put(&destination->folder, ".report");
}

static moat_status check(const moati_args *args, const moati_destination *destination,
                         moat_error *error) {
    if (destination->path.failed || destination->folder.failed)
        return moat_fail(error, MOAT_NO_MEMORY, "out of memory");
    const size_t stem = stem_length(args->script);
    if (moati_is_memo(args->script) && ends_with(args->script, stem, ".report"))
        return moat_fail(error, MOAT_INVALID,
                         "%.300s is a report; name the script or the memo that it was made from",
                         args->script);
    if (!destination->is_stream && is_same_file(destination->path.text, args->script))
        return moat_fail(error, MOAT_INVALID, "the report would take the place of %.300s itself",
                         args->script);
    return MOAT_OK;
}

moat_status moati_destination_choose(const moati_args *args, moati_destination *destination,
                                     moat_error *error) {
    const bool is_input = strcmp(args->script, "-") == 0;
    *destination = (moati_destination){.is_stream = false};
    if (args->output != NULL) {
        moati_buffer_put(&destination->path, args->output);
    } else if (is_input) {
        moati_buffer_put(&destination->path, "-");
    } else {
        moati_buffer_add(&destination->path, args->script, stem_length(args->script));
        moati_buffer_put(&destination->path, args->to_html ? ".report.html" : ".report.md");
    }
    const char *path = moati_buffer_text(&destination->path);
    destination->is_stream = strcmp(path, "-") == 0 || is_device(path);
    if (!destination->is_stream && !args->to_html)
        name_folder(destination);
    return check(args, destination, error);
}

void moati_destination_free(moati_destination *destination) {
    moati_buffer_free(&destination->path);
    moati_buffer_free(&destination->folder);
}
