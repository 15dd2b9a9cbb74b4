/* How a value is shown: as a number in its unit, a percentage, a probability, a date. */
#ifndef MOATI_STYLE_H
#define MOATI_STYLE_H

#include <stdbool.h>

#include "moat/model.h"

enum { MOATI_VALUE = 64 };

typedef struct moati_style {
    moat_show show;
    const char *unit;   /* that values are shown in; "1": none */
    const char *suffix; /* of a share, beside the number: "%", "bp"; NULL: the unit has a column */
    bool exact;         /* known without uncertainty */
    double factor;      /* of the unit, to base units */
    const moat_horizon *horizon;
} moati_style;

/* Of output `index` of the results, which is described by `output`. */
moati_style moati_style_of(const moat_model *model, const moat_results *results,
                           const moat_output *output, size_t index);
/* One value, in base units. */
void moati_style_show(const moati_style *style, double value, char buffer[MOATI_VALUE]);
/* What stands in a column of units; "" where the values say it. */
const char *moati_style_unit(const moati_style *style);

#endif
