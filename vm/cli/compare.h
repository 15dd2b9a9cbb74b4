/* Renderings of a comparison for the command. */
#ifndef MOATI_COMPARE_H
#define MOATI_COMPARE_H

#include <stdio.h>

#include "args.h"
#include "comparison.h"
#include "screen.h"

/* For people; false where memory was short. */
bool moati_compare_table(const moati_comparison *comparison, const moati_screen *screen, bool quiet,
                         FILE *file);
/* The parts of it. */
bool moati_compare_outputs(const moati_comparison *comparison, const moati_screen *screen,
                           FILE *file);
bool moati_compare_series(const moati_comparison *comparison, const moati_screen *screen,
                          FILE *file);
bool moati_compare_assumptions(const moati_comparison *comparison, size_t subject,
                               const moati_screen *screen, FILE *file);
bool moati_compare_explanation(const moati_comparison *comparison, size_t subject,
                               const moati_screen *screen, FILE *file);
/* For programs: one object. */
bool moati_compare_json(const moati_comparison *comparison, FILE *file);
/* As a document, where and how the arguments say. Returns the exit status of the command, after
 * having said why on standard error. */
int moati_compare_report(const moati_comparison *comparison, const moati_args *args);

#endif
