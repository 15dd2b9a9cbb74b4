/* Choice of the instruction set. */
#include <stdlib.h>
#include <string.h>

#include "kernels.h"
#include "moat/program.h"

static bool processor_has_fma(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("fma");
#else
    return true;
#endif
}

/* Widest first; NULL-terminated. */
static void available(const moati_kernels *list[4]) {
    size_t n = 0;
#ifdef MOATI_HAVE_AVX512
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
        list[n++] = &moati_kernels_avx512;
#endif
#ifdef MOATI_HAVE_AVX2
    if (__builtin_cpu_supports("avx2"))
        list[n++] = &moati_kernels_avx2;
#endif
    list[n++] = &moati_kernels_baseline;
    list[n] = NULL;
}

moat_status moati_kernels_choose(const moati_kernels **kernels, moat_error *error) {
    const moati_kernels *list[4];
    const char *wanted = getenv("MOAT_ISA");
    /* The mathematics library's portable functions use this instruction too. */
    if (!processor_has_fma())
        return moat_fail(error, MOAT_SYSTEM,
                         "this processor has no fused multiply-add (FMA3), which Moat needs");
    available(list);
    *kernels = list[0];
    if (!wanted || !*wanted)
        return MOAT_OK;
    for (size_t i = 0; list[i]; i++) {
        if (strcmp(list[i]->name, wanted) == 0) {
            *kernels = list[i];
            return MOAT_OK;
        }
    }
    return moat_fail(error, MOAT_INVALID,
                     "MOAT_ISA is \"%s\", which is not available here; the widest that is: %s",
                     wanted, list[0]->name);
}

moat_status moat_isa_check(moat_error *error) {
    const moati_kernels *kernels;
    return moati_kernels_choose(&kernels, error);
}

const char *moat_isa_name(void) {
    const moati_kernels *kernels;
    return moati_kernels_choose(&kernels, NULL) == MOAT_OK ? kernels->name : "unavailable";
}
