/* Results are rendered into memory first, so that nothing is written unless all of it can be. */
#include "deliver.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "status.h"
#include "write.h"

/* A reader that has seen enough closes the pipe; it does not want to hear of it. */
static int fail_to_write(const moat_error *error) {
    if (errno == EPIPE)
        return MOATI_EXIT_FAILED;
    moati_complain("%s", error->message);
    return moati_exit_of(error->status, MOATI_EXIT_FAILED);
}

char *moati_deliver_text(bool (*render)(const void *context, FILE *file), const void *context,
                         size_t *length) {
    char *text = NULL;
    FILE *file = open_memstream(&text, length);
    /* A stream that cannot grow has an error, which closing it does not tell of. */
    bool done = file != NULL && render(context, file) && fflush(file) == 0 && !ferror(file);
    if (file != NULL && fclose(file) != 0)
        done = false;
    if (done)
        return text;
    free(text);
    return NULL;
}

int moati_deliver_all(const char *path, const char *text, size_t length) {
    moat_error error = {.where = MOAT_NOWHERE};
    if (fflush(stdout) != 0 || ferror(stdout)) {
        moat_fail(&error, MOAT_SYSTEM, "cannot write to standard output: %s", strerror(errno));
        return fail_to_write(&error);
    }
    const moat_status status = path == NULL
                                   ? moati_write_descriptor(STDOUT_FILENO, text, length, &error)
                                   : moati_write_file(path, text, length, &error);
    return status == MOAT_OK ? MOATI_EXIT_DONE : fail_to_write(&error);
}

int moati_deliver(const char *path, bool (*render)(const void *context, FILE *file),
                  const void *context) {
    size_t length;
    char *text = moati_deliver_text(render, context, &length);
    int status = MOATI_EXIT_LIMIT;
    if (text == NULL)
        moati_complain("out of memory");
    else
        status = moati_deliver_all(path, text, length);
    free(text);
    return status;
}
