/* What the fuzz targets share. A target is a file fuzz_NAME.c that defines
 * LLVMFuzzerTestOneInput: libFuzzer calls it with inputs that it makes up, replay.c with those of
 * the corpus. It must not crash, whatever the input, and what it expects must hold. */
#ifndef MOAT_FUZZ_H
#define MOAT_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "moat/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Aborts with a message where the condition does not hold. */
#define FUZZ_EXPECT(condition, ...)                                                                \
    ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition, __VA_ARGS__))

_Noreturn void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...)
    MOAT_PRINTF(4, 5);

/* Expects what status.h promises of an error: a status, one sentence, a place in the text. */
void fuzz_expect_error(moat_status status, const moat_error *error, size_t length);

#endif
