/* Lua's `^` on plain numbers calls pow, and the C library's differs between processors in the
 * last bits. Linked with --wrap=pow, Lua calls this one, which does not. */
#include "scalar.h"

double __wrap_pow(double x, double y);

double __wrap_pow(double x, double y) {
    return moati_pow(x, y);
}
