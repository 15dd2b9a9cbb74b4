/* The terminal. */
#ifndef MOATI_SCREEN_H
#define MOATI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "width.h"

/* What can be shown, and how wide it may be. */
typedef struct moati_screen {
    bool utf8;
    bool limited; /* lines should take no more columns than there are */
    bool colour;
    size_t columns;
} moati_screen;

/* What standard output is; `file` where the results go to a file instead. Where that is no
 * terminal, the environment variable COLUMNS limits the width. */
moati_screen moati_screen_detect(bool file);

#endif
