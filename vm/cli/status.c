/* Complaints on standard error, without characters that would steer the terminal. */
#include "status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Of the controls from U+0080 on in UTF-8; a text may be cut off within one. */
static bool begins_control(const char *text, size_t length) {
    const bool is_cut = length == 1;
    return (unsigned char)text[0] == 0xc2 && (is_cut || (unsigned char)text[1] < 0xa0);
}

void moati_replace_controls(char *text, size_t length, const char *kept) {
    const size_t kept_count = strlen(kept);
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        const bool is_control = c < ' ' || c == 0x7f || begins_control(text + i, length - i);
        if (is_control && memchr(kept, c, kept_count) == NULL) {
            if (c == 0xc2 && i + 1 < length)
                text[i++] = '?';
            text[i] = '?';
        }
    }
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
    moati_replace_controls(message, strlen(message), "\n");
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
