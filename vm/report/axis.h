/* An axis of values: ticks at multiples of 1, 2 or 5 times a power of ten, and how they read.
 *
 * Plain arithmetic alone decides what it looks like: no logarithm, whose last bit might. */
#ifndef MOATI_AXIS_H
#define MOATI_AXIS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct moati_axis {
    double low, high; /* both are ticks, unless the range was given */
    double first;     /* the multiple of the step that the first tick is */
    size_t ticks;
    int figure, power;  /* the step: 1, 2 or 5 times ten to the power */
    int scale;          /* values are shown divided by ten to this, a multiple of 3 */
    int decimals;       /* of ticks */
    const char *prefix; /* of the scale: "thousand", "million" ...; "" where it is 1 */
} moati_axis;

/* What an axis must span: none at first. */
typedef struct moati_range {
    double low, high;
} moati_range;
moati_range moati_range_none(void);
/* What is not finite is left out. */
void moati_range_add(moati_range *range, double value);
void moati_range_add_all(moati_range *range, size_t count, const double *values); /* may be NULL */

/* An axis over a range, which may be none, with at most so many ticks (of at least 2). One whose
 * values lie far from zero need not show it. */
moati_axis moati_axis_make(moati_range range, size_t most);
/* The same that ends where the range ends. */
moati_axis moati_axis_within(moati_range range, size_t most);
/* Zero is in the range, or values are so near to it that they are measured from it. */
moati_range moati_range_from_zero(moati_range range, bool always);

double moati_axis_tick(const moati_axis *axis, size_t index);
/* Where a value is, from 0 at the low end to 1 at the high one. */
double moati_axis_place(const moati_axis *axis, double value);

enum { MOATI_AXIS_TEXT = 64 };
/* A tick: "1,000", "-0.5". */
void moati_axis_show_tick(const moati_axis *axis, size_t index, char text[MOATI_AXIS_TEXT]);
/* A value, with up to three figures on the scale of the axis: "inf" where it is infinite. */
void moati_axis_show(const moati_axis *axis, double value, char text[MOATI_AXIS_TEXT]);
/* What the numbers are: "$bn/yr", "million tokens"; "" where they are plain. `unit` may be NULL. */
void moati_axis_unit(const moati_axis *axis, const char *unit, char *text, size_t size);

#endif
