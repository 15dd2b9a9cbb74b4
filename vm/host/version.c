/* The releases of libraries, from their headers. */
#include "version.h"

#include <lua.h>
#include <sleef.h>

#define TEXT(number)  TEXT_OF(number)
#define TEXT_OF(text) #text

const char *moati_lua_release(void) {
    return LUA_RELEASE;
}

const char *moati_sleef_release(void) {
    return TEXT(SLEEF_VERSION_MAJOR) "." TEXT(SLEEF_VERSION_MINOR) "." TEXT(
        SLEEF_VERSION_PATCHLEVEL);
}
