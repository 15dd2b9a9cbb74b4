/* What is known about a finished run, and its renderings. */
#ifndef MOATI_VIEW_H
#define MOATI_VIEW_H

#include <stdbool.h>
#include <stdio.h>

#include "moat/model.h"
#include "screen.h"

typedef struct moati_view {
    const moat_model *model;
    const moat_results *results;
    const char *script; /* the path as it was given */
    const char *sha256; /* of the script */
    double trace_ms;
    bool timing; /* the renderings show it */
    bool quiet;  /* no heading */
} moati_view;

/* For people. Each returns false where memory was short. */
bool moati_view_table(const moati_view *view, const moati_screen *screen, FILE *file);
/* The part of it that shows outputs with an axis. */
bool moati_view_series(const moati_view *view, const moati_screen *screen, FILE *file);
/* For programs: one object; one row per output or period of one. */
bool moati_view_json(const moati_view *view, FILE *file);
bool moati_view_csv(const moati_view *view, FILE *file);

/* The unit that an output is shown in and the factor from it to base units. */
const char *moati_view_unit(const moati_view *view, size_t output, double *factor);

/* One value of an output as people read it: a number, a percentage, a probability, a date. */
enum { MOATI_VALUE = 64 };

typedef struct moati_style {
    moat_show show;
    bool percent; /* the unit is shown in the value */
    bool exact;   /* known without uncertainty */
    double factor;
    const moat_horizon *horizon;
} moati_style;

moati_style moati_view_style(const moati_view *view, size_t output);
/* `value` is in base units. */
void moati_style_show(const moati_style *style, double value, char buffer[MOATI_VALUE]);
/* What stands in the column of units; "" where the values say it. */
const char *moati_style_unit(const moati_view *view, const moati_style *style, size_t output);

/* The heights of bars 0..most, most > 0, as one character each. `bars` holds numbers from 0 to
 * 1, or a negative number for a blank. */
enum { MOATI_BARS = 24 };
void moati_bars(char buffer[MOATI_BARS * 4 + 1], size_t count, const double *bars, bool utf8);

#endif
