/* Files below the script's folder: the one way from a script to the disk. */
#ifndef MOATL_BELOW_H
#define MOATL_BELOW_H

#include <lua.h>
#include <stddef.h>

/* Where they are; NULL where there is no folder. */
const char *moatl_folder(lua_State *L);

/* Reads such a file, from wherever the state's files come; its path begins with the folder. Pushes
 * a value that keeps the text alive; the text ends with a 0. `who` is the function that scripts
 * called, and `missing` the message where there is no file. Raises for what is outside of the
 * folder, by symbolic links too, and what is longer than `limit`. */
const char *moatl_push_file(lua_State *L, const char *who, const char *path, const char *missing,
                            size_t limit, size_t *length);
/* Registers what holds the texts. */
void moatl_open_below(lua_State *L);

#endif
