/* What the files of a comparison's document share. */
#ifndef MOATI_COMPARISON_INNER_H
#define MOATI_COMPARISON_INNER_H

#include "comparison.h"
#include "standard_inner.h"

/* A comparison on its way into a document. */
typedef struct moati_telling {
    moati_writer *writer;
    moati_document *document;
    const moati_comparison *c;
} moati_telling;

/* A cell "-29.6 ± 0.5". */
void moati_comparison_effect_cell(const moati_telling *t, const moati_difference *unit,
                                  const moat_summary *effect);
void moati_comparison_tell_against(const moati_telling *t, size_t subject);

/* "B (bear)" */
const char *moati_compared_name(moati_writer *writer, const moati_comparison *comparison,
                                size_t subject);
/* Fans of a series, one over the other. */
void moati_comparison_fan(moati_writer *writer, const moati_comparison *comparison, size_t output);
/* The probability of at most each value. */
void moati_comparison_cumulative(moati_writer *writer, const moati_comparison *comparison,
                                 size_t output);
/* From the first subject's value over what each assumption changes to the other's. */
void moati_comparison_bridge(moati_writer *writer, const moati_comparison *comparison,
                             size_t subject, const moati_bridge *bridge);

#endif
