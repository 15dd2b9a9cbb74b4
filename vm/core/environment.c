#include "environment.h"

#if defined(__x86_64__)
#include <xmmintrin.h>

/* Setting the environment takes a hundred nanoseconds, looking at it one. The control bits
 * of MXCSR are all that arithmetic depends on: every exception masked, round to nearest, neither
 * flush-to-zero nor denormals-are-zero. fegetround sees the other unit's rounding, by which
 * the C library reads and prints numbers. */
static bool is_default(void) {
    const unsigned controls = _mm_getcsr() & ~(unsigned)_MM_EXCEPT_MASK;
    return controls == _MM_MASK_MASK && fegetround() == FE_TONEAREST;
}
#else
/* Only setting it is sure to reach what the standard does not speak of. */
static bool is_default(void) {
    return false;
}
#endif

/* Neither function fails where the environment can be set at all; where it cannot, there is
 * nothing to put right. */
moati_environment moati_environment_enter(void) {
    moati_environment environment = {.differs = !is_default()};
    if (environment.differs) {
        fegetenv(&environment.callers);
        fesetenv(FE_DFL_ENV);
    }
    return environment;
}

void moati_environment_leave(const moati_environment *environment) {
    if (environment->differs)
        fesetenv(&environment->callers);
}
