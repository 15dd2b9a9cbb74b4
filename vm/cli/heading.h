/* What was run, in parts on one line, or where the screen is narrow on several. */
#ifndef MOATI_HEADING_H
#define MOATI_HEADING_H

#include <stdio.h>

#include "moat/model.h"
#include "screen.h"

typedef struct moati_heading {
    const moati_screen *screen;
    FILE *file;
    size_t used; /* columns of the line so far */
    bool failed; /* memory was short */
} moati_heading;

/* Adds a part: a label and a text, one after the other, shortened where they are long. */
void moati_heading_add(moati_heading *heading, const char *label, const char *text);
/* How many samples, which seed and sampling. */
void moati_heading_add_settings(moati_heading *heading, const moat_settings *settings);
/* An override. */
void moati_heading_add_set(moati_heading *heading, const char *name, const char *literal);

#endif
