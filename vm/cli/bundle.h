/* A report on the disk: a document and the folder of pictures that belongs to it.
 *
 * Both are replaced as a whole or not at all: what is new is written beside them and brought to the
 * disk, under names that begin with a dot, then takes the place of the old: first the folder, in
 * one step where the system has one for it, then the document. What a process that was killed has
 * left behind is removed by the next that writes; one waits for the other. The folder holds
 * pictures and nothing else: one that does not is left alone, and nothing is written. */
#ifndef MOATI_BUNDLE_H
#define MOATI_BUNDLE_H

#include <stdbool.h>
#include <stdio.h>

#include "buffer.h"
#include "document.h"
#include "moat/status.h"

typedef struct moati_bundle {
    const char *path; /* of the document */
    const char *text;
    size_t length;
    const char *folder;             /* of the pictures, beside the document; NULL: there are none */
    const moati_document *document; /* whose pictures they are */
} moati_bundle;

/* Writes what differs from what is there; *changed tells whether anything does. Errors:
 * MOAT_SYSTEM, MOAT_INVALID (something else stands in the place of the folder, or in it),
 * MOAT_NO_MEMORY. */
moat_status moati_bundle_write(const moati_bundle *bundle, bool *changed, moat_error *error);

/* Writes how what is there differs from the bundle, as one patch, to a file; *changed as above.
 * Nothing on the disk is changed. Errors: as above. */
moat_status moati_bundle_compare(const moati_bundle *bundle, FILE *file, bool *changed,
                                 moat_error *error);

/* --- What is there: shared by the two. */

/* The pictures of a folder, in the order of their names. */
typedef struct moati_listing {
    bool exists; /* the folder */
    size_t count;
    char **names; /* "cash.svg" */
} moati_listing;

/* Errors: MOAT_INVALID where it is no folder or holds anything else; MOAT_SYSTEM, MOAT_NO_MEMORY.
 * Free *listing in any case. */
moat_status moati_listing_read(const char *folder, moati_listing *listing, moat_error *error);
void moati_listing_free(moati_listing *listing);
/* A whole file; *exists false, and an empty text, where there is none. */
moat_status moati_bundle_read(const char *path, moati_buffer *text, bool *exists,
                              moat_error *error);

#endif
