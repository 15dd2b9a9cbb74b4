/* Complaints on standard error, without characters that would steer the terminal. */
#include "status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What a script says must not steer the terminal. */
static void replace_controls(char *text) {
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < ' ' && *text != '\n') || *text == 0x7f)
            *text = '?';
}

int moati_exit_of(moat_status status, int otherwise) {
    return status == MOAT_NO_MEMORY || status == MOAT_LIMIT ? MOATI_EXIT_LIMIT : otherwise;
}

void moati_complain(const char *format, ...) {
    /* One write, so that messages of several threads do not mix. */
    char message[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    replace_controls(message);
    fprintf(stderr, "moat: %s\n", message);
}

int moati_finish(int status) {
    const bool failed = fflush(stdout) != 0 || ferror(stdout) != 0;
    if (!failed || status != MOATI_EXIT_DONE)
        return status;
    if (errno != EPIPE)
        moati_complain("cannot write to standard output: %s", strerror(errno));
    return MOATI_EXIT_FAILED;
}
