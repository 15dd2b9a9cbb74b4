/* One chart of each kind, and some that are hard to draw. */
#ifndef GALLERY_H
#define GALLERY_H

#include "chart.h"

typedef struct gallery_chart {
    const char *name;
    moati_chart chart;
} gallery_chart;

/* Ends with a NULL name; all that it points to lasts as long as the program. */
const gallery_chart *gallery(void);

#endif
