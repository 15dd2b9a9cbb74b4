/* The standard report of a model. */
#ifndef MOATI_STANDARD_H
#define MOATI_STANDARD_H

#include "document.h"
#include "study.h"

/* Where a model comes from. No path stands in it: a report does not depend on the folder it was
 * made in. */
typedef struct moati_source {
    const char *name;   /* of a script's file, as "frontier_lab.lua", "parts/words.lua" */
    const char *sha256; /* of its text */
} moati_source;

typedef struct moati_assignment {
    const char *name, *literal;
} moati_assignment;

typedef struct moati_origin {
    const char *text; /* of the script: its first comment says what it is about */
    size_t length;
    size_t source_count;
    const moati_source *sources; /* the script, then what it requires, in that order */
    size_t set_count;            /* overrides, in the order of the command line */
    const moati_assignment *sets;
} moati_origin;

/* Writes everything: title, outcome in words, the script's own items, outputs, what drives them,
 * variants, assumptions, method. Failures stay in the document, with all three. */
void moati_standard_report(const moati_study *study, const moati_origin *origin,
                           moati_document *document);

/* The sections from the outputs on alone, for a memo that says the rest itself. */
void moati_standard_sections(const moati_study *study, const moati_origin *origin,
                             moati_document *document);

/* The script's own items first .. first + count - 1 alone, as a memo has them. */
void moati_standard_items(const moati_study *study, size_t first, size_t count,
                          moati_document *document);

#endif
