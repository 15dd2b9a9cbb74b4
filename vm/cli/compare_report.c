/* A comparison as a document on the disk, or in one stream. */
#include <stdlib.h>
#include <string.h>

#include "bundle.h"
#include "compare.h"
#include "comparison_document.h"
#include "deliver.h"
#include "html.h"
#include "report.h"
#include "script.h"
#include "status.h"

typedef struct paper {
    const moati_args *args;
    const moati_destination *destination;
    moati_document *document;
} paper;

static bool render(const void *context, FILE *file) {
    const paper *p = context;
    if (p->args->to_html)
        return moati_html_print(p->document, "Comparison", file, NULL) == MOAT_OK;
    const moati_buffer *folder = &p->destination->folder;
    moati_document_print(p->document,
                         p->destination->is_stream ? NULL : moati_base_name(folder->text), file);
    return true;
}

static int complain(const moat_error *error) {
    moati_complain("%s", error->message);
    return moati_exit_of(error->status, MOATI_EXIT_FAILED);
}

/* With pictures in a folder beside it. */
static int write_bundle(const paper *p) {
    moat_error error = {.where = MOAT_NOWHERE};
    bool changed;
    moati_bundle bundle = {.path = p->destination->path.text,
                           .folder = p->destination->folder.text,
                           .document = p->document};
    char *text = moati_deliver_text(render, p, &bundle.length);
    if (text == NULL)
        moat_fail(&error, MOAT_NO_MEMORY, "out of memory");
    bundle.text = text;
    const moat_status status =
        text == NULL ? MOAT_NO_MEMORY : moati_bundle_write(&bundle, &changed, &error);
    free(text);
    return status == MOAT_OK ? MOATI_EXIT_DONE : complain(&error);
}

static int write_paper(const paper *p) {
    const char *path = p->destination->path.text;
    if (p->destination->is_stream || p->args->to_html)
        return moati_deliver(strcmp(path, "-") == 0 ? NULL : path, render, p);
    return write_bundle(p);
}

int moati_compare_report(const moati_comparison *comparison, const moati_args *args) {
    moat_error error = {.where = MOAT_NOWHERE};
    moati_args where = *args;
    moati_destination destination;
    where.script = comparison->subjects[0].path;
    where.output = args->output != NULL ? args->output : "-";
    if (moati_destination_choose(&where, &destination, &error) != MOAT_OK) {
        moati_destination_free(&destination);
        moati_complain("%s", error.message);
        return moati_exit_of(error.status, MOATI_EXIT_USAGE);
    }
    paper p = {.args = args, .destination = &destination};
    p.document = moati_document_new(&error);
    int status = MOATI_EXIT_DONE;
    if (p.document != NULL)
        moati_comparison_document(comparison, p.document);
    if (p.document == NULL || moati_document_finish(p.document, &error) != MOAT_OK)
        status = complain(&error);
    else
        status = write_paper(&p);
    moati_document_free(p.document);
    moati_destination_free(&destination);
    return status;
}
