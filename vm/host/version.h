/* The libraries that were compiled in. */
#ifndef MOATI_VERSION_H
#define MOATI_VERSION_H

const char *moati_lua_release(void);   /* "Lua 5.4.4" */
const char *moati_sleef_release(void); /* "3.5.1" */

#endif
