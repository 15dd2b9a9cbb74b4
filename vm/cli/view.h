/* What is known about a finished run, and its renderings. */
#ifndef MOATI_VIEW_H
#define MOATI_VIEW_H

#include <stdbool.h>
#include <stdio.h>

#include "args.h"
#include "moat/model.h"
#include "screen.h"
#include "style.h"

typedef struct moati_view {
    const moat_model *model;
    const moat_results *results;
    size_t output_count;        /* of moat_model_look */
    const moat_output *outputs; /* NULL: those that the model declares */
    const char *script;         /* the path as it was given */
    const char *sha256;         /* of the script */
    size_t set_count;           /* overrides, in the order of the command line */
    const moati_setting *sets;
    double trace_ms;
    bool timing; /* the renderings show it */
    bool quiet;  /* no heading */
} moati_view;

/* For people. Each returns false where memory was short. */
bool moati_view_table(const moati_view *view, const moati_screen *screen, FILE *file);
/* The parts of it: what was run, on one line where it fits and with a blank line after it; the
 * outputs with an axis. */
bool moati_view_heading(const moati_view *view, const moati_screen *screen, FILE *file);
bool moati_view_series(const moati_view *view, const moati_screen *screen, FILE *file);
/* For programs: one object; one row per output or period of one. */
bool moati_view_json(const moati_view *view, FILE *file);
bool moati_view_csv(const moati_view *view, FILE *file);

/* The outputs that the results are of. */
size_t moati_view_outputs(const moati_view *view);
const moat_output *moati_view_output(const moati_view *view, size_t index);

/* The unit that an output is shown in and the factor from it to base units. */
const char *moati_view_unit(const moati_view *view, size_t output, double *factor);

/* How an output is shown. */
moati_style moati_view_style(const moati_view *view, size_t output);
/* The share of samples in which a date never comes: those that are infinite. */
double moati_view_never(const moati_view *view, size_t output);
/* The heights of bars 0..most, most > 0, as one character each. `bars` holds numbers from 0 to
 * 1, or a negative number for a blank. */
enum { MOATI_BARS = 24 };
void moati_bars(char buffer[MOATI_BARS * 4 + 1], size_t count, const double *bars, bool utf8);

#endif
