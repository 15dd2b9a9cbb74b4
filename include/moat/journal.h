/* A model on its way from a process that is not trusted to one that is.
 *
 * What makes a model is a sequence of calls: a journal has them in order, as bytes. A process in
 * which a script runs keeps one; another plays it into a new model. Every call is made again there,
 * with all that it checks, so that what comes out is a model like any other, whatever the bytes
 * are.
 *
 *     moat_model_record(model, &error);            the child, before anything is declared
 *     ... a script runs ...
 *     bytes = moat_model_journal(model, &length);  which it writes to a pipe
 *
 *     moat_model_play(other, bytes, length, kernels, &error);      the parent */
#ifndef MOAT_JOURNAL_H
#define MOAT_JOURNAL_H

#include "moat/model.h"

/* Keeps a journal from now on. Settings, overrides and the variant that the command line asks for
 * are not in it: who plays it has them as well. Errors: MOAT_INVALID (something has been made
 * already), MOAT_NO_MEMORY. */
moat_status moat_model_record(moat_model *model, moat_error *error);

/* The journal so far; belongs to the model, until it is changed. NULL: memory was short, or the
 * model uses a block kernel whose calls cannot be told (moat_kernel). */
const unsigned char *moat_model_journal(const moat_model *model, size_t *length);

/* Makes a model what a journal tells. Kernels end with NULL: no others are called. The model is one
 * in which nothing has been made; after an error it can only be freed. Errors: MOAT_INVALID (the
 * journal is damaged), and those of the calls that it tells of. */
moat_status moat_model_play(moat_model *model, const void *bytes, size_t length,
                            const moat_kernel *const *kernels, moat_error *error);

#endif
