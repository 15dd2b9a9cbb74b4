/* Filling in errors: a message is one line of whole UTF-8 characters, also where it had to be
 * cut. */
#include "moat/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Removes a UTF-8 character that a cut at `length` has left incomplete. */
static void drop_partial_character(char *text, size_t length) {
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t wanted = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
    if (length - start < wanted)
        text[start - 1] = '\0';
}

static void keep_to_one_line(char *text) {
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ')
            *text = ' ';
}

/* The arguments may lie in *error itself, as they do when a message is wrapped in another, so
 * it is written last. */
static moat_status fail(moat_error *error, moat_status status, long where, const char *format,
                        va_list arguments) MOAT_PRINTF(4, 0);

static moat_status fail(moat_error *error, moat_status status, long where, const char *format,
                        va_list arguments) {
    if (!error)
        return status;
    char message[sizeof error->message];
    int length = vsnprintf(message, sizeof message, format, arguments);
    if (length < 0)
        message[0] = '\0';
    else if ((size_t)length >= sizeof message)
        drop_partial_character(message, sizeof message - 1);
    keep_to_one_line(message);
    strcpy(error->message, message);
    error->status = status;
    error->where = where;
    return status;
}

moat_status moat_fail(moat_error *error, moat_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fail(error, status, MOAT_NOWHERE, format, arguments);
    va_end(arguments);
    return status;
}

moat_status moat_fail_at(moat_error *error, moat_status status, long where, const char *format,
                         ...) {
    va_list arguments;
    va_start(arguments, format);
    fail(error, status, where, format, arguments);
    va_end(arguments);
    return status;
}
