#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...) {
    va_list arguments;
    fprintf(stderr, "%s:%d: %s: ", file, line, condition);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    abort();
}

void fuzz_expect_error(moat_status status, const moat_error *error, size_t length) {
    const size_t size = strlen(error->message);
    FUZZ_EXPECT(error->status == status, "the error says %d, the function %d", error->status,
                status);
    FUZZ_EXPECT(status > MOAT_OK && status <= MOAT_SYSTEM, "%d", status);
    FUZZ_EXPECT(size > 0, "status %d has no message", status);
    FUZZ_EXPECT(strchr(error->message, '\n') == NULL, "\"%s\"", error->message);
    FUZZ_EXPECT(error->where >= MOAT_NOWHERE && error->where <= (long)length, "%ld of %zu: %s",
                error->where, length, error->message);
}
