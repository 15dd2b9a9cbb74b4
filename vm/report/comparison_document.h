/* A comparison as a document. */
#ifndef MOATI_COMPARISON_DOCUMENT_H
#define MOATI_COMPARISON_DOCUMENT_H

#include "comparison.h"
#include "document.h"

/* Writes everything: what is compared, outputs, courses, distributions, and for each subject what
 * it assumes otherwise and what that explains. A function of the comparison alone: no folder stands
 * in it. Failures stay in the document. */
void moati_comparison_document(const moati_comparison *comparison, moati_document *document);

#endif
