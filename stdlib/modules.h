/* The modules of the library, to be handed to a state as its options' modules. The table is made
 * by the build from what is in the folders. */
#ifndef MOAT_MODULES_H
#define MOAT_MODULES_H

#include "moat/lua.h"

/* Ends with a NULL name. */
extern const moat_lua_module moat_modules[];

/* Ends with NULL. */
extern const moat_kernel *const moat_module_kernels[];

#endif
